//! A person's rights: a copy, a correction, erasure that leaves the figures as they were, refusal, time limits.

use domain::Role;
use serde_json::{Value, json};

use crate::{
    demo_desk::{COMPLAINT, Client, Desk},
    temporary::on_both,
};

const SECRETS: [&str; 4] = ["赵铁柱", "13812340000", "13912345678", "再不处理"];

async fn closed_case(desk: &Desk, client: &Client) -> Value {
    let case = desk.understood_case(client).await;
    let verify =
        json!({"command": "verify_validity", "valid": false, "reason": "赵铁柱先生说的订单不是我们的"});
    let case = desk.must(client, &case, &verify).await;
    let promise = json!({"command": "promise", "what": "给赵铁柱先生寄说明"});
    let case = desk.must(client, &case, &promise).await;
    let case = desk
        .must(
            client,
            &case,
            &json!({"command": "note", "text": "联系 13812340000"}),
        )
        .await;
    let close =
        json!({"command": "close", "expected": "退款", "received": "说明", "outcome": "below", "csat": 2});
    desk.must(client, &case, &close).await
}

fn customer(case: &Value) -> &str {
    case["customer"]["id"].as_str().expect("a customer")
}

/// The figures of the desk, whatever they count.
async fn figures(desk: &Desk, client: &Client) -> Value {
    desk.get(client, "/api/v1/insight/dashboard").await.json()
}

pub(crate) async fn erasing_leaves_the_figures_and_no_word(desk: &mut Desk) {
    let admin = desk.sign_in(Role::Admin).await;
    let supervisor = desk.sign_in(Role::Supervisor).await;
    let case = closed_case(desk, &supervisor).await;
    let path = format!("/api/v1/customers/{}", customer(&case));
    let weekly = json!({"daily": true, "weekly": true, "monthly": true});
    desk.post(&supervisor, "/api/v1/insight/reports/schedule", &weekly)
        .await;
    // A report from the time when words were kept with it.
    let mut old = desk.app.store().reports("zh", 1).await.unwrap().remove(0);
    old.until_day = 20_000;
    old.body = json!({"findings": [{"headline": "最常见的事", "figure": {"value": 1.5},
        "quotes": ["赵铁柱说：再不处理就曝光"], "named": [{"id": case["id"], "number": case["number"]}]}]})
    .to_string();
    desk.app.store().put_report(&old).await.unwrap();
    let before = figures(desk, &supervisor).await;
    let bare = desk.post(&supervisor, &format!("{path}/erase"), &json!({})).await;
    assert_eq!(bare.fields(), ["reason"]);
    let gone = desk
        .post(
            &supervisor,
            &format!("{path}/erase"),
            &json!({"reason": "客户书面要求删除"}),
        )
        .await;
    assert_eq!(gone.json(), json!({"cases": 1}), "{}", gone.text());
    assert_eq!(figures(desk, &supervisor).await, before, "what is counted stays");
    // Nothing of the person is left anywhere, unmasked included.
    let id = case["id"].as_str().unwrap();
    let now = desk.get(&admin, &format!("/api/v1/cases/{id}")).await.json();
    let seen = desk
        .must(&admin, &now, &json!({"command": "unmask", "reason": "核对"}))
        .await;
    let export = desk.get(&admin, &format!("{path}/export")).await.text();
    let events = desk
        .get(&admin, &format!("/api/v1/cases/{id}/events"))
        .await
        .text();
    let card = desk.get(&admin, &path).await.text();
    let kept = desk.app.store().reports_holding("").await.unwrap();
    assert_eq!(kept.len(), 7, "one from before, three in two languages");
    let kept: String = kept.into_iter().map(|report| report.body).collect();
    assert!(
        kept.contains("最常见的事") && kept.contains("1.5") && !kept.contains("曝光"),
        "{kept}"
    );
    let number = case["number"].as_str().unwrap();
    assert!(!kept.contains(number), "{kept}");
    for secret in SECRETS {
        for shown in [&seen.to_string(), &export, &events, &card, &kept] {
            assert!(!shown.contains(secret), "{secret}: {shown}");
        }
    }
    let found = desk
        .get(&admin, "/api/v1/cases?q=%E6%9B%9D%E5%85%89")
        .await
        .json();
    assert_eq!(found["items"], json!([]), "no word of it finds it");
    assert_eq!(
        (&seen["erased"], &seen["closure"]["csat"]),
        (&json!(true), &json!(2))
    );
    let chain = desk.app.store().verify_chain(None).await.unwrap();
    assert_eq!(chain.breaks, [], "the chain was made anew");
    let events = desk.app.store().events(&id.into()).await.unwrap();
    assert_eq!(
        Some(events.len() as u64),
        seen["version"].as_u64(),
        "no event is missing"
    );
    // What is said after that can be erased as well.
    let note = json!({"command": "note", "text": "客户来电：再不处理就找赵铁柱"});
    let noted = desk.must(&supervisor, &seen, &note).await;
    assert_eq!(noted["erased"], false);
    let gone = desk
        .post(
            &supervisor,
            &format!("{path}/erase"),
            &json!({"reason": "再次要求"}),
        )
        .await;
    assert_eq!(gone.json(), json!({"cases": 1}), "{}", gone.text());
    let export = desk.get(&admin, &format!("{path}/export")).await.text();
    let messages = desk
        .get(&admin, &format!("/api/v1/cases/{id}/messages"))
        .await
        .text();
    for secret in SECRETS {
        assert!(
            !export.contains(secret) && !messages.contains(secret),
            "{messages}"
        );
    }
    let trail = desk
        .app
        .store()
        .audit_trail(Some(customer(&case)), 9)
        .await
        .unwrap();
    assert!(
        trail.iter().any(|line| line.action == "person_erased"),
        "{trail:?}"
    );
}

