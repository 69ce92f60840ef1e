//! The facts of a case that fill the slots of phrases.

use domain::{Analysis, Behavior, Bilingual, Entity, EntityKind, Money, Quote, Risk, Situation, Subject};

use crate::personal;
use crate::template::{Facts, Slot};
use crate::wording::Wording;

/// The facts that can be said, in private or in public as the case demands.
pub(crate) fn gather_facts(wording: &Wording, analysis: &Analysis, situation: &Situation) -> Facts {
    // In public nothing may tell who the customer is (C8).
    let private = analysis.behavior.value != Behavior::Indirect;
    gather_facts_for(wording, analysis, situation, private)
}

/// As [`gather_facts`], for words that go to a private channel or not.
pub(crate) fn gather_facts_for(
    wording: &Wording,
    analysis: &Analysis,
    situation: &Situation,
    private: bool,
) -> Facts {
    let mut facts = Facts::default();
    let known = |fact: &Option<String>, kind| fact.clone().or_else(|| entity(analysis, kind)).map(both);
    facts.set(Slot::Owner, Some(owner(wording, situation)));
    facts.set(Slot::Due, Some(due(wording, situation)));
    facts.set(Slot::NextStep, Some(next_step(wording, analysis)));
    facts.set(Slot::Matter, matter(wording, analysis));
    facts.set(Slot::Product, known(&situation.product, EntityKind::Product));
    facts.set(Slot::Place, known(&situation.place, EntityKind::Place));
    if private {
        let amount = situation.amount.or_else(|| analysis.largest_amount());
        facts.set(Slot::Name, situation.customer_name.clone().map(both));
        facts.set(Slot::Order, known(&situation.order, EntityKind::Order));
        facts.set(Slot::Amount, amount.map(spoken_amount));
        facts.set(Slot::Date, entity(analysis, EntityKind::Date).map(both));
        personal::set_slots(&mut facts, situation);
    }
    facts
}

/// A fact that reads the same in both languages.
fn both(text: String) -> Bilingual {
    Bilingual::new(text.clone(), text)
}

fn owner(wording: &Wording, situation: &Situation) -> Bilingual {
    situation
        .owner_name
        .clone()
        .map(both)
        .unwrap_or_else(|| wording.owner.clone())
}

fn due(wording: &Wording, situation: &Situation) -> Bilingual {
    situation.next_due.clone().unwrap_or_else(|| wording.due.clone())
}

/// What is done next, by the danger first and the subject after it.
fn next_step(wording: &Wording, analysis: &Analysis) -> Bilingual {
    if analysis.has_risk(Risk::Safety) {
        return wording.next_step_safety.clone();
    }
    match analysis.subjects.first() {
        Some(subject) => wording.next_step(subject.value()).clone(),
        None => wording.next_step_none.clone(),
    }
}

/// What it is about: in the customer's words when they can be said back, else by the subject.
fn matter(wording: &Wording, analysis: &Analysis) -> Option<Bilingual> {
    let subject = analysis.subjects.first()?;
    let quoted =
        said_back(wording, analysis, subject.quotes()).filter(|_| subject.value() != Subject::Attitude);
    Some(match quoted {
        Some(words) => Bilingual::new(
            format!("“{}”这件事", words.zh),
            format!("the issue of “{}”", words.en),
        ),
        None => wording.matter(subject.value()).clone(),
    })
}

/// The first of the quotes that may be said back and names nobody.
pub(crate) fn said_back(wording: &Wording, analysis: &Analysis, quotes: &[Quote]) -> Option<Bilingual> {
    let fit =
        |quote: &&Quote| wording.may_be_said_back(quote.words()) && !holds_personal_data(analysis, quote);
    let quote = quotes.iter().find(fit)?;
    let words = quote
        .words()
        .trim_end_matches(['。', '！', '!', '，', ',', '.', '？', '?']);
    Some(Bilingual::new(words, words))
}

fn holds_personal_data(analysis: &Analysis, quote: &Quote) -> bool {
    let personal = |entity: &&Entity| entity.kind.is_personal();
    let mut entities = analysis.entities.iter().filter(personal);
    entities.any(|entity| entity.span().overlaps(&quote.span()))
}

fn entity(analysis: &Analysis, kind: EntityKind) -> Option<String> {
    let found = analysis.entities.iter().find(|entity| entity.kind == kind)?;
    Some(found.quote.words().to_owned())
}

/// An amount as it is spoken: `299元`, `CNY 299`; cents only when there are any.
pub(crate) fn spoken_amount(money: Money) -> Bilingual {
    let decimal = money.decimal();
    in_currency(money, decimal.strip_suffix(".00").unwrap_or(&decimal))
}

/// A round sum that may be large, with its thousands apart: 1,000,000元.
pub(crate) fn spoken_limit(money: Money) -> Bilingual {
    let decimal = money.decimal();
    let (whole, cents) = decimal.split_once('.').unwrap_or((&decimal, "00"));
    let mut apart = String::new();
    for (place, digit) in whole.char_indices() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            apart.push(',');
        }
        apart.push(digit);
    }
    if cents != "00" {
        apart = format!("{apart}.{cents}");
    }
    in_currency(money, &apart)
}

fn in_currency(money: Money, plain: &str) -> Bilingual {
    match money.currency.code() {
        "CNY" => Bilingual::new(format!("{plain}元"), format!("CNY {plain}")),
        code => Bilingual::new(format!("{code} {plain}"), format!("{code} {plain}")),
    }
}

#[cfg(test)]
mod tests {
    use domain::Currency;

    use super::*;

    #[test]
    fn large_limits_have_their_thousands_apart() {
        let cny = Currency::from_code("CNY").expect("a currency");
        for (minor, words) in [
            (0, "0元"),
            (30_000, "300元"),
            (99_900, "999元"),
            (100_000, "1,000元"),
            (100_000_050, "1,000,000.50元"),
        ] {
            let money = Money { minor, currency: cny };
            assert_eq!(spoken_limit(money).zh, words);
        }
    }
}
