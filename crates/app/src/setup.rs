//! The first day of a desk: a code printed where it was started lets one person become its administrator.

use domain::Role;
use store::{CaseFilter, User};
use wire::{
    session::LoginRequest,
    setup::{DemoFilled, DeskFacts, OrganizationRequest, SetupRequest},
};

use crate::{App, AppError, Caller, Code, NewUser, SignedIn, Verb, demo, permission, secret};

/// The setting that holds what the organization is called, as a JSON text.
const ORGANIZATION: &str = "organization";
/// Characters of the code: 48 bits, typed by hand, good until the first account is made.
const CODE_CHARS: usize = 12;

impl App {
    /// The code by which the desk can be set up; nothing when somebody can sign in already. The same until used.
    pub async fn setup_code(&self) -> Result<Option<String>, AppError> {
        if !self.needs_setup().await? {
            return Ok(None);
        }
        let fresh = || {
            secret::new_secret(self.randomness())
                .chars()
                .take(CODE_CHARS)
                .collect()
        };
        Ok(Some(self.setup_secret().get_or_init(fresh).clone()))
    }

    async fn needs_setup(&self) -> Result<bool, AppError> {
        Ok(self.store().users().await?.is_empty())
    }

    /// What anybody may know of the desk.
    pub async fn desk_facts(&self) -> Result<DeskFacts, AppError> {
        Ok(DeskFacts {
            organization: self.organization().await?,
            needs_setup: self.needs_setup().await?,
            single_sign_on: false,
        })
    }

    async fn organization(&self) -> Result<Option<String>, AppError> {
        let stored = self.store().setting(ORGANIZATION).await?;
        let name = stored.and_then(|json| serde_json::from_str::<String>(&json).ok());
        Ok(name.filter(|name| !name.is_empty()))
    }

    /// Makes the first administrator, names the organization and signs the administrator in.
    pub async fn set_up(&self, asked: SetupRequest, agent: &str) -> Result<SignedIn, AppError> {
        // One at a time, so that two who hold the code do not both become the first.
        let _turn = self.turn_of(ORGANIZATION).lock().await;
        self.passwords().admit(ORGANIZATION, self.now())?;
        let code = self.setup_code().await?;
        let code = code.ok_or(AppError::Plain(Code::Forbidden))?;
        let right = secret::equal(asked.code.trim(), &code);
        self.passwords().note(ORGANIZATION, right, self.now());
        if !right {
            return Err(AppError::field(
                "code",
                "设置码不对；它印在启动服务的窗口或日志里",
                "the code is wrong; it was printed where the server was started",
            ));
        }
        let new = NewUser {
            login: asked.login.clone(),
            name: asked.name,
            role: Role::Admin,
            team: None,
            language: asked.language.0,
            password: asked.password.clone(),
        };
        let id = self.add_user(new, "setup").await?;
        self.keep_organization(&id.0, &asked.organization).await?;
        let login = LoginRequest {
            login: asked.login,
            password: asked.password,
            code: None,
        };
        self.login(&login, agent).await
    }

    /// Says what the organization is called.
    pub async fn name_organization(
        &self,
        caller: &Caller,
        asked: &OrganizationRequest,
    ) -> Result<DeskFacts, AppError> {
        permission::require(caller.role, Verb::NameOrganization)?;
        self.keep_organization(&caller.person.id.0, &asked.organization)
            .await?;
        self.desk_facts().await
    }

    async fn keep_organization(&self, by: &str, name: &str) -> Result<(), AppError> {
        let json = serde_json::Value::from(name).to_string();
        self.store().set_setting(ORGANIZATION, &json).await?;
        self.note_audit(by, "organization_named", ORGANIZATION, name)
            .await
    }

    /// Puts demonstration data into a desk that holds no case. Nobody can sign in as one of its people.
    pub async fn fill_demo(&self, caller: &Caller, options: demo::Options) -> Result<DemoFilled, AppError> {
        permission::require(caller.role, Verb::FillDemo)?;
        if self.store().count(&CaseFilter::default()).await? > 0 {
            let words = domain::Bilingual::new(
                "工作台里已经有案件，不能再放演示数据",
                "The desk holds cases already; demonstration data would mix with them.",
            );
            return Err(AppError::Told(Code::RuleViolated, words));
        }
        let before = self.store().users().await?;
        let summary = self.seed_demo(options).await?;
        let unknown = secret::new_secret(self.randomness());
        let hash = self.passwords().hash(&unknown, self.randomness()).await?;
        let made = self.store().users().await?.into_iter();
        for user in made.filter(|user| before.iter().all(|known| known.id != user.id)) {
            let locked = User {
                password_hash: hash.clone(),
                ..user
            };
            self.store().update_user(&locked).await?;
        }
        self.note_audit(&caller.person.id.0, "demo_filled", "demo", "")
            .await?;
        Ok(DemoFilled {
            cases: summary.cases,
            customers: summary.customers,
            conversations: summary.conversations,
        })
    }
}
