//! Backups: one consistent picture of everything, taken while work goes on. Of SQLite a database file; of PostgreSQL
//! a compressed dump of our own tables, which ends with a mark, so that half of one is told from a whole one.

use std::{
    fs::File,
    io::{BufRead, BufReader, Read, Write},
    path::Path,
};

use futures_util::TryStreamExt;
use serde::{Deserialize, Serialize};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, SqliteConnection, postgres::PgPool};

use crate::{
    Store, StoreError,
    db::{Db, values},
};

/// What a dump calls itself.
const FORMAT: &str = "tingsu-backup-1";
/// How hard the dump is compressed; 3 is zstd's own choice.
const LEVEL: i32 = 3;
/// The line that ends the rows of a table in PostgreSQL's COPY format; no row looks like it.
const END_OF_ROWS: &[u8] = b"\\.\n";
/// How many bytes of rows are sent at once.
const SENT_AT_ONCE: usize = 256 * 1024;

/// A line of a dump that is no row.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Mark {
    /// The first line: what this is, and which steps of migration the tables have seen.
    Begin { format: String, steps: Vec<i64> },
    /// Rows of a table follow.
    Table { name: String, columns: Vec<String> },
    /// The last line: how many rows there were.
    End { rows: u64 },
}

impl Store {
    /// Writes a consistent copy into a new file, while work goes on. `Duplicate` when the file exists. The copy of an
    /// SQLite database is one; that of a PostgreSQL database is read back with [`Store::restore`].
    pub async fn backup(&self, to: &Path) -> Result<(), StoreError> {
        if to.exists() {
            return Err(StoreError::Duplicate { what: "file" });
        }
        match self.db() {
            Db::Lite { write, .. } => {
                let name = to
                    .to_str()
                    .ok_or(StoreError::Unsupported("a file name that is not UTF-8"))?;
                // A connection of its own, so that the writer need not wait.
                let mut conn = SqliteConnection::connect_with(&write.pool().connect_options()).await?;
                sqlx::query("VACUUM INTO $1")
                    .bind(name.to_owned())
                    .execute(&mut conn)
                    .await?;
                conn.close().await?;
            }
            Db::Pg { read, .. } => dump(read.pool(), to).await?,
        }
        File::open(to)?.sync_all()?;
        Ok(())
    }

    /// Fails when the pages of a database file do not fit together; a server looks after its own.
    pub async fn check_pages(&self) -> Result<(), StoreError> {
        let Db::Lite { .. } = self.db() else { return Ok(()) };
        let told: Vec<(String,)> = self.db().fetch("PRAGMA integrity_check(1)", values![]).await?;
        match told.first() {
            Some((words,)) if words != "ok" => Err(StoreError::Corrupt {
                what: "database".to_owned(),
                because: words.clone(),
            }),
            _ => Ok(()),
        }
    }

    /// Reads a dump into this PostgreSQL database, which must hold no cases and no people; all of it or nothing.
    pub async fn restore(&self, from: &Path) -> Result<(), StoreError> {
        let Db::Pg { read, .. } = self.db() else {
            return Err(StoreError::Unsupported(
                "reading a dump of PostgreSQL into SQLite",
            ));
        };
        let pool = read.pool();
        check_dump(from, &steps_of(pool).await?)?;
        let sql = "SELECT (SELECT COUNT(*) FROM cases) + (SELECT COUNT(*) FROM users)";
        let held: Option<(i64,)> = self.db().fetch_first(sql, values![]).await?;
        if held.is_none_or(|(held,)| held > 0) {
            return Err(StoreError::Duplicate {
                what: "data in the database",
            });
        }
        let mut conn = PgConnection::connect_with(&pool.connect_options()).await?;
        let mut change = conn.begin().await?;
        truncate(&mut change).await?;
        load(&mut change, from).await?;
        change.commit().await?;
        conn.close().await?;
        self.refresh_derived().await
    }

    /// Takes back what [`Store::restore`] read, when it turned out not to be whole.
    pub async fn undo_restore(&self) -> Result<(), StoreError> {
        let Db::Pg { read, .. } = self.db() else {
            return Ok(());
        };
        let mut conn = PgConnection::connect_with(&read.pool().connect_options()).await?;
        truncate(&mut conn).await?;
        Ok(conn.close().await?)
    }
}

async fn dump(pool: &PgPool, to: &Path) -> Result<(), StoreError> {
    let mut out = zstd::Encoder::new(File::create_new(to)?, LEVEL)?;
    out.include_checksum(true)?;
    let steps = steps_of(pool).await?;
    let format = FORMAT.to_owned();
    put(&mut out, &Mark::Begin { format, steps })?;
    let mut conn = PgConnection::connect_with(&pool.connect_options()).await?;
    // All tables as they stand at one moment.
    conn.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        .await?;
    let mut rows = 0;
    for (name, columns) in tables(&mut conn).await? {
        let copy = format!("COPY {name} ({}) TO STDOUT", columns.join(", "));
        put(&mut out, &Mark::Table { name, columns })?;
        let mut parts = conn.copy_out_raw(&copy).await?;
        while let Some(part) = parts.try_next().await? {
            rows += part.iter().filter(|byte| **byte == b'\n').count() as u64;
            out.write_all(&part)?;
        }
        drop(parts);
        out.write_all(END_OF_ROWS)?;
    }
    conn.execute("COMMIT").await?;
    conn.close().await?;
    put(&mut out, &Mark::End { rows })?;
    out.finish()?.sync_all()?;
    Ok(())
}

