//! Messages of a case, and the check of a message before it is sent.

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::{
    case::Person,
    fields::{FieldError, Fields},
    key::{ChannelKey, Key},
    limits,
    quote::Quote,
    time::rfc3339,
};

/// Who wrote to whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MessageDirection {
    /// From the customer.
    Inbound,
    /// To the customer.
    Outbound,
    /// Between colleagues.
    Internal,
}

impl From<domain::MessageDirection> for MessageDirection {
    fn from(direction: domain::MessageDirection) -> Self {
        match direction {
            domain::MessageDirection::Inbound => Self::Inbound,
            domain::MessageDirection::Outbound => Self::Outbound,
            domain::MessageDirection::Internal => Self::Internal,
        }
    }
}

/// One message of a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Message {
    /// Who wrote to whom.
    pub direction: MessageDirection,
    /// The words.
    pub text: String,
    /// The channel.
    pub channel: ChannelKey,
    /// The colleague who wrote it.
    pub by: Option<Person>,
    /// When.
    pub at: String,
}

impl From<&domain::Message> for Message {
    fn from(message: &domain::Message) -> Self {
        Self {
            direction: message.direction.into(),
            text: message.text.clone(),
            channel: Key(message.channel),
            by: message.by.as_ref().map(Person::from),
            at: rfc3339(message.at),
        }
    }
}

/// The messages of a case, oldest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct MessageList {
    /// The messages.
    pub items: Vec<Message>,
}

/// How grave a finding about a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FindingSeverity {
    /// The message is not sent unless the sender overrules with a reason.
    Block,
    /// Worth a second look.
    Warn,
}

/// One thing found in an outgoing message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct MessageFinding {
    /// The rule.
    pub rule: String,
    /// How grave.
    pub severity: FindingSeverity,
    /// The words at fault; for something missing, the end of the message.
    pub quote: Quote,
    /// Why, and what to write instead.
    pub because: String,
}

/// What the check found; empty when the message may go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct MessageCheck {
    /// The findings, gravest first.
    pub findings: Vec<MessageFinding>,
}

/// A message to be checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct MessageCheckRequest {
    /// The words to be sent.
    pub text: String,
    /// The case it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub case_id: Option<String>,
}

impl MessageCheckRequest {
    /// The request of a body, or every field error.
    pub fn parse(body: &Value) -> Result<Self, Vec<FieldError>> {
        let mut fields = Fields::of(body);
        let text = fields.text("text", limits::TEXT_CHARS);
        let case_id = fields.optional_short("case_id");
        fields.finish(Some(Self { text, case_id }))
    }
}
