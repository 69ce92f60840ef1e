//! The same script of requests on SQLite and on PostgreSQL leaves the same history, event for event.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};

use app::Randomness;

use crate::{demo_desk::Desk, temporary::Temporary};

/// Counts instead of guessing, so that both desks give the same names.
struct Counting(AtomicU64);

impl Randomness for Counting {
    fn fill(&self, bytes: &mut [u8]) {
        let next = self.0.fetch_add(1, Ordering::Relaxed).to_be_bytes();
        bytes.fill(0);
        for (byte, value) in bytes.iter_mut().rev().zip(next.into_iter().rev()) {
            *byte = value;
        }
    }
}

/// What a script left: every event with its number, its place and its link of the chain, and the cases in the end.
async fn leave(database: &Temporary, script: impl AsyncFnOnce(&mut Desk)) -> Vec<String> {
    let mut desk = Desk::open_with(&database.url, Box::new(Counting(AtomicU64::new(1)))).await;
    script(&mut desk).await;
    let store = desk.app.store();
    let mut cases = BTreeMap::new();
    let mut left = Vec::new();
    for event in store.events_after(0, 10_000).await.unwrap() {
        left.push(format!("{event:?}"));
        let case = store.case(&event.case).await.unwrap();
        cases.insert(event.case, case.expect("a case of its events"));
    }
    left.extend(cases.values().map(|case| format!("{case:?}")));
    desk.close().await;
    left
}

macro_rules! same_events {
    ($($module:ident :: $name:ident),* $(,)?) => { $(
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $name() {
            let Some(server) = Temporary::postgres().await else { return };
            let file = Temporary::sqlite();
            let left = leave(&file, crate::$module::$name).await;
            let right = leave(&server, crate::$module::$name).await;
            assert!(left.len() >= 4, "a script that leaves next to nothing: {left:?}");
            for (left, right) in left.iter().zip(&right) {
                assert_eq!(left, right);
            }
            assert_eq!(left.len(), right.len());
            file.remove().await;
            server.remove().await;
        }
    )* };
}

same_events!(
    cases::a_case_goes_the_whole_way,
    cases::beyond_authority_waits_for_a_supervisor,
    cases::time_moves_the_clocks,
    cases::outgoing_messages_are_checked,
    cases::incidents_and_promises_outlive_closing,
    corrections::a_correction_changes_everything_at_once,
    handling::a_large_sum_without_a_check_goes_to_a_second_pair_of_eyes,
    idempotency::a_repeated_command_is_carried_out_once,
    lifecycle::duplicates_are_found_joined_and_parted,
    lifecycle::everybody_affected_is_told_and_who_when_is_on_record,
    progress::the_verdict_closes_the_case,
    rights::erasing_leaves_the_figures_and_no_word,
    terms::an_extension_is_asked_for_by_one_and_granted_by_another,
    teams::a_supervisor_decides_for_the_own_team_only,
);
