//! Identifiers of devices: IMEI, serial numbers, vehicle numbers where a word tells of them, MAC addresses.

use std::sync::LazyLock;

use domain::{EntityKind, EntityValue};
use regex::Regex;

use super::signs::{Cue, Signs};
use super::told::{told_codes, told_pattern};
use super::{Finder, Found, Page};

/// Looks for device identifiers.
pub(super) const FINDER: Finder = Finder {
    wanted: |signs: &Signs| signs.has(Cue::Device) || signs.alone || signs.latin && signs.digits >= 4,
    find,
};

static SERIAL: LazyLock<Regex> = LazyLock::new(|| {
    told_pattern(
        r"imei[12]?|meid|串号|串码|设备号|设备码|设备id|设备编号|机身号|机身码|机器码|序列号|mac地址|车架号|发动机号|vin码?|u盾编号|u盾号?|盾编号|电表号|水表号|燃气表号|气表号|表具号|sn码?|s/n|serial",
        "[a-z0-9][a-z0-9-]{7,24}",
    )
});
static MAC: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}").expect("a fixed pattern"));
/// Digits of an IMEI told and parted by spaces.
static PARTED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"imei[0-9]?(?:号|码|是|为|:| )*((?:[0-9] ?){14}[0-9])").expect("a fixed pattern")
});

fn find(page: &Page<'_>, found: &mut Vec<Found>) {
    let mut push = |range: std::ops::Range<usize>, words: &str| {
        let value = words.replace(' ', "").to_uppercase();
        found.push(Found::told(
            EntityKind::Device,
            range,
            Some(EntityValue::Text(value)),
        ));
    };
    if page.signs.has(Cue::Device) || page.signs.alone {
        for code in told_codes(&SERIAL, page) {
            if code.words.bytes().filter(u8::is_ascii_digit).count() >= 4 {
                push(code.bytes, &code.words);
            }
        }
        for parted in PARTED
            .captures_iter(page.text)
            .filter_map(|captures| captures.get(1))
        {
            push(parted.range(), parted.as_str());
        }
    }
    for hit in MAC.find_iter(page.text) {
        let word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        let (before, after) = (
            page.text[..hit.start()].chars().next_back(),
            page.text[hit.end()..].chars().next(),
        );
        // 路由器MAC00:1A:2B:…: the word touches what it names.
        let named = page.text[..hit.start()].ends_with("mac");
        if (named || !word(before)) && !word(after) {
            push(hit.range(), hit.as_str());
        }
    }
}
