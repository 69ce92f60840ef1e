//! One analysis as JSON, the same for the command line and HTTP; nothing in it depends on a language.

use domain::{Evidenced, Finding, Vocabulary};
use serde::{Serialize, Serializer, ser::SerializeMap};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{KnownFormat, ObjectBuilder, RefOr, Schema, SchemaFormat, schema::Type},
};

use crate::{
    key::{
        AngerTypeKey, BasicNeedKey, BehaviorKey, CauseKey, DoubtKey, EmotionStageKey, EmotionalNeedKey,
        EntityKindKey, FacetKey, Key, MaslowKey, MotiveKey, NatureKey, OutcomeKey, PromiseStateKey,
        PsychologyKey, RationalNeedKey, RiskKey, StanceKey, SubjectKey, TemperamentKey, TierKey, keys_of,
    },
    quote::{Quote, quotes_of},
};

/// A probability rounded to four decimals.
pub fn probability(p: f32) -> f64 {
    (f64::from(p) * 10_000.0).round() / 10_000.0
}

fn is_false(flag: &bool) -> bool {
    !flag
}

macro_rules! found {
    ($($name:ident: $value:ty, $doc:literal);* $(;)?) => { $(
        #[doc = $doc]
        #[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
        pub struct $name {
            /// The value.
            pub value: $value,
            /// The calibrated probability, 0–1.
            pub p: f64,
            /// The words it was read from.
            pub evidence: Vec<Quote>,
            /// What decided it.
            pub tier: TierKey,
        }
    )* };
}
found!(
    ComplaintFinding: bool, "Whether an organization is held responsible for falling short (A1).";
    MotiveFinding: MotiveKey, "One motive (A3).";
    SubjectFinding: SubjectKey, "One subject (A5); the first is the primary one.";
    NatureFinding: NatureKey, "The nature (A6).";
    CauseFinding: CauseKey, "One cause (A9).";
    RiskFinding: RiskKey, "One risk (A10).";
);

macro_rules! from_finding {
    ($($name:ident: $vocabulary:ty),*) => { $(
        impl From<&Finding<$vocabulary>> for $name {
            fn from(finding: &Finding<$vocabulary>) -> Self {
                let (value, (p, evidence, tier)) = (Key(finding.value()), origin(finding));
                Self { value, p, evidence, tier }
            }
        }
    )* };
}
from_finding!(
    MotiveFinding: domain::Motive, SubjectFinding: domain::Subject, NatureFinding: domain::Nature,
    CauseFinding: domain::Cause, RiskFinding: domain::Risk
);

impl From<&Finding<bool>> for ComplaintFinding {
    fn from(finding: &Finding<bool>) -> Self {
        let (value, (p, evidence, tier)) = (finding.value(), origin(finding));
        Self {
            value,
            p,
            evidence,
            tier,
        }
    }
}

fn origin<V: Evidenced>(finding: &Finding<V>) -> (f64, Vec<Quote>, TierKey) {
    (
        probability(finding.p()),
        quotes_of(finding.quotes()),
        Key(finding.tier()),
    )
}

/// What a derived value follows from: the name of a facet, the channel, words of the text, or a person's word.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(untagged)]
pub enum Because {
    /// Another facet.
    Facet(FacetKey),
    /// The channel.
    Channel(ChannelWord),
    /// Words of the text.
    Quote(Quote),
    /// A person's reason.
    Person {
        /// The reason given.
        person: String,
    },
}

/// Says that a value follows from the channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChannelWord {
    /// The channel.
    Channel,
}

impl From<&domain::Because> for Because {
    fn from(because: &domain::Because) -> Self {
        match because {
            domain::Because::Facet(facet) => Self::Facet(Key(*facet)),
            domain::Because::Channel => Self::Channel(ChannelWord::Channel),
            domain::Because::Quote(quote) => Self::Quote(quote.into()),
            domain::Because::Person(reason) => Self::Person {
                person: reason.clone(),
            },
        }
    }
}

