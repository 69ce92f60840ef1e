//! Which words show a value: cues that name it, and the clause whose word pieces speak loudest for it, cut as short as
//! a person would underline.

use std::cell::RefCell;
use std::ops::Range;

use domain::{Evidence, Quote};
use text::Reading;

use crate::cues::{Cues, Hit, Mark};
use crate::language::is_english;
use crate::model::{Scored, Voices};

/// The longest quote of Chinese, in characters.
const LONGEST_QUOTE: usize = 16;
/// The same for English, which says as much with more letters.
const LONGEST_ENGLISH: usize = 48;
/// No quote is cut shorter than this.
const SHORTEST_QUOTE: usize = 4;
/// What a cue counts beside the word pieces, which are measured by their loudest clause.
const CUE_WEIGHT: f32 = 1.0;
/// A further clause that holds a cue is quoted when it speaks at least this loud, measured by the first.
const FURTHER_CUED: f32 = 0.5;
/// The same for one without a cue, measured by the loudest word pieces. Both were chosen so that the words quoted carry
/// the finding by themselves and are still those a person would underline; see `evals/SCORES.md` for both.
const FURTHER: f32 = 0.55;
/// The largest share of a long text that its quotes may cover.
const BROADEST: f32 = 0.4;
/// A text of so many characters or fewer may be quoted as a whole.
const SHORT_TEXT: usize = 30;
/// Most quotes of one value.
const MOST_QUOTES: usize = 3;
/// How loud this many clauses are is reckoned once for an output.
const FEW_CLAUSES: usize = 16;
/// Quotes made last are kept at hand: several values are often shown by the same words.
const MOST_KEPT: usize = 8;

/// Finds evidence in one text.
pub(crate) struct Underline<'a> {
    reading: &'a Reading<'a>,
    scored: &'a Scored<'a>,
    cues: &'a Cues,
    /// The clauses in normalized characters.
    clauses: Vec<Range<usize>>,
    /// For each clause a bit for each output that a cue in it shows.
    cued: Vec<u128>,
    voices: &'a Voices,
    /// For each clause what it says, by column of the voices.
    sums: Vec<i32>,
    /// A clause longer than this many characters is cut to its loudest part.
    longest: usize,
    made: RefCell<Vec<(Range<usize>, Quote)>>,
}

#[derive(Clone, Copy, Debug)]
struct Candidate {
    clause: usize,
    /// How loud it speaks, measured by the loudest; a cue counts as much as the loudest pieces.
    loudness: f32,
}

impl Candidate {
    fn is_cued(self) -> bool {
        self.loudness >= CUE_WEIGHT
    }
}

impl<'a> Underline<'a> {
    /// Prepares the clauses and cues of a scored reading; the voices are of the outputs whose evidence will be asked
    /// for.
    pub(crate) fn new(
        cues: &'a Cues,
        reading: &'a Reading<'a>,
        scored: &'a Scored<'a>,
        voices: &'a Voices,
    ) -> Self {
        let chars = |bytes: &Range<usize>| reading.char_at(bytes.start)..reading.char_at(bytes.end);
        let bytes = reading.clauses();
        let mut clauses: Vec<Range<usize>> = bytes.iter().map(chars).collect();
        let mut cued = cued_clauses(cues, &scored.found.hits, &bytes);
        if clauses.is_empty() && reading.char_count() > 0 {
            clauses.push(0..reading.char_count());
            let all = 0..reading.normalized().len();
            cued = cued_clauses(cues, &scored.found.hits, &[all]);
        }
        let width = voices.width();
        let mut sums = vec![0; clauses.len() * width];
        for (index, clause) in clauses.iter().enumerate() {
            voices.add(clause.clone(), &mut sums[index * width..][..width]);
        }
        Self {
            clauses,
            cued,
            sums,
            reading,
            scored,
            cues,
            longest: match is_english(&scored.glance) {
                true => LONGEST_ENGLISH,
                false => LONGEST_QUOTE,
            },
            voices,
            made: RefCell::new(Vec::with_capacity(MOST_KEPT)),
        }
    }

    /// The evidence for one output; nothing only when the text holds no character at all.
    pub(crate) fn evidence(&self, output: usize) -> Option<Evidence> {
        let quotes = self.ranges(output).filter_map(|range| self.quote(range));
        Evidence::of(quotes.collect())
    }

