//! 渠道: where complaints come from. Files of text lines, JSONL and CSV, plain or compressed, in UTF-8 or GB18030,
//! and the records in them. Reads bytes; does not know what a complaint means.

mod decode;
mod error;
mod format;
mod limits;
mod lines;
mod record;
mod rows;
mod source;
mod table;
mod time;

pub use decode::{DecodeError, Encoding, decode, decode_as, sniff};
pub use error::{OpenError, RecordError};
pub use format::Format;
pub use limits::{LONGEST_RECORD, SNIFFED};
pub use record::{Record, Sender, TEXT_COLUMNS, record_from_json};
pub use rows::{Reading, Rows};
pub use source::{Progress, Source};
pub use time::parse_time;
