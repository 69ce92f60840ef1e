//! A file on a case, known by its content.

use crate::{Person, Timestamp};

/// A file on a case; the bytes are stored once, under their hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// SHA-256 of the bytes in hexadecimal.
    pub hash: String,
    /// The name shown.
    pub name: String,
    /// The media type as told by the bytes, such as `image/png`.
    pub media_type: String,
    /// How many bytes.
    pub bytes: u64,
    /// Who attached it.
    pub by: Option<Person>,
    /// When.
    pub at: Timestamp,
}
