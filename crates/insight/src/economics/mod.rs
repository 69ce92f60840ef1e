//! What recovery is worth (F5): a published survey of who buys again, replaced step by step by the organization's own
//! rates; the value at risk, saved and lost; what a remedy or more speed may cost. It never claims that a complaint
//! well handled makes customers more loyal than no complaint: research finds that for satisfaction only.

mod break_even;
mod rates;
mod survey;
mod value;
mod what_if;

pub use break_even::{BreakEven, Verdict, break_even};
pub use rates::{Observed, Rate, Rates, shrink};
pub use survey::{HEARD_SHARES, LossBand, Outcome, SURVEY_SOURCE, Voice, survey_rate};
pub use value::{Handled, Value, WordOfMouth, value_of};
pub use what_if::{WhatIf, what_if};
