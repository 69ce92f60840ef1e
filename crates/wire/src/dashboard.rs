//! The live dashboard: volume, mix, clocks, backlog and outcomes as numbers.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    key::{
        AngerTypeKey, BasicNeedKey, BehaviorKey, CauseKey, ChannelKey, EmotionStageKey, EmotionalNeedKey,
        MaslowKey, NatureKey, OutcomeKey, PsychologyKey, RationalNeedKey, RiskKey, StanceKey, SubjectKey,
    },
    list::CaseListParams,
    query::{DayOrTime, Grade, StateWanted},
};

/// How many cases were opened on one day in China.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct DayCount {
    /// `YYYY-MM-DD`.
    pub day: String,
    /// How many.
    pub count: u64,
}

/// How many cases have one value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct KeyCount {
    /// The key of the value, or a name such as a product.
    pub key: String,
    /// How many.
    pub count: u64,
}

/// The mix of every facet; values of a facet with many values per case are counted once per case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct FacetCounts {
    /// By psychology.
    pub psychology: Vec<KeyCount>,
    /// By emotion stage.
    pub emotion: Vec<KeyCount>,
    /// By subject.
    pub subject: Vec<KeyCount>,
    /// By nature.
    pub nature: Vec<KeyCount>,
    /// By stance.
    pub stance: Vec<KeyCount>,
    /// By channel.
    pub channel: Vec<KeyCount>,
    /// By risk.
    pub risk: Vec<KeyCount>,
    /// By cause.
    pub cause: Vec<KeyCount>,
    /// By state.
    pub state: Vec<KeyCount>,
    /// By severity.
    pub severity: Vec<KeyCount>,
    /// By motive.
    pub motive: Vec<KeyCount>,
    /// By intensity of feeling, 0–3.
    pub intensity: Vec<KeyCount>,
    /// By priority.
    pub priority: Vec<KeyCount>,
    /// By anger type.
    pub anger_type: Vec<KeyCount>,
    /// By behavior.
    pub behavior: Vec<KeyCount>,
    /// By what came beside what was expected, as the customer tells it.
    pub expectation: Vec<KeyCount>,
    /// By level of need (Maslow).
    pub maslow: Vec<KeyCount>,
    /// By basic need.
    pub basic_need: Vec<KeyCount>,
    /// By rational need.
    pub rational_need: Vec<KeyCount>,
    /// By emotional need.
    pub emotional_need: Vec<KeyCount>,
}

/// How the clocks stand: cases that have at least one clock in the state.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct ClockCounts {
    /// Counting.
    pub running: u64,
    /// Soon due.
    pub near: u64,
    /// Past due.
    pub breached: u64,
    /// Done in time.
    pub met: u64,
}

/// Satisfaction after closing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, ToSchema)]
pub struct Csat {
    /// How many gave one.
    pub n: u64,
    /// The mean of 1–5; null when nobody gave one.
    pub mean: Option<f64>,
}

/// Open cases of one owner; null for those without an owner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct OwnerCount {
    /// The owner's name.
    pub owner: Option<String>,
    /// How many.
    pub count: u64,
}

/// How soon customers got a first answer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, ToSchema)]
pub struct FirstResponse {
    /// How many cases have had a first answer.
    pub n: u64,
    /// The median time to it, in hours; null when there is none.
    pub median_hours: Option<f64>,
    /// How many of the answered cases were answered within 24 hours.
    pub within_24h: u64,
}

/// The numbers of the dashboard.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Dashboard {
    /// Cases opened per day, oldest first.
    pub volume: Vec<DayCount>,
    /// Cases that are not final.
    pub open: u64,
    /// Cases that are final.
    pub closed: u64,
    /// The mix of facets.
    pub facets: FacetCounts,
    /// The clocks.
    pub clocks: ClockCounts,
    /// The customers' verdicts.
    pub outcomes: Vec<KeyCount>,
    /// Satisfaction.
    pub csat: Csat,
    /// Open cases by owner.
    pub backlog_by_owner: Vec<OwnerCount>,
    /// Cases by product.
    pub by_product: Vec<KeyCount>,
    /// First answers.
    pub first_response: FirstResponse,
}

