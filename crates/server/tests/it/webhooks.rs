//! Webhooks, told to a real receiver that fails, hangs and comes back; and the queue they wait in.

use std::{
    collections::VecDeque,
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::Duration,
};

use app::{Courier, Networks};
use axum::http::{Method, StatusCode};
use base64::{Engine, engine::general_purpose::STANDARD};
use domain::Role;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::Notify,
    time::timeout,
};

use crate::{
    demo_desk::{COMPLAINT, Client, Desk},
    temporary::on_both,
};

/// How a receiver behaves towards one message.
#[derive(Clone, Copy, Debug)]
enum Mood {
    /// Answers this status.
    Answer(u16),
    /// Sends elsewhere.
    Redirect,
    /// Never answers.
    Hang,
}

/// A message as it came in.
#[derive(Clone, Debug)]
struct Heard {
    head: String,
    body: String,
}

impl Heard {
    fn header(&self, name: &str) -> &str {
        let mut lines = self.head.lines();
        let line = lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
        line.unwrap_or_else(|| panic!("{name} is missing: {}", self.head))
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    fn version(&self) -> u64 {
        self.json()["data"]["version"].as_u64().unwrap()
    }

    /// The recipe of the guide: HMAC-SHA256 over id, time and body under the secret.
    fn is_signed_with(&self, secret: &str) -> bool {
        let key = STANDARD.decode(secret.strip_prefix("whsec_").unwrap()).unwrap();
        let (id, at) = (self.header("webhook-id"), self.header("webhook-timestamp"));
        let mut mac = Hmac::<Sha256>::new_from_slice(&key).unwrap();
        mac.update(format!("{id}.{at}.{}", self.body).as_bytes());
        self.header("webhook-signature") == format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
    }
}

/// A receiver on this machine; takes everything when it is in no other mood.
#[derive(Clone)]
struct Receiver {
    addr: SocketAddr,
    heard: Arc<Mutex<Vec<Heard>>>,
    news: Arc<Notify>,
    moods: Arc<Mutex<VecDeque<Mood>>>,
}

impl Receiver {
    async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let receiver = Self {
            addr: listener.local_addr().unwrap(),
            heard: Arc::default(),
            news: Arc::default(),
            moods: Arc::default(),
        };
        let ears = receiver.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let ears = ears.clone();
                tokio::spawn(async move { ears.listen(stream).await });
            }
        });
        receiver
    }

    async fn listen(self, mut stream: TcpStream) -> Option<()> {
        let mut bytes = Vec::new();
        let heard = loop {
            let mut chunk = [0; 4096];
            let read = stream.read(&mut chunk).await.ok().filter(|read| *read > 0)?;
            bytes.extend_from_slice(&chunk[..read]);
            let text = String::from_utf8_lossy(&bytes).into_owned();
            let Some((head, body)) = text.split_once("\r\n\r\n") else {
                continue;
            };
            let heard = Heard {
                head: head.to_lowercase(),
                body: body.to_owned(),
            };
            // Signatures keep their letters.
            let signature = head
                .lines()
                .find_map(|line| line.strip_prefix("webhook-signature: "));
            let lower = heard.header("webhook-signature").to_owned();
            let head = heard.head.replace(&lower, signature.unwrap_or_default());
            if body.len() >= heard.header("content-length").parse().unwrap() {
                break Heard { head, ..heard };
            }
        };
        self.heard.lock().unwrap().push(heard);
        self.news.notify_one();
        let mood = self
            .moods
            .lock()
            .unwrap()
            .pop_front()
            .unwrap_or(Mood::Answer(204));
        let answer = match mood {
            Mood::Answer(status) => format!("HTTP/1.1 {status} X\r\n"),
            Mood::Redirect => format!("HTTP/1.1 302 X\r\nlocation: http://{}/elsewhere\r\n", self.addr),
            Mood::Hang => {
                // Held until the sender gives up.
                let _ = stream.read(&mut [0; 1]).await;
                return None;
            }
        };
        let answer = format!("{answer}content-length: 0\r\nconnection: close\r\n\r\n");
        stream.write_all(answer.as_bytes()).await.ok()
    }

    fn url(&self) -> String {
        format!("http://{}/hook", self.addr)
    }

    fn be(&self, moods: &[Mood]) {
        *self.moods.lock().unwrap() = moods.iter().copied().collect();
    }

    fn take(&self) -> Vec<Heard> {
        std::mem::take(&mut self.heard.lock().unwrap())
    }
}

