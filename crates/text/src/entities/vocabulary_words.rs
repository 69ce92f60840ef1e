//! Plain words that are particulars by themselves: roles, products, places, organizations.

use std::ops::Range;
use std::sync::LazyLock;

use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};
use domain::{EntityKind, Vocabulary};
use regex::Regex;

use super::signs::{Cue, Signs};
use super::{Finder, Found, Page};

/// Looks for words of the lexicon and for names of organizations and shops by their last word.
pub(super) const FINDER: Finder = Finder {
    wanted: |_: &Signs| true,
    find,
};

const LEXICON: &str = include_str!("../../data/lexicon.tsv");

static WORDS: LazyLock<CharwiseDoubleArrayAhoCorasick<u32>> = LazyLock::new(build_words);

/// A name of an organization or shop, known by its last word; words of grammar are not part of it.
static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"[\p{Han}a-z0-9&&[^的和是在了我你他她们您这那就都不没有说要去到给被把跟与个么来过从上下让找家于回按能进出向对打由]]{2,10}?(?:有限责任公司|有限公司|集团|(旗舰店|专卖店|分店|营业厅|门店|支行|机场|火车站|高铁站|校区))",
    )
    .expect("a fixed pattern")
});

/// Words that make a match a phrase rather than a name.
const NOT_NAMES: &[&str] = &[
    "贵公", "哪", "该", "某", "什么", "每", "几", "两", "别", "黑心", "本", "贵", "一",
];

fn find(page: &Page<'_>, found: &mut Vec<Found>) {
    for hit in WORDS.leftmost_find_iter(page.text) {
        if is_part_of_code(page.text, hit.start()..hit.end()) {
            continue;
        }
        let kind = EntityKind::ALL[hit.value() as usize];
        found.push(Found::shaped(kind, hit.start()..hit.end(), None));
    }
    if page.signs.has(Cue::Org) || page.signs.has(Cue::Place) {
        for captures in NAMED.captures_iter(page.text) {
            let name = captures.get(0).expect("group 0 always matches");
            if !NOT_NAMES.iter().any(|word| name.as_str().contains(word)) {
                let kind = if captures.get(1).is_some() {
                    EntityKind::Place
                } else {
                    EntityKind::Org
                };
                found.push(Found::shaped(kind, name.range(), None));
            }
        }
    }
}

/// Whether a word of digits, such as 12345, is part of a longer number or code.
fn is_part_of_code(text: &str, bytes: Range<usize>) -> bool {
    let code = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let mark = |c: char| matches!(c, '-' | '.' | '·' | '_' | '#' | '*' | '+');
    let (head, tail) = (&text[..bytes.start], &text[bytes.end..]);
    let joined = head
        .strip_suffix(mark)
        .is_some_and(|rest| code(rest.chars().next_back()))
        || tail
            .strip_prefix(mark)
            .is_some_and(|rest| code(rest.chars().next()));
    let touching = code(head.chars().next_back()) || code(tail.chars().next());
    text[bytes].bytes().all(|byte| byte.is_ascii_digit()) && (joined || touching)
}

fn build_words() -> CharwiseDoubleArrayAhoCorasick<u32> {
    let mut words = std::collections::BTreeMap::new();
    for line in LEXICON.lines().filter(|line| !line.starts_with('#')) {
        let (kind, list) = line.split_once('\t').expect("lexicon.tsv has two columns");
        let kind = EntityKind::from_key(kind).expect("lexicon.tsv names kinds");
        for word in list.split(' ') {
            words.entry(word).or_insert(kind.index() as u32);
        }
    }
    CharwiseDoubleArrayAhoCorasickBuilder::new()
        .match_kind(MatchKind::LeftmostLongest)
        .build_with_values(words)
        .expect("the words are distinct and not empty")
}
