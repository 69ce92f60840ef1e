//! Cases come back as they were stored; changes are whole or not at all.

use domain::{CaseId, CustomerId};
use tingsu_store::{CaseFilter, CaseQuery, CaseWrite, IdempotencyKey, Store, StoreError};

use crate::{
    sample::{self, START, case, every_kind, with_events, write},
    temporary::{Temporary, on_both},
};

async fn comes_back_as_stored(database: &Temporary) {
    let store = &database.store;
    for (case, events) in sample::store_many(store, 120).await {
        assert_eq!(store.case(&case.id).await.unwrap().as_ref(), Some(&case));
        assert_eq!(
            store.case_by_number(&case.number).await.unwrap().as_ref(),
            Some(&case)
        );
        let stored = store.events(&case.id).await.unwrap();
        assert_eq!(
            stored
                .iter()
                .map(|stored| stored.event.clone())
                .collect::<Vec<_>>(),
            events
        );
    }
    assert_eq!(store.case(&CaseId::from("nobody\0")).await.unwrap(), None);
    assert_eq!(store.events(&CaseId::from("nobody")).await.unwrap(), []);
}

fn stale_of(case: &domain::Case) -> domain::Case {
    domain::Case {
        version: case.version - 1,
        ..case.clone()
    }
}

async fn every_kind_of_event_comes_back(database: &Temporary) {
    let store = &database.store;
    let (case, events) = with_events(case(1), Vec::new());
    store.create(write(&case, &events)).await.unwrap();
    let more = every_kind(&case);
    let mut changed = sample::case(2);
    changed.id = case.id.clone();
    changed.version = 1 + more.len() as u32;
    (changed.accepted_at, changed.remedied_at) = (Some(START), Some(START.plus_hours(1)));
    let hash = "ab".repeat(32);
    let refused = store.append(1, write(&changed, &more)).await;
    assert!(
        matches!(refused, Err(StoreError::NotFound { what: "file" })),
        "a file that is not there is not attached: {refused:?}"
    );
    let file = tingsu_store::StoredFile {
        hash: hash.clone(),
        media_type: "image/png".into(),
        bytes: 3,
        created_at: START.plus_hours(-99),
    };
    let somebody = domain::UserId::from("u1");
    store.put_file(&file, &somebody, b"png".to_vec()).await.unwrap();
    assert_eq!(
        store
            .uploaded_since(&somebody, START.plus_hours(-100))
            .await
            .unwrap(),
        3
    );
    assert_eq!(
        store
            .uploaded_since(&somebody, START.plus_hours(-98))
            .await
            .unwrap(),
        0
    );
    let stale = store.append(0, write(&stale_of(&changed), &more)).await;
    assert!(matches!(stale, Err(StoreError::Stale { .. })), "{stale:?}");
    assert_eq!(
        store.file_body(&case.id, &hash).await.unwrap(),
        None,
        "nothing was shown"
    );
    store.append(1, write(&changed, &more)).await.unwrap();
    assert_eq!(
        store.sweep_files(START.plus_hours(-1)).await.unwrap(),
        0,
        "it is shown"
    );
    assert_eq!(
        store.file_body(&case.id, &hash).await.unwrap(),
        Some(b"png".to_vec())
    );
    let expected = Some(domain::Case {
        number: changed.number.clone(),
        ..changed
    });
    assert_eq!(store.case(&case.id).await.unwrap(), expected);
    let stored = store.events(&case.id).await.unwrap();
    assert_eq!(
        stored[1..]
            .iter()
            .map(|stored| stored.event.clone())
            .collect::<Vec<_>>(),
        more
    );
    assert!(
        stored
            .iter()
            .enumerate()
            .all(|(place, stored)| stored.index as usize == place)
    );
}

async fn survives_closing(database: &Temporary) {
    let (case, events) = with_events(case(1), Vec::new());
    database.store.create(write(&case, &events)).await.unwrap();
    database.store.close().await;
    assert!(matches!(
        database.store.create(write(&case, &events)).await,
        Err(StoreError::Closed)
    ));
    let again = Store::open(&database.url).await.unwrap();
    assert_eq!(again.case(&case.id).await.unwrap(), Some(case));
    again.ping().await.unwrap();
    again.close().await;
}

async fn stale_changes_are_refused(database: &Temporary) {
    let store = &database.store;
    let (mut case, events) = with_events(case(1), Vec::new());
    store.create(write(&case, &events)).await.unwrap();
    case.version = 2;
    let more = [sample::answered(&case, 1)];
    store.append(1, write(&case, &more)).await.unwrap();
    let refused = store.append(1, write(&case, &more)).await;
    assert!(
        matches!(refused, Err(StoreError::Stale { current_version: 2 })),
        "{refused:?}"
    );
    case.id = CaseId::from("another");
    let refused = store.append(1, write(&case, &more)).await;
    assert!(
        matches!(refused, Err(StoreError::NotFound { what: "case" })),
        "{refused:?}"
    );
    case.version = 9;
    assert!(matches!(
        store.append(1, write(&case, &more)).await,
        Err(StoreError::Invalid(_))
    ));
}

