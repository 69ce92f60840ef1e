//! Numbers of resident identity cards: eighteen characters with a check character (GB 11643), or fifteen where a
//! word says so.

use std::sync::LazyLock;

use domain::{Date, EntityKind, EntityValue};
use regex::Regex;

use super::digits::{bare, lead, stands_alone};
use super::signs::{Cue, Signs};
use super::{Finder, Found, Page};

/// Looks for identity card numbers.
pub(super) const FINDER: Finder = Finder {
    wanted: |signs: &Signs| signs.digits >= 15,
    find,
};

static EIGHTEEN: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[1-9](?:[ -]{0,2}[0-9]){16}[ -]{0,2}[0-9x]").expect("a fixed pattern"));
static FIFTEEN: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"[1-9][0-9]{14}").expect("a fixed pattern"));

/// Weights of the first seventeen digits and the check characters by remainder, from GB 11643.
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS: [u8; 11] = *b"10x98765432";

fn find(page: &Page<'_>, found: &mut Vec<Found>) {
    let text = page.text;
    for hit in EIGHTEEN.find_iter(text) {
        let number = bare(hit.as_str());
        if stands_alone(text, hit.start(), hit.end()) && is_valid(&number) {
            found.push(Found::shaped(
                EntityKind::IdCard,
                hit.range(),
                Some(EntityValue::Text(number)),
            ));
        }
    }
    if page.signs.has(Cue::IdCard) {
        for hit in FIFTEEN.find_iter(text) {
            let told = lead(text, hit.start(), 10).contains("身份证");
            if told && stands_alone(text, hit.start(), hit.end()) {
                let value = EntityValue::Text(hit.as_str().to_owned());
                found.push(Found::told(EntityKind::IdCard, hit.range(), Some(value)));
            }
        }
    }
}

/// Whether birthday and check character are right.
fn is_valid(number: &str) -> bool {
    let bytes = number.as_bytes();
    let part = |from: usize, to: usize| number[from..to].parse::<i16>().ok();
    let (Some(year), Some(month), Some(day)) = (part(6, 10), part(10, 12), part(12, 14)) else {
        return false;
    };
    let born = (1850..=2200).contains(&year) && Date::new(year, month as u8, day as u8).is_some();
    let sum: u32 = WEIGHTS
        .iter()
        .zip(bytes)
        .map(|(weight, byte)| weight * u32::from(byte - b'0'))
        .sum();
    born && bytes[17] == CHECKS[(sum % 11) as usize]
}
