//! People who may log in, their sessions and their API tokens. Secrets arrive as hashes and stay hashes.

use domain::{Language, Role, Timestamp, UserId};

use crate::{Store, StoreError};

/// A person who may log in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// The identity.
    pub id: UserId,
    /// The name to log in with; unique, letter case counts.
    pub login: String,
    /// The name shown.
    pub name: String,
    /// The role.
    pub role: Role,
    /// The language of the interface.
    pub language: Language,
    /// Whether the person may log in.
    pub active: bool,
    /// The password's argon2 hash in PHC form.
    pub password_hash: String,
    /// When the record was made.
    pub created_at: Timestamp,
}

/// A session of a browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// The hash of the cookie's secret.
    pub secret_hash: String,
    /// Who logged in.
    pub user: UserId,
    /// The token that must come with writes.
    pub csrf: String,
    /// When it began.
    pub created_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
}

/// An API token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiToken {
    /// The identity, safe to show.
    pub id: String,
    /// The hash of the secret.
    pub secret_hash: String,
    /// What it is for.
    pub name: String,
    /// Who made it.
    pub user: UserId,
    /// The role it acts with.
    pub role: Role,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
    /// Whether it was revoked.
    pub revoked: bool,
}

impl Store {
    /// Stores a new person. `Duplicate` when the login or id exists.
    pub async fn create_user(&self, user: &User) -> Result<(), StoreError> {
        let _ = user;
        Err(StoreError::Unsupported("users"))
    }

    /// Replaces the record of a person. `NotFound` when there is none.
    pub async fn update_user(&self, user: &User) -> Result<(), StoreError> {
        let _ = user;
        Err(StoreError::Unsupported("users"))
    }

    /// The person, or nothing.
    pub async fn user(&self, id: &UserId) -> Result<Option<User>, StoreError> {
        let _ = id;
        Err(StoreError::Unsupported("users"))
    }

    /// The person with this login, or nothing.
    pub async fn user_by_login(&self, login: &str) -> Result<Option<User>, StoreError> {
        let _ = login;
        Err(StoreError::Unsupported("users"))
    }

    /// All people, by name.
    pub async fn users(&self) -> Result<Vec<User>, StoreError> {
        Err(StoreError::Unsupported("users"))
    }

    /// Stores a session.
    pub async fn create_session(&self, session: &Session) -> Result<(), StoreError> {
        let _ = session;
        Err(StoreError::Unsupported("sessions"))
    }

    /// The session with its user, unless it has ended or the user is not active.
    pub async fn session(
        &self,
        secret_hash: &str,
        now: Timestamp,
    ) -> Result<Option<(Session, User)>, StoreError> {
        let _ = (secret_hash, now);
        Err(StoreError::Unsupported("sessions"))
    }

    /// Ends a session; fine when there is none.
    pub async fn delete_session(&self, secret_hash: &str) -> Result<(), StoreError> {
        let _ = secret_hash;
        Err(StoreError::Unsupported("sessions"))
    }

    /// Ends all sessions of a person; after a change of password.
    pub async fn delete_sessions_of(&self, user: &UserId) -> Result<(), StoreError> {
        let _ = user;
        Err(StoreError::Unsupported("sessions"))
    }

    /// Removes what has ended before `now`: sessions, and idempotency keys made before `keys_before`.
    pub async fn sweep(&self, now: Timestamp, keys_before: Timestamp) -> Result<u64, StoreError> {
        let _ = (now, keys_before);
        Err(StoreError::Unsupported("sweep"))
    }

    /// Stores an API token. `Duplicate` when the id or secret exists.
    pub async fn create_token(&self, token: &ApiToken) -> Result<(), StoreError> {
        let _ = token;
        Err(StoreError::Unsupported("tokens"))
    }

    /// The API token with its maker, unless it has ended, was revoked, or the maker is not active.
    pub async fn token(
        &self,
        secret_hash: &str,
        now: Timestamp,
    ) -> Result<Option<(ApiToken, User)>, StoreError> {
        let _ = (secret_hash, now);
        Err(StoreError::Unsupported("tokens"))
    }

    /// The API tokens of a person, newest first.
    pub async fn tokens_of(&self, user: &UserId) -> Result<Vec<ApiToken>, StoreError> {
        let _ = user;
        Err(StoreError::Unsupported("tokens"))
    }

    /// Revokes a token. `NotFound` when there is none.
    pub async fn revoke_token(&self, id: &str) -> Result<(), StoreError> {
        let _ = id;
        Err(StoreError::Unsupported("tokens"))
    }
}
