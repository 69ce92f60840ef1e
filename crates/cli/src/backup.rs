//! `tingsu backup` and `tingsu restore`: copies of an SQLite database. PostgreSQL has tools of its own.

use std::io::Read;
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
    try_new_file(&args.file)?;
    block_on(async {
        let app = open_app(&args.database).await?;
        let copied = app.store().backup(&args.file).await;
        app.store().close().await;
        copied.with_context(|| format!("{} cannot be written", args.file.display()))?;
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
    let backup = args.file.display();
    check_is_sqlite(&args.file)?;
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("the folder of {} cannot be made", path.display()))?;
    }
    // The copy is checked under another name, so that a bad backup never stands in the database's place.
    let trial = path.with_extension("restoring");
    std::fs::copy(&args.file, &trial).with_context(|| format!("{backup} cannot be copied"))?;
    if let Err(reason) = block_on(async { Ok(check_backup(&trial).await) })? {
        std::fs::remove_file(&trial)?;
        return Err(reason.context(format!("{backup} cannot be restored")).into());
    }
    std::fs::rename(&trial, &path).with_context(|| format!("{} cannot be written", path.display()))?;
    say(format!("{} holds the database again", path.display()))?;
    Ok(Done::All)
}

/// Fails with the reason when a new file cannot be made here, before the database is read.
fn try_new_file(file: &Path) -> Result<(), Failure> {
    let made = std::fs::File::create_new(file);
    made.with_context(|| format!("{} cannot be written", file.display()))?;
    std::fs::remove_file(file)?;
    Ok(())
}

/// What every SQLite database begins with; an empty file would pass for an empty database otherwise.
const SQLITE_HEAD: &[u8] = b"SQLite format 3\0";

fn check_is_sqlite(file: &Path) -> Result<(), Failure> {
    let mut head = Vec::new();
    let read = std::fs::File::open(file)
        .and_then(|opened| opened.take(SQLITE_HEAD.len() as u64).read_to_end(&mut head));
    read.with_context(|| format!("{} cannot be read", file.display()))?;
    if head != SQLITE_HEAD {
        return Err(anyhow!("{} is no backup of a database", file.display()).into());
    }
    Ok(())
}

/// Opens the copy, which brings it up to date, and verifies its chain of events.
async fn check_backup(copy: &Path) -> anyhow::Result<()> {
    let app = server::open_app(&format!("sqlite://{}", copy.display())).await?;
    let report = app.store().verify_chain(None).await;
    app.store().close().await;
    match report.context("the events cannot be verified")?.breaks.first() {
        None => Ok(()),
        Some(broken) => Err(anyhow!("the chain of events is broken: {broken:?}")),
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
