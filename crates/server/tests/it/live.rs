//! The live stream: what changed comes by itself, and a lost connection resumes without a gap.

use std::time::Duration;

use axum::{
    body::{Body, BodyDataStream},
    http::{Method, StatusCode},
};
use domain::Role;
use futures_util::StreamExt;
use serde_json::{Value, json};
use tokio::time::timeout;
use tower::ServiceExt;

use crate::{
    demo_desk::{COMPLAINT, Client, Desk},
    temporary::on_both,
};

const PATIENCE: Duration = Duration::from_secs(10);

/// An open stream.
pub(crate) struct Stream {
    body: BodyDataStream,
    read: String,
}

/// One event: its id, its name, its data.
pub(crate) type Event = (Option<i64>, String, Value);

impl Stream {
    pub(crate) async fn open(desk: &Desk, client: &Client) -> Self {
        Self::open_at(desk, client, "/api/v1/events").await
    }

    /// Any of the streams.
    pub(crate) async fn open_at(desk: &Desk, client: &Client, path: &str) -> Self {
        let request = client.request(Method::GET, path, Body::empty());
        let response = desk.router.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Self {
            body: response.into_body().into_data_stream(),
            read: String::new(),
        }
    }

    pub(crate) async fn next(&mut self) -> Event {
        loop {
            if let Some((event, rest)) = self.read.split_once("\n\n") {
                let parsed = parse(event);
                self.read = rest.to_owned();
                return parsed;
            }
            let chunk = timeout(PATIENCE, self.body.next())
                .await
                .expect("an event in time");
            self.read
                .push_str(std::str::from_utf8(&chunk.unwrap().unwrap()).unwrap());
        }
    }

    pub(crate) async fn next_case(&mut self) -> Event {
        self.next_of("case").await
    }

    /// The next event of this name.
    pub(crate) async fn next_of(&mut self, name: &str) -> Event {
        loop {
            let event = self.next().await;
            if event.1 == name {
                return event;
            }
        }
    }
}

fn parse(event: &str) -> Event {
    let field = |name: &str| {
        event
            .lines()
            .find_map(|line| line.strip_prefix(name))
            .map(str::trim)
    };
    (
        field("id:").and_then(|id| id.parse().ok()),
        field("event:").unwrap_or_default().to_owned(),
        serde_json::from_str(field("data:").unwrap_or("null")).unwrap(),
    )
}

async fn changes_come_by_themselves_and_resume(desk: &mut Desk) {
    let client = desk.sign_in(Role::Agent).await;
    let before = desk.open_case(&client, "早先的一件").await;
    let mut stream = Stream::open(desk, &client).await;
    let (start, name, _) = stream.next().await;
    assert_eq!(
        (start, name.as_str()),
        (before["version"].as_i64(), "tick"),
        "the place to resume from"
    );

    let case = desk.open_case(&client, COMPLAINT).await;
    let (first, _, data) = stream.next_case().await;
    assert_eq!(
        (&data["id"], &data["kind"], &data["version"]),
        (&case["id"], &json!("received"), &json!(1))
    );
    assert_eq!(data["number"], case["number"]);
    drop(stream);

    let case = desk
        .must(&client, &case, &json!({"command": "acknowledge"}))
        .await;
    let resumed = client.and("last-event-id", &first.unwrap().to_string());
    let mut stream = Stream::open(desk, &resumed).await;
    let mut versions = Vec::new();
    let mut last = first.unwrap();
    while versions.last() != case["version"].as_u64().as_ref() {
        let (id, _, data) = stream.next_case().await;
        assert!(id.unwrap() > last, "the order of the history");
        last = id.unwrap();
        assert_eq!(data["id"], case["id"]);
        versions.push(data["version"].as_u64().unwrap());
    }
    let expected: Vec<u64> = (2..=case["version"].as_u64().unwrap()).collect();
    assert_eq!(versions, expected, "nothing is lost and nothing comes twice");
}

async fn the_stream_tells_no_words_of_customers(desk: &mut Desk) {
    let client = desk.sign_in(Role::Agent).await;
    let mut stream = Stream::open(desk, &client).await;
    let case = desk.open_case(&client, COMPLAINT).await;
    let (_, _, data) = stream.next_case().await;
    let mut names: Vec<&str> = data.as_object().unwrap().keys().map(String::as_str).collect();
    names.sort_unstable();
    assert_eq!(names, ["id", "kind", "number", "state", "version"]);
    assert_eq!(data["id"], case["id"]);
}

on_both!(
    changes_come_by_themselves_and_resume,
    the_stream_tells_no_words_of_customers
);
