//! How well the evidence of the psychology carries it: whether a person would underline the same, how much it covers,
//! whether it is enough by itself, and whether the psychology is lost without it.

use super::{Read, mean, share};
use crate::block::Block;

/// A text with this many characters or fewer may be underlined as a whole.
const SHORT: usize = 30;
/// The largest share of a longer text that its evidence may cover.
const BROAD: f64 = 0.4;
/// Without its evidence, the probability must fall by at least this share of its value.
const FALL: f32 = 0.3;

/// How well the evidence of the psychology carries it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EvidenceScore {
    /// The mean F1, by characters, against the labeled words, where the psychology is right and words are given.
    pub f1: f64,
    /// How many texts that mean is over.
    pub texts: usize,
    /// The share of texts longer than 30 characters whose evidence covers more than 40 % of them.
    pub broad: f64,
    /// How many texts that share is over.
    pub long_texts: usize,
    /// The share of texts whose psychology is read again from the evidence alone.
    pub sufficient: f64,
    /// The share of texts without whose evidence the psychology's probability falls by 30 % of its value or more.
    pub necessary: f64,
    /// How many texts the last two are over: all whose psychology is read as another than none.
    pub carried_texts: usize,
}

/// What is read of a text without parts of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Without {
    /// Whether the evidence alone is read as the same psychology.
    pub(crate) sufficient: bool,
    /// The psychology's probability in the whole text.
    pub(crate) before: f32,
    /// Its probability without the evidence.
    pub(crate) after: f32,
}

/// The characters of a text inside the spans (`kept`) or outside, separate pieces parted by a comma.
pub(crate) fn part_of(text: &str, spans: &[domain::Span], kept: bool) -> String {
    let (mut part, mut apart) = (String::with_capacity(text.len()), false);
    for (at, c) in text.chars().enumerate() {
        let inside = spans
            .iter()
            .any(|span| (span.start..span.end).contains(&(at as u32)));
        if inside != kept {
            apart = true;
            continue;
        }
        if apart && !part.is_empty() {
            part.push(',');
        }
        apart = false;
        part.push(c);
    }
    part
}

pub(super) fn score_evidence(reads: &[Read]) -> EvidenceScore {
    let overlaps: Vec<f64> = reads.iter().filter_map(overlap).collect();
    let covered: Vec<f64> = reads.iter().filter_map(coverage).collect();
    let carried: Vec<Without> = reads.iter().filter_map(|read| read.without).collect();
    let sufficient = carried.iter().filter(|one| one.sufficient).count();
    let necessary = carried
        .iter()
        .filter(|one| one.after <= (1.0 - FALL) * one.before)
        .count();
    EvidenceScore {
        f1: mean(&overlaps),
        texts: overlaps.len(),
        broad: share(
            covered.iter().filter(|&&part| part > BROAD).count(),
            covered.len(),
        ),
        long_texts: covered.len(),
        sufficient: share(sufficient, carried.len()),
        necessary: share(necessary, carried.len()),
        carried_texts: carried.len(),
    }
}

/// The share of a long text that its evidence covers; nothing for short texts and those without evidence.
fn coverage(read: &Read) -> Option<f64> {
    let size = read.text.text.chars().count();
    (size > SHORT && !read.evidence.is_empty()).then(|| share(quoted(read).len(), size))
}

/// The code points quoted, in order, each once.
fn quoted(read: &Read) -> Vec<u32> {
    let spans = read.evidence.iter();
    let mut quoted: Vec<u32> = spans.flat_map(|span| span.start..span.end).collect();
    quoted.sort_unstable();
    quoted.dedup();
    quoted
}

/// The F1 of quoted characters against the labeled words; nothing when the psychology is wrong or no words are given.
fn overlap(read: &Read) -> Option<f64> {
    let right = read.text.label(Block::Psychology)? == read.values[Block::Psychology as usize];
    if !right || read.text.evidence.is_empty() {
        return None;
    }
    let at = read.text.text.find(&read.text.evidence)?;
    let start = read.text.text[..at].chars().count() as u32;
    let wanted = start..start + read.text.evidence.chars().count() as u32;
    let quoted = quoted(read);
    let both = quoted.iter().filter(|at| wanted.contains(at)).count();
    Some(share(2 * both, quoted.len() + wanted.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Span;

    #[test]
    fn a_text_falls_into_evidence_and_the_rest() {
        let span = |start, end| Span { start, end };
        let spans = [span(1, 3), span(5, 6)];
        assert_eq!(part_of("甲乙丙丁戊己", &spans, true), "乙丙,己");
        assert_eq!(part_of("甲乙丙丁戊己", &spans, false), "甲,丁戊");
        assert_eq!(part_of("", &[], true), "");
    }
}
