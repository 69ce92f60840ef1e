//! Terms set by laws over HTTP: in force, on a case, extended, refused.

use axum::http::StatusCode;
use domain::Role;
use serde_json::{Value, json};

use crate::{
    demo_desk::{COMPLAINT, Desk},
    temporary::on_both,
};

fn clock<'v>(case: &'v Value, kind: &str) -> &'v Value {
    let clocks = case["deadlines"].as_array().expect("clocks");
    clocks.iter().find(|clock| clock["kind"] == kind).expect(kind)
}

async fn packs_are_listed_with_their_source_and_put_in_force(desk: &mut Desk) {
    let admin = desk.sign_in(Role::Admin).await;
    let packs = desk
        .get(&admin.and("accept-language", "en"), "/api/v1/packs")
        .await
        .json();
    assert_eq!(
        (&packs[0]["key"], &packs[0]["in_force"]),
        (&json!("house"), &json!(true))
    );
    let find = |key: &str| {
        packs
            .as_array()
            .unwrap()
            .iter()
            .find(|pack| pack["key"] == key)
            .unwrap()
            .clone()
    };
    let bank = find("bank-insurance-2020");
    assert_eq!(
        (&bank["version"], &bank["confirmed"], &bank["in_force"]),
        (&json!("2020-03-01"), &json!(true), &json!(false))
    );
    assert_eq!(bank["clocks"][0]["extensions"][1]["total"], 60);
    assert_eq!(bank["clocks"][0]["extensions"][1]["roles"], json!(["admin"]));
    assert_eq!(find("pboc-2020")["confirmed"], false);

    let put = |packs: Value| json!({ "packs": packs });
    for wrong in [
        json!(["no-such"]),
        json!(["house"]),
        json!(["insurance-2013"]),
        json!("x"),
    ] {
        let reply = desk.post(&admin, "/api/v1/packs/in-force", &put(wrong)).await;
        assert_eq!(reply.problem(), "422 invalid_fields");
    }
    let reply = desk
        .post(
            &admin,
            "/api/v1/packs/in-force",
            &put(json!(["bank-insurance-2020", "wechat-pay"])),
        )
        .await;
    assert_eq!(reply.status, StatusCode::OK);
    let case = desk.open_case(&admin, COMPLAINT).await;
    // The channel is chat: what is for WeChat only does not count.
    assert_eq!(case["packs"], json!(["bank-insurance-2020"]));
    // Monday 23 November 2026 and 15 days: Tuesday 8 December.
    let decision = clock(&case, "decision");
    assert_eq!(decision["due_at"], "2026-12-09T00:00:00+08:00");
    let because = decision["because"].as_str().unwrap();
    assert!(
        because.contains("银保监会令 2020 年第 3 号") && because.contains("2020-03-01"),
        "{because}"
    );
}

