//! The people of the desk.

use domain::{Language, Person, Role, UserId};
use store::User;
use wire::key::Key;

use crate::{App, AppError, Caller, Verb, account::check_password, permission, secret};

/// A person to be given an account.
#[derive(Clone)]
pub struct NewUser {
    /// The login name.
    pub login: String,
    /// The name shown.
    pub name: String,
    /// The role.
    pub role: Role,
    /// The team the person belongs to.
    pub team: Option<String>,
    /// The language of the interface.
    pub language: Language,
    /// The password.
    pub password: String,
}

impl std::fmt::Debug for NewUser {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewUser")
            .field("login", &self.login)
            .field("role", &self.role)
            .finish_non_exhaustive()
    }
}

impl App {
    /// Gives a person an account; called from the local command line only, where the operator has every right.
    pub async fn create_user(&self, new: NewUser) -> Result<UserId, AppError> {
        self.add_user(new, "system").await
    }

    /// Gives a person an account, in the name of whoever made it.
    pub(crate) async fn add_user(&self, new: NewUser, by: &str) -> Result<UserId, AppError> {
        check_password(&new.password, "password", &new.login)?;
        let now = self.now();
        let user = User {
            id: UserId(secret::new_id(now, self.randomness())),
            login: new.login,
            name: new.name,
            role: new.role,
            team: new.team,
            language: new.language,
            active: true,
            password_hash: self.passwords().hash(&new.password, self.randomness()).await?,
            created_at: now,
        };
        self.store().create_user(&user).await?;
        self.note_audit(by, "user_created", &user.id.0, user.login.as_str())
            .await?;
        Ok(user.id)
    }

    /// The colleagues a case can be given to, by name.
    pub async fn list_users(&self, caller: &Caller) -> Result<Vec<wire::session::User>, AppError> {
        permission::require(caller.role, Verb::ListUsers)?;
        let users = self.store().users().await?.into_iter().filter(|user| user.active);
        let shown = users.map(|user| wire::session::User {
            id: user.id.0,
            name: user.name,
            role: Key(user.role),
            team: user.team,
        });
        Ok(shown.collect())
    }

    /// The person with this id, for cases to be given to; a field error when there is none.
    pub(crate) async fn person(&self, id: &UserId, field: &str) -> Result<Person, AppError> {
        let user = self.store().user(id).await?.filter(|user| user.active);
        let user = user.ok_or_else(|| {
            AppError::field(
                field,
                "没有这位同事；可用的见 /api/v1/users",
                "there is no such colleague; see /api/v1/users",
            )
        })?;
        Ok(Person {
            id: user.id,
            name: user.name,
        })
    }
}
