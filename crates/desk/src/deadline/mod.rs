//! When something is due: the working calendar, and clocks set by policy with their reasons in words.

mod calendar;
mod clock;
mod local;
mod pack;
mod promised;

pub use calendar::{Calendar, Counted, DayFact, Holiday};
pub use clock::{Policy, set_clock, set_pack_clock, set_promised};
pub(crate) use local::{day_of, spell};
pub use pack::{ClockEvent, Extension, Pack, PackClock, Pause};
pub use promised::promised_until;
