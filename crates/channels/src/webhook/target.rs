//! Where a webhook may go, as far as its URL tells; addresses behind names are looked at when it is sent.

use std::net::IpAddr;

use url::{Host, Url};

use super::Networks;

/// The longest URL, in bytes.
const LONGEST: usize = 2_000;

/// A URL that may be sent to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    pub(super) url: Url,
}

/// Why a URL may not be sent to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TargetError {
    /// It is no URL, or too long.
    #[error("it is no URL of at most 2,000 bytes")]
    NoUrl,
    /// Neither http nor https.
    #[error("only https:// is sent to; http:// to networks that the operator allows")]
    Scheme,
    /// It carries a name or password.
    #[error("it carries a name or password; the signature proves who sends")]
    Credentials,
    /// The address is not public.
    #[error("the address is not public, and the operator does not allow it")]
    Inside,
}

impl Target {
    /// Reads a URL and refuses what may not be sent to.
    pub fn parse(text: &str, networks: &Networks) -> Result<Self, TargetError> {
        let parsed = Url::parse(text).ok().filter(|_| text.len() <= LONGEST);
        let mut url = parsed.ok_or(TargetError::NoUrl)?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(TargetError::Credentials);
        }
        url.set_fragment(None);
        let target = Self { url };
        if !target.is_secret() && target.url.scheme() != "http" {
            return Err(TargetError::Scheme);
        }
        match target.address() {
            Some(address) if !networks.may_reach(address) => Err(TargetError::Inside),
            Some(address) if !target.is_secret() && !networks.allows(address) => Err(TargetError::Scheme),
            // Without encryption only to networks of one's own.
            None if !target.is_secret() && *networks == Networks::default() => Err(TargetError::Scheme),
            _ => Ok(target),
        }
    }

    /// Whether nobody on the way can read along.
    pub(super) fn is_secret(&self) -> bool {
        self.url.scheme() == "https"
    }

    /// The address, when the URL names one instead of a host; resolvers are not asked for those.
    fn address(&self) -> Option<IpAddr> {
        match self.url.host()? {
            Host::Ipv4(address) => Some(address.into()),
            Host::Ipv6(address) => Some(address.into()),
            Host::Domain(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(allowed: &str, url: &str, expected: Result<(), TargetError>) {
        let networks = Networks::parse(allowed).unwrap();
        assert_eq!(Target::parse(url, &networks).map(drop), expected, "{url}");
    }

    #[test]
    fn a_url_is_refused_for_what_it_says() {
        check("", "https://example.org/hook?a=1", Ok(()));
        check("", "https://example.org:8443/", Ok(()));
        for (url, because) in [
            ("", TargetError::NoUrl),
            ("example.org", TargetError::NoUrl),
            ("ftp://example.org/", TargetError::Scheme),
            ("file:///etc/passwd", TargetError::Scheme),
            ("http://example.org/", TargetError::Scheme),
            ("http://8.8.8.8/", TargetError::Scheme),
            ("https://me:secret@example.org/", TargetError::Credentials),
            ("https://127.0.0.1/", TargetError::Inside),
            ("https://[::1]/", TargetError::Inside),
            ("https://169.254.169.254/latest/meta-data", TargetError::Inside),
            // Other spellings of 127.0.0.1.
            ("https://2130706433/", TargetError::Inside),
            ("https://0x7f.1/", TargetError::Inside),
            ("https://0177.0.0.1/", TargetError::Inside),
            ("https://[::ffff:7f00:1]/", TargetError::Inside),
        ] {
            check("", url, Err(because));
        }
        check("127.0.0.0/8", "http://127.0.0.1:9000/hook", Ok(()));
        check("127.0.0.0/8", "http://erp.example.org/hook", Ok(()));
        check("127.0.0.0/8", "http://8.8.8.8/", Err(TargetError::Scheme));
        check("127.0.0.0/8", "https://10.0.0.1/", Err(TargetError::Inside));
    }
}
