//! Views, macros and signatures laid ready; who is at a case; a jump into a long list.

use axum::http::{Method, StatusCode};
use domain::Role;
use serde_json::{Value, json};

use crate::{
    demo_desk::{COMPLAINT, Client, Desk},
    live::Stream,
    temporary::on_both,
};

const PRESETS: &str = "/api/v1/presets";

async fn names(desk: &Desk, client: &Client) -> Vec<String> {
    let list = desk.get(client, PRESETS).await.json();
    let items = list["items"].as_array().unwrap();
    let name = |item: &Value| item["name"].as_str().unwrap().to_owned();
    items.iter().map(name).collect()
}

async fn delete(desk: &Desk, client: &Client, id: &str) -> StatusCode {
    let path = format!("{PRESETS}/{id}");
    let request = client.request(Method::DELETE, &path, axum::body::Body::empty());
    desk.send(request).await.status
}

async fn a_view_is_kept_shared_and_thrown_away(desk: &mut Desk) {
    let agent = desk.sign_in(Role::Agent).await;
    let leader = desk.sign_in(Role::Supervisor).await;
    let mut view =
        json!({"kind": "view", "name": "退款快到期", "filters": {"motive": "refund", "sort": "due"}});
    let own = desk.post(&agent, PRESETS, &view).await;
    assert_eq!(own.status, StatusCode::CREATED, "{}", own.text());
    let own = own.json();
    assert_eq!(
        (&own["filters"]["sort"], &own["editable"], &own["shared"]),
        (&json!("due"), &json!(true), &json!(false))
    );
    assert_eq!(desk.post(&agent, PRESETS, &view).await.problem(), "409 duplicate");
    assert_eq!(names(desk, &agent).await, ["退款快到期"]);
    assert!(names(desk, &leader).await.is_empty(), "it is the agent's own");
    let path = format!("{PRESETS}/{}", own["id"].as_str().unwrap());
    assert_eq!(desk.post(&leader, &path, &view).await.problem(), "404 not_found");

    view["shared"] = json!(true);
    assert_eq!(desk.post(&agent, PRESETS, &view).await.problem(), "403 forbidden");
    let shared = desk.post(&leader, PRESETS, &view).await.json();
    let id = shared["id"].as_str().unwrap();
    assert_eq!(names(desk, &agent).await, ["退款快到期", "退款快到期"]);
    assert_eq!(delete(desk, &agent, id).await, StatusCode::FORBIDDEN);
    let path = format!("{PRESETS}/{id}");
    assert_eq!(desk.post(&agent, &path, &view).await.problem(), "403 forbidden");
    view["name"] = json!("本周退款");
    let renamed = desk.post(&leader, &path, &view).await.json();
    assert_eq!(renamed["name"], "本周退款");
    assert_eq!(delete(desk, &leader, id).await, StatusCode::NO_CONTENT);
    assert_eq!(delete(desk, &leader, id).await, StatusCode::NOT_FOUND);
    assert_eq!(names(desk, &agent).await, ["退款快到期"]);
}

async fn what_a_preset_cannot_hold_is_refused(desk: &mut Desk) {
    let agent = desk.sign_in(Role::Agent).await;
    let refused = [
        (
            json!({"kind": "view", "name": "n", "filters": {"evil": "x"}}),
            "filters",
        ),
        (json!({"kind": "macro", "name": "n"}), "text"),
        (json!({"kind": "none", "name": "n", "text": "t"}), "kind"),
    ];
    for (body, field) in refused {
        let reply = desk.post(&agent, PRESETS, &body).await;
        assert_eq!(reply.fields(), [field], "{body}");
    }
    let words = json!({"kind": "macro", "name": "致歉", "text": "很抱歉耽误您了"});
    let made = desk.post(&agent, PRESETS, &words).await.json();
    let path = format!("{PRESETS}/{}", made["id"].as_str().unwrap());
    let other = json!({"kind": "signature", "name": "致歉", "text": "听诉"});
    assert_eq!(desk.post(&agent, &path, &other).await.fields(), ["kind"]);
}

async fn colleagues_see_who_is_at_a_case(desk: &mut Desk) {
    let agent = desk.sign_in(Role::Agent).await;
    let leader = desk.sign_in(Role::Supervisor).await;
    let case = desk.open_case(&agent, COMPLAINT).await;
    let id = case["id"].as_str().unwrap();
    let path = format!("/api/v1/cases/{id}/presence");
    let mut stream = Stream::open(desk, &leader).await;
    let writing = json!({"doing": "writing"});
    let alone = desk.post(&agent, &path, &writing).await.json();
    assert_eq!(alone["people"].as_array().unwrap().len(), 1);
    let (place, _, told) = stream.next_of("presence").await;
    assert_eq!(
        (place, &told["case"], &told["people"][0]["doing"]),
        (None, &json!(id), &json!("writing"))
    );
    let both = desk
        .post(&leader, &path, &json!({"doing": "viewing"}))
        .await
        .json();
    assert_eq!(both["people"][0]["name"], alone["people"][0]["name"]);
    assert_eq!(both["people"].as_array().unwrap().len(), 2);
    let left = desk.post(&agent, &path, &json!({"doing": "gone"})).await.json();
    assert_eq!(left["people"].as_array().unwrap().len(), 1);
    assert_eq!(
        desk.post(&agent, &path, &json!({"doing": "sleeping"}))
            .await
            .fields(),
        ["doing"]
    );
}

async fn a_reader_jumps_into_the_list(desk: &mut Desk) {
    let agent = desk.sign_in(Role::Agent).await;
    for number in 0..5 {
        desk.pass_hours(1);
        desk.open_case(&agent, &format!("第{number}件，一直没人处理"))
            .await;
    }
    let all = desk.get(&agent, "/api/v1/cases").await.json();
    let jumped = desk.get(&agent, "/api/v1/cases?skip=3&limit=5").await.json();
    assert_eq!(
        (&jumped["total"], jumped["items"].as_array().unwrap().len()),
        (&json!(5), 2)
    );
    assert_eq!(jumped["items"][0], all["items"][3]);
    assert!(jumped["items"][0]["version"].as_u64() >= Some(1));
    let reply = desk.get(&agent, "/api/v1/cases?skip=1000001").await;
    assert_eq!(reply.fields(), ["skip"]);
}

on_both!(
    a_view_is_kept_shared_and_thrown_away,
    what_a_preset_cannot_hold_is_refused,
    colleagues_see_who_is_at_a_case,
    a_reader_jumps_into_the_list,
);
