//! Batch and model codes, told by a word before them.

use std::sync::LazyLock;

use domain::{EntityKind, EntityValue};
use regex::Regex;

use super::signs::{Cue, Signs};
use super::told::{told_codes, told_pattern};
use super::{Finder, Found, Page};

/// Looks for batch and model codes.
pub(super) const FINDER: Finder = Finder {
    wanted: |signs: &Signs| signs.has(Cue::Batch) && (signs.digits > 0 || signs.latin),
    find,
};

static CODE: LazyLock<Regex> = LazyLock::new(|| {
    told_pattern(
        "生产批号|生产批次|批次号|批号|批次|型号|货号|款号|条码|规格型号|品号",
        "[a-z0-9][a-z0-9/._-]{1,23}",
    )
});

fn find(page: &Page<'_>, found: &mut Vec<Found>) {
    for code in told_codes(&CODE, page) {
        let value = EntityValue::Text(code.words.to_uppercase());
        found.push(Found::told(EntityKind::Product, code.bytes, Some(value)));
    }
}
