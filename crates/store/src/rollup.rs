//! Numbers over many cases, counted by the database and equal to a recount of the cases.

use domain::{
    AngerType, BasicNeed, Behavior, CaseState, Cause, Channel, Date, DeadlineState, EmotionStage,
    EmotionalNeed, Intensity, Maslow, Motive, Nature, Outcome, Priority, Psychology, RationalNeed, Risk,
    Severity, Stance, Subject, UserId, Vocabulary,
};

use crate::{
    CaseFilter, Store, StoreError,
    counted::DAY_MS,
    facets::{key_at, single_sql, tags_in},
    filter::{Condition, condition},
    rolled::Days,
};

/// How often each value occurs; values that do not occur are left out. Ordered by count, then by key.
pub type Counts<V> = Vec<(V, u64)>;

/// The facets of the cases, counted. Multi-valued facets count a case once for each of its values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FacetCounts {
    /// Primary psychology.
    pub psychology: Counts<Psychology>,
    /// Motives.
    pub motive: Counts<Motive>,
    /// Emotion stage.
    pub emotion: Counts<EmotionStage>,
    /// Intensity.
    pub intensity: Counts<Intensity>,
    /// Subjects.
    pub subject: Counts<Subject>,
    /// Nature.
    pub nature: Counts<Nature>,
    /// Stance.
    pub stance: Counts<Stance>,
    /// Causes.
    pub cause: Counts<Cause>,
    /// Risks.
    pub risk: Counts<Risk>,
    /// Channel.
    pub channel: Counts<Channel>,
    /// State.
    pub state: Counts<CaseState>,
    /// Severity.
    pub severity: Counts<Severity>,
    /// Priority.
    pub priority: Counts<Priority>,
    /// Anger type.
    pub anger_type: Counts<AngerType>,
    /// Behavior.
    pub behavior: Counts<Behavior>,
    /// How what came compares with what was expected, by the customer's words.
    pub expectation: Counts<Outcome>,
    /// The need by Maslow; cases without one are left out.
    pub maslow: Counts<Maslow>,
    /// Basic needs.
    pub basic_need: Counts<BasicNeed>,
    /// Rational needs.
    pub rational_need: Counts<RationalNeed>,
    /// Emotional needs.
    pub emotional_need: Counts<EmotionalNeed>,
}

/// How satisfied customers said they were.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct CsatStats {
    /// How many gave a mark.
    pub n: u64,
    /// The mean mark, 1–5; nothing when there is none.
    pub mean: Option<f64>,
}

/// How soon cases got their first answer, counted from when they were received.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct FirstResponseStats {
    /// How many cases were answered.
    pub n: u64,
    /// The median time to the first answer, in hours; nothing when none was answered.
    pub median_hours: Option<f64>,
    /// How many were answered within 24 hours.
    pub within_24h: u64,
}

/// The numbers of the dashboard over the cases of a filter.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dashboard {
    /// Cases opened per local day, oldest first; days without a case are left out.
    pub volume: Vec<(Date, u64)>,
    /// Cases in a state that is not final.
    pub open: u64,
    /// Cases in a final state.
    pub closed: u64,
    /// The facets.
    pub facets: FacetCounts,
    /// Cases that have at least one clock in the state.
    pub clocks: Counts<DeadlineState>,
    /// Verdicts of closed cases.
    pub outcomes: Counts<Outcome>,
    /// Satisfaction.
    pub csat: CsatStats,
    /// Open cases per owner; nothing stands for cases nobody owns.
    pub backlog_by_owner: Vec<(Option<UserId>, u64)>,
    /// Cases per product, most first, at most [`PRODUCT_LIMIT`].
    pub by_product: Vec<(String, u64)>,
    /// First answers.
    pub first_response: FirstResponseStats,
}

/// The most products a dashboard names.
pub const PRODUCT_LIMIT: u32 = 50;

/// Which number, of which value, the count, and a second count where there is one.
pub(crate) type CountRow = (String, String, i64, i64);

impl Store {
    /// The dashboard over the cases of `filter`; days are those of a clock `offset_minutes` ahead of UTC. Whole days
    /// of China alone are answered from the rollups, everything else by counting.
    pub async fn dashboard(&self, filter: &CaseFilter, offset_minutes: i32) -> Result<Dashboard, StoreError> {
        if let Some(days) = Days::alone(filter, offset_minutes) {
            return self.dashboard_rolled(days).await;
        }
        let mut condition = condition(self.db(), filter);
        let sql = counting_sql(&mut condition, offset_minutes);
        let rows: Vec<CountRow> = self.db().fetch(&sql, condition.values).await?;
        let mut dashboard = Dashboard::default();
        for (part, key, n, more) in rows {
            let key = match CODED.contains(&part.as_str()) {
                true => key
                    .parse()
                    .ok()
                    .and_then(|index| key_at(&part, index))
                    .unwrap_or_default()
                    .to_owned(),
                false => key,
            };
            dashboard.take((part, key, n, more))?;
        }
        dashboard.sort();
        dashboard.first_response.median_hours = self.median_hours(filter, dashboard.first_response.n).await?;
        Ok(dashboard)
    }

