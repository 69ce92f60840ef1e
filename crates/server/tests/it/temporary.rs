//! A fresh database for each test.

use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::{AssertSqlSafe, Connection, PgConnection};
use tempfile::TempDir;

/// Where a PostgreSQL server for tests is, as `postgres://user@host:port/database`.
const VARIABLE: &str = "TINGSU_TEST_POSTGRES";

/// A fresh database.
pub(crate) struct Temporary {
    pub(crate) url: String,
    folder: Option<TempDir>,
    server: Option<(String, String)>,
}

impl Temporary {
    /// In a file.
    pub(crate) fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        Self {
            url: format!("sqlite://{}", folder.path().join("test.db").display()),
            folder: Some(folder),
            server: None,
        }
    }

    /// On the server that the environment names; nothing when it names none.
    pub(crate) async fn postgres() -> Option<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let Ok(server) = std::env::var(VARIABLE) else {
            eprintln!("skipped on PostgreSQL: {VARIABLE} is not set");
            return None;
        };
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("tingsu_server_test_{}_{count}", std::process::id());
        execute(&server, &format!("CREATE DATABASE {name}")).await;
        let base = server.rsplit_once('/').expect("a database in the address").0;
        Some(Self {
            url: format!("{base}/{name}"),
            folder: None,
            server: Some((server, name)),
        })
    }

    /// Removes the database; its connections are closed already.
    pub(crate) async fn remove(self) {
        if let Some((server, name)) = self.server {
            execute(&server, &format!("DROP DATABASE {name}")).await;
        }
        drop(self.folder);
    }
}

async fn execute(url: &str, sql: &str) {
    let mut conn = PgConnection::connect(url).await.expect("a connection");
    let done = sqlx::raw_sql(AssertSqlSafe(sql.to_owned()))
        .execute(&mut conn)
        .await;
    done.expect("a statement");
}

/// Makes of each `async fn name(&mut Desk)` a test on either database.
macro_rules! on_both {
    ($($name:ident),* $(,)?) => {
        mod sqlite { $(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                let database = $crate::temporary::Temporary::sqlite();
                let mut desk = $crate::demo_desk::Desk::open(&database.url).await;
                super::$name(&mut desk).await;
                desk.close().await;
                database.remove().await;
            }
        )* }
        mod postgres { $(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                if let Some(database) = $crate::temporary::Temporary::postgres().await {
                    let mut desk = $crate::demo_desk::Desk::open(&database.url).await;
                    super::$name(&mut desk).await;
                    desk.close().await;
                    database.remove().await;
                }
            }
        )* }
    };
}
pub(crate) use on_both;
