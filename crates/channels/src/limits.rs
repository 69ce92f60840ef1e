//! The limits of this crate, in one place.

/// The longest record in bytes; a longer one is refused and passed over, the rest goes on.
pub const LONGEST_RECORD: usize = 4 * 1024 * 1024;

/// The bytes at the start of a file that its encoding is told from.
pub const SNIFFED: usize = 64 * 1024;

/// The largest workbook in bytes as it is stored.
pub const WORKBOOK_BYTES: usize = 256 * 1024 * 1024;

/// The most text of one workbook's sheet in bytes; it is held in memory.
pub const WORKBOOK_TEXT_BYTES: usize = 1024 * 1024 * 1024;
