//! The product put together: store, engine, playbook, rules, clock, randomness and bus.

use std::sync::{
    Arc, OnceLock, PoisonError, RwLock,
    atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering},
};

use analysis::Engine;
use channels::Networks;
use desk::Rules;
use domain::{CaseState, DeadlineState, Role, Rubric, Timestamp, Vocabulary};
use playbook::Playbook;
use store::{JobState, Store};
use tokio::sync::{Mutex, Semaphore, broadcast};

use crate::{
    AppError, Bus, Clock, Randomness, SealingKey,
    counters::{Counted, Counters},
    dashboard::CHINA_OFFSET_MINUTES,
    hearing::HeardTalks,
    learn::Learned,
    limits,
    numbers::Numbers,
    password::PasswordDesk,
    presence::Seats,
    settings::documents,
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

/// What decides: the playbook, the rules of the desk and those of inspection, replaced together when settings change.
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
    sealing_key: OnceLock<SealingKey>,
    ticked_at: AtomicI64,
    leads: AtomicBool,
    hour: AtomicI64,
    networks: OnceLock<Networks>,
    turns: Vec<Mutex<()>>,
    readers: Semaphore,
    numbers: Numbers,
    learned: Learned,
    public_address: OnceLock<String>,
    heard_talks: HeardTalks,
    seats: Seats,
    counters: Counters,
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
    /// Cases with at least one clock in the state.
    pub clocks: Vec<(DeadlineState, u64)>,
    /// Milliseconds since the clock last finished a round; nothing before the first.
    pub clock_lag_ms: Option<i64>,
    /// Work that waits, was done lately, and failed for good.
    pub jobs: Vec<(JobState, u64)>,
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
            sealing_key: OnceLock::new(),
            ticked_at: AtomicI64::new(i64::MIN),
            leads: AtomicBool::new(false),
            hour: AtomicI64::new(i64::MIN),
            networks: OnceLock::new(),
            numbers: Numbers::default(),
            learned: Learned::default(),
            public_address: OnceLock::new(),
            heard_talks: HeardTalks::default(),
            seats: Seats::default(),
            counters: Counters::default(),
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

    /// Says under which address people reach the workbench; the first word counts.
    pub fn set_public_address(&self, address: String) {
        // Said once, when the product starts.
        let _ = self.inner.public_address.set(address);
    }

    /// The address that links in files begin with; empty while nobody said one, so that they are relative.
    pub(crate) fn public_address(&self) -> &str {
        let said = self.inner.public_address.get();
        said.map_or("", |address| address.trim_end_matches('/'))
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

    pub(crate) fn sealing_key(&self) -> Option<&SealingKey> {
        self.inner.sealing_key.get()
    }

    pub(crate) fn keep_sealing_key(&self, key: SealingKey) {
        // The first one holds: another could not open what was sealed since.
        let _ = self.inner.sealing_key.set(key);
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

    /// Lets webhooks go to these networks although they are not public; told once, before anything is served.
    pub fn allow_networks(&self, networks: Networks) {
        // Told a second time it stays as it was: who may be reached does not change while the product works.
        let _ = self.inner.networks.set(networks);
    }

    /// Networks that may be reached although they are not public.
    pub fn networks(&self) -> &Networks {
        self.inner.networks.get_or_init(Networks::default)
    }

    pub(crate) fn note_lead(&self, leads: bool) {
        let before = self.inner.leads.swap(leads, Ordering::Relaxed);
        if before != leads {
            tracing::info!(leads, "who turns the clock has changed");
        }
    }

    /// Whether this process turns the clock.
    pub fn leads(&self) -> bool {
        self.inner.leads.load(Ordering::Relaxed)
    }

    /// Whether this hour is another one than the last time.
    pub(crate) fn note_hour(&self, hour: i64) -> bool {
        self.inner.hour.swap(hour, Ordering::Relaxed) != hour
    }

    pub(crate) fn note_tick(&self, at: Timestamp) {
        self.inner.ticked_at.store(at.0, Ordering::Relaxed);
    }

    /// Fails when the database does not answer, or takes no changes.
    pub async fn check_ready(&self) -> Result<(), AppError> {
        self.store().ping().await?;
        Ok(self.store().check_writer(self.now()).await?)
    }

    pub(crate) fn counters(&self) -> &Counters {
        &self.inner.counters
    }

    /// What has been counted since the start.
    pub fn counted(&self) -> Counted {
        self.inner.counters.read()
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
            clocks: counts.clocks,
            clock_lag_ms: (ticked_at != i64::MIN).then_some(lag),
            jobs: self.store().count_jobs().await?,
        })
    }
}
