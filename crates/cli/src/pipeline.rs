//! Work on a stream of items by all processors, results in the order of the items.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread;

/// Chunks grow to this many items; the first ones are small, so that a slow stream is served at once.
const LARGEST_CHUNK: usize = 128;

/// Chunks under way for each worker, from being read to being handed to the sink.
const CHUNKS_PER_WORKER: usize = 4;

/// Applies `work` to every item on all processors and hands the results to `sink` in order. Ends early with the
/// first error of the sink. However slow a single item is, no more than a fixed number of items waits for it.
pub(crate) fn run_ordered<T, R, E>(
    items: impl Iterator<Item = T> + Send,
    work: impl Fn(T) -> R + Sync,
    mut sink: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E>
where
    T: Send,
    R: Send,
{
    let workers = thread::available_parallelism().map_or(1, NonZero::get);
    let under_way = workers * CHUNKS_PER_WORKER;
    let (to_workers, from_reader) = sync_channel::<(usize, Vec<T>)>(under_way);
    let (to_sink, from_workers) = sync_channel::<(usize, Vec<R>)>(under_way);
    // The reader takes a permit for each chunk, the sink gives it back.
    let (permits, allowed) = sync_channel(under_way);
    for _ in 0..under_way {
        permits
            .send(())
            .expect("there is room for all and the receiver lives");
    }
    // The workers own the reader's channel: when the last of them stops, the reader finds nobody listening.
    let from_reader = Arc::new(Mutex::new(from_reader));
    thread::scope(|scope| {
        scope.spawn(move || read_chunks(items, &allowed, &to_workers));
        let work = &work;
        for _ in 0..workers {
            let (from_reader, to_sink) = (Arc::clone(&from_reader), to_sink.clone());
            scope.spawn(move || work_chunks(&from_reader, &to_sink, work));
        }
        drop((from_reader, to_sink));
        let result = sink_in_order(&from_workers, &permits, &mut sink);
        // Workers that find nobody listening stop, and so does a reader that can hope for no permit.
        drop((from_workers, permits));
        result
    })
}

fn read_chunks<T>(
    mut items: impl Iterator<Item = T>,
    allowed: &Receiver<()>,
    to_workers: &SyncSender<(usize, Vec<T>)>,
) {
    let mut size = 1;
    for (number, ()) in allowed.iter().enumerate() {
        let chunk: Vec<T> = items.by_ref().take(size).collect();
        if chunk.is_empty() || to_workers.send((number, chunk)).is_err() {
            return;
        }
        size = (size * 2).min(LARGEST_CHUNK);
    }
}

fn work_chunks<T, R>(
    from_reader: &Mutex<Receiver<(usize, Vec<T>)>>,
    to_sink: &SyncSender<(usize, Vec<R>)>,
    work: &impl Fn(T) -> R,
) {
    loop {
        let received = match from_reader.lock() {
            Ok(receiver) => receiver.recv(),
            Err(_) => return,
        };
        let Ok((number, chunk)) = received else { return };
        let results = chunk.into_iter().map(work).collect();
        if to_sink.send((number, results)).is_err() {
            return;
        }
    }
}

fn sink_in_order<R, E>(
    from_workers: &Receiver<(usize, Vec<R>)>,
    permits: &SyncSender<()>,
    sink: &mut impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    let mut waiting = BTreeMap::new();
    let mut next = 0;
    for (number, results) in from_workers {
        waiting.insert(number, results);
        while let Some(results) = waiting.remove(&next) {
            results.into_iter().try_for_each(&mut *sink)?;
            next += 1;
            // A reader that has read everything takes no more permits.
            let _ = permits.send(());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn order_is_kept() {
        let mut seen = Vec::new();
        let ended: Result<(), ()> = run_ordered(
            0..10_000,
            |item| item * 2,
            |result| {
                seen.push(result);
                Ok(())
            },
        );
        assert_eq!(ended, Ok(()));
        assert!(
            seen.iter()
                .enumerate()
                .all(|(index, result)| *result == index * 2)
        );
        assert_eq!(seen.len(), 10_000);
    }

    #[test]
    fn few_items_wait_for_a_slow_one() {
        let (read, mut sunk, mut most) = (AtomicUsize::new(0), 0, 0);
        let ended: Result<(), ()> = run_ordered(
            (0..100_000).inspect(|_| {
                read.fetch_add(1, Ordering::SeqCst);
            }),
            |item| {
                if item % 50_000 == 0 {
                    (0..200).for_each(|_| thread::yield_now());
                }
            },
            |()| {
                most = most.max(read.load(Ordering::SeqCst) - sunk);
                sunk += 1;
                Ok(())
            },
        );
        let workers = thread::available_parallelism().map_or(1, NonZero::get);
        assert_eq!((ended, sunk), (Ok(()), 100_000));
        assert!(most <= workers * CHUNKS_PER_WORKER * LARGEST_CHUNK, "{most}");
    }

    #[test]
    fn a_closed_sink_ends_the_work() {
        let mut taken = 0;
        let ended = run_ordered(
            0..1_000_000,
            |item| item,
            |_| {
                taken += 1;
                if taken == 10 { Err("closed") } else { Ok(()) }
            },
        );
        assert_eq!((ended, taken), (Err("closed"), 10));
    }
}
