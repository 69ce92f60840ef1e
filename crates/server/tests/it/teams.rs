//! Teams: people belong to one, a case is carried by its owner's, work stays within it, and a supervisor of one decides for
//! no other.

use axum::http::StatusCode;
use domain::Role;
use serde_json::{Value, json};

use crate::{
    demo_desk::{Client, Desk, PASSWORD},
    temporary::on_both,
};

const FIRST: &str = "商城客服一组";
const SECOND: &str = "商城客服二组";
const PROPOSE: &str = r#"{"command": "propose", "offers": [{"remedy": "compensation", "amount": "5000.00"}],
    "summary": "全额退款并补偿", "core_position": "最多 5000 元"}"#;

/// Somebody new of this role in a team, signed in.
async fn member(desk: &Desk, login: &str, role: &str, team: &str) -> (Client, String) {
    let admin = desk.sign_in(Role::Admin).await;
    let body = json!({"login": login, "name": login, "role": role, "team": team, "password": PASSWORD});
    let made = desk.post(&admin, "/api/v1/accounts", &body).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
    let made = made.json();
    assert_eq!(
        made["team"],
        if team.is_empty() { Value::Null } else { json!(team) }
    );
    let id = made["id"].as_str().unwrap().to_owned();
    (desk.sign_in_as(login).await, id)
}

async fn total(desk: &Desk, who: &Client, query: &str) -> u64 {
    let page = desk.get(who, &format!("/api/v1/cases?{query}")).await.json();
    page["total"].as_u64().unwrap_or_else(|| panic!("{page}"))
}

pub(crate) async fn a_supervisor_decides_for_the_own_team_only(desk: &mut Desk) {
    let (agent, _) = member(desk, "one", "agent", FIRST).await;
    let (own, _) = member(desk, "lead-one", "supervisor", FIRST).await;
    let (other, other_id) = member(desk, "lead-two", "supervisor", SECOND).await;
    let case = desk.understood_case(&agent).await;
    let propose: Value = serde_json::from_str(PROPOSE).unwrap();
    let case = desk.must(&agent, &case, &propose).await;
    let path = format!("/api/v1/cases/{}", case["id"].as_str().unwrap());
    // The other team's supervisor reads the case, is offered no decision, and is refused one.
    let seen = desk.get(&other, &path).await.json();
    let offered = seen["allowed"].to_string();
    assert!(
        !offered.contains("approve") && !offered.contains("send_back"),
        "{offered}"
    );
    for command in [
        json!({"command": "approve"}),
        json!({"command": "send_back", "reason": "不同意"}),
        json!({"command": "decide_time", "granted": true}),
        json!({"command": "approve_statement"}),
        json!({"command": "assign", "owner": other_id}),
    ] {
        let refused = desk.command(&other, &case, &command).await;
        assert_eq!(refused.problem(), "403 forbidden", "{command}");
        assert!(refused.text().contains("班组"), "{}", refused.text());
    }
    let board = desk.get(&other, "/api/v1/board").await.json();
    assert_eq!(board["decisions"][0]["commands"], json!([]), "{board}");
    assert!(
        board["decisions"][0]["because"].to_string().contains("本组主管"),
        "{board}"
    );
    // What is no decision about the work of others stays open to everybody of the role.
    let noted = desk
        .must(&other, &case, &json!({"command": "note", "text": "已阅"}))
        .await;
    let approved = desk.must(&own, &noted, &json!({"command": "approve"})).await;
    assert_eq!(
        approved["proposal"]["needs_approval"], false,
        "{}",
        approved["proposal"]
    );
}

async fn whoever_belongs_to_no_team_decides_for_all(desk: &mut Desk) {
    let (agent, _) = member(desk, "one", "agent", FIRST).await;
    let (free, _) = member(desk, "lead", "supervisor", "").await;
    let propose: Value = serde_json::from_str(PROPOSE).unwrap();
    for who in [&free, &desk.sign_in(Role::Admin).await] {
        let case = desk.understood_case(&agent).await;
        let case = desk.must(&agent, &case, &propose).await;
        desk.must(who, &case, &json!({"command": "approve"})).await;
    }
    // And a case that no team carries is every supervisor's.
    let (loose, _) = member(desk, "loose", "agent", "").await;
    let (other, _) = member(desk, "lead-two", "supervisor", SECOND).await;
    let case = desk.understood_case(&loose).await;
    let case = desk.must(&loose, &case, &propose).await;
    desk.must(&other, &case, &json!({"command": "approve"})).await;
}

