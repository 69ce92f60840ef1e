//! E-mail addresses, also with the at sign or the dot written as words, or spelled with spaces.

use std::sync::LazyLock;

use domain::{EntityKind, EntityValue};
use regex::Regex;

use super::signs::Signs;
use super::{Finder, Found, Page};

/// Looks for e-mail addresses.
pub(super) const FINDER: Finder = Finder {
    wanted: |signs: &Signs| signs.latin,
    find,
};

static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"[a-z0-9](?:(?:[a-z0-9._%+-]|点|下划线|横杠|中划线|横线|减号){0,62}[a-z0-9_])?(?:[ \n]|呃|嗯|额|,|那个|就是){0,4}(?:@|艾特符号|艾特|爱特|哎特|埃特|挨特|小老鼠|小a圈|圈a|a圈|花a|圈儿a|\(艾特\)|\[艾特\]|-at-|_at_|\(a\)|\(@\)|\[@\]|【at】|at符号|\(at\)|\[at\]|\{at\}|<at>|#)(?:[ \n]|呃|嗯|额|,|那个|就是){0,4}[a-z0-9](?:[a-z0-9-]{0,62}(?:[ \n]?\. ?| ?(?:呃 ?|嗯 ?)?点 ?(?:呃 ?|嗯 ?)?|。|\(点\)|\[点\]|\(dot\)|\[dot\]|\{dot\}| dot |-dot-|_dot_|,)){1,4}(?:[a-z]{2,10}|中国|公司|网络)",
    )
    .expect("a fixed pattern")
});
/// Spoken, with numbers and marks as words, and an ending that is known.
static WORDED: LazyLock<Regex> = LazyLock::new(|| {
    let word = "(?:[a-z0-9_.-]|[零〇一二三四五六七八九幺]|下划线|横杠|中划线|横线|减号|点|呃|嗯|额| )";
    Regex::new(&format!(
        "[a-z0-9零一二三四五六七八九幺]{word}{{1,40}}(?:@|艾特|爱特|哎特|埃特|挨特|小老鼠|圈a|花a|\\(at\\)|\\(艾特\\)){word}{{1,30}}(?:(?:点|\\.|dot|,) ?(?:抗姆|康姆|康母|com|cn|net|org|edu|hk|tw|example|c o m|c n)){{1,2}}"
    ))
    .expect("a fixed pattern")
});
/// The at sign as a word of its own.
static SPOKEN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[a-z0-9][a-z0-9._+-]{1,62} at [a-z0-9][a-z0-9-]{0,62}(?:\.| dot |点| 点 )[a-z]{2,10}(?:\.[a-z]{2})?")
        .expect("a fixed pattern")
});
/// Every character followed by a space.
static SPELLED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:[a-z0-9._+-] ){2,40}(?:@|艾特) (?:[a-z0-9-] ){1,40}(?:\.|点)(?: [a-z.]){2,12}")
        .expect("a fixed pattern")
});

/// What may stand for the sign of an address.
const SIGNS: &[&str] = &[
    "爱特",
    "哎特",
    "埃特",
    "挨特",
    "-at-",
    "_at_",
    "小老鼠",
    "圈a",
    "花a",
    "a圈",
    "(a)",
    "【at】",
    "at符号",
    "at}",
    "at>",
    "at)",
    "at]",
    " at ",
    "#",
];

fn find(page: &Page<'_>, found: &mut Vec<Found>) {
    let at = page.signs.at || SIGNS.iter().any(|sign| page.text.contains(sign));
    if !at {
        return;
    }
    let mut push = |range: std::ops::Range<usize>| {
        let mut address = page.text[range.clone()].replace(['点'], ".");
        for word in ["(dot)", "[dot]", " dot "] {
            address = address.replace(word, ".");
        }
        for word in ["艾特", "(at)", "[at]", " at ", "#"] {
            address = address.replace(word, "@");
        }
        address.retain(|c| c != ' ');
        found.push(Found::shaped(
            EntityKind::Email,
            range,
            Some(EntityValue::Text(address)),
        ));
    };
    for hit in SPOKEN.find_iter(page.text) {
        let goes_on = page.text[hit.end()..].starts_with(|c: char| c == '@' || c.is_ascii_alphanumeric());
        let word = [
            "look",
            "shop",
            "me",
            "us",
            "contact",
            "order",
            "ordered",
            "bought",
            "available",
        ];
        if !goes_on
            && !word
                .iter()
                .any(|word| hit.as_str().starts_with(&format!("{word} ")))
        {
            push(hit.range());
        }
    }
    SPELLED.find_iter(page.text).for_each(|hit| push(hit.range()));
    if !page.is_english() {
        WORDED.find_iter(page.text).for_each(|hit| push(hit.range()));
    }
    if let Some(compact) = page.compact.as_ref().filter(|_| !page.is_english()) {
        for hit in WORDED.find_iter(compact.text()) {
            push(compact.home(&hit.range()));
        }
    }
    ADDRESS.find_iter(page.text).for_each(|hit| push(hit.range()));
}
