//! Lists: every filter equals a recount, every order walks page by page over each case once.

use std::cmp::Reverse;

use domain::*;
use tingsu_store::{
    Answered, CaseFilter, CaseQuery, CaseSort, CaseWrite, GroupBy, LocalTime, NextDeadline, OwnerFilter,
    Store, StoreError,
};

use crate::{
    sample::{Dice, START, case, store_many, with_events, write},
    temporary::{Temporary, on_both},
};

async fn walk(store: &Store, query: &CaseQuery) -> Vec<CaseId> {
    let mut query = query.clone();
    let mut ids = Vec::new();
    loop {
        let page = store.list(&query).await.unwrap();
        assert!(page.rows.len() <= query.limit as usize);
        ids.extend(page.rows.into_iter().map(|row| row.id));
        query.cursor = page.next_cursor;
        if query.cursor.is_none() {
            assert_eq!(page.total, ids.len() as u64);
            return ids;
        }
    }
}

fn next(case: &Case) -> Option<NextDeadline> {
    use DeadlineState::{Breached, Near, Running};
    let clocks = case
        .deadlines
        .iter()
        .filter(|clock| [Breached, Near, Running].contains(&clock.state));
    let next = clocks.min_by_key(|clock| (clock.due_at, clock.kind))?;
    Some(NextDeadline {
        kind: next.kind,
        due_at: next.due_at,
        state: next.state,
    })
}

fn due(case: &Case) -> i64 {
    next(case).map_or(i64::MAX, |next| next.due_at.0)
}

async fn every_order_walks_over_each_case_once(database: &Temporary) {
    let store = &database.store;
    let mut cases: Vec<Case> = store_many(store, 150)
        .await
        .into_iter()
        .map(|(case, _)| case)
        .collect();
    for limit in [7, 200] {
        let list = |sort| CaseQuery {
            sort,
            limit,
            ..CaseQuery::default()
        };
        cases.sort_by_key(|case| (due(case), case.id.clone()));
        assert_eq!(walk(store, &list(CaseSort::Due)).await, ids(&cases));
        cases.sort_by_key(|case| (Reverse(case.priority), due(case), case.id.clone()));
        assert_eq!(walk(store, &list(CaseSort::Priority)).await, ids(&cases));
        cases.sort_by_key(|case| Reverse((case.opened_at, case.id.clone())));
        assert_eq!(walk(store, &list(CaseSort::OpenedDescending)).await, ids(&cases));
        assert_eq!(walk(store, &list(CaseSort::Relevance)).await, ids(&cases));
    }
}

fn ids(cases: &[Case]) -> Vec<CaseId> {
    cases.iter().map(|case| case.id.clone()).collect()
}

/// Whether a case is meant, said a second time and in another way.
/// What the events say: when it was answered.
fn is_answered(case: &Case, events: &[Event], wanted: Option<Answered>) -> bool {
    let took = events.get(1).map(|answer| answer.at.since_ms(case.received_at));
    match wanted {
        None => true,
        Some(Answered::InDay) => took.is_some_and(|ms| ms <= 86_400_000),
        Some(Answered::Later) => took.is_some_and(|ms| ms > 86_400_000),
        Some(Answered::NotYet) => took.is_none(),
    }
}

/// What is asked about marks, places not named, and the time of the week.
fn is_so(case: &Case, filter: &CaseFilter) -> bool {
    let mark = case.closure.as_ref().and_then(|closure| closure.csat);
    let unnamed = filter.unnamed.is_none_or(|place| match place {
        GroupBy::Product => case.matter.product.is_none(),
        GroupBy::Site => case.matter.site.is_none(),
        GroupBy::Team => case.matter.team.is_none(),
        GroupBy::Topic => case.analysis.subjects.is_empty(),
        GroupBy::Channel | GroupBy::Weekday | GroupBy::Hour => false,
    });
    let local = filter.local.is_none_or(|local| {
        let at = case.opened_at.0 + i64::from(local.offset_minutes) * 60_000;
        let (weekday, hour) = ((at / 86_400_000 + 3) % 7, at / 3_600_000 % 24);
        local.weekday.is_none_or(|wanted| i64::from(wanted) == weekday)
            && local.hour.is_none_or(|wanted| i64::from(wanted) == hour)
    });
    unnamed && local && (filter.marks.is_empty() || mark.is_some_and(|mark| filter.marks.contains(&mark)))
}