async fn an_open_case_is_not_erased_and_others_may_not(desk: &mut Desk) {
    let agent = desk.sign_in(Role::Agent).await;
    let supervisor = desk.sign_in(Role::Supervisor).await;
    let case = desk.open_case(&agent, COMPLAINT).await;
    let path = format!("/api/v1/customers/{}/erase", customer(&case));
    let reason = json!({"reason": "客户要求"});
    assert_eq!(desk.post(&agent, &path, &reason).await.problem(), "403 forbidden");
    let refused = desk.post(&supervisor, &path, &reason).await;
    assert_eq!(refused.problem(), "409 rule_violated");
    assert!(refused.text().contains("请先办结"), "{}", refused.text());
    assert_eq!(
        desk.post(&supervisor, "/api/v1/customers/nobody/erase", &reason)
            .await
            .problem(),
        "404 not_found"
    );
}

async fn a_person_gets_a_copy_and_a_correction(desk: &mut Desk) {
    let supervisor = desk.sign_in(Role::Supervisor).await;
    let bound = desk.understood_case(&supervisor).await;
    let propose = json!({"command": "propose", "summary": "退一部分", "core_position": "不超过实付",
        "offers": [{"remedy": "partial_refund", "amount": "90.00"}]});
    let bound = desk.must(&supervisor, &bound, &propose).await;
    desk.must(
        &supervisor,
        &bound,
        &json!({"command": "withdraw", "reason": "不要承认是我们的错"}),
    )
    .await;
    let case = closed_case(desk, &supervisor).await;
    let path = format!("/api/v1/customers/{}", customer(&case));
    let copy = desk.get(&supervisor, &format!("{path}/export")).await.json();
    assert_eq!(
        (&copy["name"], &copy["phone"]),
        (&json!("赵铁柱先生"), &json!("13812340000"))
    );
    assert_eq!(copy["cases"][1]["case"]["text"], COMPLAINT);
    let messages = copy["cases"][1]["messages"].to_string();
    assert!(
        !messages.contains("联系 13812340000"),
        "words between colleagues stay: {messages}"
    );
    let inside = copy.to_string();
    for secret in [
        "联系 13812340000",
        "订单不是我们的",
        "不超过实付",
        "不要承认",
        "credence",
        "core_position",
    ] {
        assert!(!inside.contains(secret), "{secret}: {inside}");
    }
    assert!(
        inside.contains("给赵铁柱先生寄说明"),
        "what was promised is in it"
    );
    let correct = json!({"phone": "13899990000", "reason": "客户换号"});
    let card = desk
        .post(&supervisor, &format!("{path}/correct"), &correct)
        .await
        .json();
    assert!(card["phone"].as_str().unwrap().ends_with("00"), "{card}");
    let copy = desk.get(&supervisor, &format!("{path}/export")).await.json();
    assert_eq!(
        (&copy["name"], &copy["phone"]),
        (&json!("赵铁柱先生"), &json!("13899990000"))
    );
    let nothing = desk
        .post(&supervisor, &format!("{path}/correct"), &json!({"reason": "无"}))
        .await;
    assert_eq!(nothing.problem(), "422 invalid_fields");
}

