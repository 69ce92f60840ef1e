//! A fresh database for each test.

use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::{AssertSqlSafe, Connection, PgConnection};
use tempfile::TempDir;
use tingsu_store::Store;

/// Where a PostgreSQL server for tests is, as `postgres://user@host:port/database`.
pub(crate) const VARIABLE: &str = "TINGSU_TEST_POSTGRES";

/// A fresh database and the store on it.
pub(crate) struct Temporary {
    pub(crate) store: Store,
    pub(crate) url: String,
    folder: Option<TempDir>,
    server: Option<(String, String)>,
}

impl Temporary {
    /// On a file.
    pub(crate) async fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let url = format!("sqlite://{}", folder.path().join("new/test.db").display());
        let store = Store::open(&url).await.expect("a store");
        Self {
            store,
            url,
            folder: Some(folder),
            server: None,
        }
    }

    /// On the server the environment names; nothing when it names none.
    pub(crate) async fn postgres() -> Option<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let Ok(server) = std::env::var(VARIABLE) else {
            eprintln!("skipped on PostgreSQL: {VARIABLE} is not set");
            return None;
        };
        let name = format!(
            "tingsu_test_{}_{}",
            std::process::id(),
            COUNT.fetch_add(1, Ordering::Relaxed)
        );
        execute(&server, &format!("CREATE DATABASE {name}")).await;
        let base = server.rsplit_once('/').expect("a database in the address").0;
        let url = format!("{base}/{name}");
        let store = Store::open(&url).await.expect("a store");
        Some(Self {
            store,
            url,
            folder: None,
            server: Some((server, name)),
        })
    }

    /// Runs a statement behind the store's back.
    pub(crate) async fn tamper(&self, sql: &str) {
        match self.url.strip_prefix("sqlite://") {
            Some(path) => {
                let options = sqlx::sqlite::SqliteConnectOptions::new().filename(path);
                let mut conn = sqlx::SqliteConnection::connect_with(&options)
                    .await
                    .expect("a connection");
                let done = sqlx::raw_sql(AssertSqlSafe(sql.to_owned()))
                    .execute(&mut conn)
                    .await;
                assert_eq!(done.expect("a statement").rows_affected(), 1);
            }
            None => assert_eq!(execute(&self.url, sql).await, 1),
        }
    }

    /// Removes the database.
    pub(crate) async fn remove(self) {
        self.store.close().await;
        if let Some((server, name)) = self.server {
            execute(&server, &format!("DROP DATABASE {name}")).await;
        }
        drop(self.folder);
    }
}

async fn execute(url: &str, sql: &str) -> u64 {
    let mut conn = PgConnection::connect(url).await.expect("a connection");
    let done = sqlx::raw_sql(AssertSqlSafe(sql.to_owned()))
        .execute(&mut conn)
        .await;
    done.expect("a statement").rows_affected()
}

/// Makes of each `async fn name(&Temporary)` a test on either database.
macro_rules! on_both {
    ($($name:ident),* $(,)?) => {
        mod sqlite { $(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                let database = $crate::temporary::Temporary::sqlite().await;
                super::$name(&database).await;
                database.remove().await;
            }
        )* }
        mod postgres { $(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                if let Some(database) = $crate::temporary::Temporary::postgres().await {
                    super::$name(&database).await;
                    database.remove().await;
                }
            }
        )* }
    };
}
#[allow(unused_imports, reason = "benches take databases only")]
pub(crate) use on_both;
