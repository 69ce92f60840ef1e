//! Runs independent jobs on a few threads; results stand in the order of the jobs, whoever did them.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The results of `work(0)` … `work(count - 1)`.
pub(crate) fn run_jobs<T: Send>(count: usize, threads: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<(usize, T)>> = Mutex::new(Vec::with_capacity(count));
    std::thread::scope(|scope| {
        for _ in 0..threads.clamp(1, count.max(1)) {
            scope.spawn(|| {
                loop {
                    let job = next.fetch_add(1, Ordering::Relaxed);
                    if job >= count {
                        break;
                    }
                    let result = work(job);
                    done.lock()
                        .expect("no job panics while it holds the lock")
                        .push((job, result));
                }
            });
        }
    });
    let mut done = done.into_inner().expect("no job panics while it holds the lock");
    done.sort_by_key(|(job, _)| *job);
    done.into_iter().map(|(_, result)| result).collect()
}