fn loopback() -> Networks {
    Networks::parse("127.0.0.0/8").unwrap()
}

fn courier() -> Courier {
    Courier::new(loopback())
}

/// A desk that may tell this machine, its administrator, a receiver and its subscription.
async fn subscribed(desk: &Desk, events: Value) -> (Client, Receiver, Value) {
    desk.app.allow_networks(loopback());
    let admin = desk.sign_in(Role::Admin).await;
    let receiver = Receiver::open().await;
    let body = json!({"url": receiver.url(), "events": events});
    let reply = desk.post(&admin, "/api/v1/webhooks", &body).await;
    assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text());
    (admin, receiver, reply.json())
}

async fn deliveries(desk: &Desk, admin: &Client, webhook: &Value, state: &str) -> Vec<Value> {
    let id = webhook["id"].as_str().unwrap();
    let path = format!("/api/v1/webhooks/{id}/deliveries?state={state}");
    desk.get(admin, &path).await.json()["items"]
        .as_array()
        .unwrap()
        .clone()
}

async fn events_are_told_signed_and_without_personal_data(desk: &mut Desk) {
    let (admin, receiver, webhook) = subscribed(desk, json!([])).await;
    let secret = webhook["secret"].as_str().unwrap();
    let case = desk.open_case(&admin, COMPLAINT).await;
    let case = desk.must(&admin, &case, &json!({"command": "acknowledge"})).await;
    // Messages of one case go one after the other, so it takes as many rounds as there are events.
    for _ in 0..40 {
        desk.app.work(&courier()).await.unwrap();
    }
    let heard = receiver.take();
    let versions: Vec<u64> = heard.iter().map(Heard::version).collect();
    let expected: Vec<u64> = (1..=case["version"].as_u64().unwrap()).collect();
    assert_eq!(versions, expected, "each event once, in order");
    assert_eq!(heard[0].json()["type"], "case.received");
    assert_eq!(heard[0].json()["data"]["state"], "received");
    assert_eq!(heard.last().unwrap().json()["data"]["state"], case["state"]);
    for heard in &heard {
        assert!(heard.is_signed_with(secret), "{heard:?}");
        for personal in ["赵铁柱", "13812340000", "13912345678", "退款", "客服"] {
            assert!(
                !heard.body.contains(personal) && !heard.head.contains(personal),
                "{heard:?}"
            );
        }
    }
    let log = desk
        .get(
            &admin,
            &format!("/api/v1/webhooks/{}/deliveries", webhook["id"].as_str().unwrap()),
        )
        .await;
    for hidden in ["赵铁柱", "13812340000", "13912345678", "退款", secret] {
        assert!(!log.text().contains(hidden), "the log holds {hidden}");
    }
    let listed = desk.get(&admin, "/api/v1/webhooks").await.json();
    assert!(
        listed["items"][0].get("secret").is_none(),
        "the secret is shown once"
    );
}

