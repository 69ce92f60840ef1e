//! 用例: one function per verb; the only place where store, engine, playbook and desk meet. Permissions, masking,
//! transactions and the ticking clock live here; the clock and randomness themselves arrive as arguments.

mod analyze;
mod app;
mod bus;
mod caller;
mod case;
mod clock;
mod command;
mod corrections;
mod customer;
mod dashboard;
pub mod demo;
mod error;
mod idempotency;
mod import;
mod intake;
mod limits;
mod list;
mod mask;
mod numbers;
mod open;
mod password;
mod permission;
mod secret;
mod session;
mod situation;
mod tick;
mod token;
mod user;

pub use app::{App, AppParts, Health};
pub use bus::Bus;
pub use caller::{Caller, Credential};
pub use case::{EventView, LiveFeed};
pub use clock::{Clock, Randomness};
pub use corrections::Corrected;
pub use error::{AppError, Code, CodeRow, ErrorKind};
pub use idempotency::Repeatable;
pub use import::{ImportRow, Imported, Origin, Origins};
pub use limits::{DEMO_PASSWORD, LIVE_BATCH, LOGIN_LOCK_MS, TICK_EVERY_MS};
pub use mask::mask_analysis;
pub use open::{OpenError, open};
pub use permission::{PERMISSIONS, Permission, Verb, may};
pub use session::SignedIn;
pub use situation::situation_of_text;
pub use tick::TickReport;
pub use user::NewUser;
