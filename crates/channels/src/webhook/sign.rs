//! Signatures: HMAC-SHA256 over `id.timestamp.body`, so that a receiver knows who sent what, and when.
//! Source of the format: the Standard Webhooks specification, symmetric signatures `v1`.

use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// What a secret begins with.
const PREFIX: &str = "whsec_";

/// A secret as the receiver keeps it, made from random bytes.
pub fn new_secret(bytes: &[u8; 32]) -> String {
    format!("{PREFIX}{}", STANDARD.encode(bytes))
}

/// The value of `webhook-signature` for a message sent at `at_s` seconds since 1970.
pub fn sign(secret: &str, id: &str, at_s: i64, body: &str) -> String {
    let encoded = secret.strip_prefix(PREFIX).unwrap_or(secret);
    // A secret that is no base64 is used as it stands; those made here always are.
    let key = STANDARD
        .decode(encoded)
        .unwrap_or_else(|_| secret.as_bytes().to_vec());
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).expect("HMAC takes keys of any length");
    mac.update(format!("{id}.{at_s}.{body}").as_bytes());
    format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_the_one_openssl_computes() {
        // printf 'msg_1.1614265330.{"test": 2432232314}' | openssl dgst -sha256 -hmac 'tingsu' -binary | base64
        let secret = format!("{PREFIX}{}", STANDARD.encode("tingsu"));
        let signature = sign(&secret, "msg_1", 1_614_265_330, "{\"test\": 2432232314}");
        assert_eq!(signature, "v1,pbbLvdinRcN7Zo2I/vcp1M+R8DCJFYxkwFlnknjAiLQ=");
        assert_ne!(
            sign(&secret, "msg_1", 1_614_265_331, "{\"test\": 2432232314}"),
            signature
        );
    }

    #[test]
    fn secrets_carry_256_bits() {
        let secret = new_secret(&[7; 32]);
        assert_eq!(secret.len(), PREFIX.len() + 44);
        assert_ne!(sign(&secret, "a", 1, ""), sign(&new_secret(&[8; 32]), "a", 1, ""));
    }
}
