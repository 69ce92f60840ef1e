//! Who acts.

use crate::{Role, Strength, Subject, UserId};

/// A person at the desk, as named in cases and events.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Person {
    /// The identity.
    pub id: UserId,
    /// The name shown.
    pub name: String,
}

/// Who performs a command, and by which right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A person at the desk.
    User {
        /// Who.
        person: Person,
        /// The role that gives the right.
        role: Role,
    },
    /// The product itself: the ticking clock, imports, demo data.
    System,
}

impl Actor {
    /// The role that decides what the actor may do; the system acts as an administrator.
    pub fn role(&self) -> Role {
        match self {
            Self::User { role, .. } => *role,
            Self::System => Role::Admin,
        }
    }

    /// The person, when it is one.
    pub fn person(&self) -> Option<&Person> {
        match self {
            Self::User { person, .. } => Some(person),
            Self::System => None,
        }
    }
}

/// What a colleague is good at, and how many cases he can take (D8).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffProfile {
    /// Who.
    pub user: UserId,
    /// What he has shown to be good at with people.
    pub strengths: Vec<Strength>,
    /// The matters he knows.
    pub skills: Vec<Subject>,
    /// How many open cases he can take.
    pub capacity: u32,
}
