//! A report in one language, ready to be laid out: as a page, as PDF, as a workbook.

use domain::Language;

use super::findings::{Report, number};
use crate::days::date_words;

/// A report in one language.
#[derive(Clone, Debug, PartialEq)]
pub struct Printed {
    /// The language.
    pub language: Language,
    /// The title.
    pub title: String,
    /// The time it covers and what it rests on.
    pub period: String,
    /// The findings.
    pub findings: Vec<PrintedFinding>,
    /// What holds for all of them.
    pub footer: String,
}

/// A finding in one language.
#[derive(Clone, Debug, PartialEq)]
pub struct PrintedFinding {
    /// What it is about, as programs see it.
    pub key: &'static str,
    /// The statement.
    pub headline: String,
    /// Value, lower and upper end; nothing where there is no number.
    pub figure: Option<[f64; 3]>,
    /// What the number is.
    pub figure_is: String,
    /// How it was come by, and what it does not say.
    pub detail: String,
    /// Texts that show it.
    pub quotes: Vec<String>,
    /// The names of the cases behind it, the first ones.
    pub cases: Vec<String>,
    /// Where they can be seen.
    pub link: Option<String>,
    /// Counts by day, oldest first.
    pub daily: Vec<(String, f64)>,
}

impl PrintedFinding {
    /// The number with its interval in words, or that there is none.
    pub(super) fn figure_words(&self, language: Language) -> String {
        match (self.figure, language) {
            (Some(figure), _) => {
                let [value, low, high] = figure.map(number);
                format!("{value} [{low}, {high}]")
            }
            (None, Language::Chinese) => "没有数字".to_owned(),
            (None, Language::English) => "no number".to_owned(),
        }
    }
}

impl Report {
    /// The report in a language, under a title; its charts end with the last day counted from 1970-01-01.
    pub fn print(&self, title: &str, until: i32, language: Language) -> Printed {
        let zh = language == Language::Chinese;
        let (complaints, duplicates) = (self.complaints, self.duplicates);
        let rests = if zh {
            format!("依据 {complaints} 件投诉，剔除重复 {duplicates} 件")
        } else {
            format!("rests on {complaints} complaints, {duplicates} duplicates left out")
        };
        let footer = if zh {
            "区间均为 95%。没有数字之处写明原因；疑点是线索，不是结论。"
        } else {
            "All intervals are 95%. Where there is no number the reason stands; a candidate is a lead, not a verdict."
        };
        let findings = self.findings.iter().map(|finding| {
            let first = until.saturating_sub(finding.daily.len() as i32 - 1);
            let days = finding.daily.iter().enumerate();
            PrintedFinding {
                key: finding.kind.key(),
                headline: finding.headline.in_language(language).to_owned(),
                figure: finding
                    .figure
                    .ok()
                    .map(|figure| [figure.value(), figure.low(), figure.high()]),
                figure_is: finding.figure_is.in_language(language).to_owned(),
                detail: finding.detail.in_language(language).to_owned(),
                quotes: finding.quotes.clone(),
                cases: finding.cases.clone(),
                link: None,
                daily: days
                    .map(|(place, count)| (date_words(first.saturating_add(place as i32)), *count))
                    .collect(),
            }
        });
        Printed {
            language,
            title: title.to_owned(),
            period: format!("{} · {rests}", self.period.in_language(language)),
            findings: findings.collect(),
            footer: footer.to_owned(),
        }
    }
}
