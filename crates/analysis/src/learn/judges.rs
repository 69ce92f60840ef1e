//! Makes the three judges of particulars, of names, of codes and of sums of money, from hand-written frames and plain texts.

use serde_json::Value;

use super::amounts::learn_amounts;
use super::codes::learn_codes;
use super::persons::learn_names;
use super::recipe::{DataFile, hex};

/// The same seed gives the same bytes.
const SEED: u64 = 7;
/// Outside texts are cut to this many characters.
const LONGEST: usize = 400;

/// What a judge of particulars judges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judge {
    /// Whether characters are a person's name.
    Names,
    /// What a code of letters and digits is.
    Codes,
    /// Whether a bare number is a sum of money.
    Amounts,
}

impl Judge {
    /// Whether it learns from plain texts besides its frames.
    pub fn reads_plain_texts(self) -> bool {
        self != Self::Amounts
    }
}

/// A judge as it was made.
pub struct JudgeTrained {
    /// The table of weights.
    pub bytes: Vec<u8>,
    /// The hash of the bytes, in hexadecimal.
    pub sha256: String,
    /// Name, hash and number of texts of each file learned from; the frames come first.
    pub data: Vec<(String, String, usize)>,
}

/// Makes a judge from its frames, from the project's own texts, in which names are put, and from outside ones.
pub fn train_judge(
    judge: Judge,
    frames: &DataFile<'_>,
    own: &[DataFile<'_>],
    outside: &[DataFile<'_>],
) -> JudgeTrained {
    let lines = String::from_utf8_lossy(frames.bytes);
    let count = lines.lines().filter(|line| !line.starts_with('#')).count();
    let mut data = vec![(frames.name.clone(), hex(frames.bytes), count)];
    let mut read = |files: &[DataFile<'_>], texts_of: fn(&Value) -> Vec<String>| {
        let mut all = Vec::new();
        for file in files {
            let before = all.len();
            let rows = String::from_utf8_lossy(file.bytes);
            let rows = rows
                .lines()
                .filter_map(|line| serde_json::from_str::<Value>(line).ok());
            let texts = rows.flat_map(|row| texts_of(&row));
            all.extend(texts.map(|text| text::read(&text).normalized().to_owned()));
            data.push((file.name.clone(), hex(file.bytes), all.len() - before));
        }
        all
    };
    let texts = read(own, own_texts);
    let others = read(outside, outside_texts);
    let bytes = match judge {
        Judge::Names => learn_names(&lines, &texts, &others, SEED),
        Judge::Codes => learn_codes(&lines, &texts, &others, SEED),
        Judge::Amounts => learn_amounts(&lines, SEED),
    };
    JudgeTrained {
        sha256: hex(&bytes),
        bytes,
        data,
    }
}

/// The text of a row, or each turn of its conversation.
fn own_texts(row: &Value) -> Vec<String> {
    let text = row["text"].as_str().map(str::to_owned);
    text.into_iter().chain(turns_of(row)).collect()
}

/// The text of a row, or its conversation as one text, cut.
fn outside_texts(row: &Value) -> Vec<String> {
    let text = row["text"].as_str().filter(|text| !text.is_empty());
    let whole = text.map_or_else(|| turns_of(row).join("\n"), str::to_owned);
    vec![whole.chars().take(LONGEST).collect()]
}

fn turns_of(row: &Value) -> Vec<String> {
    let turns = row["turns"].as_array().into_iter().flatten();
    turns
        .filter_map(|turn| turn["text"].as_str().map(str::to_owned))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outside_conversations_are_one_text_and_own_ones_several() {
        let row: Value = serde_json::from_str(r#"{"turns": [{"text": "在吗"}, {"text": "在的"}]}"#).unwrap();
        assert_eq!(own_texts(&row), ["在吗", "在的"]);
        assert_eq!(outside_texts(&row), ["在吗\n在的"]);
    }
}
