//! Numbers of bank cards: 16 to 19 digits that satisfy the Luhn formula and begin as cards do, and the beginning of
//! one at a cut where a word says so.

use domain::{EntityKind, EntityValue};

use super::digits::{lead, passes_luhn};
use super::runs::{Digit, groups, parts, place, spell};
use super::signs::{Cue, Signs};
use super::{Finder, Found, Page};

/// Looks for bank card numbers.
pub(super) const FINDER: Finder = Finder {
    wanted: |signs: &Signs| {
        let digits = signs.digits + signs.han_digits;
        digits >= 16 || digits >= 6 && signs.has(Cue::Bank)
    },
    find,
};

const TOLD: &[&str] = &[
    "卡号",
    "银行卡",
    "储蓄卡",
    "信用卡",
    "借记卡",
    "账号",
    "账户",
    "帐号",
    "工资卡",
    "card",
];

fn find(page: &Page<'_>, found: &mut Vec<Found>) {
    for run in &page.runs {
        let mut any = false;
        parts(run, 16, 19, |digits| {
            let hit = is_card(page, digits);
            if hit {
                push(page, digits, found);
                any = true;
            }
            hit
        });
        if !any && is_cut(page, run) {
            push(page, run, found);
        }
    }
}

fn push(page: &Page<'_>, digits: &[Digit], found: &mut Vec<Found>) {
    let value = Some(EntityValue::Text(spell(digits)));
    let mut card = Found::shaped(EntityKind::BankCard, place(digits), value);
    card.told = is_told(page, digits[0].start);
    found.push(card);
}

fn is_card(page: &Page<'_>, digits: &[Digit]) -> bool {
    let number = spell(digits);
    let bytes = place(digits);
    let word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let code =
        word(page.text[..bytes.start].chars().next_back()) || word(page.text[bytes.end..].chars().next());
    passes_luhn(&number) && !code && (is_told(page, bytes.start) || begins_as_cards_do(&number))
}

/// The first digits of a card where text or line break off.
fn is_cut(page: &Page<'_>, run: &[Digit]) -> bool {
    let number = spell(run);
    let ends = page.text[place(run).end..].trim_start_matches([' ', '.', '…', '-']);
    (6..=15).contains(&number.len())
        && begins_as_cards_do(&number)
        && (ends.is_empty() || ends.starts_with('\n'))
        && groups(run).first().is_some_and(|&size| size >= 4)
        && page.signs.has(Cue::Bank)
        && is_told(page, run[0].start)
}

fn is_told(page: &Page<'_>, start: usize) -> bool {
    let lead = lead(page.text, start, 12);
    page.signs.has(Cue::Bank) && TOLD.iter().any(|word| lead.contains(word))
}

/// UnionPay 62 and 60, Visa 4, Mastercard 51–55, JCB 35, and the older 9-ranges of Chinese banks.
fn begins_as_cards_do(number: &str) -> bool {
    ["62", "60", "4", "51", "52", "53", "54", "55", "35", "95", "94"]
        .iter()
        .any(|head| number.starts_with(head))
}
