//! Silent leavers (F3): purchases brought in, rhythms learned, and a list of whom to call.

use std::{collections::BTreeMap, sync::Arc};

use domain::{Currency, CustomerId, Language, Purchase};
use insight::{
    Counted, Estimate, Gap, date_words,
    silent::{
        Call, Contact, Customer, Fitted, Read, SilentOptions, SpendLaw, call_list, fit_purchases, fit_spend,
        read_purchases,
    },
};
use store::{ContactFact, NewPurchase, PURCHASE_LIMIT};
use wire::insight::{
    purchases::{PurchaseSent, PurchasesStored},
    silent::{PurchaseLaw, SilentCall, SilentList},
};

use super::{
    facts::local_day,
    kept::compute,
    show::{count, figure, letter, moment, reason, words},
};
use crate::{App, AppError, Caller, Verb, mask::mask_name, permission};

/// Contacts read.
const CONTACTS: u32 = 1_000_000;
const KEY: &str = "silent";

/// What is worked out beside the requests.
struct Found {
    read: Read,
    customers: Vec<Customer>,
    fitted: Result<Fitted, Gap>,
    spend: Result<SpendLaw, Gap>,
    calls: Vec<Call>,
}

impl App {
    /// Stores purchases, all or none; one whose customer and id are on file is not stored again.
    pub async fn add_purchases(
        &self,
        caller: &Caller,
        purchases: Vec<PurchaseSent>,
    ) -> Result<PurchasesStored, AppError> {
        permission::require(caller.role, Verb::AddPurchases)?;
        let sent = purchases.into_iter();
        let new: Vec<NewPurchase> = sent
            .map(|PurchaseSent { purchase, id }| NewPurchase { purchase, id })
            .collect();
        let stored = self.store().add_purchases(&new).await?;
        self.learned().forget(KEY);
        Ok(PurchasesStored {
            stored,
            known: count(new.len()).saturating_sub(stored),
        })
    }

    /// Customers who fell silent beyond their own rhythm.
    pub async fn silent_leavers(
        &self,
        caller: &Caller,
        language: Language,
    ) -> Result<Arc<SilentList>, AppError> {
        permission::require(caller.role, Verb::ReadSilent)?;
        let until = local_day(self.now());
        let key = format!("{KEY} {until} {}", letter(language));
        self.learn(key, move |app| app.find_silent(until, language)).await
    }

    async fn find_silent(self, until: i32, language: Language) -> Result<SilentList, AppError> {
        let now = self.now();
        let purchases = self
            .store()
            .purchase_facts(now.plus_ms(1), PURCHASE_LIMIT)
            .await?;
        let contacts = self.store().contacts(CONTACTS).await?;
        let (rows, currency, found) = compute(move || {
            let rows = rows_of(&purchases);
            let found = find(&rows, &contacts, until);
            (rows.len(), usual_currency(&purchases), found)
        })
        .await?;
        let mut calls = Vec::with_capacity(found.calls.len());
        for call in &found.calls {
            calls.push(self.show_call(call, language).await?);
        }
        let alive: Vec<f64> = match &found.fitted {
            Ok(fitted) => repeaters(&found.customers)
                .map(|one| fitted.law.alive(one))
                .collect(),
            Err(_) => Vec::new(),
        };
        Ok(SilentList {
            until: date_words(until),
            made_at: moment(now),
            customers: count(found.customers.len()),
            bought_once: count(found.customers.len() - repeaters(&found.customers).count()),
            purchases: count(rows),
            left_out: count(found.read.refused.len()),
            left_share: figure(&left_share(&alive), language),
            law: found.fitted.as_ref().ok().map(show_law),
            reason: found.fitted.as_ref().err().map(|gap| reason(*gap, language)),
            currency: currency
                .filter(|_| found.spend.is_ok())
                .map(|currency| currency.code().to_owned()),
            no_money: found.spend.as_ref().err().map(|gap| reason(*gap, language)),
            calls,
        })
    }

