//! Which words show a value: cues that name it, and the clause whose word pieces speak loudest for it, cut as short as
//! a person would underline.

use std::ops::Range;

use domain::{Evidence, Quote};
use text::Reading;

use crate::block::WORD_OUTPUTS;
use crate::cues::{Cues, Mark};
use crate::gram::for_each_piece;
use crate::model::{Scored, Table};

/// A clause longer than this many characters is cut to its loudest part.
const LONGEST_QUOTE: usize = 16;
/// No quote is cut shorter than this.
const SHORTEST_QUOTE: usize = 4;
/// What a cue counts beside the word pieces, which are measured by their loudest clause.
const CUE_WEIGHT: f32 = 0.8;
/// A further clause is quoted when it speaks at least this loud, measured by the first, and holds a cue.
const FURTHER: f32 = 0.7;
/// Most quotes of one value.
const MOST_QUOTES: usize = 3;

/// Finds evidence in one text.
pub(crate) struct Underline<'a> {
    reading: &'a Reading<'a>,
    scored: &'a Scored,
    table: &'a Table,
    cues: &'a Cues,
    clauses: Vec<Range<usize>>,
    hits: Vec<Range<usize>>,
}

struct Candidate {
    clause: Range<usize>,
    loudness: f32,
    cued: bool,
}

impl<'a> Underline<'a> {
    /// Prepares the clauses and cues of a scored reading.
    pub(crate) fn new(
        reading: &'a Reading<'a>,
        scored: &'a Scored,
        table: &'a Table,
        cues: &'a Cues,
    ) -> Self {
        let chars = |bytes: Range<usize>| reading.char_at(bytes.start)..reading.char_at(bytes.end);
        let mut clauses: Vec<Range<usize>> = reading.clauses().into_iter().map(chars).collect();
        clauses.retain(|clause| !clause.is_empty());
        if clauses.is_empty() && reading.char_count() > 0 {
            clauses.push(0..reading.char_count());
        }
        let hits = scored.hits.iter();
        Self {
            clauses,
            hits: hits
                .map(|hit| chars(hit.start as usize..hit.end as usize))
                .collect(),
            reading,
            scored,
            table,
            cues,
        }
    }

    /// The evidence for one output; nothing only when the text holds no character at all.
    pub(crate) fn evidence(&self, output: usize) -> Option<Evidence> {
        let ranges = self.ranges(output);
        let quotes = ranges.into_iter().filter_map(|range| self.quote(range));
        Evidence::of(quotes.collect())
    }

    /// The quote of some normalized characters.
    pub(crate) fn quote(&self, chars: Range<usize>) -> Option<Quote> {
        Quote::of(self.reading.original(), self.reading.home_chars(chars))
    }

    /// The ranges of normalized characters that bear a mark, in order.
    pub(crate) fn marked(&self, mark: Mark) -> Vec<Range<usize>> {
        let hits = self.scored.hits.iter().zip(&self.hits);
        let marked = hits.filter(|(hit, _)| self.cues.marks(hit, mark));
        let mut ranges: Vec<Range<usize>> = marked.map(|(_, range)| range.clone()).collect();
        ranges.sort_by_key(|range| (range.start, range.end));
        ranges
    }

    /// The clauses as ranges of normalized characters.
    pub(crate) fn clauses(&self) -> &[Range<usize>] {
        &self.clauses
    }

    /// The ranges of normalized characters that show an output, best first.
    pub(crate) fn ranges(&self, output: usize) -> Vec<Range<usize>> {
        let voices = self.voices(output);
        let cues = self.cues_for(output);
        let mut candidates: Vec<Candidate> = self
            .clauses
            .iter()
            .map(|clause| self.candidate(clause, &voices, &cues))
            .collect();
        let top = candidates.iter().map(|one| one.loudness).fold(0f32, f32::max);
        for one in &mut candidates {
            one.loudness = if top > 0.0 { one.loudness / top } else { 0.0 };
            one.loudness += if one.cued { CUE_WEIGHT } else { 0.0 };
        }
        candidates.sort_by(|a, b| b.loudness.total_cmp(&a.loudness));
        let first = candidates.first().map_or(0.0, |one| one.loudness);
        let kept = candidates
            .into_iter()
            .enumerate()
            .filter(|(rank, one)| *rank == 0 || one.cued && one.loudness >= FURTHER * first);
        kept.take(MOST_QUOTES)
            .map(|(_, one)| self.shorten(one.clause, &voices, &cues))
            .collect()
    }

    fn candidate(&self, clause: &Range<usize>, voices: &[f32], cues: &[Range<usize>]) -> Candidate {
        let loudness = voices[clause.clone()].iter().sum::<f32>().max(0.0);
        Candidate {
            clause: clause.clone(),
            loudness: loudness / (clause.len() as f32).sqrt(),
            cued: is_cued(clause, cues),
        }
    }

    fn cues_for(&self, output: usize) -> Vec<Range<usize>> {
        let hits = self.scored.hits.iter().zip(&self.hits);
        hits.filter(|(hit, _)| self.cues.shows(hit, output))
            .map(|(_, range)| range.clone())
            .collect()
    }

    /// What each normalized character says for an output: its share of the pieces it stands in.
    fn voices(&self, output: usize) -> Vec<f32> {
        let letters = &self.scored.letters;
        let mut voices = vec![0f32; self.reading.char_count() + 1];
        if output < WORD_OUTPUTS {
            // A piece speaks for its middle letter; spread evenly it would say the same of whole clauses.
            for_each_piece(letters.len(), |index, start, size| {
                let cell = self.table.cell(self.scored.rows[index], output);
                voices[letters.place(start + size / 2)] += f32::from(cell);
            });
        }
        voices
    }

    /// The loudest part of a long clause: around its cue when it has one, else where its pieces speak loudest.
    fn shorten(&self, clause: Range<usize>, voices: &[f32], cues: &[Range<usize>]) -> Range<usize> {
        if clause.len() <= LONGEST_QUOTE {
            return clause;
        }
        let inside = cues
            .iter()
            .filter(|cue| cue.start >= clause.start && cue.end <= clause.end);
        let bonus = voices[clause.clone()]
            .iter()
            .fold(0f32, |top, voice| top.max(voice.abs()))
            * 2.0;
        let mut loud = voices[clause.clone()].to_vec();
        for cue in inside {
            for at in cue.clone() {
                loud[at - clause.start] += bonus;
            }
        }
        let (start, end) = loudest_window(&loud);
        clause.start + start..clause.start + end
    }
}

/// Whether a cue, of cues in order of their ends, reaches into a clause.
fn is_cued(clause: &Range<usize>, cues: &[Range<usize>]) -> bool {
    let next = cues.partition_point(|cue| cue.end <= clause.start);
    cues.get(next).is_some_and(|cue| cue.start < clause.end)
}

/// The window of at most [`LONGEST_QUOTE`] with the largest sum, without quiet ends.
fn loudest_window(loud: &[f32]) -> (usize, usize) {
    let size = LONGEST_QUOTE.min(loud.len());
    let mut sum: f32 = loud[..size].iter().sum();
    let mut best = (sum, 0);
    for start in 1..=loud.len() - size {
        sum += loud[start + size - 1] - loud[start - 1];
        if sum > best.0 {
            best = (sum, start);
        }
    }
    let (mut start, mut end) = (best.1, best.1 + size);
    while end - start > SHORTEST_QUOTE && loud[start] <= 0.0 {
        start += 1;
    }
    while end - start > SHORTEST_QUOTE && loud[end - 1] <= 0.0 {
        end -= 1;
    }
    (start, end)
}