macro_rules! derived {
    ($($name:ident: $value:ty, $vocabulary:ty, $doc:literal);* $(;)?) => { $(
        #[doc = $doc]
        #[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
        pub struct $name {
            /// The value.
            pub value: $value,
            /// The calibrated probability, 0–1.
            pub p: f64,
            /// What decided it.
            pub tier: TierKey,
            /// What it follows from.
            pub because: Vec<Because>,
        }

        impl From<&domain::Derived<$vocabulary>> for $name {
            fn from(derived: &domain::Derived<$vocabulary>) -> Self {
                Self {
                    value: Key(derived.value),
                    p: probability(derived.p),
                    tier: Key(derived.tier),
                    because: derived.because.iter().map(Because::from).collect(),
                }
            }
        }
    )* };
}
derived!(
    StanceFinding: StanceKey, domain::Stance, "How to meet the customer (A7).";
    AngerTypeFinding: AngerTypeKey, domain::AngerType, "What drives the anger (A8).";
    BehaviorFinding: BehaviorKey, domain::Behavior, "Told directly, in public or not at all (A14).";
);

/// A hint at communication style (A11): never a verdict, never a ground for granting or refusing anything.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct TemperamentHint {
    /// The value.
    pub value: TemperamentKey,
    /// The calibrated probability, 0–1.
    pub p: f64,
    /// Always true.
    pub hint: bool,
    /// What decided it.
    pub tier: TierKey,
    /// What it follows from.
    pub because: Vec<Because>,
}

/// The probability of each value of a vocabulary.
#[derive(Clone, Debug, PartialEq)]
pub struct Distribution<V: Vocabulary>(pub Vec<(V, f64)>);

/// The probability of each psychology.
pub type PsychologyDistribution = Distribution<domain::Psychology>;

impl<V: Vocabulary> Serialize for Distribution<V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (value, p) in &self.0 {
            map.serialize_entry(value.key(), p)?;
        }
        map.end()
    }
}

impl<V: Vocabulary> PartialSchema for Distribution<V> {
    fn schema() -> RefOr<Schema> {
        let number = || {
            ObjectBuilder::new()
                .schema_type(Type::Number)
                .format(Some(SchemaFormat::KnownFormat(KnownFormat::Double)))
        };
        let start = ObjectBuilder::new().description(Some(
            "The probability of each value; sums to 1. Empty where the customer refused to be judged by a machine.",
        ));
        V::ALL
            .iter()
            .fold(start, |object, value| object.property(value.key(), number()))
            .into()
    }
}

impl<V: Vocabulary> ToSchema for Distribution<V> {
    fn name() -> std::borrow::Cow<'static, str> {
        format!("{}Distribution", <Key<V> as ToSchema>::name()).into()
    }
}

/// What the customer is after (A2).
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct PsychologyReading {
    /// The dominating goal.
    pub primary: PsychologyKey,
    /// A second goal beside it.
    pub secondary: Option<PsychologyKey>,
    /// The probability of every value.
    pub p: PsychologyDistribution,
    /// The words it was read from.
    pub evidence: Vec<Quote>,
    /// What decided it.
    pub tier: TierKey,
}

/// How far the feeling has gone, and how strong it is (A4).
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Emotion {
    /// The stage.
    pub stage: EmotionStageKey,
    /// The strength: 0 none, 1 mild, 2 strong, 3 extreme.
    #[schema(minimum = 0, maximum = 3)]
    pub intensity: u8,
    /// The calibrated probability of the stage, 0–1.
    pub p: f64,
    /// The calibrated probability of the strength, 0–1.
    pub intensity_p: f64,
    /// The words it was read from.
    pub evidence: Vec<Quote>,
    /// What decided it.
    pub tier: TierKey,
}

/// The needs that follow from psychology and motives (A12).
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Needs {
    /// Basic needs.
    pub basic: Vec<BasicNeedKey>,
    /// The business demands.
    pub special: Vec<MotiveKey>,
    /// Rational needs.
    pub rational: Vec<RationalNeedKey>,
    /// Emotional needs.
    pub emotional: Vec<EmotionalNeedKey>,
    /// The level of Maslow's hierarchy.
    pub maslow: Option<MaslowKey>,
    /// What decided it.
    pub tier: TierKey,
}

