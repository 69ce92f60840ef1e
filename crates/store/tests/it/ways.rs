//! Cases found by the way they have come.

use domain::{Actor, CaseId, CaseState, Event, EventKind};
use tingsu_store::{CaseFilter, CaseQuery, CaseSort};

use crate::{
    sample::{case, with_events, write},
    temporary::{Temporary, on_both},
};

const WAYS: [&[CaseState]; 5] = [
    &[],
    &[CaseState::Acknowledged, CaseState::Closed],
    &[CaseState::Acknowledged, CaseState::Understood, CaseState::Closed],
    &[
        CaseState::Acknowledged,
        CaseState::Proposed,
        CaseState::Proposed,
        CaseState::Closed,
    ],
    &[
        CaseState::Acknowledged,
        CaseState::Closed,
        CaseState::Received,
        CaseState::Acknowledged,
    ],
];

async fn a_way_finds_its_cases_and_no_others(database: &Temporary) {
    let store = &database.store;
    let mut told = Vec::new();
    for number in 0..20u64 {
        let case = case(number);
        let way = WAYS[number as usize % WAYS.len()];
        let changes = way.iter().enumerate().map(|(place, &to)| Event {
            at: case.opened_at.plus_hours(place as i64 + 1),
            actor: Actor::System,
            kind: EventKind::StateChanged {
                to,
                because: (place == 0).then(|| "已核对".into()),
            },
        });
        let changes = changes.collect();
        told.push((way, with_events(case, changes)));
    }
    let writes: Vec<_> = told
        .iter()
        .map(|(_, (case, events))| write(case, events))
        .collect();
    store.create_many(&writes).await.unwrap();
    let meant = |wanted: &dyn Fn(&[CaseState]) -> bool| -> Vec<CaseId> {
        let mut ids: Vec<_> = told
            .iter()
            .filter(|(way, _)| wanted(way))
            .map(|(_, (case, _))| case.id.clone())
            .collect();
        ids.sort();
        ids
    };
    for way in WAYS {
        let whole: Vec<CaseState> = [CaseState::Received].iter().chain(way).copied().collect();
        let filter = CaseFilter {
            way: whole,
            ..CaseFilter::default()
        };
        assert_eq!(
            found(database, filter).await,
            meant(&|other| other == way),
            "{way:?}"
        );
    }
    for again in [
        CaseState::Received,
        CaseState::Acknowledged,
        CaseState::Proposed,
        CaseState::Closed,
    ] {
        let filter = CaseFilter {
            again: Some(again),
            ..CaseFilter::default()
        };
        let first = usize::from(again == CaseState::Received);
        let twice = |way: &[CaseState]| first + way.iter().filter(|state| **state == again).count() > 1;
        assert_eq!(found(database, filter).await, meant(&twice), "{again:?}");
    }
    let nowhere = CaseFilter {
        way: vec![CaseState::Closed],
        ..CaseFilter::default()
    };
    assert!(found(database, nowhere).await.is_empty());
}

async fn found(database: &Temporary, filter: CaseFilter) -> Vec<CaseId> {
    let query = CaseQuery {
        filter,
        sort: CaseSort::OpenedDescending,
        cursor: None,
        limit: 50,
    };
    let page = database.store.list(&query).await.unwrap();
    assert_eq!(page.total, page.rows.len() as u64);
    let mut ids: Vec<CaseId> = page.rows.into_iter().map(|row| row.id).collect();
    ids.sort();
    ids
}

on_both!(a_way_finds_its_cases_and_no_others);
