//! Personal data covered up, with every code point replaced by one mark so that places stay true.

use std::borrow::Cow;

use domain::{Entity, Span};

use super::find_personal;
use crate::read;

/// What stands for a covered code point.
const COVER: char = '＊';

/// The text with its personal data covered; the number of code points stays the same.
pub fn mask(text: &str) -> String {
    let reading = read(text);
    let found = find_personal(&reading);
    cover(text, found.into_iter().map(|one| reading.home(one.bytes))).into_owned()
}

/// The text with those of the entities covered that are personal data; the number of code points stays the same.
pub fn mask_with(text: &str, entities: &[Entity]) -> String {
    let personal = entities.iter().filter(|entity| entity.kind.is_personal());
    cover(text, personal.map(Entity::span)).into_owned()
}

/// Covers the spans, in any order.
fn cover(text: &str, spans: impl Iterator<Item = Span>) -> Cow<'_, str> {
    let mut spans: Vec<Span> = spans.collect();
    if spans.is_empty() {
        return Cow::Borrowed(text);
    }
    spans.sort_unstable();
    let mut pending = spans.iter().peekable();
    let mut covered = String::with_capacity(text.len());
    for (index, c) in text.chars().enumerate() {
        let index = index as u32;
        while pending.next_if(|span| span.end <= index).is_some() {}
        let inside = pending.peek().is_some_and(|span| span.start <= index);
        covered.push(if inside { COVER } else { c });
    }
    Cow::Owned(covered)
}
