//! How often one caller may ask: a bucket for each token, session or address, told in headers, refused with 429.

use std::{
    hash::{BuildHasher, RandomState},
    net::SocketAddr,
    num::NonZeroU32,
};

use app::Code;
use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use axum_extra::extract::CookieJar;
use governor::{
    Quota, RateLimiter,
    clock::{Clock, DefaultClock},
    middleware::StateInformationMiddleware,
    state::keyed::DefaultKeyedStateStore,
};

use crate::{
    api::Server,
    extract::{COOKIE, bearer},
    failure::Failure,
    limits::CALLERS,
};

/// How often callers may ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateOptions {
    /// Requests a minute for each token, session or, for those who are not signed in, address; 0 sets no limit.
    pub per_minute: u32,
    /// Attempts to sign in a minute for each address; 0 sets no limit.
    pub logins_per_minute: u32,
    /// Whether a proxy in front is believed when it tells the caller's address in `X-Forwarded-For`.
    pub trust_proxy: bool,
}

impl RateOptions {
    /// No limit, as for a router that is called in process.
    pub const NONE: Self = Self {
        per_minute: 0,
        logins_per_minute: 0,
        trust_proxy: false,
    };
}

type Buckets = RateLimiter<u64, DefaultKeyedStateStore<u64>, DefaultClock, StateInformationMiddleware>;

/// The buckets of all callers; what a caller sent is not kept, only a hash of it.
#[derive(Debug)]
pub(crate) struct Rates {
    options: RateOptions,
    hasher: RandomState,
    clock: DefaultClock,
    requests: Option<Buckets>,
    logins: Option<Buckets>,
}

/// What a bucket said.
struct Verdict {
    limit: u32,
    remaining: u32,
    /// Seconds until a refused caller may come again, or until the bucket is full.
    reset_s: u64,
    refused: bool,
}

impl Rates {
    pub(crate) fn new(options: RateOptions) -> Self {
        Self {
            options,
            hasher: RandomState::new(),
            clock: DefaultClock::default(),
            requests: buckets(options.per_minute),
            logins: buckets(options.logins_per_minute),
        }
    }

    fn judge(&self, request: &Request) -> Option<Verdict> {
        let path = request.uri().path();
        let signs_in = path.starts_with("/api/v1/login") || path.starts_with("/sign-in/");
        if !signs_in && !path.starts_with("/api/") {
            return None;
        }
        let address = self.address(request);
        if signs_in {
            let (buckets, limit) = (self.logins.as_ref()?, self.options.logins_per_minute);
            return Some(self.ask(buckets, limit, self.hasher.hash_one(("address", address))));
        }
        let (buckets, limit) = (self.requests.as_ref()?, self.options.per_minute);
        let key = self.key(request.headers(), &address);
        Some(self.ask(buckets, limit, key))
    }

    /// A token or session by what was sent, whether it is a good one or not: guessing them is limited by address.
    fn key(&self, headers: &HeaderMap, address: &str) -> u64 {
        if let Ok(Some(token)) = bearer(headers) {
            return self.hasher.hash_one(("token", token, address));
        }
        match CookieJar::from_headers(headers).get(COOKIE) {
            Some(cookie) => self.hasher.hash_one(("session", cookie.value(), address)),
            None => self.hasher.hash_one(("address", address)),
        }
    }

    /// The address of the caller; whoever comes without one, as in process, shares one bucket.
    fn address(&self, request: &Request) -> String {
        let told = request
            .headers()
            .get("x-forwarded-for")
            .and_then(|value| value.to_str().ok());
        // The last entry was written by the proxy in front of us; those before it are the caller's own words.
        let last = told.and_then(|list| list.rsplit(',').next()).map(str::trim);
        match last.filter(|_| self.options.trust_proxy) {
            Some(address) => address.to_owned(),
            None => {
                let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
                peer.map(|peer| peer.0.ip().to_string()).unwrap_or_default()
            }
        }
    }

    fn ask(&self, buckets: &Buckets, limit: u32, key: u64) -> Verdict {
        if buckets.len() > CALLERS {
            buckets.retain_recent();
        }
        match buckets.check_key(&key) {
            Ok(state) => {
                let remaining = state.remaining_burst_capacity();
                let missing = u64::from(limit.saturating_sub(remaining));
                let reset_s = (missing * 60).div_ceil(u64::from(limit));
                Verdict {
                    limit,
                    remaining,
                    reset_s,
                    refused: false,
                }
            }
            Err(until) => {
                let wait = until.wait_time_from(self.clock.now());
                let reset_s = wait.as_secs() + 1;
                Verdict {
                    limit,
                    remaining: 0,
                    reset_s,
                    refused: true,
                }
            }
        }
    }
}

fn buckets(per_minute: u32) -> Option<Buckets> {
    let quota = Quota::per_minute(NonZeroU32::new(per_minute)?);
    Some(RateLimiter::keyed(quota).with_middleware())
}

/// Refuses who asks too often, and tells everybody how much may still be asked.
pub(crate) async fn limit_rate(State(server): State<Server>, request: Request, next: Next) -> Response {
    let Some(verdict) = server.rates.judge(&request) else {
        return next.run(request).await;
    };
    let mut response = match verdict.refused {
        true => {
            server.metrics.note_refused();
            let mut refusal = Failure::from(Code::RateLimited).into_response();
            refusal
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(verdict.reset_s));
            refusal
        }
        false => next.run(request).await,
    };
    let (limit, remaining, reset) = (verdict.limit, verdict.remaining, verdict.reset_s);
    let told = [
        (
            "ratelimit",
            format!("limit={limit}, remaining={remaining}, reset={reset}"),
        ),
        ("ratelimit-policy", format!("{limit};w=60")),
    ];
    for (name, value) in told {
        let value = HeaderValue::from_str(&value).unwrap_or(HeaderValue::from_static(""));
        response
            .headers_mut()
            .insert(HeaderName::from_static(name), value);
    }
    response
}
