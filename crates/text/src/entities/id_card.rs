//! Numbers of resident identity cards: eighteen characters with a check character (GB 11643), or fifteen where a
//! word says so.

use domain::{Date, EntityKind, EntityValue};

use super::digits::lead;
use super::runs::{Digit, groups, parts, place, spell};
use super::signs::{Cue, Signs};
use super::{Finder, Found, Page};

/// Looks for identity card numbers.
pub(super) const FINDER: Finder = Finder {
    wanted: |signs: &Signs| {
        signs.digits + signs.han_digits >= 15 || signs.has(Cue::IdCard) && signs.digits >= 6
    },
    find,
};

/// Weights of the first seventeen digits and the check characters by remainder, from GB 11643.
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS: [u8; 11] = *b"10x98765432";

fn find(page: &Page<'_>, found: &mut Vec<Found>) {
    for run in &page.runs {
        let before = found.len();
        parts(run, 15, 18, |digits| {
            let number = spell(digits);
            let old = number.len() == 15 && is_told_old(page, digits);
            let hit = number.len() == 18 && is_valid(&number) || old;
            if hit {
                let mut card =
                    Found::shaped(EntityKind::IdCard, place(digits), Some(EntityValue::Text(number)));
                card.told = old;
                found.push(card);
            }
            hit
        });
        if found.len() == before && is_cut(page, run) {
            found.push(Found::told(
                EntityKind::IdCard,
                place(run),
                Some(EntityValue::Text(spell(run))),
            ));
        }
    }
}

/// The first digits right after a word for the card, where text or line break off.
fn is_cut(page: &Page<'_>, run: &[Digit]) -> bool {
    let rest = page.text[place(run).end..].trim_start_matches([' ', '.', '-']);
    let near = lead(page.text, run[0].start, 8);
    (6..=17).contains(&run.len())
        && (b'1'..=b'8').contains(&run[0].value)
        && (rest.is_empty() || rest.starts_with('\n'))
        && (near.contains("身份证") || near.contains("证件"))
}

/// Fifteen digits in one piece right after a word for the card.
fn is_told_old(page: &Page<'_>, digits: &[Digit]) -> bool {
    page.signs.has(Cue::IdCard)
        && groups(digits).len() == 1
        && lead(page.text, digits[0].start, 10).contains("身份证")
}

/// Whether birthday and check character are right.
fn is_valid(number: &str) -> bool {
    let bytes = number.as_bytes();
    if bytes[..17].contains(&b'x') || bytes[0] == b'0' {
        return false;
    }
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