fn is_meant(case: &Case, filter: &CaseFilter) -> bool {
    fn any<V: PartialEq>(wanted: &[V], has: &[V]) -> bool {
        wanted.is_empty() || wanted.iter().any(|value| has.contains(value))
    }
    let analysis = &case.analysis;
    let owner = match &filter.owner {
        None => true,
        Some(OwnerFilter::Nobody) => case.owner.is_none(),
        Some(OwnerFilter::Team(team)) => match &case.owner {
            Some(owner) => owner.id.as_str() == "u1" && team == "商城客服一组",
            None => case.matter.team.as_ref() == Some(team),
        },
        Some(OwnerFilter::Person(id)) => case.owner.as_ref().is_some_and(|owner| owner.id == *id),
    };
    let values = |of: &Vec<Finding<Subject>>| of.iter().map(Finding::value).collect::<Vec<_>>();
    owner
        && any(&filter.states, &[case.state])
        && any(&filter.psychologies, &[analysis.psychology.primary.value()])
        && any(&filter.emotions, &[analysis.emotion.stage.value()])
        && any(&filter.intensities, &[analysis.emotion.intensity])
        && any(&filter.subjects, &values(&analysis.subjects))
        && any(&filter.natures, &[analysis.nature.value()])
        && any(&filter.stances, &[analysis.stance.value])
        && any(&filter.anger_types, &[analysis.anger_type.value])
        && any(&filter.behaviors, &[analysis.behavior.value])
        && any(&filter.expectations, &[analysis.expectation.outcome.value()])
        && any(&filter.maslows, analysis.needs.maslow.as_slice())
        && any(&filter.basic_needs, &analysis.needs.basic)
        && any(&filter.rational_needs, &analysis.needs.rational)
        && any(&filter.emotional_needs, &analysis.needs.emotional)
        && any(
            &filter.risks,
            &analysis.risks.iter().map(Finding::value).collect::<Vec<_>>(),
        )
        && any(
            &filter.causes,
            &analysis.causes.iter().map(Finding::value).collect::<Vec<_>>(),
        )
        && any(
            &filter.motives,
            &analysis.motives.iter().map(Finding::value).collect::<Vec<_>>(),
        )
        && any(&filter.channels, &[case.channel])
        && any(&filter.severities, &[case.severity])
        && any(&filter.priorities, &[case.priority])
        && any(
            &filter.clocks,
            &case.deadlines.iter().map(|clock| clock.state).collect::<Vec<_>>(),
        )
        && filter
            .customer
            .iter()
            .all(|id| case.customer.as_ref() == Some(id))
        && filter.parent.iter().all(|id| case.parent.as_ref() == Some(id))
        && filter
            .product
            .iter()
            .all(|name| case.matter.product.as_ref() == Some(name))
        && filter
            .site
            .iter()
            .all(|name| case.matter.site.as_ref() == Some(name))
        && filter
            .team
            .iter()
            .all(|name| case.matter.team.as_ref() == Some(name))
        && filter
            .batch
            .iter()
            .all(|name| case.matter.batch.as_ref() == Some(name))
        && filter
            .topic
            .is_none_or(|topic| analysis.subjects.first().map(Finding::value) == Some(topic))
        && (filter.outcomes.is_empty()
            || case
                .closure
                .as_ref()
                .is_some_and(|closure| filter.outcomes.contains(&closure.outcome)))
        && filter.opened_from.is_none_or(|from| case.opened_at >= from)
        && filter.opened_to.is_none_or(|to| case.opened_at < to)
        && filter.due_before.is_none_or(|before| due(case) < before.0)
        && filter.demo.is_none_or(|demo| case.demo == demo)
}

