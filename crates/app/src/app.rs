//! The product put together: store, engine, playbook, rules, clock, randomness and bus.

use std::sync::{
    Arc, OnceLock, PoisonError, RwLock,
    atomic::{AtomicI64, AtomicU64, Ordering},
};

use analysis::Engine;
use desk::Rules;
use domain::{CaseState, Role, Rubric, Timestamp, Vocabulary};
use playbook::Playbook;
use store::Store;
use tokio::sync::{Mutex, Semaphore, broadcast};

use crate::{
    AppError, Bus, Clock, Randomness, dashboard::CHINA_OFFSET_MINUTES, hearing::HeardTalks, learn::Learned,
    limits, numbers::Numbers, password::PasswordDesk, presence::Seats, settings::documents,
};

/// What the product is put together from.
pub struct AppParts {
    /// Where cases live.
    pub store: Store,
    /// What reads texts.
    pub engine: Engine,
    /// What makes plans.
    pub playbook: Playbook,
    /// What decides upon cases.
    pub rules: Rules,
    /// What tells the time.
    pub clock: Box<dyn Clock>,
    /// What makes identities and secrets.
    pub randomness: Box<dyn Randomness>,
}

/// What decides: the playbook and the rules of the desk, replaced together when settings change.
#[derive(Clone)]
pub(crate) struct Rulebook {
    pub(crate) playbook: Arc<Playbook>,
    pub(crate) rules: Arc<Rules>,
    pub(crate) rubric: Arc<Rubric>,
}

impl Rulebook {
    /// What a role may grant alone is told by the playbook, so that plan and decision speak with one voice.
    pub(crate) fn of(playbook: Playbook, mut rules: Rules, rubric: Rubric, desk_fingerprint: u32) -> Self {
        for role in Role::ALL {
            rules.set_authority(*role, playbook.authority(*role));
        }
        let [no_haggling_below, investigate_above] = playbook.doubt_sums();
        let sums = desk::DoubtSums {
            no_haggling_below,
            investigate_above,
        };
        let version = format!("{}+{desk_fingerprint:08x}", playbook.version());
        rules.set_rulebook(version, sums);
        Self {
            playbook: Arc::new(playbook),
            rules: Arc::new(rules),
            rubric: Arc::new(rubric),
        }
    }
}

struct Inner {
    store: Store,
    engine: Arc<Engine>,
    rulebook: RwLock<Rulebook>,
    revisions_seen: AtomicU64,
    talk_news: broadcast::Sender<Arc<str>>,
    clock: Box<dyn Clock>,
    randomness: Box<dyn Randomness>,
    bus: Bus,
    passwords: PasswordDesk,
    setup_secret: OnceLock<String>,
    ticked_at: AtomicI64,
    turns: Vec<Mutex<()>>,
    readers: Semaphore,
    numbers: Numbers,
    learned: Learned,
    heard_talks: HeardTalks,
    seats: Seats,
}

/// Locks over the contacts of new customers; more than requests run at once, so that few wait for a stranger.
const TURNS: usize = 64;

/// The product; cheap to clone.
#[derive(Clone)]
pub struct App {
    inner: Arc<Inner>,
}

/// Numbers about the product itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Health {
    /// Cases by state.
    pub cases: Vec<(CaseState, u64)>,
    /// Milliseconds since the clock last finished a round; nothing before the first.
    pub clock_lag_ms: Option<i64>,
}

impl App {
    /// Puts the product together.
    pub async fn new(parts: AppParts) -> Result<Self, AppError> {
        let desk_fingerprint = documents::desk_fingerprint(&documents::OwnTexts::new());
        let bus = Bus::new(parts.store.last_sequence().await?);
        let inner = Inner {
            store: parts.store,
            engine: Arc::new(parts.engine),
            rulebook: RwLock::new(Rulebook::of(
                parts.playbook,
                parts.rules,
                desk::quality::default_rubric(),
                desk_fingerprint,
            )),
            revisions_seen: AtomicU64::new(0),
            talk_news: broadcast::Sender::new(limits::TALK_NEWS),
            clock: parts.clock,
            randomness: parts.randomness,
            bus,
            passwords: PasswordDesk::new(),
            setup_secret: OnceLock::new(),
            ticked_at: AtomicI64::new(i64::MIN),
            numbers: Numbers::default(),
            learned: Learned::default(),
            heard_talks: HeardTalks::default(),
            seats: Seats::default(),
            readers: Semaphore::new(limits::READERS),
            turns: (0..TURNS).map(|_| Mutex::default()).collect(),
        };
        let app = Self {
            inner: Arc::new(inner),
        };
        app.reload_rulebook().await?;
        Ok(app)
    }

