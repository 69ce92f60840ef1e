//! Whom to call: customers who have probably left without a word, ranked by what would be lost, each with reasons that
//! can be read out.

use std::collections::HashMap;

use domain::Bilingual;

use super::law::PurchaseLaw;
use super::purchases::{Rhythm, WEEK};
use super::spend::SpendLaw;
use crate::days::date_words;

/// One contact with a customer that is on file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// Who.
    pub customer: String,
    /// When.
    pub day: i32,
    /// Whether it was a complaint; then the customer is no hidden one.
    pub complaint: bool,
}

/// How the list is made.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SilentOptions {
    /// The last day known.
    pub until: i32,
    /// The time ahead whose value counts, in weeks.
    pub weeks_ahead: f64,
    /// From this probability of having left on, a customer is suspected.
    pub left_from: f64,
    /// From this drop of the probability of staying after a contact on, too.
    pub drop_from: f64,
    /// The longest list.
    pub most: usize,
}

impl SilentOptions {
    /// A year ahead, suspected from one half on, fifty names.
    pub fn usual(until: i32) -> Self {
        Self {
            until,
            weeks_ahead: 52.0,
            left_from: 0.5,
            drop_from: 0.25,
            most: 50,
        }
    }
}

/// A reason to call.
#[derive(Clone, Debug, PartialEq)]
pub enum CallReason {
    /// Silent for longer than usual.
    BeyondRhythm {
        /// The usual time between purchases, in days.
        usual_days: f64,
        /// The days since the last purchase.
        silent_days: i32,
    },
    /// Silent since a contact.
    DropAfterContact {
        /// The day of the contact.
        day: i32,
        /// The probability of staying on that day.
        before: f64,
        /// The probability now.
        now: f64,
    },
    /// No complaint is on file, so nobody has asked yet.
    NeverComplained,
}

impl CallReason {
    /// The reason in words.
    pub fn words(&self) -> Bilingual {
        match self {
            Self::BeyondRhythm {
                usual_days,
                silent_days,
            } => Bilingual::new(
                format!("平时约 {usual_days:.0} 天买一次，已 {silent_days} 天没有购买"),
                format!("usually buys every {usual_days:.0} days, nothing for {silent_days} days"),
            ),
            Self::DropAfterContact { day, before, now } => {
                let (day, before, now) = (date_words(*day), before * 100.0, now * 100.0);
                Bilingual::new(
                    format!("{day} 接触后留存概率由 {before:.0}% 降到 {now:.0}%"),
                    format!(
                        "probability of staying fell from {before:.0}% to {now:.0}% after the contact of {day}"
                    ),
                )
            }
            Self::NeverComplained => {
                Bilingual::new("从未投诉，无人问过原因", "never complained: nobody has asked why")
            }
        }
    }
}

/// A silent leaver suspicion.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// Who.
    pub customer: String,
    /// The probability of having left.
    pub left: f64,
    /// The purchases expected in the time ahead if the customer stays.
    pub purchases_ahead: f64,
    /// What they would be worth; nothing where no amounts are known.
    pub value_ahead: Option<f64>,
    /// The probability of having left times that value, or times the purchases where no amounts are known.
    pub at_stake: f64,
    /// The day of the last purchase.
    pub last_day: i32,
    /// Why to call.
    pub reasons: Vec<CallReason>,
}

/// The list, the largest loss first.
pub fn call_list(
    rhythms: &[Rhythm],
    law: &PurchaseLaw,
    spend: Option<&SpendLaw>,
    contacts: &[Contact],
    options: &SilentOptions,
) -> Vec<Call> {
    let mut by_customer: HashMap<&str, Vec<&Contact>> = HashMap::new();
    for contact in contacts.iter().filter(|contact| contact.day <= options.until) {
        by_customer.entry(&contact.customer).or_default().push(contact);
    }
    let none = Vec::new();
    let mut calls: Vec<Call> = rhythms
        .iter()
        .filter_map(|rhythm| {
            let contacts = by_customer.get(rhythm.customer.as_str()).unwrap_or(&none);
            call_of(rhythm, law, spend, contacts, options)
        })
        .collect();
    calls.sort_by(|a, b| {
        b.at_stake
            .total_cmp(&a.at_stake)
            .then(a.customer.cmp(&b.customer))
    });
    calls.truncate(options.most);
    calls
}

