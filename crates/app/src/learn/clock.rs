//! Reports made by the clock: daily, weekly, monthly, in both languages, each once, after its last day has ended.

use domain::{Language, Timestamp};
use insight::{DAY_MS, date_words};
use serde_json::Value;
use store::StoredReport;
use wire::{
    insight::report::{KeptReport, Report, ReportQuery, ReportSchedule, ReportShelf},
    time::{china_day, parse_day},
};

use super::{
    facts::local_day,
    show::{letter, moment},
};
use crate::{App, AppError, Caller, Code, Verb, limits, permission};

/// The setting that says which reports are made.
const SETTING: &str = "report_schedule";
/// 1970-01-01 was a Thursday, so a day divisible by seven is one, too; Sundays are three days on.
const SUNDAY: i32 = 3;

impl App {
    /// The reports kept, and which are made.
    pub async fn report_shelf(&self, caller: &Caller, language: Language) -> Result<ReportShelf, AppError> {
        permission::require(caller.role, Verb::ListReports)?;
        let kept = self
            .store()
            .reports(letter(language), limits::REPORTS_LISTED)
            .await?;
        let items = kept.into_iter().map(|report| KeptReport {
            days: report.days,
            until: date_words(report.until_day),
            made_at: moment(report.made_at),
            headline: headline_of(&report.body),
        });
        Ok(ReportShelf {
            schedule: self.report_schedule().await?,
            items: items.collect(),
        })
    }

    /// Says which reports are made from now on.
    pub async fn schedule_reports(
        &self,
        caller: &Caller,
        schedule: ReportSchedule,
        language: Language,
    ) -> Result<ReportShelf, AppError> {
        permission::require(caller.role, Verb::ScheduleReports)?;
        let json = serde_json::to_string(&schedule).map_err(|_| AppError::Plain(Code::Failed))?;
        self.store().set_setting(SETTING, &json).await?;
        self.note_audit(&caller.person.id.0, "schedule_reports", SETTING, &json)
            .await?;
        self.make_due_reports().await?;
        self.report_shelf(caller, language).await
    }

    async fn report_schedule(&self) -> Result<ReportSchedule, AppError> {
        let stored = self.store().setting(SETTING).await?;
        Ok(stored
            .and_then(|json| serde_json::from_str(&json).ok())
            .unwrap_or_default())
    }

    /// Makes the reports that are due and not there yet; answers how many.
    pub async fn make_due_reports(&self) -> Result<usize, AppError> {
        let schedule = self.report_schedule().await?;
        let mut made = 0;
        for (days, until_day) in due(schedule, self.now()) {
            for language in [Language::Chinese, Language::English] {
                let known = self.store().report(days, until_day, letter(language)).await?;
                if known.is_none() {
                    self.keep_report(days, until_day, language).await?;
                    made += 1;
                }
            }
        }
        Ok(made)
    }

    async fn keep_report(&self, days: u32, until_day: i32, language: Language) -> Result<(), AppError> {
        let until = parse_day(&date_words(until_day)).ok_or(AppError::Plain(Code::Failed))?;
        let report = self.made_report(ReportQuery { days, until }, language).await?;
        let body = kept_body(&report.shown)?;
        let stored = StoredReport {
            days,
            until_day,
            language: letter(language).to_owned(),
            made_at: self.now(),
            body,
        };
        Ok(self.store().put_report(&stored).await?)
    }
}

impl App {
    /// Takes the words of customers and the cases named out of reports that were kept with them; answers how many.
    pub(crate) async fn clean_reports(&self) -> Result<usize, AppError> {
        let mut cleaned = 0;
        for words in WORDS {
            for report in self.store().reports_holding(words).await? {
                let body = without_words(&report.body);
                self.store().put_report(&StoredReport { body, ..report }).await?;
                cleaned += 1;
            }
        }
        Ok(cleaned)
    }
}

/// How a stored report begins to quote or to name cases.
const WORDS: [&str; 2] = ["\"quotes\":[\"", "\"named\":[{"];

