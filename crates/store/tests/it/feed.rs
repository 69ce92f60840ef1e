//! The feed misses nothing, and the chain shows what was changed behind the store's back.

use tingsu_store::{ChainBreak, Store};

use crate::{
    sample::{case, store_many, with_events, write},
    temporary::{Temporary, on_both},
};

async fn readers_of_the_feed_miss_nothing(database: &Temporary) {
    let store = &database.store;
    let writers = (0..4u64).map(|writer| {
        let store = store.clone();
        tokio::spawn(async move {
            for number in 0..25 {
                let (case, events) = with_events(case(writer * 1000 + number), Vec::new());
                store.create(write(&case, &events)).await.unwrap();
            }
        })
    });
    let writers: Vec<_> = writers.collect();
    let mut seen = Vec::new();
    while seen.len() < 100 {
        let after = seen.last().copied().unwrap_or(0);
        seen.extend(
            store
                .events_after(after, 7)
                .await
                .unwrap()
                .iter()
                .map(|event| event.sequence),
        );
        tokio::task::yield_now().await;
    }
    for writer in writers {
        writer.await.unwrap();
    }
    // A reader that always asks for what comes after the last one has seen every number, in order.
    assert_eq!(seen, (1..=100).collect::<Vec<i64>>());
    assert_eq!(store.last_sequence().await.unwrap(), 100);
}

async fn two_processes_share_one_feed(database: &Temporary) {
    let other = Store::open(&database.url).await.unwrap();
    let writers = [database.store.clone(), other.clone()].into_iter().zip(0u64..);
    let writers = writers.map(|(store, writer)| {
        tokio::spawn(async move {
            for number in 0..30 {
                let (case, events) = with_events(case(writer * 1000 + number), Vec::new());
                store.create(write(&case, &events)).await.unwrap();
            }
        })
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.await.unwrap();
    }
    let feed = other.events_after(0, 1000).await.unwrap();
    assert_eq!(
        feed.iter().map(|event| event.sequence).collect::<Vec<_>>(),
        (1..=60).collect::<Vec<i64>>()
    );
    assert_eq!(database.store.verify_chain(None).await.unwrap().breaks, []);
    other.close().await;
}

async fn tampering_is_seen(database: &Temporary) {
    let store = &database.store;
    let all = store_many(store, 12).await;
    assert_eq!(store.verify_chain(None).await.unwrap().breaks, []);
    database
        .tamper("UPDATE events SET happened_at = happened_at + 1 WHERE sequence = 3")
        .await;
    database
        .tamper("DELETE FROM events WHERE sequence = (SELECT MAX(sequence) FROM events)")
        .await;
    let report = store.verify_chain(None).await.unwrap();
    assert_eq!(report.cases, 12);
    let expected = [
        ChainBreak {
            case: all[1].0.id.clone(),
            index: 0,
            because: "the event was changed",
        },
        ChainBreak {
            case: all[11].0.id.clone(),
            index: 0,
            because: "the end of the chain does not fit the case",
        },
    ];
    assert_eq!(report.breaks, expected);
    assert_eq!(
        store.verify_chain(Some(&all[1].0.id)).await.unwrap().breaks,
        expected[..1]
    );
    assert_eq!(store.verify_chain(Some(&all[2].0.id)).await.unwrap().breaks, []);
}

on_both!(
    readers_of_the_feed_miss_nothing,
    two_processes_share_one_feed,
    tampering_is_seen,
);
