//! `tingsu migrate`: a database brought up to date.

use anyhow::Context;
use store::Store;

use crate::exit::{Done, Ended};
use crate::output::say;
use crate::runtime::{DatabaseArgs, block_on, hide_password};

/// Bring a database up to date
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(flatten)]
    database: DatabaseArgs,
}

/// Runs the command; opening a store migrates it.
pub(crate) fn run(args: &Args) -> Ended {
    let url = &args.database.database;
    block_on(async {
        let store = Store::open(url).await;
        store
            .with_context(|| format!("{} cannot be migrated", hide_password(url)))?
            .close()
            .await;
        say(format!("{} is up to date", hide_password(url)))?;
        Ok(Done::All)
    })
}
