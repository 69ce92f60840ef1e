//! Answers kept in memory: as long as no case has changed, or while a newer one is worked out behind them.

use std::{
    any::Any,
    collections::{HashMap, HashSet},
    future::Future,
    sync::{Arc, Mutex, PoisonError, Weak},
};

use domain::Timestamp;

use super::facts::Facts;
use crate::{App, AppError, limits};

/// The answers.
pub(crate) struct Learned {
    shelf: Mutex<Shelf>,
    /// One computation at a time for each drawer of keys.
    turns: [Arc<tokio::sync::Mutex<()>>; TURNS],
    /// Facts that an answer is being worked out from, shared as long as somebody uses them.
    pub(super) facts: tokio::sync::Mutex<HashMap<String, Weak<Facts>>>,
}

/// More than there are kinds of answers asked for at the same time, as a rule.
const TURNS: usize = 16;

impl Default for Learned {
    fn default() -> Self {
        Self {
            shelf: Mutex::default(),
            turns: std::array::from_fn(|_| Arc::default()),
            facts: tokio::sync::Mutex::default(),
        }
    }
}

#[derive(Default)]
struct Shelf {
    kept: HashMap<String, Kept>,
    under_way: HashSet<String>,
    /// How often answers whose key begins so were forgotten.
    forgotten: HashMap<String, u64>,
}

impl Shelf {
    /// How often answers under this key were forgotten; one that was begun before the last time is not kept.
    fn forgotten(&self, key: &str) -> u64 {
        let prefixes = self.forgotten.iter();
        let times = prefixes.filter(|(prefix, _)| key.starts_with(prefix.as_str()));
        times.map(|(_, times)| times).sum()
    }
}

/// When an answer was begun.
#[derive(Clone, Copy)]
struct Begun {
    sequence: i64,
    forgotten: u64,
}

#[derive(Clone)]
struct Kept {
    at: Timestamp,
    sequence: i64,
    value: Arc<dyn Any + Send + Sync>,
}

/// What is known of an answer.
enum Known<T> {
    /// It can be given.
    Good(Arc<T>),
    /// It can be given, but a newer one should be worked out.
    Old(Arc<T>),
    /// There is none.
    Nothing,
}

impl Learned {
    fn shelf(&self) -> std::sync::MutexGuard<'_, Shelf> {
        // What is kept is whole at any time, so a panic elsewhere does not spoil it.
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn look<T: Send + Sync + 'static>(&self, key: &str, now: Timestamp, sequence: i64) -> Known<T> {
        let shelf = self.shelf();
        let Some(kept) = shelf.kept.get(key) else {
            return Known::Nothing;
        };
        let Ok(value) = kept.value.clone().downcast::<T>() else {
            return Known::Nothing;
        };
        let age = now.since_ms(kept.at);
        let unchanged = kept.sequence == sequence && age < limits::LEARNED_STALE_MS;
        if unchanged || (0..limits::LEARNED_FRESH_MS).contains(&age) {
            Known::Good(value)
        } else if age < limits::LEARNED_STALE_MS {
            Known::Old(value)
        } else {
            Known::Nothing
        }
    }

    fn begin(&self, key: &str, sequence: i64) -> Begun {
        let forgotten = self.shelf().forgotten(key);
        Begun { sequence, forgotten }
    }

    fn keep<T: Send + Sync + 'static>(&self, key: String, at: Timestamp, begun: Begun, value: Arc<T>) {
        let mut shelf = self.shelf();
        if shelf.forgotten(&key) != begun.forgotten {
            return;
        }
        let sequence = begun.sequence;
        if shelf.kept.len() >= limits::LEARNED_ANSWERS && !shelf.kept.contains_key(&key) {
            let oldest = shelf.kept.iter().min_by_key(|(_, kept)| kept.at);
            if let Some(oldest) = oldest.map(|(key, _)| key.clone()) {
                shelf.kept.remove(&oldest);
            }
        }
        shelf.kept.insert(key, Kept { at, sequence, value });
    }

    /// Forgets the answers whose key begins like this, those being worked out as well.
    pub(crate) fn forget(&self, prefix: &str) {
        let mut shelf = self.shelf();
        shelf.kept.retain(|key, _| !key.starts_with(prefix));
        *shelf.forgotten.entry(prefix.to_owned()).or_default() += 1;
    }

    /// Forgets every answer: what they quote is no longer there.
    pub(crate) fn forget_all(&self) {
        self.forget("");
    }

    /// Takes answers of some age for out of date, so that whoever asks next has them worked out anew.
    pub(super) fn grow_old(&self, now: Timestamp) {
        for kept in self.shelf().kept.values_mut() {
            if now.since_ms(kept.at) >= limits::AHEAD_OLD_MS {
                kept.sequence = i64::MIN;
            }
        }
    }

    /// Whether an answer is being worked out behind the readers.
    pub(super) fn is_renewing(&self) -> bool {
        !self.shelf().under_way.is_empty()
    }

    fn start(&self, key: &str) -> bool {
        self.shelf().under_way.insert(key.to_owned())
    }
}

