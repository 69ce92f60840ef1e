//! Reports (F7): five findings made from the store, masked, with links; as a page, as PDF, as a workbook.

use std::sync::Arc;

use domain::Language;
use insight::{
    date_words,
    outbreak::MethodName,
    report::{Finding, Printed, ReportOptions, write_html, write_pdf, write_report, write_xlsx},
};
use wire::{
    dashboard::DayCount,
    insight::{
        CaseLink, Period,
        report::{NamedCase, Report, ReportFinding, ReportQuery},
    },
};

use super::{
    facts::{Facts, link_of, local_day, slice_value},
    kept::compute,
    show::{count, figure, letter, moment, pick, words},
};
use crate::{App, AppError, Caller, Code, Verb, limits, permission};

/// How a report is taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportFormat {
    /// A page without script.
    Html,
    /// PDF.
    Pdf,
    /// A workbook.
    Xlsx,
}

impl ReportFormat {
    /// The format of a name.
    pub fn of(name: &str) -> Option<Self> {
        match name {
            "html" => Some(Self::Html),
            "pdf" => Some(Self::Pdf),
            "xlsx" => Some(Self::Xlsx),
            _ => None,
        }
    }

    fn ending(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Pdf => "pdf",
            Self::Xlsx => "xlsx",
        }
    }
}

/// A report as a file.
#[derive(Clone, Debug)]
pub struct ReportFile {
    /// The name to keep it under.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// A report with both of its forms.
pub(crate) struct Made {
    pub(crate) shown: Report,
    printed: Printed,
}

impl App {
    /// The report on some days.
    pub async fn report(
        &self,
        caller: &Caller,
        query: ReportQuery,
        language: Language,
    ) -> Result<Report, AppError> {
        permission::require(caller.role, Verb::ReadReport)?;
        Ok(self.made_report(query, language).await?.shown.clone())
    }

    /// The report as a file; its links begin with the public address of the workbench.
    pub async fn report_file(
        &self,
        caller: &Caller,
        query: ReportQuery,
        language: Language,
        format: ReportFormat,
    ) -> Result<ReportFile, AppError> {
        permission::require(caller.role, Verb::ExportReport)?;
        let made = self.made_report(query, language).await?;
        self.note_audit(&caller.person.id.0, "report_exported", format.ending(), "")
            .await?;
        let mut printed = made.printed.clone();
        let base = self.public_address();
        for (finding, shown) in printed.findings.iter_mut().zip(&made.shown.findings) {
            finding.link = shown.cases.as_ref().map(|cases| address_of(base, cases));
        }
        let bytes = compute(move || match format {
            ReportFormat::Html => Ok(write_html(&printed).into_bytes()),
            ReportFormat::Pdf => Ok(write_pdf(&printed)),
            ReportFormat::Xlsx => write_xlsx(&printed),
        })
        .await?;
        let bytes = bytes.map_err(|error| {
            tracing::error!(
                error = &error as &dyn std::error::Error,
                "no workbook could be written"
            );
            AppError::Plain(Code::Failed)
        })?;
        let (days, until) = (query.days, date_words(local_day(query.until)));
        Ok(ReportFile {
            name: format!("tingsu-{days}d-{until}.{}", format.ending()),
            bytes,
        })
    }

    /// The report, kept like every answer of insight.
    pub(crate) async fn made_report(
        &self,
        query: ReportQuery,
        language: Language,
    ) -> Result<Arc<Made>, AppError> {
        let key = format!("report {query:?} {}", letter(language));
        self.learn(key, move |app| app.make_report(query, language)).await
    }