    /// The quote of some normalized characters.
    pub(crate) fn quote(&self, chars: Range<usize>) -> Option<Quote> {
        let mut made = self.made.borrow_mut();
        if let Some((_, quote)) = made.iter().find(|(range, _)| *range == chars) {
            return Some(quote.clone());
        }
        let quote = self.reading.quote_chars(chars.clone())?;
        if made.len() < MOST_KEPT {
            made.push((chars, quote.clone()));
        }
        Some(quote)
    }

    /// The quote of some bytes of the normalized text.
    pub(crate) fn quote_bytes(&self, bytes: Range<usize>) -> Option<Quote> {
        let start = self.reading.char_at(bytes.start);
        self.quote(start..self.reading.char_at(bytes.end))
    }

    /// The ranges of normalized characters that bear a mark, in order.
    pub(crate) fn marked(&self, mark: Mark) -> Vec<Range<usize>> {
        let hits = self.scored.found.hits.iter();
        let marked = hits.filter(|hit| self.cues.marks(hit, mark));
        let mut ranges: Vec<Range<usize>> = marked.map(|hit| self.chars_of(hit)).collect();
        ranges.sort_by_key(|range| (range.start, range.end));
        ranges
    }

    fn chars_of(&self, hit: &Hit) -> Range<usize> {
        self.reading.char_at(hit.start as usize)..self.reading.char_at(hit.end as usize)
    }

    /// The clauses as ranges of normalized characters.
    pub(crate) fn clauses(&self) -> &[Range<usize>] {
        &self.clauses
    }

    /// The ranges of normalized characters that show an output, best first.
    pub(crate) fn ranges(&self, output: usize) -> impl Iterator<Item = Range<usize>> {
        let best = self.best_clauses(output).into_iter().flatten();
        best.map(move |one| self.shorten(self.clauses[one.clause].clone(), output))
    }

    /// The loudest clause, then the loudest others that are loud enough beside it, as long as all of them together stay
    /// a small part of a long text.
    fn best_clauses(&self, output: usize) -> [Option<Candidate>; MOST_QUOTES] {
        let ranked = self.rank_clauses(output);
        let mut best = [None; MOST_QUOTES];
        let Some(first) = ranked[0] else { return best };
        best[0] = Some(first);
        let mut room = self.room_beside(first);
        let others = ranked.into_iter().flatten().filter(|one| {
            let is_loud = one.loudness >= FURTHER_CUED * first.loudness || !one.is_cued();
            one.clause != first.clause && is_loud
        });
        let others = others.filter(|one| {
            let size = self.quoted_size(*one);
            let fits = size <= room;
            room -= if fits { size } else { 0 };
            fits
        });
        for (place, one) in best[1..].iter_mut().zip(others) {
            *place = Some(one);
        }
        best
    }

    /// The loudest clause and, after it, the loudest that hold a cue or speak loud without one.
    fn rank_clauses(&self, output: usize) -> [Option<Candidate>; MOST_QUOTES + 1] {
        let column = self.voices.column(output);
        let mut known = [0f32; FEW_CLAUSES];
        for (clause, known) in known.iter_mut().enumerate().take(self.cued.len()) {
            *known = self.loudness(clause, column);
        }
        let loudness = |clause: usize| match known.get(clause) {
            Some(known) => *known,
            None => self.loudness(clause, column),
        };
        let top = (0..self.cued.len()).map(loudness).fold(0f32, f32::max);
        let (mut first, mut further): (Option<Candidate>, _) = (None, [None; MOST_QUOTES]);
        for (clause, cued) in self.cued.iter().enumerate() {
            let share = if top > 0.0 { loudness(clause) / top } else { 0.0 };
            let is_cued = cued >> output & 1 == 1;
            let cue = if is_cued { CUE_WEIGHT } else { 0.0 };
            let one = Candidate {
                clause,
                loudness: share + cue,
            };
            if first.is_none_or(|first| one.loudness > first.loudness) {
                first = Some(one);
            }
            if is_cued || share >= FURTHER {
                rank(&mut further, one);
            }
        }
        let [one, two, three] = further;
        [first, one, two, three]
    }

