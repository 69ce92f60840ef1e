//! The own account: sessions, password, second factor.

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::fields::{FieldError, Fields};

/// A session of the own account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct SessionRow {
    /// Names it, for ending it.
    pub id: String,
    /// Whether it is the one that asks.
    pub current: bool,
    /// What the browser said of itself when it signed in.
    pub agent: String,
    /// When it began.
    pub created_at: String,
    /// When it ends by itself.
    pub expires_at: String,
}

/// A new password.
#[derive(Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PasswordChange {
    /// The present password.
    pub current: String,
    /// The new one, at least ten characters.
    #[schema(min_length = 10)]
    pub new: String,
}

impl PasswordChange {
    /// The change of a body, or every field error.
    pub fn parse(body: &Value) -> Result<Self, Vec<FieldError>> {
        let mut fields = Fields::of(body);
        let current = fields.short("current");
        let new = fields.short("new");
        fields.finish(Some(Self { current, new }))
    }
}

/// The password, asked for once more.
#[derive(Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PasswordProof {
    /// The present password.
    pub password: String,
}

impl PasswordProof {
    /// The proof of a body, or every field error.
    pub fn parse(body: &Value) -> Result<Self, Vec<FieldError>> {
        let mut fields = Fields::of(body);
        let password = fields.short("password");
        fields.finish(Some(Self { password }))
    }
}

/// A code of the authenticator.
#[derive(Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CodeProof {
    /// Six digits.
    pub code: String,
}

impl CodeProof {
    /// The code of a body, or every field error.
    pub fn parse(body: &Value) -> Result<Self, Vec<FieldError>> {
        let mut fields = Fields::of(body);
        let code = fields.short("code");
        fields.finish(Some(Self { code }))
    }
}

/// How the second factor stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct SecondFactorState {
    /// Whether signing in asks for a code.
    pub enabled: bool,
    /// How many recovery codes are left.
    pub recovery_codes_left: u64,
}

/// A secret to be put into an authenticator; shown this once.
#[derive(Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SecondFactorOffer {
    /// The secret in base32, to be typed.
    pub secret: String,
    /// The same as an `otpauth` address.
    pub uri: String,
    /// The same as a picture to be scanned, SVG.
    pub svg: String,
}

/// Codes that each let in once when the authenticator is lost; shown this once.
#[derive(Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RecoveryCodes {
    /// The codes.
    pub codes: Vec<String>,
}

macro_rules! keep_secret {
    ($($shape:ident),*) => { $(
        impl std::fmt::Debug for $shape {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($shape), " { .. }"))
            }
        }
    )* };
}
keep_secret!(
    PasswordChange,
    PasswordProof,
    CodeProof,
    SecondFactorOffer,
    RecoveryCodes
);
