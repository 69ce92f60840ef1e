//! What the organization learns, on the wire: figures with their interval or the reason why there is none, each with
//! the way to its cases.

pub mod breakdown;
pub mod causes;
pub mod economics;
pub mod lessons;
pub mod outbreaks;
pub mod process;
pub mod purchases;
pub mod report;
pub mod root_cause;
pub mod satisfaction;
pub mod silent;

use std::collections::BTreeMap;

use domain::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{FieldError, time};

/// The filters of `GET /cases` that show the cases behind a number.
pub type CaseLink = BTreeMap<String, String>;

/// That an answer rests on fewer cases than there are: the newest, in whole days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Cut {
    /// Cases the answer rests on.
    pub read: u64,
    /// Cases there are in the period.
    pub of: u64,
}

/// A number with its 95 % interval; few values have a number but no interval; else why there is none.
#[derive(Clone, Debug, Default, PartialEq, Serialize, ToSchema)]
pub struct Figure {
    /// The number; null when there is none.
    pub value: Option<f64>,
    /// The lower end of its interval; null when there is none.
    pub low: Option<f64>,
    /// The upper end of its interval; null when there is none.
    pub high: Option<f64>,
    /// Why there is no number, or no interval, in words; null when there are both.
    pub reason: Option<String>,
}

/// A case that shows something, with its words masked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct QuotedCase {
    /// The identity.
    pub id: String,
    /// The number people say.
    pub number: String,
    /// The day it was opened, `YYYY-MM-DD`.
    pub day: String,
    /// The words, masked.
    pub text: String,
}

/// A value of a dimension that cases are counted by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct SliceValue {
    /// `topic`, `product`, `site`, `batch` or `team`.
    pub dimension: String,
    /// The value: a key for a topic, a name for the others.
    pub value: String,
    /// The value in words.
    pub name: String,
}

/// A period of whole days.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PeriodParams {
    /// The first day, `YYYY-MM-DD`.
    #[param(value_type = Option<String>, format = Date)]
    pub from: Option<String>,
    /// The last day, `YYYY-MM-DD`.
    #[param(value_type = Option<String>, format = Date)]
    pub to: Option<String>,
}

/// A period: from its first moment up to but not with the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Period {
    /// Its first moment.
    pub from: Timestamp,
    /// The first moment after it.
    pub to: Timestamp,
}

const DAY_MS: i64 = 86_400_000;

/// Days of a page of insight when none are named: sixteen weeks.
pub const USUAL_DAYS: i64 = 112;

impl PeriodParams {
    /// The period, the last `usual_days` before now when none is named, or every error of the query.
    pub fn parse(&self, usual_days: i64, now: Timestamp) -> Result<Period, Vec<FieldError>> {
        let mut errors = Vec::new();
        let today = time::china_day(now).and_then(|day| time::parse_day(&day.to_string()));
        let last = read_day("to", self.to.as_deref(), &mut errors)
            .or(today)
            .unwrap_or(now);
        let usual = last.plus_ms(-(usual_days - 1) * DAY_MS);
        let from = read_day("from", self.from.as_deref(), &mut errors).unwrap_or(usual);
        if from > last {
            errors.push(FieldError::new(
                "from",
                "晚于结束日",
                "is later than the last day",
            ));
        }
        if errors.is_empty() {
            let to = last.plus_ms(DAY_MS);
            Ok(Period { from, to })
        } else {
            Err(errors)
        }
    }
}

/// A day of a query.
pub(crate) fn read_day(field: &str, words: Option<&str>, errors: &mut Vec<FieldError>) -> Option<Timestamp> {
    let words = words?;
    let day = time::parse_day(words);
    if day.is_none() {
        errors.push(FieldError::new(
            field,
            format!("“{words}”不是日期，请写成 2026-11-22"),
            format!("\"{words}\" is no day; write 2026-11-22"),
        ));
    }
    day
}

/// A number of a query within limits.
pub(crate) fn read_number(
    field: &str,
    words: Option<&str>,
    (least, most): (f64, f64),
    errors: &mut Vec<FieldError>,
) -> Option<f64> {
    let words = words?;
    let number = words.trim().parse::<f64>().ok();
    let number = number.filter(|number| (least..=most).contains(number));
    if number.is_none() {
        errors.push(FieldError::new(
            field,
            format!("应是 {least} 到 {most} 之间的数"),
            format!("must be a number from {least} to {most}"),
        ));
    }
    number
}

impl Period {
    /// As many days right before.
    pub fn before(&self) -> Self {
        let length = self.to.since_ms(self.from);
        Self {
            from: self.from.plus_ms(-length),
            to: self.from,
        }
    }

    /// How many days.
    pub fn days(&self) -> i64 {
        self.to.since_ms(self.from) / DAY_MS
    }

    /// The first and the last day as filters of the list of cases.
    pub fn link(&self) -> CaseLink {
        let day = |at: Timestamp| time::china_day(at).map_or_else(String::new, |day| day.to_string());
        CaseLink::from([
            ("opened_from".to_owned(), day(self.from)),
            ("opened_to".to_owned(), day(self.to.plus_ms(-DAY_MS))),
        ])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_whole_days_of_china() {
        let now = time::parse_rfc3339("2026-11-22T17:00:00Z").unwrap();
        let usual = PeriodParams::default().parse(28, now).unwrap();
        assert_eq!(usual.days(), 28);
        assert_eq!(usual.link()["opened_to"], "2026-11-23");
        assert_eq!(usual.before().link()["opened_to"], "2026-10-26");
        let one = PeriodParams {
            from: Some("2026-11-20".into()),
            to: Some("2026-11-20".into()),
        };
        assert_eq!(one.parse(28, now).unwrap().days(), 1);
        let odd = PeriodParams {
            from: Some("2026-11-21".into()),
            to: Some("2026-02-30".into()),
        };
        assert_eq!(odd.parse(28, now).unwrap_err()[0].field, "to");
        let reversed = PeriodParams {
            from: Some("2026-11-21".into()),
            to: Some("2026-11-20".into()),
        };
        assert_eq!(reversed.parse(28, now).unwrap_err()[0].field, "from");
    }
}