    /// How many characters may be quoted beside the first clause.
    fn room_beside(&self, first: Candidate) -> usize {
        let size = self.reading.char_count();
        if size <= SHORT_TEXT {
            return size;
        }
        let most = (BROADEST * size as f32) as usize;
        most.saturating_sub(self.quoted_size(first))
    }

    /// The most characters that a clause is quoted with.
    fn quoted_size(&self, one: Candidate) -> usize {
        self.clauses[one.clause].len().min(self.longest)
    }

    /// How loud the characters of a clause speak together, measured by its length.
    fn loudness(&self, clause: usize, column: Option<usize>) -> f32 {
        let sum = column.map_or(0, |column| self.sums[clause * self.voices.width() + column]);
        sum.max(0) as f32 / (self.clauses[clause].len() as f32).sqrt()
    }

    /// The loudest part of a long clause: around its cues for the output when it has some, else where its pieces speak
    /// loudest.
    fn shorten(&self, clause: Range<usize>, output: usize) -> Range<usize> {
        if clause.len() <= self.longest {
            return clause;
        }
        let voices = self.voices.said(clause.clone(), self.voices.column(output));
        let bonus = 2 * voices.clone().map(i32::abs).max().unwrap_or(0);
        let mut loud: Vec<i32> = voices.collect();
        let hits = self.scored.found.hits.iter();
        for hit in hits.filter(|hit| self.cues.shows(hit, output)) {
            let cue = self.chars_of(hit);
            if cue.start >= clause.start && cue.end <= clause.end {
                loud[cue.start - clause.start..cue.end - clause.start]
                    .iter_mut()
                    .for_each(|voice| *voice += bonus);
            }
        }
        let (start, end) = loudest_window(&loud, self.longest);
        self.whole_words(clause.start + start..clause.start + end)
    }

    /// The range grown to the borders of the Latin words it would cut.
    fn whole_words(&self, range: Range<usize>) -> Range<usize> {
        let words = self.reading.normalized();
        let cuts = |at: usize| {
            let (before, after) = words.split_at(self.reading.byte_of(at));
            before.ends_with(|c: char| c.is_ascii_alphabetic())
                && after.starts_with(|c: char| c.is_ascii_alphabetic())
        };
        let (mut start, mut end) = (range.start, range.end);
        while cuts(start) {
            start -= 1;
        }
        while cuts(end) {
            end += 1;
        }
        start..end
    }
}

/// For each clause a bit for each output that a cue in it shows; clauses and cues in bytes.
fn cued_clauses(cues: &Cues, hits: &[Hit], clauses: &[Range<usize>]) -> Vec<u128> {
    let mut cued = vec![0; clauses.len()];
    for hit in hits {
        let shown = cues.shown_by(hit);
        let (start, end) = (hit.start as usize, hit.end as usize);
        let first = clauses.partition_point(|clause| clause.end <= start);
        let reached = clauses[first..].iter().take_while(|clause| clause.start < end);
        let reached = first..first + reached.count();
        cued[reached].iter_mut().for_each(|bits| *bits |= shown);
    }
    cued
}

/// Puts a candidate among the best, loudest first, if there is room; equally loud ones stay in their order.
fn rank<const MOST: usize>(best: &mut [Option<Candidate>; MOST], one: Candidate) {
    let louder = |kept: &Option<Candidate>| kept.is_none_or(|kept| one.loudness > kept.loudness);
    if let Some(place) = best.iter().position(louder) {
        for after in (place + 1..MOST).rev() {
            best[after] = best[after - 1];
        }
        best[place] = Some(one);
    }
}

/// The window of at most `longest` characters with the largest sum, without quiet ends.
fn loudest_window(loud: &[i32], longest: usize) -> (usize, usize) {
    let size = longest.min(loud.len());
    let mut sum: i32 = loud[..size].iter().sum();
    let mut best = (sum, 0);
    for start in 1..=loud.len() - size {
        sum += loud[start + size - 1] - loud[start - 1];
        if sum > best.0 {
            best = (sum, start);
        }
    }
    let (mut start, mut end) = (best.1, best.1 + size);
    while end - start > SHORTEST_QUOTE && loud[start] <= 0 {
        start += 1;
    }
    while end - start > SHORTEST_QUOTE && loud[end - 1] <= 0 {
        end -= 1;
    }
    (start, end)
}
