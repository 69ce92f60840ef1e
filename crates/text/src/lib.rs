//! 读文: a text as the product reads it — normalized with a way home to the original, cut into sentences and
//! clauses, searched for particulars and personal data. Knows nothing of what a complaint means.

mod cut;
mod entities;
mod fold;
mod reading;
mod tokens;
mod words;

pub use entities::{
    Particulars, add_duration, china_day, entities, mask, mask_with, particulars, personal_data,
};
pub use reading::{Reading, read};
pub use tokens::{query_tokens, search_tokens};
pub use words::WordIndex;

/// What the judge of names learns from; see [`entities`].
pub mod names {
    pub use crate::entities::judge::{Judged, TABLE_BITS, WEIGHT_PARTS, candidates, given_names, surnames};
    pub use crate::entities::name_neighbors::Neighbors;
}

/// What the judge of codes learns from; see [`entities`].
pub mod codes {
    pub use crate::entities::code_judge::{CODE_KINDS, CODE_TABLE_BITS, JudgedCode, code_slot, codes};
}

/// What the judge of sums of money learns from; see [`entities`].
pub mod amounts {
    pub use crate::entities::amount_judge::{AMOUNT_TABLE_BITS, JudgedAmount, each_amount};
}
