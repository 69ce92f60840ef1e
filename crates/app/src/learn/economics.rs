//! Recovery economics (F5): what complaints put at risk, what handling kept, and what if.

use std::{collections::HashMap, sync::Arc};

use domain::{CaseState, CustomerId, Language, Purchase, Timestamp};
use insight::economics::{
    BreakEven, Handled, LossBand, Observed, Outcome, Rates, SURVEY_SOURCE, Verdict, WhatIf, WordOfMouth,
    break_even, value_of, what_if,
};
use insight::{DAY_MS, Estimate};
use store::{CaseFact, PURCHASE_LIMIT};
use wire::insight::Cut;
use wire::insight::economics::{self, Economics, EconomicsQuery, StayRate};

use super::{
    facts::Facts,
    kept::compute,
    show::{count, figure, letter, pick, words},
    silent::usual_currency,
};
use crate::{App, AppError, Caller, Verb, permission};

/// A case closed within three days counts as solved quickly.
const FAST_MS: i64 = 3 * DAY_MS;
/// Whether a customer came back is known this long after the case was closed.
const KNOWN_AFTER_MS: i64 = 60 * DAY_MS;
/// What a customer buys is taken over this time.
const YEAR_MS: i64 = 365 * DAY_MS;
/// How many customers the survey weighs against the organization's own.
const SURVEY_WEIGHT: f64 = 50.0;

/// What the store knows, without any assumption.
struct Known {
    handled: Vec<Option<Outcome>>,
    observed: HashMap<Outcome, Observed>,
    yearly: Option<f64>,
    currency: Option<domain::Currency>,
    cut: Option<Cut>,
}

impl App {
    /// What recovery is worth under the assumptions asked for.
    pub async fn economics(
        &self,
        caller: &Caller,
        query: EconomicsQuery,
        language: Language,
    ) -> Result<Economics, AppError> {
        permission::require(caller.role, Verb::ReadEconomics)?;
        let period = query.period;
        let key = format!("economics {period:?} {}", letter(Language::Chinese));
        let known: Arc<Known> = self
            .learn(key, move |app| async move {
                let now = app.now();
                let facts = app.facts(period).await?;
                let purchases = app.store().purchase_facts(now.plus_ms(1), PURCHASE_LIMIT).await?;
                compute(move || know(&facts, &purchases, now)).await
            })
            .await?;
        Ok(show(&known, &query, language))
    }
}

impl Known {
    /// The complaints, each worth the same.
    fn handled(&self, value: f64) -> Vec<Handled> {
        let handled = self.handled.iter().map(|outcome| Handled {
            outcome: *outcome,
            value,
        });
        handled.collect()
    }

    /// The share of decided complaints that were resolved, and of these the share resolved quickly.
    fn shares(&self) -> (insight::Figure, insight::Figure) {
        let count = |wanted: Outcome| {
            let is_wanted = |outcome: &&Option<Outcome>| **outcome == Some(wanted);
            self.handled.iter().filter(is_wanted).count()
        };
        let fast = count(Outcome::ResolvedFast);
        let solved = count(Outcome::Resolved) + fast;
        let decided = solved + count(Outcome::Unresolved);
        (Estimate::share(solved, decided), Estimate::share(fast, solved))
    }
}

fn know(facts: &Facts, purchases: &[Purchase], now: Timestamp) -> Known {
    let mut last: HashMap<&CustomerId, Timestamp> = HashMap::new();
    let mut spent: HashMap<&CustomerId, i64> = HashMap::new();
    let usual = usual_currency(purchases);
    for purchase in purchases {
        let latest = last.entry(&purchase.customer).or_insert(purchase.at);
        *latest = (*latest).max(purchase.at);
        let recent = (0..=YEAR_MS).contains(&now.since_ms(purchase.at));
        if recent && purchase.amount.minor > 0 && Some(purchase.amount.currency) == usual {
            let sum = spent.entry(&purchase.customer).or_default();
            *sum = sum.saturating_add(purchase.amount.minor);
        }
    }
    let mut observed: HashMap<Outcome, Observed> = HashMap::new();
    for case in &facts.cases {
        let (Some(outcome), Some(ended)) = (outcome_of(case), case.closed_at) else {
            continue;
        };
        let bought = case.customer.as_ref().and_then(|customer| last.get(customer));
        // A customer without any purchase on file buys elsewhere or under another name; nothing is known of them.
        let Some(bought) = bought.filter(|_| now.since_ms(ended) >= KNOWN_AFTER_MS) else {
            continue;
        };
        let own = observed.entry(outcome).or_default();
        own.known += 1;
        own.stayed += usize::from(*bought > ended);
    }
    let total: f64 = spent.values().map(|sum| *sum as f64).sum();
    Known {
        handled: facts.cases.iter().map(outcome_of).collect(),
        observed,
        cut: facts.cut,
        currency: usual,
        yearly: (!spent.is_empty()).then(|| total / 100.0 / spent.len() as f64),
    }
}

