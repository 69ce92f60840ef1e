//! The customer over all channels.

use crate::{ConsentPurpose, CustomerId, Loyalty, Money, Timestamp};

/// What is known of a customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Customer {
    /// The identity.
    pub id: CustomerId,
    /// The name; personal data.
    pub name: String,
    /// The telephone number; personal data.
    pub phone: Option<String>,
    /// The e-mail address; personal data.
    pub email: Option<String>,
    /// How close the customer is.
    pub loyalty: Loyalty,
    /// Since when the customer is known.
    pub since: Timestamp,
    /// Whether the record was made for demonstration.
    pub demo: bool,
}

/// One purchase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Purchase {
    /// Whose.
    pub customer: CustomerId,
    /// When.
    pub at: Timestamp,
    /// How much was paid.
    pub amount: Money,
    /// What was bought.
    pub product: String,
}

/// What a customer said about one purpose; the last word counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    /// Whose.
    pub customer: CustomerId,
    /// For what.
    pub purpose: ConsentPurpose,
    /// Allowed, or refused.
    pub granted: bool,
    /// How it was told.
    pub note: String,
    /// Who entered it.
    pub by: String,
    /// When.
    pub at: Timestamp,
}
