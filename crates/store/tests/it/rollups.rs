//! The dashboard equals a recount of the cases.

use std::collections::BTreeMap;

use domain::*;
use tingsu_store::{Counts, CsatStats, Dashboard, FacetCounts, FirstResponseStats, PRODUCT_LIMIT};

use crate::{
    lists::{filters, meant},
    sample::store_many,
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
    for filter in filters() {
        let chosen = meant(&cases, &filter);
        assert_eq!(
            store.dashboard(&filter, 480).await.unwrap(),
            recount(&chosen),
            "{filter:?}"
        );
    }
}

on_both!(the_dashboard_equals_a_recount);
