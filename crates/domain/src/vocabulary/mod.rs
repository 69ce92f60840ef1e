//! One table per vocabulary: variant, key, 中文, English, meaning and aliases. Everything that names a value
//! (wire, OpenAPI, glossary, interface legends, evaluation) derives from these tables.

mod conversation;
mod findings;
mod handling;

pub use conversation::{
    AgentAct, AgentFault, Course, CustomerLabel, SixC, Speaker, Stage, TalkDoubt, TalkSignal, TurningKind,
};
pub use findings::{
    AngerType, BasicNeed, Behavior, Cause, Channel, EmotionStage, EmotionalNeed, EntityKind, Facet,
    Intensity, Maslow, Motive, Nature, Outcome, Psychology, RationalNeed, Risk, Stance, Subject, Temperament,
    Tier,
};
pub use handling::{
    Appeal, CaseState, CheckRule, CheckState, CommandKind, ConsentPurpose, DeadlineKind, DeadlineState,
    Doubt, Loyalty, Principle, Priority, PromiseState, Remedy, RemedyFamily, Role, Severity, Strength,
    ThreeChange, TimeRequestKind, Waiting,
};

/// One row of a vocabulary table.
#[derive(Debug, PartialEq, Eq)]
pub struct Entry {
    /// The wire and code name; stable for ever.
    pub key: &'static str,
    /// The name the Chinese interface shows.
    pub zh: &'static str,
    /// The name the English interface shows.
    pub en: &'static str,
    /// What the value means, in Chinese.
    pub meaning_zh: &'static str,
    /// What the value means, in English.
    pub meaning_en: &'static str,
    /// Other words people use for it, accepted on import.
    pub aliases: &'static [&'static str],
}

/// What a whole vocabulary is called.
#[derive(Debug, PartialEq, Eq)]
pub struct Heading {
    /// The wire name of the vocabulary.
    pub key: &'static str,
    /// The row of the design it comes from, such as `A2`.
    pub row: &'static str,
    /// The Chinese name.
    pub zh: &'static str,
    /// The English name.
    pub en: &'static str,
}

/// A closed set of values that all derive from one table.
pub trait Vocabulary: Copy + Eq + Ord + std::hash::Hash + std::fmt::Debug + Send + Sync + 'static {
    /// What the vocabulary is called.
    const HEADING: Heading;
    /// All values, in table order.
    const ALL: &'static [Self];

    /// The table row of this value.
    fn entry(self) -> &'static Entry;

    /// The position of this value in [`Vocabulary::ALL`].
    fn index(self) -> usize;

    /// The wire name.
    fn key(self) -> &'static str {
        self.entry().key
    }

    /// The value with exactly this wire name.
    fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|value| value.key() == key)
    }

    /// The value a person means by `word`: its key, either name, or an alias; letter case is ignored.
    fn from_word(word: &str) -> Option<Self> {
        let word = word.trim();
        Self::ALL.iter().copied().find(|value| {
            let entry = value.entry();
            [entry.key, entry.zh, entry.en]
                .iter()
                .chain(entry.aliases)
                .any(|name| name.eq_ignore_ascii_case(word))
        })
    }
}

/// The heading and the rows of one vocabulary, for readers that treat all of them alike.
#[derive(Debug)]
pub struct Table {
    /// What the vocabulary is called.
    pub heading: Heading,
    /// Its rows, in order.
    pub entries: Vec<&'static Entry>,
}

fn table<V: Vocabulary>() -> Table {
    Table {
        heading: V::HEADING,
        entries: V::ALL.iter().map(|value| value.entry()).collect(),
    }
}

