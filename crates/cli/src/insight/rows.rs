//! Rows of a CSV or JSONL file by the names of their columns; nested JSON fields go by their path.

use std::path::Path;

use channels::Format;
use serde_json::Value;

use crate::exit::{Failure, usage};
use crate::input::open_source;

/// One row.
pub(super) struct Row<'f> {
    /// The line of the file it begins on.
    pub(super) line: u64,
    cells: Cells<'f>,
}

enum Cells<'f> {
    Csv(&'f [String], csv::StringRecord),
    Json(Vec<(String, String)>),
}

impl Row<'_> {
    /// The first cell that one of the names fits and that is not empty.
    pub(super) fn get(&self, names: &[&str]) -> Option<&str> {
        let found = names.iter().find_map(|name| self.cell(name));
        found.map(str::trim).filter(|cell| !cell.is_empty())
    }

    fn cell(&self, name: &str) -> Option<&str> {
        match &self.cells {
            Cells::Csv(header, record) => {
                let place = header.iter().position(|own| fits(own, name))?;
                record.get(place)
            }
            Cells::Json(cells) => {
                let own = cells.iter().find(|(own, _)| fits(own, name));
                own.map(|(_, value)| value.as_str())
            }
        }
    }
}

/// Whether a column is meant: by its name or, for nested fields, by the end of its path.
fn fits(own: &str, name: &str) -> bool {
    let end = own
        .len()
        .checked_sub(name.len())
        .and_then(|start| own.get(start..));
    let before = own
        .len()
        .checked_sub(name.len() + 1)
        .and_then(|at| own.as_bytes().get(at));
    end.is_some_and(|end| end.eq_ignore_ascii_case(name)) && before.is_none_or(|mark| *mark == b'.')
}

/// Reads every row of a file; `take` says what is wrong with one, which is then named on stderr. Answers how many
/// were refused.
pub(super) fn read_rows(
    file: &Path,
    mut take: impl FnMut(&Row<'_>) -> Result<(), String>,
) -> Result<u64, Failure> {
    let text = open_source(file)?.read_text()?;
    let mut refused = 0;
    let mut take = |row: Result<Row<'_>, (u64, String)>| {
        let line = row.as_ref().map_or_else(|(line, _)| *line, |row| row.line);
        let taken = row.map_err(|(_, reason)| reason).and_then(|row| take(&row));
        if let Err(reason) = taken {
            let reason = app::mask_words(&reason);
            eprintln!("tingsu: {}: line {line}: {reason}", file.display());
            refused += 1;
        }
    };
    match Format::of_name(file) {
        Format::Jsonl => read_json(&text, &mut take),
        Format::Csv => read_csv(&text, &mut take)?,
        _ => {
            return Err(usage(format!(
                "{}: give a .csv or .jsonl file, plain, gzip or zstd",
                file.display()
            )));
        }
    }
    Ok(refused)
}

/// What is done with each row of a table, or with the line and reason of one that cannot be read.
type RowTaker<'a> = dyn FnMut(Result<Row<'_>, (u64, String)>) + 'a;
type Taken<'t, 'f> = &'t mut dyn FnMut(Result<Row<'f>, (u64, String)>);

fn read_json(text: &str, take: Taken<'_, '_>) {
    for (line, words) in (1..)
        .zip(text.lines())
        .filter(|(_, words)| !words.trim().is_empty())
    {
        match serde_json::from_str::<Value>(words) {
            Ok(Value::Object(object)) => {
                let mut cells = Vec::new();
                object
                    .iter()
                    .for_each(|(name, value)| flatten(name, value, &mut cells));
                let cells = Cells::Json(cells);
                take(Ok(Row { line, cells }));
            }
            Ok(_) => take(Err((line, "is no JSON object".to_owned()))),
            Err(error) => take(Err((line, format!("is no JSON: {error}")))),
        }
    }
}

/// Nested fields by their path; of a list its first element; an object with a `value` also stands for that.
fn flatten(path: &str, value: &Value, cells: &mut Vec<(String, String)>) {
    match value {
        Value::Null => {}
        Value::String(words) => cells.push((path.to_owned(), words.clone())),
        Value::Array(items) => {
            if let Some(first) = items.first() {
                flatten(path, first, cells);
            }
        }
        Value::Object(object) => {
            if let Some(value) = object
                .get("value")
                .filter(|value| !value.is_object() && !value.is_array())
            {
                flatten(path, value, cells);
            }
            for (name, value) in object {
                flatten(&format!("{path}.{name}"), value, cells);
            }
        }
        other => cells.push((path.to_owned(), other.to_string())),
    }
}

fn read_csv(text: &str, take: &mut RowTaker<'_>) -> Result<(), Failure> {
    let first = text.lines().next().unwrap_or_default();
    let marks = [';', '\t', ','];
    let mark = marks
        .into_iter()
        .max_by_key(|mark| first.matches(*mark).count())
        .unwrap_or(',');
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(mark as u8)
        .flexible(true)
        .from_reader(text.as_bytes());
    let header = reader
        .headers()
        .map_err(|error| usage(format!("the header cannot be read: {error}")))?;
    let header: Vec<String> = header.iter().map(|name| name.trim().to_owned()).collect();
    let mut record = csv::StringRecord::new();
    loop {
        let line = reader.position().line();
        match reader.read_record(&mut record) {
            Ok(false) => return Ok(()),
            Ok(true) if record.len() != header.len() => {
                let (have, need) = (record.len(), header.len());
                take(Err((
                    line,
                    format!("has {have} fields where the header has {need}"),
                )));
            }
            Ok(true) => {
                let line = record.position().map_or(line, csv::Position::line);
                let cells = Cells::Csv(&header, record.clone());
                take(Ok(Row { line, cells }));
            }
            Err(error) => take(Err((line, format!("is no row of CSV: {error}")))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nested_fields_go_by_their_path_or_its_end() {
        let mut cells = Vec::new();
        let value = serde_json::json!({"matter": {"product": "充电宝"}, "subjects": [{"value": "product", "p": 0.9}]});
        flatten("case", &value, &mut cells);
        let row = Row {
            line: 1,
            cells: Cells::Json(cells),
        };
        assert_eq!(row.get(&["product"]), Some("充电宝"));
        assert_eq!(row.get(&["case.matter.product"]), Some("充电宝"));
        assert_eq!(row.get(&["subjects"]), Some("product"));
        assert_eq!(row.get(&["duct", "p"]), Some("0.9"));
    }
}
