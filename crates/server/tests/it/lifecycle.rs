//! What binds cases together: duplicates joined and parted, incidents with one statement, prevention, secret links.

use axum::http::StatusCode;
use domain::Role;
use serde_json::{Value, json};

use crate::{
    demo_desk::{COMPLAINT, Client, Desk},
    temporary::on_both,
};

fn id(case: &Value) -> &str {
    case["id"].as_str().expect("an id")
}

async fn duplicates_are_found_joined_and_parted(desk: &mut Desk) {
    let client = desk.sign_in(Role::Specialist).await;
    let first = desk.open_case(&client, COMPLAINT).await;
    let second = desk.open_case(&client, &format!("{COMPLAINT}！！")).await;
    let strange = desk.open_case(&client, "酒店空调整晚漏水，床都湿了").await;
    let found = desk
        .get(&client, &format!("/api/v1/cases/{}/duplicates", id(&second)))
        .await
        .json();
    let ids: Vec<&str> = found.as_array().unwrap().iter().map(id).collect();
    assert!(
        ids.contains(&id(&first)) && !ids.contains(&id(&strange)),
        "{found}"
    );
    assert!(
        found[0]["because"][0].as_str().unwrap().contains("文字相似"),
        "{found}"
    );
    assert!(found[0]["score"].as_f64().unwrap() >= 0.5);

    let before = desk
        .must(&client, &second, &json!({"command": "acknowledge"}))
        .await;
    let joined = desk
        .must(
            &client,
            &before,
            &json!({"command": "merge", "into": first["number"]}),
        )
        .await;
    assert_eq!(
        (&joined["state"], &joined["merged_into"]),
        (&json!("merged"), &first["id"])
    );
    let none = desk
        .get(&client, &format!("/api/v1/cases/{}/duplicates", id(&first)))
        .await
        .json();
    assert_eq!(none, json!([]), "what was joined is no duplicate any more");
    let undo = json!({"command": "unmerge", "reason": "第二单是另一件商品"});
    let parted = desk.must(&client, &joined, &undo).await;
    assert_eq!(
        (&parted["state"], &parted["merged_into"]),
        (&before["state"], &Value::Null)
    );
    assert_eq!(parted["deadlines"], before["deadlines"]);
    assert_eq!(
        desk.command(&client, &parted, &undo).await.problem(),
        "409 wrong_state"
    );
}

async fn an_incident_speaks_with_one_voice_and_tells_what_it_changed(desk: &mut Desk) {
    let supervisor = desk.sign_in(Role::Supervisor).await;
    let admin = desk.sign_in(Role::Admin).await;
    let incident = desk.understood_case(&supervisor).await;
    let draft = json!({"command": "propose_statement", "text": "这一批次已停售，我们今天 18:00 前联系每位客户安排退换"});
    let incident = desk.must(&supervisor, &incident, &draft).await;
    let own = desk
        .command(&supervisor, &incident, &json!({"command": "approve_statement"}))
        .await;
    assert_eq!(own.problem(), "409 rule_violated");
    let incident = desk
        .must(&admin, &incident, &json!({"command": "approve_statement"}))
        .await;
    assert!(incident["statement"]["approved_by"]["name"].is_string());
    let mut children = Vec::new();
    for _ in 0..2 {
        let child = desk.understood_case(&supervisor).await;
        children.push(
            desk.must(
                &supervisor,
                &child,
                &json!({"command": "link_parent", "parent": incident["number"]}),
            )
            .await,
        );
    }
    let gone = desk
        .must(&supervisor, &children[1], &json!({"command": "withdraw"}))
        .await;
    let path = format!("/api/v1/cases/{}/prevention", id(&incident));
    let tell = json!({"action": "更换了包装供应商", "message": "您反映的包装破损，我们已更换供应商，11月30日起发出的都是新包装"});
    let told = desk.post(&supervisor, &path, &tell).await.json();
    assert_eq!(
        told["told"],
        json!([incident["number"], children[0]["number"]]),
        "{told}"
    );
    assert_eq!(told["not_told"][0]["number"], gone["number"]);
    let again = desk.post(&supervisor, &path, &tell).await.json();
    assert_eq!(again["told"], json!([]), "nobody is told twice");
    let child = desk
        .get(&supervisor, &format!("/api/v1/cases/{}", id(&children[0])))
        .await
        .json();
    assert_eq!(child["preventions"], json!(["更换了包装供应商"]));
}

