//! A text normalized for reading, every character of which knows where it came from.

use std::ops::Range;

use domain::{Quote, Span};

use crate::cut;
use crate::entities::class::{ALPHABET, Alphabet};
use crate::fold::{Folded, expand, fold, is_emoji};

/// The longest run of one character that is kept; more of the same says nothing new.
const LONGEST_RUN: usize = 3;

/// Steps to the character that holds a byte before it is looked for by halving.
const NEAR: usize = 8;

/// Where one normalized character stands and where it came from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    pub(crate) c: char,
    /// The number of its class.
    pub(crate) class: u16,
    /// The first byte in the normalized text.
    pub(crate) byte: u32,
    /// The first code point of the original.
    start: u32,
    /// One past the last code point of the original.
    end: u32,
    /// The first byte of the original.
    from: u32,
    /// One past the last byte of the original.
    to: u32,
}

/// One character of the original.
#[derive(Clone, Copy)]
struct Origin {
    c: char,
    index: u32,
    from: u32,
    to: u32,
}

/// A text as it is read: half-width, simplified, lower case, without invisible characters, with long repetitions
/// shortened; each part of it leads home to the original.
#[derive(Clone, Debug)]
pub struct Reading<'t> {
    original: &'t str,
    normalized: String,
    places: Vec<Place>,
}

/// Reads a text. Never fails; an empty text gives an empty reading.
pub fn read(original: &str) -> Reading<'_> {
    let mut reader = Reader::new(original);
    let (mut index, mut from) = (0, 0);
    loop {
        (index, from) = reader.take_plain(index, from);
        let Some(c) = original[from as usize..].chars().next() else {
            break;
        };
        let to = from + c.len_utf8() as u32;
        reader.take_changed(Origin { c, index, from, to });
        (index, from) = (index + 1, to);
    }
    reader.flush();
    Reading {
        original,
        normalized: reader.normalized,
        places: reader.places,
    }
}

impl<'t> Reading<'t> {
    /// The text as received.
    pub fn original(&self) -> &'t str {
        self.original
    }

    /// The text as read.
    pub fn normalized(&self) -> &str {
        &self.normalized
    }

    /// The number of normalized characters.
    pub fn char_count(&self) -> usize {
        self.places.len()
    }

    /// The normalized characters.
    pub fn chars(&self) -> impl ExactSizeIterator<Item = char> {
        self.places.iter().map(|place| place.c)
    }

    /// The normalized characters with their places and classes.
    pub(crate) fn letters(&self) -> std::slice::Iter<'_, Place> {
        self.places.iter()
    }

    /// Whether nothing readable is there.
    pub fn is_blank(&self) -> bool {
        self.normalized.trim().is_empty()
    }

    /// The place in the original of a byte range of the normalized text. Ranges that cut a character grow to
    /// hold it; ranges beyond the text are cut to it.
    pub fn home(&self, bytes: Range<usize>) -> Span {
        self.home_chars(self.char_at(bytes.start)..self.char_border_from(bytes.end))
    }

    /// The place in the original of a range of normalized characters; beyond the text it is cut to it.
    pub fn home_chars(&self, chars: Range<usize>) -> Span {
        let end = chars.end.min(self.places.len());
        if chars.start >= end {
            let at = match self.places.get(chars.start) {
                Some(place) => place.start,
                None => self.places.last().map_or(0, |place| place.end),
            };
            return Span { start: at, end: at };
        }
        Span {
            start: self.places[chars.start].start,
            end: self.places[end - 1].end,
        }
    }

    /// The words of the original behind a byte range of the normalized text; nothing when it is empty.
    pub fn quote(&self, bytes: Range<usize>) -> Option<Quote> {
        self.quote_chars(self.char_at(bytes.start)..self.char_border_from(bytes.end))
    }

    /// The words of the original behind a range of normalized characters; nothing when it is empty. Takes no longer
    /// far inside a text than at its beginning.
    pub fn quote_chars(&self, chars: Range<usize>) -> Option<Quote> {
        let places = self.places.get(chars.start..chars.end.min(self.places.len()))?;
        let (first, last) = (places.first()?, places.last()?);
        let words = &self.original[first.from as usize..last.to as usize];
        Quote::at(first.start, words)
    }

    /// The index of the normalized character that holds this byte; the number of characters beyond the end.
    pub fn char_at(&self, byte: usize) -> usize {
        if byte >= self.normalized.len() {
            return self.places.len();
        }
        // Most characters have three bytes, so that a third of the bytes leads near.
        let mut at = (byte / 3).min(self.places.len() - 1);
        for _ in 0..NEAR {
            if self.places[at].byte as usize > byte {
                at -= 1;
            } else if self
                .places
                .get(at + 1)
                .is_some_and(|next| next.byte as usize <= byte)
            {
                at += 1;
            } else {
                return at;
            }
        }
        self.places
            .partition_point(|place| place.byte as usize <= byte)
            .saturating_sub(1)
    }

    /// The first byte of a normalized character; the length of the text beyond the end.
    pub fn byte_of(&self, char_index: usize) -> usize {
        self.places
            .get(char_index)
            .map_or(self.normalized.len(), |place| place.byte as usize)
    }

    /// The sentences as byte ranges of the normalized text, with their closing marks, without surrounding space.
    pub fn sentences(&self) -> Vec<Range<usize>> {
        cut::sentences(&self.normalized)
    }

    /// The clauses as byte ranges of the normalized text, without the marks and spaces that part them.
    pub fn clauses(&self) -> Vec<Range<usize>> {
        cut::clauses(&self.normalized, &self.places)
    }

    /// The reading of some parts alone, given as byte ranges in order; every character still knows its way home.
    pub fn part(&self, ranges: &[Range<usize>]) -> Self {
        let mut part = Self {
            original: self.original,
            normalized: String::with_capacity(ranges.iter().map(ExactSizeIterator::len).sum()),
            places: Vec::new(),
        };
        for range in ranges {
            let chars = self.char_at(range.start)..self.char_at(range.end);
            let bytes = self.byte_of(chars.start)..self.byte_of(chars.end);
            let before = part.normalized.len();
            part.places.extend(self.places[chars].iter().map(|place| Place {
                byte: (place.byte as usize - bytes.start + before) as u32,
                ..*place
            }));
            part.normalized.push_str(&self.normalized[bytes]);
        }
        part
    }

    fn char_border_from(&self, byte: usize) -> usize {
        let at = self.char_at(byte);
        let begun = self
            .places
            .get(at)
            .is_some_and(|place| (place.byte as usize) < byte);
        at + usize::from(begun)
    }
}

