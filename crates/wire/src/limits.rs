//! The limits of what one request may hold; over a limit is a field error.

/// The most rows of one `POST /imports`.
pub const IMPORT_ROWS: usize = 100;
/// The most texts of one `POST /analyses`.
pub const TEXTS_PER_REQUEST: usize = 500;
/// The most code points of one complaint, message or note; a body has no room for more.
pub const TEXT_CHARS: usize = 1024 * 1024;
/// The most turns of one request.
pub const TURNS_PER_REQUEST: usize = 5_000;
/// The most code points of one turn.
pub const TURN_CHARS: usize = 20_000;
/// The most code points of what is searched for.
pub const QUERY_CHARS: usize = 200;
/// The most code points of a reason, title, name or other short field.
pub const SHORT_CHARS: usize = 2_000;
/// The longest name of a team on an account, in characters.
pub const TEAM_CHARS: usize = 100;
/// The most entries of a list inside a request, such as remedies or motives.
pub const LIST_ENTRIES: usize = 20;
/// Words of a list of keys, of which those told twice count once.
pub const KEYS_TOLD: usize = 1000;
/// The most kinds of events of one webhook.
pub const WEBHOOK_KINDS: usize = 64;
/// The most words of one rule of the check of messages.
pub const WORDS: usize = 1_000;
/// The largest sum or percentage a settings field takes.
pub const MOST_YUAN: u32 = 100_000_000;
/// Cases of a preview that are told one by one; the others are counted.
pub const PREVIEWED_CASES: usize = 50;
/// The most rows of one page.
pub const PAGE_ROWS: u64 = 200;
/// The rows of a page when none are asked for.
pub const PAGE_ROWS_DEFAULT: u64 = 50;
/// The most rows of a list that are left out by number.
pub const SKIPPED_ROWS: u64 = 1_000_000;
/// The most code points of a name a person gives to something.
pub const NAME_CHARS: usize = 60;
/// The most code points of words laid ready.
pub const PRESET_CHARS: usize = 4_000;
/// The longest life of an API token, in days.
pub const TOKEN_DAYS: u64 = 366;
