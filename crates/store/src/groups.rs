//! The numbers of the dashboard side by side, group by group: by product, site, team, channel, topic or time.

use crate::{CaseFilter, Store, StoreError, counted::DAY_MS, facets::tag_bit, filter::condition};
use domain::{DeadlineState, Intensity};

/// The most groups one answer names.
pub const GROUP_LIMIT: usize = 200;
const HOUR_MS: i64 = 3_600_000;

/// What cases are grouped by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupBy {
    /// The product.
    Product,
    /// The site.
    Site,
    /// The team.
    Team,
    /// The channel.
    Channel,
    /// The first subject.
    Topic,
    /// The day of the week they were opened on, 0 for Monday.
    Weekday,
    /// The hour of the day they were opened in.
    Hour,
}

impl GroupBy {
    /// What is grouped by, over `cases c`.
    pub(crate) fn sql(self, offset_ms: i64) -> String {
        match self {
            Self::Product => "c.product".to_owned(),
            Self::Site => "c.site".to_owned(),
            Self::Team => "c.team".to_owned(),
            Self::Channel => "c.channel".to_owned(),
            Self::Topic => "c.topic".to_owned(),
            // 1970-01-01 was a Thursday.
            Self::Weekday => format!("((c.opened_at + {offset_ms}) / {DAY_MS} + 3) % 7"),
            Self::Hour => format!("((c.opened_at + {offset_ms}) / {HOUR_MS}) % 24"),
        }
    }
}

/// The numbers of one group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// The value that makes the group; nothing for cases without one.
    pub key: Option<String>,
    /// How many cases.
    pub n: u64,
    /// Of them, those in a state that is not final.
    pub open: u64,
    /// Those with a clock that was missed.
    pub breached: u64,
    /// Those with strong or extreme feeling.
    pub heated: u64,
    /// Those with a verdict of the customer that is known.
    pub judged: u64,
    /// Of these, those that got less than expected.
    pub below: u64,
    /// Those with a mark for satisfaction.
    pub marked: u64,
    /// The sum of the marks.
    pub mark_sum: u64,
    /// The sum of their squares.
    pub mark_squares: u64,
    /// Those that were answered.
    pub answered: u64,
    /// Of these, those answered within 24 hours.
    pub within_24h: u64,
}

impl Group {
    /// All of them as one group without a key.
    pub fn together(groups: &[Self]) -> Self {
        groups.iter().fold(Self::default(), |sum, group| Self {
            key: None,
            n: sum.n + group.n,
            open: sum.open + group.open,
            breached: sum.breached + group.breached,
            heated: sum.heated + group.heated,
            judged: sum.judged + group.judged,
            below: sum.below + group.below,
            marked: sum.marked + group.marked,
            mark_sum: sum.mark_sum + group.mark_sum,
            mark_squares: sum.mark_squares + group.mark_squares,
            answered: sum.answered + group.answered,
            within_24h: sum.within_24h + group.within_24h,
        })
    }
}

/// Which groups are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupsWanted<'k> {
    /// The largest ones, at most [`GROUP_LIMIT`].
    Largest,
    /// Those with one of these keys, or without a key.
    Named(&'k [Option<String>]),
    /// All of them as one, without a key.
    Together,
}

/// Key and the eleven numbers of a group.
type GroupRow = (
    Option<String>,
    i64,
    i64,
    i64,
    i64,
    i64,
    i64,
    i64,
    i64,
    i64,
    i64,
    i64,
);

impl Store {
    /// The groups of the cases that match, the largest first; days and hours are those of a clock `offset_minutes`
    /// ahead of UTC.
    pub async fn groups(
        &self,
        by: GroupBy,
        wanted: GroupsWanted<'_>,
        filter: &CaseFilter,
        offset_minutes: i32,
    ) -> Result<Vec<Group>, StoreError> {
        let key = by.sql(i64::from(offset_minutes) * 60_000);
        let mut condition = condition(self.db(), filter);
        if let GroupsWanted::Named(keys) = wanted {
            let named: Vec<String> = keys
                .iter()
                .flatten()
                .map(|key| condition.bind(key.as_str()))
                .collect();
            let one_of = format!("CAST({key} AS TEXT) IN ({})", named.join(", "));
            condition.and(match named.is_empty() {
                true => format!("{key} IS NULL"),
                false => format!("({one_of} OR {key} IS NULL)"),
            });
        }
        let (value, grouped) = match wanted {
            GroupsWanted::Together => ("CAST(NULL AS TEXT)".to_owned(), String::new()),
            GroupsWanted::Largest | GroupsWanted::Named(_) => {
                let order = format!(" GROUP BY {key} ORDER BY n DESC, value LIMIT {GROUP_LIMIT}");
                (format!("CAST({key} AS TEXT)"), order)
            }
        };
        let sql = format!(
            "SELECT {value} AS value, COUNT(*) AS n, {} FROM cases c WHERE {}{grouped}",
            numbers().join(", "),
            condition.sql()
        );
        let rows: Vec<GroupRow> = self.db().fetch(&sql, condition.values).await?;
        Ok(rows.into_iter().map(group).collect())
    }
}

/// The numbers of a group after its count, in the order of [`GroupRow`].
fn numbers() -> [String; 10] {
    let sum = |when: String| format!("CAST(COALESCE(SUM(CASE WHEN {when} THEN 1 ELSE 0 END), 0) AS BIGINT)");
    let breached = tag_bit(DeadlineState::Breached);
    [
        sum("c.open".to_owned()),
        sum(format!("(c.tags & {breached}) <> 0")),
        sum(format!("c.intensity >= {}", Intensity::Strong.level())),
        sum("c.outcome IN ('below', 'met', 'above')".to_owned()),
        sum("c.outcome = 'below'".to_owned()),
        "COUNT(c.csat)".to_owned(),
        "CAST(COALESCE(SUM(c.csat), 0) AS BIGINT)".to_owned(),
        "CAST(COALESCE(SUM(c.csat * c.csat), 0) AS BIGINT)".to_owned(),
        "COUNT(c.first_response_ms)".to_owned(),
        sum(format!("c.first_response_ms <= {DAY_MS}")),
    ]
}

fn group(row: GroupRow) -> Group {
    let (key, n, open, breached, heated, judged, below, marked, mark_sum, squares, answered, within_24h) =
        row;
    Group {
        key,
        n: n.unsigned_abs(),
        open: open.unsigned_abs(),
        breached: breached.unsigned_abs(),
        heated: heated.unsigned_abs(),
        judged: judged.unsigned_abs(),
        below: below.unsigned_abs(),
        marked: marked.unsigned_abs(),
        mark_sum: mark_sum.unsigned_abs(),
        mark_squares: squares.unsigned_abs(),
        answered: answered.unsigned_abs(),
        within_24h: within_24h.unsigned_abs(),
    }
}
