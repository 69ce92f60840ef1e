//! A text without its spaces, for words and codes that were written letter by letter; every byte knows its place.

use std::ops::Range;

/// The text without spaces and line breaks.
pub(super) struct Compact {
    text: String,
    /// The place of every byte of `text` in the text with spaces.
    places: Vec<u32>,
}

impl Compact {
    /// The compact form, when letters or digits stand alone between spaces, or a line breaks a code.
    pub(super) fn of(text: &str) -> Option<Self> {
        if !is_spread(text) {
            return None;
        }
        let mut compact = Self {
            text: String::with_capacity(text.len()),
            places: Vec::with_capacity(text.len()),
        };
        for (at, c) in text.char_indices().filter(|(_, c)| !c.is_whitespace()) {
            compact.text.push(c);
            compact
                .places
                .extend((0..c.len_utf8()).map(|byte| (at + byte) as u32));
        }
        Some(compact)
    }

    /// The text without spaces.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The bytes in the text with spaces.
    pub(super) fn home(&self, bytes: &Range<usize>) -> Range<usize> {
        let place = |byte: usize| self.places.get(byte).map_or(0, |&at| at as usize);
        match bytes.is_empty() {
            true => 0..0,
            false => place(bytes.start)..place(bytes.end - 1) + 1,
        }
    }
}

fn is_spread(text: &str) -> bool {
    let mut alone = 0;
    for word in text.split_whitespace() {
        let mut chars = word.chars();
        let single = chars.next().is_some() && chars.next().is_none();
        alone = if single { alone + 1 } else { 0 };
        if alone >= 2 {
            return true;
        }
    }
    text.contains("-\n") || text.contains('\n') && text.lines().any(|line| line.chars().count() == 1)
}