/// A filter for each field, and some that combine several.
pub(crate) fn filters() -> Vec<CaseFilter> {
    let none = CaseFilter::default;
    let dice = &mut Dice(3);
    vec![
        none(),
        CaseFilter {
            states: vec![dice.one(), dice.one(), dice.one()],
            ..none()
        },
        CaseFilter {
            psychologies: vec![dice.one()],
            ..none()
        },
        CaseFilter {
            emotions: vec![dice.one()],
            ..none()
        },
        CaseFilter {
            intensities: vec![Intensity::Extreme],
            ..none()
        },
        CaseFilter {
            subjects: vec![Subject::Attitude, Subject::Policy],
            ..none()
        },
        CaseFilter {
            natures: vec![Nature::Valid],
            ..none()
        },
        CaseFilter {
            stances: vec![Stance::Bargain],
            ..none()
        },
        CaseFilter {
            anger_types: vec![dice.one()],
            ..none()
        },
        CaseFilter {
            behaviors: vec![dice.one(), dice.one()],
            ..none()
        },
        CaseFilter {
            expectations: vec![dice.one()],
            ..none()
        },
        CaseFilter {
            maslows: vec![dice.one(), dice.one()],
            ..none()
        },
        CaseFilter {
            basic_needs: vec![dice.one()],
            ..none()
        },
        CaseFilter {
            rational_needs: vec![dice.one(), dice.one()],
            ..none()
        },
        CaseFilter {
            emotional_needs: vec![dice.one()],
            ..none()
        },
        CaseFilter {
            risks: vec![Risk::Legal, Risk::Exposure],
            ..none()
        },
        CaseFilter {
            causes: vec![Cause::Loss],
            ..none()
        },
        CaseFilter {
            motives: vec![Motive::Refund],
            ..none()
        },
        CaseFilter {
            channels: vec![Channel::Phone, Channel::Email],
            ..none()
        },
        CaseFilter {
            severities: vec![Severity::Critical],
            ..none()
        },
        CaseFilter {
            priorities: vec![Priority::Urgent, Priority::Low],
            ..none()
        },
        CaseFilter {
            clocks: vec![DeadlineState::Breached],
            ..none()
        },
        CaseFilter {
            owner: Some(OwnerFilter::Nobody),
            ..none()
        },
        CaseFilter {
            owner: Some(OwnerFilter::Person(UserId::from("u1"))),
            ..none()
        },
        CaseFilter {
            owner: Some(OwnerFilter::Team("夜班".into())),
            ..none()
        },
        CaseFilter {
            owner: Some(OwnerFilter::Team("商城客服一组".into())),
            ..none()
        },
        CaseFilter {
            customer: Some(CustomerId::from("c2")),
            ..none()
        },
        CaseFilter {
            parent: Some(CaseId::from("case-00001")),
            ..none()
        },
        CaseFilter {
            product: Some("酸奶3".into()),
            ..none()
        },
        CaseFilter {
            site: Some("城西1店".into()),
            ..none()
        },
        CaseFilter {
            team: Some("夜班".into()),
            ..none()
        },
        CaseFilter {
            topic: Some(Subject::Attitude),
            ..none()
        },
        CaseFilter {
            batch: Some("B7".into()),
            ..none()
        },
        CaseFilter {
            outcomes: vec![Outcome::Met, Outcome::Below],
            ..none()
        },
        CaseFilter {
            opened_from: Some(START.plus_hours(240)),
            ..none()
        },
        CaseFilter {
            opened_to: Some(START.plus_hours(240)),
            ..none()
        },
        CaseFilter {
            due_before: Some(START.plus_hours(300)),
            ..none()
        },
        CaseFilter {
            demo: Some(true),
            ..none()
        },
        CaseFilter {
            answered: Some(Answered::InDay),
            ..none()
        },
        CaseFilter {
            answered: Some(Answered::Later),
            ..none()
        },
        CaseFilter {
            answered: Some(Answered::NotYet),
            ..none()
        },
        CaseFilter {
            marks: vec![1, 4],
            ..none()
        },
        CaseFilter {
            unnamed: Some(GroupBy::Product),
            ..none()
        },
        CaseFilter {
            unnamed: Some(GroupBy::Team),
            ..none()
        },
        CaseFilter {
            local: Some(LocalTime {
                weekday: Some(6),
                hour: None,
                offset_minutes: 480,
            }),
            ..none()
        },
        CaseFilter {
            local: Some(LocalTime {
                weekday: Some(2),
                hour: Some(13),
                offset_minutes: 480,
            }),
            ..none()
        },
        CaseFilter {
            demo: Some(false),
            risks: vec![Risk::Churn],
            natures: vec![Nature::Help],
            ..none()
        },
    ]
}

/// The cases a filter means, recounted.
pub(crate) fn meant(cases: &[(Case, Vec<Event>)], filter: &CaseFilter) -> Vec<(Case, Vec<Event>)> {
    cases
        .iter()
        .filter(|(case, events)| {
            is_meant(case, filter) && is_so(case, filter) && is_answered(case, events, filter.answered)
        })
        .cloned()
        .collect()
}

async fn every_filter_equals_a_recount(database: &Temporary) {
    let store = &database.store;
    let cases = store_many(store, 400).await;
    // One of the owners belongs to a team.
    store.create_user(&crate::people::user(1)).await.unwrap();
    for filter in filters() {
        let mut expected: Vec<CaseId> = meant(&cases, &filter)
            .into_iter()
            .map(|(case, _)| case.id)
            .collect();
        assert!(!expected.is_empty(), "{filter:?} means no case and tests nothing");
        let mut found = walk(
            store,
            &CaseQuery {
                filter: filter.clone(),
                limit: 50,
                ..CaseQuery::default()
            },
        )
        .await;
        found.sort();
        expected.sort();
        assert_eq!(found, expected, "{filter:?}");
        assert_eq!(store.count(&filter).await.unwrap(), expected.len() as u64);
    }
}