/// What became of a case; nothing while it is open, or when nobody knows what the customer says of the end.
fn outcome_of(case: &CaseFact) -> Option<Outcome> {
    match (case.state, case.closed_at) {
        (CaseState::Refused, _) => Some(Outcome::Unresolved),
        // A customer who received less than expected was answered, but not satisfied.
        (_, Some(_)) if case.outcome == Some(domain::Outcome::Below) => Some(Outcome::Unresolved),
        (_, Some(_)) if matches!(case.outcome, None | Some(domain::Outcome::Unknown)) => None,
        (_, Some(at)) if at.since_ms(case.opened_at) <= FAST_MS => Some(Outcome::ResolvedFast),
        (_, Some(_)) => Some(Outcome::Resolved),
        _ => None,
    }
}

fn show(known: &Known, query: &EconomicsQuery, language: Language) -> Economics {
    let band = if query.small_losses {
        LossBand::Small
    } else {
        LossBand::Large
    };
    let observed = |outcome| known.observed.get(&outcome).copied().unwrap_or_default();
    let rates = Rates::new(band, observed, SURVEY_WEIGHT);
    let value = query.value.or(known.yearly);
    let worth = value.unwrap_or(f64::NAN);
    let handled = known.handled(worth);
    let told = query
        .told
        .zip(query.deterred)
        .map(|(told, deterred)| WordOfMouth {
            told,
            deterred,
            value: worth,
        });
    let found = value_of(&handled, &rates, told.as_ref());
    let money = |of: insight::Figure| match value {
        Some(_) => figure(&of, language),
        None => wire::insight::Figure {
            reason: Some(no_value(language)),
            ..Default::default()
        },
    };
    let (resolved, fast) = known.shares();
    let as_it_is = WhatIf {
        resolved: resolved.map_or(0.0, |share| share.value()),
        fast: fast.map_or(0.0, |share| share.value()),
        ..WhatIf::default()
    };
    let asked = WhatIf {
        heard: query.heard,
        resolved: query.resolved,
        fast: query.fast,
    };
    let mut open_cases = query.period.link();
    open_cases.insert("state".to_owned(), "open".to_owned());
    Economics {
        cut: known.cut,
        survey_source: SURVEY_SOURCE.to_owned(),
        complaints: count(known.handled.len()),
        value,
        value_is_assumed: query.value.is_some(),
        currency: known.currency.map(|currency| currency.code().to_owned()),
        rates: Outcome::ALL
            .map(|outcome| show_rate(&rates, outcome, language))
            .to_vec(),
        at_risk: money(found.at_risk),
        saved: money(found.saved),
        lost: money(found.lost),
        word_of_mouth: match told {
            Some(_) => money(found.word_of_mouth),
            None => wire::insight::Figure {
                reason: Some(pick(language, "未作假设，不计", "not assumed, so not counted")),
                ..Default::default()
            },
        },
        break_even: steps(&rates, query, value, language),
        what_if: figure(&what_if(&rates, &asked), language),
        as_it_is: figure(&resolved.and_then(|_| what_if(&rates, &as_it_is)), language),
        resolved_share: figure(&resolved, language),
        fast_share: figure(&fast, language),
        open_cases,
        cases: query.period.link(),
        assumptions: assumptions(query, known, language),
    }
}

fn no_value(language: Language) -> String {
    pick(
        language,
        "没有购买记录，也没有填写客户价值，无法计算金额",
        "there are no purchases and no value of a customer was given, so no money can be told",
    )
}

fn show_rate(rates: &Rates, outcome: Outcome, language: Language) -> StayRate {
    let rate = rates.of(outcome);
    StayRate {
        outcome: outcome.key().to_owned(),
        name: words(&outcome.words(), language),
        survey: rate.survey,
        known: count(rate.observed.known),
        stayed: count(rate.observed.stayed),
        own_weight: rate.own_weight,
        stays: figure(&rate.stays, language),
    }
}