/// A promise the text tells of (A13).
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct PromiseFound {
    /// The first code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// The words that tell of it.
    pub quote: String,
    /// Who promised, in words; empty when not said.
    pub by: String,
    /// Until when, in words; empty when not said.
    pub until: String,
    /// Whether the text says that it was broken.
    pub broken: bool,
    /// The last day on which it is still kept, `YYYY-MM-DD`, when the words and the receipt tell it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
    /// What the text says became of it; absent when it does not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub told: Option<PromiseStateKey>,
}

/// What was expected against what was received (A13).
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Expectation {
    /// The words that name the expectation.
    pub expected: Option<Quote>,
    /// The words that name what came instead.
    pub received: Option<Quote>,
    /// How the two compare.
    pub outcome: OutcomeKey,
    /// The calibrated probability of the outcome, 0–1.
    pub p: f64,
    /// The words the outcome was read from.
    pub evidence: Vec<Quote>,
    /// Promises the text tells of.
    pub promises: Vec<PromiseFound>,
    /// What decided it.
    pub tier: TierKey,
}

/// An amount of money.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Money {
    /// A decimal with two places, such as `299.00`.
    pub amount: String,
    /// The currency by its ISO 4217 letters.
    pub currency: String,
}

impl From<domain::Money> for Money {
    fn from(money: domain::Money) -> Self {
        Self {
            amount: money.decimal(),
            currency: money.currency.code().to_owned(),
        }
    }
}

/// The value behind an entity's words: an amount for money, else a day, an ISO 8601 duration or a normalized form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(untagged)]
pub enum EntityValue {
    /// An amount of money.
    Money(Money),
    /// A day `YYYY-MM-DD`, a time in RFC 3339, a month `YYYY-MM`, a year `YYYY`, a duration such as `P3D`, or a
    /// normalized form.
    Text(String),
}

impl From<&domain::EntityValue> for EntityValue {
    fn from(value: &domain::EntityValue) -> Self {
        match value {
            domain::EntityValue::Money(money) => Self::Money((*money).into()),
            domain::EntityValue::Date(date) => Self::Text(date.to_string()),
            domain::EntityValue::Moment(at) => Self::Text(crate::time::rfc3339(*at)),
            domain::EntityValue::Calendar(text)
            | domain::EntityValue::Duration(text)
            | domain::EntityValue::Text(text) => Self::Text(text.clone()),
        }
    }
}

/// A particular of the text (A15).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Entity {
    /// What it is.
    pub kind: EntityKindKey,
    /// The first code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// Its words.
    pub quote: String,
    /// Its value, when it could be read exactly; of a range the lower end.
    pub value: Option<EntityValue>,
    /// The upper end of a range.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<EntityValue>,
    /// The words say that it is about so much.
    #[serde(skip_serializing_if = "is_false")]
    #[schema(default = false)]
    pub approximate: bool,
    /// A duration in working days.
    #[serde(skip_serializing_if = "is_false")]
    #[schema(default = false)]
    pub working: bool,
    /// What decided it.
    pub tier: TierKey,
}

/// Everything read out of one text. Offsets are code points of the text as received.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Analysis {
    /// The record's own id, or its 1-based number; absent inside of a case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Engine and model.
    pub engine: String,
    /// A1.
    pub complaint: ComplaintFinding,
    /// A2.
    pub psychology: PsychologyReading,
    /// A3, by probability.
    pub motives: Vec<MotiveFinding>,
    /// A4.
    pub emotion: Emotion,
    /// A5, primary first.
    pub subjects: Vec<SubjectFinding>,
    /// A6.
    pub nature: NatureFinding,
    /// A7.
    pub stance: StanceFinding,
    /// A8.
    pub anger_type: AngerTypeFinding,
    /// A14.
    pub behavior: BehaviorFinding,
    /// A9, by probability.
    pub causes: Vec<CauseFinding>,
    /// A10, by probability.
    pub risks: Vec<RiskFinding>,
    /// A11.
    pub temperament: TemperamentHint,
    /// A12.
    pub needs: Needs,
    /// A13.
    pub expectation: Expectation,
    /// A15, in order of place.
    pub entities: Vec<Entity>,
    /// Why the reading is less sure than it could be.
    pub doubts: Vec<DoubtKey>,
}