struct Reader<'t> {
    original: &'t str,
    alphabet: &'static Alphabet,
    normalized: String,
    /// Bytes of the original that read as they stand and come next; they are copied together.
    same: Range<usize>,
    places: Vec<Place>,
    last: Option<char>,
    run: usize,
    joining: bool,
}

impl<'t> Reader<'t> {
    fn new(original: &'t str) -> Self {
        Self {
            original,
            alphabet: &ALPHABET,
            normalized: String::with_capacity(original.len()),
            same: 0..0,
            places: Vec::with_capacity(original.len() / 2),
            last: None,
            run: 0,
            joining: false,
        }
    }

    /// Takes the characters from this one and byte on that read as they stand and repeat nothing: nearly all of most
    /// texts. Tells which character and byte come next.
    #[inline(always)]
    fn take_plain(&mut self, mut index: u32, mut from: u32) -> (u32, u32) {
        if self.joining {
            return (index, from);
        }
        let start = from;
        if self.same.end != start as usize {
            self.flush();
            self.same = start as usize..start as usize;
        }
        let before = (self.normalized.len() + self.same.len()) as u32;
        let mut last = self.last;
        let mut chars = self.original[start as usize..].chars();
        while let Some(c) = chars.next() {
            let (class, stands) = self.alphabet.look_up(c);
            if !stands || last == Some(c) {
                break;
            }
            last = Some(c);
            let to = (self.original.len() - chars.as_str().len()) as u32;
            self.places.push(Place {
                c,
                class,
                byte: before + (from - start),
                start: index,
                end: index + 1,
                from,
                to,
            });
            (index, from) = (index + 1, to);
        }
        if from > start {
            self.same.end = from as usize;
            (self.last, self.run) = (last, 1);
        }
        (index, from)
    }

    /// Takes a character that may read otherwise than it stands.
    #[inline(never)]
    fn take_changed(&mut self, origin: Origin) {
        match fold(origin.c) {
            Folded::One(one) if self.joining && is_emoji(one) => self.absorb(origin),
            Folded::One(one) => self.keep(origin, one),
            Folded::Many => expand(origin.c).for_each(|one| self.keep(origin, one)),
            Folded::Absorbed => return self.absorb(origin),
            Folded::Gone => {}
        }
        // A picture joined to another one by a zero-width joiner is one picture.
        self.joining = origin.c == '\u{200D}' && self.last.is_some_and(is_emoji);
    }

    fn keep(&mut self, origin: Origin, one: char) {
        if self.last == Some(one) {
            if self.run >= LONGEST_RUN && !self.counts(one) {
                return self.absorb(origin);
            }
            self.run += 1;
        } else {
            self.last = Some(one);
            self.run = 1;
        }
        let (class, _) = self.alphabet.look_up(one);
        self.put(origin, one, class);
    }

    /// Whether a repeated character is a digit, which is never shortened: 10000 is not 1000, and neither is 1OOOO.
    fn counts(&self, one: char) -> bool {
        let begun = || {
            let before = self.places.len().checked_sub(self.run + 1);
            before.is_some_and(|before| self.places[before].c.is_ascii_digit())
        };
        one.is_ascii_digit() || "零〇○一二三四五六七八九幺".contains(one) || one == 'o' && begun()
    }

    #[inline(always)]
    fn place(&mut self, origin: Origin, one: char, class: u16) {
        self.places.push(Place {
            c: one,
            class,
            byte: (self.normalized.len() + self.same.end - self.same.start) as u32,
            start: origin.index,
            end: origin.index + 1,
            from: origin.from,
            to: origin.to,
        });
    }

