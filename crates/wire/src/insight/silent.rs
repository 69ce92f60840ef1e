//! Silent leavers on the wire: a suspicion with reasons, never a verdict.

use serde::Serialize;
use utoipa::ToSchema;

use super::Figure;

/// A customer to call.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct SilentCall {
    /// The customer's identity.
    pub customer: String,
    /// The name, masked; null when the customer is not on file.
    pub name: Option<String>,
    /// The probability of having left, 0–1.
    pub p_left: f64,
    /// Purchases expected in the year ahead if the customer stays.
    pub purchases_ahead: f64,
    /// What they would be worth; null where no amounts are known.
    pub value_ahead: Option<f64>,
    /// The probability of having left times that value, or times the purchases.
    pub at_stake: f64,
    /// The day of the last purchase.
    pub last_purchase: String,
    /// Why to call, in words.
    pub reasons: Vec<String>,
}

/// The law of purchases, per week.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct PurchaseLaw {
    /// Shape of the rates.
    pub r: f64,
    /// Scale of the rates, in weeks.
    pub alpha: f64,
    /// Leavings.
    pub a: f64,
    /// Stayings.
    pub b: f64,
    /// The logarithm of the likelihood.
    pub log_likelihood: f64,
    /// Whether customers differ too little for the data alone to tell the parameters, so that a weak belief helped.
    pub weak_belief: bool,
}

/// The call list.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct SilentList {
    /// The last day known.
    pub until: String,
    /// When it was worked out.
    pub made_at: String,
    /// Customers with a purchase.
    pub customers: u64,
    /// Of them, those who bought once, of whom nothing can be told.
    pub bought_once: u64,
    /// Purchases read.
    pub purchases: u64,
    /// Purchases left out: refunds and those without a customer.
    pub left_out: u64,
    /// The share of customers with repeat purchases that has probably left, with its interval.
    pub left_share: Figure,
    /// The law; null when it could not be fitted.
    pub law: Option<PurchaseLaw>,
    /// Why there is no law, in words; null when there is one.
    pub reason: Option<String>,
    /// Why no money is shown, in words; null when it is.
    pub no_money: Option<String>,
    /// The currency of all sums, by ISO 4217: the one most purchases were paid in; null where no money is shown.
    pub currency: Option<String>,
    /// Whom to call, the largest loss first.
    pub calls: Vec<SilentCall>,
}
