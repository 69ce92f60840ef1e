//! The life of one case: opening, deciding, applying, ticking, grading, checking.

mod allowed;
mod apply;
mod checks;
mod credence;
mod decide;
mod draft;
mod duplicate;
mod erasure;
mod informed;
mod nature;
mod open;
mod principles;
mod refusal;
mod severity;
mod tick;

pub use allowed::{allowed, kind_of};
pub use apply::{apply, replay};
pub use checks::{Known, checks, checks_known};
pub use credence::{Standing, credence};
pub use decide::{Context, awaits_verdict, decide};
pub use duplicate::{LIKELY, Likeness, WITHIN_DAYS, likeness};
pub use erasure::{erased, judged_again};
pub use informed::{Telling, informed, tells, told};
pub use open::{NewCase, open};
pub use principles::{Heard, principles};
pub use severity::{priority_of, severity_of};
pub use tick::{next_check_at, tick};

#[cfg(test)]
mod tests;

/// A case to test other modules with: a valid complaint of a customer who bargains.
#[cfg(test)]
pub(crate) fn sample_case() -> domain::Case {
    tests::sample_case()
}
