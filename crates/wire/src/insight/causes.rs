//! Causes on the wire: words that set cases apart, groups of like cases, defect candidates.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use domain::Timestamp;

use super::{CaseLink, Cut, Figure, PeriodParams, QuotedCase, read_number};
use crate::FieldError;

/// What is told from the rest.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CauseParams {
    /// The first day of the cases looked at; sixteen weeks back when left out.
    #[param(value_type = Option<String>, format = Date)]
    pub from: Option<String>,
    /// The last day; today when left out.
    #[param(value_type = Option<String>, format = Date)]
    pub to: Option<String>,
    /// The newest days that are told from those before; 28 when left out.
    #[param(value_type = Option<f64>, minimum = 1, maximum = 366)]
    pub newest: Option<String>,
    /// The slice told from the rest: the first subject.
    pub topic: Option<String>,
    /// The slice told from the rest: the product.
    pub product: Option<String>,
    /// The slice told from the rest: the site.
    pub site: Option<String>,
    /// The slice told from the rest: the team.
    pub team: Option<String>,
    /// The slice told from the rest: the batch.
    pub batch: Option<String>,
}

/// What is told from the rest, read and checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CauseQuery {
    /// The cases looked at.
    pub period: super::Period,
    /// The newest days.
    pub newest: i32,
    /// Dimension and value of the slice; empty when none is named.
    pub slice: Vec<(&'static str, String)>,
}

impl CauseParams {
    /// The query, or every error of it.
    pub fn parse(self, now: Timestamp) -> Result<CauseQuery, Vec<FieldError>> {
        let mut errors = Vec::new();
        let period = PeriodParams {
            from: self.from.clone(),
            to: self.to.clone(),
        };
        let newest = read_number("newest", self.newest.as_deref(), (1.0, 366.0), &mut errors);
        let period = period
            .parse(super::USUAL_DAYS, now)
            .map_err(|more| errors.extend(more))
            .ok();
        let named = [
            ("topic", self.topic),
            ("product", self.product),
            ("site", self.site),
            ("team", self.team),
            ("batch", self.batch),
        ];
        let slice = named
            .into_iter()
            .filter_map(|(dimension, value)| Some((dimension, value.filter(|value| !value.is_empty())?)));
        match period {
            Some(period) if errors.is_empty() => Ok(CauseQuery {
                period,
                newest: newest.unwrap_or(28.0) as i32,
                slice: slice.collect(),
            }),
            _ => Err(errors),
        }
    }
}

/// A phrase that sets cases apart.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Phrase {
    /// The words.
    pub words: String,
    /// Cases of the slice or the newest days that hold them.
    pub here: u64,
    /// Other cases that hold them.
    pub elsewhere: u64,
    /// The odds of holding them, against the others.
    pub odds_ratio: Figure,
    /// How far from chance, in standard deviations.
    pub z: f64,
    /// Whether they were never seen before.
    pub new: bool,
    /// The filters that find the cases by these words.
    pub cases: CaseLink,
}

/// Phrases, or why there are none.
#[derive(Clone, Debug, Default, PartialEq, Serialize, ToSchema)]
pub struct Phrases {
    /// The phrases, the clearest first.
    pub items: Vec<Phrase>,
    /// Why there are none, in words.
    pub reason: Option<String>,
}

/// A group of like cases.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Cluster {
    /// Its name: the product or subject it lies within, and its clearest phrase.
    pub name: String,
    /// How many cases the filters find.
    pub count: u64,
    /// Its phrases, the clearest first.
    pub words: Vec<String>,
    /// The most typical ones.
    pub typical: Vec<QuotedCase>,
    /// The filters that show its cases: what it lies within, and its clearest phrase.
    pub cases: CaseLink,
}

/// A batch that draws more complaints than its share: a question for the factory.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct DefectCandidate {
    /// The product.
    pub product: String,
    /// The batch.
    pub batch: String,
    /// Its cases.
    pub reports: u64,
    /// The product's cases.
    pub of: u64,
    /// How many were expected.
    pub expected: f64,
    /// What that rests on, in words.
    pub basis: String,
    /// Cases over expected.
    pub ratio: Figure,
    /// The probability, corrected for the number of batches.
    pub corrected_p: f64,
    /// Words that go with it.
    pub words: Vec<String>,
    /// The filters that show its cases.
    pub cases: CaseLink,
}

/// A product whose complaints are about its rules or its range more often than those of other products.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct PainPoint {
    /// `policy` for prices, fees and rules; `range` for stock, choice and sizes.
    pub kind: String,
    /// What hurts, in words.
    pub is: String,
    /// The product.
    pub product: String,
    /// Its cases that are about it.
    pub reports: u64,
    /// All its cases.
    pub of: u64,
    /// Their share.
    pub share: Figure,
    /// The share among cases of other products.
    pub elsewhere: f64,
    /// The probability if the product were like the others, corrected for all products and kinds.
    pub corrected_p: f64,
    /// Words that go with it.
    pub words: Vec<String>,
    /// Cases that show it.
    pub quotes: Vec<QuotedCase>,
    /// How many cases the filters find; a word of the range is searched for in all that a case holds.
    pub listed: u64,
    /// The filters that show its cases.
    pub cases: CaseLink,
}

/// What may lie behind complaints.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Causes {
    /// Whether older cases were left out, because there are more than one answer reads; null when it rests on all.
    pub cut: Option<Cut>,
    /// When it was worked out.
    pub made_at: String,
    /// The last day looked at.
    pub until: String,
    /// Cases looked at.
    pub complaints: u64,
    /// Phrases that set the slice apart; null when no slice was named.
    pub slice: Option<Phrases>,
    /// Phrases that are new or rising.
    pub rising: Phrases,
    /// Groups of like cases.
    pub clusters: Vec<Cluster>,
    /// Why there are no groups, in words.
    pub no_clusters: Option<String>,
    /// Batches that stand out.
    pub defects: Vec<DefectCandidate>,
    /// Products whose rules or range hurt.
    pub pains: Vec<PainPoint>,
    /// Why there are none, in words.
    pub no_pains: Option<String>,
    /// Values to choose a slice from, by dimension, the most frequent first.
    pub choices: Vec<Choices>,
}

/// The values of one dimension.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Choices {
    /// `topic`, `product`, `site`, `batch` or `team`.
    pub dimension: String,
    /// Its values.
    pub values: Vec<super::SliceValue>,
}
