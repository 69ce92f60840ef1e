//! The stored form of a reading.

use domain::{
    Analysis, AngerType, BasicNeed, Because, Behavior, Cause, Date, Derived, Doubt, Emotion, EmotionStage,
    EmotionalNeed, Entity, EntityKind, EntityValue, Evidence, Evidenced, Expectation, Facet, FacetValue,
    Finding, Intensity, Maslow, Money, Motive, Nature, Needs, Nuance, Outcome, PromiseFound, PromiseState,
    Psychology, PsychologyReading, Quote, RationalNeed, Risk, Stance, Subject, Temperament, Tier, Timestamp,
};
use serde::{Deserialize, Serialize};

use super::{Mirror, Unreadable, from_key, is_default};

/// A finding: value, probability, tier, quotes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct FindingRecord<V> {
    value: V,
    p: f32,
    tier: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    quotes: Vec<(u32, String)>,
}

impl<V> Mirror for Finding<V>
where
    V: Evidenced + Mirror,
{
    type Record = FindingRecord<V::Record>;

    fn to_record(&self) -> Self::Record {
        FindingRecord {
            value: self.value().to_record(),
            p: self.p(),
            tier: self.tier().to_record(),
            quotes: self.quotes().iter().map(Quote::to_record).collect(),
        }
    }

    fn from_record(record: Self::Record) -> Result<Self, Unreadable> {
        let value = V::from_record(record.value)?;
        let tier: Tier = from_key(&record.tier)?;
        let quotes = Vec::<Quote>::from_record(record.quotes)?;
        if tier == Tier::Person && record.p == 1.0 {
            return Ok(Self::by_person(value, quotes));
        }
        match Evidence::of(quotes) {
            Some(evidence) => Ok(Self::found(value, record.p, evidence, tier)),
            None => Self::absent(value, record.p, tier)
                .ok_or_else(|| Unreadable("a finding without evidence".into())),
        }
    }
}

/// A derived value: value, probability, tier, reasons.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct DerivedRecord<V> {
    value: V,
    p: f32,
    tier: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    because: Vec<BecauseRecord>,
}

impl<V: Mirror> Mirror for Derived<V> {
    type Record = DerivedRecord<V::Record>;

    fn to_record(&self) -> Self::Record {
        DerivedRecord {
            value: self.value.to_record(),
            p: self.p,
            tier: self.tier.to_record(),
            because: self.because.to_record(),
        }
    }

    fn from_record(record: Self::Record) -> Result<Self, Unreadable> {
        Ok(Self {
            value: V::from_record(record.value)?,
            p: record.p,
            tier: from_key(&record.tier)?,
            because: Vec::from_record(record.because)?,
        })
    }
}

/// A reason of a derived value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum BecauseRecord {
    Facet(String),
    Channel,
    Quote((u32, String)),
    Person(String),
}

impl Mirror for Because {
    type Record = BecauseRecord;

    fn to_record(&self) -> BecauseRecord {
        match self {
            Self::Facet(facet) => BecauseRecord::Facet(facet.to_record()),
            Self::Channel => BecauseRecord::Channel,
            Self::Quote(quote) => BecauseRecord::Quote(quote.to_record()),
            Self::Person(words) => BecauseRecord::Person(words.clone()),
        }
    }

    fn from_record(record: BecauseRecord) -> Result<Self, Unreadable> {
        Ok(match record {
            BecauseRecord::Facet(key) => Self::Facet(Facet::from_record(key)?),
            BecauseRecord::Channel => Self::Channel,
            BecauseRecord::Quote(quote) => Self::Quote(Quote::from_record(quote)?),
            BecauseRecord::Person(words) => Self::Person(words),
        })
    }
}

mirror_struct! { PsychologyReading as PsychologyRecord {
    primary: Finding<Psychology>,
    #[serde(default, skip_serializing_if = "is_default")]
    secondary: Option<Psychology>,
    distribution: Vec<(Psychology, f32)>,
} }

mirror_struct! { Emotion as EmotionRecord {
    stage: Finding<EmotionStage>,
    intensity: Intensity,
    intensity_p: f32,
} }

mirror_struct! { Needs as NeedsRecord {
    #[serde(default, skip_serializing_if = "is_default")]
    basic: Vec<BasicNeed>,
    #[serde(default, skip_serializing_if = "is_default")]
    special: Vec<Motive>,
    #[serde(default, skip_serializing_if = "is_default")]
    rational: Vec<RationalNeed>,
    #[serde(default, skip_serializing_if = "is_default")]
    emotional: Vec<EmotionalNeed>,
    #[serde(default, skip_serializing_if = "is_default")]
    maslow: Option<Maslow>,
} }

mirror_struct! { PromiseFound as PromiseFoundRecord {
    quote: Quote,
    by: String,
    until: String,
    broken: bool,
    #[serde(default, skip_serializing_if = "is_default")]
    due: Option<Date>,
    #[serde(default, skip_serializing_if = "is_default")]
    told: Option<PromiseState>,
} }