async fn a_receiver_that_fails_gets_everything_in_order_once_it_is_back(desk: &mut Desk) {
    let (admin, receiver, webhook) = subscribed(desk, json!(["received", "message_added"])).await;
    receiver.be(&[Mood::Answer(500), Mood::Redirect, Mood::Answer(204)]);
    let case = desk.open_case(&admin, COMPLAINT).await;
    desk.must(&admin, &case, &json!({"command": "note", "text": "已核对订单"}))
        .await;
    let first = desk.app.work(&courier()).await.unwrap();
    assert_eq!(
        (first.done, first.again),
        (0, 1),
        "the second message waits behind the first"
    );
    let at_once = desk.app.work(&courier()).await.unwrap();
    assert_eq!(
        (at_once.done, at_once.again),
        (0, 0),
        "not before the pause is over"
    );
    desk.pass_hours(1);
    desk.app.work(&courier()).await.unwrap();
    let elsewhere = receiver
        .heard
        .lock()
        .unwrap()
        .iter()
        .any(|heard| heard.head.contains("/elsewhere"));
    assert!(!elsewhere, "a redirect is not followed");
    desk.pass_hours(1);
    for _ in 0..2 {
        desk.app.work(&courier()).await.unwrap();
    }
    let heard = receiver.take();
    let kinds: Vec<Value> = heard.iter().map(|heard| heard.json()["type"].clone()).collect();
    assert_eq!(
        kinds,
        [
            "case.received",
            "case.received",
            "case.received",
            "case.message_added"
        ]
    );
    let ids: Vec<&str> = heard.iter().map(|heard| heard.header("webhook-id")).collect();
    assert!(
        ids[0] == ids[1] && ids[1] == ids[2] && ids[2] != ids[3],
        "{ids:?}"
    );
    let done = deliveries(desk, &admin, &webhook, "done").await;
    assert_eq!(done.len(), 2);
    let job = desk
        .get(&admin, &format!("/api/v1/jobs/{}", done[1]["id"]))
        .await
        .json();
    let outcomes: Vec<&str> = job["tries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|a| a["outcome"].as_str().unwrap())
        .collect();
    assert_eq!(outcomes, ["500", "302", "204"]);
}

async fn what_fails_for_good_is_shelved_seen_and_replayed(desk: &mut Desk) {
    let (admin, receiver, webhook) = subscribed(desk, json!(["received"])).await;
    receiver.be(&[Mood::Answer(503); 14]);
    desk.open_case(&admin, COMPLAINT).await;
    for _ in 0..14 {
        desk.app.work(&courier()).await.unwrap();
        desk.pass_hours(7);
    }
    assert_eq!(receiver.take().len(), 14);
    let admin = desk.sign_in(Role::Admin).await;
    let shelved = desk.get(&admin, "/api/v1/jobs?state=shelved").await.json();
    assert_eq!(
        (&shelved["shelved"], &shelved["items"][0]["outcome"]),
        (&json!(1), &json!("503"))
    );
    let path = format!("/api/v1/jobs/{}/replay", shelved["items"][0]["id"]);
    assert_eq!(
        desk.post(&admin, &path, &json!({})).await.json()["state"],
        "waiting"
    );
    assert_eq!(
        desk.post(&admin, &path, &json!({})).await.problem(),
        "404 not_found",
        "it waits already"
    );
    assert_eq!(desk.app.work(&courier()).await.unwrap().done, 1);
    assert_eq!(receiver.take().len(), 1);
    // Gone means that nothing more is wanted: one try is enough.
    receiver.be(&[Mood::Answer(410)]);
    desk.open_case(&admin, COMPLAINT).await;
    assert_eq!(desk.app.work(&courier()).await.unwrap().shelved, 1);
    receiver.take();
    // The whole history again, under the same ids.
    let id = webhook["id"].as_str().unwrap();
    desk.post(
        &admin,
        &format!("/api/v1/webhooks/{id}/replay"),
        &json!({"after": 0}),
    )
    .await;
    desk.app.work(&courier()).await.unwrap();
    assert_eq!(receiver.take().len(), 2);
}

async fn one_that_hangs_does_not_hold_up_the_others(desk: &mut Desk) {
    let (admin, slow, _) = subscribed(desk, json!(["received"])).await;
    let quick = Receiver::open().await;
    desk.post(
        &admin,
        "/api/v1/webhooks",
        &json!({"url": quick.url(), "events": ["received"]}),
    )
    .await;
    slow.be(&[Mood::Hang; 30]);
    let work = tokio::spawn(desk.app.clone().run_jobs(courier()));
    for _ in 0..10 {
        desk.open_case(&admin, COMPLAINT).await;
    }
    let told = async {
        while quick.heard.lock().unwrap().len() < 10 {
            quick.news.notified().await;
        }
    };
    timeout(Duration::from_secs(9), told)
        .await
        .expect("sooner than the slow one is given up");
    assert!(
        slow.heard.lock().unwrap().len() <= 4,
        "no more than four hang at once"
    );
    work.abort();
}

async fn a_paused_or_removed_subscription_is_told_nothing(desk: &mut Desk) {
    let (admin, receiver, webhook) = subscribed(desk, json!(["received"])).await;
    let path = format!("/api/v1/webhooks/{}", webhook["id"].as_str().unwrap());
    desk.open_case(&admin, COMPLAINT).await;
    desk.post(&admin, &path, &json!({"active": false})).await;
    desk.open_case(&admin, COMPLAINT).await;
    assert_eq!(
        desk.app.work(&courier()).await.unwrap(),
        app::WorkReport::default()
    );
    desk.post(&admin, &path, &json!({"active": true})).await;
    assert_eq!(
        desk.app.work(&courier()).await.unwrap().done,
        2,
        "what happened meanwhile is told now"
    );
    desk.open_case(&admin, COMPLAINT).await;
    let removed = desk
        .send(admin.request(Method::DELETE, &path, axum::body::Body::empty()))
        .await;
    assert_eq!(removed.status, StatusCode::NO_CONTENT);
    assert_eq!(
        desk.app.work(&courier()).await.unwrap(),
        app::WorkReport::default()
    );
    assert_eq!(receiver.take().len(), 2);
    assert_eq!(desk.get(&admin, "/api/v1/jobs").await.json()["items"], json!([]));
}

async fn targets_inside_are_refused(desk: &mut Desk) {
    let admin = desk.sign_in(Role::Admin).await;
    for url in [
        "http://127.0.0.1:9/",
        "https://10.0.0.8/",
        "https://169.254.169.254/",
        "https://[::1]/",
        "https://2130706433/",
        "http://example.org/",
        "https://me:pw@example.org/",
        "ftp://example.org/",
        "no url",
    ] {
        let reply = desk.post(&admin, "/api/v1/webhooks", &json!({"url": url})).await;
        assert_eq!(
            (reply.status, reply.fields()),
            (StatusCode::UNPROCESSABLE_ENTITY, vec!["url".to_owned()]),
            "{url}"
        );
    }
    let made = desk
        .post(
            &admin,
            "/api/v1/webhooks",
            &json!({"url": "https://localhost:9/"}),
        )
        .await
        .json();
    desk.open_case(&admin, COMPLAINT).await;
    // The name passed; where it leads does not.
    assert_eq!(
        desk.app
            .work(&Courier::new(Networks::default()))
            .await
            .unwrap()
            .done,
        0
    );
    let waiting = deliveries(desk, &admin, &made, "waiting").await;
    let refused = waiting
        .iter()
        .filter(|one| one["outcome"].as_str().unwrap().contains("not public"));
    assert_eq!(refused.count(), 1, "{waiting:?}");
    let wrong = json!({"url": "https://example.org/", "events": ["recieved"]});
    assert_eq!(
        desk.post(&admin, "/api/v1/webhooks", &wrong).await.fields(),
        ["events[0]"]
    );
}

async fn the_audit_trail_is_read_by_those_who_watch(desk: &mut Desk) {
    let admin = desk.sign_in(Role::Admin).await;
    let case = desk.open_case(&admin, COMPLAINT).await;
    desk.must(
        &admin,
        &case,
        &json!({"command": "unmask", "reason": "回电给13912345678"}),
    )
    .await;
    assert_eq!(
        desk.login("admin", "wrong password").await.problem(),
        "401 wrong_credentials"
    );
    desk.get(&admin, "/api/v1/insight/process.xes").await;
    let quality = desk.sign_in(Role::Quality).await;
    let page = desk.get(&quality, "/api/v1/audit?limit=200").await.json();
    let lines = page["items"].as_array().unwrap();
    let of = |action: &str| lines.iter().find(|line| line["action"] == action).cloned();
    for action in [
        "user_created",
        "login",
        "login_failed",
        "unmask",
        "process_exported",
    ] {
        assert!(of(action).is_some(), "{action} is missing: {page}");
    }
    let unmasked = of("unmask").unwrap();
    assert_eq!(unmasked["target"], case["id"]);
    assert!(
        !page.to_string().contains("13912345678"),
        "reasons hold personal data"
    );
    let path = format!(
        "/api/v1/audit?action=unmask&target={}",
        case["id"].as_str().unwrap()
    );
    assert_eq!(
        desk.get(&quality, &path).await.json()["items"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    let first = desk.get(&quality, "/api/v1/audit?limit=1").await.json();
    let next = format!(
        "/api/v1/audit?limit=1&cursor={}",
        first["next_cursor"].as_str().unwrap()
    );
    assert_ne!(desk.get(&quality, &next).await.json()["items"], first["items"]);
    assert_eq!(
        desk.get(&quality, "/api/v1/audit?cursor=x").await.problem(),
        "422 invalid_cursor"
    );
}

on_both!(
    events_are_told_signed_and_without_personal_data,
    a_receiver_that_fails_gets_everything_in_order_once_it_is_back,
    what_fails_for_good_is_shelved_seen_and_replayed,
    one_that_hangs_does_not_hold_up_the_others,
    a_paused_or_removed_subscription_is_told_nothing,
    targets_inside_are_refused,
    the_audit_trail_is_read_by_those_who_watch,
);