/// A stored report without words and cases; nothing of one that cannot be read.
fn without_words(body: &str) -> String {
    let mut value: Value = serde_json::from_str(body).unwrap_or_default();
    let findings = value.get_mut("findings").and_then(Value::as_array_mut);
    for finding in findings.into_iter().flatten() {
        for field in ["quotes", "named"] {
            if let Some(words) = finding.get_mut(field) {
                *words = Value::Array(Vec::new());
            }
        }
    }
    match value.is_object() {
        true => value.to_string(),
        false => "{}".to_owned(),
    }
}

/// What is kept of a report: its numbers and statements. The words of customers and the cases named are read anew from
/// the cases whenever it is opened, so that nothing of an erased case stays here.
fn kept_body(report: &Report) -> Result<String, AppError> {
    let mut kept = report.clone();
    for finding in &mut kept.findings {
        finding.quotes.clear();
        finding.named.clear();
    }
    serde_json::to_string(&kept).map_err(|_| AppError::Plain(Code::Failed))
}

fn headline_of(body: &str) -> String {
    let value: Value = serde_json::from_str(body).unwrap_or_default();
    value["findings"][0]["headline"]
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

/// The days and the last day of the newest report of each kind that is asked for.
fn due(schedule: ReportSchedule, now: Timestamp) -> Vec<(u32, i32)> {
    let yesterday = local_day(now) - 1;
    let mut due = Vec::new();
    if schedule.daily {
        due.push((1, yesterday));
    }
    if schedule.weekly {
        due.push((7, yesterday - (yesterday - SUNDAY).rem_euclid(7)));
    }
    if schedule.monthly {
        let into_month = china_day(now).map_or(1, |today| i32::from(today.day()));
        let last = Timestamp(now.0 - i64::from(into_month) * DAY_MS);
        let days = china_day(last).map_or(30, |day| u32::from(day.day()));
        due.push((days, local_day(last)));
    }
    due
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_keeps_its_numbers_without_words() {
        let body =
            r#"{"complaints":7,"findings":[{"headline":"突发","quotes":["赵铁柱说"],"named":[{"id":"a"}]}]}"#;
        let clean = without_words(body);
        assert!(
            clean.contains("突发") && clean.contains("\"complaints\":7"),
            "{clean}"
        );
        assert!(!clean.contains("赵铁柱") && !clean.contains("\"id\""), "{clean}");
        assert_eq!(without_words("赵铁柱"), "{}");
        assert_eq!(headline_of(&clean), "突发");
    }

    #[test]
    fn reports_are_due_after_their_last_day() {
        let all = ReportSchedule {
            daily: true,
            weekly: true,
            monthly: true,
        };
        let check = |now: &str, expected: [&str; 3], month: u32| {
            let due = due(all, wire::time::parse_rfc3339(now).unwrap());
            let days: Vec<u32> = due.iter().map(|(days, _)| *days).collect();
            let until: Vec<String> = due.iter().map(|(_, day)| date_words(*day)).collect();
            assert_eq!(
                (days, until),
                (vec![1, 7, month], expected.map(str::to_owned).to_vec()),
                "{now}"
            );
        };
        // A Sunday; the week before ended on the fifteenth.
        check(
            "2026-11-22T10:00:00+08:00",
            ["2026-11-21", "2026-11-15", "2026-10-31"],
            31,
        );
        check(
            "2026-11-23T00:00:01+08:00",
            ["2026-11-22", "2026-11-22", "2026-10-31"],
            31,
        );
        check(
            "2026-12-01T08:00:00+08:00",
            ["2026-11-30", "2026-11-29", "2026-11-30"],
            30,
        );
        check(
            "2027-03-02T08:00:00+08:00",
            ["2027-03-01", "2027-02-28", "2027-02-28"],
            28,
        );
        assert!(due(ReportSchedule::default(), Timestamp(0)).is_empty());
    }
}
