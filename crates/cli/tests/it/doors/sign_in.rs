//! Signing in at a real provider: who gets in, and every way of getting in that is refused.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

use super::Desk;
use super::browser::{Page, ask, field, go, parts};
use super::provider::{Lie, Provider, Wire};
use crate::fresh::Fresh;
use crate::http::Line;
use crate::tool::run;

const CALLBACK: &str = "/sign-in/oidc/callback";
/// The provider takes any secret, but asks for one.
const SECRET: &str = "shared with the provider";
const SESSION: &str = "tingsu_session";
const ATTEMPT: &str = "tingsu_oidc";

/// A desk with one agent, `lin@example.org`, whose people sign in at the provider behind a line.
struct Scene {
    desk: Desk,
    wire: Wire,
    provider: Provider,
    fresh: Fresh,
}

impl Scene {
    fn set(of_provider: &[&str], of_desk: &[&str]) -> Option<Self> {
        let provider = Provider::start(of_provider)?;
        let wire = Wire::lay(&provider);
        let fresh = Fresh::sqlite();
        for login in ["lin@example.org", "gone@example.org"] {
            let who = ["--role", "agent", "--login", login, "--database", &fresh.url];
            run(
                &[&["admin", "create-user"], &who[..]].concat(),
                "a long enough password",
            )
            .ok();
        }
        let issuer = format!("http://{}", wire.addr);
        let own = [
            "--oidc-issuer",
            &issuer,
            "--public-url",
            "http://desk.example",
            "--logins-per-minute",
            "0",
        ];
        let desk = Desk::start(
            &fresh.url,
            &[&own[..], of_desk].concat(),
            &[("TINGSU_OIDC_CLIENT_SECRET", SECRET)],
        );
        Some(Self {
            desk,
            wire,
            provider,
            fresh,
        })
    }

    /// Goes out to the provider: its address with what was asked, and the cookie of the attempt.
    fn go_out(&self) -> (String, String) {
        let out = go(&self.desk.addr, "/sign-in/oidc", "");
        assert_eq!(out.status, 303, "{}", out.body);
        let cookie = out.cookie(ATTEMPT).expect("a cookie ties the way back");
        let set = out.headers("set-cookie").next().unwrap();
        assert!(set.contains("HttpOnly") && set.contains("SameSite=Lax"), "{set}");
        (out.location().to_owned(), cookie)
    }

    /// Says who one is at the provider: the path on the desk that it sends back to.
    fn say_who(&self, url: &str, subject: &str) -> String {
        let (host, path) = parts(url);
        assert_eq!(host, self.wire.addr);
        let form = [("content-type", "application/x-www-form-urlencoded")];
        let back = ask(host, "POST", path, &form, &format!("sub={subject}"));
        let (host, path) = parts(back.location());
        assert_eq!(host, "desk.example");
        path.to_owned()
    }

    /// Comes back to the desk.
    fn come_back(&self, path: &str, cookie: &str) -> Page {
        assert!(path.starts_with(CALLBACK), "{path}");
        go(&self.desk.addr, path, cookie)
    }

    fn sign_in(&self, subject: &str) -> Page {
        let (url, cookie) = self.go_out();
        self.come_back(&self.say_who(&url, subject), &cookie)
    }

    /// Who the desk takes the bearer of this page's session for.
    fn me(&self, page: &Page) -> serde_json::Value {
        assert_eq!(page.location(), "/", "{}", page.head);
        let session = page.cookie(SESSION).expect("a session");
        let me = go(&self.desk.addr, "/api/v1/me", &session);
        assert_eq!(me.status, 200, "{}", me.body);
        serde_json::from_str(&me.body).unwrap()
    }

    #[track_caller]
    fn is_refused(&self, page: &Page, because: &str) {
        assert_eq!(page.location(), "/login?refused=provider", "{}", page.head);
        assert_eq!(page.cookie(SESSION), None);
        self.desk.hear(because);
    }
}

#[test]
fn whoever_the_provider_recognizes_is_signed_in_once() {
    let Some(scene) = Scene::set(&[], &[]) else { return };
    let (url, cookie) = scene.go_out();
    assert_eq!(field(&url, "code_challenge_method"), Some("S256"));
    let path = scene.say_who(&url, "1");
    let me = scene.me(&scene.come_back(&path, &cookie));
    assert_eq!(
        (&me["login"], &me["role"]),
        (&"lin@example.org".into(), &"agent".into())
    );
    // The code is bound to this browser's attempt: what was promised by its hash on the way out is told on the way back.
    let sent = scene.wire.sent.lock().unwrap().join("&");
    let verifier = field(&sent, "code_verifier").expect("the verifier is sent");
    let hash = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()));
    assert_eq!(field(&url, "code_challenge"), Some(hash.as_str()));
    // The same way back opens nothing a second time.
    scene.is_refused(&scene.come_back(&path, &cookie), "has ended before");
    let mut line = Line::open(&scene.desk.addr, &scene.fresh.token).unwrap();
    let audit = line.get("/api/v1/audit").unwrap().json();
    let lines = audit["items"].as_array().unwrap();
    let login = lines.iter().find(|line| line["action"] == "login").unwrap();
    assert_eq!(login["detail"], "provider");
    let desk: serde_json::Value =
        serde_json::from_str(&go(&scene.desk.addr, "/api/v1/desk", "").body).unwrap();
    assert_eq!(desk["single_sign_on"], true);
}

