//! E-mail addresses, also with the at sign or the dot written as words, or spelled with spaces.

use std::ops::Range;
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
        r"[a-z0-9](?:(?:[a-z0-9._%+-]|点|\(dot\)|\[dot\]|\(点\)|下划线|横杠|中划线|横线|减号){0,62}(?:[a-z0-9_]|\p{Han}{1,3}))?(?:[ \n]|呃|嗯|额|,|那个|就是){0,4}(?:@|艾特符号|艾特|爱特|哎特|埃特|挨特|小老鼠|小a圈|圈a|a圈|花a|圈儿a|\(艾特\)|\[艾特\]|-at-|_at_|\(a\)|\(@\)|\[@\]|【at】|at符号|\(at\)|\[at\]|\{at\}|<at>|#)(?:[ \n]|呃|嗯|额|,|那个|就是){0,4}[a-z0-9](?:[a-z0-9-]{0,62}(?:[ \n]?\. ?| ?(?:呃 ?|嗯 ?)?点 ?(?:呃 ?|嗯 ?)?|。|\(点\)|\[点\]|\(dot\)|\[dot\]|\{dot\}| dot |-dot-|_dot_|,)){1,4}(?:[a-z]{2,10}|中国|公司|网络)",
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
/// Any word for the at sign between anything spoken as letters, digits and marks, and an ending that is known.
static SAID: LazyLock<Regex> = LazyLock::new(|| {
    let mark = "(?:下划线|下横线|底线|底杠|横杠|短横|短杠|中划线|横线|减号|一杠|杠|小数点|句点|点|dot|dash|underscore)";
    let pause = "(?: |,|、|呃|嗯|额|啊|然后|再|那个|就是|接着|\\n)";
    // A comma parts a number from the address after it.
    let rest = "(?: |呃|嗯|额|啊|然后|再|那个|就是|接着)";
    let letter = "(?:[a-z0-9]|[零〇一二三四五六七八九幺])";
    let at = "(?:@|艾特|爱特|哎特|唉特|埃特|挨特|艾塔|小老鼠|老鼠|小蜗牛|蜗牛|圈儿?a|a圈儿?|a圈圈|花体?a|带圈的?a|圈圈a|at(?:符号|号)?|a特)";
    let wrap = r"(?:[\[({<【「*_-]|符号|标志|那个|的| )*";
    let close = r"(?:[\])}>】」*_-]|符号|标志|号| |,)*";
    Regex::new(&format!(
        "{letter}(?:{letter}|[._+-]|{mark}|{rest}){{1,40}}?{wrap}{at}{close}{pause}{{0,3}}{letter}(?:{letter}|[.-]|{mark}|{pause}){{0,40}}?(?:{pause}{{0,2}}(?:点|小数点|句点|dot|\\.|,|。|\\(点\\)|\\[点\\]|\\[dot\\]|\\(dot\\)){pause}{{0,2}}(?:com?|c ?o ?m|抗姆|康姆|康母|康木|靠姆|抗母|cn|c ?n|net|org|edu|gov|hk|tw|info|me|io|cc|vip|中国)){{1,2}}"
    ))
    .expect("a fixed pattern")
});
/// An address that breaks off with the text.
static CUT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[a-z0-9][a-z0-9._-]{2,62}@[a-z0-9][a-z0-9.-]{0,40}$").expect("a fixed pattern")
});
/// The at sign as a word of its own.
static SPOKEN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[a-z0-9][a-z0-9._+-]{0,62}(?: (?:underscore|dash|dot) [a-z0-9._+-]{1,30})* at [a-z0-9][a-z0-9-]{0,62}(?:(?:\.| dot |点| 点 )[a-z]{2,10}){1,2}")
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
    "唉特",
    "艾塔",
    "老鼠",
    "蜗牛",
    "圈儿a",
    "圈圈",
    "花体a",
    "at",
    "a特",
];

fn find(page: &Page<'_>, found: &mut Vec<Found>) {
    // Every sign has one of these in it.
    let possible =
        || page.text.contains(['特', '塔', '鼠', '蜗', '圈', '花', '#', '(']) || page.text.contains("at");
    let at = page.signs.at || possible() && SIGNS.iter().any(|sign| page.text.contains(sign));
    if !at {
        return;
    }
    let mut push = |mut range: Range<usize>| {
        // The word for mail is no part of the address.
        for label in ["e-mail", "email", "mail"] {
            let rest = page.text[range.clone()].strip_prefix(label);
            if let Some(rest) = rest.filter(|rest| rest.starts_with([' ', ',', ':'])) {
                range.start = range.end - rest.trim_start_matches([' ', ',', ':']).len();
                break;
            }
        }
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
            push(with_words_before(page.text, hit.range()));
        }
    }
    SPELLED.find_iter(page.text).for_each(|hit| push(hit.range()));
    CUT.find_iter(page.text).for_each(|hit| push(hit.range()));
    if !page.is_english() {
        SAID.find_iter(page.text)
            .filter(|hit| !page.text[..hit.start()].ends_with(|c: char| c.is_ascii_alphanumeric()))
            .filter(|hit| !page.text[hit.end()..].starts_with(|c: char| c.is_ascii_alphanumeric()))
            .for_each(|hit| push(hit.range()));
        WORDED.find_iter(page.text).for_each(|hit| push(hit.range()));
    }
    if let Some(compact) = page.compact.as_ref().filter(|_| !page.is_english()) {
        for hit in WORDED.find_iter(compact.text()) {
            push(compact.home(&hit.range()));
        }
    }
    each_address(page.text, push);
}

/// Every address by its form. A comma or full stop after a known ending parts two addresses, it is no dot of one.
fn each_address(text: &str, mut push: impl FnMut(Range<usize>)) {
    let mut from = 0;
    while let Some(hit) = ADDRESS.find_at(text, from) {
        let host = hit.as_str().rfind(['@', '#']).map_or(0, |at| at + 1);
        let parted = |at: usize| {
            let head = hit.as_str()[host..at].trim_end();
            ENDINGS.iter().any(|ending| {
                let rest = head.strip_suffix(ending);
                rest.is_some_and(|rest| rest.ends_with(['.', '点', ' ', ',', '。', ')', ']']))
            })
        };
        let marks = hit.as_str()[host..]
            .char_indices()
            .filter(|(_, c)| matches!(c, ',' | '。' | '\n'));
        let end = marks
            .map(|(at, _)| host + at)
            .find(|&at| parted(at))
            .map_or(hit.end(), |at| hit.start() + at);
        push(hit.start()..end);
        from = end.max(hit.start() + 1);
    }
}

/// Endings of addresses after which another address may follow.
const ENDINGS: &[&str] = &[
    "com", "cn", "net", "org", "edu", "gov", "hk", "tw", "cc", "vip", "me", "io", "中国",
];

/// 邮箱 zhang san at …: between a word for mail and the address all words belong to it, two at most.
fn with_words_before(text: &str, range: Range<usize>) -> Range<usize> {
    let mut start = range.start;
    for _ in 0..3 {
        let head = text[..start].trim_end_matches(' ');
        if ["邮箱", "邮件", "邮箱是", "邮箱:", "mail:", "mail is"]
            .iter()
            .any(|word| head.ends_with(word))
        {
            return start..range.end;
        }
        let word = head.len() - head.bytes().rev().take_while(u8::is_ascii_alphanumeric).count();
        if word == head.len() {
            break;
        }
        start = word;
    }
    range
}
