//! Sealing what must not be read from the database alone, with a key that lies elsewhere: secrets of authenticators.

use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};
use chacha20poly1305::{
    XChaCha20Poly1305, XNonce,
    aead::{Aead, KeyInit, Payload},
};
use store::SecondFactor;

use crate::{App, AppError, Code, Randomness, secret};

/// Marks what is sealed; the secrets of earlier versions are base32, which has no dot.
const SEALED: &str = "sealed.";
const NONCE_BYTES: usize = 24;
/// Letters of a key's fingerprint that tell which key sealed something.
const NAME_LETTERS: usize = 8;

/// A key of 256 bits and its name.
pub struct SealingKey {
    cipher: XChaCha20Poly1305,
    name: String,
}

impl SealingKey {
    /// How many bytes a key has.
    pub const BYTES: usize = 32;

    /// The key of these bytes.
    pub fn of(bytes: &[u8; Self::BYTES]) -> Self {
        let fingerprint = secret::digest(&[b"sealing key", bytes]);
        Self {
            cipher: XChaCha20Poly1305::new(bytes.into()),
            name: fingerprint.chars().take(NAME_LETTERS).collect(),
        }
    }

    /// Letters that tell this key from another, and tell nothing of the key.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Seals a text for its owner: it does not open as anybody else's.
    fn seal(&self, text: &str, owner: &str, randomness: &dyn Randomness) -> Result<String, AppError> {
        let mut nonce = [0; NONCE_BYTES];
        randomness.fill(&mut nonce);
        let payload = Payload {
            msg: text.as_bytes(),
            aad: owner.as_bytes(),
        };
        let hidden = self.cipher.encrypt(&XNonce::from(nonce), payload);
        let hidden = hidden.map_err(|_| AppError::Plain(Code::Failed))?;
        let body = STANDARD_NO_PAD.encode([&nonce[..], &hidden].concat());
        Ok(format!("{SEALED}{}.{body}", self.name))
    }

    /// Opens what was sealed for the owner; nothing when another key sealed it, or when it was changed.
    fn open(&self, sealed: &str, owner: &str) -> Option<String> {
        let body = sealed.strip_prefix(SEALED)?.split_once('.')?.1;
        let bytes = STANDARD_NO_PAD.decode(body).ok()?;
        let (nonce, hidden) = bytes.split_at_checked(NONCE_BYTES)?;
        let nonce: [u8; NONCE_BYTES] = nonce.try_into().ok()?;
        let payload = Payload {
            msg: hidden,
            aad: owner.as_bytes(),
        };
        let open = self.cipher.decrypt(&XNonce::from(nonce), payload).ok()?;
        String::from_utf8(open).ok()
    }
}

/// How the secrets on file stand to the key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SealReport {
    /// Sealed with the key.
    pub sealed: usize,
    /// Sealed now, having been stored as they were by an earlier version.
    pub sealed_now: usize,
    /// Stored as they were by an earlier version, since there is no key.
    pub open: usize,
    /// Sealed with another key, or changed: their owners need a recovery code, or an administrator.
    pub unreadable: usize,
}

impl App {
    /// Sets the key that secrets are sealed with; done once, before serving.
    pub fn set_sealing_key(&self, key: SealingKey) {
        self.keep_sealing_key(key);
    }

    /// Seals the secrets that an earlier version stored as they were, and counts those that do not open.
    pub async fn seal_secrets(&self) -> Result<SealReport, AppError> {
        let mut report = SealReport::default();
        for factor in self.store().second_factors().await? {
            let was_open = !factor.secret.starts_with(SEALED);
            match self.open_secret(&factor) {
                Err(_) => report.unreadable += 1,
                Ok(_) if !was_open => report.sealed += 1,
                // Without a key they stay as they are, and still work.
                Ok(_) if self.sealing_key().is_none() => report.open += 1,
                Ok(secret) => {
                    let sealed = self.seal_secret(&secret, &factor.user.0)?;
                    self.store()
                        .replace_secret(&factor.user, &factor.secret, &sealed)
                        .await?;
                    report.sealed_now += 1;
                }
            }
        }
        Ok(report)
    }

    /// A secret as it is stored.
    pub(crate) fn seal_secret(&self, secret: &str, owner: &str) -> Result<String, AppError> {
        let key = self.sealing_key().ok_or(AppError::Plain(Code::KeyMissing))?;
        key.seal(secret, owner, self.randomness())
    }

    /// A secret as it was before it was stored.
    pub(crate) fn open_secret(&self, factor: &SecondFactor) -> Result<String, AppError> {
        if !factor.secret.starts_with(SEALED) {
            return Ok(factor.secret.clone());
        }
        let opened = self
            .sealing_key()
            .and_then(|key| key.open(&factor.secret, &factor.user.0));
        opened.ok_or(AppError::Plain(Code::KeyMissing))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Fixed;

    impl Randomness for Fixed {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(7);
        }
    }

    #[test]
    fn only_the_key_and_the_owner_open_what_is_sealed() {
        let key = SealingKey::of(&[1; SealingKey::BYTES]);
        let sealed = key.seal("JBSWY3DPEHPK3PXP", "lin", &Fixed).expect("it seals");
        assert!(!sealed.contains("JBSWY3DPEHPK3PXP"));
        assert_eq!(key.open(&sealed, "lin").as_deref(), Some("JBSWY3DPEHPK3PXP"));
        assert_eq!(key.open(&sealed, "wang"), None);
        assert_eq!(SealingKey::of(&[2; SealingKey::BYTES]).open(&sealed, "lin"), None);
        let (head, last) = sealed.split_at(sealed.len() - 1);
        let changed = format!("{head}{}", if last == "A" { "B" } else { "A" });
        assert_eq!(key.open(&changed, "lin"), None);
        assert_eq!(key.open("sealed.x.", "lin"), None);
    }
}
