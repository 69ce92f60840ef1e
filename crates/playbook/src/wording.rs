//! Short wordings that fill slots, and what may be said back to a customer.

use std::collections::HashMap;

use domain::{Analysis, Bilingual, Nature, Psychology, Subject, Vocabulary};
use serde::Deserialize;

use crate::error::PlaybookError;
use crate::load::parse;
use crate::schema::TextRow;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WordingFile {
    version: String,
    owner: TextRow,
    due: TextRow,
    matter: HashMap<String, TextRow>,
    next_step: HashMap<String, TextRow>,
    aim: HashMap<String, TextRow>,
    request: HashMap<String, TextRow>,
    unspeakable: WordsRow,
}

/// A list of words.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WordsRow {
    pub(crate) words: Vec<String>,
}

/// The wordings, looked up by value.
#[derive(Clone, Debug)]
pub(crate) struct Wording {
    pub(crate) version: String,
    pub(crate) owner: Bilingual,
    pub(crate) due: Bilingual,
    matter: Vec<Bilingual>,
    next_step: Vec<Bilingual>,
    pub(crate) next_step_safety: Bilingual,
    pub(crate) next_step_none: Bilingual,
    aim: Vec<Bilingual>,
    request_help: Bilingual,
    request_inquiry: Bilingual,
    unspeakable: Vec<String>,
}

/// Longer quotes are not said back: a person would shorten them.
const LONGEST_QUOTE: usize = 24;

impl Wording {
    /// Reads `wording.toml`.
    pub(crate) fn load(source: &str) -> Result<Self, PlaybookError> {
        let mut file: WordingFile = parse("wording.toml", source)?;
        Ok(Self {
            version: file.version,
            owner: file.owner.into(),
            due: file.due.into(),
            matter: by_value::<Subject>("wording.toml", &mut file.matter)?,
            next_step_safety: named("wording.toml", &mut file.next_step, "safety")?,
            next_step_none: named("wording.toml", &mut file.next_step, "none")?,
            next_step: by_value::<Subject>("wording.toml", &mut file.next_step)?,
            aim: by_value::<Psychology>("wording.toml", &mut file.aim)?,
            request_help: named("wording.toml", &mut file.request, "help")?,
            request_inquiry: named("wording.toml", &mut file.request, "inquiry")?,
            unspeakable: file.unspeakable.words,
        })
    }

    /// A noun phrase for what the complaint is about.
    pub(crate) fn matter(&self, subject: Subject) -> &Bilingual {
        &self.matter[subject.index()]
    }

    /// A verb phrase for what is done next.
    pub(crate) fn next_step(&self, subject: Subject) -> &Bilingual {
        &self.next_step[subject.index()]
    }

    /// What the plan is after.
    pub(crate) fn aim(&self, analysis: &Analysis) -> &Bilingual {
        match request(analysis) {
            Some(Nature::Help) => &self.request_help,
            Some(_) => &self.request_inquiry,
            None => &self.aim[analysis.psychology.primary.value().index()],
        }
    }

    /// Whether the customer's words may be said back: short, decent, without long numbers.
    pub(crate) fn may_be_said_back(&self, words: &str) -> bool {
        let length = words.chars().count();
        let digits = words.chars().filter(char::is_ascii_digit).count();
        (2..=LONGEST_QUOTE).contains(&length)
            && digits < 7
            && !words.contains(['\n', '“', '”', '"'])
            && !self.unspeakable.iter().any(|word| words.contains(word.as_str()))
    }
}

/// Help or information asked for without any reproach; its goal is `solve` by convention only.
pub(crate) fn request(analysis: &Analysis) -> Option<Nature> {
    let nature = analysis.nature.value();
    let asks = matches!(nature, Nature::Help | Nature::Inquiry);
    let plain = !analysis.complaint.value() && analysis.psychology.primary.value() == Psychology::Solve;
    (asks && plain).then_some(nature)
}

/// The text with this name, taken out of the table.
pub(crate) fn named(
    file: &str,
    rows: &mut HashMap<String, TextRow>,
    key: &str,
) -> Result<Bilingual, PlaybookError> {
    let row = rows.remove(key);
    row.map(Bilingual::from)
        .ok_or_else(|| PlaybookError::content(file, key, "has no text"))
}

/// One text for each value of a vocabulary; a name left over is an error.
pub(crate) fn by_value<V: Vocabulary>(
    file: &str,
    rows: &mut HashMap<String, TextRow>,
) -> Result<Vec<Bilingual>, PlaybookError> {
    let texts = V::ALL
        .iter()
        .map(|value| named(file, rows, value.key()))
        .collect();
    match rows.keys().min() {
        Some(key) => Err(PlaybookError::content(
            file,
            key.clone(),
            "is no value of this table",
        )),
        None => texts,
    }
}
