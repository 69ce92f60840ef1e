//! Vocabulary values on the wire: the key of their table row, with the allowed keys in schema and errors.

use std::{borrow::Cow, marker::PhantomData};

use domain::{Bilingual, Vocabulary};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ObjectBuilder, RefOr, Schema, schema::Type},
};

/// A vocabulary value that reads and writes as its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key<V: Vocabulary>(pub V);

impl<V: Vocabulary> From<V> for Key<V> {
    fn from(value: V) -> Self {
        Self(value)
    }
}

impl<V: Vocabulary> Serialize for Key<V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.key())
    }
}

impl<'de, V: Vocabulary> Deserialize<'de> for Key<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor<V>(PhantomData<V>);
        impl<V: Vocabulary> de::Visitor<'_> for Visitor<V> {
            type Value = Key<V>;

            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                write!(f, "one of {}", allowed_keys::<V>())
            }

            fn visit_str<E: de::Error>(self, key: &str) -> Result<Key<V>, E> {
                let found = V::from_key(key).map(Key);
                found.ok_or_else(|| E::invalid_value(de::Unexpected::Str(key), &self))
            }
        }
        deserializer.deserialize_str(Visitor(PhantomData))
    }
}

impl<V: Vocabulary> PartialSchema for Key<V> {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some(format!("{} ({})", V::HEADING.en, V::HEADING.row)))
            .enum_values(Some(V::ALL.iter().map(|value| value.key())))
            .into()
    }
}

impl<V: Vocabulary> ToSchema for Key<V> {
    fn name() -> Cow<'static, str> {
        let path = std::any::type_name::<V>();
        Cow::Borrowed(path.rsplit("::").next().unwrap_or(path))
    }
}

/// The allowed keys of a vocabulary, separated by commas.
pub fn allowed_keys<V: Vocabulary>() -> String {
    let keys: Vec<&str> = V::ALL.iter().map(|value| value.key()).collect();
    keys.join(", ")
}

/// What to say when a key is none of the vocabulary.
pub fn unknown_key<V: Vocabulary>(key: &str) -> Bilingual {
    let (heading, allowed) = (V::HEADING, allowed_keys::<V>());
    Bilingual::new(
        format!("“{key}”不是{}的取值；可用：{allowed}", heading.zh),
        format!("\"{key}\" is no value of {}; allowed: {allowed}", heading.key),
    )
}

macro_rules! keys {
    ($($alias:ident = $vocabulary:ident),* $(,)?) => {
        $( #[doc = concat!("[`domain::", stringify!($vocabulary), "`] on the wire.")]
           pub type $alias = Key<domain::$vocabulary>; )*
    };
}
keys!(
    AgentActKey = AgentAct,
    AgentFaultKey = AgentFault,
    AngerTypeKey = AngerType,
    AppealKey = Appeal,
    BasicNeedKey = BasicNeed,
    BehaviorKey = Behavior,
    CaseStateKey = CaseState,
    CauseKey = Cause,
    ChannelKey = Channel,
    CheckRuleKey = CheckRule,
    CheckStateKey = CheckState,
    PrincipleKey = Principle,
    CommandKindKey = CommandKind,
    ConsentPurposeKey = ConsentPurpose,
    CourseKey = Course,
    CustomerLabelKey = CustomerLabel,
    DeadlineKindKey = DeadlineKind,
    DeadlineStateKey = DeadlineState,
    DoubtKey = Doubt,
    EmotionStageKey = EmotionStage,
    EmotionalNeedKey = EmotionalNeed,
    EntityKindKey = EntityKind,
    FacetKey = Facet,
    LoyaltyKey = Loyalty,
    MaslowKey = Maslow,
    MotiveKey = Motive,
    NatureKey = Nature,
    OutcomeKey = Outcome,
    PromiseStateKey = PromiseState,
    PsychologyKey = Psychology,
    RationalNeedKey = RationalNeed,
    RemedyKey = Remedy,
    RiskKey = Risk,
    RoleKey = Role,
    SixCKey = SixC,
    SpeakerKey = Speaker,
    StageKey = Stage,
    StanceKey = Stance,
    StrengthKey = Strength,
    SubjectKey = Subject,
    TalkDoubtKey = TalkDoubt,
    TalkSignalKey = TalkSignal,
    TemperamentKey = Temperament,
    ThreeChangeKey = ThreeChange,
    TierKey = Tier,
    TimeRequestKindKey = TimeRequestKind,
    TurningKindKey = TurningKind,
    WaitingKey = Waiting,
);

/// The keys of these values.
pub fn keys_of<V: Vocabulary>(values: &[V]) -> Vec<Key<V>> {
    values.iter().copied().map(Key).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_round_trip_and_errors_name_the_allowed_ones() {
        let key: PsychologyKey = serde_json::from_str("\"redress\"").unwrap();
        assert_eq!(serde_json::to_string(&key).unwrap(), "\"redress\"");
        let error = serde_json::from_str::<ChannelKey>("\"fax\"")
            .unwrap_err()
            .to_string();
        assert!(error.contains("phone, chat, wecom"), "{error}");
        assert_eq!(PsychologyKey::name(), "Psychology");
    }
}
