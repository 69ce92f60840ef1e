//! What statistics read: facts, states and groups equal a recount of the cases; causes and reports are kept.

use std::collections::BTreeMap;

use domain::*;
use tingsu_store::{CaseFilter, Group, GroupBy, GroupsWanted, RootCauseRecord, StoreError, StoredReport};

use crate::{
    lists::{filters, meant},
    sample::{START, store_many},
    temporary::{Temporary, on_both},
};

const ALWAYS: (Timestamp, Timestamp) = (Timestamp(0), Timestamp(i64::MAX));

fn key_of(case: &Case, by: GroupBy) -> Option<String> {
    let local = case.opened_at.0 + 8 * 3_600_000;
    match by {
        GroupBy::Product => case.matter.product.clone(),
        GroupBy::Site => case.matter.site.clone(),
        GroupBy::Team => case.matter.team.clone(),
        GroupBy::Channel => Some(case.channel.key().to_owned()),
        GroupBy::Topic => case
            .analysis
            .subjects
            .first()
            .map(|subject| subject.value().key().to_owned()),
        GroupBy::Weekday => Some(((local / 86_400_000 + 3) % 7).to_string()),
        GroupBy::Hour => Some((local / 3_600_000 % 24).to_string()),
    }
}

fn recount(cases: &[(Case, Vec<Event>)], by: GroupBy) -> BTreeMap<Option<String>, Group> {
    let mut groups: BTreeMap<Option<String>, Group> = BTreeMap::new();
    for (case, events) in cases {
        let key = key_of(case, by);
        let group = groups.entry(key.clone()).or_default();
        group.key = key;
        group.n += 1;
        group.open += u64::from(!case.state.is_final());
        let missed = |clock: &Deadline| clock.state == DeadlineState::Breached;
        group.breached += u64::from(case.deadlines.iter().any(missed));
        group.heated += u64::from(case.analysis.emotion.intensity >= Intensity::Strong);
        if let Some(closure) = &case.closure {
            group.judged += u64::from(closure.outcome != Outcome::Unknown);
            group.below += u64::from(closure.outcome == Outcome::Below);
            group.marked += u64::from(closure.csat.is_some());
            group.mark_sum += closure.csat.map_or(0, u64::from);
            group.mark_squares += closure.csat.map_or(0, |mark| u64::from(mark).pow(2));
        }
        if let Some(answer) = events.get(1) {
            group.answered += 1;
            group.within_24h += u64::from(answer.at.since_ms(case.received_at) <= 86_400_000);
        }
    }
    groups
}

async fn groups_equal_a_recount(database: &Temporary) {
    let cases = store_many(&database.store, 300).await;
    database.store.create_user(&crate::people::user(1)).await.unwrap();
    let all = [
        GroupBy::Product,
        GroupBy::Site,
        GroupBy::Team,
        GroupBy::Channel,
        GroupBy::Topic,
        GroupBy::Weekday,
        GroupBy::Hour,
    ];
    for by in all {
        for filter in filters() {
            let ask = |wanted| database.store.groups(by, wanted, &filter, 480);
            let found = ask(GroupsWanted::Largest).await.unwrap();
            let largest = found.clone();
            let found: BTreeMap<_, _> = found
                .into_iter()
                .map(|group| (group.key.clone(), group))
                .collect();
            assert_eq!(found, recount(&meant(&cases, &filter), by), "{by:?} {filter:?}");
            let together = ask(GroupsWanted::Together).await.unwrap();
            assert_eq!(together, [Group::together(&largest)], "{by:?} {filter:?}");
            let (named, others): (Vec<Group>, Vec<Group>) = largest
                .into_iter()
                .partition(|group| group.key.as_ref().is_none_or(|key| key.len() % 2 == 0));
            let keys: Vec<Option<String>> = named.iter().map(|group| group.key.clone()).collect();
            assert_eq!(
                ask(GroupsWanted::Named(&keys)).await.unwrap(),
                named,
                "without {others:?}"
            );
        }
    }
}

async fn contacts_tell_complaints_from_questions(database: &Temporary) {
    let cases = store_many(&database.store, 120).await;
    let known = cases.iter().filter_map(|(case, _)| {
        let nature = case.analysis.nature.value();
        let none = case.analysis.psychology.primary.value() == Psychology::None;
        let complaint = !none && matches!(nature, Nature::Valid | Nature::Vent);
        Some((case.customer.clone()?, case.opened_at, complaint))
    });
    let mut expected: Vec<_> = known.collect();
    let found = database.store.contacts(1_000).await.unwrap();
    let mut found: Vec<_> = found
        .into_iter()
        .map(|one| (one.customer, one.at, one.complaint))
        .collect();
    expected.sort();
    found.sort();
    assert_eq!(found, expected);
    for wanted in [true, false] {
        assert!(found.iter().any(|(_, _, complaint)| *complaint == wanted));
    }
}

