//! Bad input of the desk: each refusal has its code, its reason in both languages and what to do next.

use domain::Role;
use serde_json::{Value, json};

use crate::{
    demo_desk::{COMPLAINT, Client, Desk, Reply},
    temporary::on_both,
};

/// What a refusal has to say.
struct Told {
    problem: &'static str,
    zh: &'static str,
    en: &'static str,
}

fn words(reply: &Reply) -> String {
    let problem = reply.json();
    assert!(
        problem["next"].as_str().is_some_and(|next| !next.is_empty()),
        "{problem}"
    );
    let errors = problem["errors"].as_array().cloned().unwrap_or_default();
    let errors = errors
        .iter()
        .map(|error| error["message"].as_str().unwrap_or_default());
    let detail = problem["detail"].as_str().unwrap();
    errors.chain([detail]).collect::<Vec<_>>().join(" ")
}

fn is_told(reply: &[Reply; 2], told: &Told) {
    for (reply, reason) in reply.iter().zip([told.zh, told.en]) {
        assert_eq!(reply.problem(), told.problem, "{}", reply.text());
        let said = words(reply);
        assert!(said.contains(reason), "{reason}: {said}");
    }
    assert_ne!(
        reply[0].json()["next"],
        reply[1].json()["next"],
        "in both languages"
    );
}

/// The command in both languages; a refusal changes nothing.
async fn refused(desk: &Desk, client: &Client, case: &Value, body: &Value, told: Told) {
    let english = client.and("accept-language", "en");
    let replies = [
        desk.command(client, case, body).await,
        desk.command(&english, case, body).await,
    ];
    is_told(&replies, &told);
    let path = format!("/api/v1/cases/{}", case["id"].as_str().unwrap());
    assert_eq!(desk.get(client, &path).await.json()["version"], case["version"]);
}

async fn what_a_rule_forbids_says_why_and_what_instead(desk: &mut Desk) {
    let supervisor = desk.sign_in(Role::Supervisor).await;
    let admin = desk.sign_in(Role::Admin).await;
    let specialist = desk.sign_in(Role::Specialist).await;
    let case = desk.understood_case(&supervisor).await;
    let propose = |amount: &str, currency: &str| {
        json!({"command": "propose", "summary": "赔付", "core_position": "以票据为限",
            "offers": [{"remedy": "compensation", "amount": amount, "currency": currency}]})
    };
    let approve = json!({"command": "approve"});
    // Approval by the proposer himself.
    let large = desk.must(&supervisor, &case, &propose("30000.00", "CNY")).await;
    refused(
        desk,
        &supervisor,
        &large,
        &approve,
        Told {
            problem: "409 rule_violated",
            zh: "请另一位",
            en: "ask another colleague",
        },
    )
    .await;
    // A remedy in a foreign currency weighs against no limit.
    let foreign = desk.must(&specialist, &large, &propose("10.00", "USD")).await;
    assert_eq!(foreign["proposal"]["needs_approval"], true);
    refused(
        desk,
        &supervisor,
        &foreign,
        &approve,
        Told {
            problem: "409 needs_approval",
            zh: "USD 10.00",
            en: "USD 10.00",
        },
    )
    .await;
    refused(
        desk,
        &specialist,
        &foreign,
        &json!({"command": "agree"}),
        Told {
            problem: "409 needs_approval",
            zh: "请先请主管批准",
            en: "have it approved",
        },
    )
    .await;
    refused(
        desk,
        &specialist,
        &foreign,
        &propose("10.00", "dollars"),
        Told {
            problem: "422 invalid_fields",
            zh: "货币",
            en: "currency",
        },
    )
    .await;
    // Out of order.
    refused(
        desk,
        &admin,
        &foreign,
        &json!({"command": "remedy"}),
        Told {
            problem: "409 wrong_state",
            zh: "请等客户同意",
            en: "Wait for the customer's consent",
        },
    )
    .await;
    refused(
        desk,
        &admin,
        &foreign,
        &json!({"command": "close"}),
        Told {
            problem: "422 invalid_fields",
            zh: "结案要有客户的评价",
            en: "Closing needs the customer's verdict",
        },
    )
    .await;
}

async fn a_case_is_closed_once_and_the_way_back_is_named(desk: &mut Desk) {
    let client = desk.sign_in(Role::Supervisor).await;
    let case = desk.understood_case(&client).await;
    let invalid = json!({"command": "verify_validity", "valid": false, "reason": "查无此事"});
    let case = desk.must(&client, &case, &invalid).await;
    let close =
        json!({"command": "close", "outcome": "unknown", "attempts": "23、24、25 日各致电一次，未接"});
    let case = desk.must(&client, &case, &close).await;
    refused(
        desk,
        &client,
        &case,
        &close,
        Told {
            problem: "409 case_finished",
            zh: "请先重新打开案件",
            en: "Reopen the case first",
        },
    )
    .await;
    let english = client.and("accept-language", "en");
    let path = "/api/v1/cases/TS-20990101-0001";
    let none = [desk.get(&client, path).await, desk.get(&english, path).await];
    is_told(
        &none,
        &Told {
            problem: "404 not_found",
            zh: "没有这个案件",
            en: "there is no such case",
        },
    );
}