    /// The store, for faces that move whole databases (backup, demonstration data).
    pub fn store(&self) -> &Store {
        &self.inner.store
    }

    /// The engine.
    pub fn engine(&self) -> &Arc<Engine> {
        &self.inner.engine
    }

    /// The playbook.
    pub fn playbook(&self) -> Arc<Playbook> {
        self.rulebook().playbook
    }

    /// The rules of the desk.
    pub fn rules(&self) -> Arc<Rules> {
        self.rulebook().rules
    }

    /// Playbook and rules as they stand together now.
    pub(crate) fn rulebook(&self) -> Rulebook {
        let rulebook = self.inner.rulebook.read().unwrap_or_else(PoisonError::into_inner);
        rulebook.clone()
    }

    pub(crate) fn put_rulebook(&self, rulebook: Rulebook, revisions: u64) {
        let mut held = self
            .inner
            .rulebook
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        *held = rulebook;
        self.inner.revisions_seen.store(revisions, Ordering::Relaxed);
    }

    /// How many revisions of documents the rulebook in force was made from.
    pub(crate) fn revisions_seen(&self) -> u64 {
        self.inner.revisions_seen.load(Ordering::Relaxed)
    }

    /// The rules of inspection.
    pub fn rubric(&self) -> Arc<Rubric> {
        self.rulebook().rubric
    }

    /// The conversations heard last.
    pub(crate) fn heard_talks(&self) -> &HeardTalks {
        &self.inner.heard_talks
    }

    /// Tells the id of every conversation that has grown.
    pub fn listen_talks(&self) -> broadcast::Receiver<Arc<str>> {
        self.inner.talk_news.subscribe()
    }

    pub(crate) fn talk_changed(&self, id: &str) {
        // Nobody may be listening.
        let _ = self.inner.talk_news.send(Arc::from(id));
    }

    /// The bus that live streams listen to.
    pub fn bus(&self) -> &Bus {
        &self.inner.bus
    }

    /// The present moment.
    pub fn now(&self) -> Timestamp {
        self.inner.clock.now()
    }

    pub(crate) fn randomness(&self) -> &dyn Randomness {
        self.inner.randomness.as_ref()
    }

    pub(crate) fn readers(&self) -> &Semaphore {
        &self.inner.readers
    }

    pub(crate) fn numbers(&self) -> &Numbers {
        &self.inner.numbers
    }

    pub(crate) fn learned(&self) -> &Learned {
        &self.inner.learned
    }

    pub(crate) fn setup_secret(&self) -> &OnceLock<String> {
        &self.inner.setup_secret
    }

    pub(crate) fn seats(&self) -> &Seats {
        &self.inner.seats
    }

    pub(crate) fn passwords(&self) -> &PasswordDesk {
        &self.inner.passwords
    }

    /// The lock of everybody whose contact falls into the same drawer.
    pub(crate) fn turn_of(&self, contact: &str) -> &Mutex<()> {
        let drawer = contact.bytes().fold(0, |sum: usize, byte| {
            sum.wrapping_mul(31).wrapping_add(usize::from(byte))
        });
        &self.inner.turns[drawer % TURNS]
    }

    pub(crate) fn note_tick(&self, at: Timestamp) {
        self.inner.ticked_at.store(at.0, Ordering::Relaxed);
    }

    /// Fails when the database does not answer.
    pub async fn check_ready(&self) -> Result<(), AppError> {
        Ok(self.store().ping().await?)
    }

    /// Numbers about the product itself.
    pub async fn read_health(&self) -> Result<Health, AppError> {
        let counts = self
            .store()
            .dashboard(&store::CaseFilter::default(), CHINA_OFFSET_MINUTES)
            .await?;
        let ticked_at = self.inner.ticked_at.load(Ordering::Relaxed);
        let lag = self.now().since_ms(Timestamp(ticked_at));
        Ok(Health {
            cases: counts.facets.state,
            clock_lag_ms: (ticked_at != i64::MIN).then_some(lag),
        })
    }
}
