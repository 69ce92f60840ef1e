//! The tree of causes (F4): written down by people, measured before and after, told to the customers hurt.

use std::sync::Arc;

use domain::{Bilingual, Language, Subject, Timestamp, Vocabulary};
use insight::{DAY_MS, Gap, rate_ratio};
use serde::{Deserialize, Serialize};
use store::{CaseFilter, CaseQuery, CaseRow, CaseSort, RootCauseRecord, SliceCount, StoreError};
use wire::{
    case::Person,
    insight::{
        Period,
        root_cause::{CauseStatus, CauseWords, Effect, RootCause, RootCauseList, Told, nothing_to_tell},
    },
    progress::PreventionRequest,
    time::rfc3339,
};

use super::{
    facts::slice_value,
    show::{count, figure, pick},
};
use crate::{App, AppError, Caller, Code, Verb, dashboard::CHINA_OFFSET_MINUTES, limits, permission, secret};

/// The longest time before and after an action that is compared, in days.
const WINDOW_DAYS: i64 = 56;

/// What the store keeps of a cause.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Written {
    words: CauseWords,
    #[serde(default)]
    told: Option<Told>,
}

impl App {
    /// All causes with their cases and effects.
    pub async fn root_causes(&self, caller: &Caller, language: Language) -> Result<RootCauseList, AppError> {
        permission::require(caller.role, Verb::ListRootCauses)?;
        let records = self.store().root_causes().await?;
        let items = self.show_causes(records, language).await?;
        Ok(RootCauseList { items })
    }

    /// Writes a cause down.
    pub async fn add_root_cause(
        &self,
        caller: &Caller,
        words: CauseWords,
        language: Language,
    ) -> Result<RootCause, AppError> {
        permission::require(caller.role, Verb::AddRootCause)?;
        let now = self.now();
        let id = secret::new_id(now, self.randomness());
        self.check_cause(&id, &words).await?;
        let record = RootCauseRecord {
            id,
            parent: words.parent.clone(),
            version: 1,
            created_at: now,
            updated_at: now,
            body: to_json(&Written { words, told: None })?,
        };
        self.store().create_root_cause(&record).await?;
        self.note_audit(&caller.person.id.0, "cause_added", &record.id, &record.body)
            .await?;
        self.show_cause(record, language).await
    }

    /// Changes a cause that still stands at the version seen.
    pub async fn change_root_cause(
        &self,
        caller: &Caller,
        id: &str,
        version: u32,
        words: CauseWords,
        language: Language,
    ) -> Result<RootCause, AppError> {
        permission::require(caller.role, Verb::ChangeRootCause)?;
        let before = self.find_cause(id).await?;
        self.check_cause(id, &words).await?;
        let told = read(&before)?.told;
        let record = RootCauseRecord {
            parent: words.parent.clone(),
            version: version.saturating_add(1),
            updated_at: self.now(),
            body: to_json(&Written { words, told })?,
            ..before
        };
        self.store().update_root_cause(&record).await?;
        self.note_audit(&caller.person.id.0, "cause_changed", &record.id, &record.body)
            .await?;
        self.show_cause(record, language).await
    }

