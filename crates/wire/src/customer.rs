//! The customer card: history over channels, loyalty, purchases, past remedies.

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    analysis::Money,
    key::{CaseStateKey, ChannelKey, Key, LoyaltyKey, OutcomeKey, RemedyKey},
    rights::Consent,
    time::rfc3339,
};

/// One purchase.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Purchase {
    /// When.
    pub at: String,
    /// How much was paid.
    pub amount: Money,
    /// What was bought.
    pub product: String,
}

impl From<&domain::Purchase> for Purchase {
    fn from(purchase: &domain::Purchase) -> Self {
        Self {
            at: rfc3339(purchase.at),
            amount: purchase.amount.into(),
            product: purchase.product.clone(),
        }
    }
}

/// One earlier complaint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct CustomerCase {
    /// The identity.
    pub id: String,
    /// The number people say.
    pub number: String,
    /// The title.
    pub title: String,
    /// Where it came from.
    pub channel: ChannelKey,
    /// How far it is.
    pub state: CaseStateKey,
    /// When it was opened.
    pub opened_at: String,
    /// The customer's verdict, when closed.
    pub outcome: Option<OutcomeKey>,
}

/// One remedy the customer was given before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct PastRemedy {
    /// The case.
    pub case_id: String,
    /// What was given.
    pub remedy: RemedyKey,
    /// How much, when it was of money.
    pub amount: Option<Money>,
    /// When it was proposed.
    pub at: String,
}

/// Everything the desk knows of a customer; personal data masked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct CustomerCard {
    /// The identity.
    pub id: String,
    /// The name, masked.
    pub name: String,
    /// The telephone number, masked.
    pub phone: Option<String>,
    /// The e-mail address, masked.
    pub email: Option<String>,
    /// How close the customer is.
    pub loyalty: LoyaltyKey,
    /// Since when the customer is known.
    pub since: String,
    /// Whether the record was made for demonstration.
    pub demo: bool,
    /// Complaints, newest first.
    pub cases: Vec<CustomerCase>,
    /// Purchases, newest first.
    pub purchases: Vec<Purchase>,
    /// Remedies given before, newest first.
    pub remedies: Vec<PastRemedy>,
    /// What was allowed and refused.
    pub consents: Vec<Consent>,
}

impl CustomerCard {
    /// The card of a customer, already masked.
    pub fn of(customer: &domain::Customer, cases: Vec<CustomerCase>, purchases: &[domain::Purchase]) -> Self {
        Self {
            id: customer.id.0.clone(),
            name: customer.name.clone(),
            phone: customer.phone.clone(),
            email: customer.email.clone(),
            loyalty: Key(customer.loyalty),
            since: rfc3339(customer.since),
            demo: customer.demo,
            cases,
            purchases: purchases.iter().map(Purchase::from).collect(),
            remedies: Vec::new(),
            consents: Vec::new(),
        }
    }
}
