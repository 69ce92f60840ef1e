//! A fresh database on either side, with an administrator and a token, made without the server.

use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::{AssertSqlSafe, Connection, PgConnection};
use tempfile::TempDir;

use crate::tool::run;

/// A database that goes away, and the token of its administrator.
pub(crate) struct Fresh {
    pub(crate) url: String,
    pub(crate) token: String,
    _folder: Option<TempDir>,
    server: Option<(String, String)>,
}

/// Runs a future on a runtime of its own.
pub(crate) fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap()
        .block_on(future)
}

impl Fresh {
    pub(crate) fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("desk.db").display());
        let token = make_token(&url);
        Self {
            url,
            token,
            _folder: Some(folder),
            server: None,
        }
    }

    /// On the server that the environment names; nothing when it names none.
    pub(crate) fn postgres() -> Option<Self> {
        let mut fresh = Self::bare_postgres()?;
        fresh.token = make_token(&fresh.url);
        Some(fresh)
    }

    /// An empty database on the server, without tables.
    pub(crate) fn bare_postgres() -> Option<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let Ok(server) = std::env::var("TINGSU_TEST_POSTGRES") else {
            eprintln!("skipped on PostgreSQL: TINGSU_TEST_POSTGRES is not set");
            return None;
        };
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("tingsu_cli_test_{}_{count}", std::process::id());
        wait(execute(&server, &format!("CREATE DATABASE {name}")));
        let url = format!("{}/{name}", server.rsplit_once('/').unwrap().0);
        Some(Self {
            url,
            token: String::new(),
            _folder: None,
            server: Some((server, name)),
        })
    }
}

impl Fresh {
    /// Says something to the database of the server beside this one, as its administrator would.
    pub(crate) fn administer(&self, sql: impl Fn(&str) -> String) {
        let (server, name) = self.server.as_ref().expect("a database of PostgreSQL");
        wait(execute(server, &sql(name)));
    }
}

impl Drop for Fresh {
    fn drop(&mut self) {
        if let Some((server, name)) = self.server.take() {
            wait(execute(&server, &format!("DROP DATABASE {name} WITH (FORCE)")));
        }
    }
}

async fn execute(url: &str, sql: &str) {
    let mut conn = PgConnection::connect(url).await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned()))
        .execute(&mut conn)
        .await
        .unwrap();
}

/// A token of an administrator, made by the command line as an operator would.
fn make_token(url: &str) -> String {
    let who = ["--login", "chen", "--database", url];
    let create = [&["admin", "create-user", "--role", "admin"][..], &who].concat();
    run(&create, "a long enough password").ok();
    let token = [&["admin", "create-token", "--name", "test"][..], &who].concat();
    run(&token, "").ok().out.trim().to_owned()
}
