//! Texts marked with particulars: personal data, values, promises; one JSON object per line.

use std::ops::Range;

use domain::Timestamp;
use serde_json::{Map, Value};

/// A place in the text that was marked.
pub(super) struct MarkedSpan {
    /// The kind of particular, as the product names it.
    pub(super) kind: String,
    /// The code points.
    pub(super) place: Range<usize>,
    /// The value; null where none can be known.
    pub(super) value: Value,
}

/// A promise that was marked.
pub(super) struct MarkedPromise {
    pub(super) place: Range<usize>,
    pub(super) by: Option<String>,
    pub(super) until: Option<String>,
    pub(super) state: String,
}

/// What a row marks.
pub(super) enum Marks {
    /// Personal data and order numbers.
    Personal(Vec<MarkedSpan>),
    /// Money, dates and durations.
    Values(Vec<MarkedSpan>),
    /// Promises, what was expected and what came.
    Promises {
        promises: Vec<MarkedPromise>,
        expected: Option<Range<usize>>,
        received: Option<Range<usize>>,
    },
}

/// One marked text.
pub(super) struct MarkedText {
    pub(super) id: String,
    pub(super) text: String,
    pub(super) received_at: Option<Timestamp>,
    pub(super) marks: Marks,
}

/// Whether these lines mark particulars rather than facets; the first row tells.
pub(super) fn marks_particulars(lines: &str) -> bool {
    let first = lines.lines().find(|line| !line.trim().is_empty());
    let row = first.and_then(|line| serde_json::from_str::<Value>(line).ok());
    row.is_some_and(|row| row.get("spans").is_some() || row.get("promises").is_some())
}

/// The marked texts, and the lines that could not be read with the reason.
pub(super) fn read_marked(lines: &str) -> (Vec<MarkedText>, Vec<String>) {
    let (mut texts, mut errors) = (Vec::new(), Vec::new());
    for (index, line) in lines
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
    {
        match read_row(line) {
            Ok(text) => texts.push(text),
            Err(reason) => errors.push(format!("line {}: {reason}", index + 1)),
        }
    }
    (texts, errors)
}

/// What is wrong with a line, without its words: they may be somebody's name or number.
fn fault_of(error: &serde_json::Error) -> String {
    format!("is no JSON object, at column {}", error.column())
}

fn read_row(line: &str) -> Result<MarkedText, String> {
    let row: Map<String, Value> = serde_json::from_str(line).map_err(|error| fault_of(&error))?;
    let text = row
        .get("text")
        .and_then(Value::as_str)
        .ok_or("field text: is missing")?
        .to_owned();
    let length = text.chars().count();
    let received_at = match row.get("received_at").and_then(Value::as_str) {
        Some(at) => Some(wire::time::parse_rfc3339(at).ok_or("field received_at: is no time in RFC 3339")?),
        None => None,
    };
    let marks = match (row.get("promises"), row.get("spans")) {
        (Some(promises), _) => Marks::Promises {
            promises: each(promises, |one| read_promise(one, length))?,
            expected: optional_place(row.get("expected"), length)?,
            received: optional_place(row.get("received"), length)?,
        },
        (None, Some(spans)) => {
            let spans = each(spans, |one| read_span(one, length))?;
            if received_at.is_some() {
                Marks::Values(spans)
            } else {
                Marks::Personal(spans)
            }
        }
        (None, None) => return Err("field spans: is missing".to_owned()),
    };
    let id = row
        .get("id")
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned();
    Ok(MarkedText {
        id,
        text,
        received_at,
        marks,
    })
}

fn each<T>(list: &Value, read: impl Fn(&Value) -> Result<T, String>) -> Result<Vec<T>, String> {
    let list = list.as_array().ok_or("the marks are no list")?;
    list.iter().map(read).collect()
}

fn read_span(mark: &Value, length: usize) -> Result<MarkedSpan, String> {
    Ok(MarkedSpan {
        kind: mark["kind"].as_str().ok_or("field kind: is missing")?.to_owned(),
        place: place(mark, length)?,
        value: mark["value"].clone(),
    })
}

fn read_promise(mark: &Value, length: usize) -> Result<MarkedPromise, String> {
    let words = |name: &str| mark[name].as_str().map(str::to_owned);
    Ok(MarkedPromise {
        place: place(mark, length)?,
        by: words("by"),
        until: words("until"),
        state: words("state").ok_or("field state: is missing")?,
    })
}

fn optional_place(mark: Option<&Value>, length: usize) -> Result<Option<Range<usize>>, String> {
    match mark {
        None | Some(Value::Null) => Ok(None),
        Some(mark) => place(mark, length).map(Some),
    }
}

/// The code points of a mark, which must lie in the text.
fn place(mark: &Value, length: usize) -> Result<Range<usize>, String> {
    let at = |name: &str| mark[name].as_u64().and_then(|at| usize::try_from(at).ok());
    match (at("start"), at("end")) {
        (Some(start), Some(end)) if start < end && end <= length => Ok(start..end),
        _ => Err("a mark has no start and end inside of the text".to_owned()),
    }
}