async fn what_the_customer_turned_down_was_not_granted(desk: &mut Desk) {
    let specialist = desk.sign_in(Role::Specialist).await;
    let mut granted = Vec::new();
    for remedied in [false, true] {
        let case = desk.understood_case(&specialist).await;
        let verify = json!({"command": "verify_validity", "valid": true, "reason": "属实"});
        let case = desk.must(&specialist, &case, &verify).await;
        let propose = json!({"command": "propose", "summary": "补偿", "core_position": "不超过实付",
            "offers": [{"remedy": "compensation", "amount": "20.00"}]});
        let mut case = desk.must(&specialist, &case, &propose).await;
        if remedied {
            for command in ["agree", "remedy", "verify"] {
                case = desk.must(&specialist, &case, &json!({"command": command})).await;
            }
        }
        let close = json!({"command": "close", "expected": "退款", "received": "说明", "outcome": "below"});
        desk.must(&specialist, &case, &close).await;
        let next = desk.open_case(&specialist, COMPLAINT).await;
        let redress = desk
            .get(
                &specialist,
                &format!("/api/v1/cases/{}/redress", next["id"].as_str().unwrap()),
            )
            .await
            .json();
        granted.push(redress["like"]["cases"].as_u64().unwrap_or(0));
        desk.must(&specialist, &next, &json!({"command": "withdraw"}))
            .await;
    }
    assert_eq!(granted, [0, 1], "only what was carried out is a precedent");
}

async fn what_was_approved_binds_every_message_of_the_incident(desk: &mut Desk) {
    let supervisor = desk.sign_in(Role::Supervisor).await;
    let admin = desk.sign_in(Role::Admin).await;
    let incident = desk.understood_case(&supervisor).await;
    let text = "因系统故障，每位客户补偿 100 元，今天 18:00 前到账";
    let draft = json!({"command": "propose_statement", "text": text});
    let incident = desk.must(&supervisor, &incident, &draft).await;
    desk.must(&admin, &incident, &json!({"command": "approve_statement"}))
        .await;
    let child = desk.understood_case(&supervisor).await;
    let link = json!({"command": "link_parent", "parent": incident["number"]});
    let child = desk.must(&supervisor, &child, &link).await;
    let other = desk.understood_case(&supervisor).await;
    let mut found = Vec::new();
    for case in [&child, &other] {
        let ask = json!({"case_id": case["id"], "text": "很抱歉给您添了麻烦，我们补偿您 200 元，今天 18:00 前到账"});
        let checked = desk.post(&supervisor, "/api/v1/messages/check", &ask).await;
        found.push(checked.text().contains("contradicts_statement"));
    }
    assert_eq!(found, [true, false], "only the incident's own cases are bound");
}