    fn put(&mut self, origin: Origin, one: char, class: u16) {
        self.place(origin, one, class);
        if one != origin.c {
            self.flush();
            self.normalized.push(one);
        } else if self.same.end == origin.from as usize {
            self.same.end = origin.to as usize;
        } else {
            self.flush();
            self.same = origin.from as usize..origin.to as usize;
        }
    }

    fn flush(&mut self) {
        self.normalized.push_str(&self.original[self.same.clone()]);
        self.same.start = self.same.end;
    }

    fn absorb(&mut self, origin: Origin) {
        if let Some(place) = self.places.last_mut() {
            place.end = origin.index + 1;
            place.to = origin.to;
        }
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    use super::*;

    /// Shows the normalized text and, where it differs, the original behind each of its characters.
    fn check(original: &str, expected: Expect) {
        let reading = read(original);
        let mut shown = format!("{:?}\n", reading.normalized());
        for (index, c) in reading.normalized().chars().enumerate() {
            let home = reading.home_chars(index..index + 1).slice(original).unwrap();
            if home != c.to_string() {
                shown.push_str(&format!("{c:?} <- {home:?}\n"));
            }
        }
        expected.assert_eq(&shown);
    }

    #[test]
    fn reads_with_a_way_home() {
        check(
            "態度太差！！！！！退１００００元",
            expect![[r#"
                "态度太差!!!退10000元"
                '态' <- "態"
                '!' <- "！"
                '!' <- "！"
                '!' <- "！！！"
                '1' <- "１"
                '0' <- "０"
                '0' <- "０"
                '0' <- "０"
                '0' <- "０"
            "#]],
        );
        check(
            "1OOOO元 好OOOOO",
            expect![[r#"
                "1oooo元 好ooo"
                'o' <- "O"
                'o' <- "O"
                'o' <- "O"
                'o' <- "O"
                'o' <- "O"
                'o' <- "O"
                'o' <- "OOO"
            "#]],
        );
        check(
            "差\u{200B}评👨\u{200D}👩\u{200D}👧👍🏽❤\u{FE0F}…OK",
            expect![[r#"
                "差评👨👍❤...ok"
                '👨' <- "👨\u{200d}👩\u{200d}👧"
                '👍' <- "👍🏽"
                '❤' <- "❤\u{fe0f}"
                '.' <- "…"
                '.' <- "…"
                '.' <- "…"
                'o' <- "O"
                'k' <- "K"
            "#]],
        );
        check(
            "",
            expect![[r#"
            ""
        "#]],
        );
    }

    #[test]
    fn byte_ranges_come_home() {
        let reading = read("客服Ａ態度😡差");
        let at = reading.normalized().find("态度").unwrap();
        let quote = reading.quote(at..at + "态度".len()).unwrap();
        assert_eq!((quote.words(), quote.span()), ("態度", Span { start: 3, end: 5 }));
        assert_eq!(reading.quote(3..3), None);
        assert_eq!(reading.home(900..1000), Span { start: 7, end: 7 });
    }

    proptest! {
        #[test]
        fn parts_lead_home_like_the_whole(text in any::<String>()) {
            let reading = read(&text);
            let sentences = reading.sentences();
            let kept: Vec<Range<usize>> = sentences.into_iter().step_by(2).collect();
            let part = reading.part(&kept);
            let words: String = kept.iter().map(|bytes| &reading.normalized()[bytes.clone()]).collect();
            prop_assert_eq!(part.normalized(), words.as_str());
            let chars = kept.iter().flat_map(|bytes| reading.char_at(bytes.start)..reading.char_at(bytes.end));
            for (index, whole) in chars.enumerate() {
                prop_assert_eq!(part.home_chars(index..index + 1), reading.home_chars(whole..whole + 1));
            }
        }

        #[test]
        fn every_range_is_a_slice_of_the_original(text in any::<String>(), a in 0usize..64, b in 0usize..64) {
            let reading = read(&text);
            let span = reading.home(a.min(b)..a.max(b));
            prop_assert!(span.slice(&text).is_some());
            let chars = reading.home_chars(a.min(b)..a.max(b));
            prop_assert!(chars.slice(&text).is_some());
            prop_assert_eq!(reading.quote_chars(a.min(b)..a.max(b)), domain::Quote::of(&text, chars));
        }

        #[test]
        fn homes_stand_in_order(text in "[态態度ＡaA!！…\u{200B}\u{200D}\u{FE0F}👨👩0 \n①]{0,40}") {
            let reading = read(&text);
            let mut before = 0;
            for index in 0..reading.char_count() {
                let span = reading.home_chars(index..index + 1);
                prop_assert!(!span.is_empty() && span.start >= before);
                before = span.start;
                prop_assert_eq!(reading.char_at(reading.byte_of(index)), index);
            }
        }

        #[test]
        fn reading_twice_changes_nothing(text in any::<String>()) {
            let once = read(&text).normalized().to_owned();
            let again = read(&once);
            prop_assert_eq!(again.normalized(), &once);
        }
    }
}
