//! The five findings of a report, in their order.

use domain::Bilingual;

use super::{defect, outbreak, share, volume, words};
use crate::days::range_words;
use crate::figure::Figure;
use crate::outbreak::{MethodName, ReportSet};

/// What a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FindingKind {
    /// How many complaints came, against the time before.
    Volume,
    /// A rise beyond chance.
    Outbreak,
    /// Words that are new or rising.
    Words,
    /// A batch that stands out.
    Defect,
    /// What most complaints are about, and how that moved.
    Share,
}

impl FindingKind {
    /// The key that files and programs see.
    pub fn key(self) -> &'static str {
        match self {
            Self::Volume => "volume",
            Self::Outbreak => "outbreak",
            Self::Words => "words",
            Self::Defect => "defect",
            Self::Share => "share",
        }
    }
}

/// One statement with what stands behind it.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// What it is about.
    pub kind: FindingKind,
    /// The statement.
    pub headline: Bilingual,
    /// How it was come by, and what it does not say.
    pub detail: Bilingual,
    /// The number with its interval, or why there is none.
    pub figure: Figure,
    /// What the number is.
    pub figure_is: Bilingual,
    /// Texts that show it.
    pub quotes: Vec<String>,
    /// The names of the cases behind it, the first ones.
    pub cases: Vec<String>,
    /// Counts by day, oldest first, for a chart.
    pub daily: Vec<f64>,
    /// What its cases have in common.
    pub scope: Scope,
}

/// What the cases of a finding have in common, so that a face can show them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// Dimensions with their values; empty for all cases of the time.
    pub slice: Vec<(String, String)>,
    /// Words they all hold.
    pub words: Option<String>,
    /// The first day; nothing when there are no cases to show.
    pub from: Option<i32>,
}

/// How a report is made.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReportOptions {
    /// The last day of the report.
    pub until: i32,
    /// How many days it covers: 1, 7 or 30 as a rule.
    pub days: usize,
    /// The share of false outbreaks accepted.
    pub q: f64,
    /// Which test finds outbreaks.
    pub method: MethodName,
}

/// A report.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// The time it covers.
    pub period: Bilingual,
    /// How many complaints it rests on, those before included.
    pub complaints: usize,
    /// How many stood there twice and were left out.
    pub duplicates: usize,
    /// The findings.
    pub findings: Vec<Finding>,
}

/// The most cases named behind a finding.
pub(super) const MOST_CASES: usize = 12;

/// Makes the five findings.
pub fn write_report(set: &ReportSet, options: &ReportOptions) -> Report {
    let days = options.days.clamp(1, 366);
    let options = &ReportOptions { days, ..*options };
    let from = options.until.saturating_sub(days as i32 - 1);
    let known = set.reports.iter().filter(|report| report.day <= options.until);
    Report {
        period: range_words(from, options.until),
        complaints: known.count(),
        duplicates: set.duplicates,
        findings: vec![
            outbreak::find(set, options),
            volume::find(set, options),
            words::find(set, options),
            defect::find(set, options),
            share::find(set, options),
        ],
    }
}

/// The places of the reports of the period, and of as long a time before.
pub(super) fn periods(set: &ReportSet, options: &ReportOptions) -> (Vec<usize>, Vec<usize>) {
    let days = options.days as i32;
    let between = |from: i32, to: i32| -> Vec<usize> {
        let inside = |place: &usize| (from..=to).contains(&set.reports[*place].day);
        (0..set.reports.len()).filter(inside).collect()
    };
    let from = options.until.saturating_sub(days - 1);
    (
        between(from, options.until),
        between(from.saturating_sub(days), from.saturating_sub(1)),
    )
}

/// The names of some reports.
pub(super) fn names(set: &ReportSet, places: impl IntoIterator<Item = usize>) -> Vec<String> {
    let names = places.into_iter().map(|place| set.reports[place].id.clone());
    names.filter(|name| !name.is_empty()).take(MOST_CASES).collect()
}

/// Some reports counted by day over so many days.
pub(super) fn by_day(
    set: &ReportSet,
    places: impl IntoIterator<Item = usize>,
    until: i32,
    days: usize,
) -> Vec<f64> {
    let mut daily = vec![0.0; days];
    for place in places {
        let back = i64::from(until) - i64::from(set.reports[place].day);
        if let Some(count) = usize::try_from(back)
            .ok()
            .and_then(|back| days.checked_sub(back + 1))
        {
            daily[count] += 1.0;
        }
    }
    daily
}

/// A number as people read it: whole when large, with up to two places when small.
pub(super) fn number(value: f64) -> String {
    match value.abs() {
        size if size >= 100.0 || (value - value.round()).abs() < 1e-9 => format!("{value:.0}"),
        size if size >= 10.0 => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    }
}

/// How likely chance alone is, as people read it: never in powers of ten.
pub(super) fn chance(p: f64) -> String {
    if p < 0.0001 {
        "< 0.0001".to_owned()
    } else {
        format!("= {p:.4}")
    }
}

#[cfg(test)]
mod tests;
