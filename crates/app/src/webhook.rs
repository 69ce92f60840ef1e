//! Webhooks: who is told of which events, what is told, and what was told.

use std::collections::HashMap;

use channels::{Courier, Parcel, Target};
use domain::CaseId;
use serde_json::{Value, json};
use store::{Job, JobFilter, NewJob, StoredEvent, webhook_pool};
use wire::{
    event::kind_of,
    job::{JobQuery, json_of},
    time::rfc3339,
    webhook::{Delivery, DeliveryList, Webhook, WebhookChange, WebhookEvent, WebhookList, WebhookRequest},
};

use crate::{
    App, AppError, Caller, Verb,
    jobs::{Tried, WEBHOOK, cursor_of, job_of, next_cursor, rows_of, state_of},
    limits, permission, secret,
};

impl App {
    /// All subscriptions, without their secrets.
    pub async fn list_webhooks(&self, caller: &Caller) -> Result<WebhookList, AppError> {
        permission::require(caller.role, Verb::ListWebhooks)?;
        let items = self.store().webhooks().await?;
        Ok(WebhookList {
            items: items.iter().map(|webhook| shown(webhook, false)).collect(),
        })
    }

    /// Makes a subscription to what happens from now on; the secret is shown this once.
    pub async fn add_webhook(&self, caller: &Caller, request: &WebhookRequest) -> Result<Webhook, AppError> {
        permission::require(caller.role, Verb::AddWebhook)?;
        self.check_target(&request.url)?;
        if self.store().webhooks().await?.len() >= limits::WEBHOOKS {
            let most = limits::WEBHOOKS;
            return Err(AppError::field(
                "url",
                format!("最多 {most} 个订阅"),
                format!("there are {most} subscriptions already"),
            ));
        }
        let now = self.now();
        let mut key = [0; 32];
        self.randomness().fill(&mut key);
        let webhook = store::Webhook {
            id: secret::new_id(now, self.randomness()),
            url: request.url.clone(),
            secret: channels::new_secret(&key),
            kinds: request.events.clone().unwrap_or_default(),
            active: true,
            place: self.store().last_sequence().await?,
            made_by: caller.person.id.0.clone(),
            created_at: now,
        };
        self.store().add_webhook(&webhook).await?;
        self.note_webhook(caller, "webhook_added", &webhook).await?;
        Ok(shown(&webhook, true))
    }

    /// Changes where, what and whether is told.
    pub async fn change_webhook(
        &self,
        caller: &Caller,
        id: &str,
        change: WebhookChange,
    ) -> Result<Webhook, AppError> {
        permission::require(caller.role, Verb::ChangeWebhook)?;
        let mut webhook = self.find_webhook(id).await?;
        if let Some(url) = change.url {
            self.check_target(&url)?;
            webhook.url = url;
        }
        webhook.kinds = change.events.unwrap_or(webhook.kinds);
        webhook.active = change.active.unwrap_or(webhook.active);
        self.store().change_webhook(&webhook).await?;
        self.note_webhook(caller, "webhook_changed", &webhook).await?;
        Ok(shown(&webhook, false))
    }

    /// Ends a subscription; what waits for it is dropped.
    pub async fn remove_webhook(&self, caller: &Caller, id: &str) -> Result<(), AppError> {
        permission::require(caller.role, Verb::RemoveWebhook)?;
        let webhook = self.find_webhook(id).await?;
        self.store().remove_webhook(id, &webhook_pool(id)).await?;
        self.note_webhook(caller, "webhook_removed", &webhook).await
    }

    /// Sends everything after a place in the history again, or skips to a later one.
    pub async fn replay_webhook(&self, caller: &Caller, id: &str, after: u64) -> Result<Webhook, AppError> {
        permission::require(caller.role, Verb::ReplayWebhook)?;
        let mut webhook = self.find_webhook(id).await?;
        let newest = self.store().last_sequence().await?;
        webhook.place = i64::try_from(after).unwrap_or(i64::MAX).min(newest);
        self.store().place_webhook(id, webhook.place).await?;
        self.note_webhook(caller, "webhook_replayed", &webhook).await?;
        Ok(shown(&webhook, false))
    }

    /// What was sent to a subscription, and what waits, newest first.
    pub async fn list_deliveries(
        &self,
        caller: &Caller,
        id: &str,
        query: JobQuery,
    ) -> Result<DeliveryList, AppError> {
        permission::require(caller.role, Verb::ListDeliveries)?;
        self.find_webhook(id).await?;
        let filter = JobFilter {
            pool: Some(webhook_pool(id)),
            state: state_of(query.state.as_deref())?,
            before: cursor_of(query.cursor.as_deref())?,
        };
        let limit = rows_of(query.limit)?;
        let rows = self.store().jobs(&filter, limit).await?;
        let items = rows.iter().map(|row| {
            let body = json_of(&row.body);
            Delivery {
                job: job_of(row),
                message: text_of(&body, "message").to_owned(),
                payload: json_of(text_of(&body, "payload")),
            }
        });
        Ok(DeliveryList {
            items: items.collect(),
            next_cursor: next_cursor(&rows, limit),
        })
    }

