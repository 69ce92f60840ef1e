//! From scores and rules to an analysis: evidence, expectations, needs, doubts, and corrections by a person.

mod analyze;
mod contrast_cues;
mod correct;
mod doubts;
mod evidence;
mod expectation;
mod mixed;
mod needs;
mod promise_hits;
mod promise_speakers;
mod promise_words;

pub(crate) use analyze::{SURE, analyze};
pub use correct::correct;
pub(crate) use evidence::{Clauses, Underline};
pub use needs::derive_needs;
pub(crate) use promise_hits::telling_words;