async fn a_customer_follows_the_case_by_a_secret_link(desk: &mut Desk) {
    let agent = desk.sign_in(Role::Agent).await;
    let case = desk.open_case(&agent, COMPLAINT).await;
    let case = desk
        .must(&agent, &case, &json!({"command": "acknowledge", "message": "您好，您反映的问题我们收到了，今天 18:00 前给您回电"}))
        .await;
    let promise = json!({"command": "promise", "what": "回电赵铁柱先生 13812340000", "until": "2026-11-23T18:00:00+08:00"});
    desk.must(&agent, &case, &promise).await;
    let path = format!("/api/v1/cases/{}/progress-link", id(&case));
    let link = desk.post(&agent, &path, &json!({"days": 2})).await;
    assert_eq!(link.status, StatusCode::CREATED);
    let secret = link.json()["path"]
        .as_str()
        .unwrap()
        .trim_start_matches("/progress/")
        .to_owned();
    let nobody = Client::default();
    let shown = desk.get(&nobody, &format!("/api/v1/progress/{secret}")).await;
    assert_eq!(shown.status, StatusCode::OK, "{}", shown.text());
    for personal in ["赵铁柱", "13812340000", "13912345678", "退款", "坐席"] {
        assert!(!shown.text().contains(personal), "{personal}: {}", shown.text());
    }
    let progress = shown.json();
    assert_eq!(
        (&progress["number"], &progress["state"]),
        (&case["number"], &json!("acknowledged"))
    );
    assert_eq!(progress["steps"][0]["what"], "已首响");
    assert!(
        progress["next"]
            .as_str()
            .unwrap()
            .contains("承诺兑现：11月23日 18:00 前"),
        "{progress}"
    );
    let english = desk
        .get(
            &nobody.and("accept-language", "en"),
            &format!("/api/v1/progress/{secret}"),
        )
        .await;
    assert_eq!(english.json()["state_name"], "Acknowledged");
    // A new link ends the old one, and time ends the new one.
    let newer = desk.post(&agent, &path, &json!({"days": 1})).await.json();
    assert_eq!(
        desk.get(&nobody, &format!("/api/v1/progress/{secret}"))
            .await
            .problem(),
        "404 not_found"
    );
    let newer = newer["path"]
        .as_str()
        .unwrap()
        .trim_start_matches("/progress/")
        .to_owned();
    assert_eq!(
        desk.get(&nobody, &format!("/api/v1/progress/{newer}"))
            .await
            .status,
        StatusCode::OK
    );
    desk.pass_hours(25);
    assert_eq!(
        desk.get(&nobody, &format!("/api/v1/progress/{newer}"))
            .await
            .problem(),
        "404 not_found"
    );
    assert_eq!(
        desk.get(&nobody, "/api/v1/progress/guess").await.problem(),
        "404 not_found"
    );
}

async fn work_is_offered_to_who_has_room_and_skill(desk: &mut Desk) {
    let supervisor = desk.sign_in(Role::Supervisor).await;
    let agent = desk.sign_in(Role::Agent).await;
    let specialist = desk.sign_in(Role::Specialist).await;
    let me = |reply: Value| reply["id"].as_str().unwrap().to_owned();
    let agent_id = me(desk.get(&agent, "/api/v1/me").await.json());
    let specialist_id = me(desk.get(&specialist, "/api/v1/me").await.json());
    let case = desk.open_case(&supervisor, COMPLAINT).await;
    let subject = case["analysis"]["subjects"][0]["value"].clone();
    let profile =
        json!({"strengths": ["brave", "firm", "wise", "first_mover"], "skills": [subject], "capacity": 10});
    let path = format!("/api/v1/users/{specialist_id}/profile");
    let kept = desk.post(&supervisor, &path, &profile).await.json();
    assert_eq!(
        (&kept["capacity"], &kept["skills"]),
        (&json!(10), &json!([subject]))
    );
    assert_eq!(
        desk.post(&agent, &path, &profile).await.problem(),
        "403 forbidden"
    );
    let wrong = json!({"strengths": ["tall"], "skills": [], "capacity": -1});
    assert_eq!(
        desk.post(&supervisor, &path, &wrong).await.problem(),
        "422 invalid_fields"
    );
    for _ in 0..3 {
        desk.understood_case(&agent).await;
    }
    let offered = desk
        .get(&supervisor, &format!("/api/v1/cases/{}/assignees", id(&case)))
        .await
        .json();
    let names: Vec<&str> = offered
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["person"]["id"].as_str().unwrap())
        .collect();
    let place = |wanted: &str| names.iter().position(|name| *name == wanted);
    assert!(place(&specialist_id) < place(&agent_id), "{offered}");
    assert!(offered[0]["because"].to_string().contains("熟悉"), "{offered}");
    let fairness = desk.get(&supervisor, "/api/v1/insight/fairness").await.json();
    let loads = fairness["people"].as_array().unwrap();
    let load = loads
        .iter()
        .find(|load| load["person"]["id"] == agent_id.as_str())
        .unwrap();
    assert_eq!(load["open"], 3, "{fairness}");
    // One of three has all: 1 − 1/3.
    assert!(
        (fairness["load_gini"].as_f64().unwrap() - 2.0 / 3.0).abs() < 1e-9,
        "{fairness}"
    );
}

on_both!(
    what_the_customer_turned_down_was_not_granted,
    what_was_approved_binds_every_message_of_the_incident,
    duplicates_are_found_joined_and_parted,
    an_incident_speaks_with_one_voice_and_tells_what_it_changed,
    a_customer_follows_the_case_by_a_secret_link,
    work_is_offered_to_who_has_room_and_skill,
);
