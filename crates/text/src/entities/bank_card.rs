//! Numbers of bank cards: 16 to 19 digits that satisfy the Luhn formula and begin as cards do.

use std::sync::LazyLock;

use domain::{EntityKind, EntityValue};
use regex::Regex;

use super::digits::{bare, lead, passes_luhn, stands_alone};
use super::signs::{Cue, Signs};
use super::{Finder, Found, Page};

/// Looks for bank card numbers.
pub(super) const FINDER: Finder = Finder {
    wanted: |signs: &Signs| signs.digits >= 16,
    find,
};

static CARD: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[3-69](?:[ -]{0,2}[0-9]){15,18}").expect("a fixed pattern"));

const TOLD: &[&str] = &[
    "卡号",
    "银行卡",
    "储蓄卡",
    "信用卡",
    "借记卡",
    "账号",
    "账户",
    "帐号",
];

fn find(page: &Page<'_>, found: &mut Vec<Found>) {
    let text = page.text;
    for hit in CARD.find_iter(text) {
        let number = bare(hit.as_str());
        if !stands_alone(text, hit.start(), hit.end()) || !passes_luhn(&number) {
            continue;
        }
        let lead = lead(text, hit.start(), 10);
        let told = page.signs.has(Cue::Bank) && TOLD.iter().any(|word| lead.contains(word));
        if told || begins_as_cards_do(&number) {
            let mut card = Found::shaped(EntityKind::BankCard, hit.range(), Some(EntityValue::Text(number)));
            card.told = told;
            found.push(card);
        }
    }
}

/// UnionPay 62 and 60, Visa 4, Mastercard 51–55, JCB 35, and the older 9-ranges of Chinese banks.
fn begins_as_cards_do(number: &str) -> bool {
    ["62", "60", "4", "51", "52", "53", "54", "55", "35", "95", "94"]
        .iter()
        .any(|head| number.starts_with(head))
}
