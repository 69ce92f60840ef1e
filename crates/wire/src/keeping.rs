//! What a case keeps beside the main line: requests about clocks, statements, files.

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    case::Person,
    key::{Key, TimeRequestKindKey},
    time::rfc3339,
};

/// What was asked for a clock and waits for a decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct TimeRequest {
    /// An extension, a pause or a fresh start.
    pub what: TimeRequestKindKey,
    /// Why.
    pub reason: String,
    /// What the customer will be told.
    pub notice: Option<String>,
    /// Who asked.
    pub by: Option<Person>,
    /// When.
    pub at: String,
}

impl From<&domain::TimeRequest> for TimeRequest {
    fn from(request: &domain::TimeRequest) -> Self {
        Self {
            what: Key(request.what),
            reason: request.reason.clone(),
            notice: request.notice.clone(),
            by: request.by.as_ref().map(Person::from),
            at: rfc3339(request.at),
        }
    }
}

/// The one statement of an incident.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Statement {
    /// The words.
    pub text: String,
    /// Who drafted it.
    pub by: Option<Person>,
    /// When.
    pub at: String,
    /// Who approved it; null while it waits.
    pub approved_by: Option<Person>,
}

impl From<&domain::Statement> for Statement {
    fn from(statement: &domain::Statement) -> Self {
        Self {
            text: statement.text.clone(),
            by: statement.by.as_ref().map(Person::from),
            at: rfc3339(statement.at),
            approved_by: statement.approved_by.as_ref().map(Person::from),
        }
    }
}

/// A file on a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Attachment {
    /// SHA-256 of the bytes in hexadecimal; the address it is fetched by.
    pub hash: String,
    /// The name shown.
    pub name: String,
    /// The media type as told by the bytes.
    pub media_type: String,
    /// How many bytes.
    pub bytes: u64,
    /// Who attached it.
    pub by: Option<Person>,
    /// When.
    pub at: String,
}

impl From<&domain::Attachment> for Attachment {
    fn from(attachment: &domain::Attachment) -> Self {
        Self {
            hash: attachment.hash.clone(),
            name: attachment.name.clone(),
            media_type: attachment.media_type.clone(),
            bytes: attachment.bytes,
            by: attachment.by.as_ref().map(Person::from),
            at: rfc3339(attachment.at),
        }
    }
}

/// A file that was uploaded and can be attached now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct UploadedFile {
    /// SHA-256 of the bytes in hexadecimal, for the command `attach`.
    pub hash: String,
    /// The media type as told by the bytes.
    pub media_type: String,
    /// How many bytes.
    pub bytes: u64,
}
