//! Labeled conversations: one JSON object per line, every turn labeled by the guide of the corpus.

use domain::{
    AgentAct, AgentFault, Channel, Conversation, EmotionStage, Intensity, Motive, Psychology, Speaker, Stage,
    Turn, Vocabulary,
};
use serde_json::{Map, Value};

use crate::labeled::{LabelError, object_of};

/// What a person heard in one turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TurnLabel {
    /// Stage and intensity of a customer's feeling.
    Customer(EmotionStage, Intensity),
    /// Acts and faults of an agent, a bit each in vocabulary order, and the stage of the flow.
    Agent(u32, u32, Stage),
    /// A machine's line.
    Other,
}

/// A conversation and what a person heard in it.
#[derive(Clone, Debug, PartialEq)]
pub struct LabeledTalk {
    /// What was said.
    pub conversation: Conversation,
    /// What was heard, by turn.
    pub labels: Vec<TurnLabel>,
    /// What the customer is after.
    pub psychology: Psychology,
    /// What is asked for.
    pub motives: Vec<Motive>,
    /// The first turn in which the customer escalates, from 0.
    pub escalated_at: Option<usize>,
    /// Whether the customer escalates.
    pub escalated: bool,
    /// How well the handling is rated, 0–100.
    pub score: f32,
}

/// Reads lines of labeled conversations; lines that cannot be used are refused one by one.
pub fn read_labeled_talks(lines: &str) -> (Vec<LabeledTalk>, Vec<LabelError>) {
    let (mut talks, mut errors) = (Vec::new(), Vec::new());
    for (index, line) in lines
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
    {
        let read = object_of(line)
            .map_err(|(field, reason)| (field.map(str::to_owned), reason))
            .and_then(|row| read_talk(&row).map_err(|(field, reason)| (Some(field), reason)));
        match read {
            Ok(talk) => talks.push(talk),
            Err((field, reason)) => errors.push(LabelError {
                line: index + 1,
                field,
                reason,
            }),
        }
    }
    (talks, errors)
}

type Refused = (String, String);

fn refuse(field: &str, reason: &str) -> Refused {
    (field.to_owned(), reason.to_owned())
}

fn read_talk(row: &Map<String, Value>) -> Result<LabeledTalk, Refused> {
    let id = row.get("id").and_then(Value::as_str).unwrap_or_default();
    let mut conversation = Conversation::new(id, key(row, "channel").unwrap_or(Channel::Chat));
    conversation.agent = row.get("agent").and_then(Value::as_str).map(str::to_owned);
    let turns = row.get("turns").and_then(Value::as_array);
    let mut labels = Vec::new();
    for turn in turns.ok_or_else(|| refuse("turns", "is no list"))? {
        let turn = turn
            .as_object()
            .ok_or_else(|| refuse("turns", "hold no objects"))?;
        let (said, label) = read_turn(turn)?;
        conversation.turns.push(said);
        labels.push(label);
    }
    let place = row.get("esc_turn").and_then(Value::as_u64);
    Ok(LabeledTalk {
        conversation,
        labels,
        psychology: key(row, "psy")?,
        motives: keys(row, "mot")?,
        escalated_at: place.map(|place| place as usize),
        escalated: row.get("esc").and_then(Value::as_u64) == Some(1),
        score: number(row, "score")?,
    })
}

fn read_turn(turn: &Map<String, Value>) -> Result<(Turn, TurnLabel), Refused> {
    let text = turn.get("text").and_then(Value::as_str);
    let text = text.ok_or_else(|| refuse("text", "is missing in a turn"))?;
    let speaker: Speaker = key(turn, "role")?;
    let label = match speaker {
        Speaker::Customer => {
            let strength = number(turn, "int")?.clamp(0.0, 3.0) as usize;
            TurnLabel::Customer(key(turn, "emo")?, Intensity::ALL[strength])
        }
        Speaker::Agent => TurnLabel::Agent(
            bits(&keys::<AgentAct>(turn, "acts")?),
            bits(&keys::<AgentFault>(turn, "faults")?),
            key(turn, "stage")?,
        ),
        _ => TurnLabel::Other,
    };
    Ok((Turn::new(speaker, text), label))
}

fn bits<V: Vocabulary>(values: &[V]) -> u32 {
    values.iter().fold(0, |bits, value| bits | 1 << value.index())
}

fn key<V: Vocabulary>(row: &Map<String, Value>, field: &str) -> Result<V, Refused> {
    let word = row.get(field).and_then(Value::as_str);
    word.and_then(V::from_key)
        .ok_or_else(|| refuse(field, "is not one of its values"))
}

fn keys<V: Vocabulary>(row: &Map<String, Value>, field: &str) -> Result<Vec<V>, Refused> {
    let words = row.get(field).and_then(Value::as_array);
    let words = words.ok_or_else(|| refuse(field, "is no list"))?;
    let value = |word: &Value| word.as_str().and_then(V::from_key);
    let values: Option<Vec<V>> = words.iter().map(value).collect();
    values.ok_or_else(|| refuse(field, "holds an unknown value"))
}

fn number(row: &Map<String, Value>, field: &str) -> Result<f32, Refused> {
    let number = row.get(field).and_then(Value::as_f64);
    number
        .map(|number| number as f32)
        .ok_or_else(|| refuse(field, "is no number"))
}
