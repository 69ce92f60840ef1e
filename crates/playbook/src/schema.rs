//! The shape of the guidance files: one per facet, and the topics.

use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FacetFile {
    pub(crate) facet: String,
    pub(crate) entry: Vec<EntryRow>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct EntryRow {
    pub(crate) value: String,
    pub(crate) escalate: EscalateRow,
    #[serde(rename = "do", default)]
    pub(crate) dos: Vec<DoRow>,
    #[serde(rename = "dont", default)]
    pub(crate) donts: Vec<DontRow>,
    #[serde(rename = "phrase", default)]
    pub(crate) phrases: Vec<PhraseRow>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct EscalateRow {
    pub(crate) to: String,
    pub(crate) always: bool,
    pub(crate) when_zh: String,
    pub(crate) when_en: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DoRow {
    pub(crate) stage: String,
    pub(crate) appeal: String,
    pub(crate) moves: Vec<String>,
    pub(crate) zh: String,
    pub(crate) en: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DontRow {
    pub(crate) forbids: Vec<String>,
    pub(crate) zh: String,
    pub(crate) en: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PhraseRow {
    pub(crate) stage: String,
    pub(crate) zh: String,
    pub(crate) en: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TopicFile {
    pub(crate) topic: Vec<TopicRow>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TopicRow {
    pub(crate) key: String,
    pub(crate) words: Vec<String>,
    #[serde(rename = "do")]
    pub(crate) dos: Vec<DoRow>,
    #[serde(rename = "dont", default)]
    pub(crate) donts: Vec<DontRow>,
    #[serde(rename = "phrase", default)]
    pub(crate) phrases: Vec<PhraseRow>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PhraseFile {
    pub(crate) phrase: Vec<PhraseRow>,
}

/// A text in both languages.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TextRow {
    pub(crate) zh: String,
    pub(crate) en: String,
}

impl From<TextRow> for domain::Bilingual {
    fn from(row: TextRow) -> Self {
        Self::new(row.zh, row.en)
    }
}
