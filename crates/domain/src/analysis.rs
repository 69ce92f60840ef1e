//! What was read out of a text: findings with probability, evidence and origin.

use crate::{
    AngerType, BasicNeed, Behavior, Bilingual, Cause, Date, Doubt, EmotionStage, EmotionalNeed, EntityKind,
    Facet, Intensity, Maslow, Money, Motive, Nature, Outcome, PromiseState, Psychology, Quote, RationalNeed,
    Risk, Span, Stance, Subject, Temperament, Tier, Timestamp,
};

/// At least one quote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence(Vec<Quote>);

impl Evidence {
    /// The evidence made of these quotes; nothing when there is none.
    pub fn of(quotes: Vec<Quote>) -> Option<Self> {
        (!quotes.is_empty()).then_some(Self(quotes))
    }

    /// The quotes, best first; never empty.
    pub fn quotes(&self) -> &[Quote] {
        &self.0
    }
}

/// A value that promises evidence whenever it says that something is there.
pub trait Evidenced: Copy + PartialEq {
    /// Whether the value says that there is nothing, which needs no evidence.
    fn is_absence(self) -> bool;
}

impl Evidenced for bool {
    fn is_absence(self) -> bool {
        !self
    }
}
impl Evidenced for Psychology {
    fn is_absence(self) -> bool {
        self == Self::None
    }
}
impl Evidenced for EmotionStage {
    fn is_absence(self) -> bool {
        self == Self::Calm
    }
}
impl Evidenced for Nature {
    fn is_absence(self) -> bool {
        self == Self::None
    }
}
impl Evidenced for Outcome {
    fn is_absence(self) -> bool {
        self == Self::Unknown
    }
}
macro_rules! always_present {
    ($($name:ty),*) => { $( impl Evidenced for $name { fn is_absence(self) -> bool { false } } )* };
}
always_present!(Motive, Subject, Cause, Risk);

/// One value found in the text. Without evidence it exists only when it states an absence or a person set it.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding<V> {
    value: V,
    p: f32,
    quotes: Vec<Quote>,
    tier: Tier,
}

impl<V: Evidenced> Finding<V> {
    /// A value that is there, with its evidence. `p` is a calibrated probability in 0–1.
    pub fn found(value: V, p: f32, evidence: Evidence, tier: Tier) -> Self {
        Self {
            value,
            p: clamp(p),
            quotes: evidence.0,
            tier,
        }
    }

    /// The statement that there is nothing; nothing when `value` does not state an absence.
    pub fn absent(value: V, p: f32, tier: Tier) -> Option<Self> {
        value.is_absence().then(|| Self {
            value,
            p: clamp(p),
            quotes: Vec::new(),
            tier,
        })
    }

    /// A value set by a person, whose word stands with or without a quote.
    pub fn by_person(value: V, quotes: Vec<Quote>) -> Self {
        Self {
            value,
            p: 1.0,
            quotes,
            tier: Tier::Person,
        }
    }

    /// A value that follows from what happened at the desk and not from words; the event that set it says why.
    pub fn by_rule(value: V) -> Self {
        Self {
            value,
            p: 1.0,
            quotes: Vec::new(),
            tier: Tier::Rules,
        }
    }

    /// The value.
    pub fn value(&self) -> V {
        self.value
    }

    /// The calibrated probability, 0–1.
    pub fn p(&self) -> f32 {
        self.p
    }

    /// The evidence, best first.
    pub fn quotes(&self) -> &[Quote] {
        &self.quotes
    }

    /// What decided it.
    pub fn tier(&self) -> Tier {
        self.tier
    }
}

fn clamp(p: f32) -> f32 {
    if p.is_nan() { 0.0 } else { p.clamp(0.0, 1.0) }
}

/// What a derived value follows from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Because {
    /// Another facet.
    Facet(Facet),
    /// The channel.
    Channel,
    /// Words of the text.
    Quote(Quote),
    /// What a person said when setting it.
    Person(String),
}

/// A value that follows from other facets or from style.
#[derive(Clone, Debug, PartialEq)]
pub struct Derived<V> {
    /// The value.
    pub value: V,
    /// The calibrated probability, 0–1.
    pub p: f32,
    /// What decided it.
    pub tier: Tier,
    /// What it follows from.
    pub because: Vec<Because>,
}

/// The psychology facet (A2): one primary, at most one secondary.
#[derive(Clone, Debug, PartialEq)]
pub struct PsychologyReading {
    /// The dominating goal.
    pub primary: Finding<Psychology>,
    /// A second goal beside it.
    pub secondary: Option<Psychology>,
    /// The probability of each value in vocabulary order; sums to 1.
    pub distribution: Vec<(Psychology, f32)>,
}

/// The emotion facet (A4).
#[derive(Clone, Debug, PartialEq)]
pub struct Emotion {
    /// The stage.
    pub stage: Finding<EmotionStage>,
    /// The strength.
    pub intensity: Intensity,
    /// The calibrated probability of the intensity, 0–1.
    pub intensity_p: f32,
}