async fn judgment_by_machine_is_explained_and_can_be_refused(desk: &mut Desk) {
    let agent = desk.sign_in(Role::Agent).await;
    let case = desk.open_case(&agent, COMPLAINT).await;
    let id = case["id"].as_str().unwrap();
    let told = desk
        .get(&agent, &format!("/api/v1/cases/{id}/explanation"))
        .await
        .json();
    assert_eq!(
        (&told["labels"][0]["facet"], &told["refused"]),
        (&json!("psychology"), &json!(false))
    );
    assert_eq!(
        told["labels"][0]["value"].as_str().map(str::is_empty),
        Some(false)
    );
    assert!(told["never_decides"].to_string().contains("赔付"), "{told}");
    assert!(told["how_to_refuse"].as_str().unwrap().contains("人工"), "{told}");
    let redress = case["plan"]["redress"].clone();
    let path = format!("/api/v1/customers/{}/consents", customer(&case));
    let refuse = json!({"purpose": "automated_judgment", "granted": false, "note": "电话里说的"});
    let consents = desk.post(&agent, &path, &refuse).await.json();
    assert_eq!(
        (&consents[0]["purpose"], &consents[0]["granted"]),
        (&json!("automated_judgment"), &json!(false))
    );
    let now = desk.get(&agent, &format!("/api/v1/cases/{id}")).await.json();
    assert_eq!(now["analysis"]["psychology"]["primary"], "none");
    assert_eq!(now["analysis"]["temperament"]["value"], "unknown");
    assert_eq!(now["analysis"]["stance"]["value"], "none");
    assert_eq!(
        now["analysis"]["nature"], case["analysis"]["nature"],
        "facts stay"
    );
    assert_eq!(now["plan"]["redress"], redress, "and so does what may be offered");
    assert!(
        now["plan"]["steps"]
            .as_array()
            .is_some_and(|steps| !steps.is_empty()),
        "{}",
        now["plan"]
    );
    // Lists, filters and the explanation go by it, and so does the next case of the same customer.
    let before = case["analysis"]["psychology"]["primary"].as_str().unwrap();
    assert_ne!(before, "none");
    let listed = desk.get(&agent, "/api/v1/cases").await.json();
    assert_eq!(listed["items"][0]["psychology"], "none", "{listed}");
    let filtered = desk
        .get(&agent, &format!("/api/v1/cases?psychology={before}"))
        .await
        .json();
    assert_eq!(filtered["total"], 0, "{filtered}");
    let told = desk
        .get(&agent, &format!("/api/v1/cases/{id}/explanation"))
        .await
        .json();
    assert_eq!(
        (&told["labels"][0]["value"], &told["refused"]),
        (&json!("无"), &json!(true)),
        "{told}"
    );
    assert_ne!(case["analysis"]["needs"], now["analysis"]["needs"]);
    let next = desk.open_case(&agent, COMPLAINT).await;
    assert_eq!(next["customer"]["id"], case["customer"]["id"]);
    let listed = desk.get(&agent, "/api/v1/cases?psychology=none").await.json();
    assert_eq!(listed["total"], 2, "{listed}");
    // What a person says stays.
    let case = desk.must(&agent, &now, &json!({"command": "acknowledge"})).await;
    let correct = json!({"command": "confirm_facets", "corrections": {"psychology": {"primary": "redress"}}, "reason": "客户自己说的"});
    let case = desk.must(&agent, &case, &correct).await;
    assert_eq!(case["analysis"]["psychology"]["primary"], "redress");
    let allow = json!({"purpose": "automated_judgment", "granted": true});
    desk.post(&agent, &path, &allow).await;
    let card = desk
        .get(&agent, &format!("/api/v1/customers/{}", customer(&case)))
        .await
        .json();
    assert_eq!(card["consents"][0]["granted"], true, "the last word counts");
    let path = format!("/api/v1/cases/{}", next["id"].as_str().unwrap());
    let again = desk.get(&agent, &path).await.json();
    assert_eq!(again["analysis"]["psychology"]["primary"], before, "read anew");
}

