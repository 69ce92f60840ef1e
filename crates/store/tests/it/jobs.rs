//! The queue of work: one holder at a time, lanes in order, pools side by side, and a lease that ends.

use domain::Timestamp;
use tingsu_store::{
    Job, JobAttempt, JobEnd, JobFilter, JobState, NewJob, Store, StoreError, Webhook, webhook_pool,
};

use crate::temporary::{Temporary, on_both};

fn job(pool: &str, lane: &str, body: &str) -> NewJob {
    NewJob {
        kind: "webhook".to_owned(),
        pool: pool.to_owned(),
        lane: Some(lane.to_owned()),
        key: None,
        body: body.to_owned(),
        run_at: Timestamp(0),
    }
}

async fn take(store: &Store, now: i64, lease: &str) -> Vec<Job> {
    let now = Timestamp(now);
    store.lease_jobs(now, now.plus_ms(100), lease, 2).await.unwrap()
}

fn bodies(jobs: &[Job]) -> Vec<&str> {
    jobs.iter().map(|job| job.body.as_str()).collect()
}

async fn end(store: &Store, job: &Job, end: JobEnd, at: i64) -> bool {
    let attempt = JobAttempt {
        attempt: job.attempts + 1,
        ended_at: Timestamp(at),
        took_ms: 1,
        outcome: "told".to_owned(),
    };
    store.end_job(job, end, attempt).await.unwrap()
}

async fn lanes_keep_their_order_and_pools_their_share(database: &Temporary) {
    let store = &database.store;
    let queued = ["a1", "b1", "a2", "c1"].map(|body| job("left", &body[..1], body));
    store.queue_jobs(queued.to_vec(), Timestamp(0)).await.unwrap();
    store
        .queue_jobs(vec![job("right", "z", "z1")], Timestamp(0))
        .await
        .unwrap();
    let first = take(store, 1, "x").await;
    assert_eq!(
        bodies(&first),
        ["a1", "b1", "z1"],
        "two of one pool, and the others are not starved"
    );
    assert_eq!(
        bodies(&take(store, 2, "y").await),
        [""; 0],
        "the pool is full, the lane is held"
    );
    assert!(end(store, &first[1], JobEnd::Done, 3).await);
    assert_eq!(bodies(&take(store, 4, "y").await), ["c1"], "a2 waits behind a1");
    assert!(end(store, &first[0], JobEnd::Again(Timestamp(50)), 5).await);
    assert_eq!(
        bodies(&take(store, 6, "y").await),
        [""; 0],
        "a2 waits even while a1 pauses"
    );
    let again = take(store, 60, "y").await;
    assert_eq!((bodies(&again), again[0].attempts), (vec!["a1"], 1));
    assert!(end(store, &again[0], JobEnd::Shelved, 61).await);
    assert_eq!(
        bodies(&take(store, 62, "y").await),
        ["a2"],
        "one that failed for good holds nobody up"
    );
    let shelved = JobFilter {
        state: Some(JobState::Shelved),
        ..JobFilter::default()
    };
    assert_eq!(store.jobs(&shelved, 10).await.unwrap()[0].body, "a1");
    assert_eq!(store.job_attempts(again[0].id).await.unwrap().len(), 2);
}

async fn a_lease_that_ended_gives_the_job_away(database: &Temporary) {
    let store = &database.store;
    store
        .queue_jobs(vec![job("p", "l", "once")], Timestamp(0))
        .await
        .unwrap();
    let lost = take(store, 0, "dead").await;
    assert_eq!(take(store, 99, "alive").await, []);
    let held = take(store, 100, "alive").await;
    assert_eq!(bodies(&held), ["once"]);
    assert!(
        !end(store, &lost[0], JobEnd::Done, 101).await,
        "the one who lost it has no say"
    );
    assert!(end(store, &held[0], JobEnd::Done, 102).await);
    assert!(!end(store, &held[0], JobEnd::Done, 103).await);
    assert_eq!(store.job_attempts(held[0].id).await.unwrap().len(), 1);
    store
        .replay_job(held[0].id, Some("p"), Timestamp(104))
        .await
        .unwrap();
    let twice = store.replay_job(held[0].id, Some("p"), Timestamp(105)).await;
    assert!(matches!(twice, Err(StoreError::NotFound { .. })));
    assert_eq!(bodies(&take(store, 106, "alive").await), ["once"]);
}

async fn a_key_is_queued_once_and_what_is_done_is_forgotten(database: &Temporary) {
    let store = &database.store;
    let hourly = NewJob {
        key: Some("sweep:1".to_owned()),
        ..job("clock", "clock", "")
    };
    let both = tokio::join!(
        store.queue_jobs(vec![hourly.clone()], Timestamp(0)),
        store.queue_jobs(vec![hourly.clone()], Timestamp(0)),
    );
    assert_eq!(both.0.unwrap() + both.1.unwrap(), 1);
    let taken = take(store, 1, "x").await;
    assert!(end(store, &taken[0], JobEnd::Done, 2).await);
    assert_eq!(store.sweep_jobs(Timestamp(2)).await.unwrap(), 0);
    assert_eq!(store.sweep_jobs(Timestamp(3)).await.unwrap(), 1);
    assert_eq!(store.job_attempts(taken[0].id).await.unwrap(), []);
    store
        .queue_jobs(vec![job("p", "l", "next")], Timestamp(3))
        .await
        .unwrap();
    let next = take(store, 4, "x").await;
    assert!(next[0].id > taken[0].id, "an identity is never given twice");
}

async fn a_subscription_and_its_place_move_together(database: &Temporary) {
    let store = &database.store;
    let webhook = Webhook {
        id: "w".to_owned(),
        url: "https://example.org/".to_owned(),
        secret: "whsec_".to_owned(),
        kinds: vec!["received".to_owned()],
        active: true,
        place: 5,
        made_by: "chen".to_owned(),
        created_at: Timestamp(1),
    };
    store.add_webhook(&webhook).await.unwrap();
    assert_eq!(store.webhook("w").await.unwrap(), Some(webhook.clone()));
    let message = || vec![job(&webhook_pool("w"), "w/1", "m")];
    let both = tokio::join!(
        store.advance_webhook("w", (5, 9), message(), Timestamp(2)),
        store.advance_webhook("w", (5, 9), message(), Timestamp(2)),
    );
    assert!(both.0.unwrap() != both.1.unwrap(), "one of two was first");
    assert_eq!(store.jobs(&JobFilter::default(), 10).await.unwrap().len(), 1);
    let paused = Webhook {
        active: false,
        ..webhook
    };
    store.change_webhook(&paused).await.unwrap();
    assert_eq!(take(store, 10, "x").await, []);
    store.remove_webhook("w", &webhook_pool("w")).await.unwrap();
    assert_eq!(store.jobs(&JobFilter::default(), 10).await.unwrap(), []);
    let again = store.remove_webhook("w", &webhook_pool("w")).await;
    assert!(matches!(again, Err(StoreError::NotFound { .. })));
}

on_both!(
    lanes_keep_their_order_and_pools_their_share,
    a_lease_that_ended_gives_the_job_away,
    a_key_is_queued_once_and_what_is_done_is_forgotten,
    a_subscription_and_its_place_move_together,
);
