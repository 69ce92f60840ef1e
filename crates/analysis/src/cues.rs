//! Words that point to a value of a facet: lists kept as data, found in one pass over the text.

use domain::Vocabulary;
use text::{Reading, WordIndex};

use crate::block::{Block, OUTPUTS};
use crate::pairs;
use crate::read::telling_words;

/// The lists: the block, and lines of `value TAB words parted by spaces`.
const LISTS: &[(Block, &str)] = &[
    (Block::Psychology, include_str!("../data/cues/psychology.tsv")),
    (Block::Motives, include_str!("../data/cues/motives.tsv")),
    (Block::Emotion, include_str!("../data/cues/emotion.tsv")),
    (Block::Intensity, include_str!("../data/cues/intensity.tsv")),
    (Block::Subjects, include_str!("../data/cues/subjects.tsv")),
    (Block::Nature, include_str!("../data/cues/nature.tsv")),
    (Block::Stance, include_str!("../data/cues/stance.tsv")),
    (Block::AngerType, include_str!("../data/cues/anger_type.tsv")),
    (Block::Causes, include_str!("../data/cues/causes.tsv")),
    (Block::Risks, include_str!("../data/cues/risks.tsv")),
    (Block::Temperament, include_str!("../data/cues/temperament.tsv")),
    (Block::Outcome, include_str!("../data/cues/outcome.tsv")),
];

/// Words that mark what was promised, expected and received: lines of `mark TAB words parted by spaces`.
const MARKS: &str = include_str!("../data/cues/expectation.tsv");

/// Words that name a risk beyond doubt, whatever the model makes of them: lines of `risk TAB words parted by spaces`.
/// Each was right in at least nine of ten training texts of complaints.
const SURE: &str = include_str!("../data/cues/sure.tsv");
/// Where targets that stand for sure risks begin, after the outputs and the marks.
const SURE_FROM: u16 = OUTPUTS as u16 + 16;

/// A mark of the pair of expectation and what came instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// Begins what was promised.
    Promised,
    /// Begins what was expected without a promise.
    Expected,
    /// Begins what came instead.
    Received,
    /// Names who promises.
    Speaker,
}

impl Mark {
    const ALL: [(Self, &str); 4] = [
        (Self::Promised, "promised"),
        (Self::Expected, "expected"),
        (Self::Received, "received"),
        (Self::Speaker, "speaker"),
    ];

    fn target(self) -> u16 {
        OUTPUTS as u16 + self as u16
    }
}

/// Words that turn the cue after them around.
const DENIALS: &[&str] = &[
    "不是",
    "不要",
    "不用",
    "不需要",
    "不图",
    "不想",
    "没想",
    "不求",
    "没要",
    "并非",
    "无需",
    "不为",
];

/// The last characters of denials and of the small verbs after them; most cues stand after none of them.
const LAST_OF_DENIALS: [char; 10] = ['是', '要', '用', '图', '想', '求', '非', '需', '为', '来'];

/// Most cues read in one text; more say nothing new.
const MOST_HITS: usize = 4096;

/// One cue found: which word, and the byte range of the normalized text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hit {
    pub(crate) word: u32,
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// Whether the words before turn it around; then it shows no value.
    pub(crate) denied: bool,
}

/// A word found that may be half of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Half {
    /// The number of the word among those of pairs.
    pub(crate) word: u32,
    pub(crate) start: u32,
    pub(crate) end: u32,
}

/// What the lists find in one text, in order of the words' ends.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) hits: Vec<Hit>,
    pub(crate) halves: Vec<Half>,
    /// Whether a word stands in the text without which nothing is promised or advertised.
    pub(crate) tells: bool,
}

/// What a word stands for.
#[derive(Clone, Copy, Debug, Default)]
struct Word {
    /// A bit per target.
    targets: u128,
    /// One more than its number among the words of pairs; zero when it is none of them.
    half: u32,
    tells: bool,
}

/// All lists that are looked for in one pass.
pub(crate) struct Cues {
    index: WordIndex,
    words: Vec<Word>,
    /// Whether denials are heeded.
    denials: bool,
}

