//! Customers and what they bought.

use domain::{Currency, Customer, CustomerId, Loyalty, Money, Purchase, Timestamp, Vocabulary};

use crate::{Store, StoreError, db::values};

/// Id, name, phone, e-mail, loyalty, since, demo.
pub(crate) type CustomerRecord = (String, String, Option<String>, Option<String>, String, i64, bool);
pub(crate) const CUSTOMER: &str = "id, name, phone, email, loyalty, since, demo";

/// Customer, time, amount, currency, product.
pub(crate) type PurchaseRow = (String, i64, i64, String, String);

/// A purchase to be stored, with the name its shop gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPurchase {
    /// The purchase.
    pub purchase: Purchase,
    /// What tells it from every other purchase of the customer; nothing when the shop names none.
    pub id: Option<String>,
}

impl From<Purchase> for NewPurchase {
    fn from(purchase: Purchase) -> Self {
        Self { purchase, id: None }
    }
}

impl Store {
    /// Stores customers, replacing records of the same identity; all or none. The last of equal identities stands.
    pub async fn put_customers(&self, customers: &[Customer]) -> Result<(), StoreError> {
        let mut latest = std::collections::BTreeMap::new();
        latest.extend(customers.iter().map(|customer| (&customer.id, customer)));
        let rows = latest.into_values().map(|customer| {
            values![
                customer.id.as_str(),
                customer.name.as_str(),
                customer.phone.as_deref(),
                customer.email.as_deref(),
                customer.loyalty.key(),
                customer.since.0,
                customer.demo
            ]
        });
        let rows = rows.collect();
        let replace = "ON CONFLICT (id) DO UPDATE SET name = excluded.name, phone = excluded.phone, \
                       email = excluded.email, loyalty = excluded.loyalty, since = excluded.since, \
                       demo = excluded.demo";
        let into = format!("INSERT INTO customers ({CUSTOMER})");
        self.write(move |conn| {
            Box::pin(async move { conn.insert_rows_or(&into, &[], rows, replace).await.map(drop) })
        })
        .await
    }

    /// The customer, or nothing.
    pub async fn customer(&self, id: &CustomerId) -> Result<Option<Customer>, StoreError> {
        let sql = format!("SELECT {CUSTOMER} FROM customers WHERE id = $1");
        self.db()
            .fetch_first(&sql, values![id.as_str()])
            .await?
            .map(customer)
            .transpose()
    }

    /// The customers whose cases were opened at or after `from` and before `to`.
    pub async fn customers_of(&self, from: Timestamp, to: Timestamp) -> Result<Vec<Customer>, StoreError> {
        let sql = format!(
            "SELECT {CUSTOMER} FROM customers WHERE id IN \
             (SELECT c.customer FROM cases c WHERE c.opened_at >= $1 AND c.opened_at < $2)"
        );
        let rows: Vec<CustomerRecord> = self.db().fetch(&sql, values![from.0, to.0]).await?;
        rows.into_iter().map(customer).collect()
    }

    /// The customer on file with this telephone number or e-mail address, the longest known first.
    pub async fn customer_by_contact(
        &self,
        phone: Option<&str>,
        email: Option<&str>,
    ) -> Result<Option<Customer>, StoreError> {
        let sql = format!(
            "SELECT {CUSTOMER} FROM customers WHERE phone = $1 OR email = $2 ORDER BY since, id LIMIT 1"
        );
        self.db()
            .fetch_first(&sql, values![phone, email])
            .await?
            .map(customer)
            .transpose()
    }

    /// Adds purchases, all or none, and answers how many were new: one whose customer and id are on file stays as it is.
    pub async fn add_purchases(&self, purchases: &[NewPurchase]) -> Result<u64, StoreError> {
        let purchases = purchases.to_vec();
        let insert = "INSERT INTO purchases (ordinal, customer, bought_at, minor, currency, product, id)";
        self.write(move |conn| {
            Box::pin(async move {
                let mut added = 0;
                let last: Option<(i64,)> = conn
                    .fetch_first("SELECT COALESCE(MAX(ordinal), 0) FROM purchases", values![])
                    .await?;
                let last = last.map_or(0, |(ordinal,)| ordinal);
                let rows = (last + 1..)
                    .zip(&purchases)
                    .map(|(ordinal, NewPurchase { purchase, id })| {
                        values![
                            ordinal,
                            purchase.customer.as_str(),
                            purchase.at.0,
                            purchase.amount.minor,
                            purchase.amount.currency.code(),
                            purchase.product.as_str(),
                            id.as_deref()
                        ]
                    });
                let known = "ON CONFLICT (customer, id) DO NOTHING";
                added += conn.insert_rows_or(insert, &[], rows.collect(), known).await?;
                Ok(added)
            })
        })
        .await
    }

    /// The newest purchases of a customer, at most `limit`.
    pub async fn purchases(&self, customer: &CustomerId, limit: u32) -> Result<Vec<Purchase>, StoreError> {
        let sql = "SELECT customer, bought_at, minor, currency, product FROM purchases \
                   WHERE customer = $1 ORDER BY bought_at DESC, ordinal DESC LIMIT $2";
        let rows: Vec<PurchaseRow> = self.db().fetch(sql, values![customer.as_str(), limit]).await?;
        rows.into_iter().map(purchase).collect()
    }
}

pub(crate) fn customer(
    (id, name, phone, email, loyalty, since, demo): CustomerRecord,
) -> Result<Customer, StoreError> {
    let loyalty = Loyalty::from_key(&loyalty).ok_or_else(|| StoreError::Corrupt {
        what: format!("customer {id}"),
        because: format!("`{loyalty}` is no loyalty"),
    })?;
    Ok(Customer {
        id: CustomerId(id),
        name,
        phone,
        email,
        loyalty,
        since: Timestamp(since),
        demo,
    })
}

pub(crate) fn purchase((customer, at, minor, code, product): PurchaseRow) -> Result<Purchase, StoreError> {
    let currency = Currency::from_code(&code).ok_or_else(|| StoreError::Corrupt {
        what: format!("purchase of {customer}"),
        because: format!("`{code}` is no currency"),
    })?;
    Ok(Purchase {
        customer: CustomerId(customer),
        at: Timestamp(at),
        amount: Money { minor, currency },
        product,
    })
}
