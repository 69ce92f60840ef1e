//! The one place that knows two databases exist: connections, transactions, values and statements.

use std::{path::Path, time::Duration};

use sqlx::{
    Arguments, AssertSqlSafe, Connection, Executor, FromRow, PgConnection, Postgres, Sqlite,
    migrate::Migrator,
    postgres::{PgArguments, PgConnectOptions, PgPoolOptions, PgRow},
    sqlite::{
        SqliteArguments, SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteRow,
        SqliteSynchronous,
    },
};

use tokio::time::timeout;

use crate::{
    StoreError,
    lend::{Lender, Lent},
};

/// How many readers work side by side.
const READERS: u32 = 8;
/// How long a writer waits for another process to finish its transaction.
const BUSY_WAIT: Duration = Duration::from_secs(10);
/// How long a database server may take to take a first connection.
const CONNECT_WAIT: Duration = Duration::from_secs(5);
/// How long a question may wait for its turn at a database file.
const TURN_WAIT: Duration = Duration::from_secs(30);
/// How long a request may wait for a connection to a database server that has gone away.
const ACQUIRE_WAIT: Duration = Duration::from_secs(3);
/// How long a statement may take on a database server before the server counts as gone.
const ANSWER_WAIT: Duration = Duration::from_secs(60);
/// Pages of 4 KiB in a MiB.
const PAGES_PER_MB: u64 = 256;
/// Held by whoever writes to PostgreSQL, so that sequences grow in the order of commits.
const WRITE_LOCK: i64 = 0x7469_6e67_7375;

/// A value bound to a statement. Whole numbers are always 64 bits wide: PostgreSQL is strict about widths.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    Int(Option<i64>),
    Text(Option<String>),
    Bool(bool),
    Real(f64),
    Bytes(Vec<u8>),
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Int(Some(value))
    }
}
impl From<u32> for Value {
    fn from(value: u32) -> Self {
        Self::Int(Some(value.into()))
    }
}
impl From<Option<i64>> for Value {
    fn from(value: Option<i64>) -> Self {
        Self::Int(value)
    }
}
impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}
impl From<f64> for Value {
    fn from(value: f64) -> Self {
        Self::Real(value)
    }
}
impl From<Vec<u8>> for Value {
    fn from(value: Vec<u8>) -> Self {
        Self::Bytes(value)
    }
}
impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::from(value.to_owned())
    }
}
impl From<String> for Value {
    /// PostgreSQL keeps no NUL in text; it becomes U+FFFD on both databases.
    fn from(value: String) -> Self {
        Self::Text(Some(if value.contains('\0') {
            value.replace('\0', "\u{fffd}")
        } else {
            value
        }))
    }
}
impl From<Option<String>> for Value {
    fn from(value: Option<String>) -> Self {
        value.map_or(Self::Text(None), Self::from)
    }
}
impl From<Option<&str>> for Value {
    fn from(value: Option<&str>) -> Self {
        Self::from(value.map(str::to_owned))
    }
}

/// The values of one statement.
macro_rules! values {
    ($($value:expr),* $(,)?) => { vec![$($crate::db::Value::from($value)),*] };
}
pub(crate) use values;

/// Something both databases' rows can be read into.
pub(crate) trait Row:
    for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin
{
}
impl<T> Row for T where T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}

/// An open database.
#[derive(Clone, Debug)]
pub(crate) enum Db {
    /// One connection writes, several read beside it.
    Lite {
        read: Lender<Sqlite>,
        write: Lender<Sqlite>,
    },
    /// One pool for all.
    Pg {
        read: Lender<Postgres>,
        write: Lender<Postgres>,
    },
}

/// A transaction that writes; only one exists at a time, in all processes together. Dropped, it is undone.
#[derive(Debug)]
pub(crate) enum Conn {
    Lite(Lent<Sqlite>),
    Pg(Lent<Postgres>),
}

fn bind<A: Arguments>(values: Vec<Value>) -> Result<A, StoreError>
where
    for<'t> Option<i64>: sqlx::Encode<'t, A::Database> + sqlx::Type<A::Database>,
    for<'t> Option<String>: sqlx::Encode<'t, A::Database> + sqlx::Type<A::Database>,
    for<'t> bool: sqlx::Encode<'t, A::Database> + sqlx::Type<A::Database>,
    for<'t> f64: sqlx::Encode<'t, A::Database> + sqlx::Type<A::Database>,
    for<'t> Vec<u8>: sqlx::Encode<'t, A::Database> + sqlx::Type<A::Database>,
{
    let mut arguments = A::default();
    for value in values {
        let added = match value {
            Value::Int(value) => arguments.add(value),
            Value::Text(value) => arguments.add(value),
            Value::Bool(value) => arguments.add(value),
            Value::Real(value) => arguments.add(value),
            Value::Bytes(value) => arguments.add(value),
        };
        added.map_err(sqlx::Error::Encode)?;
    }
    Ok(arguments)
}

