//! People who may log in, their sessions and their API tokens. Secrets arrive as hashes and stay hashes.

use domain::{Language, Role, Timestamp, TokenScope, UserId, Vocabulary};

use crate::{
    LASTING_SCOPE, Store, StoreError,
    db::{Value, values},
};

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
    /// The team the person belongs to, letter for letter as on cases.
    pub team: Option<String>,
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
    /// What the browser said of itself.
    pub agent: String,
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
    /// What it may be used for; empty means everything the role may.
    pub scopes: Vec<TokenScope>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
    /// Whether it was revoked.
    pub revoked: bool,
}

/// Id, login, name, role, language, active, password hash, made at, team.
type UserRow = (
    String,
    String,
    String,
    String,
    String,
    bool,
    String,
    i64,
    Option<String>,
);
const USER: &str =
    "u.id, u.login, u.name, u.role, u.language, u.active, u.password_hash, u.created_at, u.team";

/// Secret's hash, user, CSRF token, agent, made at, ends at.
type SessionRow = (String, String, String, String, i64, i64);
const SESSION: &str = "secret_hash, user_id, csrf, agent, created_at, expires_at";
/// CSRF token, agent, made at, ends at; and the user. Read in one question: it is asked with every request.
#[rustfmt::skip]
type OpenSessionRow = (
    String, String, i64, i64,
    String, String, String, String, String, bool, String, i64, Option<String>,
);
/// The first letters of a session's hash, which name it without giving it away.
pub const SESSION_NAME_LETTERS: usize = 16;

/// Id, secret's hash, name, user, role, scopes, made at, ends at, revoked.
type TokenRow = (String, String, String, String, String, String, i64, i64, bool);
/// Id, name, role, scopes, made at, ends at; and the user.
#[rustfmt::skip]
type OpenTokenRow = (
    String, String, String, String, i64, i64,
    String, String, String, String, String, bool, String, i64, Option<String>,
);
const TOKEN: &str = "id, secret_hash, name, user_id, role, scopes, created_at, expires_at, revoked";

fn language_key(language: Language) -> &'static str {
    match language {
        Language::Chinese => "zh",
        Language::English => "en",
    }
}

fn role(key: &str) -> Result<Role, StoreError> {
    Role::from_key(key).ok_or_else(|| StoreError::Corrupt {
        what: "role".into(),
        because: format!("`{key}` is none"),
    })
}

/// A scope that is not known any more makes the token unusable rather than wide.
fn scopes_of(keys: &str) -> Result<Vec<TokenScope>, StoreError> {
    let known = |key: &str| {
        TokenScope::from_key(key).ok_or_else(|| StoreError::Corrupt {
            what: "scope".into(),
            because: format!("`{key}` is none"),
        })
    };
    keys.split_whitespace().map(known).collect()
}

fn session((secret_hash, user, csrf, agent, created_at, expires_at): SessionRow) -> Session {
    Session {
        secret_hash,
        user: UserId(user),
        csrf,
        agent,
        created_at: Timestamp(created_at),
        expires_at: Timestamp(expires_at),
    }
}

fn user(row: UserRow) -> Result<User, StoreError> {
    let (id, login, name, role_key, language, active, password_hash, created_at, team) = row;
    Ok(User {
        id: UserId(id),
        login,
        name,
        role: role(&role_key)?,
        team,
        language: if language == "en" {
            Language::English
        } else {
            Language::Chinese
        },
        active,
        password_hash,
        created_at: Timestamp(created_at),
    })
}

fn user_values(user: &User) -> Vec<Value> {
    values![
        user.id.as_str(),
        user.login.as_str(),
        user.name.as_str(),
        user.role.key(),
        language_key(user.language),
        user.active,
        user.password_hash.as_str(),
        user.created_at.0,
        user.team.clone()
    ]
}

fn token(row: TokenRow) -> Result<ApiToken, StoreError> {
    let (id, secret_hash, name, user, role_key, scopes, created_at, expires_at, revoked) = row;
    Ok(ApiToken {
        id,
        secret_hash,
        name,
        user: UserId(user),
        role: role(&role_key)?,
        scopes: scopes_of(&scopes)?,
        created_at: Timestamp(created_at),
        expires_at: Timestamp(expires_at),
        revoked,
    })
}

impl Store {
    /// Stores a new person. `Duplicate` when the login or id exists.
    pub async fn create_user(&self, user: &User) -> Result<(), StoreError> {
        let sql = "INSERT INTO users (id, login, name, role, language, active, password_hash, created_at, team) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
        self.execute(sql, user_values(user)).await.map(drop)
    }

