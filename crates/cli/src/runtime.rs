//! The async runtime, the machine's time, and what commands that open a database share.

use std::future::Future;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, anyhow};
use app::App;
use domain::Timestamp;

use crate::exit::Failure;

/// Which database.
#[derive(clap::Args, Clone, Debug)]
pub(crate) struct DatabaseArgs {
    /// The database: sqlite://PATH or postgres://…
    #[arg(
        long,
        env = "TINGSU_DATABASE",
        default_value = "sqlite://var/tingsu.db",
        value_name = "URL"
    )]
    pub(crate) database: String,
}

impl DatabaseArgs {
    /// Fails when a file that is to be read is not there, instead of making an empty database of that name.
    pub(crate) fn require_present(&self) -> Result<(), Failure> {
        match file_of(&self.database) {
            Some(path) if !Path::new(path).exists() => {
                Err(anyhow!("{path} does not exist; name the database with --database").into())
            }
            _ => Ok(()),
        }
    }
}

/// The file of an SQLite address, without what stands behind the question mark.
pub(crate) fn file_of(url: &str) -> Option<&str> {
    url.strip_prefix("sqlite://")?.split('?').next()
}

/// Runs a future to its end.
pub(crate) fn block_on<T>(future: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime
        .context("the async runtime cannot start")?
        .block_on(future)
}

/// The product over a database.
pub(crate) async fn open_app(args: &DatabaseArgs) -> Result<App, Failure> {
    let opened = server::open_app(&args.database).await;
    opened
        .with_context(|| format!("{} cannot be used", hide_password(&args.database)))
        .map_err(Failure::from)
}

/// The present moment.
pub(crate) fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// The address of a database as it may be shown.
pub(crate) fn hide_password(url: &str) -> String {
    match (url.find("://"), url.rfind('@')) {
        (Some(scheme), Some(at)) if at > scheme => format!("{}://…{}", &url[..scheme], &url[at..]),
        _ => url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_not_shown() {
        assert_eq!(
            hide_password("postgres://me:secret@host/db"),
            "postgres://…@host/db"
        );
        assert_eq!(hide_password("sqlite://var/a.db"), "sqlite://var/a.db");
    }
}
