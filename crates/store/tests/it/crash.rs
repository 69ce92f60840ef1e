//! What was acknowledged outlives a process that is killed in the middle of its work.

use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
};

use domain::CaseId;
use tingsu_store::Store;

use crate::sample::{case, with_events, write};

/// Set for the process that is to be killed; names its database.
const VARIABLE: &str = "TINGSU_TEST_CRASH_DATABASE";

/// Stores cases without end, in several tasks at once, and names each after it was acknowledged.
async fn work_until_killed(url: &str) {
    let store = Store::open(url).await.expect("a store");
    let tasks = (0..8u64).map(|task| {
        let store = store.clone();
        tokio::spawn(async move {
            for number in 0.. {
                let (case, events) = with_events(case(task * 1_000_000 + number), Vec::new());
                store.create(write(&case, &events)).await.expect("stored");
                println!("acknowledged {}", case.id);
            }
        })
    });
    for task in tasks.collect::<Vec<_>>() {
        task.await.expect("never ends");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn acknowledged_cases_outlive_a_kill() {
    if let Ok(url) = std::env::var(VARIABLE) {
        return work_until_killed(&url).await;
    }
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("crash.db").display());
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "crash::acknowledged_cases_outlive_a_kill",
            "--nocapture",
        ])
        .env(VARIABLE, &url)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut acknowledged = Vec::new();
    while let Some(Ok(line)) = lines.next() {
        acknowledged.extend(line.split_once("acknowledged ").map(|(_, id)| CaseId::from(id)));
        if acknowledged.len() == 300 {
            child.kill().unwrap();
        }
    }
    child.wait().unwrap();
    let store = Store::open(&url).await.unwrap();
    assert!(acknowledged.len() >= 300);
    for id in &acknowledged {
        // The last line may have been cut short by the kill.
        if id.as_str().len() == sample_id_length(id) {
            assert!(
                store.case(id).await.unwrap().is_some(),
                "{id} was acknowledged and is lost"
            );
        }
    }
    assert_eq!(store.verify_chain(None).await.unwrap().breaks, []);
    store.close().await;
}

fn sample_id_length(id: &CaseId) -> usize {
    if id.as_str().len() > 10 { 12 } else { 10 }
}
