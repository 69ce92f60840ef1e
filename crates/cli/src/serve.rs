//! `tingsu serve`: the workbench, the HTTP interface and the ticking clock.

use std::path::Path;

use anyhow::Context;
use app::{DEMO_PASSWORD, Networks};
use server::{RateOptions, ServeOptions};

use crate::exit::{Done, Ended, Failure};
use crate::key;
use crate::output::say;
use crate::runtime::{DatabaseArgs, block_on, hide_password};

/// Serve the workbench, the HTTP interface and the ticking clock
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(flatten)]
    settings: Settings,
    /// Fill an empty database with demonstration data, and make the demonstration accounts
    #[arg(long)]
    demo: bool,
}

/// What a server is set to, by flag, environment or file
#[derive(clap::Args, Debug)]
pub(crate) struct Settings {
    /// The address to listen on; port 0 takes a free one
    #[arg(long, env = "TINGSU_ADDR", default_value = "127.0.0.1:7080", value_name = "HOST:PORT", value_parser = parse_addr)]
    addr: String,
    #[command(flatten)]
    pub(crate) database: DatabaseArgs,
    /// Requests a minute for each token, session or anonymous address; 0 sets no limit
    #[arg(
        long,
        env = "TINGSU_RATE_PER_MINUTE",
        default_value_t = 6000,
        value_name = "N"
    )]
    rate_per_minute: u32,
    /// Attempts to sign in a minute for each address; 0 sets no limit
    #[arg(
        long,
        env = "TINGSU_LOGINS_PER_MINUTE",
        default_value_t = 60,
        value_name = "N"
    )]
    logins_per_minute: u32,
    /// Believe the proxy in front when it tells the caller's address in X-Forwarded-For
    #[arg(long, env = "TINGSU_TRUST_PROXY")]
    trust_proxy: bool,
    /// Networks that webhooks may go to although they are not public, such as 10.1.0.0/16,127.0.0.1
    #[arg(long, env = "TINGSU_WEBHOOK_NETWORKS", default_value = "", hide_default_value = true, value_name = "CIDR,…", value_parser = parse_networks)]
    webhook_networks: Networks,
    /// The address under which people reach the workbench, such as https://desk.example; links in report files begin
    /// with it, and are left relative without it
    #[arg(long, env = "TINGSU_PUBLIC_URL", value_name = "URL", value_parser = parse_url)]
    public_url: Option<String>,
    /// The file with the key that seals the secrets of authenticators; made beside an SQLite database when left out
    #[arg(
        long,
        env = "TINGSU_KEY_FILE",
        default_value = "",
        hide_default_value = true,
        value_name = "FILE"
    )]
    key_file: String,
    #[cfg(feature = "oidc")]
    #[command(flatten)]
    oidc: crate::oidc::ProviderArgs,
    /// Write the log as JSON
    #[arg(long, env = "TINGSU_LOG_JSON")]
    log_json: bool,
}

impl Settings {
    /// The key file that was named.
    pub(crate) fn key_file(&self) -> Option<&Path> {
        Some(self.key_file.as_str())
            .filter(|file| !file.is_empty())
            .map(Path::new)
    }
}

/// Runs the command.
pub(crate) fn run(args: Args) -> Ended {
    let Args { settings: args, demo } = args;
    let log = crate::log::start(args.log_json);
    let database = hide_password(&args.database.database);
    let sealing_key = key::load_or_make(args.key_file(), &args.database.database)?;
    let public_url = args.public_url.filter(|url| !url.is_empty());
    #[cfg(feature = "oidc")]
    let oidc = args.oidc.options(public_url.as_deref())?;
    let options = ServeOptions {
        addr: args.addr,
        database: args.database.database,
        demo,
        rates: RateOptions {
            per_minute: args.rate_per_minute,
            logins_per_minute: args.logins_per_minute,
            trust_proxy: args.trust_proxy,
        },
        networks: args.webhook_networks,
        public_url,
        sealing_key,
        #[cfg(feature = "oidc")]
        oidc,
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
    log.end();
    Ok(Done::All)
}

fn parse_networks(words: &str) -> Result<Networks, String> {
    Networks::parse(words).map_err(|error| error.to_string())
}

fn parse_url(words: &str) -> Result<String, String> {
    if words.is_empty() {
        return Ok(String::new());
    }
    let host = words.strip_prefix("https://").or(words.strip_prefix("http://"));
    match host {
        Some(host) if !host.is_empty() && !host.contains(char::is_whitespace) => Ok(words.to_owned()),
        _ => Err("write the whole address, such as https://desk.example".to_owned()),
    }
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
