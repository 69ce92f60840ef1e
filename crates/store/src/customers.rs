//! Customers and what they bought.

use domain::{Customer, CustomerId, Purchase};

use crate::{Store, StoreError};

impl Store {
    /// Stores customers, replacing records of the same identity.
    pub async fn put_customers(&self, customers: &[Customer]) -> Result<(), StoreError> {
        let _ = customers;
        Err(StoreError::Unsupported("customers"))
    }

    /// The customer, or nothing.
    pub async fn customer(&self, id: &CustomerId) -> Result<Option<Customer>, StoreError> {
        let _ = id;
        Err(StoreError::Unsupported("customers"))
    }

    /// The customer on file with this telephone number or e-mail address, the longest known first.
    pub async fn customer_by_contact(
        &self,
        phone: Option<&str>,
        email: Option<&str>,
    ) -> Result<Option<Customer>, StoreError> {
        let _ = (phone, email);
        Err(StoreError::Unsupported("customers"))
    }

    /// Adds purchases.
    pub async fn add_purchases(&self, purchases: &[Purchase]) -> Result<(), StoreError> {
        let _ = purchases;
        Err(StoreError::Unsupported("purchases"))
    }

    /// The newest purchases of a customer, at most `limit`.
    pub async fn purchases(&self, customer: &CustomerId, limit: u32) -> Result<Vec<Purchase>, StoreError> {
        let _ = (customer, limit);
        Err(StoreError::Unsupported("purchases"))
    }
}
