//! Numbers that need no look at the cases: sums over the rollups, for whole days and at most one facet.

use std::collections::BTreeMap;

use domain::{CaseState, Timestamp, Vocabulary};

use crate::{
    CaseFilter, Store, StoreError,
    counted::{DAY_MS, OFFSET_MS, OPEN_CLOCK, answer_bucket, answer_range, day_of},
    db::{Value, values},
    facets::tag,
    filter::Condition,
    rollup::{CountRow, Dashboard},
};

/// Days of the rollups: from the first, up to but not with the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Days {
    from: i64,
    to: i64,
}

impl Days {
    /// The days of a filter; nothing when it cuts a day in two.
    fn of(filter: &CaseFilter) -> Option<Self> {
        let is_midnight = |at: &Timestamp| (at.0 + OFFSET_MS).rem_euclid(DAY_MS) == 0;
        let (from, to) = (filter.opened_from, filter.opened_to);
        let are_whole = [from, to].iter().flatten().all(is_midnight);
        are_whole.then(|| Self {
            from: from.map_or(i64::MIN, |at| day_of(at.0)),
            to: to.map_or(i64::MAX, |at| day_of(at.0)),
        })
    }

    /// The days, when the filter asks for nothing else and they begin like those of the rollups.
    pub(crate) fn alone(filter: &CaseFilter, offset_minutes: i32) -> Option<Self> {
        let is_alone = without_days(filter) == CaseFilter::default();
        let begins = i64::from(offset_minutes) * 60_000 == OFFSET_MS;
        Self::of(filter).filter(|_| is_alone && begins)
    }
}

fn without_days(filter: &CaseFilter) -> CaseFilter {
    CaseFilter {
        opened_from: None,
        opened_to: None,
        ..filter.clone()
    }
}

/// The one facet that a filter asks for, with the values wanted; without one, all cases.
fn only_facet(filter: &CaseFilter) -> Option<(&'static str, Vec<String>)> {
    fn keys<V: Vocabulary>(part: &'static str, wanted: &mut Vec<V>, found: &mut Facets) {
        if !wanted.is_empty() {
            found.push((part, wanted.iter().map(|value| value.key().to_owned()).collect()));
            wanted.clear();
        }
    }
    fn tags<V: Vocabulary>(wanted: &mut Vec<V>, found: &mut Facets) {
        // A case with two of the tags would be counted twice.
        if let [only] = wanted.as_slice() {
            found.push(("tag", vec![tag(*only)]));
            wanted.clear();
        }
    }
    let (mut rest, mut found) = (without_days(filter), Facets::new());
    if let ([clock], true) = (filter.clocks.as_slice(), are_open(&filter.states)) {
        found.push((OPEN_CLOCK, vec![tag(*clock)]));
        rest.states.clear();
        rest.clocks.clear();
    }
    keys("state", &mut rest.states, &mut found);
    keys("psychology", &mut rest.psychologies, &mut found);
    keys("emotion", &mut rest.emotions, &mut found);
    keys("intensity", &mut rest.intensities, &mut found);
    keys("nature", &mut rest.natures, &mut found);
    keys("stance", &mut rest.stances, &mut found);
    keys("anger_type", &mut rest.anger_types, &mut found);
    keys("behavior", &mut rest.behaviors, &mut found);
    keys("expectation", &mut rest.expectations, &mut found);
    keys("maslow", &mut rest.maslows, &mut found);
    keys("channel", &mut rest.channels, &mut found);
    keys("severity", &mut rest.severities, &mut found);
    keys("priority", &mut rest.priorities, &mut found);
    keys("outcome", &mut rest.outcomes, &mut found);
    tags(&mut rest.subjects, &mut found);
    tags(&mut rest.motives, &mut found);
    tags(&mut rest.causes, &mut found);
    tags(&mut rest.risks, &mut found);
    tags(&mut rest.basic_needs, &mut found);
    tags(&mut rest.rational_needs, &mut found);
    tags(&mut rest.emotional_needs, &mut found);
    tags(&mut rest.clocks, &mut found);
    found.extend(rest.product.take().map(|product| ("product", vec![product])));
    match (rest == CaseFilter::default(), found.len()) {
        (true, 0) => Some(("all", vec![String::new()])),
        (true, 1) => found.pop(),
        _ => None,
    }
}

