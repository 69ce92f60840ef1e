//! Signing in and out, and recognizing who calls.

use domain::{Language, Person, Role};
use store::{AuditEntry, Session, User};
use wire::session::LoginRequest;

use crate::{App, AppError, Caller, Code, Credential, NewUser, Verb, limits, permission, secret};

/// Whom the organization's provider has recognized.
#[derive(Clone)]
pub struct Recognized {
    /// The login name here.
    pub login: String,
    /// The name to show, for an account that is made.
    pub name: Option<String>,
    /// Whether somebody without an account is given one.
    pub is_welcome: bool,
}

impl std::fmt::Debug for Recognized {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Recognized")
            .field("is_welcome", &self.is_welcome)
            .finish_non_exhaustive()
    }
}

/// A fresh browser session.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// Who signed in.
    pub caller: Caller,
    /// The secret for the cookie; shown this once.
    pub cookie: String,
    /// How long the cookie lives, in seconds.
    pub max_age_s: i64,
}

impl App {
    /// Signs a person in by name, password and, where the account has one, second factor. `agent` is what the browser
    /// says of itself.
    pub async fn login(&self, request: &LoginRequest, agent: &str) -> Result<SignedIn, AppError> {
        let user = self.prove_password(&request.login, &request.password).await?;
        let proved = self.require_second_factor(&user, request.code.as_deref()).await;
        if let Err(AppError::Plain(Code::WrongCode)) = &proved {
            self.counters().note_failed_login();
            self.passwords().note(&user.login, false, self.now());
        }
        proved?;
        self.passwords().note(&user.login, true, self.now());
        self.begin_session(user, agent, "").await
    }

    /// Keeps that a browser was sent to the organization's provider; `secrets` is what its cookie holds meanwhile.
    pub async fn begin_sign_in(&self, secrets: &str) -> Result<(), AppError> {
        let expires_at = self.now().plus_ms(limits::SIGN_IN_MS);
        let hash = secret::digest(&[secrets.as_bytes()]);
        Ok(self.store().begin_sign_in(&hash, expires_at).await?)
    }

    /// Whether the browser with this cookie was sent to the provider not long ago; true once only.
    pub async fn end_sign_in(&self, secrets: &str) -> Result<bool, AppError> {
        let hash = secret::digest(&[secrets.as_bytes()]);
        Ok(self.store().end_sign_in(&hash, self.now()).await?)
    }

    /// Signs in whoever the organization's provider has recognized; its second factor stands for ours.
    pub async fn sign_in_as(&self, who: &Recognized, agent: &str) -> Result<SignedIn, AppError> {
        let known = self.store().user_by_login(&who.login).await?;
        let user = match known {
            None if who.is_welcome => Some(self.welcome(who).await?),
            known => known.filter(|user| user.active),
        };
        let Some(user) = user else {
            self.counters().note_failed_login();
            // A name that nobody has is not kept: it is personal data of somebody who has no account.
            self.note_audit("anonymous", "login_failed", "unknown", "provider")
                .await?;
            return Err(AppError::Plain(Code::WrongCredentials));
        };
        self.begin_session(user, agent, "provider").await
    }

    /// The first sign-in of somebody without an account makes one, in the role that may do least at the desk; nobody
    /// knows its password.
    async fn welcome(&self, who: &Recognized) -> Result<User, AppError> {
        let name = who.name.as_deref().map(str::trim).filter(|name| !name.is_empty());
        let name = name.unwrap_or(&who.login);
        let new = NewUser {
            login: who.login.clone(),
            name: name.chars().take(limits::RECOGNIZED_NAME_CHARS).collect(),
            role: Role::Agent,
            team: None,
            language: Language::Chinese,
            password: secret::new_secret(self.randomness()),
        };
        let id = self.add_user(new, "provider").await?;
        let made = self.store().user(&id).await?;
        made.ok_or_else(|| AppError::not_found("账号", "account"))
    }

