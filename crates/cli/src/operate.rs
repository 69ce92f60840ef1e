//! `tingsu admin jobs`, `replay-job` and `audit`: what runs behind the desk, and who did what, for whoever may run
//! commands on the machine.

use app::{App, AppError, Caller};
use serde::Serialize;
use wire::{audit::AuditQuery, job::JobQuery};

use crate::exit::{Done, Ended, Failure, translate};
use crate::output::say;
use crate::runtime::{DatabaseArgs, block_on, open_app};

/// The queue of work, one JSON line each, newest first
#[derive(clap::Args, Debug)]
pub(crate) struct JobsArgs {
    /// Only those that are waiting, done or shelved (failed for good)
    #[arg(long, value_parser = ["waiting", "done", "shelved"])]
    state: Option<String>,
    /// How many
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=200))]
    limit: u32,
    #[command(flatten)]
    database: DatabaseArgs,
}

/// Put a job that ended back into the queue
#[derive(clap::Args, Debug)]
pub(crate) struct ReplayArgs {
    /// The job's id, as `tingsu admin jobs` shows it
    id: i64,
    #[command(flatten)]
    database: DatabaseArgs,
}

/// The audit trail, one JSON line each, newest first, personal data covered
#[derive(clap::Args, Debug)]
pub(crate) struct AuditArgs {
    /// Only this kind, such as login, login_failed, unmask, person_exported, change_document
    #[arg(long)]
    action: Option<String>,
    /// Only upon this, such as the id of a case
    #[arg(long)]
    target: Option<String>,
    /// How many
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=200))]
    limit: u32,
    #[command(flatten)]
    database: DatabaseArgs,
}

/// Runs `tingsu admin jobs`.
pub(crate) fn list_jobs(args: JobsArgs) -> Ended {
    let query = JobQuery {
        state: args.state,
        cursor: None,
        limit: Some(args.limit),
    };
    let list = with_app(&args.database, async |app| {
        app.list_jobs(&Caller::system(), query).await
    })?;
    say_all(&list.items)
}

/// Runs `tingsu admin replay-job`.
pub(crate) fn replay_job(args: &ReplayArgs) -> Ended {
    let job = with_app(&args.database, async |app| {
        app.replay_job(&Caller::system(), args.id).await
    })?;
    say_all(&[job])
}

/// Runs `tingsu admin audit`.
pub(crate) fn list_audit(args: AuditArgs) -> Ended {
    let query = AuditQuery {
        action: args.action,
        target: args.target,
        limit: Some(args.limit),
        ..AuditQuery::default()
    };
    let page = with_app(&args.database, async |app| {
        app.audit_trail(&Caller::system(), query).await
    })?;
    say_all(&page.items)
}

fn with_app<T>(
    database: &DatabaseArgs,
    work: impl AsyncFnOnce(&App) -> Result<T, AppError>,
) -> Result<T, Failure> {
    database.require_present()?;
    block_on(async {
        let app = open_app(database).await?;
        let done = work(&app).await;
        app.store().close().await;
        done.map_err(|error| translate(error, "nothing was done"))
    })
}

fn say_all(rows: &[impl Serialize]) -> Ended {
    for row in rows {
        say(serde_json::to_string(row).map_err(|error| Failure::Environment(error.into()))?)?;
    }
    Ok(Done::All)
}