const _: () = assert!(SURE_FROM as u32 + 16 <= u128::BITS, "every target has a bit");

impl Cues {
    /// Builds the index of the embedded lists.
    pub(crate) fn load() -> Self {
        let mut words: std::collections::BTreeMap<&str, Word> = std::collections::BTreeMap::new();
        for (target, word) in entries().chain(marks()).chain(sure_risks()) {
            words.entry(word).or_default().targets |= 1 << target;
        }
        for (word, number) in pairs::words().into_iter().zip(1..) {
            words.entry(word).or_default().half = number;
        }
        for word in telling_words() {
            words.entry(word).or_default().tells = true;
        }
        Self {
            index: WordIndex::of(words.keys().copied().zip(0..)),
            words: words.into_values().collect(),
            denials: true,
        }
    }

    /// The same, with denied cues taken as they stand: what negation is measured against.
    pub(crate) fn undenied() -> Self {
        Self {
            denials: false,
            ..Self::load()
        }
    }

    /// Every word of the lists in a text.
    pub(crate) fn find(&self, reading: &Reading<'_>) -> Found {
        let normalized = reading.normalized();
        let mut found = Found::default();
        self.index.find_read(reading, |bytes, number| {
            let word = &self.words[number as usize];
            let (start, end) = (bytes.start as u32, bytes.end as u32);
            if word.targets != 0 {
                let denied = self.denials && is_denied(&normalized[..bytes.start]);
                found.hits.push(Hit {
                    word: number,
                    start,
                    end,
                    denied,
                });
            }
            if word.half != 0 {
                found.halves.push(Half {
                    word: word.half - 1,
                    start,
                    end,
                });
            }
            found.tells |= word.tells;
        });
        found.hits.sort_unstable_by_key(|hit| (hit.end, hit.start));
        found.hits.truncate(MOST_HITS);
        found.halves.sort_unstable_by_key(|half| (half.end, half.start));
        found
    }

    /// Whether a cue shows this output.
    pub(crate) fn shows(&self, hit: &Hit, output: usize) -> bool {
        !hit.denied && self.words[hit.word as usize].targets >> output & 1 == 1
    }

    /// A bit for each risk that is named beyond doubt.
    pub(crate) fn sure_risks(&self, hits: &[Hit]) -> u32 {
        let named = hits.iter().filter(|hit| !hit.denied);
        let targets = named.fold(0, |all, hit| all | self.words[hit.word as usize].targets);
        (targets >> SURE_FROM) as u32
    }

    /// A bit for each output that a cue shows.
    pub(crate) fn shown_by(&self, hit: &Hit) -> u128 {
        if hit.denied {
            0
        } else {
            self.words[hit.word as usize].targets & ((1 << OUTPUTS) - 1)
        }
    }

    /// Whether a cue is this mark.
    pub(crate) fn marks(&self, hit: &Hit, mark: Mark) -> bool {
        self.words[hit.word as usize].targets >> mark.target() & 1 == 1
    }

    /// Writes how often each score is pointed to, at most three times, over zeros. Gives a bit for each that is.
    pub(crate) fn count(&self, hits: &[Hit], counts: &mut [f32; OUTPUTS]) -> u128 {
        let mut pointed = 0;
        for hit in hits {
            let mut targets = self.shown_by(hit);
            pointed |= targets;
            while targets != 0 {
                let count = &mut counts[targets.trailing_zeros() as usize];
                *count = (*count + 1.0).min(3.0);
                targets &= targets - 1;
            }
        }
        pointed
    }
}

fn entries() -> impl Iterator<Item = (u16, &'static str)> {
    LISTS.iter().flat_map(|&(block, list)| {
        let values = block.values();
        list.lines().flat_map(move |line| {
            let (value, words) = line.split_once('\t').unwrap_or((line, ""));
            let index = values.iter().position(|known| *known == value);
            let output = index.map(|index| (block.offset() + index) as u16);
            words.split(' ').filter_map(move |word| Some((output?, word)))
        })
    })
}

