//! A desk to test with: the product over a fresh database, a clock that the test turns, callers of every role.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use app::{App, NewUser, Randomness};
use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    http::{HeaderMap, Method, Request, StatusCode},
};
use domain::{Language, Role, Timestamp, Vocabulary};
use serde_json::{Value, json};
use tingsu_server::{SystemRandomness, router};
use tower::ServiceExt;

/// Monday, 23 November 2026, 10:00 in China.
pub(crate) const START: Timestamp = Timestamp(1_795_399_200_000);
pub(crate) const PASSWORD: &str = "correct horse battery";
pub(crate) const COMPLAINT: &str =
    "我要退款，还要赔偿！你们客服态度太差，说好三天到，等了十天，再不处理我就曝光，联系我13912345678";

/// The product under test.
pub(crate) struct Desk {
    pub(crate) app: App,
    pub(crate) router: Router,
    clock: Arc<AtomicI64>,
}

/// Somebody who calls.
#[derive(Clone, Default)]
pub(crate) struct Client {
    pub(crate) headers: Vec<(&'static str, String)>,
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Desk {
    pub(crate) async fn open(url: &str) -> Self {
        Self::open_with(url, Box::new(SystemRandomness)).await
    }

    /// With a source of names and secrets that the test chose.
    pub(crate) async fn open_with(url: &str, randomness: Box<dyn Randomness>) -> Self {
        let clock = Arc::new(AtomicI64::new(START.0));
        let hands = clock.clone();
        let tell = move || Timestamp(hands.load(Ordering::Relaxed));
        let app = app::open_to_serve(url, Box::new(tell), randomness)
            .await
            .expect("a product");
        app.set_sealing_key(app::SealingKey::of(&[7; app::SealingKey::BYTES]));
        Self {
            router: router(app.clone()),
            app,
            clock,
        }
    }

    pub(crate) async fn close(&self) {
        self.app.store().close().await;
    }

    /// Turns the clock forward.
    pub(crate) fn pass_hours(&self, hours: i64) {
        self.pass_minutes(hours * 60);
    }

    /// Turns the clock forward.
    pub(crate) fn pass_minutes(&self, minutes: i64) {
        self.clock.fetch_add(minutes * 60_000, Ordering::Relaxed);
    }

    /// A person of this role, signed in; made when there is none.
    pub(crate) async fn sign_in(&self, role: Role) -> Client {
        let new = NewUser {
            login: role.key().to_owned(),
            name: format!("{}小王", role.entry().zh),
            role,
            team: None,
            language: Language::Chinese,
            password: PASSWORD.to_owned(),
        };
        // Made before: the login tells whether it works.
        let _ = self.app.create_user(new).await;
        self.sign_in_as(role.key()).await
    }

    /// Somebody whose account was made with the password of these tests, signed in.
    pub(crate) async fn sign_in_as(&self, login: &str) -> Client {
        self.sign_in_with(login, PASSWORD).await
    }

    /// Somebody of the demonstration, signed in.
    pub(crate) async fn login_as_demo(&self, login: &str) -> Client {
        self.sign_in_with(login, app::DEMO_PASSWORD).await
    }

    async fn sign_in_with(&self, login: &str, password: &str) -> Client {
        let reply = self.login(login, password).await;
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
        let cookie = reply
            .header("set-cookie")
            .split(';')
            .next()
            .unwrap_or_default()
            .to_owned();
        let csrf = reply.json()["csrf"].as_str().expect("a token").to_owned();
        Client {
            headers: vec![("cookie", cookie), ("x-csrf-token", csrf)],
        }
    }

    pub(crate) async fn login(&self, login: &str, password: &str) -> Reply {
        self.post(
            &Client::default(),
            "/api/v1/login",
            &json!({"login": login, "password": password}),
        )
        .await
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Reply {
        let response = self
            .router
            .clone()
            .oneshot(request)
            .await
            .expect("the router does not fail");
        let (parts, body) = response.into_parts();
        Reply {
            status: parts.status,
            headers: parts.headers,
            body: to_bytes(body, usize::MAX).await.expect("a body"),
        }
    }

    pub(crate) async fn get(&self, client: &Client, path: &str) -> Reply {
        self.send(client.request(Method::GET, path, Body::empty())).await
    }

    pub(crate) async fn post(&self, client: &Client, path: &str, body: &Value) -> Reply {
        self.send(client.request(Method::POST, path, Body::from(body.to_string())))
            .await
    }

    /// Opens a case; answers it.
    pub(crate) async fn open_case(&self, client: &Client, text: &str) -> Value {
        let body = json!({"text": text, "channel": "chat", "customer": {"name": "赵铁柱先生", "phone": "13812340000"}});
        let reply = self.post(client, "/api/v1/cases", &body).await;
        assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text());
        reply.json()
    }

    /// Sends a command upon the case as it was seen.
    pub(crate) async fn command(&self, client: &Client, case: &Value, body: &Value) -> Reply {
        let path = format!("/api/v1/cases/{}/commands", case["id"].as_str().expect("an id"));
        self.post(
            &client.and("if-match", &format!("\"{}\"", case["version"])),
            &path,
            body,
        )
        .await
    }

    /// Sends a command that is carried out; answers the case after it.
    pub(crate) async fn must(&self, client: &Client, case: &Value, body: &Value) -> Value {
        let reply = self.command(client, case, body).await;
        assert_eq!(reply.status, StatusCode::OK, "{body}: {}", reply.text());
        reply.json()
    }

    /// A case opened and brought to `understood`.
    pub(crate) async fn understood_case(&self, client: &Client) -> Value {
        let case = self.open_case(client, COMPLAINT).await;
        let case = self.must(client, &case, &json!({"command": "acknowledge"})).await;
        self.must(client, &case, &json!({"command": "confirm_facets"}))
            .await
    }
}

impl Client {
    /// The same caller with one more header.
    pub(crate) fn and(&self, name: &'static str, value: &str) -> Self {
        let mut client = self.clone();
        client.headers.retain(|(known, _)| *known != name);
        client.headers.push((name, value.to_owned()));
        client
    }

    pub(crate) fn without(&self, name: &str) -> Self {
        let mut client = self.clone();
        client.headers.retain(|(known, _)| *known != name);
        client
    }

    pub(crate) fn request(&self, method: Method, path: &str, body: Body) -> Request<Body> {
        let mut request = Request::builder().method(&method).uri(path);
        let named = self.headers.iter().any(|(name, _)| *name == "content-type");
        if method == Method::POST && !named {
            request = request.header("content-type", "application/json");
        }
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        request.body(body).expect("a request")
    }
}

impl Reply {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    /// Status and code of a problem document, such as `404 not_found`.
    pub(crate) fn problem(&self) -> String {
        assert_eq!(
            self.header("content-type"),
            "application/problem+json",
            "{}",
            self.text()
        );
        let problem = self.json();
        assert_eq!(problem["status"], self.status.as_u16());
        for words in ["title", "detail", "type"] {
            assert!(
                problem[words].as_str().is_some_and(|words| !words.is_empty()),
                "{problem}"
            );
        }
        format!(
            "{} {}",
            self.status.as_u16(),
            problem["code"].as_str().unwrap_or_default()
        )
    }

    /// The paths of the fields at fault.
    pub(crate) fn fields(&self) -> Vec<String> {
        let errors = self.json()["errors"].as_array().cloned().unwrap_or_default();
        errors
            .iter()
            .map(|error| error["field"].as_str().unwrap_or_default().to_owned())
            .collect()
    }
}