/// Whether the states are all those that are not final.
fn are_open(states: &[CaseState]) -> bool {
    let is_wanted = |state: &&CaseState| states.contains(state);
    CaseState::ALL
        .iter()
        .all(|state| is_wanted(&state) != state.is_final())
}

type Facets = Vec<(&'static str, Vec<String>)>;

impl Store {
    /// How many cases match, when the rollups can tell.
    pub(crate) async fn count_rolled(&self, filter: &CaseFilter) -> Result<Option<u64>, StoreError> {
        let (Some(days), Some((part, mut wanted))) = (Days::of(filter), only_facet(filter)) else {
            return Ok(None);
        };
        wanted.sort();
        wanted.dedup();
        let mut condition = Condition::default();
        let (part, from, to) = (
            condition.bind(part),
            condition.bind(days.from),
            condition.bind(days.to),
        );
        let places: Vec<String> = wanted.into_iter().map(|value| condition.bind(value)).collect();
        let sql = format!(
            "SELECT CAST(COALESCE(SUM(n), 0) AS BIGINT) FROM rollups \
             WHERE part = {part} AND value IN ({}) AND day >= {from} AND day < {to}",
            places.join(", ")
        );
        let found: Option<(i64,)> = self.db().fetch_first(&sql, condition.values).await?;
        Ok(Some(found.map_or(0, |(count,)| count.unsigned_abs())))
    }

    /// The dashboard of whole days.
    pub(crate) async fn dashboard_rolled(&self, days: Days) -> Result<Dashboard, StoreError> {
        let sql = "SELECT part, value, CAST(SUM(n) AS BIGINT), CAST(SUM(more) AS BIGINT) FROM rollups \
                   WHERE day >= $1 AND day < $2 GROUP BY part, value HAVING SUM(n) <> 0 \
                   UNION ALL SELECT 'day', CAST(day AS TEXT), n, CAST(0 AS BIGINT) FROM rollups \
                   WHERE part = 'all' AND n <> 0 AND day >= $1 AND day < $2";
        let rows: Vec<CountRow> = self.db().fetch(sql, values![days.from, days.to]).await?;
        let mut dashboard = Dashboard::default();
        let mut answers = BTreeMap::new();
        for row in rows {
            match (row.0.as_str(), row.1.parse::<i64>()) {
                ("answer", Ok(bucket)) => drop(answers.insert(bucket, row.2)),
                _ => dashboard.take(row)?,
            }
        }
        dashboard.sort();
        dashboard.first_response.median_hours = self.median_rolled(days, &answers).await?;
        Ok(dashboard)
    }

    /// The median time to the first answer, in hours: the buckets tell where it lies, the cases in there what it is.
    async fn median_rolled(
        &self,
        days: Days,
        answers: &BTreeMap<i64, i64>,
    ) -> Result<Option<f64>, StoreError> {
        let n: i64 = answers.values().sum();
        let (lower, upper) = ((n - 1) / 2, n / 2);
        let (Some((first, before)), Some((last, _))) =
            (find_bucket(answers, lower), find_bucket(answers, upper))
        else {
            return Ok(None);
        };
        let (start, _) = answer_range(first);
        let (_, end) = answer_range(last);
        let sql = "SELECT first_response_ms FROM cases WHERE first_response_ms >= $1 AND first_response_ms < $2 \
                   AND opened_at >= $3 AND opened_at < $4 ORDER BY first_response_ms LIMIT $5 OFFSET $6";
        let opened = |day: i64| day.saturating_mul(DAY_MS).saturating_sub(OFFSET_MS);
        let bound: Vec<Value> = values![
            start,
            end,
            opened(days.from),
            opened(days.to),
            upper - lower + 1,
            lower - before
        ];
        let middle: Vec<(i64,)> = self.db().fetch(sql, bound).await?;
        debug_assert!(
            middle
                .iter()
                .all(|(ms,)| (first..=last).contains(&answer_bucket(*ms)))
        );
        let sum: i64 = middle.iter().map(|(ms,)| ms).sum();
        Ok((!middle.is_empty()).then(|| sum as f64 / middle.len() as f64 / 3_600_000.0))
    }
}

/// The bucket that holds the answer at a place from 0, and how many answers stand in the buckets before it.
fn find_bucket(answers: &BTreeMap<i64, i64>, place: i64) -> Option<(i64, i64)> {
    let mut before = 0;
    for (bucket, n) in answers {
        if place < before + n {
            return Some((*bucket, before));
        }
        before += n;
    }
    None
}
