//! Case numbers of a day: taken from the store in blocks that grow with the rush, so that a quiet day has no gaps and
//! a busy one does not wait for a flush per number.

use domain::Timestamp;
use store::Store;
use tokio::sync::Mutex;

use crate::{AppError, limits};

/// The numbers that were taken from the store and not yet given out.
#[derive(Debug, Default)]
pub(crate) struct Numbers {
    block: Mutex<Block>,
}

#[derive(Debug, Default)]
struct Block {
    day: String,
    next: u32,
    end: u32,
    size: u32,
    taken_at: Timestamp,
}

impl Block {
    /// How many numbers to take now: twice as many as last time in a rush, else one.
    fn grow(&self, day: &str, now: Timestamp) -> u32 {
        let rush = self.day == day && now.since_ms(self.taken_at) < limits::NUMBER_RUSH_MS;
        if rush {
            (self.size * 2).min(limits::NUMBER_BLOCK)
        } else {
            1
        }
    }
}

impl Numbers {
    /// The first of `count` numbers of a day that follow each other and are given to nobody else.
    pub(crate) async fn take(
        &self,
        store: &Store,
        day: &str,
        count: u32,
        now: Timestamp,
    ) -> Result<u32, AppError> {
        if count != 1 {
            return Ok(store.reserve_numbers(day, count).await?);
        }
        let mut block = self.block.lock().await;
        if block.day != day || block.next >= block.end {
            let size = block.grow(day, now);
            let next = store.reserve_numbers(day, size).await?;
            *block = Block {
                day: day.to_owned(),
                next,
                end: next + size,
                size,
                taken_at: now,
            };
        }
        block.next += 1;
        Ok(block.next - 1)
    }
}