fn call_of(
    rhythm: &Rhythm,
    law: &PurchaseLaw,
    spend: Option<&SpendLaw>,
    contacts: &[&Contact],
    options: &SilentOptions,
) -> Option<Call> {
    if contacts.iter().any(|contact| contact.complaint) {
        return None;
    }
    let customer = rhythm
        .at(options.until)
        .filter(|customer| customer.repeats > 0.0)?;
    let alive = law.alive(&customer);
    let drop = contacts
        .iter()
        .filter_map(|contact| drop_after(rhythm, law, contact, alive))
        .max_by(|a, b| {
            let size = |reason: &CallReason| match reason {
                CallReason::DropAfterContact { before, now, .. } => before - now,
                _ => 0.0,
            };
            size(a).total_cmp(&size(b))
        });
    let dropped = drop.filter(|reason| match reason {
        CallReason::DropAfterContact { before, now, .. } => before - now >= options.drop_from,
        _ => false,
    });
    if 1.0 - alive < options.left_from && dropped.is_none() {
        return None;
    }
    let purchases_ahead = law.expected_if_alive(&customer, options.weeks_ahead)?;
    let value_ahead = spend.map(|spend| purchases_ahead * spend.expected(rhythm.spender().as_ref()));
    let last_day = rhythm.days.last().copied()?;
    let beyond = CallReason::BeyondRhythm {
        usual_days: rhythm.usual_gap()?,
        silent_days: ((customer.age - customer.recency) * WEEK).round() as i32,
    };
    let at_stake = (1.0 - alive) * value_ahead.unwrap_or(purchases_ahead);
    at_stake.is_finite().then(|| Call {
        customer: rhythm.customer.clone(),
        left: 1.0 - alive,
        purchases_ahead,
        value_ahead,
        at_stake,
        last_day,
        reasons: [beyond]
            .into_iter()
            .chain(dropped)
            .chain([CallReason::NeverComplained])
            .collect(),
    })
}

/// How the probability of staying fell since a contact; nothing when the customer has bought since.
fn drop_after(rhythm: &Rhythm, law: &PurchaseLaw, contact: &Contact, now: f64) -> Option<CallReason> {
    let bought_since = rhythm.days.last().is_some_and(|last| *last > contact.day);
    let before = law.alive(&rhythm.at(contact.day)?);
    (!bought_since && before > now).then_some(CallReason::DropAfterContact {
        day: contact.day,
        before,
        now,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const LAW: PurchaseLaw = PurchaseLaw {
        r: 0.5,
        alpha: 4.0,
        a: 0.8,
        b: 2.4,
    };

    fn rhythm(customer: &str, days: &[i32]) -> Rhythm {
        Rhythm {
            customer: customer.into(),
            days: days.to_vec(),
            mean: Some(50.0),
        }
    }

    #[test]
    fn those_beyond_their_own_rhythm_are_listed_with_reasons() {
        let rhythms = [
            rhythm("weekly, silent", &[0, 7, 14, 21, 28, 35]),
            rhythm("slow, silent as long", &[0, 200]),
            rhythm("weekly, buying", &[280, 287, 294, 299]),
            rhythm("weekly, complained", &[0, 7, 14, 21, 28, 35]),
            rhythm("once", &[3]),
        ];
        let contact = |customer: &str, day, complaint| Contact {
            customer: customer.into(),
            day,
            complaint,
        };
        let contacts = [
            contact("weekly, silent", 37, false),
            contact("weekly, complained", 36, true),
        ];
        let calls = call_list(&rhythms, &LAW, None, &contacts, &SilentOptions::usual(300));
        let names: Vec<&str> = calls.iter().map(|call| call.customer.as_str()).collect();
        assert_eq!(names, ["weekly, silent"]);
        assert!(calls[0].left > 0.9 && calls[0].at_stake > 0.0);
        let words: Vec<String> = calls[0].reasons.iter().map(|reason| reason.words().en).collect();
        assert_eq!(words[0], "usually buys every 7 days, nothing for 265 days");
        assert!(
            words[1].starts_with("probability of staying fell from 87% to 0%"),
            "{words:?}"
        );
        assert_eq!(words.len(), 3);
    }
}
