//! Accounts as JSON: who may sign in, in which role; only administrators see and change them.

use domain::{Language, Role};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::{
    fields::{FieldError, Fields},
    key::{Key, RoleKey},
    limits,
    query::{LanguageWanted, StaffRole},
};

/// An account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Account {
    /// The identity.
    pub id: String,
    /// The login name.
    pub login: String,
    /// The name shown.
    pub name: String,
    /// The role.
    pub role: RoleKey,
    /// The team the person belongs to.
    pub team: Option<String>,
    /// `zh` or `en`.
    pub language: String,
    /// Whether the person may sign in.
    pub active: bool,
    /// Open cases in this person's name.
    pub open: u32,
    /// When the account was made.
    pub created_at: String,
}

/// An account to be made.
#[derive(Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AccountRequest {
    /// The login name.
    pub login: String,
    /// The name shown.
    pub name: String,
    /// The role.
    #[schema(value_type = StaffRole)]
    pub role: RoleKey,
    /// The team the person belongs to, letter for letter as on cases.
    #[schema(max_length = 100)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team: Option<String>,
    /// `zh` or `en`; `zh` when left out.
    #[schema(value_type = Option<LanguageWanted>)]
    pub language: LanguageWord,
    /// The first password, at least ten characters.
    #[schema(min_length = 10)]
    pub password: String,
}

/// What is to change about an account; what is left out stays as it is.
#[derive(Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct AccountChange {
    /// The name shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The role.
    #[schema(value_type = Option<StaffRole>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<RoleKey>,
    /// The team the person belongs to from now on; an empty text for none.
    #[schema(max_length = 100)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team: Option<String>,
    /// Whether the person may sign in; who may not is signed out at once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub active: Option<bool>,
    /// A new password, at least ten characters; the person is signed out everywhere.
    #[schema(min_length = 10)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
}

/// A language by its wire word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LanguageWord(pub Language);

impl Serialize for LanguageWord {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(language_word(self.0))
    }
}

/// The wire word of a language.
pub fn language_word(language: Language) -> &'static str {
    match language {
        Language::Chinese => "zh",
        Language::English => "en",
    }
}

pub(crate) fn read_language(fields: &mut Fields) -> LanguageWord {
    let word = fields.value("language");
    LanguageWord(match word.map(|word| word.as_str().unwrap_or_default()) {
        None | Some("zh") => Language::Chinese,
        Some("en") => Language::English,
        Some(other) => {
            fields.refuse(
                "language",
                format!("“{other}”不可用；可用：zh, en"),
                format!("\"{other}\" is unknown; allowed: zh, en"),
            );
            Language::Chinese
        }
    })
}

impl AccountRequest {
    /// The account asked for, or every field error.
    pub fn parse(body: &Value) -> Result<Self, Vec<FieldError>> {
        let mut fields = Fields::of(body);
        let (login, name) = (fields.short("login"), fields.short("name"));
        let role = fields.key::<Role>("role");
        let team = fields.optional_text("team", limits::TEAM_CHARS);
        let language = read_language(&mut fields);
        let password = fields.short("password");
        fields.finish(role.map(|role| Self {
            login,
            name,
            role: Key(role),
            team,
            language,
            password,
        }))
    }
}

impl AccountChange {
    /// The change asked for, or every field error.
    pub fn parse(body: &Value) -> Result<Self, Vec<FieldError>> {
        let mut fields = Fields::of(body);
        let change = Self {
            name: fields.optional_short("name"),
            role: fields.optional_key::<Role>("role").map(Key),
            team: fields.clearable_text("team", limits::TEAM_CHARS),
            active: fields.optional_flag("active"),
            password: fields.optional_short("password"),
        };
        fields.finish(Some(change))
    }
}

/// One line of what was done beside the cases: accounts, tokens, settings, rights of persons.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct TrailLine {
    /// When.
    pub at: String,
    /// Who, by name; by id when the account is gone.
    pub by: String,
    /// What was done.
    pub action: String,
    /// To what.
    pub target: String,
    /// With which words or values.
    pub detail: String,
}
