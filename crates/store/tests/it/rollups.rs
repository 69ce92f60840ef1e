//! The dashboard equals a recount of the cases.

use std::collections::BTreeMap;

use domain::*;
use tingsu_store::{
    CaseFilter, Counts, CsatStats, Dashboard, FacetCounts, FirstResponseStats, PRODUCT_LIMIT, Store,
};

use crate::{
    lists::{filters, meant},
    sample::{Dice, START, analysis, answered, person, store_many, write},
    temporary::{Temporary, on_both},
};

fn count<V: Ord>(values: impl IntoIterator<Item = V>) -> Counts<V> {
    let mut counts = BTreeMap::new();
    for value in values {
        *counts.entry(value).or_insert(0) += 1;
    }
    let mut counts: Counts<V> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts
}

/// A case counts once for a value, however often it is there.
fn set<V: Ord + Copy>(values: &[V]) -> std::collections::BTreeSet<V> {
    values.iter().copied().collect()
}

/// The day of a clock eight hours ahead, all of them in November or December 2026 or January 2027.
fn day(at: Timestamp) -> Date {
    let day = (at.0 + 8 * 3_600_000 - crate::sample::START.0) / 86_400_000 + 22;
    let (year, month, day) = match day {
        ..=30 => (2026, 11, day),
        31..=61 => (2026, 12, day - 30),
        _ => (2027, 1, day - 61),
    };
    Date::new(year, month, day as u8).expect("a day")
}

fn recount(cases: &[(Case, Vec<Event>)]) -> Dashboard {
    let each = || cases.iter().map(|(case, _)| case);
    let mut volume = count(each().map(|case| day(case.opened_at)));
    volume.sort();
    let closed = each().filter(|case| case.state.is_final()).count() as u64;
    let marks: Vec<u64> = each()
        .filter_map(|case| case.closure.as_ref()?.csat)
        .map(u64::from)
        .collect();
    let clocks = each().flat_map(|case| {
        let states: std::collections::BTreeSet<_> = case.deadlines.iter().map(|clock| clock.state).collect();
        states
    });
    let mut by_product = count(each().filter_map(|case| case.matter.product.clone()));
    by_product.truncate(PRODUCT_LIMIT as usize);
    Dashboard {
        volume,
        open: cases.len() as u64 - closed,
        closed,
        facets: recount_facets(cases),
        clocks: count(clocks),
        outcomes: count(each().filter_map(|case| Some(case.closure.as_ref()?.outcome))),
        csat: CsatStats {
            n: marks.len() as u64,
            mean: (!marks.is_empty()).then(|| marks.iter().sum::<u64>() as f64 / marks.len() as f64),
        },
        backlog_by_owner: count(
            each()
                .filter(|case| !case.state.is_final())
                .map(|case| case.owner.clone().map(|owner| owner.id)),
        ),
        by_product,
        first_response: recount_answers(cases),
    }
}

fn recount_facets(cases: &[(Case, Vec<Event>)]) -> FacetCounts {
    let each = || cases.iter().map(|(case, _)| case);
    let readings = || each().map(|case| &case.analysis);
    FacetCounts {
        psychology: count(readings().map(|reading| reading.psychology.primary.value())),
        motive: count(readings().flat_map(|reading| reading.motives.iter().map(Finding::value))),
        emotion: count(readings().map(|reading| reading.emotion.stage.value())),
        intensity: count(readings().map(|reading| reading.emotion.intensity)),
        subject: count(readings().flat_map(|reading| reading.subjects.iter().map(Finding::value))),
        nature: count(readings().map(|reading| reading.nature.value())),
        stance: count(readings().map(|reading| reading.stance.value)),
        cause: count(readings().flat_map(|reading| reading.causes.iter().map(Finding::value))),
        risk: count(readings().flat_map(|reading| reading.risks.iter().map(Finding::value))),
        channel: count(each().map(|case| case.channel)),
        state: count(each().map(|case| case.state)),
        severity: count(each().map(|case| case.severity)),
        priority: count(each().map(|case| case.priority)),
        anger_type: count(readings().map(|reading| reading.anger_type.value)),
        behavior: count(readings().map(|reading| reading.behavior.value)),
        expectation: count(readings().map(|reading| reading.expectation.outcome.value())),
        maslow: count(readings().filter_map(|reading| reading.needs.maslow)),
        basic_need: count(readings().flat_map(|reading| set(&reading.needs.basic))),
        rational_need: count(readings().flat_map(|reading| set(&reading.needs.rational))),
        emotional_need: count(readings().flat_map(|reading| set(&reading.needs.emotional))),
    }
}

fn recount_answers(cases: &[(Case, Vec<Event>)]) -> FirstResponseStats {
    let answered = cases.iter().filter(|(_, events)| events.len() > 1);
    let mut hours: Vec<f64> = answered
        .map(|(case, events)| events[1].at.since_ms(case.received_at) as f64 / 3_600_000.0)
        .collect();
    hours.sort_by(f64::total_cmp);
    let middle = hours.len() / 2;
    let median = match hours.len() {
        0 => None,
        n if n % 2 == 1 => Some(hours[middle]),
        _ => Some((hours[middle - 1] + hours[middle]) / 2.0),
    };
    let within_24h = hours.iter().filter(|hours| **hours <= 24.0).count() as u64;
    FirstResponseStats {
        n: hours.len() as u64,
        median_hours: median,
        within_24h,
    }
}

