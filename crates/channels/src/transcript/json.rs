//! Transcripts as JSON: our own shape and those of Google, Contact Lens, 阿里, 腾讯 and 华为, which all are a list of
//! objects with words, a speaker and times, under different names.

use domain::{Channel, Conversation, TalkDoubt, Timestamp, Vocabulary as _};
use serde_json::{Map, Value};

use crate::error::{RecordError, fault_of_json};
use crate::time::parse_time;
use crate::transcript::{Mark, Said, Transcripts, conversation, speaker_of};

/// Names of the words.
const WORDS: [&str; 6] = [
    "text",
    "content",
    "finalsentence",
    "sentence",
    "transcript",
    "words",
];
/// Names of a role.
const ROLES: [&str; 6] = [
    "role",
    "participantrole",
    "speaker",
    "speakerrole",
    "from",
    "participantid",
];
/// Names of a track or of a voice that has no role.
const VOICES: [&str; 7] = [
    "channelid",
    "speakerid",
    "speaker_id",
    "channel_id",
    "user_id",
    "channel",
    "spk",
];
/// Names of a beginning in milliseconds.
const STARTS: [&str; 7] = [
    "begintime",
    "startms",
    "beginoffsetmillis",
    "start_ms",
    "starts_ms",
    "start_time",
    "begin_time",
];
/// Names of an end in milliseconds.
const ENDS: [&str; 6] = [
    "endtime",
    "endms",
    "endoffsetmillis",
    "end_ms",
    "ends_ms",
    "end_time",
];
/// How deep lists are looked for.
const DEEPEST: usize = 5;

/// Whether the text is JSON as a whole or by its first line.
pub(crate) fn is_json(words: &str) -> bool {
    let first = words
        .lines()
        .find(|line| !line.trim().is_empty())
        .unwrap_or_default();
    serde_json::from_str::<Value>(first).is_ok_and(|value| value.is_object() || value.is_array())
        || serde_json::from_str::<Value>(words).is_ok()
        || first.trim_start().starts_with("{\"")
}

/// Reads one document, or one object per line.
pub(crate) fn read(words: &str, name: &str, channel: Channel) -> Transcripts {
    let mut transcripts = Transcripts::default();
    if let Ok(whole) = serde_json::from_str::<Value>(words) {
        match whole {
            // A list of conversations, or of the sentences of one.
            Value::Array(items) if items.iter().any(|item| list_of(item).is_some()) => {
                for (index, item) in items.iter().enumerate() {
                    take(item, index as u64 + 1, name, channel, &mut transcripts);
                }
            }
            whole => take(&whole, 1, name, channel, &mut transcripts),
        }
        return transcripts;
    }
    for (index, line) in words
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
    {
        let line_number = index as u64 + 1;
        match serde_json::from_str::<Value>(line) {
            Ok(row) => take(&row, line_number, name, channel, &mut transcripts),
            Err(error) => {
                let reason = fault_of_json(&error, "one conversation");
                transcripts
                    .refused
                    .push(RecordError::new(line_number, None, reason));
            }
        }
    }
    transcripts
}

fn take(value: &Value, line: u64, name: &str, channel: Channel, into: &mut Transcripts) {
    let Some(list) = list_of(value) else {
        let reason = "holds no turns: give a list of objects with `role` and `text`";
        into.refused.push(RecordError::new(line, Some("turns"), reason));
        return;
    };
    let number = into.conversations.len() + 1;
    into.conversations
        .push(conversation_of(value, list, name, number, channel));
}

fn conversation_of(
    value: &Value,
    list: &[Value],
    name: &str,
    number: usize,
    channel: Channel,
) -> Conversation {
    let said: Vec<Said> = list.iter().filter_map(said_of).collect();
    let lost = list.len() - said.len();
    let own = |field: &str| value.get(field).and_then(plain);
    let id = own("id")
        .or_else(|| own("conversation_id"))
        .or_else(|| own("ContactId"));
    let id = id.unwrap_or_else(|| {
        if number == 1 {
            name.to_owned()
        } else {
            format!("{name}-{number}")
        }
    });
    let held = own("channel").and_then(|word| Channel::from_word(&word));
    let agent = own("agent").or_else(|| list.iter().find_map(|turn| turn.get("agent").and_then(plain)));
    let mut conversation = conversation(id, held.unwrap_or(channel), agent, said);
    if lost > 0 {
        conversation.doubts.push(TalkDoubt::Broken);
    }
    conversation
}

/// The first list of objects with words, however deep.
fn list_of(value: &Value) -> Option<&[Value]> {
    find_list(value, 0)
}

fn find_list(value: &Value, depth: usize) -> Option<&[Value]> {
    if depth > DEEPEST {
        return None;
    }
    match value {
        Value::Array(items) if items.iter().any(|item| item.as_object().is_some_and(has_words)) => {
            Some(items)
        }
        Value::Array(items) => items.iter().find_map(|item| find_list(item, depth + 1)),
        Value::Object(row) => row.values().find_map(|inside| find_list(inside, depth + 1)),
        _ => None,
    }
}

fn has_words(row: &Map<String, Value>) -> bool {
    words_of(row).is_some()
}

/// The words of an object: its own, or those of the object it wraps, as live segments do.
fn words_of(row: &Map<String, Value>) -> Option<(&Map<String, Value>, String)> {
    if let Some(words) = field(row, &WORDS).and_then(Value::as_str) {
        return Some((row, words.to_owned()));
    }
    let inside = row.values().filter_map(Value::as_object);
    inside
        .filter_map(|inside| Some((inside, field(inside, &WORDS)?.as_str()?.to_owned())))
        .next()
}

fn field<'v>(row: &'v Map<String, Value>, names: &[&str]) -> Option<&'v Value> {
    names.iter().find_map(|name| {
        row.iter()
            .find(|(key, value)| key.eq_ignore_ascii_case(name) && !value.is_null())
            .map(|(_, value)| value)
    })
}

fn said_of(value: &Value) -> Option<Said> {
    let outer = value.as_object()?;
    let (inner, words) = words_of(outer)?;
    let find = |names: &[&str]| field(inner, names).or_else(|| field(outer, names));
    let mut said = Said::new(mark_of(find(&ROLES), find(&VOICES)), words);
    said.turn.starts_ms = find(&STARTS).and_then(milliseconds);
    said.turn.ends_ms = find(&ENDS).and_then(milliseconds);
    let written = find(&["at", "time", "timestamp", "created_at"]).and_then(Value::as_str);
    let micros = find(&["start_timestamp_usec"]).and_then(milliseconds);
    said.turn.at = written
        .and_then(parse_time)
        .or(micros.map(|micros| Timestamp(micros / 1_000)));
    Some(said)
}

fn mark_of(role: Option<&Value>, voice: Option<&Value>) -> Mark {
    let word = role.and_then(plain);
    if let Some(speaker) = word.as_deref().and_then(speaker_of) {
        return Mark::Known(speaker);
    }
    match word
        .or_else(|| voice.and_then(plain))
        .filter(|word| !word.trim().is_empty())
    {
        Some(label) => Mark::Label(label),
        None => Mark::None,
    }
}

fn milliseconds(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => number.as_i64().or_else(|| number.as_f64().map(|ms| ms as i64)),
        Value::String(words) => words.trim().parse().ok(),
        _ => None,
    }
}

fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(word) => Some(word.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