    /// The median time to the first answer over `n` answered cases.
    async fn median_hours(&self, filter: &CaseFilter, n: u64) -> Result<Option<f64>, StoreError> {
        if n == 0 {
            return Ok(None);
        }
        let mut condition = condition(self.db(), filter);
        condition.and("c.first_response_ms IS NOT NULL".to_owned());
        let sql = format!(
            "SELECT c.first_response_ms FROM cases c WHERE {} ORDER BY c.first_response_ms LIMIT {} OFFSET {}",
            condition.sql(),
            2 - n % 2,
            (n - 1) / 2
        );
        let middle: Vec<(i64,)> = self.db().fetch(&sql, condition.values).await?;
        let sum: i64 = middle.iter().map(|(ms,)| ms).sum();
        Ok((!middle.is_empty()).then(|| sum as f64 / middle.len() as f64 / 3_600_000.0))
    }
}

/// All counts in one statement, so that the filter is evaluated once.
fn counting_sql(condition: &mut Condition, offset_minutes: i32) -> String {
    let offset = condition.bind(i64::from(offset_minutes) * 60_000);
    let chosen = format!(
        "WITH m AS MATERIALIZED (SELECT c.ordinal, c.state, c.open, c.channel, c.psychology, c.emotion, \
         c.intensity, c.nature, c.stance, c.severity, c.urgency, c.owner, c.product, c.outcome, c.csat, \
         c.first_response_ms, c.facets, c.tags, (c.opened_at + {offset}) / {DAY_MS} AS day FROM cases c WHERE {})",
        condition.sql()
    );
    let mut parts: Vec<String> = SINGLE
        .iter()
        .map(|(name, column)| group_sql(name, column, "TRUE"))
        .collect();
    let coded = CODED.iter().map(|name| {
        let column = single_sql(name).replace("c.", "");
        group_sql(name, &column, "TRUE")
    });
    parts.extend(coded);
    parts.push(group_sql("owner", "owner", "open"));
    parts.push(format!(
        "SELECT * FROM ({} ORDER BY 3 DESC, 2 LIMIT {PRODUCT_LIMIT}) AS p",
        group_sql("product", "product", "product IS NOT NULL")
    ));
    parts.push(group_sql("tags", "tags", "TRUE"));
    parts.push("SELECT 'csat', '', COUNT(csat), CAST(COALESCE(SUM(csat), 0) AS BIGINT) FROM m".to_owned());
    parts.push(format!(
        "SELECT 'first_response', '', COUNT(first_response_ms), \
         CAST(COALESCE(SUM(CASE WHEN first_response_ms <= {DAY_MS} THEN 1 ELSE 0 END), 0) AS BIGINT) FROM m"
    ));
    format!("{chosen} {}", parts.join(" UNION ALL "))
}

/// The columns that are counted value by value.
const SINGLE: &[(&str, &str)] = &[
    ("day", "day"),
    ("state", "state"),
    ("channel", "channel"),
    ("psychology", "psychology"),
    ("emotion", "emotion"),
    ("intensity", "intensity"),
    ("nature", "nature"),
    ("stance", "stance"),
    ("severity", "severity"),
    ("priority", "5 - urgency"),
    ("outcome", "outcome"),
];

/// The facets without a column of their own, which are counted by their bits.
const CODED: [&str; 4] = ["anger_type", "behavior", "expectation", "maslow"];

fn group_sql(name: &str, column: &str, which: &str) -> String {
    format!(
        "SELECT '{name}' AS part, COALESCE(CAST({column} AS TEXT), '') AS value, COUNT(*) AS n, \
         CAST(0 AS BIGINT) AS more FROM m WHERE {which} GROUP BY {column}"
    )
}

impl Dashboard {
    pub(crate) fn take(&mut self, (part, key, n, more): CountRow) -> Result<(), StoreError> {
        let (n, more) = (n.unsigned_abs(), more.unsigned_abs());
        let facets = &mut self.facets;
        match part.as_str() {
            "day" => self.volume.push((day(&key)?, n)),
            "state" => {
                let state: CaseState = value(&key)?;
                *if state.is_final() {
                    &mut self.closed
                } else {
                    &mut self.open
                } += n;
                facets.state.push((state, n));
            }
            "channel" => facets.channel.push((value(&key)?, n)),
            "psychology" => facets.psychology.push((value(&key)?, n)),
            "emotion" => facets.emotion.push((value(&key)?, n)),
            "intensity" => facets.intensity.push((value(&key)?, n)),
            "nature" => facets.nature.push((value(&key)?, n)),
            "stance" => facets.stance.push((value(&key)?, n)),
            "severity" => facets.severity.push((value(&key)?, n)),
            "priority" => facets.priority.push((value(&key)?, n)),
            "anger_type" => facets.anger_type.push((value(&key)?, n)),
            "behavior" => facets.behavior.push((value(&key)?, n)),
            "expectation" => facets.expectation.push((value(&key)?, n)),
            // A case may lack these.
            "maslow" | "outcome" if key.is_empty() => {}
            "maslow" => facets.maslow.push((value(&key)?, n)),
            "outcome" => self.outcomes.push((value(&key)?, n)),
            "owner" => self
                .backlog_by_owner
                .push(((!key.is_empty()).then_some(UserId(key)), n)),
            "product" => self.by_product.push((key, n)),
            "csat" => {
                self.csat = CsatStats {
                    n,
                    mean: (n > 0).then(|| more as f64 / n as f64),
                }
            }
            "first_response" => {
                self.first_response = FirstResponseStats {
                    n,
                    median_hours: None,
                    within_24h: more,
                };
            }
            "tags" => {
                let bits: i64 = key.parse().map_err(|_| unknown(&key))?;
                tags_in(bits).try_for_each(|tag| self.take_tag(tag, n))?;
            }
            "tag" => self.take_tag(&key, n)?,
            _ => {}
        }
        Ok(())
    }

