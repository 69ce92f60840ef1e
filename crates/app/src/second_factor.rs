//! The second factor: an authenticator's code beside the password, and recovery codes for when it is lost.

use domain::{Timestamp, UserId};
use qrcode::{QrCode, render::svg};
use store::{SecondFactor, User};
use totp_rs::{Builder, Secret, Totp};
use wire::account::{RecoveryCodes, SecondFactorOffer, SecondFactorState};

use crate::{App, AppError, Caller, Code, Verb, limits, permission, secret};

/// Who the authenticator shows as the maker of the codes.
const ISSUER: &str = "Tingsu";
/// Bytes of the shared secret, as many as SHA-1 has (RFC 4226, 4).
const SECRET_BYTES: usize = 20;
/// Pixels of the picture, at least.
const PICTURE: u32 = 220;
/// Letters of recovery codes; none that is taken for another.
const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz23456789w";

impl App {
    /// How the caller's second factor stands.
    pub async fn second_factor(&self, caller: &Caller) -> Result<SecondFactorState, AppError> {
        permission::require(caller.role, Verb::ReadAccount)?;
        let found = self.store().second_factor(&caller.person.id).await?;
        let left = self.store().recovery_codes_left(&caller.person.id).await?;
        Ok(SecondFactorState {
            enabled: found.is_some_and(|factor| factor.confirmed),
            recovery_codes_left: left,
        })
    }

    /// Offers a fresh secret to be scanned; it asks for nothing until it is confirmed by a code.
    pub async fn offer_second_factor(
        &self,
        caller: &Caller,
        password: &str,
    ) -> Result<SecondFactorOffer, AppError> {
        permission::require(caller.role, Verb::ChangeAccount)?;
        self.require_password(caller, password, "password").await?;
        let mut bytes = [0; SECRET_BYTES];
        self.randomness().fill(&mut bytes);
        let totp = totp(Secret::from(bytes.to_vec()), &caller.login)?;
        let uri = totp.to_url().map_err(|_| AppError::Plain(Code::Failed))?;
        let shared = Secret::from(bytes.to_vec()).to_base32();
        let sealed = self.seal_secret(&shared, &caller.person.id.0)?;
        let factor = SecondFactor {
            user: caller.person.id.clone(),
            secret: sealed,
            confirmed: false,
            last_step: 0,
            created_at: self.now(),
        };
        if !self.store().offer_second_factor(&factor).await? {
            return Err(AppError::Plain(Code::SecondFactorPresent));
        }
        Ok(SecondFactorOffer {
            secret: shared,
            svg: picture(&uri)?,
            uri,
        })
    }

    /// Confirms the secret offered by a code of the authenticator; from then on signing in asks for one.
    pub async fn confirm_second_factor(
        &self,
        caller: &Caller,
        code: &str,
    ) -> Result<RecoveryCodes, AppError> {
        permission::require(caller.role, Verb::ChangeAccount)?;
        let now = self.now();
        self.passwords().admit(&caller.login, now)?;
        let offered = self.store().second_factor(&caller.person.id).await?;
        let offered = offered
            .filter(|factor| !factor.confirmed)
            .ok_or_else(|| AppError::not_found("待确认的验证器", "authenticator to be confirmed"))?;
        let step = step_of(&self.open_secret(&offered)?, code, now)?;
        self.passwords().note(&caller.login, step.is_some(), now);
        let step = step.ok_or_else(wrong_code)?;
        let codes: Vec<String> = (0..limits::RECOVERY_CODES)
            .map(|_| self.new_recovery_code())
            .collect();
        let hashes = codes
            .iter()
            .map(|code| recovery_hash(&caller.person.id, code))
            .collect();
        if !self
            .store()
            .confirm_second_factor(&caller.person.id, step, hashes)
            .await?
        {
            return Err(AppError::Plain(Code::SecondFactorPresent));
        }
        self.note_account(caller, "second_factor_on").await?;
        Ok(RecoveryCodes { codes })
    }

    /// Takes the caller's second factor away.
    pub async fn remove_second_factor(&self, caller: &Caller, password: &str) -> Result<(), AppError> {
        permission::require(caller.role, Verb::ChangeAccount)?;
        self.require_password(caller, password, "password").await?;
        if self.store().remove_second_factor(&caller.person.id).await? {
            self.note_account(caller, "second_factor_off").await?;
        }
        Ok(())
    }

    /// Refuses a person with a second factor who brings no code or a wrong one; a code works once.
    pub(crate) async fn require_second_factor(
        &self,
        user: &User,
        code: Option<&str>,
    ) -> Result<(), AppError> {
        let factor = self.store().second_factor(&user.id).await?;
        let Some(factor) = factor.filter(|factor| factor.confirmed) else {
            return Ok(());
        };
        let code = code.ok_or(AppError::Plain(Code::SecondFactorRequired))?;
        // A secret whose key is away keeps nobody out who has a recovery code.
        let opened = self.open_secret(&factor);
        if let Ok(secret) = &opened
            && let Some(step) = step_of(secret, code, self.now())?
            && self.store().spend_step(&user.id, step).await?
        {
            return Ok(());
        }
        let hash = recovery_hash(&user.id, code);
        if self.store().spend_recovery_code(&user.id, &hash).await? {
            return self
                .note_audit(&user.id.0, "recovery_code_used", &user.id.0, "")
                .await;
        }
        opened?;
        Err(AppError::Plain(Code::WrongCode))
    }

    fn new_recovery_code(&self) -> String {
        let mut bytes = [0; limits::RECOVERY_LETTERS];
        self.randomness().fill(&mut bytes);
        bytes
            .iter()
            .map(|byte| char::from(LETTERS[usize::from(byte % 32)]))
            .collect()
    }
}

fn wrong_code() -> AppError {
    AppError::field("code", "验证码不对，或已用过", "is wrong, or was used already")
}

fn totp(secret: Secret, login: &str) -> Result<Totp, AppError> {
    let account: String = login.chars().filter(|letter| *letter != ':').collect();
    let built = Builder::new()
        .with_secret(secret)
        .with_account_name(account)
        .with_issuer(Some(ISSUER))
        .build();
    built.map_err(|_| AppError::Plain(Code::Failed))
}

/// The step whose code this is, one step of delay allowed either way.
fn step_of(secret: &str, code: &str, now: Timestamp) -> Result<Option<i64>, AppError> {
    let secret = Secret::try_from_base32(secret).map_err(|_| AppError::Plain(Code::Failed))?;
    let digits: String = code.chars().filter(|letter| !letter.is_whitespace()).collect();
    let seconds = u64::try_from(now.0 / 1000).unwrap_or_default();
    let step = totp(secret, "")?.check(&digits, seconds);
    Ok(step.and_then(|step| i64::try_from(step).ok()))
}

/// Recovery codes are long and random, so a plain hash keeps them; blanks and hyphens do not count.
fn recovery_hash(user: &UserId, code: &str) -> String {
    let letters: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    secret::digest(&[
        b"recovery",
        user.0.as_bytes(),
        letters.to_ascii_lowercase().as_bytes(),
    ])
}

fn picture(uri: &str) -> Result<String, AppError> {
    let code = QrCode::new(uri).map_err(|_| AppError::Plain(Code::Failed))?;
    Ok(code
        .render::<svg::Color>()
        .min_dimensions(PICTURE, PICTURE)
        .build())
}