/// Every vocabulary of the product, in the order of the design.
pub fn all_tables() -> Vec<Table> {
    vec![
        table::<Facet>(),
        table::<Psychology>(),
        table::<Motive>(),
        table::<EmotionStage>(),
        table::<Intensity>(),
        table::<Subject>(),
        table::<Nature>(),
        table::<Stance>(),
        table::<AngerType>(),
        table::<Cause>(),
        table::<Risk>(),
        table::<Temperament>(),
        table::<BasicNeed>(),
        table::<RationalNeed>(),
        table::<EmotionalNeed>(),
        table::<Maslow>(),
        table::<Outcome>(),
        table::<PromiseState>(),
        table::<Behavior>(),
        table::<Channel>(),
        table::<EntityKind>(),
        table::<Tier>(),
        table::<Doubt>(),
        table::<AgentAct>(),
        table::<AgentFault>(),
        table::<Stage>(),
        table::<SixC>(),
        table::<Speaker>(),
        table::<TalkSignal>(),
        table::<TurningKind>(),
        table::<Course>(),
        table::<TalkDoubt>(),
        table::<CustomerLabel>(),
        table::<Appeal>(),
        table::<ThreeChange>(),
        table::<Remedy>(),
        table::<RemedyFamily>(),
        table::<CaseState>(),
        table::<CommandKind>(),
        table::<Severity>(),
        table::<Priority>(),
        table::<Loyalty>(),
        table::<DeadlineKind>(),
        table::<DeadlineState>(),
        table::<TimeRequestKind>(),
        table::<Waiting>(),
        table::<Strength>(),
        table::<ConsentPurpose>(),
        table::<CheckRule>(),
        table::<CheckState>(),
        table::<Principle>(),
        table::<Role>(),
    ]
}

/// Declares an enum and its table in one place.
macro_rules! vocabulary {
    (
        $(#[$doc:meta])*
        $name:ident, $heading:literal, $row:literal, $heading_zh:literal, $heading_en:literal;
        $( $variant:ident: $key:literal, $zh:literal, $en:literal, $meaning_zh:literal, $meaning_en:literal
           $(, [$($alias:literal),* $(,)?])? ; )+
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $( #[doc = $meaning_en] $variant, )+
        }

        impl $crate::vocabulary::Vocabulary for $name {
            const HEADING: $crate::vocabulary::Heading =
                $crate::vocabulary::Heading { key: $heading, row: $row, zh: $heading_zh, en: $heading_en };
            const ALL: &'static [Self] = &[ $( Self::$variant, )+ ];

            fn entry(self) -> &'static $crate::vocabulary::Entry {
                const ENTRIES: &[$crate::vocabulary::Entry] = &[ $( $crate::vocabulary::Entry {
                    key: $key,
                    zh: $zh,
                    en: $en,
                    meaning_zh: $meaning_zh,
                    meaning_en: $meaning_en,
                    aliases: &[ $( $($alias),* )? ],
                }, )+ ];
                &ENTRIES[self as usize]
            }

            fn index(self) -> usize {
                self as usize
            }
        }
    };
}
pub(crate) use vocabulary;

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_vocabulary_is_complete_and_unambiguous() {
        let mut headings = HashSet::new();
        for table in all_tables() {
            assert!(
                headings.insert(table.heading.key),
                "vocabulary {} stands twice",
                table.heading.key
            );
            let mut names = HashSet::new();
            for entry in &table.entries {
                for text in [entry.zh, entry.en, entry.meaning_zh, entry.meaning_en] {
                    assert!(
                        !text.trim().is_empty(),
                        "{}.{} lacks a text",
                        table.heading.key,
                        entry.key
                    );
                }
                assert!(
                    entry
                        .key
                        .chars()
                        .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_'),
                    "{} is no wire name",
                    entry.key
                );
                let own: HashSet<String> = [entry.key, entry.zh, entry.en]
                    .into_iter()
                    .chain(entry.aliases.iter().copied())
                    .map(str::to_lowercase)
                    .collect();
                for name in own {
                    assert!(
                        names.insert(name.clone()),
                        "{name} names two values of {}",
                        table.heading.key
                    );
                }
            }
        }
    }

    #[test]
    fn words_people_use_find_their_value() {
        assert_eq!(Psychology::from_word("补救"), Some(Psychology::Redress));
        assert_eq!(Channel::from_word("EMAIL"), Some(Channel::Email));
        assert_eq!(Psychology::from_key("redress"), Some(Psychology::Redress));
        assert_eq!(Psychology::from_word("天气"), None);
    }
}
