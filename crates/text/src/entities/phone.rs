//! Telephone numbers of persons: mobile and landline, spaced, dotted or spoken. Hotlines are not among them.

use std::sync::LazyLock;

use domain::{EntityKind, EntityValue};
use regex::Regex;

use super::digits::{after, bare, before, lead, stands_alone};
use super::numeral::spelled;
use super::signs::{Cue, Signs};
use super::{Finder, Found, Page};

/// Looks for telephone numbers.
pub(super) const FINDER: Finder = Finder {
    wanted: |signs: &Signs| signs.digits >= 6 || signs.han_digits >= 10,
    find,
};

/// Eleven digits of a mobile number, with single separators anywhere between them.
static MOBILE: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?:(?:\+|00)?86[ -]?)?1[ .·-]?[3-9](?:[ .·-]{0,2}[0-9]){9}"));
/// Area code and number, with an extension.
static LANDLINE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?:\(0[0-9]{2,3}\) ?|0[1-9][0-9]{1,2}[ -]?)[2-9][0-9]{2,3}[ -]?[0-9]{4}(?:(?:-| ?转 ?| ?分机 ?)[0-9]{1,5})?",
    )
});
/// A local number, trusted only beside a word for telephone.
static LOCAL: LazyLock<Regex> = LazyLock::new(|| regex(r"[2-8][0-9]{6,7}"));
/// Eleven spoken digits.
static SPOKEN: LazyLock<Regex> =
    LazyLock::new(|| regex(r"[一幺][ ,、]?[三四五六七八九](?:[ ,、]?[零〇一二两三四五六七八九幺]){9}"));
/// The beginning of a mobile number at a cut.
static HALF: LazyLock<Regex> = LazyLock::new(|| regex(r"1[3-9][0-9]{4,8}(?:\.{3}|…)?$"));

/// Words that say a telephone number follows.
const TOLD: &[&str] = &[
    "电话",
    "手机",
    "联系方式",
    "座机",
    "固话",
    "tel",
    "phone",
    "打给",
    "致电",
    "回电",
    "号码",
];

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a fixed pattern")
}

fn find(page: &Page<'_>, found: &mut Vec<Found>) {
    if page.signs.digits >= 6 {
        find_written(page, found);
    }
    if page.signs.han_digits >= 10 {
        for hit in SPOKEN.find_iter(page.text) {
            let digits: String = hit
                .as_str()
                .chars()
                .filter(|c| !matches!(c, ' ' | ',' | '、'))
                .collect();
            let value = spelled(&digits).map(|number| EntityValue::Text(number.to_string()));
            found.push(Found::shaped(EntityKind::Phone, hit.range(), value));
        }
    }
}

fn find_written(page: &Page<'_>, found: &mut Vec<Found>) {
    let text = page.text;
    let mut push = |start: usize, end: usize| {
        let value = EntityValue::Text(national(&text[start..end]));
        found.push(Found::shaped(EntityKind::Phone, start..end, Some(value)));
    };
    for hit in MOBILE.find_iter(text) {
        if stands_alone(text, hit.start(), hit.end()) && is_evenly_parted(hit.as_str()) {
            push(hit.start(), hit.end());
        }
    }
    for hit in LANDLINE.find_iter(text) {
        let decimal = before(text, hit.start()) == Some('.');
        if stands_alone(text, hit.start(), hit.end()) && !decimal {
            push(hit.start(), hit.end());
        }
    }
    if page.signs.has(Cue::Telephone) {
        for hit in LOCAL.find_iter(text).chain(HALF.find_iter(text)) {
            let alone = stands_alone(text, hit.start(), hit.end());
            let unit = after(text, hit.end()).is_some_and(|c| matches!(c, '元' | '块' | '次' | '个'));
            if alone && !unit && is_told(text, hit.start()) {
                push(hit.start(), hit.end());
            }
        }
    }
}

/// Whether the digits are parted by one kind of mark only; 1971.12-1972.1 is a time.
fn is_evenly_parted(words: &str) -> bool {
    let national = words
        .trim_start_matches(['+', '0'])
        .trim_start_matches("86")
        .trim_start_matches([' ', '-']);
    let mut marks = national.chars().filter(|c| !c.is_ascii_digit() && *c != ' ');
    let first = marks.next();
    marks.all(|mark| Some(mark) == first)
}

fn is_told(text: &str, start: usize) -> bool {
    let lead = lead(text, start, 8);
    TOLD.iter().any(|word| lead.contains(word))
}

/// The digits without marks and without the country's code.
fn national(words: &str) -> String {
    let digits = bare(words);
    let digits = digits.strip_prefix("0086").unwrap_or(&digits);
    match digits.strip_prefix("86") {
        Some(rest) if rest.len() == 11 => rest.to_owned(),
        _ => digits.to_owned(),
    }
}
