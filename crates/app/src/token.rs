//! API tokens: made by leaders, in a role no higher than their own.

use domain::{Role, Timestamp};
use store::ApiToken;
use wire::{
    key::Key,
    session::{Token, TokenRequest},
    time::rfc3339,
};

use crate::{App, AppError, Caller, Code, Verb, permission, secret};

const DAY_MS: i64 = 86_400_000;
/// Marks the secret as one of ours, so that scanners find it when it leaks.
const TOKEN_PREFIX: &str = "tingsu_";

impl App {
    /// Makes an API token; its secret is in the answer and nowhere else.
    pub async fn make_token(&self, caller: &Caller, request: &TokenRequest) -> Result<Token, AppError> {
        permission::require(caller.role, Verb::MakeToken)?;
        if !may_grant(caller.role, request.role.0) {
            return Err(AppError::Plain(Code::Forbidden));
        }
        let now = self.now();
        let plain = format!("{TOKEN_PREFIX}{}", secret::new_secret(self.randomness()));
        let token = ApiToken {
            id: secret::new_id(now, self.randomness()),
            secret_hash: secret::digest(&[plain.as_bytes()]),
            name: request.name.clone(),
            user: caller.person.id.clone(),
            role: request.role.0,
            created_at: now,
            expires_at: expiry(now, request.days),
            revoked: false,
        };
        self.store().create_token(&token).await?;
        self.note_audit(&caller.person.id.0, "token_created", &token.id, &token.name)
            .await?;
        Ok(Token {
            id: token.id,
            name: token.name,
            token: plain,
            role: Key(token.role),
            expires_at: rfc3339(token.expires_at),
        })
    }
}

fn expiry(now: Timestamp, days: u64) -> Timestamp {
    now.plus_ms(i64::try_from(days).unwrap_or(i64::MAX).saturating_mul(DAY_MS))
}

/// Whether somebody in this role may hand the other role to a token.
fn may_grant(maker: Role, granted: Role) -> bool {
    maker == Role::Admin || maker == granted || (maker == Role::Supervisor && granted != Role::Admin)
}
