//! Passwords: argon2id hashes, computed off the async threads and a few at a time.

use std::{collections::HashMap, sync::Mutex};

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use domain::Timestamp;
use tokio::sync::Semaphore;

use crate::{AppError, Code, Randomness, limits};

/// Hashes passwords and remembers who typed wrong ones.
#[derive(Debug)]
pub(crate) struct PasswordDesk {
    hashers: Semaphore,
    places: Semaphore,
    failures: Mutex<HashMap<String, Failures>>,
}

#[derive(Clone, Copy, Debug)]
struct Failures {
    count: u32,
    locks: u32,
    last: Timestamp,
    locked_until: Timestamp,
}

impl PasswordDesk {
    pub(crate) fn new() -> Self {
        Self {
            hashers: Semaphore::new(limits::PASSWORD_HASHERS),
            places: Semaphore::new(limits::PASSWORD_QUEUE),
            failures: Mutex::default(),
        }
    }

    /// The PHC string of a password under a fresh salt.
    pub(crate) async fn hash(&self, password: &str, randomness: &dyn Randomness) -> Result<String, AppError> {
        let mut salt = [0; 16];
        randomness.fill(&mut salt);
        let password = password.to_owned();
        self.run(move || hash_with_salt(&password, &salt)).await?
    }

    /// Whether the password belongs to the hash; without a hash it takes as long and fails, so that nobody learns
    /// which login names exist.
    pub(crate) async fn verify(&self, password: &str, hash: Option<String>) -> Result<bool, AppError> {
        let password = password.to_owned();
        self.run(move || match hash {
            Some(hash) => PasswordHash::new(&hash).is_ok_and(|hash| {
                Argon2::default()
                    .verify_password(password.as_bytes(), &hash)
                    .is_ok()
            }),
            None => {
                let spent = hash_with_salt(&password, &[0; 16]);
                spent.is_err()
            }
        })
        .await
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, AppError> {
        let _place = self
            .places
            .try_acquire()
            .map_err(|_| AppError::Plain(Code::TooBusy))?;
        let _permit = self
            .hashers
            .acquire()
            .await
            .map_err(|_| AppError::Plain(Code::Failed))?;
        tokio::task::spawn_blocking(work)
            .await
            .map_err(|_| AppError::Plain(Code::Failed))
    }

    /// Refuses while a login name is locked after too many wrong passwords.
    pub(crate) fn admit(&self, login: &str, now: Timestamp) -> Result<(), AppError> {
        let failures = self.lock();
        let left_ms = failures
            .get(login)
            .map_or(0, |failed| failed.locked_until.since_ms(now));
        match left_ms {
            ..=0 => Ok(()),
            _ => Err(AppError::Wait(
                Code::LoginLocked,
                left_ms.div_euclid(1000) + i64::from(left_ms % 1000 > 0),
            )),
        }
    }

    /// Forgets every wrong password of a login name.
    pub(crate) fn forgive(&self, login: &str) {
        self.lock().remove(login);
    }

    /// Remembers how a login went.
    pub(crate) fn note(&self, login: &str, succeeded: bool, now: Timestamp) {
        let mut failures = self.lock();
        if succeeded {
            failures.remove(login);
            return;
        }
        if failures.len() >= limits::LOGIN_NAMES {
            let oldest = failures
                .iter()
                .min_by_key(|(_, failed)| failed.last)
                .map(|(name, _)| name.clone());
            oldest.and_then(|name| failures.remove(&name));
        }
        let failed = failures.entry(login.to_owned()).or_insert(Failures {
            count: 0,
            locks: 0,
            last: now,
            locked_until: now,
        });
        failed.count += 1;
        failed.last = now;
        if failed.count >= limits::LOGIN_FAILURES {
            // The counting starts anew, and each further lock lasts twice as long.
            failed.count = 0;
            failed.locked_until =
                now.plus_ms(limits::LOGIN_LOCK_MS << failed.locks.min(limits::LOGIN_DOUBLINGS));
            failed.locks += 1;
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<String, Failures>> {
        self.failures
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

fn hash_with_salt(password: &str, salt: &[u8]) -> Result<String, AppError> {
    let hash: Result<PasswordHash, _> = Argon2::default().hash_password_with_salt(password.as_bytes(), salt);
    hash.map(|hash| hash.to_string())
        .map_err(|_| AppError::Plain(Code::Failed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_wrong_passwords_lock_a_name_for_a_minute() {
        let desk = PasswordDesk::new();
        let start = Timestamp(1_000_000);
        for _ in 0..limits::LOGIN_FAILURES {
            assert!(desk.admit("li", start).is_ok());
            desk.note("li", false, start);
        }
        assert!(desk.admit("li", start.plus_ms(1)).is_err());
        assert!(desk.admit("wang", start).is_ok());
        let later = start.plus_ms(limits::LOGIN_LOCK_MS);
        assert!(desk.admit("li", later).is_ok());
        desk.note("li", false, later);
        assert!(desk.admit("li", later).is_ok());
    }

    #[test]
    fn each_further_lock_lasts_twice_as_long_until_somebody_forgives() {
        let desk = PasswordDesk::new();
        let mut now = Timestamp(1_000_000);
        for lock in 0..10 {
            for _ in 0..limits::LOGIN_FAILURES {
                desk.note("li", false, now);
            }
            let length = limits::LOGIN_LOCK_MS << u32::min(lock, limits::LOGIN_DOUBLINGS);
            assert!(desk.admit("li", now.plus_ms(length - 1)).is_err());
            now = now.plus_ms(length);
            assert!(desk.admit("li", now).is_ok());
        }
        for _ in 0..limits::LOGIN_FAILURES {
            desk.note("li", false, now);
        }
        desk.forgive("li");
        assert!(desk.admit("li", now).is_ok());
    }
}