/// A server that may answer before a commit is on its disk is overruled; stricter orders of its operator stand.
const COMMIT_ON_DISK: &str = "SELECT set_config('synchronous_commit', 'on', false) \
                              WHERE current_setting('synchronous_commit') = 'off'";
/// Compiling a question takes longer than answering any of those asked here.
const NO_COMPILING: &str = "SET jit = off";

impl Db {
    /// Opens an SQLite file, made when missing.
    pub(crate) async fn open_sqlite(path: &Path, most_mb: Option<u32>) -> Result<Self, StoreError> {
        // FULL: what was acknowledged outlives a power cut; the writer makes many changes share one flush.
        let mut options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(BUSY_WAIT)
            .foreign_keys(true)
            .pragma("cache_size", "-32768")
            // Pages that change with every group of changes are copied back once for many groups.
            .pragma("wal_autocheckpoint", "4000")
            .pragma("mmap_size", "268435456")
            .pragma("temp_store", "MEMORY");
        if let Some(most_mb) = most_mb {
            options = options.pragma("max_page_count", (u64::from(most_mb) * PAGES_PER_MB).to_string());
        }
        let write = SqlitePoolOptions::new()
            .max_connections(1)
            .connect_with(options.clone().statement_cache_capacity(WRITES_KEPT))
            .await?;
        let read = SqlitePoolOptions::new()
            .max_connections(READERS)
            .connect_lazy_with(options.create_if_missing(false).pragma("query_only", "ON"));
        Ok(Self::Lite {
            read: Lender::new(read, READERS, TURN_WAIT),
            write: Lender::new(write, 1, TURN_WAIT),
        })
    }

    /// Connects to PostgreSQL.
    pub(crate) async fn open_postgres(url: &str) -> Result<Self, StoreError> {
        let options: PgConnectOptions = url.parse().map_err(StoreError::Unreachable)?;
        // A pool tries again and again and in the end tells only that time ran out; one connection tells why.
        match timeout(CONNECT_WAIT, PgConnection::connect_with(&options)).await {
            Ok(first) => first.map_err(StoreError::Unreachable)?.close().await?,
            Err(_) => return Err(StoreError::NoAnswer(CONNECT_WAIT.as_secs())),
        }
        let pool = PgPoolOptions::new()
            .max_connections(READERS + 2)
            .acquire_timeout(ACQUIRE_WAIT)
            .after_connect(|conn, _| {
                Box::pin(async {
                    conn.execute(COMMIT_ON_DISK).await?;
                    conn.execute(NO_COMPILING).await.map(drop)
                })
            });
        let pool = pool.connect_with(options).await?;
        Ok(Self::Pg {
            read: Lender::new(pool.clone(), READERS, ACQUIRE_WAIT),
            write: Lender::new(pool, 1, ACQUIRE_WAIT),
        })
    }

    /// Brings the tables up to date.
    pub(crate) async fn migrate(&self) -> Result<(), StoreError> {
        match self {
            Self::Lite { write, .. } => {
                steps(&sqlx::migrate!("migrations/sqlite"))
                    .run(write.pool())
                    .await?
            }
            Self::Pg { read, .. } => {
                steps(&sqlx::migrate!("migrations/postgres"))
                    .run(read.pool())
                    .await?
            }
        }
        Ok(())
    }

