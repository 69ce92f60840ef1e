//! Labeled texts: one JSON object per line with the codebook's short keys.

use serde_json::{Map, Value};

use crate::block::{Block, Choice, REGISTERS};

/// The source of texts that were written in the manner of every kind.
const EVERY_KIND: &str = "every";

/// One labeled text; a facet without a label is simply not learned from, nor measured, on this text.
#[derive(Clone, Debug, PartialEq)]
pub struct LabeledText {
    /// The row's own name, or its line number.
    pub id: String,
    /// The words.
    pub text: String,
    /// The exact words that best show the psychology; empty when not given.
    pub evidence: String,
    /// Which of the files learned from it stands in, from 0.
    pub(crate) origin: usize,
    labels: [Option<u32>; Block::ALL.len()],
}

/// A line that could not be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}{}: {reason}", field.as_ref().map_or(String::new(), |name| format!(", field {name}")))]
pub struct LabelError {
    /// The line, from 1.
    pub line: usize,
    /// The field concerned, when it is one.
    pub field: Option<String>,
    /// What is wrong with it and what to do.
    pub reason: String,
}

/// What is wrong with a line: the field concerned, when it is one, and what to do.
pub(crate) type Fault = (Option<&'static str>, String);

/// The object of a line.
pub(crate) fn object_of(line: &str) -> Result<Map<String, Value>, Fault> {
    match serde_json::from_str(line) {
        Ok(Value::Object(row)) => Ok(row),
        Ok(_) => Err((None, "is no JSON object: write one object per line".to_owned())),
        Err(error) => {
            let column = error.column();
            Err((
                None,
                format!("is no JSON at column {column}: write one object per line"),
            ))
        }
    }
}

/// The reason when a value is unknown. It never quotes what stood there, which may be somebody's words or number.
pub(crate) fn none_of(values: &str) -> String {
    format!("holds none of its values: write one of {values}")
}

/// The refusal of a line, counted from 1.
pub(crate) fn refuse(line: usize, (field, reason): Fault) -> LabelError {
    LabelError {
        line,
        field: field.map(str::to_owned),
        reason,
    }
}

impl LabeledText {
    /// The label of a block: the index of its value, or a bit for each value that holds. Nothing when not labeled.
    pub fn label(&self, block: Block) -> Option<u32> {
        self.labels[block as usize]
    }
}

/// Reads labeled lines. Conversations (`turns`) are read through the words of their customer. Unknown keys are
/// passed over; lines without text or with an unknown value are refused one by one.
pub fn read_labeled(lines: &str) -> (Vec<LabeledText>, Vec<LabelError>) {
    let mut texts = Vec::new();
    let mut errors = Vec::new();
    for (index, line) in lines.lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        match read_line(line, index + 1) {
            Ok(text) => texts.push(text),
            Err(fault) => errors.push(refuse(index + 1, fault)),
        }
    }
    (texts, errors)
}

fn read_line(line: &str, number: usize) -> Result<LabeledText, Fault> {
    let row = &object_of(line)?;
    let text = words_of(row).ok_or_else(|| {
        let advice = "is missing: give the text in it, or a conversation in `turns`";
        (Some("text"), advice.to_owned())
    })?;
    let mut labels = [None; Block::ALL.len()];
    for &block in Block::ALL {
        labels[block as usize] = match block {
            Block::Register => register_of(row),
            _ => label_of(row, block).map_err(|reason| (Some(block.key()), reason))?,
        };
    }
    Ok(LabeledText {
        id: row.get("id").map_or_else(|| number.to_string(), plain),
        text,
        evidence: row.get("ev").map_or_else(String::new, plain),
        origin: 0,
        labels,
    })
}

fn words_of(row: &Map<String, Value>) -> Option<String> {
    if let Some(text) = row.get("text").and_then(Value::as_str) {
        return Some(text.to_owned());
    }
    let turns = row.get("turns")?.as_array()?;
    let said = turns
        .iter()
        .filter(|turn| turn.get("role").and_then(Value::as_str) == Some("customer"));
    let words: Vec<&str> = said.filter_map(|turn| turn.get("text")?.as_str()).collect();
    Some(words.join("\n"))
}

/// The kind of text by its source; none for texts written in the manner of every kind.
fn register_of(row: &Map<String, Value>) -> Option<u32> {
    let source = row.get("source").and_then(Value::as_str).unwrap_or("");
    if source == EVERY_KIND {
        return None;
    }
    let known = REGISTERS.iter().position(|register| source.starts_with(register));
    Some(known.unwrap_or(0) as u32)
}

fn label_of(row: &Map<String, Value>, block: Block) -> Result<Option<u32>, String> {
    let Some(label) = row.get(block.key()) else {
        return Ok(None);
    };
    let values = block.values();
    let place = |value: &Value| {
        let word = plain(value);
        let known = values.iter().position(|known| *known == word);
        known
            .map(|index| index as u32)
            .ok_or_else(|| none_of(&values.join(", ")))
    };
    match (block.choice(), label) {
        (Choice::Many, Value::Array(items)) => {
            let bits: Result<Vec<u32>, String> = items.iter().map(|item| Ok(1 << place(item)?)).collect();
            Ok(Some(bits?.into_iter().fold(0, |all, bit| all | bit)))
        }
        (Choice::Many, _) => Err("must be a list of values, such as [] for none".to_owned()),
        (Choice::One, Value::Null) if block == Block::Secondary => Ok(values
            .iter()
            .position(|known| *known == "none")
            .map(|index| index as u32)),
        (Choice::One, Value::Null) => Ok(None),
        (Choice::One, one) => place(one).map(Some),
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Bool(flag) => u8::from(*flag).to_string(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_texts_and_conversations_and_names_what_is_wrong() {
        let lines = concat!(
            r#"{"id":"a","text":"退钱","c":1,"psy":"redress","psy2":null,"mot":["refund","leverage"],"x":3}"#,
            "\n\n",
            r#"{"turns":[{"role":"customer","text":"在吗"},{"role":"agent","text":"在"},{"role":"customer","text":"退"}],"psy":"solve"}"#,
            "\n",
            r#"{"text":"好","psy":"happy"}"#,
            "\n",
            "oops",
        );
        let (texts, errors) = read_labeled(lines);
        assert_eq!(texts.len(), 2);
        assert_eq!(texts[0].label(Block::Complaint), Some(1));
        assert_eq!(texts[0].label(Block::Motives), Some(1 | 1 << 9));
        assert_eq!(texts[0].label(Block::Secondary), Some(7));
        assert_eq!(texts[0].label(Block::Emotion), None);
        assert_eq!((texts[1].id.as_str(), texts[1].text.as_str()), ("3", "在吗\n退"));
        let reasons: Vec<String> = errors.iter().map(LabelError::to_string).collect();
        assert_eq!(
            reasons[0],
            "line 4, field psy: holds none of its values: write one of solve, vent, respect, redress, recognition, revenge, exchange, none"
        );
        assert_eq!(
            reasons[1],
            "line 5: is no JSON at column 1: write one object per line"
        );
    }
}
