//! Settings, the audit trail, keys that expire, and the copy of a database.

use tingsu_store::{AuditEntry, CaseWrite, IdempotencyKey, LASTING_SCOPE, Store, StoreError};

use crate::{
    sample::{START, case, with_events, write},
    temporary::{Temporary, on_both},
};

async fn settings_are_set_anew(database: &Temporary) {
    let store = &database.store;
    assert_eq!(store.setting("temperament").await.unwrap(), None);
    store.set_setting("temperament", "true").await.unwrap();
    store.set_setting("temperament", "false").await.unwrap();
    assert_eq!(
        store.setting("temperament").await.unwrap().as_deref(),
        Some("false")
    );
}

async fn the_audit_trail_is_newest_first(database: &Temporary) {
    let store = &database.store;
    let entry = |action: &str, target: &str| AuditEntry {
        actor: "u1".into(),
        action: action.into(),
        target: target.into(),
        detail: "{}".into(),
        at: START,
    };
    for (action, target) in [("login", "u1"), ("unmask", "case-1"), ("unmask", "case-2")] {
        store.audit(&entry(action, target)).await.unwrap();
    }
    let trail = store.audit_trail(None, 2).await.unwrap();
    assert_eq!(trail, [entry("unmask", "case-2"), entry("unmask", "case-1")]);
    assert_eq!(
        store.audit_trail(Some("u1"), 9).await.unwrap(),
        [entry("login", "u1")]
    );
}

async fn keys_expire(database: &Temporary) {
    let store = &database.store;
    let key = IdempotencyKey {
        scope: "u1".into(),
        key: "k".into(),
        request_hash: "h".into(),
        answer: "case-00001".into(),
        created_at: START,
    };
    let (case, events) = with_events(case(1), Vec::new());
    store
        .create(CaseWrite {
            idempotency: Some(&key),
            ..write(&case, &events)
        })
        .await
        .unwrap();
    let lasting = IdempotencyKey {
        scope: format!("{LASTING_SCOPE}rows.csv"),
        ..key.clone()
    };
    let (other, events) = with_events(crate::sample::case(2), Vec::new());
    let kept = CaseWrite {
        idempotency: Some(&lasting),
        ..write(&other, &events)
    };
    store.create(kept).await.unwrap();
    assert_eq!(store.sweep(START, START).await.unwrap(), 0);
    assert_eq!(store.idempotency("u2", "k").await.unwrap(), None);
    assert_eq!(store.sweep(START, START.plus_hours(1)).await.unwrap(), 1);
    assert_eq!(store.idempotency("u1", "k").await.unwrap(), None);
    let keys = ["other", "k"].map(str::to_owned);
    let found = store.idempotencies(&lasting.scope, &keys).await.unwrap();
    assert_eq!(found, [lasting]);
}

async fn a_copy_holds_everything(database: &Temporary) {
    let store = &database.store;
    let (case, events) = with_events(case(1), Vec::new());
    store.create(write(&case, &events)).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("copy.db");
    store.backup(&file).await.unwrap();
    assert!(matches!(
        store.backup(&file).await,
        Err(StoreError::Duplicate { what: "file" })
    ));
    if !store.is_sqlite() {
        // Read back by the tests of the binary, which have a second database at hand.
        assert!(matches!(
            store.restore(&file).await,
            Err(StoreError::Duplicate {
                what: "data in the database"
            })
        ));
        return;
    }
    let copy = Store::open(&format!("sqlite://{}", file.display()))
        .await
        .unwrap();
    assert_eq!(copy.case(&case.id).await.unwrap(), Some(case));
    assert_eq!(copy.verify_chain(None).await.unwrap().breaks, []);
    copy.close().await;
}

on_both!(
    settings_are_set_anew,
    the_audit_trail_is_newest_first,
    keys_expire,
    a_copy_holds_everything
);