    /// Tells the customers hurt what keeps it from happening again (D9). Whoever was told already is not told again, so a
    /// request that failed half-way can be repeated; the other ones' cases say so in their history.
    pub async fn tell_customers(
        &self,
        caller: &Caller,
        id: &str,
        version: u32,
        language: Language,
    ) -> Result<RootCause, AppError> {
        permission::require(caller.role, Verb::TellCustomers)?;
        let before = self.find_cause(id).await?;
        if before.version != version {
            return Err(AppError::Store(StoreError::Stale {
                current_version: before.version,
            }));
        }
        let words = read(&before)?.words;
        let filter = words.link().map(|_| filter_of(&words));
        let (Some(filter), false) = (filter, words.prevention.trim().is_empty()) else {
            return Err(AppError::Told(Code::RuleViolated, nothing_to_tell()));
        };
        self.note_audit(&caller.person.id.0, "cause_told", id, &words.prevention)
            .await?;
        let mut told = Told {
            at: rfc3339(self.now()),
            by: caller.person.name.clone(),
            words: words.prevention.clone(),
            messaged: 0,
            already: 0,
            unreached: 0,
        };
        let asked = PreventionRequest {
            action: words.prevention.clone(),
            message: Some(words.prevention),
        };
        for row in self.newest_rows(filter).await? {
            let Some(case) = self.store().case(&row.id).await? else {
                continue;
            };
            if case.preventions.contains(&asked.action) {
                told.already += 1;
                continue;
            }
            match self.tell_one(&case, caller, &asked).await {
                Ok(()) => told.messaged += 1,
                // The words themselves are at fault: nobody gets them.
                Err(AppError::MessageBlocked(errors)) if told.messaged == 0 => {
                    return Err(AppError::MessageBlocked(errors));
                }
                Err(AppError::Store(error)) if !matches!(error, StoreError::Stale { .. }) => {
                    return Err(AppError::Store(error));
                }
                // A rule of the desk said no to this case; the others are told all the same.
                Err(_) => told.unreached += 1,
            }
        }
        let record = self.keep_told(id, told).await?;
        self.show_cause(record, language).await
    }

