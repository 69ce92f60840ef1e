//! What is known of one turn before its neighbors are looked at.

use domain::{Speaker, Turn};

use crate::block::{Block, OUTPUTS};
use crate::cues::Cues;
use crate::models::Models;
use crate::shape::{MEASURES, measure};
use crate::talk::words::TalkWords;

/// Scores of the engine that a turn is read with: complaint, emotion and intensity. The others were learned from the
/// same conversations as wholes, so that they would seem surer here than they are.
pub(crate) const ENGINE: usize = 10;
/// Signs of how the turn was spoken.
pub(crate) const SIGNS: usize = 3;
/// Most code points of one turn that are read; nobody says more in one breath.
const LONGEST: usize = 4_000;

/// Whose turn it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Customer,
    Agent,
}

impl Side {
    /// The side that a speaker is on; machines are on none.
    pub(crate) fn of(speaker: Speaker) -> Option<Self> {
        match speaker {
            Speaker::Customer => Some(Self::Customer),
            Speaker::Agent => Some(Self::Agent),
            _ => None,
        }
    }

    /// The other side.
    pub(crate) fn other(self) -> Self {
        match self {
            Self::Customer => Self::Agent,
            Self::Agent => Self::Customer,
        }
    }
}

/// One turn by itself.
pub(crate) struct Facts {
    pub(crate) side: Option<Side>,
    /// The rows of its pieces, cut to the bits of a slot where they are used.
    pub(crate) rows: Vec<u32>,
    pub(crate) engine: [f32; ENGINE],
    pub(crate) measures: [f32; MEASURES],
    /// The classes of words in it, a bit each.
    pub(crate) classes: u64,
    pub(crate) signs: [f32; SIGNS],
}

impl Facts {
    /// Reads a turn.
    pub(crate) fn of(turn: &Turn, models: &Models, cues: &Cues, words: &TalkWords) -> Self {
        let said = shorten(&turn.text);
        let reading = text::read(said);
        let scored = models.score(&reading, cues);
        Self {
            side: Side::of(turn.speaker).filter(|_| !reading.is_blank()),
            engine: engine_of(&scored.scores),
            measures: measure(&scored.glance),
            classes: words.classes_in(reading.normalized()),
            signs: signs_of(reading.normalized()),
            rows: scored.rows,
        }
    }

    /// Whether a word of this class stands in it.
    pub(crate) fn has(&self, class: usize) -> bool {
        self.classes >> class & 1 == 1
    }
}

/// The part of a turn that is read.
pub(crate) fn shorten(said: &str) -> &str {
    match said.char_indices().nth(LONGEST) {
        Some((byte, _)) => &said[..byte],
        None => said,
    }
}

fn engine_of(scores: &[f32; OUTPUTS]) -> [f32; ENGINE] {
    let blocks = [Block::Complaint, Block::Emotion, Block::Intensity];
    let mut engine = [0f32; ENGINE];
    let outputs = blocks.into_iter().flat_map(Block::range);
    for (into, output) in engine.iter_mut().zip(outputs) {
        *into = scores[output].clamp(-8.0, 8.0);
    }
    engine
}

/// Cut off at the end; marked as talking over the other; very short.
fn signs_of(normalized: &str) -> [f32; SIGNS] {
    let trimmed = normalized.trim_end();
    let cut = trimmed.ends_with(['—', '-', '~', '…']) || trimmed.ends_with("...");
    let marked = trimmed.starts_with(['[', '(', '【', '「']);
    let short = trimmed.chars().nth(9).is_none();
    [cut, marked, short].map(|sign| if sign { 1.0 } else { 0.0 })
}