/// Puts packs in force; a case opened then, as of a day.
async fn case_under(desk: &Desk, packs: Value, received_at: Option<&str>) -> Value {
    let admin = desk.sign_in(Role::Admin).await;
    let put = desk
        .post(&admin, "/api/v1/packs/in-force", &json!({ "packs": packs }))
        .await;
    assert!(put.status.is_success(), "{}", put.text());
    let mut body = json!({"text": COMPLAINT, "channel": "chat"});
    if let Some(at) = received_at {
        body["received_at"] = json!(at);
    }
    desk.post(&admin, "/api/v1/cases", &body).await.json()
}

fn clock<'c>(case: &'c Value, kind: &str) -> &'c Value {
    let clocks = case["deadlines"].as_array().expect("clocks");
    clocks.iter().find(|clock| clock["kind"] == kind).expect(kind)
}

async fn odd_days_are_counted_and_said(desk: &mut Desk) {
    // A year without a table: weekends are the calendar, and the sentence beside the date says so.
    let case = case_under(
        desk,
        json!(["bank-insurance-2020"]),
        Some("2019-02-01T10:00:00+08:00"),
    )
    .await;
    let because = clock(&case, "decision")["because"].as_str().unwrap().to_owned();
    assert!(because.contains("2019 年放假安排未录入"), "{because}");
    // Friday 1 February 2019 and 15 days: Saturday the 16th, so Monday the 18th, whatever the Spring Festival did.
    assert_eq!(clock(&case, "decision")["due_at"], "2019-02-18T18:00:00+08:00");
    let admin = desk.sign_in(Role::Admin).await.and("accept-language", "en");
    let path = format!("/api/v1/cases/{}", case["id"].as_str().unwrap());
    let english = desk.get(&admin, &path).await.json();
    let because = clock(&english, "decision")["because"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(
        because.contains("2019") && because.contains("not on file"),
        "{because}"
    );
    // Eight weeks over the change to summer time in London: midnight there is 07:00 in Beijing, not 08:00.
    let case = case_under(desk, json!(["fca-disp"]), Some("2026-03-01T10:00:00+00:00")).await;
    assert_eq!(clock(&case, "decision")["due_at"], "2026-04-27T07:00:00+08:00");
    // Sixty days over the end of summer time in Washington: midnight there is 13:00 in Beijing, not 12:00.
    let case = case_under(desk, json!(["cfpb"]), Some("2026-10-25T10:00:00-04:00")).await;
    assert_eq!(clock(&case, "decision")["due_at"], "2026-12-25T13:00:00+08:00");
    // A leap day is a day: 14 February 2028 and 15 days is the 29th.
    desk.pass_hours(448 * 24);
    let case = case_under(desk, json!(["bank-insurance-2020"]), None).await;
    assert_eq!(case["received_at"], "2028-02-14T10:00:00+08:00");
    assert_eq!(clock(&case, "decision")["due_at"], "2028-03-01T00:00:00+08:00");
}

async fn a_clock_set_back_breaks_nothing(desk: &mut Desk) {
    let client = desk.sign_in(Role::Agent).await;
    let case = desk.open_case(&client, COMPLAINT).await;
    desk.pass_hours(-48);
    assert_eq!(desk.app.tick().await.unwrap().events, 0);
    // The session was begun after the present; a person signs in again and goes on.
    let client = desk.sign_in(Role::Agent).await;
    let after = desk
        .must(&client, &case, &json!({"command": "acknowledge"}))
        .await;
    assert_eq!(
        after["updated_at"], case["updated_at"],
        "time never runs backwards in a case"
    );
    assert_eq!(clock(&after, "first_response")["state"], "met");
    assert_eq!(
        clock(&after, "resolution")["due_at"],
        clock(&case, "resolution")["due_at"]
    );
    let path = format!("/api/v1/cases/{}/events", case["id"].as_str().unwrap());
    let events = desk.get(&client, &path).await.json();
    let times = events["items"].as_array().unwrap().iter();
    let times: Vec<&str> = times.map(|event| event["at"].as_str().unwrap()).collect();
    assert!(times.is_sorted(), "{times:?}");
    desk.pass_hours(48);
    assert_eq!(
        desk.app.tick().await.unwrap().events,
        0,
        "nothing was missed meanwhile"
    );
}

on_both!(
    what_a_rule_forbids_says_why_and_what_instead,
    a_case_is_closed_once_and_the_way_back_is_named,
    odd_days_are_counted_and_said,
    a_clock_set_back_breaks_nothing,
);