    async fn prove_password(&self, login: &str, password: &str) -> Result<User, AppError> {
        let now = self.now();
        self.passwords().admit(login, now)?;
        let user = self
            .store()
            .user_by_login(login)
            .await?
            .filter(|user| user.active);
        let hash = user.as_ref().map(|user| user.password_hash.clone());
        let right = self.passwords().verify(password, hash).await?;
        if !right {
            self.counters().note_failed_login();
            self.passwords().note(login, false, now);
        }
        // A name that nobody has is not kept: it may be a password typed into the wrong field.
        let known = user
            .as_ref()
            .map_or_else(|| "unknown".to_owned(), |user| user.id.0.clone());
        let Some(user) = user.filter(|_| right) else {
            self.note_audit("anonymous", "login_failed", &known, "").await?;
            return Err(AppError::Plain(Code::WrongCredentials));
        };
        Ok(user)
    }

    /// A fresh session of a person who has proved who they are.
    async fn begin_session(&self, user: User, agent: &str, how: &str) -> Result<SignedIn, AppError> {
        let now = self.now();
        let cookie = secret::new_secret(self.randomness());
        let session = Session {
            secret_hash: secret::digest(&[cookie.as_bytes()]),
            user: user.id.clone(),
            csrf: secret::new_secret(self.randomness()),
            agent: agent.chars().take(limits::AGENT_CHARS).collect(),
            created_at: now,
            expires_at: now.plus_ms(limits::SESSION_MS),
        };
        self.store().create_session(&session).await?;
        self.note_audit(&user.id.0, "login", &user.id.0, how).await?;
        Ok(SignedIn {
            caller: caller_of(user, Credential::Session { csrf: session.csrf }),
            cookie,
            max_age_s: limits::SESSION_MS / 1000,
        })
    }

    /// Ends a session.
    pub async fn logout(&self, caller: &Caller, cookie: &str) -> Result<(), AppError> {
        permission::require(caller.role, Verb::Logout)?;
        self.store()
            .delete_session(&secret::digest(&[cookie.as_bytes()]))
            .await?;
        let id = &caller.person.id.0;
        self.note_audit(id, "logout", id, "").await
    }

    /// The caller behind a session cookie.
    pub async fn recognize_session(&self, cookie: &str) -> Result<Caller, AppError> {
        let hash = secret::digest(&[cookie.as_bytes()]);
        let found = self.store().session(&hash, self.now()).await?;
        let (session, user) = found.ok_or(AppError::Plain(Code::Unauthenticated))?;
        Ok(caller_of(user, Credential::Session { csrf: session.csrf }))
    }

    /// The caller behind an API token, in the token's role.
    pub async fn recognize_token(&self, token: &str) -> Result<Caller, AppError> {
        let hash = secret::digest(&[token.as_bytes()]);
        let found = self.store().token(&hash, self.now()).await?;
        let (token, user) = found.ok_or(AppError::Plain(Code::Unauthenticated))?;
        Ok(Caller {
            role: token.role,
            ..caller_of(user, Credential::Token { scopes: token.scopes })
        })
    }

    /// Refuses a write of a browser session that does not carry the session's token.
    pub fn require_csrf(&self, caller: &Caller, sent: Option<&str>) -> Result<(), AppError> {
        match &caller.credential {
            Credential::Session { csrf } if !sent.is_some_and(|sent| secret::equal(sent, csrf)) => {
                Err(AppError::Plain(Code::CsrfRequired))
            }
            _ => Ok(()),
        }
    }

    /// Adds a line to the audit trail.
    pub(crate) async fn note_audit(
        &self,
        actor: &str,
        action: &str,
        target: &str,
        detail: &str,
    ) -> Result<(), AppError> {
        let entry = AuditEntry {
            actor: actor.to_owned(),
            action: action.to_owned(),
            target: target.to_owned(),
            detail: detail.to_owned(),
            at: self.now(),
        };
        Ok(self.store().audit(&entry).await?)
    }
}

fn caller_of(user: User, credential: Credential) -> Caller {
    Caller {
        person: Person {
            id: user.id,
            name: user.name,
        },
        login: user.login,
        role: user.role,
        team: user.team,
        language: user.language,
        credential,
    }
}
