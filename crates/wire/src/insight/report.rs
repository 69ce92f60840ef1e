//! Reports on the wire: five findings in plain words, each with its number, chart and cases.

use domain::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{CaseLink, Cut, Figure, read_day, read_number};
use crate::{FieldError, Fields, Value, dashboard::DayCount, time};

/// Which report.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ReportParams {
    /// The days it covers: 1, 7 (when left out) or 30.
    #[param(value_type = Option<f64>, minimum = 1, maximum = 366)]
    pub days: Option<String>,
    /// Its last day; yesterday when left out, the last one that is whole.
    #[param(value_type = Option<String>, format = Date)]
    pub until: Option<String>,
    /// `zh` or `en`; that of `Accept-Language` when left out, so that a link can be sent.
    #[param(pattern = "^(zh|en)$")]
    pub language: Option<String>,
}

/// Which report, read and checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ReportQuery {
    /// The days it covers.
    pub days: u32,
    /// The first moment of its last day.
    pub until: Timestamp,
}

const DAY_MS: i64 = 86_400_000;

impl ReportParams {
    /// The query, or every error of it.
    pub fn parse(&self, now: Timestamp) -> Result<ReportQuery, Vec<FieldError>> {
        let mut errors = Vec::new();
        let days = read_number("days", self.days.as_deref(), (1.0, 366.0), &mut errors);
        let yesterday = || {
            let day = time::china_day(now.plus_ms(-DAY_MS))?;
            time::parse_day(&day.to_string())
        };
        let until = read_day("until", self.until.as_deref(), &mut errors)
            .or_else(yesterday)
            .unwrap_or(now);
        if !matches!(self.language.as_deref(), None | Some("zh" | "en")) {
            errors.push(FieldError::new("language", "可用：zh, en", "allowed: zh, en"));
        }
        if errors.is_empty() {
            let days = days.unwrap_or(7.0) as u32;
            Ok(ReportQuery { days, until })
        } else {
            Err(errors)
        }
    }
}

/// A case named by a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct NamedCase {
    /// The identity.
    pub id: String,
    /// The number people say.
    pub number: String,
}

/// One statement with what stands behind it.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ReportFinding {
    /// `outbreak`, `volume`, `words`, `defect` or `share`.
    pub kind: String,
    /// The statement.
    pub headline: String,
    /// How it was come by, and what it does not say.
    pub detail: String,
    /// The number.
    pub figure: Figure,
    /// What the number is.
    pub figure_is: String,
    /// Texts that show it, masked.
    pub quotes: Vec<String>,
    /// The first cases behind it.
    pub named: Vec<NamedCase>,
    /// The filters that show its cases; null when there are none.
    pub cases: Option<CaseLink>,
    /// Cases by day, oldest first.
    pub daily: Vec<DayCount>,
}

/// A report.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Report {
    /// Whether older cases were left out, because there are more than one answer reads; null when it rests on all.
    pub cut: Option<Cut>,
    /// The title.
    pub title: String,
    /// The time it covers, in words.
    pub period: String,
    /// The days it covers.
    pub days: u32,
    /// Its last day.
    pub until: String,
    /// When it was made.
    pub made_at: String,
    /// Cases it rests on, those before the period included.
    pub complaints: u64,
    /// The findings.
    pub findings: Vec<ReportFinding>,
}

/// A report made by the clock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct KeptReport {
    /// The days it covers.
    pub days: u32,
    /// Its last day.
    pub until: String,
    /// When it was made.
    pub made_at: String,
    /// Its first statement.
    pub headline: String,
}

/// Which reports the clock makes, each in both languages after its last day has ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReportSchedule {
    /// Every day.
    #[serde(default)]
    pub daily: bool,
    /// Every Monday, on the week before.
    #[serde(default)]
    pub weekly: bool,
    /// On the first of every month, on the thirty days before.
    #[serde(default)]
    pub monthly: bool,
}

/// The reports made by the clock, and what it makes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ReportShelf {
    /// What it makes.
    pub schedule: ReportSchedule,
    /// The newest reports.
    pub items: Vec<KeptReport>,
}

impl ReportSchedule {
    /// The schedule of a request, or every error of it.
    pub fn parse(body: &Value) -> Result<Self, Vec<FieldError>> {
        let mut fields = Fields::of(body);
        let schedule = Self {
            daily: fields.optional_flag("daily").unwrap_or(false),
            weekly: fields.optional_flag("weekly").unwrap_or(false),
            monthly: fields.optional_flag("monthly").unwrap_or(false),
        };
        fields.finish(Some(schedule))
    }
}
