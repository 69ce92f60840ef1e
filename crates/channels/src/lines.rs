//! Lines of a stream with their numbers; a line over the limit is refused without being held in memory.

use std::io::{self, BufRead};

use crate::decode::{DecodeError, Encoding, decode_as, sniff};
use crate::limits::{LONGEST_RECORD, SNIFFED};

/// One line without its end, or a line too long to be held.
pub(crate) enum Line {
    /// The bytes of the line.
    Bytes(Vec<u8>),
    /// The line was over the limit and has been passed over.
    TooLong,
}

/// Reads the next line; nothing at the end of the stream.
pub(crate) fn next_line(reader: &mut impl BufRead) -> io::Result<Option<Line>> {
    let mut line = Vec::new();
    let (mut any, mut too_long) = (false, false);
    loop {
        let chunk = reader.fill_buf()?;
        if chunk.is_empty() {
            break;
        }
        any = true;
        let end = chunk.iter().position(|&byte| byte == b'\n');
        let taken = end.unwrap_or(chunk.len());
        too_long |= line.len() + taken > LONGEST_RECORD;
        if !too_long {
            line.extend_from_slice(&chunk[..taken]);
        }
        reader.consume(end.map_or(taken, |at| at + 1));
        if end.is_some() {
            break;
        }
    }
    if line.last() == Some(&b'\r') {
        line.pop();
    }
    let line = if too_long {
        Line::TooLong
    } else {
        Line::Bytes(line)
    };
    Ok(any.then_some(line))
}

/// Turns the pieces of one file into text; all in the same encoding, told from the first bytes that are not ASCII.
pub(crate) struct Decoder {
    encoding: Option<Encoding>,
}

impl Decoder {
    /// Tells the encoding from the start of the file.
    pub(crate) fn of(start: &[u8]) -> Self {
        Self {
            encoding: sniff(start),
        }
    }

    /// The text of a piece.
    pub(crate) fn decode(&mut self, bytes: &[u8]) -> Result<String, DecodeError> {
        if self.encoding.is_none() {
            self.encoding = sniff(bytes);
        }
        decode_as(self.encoding.unwrap_or(Encoding::Utf8), bytes).map(std::borrow::Cow::into_owned)
    }
}

/// Reads the start of a stream: at least its first line, at most what an encoding is told from. It does not wait for
/// more than that, so that a slow pipe is served as it comes.
pub(crate) fn read_start(reader: &mut impl io::Read) -> io::Result<Vec<u8>> {
    let mut start = vec![0; SNIFFED];
    let mut filled = 0;
    while filled < SNIFFED {
        match reader.read(&mut start[filled..])? {
            0 => break,
            count => filled += count,
        }
        if start[..filled].contains(&b'\n') {
            break;
        }
    }
    start.truncate(filled);
    Ok(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(bytes: &[u8]) -> Vec<String> {
        let mut reader = io::BufReader::with_capacity(3, bytes);
        std::iter::from_fn(|| next_line(&mut reader).unwrap())
            .map(|line| match line {
                Line::Bytes(bytes) => String::from_utf8(bytes).unwrap(),
                Line::TooLong => "too long".into(),
            })
            .collect()
    }

    #[test]
    fn lines_end_with_or_without_carriage_return() {
        assert_eq!(lines(b"ab\r\n\ncdef"), ["ab", "", "cdef"]);
        assert_eq!(lines(b"a\n"), ["a"]);
        assert!(lines(b"").is_empty());
    }

    #[test]
    fn a_line_over_the_limit_is_passed_over() {
        let long = [vec![b'x'; LONGEST_RECORD + 1], b"\nok".to_vec()].concat();
        assert_eq!(lines(&long), ["too long", "ok"]);
    }
}
