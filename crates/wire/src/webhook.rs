//! Webhooks as JSON: subscriptions, what is sent, and the log of what was sent.

use domain::{CaseState, Timestamp};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::{
    event::KINDS,
    fields::{FieldError, Fields},
    job::Job,
    key::{CaseStateKey, Key},
    limits,
    query::EventKindWanted,
    time::rfc3339,
};

/// Who is to be told of what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct WebhookRequest {
    /// Where to send: https; http only to networks that the operator allows.
    #[schema(max_length = 2000, example = "https://example.org/tingsu")]
    pub url: String,
    /// Kinds of events, as in the history of a case; all when left out.
    #[schema(max_items = 64, example = json!(["received", "state_changed", "deadline_breached"]))]
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<EventKindWanted>>)]
    pub events: Option<Vec<String>>,
}

/// What is to change about a subscription; what is left out stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct WebhookChange {
    /// Where to send.
    #[schema(max_length = 2000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Kinds of events; an empty list means all.
    #[schema(max_items = 64)]
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<EventKindWanted>>)]
    pub events: Option<Vec<String>>,
    /// Whether it is told. What happens meanwhile is told when it is active again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub active: Option<bool>,
}

/// From where on is told again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ReplayRequest {
    /// Everything after this place in the history of the desk is sent again; 0 for everything.
    #[schema(minimum = 0)]
    pub after: u64,
}

/// A subscription.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Webhook {
    /// The identity.
    pub id: String,
    /// Where is sent.
    pub url: String,
    /// Kinds of events; empty means all.
    pub events: Vec<String>,
    /// Whether it is told.
    pub active: bool,
    /// How far in the history of the desk it has been queued.
    pub place: i64,
    /// When it was made.
    pub created_at: String,
    /// What messages are signed with; shown once, when it is made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secret: Option<String>,
}

/// All subscriptions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct WebhookList {
    /// The subscriptions, oldest first.
    pub items: Vec<Webhook>,
}

/// What a receiver gets: which case changed and how, but no words of customers and nothing personal; the rest is read
/// over the API, with a token and its rights.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct WebhookEvent {
    /// What happened, such as `case.state_changed`.
    #[serde(rename = "type")]
    pub kind: String,
    /// When it happened.
    pub timestamp: String,
    /// To which case.
    pub data: WebhookData,
}

/// The case, as it stood right after the event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct WebhookData {
    /// The case.
    pub case: String,
    /// The number people say.
    pub number: String,
    /// The version after the event; grows by one with each event of a case.
    pub version: u32,
    /// The state after the event.
    pub state: CaseStateKey,
    /// The place in the history of the desk.
    pub sequence: i64,
}

/// One message that was sent, or is to be.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Delivery {
    /// How it stands; its id is what a replay asks for.
    #[serde(flatten)]
    pub job: Job,
    /// The `webhook-id`: the same for every try.
    pub message: String,
    /// What is sent.
    pub payload: Value,
}

/// The log of a subscription.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct DeliveryList {
    /// The messages, newest first.
    pub items: Vec<Delivery>,
    /// Ask with this for the messages before these; nothing when there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
}

impl WebhookEvent {
    /// What is told of an event.
    pub fn of(
        kind: &str,
        at: Timestamp,
        (case, number): (&str, &str),
        version: u32,
        state: CaseState,
        sequence: i64,
    ) -> Self {
        Self {
            kind: format!("case.{kind}"),
            timestamp: rfc3339(at),
            data: WebhookData {
                case: case.to_owned(),
                number: number.to_owned(),
                version,
                state: Key(state),
                sequence,
            },
        }
    }
}

impl WebhookRequest {
    /// The subscription asked for, or every field error.
    pub fn parse(body: &Value) -> Result<Self, Vec<FieldError>> {
        let mut fields = Fields::of(body);
        let url = fields.short("url");
        let events = kinds_in(&mut fields);
        fields.finish(Some(Self { url, events }))
    }
}

impl WebhookChange {
    /// The change asked for, or every field error.
    pub fn parse(body: &Value) -> Result<Self, Vec<FieldError>> {
        let mut fields = Fields::of(body);
        let change = Self {
            url: fields.optional_short("url"),
            events: kinds_in(&mut fields),
            active: fields.optional_flag("active"),
        };
        fields.finish(Some(change))
    }
}

impl ReplayRequest {
    /// The place asked for, or every field error.
    pub fn parse(body: &Value) -> Result<Self, Vec<FieldError>> {
        let mut fields = Fields::of(body);
        let after = fields.number("after", 0, i64::MAX.unsigned_abs());
        fields.finish(after.map(|after| Self { after }))
    }
}

/// The kinds of events that are asked for; an unknown one would never come and is refused.
fn kinds_in(fields: &mut Fields<'_>) -> Option<Vec<String>> {
    if !fields.has("events") {
        return None;
    }
    let kinds = fields.texts("events", limits::WEBHOOK_KINDS);
    for (index, kind) in kinds.iter().enumerate() {
        if !KINDS.contains(&kind.as_str()) {
            let known = KINDS.join(", ");
            fields.refuse(
                &format!("events[{index}]"),
                format!("没有这种事件；可用：{known}"),
                format!("there is no such event; known: {known}"),
            );
        }
    }
    Some(kinds)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn unknown_kinds_are_refused() {
        let asked =
            |events: Value| WebhookRequest::parse(&json!({"url": "https://example.org/", "events": events}));
        assert_eq!(asked(json!(["received"])).unwrap().events.unwrap(), ["received"]);
        let refused = asked(json!(["received", "recieved"])).unwrap_err();
        assert_eq!(refused[0].field, "events[1]");
    }
}
