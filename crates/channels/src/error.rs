//! What can go wrong with a file as a whole, and with one record of it.

use std::path::PathBuf;

/// One record that was refused; the others go on.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}{}: {reason}", field.as_ref().map_or(String::new(), |name| format!(", field {name}")))]
pub struct RecordError {
    /// The line of the file it begins on, from 1.
    pub line: u64,
    /// The field concerned, when it is one.
    pub field: Option<String>,
    /// What is wrong and what to do.
    pub reason: String,
}

impl RecordError {
    pub(crate) fn new(line: u64, field: Option<&str>, reason: impl Into<String>) -> Self {
        Self {
            line,
            field: field.map(str::to_owned),
            reason: reason.into(),
        }
    }
}

/// Why a file cannot be read at all.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The file cannot be opened.
    #[error("{} cannot be opened", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Reading failed on the way.
    #[error("reading failed after line {line}; a compressed file may be damaged or cut short")]
    Io {
        /// The last line read.
        line: u64,
        /// Why.
        source: std::io::Error,
    },
    /// The format is not read.
    #[error("{format} files are not read yet: save the table as CSV (UTF-8) and pass that")]
    NotRead {
        /// Its name.
        format: &'static str,
    },
    /// The workbook is damaged, too large or none at all.
    #[error("the file cannot be read as an .xlsx workbook: {reason}")]
    Workbook {
        /// Why.
        reason: String,
    },
    /// The column asked for is not there.
    #[error("there is no column {wanted}; the columns are: {}", there.join(", "))]
    NoSuchColumn {
        /// The name asked for.
        wanted: String,
        /// The names in the file.
        there: Vec<String>,
    },
    /// No column is known to hold the text.
    #[error("none of the columns {} is known to hold the text: name it with --column", there.join(", "))]
    NoTextColumn {
        /// The names in the file.
        there: Vec<String>,
    },
    /// The first line is no header.
    #[error("the header cannot be read: {reason}")]
    Header {
        /// Why.
        reason: String,
    },
}

impl OpenError {
    /// Whether the environment failed rather than the way the file was asked for.
    pub fn is_environment(&self) -> bool {
        matches!(self, Self::File { .. } | Self::Io { .. } | Self::Workbook { .. })
    }
}

/// What is wrong with words that are no JSON, and what to write: one object or conversation to a line. Half of a
/// character is named as such, since the words look like JSON.
pub(crate) fn fault_of_json(error: &serde_json::Error, what: &str) -> String {
    let column = error.column();
    match error.to_string().contains("hex escape") {
        true => format!(
            "holds half of a character (\\ud800 to \\udfff) at column {column}: write both halves, or the character itself"
        ),
        false => format!("is no JSON at column {column}: write {what} per line"),
    }
}
