//! Who asks for something, and how they proved who they are.

use domain::{Actor, Language, Person, Role, TokenScope};

use crate::scope::scope_of;

/// How a caller proved who they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Credential {
    /// A browser session; writes must carry this token.
    Session {
        /// The token against forged requests.
        csrf: String,
    },
    /// An API token.
    Token {
        /// What it may be used for; empty means everything its role may.
        scopes: Vec<TokenScope>,
    },
    /// The product itself: imports, demonstration, tests.
    Local,
}

/// A person who was recognized, with the role that decides what they may do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// Who.
    pub person: Person,
    /// The login name.
    pub login: String,
    /// The role that gives the right.
    pub role: Role,
    /// The team the person belongs to.
    pub team: Option<String>,
    /// The language of the account.
    pub language: Language,
    /// How they proved it.
    pub credential: Credential,
}

impl Caller {
    /// The actor for events.
    pub fn actor(&self) -> Actor {
        match self.credential {
            Credential::Local => Actor::System,
            Credential::Session { .. } | Credential::Token { .. } => Actor::User {
                person: self.person.clone(),
                role: self.role,
            },
        }
    }

    /// Whether a route of this method and path lies within the scopes of the token that calls.
    pub fn is_within_scope(&self, method: &str, path: &str) -> bool {
        match &self.credential {
            Credential::Token { scopes } if !scopes.is_empty() => {
                scope_of(method, path).is_none_or(|scope| scopes.contains(&scope))
            }
            _ => true,
        }
    }

    /// The product itself, with every right.
    pub fn system() -> Self {
        Self {
            person: Person {
                id: "system".into(),
                name: "系统".to_owned(),
            },
            login: "system".to_owned(),
            role: Role::Admin,
            team: None,
            language: Language::Chinese,
            credential: Credential::Local,
        }
    }
}
