//! The columns of a table, found by their names: where the text stands and what the other columns fill.

use domain::Channel;

use crate::error::{OpenError, RecordError};
use crate::limits::LONGEST_RECORD;
use crate::record::{Fill, Record, TEXT_COLUMNS};

/// The columns that are read, by their place from 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Columns {
    names: Vec<String>,
    text: usize,
    fills: Vec<(usize, Fill)>,
}

impl Columns {
    /// Finds the columns among the names of a header.
    pub(crate) fn find(names: Vec<String>, column: Option<&str>) -> Result<Self, OpenError> {
        let text = find_text(&names, column)?;
        let others = names.iter().enumerate().filter(|(place, _)| *place != text);
        let fills = others
            .filter_map(|(place, name)| Some((place, Fill::of_name(name)?)))
            .collect();
        Ok(Self { names, text, fills })
    }

    /// How many columns the header names.
    pub(crate) fn count(&self) -> usize {
        self.names.len()
    }

    /// Whether the column at this place is read at all.
    pub(crate) fn reads(&self, place: usize) -> bool {
        place == self.text || self.fills.iter().any(|(column, _)| *column == place)
    }

    /// The record of a row; `cell` answers the words of a column, or why there are none.
    pub(crate) fn record(
        &self,
        (line, number): (u64, u64),
        channel: Channel,
        mut cell: impl FnMut(usize) -> Result<String, String>,
    ) -> Result<Record, RecordError> {
        let mut words_of = |place: usize| {
            cell(place).map_err(|reason| RecordError::new(line, Some(&self.names[place]), reason))
        };
        let text = words_of(self.text)?;
        if text.len() > LONGEST_RECORD {
            let reason = format!("is longer than {LONGEST_RECORD} bytes");
            return Err(RecordError::new(line, Some(&self.names[self.text]), reason));
        }
        let mut record = Record::bare(line, number, text, channel);
        for &(place, fill) in &self.fills {
            let words = words_of(place)?;
            record.fill(&self.names[place], fill, &words)?;
        }
        Ok(record)
    }
}

fn find_text(names: &[String], column: Option<&str>) -> Result<usize, OpenError> {
    let place = |wanted: &str| names.iter().position(|name| name.eq_ignore_ascii_case(wanted));
    match column {
        Some(wanted) => place(wanted).ok_or_else(|| OpenError::NoSuchColumn {
            wanted: wanted.to_owned(),
            there: names.to_vec(),
        }),
        None => TEXT_COLUMNS
            .iter()
            .find_map(|name| place(name))
            .ok_or_else(|| OpenError::NoTextColumn {
                there: names.to_vec(),
            }),
    }
}