async fn facts_tell_what_the_cases_say(database: &Temporary) {
    let store = &database.store;
    let cases = store_many(store, 120).await;
    let facts = store.case_facts(ALWAYS.0, ALWAYS.1, true, 1_000).await.unwrap();
    assert_eq!(facts.len(), cases.len());
    assert!(
        facts
            .windows(2)
            .all(|pair| pair[0].opened_at >= pair[1].opened_at)
    );
    for fact in &facts {
        let (case, _) = cases
            .iter()
            .find(|(case, _)| case.id == fact.id)
            .expect("one of them");
        let first = case.analysis.subjects.first().map(Finding::value);
        assert_eq!((&fact.text, fact.topic), (&case.text, first));
        assert_eq!(
            (&fact.product, &fact.batch),
            (&case.matter.product, &case.matter.batch)
        );
        assert_eq!((fact.state, fact.severity), (case.state, case.severity));
        let closure = case.closure.as_ref();
        assert_eq!(fact.outcome, closure.map(|closure| closure.outcome));
        assert_eq!(fact.closed_at, closure.map(|closure| closure.at));
    }
    let few = store.case_facts(ALWAYS.0, ALWAYS.1, false, 7).await.unwrap();
    assert_eq!(few.len(), 7);
    assert!(
        few.iter()
            .zip(&facts)
            .all(|(few, all)| few.id == all.id && few.text.is_empty())
    );
    let none = store.case_facts(START, START, true, 10).await.unwrap();
    assert!(none.is_empty());
}

async fn states_follow_each_other(database: &Temporary) {
    let store = &database.store;
    // More cases than are read at a time, some of them opened in the same moment.
    let cases = store_many(store, 1_040).await;
    let states = store.state_facts(ALWAYS.0, ALWAYS.1, 100_000).await.unwrap();
    let expected: usize = cases
        .iter()
        .map(|(_, events)| {
            let moves = events.iter().skip(1);
            1 + moves
                .filter(|event| matches!(event.kind, EventKind::StateChanged { .. }))
                .count()
        })
        .sum();
    assert_eq!(states.len(), expected);
    let mut of_cases: Vec<&str> = states.iter().map(|state| state.case.as_str()).collect();
    of_cases.dedup();
    assert_eq!(of_cases.len(), cases.len(), "case by case, each once");
    let cut = store.state_facts(ALWAYS.0, ALWAYS.1, 5).await.unwrap();
    assert_eq!(cut.len(), 5);
}

async fn causes_are_written_by_one_at_a_time(database: &Temporary) {
    let store = &database.store;
    let first = RootCauseRecord {
        id: "r1".into(),
        parent: None,
        version: 1,
        created_at: START,
        updated_at: START,
        body: "{\"title\":\"电芯来料\"}".into(),
    };
    store.create_root_cause(&first).await.unwrap();
    let twice = store.create_root_cause(&first).await;
    assert!(matches!(twice, Err(StoreError::Duplicate { .. })), "{twice:?}");
    let second = RootCauseRecord {
        version: 2,
        updated_at: START.plus_ms(5),
        body: "{}".into(),
        ..first.clone()
    };
    store.update_root_cause(&second).await.unwrap();
    let late = store.update_root_cause(&second).await;
    assert!(
        matches!(late, Err(StoreError::Stale { current_version: 2 })),
        "{late:?}"
    );
    let lost = RootCauseRecord {
        id: "r9".into(),
        ..second.clone()
    };
    assert!(matches!(
        store.update_root_cause(&lost).await,
        Err(StoreError::NotFound { .. })
    ));
    assert_eq!(store.root_causes().await.unwrap(), [second]);
    let filter = CaseFilter::default();
    assert_eq!(store.count(&filter).await.unwrap(), 0);
}

async fn reports_are_kept_once_for_each_period(database: &Temporary) {
    let store = &database.store;
    let report = |until_day, body: &str| StoredReport {
        days: 7,
        until_day,
        language: "zh".into(),
        made_at: START,
        body: body.into(),
    };
    for (day, body) in [(1, "a"), (2, "b"), (2, "c")] {
        store.put_report(&report(day, body)).await.unwrap();
    }
    assert_eq!(
        store.reports("zh", 9).await.unwrap(),
        [report(2, "c"), report(1, "a")]
    );
    assert_eq!(store.report(7, 1, "zh").await.unwrap(), Some(report(1, "a")));
    assert_eq!(store.report(7, 1, "en").await.unwrap(), None);
    // Letters are letters, whatever they mean to the database.
    store.put_report(&report(3, r"50%_\ of all")).await.unwrap();
    for (letters, days) in [(r"%_\", vec![3]), ("%", vec![3]), ("c", vec![2]), ("50_", vec![])] {
        let found = store.reports_holding(letters).await.unwrap();
        let found: Vec<i32> = found.iter().map(|report| report.until_day).collect();
        assert_eq!(found, days, "{letters}");
    }
}

on_both!(
    groups_equal_a_recount,
    contacts_tell_complaints_from_questions,
    facts_tell_what_the_cases_say,
    states_follow_each_other,
    causes_are_written_by_one_at_a_time,
    reports_are_kept_once_for_each_period,
);
