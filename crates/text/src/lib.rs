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
