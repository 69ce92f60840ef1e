//! Answers kept in memory by the one server of an SQLite file: who calls and which settings hold is asked with every
//! request and changes a few times a day. Any change but a new case makes all of them forgotten before its caller is
//! answered, so nobody is told what was true before.

use std::{
    collections::HashMap,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use crate::{ApiToken, Session, Store, StoreError, User};

/// What another program wrote into the file, such as a command of the operator, is seen after so long at the latest.
const LASTS: Duration = Duration::from_secs(1);
/// Answers kept of one kind; beyond them all are given up.
const MOST: usize = 10_000;

/// How many changes were committed that answers could depend on.
#[derive(Debug, Default)]
pub(crate) struct Changes(AtomicU64);

impl Changes {
    /// Says that something was committed; before its callers are answered.
    pub(crate) fn note(&self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }

    fn count(&self) -> u64 {
        self.0.load(Ordering::SeqCst)
    }
}

/// An answer, and when it was asked for.
#[derive(Debug)]
struct Held<V> {
    answer: V,
    changes: u64,
    asked: Instant,
}

/// Answers of one kind by what was asked.
#[derive(Debug)]
pub(crate) struct Answers<V> {
    held: Mutex<HashMap<String, Held<V>>>,
}

impl<V> Default for Answers<V> {
    fn default() -> Self {
        Self {
            held: Mutex::default(),
        }
    }
}

impl<V: Clone> Answers<V> {
    fn held(&self) -> MutexGuard<'_, HashMap<String, Held<V>>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn get(&self, key: &str, changes: u64) -> Option<V> {
        let held = self.held();
        let fresh = |held: &&Held<V>| held.changes == changes && held.asked.elapsed() < LASTS;
        held.get(key).filter(fresh).map(|held| held.answer.clone())
    }

    fn put(&self, key: &str, held: Held<V>) {
        let mut all = self.held();
        if all.len() >= MOST {
            all.clear();
        }
        all.insert(key.to_owned(), held);
    }
}

/// Everything that is kept.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    /// Browser sessions by the hash of their secret.
    pub(crate) sessions: Answers<(Session, User)>,
    /// API tokens by the hash of their secret.
    pub(crate) tokens: Answers<(ApiToken, User)>,
    /// Settings by their keys.
    pub(crate) settings: Answers<[Option<String>; 2]>,
}

impl Store {
    /// The answer that is kept, or the one that is asked for now; that nothing was found is not kept.
    pub(crate) async fn keep<V: Clone>(
        &self,
        answers: impl Fn(&Kept) -> &Answers<V>,
        key: &str,
        ask: impl Future<Output = Result<Option<V>, StoreError>>,
    ) -> Result<Option<V>, StoreError> {
        let Some(kept) = self.kept() else {
            return ask.await;
        };
        // Read before the database is: a change between the two makes the answer count as old.
        let (changes, asked) = (self.changes().count(), Instant::now());
        if let Some(answer) = answers(kept).get(key, changes) {
            return Ok(Some(answer));
        }
        let found = ask.await?;
        if let Some(answer) = found.clone() {
            let held = Held {
                answer,
                changes,
                asked,
            };
            answers(kept).put(key, held);
        }
        Ok(found)
    }
}
