//! Words that tell something in a conversation: kept as data, found in one pass over a turn.

use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};
use domain::TalkSignal;

/// The lists: lines of `class TAB words parted by spaces`.
const LISTS: &str = include_str!("../../data/cues/talk.tsv");
/// The number of classes.
pub(crate) const CLASSES: usize = 38;

/// All lists in one automaton.
pub(crate) struct TalkWords {
    automaton: CharwiseDoubleArrayAhoCorasick<u32>,
    /// For each word a bit per class.
    classes: Vec<u64>,
}

/// A word found: its classes as bits and its bytes of the normalized turn.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found {
    pub(crate) classes: u64,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl TalkWords {
    /// Builds the automaton of the embedded lists.
    pub(crate) fn load() -> Self {
        let mut words: std::collections::BTreeMap<&str, u64> = std::collections::BTreeMap::new();
        for (class, line) in LISTS.lines().enumerate() {
            let list = line.split_once('\t').map_or("", |(_, list)| list);
            for word in list.split(' ') {
                *words.entry(word).or_default() |= 1 << class;
            }
        }
        let automaton = CharwiseDoubleArrayAhoCorasickBuilder::new()
            .match_kind(MatchKind::Standard)
            .build_with_values(words.keys().zip(0u32..))
            .expect("the lists hold distinct words that are not empty, as a test checks");
        Self {
            automaton,
            classes: words.into_values().collect(),
        }
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
        for line in LISTS.lines() {
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
    fn every_signal_has_its_list() {
        let names: Vec<&str> = LISTS.lines().filter_map(|line| line.split('\t').next()).collect();
        for &signal in TalkSignal::ALL {
            assert_eq!(names[class_of(signal)], signal.key());
        }
    }
}
