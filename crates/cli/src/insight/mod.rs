//! `tingsu insight`: what the organization learns from its files, without a server.

mod causes;
mod columns;
mod economics;
mod extract;
mod last_day;
mod link;
mod outbreaks;
mod pains;
mod process;
mod purchases;
mod report;
mod rows;
mod show;
mod silent;
mod units;

use crate::exit::Ended;

/// What is to be learned.
#[derive(clap::Subcommand, Debug)]
pub(crate) enum Command {
    /// Rises of topic, place and product beyond chance: onset, size, first texts, copied wording
    Outbreaks(outbreaks::Args),
    /// Customers who fell silent beyond their own rhythm, as a call list with reasons
    Silent(silent::Args),
    /// Bring purchases into a database, so that its call list knows them
    Purchases(purchases::Args),
    /// The words that set a slice apart, what is new, what belongs together, which batch stands out
    Causes(causes::Args),
    /// What complaints cost and recovery saves, what a remedy may cost, what if
    Economics(economics::Args),
    /// The process as it ran: ways, waits, repeats, breaches of the flow; XES for other tools
    Process(process::Args),
    /// Five findings in plain words for a day, a week or a month, as a page
    Report(report::Args),
    /// Write the cases and events of a database as files that the other commands read
    Extract(extract::Args),
}

/// Runs the command.
pub(crate) fn run(command: Command) -> Ended {
    match command {
        Command::Outbreaks(args) => outbreaks::run(&args),
        Command::Silent(args) => silent::run(&args),
        Command::Purchases(args) => purchases::run(&args),
        Command::Causes(args) => causes::run(&args),
        Command::Economics(args) => economics::run(&args),
        Command::Process(args) => process::run(&args),
        Command::Report(args) => report::run(&args),
        Command::Extract(args) => extract::run(&args),
    }
}
