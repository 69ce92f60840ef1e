//! `tingsu seed`: demonstration cases for a database.

use anyhow::Context;
use domain::Timestamp;

use crate::analyze::parse_time;
use crate::exit::{Done, Ended};
use crate::output::say;
use crate::runtime::{DatabaseArgs, block_on, now, open_app};

/// Fill a database with demonstration cases
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(flatten)]
    database: DatabaseArgs,
    /// How many cases
    #[arg(long, default_value_t = 2000, value_name = "N")]
    cases: usize,
    /// Over how many days before the end of the story they come
    #[arg(long, default_value_t = app::demo::DAYS, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=3650))]
    days: u32,
    /// The end of the story; now when left out
    #[arg(long, value_name = "TIME", value_parser = parse_time)]
    at: Option<Timestamp>,
    /// Another seed gives other data
    #[arg(long, default_value_t = app::demo::SEED, value_name = "S")]
    seed: u64,
}

/// Runs the command.
pub(crate) fn run(args: &Args) -> Ended {
    let options = app::demo::Options {
        cases: args.cases,
        days: args.days,
        at: args.at.unwrap_or_else(now),
        seed: args.seed,
    };
    block_on(async {
        let app = open_app(&args.database).await?;
        let summary = app
            .seed_demo(options)
            .await
            .context("the database cannot be filled")?;
        app.store().close().await;
        if summary.was_there {
            say("demonstration data stand in this database already; nothing was added")?;
        } else {
            let app::demo::Summary {
                cases,
                events,
                customers,
                purchases,
                ..
            } = summary;
            say(format!(
                "{cases} cases with {events} events, {customers} customers, {purchases} purchases"
            ))?;
        }
        Ok(Done::All)
    })
}