/// Needs derived from psychology and motives (A12).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// Basic needs.
    pub basic: Vec<BasicNeed>,
    /// The business demands.
    pub special: Vec<Motive>,
    /// Rational needs.
    pub rational: Vec<RationalNeed>,
    /// Emotional needs.
    pub emotional: Vec<EmotionalNeed>,
    /// The level of Maslow's hierarchy; nothing when there is no need to name.
    pub maslow: Option<Maslow>,
}

/// A promise told of in the text (A13).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PromiseFound {
    /// The words that tell of it.
    pub quote: Quote,
    /// Who promised, in words; empty when not said.
    pub by: String,
    /// Until when, in words; empty when not said.
    pub until: String,
    /// Whether the text says that it was broken.
    pub broken: bool,
    /// The last day on which the promise is still kept, when the words and the receipt tell it.
    pub due: Option<Date>,
    /// What the text says became of it; nothing when it does not say.
    pub told: Option<PromiseState>,
}

/// What was expected against what was received (A13).
#[derive(Clone, Debug, PartialEq)]
pub struct Expectation {
    /// The words that name the expectation.
    pub expected: Option<Quote>,
    /// The words that name what came instead.
    pub received: Option<Quote>,
    /// How the two compare.
    pub outcome: Finding<Outcome>,
    /// Promises the text tells of.
    pub promises: Vec<PromiseFound>,
}

/// The value behind an entity's words.
#[derive(Clone, Debug, PartialEq)]
pub enum EntityValue {
    /// An amount.
    Money(Money),
    /// A day.
    Date(Date),
    /// A time of a day, to the minute.
    Moment(Timestamp),
    /// A month or a year where no more is said, as ISO 8601, such as `2026-10` or `2026`.
    Calendar(String),
    /// A span of time as ISO 8601, such as `P3D`.
    Duration(String),
    /// A normalized form, such as an order number without spaces.
    Text(String),
}

/// What the words add to a value.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Nuance {
    /// The upper end of a range; the value is the lower one.
    pub to: Option<EntityValue>,
    /// Whether the words say that it is about so much.
    pub approximate: bool,
    /// Whether a duration counts working days.
    pub working: bool,
}

/// A particular of the text (A15).
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// What it is.
    pub kind: EntityKind,
    /// Its words and place.
    pub quote: Quote,
    /// Its value, when it could be read exactly.
    pub value: Option<EntityValue>,
    /// What the words add to the value.
    pub nuance: Nuance,
}

impl Entity {
    /// Where it stands.
    pub fn span(&self) -> Span {
        self.quote.span()
    }
}

/// Everything read out of one text.
#[derive(Clone, Debug, PartialEq)]
pub struct Analysis {
    /// Engine and model, such as `tingsu 0.1.0 / model zh-2026.11`.
    pub engine: String,
    /// A1.
    pub complaint: Finding<bool>,
    /// A2.
    pub psychology: PsychologyReading,
    /// A3, by probability.
    pub motives: Vec<Finding<Motive>>,
    /// A4.
    pub emotion: Emotion,
    /// A5, primary first.
    pub subjects: Vec<Finding<Subject>>,
    /// A6.
    pub nature: Finding<Nature>,
    /// A7.
    pub stance: Derived<Stance>,
    /// A8.
    pub anger_type: Derived<AngerType>,
    /// A14.
    pub behavior: Derived<Behavior>,
    /// A9, by probability.
    pub causes: Vec<Finding<Cause>>,
    /// A10, by probability.
    pub risks: Vec<Finding<Risk>>,
    /// A11.
    pub temperament: Derived<Temperament>,
    /// A12.
    pub needs: Needs,
    /// A13.
    pub expectation: Expectation,
    /// A15, in order of place.
    pub entities: Vec<Entity>,
    /// Why the reading is less sure than it could be.
    pub doubts: Vec<Doubt>,
}

impl Analysis {
    /// Whether this risk was found.
    pub fn has_risk(&self, risk: Risk) -> bool {
        self.risks.iter().any(|finding| finding.value() == risk)
    }

    /// Whether this motive was found.
    pub fn has_motive(&self, motive: Motive) -> bool {
        self.motives.iter().any(|finding| finding.value() == motive)
    }

    /// The largest amount of money named, the amount in dispute as far as the text tells.
    pub fn largest_amount(&self) -> Option<Money> {
        let values = self
            .entities
            .iter()
            .flat_map(|entity| [&entity.value, &entity.nuance.to]);
        let amounts = values.filter_map(|value| match value {
            Some(EntityValue::Money(money)) => Some(*money),
            _ => None,
        });
        amounts.max_by_key(|money| money.minor)
    }
}

/// Why something was decided, in both languages.
pub type Reason = Bilingual;
