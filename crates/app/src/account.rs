//! The own account: password and sessions; and what an administrator does for a colleague who is locked out.

use domain::UserId;
use wire::{account::SessionRow, time::rfc3339};

use crate::{App, AppError, Caller, Code, Credential, Verb, limits, permission, secret};

/// The letters of a session's hash that name it.
const NAME_LETTERS: usize = store::SESSION_NAME_LETTERS;

impl App {
    /// The caller's sessions, newest first; `cookie` tells which of them is asking.
    pub async fn list_sessions(
        &self,
        caller: &Caller,
        cookie: Option<&str>,
    ) -> Result<Vec<SessionRow>, AppError> {
        permission::require(caller.role, Verb::ReadAccount)?;
        let own = cookie.map(|cookie| secret::digest(&[cookie.as_bytes()]));
        let sessions = self.store().sessions_of(&caller.person.id, self.now()).await?;
        let rows = sessions.into_iter().map(|session| SessionRow {
            current: own.as_ref() == Some(&session.secret_hash),
            id: session.secret_hash.chars().take(NAME_LETTERS).collect(),
            agent: session.agent,
            created_at: rfc3339(session.created_at),
            expires_at: rfc3339(session.expires_at),
        });
        Ok(rows.collect())
    }

    /// Ends one of the caller's sessions; another's is as if it did not exist.
    pub async fn end_session(&self, caller: &Caller, id: &str) -> Result<(), AppError> {
        permission::require(caller.role, Verb::ChangeAccount)?;
        require_session(caller)?;
        if !self.store().delete_session_named(&caller.person.id, id).await? {
            return Err(AppError::not_found("会话", "session"));
        }
        self.note_account(caller, "session_ended").await
    }

    /// Changes the caller's password; every other session of theirs ends.
    pub async fn change_password(
        &self,
        caller: &Caller,
        current: &str,
        fresh: &str,
        cookie: Option<&str>,
    ) -> Result<(), AppError> {
        permission::require(caller.role, Verb::ChangeAccount)?;
        self.require_password(caller, current, "current").await?;
        check_password(fresh, "new", &caller.login)?;
        if fresh == current {
            return Err(AppError::field(
                "new",
                "与现在的密码相同",
                "is the present password",
            ));
        }
        self.put_password(&caller.person.id, fresh).await?;
        let kept = cookie.map(|cookie| secret::digest(&[cookie.as_bytes()]));
        self.store()
            .delete_other_sessions(&caller.person.id, kept.as_deref())
            .await?;
        self.note_account(caller, "password_changed").await
    }

    /// Lets a colleague sign in again at once who is locked out after wrong passwords.
    pub async fn unlock_user(&self, caller: &Caller, id: &str) -> Result<(), AppError> {
        permission::require(caller.role, Verb::RestoreAccess)?;
        let user = self.store().user(&UserId(id.to_owned())).await?;
        let user = user.ok_or_else(|| AppError::not_found("同事", "colleague"))?;
        self.passwords().forgive(&user.login);
        self.note_audit(&caller.person.id.0, "unlocked", id, "").await
    }

    /// Takes a colleague's second factor away and ends all their sessions, as after the authenticator was lost.
    pub async fn reset_second_factor(&self, caller: &Caller, id: &str) -> Result<(), AppError> {
        permission::require(caller.role, Verb::RestoreAccess)?;
        let user = self.store().user(&UserId(id.to_owned())).await?;
        let user = user.ok_or_else(|| AppError::not_found("同事", "colleague"))?;
        self.store().remove_second_factor(&user.id).await?;
        self.store().delete_sessions_of(&user.id).await?;
        self.note_audit(&caller.person.id.0, "second_factor_reset", id, "")
            .await
    }

    /// Gives an account a new password, takes its second factor away and ends its sessions; called from the local
    /// command line only, where the operator has every right.
    pub async fn restore_account(&self, login: &str, password: &str) -> Result<(), AppError> {
        check_password(password, "password", login)?;
        let user = self.store().user_by_login(login).await?;
        let user = user.ok_or_else(|| AppError::not_found("账号", "account"))?;
        self.put_password(&user.id, password).await?;
        self.store().remove_second_factor(&user.id).await?;
        self.store().delete_sessions_of(&user.id).await?;
        self.note_audit("system", "account_restored", &user.id.0, "")
            .await
    }

    /// Refuses unless the caller sits at a browser and knows the account's password; wrong ones count as at login.
    pub(crate) async fn require_password(
        &self,
        caller: &Caller,
        password: &str,
        field: &str,
    ) -> Result<(), AppError> {
        require_session(caller)?;
        let now = self.now();
        self.passwords().admit(&caller.login, now)?;
        let user = self.store().user(&caller.person.id).await?;
        let right = self
            .passwords()
            .verify(password, user.map(|user| user.password_hash))
            .await?;
        self.passwords().note(&caller.login, right, now);
        if right {
            Ok(())
        } else {
            Err(AppError::field(field, "密码不对", "is wrong"))
        }
    }

    async fn put_password(&self, id: &UserId, password: &str) -> Result<(), AppError> {
        let user = self.store().user(id).await?;
        let mut user = user.ok_or_else(|| AppError::not_found("账号", "account"))?;
        user.password_hash = self.passwords().hash(password, self.randomness()).await?;
        Ok(self.store().update_user(&user).await?)
    }

    /// Adds a line about the caller's own account to the audit trail.
    pub(crate) async fn note_account(&self, caller: &Caller, action: &str) -> Result<(), AppError> {
        let id = &caller.person.id.0;
        self.note_audit(id, action, id, "").await
    }
}

/// A token that leaks must not take the account over.
fn require_session(caller: &Caller) -> Result<(), AppError> {
    match caller.credential {
        Credential::Session { .. } | Credential::Local => Ok(()),
        Credential::Token { .. } => Err(AppError::Plain(Code::SessionRequired)),
    }
}

/// Refuses a password that is too short or the login name.
pub(crate) fn check_password(password: &str, field: &str, login: &str) -> Result<(), AppError> {
    let least = limits::PASSWORD_CHARS;
    if password.chars().count() < least {
        return Err(AppError::field(
            field,
            format!("至少 {least} 个字符"),
            format!("needs at least {least} characters"),
        ));
    }
    if password.to_lowercase() == login.to_lowercase() {
        return Err(AppError::field(
            field,
            "不能与登录名相同",
            "must not be the login name",
        ));
    }
    Ok(())
}
