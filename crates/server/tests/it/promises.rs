//! A promise that is broken makes its case more urgent and shows in its plan; one that is kept late leaves its trace.

use domain::Role;
use serde_json::{Value, json};

use crate::{
    demo_desk::{Client, Desk},
    temporary::on_both,
};

/// A quiet matter: nothing in it is urgent.
const QUIET: &str = "手机壳颜色和图片有点不一样，想问问能不能换一个";

async fn shown(desk: &Desk, client: &Client, case: &Value) -> Value {
    let path = format!("/api/v1/cases/{}", case["id"].as_str().unwrap());
    desk.get(client, &path).await.json()
}

/// The priority that the list gives.
async fn listed(desk: &Desk, client: &Client, case: &Value) -> Value {
    let list = desk.get(client, "/api/v1/cases").await.json();
    let rows = list["items"].as_array().unwrap();
    let row = rows.iter().find(|row| row["id"] == case["id"]).unwrap();
    row["priority"].clone()
}

fn promise(case: &Value) -> &Value {
    &case["promises"][0]["state"]
}

/// The steps of a plan that answer a broken promise of which the text tells nothing.
fn steps_for_it(case: &Value) -> usize {
    let by_promise = |reason: &Value| {
        reason["facet"] == "causes" && reason["value"] == "broken_promise" && reason["quote"].is_null()
    };
    let steps = case["plan"]["steps"].as_array().unwrap().iter();
    steps
        .filter(|step| step["because"].as_array().unwrap().iter().any(by_promise))
        .count()
}

fn names_it(case: &Value) -> bool {
    let facts = case["plan"]["facts"].as_array().unwrap();
    facts.iter().any(|fact| fact["key"] == "broken_promise")
}

async fn a_broken_promise_raises_the_priority_and_shows_in_the_plan(desk: &mut Desk) {
    let client = desk.sign_in(Role::Specialist).await;
    let body = json!({"text": QUIET, "channel": "chat"});
    let case = desk.post(&client, "/api/v1/cases", &body).await.json();
    let case = desk
        .must(&client, &case, &json!({"command": "acknowledge"}))
        .await;
    let made =
        json!({"command": "promise", "what": "周二下班前告知能不能换", "until": "2026-11-24T18:00:00+08:00"});
    let before = desk.must(&client, &case, &made).await;
    let quiet = before["priority"].as_u64().unwrap();
    assert_eq!((promise(&before), quiet < 3), (&json!("open"), true), "{before}");
    assert_eq!(
        (steps_for_it(&before), names_it(&before)),
        (0, false),
        "{}",
        before["plan"]
    );
    assert_eq!(listed(desk, &client, &case).await, quiet);

    // Nobody answers: the clock breaks it.
    desk.pass_hours(33);
    desk.app.tick().await.unwrap();
    let client = desk.sign_in(Role::Specialist).await;
    let broken = shown(desk, &client, &case).await;
    assert_eq!(promise(&broken), "broken");
    let urgent = broken["priority"].as_u64().unwrap();
    assert!(urgent >= 3 && urgent > quiet, "{quiet} {urgent}");
    assert_eq!(listed(desk, &client, &case).await, urgent);
    assert!(
        steps_for_it(&broken) > 0 && names_it(&broken),
        "{}",
        broken["plan"]
    );
    assert_eq!(
        broken["plan"]["escalate"]["to"], "supervisor",
        "{}",
        broken["plan"]
    );

    // Kept at last: late, no longer to be made good, and no less urgent than it was.
    let kept = json!({"command": "keep_promise", "number": 1});
    let late = desk.must(&client, &broken, &kept).await;
    assert_eq!(
        (promise(&late), &late["priority"]),
        (&json!("late"), &json!(urgent))
    );
    assert_eq!(
        (steps_for_it(&late), names_it(&late)),
        (0, false),
        "{}",
        late["plan"]
    );
}

async fn a_promise_kept_in_time_changes_nothing(desk: &mut Desk) {
    let client = desk.sign_in(Role::Specialist).await;
    let body = json!({"text": QUIET, "channel": "chat"});
    let case = desk.post(&client, "/api/v1/cases", &body).await.json();
    let case = desk
        .must(&client, &case, &json!({"command": "acknowledge"}))
        .await;
    let made =
        json!({"command": "promise", "what": "周二下班前告知能不能换", "until": "2026-11-24T18:00:00+08:00"});
    let before = desk.must(&client, &case, &made).await;
    desk.pass_hours(3);
    let kept = json!({"command": "keep_promise", "number": 1});
    let kept = desk.must(&client, &before, &kept).await;
    assert_eq!(
        (promise(&kept), &kept["priority"]),
        (&json!("kept"), &before["priority"])
    );
    assert_eq!(
        (steps_for_it(&kept), names_it(&kept)),
        (0, false),
        "{}",
        kept["plan"]
    );
}

on_both!(
    a_broken_promise_raises_the_priority_and_shows_in_the_plan,
    a_promise_kept_in_time_changes_nothing
);
