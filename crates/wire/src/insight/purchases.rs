//! Purchases brought in from outside.

use domain::{CustomerId, Money, Purchase, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{FieldError, Fields, Value, query::DayOrTime, time};

/// The most purchases of one request.
pub const PURCHASES_PER_REQUEST: usize = 5_000;
/// The longest name of a customer's identity or a product.
const NAME_CHARS: usize = 200;

/// One purchase as sent.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PurchaseRow {
    /// The customer's identity, as in `GET /customers/{id}` or as the shop names it.
    #[schema(max_length = 200)]
    customer: String,
    /// When, RFC 3339 or a day.
    #[schema(inline, value_type = DayOrTime)]
    at: String,
    /// What was paid, an unsigned decimal such as `59.90`.
    #[schema(pattern = "^[0-9]{1,9}(\\.[0-9]{1,2})?$")]
    amount: String,
    /// The currency by its three letters; CNY when left out.
    currency: Option<String>,
    /// What was bought.
    #[schema(max_length = 200)]
    product: Option<String>,
    /// The order, or whatever tells it from every other purchase of the customer; sent again it is not stored again.
    id: Option<String>,
}

/// A purchase as read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PurchaseSent {
    /// The purchase.
    pub purchase: Purchase,
    /// What tells it from every other purchase of the customer.
    pub id: Option<String>,
}

/// Purchases as sent.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PurchaseRequest {
    /// The purchases, at most 5,000; all are stored or none.
    #[schema(max_items = 5000)]
    purchases: Vec<PurchaseRow>,
}

/// What was stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct PurchasesStored {
    /// How many were new.
    pub stored: u64,
    /// How many were on file already, by their id.
    pub known: u64,
}

/// The purchases of a request, or every error of it.
pub fn parse_purchases(body: &Value, now: Timestamp) -> Result<Vec<PurchaseSent>, Vec<FieldError>> {
    let mut fields = Fields::of(body);
    fields.require("purchases");
    let rows = fields.many_objects("purchases", PURCHASES_PER_REQUEST, |row| read_purchase(row, now));
    fields.finish(Some(rows))
}

fn read_purchase(row: &mut Fields<'_>, now: Timestamp) -> Option<PurchaseSent> {
    let customer = row.text("customer", NAME_CHARS);
    let product = row.optional_text("product", NAME_CHARS).unwrap_or_default();
    let words = row.text("at", NAME_CHARS);
    let at = time::parse_time_or_day(&words);
    if at.is_none() && !words.is_empty() {
        row.refuse(
            "at",
            "应是日期或 RFC 3339 时间",
            "must be a day or an RFC 3339 time",
        );
    }
    if at.is_some_and(|at| at > now) {
        row.refuse("at", "晚于现在", "lies in the future");
    }
    let id = row.optional_text("id", NAME_CHARS).filter(|id| !id.is_empty());
    let currency = row.optional_currency("currency");
    let amount = row.optional_money("amount").map(|money| Money {
        currency: currency.unwrap_or(money.currency),
        ..money
    });
    if amount.is_none() && !row.has("amount") {
        row.refuse("amount", "必填", "is required");
    }
    let purchase = Purchase {
        customer: CustomerId(customer),
        at: at?,
        amount: amount?,
        product,
    };
    Some(PurchaseSent { purchase, id })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_odd_purchase_is_named() {
        let now = time::parse_day("2026-11-22").unwrap();
        let body = json!({"purchases": [
            {"customer": "c1", "at": "2026-11-01", "amount": "59.90"},
            {"customer": "", "at": "soon", "amount": "-1"},
            {"customer": "c2", "at": "2027-01-01"},
        ]});
        let errors = parse_purchases(&body, now).unwrap_err();
        let fields: Vec<&str> = errors.iter().map(|error| error.field.as_str()).collect();
        let expected = [
            "purchases[1].customer",
            "purchases[1].at",
            "purchases[1].amount",
            "purchases[2].at",
            "purchases[2].amount",
        ];
        assert_eq!(fields, expected);
        let one = json!({"purchases": [{"customer": "c1", "at": "2026-11-01", "amount": "59.90", "product": "茶",
            "currency": "USD", "id": "o-1"}]});
        let read = parse_purchases(&one, now).unwrap();
        let bought = &read[0].purchase;
        assert_eq!(
            (bought.amount.minor, bought.amount.currency.code()),
            (5990, "USD")
        );
        assert_eq!(
            (bought.product.as_str(), read[0].id.as_deref()),
            ("茶", Some("o-1"))
        );
        assert!(parse_purchases(&json!({}), now).is_err());
    }
}
