//! How many cases of a list have each value of one facet.

use serde::Serialize;
use utoipa::ToSchema;

use crate::dashboard::KeyCount;

/// How many cases would be listed if a facet were asked for by each of its values, with all other filters as they are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct ValueCounts {
    /// The values with their counts, in the order of the vocabulary; for `state` also `open`, all states that are
    /// not final.
    pub items: Vec<KeyCount>,
}