pub(crate) async fn an_extension_is_asked_for_by_one_and_granted_by_another(desk: &mut Desk) {
    let (specialist, supervisor) = (
        desk.sign_in(Role::Specialist).await,
        desk.sign_in(Role::Supervisor).await,
    );
    let case = desk.open_case(&specialist, COMPLAINT).await;
    let ask = json!({"command": "request_time", "what": "extension", "reason": "要核对三家网点的录像"});
    let reply = desk.command(&specialist, &case, &ask).await;
    assert_eq!(reply.problem(), "409 wrong_state");
    assert!(reply.text().contains("请先“适用规则”"), "{}", reply.text());
    let apply = json!({"command": "apply_packs", "packs": ["bank-insurance-2020"], "reason": "银行卡业务"});
    let case = desk.must(&specialist, &case, &apply).await;
    let case = desk.must(&supervisor, &case, &ask).await;
    assert_eq!(case["time_request"]["what"], "extension");
    let own = desk
        .command(
            &supervisor,
            &case,
            &json!({"command": "decide_time", "granted": true}),
        )
        .await;
    assert_eq!(own.problem(), "409 rule_violated");
    assert!(own.text().contains("请另一位"), "{}", own.text());
    let low = desk
        .command(
            &specialist,
            &case,
            &json!({"command": "decide_time", "granted": true}),
        )
        .await;
    assert_eq!(low.problem(), "403 forbidden");
    let admin = desk.sign_in(Role::Admin).await;
    let case = desk
        .must(&admin, &case, &json!({"command": "decide_time", "granted": true}))
        .await;
    assert_eq!(clock(&case, "decision")["extensions"], 1);
    // 30 days from 23 November: Wednesday 23 December.
    assert_eq!(clock(&case, "decision")["due_at"], "2026-12-24T00:00:00+08:00");
    assert_eq!(case["time_request"], Value::Null);
    let paused = json!({"command": "request_time", "what": "appraisal", "reason": "送检", "notice": "您好，商品已送检，检测期间不计入办理期限，12月20日前告知结果"});
    let case = desk.must(&specialist, &case, &paused).await;
    let case = desk
        .must(
            &supervisor,
            &case,
            &json!({"command": "decide_time", "granted": true}),
        )
        .await;
    assert_eq!(clock(&case, "decision")["state"], "paused");
    desk.pass_hours(48);
    // A session does not outlive two days.
    let specialist = desk.sign_in(Role::Specialist).await;
    let case = desk
        .must(
            &specialist,
            &case,
            &json!({"command": "resume_clock", "note": "检测完成"}),
        )
        .await;
    assert_eq!(clock(&case, "decision")["days_out"], 2);
    assert_eq!(clock(&case, "decision")["due_at"], "2026-12-26T00:00:00+08:00");
    let id = case["id"].as_str().unwrap();
    let events = desk
        .get(&specialist, &format!("/api/v1/cases/{id}/events"))
        .await
        .json();
    let kinds: Vec<&str> = events["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| event["kind"].as_str().unwrap())
        .collect();
    for kind in ["packs_applied", "time_requested", "time_decided"] {
        assert!(kinds.contains(&kind), "{kinds:?}");
    }
}

async fn a_case_is_closed_once(desk: &mut Desk) {
    let client = desk.sign_in(Role::Supervisor).await;
    let case = desk.understood_case(&client).await;
    let case = desk
        .must(
            &client,
            &case,
            &json!({"command": "verify_validity", "valid": false, "reason": "查无此事"}),
        )
        .await;
    let close =
        json!({"command": "close", "outcome": "unknown", "attempts": "23、24、25 日各致电一次，未接"});
    let case = desk.must(&client, &case, &close).await;
    let again = desk.command(&client, &case, &close).await;
    assert_eq!(again.problem(), "409 case_finished");
    assert!(again.text().contains("请先重新打开"), "{}", again.text());
}

async fn a_rule_that_ends_later_holds_until_then(desk: &mut Desk) {
    let admin = desk.sign_in(Role::Admin).await;
    let path = "/api/v1/settings/insurance-2013.toml";
    let text = desk.get(&admin, path).await.json()["text"].clone();
    let text = text
        .as_str()
        .unwrap()
        .replace("until = \"2020-03-01\"", "until = \"2030-01-01\"");
    let save = json!({"text": text, "note": "过渡期延长"});
    let reply = desk
        .post(
            &admin.and("if-match", "\"0\""),
            &format!("{path}/revisions"),
            &save,
        )
        .await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
    let put = json!({"packs": ["insurance-2013"]});
    let reply = desk.post(&admin, "/api/v1/packs/in-force", &put).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
    let case = desk.open_case(&admin, COMPLAINT).await;
    assert_eq!(case["packs"], json!(["insurance-2013"]));
}

async fn words_in_a_notice_can_be_overruled_with_a_reason(desk: &mut Desk) {
    let specialist = desk.sign_in(Role::Specialist).await;
    let case = desk.open_case(&specialist, COMPLAINT).await;
    let apply = json!({"command": "apply_packs", "packs": ["bank-insurance-2020"], "reason": "银行卡业务"});
    let case = desk.must(&specialist, &case, &apply).await;
    let mut ask = json!({"command": "request_time", "what": "appraisal", "reason": "送检",
        "notice": "您先别急，商品已送检，12月20日前告知您结果"});
    let blocked = desk.command(&specialist, &case, &ask).await;
    assert_eq!(blocked.problem(), "422 message_blocked");
    ask["overrule"] = json!("客户原话，引用给他确认");
    let case = desk.must(&specialist, &case, &ask).await;
    assert_eq!(case["time_request"]["what"], "appraisal");
    let mut draft = json!({"command": "propose_statement", "text": "您先别急，今天 18:00 前逐一联系"});
    let blocked = desk.command(&specialist, &case, &draft).await;
    assert_eq!(blocked.problem(), "422 message_blocked");
    draft["overrule"] = json!("同上");
    let case = desk.must(&specialist, &case, &draft).await;
    let events = desk
        .get(
            &specialist,
            &format!("/api/v1/cases/{}/events", case["id"].as_str().unwrap()),
        )
        .await
        .text();
    assert_eq!(events.matches("\"warning_overruled\"").count(), 2, "{events}");
}

on_both!(
    a_rule_that_ends_later_holds_until_then,
    words_in_a_notice_can_be_overruled_with_a_reason,
    packs_are_listed_with_their_source_and_put_in_force,
    an_extension_is_asked_for_by_one_and_granted_by_another,
    a_case_is_closed_once,
);
