//! The settings of signing in at the organization's own provider.

use server::{OidcClaim, OidcOptions};

use crate::exit::{Failure, usage};

/// Signing in at the organization's own provider
#[derive(clap::Args, Debug)]
pub(crate) struct ProviderArgs {
    /// The provider (OpenID Connect) at which people may sign in, such as https://id.example
    #[arg(long, env = "TINGSU_OIDC_ISSUER", value_name = "URL")]
    oidc_issuer: Option<String>,
    /// The name under which this desk is registered there
    #[arg(
        long,
        env = "TINGSU_OIDC_CLIENT_ID",
        default_value = "tingsu",
        value_name = "ID"
    )]
    oidc_client_id: String,
    /// The secret shared with it; better given by the environment, since others can see the arguments of a command
    #[arg(
        long,
        env = "TINGSU_OIDC_CLIENT_SECRET",
        hide_env_values = true,
        value_name = "SECRET"
    )]
    oidc_client_secret: Option<String>,
    /// Which of its claims is the login name here: email (verified), preferred_username or sub
    #[arg(long, env = "TINGSU_OIDC_CLAIM", default_value = "email", value_name = "CLAIM", value_parser = parse_claim)]
    oidc_claim: OidcClaim,
    /// Give whoever signs in there without an account here one, in the role of an agent
    #[arg(long, env = "TINGSU_OIDC_NEW_ACCOUNTS")]
    oidc_new_accounts: bool,
}

impl ProviderArgs {
    /// The provider, when one is named.
    pub(crate) fn options(&self, public_url: Option<&str>) -> Result<Option<OidcOptions>, Failure> {
        let Some(issuer) = self.oidc_issuer.clone().filter(|issuer| !issuer.is_empty()) else {
            return Ok(None);
        };
        let public_url = public_url
            .ok_or_else(|| usage("--oidc-issuer needs --public-url: the provider sends people back there"))?;
        Ok(Some(OidcOptions {
            issuer,
            client_id: self.oidc_client_id.clone(),
            client_secret: self.oidc_client_secret.clone(),
            claim: self.oidc_claim,
            makes_accounts: self.oidc_new_accounts,
            public_url: public_url.to_owned(),
        }))
    }
}

fn parse_claim(words: &str) -> Result<OidcClaim, String> {
    match words {
        "email" => Ok(OidcClaim::Email),
        "preferred_username" => Ok(OidcClaim::PreferredUsername),
        "sub" => Ok(OidcClaim::Subject),
        _ => Err("must be email, preferred_username or sub".to_owned()),
    }
}
