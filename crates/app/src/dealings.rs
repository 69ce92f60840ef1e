//! What earlier cases of a customer teach, and what was said in this one, as facts for plan, checks and doubt.

use std::collections::BTreeMap;

use domain::{
    Case, Channel, Currency, Customer, DayPart, Dealings, MessageDirection, Money, PastCase, Vocabulary,
};
use wire::time::{china_hour, spoken_day};

use crate::{
    mask::Masker,
    situation::{History, was_granted},
};

/// A habit shows in two cases at least.
const HABIT: usize = 2;

/// The facts of a case and of the cases before it.
pub(crate) fn dealings_of(case: &Case, customer: Option<&Customer>, history: &History) -> Dealings {
    let masker = Masker::of(customer);
    let outbound = case
        .messages
        .iter()
        .filter(|message| message.direction == MessageDirection::Outbound);
    let all = || history.cases.iter().chain([case]);
    Dealings {
        past: history
            .cases
            .iter()
            .map(|past| past_case(past, &masker))
            .collect(),
        said: outbound.map(|message| message.text.clone()).collect(),
        said_particulars: Vec::new(),
        statement_particulars: Vec::new(),
        cleared: cleared(case),
        channel: habit(all().map(|case| case.channel.index())).map(|index| Channel::ALL[index]),
        hours: habit(all().map(|case| DayPart::of_hour(china_hour(case.received_at)))),
    }
}

fn past_case(case: &Case, masker: &Masker) -> PastCase {
    PastCase {
        id: case.id.clone(),
        number: case.number.clone(),
        title: masker.text(&case.title),
        at: case.opened_at,
        day: spoken_day(case.opened_at),
        channel: case.channel,
        state: case.state,
        offers: case
            .proposal
            .as_ref()
            .map(|proposal| proposal.offers.clone())
            .unwrap_or_default(),
        granted: was_granted(case),
        outcome: case.closure.as_ref().map(|closure| closure.outcome),
    }
}

/// The sum in CNY that may be told: of a proposal that needs no approval, or was approved.
fn cleared(case: &Case) -> Option<Money> {
    let proposal = case
        .proposal
        .as_ref()
        .filter(|proposal| !proposal.needs_approval)?;
    let amounts = proposal.offers.iter().filter_map(|offer| offer.amount);
    let yuan = amounts.filter(|amount| amount.currency == Currency::CNY);
    let sum = yuan.fold(0_i64, |sum, amount| sum.saturating_add(amount.minor));
    (sum > 0).then(|| Money::fen(sum))
}

/// What stands out: at least twice, and more often than everything else together.
fn habit<T: Ord>(values: impl Iterator<Item = T>) -> Option<T> {
    let mut counts: BTreeMap<T, usize> = BTreeMap::new();
    for value in values {
        *counts.entry(value).or_default() += 1;
    }
    let all: usize = counts.values().sum();
    counts
        .into_iter()
        .find(|(_, count)| *count >= HABIT && *count * 2 > all)
        .map(|(value, _)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_habit_stands_out() {
        assert_eq!(habit([1, 1, 2].into_iter()), Some(1));
        assert_eq!(habit([1, 2].into_iter()), None);
        assert_eq!(habit([1].into_iter()), None);
        assert_eq!(habit([1, 1, 2, 2].into_iter()), None);
    }
}
