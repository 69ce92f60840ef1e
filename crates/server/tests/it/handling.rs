//! The first answer, the check of messages, redress, approval, principles and the two-sided record, as callers see them.

use axum::http::StatusCode;
use domain::Role;
use serde_json::{Value, json};

use crate::{
    demo_desk::{COMPLAINT, Client, Desk},
    temporary::on_both,
};

fn names(list: &Value, field: &str) -> Vec<String> {
    let items = list.as_array().cloned().unwrap_or_default();
    let name = |item: &Value| item[field].as_str().unwrap_or_default().to_owned();
    items.iter().map(name).collect()
}

fn state_of<'c>(case: &'c Value, list: &str, field: &str, name: &str) -> &'c Value {
    let found = case[list]
        .as_array()
        .unwrap()
        .iter()
        .find(|item| item[field] == name);
    found.unwrap_or_else(|| panic!("no {name} in {}", case[list]))
}

async fn a_first_answer_is_drafted_at_once_and_sent_as_it_stands(desk: &mut Desk) {
    let client = desk.sign_in(Role::Agent).await;
    // It stands in the answer to intake itself; how fast that is, the benchmarks say.
    let case = desk.open_case(&client, COMPLAINT).await;
    let draft = case["plan"]["acknowledgement"].as_str().unwrap();
    // Matter or feeling in words, the next step, and a time of the clock that runs.
    assert!(draft.contains("接下来由") && draft.contains("日 "), "{draft}");
    for promise in ["一定退", "保证", "会退", "会赔"] {
        assert!(!draft.contains(promise), "{draft}");
    }
    let body = json!({"text": draft, "case_id": case["id"]});
    let check = desk.post(&client, "/api/v1/messages/check", &body).await.json();
    let blocks = names(&check["findings"], "severity");
    assert!(blocks.iter().all(|severity| severity != "block"), "{check}");
    let case = desk
        .must(
            &client,
            &case,
            &json!({"command": "acknowledge", "message": draft}),
        )
        .await;
    assert_eq!(case["state"], "acknowledged");
    assert_eq!(state_of(&case, "principles", "principle", "speed")["state"], "ok");
    assert_eq!(
        state_of(&case, "principles", "principle", "say_the_steps")["state"],
        "ok"
    );
}

async fn a_public_complaint_gets_two_drafts(desk: &mut Desk) {
    let client = desk.sign_in(Role::Agent).await;
    let body = json!({"text": "这家店态度太差了，退款拖了七天没人管，大家避雷", "channel": "review"});
    let case = desk.post(&client, "/api/v1/cases", &body).await.json();
    let public = &case["plan"]["public"];
    assert!(
        public["line"].as_str().is_some_and(|line| line.contains("私信")),
        "{public}"
    );
    assert_ne!(public["line"], public["private"]);
    assert!(!names(&json!([public]), "closing")[0].is_empty());
    let direct = desk.open_case(&client, COMPLAINT).await;
    assert_eq!(direct["plan"]["public"], Value::Null);
}

