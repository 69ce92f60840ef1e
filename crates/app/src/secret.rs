//! Identities and secrets: made from given randomness, compared without telling how far they agree.

use domain::Timestamp;
use sha2::{Digest, Sha256};

use crate::Randomness;

const SECRET_BYTES: usize = 32;

/// A new time-ordered identity (UUID version 7).
pub(crate) fn new_id(now: Timestamp, randomness: &dyn Randomness) -> String {
    let mut bytes = [0; 10];
    randomness.fill(&mut bytes);
    let milliseconds = u64::try_from(now.0).unwrap_or_default();
    uuid::Builder::from_unix_timestamp_millis(milliseconds, &bytes)
        .into_uuid()
        .to_string()
}

/// A new secret of 256 bits in hexadecimal.
pub(crate) fn new_secret(randomness: &dyn Randomness) -> String {
    let mut bytes = [0; SECRET_BYTES];
    randomness.fill(&mut bytes);
    hexadecimal(&bytes)
}

/// SHA-256 in hexadecimal: how secrets are stored, and how requests are told apart.
pub(crate) fn digest(parts: &[&[u8]]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part.len().to_le_bytes());
        hasher.update(part);
    }
    hexadecimal(&hasher.finalize())
}

/// Whether two secrets are equal, in time that does not depend on where they differ.
pub(crate) fn equal(left: &str, right: &str) -> bool {
    let differences = left
        .bytes()
        .zip(right.bytes())
        .fold(0, |sum, (l, r)| sum | (l ^ r));
    left.len() == right.len() && differences == 0
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