    /// Begins a transaction that writes.
    pub(crate) async fn begin(&self) -> Result<Conn, StoreError> {
        Ok(match self {
            Self::Lite { write, .. } => {
                let mut conn = write.lend().await?;
                conn.begin();
                sqlx::query("BEGIN IMMEDIATE").execute(&mut *conn).await?;
                Conn::Lite(conn)
            }
            Self::Pg { write, .. } => {
                let mut conn = write.lend().await?;
                conn.begin();
                let sql = format!("BEGIN; SELECT pg_advisory_xact_lock({WRITE_LOCK})");
                answered(sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut *conn)).await?;
                Conn::Pg(conn)
            }
        })
    }

    /// Reading connections, and how many of them are idle.
    pub(crate) fn connections(&self) -> (u32, u64) {
        let (size, idle) = match self {
            Self::Lite { read, .. } => (read.pool().size(), read.pool().num_idle() + read.resting()),
            Self::Pg { read, write } => {
                let idle = read.pool().num_idle() + read.resting() + write.resting();
                (read.pool().size(), idle)
            }
        };
        (size, u64::try_from(idle).unwrap_or_default())
    }

    /// The rows of a query, read beside any writer.
    pub(crate) async fn fetch<T: Row>(&self, sql: &str, values: Vec<Value>) -> Result<Vec<T>, StoreError> {
        let sql = AssertSqlSafe(sql.to_owned());
        Ok(match self {
            Self::Lite { read, .. } => {
                let arguments: SqliteArguments = bind(values)?;
                let mut conn = read.lend().await?;
                let asked = sqlx::query_as_with::<Sqlite, T, _>(sql, arguments);
                let rows = asked.fetch_all(&mut *conn).await?;
                conn.rest();
                rows
            }
            Self::Pg { read, .. } => {
                let arguments: PgArguments = bind(values)?;
                let mut conn = read.lend().await?;
                let asked = sqlx::query_as_with::<Postgres, T, _>(sql, arguments);
                let rows = answered(asked.fetch_all(&mut *conn)).await?;
                conn.rest();
                rows
            }
        })
    }

    /// The first row of a query, if there is one.
    pub(crate) async fn fetch_first<T: Row>(
        &self,
        sql: &str,
        values: Vec<Value>,
    ) -> Result<Option<T>, StoreError> {
        Ok(self.fetch(sql, values).await?.into_iter().next())
    }

    /// Waits for what is under way and closes the connections.
    pub(crate) async fn close(&self) {
        match self {
            Self::Lite { read, write } => {
                read.stop().await;
                write.stop().await;
                read.pool().close().await;
                write.pool().close().await;
            }
            Self::Pg { read, write } => {
                write.stop().await;
                read.stop().await;
                read.pool().close().await;
            }
        }
    }
}

/// What a database server answers; one that went silent without a word must not be waited for without end.
async fn answered<T>(asked: impl Future<Output = Result<T, sqlx::Error>>) -> Result<T, StoreError> {
    match timeout(ANSWER_WAIT, asked).await {
        Ok(answer) => Ok(answer?),
        Err(_) => Err(StoreError::NoAnswer(ANSWER_WAIT.as_secs())),
    }
}

/// The steps both databases share, with those of one of them.
fn steps(own: &Migrator) -> Migrator {
    let common = sqlx::migrate!("migrations/common");
    Migrator::with_migrations(common.iter().chain(own.iter()).cloned().collect())
}

impl Conn {
    /// Runs a statement; answers how many rows it touched.
    pub(crate) async fn execute(&mut self, sql: &str, values: Vec<Value>) -> Result<u64, StoreError> {
        let sql = AssertSqlSafe(sql.to_owned());
        Ok(match self {
            Self::Lite(tx) => {
                let arguments: SqliteArguments = bind(values)?;
                sqlx::query_with(sql, arguments)
                    .execute(&mut **tx)
                    .await?
                    .rows_affected()
            }
            Self::Pg(tx) => {
                let arguments: PgArguments = bind(values)?;
                answered(sqlx::query_with(sql, arguments).execute(&mut **tx))
                    .await?
                    .rows_affected()
            }
        })
    }

    /// The rows of a query inside the transaction.
    pub(crate) async fn fetch<T: Row>(
        &mut self,
        sql: &str,
        values: Vec<Value>,
    ) -> Result<Vec<T>, StoreError> {
        let sql = AssertSqlSafe(sql.to_owned());
        Ok(match self {
            Self::Lite(tx) => {
                let arguments: SqliteArguments = bind(values)?;
                sqlx::query_as_with::<Sqlite, T, _>(sql, arguments)
                    .fetch_all(&mut **tx)
                    .await?
            }
            Self::Pg(tx) => {
                let arguments: PgArguments = bind(values)?;
                answered(sqlx::query_as_with::<Postgres, T, _>(sql, arguments).fetch_all(&mut **tx)).await?
            }
        })
    }

    /// The first row of a query, if there is one.
    pub(crate) async fn fetch_first<T: Row>(
        &mut self,
        sql: &str,
        values: Vec<Value>,
    ) -> Result<Option<T>, StoreError> {
        Ok(self.fetch(sql, values).await?.into_iter().next())
    }

    /// Inserts many rows of equal width with as few statements as the limit on values allows. `casts` are put
    /// behind the placeholders of each row where a column needs it.
    pub(crate) async fn insert_rows(
        &mut self,
        into: &str,
        casts: &[&str],
        rows: Vec<Vec<Value>>,
    ) -> Result<(), StoreError> {
        self.insert_rows_or(into, casts, rows, "").await.map(drop)
    }

