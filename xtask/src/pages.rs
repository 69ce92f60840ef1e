//! How long the pages of insight wait for their numbers, over HTTP on a database that is there: on the first look after
//! the start, once answers were worked out ahead, and while cases keep coming.

use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::load::{Line, Server, make_token, percentile};
use crate::shell;

/// What the pages ask for when they are opened; `{from}` is the first day of the last four weeks.
const PAGES: &[(&str, &str)] = &[
    ("dashboard", "insight/dashboard?from={from}"),
    ("dashboard of all days", "insight/dashboard"),
    ("groups", "insight/breakdown?by=product"),
    ("report", "insight/report?days=7"),
    ("outbreaks", "insight/outbreaks"),
    ("causes", "insight/causes"),
    ("cause tree", "insight/root-causes"),
    ("silent leavers", "insight/silent"),
    ("satisfaction", "insight/satisfaction"),
    ("lessons", "insight/lessons"),
    ("economics", "insight/economics"),
    ("process", "insight/process"),
];
/// Looks at each page while cases come.
const LOOKS: usize = 40;
/// A server that works less than this in [`REST`] has nothing under way.
const IDLE: Duration = Duration::from_millis(150);
const REST: Duration = Duration::from_secs(4);
/// How long after the start it begins to work ahead, with some room.
const BEGINS: Duration = Duration::from_secs(20);

/// Measures with a binary upon a database.
pub(crate) fn measure(binary: &Path, arguments: &[String]) -> Result<()> {
    let place = arguments.iter().position(|word| word == "--database");
    let database = place.and_then(|place| arguments.get(place + 1));
    let database = database.context("--database URL says which one; `cargo xtask seed` makes one")?;
    let token = make_token(binary, database, &format!("pages-{}", std::process::id()))?;
    let cold = {
        let server = Server::start(binary, database)?;
        look(&server, &token)?
    };
    let server = Server::start(binary, database)?;
    let worked = wait_until_idle(&server)?;
    let ahead = look(&server, &token)?;
    let mut line = Line::open(&server.addr, token.clone())?;
    let mut waits = vec![Vec::new(); PAGES.len()];
    for round in 0..LOOKS {
        if line.open_case(&format!("第{round}单"))? != 201 {
            bail!("an intake was refused");
        }
        for (waits, wait) in waits.iter_mut().zip(look(&server, &token)?) {
            waits.push(wait);
        }
    }
    println!("worked ahead for {:.1} s of one core", worked.as_secs_f64());
    println!("milliseconds            at once  worked ahead  p50, p95 while cases come");
    for (((page, _), waits), (cold, ahead)) in PAGES.iter().zip(&waits).zip(cold.iter().zip(&ahead)) {
        let ms = |wait: &Duration| wait.as_secs_f64() * 1e3;
        println!(
            "{page:<22}{:>9.0}{:>14.1}{:>11.1}{:>7.1}",
            ms(cold),
            ms(ahead),
            percentile(waits, 0.5),
            percentile(waits, 0.95)
        );
    }
    Ok(())
}

/// One look at every page; how long each took, the time until it was given up among them.
fn look(server: &Server, token: &str) -> Result<Vec<Duration>> {
    let mut line = Line::open(&server.addr, token.to_owned())?;
    let from = shell::output(&mut shell::command("", "date", &["-d", "-27 days", "+%F"]))?;
    let asked = PAGES.iter().map(|(page, path)| {
        let path = path.replace("{from}", from.trim());
        let begins = Instant::now();
        match line.get(&path)? {
            200 => Ok(begins.elapsed()),
            503 => {
                println!("{page} was given up by the server");
                Ok(begins.elapsed())
            }
            status => bail!("{page} was answered {status}"),
        }
    });
    asked.collect()
}

/// Waits until the server has nothing more to do; answers how long it worked.
fn wait_until_idle(server: &Server) -> Result<Duration> {
    let worked = || {
        server
            .processor_time()
            .context("only Linux tells how long a process worked")
    };
    let begin = worked()?;
    thread::sleep(BEGINS);
    loop {
        let before = worked()?;
        thread::sleep(REST);
        let after = worked()?;
        if after - before < IDLE {
            return Ok(after - begin);
        }
    }
}
