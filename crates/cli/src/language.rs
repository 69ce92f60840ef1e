//! The language of what is printed for people.

use clap::ValueEnum;
use domain::{Language, Vocabulary};

/// A language by its short name.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum LanguageName {
    /// 中文
    Zh,
    /// English
    En,
}

impl From<LanguageName> for Language {
    fn from(name: LanguageName) -> Self {
        match name {
            LanguageName::Zh => Self::Chinese,
            LanguageName::En => Self::English,
        }
    }
}

/// The name of a value in a language.
pub(crate) fn name_of<V: Vocabulary>(value: V, language: Language) -> &'static str {
    match language {
        Language::Chinese => value.entry().zh,
        Language::English => value.entry().en,
    }
}
