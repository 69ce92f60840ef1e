//! What came in: one message of a customer, before anything is read out of it.

use crate::{Channel, Timestamp};

/// What the complaint is about in the organization's own terms, as far as the channel knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matter {
    /// The product or product line.
    pub product: Option<String>,
    /// The production batch.
    pub batch: Option<String>,
    /// The site: store, branch, region.
    pub site: Option<String>,
    /// The team concerned.
    pub team: Option<String>,
    /// The order number.
    pub order: Option<String>,
}

/// One message of a customer with what the channel knows of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// The words as received.
    pub text: String,
    /// Where it came from.
    pub channel: Channel,
    /// When it was received; relative dates in the text count from here.
    pub received_at: Option<Timestamp>,
    /// What it is about.
    pub matter: Matter,
}

impl Complaint {
    /// A bare text from a channel.
    pub fn new(text: impl Into<String>, channel: Channel) -> Self {
        Self {
            text: text.into(),
            channel,
            received_at: None,
            matter: Matter::default(),
        }
    }
}
