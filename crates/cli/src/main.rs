//! The one binary `tingsu`: reads arguments, calls the crates below, prints, and ends with an honest exit code.
#![allow(
    clippy::print_stderr,
    reason = "the face for the terminal says there what went wrong"
)]

mod admin;
mod analyze;
mod backup;
mod configuration;
mod converse;
mod doctor;
mod engine;
mod eval;
mod exit;
mod export;
mod facet;
mod import;
mod input;
mod insight;
mod key;
mod language;
mod log;
mod migrate;
#[cfg(feature = "oidc")]
mod oidc;
mod operate;
mod output;
mod pipeline;
mod plan;
mod progress;
mod runtime;
mod seed;
mod serve;
#[cfg(feature = "otlp")]
mod traces;
mod train;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::configuration::Configuration;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// 听诉 Tingsu: a complaint desk that understands people.
#[derive(Parser)]
#[command(name = "tingsu", version, arg_required_else_help = true, after_help = AFTER_HELP)]
struct Cli {
    #[command(flatten)]
    config: configuration::ConfigArgs,
    #[command(subcommand)]
    command: Command,
}

const AFTER_HELP: &str = "Exit codes: 0 done; 1 some records were refused (each named on stderr), the rest was \
processed; 2 wrong usage; 3 the environment failed (file, database, network). A closed pipe is success.";

#[derive(Subcommand)]
enum Command {
    /// Serve the workbench, the HTTP interface and the ticking clock
    Serve(serve::Args),
    /// Read texts: one record in, one analysis out, order kept
    Analyze(analyze::Args),
    /// Hear conversations turn by turn: feeling, acts, faults, course, escalation, score
    Converse(converse::Args),
    /// Plan how to handle a text or a case
    Plan(plan::Args),
    /// Measure the engine on labeled texts, or a facet of your own
    Eval(eval::Args),
    /// Train the engine, or a facet of your own
    Train(train::Args),
    /// Open a case for every record of a file
    Import(import::Args),
    /// Write what people put right, as labeled texts to train with
    Export(export::Args),
    /// Fill a database with demonstration cases
    Seed(seed::Args),
    /// Write a consistent copy of a database, while work goes on, and verify it
    Backup(backup::BackupArgs),
    /// Put a backup in the place of a database that does not exist, or is empty
    Restore(backup::RestoreArgs),
    /// Bring a database up to date
    Migrate(migrate::Args),
    /// Check engine, playbook and database
    Doctor(doctor::Args),
    /// What the organization learns: outbreaks, silent leavers, causes, economics, process, report
    #[command(subcommand)]
    Insight(insight::Command),
    /// Accounts and tokens
    #[command(subcommand)]
    Admin(admin::Command),
    /// Print the OpenAPI description of the HTTP interface
    Openapi,
}

fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let ended = match Configuration::load(&arguments) {
        Ok(configuration) => run(&configuration),
        Err(words) => Err(exit::usage(words)),
    };
    exit::report(ended)
}

fn run(configuration: &Configuration) -> exit::Ended {
    let matches = configuration.apply(Cli::command()).get_matches();
    let cli = Cli::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    match cli.command {
        Command::Serve(args) => serve::run(args),
        Command::Analyze(args) => analyze::run(&args),
        Command::Converse(args) => converse::run(&args),
        Command::Plan(args) => plan::run(&args),
        Command::Eval(args) => eval::run(&args),
        Command::Train(args) => train::run(&args),
        Command::Import(args) => import::run(&args),
        Command::Export(args) => export::run(&args),
        Command::Seed(args) => seed::run(&args),
        Command::Backup(args) => backup::run_backup(&args),
        Command::Restore(args) => backup::run_restore(&args),
        Command::Migrate(args) => migrate::run(&args),
        Command::Doctor(args) => {
            let settings = matches.subcommand_matches("doctor");
            doctor::run(
                &args,
                &settings.map(|own| configuration.tell(own)).unwrap_or_default(),
            )
        }
        Command::Insight(command) => insight::run(command),
        Command::Admin(command) => admin::run(command),
        Command::Openapi => output::say(server::openapi_json().trim_end()).map(|()| exit::Done::All),
    }
}
