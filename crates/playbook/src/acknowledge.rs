//! The first answer to a customer (B6): the matter, the feeling, the next step and its time, never an outcome.

use std::collections::HashMap;

use domain::{
    Analysis, Behavior, Bilingual, EmotionStage, Nature, Psychology, PublicReply, Risk, Vocabulary,
};
use serde::Deserialize;

use crate::error::PlaybookError;
use crate::load::parse;
use crate::schema::TextRow;
use crate::template::{Facts, Phrase};
use crate::wording::by_value;

const FILE: &str = "acknowledgement.toml";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct AcknowledgementFile {
    greeting: HashMap<String, String>,
    received: HashMap<String, String>,
    safety: TextRow,
    feeling: HashMap<String, TextRow>,
    stage: HashMap<String, TextRow>,
    next: HashMap<String, String>,
    public: HashMap<String, String>,
    #[serde(default)]
    personal: HashMap<String, String>,
    #[serde(default)]
    never: Vec<TextRow>,
    feeling_legal: TextRow,
    thanks: TextRow,
}

/// The pieces a first answer is made of.
#[derive(Clone, Debug)]
pub(crate) struct Acknowledgement {
    greeting_named: Phrase,
    greeting_plain: Phrase,
    received_matter: Phrase,
    received_plain: Phrase,
    safety: Bilingual,
    feeling: Vec<Bilingual>,
    feeling_legal: Bilingual,
    stage: Vec<Bilingual>,
    next: Phrase,
    next_suggestion: Phrase,
    next_answer: Phrase,
    public: Phrase,
    public_safety: Phrase,
    public_closing: Phrase,
    never: Vec<Bilingual>,
    again: Phrase,
    way: [Phrase; 2],
    thanks: Bilingual,
}

/// The pair of texts whose keys begin with `prefix`, cut at its slots.
fn phrase(rows: &HashMap<String, String>, table: &str, prefix: &str) -> Result<Phrase, PlaybookError> {
    let side = |language: &str| {
        let key = format!("{prefix}{language}");
        let missing = || PlaybookError::content(FILE, format!("{table}.{key}"), "has no text");
        rows.get(&key).ok_or_else(missing)
    };
    let place = || format!("{table}.{prefix}");
    Phrase::parse(side("zh")?, side("en")?).map_err(|problem| PlaybookError::content(FILE, place(), problem))
}

impl Acknowledgement {
    /// Reads `acknowledgement.toml`.
    pub(crate) fn load(source: &str) -> Result<Self, PlaybookError> {
        let mut file: AcknowledgementFile = parse(FILE, source)?;
        Ok(Self {
            greeting_named: phrase(&file.greeting, "greeting", "named_")?,
            greeting_plain: phrase(&file.greeting, "greeting", "plain_")?,
            received_matter: phrase(&file.received, "received", "matter_")?,
            received_plain: phrase(&file.received, "received", "plain_")?,
            safety: file.safety.into(),
            feeling: by_value::<Psychology>(FILE, &mut file.feeling)?,
            feeling_legal: file.feeling_legal.into(),
            stage: by_value::<EmotionStage>(FILE, &mut file.stage)?,
            next: phrase(&file.next, "next", "")?,
            next_suggestion: phrase(&file.next, "next", "suggestion_")?,
            next_answer: phrase(&file.next, "next", "answer_")?,
            public: phrase(&file.public, "public", "")?,
            public_safety: phrase(&file.public, "public", "safety_")?,
            public_closing: phrase(&file.public, "public", "closing_")?,
            never: file.never.into_iter().map(Bilingual::from).collect(),
            again: phrase(&file.personal, "personal", "again_")?,
            way: [
                phrase(&file.personal, "personal", "way_hours_")?,
                phrase(&file.personal, "personal", "way_")?,
            ],
            thanks: file.thanks.into(),
        })
    }

    /// The first answer for this reading.
    pub(crate) fn write(&self, analysis: &Analysis, facts: &Facts) -> Bilingual {
        let danger = analysis.has_risk(Risk::Safety);
        if analysis.behavior.value == Behavior::Indirect && analysis.complaint.value() {
            let line = if danger { &self.public_safety } else { &self.public };
            return filled(&[line], facts);
        }
        self.write_private(analysis, facts)
    }

    /// What may be said to a public complaint and what goes to a private channel (C8); nothing for one that was not
    /// made in public. `private` holds the facts that only a private message may tell.
    pub(crate) fn write_public(
        &self,
        analysis: &Analysis,
        facts: &Facts,
        private: &Facts,
    ) -> Option<PublicReply> {
        let public = analysis.behavior.value == Behavior::Indirect && analysis.complaint.value();
        public.then(|| PublicReply {
            line: self.write(analysis, facts),
            private: self.write_private(analysis, private),
            closing: filled(&[&self.public_closing], facts),
            never: self.never.clone(),
        })
    }

    fn write_private(&self, analysis: &Analysis, facts: &Facts) -> Bilingual {
        let danger = analysis.has_risk(Risk::Safety);
        let mut text = filled(&[&self.greeting_named, &self.greeting_plain], facts);
        if danger {
            append(&mut text, &self.safety);
            append(&mut text, &filled(&[&self.next], facts));
            return text;
        }
        append(
            &mut text,
            &lower(filled(&[&self.received_matter, &self.received_plain], facts)),
        );
        append(&mut text, &filled(&[&self.again], facts));
        append(&mut text, self.feeling(analysis));
        if analysis.complaint.value() {
            append(&mut text, &self.stage[analysis.emotion.stage.value().index()]);
        }
        append(&mut text, &self.ending(analysis, facts));
        append(&mut text, &filled(&[&self.way[0], &self.way[1]], facts));
        text
    }

    fn feeling(&self, analysis: &Analysis) -> &Bilingual {
        let goal = analysis.psychology.primary.value();
        match goal {
            _ if analysis.has_risk(Risk::Legal) => &self.feeling_legal,
            // A question or a request without reproach has no feeling to meet.
            Psychology::Solve if !analysis.complaint.value() => &self.feeling[Psychology::None.index()],
            _ => &self.feeling[goal.index()],
        }
    }

    fn ending(&self, analysis: &Analysis, facts: &Facts) -> Bilingual {
        let goal = analysis.psychology.primary.value();
        let nature = analysis.nature.value();
        match (goal, nature) {
            (Psychology::Exchange, _) => filled(&[&self.next_suggestion], facts),
            (_, Nature::Help | Nature::Inquiry) if !analysis.complaint.value() => {
                filled(&[&self.next_answer], facts)
            }
            (Psychology::None, Nature::None) => self.thanks.clone(),
            _ => filled(&[&self.next], facts),
        }
    }
}

/// The first phrase whose slots can all be filled.
fn filled(phrases: &[&Phrase], facts: &Facts) -> Bilingual {
    let mut filled = phrases.iter().filter_map(|phrase| phrase.fill(facts, None));
    filled.next().unwrap_or_default()
}

/// What follows the greeting goes on in lower case.
fn lower(mut text: Bilingual) -> Bilingual {
    if let Some(first) = text.en.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    text
}

fn append(text: &mut Bilingual, more: &Bilingual) {
    text.zh.push_str(&more.zh);
    text.en.push_str(&more.en);
}
