//! What was promised or expected against what came instead, as a pair of quotes, and the promises told of (A13).

use std::ops::Range;

use domain::{Entity, EntityKind, PromiseFound, Quote};

use crate::cues::Mark;
use crate::read::Underline;

/// How many clauses after an expectation what came instead is looked for.
const REACH: usize = 4;
/// Within a clause, what came instead begins at least this many characters after the expectation.
const APART: usize = 3;
/// Most promises listed.
const MOST_PROMISES: usize = 5;
/// Quotes are cut to this many characters.
const LONGEST: usize = 40;

/// The pair of quotes and the promises of a text.
#[derive(Default)]
pub(crate) struct Contrast {
    pub(crate) expected: Option<Quote>,
    pub(crate) received: Option<Quote>,
    pub(crate) promises: Vec<PromiseFound>,
}

struct Marks {
    promised: Vec<Range<usize>>,
    received: Vec<Range<usize>>,
    speakers: Vec<Range<usize>>,
}

/// Reads expectation, what came instead, and promises. `broken` says whether the text tells of a broken one.
pub(crate) fn contrast(underline: &Underline, entities: &[Entity], broken: bool) -> Contrast {
    let mut found = Contrast::default();
    let promised = underline.marked(Mark::Promised);
    let mut begun = underline.marked(Mark::Expected);
    begun.extend(promised.iter().cloned());
    if begun.is_empty() {
        return found;
    }
    begun.sort_by_key(|range| range.start);
    let marks = Marks {
        promised,
        received: underline.marked(Mark::Received),
        speakers: underline.marked(Mark::Speaker),
    };
    let clauses = underline.clauses();
    let mut from = 0;
    for (index, clause) in clauses.iter().enumerate() {
        while begun.get(from).is_some_and(|range| range.start < clause.start) {
            from += 1;
        }
        let Some(start) = begun
            .get(from)
            .map(|range| range.start)
            .filter(|&start| start < clause.end)
        else {
            continue;
        };
        let (expected, received) = part(&marks, clauses, index, start);
        if found.promises.len() < MOST_PROMISES && first_in(&marks.promised, clause).is_some() {
            found
                .promises
                .extend(promise_of(underline, &marks, entities, clause, broken));
        }
        if found.received.is_none() && (found.expected.is_none() || received.is_some()) {
            found.expected = underline.quote(cut(expected));
            found.received = received.and_then(|range| underline.quote(cut(range)));
        }
    }
    found
}

/// The characters of the expectation that begins at `start`, and of what came instead.
fn part(
    marks: &Marks,
    clauses: &[Range<usize>],
    index: usize,
    start: usize,
) -> (Range<usize>, Option<Range<usize>>) {
    let clause = &clauses[index];
    if let Some(turn) = first_in(&marks.received, &(start + APART..clause.end)) {
        return (start..turn, Some(turn..clause.end));
    }
    let mut later = clauses[index + 1..].iter().take(REACH);
    let received = later.find(|clause| first_in(&marks.received, clause).is_some());
    (start..clause.end, received.cloned())
}

fn promise_of(
    underline: &Underline,
    marks: &Marks,
    entities: &[Entity],
    clause: &Range<usize>,
    broken: bool,
) -> Option<PromiseFound> {
    let quote = underline.quote(cut(clause.clone()))?;
    let speaker = marks
        .speakers
        .iter()
        .find(|range| range.start >= clause.start && range.end <= clause.end);
    let by = speaker.and_then(|range| underline.quote(range.clone()));
    let until = entities.iter().find(|entity| {
        matches!(entity.kind, EntityKind::Date | EntityKind::Duration)
            && entity.span().overlaps(&quote.span())
    });
    Some(PromiseFound {
        by: by.map_or_else(String::new, |speaker| speaker.words().to_owned()),
        until: until.map_or_else(String::new, |entity| entity.quote.words().to_owned()),
        broken,
        quote,
    })
}

/// Where the first of some ordered ranges begins inside a clause.
fn first_in(ranges: &[Range<usize>], clause: &Range<usize>) -> Option<usize> {
    let next = ranges.partition_point(|range| range.start < clause.start);
    ranges
        .get(next)
        .map(|range| range.start)
        .filter(|&start| start < clause.end)
}

fn cut(range: Range<usize>) -> Range<usize> {
    range.start..range.end.min(range.start + LONGEST)
}
