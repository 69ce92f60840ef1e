//! Customers.

use axum::{
    Json,
    extract::{Path, State},
};
use wire::customer::CustomerCard;

use crate::{
    api::{Answer, Server},
    extract::Signed,
};

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
