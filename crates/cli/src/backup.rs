//! `tingsu backup` and `tingsu restore`: copies of an SQLite database. PostgreSQL has tools of its own.

use std::path::{Path, PathBuf};

use crate::exit::{Done, Ended, Failure, usage};
use crate::output::say;
use crate::runtime::{DatabaseArgs, block_on, open_app};
use anyhow::{Context, anyhow};

/// Write a consistent copy of an SQLite database, while work goes on
#[derive(clap::Args, Debug)]
pub(crate) struct BackupArgs {
    /// The new file
    file: PathBuf,
    #[command(flatten)]
    database: DatabaseArgs,
}

/// Put a backup in the place of a database that does not exist
#[derive(clap::Args, Debug)]
pub(crate) struct RestoreArgs {
    /// The backup
    file: PathBuf,
    #[command(flatten)]
    database: DatabaseArgs,
}

/// Runs `tingsu backup`.
pub(crate) fn run_backup(args: &BackupArgs) -> Ended {
    let url = &args.database.database;
    let path = sqlite_path(url)?;
    if !path.exists() {
        return Err(Failure::Environment(anyhow!("{} does not exist", path.display())));
    }
    if args.file.exists() {
        return Err(usage(format!(
            "{} exists already; name a new file",
            args.file.display()
        )));
    }
    block_on(async {
        let app = open_app(&args.database).await?;
        let copied = app.store().backup(&args.file).await;
        app.store().close().await;
        copied.context("the copy failed")?;
        say(format!(
            "{} holds a copy of {}",
            args.file.display(),
            path.display()
        ))?;
        Ok(Done::All)
    })
}

/// Runs `tingsu restore`; the backup's chain of events is verified before it takes its place.
pub(crate) fn run_restore(args: &RestoreArgs) -> Ended {
    let path = sqlite_path(&args.database.database)?;
    if path.exists() {
        return Err(usage(format!(
            "{} exists already; move it away first",
            path.display()
        )));
    }
    if !args.file.is_file() {
        return Err(Failure::Environment(anyhow!(
            "{} does not exist",
            args.file.display()
        )));
    }
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    // The copy is checked under another name, so that a bad backup never stands in the database's place.
    let trial = path.with_extension("restoring");
    std::fs::copy(&args.file, &trial).with_context(|| format!("{} cannot be copied", args.file.display()))?;
    let checked = block_on(check_backup(&trial));
    if let Err(failure) = checked {
        std::fs::remove_file(&trial)?;
        return Err(failure);
    }
    std::fs::rename(&trial, &path)?;
    say(format!("{} holds the database again", path.display()))?;
    Ok(Done::All)
}

async fn check_backup(path: &Path) -> Result<(), Failure> {
    let database = format!("sqlite://{}", path.display());
    let app = open_app(&DatabaseArgs { database }).await?;
    let report = app.store().verify_chain(None).await;
    app.store().close().await;
    let report = report.context("the events cannot be verified")?;
    match report.breaks.first() {
        None => Ok(()),
        Some(broken) => Err(anyhow!("the chain of events is broken: {broken:?}").into()),
    }
}

fn sqlite_path(url: &str) -> Result<PathBuf, Failure> {
    match url.strip_prefix("sqlite://") {
        Some(path) if !path.is_empty() => Ok(PathBuf::from(path)),
        _ => Err(usage(
            "only SQLite databases are copied here; use pg_dump and pg_restore for PostgreSQL",
        )),
    }
}
