//! Signing in at the organization's own provider (OpenID Connect): out with secrets in a short-lived cookie, back once with
//! a code. Whom the provider names must have an account, unless the operator lets the first sign-in make one.

use std::{sync::Arc, time::Duration};

use app::{AppError, Code, Recognized};
use axum::{
    Extension, Router,
    extract::{Query, State},
    http::{HeaderMap, HeaderName, StatusCode, header},
    response::AppendHeaders,
    routing::get,
};
use axum_extra::extract::CookieJar;
use openidconnect::{
    AuthorizationCode, ClientId, ClientSecret, CsrfToken, EndpointMaybeSet, EndpointNotSet, EndpointSet,
    IssuerUrl, Nonce, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope, TokenResponse,
    core::{CoreAuthenticationFlow, CoreClient, CoreIdTokenClaims, CoreProviderMetadata},
    reqwest,
};
use serde::Deserialize;
use tokio::sync::Mutex;

use crate::{
    api::Server,
    routes::session::{agent_of, session_cookie},
};

/// Where the workbench sends a browser that wants to sign in.
pub(crate) const START: &str = "/sign-in/oidc";
const CALLBACK: &str = "/sign-in/oidc/callback";
/// Holds state, nonce and verifier of one attempt.
const ATTEMPT: &str = "tingsu_oidc";
const ATTEMPT_S: i64 = app::SIGN_IN_MS / 1000;
/// How long the provider may take to answer.
const PROVIDER_WAIT: Duration = Duration::from_secs(10);
/// Where the workbench says that nobody was signed in.
const REFUSED: &str = "/login?refused=provider";

/// Which claim of the provider is the login name of the account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OidcClaim {
    /// The e-mail address, when the provider has verified it.
    #[default]
    Email,
    /// The name people know themselves by; only where they cannot change it themselves.
    PreferredUsername,
    /// The provider's own identity of the person.
    Subject,
}

/// The provider.
#[derive(Clone)]
pub struct OidcOptions {
    /// Its address, as its metadata name it.
    pub issuer: String,
    /// As what we are registered there.
    pub client_id: String,
    /// The secret we share with it; none for a public client.
    pub client_secret: Option<String>,
    /// The claim that names the account.
    pub claim: OidcClaim,
    /// Whether the first sign-in of somebody without an account makes one.
    pub makes_accounts: bool,
    /// The address under which people reach the workbench.
    pub public_url: String,
}

type Client = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// Why nobody was signed in; for the log, without anything personal.
#[derive(Debug, thiserror::Error)]
enum OidcError {
    #[error("the provider is not set up: {0}")]
    Setting(String),
    #[error("the provider does not answer as it should: {0}")]
    Provider(String),
    #[error("the provider let nobody in")]
    Denied,
    #[error("the attempt was not begun in this browser, has ended before or is too old")]
    Attempt,
    #[error("the provider's answer does not hold: {0}")]
    Token(String),
    #[error("the claim that names the account is missing or not verified")]
    Claim,
    #[error("no active account has the name that the provider gave")]
    Account,
    #[error("the desk does not answer: {0}")]
    Desk(app::AppError),
}

/// The provider as known so far; asked for its metadata when somebody first signs in.
pub(crate) struct Provider {
    options: OidcOptions,
    known: Mutex<Option<Arc<Client>>>,
    http: reqwest::Client,
}

impl Provider {
    pub(crate) fn new(options: OidcOptions) -> Result<Self, reqwest::Error> {
        // A provider that redirects could send our secret elsewhere.
        let http = reqwest::ClientBuilder::new()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(PROVIDER_WAIT)
            .build()?;
        Ok(Self {
            options,
            known: Mutex::default(),
            http,
        })
    }

    async fn client(&self) -> Result<Arc<Client>, OidcError> {
        let mut known = self.known.lock().await;
        if let Some(client) = known.as_ref() {
            return Ok(client.clone());
        }
        let setting = |error: &dyn std::fmt::Display| OidcError::Setting(error.to_string());
        let options = &self.options;
        let issuer = IssuerUrl::new(options.issuer.clone()).map_err(|error| setting(&error))?;
        let back = format!("{}{CALLBACK}", options.public_url.trim_end_matches('/'));
        let back = RedirectUrl::new(back).map_err(|error| setting(&error))?;
        let metadata = CoreProviderMetadata::discover_async(issuer, &self.http)
            .await
            .map_err(|error| OidcError::Provider(error.to_string()))?;
        let secret = options.client_secret.clone().map(ClientSecret::new);
        let id = ClientId::new(options.client_id.clone());
        let client = CoreClient::from_provider_metadata(metadata, id, secret).set_redirect_uri(back);
        Ok(known.insert(Arc::new(client)).clone())
    }

    /// Where to send the browser, and what its cookie holds meanwhile.
    async fn begin(&self) -> Result<(String, Attempt), OidcError> {
        let client = self.client().await?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let (url, state, nonce) = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                CsrfToken::new_random,
                Nonce::new_random,
            )
            .add_scope(Scope::new("email".to_owned()))
            .add_scope(Scope::new("profile".to_owned()))
            .set_pkce_challenge(challenge)
            .url();
        let attempt = Attempt {
            state: state.into_secret(),
            nonce: nonce.secret().clone(),
            verifier: verifier.into_secret(),
        };
        Ok((url.into(), attempt))
    }

    /// Who comes back with this code.
    async fn recognize(&self, code: String, attempt: Attempt) -> Result<Recognized, OidcError> {
        let client = self.client().await?;
        let exchange = client
            .exchange_code(AuthorizationCode::new(code))
            .map_err(|error| OidcError::Setting(error.to_string()))?;
        let tokens = exchange
            .set_pkce_verifier(PkceCodeVerifier::new(attempt.verifier))
            .request_async(&self.http)
            .await
            .map_err(|error| OidcError::Provider(error.to_string()))?;
        let token = tokens.id_token();
        let token = token.ok_or_else(|| OidcError::Token("it holds no identity".to_owned()))?;
        match token.claims(&client.id_token_verifier(), &Nonce::new(attempt.nonce)) {
            Ok(claims) => Ok(Recognized {
                login: login_of(claims, self.options.claim).ok_or(OidcError::Claim)?,
                name: shown_name(claims),
                is_welcome: self.options.makes_accounts,
            }),
            Err(error) => {
                // Perhaps it signs with a new key by now: its metadata are asked for again next time.
                *self.known.lock().await = None;
                Err(OidcError::Token(error.to_string()))
            }
        }
    }
}

