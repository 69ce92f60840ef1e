//! Figures and gaps as the wire shows them.

use domain::{Bilingual, Language, Timestamp};
use insight::{Gap, Median};
use wire::{insight::Figure, time::rfc3339};

/// A figure in the language.
pub(crate) fn figure(figure: &insight::Figure, language: Language) -> Figure {
    match figure {
        Ok(found) => Figure {
            value: Some(found.value()),
            low: Some(found.low()),
            high: Some(found.high()),
            reason: None,
        },
        Err(gap) => Figure {
            reason: Some(reason(*gap, language)),
            ..Figure::default()
        },
    }
}

/// A middle in the language: the number alone with the reason where it has no interval.
pub(crate) fn median(median: &Result<Median, Gap>, language: Language) -> Figure {
    match median {
        Ok(found) => Figure {
            value: Some(found.value),
            ..figure(&found.figure, language)
        },
        Err(gap) => figure(&Err(*gap), language),
    }
}

/// Why there is no number.
pub(crate) fn reason(gap: Gap, language: Language) -> String {
    words(&gap.words(), language)
}

/// Words in the language.
pub(crate) fn words(words: &Bilingual, language: Language) -> String {
    words.in_language(language).to_owned()
}

/// One of two words.
pub(crate) fn pick(language: Language, zh: impl Into<String>, en: impl Into<String>) -> String {
    match language {
        Language::Chinese => zh.into(),
        Language::English => en.into(),
    }
}

/// A letter for the language in keys of kept answers.
pub(crate) fn letter(language: Language) -> &'static str {
    match language {
        Language::Chinese => "zh",
        Language::English => "en",
    }
}

/// A count for the wire.
pub(crate) fn count(number: usize) -> u64 {
    number as u64
}

/// A moment for the wire.
pub(crate) fn moment(at: Timestamp) -> String {
    rfc3339(at)
}
