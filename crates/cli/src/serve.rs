//! `tingsu serve`: the workbench, the HTTP interface and the ticking clock.

use anyhow::Context;
use app::DEMO_PASSWORD;
use server::ServeOptions;
use tracing_subscriber::EnvFilter;

use crate::exit::{Done, Ended, Failure};
use crate::output::say;
use crate::runtime::{DatabaseArgs, block_on, hide_password};

/// Serve the workbench, the HTTP interface and the ticking clock
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// The address to listen on; port 0 takes a free one
    #[arg(long, default_value = "127.0.0.1:7080", value_name = "HOST:PORT", value_parser = parse_addr)]
    addr: String,
    #[command(flatten)]
    database: DatabaseArgs,
    /// Fill an empty database with demonstration data, and make the demonstration accounts
    #[arg(long)]
    demo: bool,
    /// Write the log as JSON
    #[arg(long)]
    log_json: bool,
}

/// Runs the command.
pub(crate) fn run(args: Args) -> Ended {
    start_log(args.log_json);
    let demo = args.demo;
    let database = hide_password(&args.database.database);
    let options = ServeOptions {
        addr: args.addr,
        database: args.database.database,
        demo,
    };
    block_on(async move {
        let served = server::serve(options, |bound| {
            let mut words = format!("Tingsu 听诉 http://{}  (database {database})", bound.addr);
            if demo {
                words.push_str(
                    "\ndemonstration logins: agent, specialist, supervisor, quality, analyst, admin",
                );
                words.push_str(&format!("\ntheir password: {DEMO_PASSWORD}"));
            }
            if let Some(code) = &bound.setup_code {
                words.push_str(&format!(
                    "\nnobody can sign in yet; set the desk up at http://{}/setup#{code}",
                    bound.addr
                ));
            }
            // Nobody needs to listen to what a server says; it serves all the same.
            let _ = say(words);
        });
        served.await.context("the server stopped").map_err(Failure::from)
    })?;
    Ok(Done::All)
}

/// An address as it may be listened on; whether the host exists is found out by listening.
fn parse_addr(words: &str) -> Result<String, String> {
    let advice = || "write HOST:PORT, such as 127.0.0.1:7080 or [::1]:7080".to_owned();
    let (host, port) = words.rsplit_once(':').ok_or_else(advice)?;
    let is_bare_ipv6 = host.contains(':') && !host.starts_with('[');
    if host.is_empty() || is_bare_ipv6 {
        return Err(advice());
    }
    match port.parse::<u16>() {
        Ok(_) => Ok(words.to_owned()),
        Err(_) => Err(format!("{port:?} is no port from 0 to 65535; {}", advice())),
    }
}

/// The log goes to stderr; `TINGSU_LOG` chooses what, such as `debug` or `store=trace`.
fn start_log(json: bool) {
    let filter = EnvFilter::try_from_env("TINGSU_LOG").unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn"));
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    if json {
        log.json().init();
    } else {
        log.init();
    }
}
