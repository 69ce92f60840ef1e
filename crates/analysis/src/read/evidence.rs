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

/// The clauses of a text, or the whole of it where it has none.
pub(crate) struct Clauses {
    /// In bytes of the normalized text.
    pub(crate) bytes: Vec<Range<usize>>,
    /// In normalized characters.
    pub(crate) chars: Vec<Range<usize>>,
}

impl Clauses {
    /// The clauses of a reading.
    pub(crate) fn of(reading: &Reading<'_>) -> Self {
        let mut bytes = reading.clauses();
        if bytes.is_empty() && reading.char_count() > 0 {
            bytes.push(0..reading.normalized().len());
        }
        let chars = |bytes: &Range<usize>| reading.char_at(bytes.start)..reading.char_at(bytes.end);
        Self {
            chars: bytes.iter().map(chars).collect(),
            bytes,
        }
    }
}

/// Finds evidence in one text.
pub(crate) struct Underline<'a> {
    reading: &'a Reading<'a>,
    scored: &'a Scored<'a>,
    cues: &'a Cues,
    /// The clauses in normalized characters.
    clauses: &'a [Range<usize>],
    /// For each clause a bit for each output that a cue in it shows.
    cued: Vec<u128>,
    /// The roots of the lengths of the first clauses.
    roots: [f32; FEW_CLAUSES],
    voices: &'a Voices,
    /// A clause longer than this many characters is cut to its loudest part.
    longest: usize,
    made: RefCell<Vec<(Range<usize>, Quote)>>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Candidate {
    clause: u32,
    /// How loud it speaks, measured by the loudest; a cue counts as much as the loudest pieces.
    loudness: f32,
}

impl Candidate {
    fn is_cued(self) -> bool {
        self.loudness >= CUE_WEIGHT
    }
}

/// The first few of some candidates.
#[derive(Clone, Copy, Debug, Default)]
struct Ranked {
    all: [Candidate; MOST_QUOTES],
    count: usize,
}

impl Ranked {
    fn get(&self) -> &[Candidate] {
        &self.all[..self.count]
    }

    /// Puts a candidate last, if there is room.
    fn push(&mut self, one: Candidate) {
        if let Some(place) = self.all.get_mut(self.count) {
            *place = one;
            self.count += 1;
        }
    }

    /// Puts a candidate where its loudness belongs, if there is room; equally loud ones stay in their order.
    fn rank(&mut self, one: Candidate) {
        let louder = |kept: &Candidate| one.loudness > kept.loudness;
        match self.get().iter().position(louder) {
            Some(place) => {
                self.count = MOST_QUOTES.min(self.count + 1);
                self.all[place..self.count].rotate_right(1);
                self.all[place] = one;
            }
            None => self.push(one),
        }
    }
}

impl<'a> Underline<'a> {
    /// Prepares the cues of a scored reading; the voices are of its clauses, for the outputs whose evidence will be asked
    /// for.
    pub(crate) fn new(
        cues: &'a Cues,
        reading: &'a Reading<'a>,
        scored: &'a Scored<'a>,
        clauses: &'a Clauses,
        voices: &'a Voices,
    ) -> Self {
        let mut roots = [0f32; FEW_CLAUSES];
        for (root, clause) in roots.iter_mut().zip(&clauses.chars) {
            *root = root_of(clause);
        }
        Self {
            roots,
            clauses: &clauses.chars,
            cued: cued_clauses(cues, &scored.found.hits, &clauses.bytes),
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
        let best = self.best_clauses(output);
        let mut quotes = Vec::with_capacity(best.count);
        for one in best.get() {
            quotes.extend(self.quote(self.shorten(one.clause, output)));
        }
        Evidence::of(quotes)
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
        self.clauses
    }

    /// The ranges of normalized characters that show an output, best first.
    pub(crate) fn ranges(&self, output: usize) -> impl Iterator<Item = Range<usize>> {
        let best = self.best_clauses(output);
        (0..best.count).map(move |place| self.shorten(best.all[place].clause, output))
    }

    /// The loudest clause, then the loudest others that are loud enough beside it, as long as all of them together stay
    /// a small part of a long text.
    fn best_clauses(&self, output: usize) -> Ranked {
        let mut best = Ranked::default();
        if self.clauses.len() == 1 {
            best.push(Candidate::default());
            return best;
        }
        let Some((first, others)) = self.rank_clauses(output) else {
            return best;
        };
        best.push(first);
        let mut room = self.room_beside(first);
        for &one in others.get() {
            if one.clause == first.clause {
                continue;
            }
            let is_loud = one.loudness >= FURTHER_CUED * first.loudness || !one.is_cued();
            let size = self.quoted_size(one);
            if is_loud && size <= room {
                room -= size;
                best.push(one);
            }
        }
        best
    }

    /// The loudest clause, and the loudest of those that hold a cue or speak loud without one.
    fn rank_clauses(&self, output: usize) -> Option<(Candidate, Ranked)> {
        let column = self.voices.column(output);
        let mut known = [0f32; FEW_CLAUSES];
        let mut top = 0f32;
        for (clause, known) in known.iter_mut().enumerate().take(self.clauses.len()) {
            let sum = column.map_or(0, |column| self.voices.sum(clause, column));
            if sum > 0 {
                *known = sum as f32 / self.roots[clause];
                top = if *known > top { *known } else { top };
            }
        }
        for clause in FEW_CLAUSES..self.clauses.len() {
            top = top.max(self.loudness(clause, column));
        }
        let (mut first, mut further): (Option<Candidate>, _) = (None, Ranked::default());
        for (clause, cued) in self.cued.iter().enumerate() {
            let loudness = match known.get(clause) {
                Some(known) => *known,
                None => self.loudness(clause, column),
            };
            let share = if loudness > 0.0 { loudness / top } else { 0.0 };
            let is_cued = cued >> output & 1 == 1;
            let cue = if is_cued { CUE_WEIGHT } else { 0.0 };
            let one = Candidate {
                clause: clause as u32,
                loudness: share + cue,
            };
            if first.is_none_or(|first| one.loudness > first.loudness) {
                first = Some(one);
            }
            if is_cued || share >= FURTHER {
                further.rank(one);
            }
        }
        first.map(|first| (first, further))
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
        self.clauses[one.clause as usize].len().min(self.longest)
    }

    /// How loud the characters of a clause speak together, measured by its length.
    fn loudness(&self, clause: usize, column: Option<usize>) -> f32 {
        let sum = column.map_or(0, |column| self.voices.sum(clause, column));
        sum.max(0) as f32 / root_of(&self.clauses[clause])
    }

    /// The loudest part of a long clause: around its cues for the output when it has some, else where its pieces speak
    /// loudest.
    fn shorten(&self, clause: u32, output: usize) -> Range<usize> {
        let clause = self.clauses[clause as usize].clone();
        if clause.len() <= self.longest {
            return clause;
        }
        let mut loud = self.scored.said(clause.clone(), output);
        let bonus = 2 * loud.iter().map(|voice| voice.abs()).max().unwrap_or(0);
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

/// The root of the length of a clause.
fn root_of(clause: &Range<usize>) -> f32 {
    (clause.len() as f32).sqrt()
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
