//! Brings a signed message to its receiver: names are resolved here and their addresses looked at, so that the address
//! that was judged is the address that is called.

use std::{net::SocketAddr, time::Duration};

use reqwest::{
    Client, StatusCode,
    dns::{Addrs, Name, Resolve, Resolving},
    header::CONTENT_TYPE,
    redirect::Policy,
};

use super::{Networks, Target, TargetError, sign};

/// How long a receiver may take to answer.
pub const WEBHOOK_WAIT: Duration = Duration::from_secs(10);
/// How long a connection may take to come about.
const CONNECT_WAIT: Duration = Duration::from_secs(5);

/// A message to be brought.
#[derive(Clone, Debug)]
pub struct Parcel<'a> {
    /// Where to.
    pub url: &'a str,
    /// What to sign with.
    pub secret: &'a str,
    /// The same for every try, so that a receiver takes it once.
    pub id: &'a str,
    /// When it is sent, in seconds since 1970.
    pub at_s: i64,
    /// The JSON.
    pub body: &'a str,
}

/// How it went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivered {
    /// Whether the receiver took it: any 2xx.
    pub taken: bool,
    /// Whether the receiver wants nothing more (410).
    pub gone: bool,
    /// How it ended, in a few words that hold nothing of what was sent or answered.
    pub outcome: String,
}

/// Brings messages; cheap to clone, keeps connections.
#[derive(Clone, Debug)]
pub struct Courier {
    networks: Networks,
    /// For https, to every address that may be reached.
    secret: Client,
    /// For http, to networks the operator allows by name.
    open: Client,
}

impl Courier {
    /// A courier who reaches public addresses and these networks.
    pub fn new(networks: Networks) -> Self {
        let client = |only_allowed| {
            let guard = Guard {
                networks: networks.clone(),
                only_allowed,
            };
            Client::builder()
                .redirect(Policy::none())
                .no_proxy()
                .timeout(WEBHOOK_WAIT)
                .connect_timeout(CONNECT_WAIT)
                .user_agent(concat!("tingsu/", env!("CARGO_PKG_VERSION")))
                .dns_resolver(std::sync::Arc::new(guard))
                .build()
                .expect("these settings are known to work together")
        };
        Self {
            secret: client(false),
            open: client(true),
            networks,
        }
    }

    /// Brings one message. A failure is an outcome, not an error: it is tried again later.
    pub async fn bring(&self, parcel: &Parcel<'_>) -> Delivered {
        let target = match Target::parse(parcel.url, &self.networks) {
            Ok(target) => target,
            Err(error) => return refused(&error),
        };
        let client = if target.is_secret() {
            &self.secret
        } else {
            &self.open
        };
        let request = client
            .post(target.url)
            .header(CONTENT_TYPE, "application/json")
            .header("webhook-id", parcel.id)
            .header("webhook-timestamp", parcel.at_s)
            .header(
                "webhook-signature",
                sign(parcel.secret, parcel.id, parcel.at_s, parcel.body),
            )
            .body(parcel.body.to_owned());
        match request.send().await {
            Ok(response) => answered(response.status()),
            Err(error) => failed(&error),
        }
    }
}

fn answered(status: StatusCode) -> Delivered {
    Delivered {
        taken: status.is_success(),
        gone: status == StatusCode::GONE,
        outcome: status.as_u16().to_string(),
    }
}

fn refused(error: &TargetError) -> Delivered {
    Delivered {
        taken: false,
        gone: false,
        outcome: error.to_string(),
    }
}

/// The innermost cause says it best, and does not repeat the URL.
fn failed(error: &reqwest::Error) -> Delivered {
    let mut cause: &dyn std::error::Error = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    let outcome = match error.is_timeout() {
        true => format!("no answer within {} s", WEBHOOK_WAIT.as_secs()),
        false => cause.to_string(),
    };
    Delivered {
        taken: false,
        gone: false,
        outcome,
    }
}

/// Resolves names to those of their addresses that may be reached.
struct Guard {
    networks: Networks,
    only_allowed: bool,
}

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let (networks, only_allowed) = (self.networks.clone(), self.only_allowed);
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let may = |found: &SocketAddr| match only_allowed {
                true => networks.allows(found.ip()),
                false => networks.may_reach(found.ip()),
            };
            let addresses: Vec<SocketAddr> = found.filter(may).collect();
            if addresses.is_empty() {
                return Err(TargetError::Inside.into());
            }
            let addresses: Addrs = Box::new(addresses.into_iter());
            Ok(addresses)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn bring(networks: &str, url: &str) -> Delivered {
        let parcel = Parcel {
            url,
            secret: "whsec_AAAA",
            id: "m",
            at_s: 1,
            body: "{}",
        };
        Courier::new(Networks::parse(networks).unwrap())
            .bring(&parcel)
            .await
    }

    #[tokio::test]
    async fn a_name_that_leads_inside_is_refused_when_it_is_resolved() {
        // The name is harmless, its address is not.
        let delivered = bring("", "https://localhost:9/hook").await;
        assert!(!delivered.taken);
        assert_eq!(delivered.outcome, TargetError::Inside.to_string());
        // Allowing another network does not open this one.
        let delivered = bring("10.0.0.0/8", "http://localhost:9/hook").await;
        assert_eq!(delivered.outcome, TargetError::Inside.to_string());
    }

    #[tokio::test]
    async fn nobody_there_is_told_in_a_few_words() {
        let free = std::net::TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap();
        let delivered = bring("127.0.0.0/8", &format!("http://{free}/secret-path")).await;
        assert!(delivered.outcome.contains("refused"), "{}", delivered.outcome);
        assert!(!delivered.outcome.contains("secret-path"));
    }
}