async fn one_of_many_rivals_wins(database: &Temporary) {
    let store = &database.store;
    let (mut case, events) = with_events(case(1), Vec::new());
    store.create(write(&case, &events)).await.unwrap();
    case.version = 2;
    let rivals = (0..40i64).map(|hours| {
        let (store, case) = (store.clone(), case.clone());
        tokio::spawn(async move {
            store
                .append(1, write(&case, &[sample::answered(&case, hours)]))
                .await
        })
    });
    let mut won = 0;
    for rival in rivals.collect::<Vec<_>>() {
        match rival.await.unwrap() {
            Ok(_) => won += 1,
            Err(error) => assert!(
                matches!(error, StoreError::Stale { current_version: 2 }),
                "{error:?}"
            ),
        }
    }
    assert_eq!(won, 1);
    assert_eq!(store.verify_chain(None).await.unwrap().breaks, []);
}

async fn nothing_is_half_written(database: &Temporary) {
    let store = &database.store;
    let (first, events) = with_events(case(1), Vec::new());
    let key = IdempotencyKey {
        scope: "u1".into(),
        key: "k".into(),
        request_hash: "h".into(),
        answer: first.id.0.clone(),
        created_at: START,
    };
    let keyed = CaseWrite {
        idempotency: Some(&key),
        ..write(&first, &events)
    };
    store.create(keyed).await.unwrap();
    assert_eq!(store.idempotency("u1", "k").await.unwrap(), Some(key.clone()));

    let (mut other, other_events) = with_events(case(2), Vec::new());
    let repeated = CaseWrite {
        idempotency: Some(&key),
        ..write(&other, &other_events)
    };
    expect_duplicate(store.create(repeated).await, "idempotency_key");

    let twin = domain::Case {
        number: "another".into(),
        ..first.clone()
    };
    let both = [write(&other, &other_events), write(&twin, &events)];
    expect_duplicate(store.create_many(&both).await, "case");
    other.number = first.number.clone();
    expect_duplicate(store.create(write(&other, &other_events)).await, "number");

    assert_eq!(store.case(&other.id).await.unwrap(), None);
    assert_eq!(store.last_sequence().await.unwrap(), 1);
    let customer = CaseFilter {
        customer: Some(CustomerId::from("c0")),
        ..CaseFilter::default()
    };
    assert!(store.count(&customer).await.unwrap() <= 1);
    assert_eq!(store.list(&CaseQuery::default()).await.unwrap().total, 1);
}

fn expect_duplicate(result: Result<i64, StoreError>, expected: &str) {
    match result {
        Err(StoreError::Duplicate { what }) => assert_eq!(what, expected),
        other => panic!("expected a duplicate {expected}, got {other:?}"),
    }
}

async fn failing_changes_leave_their_neighbors_alone(database: &Temporary) {
    // All of these wait together and share transactions; every second one fails.
    let store = &database.store;
    let (taken, events) = with_events(case(0), Vec::new());
    store.create(write(&taken, &events)).await.unwrap();
    let changes = (1..=60).map(|number| {
        let store = store.clone();
        tokio::spawn(async move {
            let (mut case, events) = with_events(case(number), Vec::new());
            if number % 2 == 0 {
                case.number = sample::case(0).number;
            }
            store.create(write(&case, &events)).await.is_ok()
        })
    });
    let mut stored = 0;
    for change in changes.collect::<Vec<_>>() {
        stored += u32::from(change.await.unwrap());
    }
    assert_eq!(stored, 30);
    assert_eq!(store.count(&CaseFilter::default()).await.unwrap(), 31);
    let report = store.verify_chain(None).await.unwrap();
    assert_eq!((report.cases, report.events, report.breaks.len()), (31, 31, 0));
}

async fn numbers_are_given_once(database: &Temporary) {
    let store = &database.store;
    assert_eq!(store.reserve_numbers("20261122", 1).await.unwrap(), 1);
    assert_eq!(store.reserve_numbers("20261122", 10).await.unwrap(), 2);
    assert_eq!(store.reserve_numbers("20261122", 1).await.unwrap(), 12);
    assert_eq!(store.reserve_numbers("20261123", 1).await.unwrap(), 1);
}

on_both!(
    comes_back_as_stored,
    every_kind_of_event_comes_back,
    survives_closing,
    stale_changes_are_refused,
    one_of_many_rivals_wins,
    nothing_is_half_written,
    failing_changes_leave_their_neighbors_alone,
    numbers_are_given_once,
);