mirror_struct! { Expectation as ExpectationRecord {
    #[serde(default, skip_serializing_if = "is_default")]
    expected: Option<Quote>,
    #[serde(default, skip_serializing_if = "is_default")]
    received: Option<Quote>,
    outcome: Finding<Outcome>,
    #[serde(default, skip_serializing_if = "is_default")]
    promises: Vec<PromiseFound>,
} }

mirror_union! { EntityValue as EntityValueRecord {
    Money(Money)
    Date(Date)
    Moment(Timestamp)
    Calendar(String)
    Duration(String)
    Text(String)
} }

mirror_struct! { #[derive(Default)] Nuance as NuanceRecord {
    #[serde(default, skip_serializing_if = "is_default")]
    to: Option<EntityValue>,
    #[serde(default, skip_serializing_if = "is_default")]
    approximate: bool,
    #[serde(default, skip_serializing_if = "is_default")]
    working: bool,
} }

mirror_struct! { Entity as EntityRecord {
    kind: EntityKind,
    quote: Quote,
    #[serde(default, skip_serializing_if = "is_default")]
    value: Option<EntityValue>,
    #[serde(default, skip_serializing_if = "is_default")]
    nuance: Nuance,
} }

mirror_struct! { Analysis as AnalysisRecord {
    engine: String,
    complaint: Finding<bool>,
    psychology: PsychologyReading,
    #[serde(default, skip_serializing_if = "is_default")]
    motives: Vec<Finding<Motive>>,
    emotion: Emotion,
    #[serde(default, skip_serializing_if = "is_default")]
    subjects: Vec<Finding<Subject>>,
    nature: Finding<Nature>,
    stance: Derived<Stance>,
    anger_type: Derived<AngerType>,
    behavior: Derived<Behavior>,
    #[serde(default, skip_serializing_if = "is_default")]
    causes: Vec<Finding<Cause>>,
    #[serde(default, skip_serializing_if = "is_default")]
    risks: Vec<Finding<Risk>>,
    temperament: Derived<Temperament>,
    needs: Needs,
    expectation: Expectation,
    #[serde(default, skip_serializing_if = "is_default")]
    entities: Vec<Entity>,
    #[serde(default, skip_serializing_if = "is_default")]
    doubts: Vec<Doubt>,
} }

/// A correction by a person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum FacetValueRecord {
    Complaint(bool),
    Psychology(String, Option<String>),
    Motives(Vec<String>),
    Emotion(String, u8),
    Subjects(Vec<String>),
    Nature(String),
    Stance(String),
    AngerType(String),
    Causes(Vec<String>),
    Risks(Vec<String>),
    Temperament(String),
    Expectation(String),
}

impl Mirror for FacetValue {
    type Record = FacetValueRecord;

    fn to_record(&self) -> FacetValueRecord {
        use FacetValueRecord as Record;
        match self {
            Self::Complaint(value) => Record::Complaint(*value),
            Self::Psychology(first, second) => Record::Psychology(first.to_record(), second.to_record()),
            Self::Motives(values) => Record::Motives(values.to_record()),
            Self::Emotion(stage, intensity) => Record::Emotion(stage.to_record(), intensity.to_record()),
            Self::Subjects(values) => Record::Subjects(values.to_record()),
            Self::Nature(value) => Record::Nature(value.to_record()),
            Self::Stance(value) => Record::Stance(value.to_record()),
            Self::AngerType(value) => Record::AngerType(value.to_record()),
            Self::Causes(values) => Record::Causes(values.to_record()),
            Self::Risks(values) => Record::Risks(values.to_record()),
            Self::Temperament(value) => Record::Temperament(value.to_record()),
            Self::Expectation(value) => Record::Expectation(value.to_record()),
        }
    }

    fn from_record(record: FacetValueRecord) -> Result<Self, Unreadable> {
        use FacetValueRecord as Record;
        Ok(match record {
            Record::Complaint(value) => Self::Complaint(value),
            Record::Psychology(first, second) => {
                Self::Psychology(from_key(&first)?, Option::from_record(second)?)
            }
            Record::Motives(values) => Self::Motives(Vec::from_record(values)?),
            Record::Emotion(stage, intensity) => {
                Self::Emotion(from_key(&stage)?, Intensity::from_record(intensity)?)
            }
            Record::Subjects(values) => Self::Subjects(Vec::from_record(values)?),
            Record::Nature(value) => Self::Nature(from_key(&value)?),
            Record::Stance(value) => Self::Stance(from_key(&value)?),
            Record::AngerType(value) => Self::AngerType(from_key(&value)?),
            Record::Causes(values) => Self::Causes(Vec::from_record(values)?),
            Record::Risks(values) => Self::Risks(Vec::from_record(values)?),
            Record::Temperament(value) => Self::Temperament(from_key(&value)?),
            Record::Expectation(value) => Self::Expectation(from_key(&value)?),
        })
    }
}
