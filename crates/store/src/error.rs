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
    /// The batch this change was part of could not be committed; nothing of it was stored.
    #[error("the change could not be committed: {0}")]
    NotCommitted(String),
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
            return Self::Database(error);
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
