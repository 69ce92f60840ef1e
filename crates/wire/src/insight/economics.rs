//! What recovery is worth, on the wire, with every assumption said.

use domain::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{CaseLink, Cut, Figure, Period, PeriodParams, read_number};
use crate::FieldError;

/// What is assumed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct EconomicsParams {
    /// The first day of the cases counted.
    #[param(value_type = Option<String>, format = Date)]
    pub from: Option<String>,
    /// The last day.
    #[param(value_type = Option<String>, format = Date)]
    pub to: Option<String>,
    /// What a customer's future purchases are worth; the organization's own figure where left out and known.
    #[param(value_type = Option<f64>, minimum = 0, maximum = 1000000000)]
    pub value: Option<String>,
    /// `large` or `small`: the losses the survey asked about.
    #[param(pattern = "^(large|small)$")]
    pub losses: Option<String>,
    /// What a remedy costs that resolves a complaint.
    #[param(value_type = Option<f64>, minimum = 0, maximum = 1000000000)]
    pub remedy_cost: Option<String>,
    /// What it costs to resolve quickly.
    #[param(value_type = Option<f64>, minimum = 0, maximum = 1000000000)]
    pub speed_cost: Option<String>,
    /// What if this share of the unhappy were heard, 0–1.
    #[param(value_type = Option<f64>, minimum = 0, maximum = 1)]
    pub heard: Option<String>,
    /// What if this share of those heard were resolved, 0–1.
    #[param(value_type = Option<f64>, minimum = 0, maximum = 1)]
    pub resolved: Option<String>,
    /// What if this share of those resolved were resolved quickly, 0–1.
    #[param(value_type = Option<f64>, minimum = 0, maximum = 1)]
    pub fast: Option<String>,
    /// People told by each lost customer, an assumption.
    #[param(value_type = Option<f64>, minimum = 0, maximum = 10000)]
    pub told: Option<String>,
    /// The share of those told that does not buy, 0–1, an assumption.
    #[param(value_type = Option<f64>, minimum = 0, maximum = 1)]
    pub deterred: Option<String>,
}

/// What is assumed, read and checked.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the fields are those of EconomicsParams")]
pub struct EconomicsQuery {
    pub period: Period,
    pub value: Option<f64>,
    pub small_losses: bool,
    pub remedy_cost: Option<f64>,
    pub speed_cost: Option<f64>,
    pub heard: f64,
    pub resolved: f64,
    pub fast: f64,
    pub told: Option<f64>,
    pub deterred: Option<f64>,
}

const SHARE: (f64, f64) = (0.0, 1.0);
const MONEY: (f64, f64) = (0.0, 1e9);

impl EconomicsParams {
    /// The assumptions, or every error of the query.
    pub fn parse(self, now: Timestamp) -> Result<EconomicsQuery, Vec<FieldError>> {
        let mut errors = Vec::new();
        let mut number = |field: &str, words: &Option<String>, ends| {
            read_number(field, words.as_deref(), ends, &mut errors)
        };
        let value = number("value", &self.value, MONEY);
        let remedy_cost = number("remedy_cost", &self.remedy_cost, MONEY);
        let speed_cost = number("speed_cost", &self.speed_cost, MONEY);
        let heard = number("heard", &self.heard, SHARE);
        let resolved = number("resolved", &self.resolved, SHARE);
        let fast = number("fast", &self.fast, SHARE);
        let told = number("told", &self.told, (0.0, 1e4));
        let deterred = number("deterred", &self.deterred, SHARE);
        let small_losses = match self.losses.as_deref() {
            None | Some("large") => false,
            Some("small") => true,
            Some(_) => {
                errors.push(FieldError::new(
                    "losses",
                    "可用：large, small",
                    "allowed: large, small",
                ));
                false
            }
        };
        let period = PeriodParams {
            from: self.from,
            to: self.to,
        };
        match period.parse(super::USUAL_DAYS, now) {
            Ok(period) if errors.is_empty() => Ok(EconomicsQuery {
                period,
                value,
                small_losses,
                remedy_cost,
                speed_cost,
                heard: heard.unwrap_or(0.31),
                resolved: resolved.unwrap_or(1.0),
                fast: fast.unwrap_or(0.0),
                told,
                deterred,
            }),
            Ok(_) => Err(errors),
            Err(more) => Err(errors.into_iter().chain(more).collect()),
        }
    }
}

/// How many stay after one outcome.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct StayRate {
    /// `silent`, `unresolved`, `resolved` or `resolved_fast`.
    pub outcome: String,
    /// The outcome in words.
    pub name: String,
    /// What the survey says, 0–1.
    pub survey: f64,
    /// Own customers whose staying is known.
    pub known: u64,
    /// Of them, those who bought again.
    pub stayed: u64,
    /// The share of the estimate that rests on own customers, 0–1.
    pub own_weight: f64,
    /// The estimate, 0–1.
    pub stays: Figure,
}

/// The most a step to a better outcome may cost.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct StepCeiling {
    /// From this outcome.
    pub from: String,
    /// To this one.
    pub to: String,
    /// The step in words.
    pub name: String,
    /// The most it may cost.
    pub ceiling: Figure,
    /// The cost asked about.
    pub cost: Option<f64>,
    /// `pays`, `open` or `does_not_pay`; null without a cost.
    pub verdict: Option<String>,
}

/// What recovery is worth.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Economics {
    /// Whether older cases were left out, because there are more than one answer reads; null when it rests on all.
    pub cut: Option<Cut>,
    /// Where the survey's figures come from.
    pub survey_source: String,
    /// Complaints counted.
    pub complaints: u64,
    /// What one customer counts; null when nothing is known and nothing was assumed.
    pub value: Option<f64>,
    /// Whether that was assumed rather than learned from purchases.
    pub value_is_assumed: bool,
    /// The currency of all sums, by ISO 4217: the one most purchases were paid in; null without purchases.
    pub currency: Option<String>,
    /// The rates, from the worst outcome to the best.
    pub rates: Vec<StayRate>,
    /// What open complaints still decide.
    pub at_risk: Figure,
    /// What solving kept.
    pub saved: Figure,
    /// What is expected to go.
    pub lost: Figure,
    /// What word of mouth takes on top, under the assumption made.
    pub word_of_mouth: Figure,
    /// What steps to better outcomes may cost.
    pub break_even: Vec<StepCeiling>,
    /// How many of all unhappy customers would stay, 0–1, under the assumptions.
    pub what_if: Figure,
    /// The same as things are: heard as in the survey, resolved and quick as in the cases counted.
    pub as_it_is: Figure,
    /// The share of decided complaints that were resolved, 0–1.
    pub resolved_share: Figure,
    /// Of those, the share resolved within three days, 0–1.
    pub fast_share: Figure,
    /// The filters that show the open complaints.
    pub open_cases: CaseLink,
    /// The filters that show the cases counted.
    pub cases: CaseLink,
    /// Everything that is assumed, in words.
    pub assumptions: Vec<String>,
}
