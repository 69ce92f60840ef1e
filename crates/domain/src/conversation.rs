//! A conversation as it came in: who said what, and when, as far as the channel knows.

use crate::{CaseId, Channel, Speaker, TalkDoubt, Timestamp};

/// One thing said.
#[derive(Clone, Debug, PartialEq)]
pub struct Turn {
    /// Who said it.
    pub speaker: Speaker,
    /// How probable the speaker is, 0–1; 1 when the channel names them.
    pub speaker_p: f32,
    /// The words as received.
    pub text: String,
    /// When it was said or sent.
    pub at: Option<Timestamp>,
    /// When it began, in milliseconds from the beginning of the conversation.
    pub starts_ms: Option<i64>,
    /// When it ended, in milliseconds from the beginning of the conversation.
    pub ends_ms: Option<i64>,
}

impl Turn {
    /// Words of a known speaker at no known time.
    pub fn new(speaker: Speaker, text: impl Into<String>) -> Self {
        Self {
            speaker,
            speaker_p: 1.0,
            text: text.into(),
            at: None,
            starts_ms: None,
            ends_ms: None,
        }
    }
}

/// What customer and agent said to each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Conversation {
    /// The name the channel gives it.
    pub id: String,
    /// Where it was held.
    pub channel: Channel,
    /// Who spoke for the organization, when the channel tells.
    pub agent: Option<String>,
    /// The case it is about, when there is one already.
    pub case: Option<CaseId>,
    /// What was said, in order.
    pub turns: Vec<Turn>,
    /// What was amiss with the record of it.
    pub doubts: Vec<TalkDoubt>,
}

impl Conversation {
    /// A conversation without turns.
    pub fn new(id: impl Into<String>, channel: Channel) -> Self {
        Self {
            id: id.into(),
            channel,
            agent: None,
            case: None,
            turns: Vec::new(),
            doubts: Vec::new(),
        }
    }
}
