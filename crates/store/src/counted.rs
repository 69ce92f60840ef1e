//! Counting as it happens: what one case adds to the rollups, and the change of one case or of many.

use std::collections::BTreeMap;

use domain::{Case, CaseState, DeadlineState, Vocabulary};

use crate::{
    StoreError,
    db::{Conn, Value, values},
    facets,
};

/// Rollups count by days of a clock this far ahead of UTC: a day in China, in milliseconds.
pub(crate) const OFFSET_MS: i64 = 8 * 3_600_000;
/// What open cases with a clock in some state are counted as: the lists that people work from.
pub(crate) const OPEN_CLOCK: &str = "open_clock";
/// The length of a day in milliseconds.
pub(crate) const DAY_MS: i64 = 86_400_000;
/// The first answers of a quarter of an hour are counted together.
const ANSWER_MS: i64 = 900_000;
/// Answers later than a week share the last bucket.
const LAST_ANSWER: i64 = 7 * DAY_MS / ANSWER_MS;

/// What the rollups know of a case: opened, facets, tags, owner, product, outcome, satisfaction, first answer.
pub(crate) type CountedRow = (
    i64,
    i64,
    i64,
    Option<String>,
    Option<String>,
    Option<String>,
    Option<i64>,
    Option<i64>,
);

/// The columns of a [`CountedRow`].
pub(crate) const COUNTED: &str = "opened_at, facets, tags, owner, product, outcome, csat, first_response_ms";

/// What the rollups know of a case.
#[derive(Clone, Debug)]
pub(crate) struct Counted(pub(crate) CountedRow);

impl Counted {
    /// Read off a case; the first answer is told by its events.
    pub(crate) fn of(case: &Case, first_response_ms: Option<i64>) -> Self {
        Self((
            case.opened_at.0,
            facets::facets_of(case),
            facets::tags_of(case),
            case.owner.as_ref().map(|owner| owner.id.0.clone()),
            case.matter.product.clone(),
            case.closure
                .as_ref()
                .map(|closure| closure.outcome.key().to_owned()),
            case.closure
                .as_ref()
                .and_then(|closure| closure.csat)
                .map(i64::from),
            first_response_ms,
        ))
    }

    /// The same case, answered as it stood before when these events told nothing new.
    pub(crate) fn after(mut self, before: &Self) -> Self {
        self.0.7 = before.0.7.or(self.0.7);
        self
    }

    fn each(&self, mut count: impl FnMut(&str, &str, i64)) {
        let (_, bits, tags, owner, product, outcome, csat, answer) = &self.0;
        count("all", "", 0);
        let mut is_open = false;
        // The verdict is counted by its column below.
        for (part, key) in facets::singles_in(*bits).filter(|(part, _)| *part != facets::OUTCOME) {
            count(part, key, 0);
            is_open |= part == "state" && CaseState::from_key(key).is_some_and(|state| !state.is_final());
        }
        if is_open {
            count("owner", owner.as_deref().unwrap_or_default(), 0);
        }
        for tag in facets::tags_in(*tags) {
            count("tag", tag, 0);
            if is_open && tag.starts_with(DeadlineState::HEADING.key) {
                count(OPEN_CLOCK, tag, 0);
            }
        }
        for (part, value) in [("product", product), ("outcome", outcome)] {
            if let Some(value) = value {
                count(part, value, 0);
            }
        }
        if let Some(mark) = csat {
            count("csat", "", *mark);
        }
        if let Some(answer) = answer {
            count("first_response", "", i64::from(*answer <= DAY_MS));
            count("answer", &answer_bucket(*answer).to_string(), 0);
        }
    }
}

/// The bucket a first answer falls into.
pub(crate) fn answer_bucket(ms: i64) -> i64 {
    (ms / ANSWER_MS).min(LAST_ANSWER)
}

/// The milliseconds a bucket holds: from the first, up to but not with the second.
pub(crate) fn answer_range(bucket: i64) -> (i64, i64) {
    let end = if bucket >= LAST_ANSWER {
        i64::MAX
    } else {
        (bucket + 1) * ANSWER_MS
    };
    (bucket * ANSWER_MS, end)
}

/// The day of a moment.
pub(crate) fn day_of(at: i64) -> i64 {
    (at + OFFSET_MS).div_euclid(DAY_MS)
}

/// Changes of the rollups that are not stored yet.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    changes: BTreeMap<(String, String, i64), (i64, i64)>,
}

impl Tally {
    /// Counts a case.
    pub(crate) fn add(&mut self, case: &Counted) {
        self.change(case, 1);
    }

    /// Counts a case no longer.
    pub(crate) fn remove(&mut self, case: &Counted) {
        self.change(case, -1);
    }

    fn change(&mut self, case: &Counted, sign: i64) {
        let day = day_of(case.0.0);
        case.each(|part, value, more| {
            let key = (part.to_owned(), value.to_owned(), day);
            let sums = self.changes.entry(key).or_default();
            sums.0 += sign;
            sums.1 += sign * more;
        });
    }

    /// Stores what has changed.
    pub(crate) async fn store(self, conn: &mut Conn) -> Result<(), StoreError> {
        let changed = self.changes.into_iter().filter(|(_, sums)| *sums != (0, 0));
        let rows: Vec<Vec<Value>> = changed
            .map(|((part, value, day), (n, more))| values![part, value, day, n, more])
            .collect();
        let add = "ON CONFLICT (part, value, day) DO UPDATE SET n = rollups.n + excluded.n, \
                   more = rollups.more + excluded.more";
        let into = "INSERT INTO rollups (part, value, day, n, more)";
        conn.insert_rows_or(into, &[], rows, add).await.map(drop)
    }
}
