//! The first day of a desk as JSON: what it is called, whether it still has to be set up, and the set-up itself.

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::{
    accounts::{LanguageWord, read_language},
    fields::{FieldError, Fields},
    query::LanguageWanted,
};

/// What anybody may know of the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct DeskFacts {
    /// What the organization is called, when it was told.
    pub organization: Option<String>,
    /// Whether nobody can sign in yet, and the set-up is open to whoever holds its code.
    pub needs_setup: bool,
    /// Whether people can sign in at their organization's provider, at `/sign-in/oidc`.
    pub single_sign_on: bool,
}

/// The first administrator and the organization.
#[derive(Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SetupRequest {
    /// The code that the server printed when it started.
    pub code: String,
    /// What the organization is called.
    pub organization: String,
    /// The administrator's login name.
    pub login: String,
    /// The administrator's name.
    pub name: String,
    /// `zh` or `en`; `zh` when left out.
    #[schema(value_type = Option<LanguageWanted>)]
    pub language: LanguageWord,
    /// The administrator's password, at least ten characters.
    #[schema(min_length = 10)]
    pub password: String,
}

/// What the organization is called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct OrganizationRequest {
    /// The name.
    pub organization: String,
}

/// What was put into an empty desk to look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct DemoFilled {
    /// Cases.
    pub cases: usize,
    /// Customers.
    pub customers: usize,
    /// Conversations.
    pub conversations: usize,
}

impl SetupRequest {
    /// The set-up asked for, or every field error.
    pub fn parse(body: &Value) -> Result<Self, Vec<FieldError>> {
        let mut fields = Fields::of(body);
        let request = Self {
            code: fields.short("code"),
            organization: fields.short("organization"),
            login: fields.short("login"),
            name: fields.short("name"),
            language: read_language(&mut fields),
            password: fields.short("password"),
        };
        fields.finish(Some(request))
    }
}

impl OrganizationRequest {
    /// The name told, or every field error.
    pub fn parse(body: &Value) -> Result<Self, Vec<FieldError>> {
        let mut fields = Fields::of(body);
        let organization = fields.short("organization");
        fields.finish(Some(Self { organization }))
    }
}
