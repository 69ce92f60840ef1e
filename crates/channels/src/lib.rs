//! 渠道: where complaints come from. Files of text lines, JSONL, CSV and XLSX, plain or compressed, in UTF-8 or GB18030,
//! and the records in them; and where news goes out: signed webhooks. Does not know what a complaint means.

mod columns;
mod decode;
mod error;
mod format;
mod limits;
mod lines;
mod record;
mod rows;
mod sca;
mod source;
mod table;
mod time;
mod transcript;
mod webhook;
mod workbook;

pub use decode::{DecodeError, Encoding, decode, decode_as, sniff};
pub use error::{OpenError, RecordError};
pub use format::Format;
pub use limits::{LONGEST_RECORD, SNIFFED, WORKBOOK_BYTES, WORKBOOK_TEXT_BYTES};
pub use record::{Record, Sender, TEXT_COLUMNS, UnknownValue, record_from_json};
pub use rows::{Reading, Rows};
pub use sca::read_sca_rules;
pub use source::{Progress, Source};
pub use time::parse_time;
pub use transcript::{TranscriptShape, Transcripts, read_transcripts};
pub use webhook::{
    Courier, Delivered, Networks, NetworksError, Parcel, Target, TargetError, WEBHOOK_WAIT, new_secret, sign,
};
