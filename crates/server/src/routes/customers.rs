//! Customers.

use axum::{
    Json,
    extract::{Path, State},
};
use wire::{
    customer::CustomerCard,
    customer_list::{CustomerListParams, CustomerPage},
};

use crate::{
    api::{Answer, Server},
    extract::{Query, Signed},
};

/// The customers on file, the newest first; personal data masked.
#[utoipa::path(get, path = "/customers", tag = "customer", params(CustomerListParams),
    responses((status = 200, body = CustomerPage, description = "One page of customers")))]
pub(crate) async fn list_customers(
    State(server): State<Server>,
    Signed(caller): Signed,
    Query(params): Query<CustomerListParams>,
) -> Answer<CustomerPage> {
    let filter = params.parse()?;
    Ok(Json(server.app.list_customers(&caller, filter).await?))
}

/// The card of a customer; personal data masked.
#[utoipa::path(get, path = "/customers/{id}", tag = "customer",
    params(("id" = String, Path, description = "The customer's id")),
    responses((status = 200, body = CustomerCard, description = "The card")))]
pub(crate) async fn show_customer(
    State(server): State<Server>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Answer<CustomerCard> {
    Ok(Json(server.app.customer_card(&caller, &id).await?))
}
