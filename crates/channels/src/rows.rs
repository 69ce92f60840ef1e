//! The records of a file in any format, one after the other.

use std::io::{BufReader, Chain, Cursor, Read};

use domain::Channel;
use serde_json::Value;

use crate::error::{OpenError, RecordError, fault_of_json};
use crate::format::Format;
use crate::limits::LONGEST_RECORD;
use crate::lines::{Decoder, Line, next_line, read_start};
use crate::record::{Record, record_from_json};
use crate::source::Source;
use crate::table::Table;
use crate::workbook::Workbook;

/// How a file is to be read.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The format.
    pub format: Format,
    /// The column or field of the text, when it goes by no known name.
    pub column: Option<String>,
    /// The channel of records that name none.
    pub channel: Channel,
}

type Bytes = Chain<Cursor<Vec<u8>>, Source>;

/// The records of a file. A bad record is an error among them; the rest goes on.
pub struct Rows {
    reading: Reading,
    shape: Shape,
    /// Why the reading ended before the end of the file.
    failure: Option<OpenError>,
}

enum Shape {
    Lines {
        reader: Box<BufReader<Bytes>>,
        decoder: Decoder,
        line: u64,
    },
    Table(Box<Table<BufReader<Bytes>>>),
    Workbook(Workbook),
    Over,
}

impl Rows {
    /// Starts to read.
    ///
    /// # Errors
    /// When the format is not read, the start cannot be read, or the text's column is not found.
    pub fn open(mut source: Source, reading: Reading) -> Result<Self, OpenError> {
        match reading.format {
            Format::Xlsx => {
                let workbook = Workbook::open(source, reading.column.as_deref())?;
                return Ok(Self::of(reading, Shape::Workbook(workbook)));
            }
            Format::Parquet => return Err(OpenError::NotRead { format: "Parquet" }),
            Format::Text | Format::Jsonl | Format::Csv => {}
        }
        let start = read_start(&mut source).map_err(|source| OpenError::Io { line: 0, source })?;
        let skipped = if start.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
        let decoder = Decoder::of(&start);
        let body = start[skipped..].to_vec();
        let bytes = BufReader::with_capacity(64 * 1024, Cursor::new(body).chain(source));
        let shape = match reading.format {
            Format::Csv => Shape::Table(Box::new(Table::open(&start, bytes, reading.column.as_deref())?)),
            _ => Shape::Lines {
                reader: Box::new(bytes),
                decoder,
                line: 0,
            },
        };
        Ok(Self::of(reading, shape))
    }

    fn of(reading: Reading, shape: Shape) -> Self {
        Self {
            reading,
            shape,
            failure: None,
        }
    }

    /// Why the reading ended early, if it did; asked after the last record.
    pub fn failure(&mut self) -> Option<OpenError> {
        self.failure.take()
    }

    fn fail(&mut self, line: u64, source: std::io::Error) -> Option<Result<Record, RecordError>> {
        self.shape = Shape::Over;
        self.failure = Some(OpenError::Io { line, source });
        None
    }
}

impl Iterator for Rows {
    type Item = Result<Record, RecordError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match &mut self.shape {
                Shape::Over => return None,
                Shape::Workbook(workbook) => return workbook.next_row(self.reading.channel),
                Shape::Table(table) => {
                    return match table.next_row(self.reading.channel)? {
                        Ok(row) => Some(row),
                        Err(error) => {
                            let line = table.line();
                            self.fail(line, error)
                        }
                    };
                }
                Shape::Lines {
                    reader,
                    decoder,
                    line,
                } => match next_line(reader.as_mut()) {
                    Ok(None) => return None,
                    Err(error) => {
                        let line = *line;
                        return self.fail(line, error);
                    }
                    Ok(Some(found)) => {
                        *line += 1;
                        if let Some(record) = record_of(&self.reading, decoder, found, *line) {
                            return Some(record);
                        }
                    }
                },
            }
        }
    }
}

/// The record of a line; nothing for the blank lines of a JSONL file.
fn record_of(
    reading: &Reading,
    decoder: &mut Decoder,
    line: Line,
    number: u64,
) -> Option<Result<Record, RecordError>> {
    let Line::Bytes(bytes) = line else {
        let reason = format!("is longer than {LONGEST_RECORD} bytes: split it");
        return Some(Err(RecordError::new(number, None, reason)));
    };
    let text = match decoder.decode(&bytes) {
        Ok(text) => text,
        Err(error) => return Some(Err(RecordError::new(number, None, error.to_string()))),
    };
    match reading.format {
        Format::Jsonl if text.trim().is_empty() => None,
        Format::Jsonl => Some(record_of_json(reading, &text, number)),
        _ => Some(Ok(Record::bare(number, number, text, reading.channel))),
    }
}

fn record_of_json(reading: &Reading, text: &str, line: u64) -> Result<Record, RecordError> {
    let value: Value = serde_json::from_str(text)
        .map_err(|error| RecordError::new(line, None, fault_of_json(&error, "one object")))?;
    let Value::Object(object) = value else {
        return Err(RecordError::new(
            line,
            None,
            "is no JSON object: write one object per line",
        ));
    };
    record_from_json(&object, reading.column.as_deref(), line, line, reading.channel)
}

#[cfg(test)]
mod tests;
