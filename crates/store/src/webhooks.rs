//! Who is told of what, and how far: the history is the outbox, and each subscription keeps its place in it.

use domain::Timestamp;

use crate::{NewJob, Store, StoreError, db::values, jobs::insert_jobs};

/// A subscription to events of cases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Webhook {
    /// The identity.
    pub id: String,
    /// Where to send.
    pub url: String,
    /// What to sign with; the receiver knows it, too.
    pub secret: String,
    /// Kinds of events; none means all.
    pub kinds: Vec<String>,
    /// Whether it is told now. What happens meanwhile is told later.
    pub active: bool,
    /// The last event that was made into jobs.
    pub place: i64,
    /// Who made it.
    pub made_by: String,
    /// When.
    pub created_at: Timestamp,
}

/// Id, URL, secret, kinds, active, place, maker, made at.
type WebhookRow = (String, String, String, String, bool, i64, String, i64);
const WEBHOOK: &str = "id, url, secret, kinds, active, place, made_by, created_at";

/// The pool of the jobs of a subscription; those of one that is not active are left where they are.
pub fn webhook_pool(id: &str) -> String {
    format!("webhook:{id}")
}

/// Keeps the jobs of subscriptions that are not active out of what is due.
pub(crate) const AWAKE: &str =
    "NOT EXISTS (SELECT 1 FROM webhooks w WHERE NOT w.active AND pool = 'webhook:' || w.id)";

impl Store {
    /// Stores a new subscription.
    pub async fn add_webhook(&self, webhook: &Webhook) -> Result<(), StoreError> {
        let sql = format!("INSERT INTO webhooks ({WEBHOOK}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)");
        let bound = values![
            webhook.id.as_str(),
            webhook.url.as_str(),
            webhook.secret.as_str(),
            webhook.kinds.join(" "),
            webhook.active,
            webhook.place,
            webhook.made_by.as_str(),
            webhook.created_at.0
        ];
        self.execute(sql, bound).await.map(drop)
    }

    /// All subscriptions, oldest first.
    pub async fn webhooks(&self) -> Result<Vec<Webhook>, StoreError> {
        let sql = format!("SELECT {WEBHOOK} FROM webhooks ORDER BY created_at, id");
        let rows: Vec<WebhookRow> = self.db().fetch(&sql, values![]).await?;
        Ok(rows.into_iter().map(webhook).collect())
    }

    /// The subscription, or nothing.
    pub async fn webhook(&self, id: &str) -> Result<Option<Webhook>, StoreError> {
        let sql = format!("SELECT {WEBHOOK} FROM webhooks WHERE id = $1");
        let found: Option<WebhookRow> = self.db().fetch_first(&sql, values![id]).await?;
        Ok(found.map(webhook))
    }

    /// Changes where, what and whether is told; place and secret stay. `NotFound` when there is none.
    pub async fn change_webhook(&self, webhook: &Webhook) -> Result<(), StoreError> {
        let sql = "UPDATE webhooks SET url = $2, kinds = $3, active = $4 WHERE id = $1";
        let (id, url) = (webhook.id.as_str(), webhook.url.as_str());
        let bound = values![id, url, webhook.kinds.join(" "), webhook.active];
        found(self.execute(sql, bound).await?)
    }

    /// Sets the place in the history from which on is told; earlier events are told again. `NotFound` when there is
    /// none.
    pub async fn place_webhook(&self, id: &str, place: i64) -> Result<(), StoreError> {
        let sql = "UPDATE webhooks SET place = $2 WHERE id = $1";
        found(self.execute(sql, values![id, place]).await?)
    }

    /// Removes a subscription with everything that waits to be told; the log of what was told goes with it.
    pub async fn remove_webhook(&self, id: &str, pool: &str) -> Result<(), StoreError> {
        let (id, pool) = (id.to_owned(), pool.to_owned());
        let removed = self.write(move |conn| {
            Box::pin(async move {
                let sql = "DELETE FROM job_attempts WHERE job IN (SELECT id FROM jobs WHERE pool = $1)";
                conn.execute(sql, values![pool.as_str()]).await?;
                conn.execute("DELETE FROM jobs WHERE pool = $1", values![pool])
                    .await?;
                conn.execute("DELETE FROM webhooks WHERE id = $1", values![id])
                    .await
            })
        });
        found(removed.await?)
    }

    /// Queues what events up to `to` ask for and moves the place there, in one transaction; does nothing when the
    /// place is no longer `from`, because another process was first. Answers whether it did.
    pub async fn advance_webhook(
        &self,
        id: &str,
        (from, to): (i64, i64),
        jobs: Vec<NewJob>,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let id = id.to_owned();
        self.write(move |conn| {
            Box::pin(async move {
                let sql = "UPDATE webhooks SET place = $3 WHERE id = $1 AND place = $2 AND active";
                if conn.execute(sql, values![id, from, to]).await? == 0 {
                    return Ok(false);
                }
                insert_jobs(conn, jobs, now).await?;
                Ok(true)
            })
        })
        .await
    }
}

fn found(touched: u64) -> Result<(), StoreError> {
    match touched {
        0 => Err(StoreError::NotFound { what: "webhook" }),
        _ => Ok(()),
    }
}

fn webhook((id, url, secret, kinds, active, place, made_by, created_at): WebhookRow) -> Webhook {
    Webhook {
        id,
        url,
        secret,
        kinds: kinds.split_whitespace().map(str::to_owned).collect(),
        active,
        place,
        made_by,
        created_at: Timestamp(created_at),
    }
}
