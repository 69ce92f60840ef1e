//! API tokens: made by leaders, in a role no higher than their own.

use domain::{Role, Timestamp};
use store::ApiToken;
use wire::{
    key::{Key, keys_of},
    session::{Token, TokenRequest, TokenRow},
    time::rfc3339,
};

use crate::{App, AppError, Caller, Code, Credential, Verb, permission, secret};

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
        if let Credential::Token { scopes } = &caller.credential
            && !scopes.is_empty()
            && (request.scopes.is_empty() || request.scopes.iter().any(|scope| !scopes.contains(&scope.0)))
        {
            return Err(AppError::Plain(Code::ScopeMissing));
        }
        let now = self.now();
        let plain = format!("{TOKEN_PREFIX}{}", secret::new_secret(self.randomness()));
        let token = ApiToken {
            id: secret::new_id(now, self.randomness()),
            secret_hash: secret::digest(&[plain.as_bytes()]),
            name: request.name.clone(),
            user: caller.person.id.clone(),
            role: request.role.0,
            scopes: request.scopes.iter().map(|scope| scope.0).collect(),
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
            scopes: keys_of(&token.scopes),
            expires_at: rfc3339(token.expires_at),
        })
    }

    /// The caller's own API tokens, newest first, without their secrets.
    pub async fn list_tokens(&self, caller: &Caller) -> Result<Vec<TokenRow>, AppError> {
        permission::require(caller.role, Verb::ListTokens)?;
        let tokens = self
            .store()
            .tokens_of(&caller.person.id)
            .await?
            .into_iter()
            .map(|token| TokenRow {
                id: token.id,
                name: token.name,
                role: Key(token.role),
                scopes: keys_of(&token.scopes),
                created_at: rfc3339(token.created_at),
                expires_at: rfc3339(token.expires_at),
                revoked: token.revoked,
            });
        Ok(tokens.collect())
    }

    /// Ends an API token: one's own, and as an administrator anybody's.
    pub async fn revoke_token(&self, caller: &Caller, id: &str) -> Result<(), AppError> {
        permission::require(caller.role, Verb::RevokeToken)?;
        let own = self.store().tokens_of(&caller.person.id).await?;
        if caller.role != Role::Admin && !own.iter().any(|token| token.id == id) {
            return Err(AppError::not_found("令牌", "token"));
        }
        self.store().revoke_token(id).await?;
        self.note_audit(&caller.person.id.0, "token_revoked", id, "")
            .await
    }
}

fn expiry(now: Timestamp, days: u64) -> Timestamp {
    now.plus_ms(i64::try_from(days).unwrap_or(i64::MAX).saturating_mul(DAY_MS))
}

/// Whether somebody in this role may hand the other role to a token.
fn may_grant(maker: Role, granted: Role) -> bool {
    maker == Role::Admin || maker == granted || (maker == Role::Supervisor && granted != Role::Admin)
}
