//! Conversations and the appeals against what was deducted for them.

use domain::{CaseId, Conversation, Timestamp, Vocabulary};

use crate::{
    Store, StoreError,
    db::{Value, values},
    record::{from_json, to_json},
};

/// A conversation on file.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredTalk {
    /// What was said; its id is the key.
    pub conversation: Conversation,
    /// How often it was written.
    pub version: u32,
    /// Whether it is demonstration data.
    pub demo: bool,
    /// When it began.
    pub started_at: Timestamp,
    /// When it was last written.
    pub updated_at: Timestamp,
}

/// Which conversations are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TalksOf<'q> {
    /// All.
    Everybody,
    /// Those of one agent.
    Agent(&'q str),
    /// Those about one case.
    Case(&'q CaseId),
}

/// What was decided upon an appeal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppealDecision {
    /// Whether the deduction stands.
    pub upheld: bool,
    /// By whom, as a user id.
    pub by: String,
    /// Why.
    pub answer: String,
    /// When.
    pub at: Timestamp,
}

/// An appeal against what a rule took off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appeal {
    /// The conversation.
    pub conversation: String,
    /// The rule.
    pub rule: String,
    /// By whom, as a user id.
    pub by: String,
    /// Why.
    pub reason: String,
    /// When.
    pub at: Timestamp,
    /// What was decided; nothing while it waits.
    pub decision: Option<AppealDecision>,
}

/// Version, demo, started, updated, body.
type TalkRow = (i64, bool, i64, i64, String);
/// Conversation, rule, by, reason, at, upheld, decided by, answer, decided at.
type AppealRow = (
    String,
    String,
    String,
    String,
    i64,
    Option<bool>,
    Option<String>,
    Option<String>,
    Option<i64>,
);
const APPEAL: &str =
    "conversation, rule, by_whom, reason, appealed_at, upheld, decided_by, answer, decided_at FROM appeals";

impl Store {
    /// Stores a conversation. `expected` is the version that was read, 0 for a new one; false when it has changed since
    /// or exists already.
    pub async fn put_talk(&self, talk: &StoredTalk, expected: u32) -> Result<bool, StoreError> {
        let conversation = &talk.conversation;
        let body = to_json(conversation)?;
        let (sql, bound) = if expected == 0 {
            let sql = "INSERT INTO conversations \
                       (id, agent, channel, version, demo, started_at, updated_at, body, case_id) \
                       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (id) DO NOTHING";
            let bound = values![
                conversation.id.as_str(),
                conversation.agent.as_deref(),
                conversation.channel.key(),
                1u32,
                talk.demo,
                talk.started_at.0,
                talk.updated_at.0,
                body,
                conversation.case.as_ref().map(|case| case.0.as_str())
            ];
            (sql, bound)
        } else {
            let sql = "UPDATE conversations SET version = version + 1, updated_at = $1, body = $2 \
                       WHERE id = $3 AND version = $4";
            (
                sql,
                values![talk.updated_at.0, body, conversation.id.as_str(), expected],
            )
        };
        Ok(self.execute(sql, bound).await? == 1)
    }

    /// The conversation, or nothing.
    pub async fn talk(&self, id: &str) -> Result<Option<StoredTalk>, StoreError> {
        let sql = "SELECT version, demo, started_at, updated_at, body FROM conversations WHERE id = $1";
        let found: Option<TalkRow> = self.db().fetch_first(sql, values![id]).await?;
        found.map(talk).transpose()
    }

    /// The newest conversations of those that are asked for.
    pub async fn talks(&self, which: TalksOf<'_>, limit: u32) -> Result<Vec<StoredTalk>, StoreError> {
        let (which, bound): (&str, Vec<Value>) = match which {
            TalksOf::Agent(agent) => ("WHERE agent = $2", values![limit, agent]),
            TalksOf::Case(case) => ("WHERE case_id = $2", values![limit, case.0.as_str()]),
            TalksOf::Everybody => ("", values![limit]),
        };
        let sql = format!(
            "SELECT version, demo, started_at, updated_at, body FROM conversations {which} \
             ORDER BY started_at DESC, id LIMIT $1"
        );
        let rows: Vec<TalkRow> = self.db().fetch(&sql, bound).await?;
        rows.into_iter().map(talk).collect()
    }

    /// Deletes the conversations about a case and the appeals against what was deducted for them.
    pub async fn delete_talks(&self, case: &CaseId) -> Result<(), StoreError> {
        let appeals =
            "DELETE FROM appeals WHERE conversation IN (SELECT id FROM conversations WHERE case_id = $1)";
        self.execute(appeals, values![case.0.as_str()]).await?;
        let talks = "DELETE FROM conversations WHERE case_id = $1";
        self.execute(talks, values![case.0.as_str()]).await?;
        Ok(())
    }

    /// Files an appeal; false when there is one already.
    pub async fn file_appeal(&self, appeal: &Appeal) -> Result<bool, StoreError> {
        let sql = "INSERT INTO appeals (conversation, rule, by_whom, reason, appealed_at) \
                   VALUES ($1, $2, $3, $4, $5) ON CONFLICT (conversation, rule) DO NOTHING";
        let bound = values![
            appeal.conversation.as_str(),
            appeal.rule.as_str(),
            appeal.by.as_str(),
            appeal.reason.as_str(),
            appeal.at.0
        ];
        Ok(self.execute(sql, bound).await? == 1)
    }

    /// Decides an appeal that waits; false when there is none.
    pub async fn decide_appeal(
        &self,
        conversation: &str,
        rule: &str,
        decision: &AppealDecision,
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE appeals SET upheld = $1, decided_by = $2, answer = $3, decided_at = $4 \
                   WHERE conversation = $5 AND rule = $6 AND decided_at IS NULL";
        let bound = values![
            decision.upheld,
            decision.by.as_str(),
            decision.answer.as_str(),
            decision.at.0,
            conversation,
            rule
        ];
        Ok(self.execute(sql, bound).await? == 1)
    }

    /// The appeals, newest first; of one conversation when given.
    pub async fn appeals(&self, conversation: Option<&str>, limit: u32) -> Result<Vec<Appeal>, StoreError> {
        let (which, bound) = match conversation {
            Some(id) => ("WHERE conversation = $2", values![limit, id]),
            None => ("", values![limit]),
        };
        let sql = format!("SELECT {APPEAL} {which} ORDER BY appealed_at DESC, rule LIMIT $1");
        let rows: Vec<AppealRow> = self.db().fetch(&sql, bound).await?;
        Ok(rows.into_iter().map(appeal).collect())
    }
}

fn talk((version, demo, started_at, updated_at, body): TalkRow) -> Result<StoredTalk, StoreError> {
    Ok(StoredTalk {
        conversation: from_json(&body, || "a conversation".to_owned())?,
        version: u32::try_from(version).unwrap_or(u32::MAX),
        demo,
        started_at: Timestamp(started_at),
        updated_at: Timestamp(updated_at),
    })
}

fn appeal((conversation, rule, by, reason, at, upheld, decided_by, answer, decided_at): AppealRow) -> Appeal {
    let decision = decided_at.map(|at| AppealDecision {
        upheld: upheld.unwrap_or(true),
        by: decided_by.unwrap_or_default(),
        answer: answer.unwrap_or_default(),
        at: Timestamp(at),
    });
    Appeal {
        conversation,
        rule,
        by,
        reason,
        at: Timestamp(at),
        decision,
    }
}
