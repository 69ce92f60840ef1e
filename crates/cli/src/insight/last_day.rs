//! The last day a file may hold: what lies later is a typing error, or was not asked for.

use std::path::Path;

use insight::{date_words, day_of};

use super::columns::OFFSET_MINUTES;
use crate::runtime::now;

/// The last day of a file, and the rows beyond the one asked for.
pub(super) struct LastDay {
    asked: Option<i32>,
    today: i32,
    beyond: u64,
    first_beyond: u64,
}

impl LastDay {
    /// The day asked for; today when none was.
    pub(super) fn of(asked: Option<i32>) -> Self {
        Self {
            asked,
            today: day_of(now(), OFFSET_MINUTES),
            beyond: 0,
            first_beyond: 0,
        }
    }

    /// Whether a row of a day counts: those after the day asked for do not. Says what is wrong with a day after today.
    pub(super) fn takes(&mut self, day: i32, line: u64) -> Result<bool, String> {
        match self.asked {
            Some(asked) if day > asked => {
                if self.beyond == 0 {
                    self.first_beyond = line;
                }
                self.beyond += 1;
                Ok(false)
            }
            None if day > self.today => Err(format!(
                "lies in the future ({}; today is {}); give --until if that is meant",
                date_words(day),
                date_words(self.today)
            )),
            _ => Ok(true),
        }
    }

    /// Says how many rows lay beyond the day asked for.
    pub(super) fn tell(&self, file: &Path) {
        if let (Some(asked), 1..) = (self.asked, self.beyond) {
            eprintln!(
                "tingsu: {}: {} row(s) after {} left out, the first on line {}",
                file.display(),
                self.beyond,
                date_words(asked),
                self.first_beyond
            );
        }
    }

    /// The day asked for, else the last one known, else today.
    pub(super) fn or_last(&self, last: Option<i32>) -> i32 {
        self.asked.or(last).unwrap_or(self.today)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typing_errors_are_told_from_days_not_asked_for() {
        let mut open = LastDay::of(None);
        let today = open.today;
        assert_eq!(open.takes(today, 2), Ok(true));
        assert!(open.takes(today + 1, 3).unwrap_err().contains("in the future"));
        assert_eq!((open.or_last(None), open.or_last(Some(7))), (today, 7));
        let mut asked = LastDay::of(Some(20));
        assert_eq!(
            [20, 21, 22].map(|day| asked.takes(day, 9).unwrap()),
            [true, false, false]
        );
        assert_eq!(
            (asked.beyond, asked.first_beyond, asked.or_last(Some(7))),
            (2, 9, 20)
        );
    }
}
