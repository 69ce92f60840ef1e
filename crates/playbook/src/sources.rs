//! The files a playbook is made of: embedded, or replaced by an organization's own.

use crate::error::PlaybookError;

/// One file of a playbook.
#[derive(Clone, Copy, Debug)]
pub struct Source<'t> {
    /// Its name, such as `psychology.toml`.
    pub file: &'t str,
    /// Its text.
    pub text: &'t str,
}

macro_rules! embedded {
    ($($file:literal),* $(,)?) => {
        &[$(Source { file: $file, text: include_str!(concat!("../data/", $file)) }),*]
    };
}

/// The files that come with the product.
pub const FILES: &[Source<'static>] = embedded![
    "psychology.toml",
    "motive.toml",
    "emotion.toml",
    "subject.toml",
    "nature.toml",
    "stance.toml",
    "anger_type.toml",
    "cause.toml",
    "risk.toml",
    "temperament.toml",
    "behavior.toml",
    "topics.toml",
    "phrases.toml",
    "conflicts.toml",
    "changes.toml",
    "coach.toml",
    "principles.toml",
    "guarantee.toml",
    "taboo.toml",
    "acknowledgement.toml",
    "wording.toml",
];

/// The embedded files with some of them replaced.
pub(crate) struct Sources<'s>(Vec<Source<'s>>);

impl<'s> Sources<'s> {
    pub(crate) fn of(own: &[Source<'s>]) -> Result<Self, PlaybookError> {
        let known = |source: &Source<'_>| FILES.iter().any(|file| file.file == source.file);
        if let Some(unknown) = own.iter().find(|source| !known(source)) {
            let names: Vec<&str> = FILES.iter().map(|file| file.file).collect();
            let problem = format!("is no playbook file; known are {}", names.join(", "));
            return Err(PlaybookError::content(unknown.file, "name", problem));
        }
        let replaced = |file: &Source<'static>| own.iter().find(|source| source.file == file.file).copied();
        Ok(Self(
            FILES.iter().map(|file| replaced(file).unwrap_or(*file)).collect(),
        ))
    }

    pub(crate) fn text(&self, file: &str) -> Result<&'s str, PlaybookError> {
        let found = self.0.iter().find(|source| source.file == file);
        let missing = || PlaybookError::Missing {
            file: file.to_owned(),
        };
        found.map(|source| source.text).ok_or_else(missing)
    }

    /// FNV-1a over all texts: another text, another playbook.
    pub(crate) fn fingerprint(&self) -> u32 {
        let bytes = self.0.iter().flat_map(|source| source.text.bytes());
        bytes.fold(0x811c_9dc5, |hash, byte| {
            (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
        })
    }
}
