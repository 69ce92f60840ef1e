//! Numbers of passports and travel permits, where a word says that one is near.

use std::sync::LazyLock;

use domain::{EntityKind, EntityValue};
use regex::Regex;

use super::digits::{after, lead};
use super::signs::{Cue, Signs};
use super::{Finder, Found, Page};

/// Looks for passport numbers.
pub(super) const FINDER: Finder = Finder {
    wanted: |signs: &Signs| signs.has(Cue::Passport) && signs.digits + signs.han_digits >= 5,
    find,
};

static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?:^|[^a-z0-9])([a-z][ .-]?[a-z]?(?:[^\p{L}\p{N},。!?]{0,2}[0-9零〇一二三四五六七八九幺]){7,8}|[a-z][0-9][0-9a-z]{7}|1[45][0-9]{7}|[0-9]{8,9})",
    )
    .expect("a fixed pattern")
});

/// How far before a number its name may stand, in characters.
const REACH: usize = 24;
const NAMES: &[&str] = &[
    "护照",
    "通行证",
    "回乡证",
    "台胞证",
    "旅行证",
    "入台证",
    "passport",
    "港澳证",
    "台湾证",
    "回乡卡",
    "签证",
    "证件",
    "大通证",
    "台通证",
    "入境许可",
];

/// Some characters after a number.
fn tail(text: &str, from: usize) -> &str {
    let rest = &text[from..];
    rest.char_indices().nth(8).map_or(rest, |(end, _)| &rest[..end])
}

fn find(page: &Page<'_>, found: &mut Vec<Found>) {
    for hit in NUMBER
        .captures_iter(page.text)
        .filter_map(|captures| captures.get(1))
    {
        let alone = !after(page.text, hit.end()).is_some_and(|c| c.is_ascii_alphanumeric());
        let bare = hit.as_str().starts_with(|c: char| c.is_ascii_digit());
        let near = lead(page.text, hit.start(), if bare { 8 } else { REACH });
        let told = NAMES
            .iter()
            .any(|name| near.contains(name) || tail(page.text, hit.end()).contains(name));
        let contact = lead(page.text, hit.start(), 1).contains(['加', '扣', '微']);
        let digits = hit
            .as_str()
            .chars()
            .filter(|c| !c.is_ascii_alphabetic() && c.is_alphanumeric())
            .count();
        if alone && told && !contact && digits >= 5 {
            let value = hit.as_str().replace([' ', '-'], "").to_uppercase();
            found.push(Found::told(
                EntityKind::Passport,
                hit.range(),
                Some(EntityValue::Text(value)),
            ));
        }
    }
}
