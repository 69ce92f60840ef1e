//! Who is signed in: login, the own account, API tokens, colleagues.

use domain::{Role, TokenScope};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::{
    fields::{FieldError, Fields},
    key::{Key, RoleKey, TokenScopeKey, keys_of},
    limits,
};

/// Name and password.
#[derive(Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct LoginRequest {
    /// The login name.
    pub login: String,
    /// The password.
    pub password: String,
    /// The code of the authenticator, or a recovery code, for accounts with a second factor.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}

impl std::fmt::Debug for LoginRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LoginRequest")
            .field("login", &self.login)
            .finish_non_exhaustive()
    }
}

impl LoginRequest {
    /// The login of a body, or every field error.
    pub fn parse(body: &Value) -> Result<Self, Vec<FieldError>> {
        let mut fields = Fields::of(body);
        let login = fields.short("login");
        let password = fields.short("password");
        let code = fields.optional_short("code");
        fields.finish(Some(Self {
            login,
            password,
            code,
        }))
    }
}

/// The account that acts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Me {
    /// The identity.
    pub id: String,
    /// The name shown.
    pub name: String,
    /// The login name.
    pub login: String,
    /// The role.
    pub role: RoleKey,
    /// The team the person belongs to.
    pub team: Option<String>,
    /// `zh` or `en`.
    pub language: String,
    /// To be sent as `X-CSRF-Token` with every write of a cookie session; null for API tokens.
    pub csrf: Option<String>,
}

/// A colleague a case can be given to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct User {
    /// The identity.
    pub id: String,
    /// The name shown.
    pub name: String,
    /// The role.
    pub role: RoleKey,
    /// The team the person belongs to.
    pub team: Option<String>,
}

/// An API token to be made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct TokenRequest {
    /// What it is for.
    pub name: String,
    /// The role it acts in; no more than the maker's own.
    pub role: RoleKey,
    /// How many days it lives.
    #[schema(minimum = 1, maximum = 366, required = false)]
    pub days: u64,
    /// What it may be used for; everything its role may when left out or empty.
    #[schema(required = false)]
    pub scopes: Vec<TokenScopeKey>,
}

impl TokenRequest {
    /// The token asked for, or every field error.
    pub fn parse(body: &Value) -> Result<Self, Vec<FieldError>> {
        let mut fields = Fields::of(body);
        let name = fields.short("name");
        let role = fields.key::<Role>("role");
        let days = fields
            .optional_number("days", 1, limits::TOKEN_DAYS)
            .unwrap_or(90);
        let scopes = keys_of(&fields.keys::<TokenScope>("scopes"));
        fields.finish(role.map(|role| Self {
            name,
            role: Key(role),
            days,
            scopes,
        }))
    }
}

/// A fresh API token; shown this once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Token {
    /// The identity, for revoking.
    pub id: String,
    /// What it is for.
    pub name: String,
    /// The secret, for `Authorization: Bearer`.
    pub token: String,
    /// The role it acts in.
    pub role: RoleKey,
    /// What it may be used for; empty means everything its role may.
    pub scopes: Vec<TokenScopeKey>,
    /// When it ends.
    pub expires_at: String,
}

/// An API token without its secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct TokenRow {
    /// The identity, for revoking.
    pub id: String,
    /// What it is for.
    pub name: String,
    /// The role it acts in.
    pub role: RoleKey,
    /// What it may be used for; empty means everything its role may.
    pub scopes: Vec<TokenScopeKey>,
    /// When it was made.
    pub created_at: String,
    /// When it ends.
    pub expires_at: String,
    /// Whether it was revoked.
    pub revoked: bool,
}
