//! A case from intake to follow-up, and what it refuses on the way.

use axum::http::StatusCode;
use domain::Role;
use serde_json::{Value, json};

use crate::{
    demo_desk::{COMPLAINT, Desk},
    temporary::on_both,
};

pub(crate) async fn a_case_goes_the_whole_way(desk: &mut Desk) {
    let client = desk.sign_in(Role::Specialist).await;
    let case = desk.open_case(&client, COMPLAINT).await;
    assert_eq!(
        (&case["state"], &case["masked"]),
        (&json!("received"), &json!(true))
    );
    assert_eq!(case["number"], "TS-20261123-0001");
    assert!(
        case["plan"]["steps"]
            .as_array()
            .is_some_and(|steps| !steps.is_empty()),
        "{}",
        case["plan"]
    );
    let kinds: Vec<&Value> = case["deadlines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|clock| &clock["kind"])
        .collect();
    assert!(kinds.contains(&&json!("first_response")), "{kinds:?}");
    assert!(
        case["allowed"]
            .as_array()
            .unwrap()
            .contains(&json!("acknowledge"))
    );

    let me = desk.get(&client, "/api/v1/me").await.json();
    let walk = [
        (
            json!({"command": "acknowledge", "message": "您好，您反映的问题我们收到了，今天 18:00 前给您回电"}),
            "acknowledged",
        ),
        (json!({"command": "confirm_facets"}), "understood"),
        (
            json!({"command": "verify_validity", "valid": true, "reason": "核对了通话记录"}),
            "understood",
        ),
        (
            json!({"command": "start_investigation", "question": "物流为何迟了七天"}),
            "investigating",
        ),
        (
            json!({"command": "propose", "offers": [{"remedy": "refund", "amount": "99.00"}, {"remedy": "apology"}],
            "summary": "全额退款并致歉", "core_position": "退款不超过实付"}),
            "proposed",
        ),
        (json!({"command": "agree"}), "agreed"),
        (json!({"command": "remedy", "note": "已原路退回"}), "remedied"),
        (json!({"command": "verify"}), "verified"),
        (
            json!({"command": "close", "expected": "退款和道歉", "received": "全额退款和道歉", "outcome": "met", "csat": 4}),
            "closed",
        ),
        (
            json!({"command": "follow_up", "note": "客户表示满意", "satisfied": true}),
            "followed_up",
        ),
    ];
    let mut case = case;
    for (command, state) in walk {
        desk.pass_hours(1);
        case = desk.must(&client, &case, &command).await;
        assert_eq!(case["state"], state, "{command}");
    }
    assert_eq!(case["proposal"]["offers"][0]["amount"]["amount"], "99.00");
    assert_eq!(case["closure"]["csat"], 4);
    assert_eq!(case["owner"]["id"], me["id"]);

    let id = case["id"].as_str().unwrap();
    let history = desk
        .get(&client, &format!("/api/v1/cases/{id}/events"))
        .await
        .json();
    let events = history["items"].as_array().unwrap();
    assert_eq!(events.len() as u64, case["version"].as_u64().unwrap());
    assert_eq!(events[0]["kind"], "received");
    assert_eq!(events[0]["index"], 1);
    assert_eq!(events[0]["actor"]["role"], "specialist");
    assert!(
        events
            .iter()
            .all(|event| !event["summary"].as_str().unwrap().is_empty()),
        "{history}"
    );
    let messages = desk
        .get(&client, &format!("/api/v1/cases/{id}/messages"))
        .await
        .json();
    assert_eq!(messages["items"][0]["direction"], "outbound", "{messages}");
    let by_number = desk.get(&client, "/api/v1/cases/TS-20261123-0001").await;
    assert_eq!(by_number.json()["id"], case["id"]);
    assert_eq!(by_number.header("etag"), format!("\"{}\"", case["version"]));
}

async fn a_stale_version_gets_the_newer_case(desk: &mut Desk) {
    let client = desk.sign_in(Role::Agent).await;
    let case = desk.open_case(&client, COMPLAINT).await;
    let newer = desk
        .must(&client, &case, &json!({"command": "note", "text": "先看一下"}))
        .await;
    let reply = desk
        .command(&client, &case, &json!({"command": "acknowledge"}))
        .await;
    assert_eq!(reply.problem(), "409 stale_version");
    assert_eq!(reply.json()["current"]["version"], newer["version"]);
    assert_eq!(reply.json()["current"]["state"], "received");
    let path = format!("/api/v1/cases/{}/commands", case["id"].as_str().unwrap());
    let missing = desk
        .post(&client, &path, &json!({"command": "acknowledge"}))
        .await;
    assert_eq!(missing.problem(), "428 precondition_required");
    let wrong = desk
        .post(
            &client.and("if-match", "\"new\""),
            &path,
            &json!({"command": "acknowledge"}),
        )
        .await;
    assert_eq!(
        (wrong.problem().as_str(), wrong.fields()),
        ("422 invalid_fields", vec!["If-Match".to_owned()])
    );
}

async fn two_at_once_leave_one_winner(desk: &mut Desk) {
    let client = desk.sign_in(Role::Agent).await;
    let case = desk.open_case(&client, COMPLAINT).await;
    let command = json!({"command": "acknowledge"});
    let (one, other) = tokio::join!(
        desk.command(&client, &case, &command),
        desk.command(&client, &case, &command)
    );
    let mut statuses = [one.status.as_u16(), other.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
}

async fn commands_out_of_place_are_refused(desk: &mut Desk) {
    let agent = desk.sign_in(Role::Agent).await;
    let case = desk.open_case(&agent, COMPLAINT).await;
    let reply = desk.command(&agent, &case, &json!({"command": "agree"})).await;
    assert_eq!(reply.problem(), "409 wrong_state");
    let english = desk
        .command(
            &agent.and("accept-language", "en"),
            &case,
            &json!({"command": "agree"}),
        )
        .await;
    assert!(
        english.json()["detail"]
            .as_str()
            .unwrap()
            .contains("Answer the customer first"),
        "{}",
        english.text()
    );
    let approve = desk.command(&agent, &case, &json!({"command": "approve"})).await;
    assert_eq!(approve.problem(), "403 forbidden");
    let nobody = desk
        .command(&agent, &case, &json!({"command": "assign", "owner": "u-404"}))
        .await;
    assert_eq!(
        (nobody.problem().as_str(), nobody.fields()),
        ("422 invalid_fields", vec!["owner".to_owned()])
    );
    let itself = desk
        .command(
            &agent,
            &case,
            &json!({"command": "merge", "into": case["number"]}),
        )
        .await;
    assert_eq!(
        (itself.problem().as_str(), itself.fields()),
        ("422 invalid_fields", vec!["into".to_owned()])
    );

    let closed = desk
        .must(
            &agent,
            &case,
            &json!({"command": "withdraw", "reason": "客户自行解决"}),
        )
        .await;
    assert_eq!(closed["state"], "withdrawn");
    let after = desk
        .command(&agent, &closed, &json!({"command": "acknowledge"}))
        .await;
    assert_eq!(after.problem(), "409 case_finished");
    let reopened = desk
        .must(
            &agent,
            &closed,
            &json!({"command": "reopen", "reason": "客户又来电"}),
        )
        .await;
    assert_eq!(
        (&reopened["state"], &reopened["reopened"]),
        (&json!("understood"), &json!(1))
    );
    let missing = desk.get(&agent, "/api/v1/cases/c-404").await;
    assert_eq!(missing.problem(), "404 not_found");
}

pub(crate) async fn beyond_authority_waits_for_a_supervisor(desk: &mut Desk) {
    let (agent, supervisor) = (
        desk.sign_in(Role::Agent).await,
        desk.sign_in(Role::Supervisor).await,
    );
    let case = desk.understood_case(&agent).await;
    let offer = json!({"command": "propose", "offers": [{"remedy": "compensation", "amount": "3000"}],
        "summary": "赔偿三千元", "core_position": "不超过三千元"});
    let case = desk.must(&agent, &case, &offer).await;
    assert_eq!(case["proposal"]["needs_approval"], true);
    let early = desk.command(&agent, &case, &json!({"command": "agree"})).await;
    assert_eq!(early.problem(), "409 needs_approval");
    let case = desk
        .must(&supervisor, &case, &json!({"command": "approve"}))
        .await;
    let case = desk.must(&agent, &case, &json!({"command": "agree"})).await;
    assert_eq!(case["state"], "agreed");
}

pub(crate) async fn time_moves_the_clocks(desk: &mut Desk) {
    let client = desk.sign_in(Role::Agent).await;
    let case = desk.open_case(&client, COMPLAINT).await;
    assert_eq!(desk.app.tick().await.unwrap().events, 0);
    desk.pass_hours(26);
    assert!(desk.app.tick().await.unwrap().events > 0);
    assert_eq!(
        desk.app.tick().await.unwrap().looked_at,
        0,
        "a second round finds nothing more"
    );
    let client = desk.sign_in(Role::Agent).await;
    let path = format!("/api/v1/cases/{}", case["id"].as_str().unwrap());
    let late = desk.get(&client, &path).await.json();
    let clocks = late["deadlines"].as_array().unwrap();
    let first = clocks
        .iter()
        .find(|clock| clock["kind"] == "first_response")
        .unwrap();
    assert_eq!(first["state"], "breached", "{first}");
    assert!(late["version"].as_u64() > case["version"].as_u64());
    let breached = desk.get(&client, "/api/v1/cases?clock=breached").await.json();
    assert_eq!(breached["total"], 1);
    let dashboard = desk.get(&client, "/api/v1/insight/dashboard").await.json();
    assert_eq!(dashboard["clocks"]["breached"], 1);
}

pub(crate) async fn outgoing_messages_are_checked(desk: &mut Desk) {
    let client = desk.sign_in(Role::Agent).await;
    let case = desk.open_case(&client, COMPLAINT).await;
    let bad = json!({"command": "send_message", "text": "这是规定，你爱投诉就去投诉，我保证全额赔你10万元"});
    let reply = desk.command(&client, &case, &bad).await;
    assert_eq!(reply.problem(), "422 message_blocked");
    assert!(reply.fields().iter().all(|field| field == "text") && !reply.fields().is_empty());
    let check = json!({"text": bad["text"], "case_id": case["id"]});
    let findings = desk.post(&client, "/api/v1/messages/check", &check).await.json();
    let blocking = findings["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|finding| finding["severity"] == "block");
    assert!(blocking.count() > 0, "{findings}");
    let mut overruled = bad.clone();
    overruled["overrule"] = json!("主管口头同意");
    let case = desk.must(&client, &case, &overruled).await;
    let path = format!("/api/v1/cases/{}/events", case["id"].as_str().unwrap());
    let kinds = desk.get(&client, &path).await.text();
    assert!(kinds.contains("warning_overruled"), "{kinds}");
}

async fn every_word_to_the_customer_can_be_overruled_with_a_reason(desk: &mut Desk) {
    let client = desk.sign_in(Role::Agent).await;
    let mut case = desk.open_case(&client, COMPLAINT).await;
    for command in ["acknowledge", "report_progress"] {
        let mut said =
            json!({"command": command, "message": "这是规定，你爱投诉就去投诉，我保证全额赔你10万元"});
        let reply = desk.command(&client, &case, &said).await;
        assert_eq!(reply.problem(), "422 message_blocked");
        said["overrule"] = json!(" ");
        let unexplained = desk.command(&client, &case, &said).await;
        assert_eq!(unexplained.problem(), "422 message_blocked");
        said["overrule"] = json!("主管口头同意");
        case = desk.must(&client, &case, &said).await;
    }
    let path = format!("/api/v1/cases/{}/events", case["id"].as_str().unwrap());
    let told = desk.get(&client, &path).await.text();
    assert_eq!(told.matches("warning_overruled").count(), 2, "{told}");
}

pub(crate) async fn incidents_and_promises_outlive_closing(desk: &mut Desk) {
    let client = desk.sign_in(Role::Agent).await;
    let incident = desk.open_case(&client, "多人反映同一批次奶粉有异味").await;
    let case = desk.open_case(&client, "奶粉打开就有异味，我要退款").await;
    let offers = |case: &Value, command: &str| case["allowed"].as_array().unwrap().contains(&json!(command));
    assert!(offers(&case, "link_parent") && !offers(&case, "keep_promise"));
    let case = desk
        .must(&client, &case, &json!({"command": "promise", "what": "周一回电"}))
        .await;
    let case = desk.must(&client, &case, &json!({"command": "withdraw"})).await;
    assert!(offers(&case, "link_parent") && offers(&case, "keep_promise") && !offers(&case, "promise"));
    for wrong in [json!("TS-nothing"), case["number"].clone()] {
        let reply = desk
            .command(
                &client,
                &case,
                &json!({"command": "link_parent", "parent": wrong}),
            )
            .await;
        assert_eq!(
            (reply.problem().as_str(), reply.fields()),
            ("422 invalid_fields", vec!["parent".to_owned()])
        );
    }
    let link = json!({"command": "link_parent", "parent": incident["number"]});
    let case = desk.must(&client, &case, &link).await;
    assert_eq!(case["parent"], incident["id"]);
    let case = desk
        .must(&client, &case, &json!({"command": "keep_promise", "number": 1}))
        .await;
    assert_eq!(case["promises"][0]["state"], "kept");
    assert!(!offers(&case, "keep_promise"));
}

async fn the_customer_card_gathers_the_history(desk: &mut Desk) {
    let client = desk.sign_in(Role::Agent).await;
    let first = desk.open_case(&client, COMPLAINT).await;
    desk.pass_hours(1);
    let second = desk.open_case(&client, "又来了，还是没人管").await;
    assert_eq!(
        first["customer"]["id"], second["customer"]["id"],
        "the same telephone number"
    );
    let path = format!("/api/v1/customers/{}", first["customer"]["id"].as_str().unwrap());
    let reply = desk.get(&client, &path).await;
    let card = reply.json();
    assert_eq!(card["cases"].as_array().unwrap().len(), 2);
    assert_eq!(card["cases"][0]["id"], second["id"], "newest first");
    assert!(
        !reply.text().contains("13812340000") && !reply.text().contains("赵铁柱"),
        "{}",
        reply.text()
    );
    assert_eq!(
        desk.get(&client, "/api/v1/customers/none").await.status,
        StatusCode::NOT_FOUND
    );
}

on_both!(
    a_case_goes_the_whole_way,
    a_stale_version_gets_the_newer_case,
    two_at_once_leave_one_winner,
    commands_out_of_place_are_refused,
    beyond_authority_waits_for_a_supervisor,
    time_moves_the_clocks,
    outgoing_messages_are_checked,
    every_word_to_the_customer_can_be_overruled_with_a_reason,
    incidents_and_promises_outlive_closing,
    the_customer_card_gathers_the_history,
);
