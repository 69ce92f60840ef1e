//! Words of the original text with their place in code points.

use domain::Span;
use serde::Serialize;
use utoipa::ToSchema;

/// Words of the text: in Python, `text[start:end] == quote`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Quote {
    /// The first code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// The words, letter for letter.
    pub quote: String,
}

impl From<&domain::Quote> for Quote {
    fn from(quote: &domain::Quote) -> Self {
        let Span { start, end } = quote.span();
        Self {
            start,
            end,
            quote: quote.words().to_owned(),
        }
    }
}

/// The quotes on the wire.
pub fn quotes_of(quotes: &[domain::Quote]) -> Vec<Quote> {
    quotes.iter().map(Quote::from).collect()
}
