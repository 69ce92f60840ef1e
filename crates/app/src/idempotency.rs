//! Repeatable writes: the same key with the same request has its effect once and gets the same answer.

use store::IdempotencyKey;

use crate::{App, AppError, Caller, Code, limits, secret};

/// What a caller sent to make a write repeatable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repeatable {
    /// The `Idempotency-Key`.
    pub key: String,
    /// What was asked: route and body.
    pub request: Vec<u8>,
}

impl Repeatable {
    /// The key to be stored with the effect; refuses a key that is empty or too long.
    fn to_key(&self, caller: &Caller, answer: &str, app: &App) -> Result<IdempotencyKey, AppError> {
        if self.key.is_empty() || self.key.len() > limits::IDEMPOTENCY_KEY_BYTES {
            let most = limits::IDEMPOTENCY_KEY_BYTES;
            return Err(AppError::field(
                "Idempotency-Key",
                format!("应为 1–{most} 个字节"),
                format!("must have 1 to {most} bytes"),
            ));
        }
        Ok(IdempotencyKey {
            scope: caller.person.id.0.clone(),
            key: self.key.clone(),
            request_hash: secret::digest(&[&self.request]),
            answer: answer.to_owned(),
            created_at: app.now(),
        })
    }
}

/// What an idempotency key means for a write that is about to happen.
pub(crate) enum Before {
    /// Do it, and store this key with the effect.
    Do(Option<IdempotencyKey>),
    /// It was done; this is what was noted to answer with.
    Done(String),
}

impl App {
    /// Finds out whether a write was done before. `answer` is noted with the effect when it was not.
    pub(crate) async fn look_before(
        &self,
        caller: &Caller,
        repeatable: Option<&Repeatable>,
        answer: &str,
    ) -> Result<Before, AppError> {
        let Some(repeatable) = repeatable else {
            return Ok(Before::Do(None));
        };
        let key = repeatable.to_key(caller, answer, self)?;
        match self.store().idempotency(&key.scope, &key.key).await? {
            None => Ok(Before::Do(Some(key))),
            Some(stored) if stored.request_hash == key.request_hash => Ok(Before::Done(stored.answer)),
            Some(_) => Err(AppError::Plain(Code::IdempotencyReused)),
        }
    }
}