    /// Replaces the record of a person. `NotFound` when there is none, `Duplicate` when the login is another's.
    pub async fn update_user(&self, user: &User) -> Result<(), StoreError> {
        let sql = "UPDATE users SET login = $2, name = $3, role = $4, language = $5, active = $6, \
                   password_hash = $7, created_at = $8, team = $9 WHERE id = $1";
        match self.execute(sql, user_values(user)).await? {
            0 => Err(StoreError::NotFound { what: "user" }),
            _ => Ok(()),
        }
    }

    /// The person, or nothing.
    pub async fn user(&self, id: &UserId) -> Result<Option<User>, StoreError> {
        self.find_user("u.id", id.as_str()).await
    }

    /// The person with this login, or nothing.
    pub async fn user_by_login(&self, login: &str) -> Result<Option<User>, StoreError> {
        self.find_user("u.login", login).await
    }

    async fn find_user(&self, column: &str, value: &str) -> Result<Option<User>, StoreError> {
        let sql = format!("SELECT {USER} FROM users u WHERE {column} = $1");
        self.db()
            .fetch_first(&sql, values![value])
            .await?
            .map(user)
            .transpose()
    }

    /// All people, by name.
    pub async fn users(&self) -> Result<Vec<User>, StoreError> {
        let rows: Vec<UserRow> = self
            .db()
            .fetch(&format!("SELECT {USER} FROM users u"), values![])
            .await?;
        let mut users = rows.into_iter().map(user).collect::<Result<Vec<_>, _>>()?;
        // Sorted here, since databases differ in how they order letters.
        users.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
        Ok(users)
    }

    /// Stores a session.
    pub async fn create_session(&self, session: &Session) -> Result<(), StoreError> {
        let sql = format!("INSERT INTO sessions ({SESSION}) VALUES ($1, $2, $3, $4, $5, $6)");
        let bound = values![
            session.secret_hash.as_str(),
            session.user.as_str(),
            session.csrf.as_str(),
            session.agent.as_str(),
            session.created_at.0,
            session.expires_at.0
        ];
        self.execute(sql, bound).await.map(drop)
    }

    /// The session with its user, unless it has ended or the user is not active.
    pub async fn session(
        &self,
        secret_hash: &str,
        now: Timestamp,
    ) -> Result<Option<(Session, User)>, StoreError> {
        let asked = self.read_session(secret_hash, now);
        let found = self.keep(|kept| &kept.sessions, secret_hash, asked).await?;
        Ok(found.filter(|(session, _)| session.expires_at > now))
    }

    async fn read_session(
        &self,
        secret_hash: &str,
        now: Timestamp,
    ) -> Result<Option<(Session, User)>, StoreError> {
        let sql = format!(
            "SELECT s.csrf, s.agent, s.created_at, s.expires_at, {USER} FROM sessions s \
             JOIN users u ON u.id = s.user_id WHERE s.secret_hash = $1 AND s.expires_at > $2 AND u.active"
        );
        let found: Option<OpenSessionRow> = self.db().fetch_first(&sql, values![secret_hash, now.0]).await?;
        let Some(row) = found else { return Ok(None) };
        let user = user((row.4, row.5, row.6, row.7, row.8, row.9, row.10, row.11, row.12))?;
        let (hash, of) = (secret_hash.to_owned(), user.id.0.clone());
        let session = session((hash, of, row.0, row.1, row.2, row.3));
        Ok(Some((session, user)))
    }

    /// Ends a session; fine when there is none.
    pub async fn delete_session(&self, secret_hash: &str) -> Result<(), StoreError> {
        self.execute(
            "DELETE FROM sessions WHERE secret_hash = $1",
            values![secret_hash],
        )
        .await
        .map(drop)
    }

    /// The sessions of a person that have not ended, newest first.
    pub async fn sessions_of(&self, user: &UserId, now: Timestamp) -> Result<Vec<Session>, StoreError> {
        let sql = format!(
            "SELECT {SESSION} FROM sessions WHERE user_id = $1 AND expires_at > $2 ORDER BY created_at DESC, secret_hash"
        );
        let rows: Vec<SessionRow> = self.db().fetch(&sql, values![user.as_str(), now.0]).await?;
        Ok(rows.into_iter().map(session).collect())
    }

    /// Ends the session of a person with this name; answers whether there was one.
    pub async fn delete_session_named(&self, user: &UserId, name: &str) -> Result<bool, StoreError> {
        let sql = format!(
            "DELETE FROM sessions WHERE user_id = $1 AND substr(secret_hash, 1, {SESSION_NAME_LETTERS}) = $2"
        );
        Ok(self.execute(sql, values![user.as_str(), name]).await? > 0)
    }

