//! E-mail addresses, also with the at sign or the dot written as words.

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
        r"[a-z0-9](?:[a-z0-9._%+-]{0,62}[a-z0-9_])? ?(?:@|艾特|\(at\)|\[at\]| at ) ?[a-z0-9](?:[a-z0-9-]{0,62}(?:\.|点| ?\. ?)){1,4}[a-z]{2,10}",
    )
    .expect("a fixed pattern")
});

fn find(page: &Page<'_>, found: &mut Vec<Found>) {
    if !(page.signs.at || page.text.contains("at")) {
        return;
    }
    for hit in ADDRESS.find_iter(page.text) {
        let mut address = hit.as_str().replace(['点'], ".");
        for word in ["艾特", "(at)", "[at]", " at "] {
            address = address.replace(word, "@");
        }
        address.retain(|c| c != ' ');
        found.push(Found::shaped(
            EntityKind::Email,
            hit.range(),
            Some(EntityValue::Text(address)),
        ));
    }
}
