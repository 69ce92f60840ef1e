//! Reports that the clock made, kept so that last month's can be read again.

use domain::Timestamp;

use crate::{Store, StoreError, db::values};

/// A report as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredReport {
    /// The days it covers.
    pub days: u32,
    /// Its last day, counted from 1970-01-01.
    pub until_day: i32,
    /// The key of its language.
    pub language: String,
    /// When it was made.
    pub made_at: Timestamp,
    /// What it says, as JSON.
    pub body: String,
}

/// Days, last day, language, made at, body.
type ReportRow = (i64, i64, String, i64, String);
const REPORT: &str = "days, until_day, language, made_at, body";

impl Store {
    /// Stores a report in the place of the one for the same days and language.
    pub async fn put_report(&self, report: &StoredReport) -> Result<(), StoreError> {
        let sql = format!(
            "INSERT INTO reports ({REPORT}) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (days, until_day, language) \
             DO UPDATE SET made_at = excluded.made_at, body = excluded.body"
        );
        let bound = values![
            report.days,
            i64::from(report.until_day),
            report.language.as_str(),
            report.made_at.0,
            report.body.as_str()
        ];
        self.execute(sql, bound).await.map(drop)
    }

    /// The newest reports in a language, at most `limit`.
    pub async fn reports(&self, language: &str, limit: u32) -> Result<Vec<StoredReport>, StoreError> {
        let sql = format!(
            "SELECT {REPORT} FROM reports WHERE language = $1 ORDER BY until_day DESC, days LIMIT $2"
        );
        let rows: Vec<ReportRow> = self.db().fetch(&sql, values![language, limit]).await?;
        Ok(rows.into_iter().map(report).collect())
    }

    /// The reports whose text holds these letters.
    pub async fn reports_holding(&self, letters: &str) -> Result<Vec<StoredReport>, StoreError> {
        let sql = format!(
            "SELECT {REPORT} FROM reports WHERE body LIKE $1 ESCAPE '\\' ORDER BY until_day, days, language"
        );
        let rows: Vec<ReportRow> = self.db().fetch(&sql, values![pattern_of(letters)]).await?;
        Ok(rows.into_iter().map(report).collect())
    }

    /// The report for these days in a language, or nothing.
    pub async fn report(
        &self,
        days: u32,
        until_day: i32,
        language: &str,
    ) -> Result<Option<StoredReport>, StoreError> {
        let sql =
            format!("SELECT {REPORT} FROM reports WHERE days = $1 AND until_day = $2 AND language = $3");
        let found: Option<ReportRow> = self
            .db()
            .fetch_first(&sql, values![days, i64::from(until_day), language])
            .await?;
        Ok(found.map(report))
    }
}

fn report((days, until_day, language, made_at, body): ReportRow) -> StoredReport {
    StoredReport {
        days: u32::try_from(days).unwrap_or_default(),
        until_day: i32::try_from(until_day).unwrap_or_default(),
        language,
        made_at: Timestamp(made_at),
        body,
    }
}

/// What finds the letters anywhere in a text.
fn pattern_of(letters: &str) -> String {
    let mut pattern = String::from("%");
    for letter in letters.chars() {
        if "%_\\".contains(letter) {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern + "%"
}
