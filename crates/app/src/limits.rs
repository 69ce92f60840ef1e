//! The limits of the use cases, each with its name.

/// How long a browser session lives, in milliseconds.
pub const SESSION_MS: i64 = 12 * 3_600_000;
/// How long somebody may take to sign in at the organization's provider, in milliseconds.
pub const SIGN_IN_MS: i64 = 10 * 60_000;
/// The longest name that is taken over from the organization's provider, in code points.
pub const RECOGNIZED_NAME_CHARS: usize = 80;
/// The most rows of one file that is brought in over HTTP.
pub const FILE_ROWS: usize = 5_000;
/// How long an idempotency key is remembered, in milliseconds.
pub const IDEMPOTENCY_MS: i64 = 7 * 86_400_000;
/// The longest idempotency key, in bytes.
pub const IDEMPOTENCY_KEY_BYTES: usize = 200;
/// Wrong passwords in a row after which a login name is locked.
pub const LOGIN_FAILURES: u32 = 5;
/// How long a locked login name stays locked, in milliseconds.
pub const LOGIN_LOCK_MS: i64 = 60_000;
/// A name that is locked again stays locked twice as long each time, up to this many doublings.
pub const LOGIN_DOUBLINGS: u32 = 6;
/// Letters kept of what a browser says of itself.
pub const AGENT_CHARS: usize = 160;
/// Recovery codes made at once.
pub const RECOVERY_CODES: usize = 10;
/// Letters of a recovery code, five bits each.
pub const RECOVERY_LETTERS: usize = 16;
/// Login names whose failures are remembered; beyond them the oldest memory is given up.
pub const LOGIN_NAMES: usize = 10_000;
/// Passwords hashed at the same time; hashing is meant to be costly.
pub const PASSWORD_HASHERS: usize = 2;
/// Passwords that may wait to be hashed; more are refused at once.
pub const PASSWORD_QUEUE: usize = 64;
/// A single text up to this size is read at once, on the thread that asks, in bytes.
pub const SHORT_BYTES: usize = 1_024;
/// Batches of texts read at the same time.
pub const READERS: usize = 4;
/// The shortest password, in characters.
pub const PASSWORD_CHARS: usize = 10;
/// How often the clock looks for due cases, in milliseconds.
pub const TICK_EVERY_MS: u64 = 2_000;
/// Cases looked at in one tick.
pub const TICK_CASES: u32 = 200;
/// Due cases looked at side by side.
pub const TICK_AT_ONCE: usize = 32;
/// Ticks that follow each other without a pause while more is due.
pub const TICKS_IN_A_ROW: usize = 50;
/// How often what has ended is swept away, in milliseconds.
pub const SWEEP_EVERY_MS: i64 = 3_600_000;
/// Events read at once for the live stream.
pub const LIVE_BATCH: u32 = 500;
/// The most case numbers taken from the store at once.
pub const NUMBER_BLOCK: u32 = 64;
/// Numbers asked for again within this time mean a rush, in milliseconds.
pub const NUMBER_RUSH_MS: i64 = 1_000;
/// How long somebody counts as present who says nothing more, in milliseconds.
pub const PRESENCE_MS: i64 = 40_000;
/// People present at one case that are told.
pub const PRESENCE_SEATS: usize = 20;
/// Cases with people at them; beyond them those left behind are forgotten.
pub const PRESENCE_CASES: usize = 10_000;
/// Changes of presence that a slow stream may lag behind before it misses some.
pub const PRESENCE_NEWS: usize = 64;
/// Conversations listed and compared at once.
pub const CONVERSATIONS: u32 = 200;
/// Appeals read at once.
pub const APPEALS: u32 = 1_000;
/// Conversations proposed for a person to read again.
pub const CHECKED: usize = 10;
/// The customer's newest turns that advice takes facts from.
pub const TURNS_ADVISED: usize = 40;
/// Answers of insight kept in memory; beyond them the oldest is given up.
pub const LEARNED_ANSWERS: usize = 48;
/// So long an answer of insight is given again although cases have changed, in milliseconds.
pub const LEARNED_FRESH_MS: i64 = 20_000;
/// So long it is given again while a newer one is worked out behind it, in milliseconds.
pub const LEARNED_STALE_MS: i64 = 3_600_000;
/// Answers of insight older than this are worked out anew by whoever works ahead, in milliseconds.
pub const AHEAD_OLD_MS: i64 = 1_500_000;
/// How often answers are worked out ahead, in milliseconds: together with the age above less than they are kept.
pub const AHEAD_EVERY_MS: i64 = 1_200_000;
/// How often it is looked whether that is due, in milliseconds.
pub const AHEAD_PAUSE_MS: u64 = 15_000;
/// How often it is looked whether an answer is there, in milliseconds.
pub const AHEAD_LOOK_MS: u64 = 50;
/// Cases from which on somebody would wait for an answer of insight.
pub const AHEAD_CASES: u64 = 50_000;
/// How far back outbreaks look, in days: five years with their season, and a season more.
pub const OUTBREAK_DAYS: i64 = 5 * 366 + 92;
/// States read for the process.
pub const PROCESS_STATES: u32 = 400_000;
/// Cases of a cause whose customers are told at once.
pub const TOLD_CASES: u32 = 200;
/// Reports listed.
pub const REPORTS_LISTED: u32 = 60;
/// Code points of a quoted text.
pub const QUOTE_CHARS: usize = 200;
/// Code points of a title made from the text.
pub const TITLE_CHARS: usize = 28;
/// Code points below which whole clauses are too few to be a title.
pub const TITLE_LEAST: usize = 8;
/// Code points of an excerpt.
pub const EXCERPT_CHARS: usize = 120;
/// Code points read around an excerpt, so that personal data is seen whole before it is cut.
pub const EXCERPT_MARGIN: usize = 200;
/// Earlier cases of a customer that are looked at.
pub const CUSTOMER_CASES: u32 = 20;
/// Earlier cases looked at for a plan.
pub const HISTORY_CASES: u32 = 5;
/// Purchases on a customer's card.
pub const CUSTOMER_PURCHASES: u32 = 50;
/// Granted cases that are compared with a case.
pub const LIKE_CASES: u32 = 60;
/// So many like cases are enough to compare with; fewer, and less alike ones are looked at.
pub const LIKE_ENOUGH: u32 = 5;
/// How far back other complaints of the kind count, in milliseconds.
pub const ALIKE_MS: i64 = 90 * 86_400_000;
/// The newest cases that a preview of settings looks at.
pub const PREVIEW_CASES: u32 = 100;
/// The newest conversations that a preview of settings inspects anew.
pub const PREVIEW_TALKS: u32 = 60;
/// Turns of one conversation.
pub const TURNS_OF_A_TALK: usize = 5_000;
/// News of conversations that a slow listener may be behind.
pub const TALK_NEWS: usize = 1_024;
/// Conversations whose hearing is kept in memory.
pub const TALKS_HEARD: usize = 1_500;
/// Messages of a case that a preview checks.
pub const PREVIEW_MESSAGES: usize = 20;
/// Changes of a document that its history shows.
pub const REVISIONS: u32 = 100;
/// The password of the demonstration accounts; they exist only in a demonstration.
pub const DEMO_PASSWORD: &str = "tingsu-demo";
/// The largest file on a case, in bytes.
pub const FILE_BYTES: usize = 10 * 1024 * 1024;
/// How long an uploaded file waits to be attached, in milliseconds.
pub const FILE_WAITS_MS: i64 = 86_400_000;
/// Cases whose words are erased in one round because they were kept long enough.
pub const RETENTION_CASES: u32 = 100;
/// Impact assessments shown.
pub const ASSESSMENTS: u32 = 200;
/// Cases compared for each reason why they may be duplicates.
pub const DUPLICATES: u32 = 20;
/// Cases of one incident whose customers are told at once.
pub const INCIDENT_CASES: usize = 5_000;
/// The newest cases of an incident that are looked at for whether their customers were told.
pub const FOLLOWERS: u32 = 200;
/// The newest messages of a case that are held against an approved statement.
pub const STATEMENT_MESSAGES: usize = 20;
/// How long a worker holds a job, in milliseconds; longer than any of them takes.
pub const LEASE_MS: i64 = 120_000;
/// Jobs of one pool done at the same time, in all processes together.
pub const WORKERS_EACH: u32 = 4;
/// How often the queue is looked at when nothing is heard, in milliseconds.
pub const WORK_EVERY_MS: u64 = 1_000;
/// The shortest pause between two looks, in milliseconds.
pub const WORK_PAUSE_MS: u64 = 20;
/// Tries of a job before it is shelved.
pub const JOB_ATTEMPTS: u32 = 14;
/// The pause after the first failure, in milliseconds; each one after it is twice as long.
pub const RETRY_FIRST_MS: i64 = 5_000;
/// The longest pause, in milliseconds.
pub const RETRY_MOST_MS: i64 = 6 * 3_600_000;
/// How long a job that was done is remembered, in milliseconds.
pub const JOB_KEPT_MS: i64 = 7 * 86_400_000;
/// Subscriptions.
pub const WEBHOOKS: usize = 20;
/// Events made into messages at once.
pub const OUTBOX_BATCH: u32 = 500;
/// Cases whose history is verified at once.
pub const HISTORIES: u32 = 200;
/// Faults of the history that are named.
pub const FAULTS: usize = 100;
/// Bytes that one colleague may upload within 24 hours.
pub const UPLOADS_A_DAY: u64 = 200 * 1024 * 1024;
/// How deep causes stand under each other.
pub const CAUSE_DEPTH: usize = 64;
/// Colleagues proposed for a case.
pub const ASSIGNEES: usize = 10;
/// Missed and next clocks on the supervisor's board, each.
pub const BOARD_CLOCKS: u32 = 8;
/// Cases that wait for a decision, on the supervisor's board.
pub const BOARD_DECISIONS: u32 = 50;
/// Lines of the trail shown.
pub const TRAIL_LINES: u32 = 300;
