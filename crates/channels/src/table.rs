//! Comma separated values: the columns are found by name, every row is decoded and checked by itself.

use std::io::Read;

use csv::{ByteRecord, Reader, ReaderBuilder};
use domain::Channel;

use crate::error::{OpenError, RecordError};
use crate::limits::LONGEST_RECORD;
use crate::lines::Decoder;
use crate::record::{Fill, Record, TEXT_COLUMNS};

/// The rows of a table below its header.
pub(crate) struct Table<R> {
    reader: Reader<R>,
    decoder: Decoder,
    header: Vec<String>,
    text: usize,
    fills: Vec<(usize, Fill)>,
    row: u64,
}

impl<R: Read> Table<R> {
    /// Reads the header and finds the columns.
    pub(crate) fn open(start: &[u8], bytes: R, column: Option<&str>) -> Result<Self, OpenError> {
        let mut decoder = Decoder::of(start);
        let mut reader = ReaderBuilder::new()
            .flexible(true)
            .delimiter(guess_delimiter(start))
            .from_reader(bytes);
        let bytes = reader.byte_headers().map_err(|error| OpenError::Header {
            reason: error.to_string(),
        })?;
        if bytes.is_empty() {
            let reason =
                "the file is empty; a table needs a first line with the names of its columns".to_owned();
            return Err(OpenError::Header { reason });
        }
        let header: Result<Vec<String>, _> = bytes
            .iter()
            .map(|name| decoder.decode(name).map(|name| name.trim().to_owned()))
            .collect();
        let header = header.map_err(|error| OpenError::Header {
            reason: error.to_string(),
        })?;
        let text = find_text_column(&header, column)?;
        let fills = header.iter().enumerate().filter(|(index, _)| *index != text);
        let fills = fills
            .filter_map(|(index, name)| Some((index, Fill::of_name(name)?)))
            .collect();
        Ok(Self {
            reader,
            decoder,
            header,
            text,
            fills,
            row: 0,
        })
    }

    /// The next row; nothing at the end. The outer error ends the reading.
    pub(crate) fn next_row(
        &mut self,
        channel: Channel,
    ) -> Option<Result<Result<Record, RecordError>, std::io::Error>> {
        let mut row = ByteRecord::new();
        let line = self.reader.position().line();
        match self.reader.read_byte_record(&mut row) {
            Ok(false) => None,
            Ok(true) => {
                self.row += 1;
                Some(Ok(self.record_of(&row, channel)))
            }
            Err(error) => match error.into_kind() {
                csv::ErrorKind::Io(source) => Some(Err(source)),
                other => Some(Ok(Err(RecordError::new(
                    line,
                    None,
                    format!("is no row of CSV: {other:?}"),
                )))),
            },
        }
    }

    /// The last line read.
    pub(crate) fn line(&self) -> u64 {
        self.reader.position().line()
    }

    fn record_of(&mut self, row: &ByteRecord, channel: Channel) -> Result<Record, RecordError> {
        let line = row.position().map_or(0, csv::Position::line);
        if row.len() != self.header.len() {
            let reason = format!(
                "has {} fields where the header has {}: quote texts that hold commas, quotes or line ends",
                row.len(),
                self.header.len()
            );
            return Err(RecordError::new(line, None, reason));
        }
        if row.as_slice().len() > LONGEST_RECORD {
            return Err(RecordError::new(
                line,
                None,
                format!("is longer than {LONGEST_RECORD} bytes"),
            ));
        }
        let text = self.field(row, self.text, line)?;
        let mut record = Record::bare(line, self.row, text, channel);
        for index in 0..self.fills.len() {
            let (column, fill) = self.fills[index];
            let words = self.field(row, column, line)?;
            record.fill(&self.header[column], fill, &words)?;
        }
        Ok(record)
    }

    fn field(&mut self, row: &ByteRecord, column: usize, line: u64) -> Result<String, RecordError> {
        let decoded = self.decoder.decode(row.get(column).unwrap_or_default());
        decoded.map_err(|error| RecordError::new(line, Some(&self.header[column]), error.to_string()))
    }
}

fn find_text_column(header: &[String], column: Option<&str>) -> Result<usize, OpenError> {
    let place = |wanted: &str| header.iter().position(|name| name.eq_ignore_ascii_case(wanted));
    match column {
        Some(wanted) => place(wanted).ok_or_else(|| OpenError::NoSuchColumn {
            wanted: wanted.to_owned(),
            there: header.to_vec(),
        }),
        None => TEXT_COLUMNS
            .iter()
            .find_map(|name| place(name))
            .ok_or_else(|| OpenError::NoTextColumn {
                there: header.to_vec(),
            }),
    }
}

/// The mark that parts the most columns in the first line.
fn guess_delimiter(start: &[u8]) -> u8 {
    let first = start.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let count = |mark: u8| first.iter().filter(|&&byte| byte == mark).count();
    // The last of equals wins, so that the comma stands last.
    [b';', b'\t', b',']
        .into_iter()
        .max_by_key(|&mark| count(mark))
        .unwrap_or(b',')
}