    async fn show_call(&self, call: &Call, language: Language) -> Result<SilentCall, AppError> {
        let known = self.store().customer(&CustomerId(call.customer.clone())).await?;
        let reasons = call.reasons.iter().map(|reason| words(&reason.words(), language));
        Ok(SilentCall {
            customer: call.customer.clone(),
            name: known.map(|customer| mask_name(&customer.name)),
            p_left: call.left,
            purchases_ahead: call.purchases_ahead,
            value_ahead: call.value_ahead,
            at_stake: call.at_stake,
            last_purchase: date_words(call.last_day),
            reasons: reasons.collect(),
        })
    }
}

fn repeaters(customers: &[Customer]) -> impl Iterator<Item = &Customer> {
    customers.iter().filter(|customer| customer.repeats > 0.0)
}

/// Purchases for the statistics; amounts in another currency than most are not known.
pub(super) fn rows_of(purchases: &[Purchase]) -> Vec<insight::silent::Purchase> {
    let usual = usual_currency(purchases);
    let row = |purchase: &Purchase| insight::silent::Purchase {
        customer: purchase.customer.0.clone(),
        day: local_day(purchase.at),
        amount: (Some(purchase.amount.currency) == usual).then_some(purchase.amount.minor as f64 / 100.0),
    };
    purchases.iter().map(row).collect()
}

/// The currency that most purchases were paid in; sums of money are told in it alone.
pub(super) fn usual_currency(purchases: &[Purchase]) -> Option<Currency> {
    let mut currencies: BTreeMap<Currency, usize> = BTreeMap::new();
    for purchase in purchases {
        *currencies.entry(purchase.amount.currency).or_default() += 1;
    }
    let usual = currencies.into_iter().max_by_key(|(_, times)| *times);
    usual.map(|(currency, _)| currency)
}

fn find(rows: &[insight::silent::Purchase], contacts: &[ContactFact], until: i32) -> Found {
    let read = read_purchases(rows, until);
    let customers: Vec<Customer> = read
        .rhythms
        .iter()
        .filter_map(|rhythm| rhythm.at(until))
        .collect();
    let spenders: Vec<_> = read
        .rhythms
        .iter()
        .filter_map(|rhythm| rhythm.spender())
        .collect();
    let (fitted, spend) = (fit_purchases(&customers), fit_spend(&spenders));
    let contacts: Vec<Contact> = contacts
        .iter()
        .map(|contact| Contact {
            customer: contact.customer.0.clone(),
            day: local_day(contact.at),
            complaint: contact.complaint,
        })
        .collect();
    let options = SilentOptions::usual(until);
    let calls = fitted.as_ref().map_or_else(
        |_| Vec::new(),
        |fitted| {
            call_list(
                &read.rhythms,
                &fitted.law,
                spend.as_ref().ok(),
                &contacts,
                &options,
            )
        },
    );
    Found {
        read,
        customers,
        fitted,
        spend,
        calls,
    }
}

/// The share that has probably left: the mean of the probabilities, and how far chance may move it.
fn left_share(alive: &[f64]) -> insight::Figure {
    if alive.is_empty() {
        return Err(Gap::TooFew {
            of: Counted::Customers,
            have: 0,
            need: 1,
        });
    }
    let customers = alive.len() as f64;
    let share = alive.iter().map(|alive| 1.0 - alive).sum::<f64>() / customers;
    let variance: f64 = alive.iter().map(|alive| alive * (1.0 - alive)).sum();
    let reach = 1.959_964 * variance.sqrt() / customers;
    Estimate::new(share, (share - reach).max(0.0), (share + reach).min(1.0))
}

fn show_law(fitted: &Fitted) -> PurchaseLaw {
    PurchaseLaw {
        r: fitted.law.r,
        alpha: fitted.law.alpha,
        a: fitted.law.a,
        b: fitted.law.b,
        log_likelihood: fitted.log_likelihood,
        weak_belief: fitted.believed,
    }
}