    async fn make_report(self, query: ReportQuery, language: Language) -> Result<Made, AppError> {
        let period = Period {
            from: query.until.plus_ms(-limits::OUTBREAK_DAYS * insight::DAY_MS),
            to: query.until.plus_ms(insight::DAY_MS),
        };
        let facts = self.facts(period).await?;
        let until = local_day(query.until);
        let options = ReportOptions {
            until,
            days: query.days as usize,
            q: 0.05,
            method: MethodName::Auto,
        };
        let read = facts.clone();
        let mut report = compute(move || write_report(&read.reports(Some(language)), &options)).await?;
        for finding in &mut report.findings {
            self.mask_quotes(finding, &facts).await?;
        }
        let title = title_of(query.days, language);
        let printed = report.print(&title, until, language);
        let findings = report.findings.iter();
        let shown = Report {
            cut: facts.cut,
            title,
            period: words(&report.period, language),
            days: query.days,
            until: date_words(until),
            made_at: moment(self.now()),
            complaints: count(report.complaints),
            findings: findings.map(|one| show(one, &facts, until, language)).collect(),
        };
        Ok(Made { shown, printed })
    }

    /// Quotes are told to their cases by their words, since statistics know no customers.
    async fn mask_quotes(&self, finding: &mut Finding, facts: &Facts) -> Result<(), AppError> {
        for quote in &mut finding.quotes {
            let case = facts.cases.iter().find(|case| case.text == *quote);
            let number = case.map_or("", |case| case.number.as_str());
            let quoter = self.quoter(facts, [number]).await?;
            *quote = quoter.words(number).unwrap_or_default();
        }
        finding.quotes.retain(|quote| !quote.is_empty());
        Ok(())
    }
}

/// What a report is called.
pub(crate) fn title_of(days: u32, language: Language) -> String {
    match days {
        1 => pick(language, "投诉日报", "Complaints of the day"),
        7 => pick(language, "投诉周报", "Complaints of the week"),
        28..=31 => pick(language, "投诉月报", "Complaints of the month"),
        _ => pick(language, "投诉报告", "Report on complaints"),
    }
}

fn show(finding: &Finding, facts: &Facts, until: i32, language: Language) -> ReportFinding {
    let first = until.saturating_sub(finding.daily.len() as i32 - 1);
    let daily = finding.daily.iter().enumerate().map(|(place, count)| DayCount {
        day: date_words(first.saturating_add(place as i32)),
        count: *count as u64,
    });
    let named = finding.cases.iter().filter_map(|number| {
        Some(NamedCase {
            id: facts.case(number)?.id.0.clone(),
            number: number.clone(),
        })
    });
    ReportFinding {
        kind: finding.kind.key().to_owned(),
        headline: words(&finding.headline, language),
        detail: words(&finding.detail, language),
        figure: figure(&finding.figure, language),
        figure_is: words(&finding.figure_is, language),
        quotes: finding.quotes.clone(),
        named: named.collect(),
        cases: cases_of(finding, until, language),
        daily: daily.collect(),
    }
}

fn cases_of(finding: &Finding, until: i32, language: Language) -> Option<CaseLink> {
    let scope = &finding.scope;
    let slice: Vec<_> = scope
        .slice
        .iter()
        .map(|(dimension, value)| slice_value(dimension, value, language))
        .collect();
    let mut link = link_of(&slice, scope.from?, until);
    if let Some(words) = &scope.words {
        link.insert("q".to_owned(), words.clone());
    }
    Some(link)
}

/// The address of the page that lists these cases.
fn address_of(base: &str, cases: &CaseLink) -> String {
    let pairs: Vec<String> = cases
        .iter()
        .map(|(key, value)| format!("{key}={}", escape(value)))
        .collect();
    format!("{base}/inbox?{}", pairs.join("&"))
}

fn escape(value: &str) -> String {
    let mut escaped = String::with_capacity(value.len());
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            escaped.push(char::from(byte));
        } else {
            escaped.push_str(&format!("%{byte:02X}"));
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_hold_what_addresses_cannot() {
        let cases = CaseLink::from([("product".to_owned(), "充电宝 2&3".to_owned())]);
        let address = address_of("https://desk.example", &cases);
        assert_eq!(
            address,
            "https://desk.example/inbox?product=%E5%85%85%E7%94%B5%E5%AE%9D%202%263"
        );
    }
}