#[test]
fn who_has_no_account_or_no_verified_name_is_refused() {
    let Some(scene) = Scene::set(&[], &[]) else { return };
    scene.is_refused(&scene.sign_in("2"), "missing or not verified");
    scene.is_refused(&scene.sign_in("3"), "no active account");
    let mut line = Line::open(&scene.desk.addr, &scene.fresh.token).unwrap();
    let accounts = line.get("/api/v1/accounts").unwrap().json();
    let gone = accounts.as_array().or(accounts["items"].as_array()).unwrap();
    let gone = gone
        .iter()
        .find(|one| one["login"] == "gone@example.org")
        .unwrap();
    let path = format!("/api/v1/accounts/{}", gone["id"].as_str().unwrap());
    let off = line
        .post(&path, &[], &serde_json::json!({"active": false}))
        .unwrap();
    assert_eq!(off.status, 200, "{}", off.body);
    scene.is_refused(&scene.sign_in("4"), "no active account");
    // The provider let nobody in.
    let (url, cookie) = scene.go_out();
    let state = field(&url, "state").unwrap();
    let denied = format!("{CALLBACK}?error=access_denied&state={state}");
    scene.is_refused(&scene.come_back(&denied, &cookie), "let nobody in");
}

#[test]
fn a_way_back_of_another_browser_is_refused() {
    let Some(scene) = Scene::set(&[], &[]) else { return };
    let (url, own) = scene.go_out();
    let path = scene.say_who(&url, "1");
    let (_, of_another) = scene.go_out();
    let forged = "tingsu_oidc=state.nonce.verifier";
    for cookie in ["", &of_another, forged, "tingsu_oidc=nonsense"] {
        scene.is_refused(&scene.come_back(&path, cookie), "was not begun in this browser");
    }
    // The right state beside another nonce or verifier was never sent out.
    let state = field(&url, "state").unwrap();
    let changed = format!("{ATTEMPT}={state}.nonce.verifier");
    scene.is_refused(&scene.come_back(&path, &changed), "was not begun in this browser");
    let stateless = path
        .split_once("&state=")
        .map_or(path.as_str(), |(before, _)| before);
    scene.is_refused(&scene.come_back(stateless, &own), "was not begun in this browser");
    scene.me(&scene.come_back(&path, &own));
}

#[test]
fn what_the_provider_did_not_say_to_us_is_refused() {
    let Some(scene) = Scene::set(&[], &[]) else { return };
    // Described by another issuer.
    scene.wire.tell(Lie::Description);
    scene.is_refused(
        &go(&scene.desk.addr, "/sign-in/oidc", ""),
        "does not answer as it should",
    );
    // Issued by another.
    scene.wire.tell(Lie::Issuer);
    scene.is_refused(&scene.sign_in("1"), "does not hold");
    // Made for another attempt.
    scene.wire.tell(Lie::None);
    let (url, cookie) = scene.go_out();
    let nonce = field(&url, "nonce").unwrap().to_owned();
    let path = scene.say_who(&url.replace(&nonce, "another"), "1");
    scene.is_refused(&scene.come_back(&path, &cookie), "nonce");
    // Signed with a key that is not the provider's; its keys are asked for anew after a token that did not hold.
    let other = Provider::start(&[]).unwrap();
    scene.wire.tell(Lie::Keys(other.addr.clone()));
    scene.is_refused(&scene.sign_in("1"), "does not hold");
    scene.wire.tell(Lie::None);
    // Made for another client, whose code cannot be turned into a token by us.
    let (url, cookie) = scene.go_out();
    let path = scene.say_who(&url.replace("client_id=tingsu", "client_id=another"), "1");
    scene.is_refused(&scene.come_back(&path, &cookie), "does not answer as it should");
    // And when it tells the truth, everything is well.
    scene.me(&scene.sign_in("1"));
}

#[test]
fn a_token_that_has_run_out_is_refused() {
    let Some(scene) = Scene::set(&["--token-max-age", "1"], &[]) else {
        return;
    };
    scene.wire.tell(Lie::Late);
    scene.is_refused(&scene.sign_in("1"), "expired");
}

#[test]
fn a_provider_that_is_away_lets_nobody_in_and_does_not_hurt() {
    let Some(scene) = Scene::set(&[], &[]) else { return };
    let Scene {
        desk,
        provider,
        fresh,
        ..
    } = scene;
    drop(provider);
    let page = go(&desk.addr, "/sign-in/oidc", "");
    assert_eq!(page.location(), "/login?refused=provider");
    desk.hear("does not answer as it should");
    let mut line = Line::open(&desk.addr, &fresh.token).unwrap();
    assert_eq!(
        line.get("/api/v1/me").unwrap().status,
        200,
        "passwords and tokens still work"
    );
}

#[test]
fn the_first_sign_in_makes_an_agent_where_the_operator_lets_it() {
    let Some(scene) = Scene::set(&[], &["--oidc-new-accounts"]) else {
        return;
    };
    for _ in 0..2 {
        let me = scene.me(&scene.sign_in("3"));
        assert_eq!(
            (&me["login"], &me["name"], &me["role"]),
            (&"new@example.org".into(), &"新同事".into(), &"agent".into())
        );
    }
    scene.is_refused(&scene.sign_in("2"), "missing or not verified");
}

#[test]
fn a_build_without_settings_has_no_such_door() {
    let fresh = Fresh::sqlite();
    let desk = Desk::start(&fresh.url, &[], &[]);
    assert_eq!(
        go(&desk.addr, "/sign-in/oidc/callback?code=1&state=2", "").cookie(SESSION),
        None
    );
    let facts: serde_json::Value = serde_json::from_str(&go(&desk.addr, "/api/v1/desk", "").body).unwrap();
    assert_eq!(facts["single_sign_on"], false);
    let homeless = run(
        &[
            "serve",
            "--oidc-issuer",
            "http://127.0.0.1:1",
            "--database",
            &fresh.url,
        ],
        "",
    );
    assert_eq!(homeless.code, 2, "{}", homeless.err);
    assert!(homeless.err.contains("--public-url"), "{}", homeless.err);
}