impl Analysis {
    /// The JSON shape of a reading, under the record's id when it has one.
    pub fn of(analysis: &domain::Analysis, id: Option<String>) -> Self {
        Self {
            id,
            engine: analysis.engine.clone(),
            complaint: (&analysis.complaint).into(),
            psychology: (&analysis.psychology).into(),
            motives: analysis.motives.iter().map(MotiveFinding::from).collect(),
            emotion: (&analysis.emotion).into(),
            subjects: analysis.subjects.iter().map(SubjectFinding::from).collect(),
            nature: (&analysis.nature).into(),
            stance: (&analysis.stance).into(),
            anger_type: (&analysis.anger_type).into(),
            behavior: (&analysis.behavior).into(),
            causes: analysis.causes.iter().map(CauseFinding::from).collect(),
            risks: analysis.risks.iter().map(RiskFinding::from).collect(),
            temperament: (&analysis.temperament).into(),
            needs: (&analysis.needs).into(),
            expectation: (&analysis.expectation).into(),
            entities: analysis.entities.iter().map(Entity::from).collect(),
            doubts: keys_of(&analysis.doubts),
        }
    }
}

impl From<&domain::PsychologyReading> for PsychologyReading {
    fn from(reading: &domain::PsychologyReading) -> Self {
        let (_, evidence, tier) = origin(&reading.primary);
        let distribution = reading.distribution.iter();
        Self {
            primary: Key(reading.primary.value()),
            secondary: reading.secondary.map(Key),
            p: Distribution(distribution.map(|&(value, p)| (value, probability(p))).collect()),
            evidence,
            tier,
        }
    }
}

impl From<&domain::Emotion> for Emotion {
    fn from(emotion: &domain::Emotion) -> Self {
        let (p, evidence, tier) = origin(&emotion.stage);
        Self {
            stage: Key(emotion.stage.value()),
            intensity: emotion.intensity as u8,
            p,
            intensity_p: probability(emotion.intensity_p),
            evidence,
            tier,
        }
    }
}

impl From<&domain::Derived<domain::Temperament>> for TemperamentHint {
    fn from(derived: &domain::Derived<domain::Temperament>) -> Self {
        Self {
            value: Key(derived.value),
            p: probability(derived.p),
            hint: true,
            tier: Key(derived.tier),
            because: derived.because.iter().map(Because::from).collect(),
        }
    }
}

impl From<&domain::Needs> for Needs {
    fn from(needs: &domain::Needs) -> Self {
        Self {
            basic: keys_of(&needs.basic),
            special: keys_of(&needs.special),
            rational: keys_of(&needs.rational),
            emotional: keys_of(&needs.emotional),
            maslow: needs.maslow.map(Key),
            tier: Key(domain::Tier::Rules),
        }
    }
}

impl From<&domain::PromiseFound> for PromiseFound {
    fn from(promise: &domain::PromiseFound) -> Self {
        let Quote { start, end, quote } = (&promise.quote).into();
        Self {
            start,
            end,
            quote,
            by: promise.by.clone(),
            until: promise.until.clone(),
            broken: promise.broken,
            due: promise.due.map(|day| day.to_string()),
            told: promise.told.map(Key),
        }
    }
}

impl From<&domain::Expectation> for Expectation {
    fn from(expectation: &domain::Expectation) -> Self {
        let (p, evidence, tier) = origin(&expectation.outcome);
        Self {
            expected: expectation.expected.as_ref().map(Quote::from),
            received: expectation.received.as_ref().map(Quote::from),
            outcome: Key(expectation.outcome.value()),
            p,
            evidence,
            promises: expectation.promises.iter().map(PromiseFound::from).collect(),
            tier,
        }
    }
}

impl From<&domain::Entity> for Entity {
    fn from(entity: &domain::Entity) -> Self {
        let Quote { start, end, quote } = (&entity.quote).into();
        Self {
            kind: Key(entity.kind),
            start,
            end,
            quote,
            value: entity.value.as_ref().map(EntityValue::from),
            to: entity.nuance.to.as_ref().map(EntityValue::from),
            approximate: entity.nuance.approximate,
            working: entity.nuance.working,
            tier: Key(domain::Tier::Rules),
        }
    }
}

#[cfg(test)]
mod tests;
