//! Words that tell something in a conversation: kept as data, found in one pass over a turn.

use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};
use domain::TalkSignal;

/// The lists: lines of `class TAB words parted by spaces`.
const LISTS: &str = include_str!("../../data/cues/talk.tsv");
/// Longer words in which one of the lists does not mean what the list means: `class TAB words parted by spaces`.
const NOT: &str = include_str!("../../data/cues/talk-not.tsv");
/// The number of classes.
pub(crate) const CLASSES: usize = 38;

/// All lists in one automaton.
pub(crate) struct TalkWords {
    automaton: CharwiseDoubleArrayAhoCorasick<u32>,
    /// For each word a bit per class.
    classes: Vec<u64>,
    /// The words that take a meaning away, and from which classes each does.
    not: CharwiseDoubleArrayAhoCorasick<u32>,
    not_classes: Vec<u64>,
}

/// A word found: its classes as bits and its bytes of the normalized turn.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found {
    pub(crate) classes: u64,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl TalkWords {
    /// Builds the automata of the embedded lists.
    pub(crate) fn load() -> Self {
        let names: Vec<&str> = LISTS.lines().map(name_of).collect();
        let said = LISTS.lines().enumerate();
        let taken = NOT.lines().filter_map(|line| {
            let class = names.iter().position(|name| *name == name_of(line))?;
            Some((class, line))
        });
        let (automaton, classes) = automaton_of(said);
        let (not, not_classes) = automaton_of(taken);
        Self {
            automaton,
            classes,
            not,
            not_classes,
        }
    }

    /// Every word of a list in a normalized turn that means what its list means.
    pub(crate) fn meant(&self, normalized: &str) -> Vec<Found> {
        let taken: Vec<Found> = self
            .not
            .find_overlapping_iter(normalized)
            .map(|hit| Found {
                classes: self.not_classes[hit.value() as usize],
                start: hit.start(),
                end: hit.end(),
            })
            .collect();
        let left = self.find(normalized).map(|mut found| {
            for other in taken
                .iter()
                .filter(|other| other.start < found.end && found.start < other.end)
            {
                found.classes &= !other.classes;
            }
            found
        });
        left.filter(|found| found.classes != 0).collect()
    }

    /// Every word of a list in a normalized turn.
    pub(crate) fn find<'t>(&'t self, normalized: &'t str) -> impl Iterator<Item = Found> + 't {
        let found = self.automaton.find_overlapping_iter(normalized);
        found.map(|hit| Found {
            classes: self.classes[hit.value() as usize],
            start: hit.start(),
            end: hit.end(),
        })
    }

    /// A bit for each class of which a word stands in the turn.
    pub(crate) fn classes_in(&self, normalized: &str) -> u64 {
        self.find(normalized).fold(0, |all, found| all | found.classes)
    }
}

fn name_of(line: &str) -> &str {
    line.split_once('\t').map_or(line, |(name, _)| name)
}

/// One automaton over the words of lists, and a bit per class for each word.
fn automaton_of<'l>(
    lists: impl Iterator<Item = (usize, &'l str)>,
) -> (CharwiseDoubleArrayAhoCorasick<u32>, Vec<u64>) {
    let mut words: std::collections::BTreeMap<&str, u64> = std::collections::BTreeMap::new();
    for (class, line) in lists {
        let list = line.split_once('\t').map_or("", |(_, list)| list);
        for word in list.split(' ') {
            *words.entry(word).or_default() |= 1 << class;
        }
    }
    let automaton = CharwiseDoubleArrayAhoCorasickBuilder::new()
        .match_kind(MatchKind::Standard)
        .build_with_values(words.keys().zip(0u32..))
        .expect("the lists hold distinct words that are not empty, as a test checks");
    (automaton, words.into_values().collect())
}

/// The class that a signal is read from; lists of the same name come first in the file.
pub(crate) fn class_of(signal: TalkSignal) -> usize {
    use domain::Vocabulary as _;
    signal.index()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use domain::Vocabulary as _;

    use super::*;

    #[test]
    fn lists_are_clean() {
        assert_eq!(LISTS.lines().count(), CLASSES);
        for line in LISTS.lines().chain(NOT.lines()) {
            let (class, words) = line.split_once('\t').expect("class, tab, words");
            let words: Vec<&str> = words.split(' ').collect();
            assert_eq!(
                words.iter().collect::<HashSet<_>>().len(),
                words.len(),
                "{class}: a word stands twice"
            );
            for word in words {
                assert!(!word.is_empty(), "{class}: two spaces");
                assert_eq!(text::read(word).normalized(), word, "{class}: not normalized");
            }
        }
    }

    #[test]
    fn a_word_within_a_harmless_one_gives_no_signal() {
        let words = TalkWords::load();
        let signals = |said: &str| -> Vec<&str> {
            let found = words.meant(said).iter().fold(0, |all, found| all | found.classes);
            let given = TalkSignal::ALL
                .iter()
                .filter(|signal| found >> class_of(**signal) & 1 == 1);
            given.map(|signal| signal.key()).collect()
        };
        assert_eq!(signals("滚筒洗衣机坏了"), [""; 0]);
        assert_eq!(signals("你给我滚"), ["abuse"]);
        assert_eq!(signals("我妈的手术是下午两点"), [""; 0]);
        assert_eq!(signals("滚筒坏了三次,你滚"), ["abuse"]);
        assert_eq!(signals("热水器打不着火"), [""; 0]);
        assert_eq!(signals("插座着火了"), ["safety"]);
        assert!(
            NOT.lines()
                .all(|line| LISTS.lines().any(|list| name_of(list) == name_of(line)))
        );
    }

    #[test]
    fn every_signal_has_its_list() {
        let names: Vec<&str> = LISTS.lines().filter_map(|line| line.split('\t').next()).collect();
        for &signal in TalkSignal::ALL {
            assert_eq!(names[class_of(signal)], signal.key());
        }
    }
}
