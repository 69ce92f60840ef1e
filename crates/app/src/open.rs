//! The product as it comes: its default model, playbook and rules over a database.

use store::{Store, StoreError};

use crate::{App, AppError, AppParts, Clock, Randomness};

/// Why the product could not be put together.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The database could not be opened.
    #[error("the database could not be opened")]
    Store(#[from] StoreError),
    /// The product could not start over this database.
    #[error("the product could not start over this database")]
    App(#[from] AppError),
}

/// As [`open`], for a server: fails when another server works on the same SQLite file.
pub async fn open_to_serve(
    database: &str,
    clock: Box<dyn Clock>,
    randomness: Box<dyn Randomness>,
) -> Result<App, OpenError> {
    put_together(Store::open_to_serve(database).await?, clock, randomness).await
}

/// The product over a database such as `sqlite://path` or `postgres://…`, which is brought up to date.
pub async fn open(
    database: &str,
    clock: Box<dyn Clock>,
    randomness: Box<dyn Randomness>,
) -> Result<App, OpenError> {
    put_together(Store::open(database).await?, clock, randomness).await
}

async fn put_together(
    store: Store,
    clock: Box<dyn Clock>,
    randomness: Box<dyn Randomness>,
) -> Result<App, OpenError> {
    let parts = AppParts {
        store,
        engine: analysis::Engine::default_model(),
        playbook: playbook::Playbook::load_default(),
        rules: desk::Rules::load_default(),
        clock,
        randomness,
    };
    Ok(App::new(parts).await?)
}
