//! Risks that two words name together beyond doubt, a thing and what it does: a power bank and its swelling, everybody
//! and a warning. Lists kept as data; neither word alone would do.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::block::Block;
use crate::cues::Half;

/// Lines of `risk TAB first words TAB words after them`, each parted by spaces. A line is right in at least nine of ten
/// labeled complaints that hold such a pair, or names a danger that readers of the labels passed over.
const PAIRS: &str = include_str!("../data/cues/pairs.tsv");
/// Most bytes between the two words: sixteen Chinese characters.
const FARTHEST: usize = 48;
/// What parts two sentences.
const ENDS: [char; 7] = ['。', '!', '?', ';', '\n', '！', '？'];
/// Words that deny the one after them.
const DENIALS: [&str; 5] = ["没", "没有", "不会", "不是", "未"];

/// A risk and the bytes of the normalized text that name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SurePair {
    /// The place of the risk in its block.
    pub(crate) risk: usize,
    pub(crate) bytes: Range<usize>,
}

/// What a word is in the lists: a bit per line, for standing first and for standing after.
#[derive(Clone, Copy, Default)]
struct Sides {
    first: u32,
    after: u32,
}

/// All pairs.
pub(crate) struct Pairs {
    /// By the number of the word.
    sides: Vec<Sides>,
    /// The risk of each line.
    risks: Vec<usize>,
}

/// The words of the pairs, each once; their place is their number.
pub(crate) fn words() -> Vec<&'static str> {
    sides().into_keys().collect()
}

fn sides() -> BTreeMap<&'static str, Sides> {
    let mut words: BTreeMap<&str, Sides> = BTreeMap::new();
    for (line, (_, first, after)) in lines().enumerate() {
        for word in first.split(' ') {
            words.entry(word).or_default().first |= 1 << line;
        }
        for word in after.split(' ') {
            words.entry(word).or_default().after |= 1 << line;
        }
    }
    words
}

impl Pairs {
    /// Reads the embedded list.
    pub(crate) fn load() -> Self {
        Self {
            sides: sides().into_values().collect(),
            risks: lines().map(|(risk, _, _)| risk).collect(),
        }
    }

    /// The first pair of each risk in a normalized text, in which these words of pairs were found.
    pub(crate) fn find(&self, normalized: &str, halves: &[Half]) -> Vec<SurePair> {
        let mut found: Vec<SurePair> = Vec::new();
        if halves.len() < 2 {
            return found;
        }
        // Where each line's first word was seen last.
        let mut seen: [Option<Range<usize>>; 32] = std::array::from_fn(|_| None);
        for half in halves {
            let sides = self.sides[half.word as usize];
            let (start, end) = (half.start as usize, half.end as usize);
            for (line, &risk) in self.risks.iter().enumerate() {
                if sides.after >> line & 1 == 1
                    && let Some(first) = &seen[line]
                    && first.end <= start
                    && is_near(&normalized[first.end..start])
                    && found.iter().all(|known| known.risk != risk)
                {
                    let bytes = first.start..end;
                    found.push(SurePair { risk, bytes });
                }
                if sides.first >> line & 1 == 1 {
                    seen[line] = Some(start..end);
                }
            }
        }
        found
    }
}

/// Whether two words with this between them belong together.
fn is_near(between: &str) -> bool {
    between.len() <= FARTHEST
        && !between.contains(ENDS)
        && !DENIALS.iter().any(|denial| between.ends_with(denial))
}

/// The place of the risk, the first words and those after them of every line.
fn lines() -> impl Iterator<Item = (usize, &'static str, &'static str)> {
    let risks = Block::Risks.values();
    PAIRS.lines().filter_map(move |line| {
        let mut parts = line.split('\t');
        let key = parts.next()?;
        let risk = risks.iter().position(|risk| *risk == key)?;
        Some((risk, parts.next()?, parts.next()?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cues::Cues;

    fn check(text: &str, expected: &[(&str, &str)]) {
        let reading = text::read(text);
        let halves = Cues::load().find(&reading).halves;
        let found = Pairs::load().find(reading.normalized(), &halves);
        let named: Vec<(&str, &str)> = found
            .iter()
            .map(|pair| {
                (
                    Block::Risks.values()[pair.risk],
                    &reading.normalized()[pair.bytes.clone()],
                )
            })
            .collect();
        assert_eq!(named, expected, "{text}");
    }

    #[test]
    fn a_thing_and_what_it_does_name_a_danger() {
        check("插排用了半天就冒火花了", &[("safety", "插排用了半天就冒火")]);
        check("各位买菜的小心这家秤", &[("exposure", "各位买菜的小心")]);
        check("邻居家的也漏,隔壁的也坏了", &[("herd", "邻居家的也漏")]);
    }

    #[test]
    fn one_word_alone_or_denied_or_far_away_does_not() {
        check("买的电池续航不行", &[]);
        check("插排没冒火就是不通电", &[]);
        check("电池不耐用。客服说话冒烟", &[]);
        check(
            "路边的灯昨天换成了新的样式以后大家看着都挺喜欢的结果有人放炮爆炸",
            &[],
        );
    }

    #[test]
    fn the_list_is_clean() {
        assert_eq!(lines().count(), PAIRS.lines().count());
        assert!(PAIRS.lines().count() <= 32);
        for (_, first, after) in lines() {
            for word in first.split(' ').chain(after.split(' ')) {
                assert!(!word.is_empty());
                assert_eq!(text::read(word).normalized(), word);
            }
        }
    }
}
