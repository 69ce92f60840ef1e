//! Personal data is covered wherever it could be seen, spans stay true, and unmasking is a right with a trace.

use domain::Role;
use serde_json::{Value, json};

use crate::{
    demo_desk::{COMPLAINT, Desk},
    temporary::on_both,
};

const PHONE: &str = "13912345678";

/// Every quote of the document is where it says it is.
fn check_spans(value: &Value, text: &[char], path: &str) {
    match value {
        Value::Object(object) => {
            if let (Some(start), Some(end), Some(quote)) = (
                object.get("start").and_then(Value::as_u64),
                object.get("end").and_then(Value::as_u64),
                object.get("quote").and_then(Value::as_str),
            ) {
                let there: String = text[start as usize..end as usize].iter().collect();
                assert_eq!(there, quote, "{path}");
            }
            object
                .iter()
                .for_each(|(key, inner)| check_spans(inner, text, &format!("{path}.{key}")));
        }
        Value::Array(items) => items.iter().for_each(|inner| check_spans(inner, text, path)),
        _ => {}
    }
}

async fn a_telephone_number_is_covered_everywhere(desk: &mut Desk) {
    let client = desk.sign_in(Role::Agent).await;
    let case = desk.open_case(&client, COMPLAINT).await;
    let id = case["id"].as_str().unwrap().to_owned();
    let note =
        json!({"command": "note", "text": format!("客户赵铁柱先生电话{PHONE}，已回拨；赵铁柱同意明天再谈")});
    let case = desk.must(&client, &case, &note).await;
    let shown: Vec<char> = case["text"].as_str().unwrap().chars().collect();
    assert_eq!(shown.len(), COMPLAINT.chars().count());
    check_spans(&case["analysis"], &shown, "analysis");
    check_spans(&case["plan"], &shown, "plan");
    let english = client.and("accept-language", "en");
    for path in [
        format!("/api/v1/cases/{id}"),
        format!("/api/v1/cases/{id}/events"),
        format!("/api/v1/cases/{id}/messages"),
        "/api/v1/cases".to_owned(),
        format!("/api/v1/cases?q={PHONE}"),
        format!("/api/v1/customers/{}", case["customer"]["id"].as_str().unwrap()),
    ] {
        for caller in [&client, &english] {
            let reply = desk.get(caller, &path).await;
            assert!(reply.status.is_success(), "{path}: {}", reply.text());
            for secret in [PHONE, "13812340000", "赵铁柱"] {
                assert!(
                    !reply.text().contains(secret),
                    "{path} shows {secret}: {}",
                    reply.text()
                );
            }
        }
    }
    let plan = desk
        .post(&client, "/api/v1/plans", &json!({"case_id": id}))
        .await
        .text();
    assert!(!plan.contains(PHONE), "{plan}");
}

async fn unmasking_is_a_right_with_a_trace(desk: &mut Desk) {
    let (agent, specialist) = (
        desk.sign_in(Role::Agent).await,
        desk.sign_in(Role::Specialist).await,
    );
    let case = desk.open_case(&agent, COMPLAINT).await;
    let unmask = json!({"command": "unmask", "reason": "回拨客户"});
    assert_eq!(
        desk.command(&agent, &case, &unmask).await.problem(),
        "403 forbidden"
    );
    let bare = desk
        .command(&specialist, &case, &json!({"command": "unmask"}))
        .await;
    assert_eq!(bare.fields(), ["reason"]);
    let seen = desk.must(&specialist, &case, &unmask).await;
    assert_eq!(
        (&seen["masked"], &seen["text"]),
        (&json!(false), &json!(COMPLAINT))
    );
    assert_eq!(seen["customer"]["name"], "赵铁柱先生");
    let path = format!("/api/v1/cases/{}", case["id"].as_str().unwrap());
    let later = desk.get(&specialist, &path).await.json();
    assert_eq!(later["masked"], true, "the next look is masked again");
    let events = desk.get(&agent, &format!("{path}/events")).await.json();
    let trace = events["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|event| event["kind"] == "unmasked")
        .unwrap()
        .clone();
    assert_eq!(
        (&trace["actor"]["role"], &trace["data"]["reason"]),
        (&json!("specialist"), &json!("回拨客户"))
    );
    let trail = desk
        .app
        .store()
        .audit_trail(case["id"].as_str(), 10)
        .await
        .unwrap();
    assert_eq!(trail[0].action, "unmask");
}

/// Somebody who is not on file: only the reading of the text can know that this is personal.
pub(crate) const PLANTED: &str = "我叫欧阳倩，身份证110101199003077715，卡号6222020011223341，邮箱qian.ouyang@example.com，\
                       住柳荫路88号3栋2单元501，电话13712345678";
/// Somebody whom only the card of a customer gives away: no reading of a text could tell that these are a name, a number
/// and an address.
pub(crate) const CARD: [&str; 3] = ["春风十里", "77-20-46", "pigeon_at_home"];
/// Words with both in them.
pub(crate) const BOTH: &str = "等了十天，春风十里的单子没人管，77-20-46也没人接，pigeon_at_home也没人回；我叫欧阳倩，身份证110101199003077715，\
                    卡号6222020011223341，邮箱qian.ouyang@example.com，住柳荫路88号3栋2单元501，电话13712345678";
pub(crate) const SECRETS: [&str; 9] = [
    "欧阳倩",
    "110101199003077715",
    "6222020011223341",
    "qian.ouyang@example.com",
    "柳荫路88号",
    "13712345678",
    CARD[0],
    CARD[1],
    CARD[2],
];

pub(crate) fn shows_no_secret(route: &str, shown: &str) {
    for secret in SECRETS {
        assert!(!shown.contains(secret), "{route} shows {secret}: {shown}");
    }
}

on_both!(
    a_telephone_number_is_covered_everywhere,
    unmasking_is_a_right_with_a_trace
);
