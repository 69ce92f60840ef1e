//! Who asks for something, and how they proved who they are.

use domain::{Actor, Language, Person, Role};

/// How a caller proved who they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Credential {
    /// A browser session; writes must carry this token.
    Session {
        /// The token against forged requests.
        csrf: String,
    },
    /// An API token.
    Token,
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
            Credential::Session { .. } | Credential::Token => Actor::User {
                person: self.person.clone(),
                role: self.role,
            },
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
            language: Language::Chinese,
            credential: Credential::Local,
        }
    }
}