    /// Keeps what was told beside whatever somebody has written meanwhile.
    async fn keep_told(&self, id: &str, told: Told) -> Result<RootCauseRecord, AppError> {
        for last in [false, false, true] {
            let before = self.find_cause(id).await?;
            let written = Written {
                told: Some(told.clone()),
                ..read(&before)?
            };
            let record = RootCauseRecord {
                version: before.version.saturating_add(1),
                updated_at: self.now(),
                body: to_json(&written)?,
                ..before
            };
            match self.store().update_root_cause(&record).await {
                Ok(()) => return Ok(record),
                Err(StoreError::Stale { .. }) if !last => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(AppError::Plain(Code::Failed))
    }

    async fn newest_rows(&self, filter: CaseFilter) -> Result<Vec<CaseRow>, AppError> {
        let query = CaseQuery {
            filter,
            sort: CaseSort::OpenedDescending,
            cursor: None,
            limit: limits::TOLD_CASES,
        };
        Ok(self.store().list(&query).await?.rows)
    }

    async fn find_cause(&self, id: &str) -> Result<RootCauseRecord, AppError> {
        let found = self.store().root_cause(id).await?;
        found.ok_or_else(|| AppError::not_found("原因", "cause"))
    }

    /// A parent must exist and may not stand under the cause itself; an owner must be a colleague.
    async fn check_cause(&self, id: &str, words: &CauseWords) -> Result<(), AppError> {
        if let Some(owner) = words.owner_id() {
            self.person(&owner, "owner").await?;
        }
        let mut above = words.parent.clone();
        for _ in 0..limits::CAUSE_DEPTH {
            let Some(parent) = above.clone() else {
                return Ok(());
            };
            if parent == id {
                return Err(AppError::field(
                    "parent",
                    "不能放在自己或自己的下级之下",
                    "a cause cannot stand under itself",
                ));
            }
            let record = self.store().root_cause(&parent).await?;
            let record = record.ok_or_else(|| {
                AppError::field(
                    "parent",
                    "没有这个上级原因",
                    "there is no such cause to stand under",
                )
            })?;
            above = record.parent;
        }
        let most = limits::CAUSE_DEPTH;
        match above {
            Some(_) => Err(AppError::field(
                "parent",
                format!("原因最多 {most} 层，请放在较高的一层"),
                format!("causes stand {most} deep at most; put it under a higher one"),
            )),
            None => Ok(()),
        }
    }

    async fn show_cause(&self, record: RootCauseRecord, language: Language) -> Result<RootCause, AppError> {
        let mut shown = self.show_causes(vec![record], language).await?;
        shown.pop().ok_or(AppError::Plain(Code::Failed))
    }

    /// Causes with their cases, counted in one pass over all cases, and their effects.
    async fn show_causes(
        &self,
        records: Vec<RootCauseRecord>,
        language: Language,
    ) -> Result<Vec<RootCause>, AppError> {
        if records.is_empty() {
            return Ok(Vec::new());
        }
        let counts = self.slices().await?;
        let mut shown = Vec::with_capacity(records.len());
        for record in records {
            shown.push(self.show_counted(record, &counts, language).await?);
        }
        Ok(shown)
    }

    /// The cases by what causes are named for; kept while nothing has changed.
    async fn slices(&self) -> Result<Arc<Vec<SliceCount>>, AppError> {
        let count = |app: App| async move { Ok(app.store().slices().await?) };
        self.learn("slices".to_owned(), count).await
    }

    async fn show_counted(
        &self,
        record: RootCauseRecord,
        counts: &[SliceCount],
        language: Language,
    ) -> Result<RootCause, AppError> {
        let Written { words, told } = read(&record)?;
        let link = words.link();
        let filter = filter_of(&words);
        let cases = match &link {
            Some(_) => counts
                .iter()
                .filter(|slice| is_of(slice, &words))
                .map(|slice| slice.cases)
                .sum(),
            None => 0,
        };
        let effect = match (words.acted_at(), &link) {
            (Some(at), Some(_)) if words.status == CauseStatus::Acted => {
                Some(self.effect(&words, &filter, at, language).await?)
            }
            _ => None,
        };
        let owner_name = match words.owner_id() {
            Some(owner) => self.person(&owner, "owner").await.ok(),
            None => None,
        };
        let slice = link
            .iter()
            .flatten()
            .map(|(dimension, value)| slice_value(dimension, value, language));
        Ok(RootCause {
            slice: slice.collect(),
            cases: link,
            count: cases,
            effect,
            owner_name: owner_name.as_ref().map(Person::from),
            told,
            words,
            id: record.id,
            version: record.version,
            created_at: rfc3339(record.created_at),
            updated_at: rfc3339(record.updated_at),
        })
    }

    /// Cases per day since the action against those before it.
    async fn effect(
        &self,
        words: &CauseWords,
        filter: &CaseFilter,
        acted: Timestamp,
        language: Language,
    ) -> Result<Effect, AppError> {
        let [before, after] = windows(acted, self.now(), self.store().first_opened().await?);
        let mut counts = [0; 2];
        for (count, period) in counts.iter_mut().zip([before, after]) {
            let filter = CaseFilter {
                opened_from: Some(period.from),
                opened_to: Some(period.to),
                ..filter.clone()
            };
            *count = self.store().count(&filter).await? as usize;
        }
        let ratio = rate_ratio(
            (counts[1], after.days() as f64),
            (counts[0], before.days() as f64),
        );
        let link = |period: Period| {
            let mut link = words.link().unwrap_or_default();
            link.extend(period.link());
            link
        };
        Ok(Effect {
            before: count(counts[0]),
            before_days: before.days().unsigned_abs(),
            after: count(counts[1]),
            after_days: after.days().unsigned_abs(),
            verdict: verdict(&ratio, language),
            ratio: figure(&ratio, language),
            before_cases: link(before),
            after_cases: link(after),
        })
    }
}

/// Whole days only: today is not over, and before the first case of all nobody counted.
fn windows(acted: Timestamp, now: Timestamp, first: Option<Timestamp>) -> [Period; 2] {
    let begin_of = |at: Timestamp| {
        Timestamp(i64::from(super::facts::local_day(at)) * DAY_MS - i64::from(CHINA_OFFSET_MINUTES) * 60_000)
    };
    let earliest = first.map_or(acted, begin_of);
    let after = Period {
        from: acted,
        to: begin_of(now).min(acted.plus_ms(WINDOW_DAYS * DAY_MS)).max(acted),
    };
    let before = Period {
        from: acted.plus_ms(-WINDOW_DAYS * DAY_MS).max(earliest).min(acted),
        to: acted,
    };
    [before, after]
}

/// Whether the cases of a slice are of a cause.
fn is_of(slice: &SliceCount, words: &CauseWords) -> bool {
    let pairs = [
        (&words.topic, &slice.topic),
        (&words.product, &slice.product),
        (&words.site, &slice.site),
        (&words.batch, &slice.batch),
        (&words.team, &slice.team),
    ];
    pairs
        .into_iter()
        .all(|(asked, is)| asked.is_none() || asked == is)
}

fn verdict(ratio: &insight::Figure, language: Language) -> String {
    match ratio {
        Ok(ratio) if ratio.high() < 1.0 => pick(
            language,
            "措施之后投诉确有减少（区间不含 1）；减少也可能另有原因",
            "fewer complaints since the action (the interval leaves out 1); something else may have helped, too",
        ),
        Ok(ratio) if ratio.low() > 1.0 => pick(
            language,
            "措施之后投诉反而增多（区间不含 1）",
            "more complaints since the action (the interval leaves out 1)",
        ),
        Ok(_) => pick(
            language,
            "区间含 1，还看不出措施是否有效",
            "the interval holds 1: whether it helped cannot be told yet",
        ),
        Err(Gap::NoneBefore { .. }) => pick(
            language,
            "措施之前没有这类投诉，之后有：看不出减少",
            "none before the action and some since: nothing became fewer",
        ),
        Err(Gap::TooShort { .. }) => pick(
            language,
            "措施前后还没有完整的一天可比",
            "there is no whole day to compare before or since the action",
        ),
        Err(_) => pick(
            language,
            "前后件数太少，还无法比较",
            "too few cases before and after to compare them",
        ),
    }
}

fn filter_of(words: &CauseWords) -> CaseFilter {
    CaseFilter {
        topic: words.topic.as_deref().and_then(Subject::from_key),
        product: words.product.clone(),
        site: words.site.clone(),
        batch: words.batch.clone(),
        team: words.team.clone(),
        ..CaseFilter::default()
    }
}

fn read(record: &RootCauseRecord) -> Result<Written, AppError> {
    serde_json::from_str(&record.body).map_err(|error| {
        let what = format!("cause {}", record.id);
        AppError::Store(store::StoreError::Corrupt {
            what,
            because: error.to_string(),
        })
    })
}

fn to_json(written: &Written) -> Result<String, AppError> {
    serde_json::to_string(written).map_err(|_| {
        let words = Bilingual::new("无法写下这条原因", "the cause could not be written down");
        AppError::Told(Code::Failed, words)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_days_are_compared() {
        let day = |n: i64| Timestamp(n * DAY_MS - i64::from(CHINA_OFFSET_MINUTES) * 60_000);
        let now = day(110).plus_hours(15);
        let days = |first| windows(day(100), now, first).map(|period| period.days());
        assert_eq!(days(Some(day(0))), [56, 10], "today is not over");
        assert_eq!(
            days(Some(day(80).plus_hours(9))),
            [20, 10],
            "nobody counted before"
        );
        assert_eq!(days(None), [0, 10]);
        let late = windows(day(100), day(100).plus_hours(3), Some(day(0)));
        assert_eq!(late[1].days(), 0);
    }

    #[test]
    fn nothing_after_something_is_said_to_be_fewer() {
        let gone = rate_ratio((0, 30.0), (40, 56.0));
        assert!(verdict(&gone, Language::English).starts_with("fewer"));
        let new = rate_ratio((9, 30.0), (0, 56.0));
        assert!(verdict(&new, Language::English).starts_with("none before"));
    }
}
