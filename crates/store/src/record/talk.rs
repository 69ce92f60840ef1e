//! The stored form of conversations.

use domain::{CaseId, Channel, Conversation, Speaker, TalkDoubt, Timestamp, Turn};

mirror_struct! { Turn as TurnRecord {
    speaker: Speaker,
    speaker_p: f32,
    text: String,
    at: Option<Timestamp>,
    starts_ms: Option<i64>,
    ends_ms: Option<i64>,
} }

mirror_struct! { Conversation as ConversationRecord {
    id: String,
    channel: Channel,
    agent: Option<String>,
    #[serde(default)] case: Option<CaseId>,
    turns: Vec<Turn>,
    doubts: Vec<TalkDoubt>,
} }
