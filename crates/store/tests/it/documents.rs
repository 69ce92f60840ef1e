//! Documents that override seed files, and whole cases newest first.

use domain::{CaseState, Person};
use tingsu_store::{CaseFilter, Revision, StoreError};

use crate::{
    sample::{START, case, with_events, write},
    temporary::{Temporary, on_both},
};

fn revision(number: u32, text: Option<&str>, restores: Option<u32>) -> Revision {
    Revision {
        name: "taboo.toml".into(),
        number,
        text: text.map(str::to_owned),
        by: Person {
            id: "u1".into(),
            name: "周敏".into(),
        },
        at: START,
        note: "加一个词".into(),
        restores,
    }
}

async fn every_revision_is_kept(database: &Temporary) {
    let store = &database.store;
    assert_eq!(store.count_revisions().await.unwrap(), 0);
    let all = [
        revision(1, Some("一"), None),
        revision(2, Some("二"), None),
        revision(3, None, Some(0)),
    ];
    for one in &all {
        store.add_revision(one).await.unwrap();
    }
    let stale = store.add_revision(&revision(3, Some("三"), None)).await;
    assert!(
        matches!(stale, Err(StoreError::Stale { current_version: 3 })),
        "{stale:?}"
    );
    assert_eq!(store.documents().await.unwrap(), [all[2].clone()]);
    assert_eq!(
        store.revision("taboo.toml", 2).await.unwrap(),
        Some(all[1].clone())
    );
    assert_eq!(store.revision("taboo.toml", 9).await.unwrap(), None);
    let newest = store.revisions("taboo.toml", 2).await.unwrap();
    assert_eq!(newest, [all[2].clone(), all[1].clone()]);
    assert_eq!(store.revisions("guarantee.toml", 9).await.unwrap(), []);
    assert_eq!(store.count_revisions().await.unwrap(), 3);
}

async fn whole_cases_come_newest_first(database: &Temporary) {
    let store = &database.store;
    for number in 1..=20 {
        let (case, events) = with_events(case(number), Vec::new());
        store.create(write(&case, &events)).await.unwrap();
    }
    let all = store.newest_cases(&CaseFilter::default(), 200).await.unwrap();
    assert_eq!(all.len(), 20);
    assert!(all.is_sorted_by(|a, b| a.opened_at >= b.opened_at));
    let closed = CaseFilter {
        states: vec![CaseState::Closed, CaseState::Proposed],
        ..CaseFilter::default()
    };
    let some = store.newest_cases(&closed, 3).await.unwrap();
    assert!(some.len() <= 3 && some.iter().all(|case| closed.states.contains(&case.state)));
}

on_both!(every_revision_is_kept, whole_cases_come_newest_first);
