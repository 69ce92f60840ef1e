//! Excel workbooks: the rows of the first sheet below its header. A workbook is read whole, since it is an archive.

use std::io::{Cursor, Read};

use calamine::{DataRef, ExcelDateTime, Reader, Xlsx, XlsxError};
use domain::Channel;

use crate::columns::Columns;
use crate::error::{OpenError, RecordError};
use crate::limits::{WORKBOOK_BYTES, WORKBOOK_TEXT_BYTES};
use crate::record::Record;

/// What stands in a cell, or why it cannot be read.
type Cell = Result<String, String>;

/// The rows of a sheet that are still to come.
pub(crate) struct Workbook {
    columns: Columns,
    rows: std::vec::IntoIter<Row>,
    number: u64,
}

/// A row of the sheet: its number from 1, and the cells of the columns that are read.
struct Row {
    line: u64,
    cells: Vec<(usize, Cell)>,
}

impl Workbook {
    /// Reads the first sheet; `column` names the column of the text.
    pub(crate) fn open(source: impl Read, column: Option<&str>) -> Result<Self, OpenError> {
        let mut bytes = Vec::new();
        let most = WORKBOOK_BYTES as u64 + 1;
        let read = source.take(most).read_to_end(&mut bytes);
        read.map_err(|source| OpenError::Io { line: 0, source })?;
        if bytes.len() > WORKBOOK_BYTES {
            return Err(too_large());
        }
        let mut book: Xlsx<Cursor<Vec<u8>>> = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
        let mut sheet = Sheet::of(column);
        if let Some(name) = book.sheet_names().first().cloned() {
            let mut cells = book.worksheet_cells_reader(&name).map_err(damaged)?;
            while let Some(cell) = cells.next_cell().map_err(damaged)? {
                let (row, place) = cell.get_position();
                sheet.add(u64::from(row) + 1, place as usize, words_of(cell.get_value()))?;
            }
        }
        let (columns, rows) = sheet.finish()?;
        Ok(Self {
            columns,
            rows: rows.into_iter(),
            number: 0,
        })
    }

    /// The next row; nothing at the end.
    pub(crate) fn next_row(&mut self, channel: Channel) -> Option<Result<Record, RecordError>> {
        let mut row = self.rows.next()?;
        self.number += 1;
        let cell = |place: usize| {
            let found = row.cells.iter_mut().find(|(column, _)| *column == place);
            found.map_or(Ok(String::new()), |(_, cell)| {
                std::mem::replace(cell, Ok(String::new()))
            })
        };
        Some(self.columns.record((row.line, self.number), channel, cell))
    }
}

/// A sheet under way; its cells come row by row.
struct Sheet<'a> {
    column: Option<&'a str>,
    columns: Option<Columns>,
    current: Row,
    rows: Vec<Row>,
    bytes: usize,
}

impl<'a> Sheet<'a> {
    fn of(column: Option<&'a str>) -> Self {
        Self {
            column,
            columns: None,
            current: Row {
                line: 0,
                cells: Vec::new(),
            },
            rows: Vec::new(),
            bytes: 0,
        }
    }

    fn add(&mut self, line: u64, place: usize, cell: Cell) -> Result<(), OpenError> {
        if line != self.current.line {
            self.end_row(line)?;
        }
        let is_read = self.columns.as_ref().is_none_or(|columns| columns.reads(place));
        if is_read && cell.as_ref().map_or(true, |words| !words.trim().is_empty()) {
            self.bytes += cell.as_ref().map_or(0, String::len);
            self.current.cells.push((place, cell));
        }
        if self.bytes > WORKBOOK_TEXT_BYTES {
            return Err(too_large());
        }
        Ok(())
    }

    /// Keeps the current row, which is the header when it is the first; rows without anything in them are no rows.
    fn end_row(&mut self, next: u64) -> Result<(), OpenError> {
        let cells = std::mem::take(&mut self.current.cells);
        let line = std::mem::replace(&mut self.current.line, next);
        if cells.is_empty() {
            return Ok(());
        }
        if self.columns.is_some() {
            self.rows.push(Row { line, cells });
        } else {
            self.columns = Some(Columns::find(header_of(cells), self.column)?);
        }
        Ok(())
    }

    fn finish(mut self) -> Result<(Columns, Vec<Row>), OpenError> {
        self.end_row(0)?;
        Ok((self.columns.unwrap_or_default(), self.rows))
    }
}

/// The names of the columns; one without a name has an empty one.
fn header_of(cells: Vec<(usize, Cell)>) -> Vec<String> {
    let width = cells.iter().map(|(place, _)| place + 1).max().unwrap_or_default();
    let mut names = vec![String::new(); width];
    for (place, cell) in cells {
        names[place] = cell.unwrap_or_default().trim().to_owned();
    }
    names
}

fn words_of(value: &DataRef<'_>) -> Cell {
    Ok(match value {
        DataRef::Empty => String::new(),
        DataRef::String(words) | DataRef::DateTimeIso(words) | DataRef::DurationIso(words) => words.clone(),
        DataRef::SharedString(words) => (*words).to_owned(),
        DataRef::Int(number) => number.to_string(),
        // Whole numbers, such as telephone numbers, are written without a point.
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(flag) => flag.to_string(),
        DataRef::DateTime(at) => time_of(at),
        DataRef::Error(error) => return Err(format!("holds the error {error}: correct the sheet")),
    })
}

fn time_of(at: &ExcelDateTime) -> String {
    if at.is_duration() {
        return at.as_f64().to_string();
    }
    let (year, month, day, hour, minute, second, _) = at.to_ymd_hms_milli();
    format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
}

fn damaged(error: XlsxError) -> OpenError {
    OpenError::Workbook {
        reason: error.to_string(),
    }
}

fn too_large() -> OpenError {
    OpenError::Workbook {
        reason: format!(
            "it is larger than {} MiB, or its texts than {} MiB: save it as CSV",
            WORKBOOK_BYTES >> 20,
            WORKBOOK_TEXT_BYTES >> 20
        ),
    }
}
