//! What can go wrong while storing, in one closed enum; the cause is kept as the source.

/// Why the store could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Somebody else changed the case first; load it again and decide anew.
    #[error("the case has changed meanwhile; it is at version {current_version} now")]
    Stale {
        /// The version that is stored now.
        current_version: u32,
    },
    /// Something of that identity is already there.
    #[error("{what} exists already")]
    Duplicate {
        /// What was to be unique: `case`, `number`, `login`, `idempotency_key` ….
        what: &'static str,
    },
    /// Nothing of that identity is there.
    #[error("no such {what}")]
    NotFound {
        /// What was looked for.
        what: &'static str,
    },
    /// The caller broke a rule of this crate, such as a version that does not count its events.
    #[error("refused to store: {0}")]
    Invalid(String),
    /// The cursor was not made by this store for this sort order.
    #[error("the cursor is not one of this list")]
    InvalidCursor,
    /// The database's address is not understood.
    #[error("`{0}` is no database address; use sqlite://path or postgres://user@host/name")]
    UnsupportedUrl(String),
    /// The database cannot do this.
    #[error("not available on this database: {0}")]
    Unsupported(&'static str),
    /// What is stored cannot be read back; the record is named.
    #[error("stored {what} cannot be read: {because}")]
    Corrupt {
        /// Which record.
        what: String,
        /// What is wrong with it.
        because: String,
    },
    /// The writer is busy with something that takes long, or waits for the disk.
    #[error("nothing could be written within the time allowed")]
    WriterBusy,
    /// The store was closed.
    #[error("the store is closed")]
    Closed,
    /// The transaction this change was part of did not end well.
    #[error("the change could not be committed: {because}")]
    NotCommitted {
        /// What went wrong, in words: one failure answers many callers.
        because: String,
        /// What kind of trouble it was.
        trouble: Trouble,
    },
    /// Another server works on the database file.
    #[error(
        "another server (process {process}) works on {path}; stop it first, or give this one its own database"
    )]
    Served {
        /// The file.
        path: String,
        /// The process that serves it.
        process: String,
    },
    /// The disk, or the room given to the database, is full.
    #[error("there is no room left for the database")]
    Full(#[source] sqlx::Error),
    /// The database may not be written.
    #[error("the database cannot be written")]
    ReadOnly(#[source] sqlx::Error),
    /// The tables could not be brought up to date.
    #[error("the database could not be brought up to date")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// The database server refused the connection; the source tells why.
    #[error("the database server cannot be used")]
    Unreachable(#[source] sqlx::Error),
    /// The database server did not answer in time.
    #[error("the database server did not answer within {0} s: check its host and port")]
    NoAnswer(u64),
    /// The database failed.
    #[error("the database failed")]
    Database(#[source] sqlx::Error),
    /// A file could not be made or written.
    #[error("a file of the database could not be made")]
    File(#[from] std::io::Error),
}

/// Why a database does not take a change that is right in itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Trouble {
    /// There is no room left.
    Full,
    /// It may not be written.
    ReadOnly,
    /// It does not answer, or fails in another way.
    Away,
}

impl StoreError {
    /// What kind of trouble the database has; nothing when it is the caller who is refused.
    pub fn trouble(&self) -> Option<Trouble> {
        match self {
            Self::Full(_) => Some(Trouble::Full),
            Self::ReadOnly(_) => Some(Trouble::ReadOnly),
            Self::NotCommitted { trouble, .. } => Some(*trouble),
            Self::Closed | Self::Unreachable(_) | Self::NoAnswer(_) | Self::Database(_) => {
                Some(Trouble::Away)
            }
            _ => None,
        }
    }
}

/// The code of a failure that means no room: SQLITE_FULL, and PostgreSQL's disk_full.
const FULL: [&str; 2] = ["13", "53100"];
/// The codes of a failure that mean that nothing may be written: SQLITE_READONLY, and read_only_sql_transaction.
const READ_ONLY: [&str; 2] = ["8", "25006"];

/// The primary code: SQLite puts more detail into the higher bits.
fn primary_code(error: &sqlx::Error) -> Option<String> {
    let code = error.as_database_error()?.code()?.into_owned();
    let is_sqlite = code.len() < 5;
    let number: Option<u32> = code.parse().ok().filter(|_| is_sqlite);
    Some(number.map_or(code, |number| (number & 0xff).to_string()))
}

/// What must be unique: the column as SQLite names it, the constraint as PostgreSQL names it, and what it is.
const UNIQUE: &[(&str, &str, &str)] = &[
    ("cases.id", "cases_id_key", "case"),
    ("cases.number", "cases_number_key", "number"),
    ("users.id", "users_pkey", "user"),
    ("users.login", "users_login_key", "login"),
    ("tokens.id", "tokens_pkey", "token"),
    ("tokens.secret_hash", "tokens_secret_hash_key", "token"),
    ("sessions.secret_hash", "sessions_pkey", "session"),
    (
        "idempotency_keys.scope",
        "idempotency_keys_pkey",
        "idempotency_key",
    ),
];

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        let Some(database) = error
            .as_database_error()
            .filter(|error| error.is_unique_violation())
        else {
            let code = primary_code(&error).unwrap_or_default();
            return match code.as_str() {
                code if FULL.contains(&code) => Self::Full(error),
                code if READ_ONLY.contains(&code) => Self::ReadOnly(error),
                _ => Self::Database(error),
            };
        };
        let what = UNIQUE
            .iter()
            .find(|(column, constraint, _)| match database.constraint() {
                Some(name) => name == *constraint,
                None => database.message().contains(column),
            });
        Self::Duplicate {
            what: what.map_or("record", |(_, _, what)| what),
        }
    }
}
