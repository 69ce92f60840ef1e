//! The life of one case: opening, deciding, applying, ticking, grading, checking.

mod allowed;
mod apply;
mod checks;
mod decide;
mod draft;
mod nature;
mod open;
mod refusal;
mod severity;
mod tick;

pub use allowed::{allowed, kind_of};
pub use apply::{apply, replay};
pub use checks::checks;
pub use decide::{Context, decide};
pub use open::{NewCase, open};
pub use severity::{priority_of, severity_of};
pub use tick::{next_check_at, tick};

#[cfg(test)]
mod tests;