    /// Ends the sessions of a person, but for the one with this hash.
    pub async fn delete_other_sessions(&self, user: &UserId, kept: Option<&str>) -> Result<(), StoreError> {
        let sql = "DELETE FROM sessions WHERE user_id = $1 AND secret_hash <> $2";
        let bound = values![user.as_str(), kept.unwrap_or_default()];
        self.execute(sql, bound).await.map(drop)
    }

    /// Ends all sessions of a person, as after a change of password.
    pub async fn delete_sessions_of(&self, user: &UserId) -> Result<(), StoreError> {
        self.execute("DELETE FROM sessions WHERE user_id = $1", values![user.as_str()])
            .await
            .map(drop)
    }

    /// Removes sessions and begun sign-ins that have ended by `now` and idempotency keys made before `keys_before` that
    /// do not last for good; answers how many sessions and keys.
    pub async fn sweep(&self, now: Timestamp, keys_before: Timestamp) -> Result<u64, StoreError> {
        let sessions = self
            .execute("DELETE FROM sessions WHERE expires_at <= $1", values![now.0])
            .await?;
        self.execute("DELETE FROM sign_ins WHERE expires_at <= $1", values![now.0])
            .await?;
        let sql = "DELETE FROM idempotency_keys WHERE created_at < $1 AND scope NOT LIKE $2";
        let lasting = format!("{LASTING_SCOPE}%");
        Ok(sessions + self.execute(sql, values![keys_before.0, lasting]).await?)
    }

    /// Stores an API token. `Duplicate` when the id or secret exists.
    pub async fn create_token(&self, token: &ApiToken) -> Result<(), StoreError> {
        let scopes: Vec<&str> = token.scopes.iter().map(|scope| scope.key()).collect();
        let sql = format!("INSERT INTO tokens ({TOKEN}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)");
        let bound = values![
            token.id.as_str(),
            token.secret_hash.as_str(),
            token.name.as_str(),
            token.user.as_str(),
            token.role.key(),
            scopes.join(" "),
            token.created_at.0,
            token.expires_at.0,
            token.revoked
        ];
        self.execute(sql, bound).await.map(drop)
    }

    /// The API token with its maker, unless it has ended, was revoked, or the maker is not active.
    pub async fn token(
        &self,
        secret_hash: &str,
        now: Timestamp,
    ) -> Result<Option<(ApiToken, User)>, StoreError> {
        let asked = self.read_token(secret_hash, now);
        let found = self.keep(|kept| &kept.tokens, secret_hash, asked).await?;
        Ok(found.filter(|(token, _)| token.expires_at > now))
    }

    async fn read_token(
        &self,
        secret_hash: &str,
        now: Timestamp,
    ) -> Result<Option<(ApiToken, User)>, StoreError> {
        let sql = format!(
            "SELECT t.id, t.name, t.role, t.scopes, t.created_at, t.expires_at, {USER} FROM tokens t \
             JOIN users u ON u.id = t.user_id \
             WHERE t.secret_hash = $1 AND t.expires_at > $2 AND NOT t.revoked AND u.active"
        );
        let found: Option<OpenTokenRow> = self.db().fetch_first(&sql, values![secret_hash, now.0]).await?;
        let Some(row) = found else { return Ok(None) };
        let user = user((row.6, row.7, row.8, row.9, row.10, row.11, row.12, row.13, row.14))?;
        let (hash, of) = (secret_hash.to_owned(), user.id.0.clone());
        let token = token((row.0, hash, row.1, of, row.2, row.3, row.4, row.5, false))?;
        Ok(Some((token, user)))
    }

    /// The API tokens of a person, newest first.
    pub async fn tokens_of(&self, user: &UserId) -> Result<Vec<ApiToken>, StoreError> {
        let sql = format!("SELECT {TOKEN} FROM tokens WHERE user_id = $1 ORDER BY created_at DESC, id");
        let rows: Vec<TokenRow> = self.db().fetch(&sql, values![user.as_str()]).await?;
        rows.into_iter().map(token).collect()
    }

    /// Revokes a token. `NotFound` when there is none.
    pub async fn revoke_token(&self, id: &str) -> Result<(), StoreError> {
        match self
            .execute("UPDATE tokens SET revoked = TRUE WHERE id = $1", values![id])
            .await?
        {
            0 => Err(StoreError::NotFound { what: "token" }),
            _ => Ok(()),
        }
    }
}