async fn an_overruled_warning_is_an_event_with_its_words(desk: &mut Desk) {
    let client = desk.sign_in(Role::Agent).await;
    let case = desk.open_case(&client, COMPLAINT).await;
    let blocked = json!({"command": "send_message", "text": "您冷静一下，明天给您补八百元"});
    let reply = desk.command(&client, &case, &blocked).await;
    assert_eq!(reply.problem(), "422 message_blocked");
    let told = reply.text();
    assert!(told.contains("冷静一下") && told.contains("八百元"), "{told}");
    let overruled = json!({"command": "send_message", "text": "您冷静一下，明天给您补八百元",
        "overrule": "主管当面同意"});
    let case = desk.must(&client, &case, &overruled).await;
    let path = format!("/api/v1/cases/{}/events", case["id"].as_str().unwrap());
    let events = desk.get(&client, &path).await.json();
    let event = events["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|event| event["kind"] == "warning_overruled")
        .expect("it is recorded");
    assert_eq!(event["data"]["reason"], "主管当面同意");
    let words = event["data"]["overruled"].to_string();
    assert!(
        words.contains("taboo: 冷静一下") && words.contains("beyond_authority"),
        "{words}"
    );
    assert_eq!(
        state_of(&case, "principles", "principle", "no_argument")["state"],
        "violated"
    );
}

async fn what_was_said_before_is_not_turned_round(desk: &mut Desk) {
    let client = desk.sign_in(Role::Agent).await;
    let case = desk.open_case(&client, COMPLAINT).await;
    let first = json!({"command": "send_message", "text": "很抱歉让您久等，我们明天 18:00 前给您退80元"});
    let case = desk.must(&client, &case, &first).await;
    let second = json!({"command": "send_message", "text": "明天 18:00 前我们给您退50元"});
    let reply = desk.command(&client, &case, &second).await;
    assert_eq!(reply.problem(), "422 message_blocked");
    assert!(reply.text().contains("80元"), "{}", reply.text());
}

/// A case brought to a proposal by a person.
async fn propose(desk: &Desk, client: &Client, offers: Value) -> Value {
    let case = desk.understood_case(client).await;
    let body =
        json!({"command": "propose", "offers": offers, "summary": "方案", "core_position": "不超过实付"});
    desk.must(client, &case, &body).await
}

async fn nobody_approves_their_own_proposal(desk: &mut Desk) {
    let supervisor = desk.sign_in(Role::Supervisor).await;
    let admin = desk.sign_in(Role::Admin).await;
    let offers = json!([{"remedy": "compensation", "amount": "30000.00"}]);
    let case = propose(desk, &supervisor, offers).await;
    assert_eq!(case["proposal"]["needs_approval"], true);
    assert!(
        case["proposal"]["rulebook"]
            .as_str()
            .is_some_and(|version| !version.is_empty())
    );
    let approve = json!({"command": "approve"});
    let reply = desk.command(&supervisor, &case, &approve).await;
    assert_eq!(reply.problem(), "409 rule_violated");
    let case = desk.must(&admin, &case, &approve).await;
    assert_eq!(case["proposal"]["needs_approval"], false);
}

pub(crate) async fn a_large_sum_without_a_check_goes_to_a_second_pair_of_eyes(desk: &mut Desk) {
    let supervisor = desk.sign_in(Role::Supervisor).await;
    let offers = json!([{"remedy": "compensation", "amount": "5000.00"}]);
    let case = propose(desk, &supervisor, offers.clone()).await;
    assert_eq!(case["proposal"]["needs_approval"], true);
    let case = desk.understood_case(&supervisor).await;
    let case = desk
        .must(&supervisor, &case, &json!({"command": "start_investigation"}))
        .await;
    assert!(case["investigated_at"].is_string());
    let body = json!({"command": "propose", "offers": offers, "summary": "方案", "core_position": "底线"});
    let case = desk.must(&supervisor, &case, &body).await;
    assert_eq!(case["proposal"]["needs_approval"], false);
}

async fn foreign_money_always_waits_for_an_administrator(desk: &mut Desk) {
    let specialist = desk.sign_in(Role::Specialist).await;
    let supervisor = desk.sign_in(Role::Supervisor).await;
    let admin = desk.sign_in(Role::Admin).await;
    let offers = json!([{"remedy": "compensation", "amount": "10.00", "currency": "USD"}]);
    let case = propose(desk, &specialist, offers).await;
    assert_eq!(case["proposal"]["offers"][0]["amount"]["currency"], "USD");
    assert_eq!(case["proposal"]["needs_approval"], true);
    let reply = desk
        .command(&supervisor, &case, &json!({"command": "approve"}))
        .await;
    assert_eq!(reply.problem(), "409 needs_approval");
    assert!(reply.text().contains("USD 10.00"), "{}", reply.text());
    desk.must(&admin, &case, &json!({"command": "approve"})).await;
    let wrong = json!({"command": "propose", "summary": "s",
        "offers": [{"remedy": "compensation", "amount": "10.00", "currency": "dollars"}]});
    let reply = desk.command(&specialist, &case, &wrong).await;
    assert_eq!(reply.problem(), "422 invalid_fields");
    assert_eq!(reply.fields(), ["offers[0].currency"]);
}

/// A case that ends with so much money back; the next one comes later.
async fn settle(desk: &Desk, client: &Client, yuan: u32) {
    desk.pass_hours(1);
    let offers = json!([{"remedy": "partial_refund", "amount": format!("{yuan}.00")}, {"remedy": "apology"}]);
    let mut case = propose(desk, client, offers).await;
    for command in ["agree", "remedy", "verify"] {
        case = desk.must(client, &case, &json!({"command": command})).await;
    }
    let valid = json!({"command": "verify_validity", "valid": true, "reason": "核对了记录"});
    let case = desk.must(client, &case, &valid).await;
    let close = json!({"command": "close", "expected": "退款", "received": "部分退款", "outcome": "met"});
    desk.must(client, &case, &close).await;
}

async fn like_cases_are_told_and_straying_is_warned_of(desk: &mut Desk) {
    let client = desk.sign_in(Role::Specialist).await;
    for yuan in [50, 55, 60, 70, 80] {
        settle(desk, &client, yuan).await;
    }
    desk.pass_hours(1);
    let case = propose(
        desk,
        &client,
        json!([{"remedy": "partial_refund", "amount": "500.00"}]),
    )
    .await;
    let path = format!("/api/v1/cases/{}/redress", case["id"].as_str().unwrap());
    let advice = desk.get(&client, &path).await.json();
    assert_eq!(advice["like"]["cases"], 5, "{advice}");
    let refunds = state_of(&advice["like"], "remedies", "remedy", "partial_refund");
    let sums = &refunds["sums"];
    let amounts: Vec<&str> = ["least", "lower", "median", "upper", "most"]
        .iter()
        .map(|field| sums[*field]["amount"].as_str().unwrap())
        .collect();
    assert_eq!(amounts, ["50.00", "55.00", "60.00", "70.00", "80.00"]);
    assert_eq!(refunds["newest"].as_array().unwrap().len(), 5);
    assert!(
        refunds["newest"][0]["number"]
            .as_str()
            .unwrap()
            .starts_with("TS-")
    );
    assert_eq!(advice["straying"][0]["offer"]["amount"]["amount"], "500.00");
    assert_eq!(advice["break_even"], Value::Null);
    let ladder = names(&advice["ladder"], "role");
    assert_eq!(ladder, ["agent", "specialist", "supervisor", "admin"]);
    let voice = state_of(&case, "checks", "rule", "one_voice");
    assert_eq!(voice["state"], "pending", "{voice}");
    assert!(
        voice["because"].as_str().unwrap().contains("55.00–70.00"),
        "{voice}"
    );
    // The next plan of the same customer names the facts it used.
    let keys = names(&case["plan"]["facts"], "key");
    assert!(keys.contains(&"earlier_complaints".to_owned()), "{keys:?}");
    assert!(keys.contains(&"worked_before".to_owned()), "{keys:?}");
}

async fn doubt_has_two_sides_and_its_history(desk: &mut Desk) {
    let client = desk.sign_in(Role::Specialist).await;
    settle(desk, &client, 60).await;
    desk.pass_hours(1);
    let case = desk
        .open_case(&client, "11月3日在人民路店买的净水器漏水，要求赔偿地板 6000 元")
        .await;
    let credence = &case["credence"];
    let believe = names(&credence["believe"], "key");
    let check = names(&credence["check"], "key");
    assert!(believe.contains(&"upheld_before".to_owned()), "{credence}");
    assert!(check.contains(&"large_sum".to_owned()), "{credence}");
    assert_eq!(credence["investigate"], true);
    assert!(
        credence["advice"]
            .as_str()
            .unwrap()
            .contains("存疑不是拒绝的理由")
    );
    assert_eq!(credence["history"].as_array().unwrap().len(), 1);
    assert!(credence["history"][0]["at"].is_string());
    // Nothing is refused by itself: the case goes on like any other.
    assert_eq!(case["state"], "received");
    assert_eq!(
        state_of(&case, "principles", "principle", "benefit_of_doubt")["state"],
        "pending"
    );
    let path = format!("/api/v1/cases/{}/redress", case["id"].as_str().unwrap());
    assert_eq!(desk.get(&client, &path).await.status, StatusCode::OK);
}

async fn a_profile_is_for_those_who_handle_cases(desk: &mut Desk) {
    let supervisor = desk.sign_in(Role::Supervisor).await;
    desk.sign_in(Role::Analyst).await;
    desk.sign_in(Role::Agent).await;
    let users = desk.get(&supervisor, "/api/v1/users").await.json();
    let users = users["items"]
        .as_array()
        .or(users.as_array())
        .expect("users")
        .clone();
    let mut answers = Vec::new();
    for role in ["analyst", "agent"] {
        let user = users.iter().find(|user| user["role"] == role).expect(role);
        let path = format!("/api/v1/users/{}/profile", user["id"].as_str().expect("an id"));
        let profile = json!({"strengths": ["firm"], "skills": ["product"], "capacity": 9});
        answers.push(desk.post(&supervisor, &path, &profile).await.status.as_u16());
    }
    assert_eq!(answers, [422, 200]);
}

on_both!(
    a_profile_is_for_those_who_handle_cases,
    a_first_answer_is_drafted_at_once_and_sent_as_it_stands,
    a_public_complaint_gets_two_drafts,
    an_overruled_warning_is_an_event_with_its_words,
    what_was_said_before_is_not_turned_round,
    nobody_approves_their_own_proposal,
    a_large_sum_without_a_check_goes_to_a_second_pair_of_eyes,
    foreign_money_always_waits_for_an_administrator,
    like_cases_are_told_and_straying_is_warned_of,
    doubt_has_two_sides_and_its_history,
);
