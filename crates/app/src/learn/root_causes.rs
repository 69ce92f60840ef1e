//! The tree of causes (F4): written down by people, measured before and after, told to the customers hurt.

use domain::{Bilingual, CaseState, Command, Language, Subject, Timestamp, Vocabulary};
use insight::{DAY_MS, rate_ratio};
use serde::{Deserialize, Serialize};
use store::{CaseFilter, CaseQuery, CaseRow, CaseSort, RootCauseRecord};
use wire::{
    case::Person,
    insight::{
        Period,
        root_cause::{CauseStatus, CauseWords, Effect, RootCause, RootCauseList, Told, nothing_to_tell},
    },
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
        let mut items = Vec::new();
        for record in self.store().root_causes().await? {
            items.push(self.show_cause(record, language).await?);
        }
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

    /// Tells the customers hurt what keeps it from happening again: open cases get a message, closed ones a follow-up.
    pub async fn tell_customers(
        &self,
        caller: &Caller,
        id: &str,
        language: Language,
    ) -> Result<RootCause, AppError> {
        permission::require(caller.role, Verb::TellCustomers)?;
        let before = self.find_cause(id).await?;
        let mut written = read(&before)?;
        let filter = written.words.link().map(|_| filter_of(&written.words));
        let (Some(filter), false) = (filter, written.words.prevention.trim().is_empty()) else {
            return Err(AppError::Told(Code::RuleViolated, nothing_to_tell()));
        };
        let mut told = Told {
            at: rfc3339(self.now()),
            by: caller.person.name.clone(),
            words: written.words.prevention.clone(),
            messaged: 0,
            followed_up: 0,
            unreached: 0,
        };
        for row in self.newest_rows(filter).await? {
            match self.tell_customer_of(caller, &row, &told.words).await {
                Ok(CaseState::Closed) => told.followed_up += 1,
                Ok(_) => told.messaged += 1,
                Err(AppError::Store(error)) => return Err(AppError::Store(error)),
                // A rule of the desk said no to this case; the others are told all the same.
                Err(_) => told.unreached += 1,
            }
        }
        written.told = Some(told);
        let record = RootCauseRecord {
            version: before.version.saturating_add(1),
            updated_at: self.now(),
            body: to_json(&written)?,
            ..before
        };
        self.store().update_root_cause(&record).await?;
        self.show_cause(record, language).await
    }

    async fn tell_customer_of(
        &self,
        caller: &Caller,
        row: &CaseRow,
        words: &str,
    ) -> Result<CaseState, AppError> {
        let command = match row.state {
            CaseState::Closed => Command::FollowUp {
                note: words.to_owned(),
                satisfied: None,
            },
            _ => Command::SendMessage {
                text: words.to_owned(),
                overrule: None,
            },
        };
        self.command(caller, &row.id.0, row.version, command, None)
            .await?;
        Ok(row.state)
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
        for _ in 0..limits::PASSWORD_QUEUE {
            let Some(parent) = above.clone() else {
                return Ok(());
            };
            if parent == id {
                break;
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
        match above {
            Some(_) => Err(AppError::field(
                "parent",
                "不能放在自己或自己的下级之下",
                "a cause cannot stand under itself",
            )),
            None => Ok(()),
        }
    }

    async fn show_cause(&self, record: RootCauseRecord, language: Language) -> Result<RootCause, AppError> {
        let Written { words, told } = read(&record)?;
        let link = words.link();
        let filter = filter_of(&words);
        let cases = match &link {
            Some(_) => self.store().count(&filter).await?,
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
        let tomorrow = Timestamp(
            (i64::from(super::facts::local_day(self.now())) + 1) * DAY_MS
                - i64::from(CHINA_OFFSET_MINUTES) * 60_000,
        );
        let after = Period {
            from: acted,
            to: tomorrow.min(acted.plus_ms(WINDOW_DAYS * DAY_MS)).max(acted),
        };
        let before = Period {
            from: acted.plus_ms(-WINDOW_DAYS * DAY_MS),
            to: acted,
        };
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
