//! Identifiers of devices: IMEI with its check digit, serial numbers where a word tells of them, MAC addresses.

use std::sync::LazyLock;

use domain::{EntityKind, EntityValue};
use regex::Regex;

use super::signs::{Cue, Signs};
use super::told::{told_codes, told_pattern};
use super::{Finder, Found, Page};

/// Looks for device identifiers.
pub(super) const FINDER: Finder = Finder {
    wanted: |signs: &Signs| signs.has(Cue::Device) || signs.latin && signs.digits >= 4,
    find,
};

static SERIAL: LazyLock<Regex> = LazyLock::new(|| {
    told_pattern(
        "imei|meid|串号|设备号|设备码|设备id|机身号|序列号|mac地址|sn|s/n",
        "[a-z0-9][a-z0-9-]{7,19}",
    )
});
static MAC: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\b(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}\b").expect("a fixed pattern"));

fn find(page: &Page<'_>, found: &mut Vec<Found>) {
    let mut push = |range: std::ops::Range<usize>| {
        let words = page.text[range.clone()].to_uppercase();
        found.push(Found::told(
            EntityKind::Device,
            range,
            Some(EntityValue::Text(words)),
        ));
    };
    if page.signs.has(Cue::Device) {
        for range in told_codes(&SERIAL, page.text) {
            let digits = page.text[range.clone()]
                .bytes()
                .filter(u8::is_ascii_digit)
                .count();
            if digits >= 4 {
                push(range);
            }
        }
    }
    MAC.find_iter(page.text).for_each(|hit| push(hit.range()));
}
