//! Accounts: who may sign in and in which role, changed by administrators; and the trail.

use std::collections::HashMap;

use domain::{Role, UserId};
use store::User;
use wire::{
    accounts::{Account, AccountChange, AccountRequest, TrailLine, language_word},
    key::Key,
    time::rfc3339,
};

use crate::{App, AppError, Caller, NewUser, Verb, account::check_password, limits, permission};

impl App {
    /// Every account, by name.
    pub async fn list_accounts(&self, caller: &Caller) -> Result<Vec<Account>, AppError> {
        permission::require(caller.role, Verb::ListAccounts)?;
        let loads = self.store().loads().await?;
        let users = self.store().users().await?;
        Ok(users.iter().map(|user| show(user, &loads)).collect())
    }

    /// Makes an account.
    pub async fn make_account(&self, caller: &Caller, asked: AccountRequest) -> Result<Account, AppError> {
        permission::require(caller.role, Verb::MakeAccount)?;
        refuse_customer_link(asked.role.0)?;
        let new = NewUser {
            login: asked.login,
            name: asked.name,
            role: asked.role.0,
            team: team_of(asked.team.as_deref().unwrap_or_default()),
            language: asked.language.0,
            password: asked.password,
        };
        let id = self.add_user(new, &caller.person.id.0).await?;
        self.account(&id).await
    }

    /// Changes an account: name, role, whether the person may sign in, password.
    pub async fn change_account(
        &self,
        caller: &Caller,
        id: &str,
        asked: &AccountChange,
    ) -> Result<Account, AppError> {
        permission::require(caller.role, Verb::EditAccount)?;
        let id = UserId(id.to_owned());
        let found = self.store().user(&id).await?;
        let mut user = found.ok_or_else(|| AppError::not_found("账号", "account"))?;
        let is_own = user.id == caller.person.id;
        if let Some(role) = &asked.role {
            refuse_customer_link(role.0)?;
            refuse_own(is_own && role.0 != user.role, "role")?;
            user.role = role.0;
        }
        if let Some(team) = &asked.team {
            user.team = team_of(team);
        }
        if let Some(active) = asked.active {
            refuse_own(is_own && !active, "active")?;
            user.active = active;
        }
        if let Some(name) = &asked.name {
            user.name.clone_from(name);
        }
        if let Some(password) = &asked.password {
            check_password(password, "password", &user.login)?;
            user.password_hash = self.passwords().hash(password, self.randomness()).await?;
        }
        self.store().update_user(&user).await?;
        // Whoever may no longer sign in, or has another password, is signed out at once.
        if !user.active || (asked.password.is_some() && !is_own) {
            self.store().delete_sessions_of(&user.id).await?;
        }
        self.note_audit(
            &caller.person.id.0,
            "account_changed",
            &user.id.0,
            &words_of(asked),
        )
        .await?;
        self.account(&user.id).await
    }

    /// What was done beside the cases, newest first; of one target when given.
    pub async fn trail(&self, caller: &Caller, target: Option<&str>) -> Result<Vec<TrailLine>, AppError> {
        permission::require(caller.role, Verb::ReadTrail)?;
        let users = self.store().users().await?;
        let name_of = |id: &str| users.iter().find(|user| user.id.as_str() == id);
        let lines = self.store().audit_trail(target, limits::TRAIL_LINES).await?;
        let mut maskers = HashMap::new();
        let mut shown = Vec::with_capacity(lines.len());
        for line in lines {
            // What is said of a colleague stands as it is; all else may hold a customer's words.
            let (target, detail) = match name_of(&line.target) {
                Some(user) => (user.name.clone(), line.detail),
                None => {
                    let masker = self.masker_upon(&line.target, &mut maskers).await?;
                    (masker.text(&line.target), masker.text(&line.detail))
                }
            };
            shown.push(TrailLine {
                at: rfc3339(line.at),
                by: name_of(&line.actor).map_or(line.actor.clone(), |user| user.name.clone()),
                target,
                action: line.action,
                detail,
            });
        }
        Ok(shown)
    }

    async fn account(&self, id: &UserId) -> Result<Account, AppError> {
        let user = self.store().user(id).await?;
        let user = user.ok_or_else(|| AppError::not_found("账号", "account"))?;
        Ok(show(&user, &self.store().loads().await?))
    }
}

/// A team by its name; an empty one is none.
fn team_of(name: &str) -> Option<String> {
    Some(name.trim())
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
}

fn show(user: &User, loads: &[store::Load]) -> Account {
    let load = loads.iter().find(|load| load.owner == user.id);
    Account {
        id: user.id.0.clone(),
        login: user.login.clone(),
        name: user.name.clone(),
        role: Key(user.role),
        team: user.team.clone(),
        language: language_word(user.language).to_owned(),
        active: user.active,
        open: load.map_or(0, |load| u32::try_from(load.open).unwrap_or(u32::MAX)),
        created_at: rfc3339(user.created_at),
    }
}

/// What was changed, for the trail; never the password itself.
fn words_of(asked: &AccountChange) -> String {
    let parts = [
        asked.name.as_ref().map(|name| format!("name={name}")),
        asked
            .role
            .as_ref()
            .map(|role| format!("role={}", domain::Vocabulary::key(role.0))),
        asked.team.as_ref().map(|team| format!("team={team}")),
        asked.active.map(|active| format!("active={active}")),
        asked.password.as_ref().map(|_| "password".to_owned()),
    ];
    let told: Vec<String> = parts.into_iter().flatten().collect();
    told.join(" ")
}

fn refuse_customer_link(role: Role) -> Result<(), AppError> {
    match role {
        Role::CustomerLink => Err(AppError::field(
            "role",
            "客户链接不是账号的角色",
            "a customer's link is no role of an account",
        )),
        _ => Ok(()),
    }
}

/// Nobody locks himself out, so that a desk always keeps an administrator.
fn refuse_own(locks_out: bool, field: &str) -> Result<(), AppError> {
    match locks_out {
        true => Err(AppError::field(
            field,
            "不能停用自己或更改自己的角色，请另一位管理员来改",
            "nobody deactivates himself or changes his own role; ask another administrator",
        )),
        false => Ok(()),
    }
}
