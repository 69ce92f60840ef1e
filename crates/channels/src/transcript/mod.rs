//! Transcripts of conversations: JSONL, text with speaker marks, subtitles and the JSON of speech vendors. Speakers
//! that a record does not name are guessed, with a probability.

mod guess;
mod json;
mod text;
mod times;

use domain::{Channel, Conversation, Speaker, TalkDoubt, Turn};

use crate::error::RecordError;

/// Most turns of one conversation that are kept; what comes after is not read.
const MOST_TURNS: usize = 20_000;

/// The conversations of a file, and what was refused.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Transcripts {
    /// In order.
    pub conversations: Vec<Conversation>,
    /// Lines and records that could not be used.
    pub refused: Vec<RecordError>,
}

/// The shape of a file of transcripts, where it is not to be guessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TranscriptShape {
    /// A JSON object per line, or the JSON of a speech vendor.
    Jsonl,
    /// Subtitles as SRT.
    Srt,
    /// Subtitles as WebVTT.
    Vtt,
    /// Lines with speaker marks.
    Text,
}

/// What a record says about who speaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// A role.
    Known(Speaker),
    /// A name that stands for somebody, such as `A`, `1` or `spk_0`.
    Label(String),
    /// Nothing.
    None,
}

/// Something said, before it is known by whom.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Said {
    pub(crate) mark: Mark,
    pub(crate) turn: Turn,
}

impl Said {
    pub(crate) fn new(mark: Mark, text: impl Into<String>) -> Self {
        Self {
            mark,
            turn: Turn::new(Speaker::Unknown, text),
        }
    }
}

/// Reads the conversations of a file's text. `name` names those that have no name of their own; a
/// shape left out is guessed. Never fails: odd
/// records are refused one by one, odd conversations have doubts.
pub fn read_transcripts(
    words: &str,
    name: &str,
    channel: Channel,
    shape: Option<TranscriptShape>,
) -> Transcripts {
    let words = words.trim_start_matches('\u{feff}');
    let shape = shape.unwrap_or_else(|| match words.trim_start().chars().next() {
        Some('{' | '[') if json::is_json(words) => TranscriptShape::Jsonl,
        _ => TranscriptShape::Text,
    });
    match shape {
        TranscriptShape::Jsonl => json::read(words, name, channel),
        // Lines of times tell subtitles from marked lines by themselves.
        TranscriptShape::Srt | TranscriptShape::Vtt | TranscriptShape::Text => {
            text::read(words, name, channel)
        }
    }
}

/// The role a word stands for: a key, a name, or a name that holds one.
pub(crate) fn speaker_of(word: &str) -> Option<Speaker> {
    use domain::Vocabulary as _;
    let word = word.trim();
    if let Some(speaker) = Speaker::from_word(word) {
        return (speaker != Speaker::Unknown).then_some(speaker);
    }
    let held = [
        (
            Speaker::Bot,
            &["机器人", "智能客服", "小助手", "bot", "automated"][..],
        ),
        (Speaker::System, &["系统", "system", "提示"][..]),
        (
            Speaker::Agent,
            &[
                "客服",
                "坐席",
                "座席",
                "店员",
                "商家",
                "专员",
                "agent",
                "工号",
                "服务台",
                "经理",
            ][..],
        ),
        (
            Speaker::Customer,
            &[
                "客户",
                "顾客",
                "用户",
                "买家",
                "消费者",
                "来电",
                "投诉人",
                "customer",
                "user",
            ][..],
        ),
    ];
    let lower = word.to_lowercase();
    held.iter()
        .find(|(_, names)| names.iter().any(|name| lower.contains(name)))
        .map(|(speaker, _)| *speaker)
}

/// A conversation of what was said, speakers guessed where they are not named.
pub(crate) fn conversation(
    id: String,
    channel: Channel,
    agent: Option<String>,
    mut said: Vec<Said>,
) -> Conversation {
    let mut conversation = Conversation::new(id, channel);
    if said.len() > MOST_TURNS {
        said.truncate(MOST_TURNS);
        conversation.doubts.push(TalkDoubt::VeryLong);
    }
    guess::fill_speakers(&mut said);
    conversation.agent = agent;
    conversation.turns = said.into_iter().map(|said| said.turn).collect();
    conversation
}

#[cfg(test)]
mod tests;