    fn take_tag(&mut self, tag: &str, n: u64) -> Result<(), StoreError> {
        let (vocabulary, key) = tag.split_once(':').unwrap_or((tag, ""));
        let facets = &mut self.facets;
        match vocabulary {
            "subject" => add(&mut facets.subject, value(key)?, n),
            "motive" => add(&mut facets.motive, value(key)?, n),
            "cause" => add(&mut facets.cause, value(key)?, n),
            "risk" => add(&mut facets.risk, value(key)?, n),
            "basic_need" => add(&mut facets.basic_need, value(key)?, n),
            "rational_need" => add(&mut facets.rational_need, value(key)?, n),
            "emotional_need" => add(&mut facets.emotional_need, value(key)?, n),
            // Lists ask for it; no number is made of it.
            "waiting" => {}
            "deadline_state" => add(&mut self.clocks, value(key)?, n),
            _ => return Err(unknown(tag)),
        }
        Ok(())
    }

    pub(crate) fn sort(&mut self) {
        self.volume.sort();
        let facets = &mut self.facets;
        by_count(&mut facets.psychology);
        by_count(&mut facets.motive);
        by_count(&mut facets.emotion);
        by_count(&mut facets.intensity);
        by_count(&mut facets.subject);
        by_count(&mut facets.nature);
        by_count(&mut facets.stance);
        by_count(&mut facets.cause);
        by_count(&mut facets.risk);
        by_count(&mut facets.channel);
        by_count(&mut facets.state);
        by_count(&mut facets.severity);
        by_count(&mut facets.priority);
        by_count(&mut facets.anger_type);
        by_count(&mut facets.behavior);
        by_count(&mut facets.expectation);
        by_count(&mut facets.maslow);
        by_count(&mut facets.basic_need);
        by_count(&mut facets.rational_need);
        by_count(&mut facets.emotional_need);
        by_count(&mut self.clocks);
        by_count(&mut self.outcomes);
        by_count(&mut self.backlog_by_owner);
        by_count(&mut self.by_product);
        self.by_product.truncate(PRODUCT_LIMIT as usize);
    }
}

/// Counts a value that may have been counted before.
fn add<V: Vocabulary>(counts: &mut Counts<V>, value: V, n: u64) {
    match counts.iter_mut().find(|(known, _)| *known == value) {
        Some((_, sum)) => *sum += n,
        None => counts.push((value, n)),
    }
}

/// Most first; equal counts in the order of the values.
fn by_count<V: Ord>(counts: &mut [(V, u64)]) {
    counts.sort_by(|(left, n), (right, m)| m.cmp(n).then_with(|| left.cmp(right)));
}

fn value<V: Vocabulary>(key: &str) -> Result<V, StoreError> {
    V::from_key(key).ok_or_else(|| unknown(key))
}

fn unknown(key: &str) -> StoreError {
    StoreError::Corrupt {
        what: "index of the cases".into(),
        because: format!("`{key}` is not in its vocabulary"),
    }
}

/// The day that begins `text` days after 1970-01-01; after Howard Hinnant's `civil_from_days`.
fn day(text: &str) -> Result<Date, StoreError> {
    let days: i64 = text.parse().map_err(|_| unknown(text))?;
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    // Counted from March, so that the leap day is the last of its year.
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let (month, next_year) = if month < 10 {
        (month + 3, 0)
    } else {
        (month - 9, 1)
    };
    let year = i16::try_from(year_of_era + era * 400 + next_year).map_err(|_| unknown(text))?;
    Date::new(year, month as u8, day as u8).ok_or_else(|| unknown(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_since_1970_become_dates() {
        for (days, date) in [
            ("0", "1970-01-01"),
            ("20779", "2026-11-22"),
            ("11016", "2000-02-29"),
            ("-1", "1969-12-31"),
        ] {
            assert_eq!(day(days).unwrap().to_string(), date);
        }
    }
}
