//! Files of complaints: what was read of one, and the rows that become cases.

use domain::{Channel, Vocabulary};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

use crate::{
    case::Matter,
    fields::{FieldError, Fields},
    intake::{Intake, IntakeRequest, NewCustomer},
    key::{ChannelKey, Key},
    limits,
    time::rfc3339,
};

/// How a file is to be read.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FileParams {
    /// The file's name, which tells its format: .csv, .tsv, .xlsx, .jsonl, .txt, also compressed (.gz, .zst)
    pub name: Option<String>,
    /// The channel of rows that name none, by key; `import` when left out
    #[param(value_type = Option<ChannelKey>)]
    pub channel: Option<String>,
    /// The column of the text, when it goes by no known name
    pub column: Option<String>,
}

/// A row that can become a case.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct FileRow {
    /// The line of the file it begins on, from 1.
    #[schema(minimum = 1)]
    pub line: u64,
    /// What it is known by in its source; the same row has the same key each time it is read.
    pub key: String,
    /// What it says, to be sent back as it is or put right.
    pub intake: IntakeRequest,
}

/// A row that cannot become a case.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct RefusedRow {
    /// The line of the file it begins on, from 1.
    pub line: u64,
    /// The column, when it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// What is wrong and what to do, in the language asked for.
    pub message: String,
}

/// What was read of a file; nothing is stored.
#[derive(Clone, Debug, Default, PartialEq, Serialize, ToSchema)]
pub struct FileReading {
    /// The rows that can become cases, in order.
    pub rows: Vec<FileRow>,
    /// Those that cannot, with the reason.
    pub refused: Vec<RefusedRow>,
}

/// Rows of one source to be stored as cases.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ImportRequest {
    /// Where they come from, such as the name of the file; a row of a source becomes a case once.
    pub source: String,
    /// The rows.
    #[schema(min_items = 1, max_items = 100)]
    pub rows: Vec<FileRow>,
}

/// Rows as taken in.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportInput {
    /// Where they come from.
    pub source: String,
    /// Line, key and content of each.
    pub rows: Vec<(u64, String, Intake)>,
}

/// What became of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RowOutcome {
    /// A case was opened.
    Opened,
    /// It is a case already.
    AlreadyThere,
    /// A row of this name is a case already and had another text; nothing was changed.
    Changed,
}

/// One row and its case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ImportedRow {
    /// The line of the file.
    pub line: u64,
    /// What became of it.
    pub outcome: RowOutcome,
    /// The case.
    pub case_id: String,
}

/// What became of all of them, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct ImportAnswer {
    /// The rows.
    pub items: Vec<ImportedRow>,
}

impl ImportRequest {
    /// The rows of a body, or every field error. A time later than `now` is refused.
    pub fn parse(body: &Value, now: domain::Timestamp) -> Result<ImportInput, Vec<FieldError>> {
        let mut fields = Fields::of(body);
        let source = fields.short("source");
        let rows = fields.many_objects("rows", limits::IMPORT_ROWS, |row| {
            let line = row.number("line", 1, i64::MAX.unsigned_abs())?;
            let key = row.short("key");
            let intake = row.object("intake", |intake| IntakeRequest::read(intake, now))?;
            Some((line, key, intake))
        });
        fields.require("rows");
        if rows.is_empty() && fields.has("rows") {
            fields.refuse("rows", "至少要有一行", "must hold at least one row");
        }
        fields.finish(Some(ImportInput { source, rows }))
    }
}

impl From<&Intake> for IntakeRequest {
    fn from(intake: &Intake) -> Self {
        let complaint = &intake.complaint;
        let matter = Matter::from(&complaint.matter);
        Self {
            text: complaint.text.clone(),
            channel: Key(complaint.channel),
            customer: intake
                .customer
                .clone()
                .filter(|given| *given != NewCustomer::default()),
            received_at: complaint.received_at.map(rfc3339),
            title: intake.title.clone(),
            matter: (complaint.matter != domain::Matter::default()).then_some(matter),
        }
    }
}

impl FileParams {
    /// The channel, or why there is none of this name.
    pub fn channel(&self) -> Result<Channel, FieldError> {
        let Some(key) = self.channel.as_deref() else {
            return Ok(Channel::Import);
        };
        Channel::from_key(key).ok_or_else(|| FieldError {
            field: "channel".to_owned(),
            message: crate::key::unknown_key::<Channel>(key),
        })
    }
}
