//! The numbers of the dashboard group by group, two periods side by side.

use domain::{Channel, Timestamp, Vocabulary};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{CaseLink, Figure, Period, PeriodParams};
use crate::{FieldError, key::ChannelKey};

/// What is grouped.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct BreakdownParams {
    /// `product`, `site`, `team`, `channel`, `topic`, `weekday` or `hour`.
    #[param(pattern = "^(product|site|team|channel|topic|weekday|hour)$")]
    pub by: Option<String>,
    /// The first day.
    #[param(value_type = Option<String>, format = Date)]
    pub from: Option<String>,
    /// The last day.
    #[param(value_type = Option<String>, format = Date)]
    pub to: Option<String>,
    /// The product, letter for letter.
    pub product: Option<String>,
    /// The site, letter for letter.
    pub site: Option<String>,
    /// The team, letter for letter.
    pub team: Option<String>,
    /// Channels.
    #[param(value_type = Vec<ChannelKey>, style = Form, explode = false, required = false)]
    pub channel: Option<String>,
}

/// What is grouped, read and checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BreakdownQuery {
    /// One of the keys of [`BY`].
    pub by: &'static str,
    /// The period.
    pub period: Period,
    /// The other filters.
    pub filters: CaseLink,
}

/// What cases can be grouped by.
pub const BY: [&str; 7] = ["product", "site", "team", "channel", "topic", "weekday", "hour"];

impl BreakdownParams {
    /// The query, or every error of it.
    pub fn parse(self, now: Timestamp) -> Result<BreakdownQuery, Vec<FieldError>> {
        let mut errors = Vec::new();
        let asked = self.by.as_deref().unwrap_or(BY[0]);
        let by = BY.into_iter().find(|key| *key == asked);
        if by.is_none() {
            let known = BY.join(", ");
            errors.push(FieldError::new(
                "by",
                format!("可用：{known}"),
                format!("allowed: {known}"),
            ));
        }
        let period = PeriodParams {
            from: self.from,
            to: self.to,
        };
        let known = |key: &str| Channel::from_key(key).is_some();
        let channels = self.channel.as_deref().unwrap_or_default();
        if !channels.is_empty() && !channels.split(',').all(known) {
            let keys: Vec<&str> = Channel::ALL.iter().map(|channel| channel.key()).collect();
            let known = keys.join(", ");
            errors.push(FieldError::new(
                "channel",
                format!("可用：{known}"),
                format!("allowed: {known}"),
            ));
        }
        let named = [
            ("product", self.product),
            ("site", self.site),
            ("team", self.team),
            ("channel", self.channel),
        ];
        let filters = named
            .into_iter()
            .filter_map(|(key, value)| Some((key.to_owned(), value.filter(|value| !value.is_empty())?)));
        match (period.parse(28, now), by) {
            (Ok(period), Some(by)) if errors.is_empty() => Ok(BreakdownQuery {
                by,
                period,
                filters: filters.collect(),
            }),
            (Ok(_), _) => Err(errors),
            (Err(more), _) => Err(errors.into_iter().chain(more).collect()),
        }
    }
}

/// One group in the period and in the one before.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct GroupRow {
    /// The value that makes the group; null for cases without one.
    pub key: Option<String>,
    /// The value in words.
    pub name: String,
    /// How many cases.
    pub count: u64,
    /// How many in as many days before.
    pub before: u64,
    /// How many times as many as before.
    pub change: Figure,
    /// Those not finished.
    pub open: u64,
    /// The share with a missed clock, 0–1.
    pub breached: Figure,
    /// How much larger that share is than before, −1 to 1.
    pub breached_change: Figure,
    /// The share with strong or extreme feeling, 0–1.
    pub heated: Figure,
    /// How much larger that share is than before, −1 to 1.
    pub heated_change: Figure,
    /// Cases with a verdict of the customer.
    pub judged: u64,
    /// The share of them below expectation, 0–1.
    pub below: Figure,
    /// How much larger that share is than before, −1 to 1.
    pub below_change: Figure,
    /// The share of answered cases answered within 24 hours, 0–1.
    pub within_24h: Figure,
    /// How much larger that share is than before, −1 to 1.
    pub within_24h_change: Figure,
    /// The mean mark; null when nobody gave one.
    pub csat: Option<f64>,
    /// The mean mark with its interval, where enough gave one.
    pub csat_range: Figure,
    /// How many gave one.
    pub csat_n: u64,
    /// The filters that show its cases; null where there are none.
    pub cases: Option<CaseLink>,
}

/// The groups.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Breakdown {
    /// What they are grouped by.
    pub by: String,
    /// The first day.
    pub from: String,
    /// The last day.
    pub to: String,
    /// The first day of the period before.
    pub before_from: String,
    /// Everything together.
    pub all: GroupRow,
    /// The groups, the largest first; weekdays and hours in their order.
    pub groups: Vec<GroupRow>,
    /// Cases of groups too small to be named here.
    pub unlisted: u64,
}