/// An answer that is worked out behind the readers; it is no longer under way when this ends, however it ends.
struct UnderWay {
    app: App,
    key: String,
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.app.learned().shelf().under_way.remove(&self.key);
    }
}

impl App {
    /// The answer kept under a key, or the one that `make` works out. One is worked out at a time, so that a rush of
    /// readers costs one computation.
    pub(crate) async fn learn<T, F, Made>(&self, key: String, make: F) -> Result<Arc<T>, AppError>
    where
        T: Send + Sync + 'static,
        F: FnOnce(Self) -> Made + Send + 'static,
        Made: Future<Output = Result<T, AppError>> + Send + 'static,
    {
        let sequence = self.store().last_sequence().await?;
        match self.learned().look(&key, self.now(), sequence) {
            Known::Good(value) => return Ok(value),
            Known::Old(value) => {
                if self.learned().start(&key) {
                    let app = self.clone();
                    tokio::spawn(async move { app.renew(key, sequence, make).await });
                }
                return Ok(value);
            }
            Known::Nothing => {}
        }
        let drawer = key
            .bytes()
            .fold(0, |sum: usize, byte| sum * 31 % 1_009 + usize::from(byte))
            % TURNS;
        let turn = self.learned().turns[drawer].clone().lock_owned().await;
        if let Known::Good(value) | Known::Old(value) = self.learned().look(&key, self.now(), sequence) {
            return Ok(value);
        }
        let app = self.clone();
        // A reader who gives up leaves the work to go on, so that the next one finds it done.
        let work = tokio::spawn(async move {
            let _turn = turn;
            let begun = app.learned().begin(&key, sequence);
            let value = Arc::new(make(app.clone()).await?);
            app.learned().keep(key, app.now(), begun, value.clone());
            Ok(value)
        });
        work.await.map_err(|_| AppError::Plain(crate::Code::Failed))?
    }

    async fn renew<T, F, Made>(self, key: String, sequence: i64, make: F)
    where
        T: Send + Sync + 'static,
        F: FnOnce(Self) -> Made + Send + 'static,
        Made: Future<Output = Result<T, AppError>> + Send + 'static,
    {
        let under_way = UnderWay {
            app: self.clone(),
            key: key.clone(),
        };
        let begun = self.learned().begin(&key, sequence);
        match make(self.clone()).await {
            Ok(value) => self
                .learned()
                .keep(key.clone(), self.now(), begun, Arc::new(value)),
            Err(error) => tracing::error!(
                key,
                error = &error as &dyn std::error::Error,
                "what is learned could not be worked out anew"
            ),
        }
        drop(under_way);
    }
}

/// Works something out beside the threads that answer requests.
pub(crate) async fn compute<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, AppError> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|_| AppError::Plain(crate::Code::Failed))
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Zeros;

    impl crate::Randomness for Zeros {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(0);
        }
    }

    #[tokio::test]
    async fn an_answer_outlives_the_reader_who_gave_up() {
        let app = crate::open("sqlite::memory:", Box::new(|| Timestamp(0)), Box::new(Zeros))
            .await
            .expect("a fresh database");
        let (go, gone) = tokio::sync::oneshot::channel::<()>();
        let slow = app.learn("page".to_owned(), |_| async {
            gone.await.expect("told to go on");
            Ok(7_u8)
        });
        let soon = std::time::Duration::from_millis(20);
        assert!(
            tokio::time::timeout(soon, slow).await.is_err(),
            "it is not done yet"
        );
        go.send(()).expect("the work goes on without its reader");
        let again = app.learn("page".to_owned(), |_| async { Ok(8_u8) }).await;
        assert_eq!(
            *again.expect("an answer"),
            7,
            "the first answer, not a second one"
        );
    }

    #[test]
    fn what_was_begun_before_it_was_to_be_forgotten_is_not_kept() {
        let learned = Learned::default();
        let (now, key) = (Timestamp(0), "causes 28");
        let is_kept = |key: &str| matches!(learned.look::<u8>(key, now, 1), Known::Good(_));
        let begun = learned.begin(key, 1);
        learned.forget("silent");
        learned.keep(key.to_owned(), now, begun, Arc::new(1_u8));
        assert!(is_kept(key), "others were forgotten");
        let begun = learned.begin(key, 1);
        learned.forget_all();
        assert!(!is_kept(key));
        learned.keep(key.to_owned(), now, begun, Arc::new(1_u8));
        assert!(!is_kept(key), "it was worked out from what is gone");
        learned.keep(key.to_owned(), now, learned.begin(key, 1), Arc::new(1_u8));
        assert!(is_kept(key));
    }
}
