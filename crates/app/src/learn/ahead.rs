//! The answers that the pages of insight open with, worked out before anybody waits for them.

use std::time::Duration;

use domain::{Language, Person, Role, Timestamp, UserId};
use store::CaseFilter;
use tokio::time::sleep;
use wire::insight::{
    PeriodParams, USUAL_DAYS, breakdown::BreakdownParams, causes::CauseParams, economics::EconomicsParams,
    report::ReportParams,
};

use super::facts::local_day;
use crate::{App, AppError, Caller, Credential, limits};

impl App {
    /// Keeps those answers at hand as long as the server runs: after the start, when a new day begins, and before they
    /// grow old. Each server does so for itself, since answers are kept in memory.
    pub async fn run_ahead(self) {
        let mut last: Option<Timestamp> = None;
        loop {
            sleep(Duration::from_millis(limits::AHEAD_PAUSE_MS)).await;
            let now = self.now();
            let is_due = |last: Timestamp| {
                local_day(last) != local_day(now) || now.since_ms(last) >= limits::AHEAD_EVERY_MS
            };
            if last.is_none_or(is_due) {
                last = Some(now);
                if let Err(error) = self.learn_ahead(limits::AHEAD_CASES).await {
                    tracing::warn!(
                        error = &error as &dyn std::error::Error,
                        "what pages open with could not be worked out ahead"
                    );
                }
            }
        }
    }

    /// Works out what the pages open with, in the languages of the accounts, one answer after the other. On a desk with
    /// fewer cases than `least` nobody would wait, so nothing is done. Answers how many pages were seen to.
    pub async fn learn_ahead(&self, least: u64) -> Result<usize, AppError> {
        if self.store().count(&CaseFilter::default()).await? < least {
            return Ok(0);
        }
        let users = self.store().users().await?;
        let languages = [Language::Chinese, Language::English]
            .into_iter()
            .filter(|language| users.iter().any(|user| user.language == *language));
        let languages: Vec<Language> = languages.collect();
        let caller = itself();
        self.learned().grow_old(self.now());
        let now = self.now();
        let mut pages = 0;
        // Read once for all that is asked about this period.
        let period = PeriodParams::default().parse(USUAL_DAYS, now)?;
        let facts = self.facts(period).await?;
        for &language in &languages {
            self.causes(&caller, CauseParams::default().parse(now)?, language)
                .await?;
            self.lessons(&caller, period, language).await?;
            self.economics(&caller, EconomicsParams::default().parse(now)?, language)
                .await?;
            self.satisfaction(&caller, period, language).await?;
            self.process(&caller, period, language).await?;
            self.breakdown(&caller, BreakdownParams::default().parse(now)?, language)
                .await?;
            self.outbreaks(&caller, language).await?;
            self.silent_leavers(&caller, language).await?;
            self.renewals().await;
            pages += 8;
        }
        drop(facts);
        for &language in &languages {
            self.report(&caller, ReportParams::default().parse(now)?, language)
                .await?;
            self.renewals().await;
            pages += 1;
        }
        Ok(pages)
    }

    /// Waits until nothing is worked out behind the readers any more.
    async fn renewals(&self) {
        while self.learned().is_renewing() {
            sleep(Duration::from_millis(limits::AHEAD_LOOK_MS)).await;
        }
    }
}

/// The product itself, which may read what any page shows.
fn itself() -> Caller {
    Caller {
        person: Person {
            id: UserId(String::new()),
            name: String::new(),
        },
        login: String::new(),
        role: Role::Admin,
        team: None,
        language: Language::Chinese,
        credential: Credential::Local,
    }
}
