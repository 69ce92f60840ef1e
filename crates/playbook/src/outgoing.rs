//! A message on its way out: its sums and personal data with their places, and what was said before it.

use domain::{Entity, EntityKind, EntityValue, Money, Situation, Span};

use crate::scan::{find_amounts, find_personal_data};

/// A message to be checked, with everything the rules ask about it.
pub(crate) struct Outgoing<'m> {
    pub(crate) message: &'m str,
    pub(crate) lower: String,
    pub(crate) situation: &'m Situation,
    /// Sums named, by place.
    pub(crate) amounts: Vec<(Span, Money)>,
    /// Personal data, by place.
    pub(crate) personal: Vec<Span>,
    /// What a reader of texts found in it.
    pub(crate) particulars: &'m [Entity],
}

impl<'m> Outgoing<'m> {
    pub(crate) fn of(message: &'m str, situation: &'m Situation, particulars: &'m [Entity]) -> Self {
        let lower = lowercase(message);
        let mut amounts = find_amounts(&lower);
        amounts.extend(particulars.iter().filter_map(sum_of));
        let mut personal = find_personal_data(message);
        personal.extend(particulars.iter().filter(|one| is_private(one)).map(Entity::span));
        Self {
            message,
            situation,
            amounts: first_of_overlapping(amounts, |(span, _)| *span),
            personal: first_of_overlapping(personal, |span| *span),
            lower,
            particulars,
        }
    }

    /// Whether the words of a place stand between quotation marks: what is said back is no promise.
    pub(crate) fn is_quoted(&self, span: Span) -> bool {
        let before: String = self.message.chars().take(span.start as usize).collect();
        let opened = before.matches(['“', '「', '‘', '《']).count();
        let closed = before.matches(['”', '」', '’', '》']).count();
        opened > closed || before.matches('"').count() % 2 == 1
    }

    /// The sentence that holds a place, in lower case.
    pub(crate) fn sentence_at(&self, span: Span) -> String {
        sentence_of(&self.lower, span)
    }
}

/// The sentence of a text that holds a place.
pub(crate) fn sentence_of(text: &str, span: Span) -> String {
    let characters: Vec<char> = text.chars().collect();
    let at = (span.start as usize).min(characters.len());
    let ends = |c: &char| matches!(c, '。' | '！' | '？' | '!' | '?' | '\n' | '；' | ';');
    let start = characters[..at]
        .iter()
        .rposition(ends)
        .map_or(0, |found| found + 1);
    let end = characters[at..]
        .iter()
        .position(ends)
        .map_or(characters.len(), |found| at + found);
    characters[start..end].iter().collect()
}

/// The upper end of a sum: what a customer will remember.
pub(crate) fn sum_of(entity: &Entity) -> Option<(Span, Money)> {
    let value = entity.nuance.to.as_ref().or(entity.value.as_ref())?;
    match value {
        EntityValue::Money(money) => Some((entity.span(), *money)),
        _ => None,
    }
}

/// A name with its form of address is how one greets somebody; everything else is not written to anybody.
fn is_private(entity: &Entity) -> bool {
    entity.kind.is_personal() && entity.kind != EntityKind::Name
}

fn first_of_overlapping<T>(mut found: Vec<T>, span: impl Fn(&T) -> Span) -> Vec<T> {
    found.sort_by_key(|one| (span(one).start, std::cmp::Reverse(span(one).end)));
    let mut kept: Vec<T> = Vec::new();
    for one in found {
        if kept.last().is_none_or(|last| !span(last).overlaps(&span(&one))) {
            kept.push(one);
        }
    }
    kept
}

/// ASCII letters in lower case; every code point keeps its place.
pub(crate) fn lowercase(text: &str) -> String {
    text.chars().map(|c| c.to_ascii_lowercase()).collect()
}