fn login_of(claims: &CoreIdTokenClaims, claim: OidcClaim) -> Option<String> {
    match claim {
        OidcClaim::Email => claims
            .email()
            .filter(|_| claims.email_verified() == Some(true))
            .map(|email| email.to_string()),
        OidcClaim::PreferredUsername => claims.preferred_username().map(|name| name.to_string()),
        OidcClaim::Subject => Some(claims.subject().to_string()),
    }
}

fn shown_name(claims: &CoreIdTokenClaims) -> Option<String> {
    let name = claims.name().and_then(|names| names.get(None));
    name.map(|name| name.to_string())
}

/// What ties the way back to the way out.
struct Attempt {
    state: String,
    nonce: String,
    verifier: String,
}

impl Attempt {
    /// What the cookie holds.
    fn words(&self) -> String {
        format!("{}.{}.{}", self.state, self.nonce, self.verifier)
    }

    fn cookie(&self, public_url: &str) -> String {
        let secure = if public_url.starts_with("https://") {
            "; Secure"
        } else {
            ""
        };
        let words = self.words();
        // Lax, since the browser comes back from another host.
        format!("{ATTEMPT}={words}; Path={START}; HttpOnly; SameSite=Lax; Max-Age={ATTEMPT_S}{secure}")
    }

    fn of_cookie(value: &str) -> Option<Self> {
        let mut parts = value.split('.').map(str::to_owned);
        let attempt = Self {
            state: parts.next()?,
            nonce: parts.next()?,
            verifier: parts.next()?,
        };
        parts.next().is_none().then_some(attempt)
    }
}

/// What the provider sends a browser back with.
#[derive(Deserialize)]
struct Returned {
    code: Option<String>,
    state: Option<String>,
}

type Redirect = (StatusCode, AppendHeaders<Vec<(HeaderName, String)>>);

fn redirect(to: String, cookies: impl IntoIterator<Item = String>) -> Redirect {
    let cookies = cookies.into_iter().map(|cookie| (header::SET_COOKIE, cookie));
    let headers = [(header::LOCATION, to)].into_iter().chain(cookies);
    (StatusCode::SEE_OTHER, AppendHeaders(headers.collect()))
}

/// The two routes; a browser goes through them, so they are no part of the API.
pub(crate) fn routes(provider: Arc<Provider>) -> Router<Server> {
    Router::new()
        .route(START, get(begin))
        .route(CALLBACK, get(finish))
        .layer(Extension(provider))
}

async fn begin(provider: Extension<Arc<Provider>>, State(server): State<Server>) -> Redirect {
    match send_out(&provider, &server).await {
        Ok((url, cookie)) => redirect(url, [cookie]),
        Err(error) => refuse(&error),
    }
}

async fn send_out(provider: &Provider, server: &Server) -> Result<(String, String), OidcError> {
    let (url, attempt) = provider.begin().await?;
    let kept = server.app.begin_sign_in(&attempt.words()).await;
    kept.map_err(OidcError::Desk)?;
    Ok((url, attempt.cookie(&provider.options.public_url)))
}

fn refuse(error: &OidcError) -> Redirect {
    tracing::warn!(%error, "nobody was signed in by the provider");
    redirect(REFUSED.to_owned(), [forget_attempt()])
}

fn forget_attempt() -> String {
    format!("{ATTEMPT}=; Path={START}; HttpOnly; SameSite=Lax; Max-Age=0")
}

async fn finish(
    provider: Extension<Arc<Provider>>,
    State(server): State<Server>,
    Query(returned): Query<Returned>,
    headers: HeaderMap,
) -> Redirect {
    match sign_in(&provider, &server, returned, &headers).await {
        Ok(cookie) => redirect("/".to_owned(), [cookie, forget_attempt()]),
        Err(error) => refuse(&error),
    }
}

async fn sign_in(
    provider: &Provider,
    server: &Server,
    returned: Returned,
    headers: &HeaderMap,
) -> Result<String, OidcError> {
    let jar = CookieJar::from_headers(headers);
    let attempt = jar
        .get(ATTEMPT)
        .and_then(|cookie| Attempt::of_cookie(cookie.value()));
    let attempt = attempt.ok_or(OidcError::Attempt)?;
    if returned.state.as_ref() != Some(&attempt.state) {
        return Err(OidcError::Attempt);
    }
    let was_begun = server.app.end_sign_in(&attempt.words()).await;
    if !was_begun.map_err(OidcError::Desk)? {
        return Err(OidcError::Attempt);
    }
    let code = returned.code.ok_or(OidcError::Denied)?;
    let who = provider.recognize(code, attempt).await?;
    let signed = server.app.sign_in_as(&who, agent_of(headers)).await;
    let signed = signed.map_err(|error| match error {
        AppError::Plain(Code::WrongCredentials) => OidcError::Account,
        other => OidcError::Desk(other),
    })?;
    let [(_, cookie)] = session_cookie(&signed.cookie, headers, signed.max_age_s);
    Ok(cookie)
}
