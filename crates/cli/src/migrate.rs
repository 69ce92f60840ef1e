//! `tingsu migrate`: a database brought up to date.

use crate::exit::{Done, Ended};
use crate::output::say;
use crate::runtime::{DatabaseArgs, block_on, hide_password, open_app};

/// Bring a database up to date
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(flatten)]
    database: DatabaseArgs,
}

/// Runs the command; opening a database migrates it.
pub(crate) fn run(args: &Args) -> Ended {
    block_on(async {
        open_app(&args.database).await?.store().close().await;
        say(format!(
            "{} is up to date",
            hide_password(&args.database.database)
        ))?;
        Ok(Done::All)
    })
}