fn steps(
    rates: &Rates,
    query: &EconomicsQuery,
    value: Option<f64>,
    language: Language,
) -> Vec<economics::StepCeiling> {
    let asked = [
        (Outcome::Unresolved, Outcome::Resolved, query.remedy_cost),
        (Outcome::Resolved, Outcome::ResolvedFast, query.speed_cost),
    ];
    let step = |(from, to, cost): (Outcome, Outcome, Option<f64>)| {
        let BreakEven { ceiling, verdict } = break_even(rates, from, to, value.unwrap_or(f64::NAN), cost);
        economics::StepCeiling {
            from: from.key().to_owned(),
            to: to.key().to_owned(),
            name: format!(
                "{} → {}",
                words(&from.words(), language),
                words(&to.words(), language)
            ),
            ceiling: match value {
                Some(_) => figure(&ceiling, language),
                None => wire::insight::Figure {
                    reason: Some(no_value(language)),
                    ..Default::default()
                },
            },
            cost,
            verdict: verdict.map(|verdict| {
                let key = match verdict {
                    Verdict::Pays => "pays",
                    Verdict::Open => "open",
                    Verdict::DoesNotPay => "does_not_pay",
                };
                key.to_owned()
            }),
        }
    };
    asked.map(step).to_vec()
}

fn assumptions(query: &EconomicsQuery, known: &Known, language: Language) -> Vec<String> {
    let own: usize = known.observed.values().map(|own| own.known).sum();
    let mut said = vec![
        pick(
            language,
            format!(
                "留存率以调查为起点（相当于 {SURVEY_WEIGHT:.0} 位客户的分量），已由本组织 {own} 位客户的实际表现修正"
            ),
            format!(
                "the rates start at a survey that weighs as {SURVEY_WEIGHT:.0} customers and are moved by {own} customers of your own"
            ),
        ),
        pick(
            language,
            "调查问的是意愿，不是行为；年代与国别不同于今天",
            "the survey asked for intentions, not deeds, in another time and country",
        ),
        pick(
            language,
            "立案后三天内结案算迅速解决；客户评价低于期望算未解决；结案时没有得到客户评价的，不算解决也不算未解决",
            "closed within three days of opening counts as quick; a verdict below expectation counts as unresolved; a case closed without the customer's verdict counts as neither",
        ),
    ];
    said.push(match (query.value, known.yearly) {
        (Some(_), _) => pick(
            language,
            "客户价值是您填写的假设",
            "the value of a customer is the one you gave",
        ),
        (None, Some(_)) => pick(
            language,
            "客户价值取最近一年有购买客户的人均金额，只算最常用的币种",
            "a customer counts what buyers of the last year spent on average, in the currency most was paid in",
        ),
        (None, None) => no_value(language),
    });
    if let Some((told, deterred)) = query.told.zip(query.deterred) {
        said.push(pick(
            language,
            format!("口碑：每位流失客户告诉 {told} 人，其中 {:.1}% 因此不买——纯属假设", deterred * 100.0),
            format!(
                "word of mouth: each lost customer tells {told} people, {:.1}% of whom do not buy for it: an assumption",
                deterred * 100.0
            ),
        ));
    }
    said.push(pick(
        language,
        "不主张“处理得好的投诉客户比没有投诉的更忠诚”：研究只在满意度上发现这一点",
        "nothing here claims that a complaint handled well makes more loyal than none: research finds that for satisfaction only",
    ));
    said
}

#[cfg(test)]
mod tests {
    use domain::{Channel, Currency, Money, Severity};

    use super::*;

    fn closed(outcome: domain::Outcome) -> CaseFact {
        CaseFact {
            id: "c".into(),
            number: "TS-1".to_owned(),
            opened_at: Timestamp(0),
            topic: None,
            product: None,
            site: None,
            batch: None,
            team: None,
            channel: Channel::Phone,
            customer: None,
            state: CaseState::Closed,
            outcome: Some(outcome),
            csat: None,
            severity: Severity::Minor,
            first_response_ms: None,
            closed_at: Some(Timestamp(DAY_MS)),
            text: String::new(),
            heard: store::HeardFact::default(),
        }
    }

    #[test]
    fn an_end_nobody_judged_is_no_success() {
        assert_eq!(outcome_of(&closed(domain::Outcome::Unknown)), None);
        assert_eq!(
            outcome_of(&closed(domain::Outcome::Met)),
            Some(Outcome::ResolvedFast)
        );
        assert_eq!(
            outcome_of(&closed(domain::Outcome::Below)),
            Some(Outcome::Unresolved)
        );
    }

    #[test]
    fn money_of_another_currency_is_not_added_up() {
        let buy = |customer: &str, minor, currency, day: i64| Purchase {
            customer: customer.into(),
            at: Timestamp(day * DAY_MS),
            amount: Money { minor, currency },
            product: String::new(),
        };
        let yen = Currency::from_code("JPY").expect("a currency");
        let purchases = [
            buy("a", 10_000, Currency::CNY, 1),
            buy("a", 20_000, Currency::CNY, 2),
            buy("b", 500_000, yen, 2),
            buy("a", i64::MAX, Currency::CNY, 900),
        ];
        let known = know(&Facts::default(), &purchases, Timestamp(3 * DAY_MS));
        assert_eq!(known.yearly, Some(300.0));
    }
}