fn sure_risks() -> impl Iterator<Item = (u16, &'static str)> {
    let risks = Block::Risks.values();
    SURE.lines().flat_map(move |line| {
        let (key, words) = line.split_once('\t').unwrap_or((line, ""));
        let known = risks.iter().position(|risk| *risk == key);
        words
            .split(' ')
            .filter_map(move |word| Some((SURE_FROM + known? as u16, word)))
    })
}

fn marks() -> impl Iterator<Item = (u16, &'static str)> {
    MARKS.lines().flat_map(|line| {
        let (key, words) = line.split_once('\t').unwrap_or((line, ""));
        let known = Mark::ALL.iter().find(|(_, name)| *name == key);
        words
            .split(' ')
            .filter_map(move |word| Some((known?.0.target(), word)))
    })
}

/// Whether a denial stands before, at most one small verb away: 不是 | 不是要 | 不是来.
fn is_denied(before: &str) -> bool {
    if !before.ends_with(LAST_OF_DENIALS) {
        return false;
    }
    let shorter = before.strip_suffix(['要', '来', '想', '图', '求']);
    let denies =
        |part: &str| !part.ends_with("是不是") && DENIALS.iter().any(|denial| part.ends_with(denial));
    denies(before) || shorter.is_some_and(denies)
}

/// The cue words of a value, for the test of completeness and for showing what the engine knows.
pub fn words_for<V: Vocabulary>(block: Block, value: V) -> Vec<&'static str> {
    words_at(block, value.index())
}

/// The cue words of the value at this place of a block.
pub(crate) fn words_at(block: Block, value: usize) -> Vec<&'static str> {
    let output = (block.offset() + value) as u16;
    entries()
        .filter(|&(target, _)| target == output)
        .map(|(_, word)| word)
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn lists_are_clean() {
        for &(block, list) in LISTS {
            let values = block.values();
            for line in list.lines() {
                let (value, words) = line.split_once('\t').expect("value, tab, words");
                assert!(values.contains(&value), "{block:?} has no value {value}");
                for word in words.split(' ') {
                    assert!(!word.is_empty(), "{block:?} {value}: two spaces");
                    assert_eq!(
                        text::read(word).normalized(),
                        word,
                        "{block:?} {value}: not normalized"
                    );
                }
            }
        }
    }

    #[test]
    fn every_value_has_cues() {
        let known: HashSet<u16> = entries().map(|(output, _)| output).collect();
        for &(block, _) in LISTS {
            for (index, value) in block.values().iter().enumerate() {
                let exempt = matches!(block, Block::Temperament | Block::Outcome) && *value == "unknown";
                let cued = known.contains(&((block.offset() + index) as u16));
                assert!(cued || exempt, "{block:?} {value} lacks cues");
            }
        }
    }

    #[test]
    fn sure_words_are_cues_of_their_risk_too() {
        assert_eq!(
            sure_risks().count(),
            SURE.split_whitespace().count() - SURE.lines().count()
        );
        for (target, word) in sure_risks() {
            let risk = (target - SURE_FROM) as usize;
            assert!(words_at(Block::Risks, risk).contains(&word), "{word}");
        }
    }

    #[test]
    fn every_mark_has_words() {
        for (mark, key) in Mark::ALL {
            assert!(marks().any(|(target, _)| target == mark.target()), "{key}");
        }
        assert_eq!(MARKS.lines().count(), Mark::ALL.len());
    }

    #[test]
    fn denied_cues_do_not_count() {
        let cues = Cues::load();
        let compensation = Block::Motives.offset() + 5;
        let count = |text: &str| {
            let mut counts = [0.0; OUTPUTS];
            let pointed = cues.count(&cues.find(&text::read(text)).hits, &mut counts);
            assert_eq!(pointed >> compensation & 1 == 1, counts[compensation] > 0.0);
            counts[compensation]
        };
        assert!(count("我要赔偿") > 0.0);
        assert_eq!(count("我不是要赔偿,只想听一句"), 0.0);
        assert!(count("你们是不是要赔偿") > 0.0);
    }
}
