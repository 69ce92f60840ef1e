//! Plain words that are particulars by themselves: roles, products, places, organizations.

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

/// A name of an organization or shop after a word or mark that ends what stood before.
static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?:^|[^\p{Han}]|[在到去向给被是的和对找让])([\p{Han}a-z0-9&&[^的和是在了我你他她们您这那就都不没有说要去到给被把跟与个么来过从上下]]{2,10}?(?:有限责任公司|有限公司|分公司|公司|集团|银行|医院|学校|大学|幼儿园|中学|小学|(旗舰店|专卖店|分店|门店|营业厅|网点|专柜|校区|机场|火车站|高铁站|商场|超市|支行|收费站|服务区|广场店|店)))",
    )
    .expect("a fixed pattern")
});

/// Words before a name that are not part of it.
const LEADS: &[char] = &[
    '在', '到', '去', '向', '给', '被', '是', '的', '和', '对', '找', '让', '我', '你', '他', '从', '由',
    '跟', '打',
];
/// Words that make a match a phrase rather than a name.
const NOT_NAMES: &[&str] = &[
    "这家", "那家", "你们", "他们", "我们", "一家", "贵公", "哪家", "该公", "某", "什么", "每家", "几家",
    "两家", "别家", "黑心", "这个", "那个", "本店", "贵店",
];

fn find(page: &Page<'_>, found: &mut Vec<Found>) {
    for hit in WORDS.leftmost_find_iter(page.text) {
        let kind = EntityKind::ALL[hit.value() as usize];
        found.push(Found::shaped(kind, hit.start()..hit.end(), None));
    }
    if page.signs.has(Cue::Org) || page.signs.has(Cue::Place) {
        for captures in NAMED.captures_iter(page.text) {
            let Some(name) = captures.get(1) else { continue };
            let words = name.as_str().trim_start_matches(LEADS);
            let range = name.end() - words.len()..name.end();
            if words.chars().count() > 2 && !NOT_NAMES.iter().any(|word| words.contains(word)) {
                let kind = if captures.get(2).is_some() {
                    EntityKind::Place
                } else {
                    EntityKind::Org
                };
                found.push(Found::shaped(kind, range, None));
            }
        }
    }
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