async fn the_dashboard_equals_a_recount(database: &Temporary) {
    let store = &database.store;
    assert_eq!(
        store.dashboard(&filters()[0], 480).await.unwrap(),
        Dashboard::default()
    );
    let cases = store_many(store, 400).await;
    store.create_user(&crate::people::user(1)).await.unwrap();
    for filter in filters() {
        let chosen = meant(&cases, &filter);
        assert_eq!(
            store.dashboard(&filter, 480).await.unwrap(),
            recount(&chosen),
            "{filter:?}"
        );
    }
}

/// Filters that the rollups answer: whole days of China, alone or with one facet.
fn rolled() -> Vec<CaseFilter> {
    // Midnight in China.
    let midnight = |day: i64| START.plus_ms(day * DAY_MS - 8 * 3_600_000);
    let (from, to) = (midnight(5), midnight(20));
    let days = [
        (None, None),
        (Some(from), None),
        (None, Some(to)),
        (Some(from), Some(to)),
        (Some(to), Some(from)),
    ];
    let mut filters = Vec::new();
    for (opened_from, opened_to) in days {
        let whole = CaseFilter {
            opened_from,
            opened_to,
            ..CaseFilter::default()
        };
        filters.extend([
            CaseFilter {
                states: vec![CaseState::Closed, CaseState::Received, CaseState::Closed],
                ..whole.clone()
            },
            CaseFilter {
                clocks: vec![DeadlineState::Breached],
                ..whole.clone()
            },
            CaseFilter {
                states: CaseState::ALL
                    .iter()
                    .copied()
                    .filter(|state| !state.is_final())
                    .collect(),
                clocks: vec![DeadlineState::Near],
                ..whole.clone()
            },
            CaseFilter {
                product: Some("酸奶2".into()),
                ..whole.clone()
            },
            CaseFilter {
                anger_types: vec![AngerType::Rational, AngerType::None],
                ..whole.clone()
            },
            CaseFilter {
                maslows: vec![Maslow::Safety],
                ..whole.clone()
            },
            CaseFilter {
                basic_needs: vec![BasicNeed::Safe],
                ..whole.clone()
            },
            whole,
        ]);
    }
    filters
}

const DAY_MS: i64 = 86_400_000;

/// Changes what the rollups know of a case, in another way for each number.
fn change(case: &mut Case, number: u64) -> Event {
    let dice = &mut Dice(number);
    case.state = dice.one();
    case.severity = dice.one();
    case.priority = dice.one();
    case.owner = (dice.below(3) > 0).then(|| person(dice));
    case.analysis = analysis(dice);
    case.deadlines.truncate(dice.below(3));
    case.matter.product = (dice.below(3) > 0).then(|| format!("酸奶{}", dice.below(5)));
    if let Some(closure) = &mut case.closure {
        closure.csat = (dice.below(2) > 0).then(|| 1 + dice.below(5) as u8);
        closure.outcome = dice.one();
    }
    answered(case, dice.below(60) as i64)
}

/// Reopening, changing, closing again: whatever happens to cases, sums and counts are those of a recount.
async fn rollups_follow_every_change(database: &Temporary) {
    let store = &database.store;
    let mut cases = store_many(store, 200).await;
    for round in 0..2 {
        for (number, (case, events)) in (0u64..).zip(&mut cases).skip(round).step_by(3) {
            let event = change(case, 1_000 * round as u64 + number);
            let before = case.version;
            case.version += 1;
            store
                .append(before, write(case, std::slice::from_ref(&event)))
                .await
                .unwrap();
            events.push(event);
        }
        check_rollups(store, &cases).await;
    }
    // A change that is refused, with others or alone, is not counted either.
    let (case, _) = &cases[7];
    let event = answered(case, 1);
    let late = write(case, std::slice::from_ref(&event));
    let (first, second) = tokio::join!(store.append(0, late), store.append(0, late));
    assert!(first.is_err() && second.is_err());
    check_rollups(store, &cases).await;
}

async fn check_rollups(store: &Store, cases: &[(Case, Vec<Event>)]) {
    for filter in rolled() {
        let chosen = meant(cases, &filter);
        assert_eq!(
            store.count(&filter).await.unwrap(),
            chosen.len() as u64,
            "{filter:?}"
        );
        let dashboard = store.dashboard(&filter, 480).await.unwrap();
        assert_eq!(dashboard, recount(&chosen), "{filter:?}");
    }
}

/// Bits that mean something else after an upgrade, and sums that follow from them, are made anew at opening.
async fn what_is_derived_is_made_anew_when_its_meaning_changed(database: &Temporary) {
    let cases = store_many(&database.store, 60).await;
    database
        .tamper("UPDATE cases SET facets = 0, tags = 7 WHERE ordinal = 9")
        .await;
    database.tamper("DELETE FROM rollups WHERE part = 'csat' AND day = (SELECT MIN(day) FROM rollups WHERE part = 'csat')").await;
    let stale = Store::open(&database.url).await.unwrap();
    let filter = CaseFilter::default();
    assert_ne!(
        stale.dashboard(&filter, 480).await.unwrap(),
        recount(&meant(&cases, &filter))
    );
    stale.close().await;
    database
        .tamper("UPDATE settings SET value = '\"older\"' WHERE key = 'derived'")
        .await;
    let fresh = Store::open(&database.url).await.unwrap();
    check_rollups(&fresh, &cases).await;
    let state = CaseFilter {
        states: vec![cases[8].0.state],
        natures: vec![cases[8].0.analysis.nature.value()],
        ..CaseFilter::default()
    };
    assert_eq!(
        fresh.count(&state).await.unwrap(),
        meant(&cases, &state).len() as u64
    );
    fresh.close().await;
}

on_both!(
    the_dashboard_equals_a_recount,
    rollups_follow_every_change,
    what_is_derived_is_made_anew_when_its_meaning_changed
);
