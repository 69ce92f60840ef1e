//! Where the words stand that tell of promises: every list is looked for in one pass over the text.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use daachorse::CharwiseDoubleArrayAhoCorasick;

use super::promise_speakers::{HEARSAY, SPEAKER_ENDS};
use super::promise_words::{ADVERTISED, DEED, KEPT, LATE, MEANT, NEVER, STRONG, UNDONE, WAITING, WEAK};

/// A list of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum List {
    Strong,
    Weak,
    Advertised,
    Never,
    Hearsay,
    Deed,
    Undone,
    Waiting,
    Kept,
    Late,
    Speaker,
    Meant,
}

const LISTS: &[(List, &[&str])] = &[
    (List::Strong, STRONG),
    (List::Weak, WEAK),
    (List::Advertised, ADVERTISED),
    (List::Never, NEVER),
    (List::Hearsay, HEARSAY),
    (List::Deed, DEED),
    (List::Undone, UNDONE),
    (List::Waiting, WAITING),
    (List::Kept, KEPT),
    (List::Late, LATE),
    (List::Speaker, SPEAKER_ENDS),
    (List::Meant, MEANT),
];

type Automaton = CharwiseDoubleArrayAhoCorasick<u32>;

/// The words without which a text promises and advertises nothing.
pub(crate) fn telling_words() -> impl Iterator<Item = &'static str> {
    [STRONG, WEAK, ADVERTISED].into_iter().flatten().copied()
}

static ALL: LazyLock<Automaton> = LazyLock::new(|| {
    let mut words: BTreeMap<&str, u32> = BTreeMap::new();
    for (list, all) in LISTS {
        for word in *all {
            *words.entry(word).or_default() |= 1 << *list as u32;
        }
    }
    Automaton::with_values(words).expect("the words are distinct and none is empty")
});

struct Hit {
    start: u32,
    end: u32,
    lists: u32,
}

/// The words of the lists that stand in a text, by their ends.
pub(super) struct Hits(Vec<Hit>);

impl Hits {
    /// The words in a normalized text.
    pub(super) fn of(text: &str) -> Self {
        let hits = ALL.find_overlapping_iter(text).map(|hit| Hit {
            start: hit.start() as u32,
            end: hit.end() as u32,
            lists: hit.value(),
        });
        Self(hits.collect())
    }

    /// The words of a list inside these bytes.
    fn inside(&self, list: List, bytes: &Range<usize>) -> impl Iterator<Item = Range<usize>> {
        let (start, end) = (bytes.start as u32, bytes.end as u32);
        let first = self.0.partition_point(|hit| hit.end <= start);
        self.0[first..]
            .iter()
            .take_while(move |hit| hit.end <= end)
            .filter(move |hit| hit.start >= start && hit.lists >> list as u32 & 1 == 1)
            .map(|hit| hit.start as usize..hit.end as usize)
    }

    /// Whether a word of the list stands inside these bytes.
    pub(super) fn any(&self, list: List, bytes: &Range<usize>) -> bool {
        self.inside(list, bytes).next().is_some()
    }

    /// The first word of the list inside these bytes, of those that begin there the longest.
    pub(super) fn first(&self, list: List, bytes: &Range<usize>) -> Option<Range<usize>> {
        self.inside(list, bytes)
            .min_by_key(|hit| (hit.start, std::cmp::Reverse(hit.end)))
    }

    /// Where the last word of the list inside these bytes ends.
    pub(super) fn last_end(&self, list: List, bytes: &Range<usize>) -> Option<usize> {
        self.inside(list, bytes).map(|hit| hit.end).max()
    }
}
