//! Bytes to text at the edges: UTF-8 with or without a byte order mark, else GB18030.

use std::borrow::Cow;

use encoding_rs::{DecoderResult, GB18030};

/// After this many well-formed multi-byte characters a text is UTF-8 with a fault, not GB18030.
const SURELY_UTF8: usize = 4;

const BOM: &[u8] = b"\xEF\xBB\xBF";

/// The two encodings that are understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// GB18030, of which GBK and GB2312 are parts.
    Gb18030,
}

/// Why bytes are no text; offsets count bytes from 0.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// A NUL byte, which no text has.
    #[error("a NUL byte stands at byte {offset}; the file is not text or is UTF-16: save it as UTF-8")]
    Nul {
        /// Where.
        offset: usize,
    },
    /// Bytes that the encoding does not know.
    #[error("byte {offset} is neither valid UTF-8 nor GB18030: save the text as UTF-8")]
    Invalid {
        /// Where.
        offset: usize,
    },
}

/// The text of these bytes; the byte order mark is dropped.
///
/// # Errors
/// Names the offset of the first NUL or of the first byte that no known encoding explains.
pub fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, DecodeError> {
    decode_as(sniff(bytes).unwrap_or(Encoding::Utf8), bytes)
}

/// The text of these bytes in a known encoding; a byte order mark is dropped.
///
/// # Errors
/// Names the offset of the first NUL or of the first byte that the encoding does not explain.
pub fn decode_as(encoding: Encoding, bytes: &[u8]) -> Result<Cow<'_, str>, DecodeError> {
    let skipped = if bytes.starts_with(BOM) { BOM.len() } else { 0 };
    let body = &bytes[skipped..];
    if let Some(at) = body.iter().position(|&byte| byte == 0) {
        return Err(DecodeError::Nul { offset: skipped + at });
    }
    match encoding {
        Encoding::Utf8 => match std::str::from_utf8(body) {
            Ok(text) => Ok(Cow::Borrowed(text)),
            Err(error) => Err(DecodeError::Invalid {
                offset: skipped + error.valid_up_to(),
            }),
        },
        Encoding::Gb18030 => match decode_gb18030(body) {
            Ok(text) => Ok(Cow::Owned(text)),
            Err(at) => Err(DecodeError::Invalid { offset: skipped + at }),
        },
    }
}

/// The encoding of a file by its first bytes, which may end inside a character; nothing when all are ASCII.
pub fn sniff(block: &[u8]) -> Option<Encoding> {
    if block.is_ascii() {
        return None;
    }
    if block.starts_with(BOM) {
        return Some(Encoding::Utf8);
    }
    match std::str::from_utf8(block) {
        Ok(_) => Some(Encoding::Utf8),
        Err(error) => {
            let cut_at_end = error.error_len().is_none();
            let good = &block[..error.valid_up_to()];
            let many = good.iter().filter(|&&byte| byte >= 0xC0).count() >= SURELY_UTF8;
            Some(if many || cut_at_end && !good.is_ascii() {
                Encoding::Utf8
            } else {
                Encoding::Gb18030
            })
        }
    }
}

/// The text, or the offset of the first malformed byte.
fn decode_gb18030(bytes: &[u8]) -> Result<String, usize> {
    let mut decoder = GB18030.new_decoder_without_bom_handling();
    let room = decoder
        .max_utf8_buffer_length_without_replacement(bytes.len())
        .unwrap_or(bytes.len() * 4 + 16);
    let mut text = String::with_capacity(room);
    match decoder.decode_to_string_without_replacement(bytes, &mut text, true) {
        (DecoderResult::InputEmpty, _) => Ok(text),
        (DecoderResult::OutputFull, read) => Err(read),
        (DecoderResult::Malformed(length, after), read) => {
            Err(read.saturating_sub(usize::from(length) + usize::from(after)))
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_both_encodings() {
        let text = "退款，态度太差！";
        let (gb, _, _) = GB18030.encode(text);
        assert_eq!(decode(text.as_bytes()).unwrap(), text);
        assert_eq!(decode(&[BOM, text.as_bytes()].concat()).unwrap(), text);
        assert_eq!(decode(&gb).unwrap(), text);
        assert_eq!(decode(b"plain").unwrap(), "plain");
        assert_eq!(decode(b"").unwrap(), "");
        let (rare, _, _) = GB18030.encode("𠮷野家😡");
        assert_eq!(decode(&rare).unwrap(), "𠮷野家😡");
    }

    #[test]
    fn faults_name_their_byte() {
        assert_eq!(decode(b"ab\0c"), Err(DecodeError::Nul { offset: 2 }));
        assert_eq!(decode(b"\xEF\xBB\xBFab\0"), Err(DecodeError::Nul { offset: 5 }));
        let broken = [("退款态度".as_bytes()), b"\xFF", "差".as_bytes()].concat();
        assert_eq!(decode(&broken), Err(DecodeError::Invalid { offset: 12 }));
        let (gb, _, _) = GB18030.encode("退款");
        assert_eq!(
            decode(&[&gb, &b"\xFF"[..]].concat()),
            Err(DecodeError::Invalid { offset: 4 })
        );
        assert_eq!(decode(b"\xFF\xFEa"), Err(DecodeError::Invalid { offset: 0 }));
    }

    proptest! {
        #[test]
        fn any_bytes_decode_or_name_an_offset(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
            match decode(&bytes) {
                Ok(text) => prop_assert!(!text.contains('\0')),
                Err(DecodeError::Nul { offset } | DecodeError::Invalid { offset }) => prop_assert!(offset < bytes.len()),
            }
        }

        #[test]
        fn chinese_survives_gb18030(text in "[一-龥，。！？a-z0-9]{1,60}") {
            let (gb, _, _) = GB18030.encode(&text);
            let read = decode_as(Encoding::Gb18030, &gb).unwrap();
            prop_assert_eq!(&*read, &*text);
        }
    }
}
