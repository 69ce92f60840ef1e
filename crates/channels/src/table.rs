//! Comma separated values: the columns are found by name, every row is decoded and checked by itself.

use std::io::Read;

use csv::{ByteRecord, Reader, ReaderBuilder};
use domain::Channel;

use crate::columns::Columns;
use crate::error::{OpenError, RecordError};
use crate::limits::LONGEST_RECORD;
use crate::lines::Decoder;
use crate::record::Record;

/// The rows of a table below its header.
pub(crate) struct Table<R> {
    reader: Reader<R>,
    decoder: Decoder,
    columns: Columns,
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
        let header: Result<Vec<String>, _> = bytes
            .iter()
            .map(|name| decoder.decode(name).map(|name| name.trim().to_owned()))
            .collect();
        let header = header.map_err(|error| OpenError::Header {
            reason: error.to_string(),
        })?;
        // A file without anything in it has no header to be wrong, and no rows.
        let columns = if header.is_empty() {
            Columns::default()
        } else {
            Columns::find(header, column)?
        };
        Ok(Self {
            reader,
            decoder,
            columns,
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
        if row.len() != self.columns.count() {
            let reason = format!(
                "has {} fields where the header has {}: quote texts that hold commas, quotes or line ends",
                row.len(),
                self.columns.count()
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
        let (decoder, number) = (&mut self.decoder, self.row);
        self.columns.record((line, number), channel, |place| {
            let decoded = decoder.decode(row.get(place).unwrap_or_default());
            decoded.map_err(|error| error.to_string())
        })
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
