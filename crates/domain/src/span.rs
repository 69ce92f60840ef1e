//! Places in the original text.

use std::sync::Arc;

/// A half-open range of Unicode code points of the original text: `text[start:end]` in Python.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
}

impl Span {
    /// The number of code points.
    pub fn len(&self) -> u32 {
        self.end.saturating_sub(self.start)
    }

    /// Whether the span holds nothing.
    pub fn is_empty(&self) -> bool {
        self.end <= self.start
    }

    /// Whether the two spans share a code point.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The words of `text` in this span, or nothing when the span leaves the text.
    pub fn slice<'t>(&self, text: &'t str) -> Option<&'t str> {
        let mut borders = text.char_indices().map(|(byte, _)| byte).chain([text.len()]);
        let start = borders.nth(self.start as usize)?;
        match self.len() {
            0 => (self.end >= self.start).then_some(&text[start..start]),
            length => borders.nth(length as usize - 1).map(|end| &text[start..end]),
        }
    }
}

/// Words of the original text together with their place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quote {
    span: Span,
    /// Shared, for the same words often show several values.
    words: Arc<str>,
}

impl Quote {
    /// The quote of a span; nothing when the span is empty or leaves the text.
    pub fn of(text: &str, span: Span) -> Option<Self> {
        let words = span.slice(text)?;
        (!words.is_empty()).then(|| Self {
            span,
            words: words.into(),
        })
    }

    /// The quote of `words` known to begin at code point `start`, as when it is read back from where it was
    /// kept; nothing when there are no words.
    pub fn at(start: u32, words: &str) -> Option<Self> {
        let length = u32::try_from(words.chars().count()).ok()?;
        let end = start.checked_add(length)?;
        (length > 0).then(|| Self {
            span: Span { start, end },
            words: words.into(),
        })
    }

    /// Where the words stand.
    pub fn span(&self) -> Span {
        self.span
    }

    /// The words, letter for letter.
    pub fn words(&self) -> &str {
        &self.words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_count_code_points() {
        let text = "退😡款!";
        let span = Span { start: 1, end: 3 };
        assert_eq!(span.slice(text), Some("😡款"));
        assert_eq!(Quote::of(text, Span { start: 2, end: 9 }), None);
        assert_eq!(Quote::of(text, Span { start: 2, end: 2 }), None);
        assert_eq!(Quote::at(1, "😡款"), Quote::of(text, span));
        assert_eq!(Quote::at(1, ""), None);
        assert_eq!(Span { start: 4, end: 4 }.slice(text), Some(""));
        assert_eq!(Span { start: 5, end: 5 }.slice(text), None);
    }
}
