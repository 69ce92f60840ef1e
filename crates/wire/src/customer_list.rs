//! The list of customers: the query, its rows and its pages.

use domain::Loyalty;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    fields::FieldError,
    key::LoyaltyKey,
    limits,
    list::{read_keys, read_limit},
};

/// Filters of the list of customers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CustomerListParams {
    /// Stands in the name, the telephone number or the e-mail address.
    #[param(max_length = 200)]
    pub q: Option<String>,
    /// Loyalties.
    #[param(value_type = Vec<LoyaltyKey>, style = Form, explode = false, required = false)]
    pub loyalty: Option<String>,
    /// Only customers with an open case.
    #[param(value_type = Option<bool>)]
    pub open: Option<String>,
    /// The place to go on from.
    pub cursor: Option<String>,
    /// Rows per page, at most 200.
    #[param(value_type = Option<u64>, minimum = 1, maximum = 200)]
    pub limit: Option<String>,
}

/// The filters, read and checked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are those of CustomerListParams")]
pub struct CustomerFilter {
    pub q: Option<String>,
    pub loyalties: Vec<Loyalty>,
    pub open: bool,
    pub cursor: Option<String>,
    pub limit: u64,
}

fn read_open(told: Option<&str>, errors: &mut Vec<FieldError>) -> bool {
    match told {
        Some("true") => true,
        None | Some("false") => false,
        Some(_) => {
            errors.push(FieldError::new(
                "open",
                "应是 true 或 false",
                "must be true or false",
            ));
            false
        }
    }
}

impl CustomerListParams {
    /// The filters, or every error of the query.
    pub fn parse(self) -> Result<CustomerFilter, Vec<FieldError>> {
        let mut errors = Vec::new();
        let filter = CustomerFilter {
            q: self.q.map(|q| q.trim().to_owned()).filter(|q| !q.is_empty()),
            loyalties: read_keys("loyalty", self.loyalty.as_deref(), &mut errors),
            open: read_open(self.open.as_deref(), &mut errors),
            cursor: self.cursor,
            limit: read_limit(self.limit.as_deref(), &mut errors),
        };
        let most = limits::QUERY_CHARS;
        if filter.q.as_ref().is_some_and(|q| q.chars().count() > most) {
            errors.push(FieldError::new(
                "q",
                format!("超过 {most} 字，请缩短"),
                format!("is longer than {most} characters; shorten it"),
            ));
        }
        match errors.is_empty() {
            true => Ok(filter),
            false => Err(errors),
        }
    }
}

/// One customer in a list; personal data masked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct CustomerRow {
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
    /// Cases in all.
    pub cases: u64,
    /// Cases that are open.
    pub open: u64,
    /// When the newest case was opened.
    pub last_at: Option<String>,
    /// Whether the record was made for demonstration.
    pub demo: bool,
}

/// One page of customers, the newest on file first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct CustomerPage {
    /// The rows.
    pub items: Vec<CustomerRow>,
    /// To be sent as `cursor` for the next page; null on the last one.
    pub next_cursor: Option<String>,
    /// How many customers match in all.
    pub total: u64,
}
