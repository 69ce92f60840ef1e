//! `tingsu backup` and `tingsu restore`: one file that holds everything, verified by its chain of events.

use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow};
use app::App;

use crate::exit::{Done, Ended, Failure, usage};
use crate::output::say;
use crate::runtime::{DatabaseArgs, block_on, file_of, hide_password, open_app};

/// Write a consistent copy of a database, while work goes on, and verify it
#[derive(clap::Args, Debug)]
pub(crate) struct BackupArgs {
    /// The new file
    file: PathBuf,
    #[command(flatten)]
    database: DatabaseArgs,
}

/// Put a backup in the place of an SQLite database that does not exist, or of an empty PostgreSQL database
#[derive(clap::Args, Debug)]
pub(crate) struct RestoreArgs {
    /// The backup
    file: PathBuf,
    #[command(flatten)]
    database: DatabaseArgs,
}

/// Runs `tingsu backup`.
pub(crate) fn run_backup(args: &BackupArgs) -> Ended {
    args.database.require_present()?;
    if args.file.exists() {
        return Err(usage(format!(
            "{} exists already; name a new file",
            args.file.display()
        )));
    }
    // Under another name until it is whole, so that half of it never passes for a backup.
    let partial = with_ending(&args.file, ".partial");
    try_new_file(&partial, &args.file)?;
    let events = block_on(async {
        let app = open_app(&args.database).await?;
        let copied = copy_verified(&app, &partial).await;
        app.store().close().await;
        copied
            .with_context(|| format!("{} cannot be written", args.file.display()))
            .map_err(Failure::from)
    });
    if events.is_err() {
        remove_copy(&partial);
    }
    let events = events?;
    std::fs::rename(&partial, &args.file)
        .with_context(|| format!("{} cannot be written", args.file.display()))?;
    say(format!(
        "{} holds a copy of {}: {events} event(s), none of them changed",
        args.file.display(),
        hide_password(&args.database.database)
    ))?;
    Ok(Done::All)
}

/// Writes the copy and verifies it; answers how many events it holds. A dump of PostgreSQL is verified where it comes
/// from, and again when it is restored.
async fn copy_verified(app: &App, to: &Path) -> anyhow::Result<u64> {
    app.store().backup(to).await?;
    if !app.store().is_sqlite() {
        return check_history(app).await;
    }
    check_copy(to).await
}

/// Runs `tingsu restore`; the backup is verified before it takes its place.
pub(crate) fn run_restore(args: &RestoreArgs) -> Ended {
    let url = &args.database.database;
    let head = head_of(&args.file)?;
    let target = file_of(url).map(PathBuf::from);
    let events = match (target, head.as_slice()) {
        (Some(path), SQLITE_HEAD) => restore_file(&args.file, &path)?,
        (None, head) if head.starts_with(ZSTD_HEAD) => restore_dump(args)?,
        (_, SQLITE_HEAD) => {
            return Err(usage(
                "this is a backup of an SQLite database; restore it into sqlite://PATH",
            ));
        }
        (_, head) if head.starts_with(ZSTD_HEAD) => {
            return Err(usage(
                "this is a backup of a PostgreSQL database; restore it into postgres://…",
            ));
        }
        _ => return Err(anyhow!("{} is no backup of a database", args.file.display()).into()),
    };
    let shown = hide_password(url);
    say(format!(
        "{shown} holds the database again: {events} event(s), none of them changed"
    ))?;
    Ok(Done::All)
}

fn restore_file(backup: &Path, path: &Path) -> Result<u64, Failure> {
    if path.exists() {
        return Err(usage(format!(
            "{} exists already; move it away first",
            path.display()
        )));
    }
    let shown = backup.display();
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("the folder of {} cannot be made", path.display()))?;
    }
    // The copy is checked under another name, so that a bad backup never stands in the database's place.
    let trial = path.with_extension("restoring");
    std::fs::copy(backup, &trial).with_context(|| format!("{shown} cannot be copied"))?;
    let checked = block_on(async { Ok(check_copy(&trial).await) })?;
    let events = match checked {
        Ok(events) => events,
        Err(reason) => {
            remove_copy(&trial);
            return Err(reason.context(format!("{shown} cannot be restored")).into());
        }
    };
    std::fs::rename(&trial, path).with_context(|| format!("{} cannot be written", path.display()))?;
    Ok(events)
}

fn restore_dump(args: &RestoreArgs) -> Result<u64, Failure> {
    block_on(async {
        let app = open_app(&args.database).await?;
        let restored = load_verified(&app, &args.file).await;
        app.store().close().await;
        let what = || format!("{} cannot be restored", args.file.display());
        restored.with_context(what).map_err(Failure::from)
    })
}

async fn load_verified(app: &App, dump: &Path) -> anyhow::Result<u64> {
    app.store().restore(dump).await?;
    let checked = check_history(app).await;
    if checked.is_err() {
        app.store().undo_restore().await?;
    }
    checked
}

/// `desk.bak.partial` for `desk.bak`.
fn with_ending(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// Removes a copy that is not wanted, with what SQLite laid beside it.
fn remove_copy(copy: &Path) {
    for ending in ["", "-wal", "-shm"] {
        // It may never have been made.
        let _ = std::fs::remove_file(with_ending(copy, ending));
    }
}

/// Fails with the reason when a new file cannot be made here, before the database is read.
fn try_new_file(partial: &Path, file: &Path) -> Result<(), Failure> {
    // Left behind by a backup that was killed.
    remove_copy(partial);
    let made = std::fs::File::create_new(partial);
    made.with_context(|| format!("{} cannot be written", file.display()))?;
    std::fs::remove_file(partial)?;
    Ok(())
}

/// What every SQLite database begins with; an empty file would pass for an empty database otherwise.
const SQLITE_HEAD: &[u8] = b"SQLite format 3\0";
/// What every zstd file begins with, and so every dump of PostgreSQL.
const ZSTD_HEAD: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];

fn head_of(file: &Path) -> Result<Vec<u8>, Failure> {
    let mut head = Vec::new();
    let read = std::fs::File::open(file)
        .and_then(|opened| opened.take(SQLITE_HEAD.len() as u64).read_to_end(&mut head));
    read.with_context(|| format!("{} cannot be read", file.display()))?;
    Ok(head)
}

/// Opens a copy, which brings it up to date, and verifies its pages and its history; answers how many events it holds.
async fn check_copy(copy: &Path) -> anyhow::Result<u64> {
    let app = server::open_app(&format!("sqlite://{}", copy.display())).await?;
    let pages = app.store().check_pages().await;
    let checked = match pages {
        Ok(()) => check_history(&app).await,
        Err(error) => Err(error.into()),
    };
    app.store().close().await;
    checked
}

async fn check_history(app: &App) -> anyhow::Result<u64> {
    let report = app
        .verify_history()
        .await
        .context("the events cannot be verified")?;
    match report.first_fault() {
        None => Ok(report.chain.events),
        Some(fault) => Err(anyhow!(fault)),
    }
}