async fn a_team_has_its_cases_its_board_and_its_work(desk: &mut Desk) {
    let (one, one_id) = member(desk, "one", "agent", FIRST).await;
    let (_, also_id) = member(desk, "also-one", "specialist", FIRST).await;
    let (two, two_id) = member(desk, "two", "agent", SECOND).await;
    let (lead, lead_id) = member(desk, "lead-one", "supervisor", FIRST).await;
    let me = desk.get(&one, "/api/v1/me").await.json();
    assert_eq!(me["team"], FIRST);
    let mine = desk.understood_case(&one).await;
    desk.understood_case(&two).await;
    // Nobody's yet, and about the first team.
    let about = json!({"text": "等了十天还没退款", "channel": "phone", "matter": {"team": FIRST}});
    let fresh = desk.post(&lead, "/api/v1/cases", &about).await;
    assert_eq!(fresh.status, StatusCode::CREATED, "{}", fresh.text());
    assert_eq!(fresh.json()["owner"], Value::Null);
    let first = encoded(FIRST);
    assert_eq!(total(desk, &lead, "state=open").await, 3);
    assert_eq!(total(desk, &lead, "owner=team").await, 2);
    assert_eq!(total(desk, &lead, &format!("owner=team:{first}")).await, 2);
    assert_eq!(total(desk, &two, "owner=team").await, 1);
    assert_eq!(
        total(desk, &desk.sign_in(Role::Admin).await, "owner=team").await,
        0,
        "of no team"
    );
    assert_eq!(total(desk, &lead, "owner=team:%25").await, 0, "letter for letter");
    let board = desk
        .get(&lead, &format!("/api/v1/board?team={first}"))
        .await
        .json();
    assert_eq!(
        (&board["counts"]["open"], &board["counts"]["unowned"]),
        (&json!(2), &json!(1)),
        "{board}"
    );
    let people = board["load"]["people"].as_array().unwrap();
    assert_eq!(people.len(), 3, "{board}");
    let all = desk.get(&lead, "/api/v1/board").await.json();
    assert_eq!(all["counts"]["open"], 3);
    // Work is offered within the team, and to all where it has no people with room.
    let offered = async |case: &Value| {
        let path = format!("/api/v1/cases/{}/assignees", case["id"].as_str().unwrap());
        let reply = desk.get(&lead, &path).await.json();
        let people = reply.as_array().unwrap().iter();
        let mut ids: Vec<String> = people
            .map(|one| one["person"]["id"].as_str().unwrap().to_owned())
            .collect();
        ids.sort();
        ids
    };
    let mut within = [one_id, also_id.clone(), lead_id];
    within.sort();
    assert_eq!(offered(&mine).await, within);
    let elsewhere = json!({"text": "灯不亮", "channel": "phone", "matter": {"team": "无人组"}});
    let elsewhere = desk.post(&lead, "/api/v1/cases", &elsewhere).await.json();
    assert!(offered(&elsewhere).await.contains(&two_id));
    // Who changes the team takes the cases along.
    let admin = desk.sign_in(Role::Admin).await;
    let path = format!("/api/v1/accounts/{two_id}");
    let moved = desk.post(&admin, &path, &json!({"team": FIRST})).await.json();
    assert_eq!(moved["team"], FIRST);
    assert_eq!(total(desk, &lead, "owner=team").await, 3);
    let left = desk.post(&admin, &path, &json!({"team": ""})).await.json();
    assert_eq!(left["team"], Value::Null);
    let trail = desk.get(&admin, "/api/v1/trail").await.text();
    assert!(trail.contains(&format!("team={FIRST}")), "{trail}");
}

async fn only_administrators_say_who_belongs_where(desk: &mut Desk) {
    let (_, id) = member(desk, "one", "agent", FIRST).await;
    for role in [
        Role::Agent,
        Role::Specialist,
        Role::Supervisor,
        Role::Quality,
        Role::Analyst,
    ] {
        let who = desk.sign_in(role).await;
        let refused = desk
            .post(&who, &format!("/api/v1/accounts/{id}"), &json!({"team": SECOND}))
            .await;
        assert_eq!(refused.problem(), "403 forbidden", "{role:?}");
    }
    let admin = desk.sign_in(Role::Admin).await;
    let long = "组".repeat(2_000);
    let refused = desk
        .post(&admin, &format!("/api/v1/accounts/{id}"), &json!({"team": long}))
        .await;
    assert_eq!(refused.fields(), ["team"]);
}

/// A word as it stands in a query.
fn encoded(word: &str) -> String {
    word.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

on_both!(
    a_supervisor_decides_for_the_own_team_only,
    whoever_belongs_to_no_team_decides_for_all,
    a_team_has_its_cases_its_board_and_its_work,
    only_administrators_say_who_belongs_where,
);
