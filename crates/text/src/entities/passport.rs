//! Passport numbers, where a word says that one follows.

use std::sync::LazyLock;

use domain::{EntityKind, EntityValue};
use regex::Regex;

use super::digits::{after, before, lead};
use super::signs::{Cue, Signs};
use super::{Finder, Found, Page};

/// Looks for passport numbers.
pub(super) const FINDER: Finder = Finder {
    wanted: |signs: &Signs| signs.has(Cue::Passport) && signs.digits >= 7,
    find,
};

static NUMBER: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[a-z]{1,2} ?[0-9]{7,8}|1[45][0-9]{7}").expect("a fixed pattern"));

fn find(page: &Page<'_>, found: &mut Vec<Found>) {
    for hit in NUMBER.find_iter(page.text) {
        let word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        let alone = !word(before(page.text, hit.start())) && !word(after(page.text, hit.end()));
        if alone && lead(page.text, hit.start(), 12).contains("护照") {
            let value = EntityValue::Text(hit.as_str().replace(' ', "").to_uppercase());
            found.push(Found::told(EntityKind::Passport, hit.range(), Some(value)));
        }
    }
}