async fn rows_tell_what_the_case_says(database: &Temporary) {
    let store = &database.store;
    let customer = Customer {
        id: CustomerId::from("c1"),
        name: "王女士".into(),
        phone: None,
        email: None,
        loyalty: Loyalty::Loyal,
        since: START,
        demo: true,
    };
    store.put_customers(&[customer]).await.unwrap();
    let cases = store_many(store, 40).await;
    let rows = store
        .list(&CaseQuery {
            limit: 200,
            ..CaseQuery::default()
        })
        .await
        .unwrap()
        .rows;
    assert!(
        rows.iter()
            .any(|row| row.customer_name.as_deref() == Some("王女士"))
    );
    for row in rows {
        let (case, _) = cases
            .iter()
            .find(|(case, _)| case.id == row.id)
            .expect("one of them");
        assert_eq!(
            (&row.title, &row.text, row.version),
            (&case.title, &case.text, case.version)
        );
        assert_eq!(
            (&row.owner, &row.matter, row.demo),
            (&case.owner, &case.matter, case.demo)
        );
        assert_eq!(row.next_deadline, next(case));
        let values: Vec<Subject> = case.analysis.subjects.iter().map(Finding::value).collect();
        assert_eq!(row.subjects, values);
        assert_eq!(
            row.customer_name.is_some(),
            row.customer == Some(CustomerId::from("c1"))
        );
    }
}

async fn cursors_of_other_lists_are_refused(database: &Temporary) {
    store_many(&database.store, 5).await;
    let page = database
        .store
        .list(&CaseQuery {
            limit: 2,
            ..CaseQuery::default()
        })
        .await
        .unwrap();
    let cursor = page.next_cursor.unwrap();
    for (sort, cursor) in [
        (CaseSort::Priority, cursor.as_str()),
        (CaseSort::Due, "d1"),
        (CaseSort::Due, "d\0.é"),
    ] {
        let query = CaseQuery {
            sort,
            cursor: Some(cursor.into()),
            ..CaseQuery::default()
        };
        let refused = database.store.list(&query).await;
        assert!(matches!(refused, Err(StoreError::InvalidCursor)), "{refused:?}");
    }
}

async fn changed_cases_move(database: &Temporary) {
    let store = &database.store;
    let (case_1, events) = with_events(case(1), Vec::new());
    store.create(write(&case_1, &events)).await.unwrap();
    let mut changed = case(2);
    changed.id = case_1.id.clone();
    changed.number = case_1.number.clone();
    changed.version = 2;
    let answer = crate::sample::answered(&changed, 3);
    store
        .append(1, write(&changed, std::slice::from_ref(&answer)))
        .await
        .unwrap();
    let cases = [(changed, [events, vec![answer]].concat())];
    for filter in filters() {
        assert_eq!(
            store.count(&filter).await.unwrap(),
            meant(&cases, &filter).len() as u64,
            "{filter:?}"
        );
    }
}

async fn the_clock_finds_what_is_due(database: &Temporary) {
    let store = &database.store;
    for (number, hours) in [(1, Some(5)), (2, Some(1)), (3, None), (4, Some(9))] {
        let (case, events) = with_events(case(number), Vec::new());
        let next_check_at = hours.map(|hours| START.plus_hours(hours));
        store
            .create(CaseWrite {
                next_check_at,
                ..write(&case, &events)
            })
            .await
            .unwrap();
    }
    let due = |at, limit| store.due(START.plus_hours(at), limit);
    let found = due(5, 10).await.unwrap();
    assert_eq!(found, [case(2).id, case(1).id]);
    assert_eq!(due(5, 1).await.unwrap(), [case(2).id]);
    let mut answered = case(2);
    answered.version = 2;
    store
        .append(1, write(&answered, &[crate::sample::answered(&answered, 1)]))
        .await
        .unwrap();
    assert_eq!(due(5, 10).await.unwrap(), [case(1).id]);
}

on_both!(
    every_order_walks_over_each_case_once,
    every_filter_equals_a_recount,
    rows_tell_what_the_case_says,
    cursors_of_other_lists_are_refused,
    changed_cases_move,
    the_clock_finds_what_is_due,
);