/// Which cases are counted; lists of keys are separated by commas.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DashboardParams {
    /// Opened on or after this day, or at or after this time.
    #[param(inline, value_type = Option<DayOrTime>)]
    pub from: Option<String>,
    /// Opened on or before this day, or before this time.
    #[param(inline, value_type = Option<DayOrTime>)]
    pub to: Option<String>,
    /// States, or `open` for all that are not final.
    #[param(inline, value_type = Vec<StateWanted>, style = Form, explode = false, required = false)]
    pub state: Option<String>,
    /// Psychologies.
    #[param(value_type = Vec<PsychologyKey>, style = Form, explode = false, required = false)]
    pub psychology: Option<String>,
    /// Emotion stages.
    #[param(value_type = Vec<EmotionStageKey>, style = Form, explode = false, required = false)]
    pub emotion: Option<String>,
    /// Subjects.
    #[param(value_type = Vec<SubjectKey>, style = Form, explode = false, required = false)]
    pub subject: Option<String>,
    /// Natures.
    #[param(value_type = Vec<NatureKey>, style = Form, explode = false, required = false)]
    pub nature: Option<String>,
    /// Stances.
    #[param(value_type = Vec<StanceKey>, style = Form, explode = false, required = false)]
    pub stance: Option<String>,
    /// Anger types.
    #[param(value_type = Vec<AngerTypeKey>, style = Form, explode = false, required = false)]
    pub anger_type: Option<String>,
    /// Behaviors.
    #[param(value_type = Vec<BehaviorKey>, style = Form, explode = false, required = false)]
    pub behavior: Option<String>,
    /// How what came compares with what was expected, by the words of the customer.
    #[param(value_type = Vec<OutcomeKey>, style = Form, explode = false, required = false)]
    pub expectation: Option<String>,
    /// Levels of need by Maslow.
    #[param(value_type = Vec<MaslowKey>, style = Form, explode = false, required = false)]
    pub maslow: Option<String>,
    /// Basic needs.
    #[param(value_type = Vec<BasicNeedKey>, style = Form, explode = false, required = false)]
    pub basic_need: Option<String>,
    /// Rational needs.
    #[param(value_type = Vec<RationalNeedKey>, style = Form, explode = false, required = false)]
    pub rational_need: Option<String>,
    /// Emotional needs.
    #[param(value_type = Vec<EmotionalNeedKey>, style = Form, explode = false, required = false)]
    pub emotional_need: Option<String>,
    /// Risks.
    #[param(value_type = Vec<RiskKey>, style = Form, explode = false, required = false)]
    pub risk: Option<String>,
    /// Causes.
    #[param(value_type = Vec<CauseKey>, style = Form, explode = false, required = false)]
    pub cause: Option<String>,
    /// Channels.
    #[param(value_type = Vec<ChannelKey>, style = Form, explode = false, required = false)]
    pub channel: Option<String>,
    /// Severities 1–4.
    #[param(inline, value_type = Vec<Grade>, style = Form, explode = false, required = false)]
    pub severity: Option<String>,
    /// `me`, `none`, or a user's id.
    pub owner: Option<String>,
    /// The product, letter for letter.
    pub product: Option<String>,
    /// The site, letter for letter.
    pub site: Option<String>,
    /// The team, letter for letter.
    pub team: Option<String>,
}

impl From<DashboardParams> for CaseListParams {
    fn from(params: DashboardParams) -> Self {
        Self {
            opened_from: params.from,
            opened_to: params.to,
            state: params.state,
            psychology: params.psychology,
            emotion: params.emotion,
            subject: params.subject,
            nature: params.nature,
            stance: params.stance,
            anger_type: params.anger_type,
            behavior: params.behavior,
            expectation: params.expectation,
            maslow: params.maslow,
            basic_need: params.basic_need,
            rational_need: params.rational_need,
            emotional_need: params.emotional_need,
            risk: params.risk,
            cause: params.cause,
            channel: params.channel,
            severity: params.severity,
            owner: params.owner,
            product: params.product,
            site: params.site,
            team: params.team,
            ..Self::default()
        }
    }
}
