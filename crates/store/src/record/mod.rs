//! The stored form of cases and events: records that mirror the domain, read back with explicit conversions.
//! The format is guarded by a fixture in the tests: fields may be added with a default, never renamed.

#[macro_use]
mod macros;
mod analysis;
mod case;
mod event;
mod talk;

use domain::{Bilingual, Currency, Date, Intensity, Money, Priority, Quote, Severity, Timestamp, Vocabulary};
use serde::{Serialize, de::DeserializeOwned};

use crate::StoreError;

/// A stored value that the domain does not know.
#[derive(Debug)]
pub(crate) struct Unreadable(pub(crate) String);

/// Has a stored form.
pub(crate) trait Mirror: Sized {
    /// The stored form.
    type Record: Serialize + DeserializeOwned + Clone + PartialEq + std::fmt::Debug;
    /// To the stored form.
    fn to_record(&self) -> Self::Record;
    /// Back from the stored form.
    fn from_record(record: Self::Record) -> Result<Self, Unreadable>;
}

/// The stored JSON of a value.
pub(crate) fn to_json<T: Mirror>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(&value.to_record()).map_err(|error| StoreError::Invalid(error.to_string()))
}

/// The value behind stored JSON; `what` names the record when it cannot be read.
pub(crate) fn from_json<T: Mirror>(json: &str, what: impl Fn() -> String) -> Result<T, StoreError> {
    let corrupt = |because: String| StoreError::Corrupt {
        what: what(),
        because,
    };
    let record = serde_json::from_str(json).map_err(|error| corrupt(error.to_string()))?;
    T::from_record(record).map_err(|Unreadable(because)| corrupt(because))
}

/// The value of a vocabulary with this key.
pub(crate) fn from_key<V: Vocabulary>(key: &str) -> Result<V, Unreadable> {
    V::from_key(key).ok_or_else(|| Unreadable(format!("`{key}` is no {}", V::HEADING.en)))
}

mirror_plain!(String, bool, u8, u32, u64, i64, f32);
mirror_vocabulary!(
    domain::AngerType,
    domain::BasicNeed,
    domain::Behavior,
    domain::CaseState,
    domain::Cause,
    domain::Channel,
    domain::DeadlineKind,
    domain::DeadlineState,
    domain::Doubt,
    domain::EmotionStage,
    domain::EmotionalNeed,
    domain::EntityKind,
    domain::Facet,
    domain::Maslow,
    domain::Motive,
    domain::Nature,
    domain::Outcome,
    domain::Party,
    domain::PromiseState,
    domain::Psychology,
    domain::RationalNeed,
    domain::Remedy,
    domain::Risk,
    domain::Speaker,
    domain::TalkDoubt,
    domain::Role,
    domain::Stance,
    domain::Subject,
    domain::Temperament,
    domain::ThreeChange,
    domain::Tier,
    domain::TimeRequestKind,
);
mirror_id!(domain::CaseId, domain::CustomerId, domain::UserId);
mirror_level!(Severity, Priority, Intensity);

impl<T: Mirror> Mirror for Option<T> {
    type Record = Option<T::Record>;
    fn to_record(&self) -> Self::Record {
        self.as_ref().map(T::to_record)
    }
    fn from_record(record: Self::Record) -> Result<Self, Unreadable> {
        record.map(T::from_record).transpose()
    }
}

impl<T: Mirror> Mirror for Vec<T> {
    type Record = Vec<T::Record>;
    fn to_record(&self) -> Self::Record {
        self.iter().map(T::to_record).collect()
    }
    fn from_record(record: Self::Record) -> Result<Self, Unreadable> {
        record.into_iter().map(T::from_record).collect()
    }
}

impl<T: Mirror> Mirror for Box<T> {
    type Record = Box<T::Record>;
    fn to_record(&self) -> Self::Record {
        Box::new(T::to_record(self))
    }
    fn from_record(record: Self::Record) -> Result<Self, Unreadable> {
        Ok(Self::new(T::from_record(*record)?))
    }
}

impl<A: Mirror, B: Mirror> Mirror for (A, B) {
    type Record = (A::Record, B::Record);
    fn to_record(&self) -> Self::Record {
        (self.0.to_record(), self.1.to_record())
    }
    fn from_record(record: Self::Record) -> Result<Self, Unreadable> {
        Ok((A::from_record(record.0)?, B::from_record(record.1)?))
    }
}

impl Mirror for Timestamp {
    type Record = i64;
    fn to_record(&self) -> i64 {
        self.0
    }
    fn from_record(record: i64) -> Result<Self, Unreadable> {
        Ok(Self(record))
    }
}

impl Mirror for Money {
    type Record = (i64, String);
    fn to_record(&self) -> Self::Record {
        (self.minor, self.currency.code().to_owned())
    }
    fn from_record((minor, code): Self::Record) -> Result<Self, Unreadable> {
        let currency =
            Currency::from_code(&code).ok_or_else(|| Unreadable(format!("`{code}` is no currency")))?;
        Ok(Self { minor, currency })
    }
}

impl Mirror for Date {
    type Record = (i16, u8, u8);
    fn to_record(&self) -> Self::Record {
        (self.year(), self.month(), self.day())
    }
    fn from_record((year, month, day): Self::Record) -> Result<Self, Unreadable> {
        Self::new(year, month, day).ok_or_else(|| Unreadable(format!("{year}-{month}-{day} is no day")))
    }
}

impl Mirror for Quote {
    type Record = (u32, String);
    fn to_record(&self) -> Self::Record {
        (self.span().start, self.words().to_owned())
    }
    fn from_record((start, words): Self::Record) -> Result<Self, Unreadable> {
        Self::at(start, &words).ok_or_else(|| Unreadable("a quote without words".into()))
    }
}

mirror_struct! { Bilingual as BilingualRecord { zh: String, en: String, } }

/// Whether a field can be left out of the stored form.
fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
