//! The engine: a model and the cue lists, ready to read texts.

use domain::{Analysis, Complaint, Conversation, Psychology, Review, Temperament, Vocabulary};

use crate::block::Block;
use crate::cues::Cues;
use crate::decide::{Decision, decide_kind};
use crate::evaluation::talk::{TalkReport, Told, report_of};
use crate::evaluation::{Read, Report, Without, compare, part_of};
use crate::glance::Glance;
use crate::labeled::LabeledText;
use crate::model::{LoadError, Scored};
use crate::models::{DEFAULT, DEFAULT_TALK, EngineOptions, Models};
use crate::pairs::{Pairs, SurePair};
use crate::read::{Clauses, SURE, Underline, analyze};
use crate::talk::labeled::LabeledTalk;
use crate::talk::{Ears, hear};

/// Reads texts. Holds no state that a text could change.
pub struct Engine {
    pub(crate) models: Models,
    pub(crate) cues: Cues,
    pub(crate) ears: Ears,
    pub(crate) pairs: Pairs,
    /// Program and model.
    pub(crate) version: String,
}

impl Engine {
    /// An engine with the models that come with the product.
    pub fn default_model() -> Self {
        Self::load(DEFAULT).expect("the committed models load, as a test checks")
    }

    /// An engine with these models.
    pub fn load(options: EngineOptions) -> Result<Self, LoadError> {
        let models = Models::load(options)?;
        Ok(Self {
            version: format!(
                "tingsu {} / model {}",
                env!("CARGO_PKG_VERSION"),
                models.direct.name
            ),
            models,
            cues: Cues::load(),
            ears: Ears::load(options.talk.unwrap_or(DEFAULT_TALK))?,
            pairs: Pairs::load(),
        })
    }

    /// Program and model, such as `tingsu 0.1.0 / model zh-2026.11`.
    pub fn version(&self) -> String {
        self.version.clone()
    }

    /// Reads a complaint. Never fails: odd text gives doubts.
    pub fn analyze(&self, complaint: &Complaint) -> Analysis {
        analyze(self, complaint, true)
    }

    /// Reads a complaint without its particulars (A15) and what follows from them, in a third less time: for who counts
    /// facets over many texts. Everything else is as [`Engine::analyze`] says it.
    pub fn read_facets(&self, complaint: &Complaint) -> Analysis {
        analyze(self, complaint, false)
    }

    /// Hears a conversation that is over: every turn with all others in view.
    pub fn converse(&self, conversation: &Conversation) -> Review {
        hear(self, conversation, true)
    }

    /// Hears a conversation that goes on: every turn from what was said before it, and its answer.
    pub fn listen(&self, conversation: &Conversation) -> Review {
        hear(self, conversation, false)
    }

    /// How well this engine hears labeled conversations.
    pub fn evaluate_talks(&self, talks: &[LabeledTalk]) -> TalkReport {
        let told: Vec<Told> = talks
            .iter()
            .map(|talk| Told::of(&self.converse(&talk.conversation)))
            .collect();
        report_of(talks, &told)
    }

    /// How well this engine reads labeled texts. The seed draws the samples of the intervals.
    pub fn evaluate(&self, texts: &[LabeledText], seed: u64) -> Report {
        let reads: Vec<Read> = texts.iter().map(|text| self.read_labeled(text)).collect();
        compare(&reads, seed)
    }

    /// A bit for each risk that a word or a pair of words names beyond doubt.
    pub(crate) fn sure_risks(&self, scored: &Scored, pairs: &[SurePair]) -> u32 {
        let words = self.cues.sure_risks(&scored.found.hits);
        pairs.iter().fold(words, |all, pair| all | 1 << pair.risk)
    }

    /// The values of a scored text.
    pub(crate) fn decide(&self, scored: &Scored) -> Decision {
        decide_kind(&scored.scores, &scored.model.offsets, scored.own)
    }

    fn read_labeled<'t>(&self, text: &'t LabeledText) -> Read<'t> {
        let reading = text::read(&text.text);
        let clauses = Clauses::of(&reading);
        let mut scored = self
            .models
            .listen(&reading, Glance::of(&reading), &self.cues, &clauses.chars);
        let pairs = self.pairs.find(reading.normalized(), &scored.found.halves);
        scored.weigh_dangers(&pairs);
        let mut decision = self.decide(&scored);
        let sure = self.sure_risks(&scored, &pairs);
        decision.add_risks(sure);
        let mut values = [0; Block::ALL.len()];
        for &block in Block::ALL {
            values[block as usize] = decision.of(block);
        }
        let shown = Block::Psychology.offset() + decision.of(Block::Psychology) as usize;
        let mut room = None;
        let voices = scored.voices_for(&clauses.chars, &decision, &mut room);
        let underline = Underline::new(&self.cues, &reading, &scored, &clauses, voices);
        let ranges = underline.ranges(shown);
        let evidence: Vec<domain::Span> = ranges.map(|chars| reading.home_chars(chars)).collect();
        let honesty = &scored.model.honesty;
        let probable = honesty.chances(&scored.scores, &decision, scored.own);
        let named = Block::Temperament.offset() + decision.of(Block::Temperament) as usize;
        if probable.at(named) < honesty.sure_temperament(scored.own) {
            values[Block::Temperament as usize] = Temperament::Unknown.index() as u32;
        }
        let mut chances = probable.all();
        for value in (0..Block::Risks.size()).filter(|value| sure >> value & 1 == 1) {
            let p = &mut chances[Block::Risks.offset() + value];
            *p = p.max(SURE);
        }
        Read {
            text,
            values,
            without: self.read_without(&text.text, &decision, chances[shown], &evidence),
            chances,
            evidence,
        }
    }

    /// The psychology read from the evidence alone and from the rest; nothing when there is none to carry.
    fn read_without(
        &self,
        text: &str,
        decision: &Decision,
        before: f32,
        evidence: &[domain::Span],
    ) -> Option<Without> {
        let psychology = decision.of(Block::Psychology);
        if psychology == Psychology::None.index() as u32 || evidence.is_empty() {
            return None;
        }
        let score = |kept| {
            let part = part_of(text, evidence, kept);
            let part = text::read(&part);
            let scored = self.models.score(&part, &self.cues);
            let decision = self.decide(&scored);
            let honesty = &scored.model.honesty;
            let chances = honesty.chances(&scored.scores, &decision, scored.own);
            let at = Block::Psychology.offset() + psychology as usize;
            (decision.of(Block::Psychology), chances.at(at))
        };
        let (alone, rest) = (score(true), score(false));
        Some(Without {
            sufficient: alone.0 == psychology,
            before,
            after: rest.1,
        })
    }
}