    async fn find_webhook(&self, id: &str) -> Result<store::Webhook, AppError> {
        let found = self.store().webhook(id).await?;
        found.ok_or_else(|| AppError::not_found("订阅", "webhook"))
    }

    fn check_target(&self, url: &str) -> Result<(), AppError> {
        let target = Target::parse(url, self.networks());
        target.map(drop).map_err(|error| {
            AppError::field(
                "url",
                format!("不能发送到这里：只发送到 https 的公网地址，或管理员放行的网络（{error}）"),
                format!("cannot be sent to: {error}"),
            )
        })
    }

    async fn note_webhook(
        &self,
        caller: &Caller,
        action: &str,
        webhook: &store::Webhook,
    ) -> Result<(), AppError> {
        let detail = json!({
            "url": webhook.url, "events": webhook.kinds, "active": webhook.active, "place": webhook.place,
        });
        self.note_audit(&caller.person.id.0, action, &webhook.id, &detail.to_string())
            .await
    }

    /// Makes jobs of what happened since each subscription was last looked at. Events and place move together, so
    /// that nothing is told twice or left out, whichever process does it.
    pub(crate) async fn queue_webhooks(&self) -> Result<(), AppError> {
        for mut webhook in self.store().webhooks().await? {
            while webhook.active {
                let events = self
                    .store()
                    .events_after(webhook.place, limits::OUTBOX_BATCH)
                    .await?;
                let Some(last) = events.last().map(|event| event.sequence) else {
                    break;
                };
                let jobs = self.messages_of(&webhook, &events).await?;
                let moved =
                    self.store()
                        .advance_webhook(&webhook.id, (webhook.place, last), jobs, self.now());
                if !moved.await? {
                    break;
                }
                webhook.place = last;
            }
        }
        Ok(())
    }

    async fn messages_of(
        &self,
        webhook: &store::Webhook,
        events: &[StoredEvent],
    ) -> Result<Vec<NewJob>, AppError> {
        let wanted = |event: &&StoredEvent| {
            let kind = kind_of(&event.event.kind);
            webhook.kinds.is_empty() || webhook.kinds.iter().any(|known| known == kind)
        };
        let mut courses: HashMap<CaseId, Vec<StoredEvent>> = HashMap::new();
        let mut jobs = Vec::new();
        for event in events.iter().filter(wanted) {
            if !courses.contains_key(&event.case) {
                courses.insert(event.case.clone(), self.store().events(&event.case).await?);
            }
            let Some(message) = courses
                .get(&event.case)
                .and_then(|course| message_of(event, course))
            else {
                continue;
            };
            let body = json!({
                "webhook": webhook.id,
                "message": format!("{}.{}", webhook.id, event.sequence),
                "payload": message,
            });
            jobs.push(NewJob {
                kind: WEBHOOK.to_owned(),
                pool: webhook_pool(&webhook.id),
                lane: Some(format!("{}/{}", webhook.id, event.case)),
                key: None,
                body: body.to_string(),
                run_at: self.now(),
            });
        }
        Ok(jobs)
    }

    /// Brings one message to its receiver.
    pub(crate) async fn bring_message(&self, job: &Job, courier: &Courier) -> Tried {
        let body = json_of(&job.body);
        let webhook = match self.store().webhook(text_of(&body, "webhook")).await {
            Ok(Some(webhook)) => webhook,
            Ok(None) => return Tried::Hopeless("the subscription was removed".to_owned()),
            Err(error) => return Tried::Failed(AppError::from(error).code().row().key.to_owned()),
        };
        let parcel = Parcel {
            url: &webhook.url,
            secret: &webhook.secret,
            id: text_of(&body, "message"),
            at_s: self.now().0.div_euclid(1_000),
            body: text_of(&body, "payload"),
        };
        let delivered = courier.bring(&parcel).await;
        match delivered {
            delivered if delivered.taken => Tried::Done(delivered.outcome),
            delivered if delivered.gone => Tried::Hopeless(delivered.outcome),
            delivered => Tried::Failed(delivered.outcome),
        }
    }
}

/// What is told of an event, with the case as it stood right after it.
fn message_of(event: &StoredEvent, course: &[StoredEvent]) -> Option<String> {
    let until = course.iter().take_while(|known| known.sequence <= event.sequence);
    let case = desk::replay(until.map(|known| &known.event))?;
    let told = WebhookEvent::of(
        kind_of(&event.event.kind),
        event.event.at,
        (&case.id.0, &case.number),
        event.index + 1,
        case.state,
        event.sequence,
    );
    serde_json::to_string(&told).ok()
}

fn text_of<'v>(body: &'v Value, name: &str) -> &'v str {
    body[name].as_str().unwrap_or_default()
}

fn shown(webhook: &store::Webhook, with_secret: bool) -> Webhook {
    Webhook {
        id: webhook.id.clone(),
        url: webhook.url.clone(),
        events: webhook.kinds.clone(),
        active: webhook.active,
        place: webhook.place,
        created_at: rfc3339(webhook.created_at),
        secret: with_secret.then(|| webhook.secret.clone()),
    }
}