    /// As [`Conn::insert_rows`], with what to do about rows that exist, such as `ON CONFLICT …`; answers how many rows were
    /// written.
    pub(crate) async fn insert_rows_or(
        &mut self,
        into: &str,
        casts: &[&str],
        rows: Vec<Vec<Value>>,
        otherwise: &str,
    ) -> Result<u64, StoreError> {
        let width = rows.first().map_or(1, Vec::len);
        let at_once = (MOST_VALUES / width).clamp(1, MOST_ROWS);
        let mut left = rows.len();
        // SQLite looks a named place up by walking over all names, which is quadratic in thousands of places.
        let named = matches!(self, Self::Pg(_));
        let mut rows = rows.into_iter();
        let mut written = 0;
        while left > 0 {
            let count = rows_of_statement(left.min(at_once), named);
            left -= count;
            let places = placeholders(count, width, casts, named);
            let sql = format!("{into} VALUES {places} {otherwise}");
            written += self
                .execute(&sql, rows.by_ref().take(count).flatten().collect())
                .await?;
        }
        Ok(written)
    }

    /// Inserts rows into several tables, one for each case: on SQLite in one conversation while they are few.
    pub(crate) async fn insert_side_by_side(&mut self, inserts: Vec<Insert<'_>>) -> Result<(), StoreError> {
        let count = inserts.first().map_or(0, |insert| insert.rows.len());
        let is_even = inserts.iter().all(|insert| insert.rows.len() == count);
        if matches!(self, Self::Pg(_)) || !is_even || !(1..=ANY_ROWS).contains(&count) {
            for Insert { into, casts, rows } in inserts {
                self.insert_rows(into, casts, rows).await?;
            }
            return Ok(());
        }
        let (mut sql, mut values) = (String::new(), Vec::new());
        for Insert { into, casts, rows } in inserts {
            let width = rows.first().map_or(1, Vec::len);
            let places = placeholders(count, width, casts, false);
            sql.push_str(&format!("{into} VALUES {places};"));
            values.extend(rows.into_iter().flatten());
        }
        self.execute(&sql, values).await.map(drop)
    }

    /// Commits.
    pub(crate) async fn commit(self) -> Result<(), StoreError> {
        self.end("COMMIT").await
    }

    /// Undoes everything.
    pub(crate) async fn undo(self) -> Result<(), StoreError> {
        self.end("ROLLBACK").await
    }

    async fn end(mut self, sql: &'static str) -> Result<(), StoreError> {
        self.execute(sql, values![]).await?;
        match self {
            Self::Lite(conn) => conn.rest(),
            Self::Pg(conn) => conn.rest(),
        }
        Ok(())
    }
}

/// Rows to insert into one table.
pub(crate) struct Insert<'i> {
    /// The table with its columns, as `INSERT INTO table (column)`.
    pub(crate) into: &'i str,
    /// What is put behind the placeholders of each row.
    pub(crate) casts: &'i [&'i str],
    /// The rows.
    pub(crate) rows: Vec<Vec<Value>>,
}

/// The most values one statement may bind; SQLite allows 32,766.
const MOST_VALUES: usize = 16_000;
/// The most rows of one statement.
const MOST_ROWS: usize = 500;
/// Up to so many rows SQLite keeps a statement for each number of them.
const ANY_ROWS: usize = 64;
/// Statements that the writing connection to SQLite keeps prepared: those for rows of every number, and all others.
const WRITES_KEPT: usize = 512;

/// How many of the rows one statement takes: statements of few lengths only, so that the database has each of them
/// prepared already. On SQLite a few more lengths spare conversations with the thread of the connection.
fn rows_of_statement(rows: usize, is_server: bool) -> usize {
    match rows {
        1..=ANY_ROWS if !is_server => rows,
        rows => 1 << rows.ilog2(),
    }
}

/// `($1,$2),($3,$4)` for two rows of two; `(?,?),(?,?)` when places are not `named`.
fn placeholders(rows: usize, width: usize, casts: &[&str], named: bool) -> String {
    let mut sql = String::with_capacity(rows * width * 6);
    for place in 0..rows * width {
        let column = place % width;
        sql.push_str(match (place, column) {
            (0, _) => "(",
            (_, 0) => "),(",
            _ => ",",
        });
        if named {
            sql.push('$');
            sql.push_str(&(place + 1).to_string());
        } else {
            sql.push('?');
        }
        sql.push_str(casts.get(column).unwrap_or(&""));
    }
    sql.push(')');
    sql
}