async fn temperament_is_switched_off_and_time_erases(desk: &mut Desk) {
    let admin = desk.sign_in(Role::Admin).await;
    let case = closed_case(desk, &admin).await;
    let told = json!({"text": "气死我了！！！马上给我退钱！！你们这帮骗子，我现在就要说法，立刻！马上！"});
    let read = desk.post(&admin, "/api/v1/analyses", &told).await.json();
    assert_ne!(read["temperament"]["value"], "unknown", "{read}");
    let path = "/api/v1/settings/privacy";
    assert_eq!(
        desk.get(&admin, path).await.json(),
        json!({"use_temperament": true, "retention_days": null})
    );
    let short = json!({"use_temperament": false, "retention_days": 3});
    assert_eq!(desk.post(&admin, path, &short).await.fields(), ["retention_days"]);
    let month = json!({"use_temperament": false, "retention_days": 30});
    assert_eq!(desk.post(&admin, path, &month).await.json(), month);
    let id = case["id"].as_str().unwrap();
    let now = desk.get(&admin, &format!("/api/v1/cases/{id}")).await.json();
    assert_eq!(now["analysis"]["temperament"]["value"], "unknown");
    assert_eq!(now["analysis"]["stance"], case["analysis"]["stance"]);
    let read = desk.post(&admin, "/api/v1/analyses", &told).await.json();
    assert_eq!(read["temperament"]["value"], "unknown", "{read}");
    let app = &desk.app;
    assert_eq!(app.erase_outdated(app.now()).await.unwrap(), 0);
    desk.pass_hours(24 * 31);
    assert_eq!(app.erase_outdated(app.now()).await.unwrap(), 1);
    assert_eq!(app.erase_outdated(app.now()).await.unwrap(), 0);
    let admin = desk.sign_in(Role::Admin).await;
    let now = desk.get(&admin, &format!("/api/v1/cases/{id}")).await.json();
    assert_eq!(now["erased"], true);
}

async fn assessments_are_kept_for_three_years(desk: &mut Desk) {
    let admin = desk.sign_in(Role::Admin).await;
    let body = json!({"title": "投诉识读的影响评估", "text": "目的：理解诉求；必要性：时限；风险：误读；措施：人可更正"});
    let kept = desk
        .post(&admin, "/api/v1/privacy/assessments", &body)
        .await
        .json();
    assert_eq!(kept["keep_until"].as_str().unwrap()[..4], *"2029");
    let listed = desk.get(&admin, "/api/v1/privacy/assessments").await.json();
    assert_eq!(
        (&listed[0]["title"], &listed[0]["text"]),
        (&body["title"], &body["text"])
    );
}

on_both!(
    erasing_leaves_the_figures_and_no_word,
    an_open_case_is_not_erased_and_others_may_not,
    a_person_gets_a_copy_and_a_correction,
    judgment_by_machine_is_explained_and_can_be_refused,
    temperament_is_switched_off_and_time_erases,
    assessments_are_kept_for_three_years,
);

/// One case that cannot be read keeps no other from being erased.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_spoilt_case_does_not_stop_retention() {
    use sqlx::Connection;

    let database = crate::temporary::Temporary::sqlite();
    let desk = Desk::open(&database.url).await;
    let admin = desk.sign_in(Role::Admin).await;
    let month = json!({"use_temperament": true, "retention_days": 30});
    desk.post(&admin, "/api/v1/settings/privacy", &month).await;
    let spoilt = closed_case(&desk, &admin).await;
    desk.pass_hours(1);
    let other = closed_case(&desk, &admin).await;
    let mut conn = sqlx::SqliteConnection::connect(&database.url).await.unwrap();
    let sql = "UPDATE snapshots SET body = '{' WHERE ordinal = (SELECT ordinal FROM cases WHERE id = $1)";
    sqlx::query(sql)
        .bind(spoilt["id"].as_str().unwrap())
        .execute(&mut conn)
        .await
        .unwrap();
    conn.close().await.unwrap();
    desk.pass_hours(24 * 31);
    assert_eq!(desk.app.erase_outdated(desk.app.now()).await.unwrap(), 1);
    let other = desk
        .app
        .store()
        .case(&other["id"].as_str().unwrap().into())
        .await
        .unwrap();
    assert!(other.unwrap().erased);
    desk.close().await;
    database.remove().await;
}