fn put(out: &mut impl Write, mark: &Mark) -> Result<(), StoreError> {
    let mut line = serde_json::to_string(mark).map_err(|error| StoreError::Invalid(error.to_string()))?;
    line.push('\n');
    Ok(out.write_all(line.as_bytes())?)
}

/// Which steps of migration the tables have seen.
async fn steps_of(pool: &PgPool) -> Result<Vec<i64>, StoreError> {
    let sql = "SELECT version FROM _sqlx_migrations ORDER BY version";
    Ok(sqlx::query_scalar(sql).fetch_all(pool).await?)
}

/// Our tables with their columns, by name.
async fn tables(conn: &mut PgConnection) -> Result<Vec<(String, Vec<String>)>, StoreError> {
    let sql = "SELECT c.table_name::TEXT, array_agg(c.column_name::TEXT ORDER BY c.ordinal_position) \
               FROM information_schema.columns c JOIN information_schema.tables t \
               ON t.table_schema = c.table_schema AND t.table_name = c.table_name \
               WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE' \
               AND c.table_name <> '_sqlx_migrations' GROUP BY c.table_name ORDER BY c.table_name";
    Ok(sqlx::query_as(sql).fetch_all(conn).await?)
}

async fn truncate(conn: &mut PgConnection) -> Result<(), StoreError> {
    let names: Vec<String> = tables(conn).await?.into_iter().map(|(name, _)| name).collect();
    let sql = AssertSqlSafe(format!("TRUNCATE {}", names.join(", ")));
    conn.execute(sqlx::raw_sql(sql)).await?;
    Ok(())
}

fn broken(because: impl Into<String>) -> StoreError {
    StoreError::Corrupt {
        what: "backup".to_owned(),
        because: because.into(),
    }
}

/// The lines of a dump.
struct Lines<R> {
    source: BufReader<R>,
    line: Vec<u8>,
}

impl Lines<zstd::Decoder<'static, BufReader<File>>> {
    fn open(path: &Path) -> Result<Self, StoreError> {
        let decoder = zstd::Decoder::new(File::open(path)?).map_err(|_| broken("it is no dump of ours"))?;
        Ok(Self {
            source: BufReader::with_capacity(SENT_AT_ONCE, decoder),
            line: Vec::new(),
        })
    }
}

impl<R: Read> Lines<R> {
    /// The next line with its end.
    fn next(&mut self) -> Result<&[u8], StoreError> {
        self.line.clear();
        let read = self.source.read_until(b'\n', &mut self.line);
        match read {
            Ok(1..) if self.line.ends_with(b"\n") => Ok(&self.line),
            Ok(_) => Err(broken("it breaks off: it was never written to its end")),
            Err(error) => Err(broken(format!("it breaks off or was damaged: {error}"))),
        }
    }

    fn mark(&mut self) -> Result<Mark, StoreError> {
        serde_json::from_slice(self.next()?).map_err(|_| broken("it is no dump of ours"))
    }
}

/// Reads all of a dump without storing anything; refuses half of one, and one of a newer release.
fn check_dump(path: &Path, known: &[i64]) -> Result<(), StoreError> {
    let mut lines = Lines::open(path)?;
    let Mark::Begin { format, steps } = lines.mark()? else {
        return Err(broken("it is no dump of ours"));
    };
    if format != FORMAT || steps.iter().any(|step| !known.contains(step)) {
        return Err(broken("it was made by a newer release"));
    }
    let mut rows = 0;
    loop {
        match lines.mark()? {
            Mark::Table { .. } => {
                while lines.next()? != END_OF_ROWS {
                    rows += 1;
                }
            }
            Mark::End { rows: told } if told == rows => return Ok(()),
            Mark::End { .. } | Mark::Begin { .. } => return Err(broken("rows are missing")),
        }
    }
}

async fn load(conn: &mut PgConnection, path: &Path) -> Result<(), StoreError> {
    let mut lines = Lines::open(path)?;
    lines.mark()?;
    while let Mark::Table { name, columns } = lines.mark()? {
        let mut copy = conn
            .copy_in_raw(&format!("COPY {name} ({}) FROM STDIN", columns.join(", ")))
            .await?;
        let mut rows = Vec::with_capacity(SENT_AT_ONCE);
        loop {
            let line = lines.next()?;
            let ends = line == END_OF_ROWS;
            if !ends {
                rows.extend_from_slice(line);
            }
            if ends || rows.len() >= SENT_AT_ONCE {
                copy.send(std::mem::take(&mut rows)).await?;
            }
            if ends {
                break;
            }
        }
        copy.finish().await?;
    }
    Ok(())
}
