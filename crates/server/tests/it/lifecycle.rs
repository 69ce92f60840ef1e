//! What binds cases together: duplicates joined and parted, incidents with one statement, prevention, who was told.

use domain::Role;
use serde_json::{Value, json};

use crate::{
    demo_desk::{COMPLAINT, Desk},
    temporary::on_both,
};

fn id(case: &Value) -> &str {
    case["id"].as_str().expect("an id")
}

pub(crate) async fn duplicates_are_found_joined_and_parted(desk: &mut Desk) {
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

fn check<'c>(case: &'c Value, rule: &str) -> &'c Value {
    let checks = case["checks"].as_array().unwrap();
    checks
        .iter()
        .find(|check| check["rule"] == rule)
        .expect("every rule")
}

fn party<'c>(case: &'c Value, party: &str) -> &'c Value {
    let parties = case["informed"].as_array().unwrap();
    parties
        .iter()
        .find(|one| one["party"] == party)
        .expect("every party")
}

async fn what_is_written_keeps_to_the_approved_statement(desk: &mut Desk) {
    let supervisor = desk.sign_in(Role::Supervisor).await;
    let admin = desk.sign_in(Role::Admin).await;
    let agent = desk.sign_in(Role::Agent).await;
    let incident = desk.understood_case(&supervisor).await;
    let text = "这一批次统一免费换货，运费由我们承担，11月27日前发货";
    let draft = json!({"command": "propose_statement", "text": text});
    let incident = desk.must(&supervisor, &incident, &draft).await;
    let child = desk.understood_case(&agent).await;
    let link = json!({"command": "link_parent", "parent": incident["number"]});
    let child = desk.must(&agent, &child, &link).await;
    // A draft binds nobody yet.
    let write = |text: &str| json!({"command": "send_message", "text": text});
    let child = desk
        .must(
            &agent,
            &child,
            &write("我们会核实退款事宜，明天 18:00 前给您回电"),
        )
        .await;
    desk.pass_hours(1);
    let approve = json!({"command": "approve_statement"});
    let incident = desk.must(&admin, &incident, &approve).await;
    assert_eq!(
        party(&incident, "followers")["done"],
        false,
        "{}",
        incident["informed"]
    );
    assert_eq!(check(&incident, "all_informed")["state"], "pending");
    let path = format!("/api/v1/cases/{}", id(&child));
    let child = desk.get(&agent, &path).await.json();
    assert!(
        check(&child, "all_informed")["because"]
            .as_str()
            .unwrap()
            .contains("客户")
    );
    for (text, words) in [
        ("我们今天给您退款，明天到账", "退款"),
        ("今天安排换货，运费请您自理", "自理"),
        ("我们会换货，11月30日前发货", "11月30日前"),
        ("这批不能换，我今天回电说明", "不能换"),
    ] {
        let reply = desk.command(&agent, &child, &write(text)).await;
        assert_eq!(reply.problem(), "422 message_blocked", "{text}");
        assert!(
            reply.text().contains(&format!("“{words}”")),
            "{text}: {}",
            reply.text()
        );
        assert!(reply.text().contains("统一口径"), "{text}: {}", reply.text());
        let asked = json!({"text": text, "case_id": child["id"]});
        let told = desk.post(&agent, "/api/v1/messages/check", &asked).await.json();
        let rules = told["findings"].to_string();
        assert!(rules.contains("contradicts_statement"), "{text}: {rules}");
    }
    // What keeps to it passes, tells the customer, and the incident knows.
    let good = "今天给您安排换货，运费我们承担，11月27日前发货";
    let child = desk.must(&agent, &child, &write(good)).await;
    assert_eq!(
        check(&child, "one_voice")["state"],
        "ok",
        "{}",
        check(&child, "one_voice")
    );
    assert_eq!(party(&child, "customer")["done"], true);
    let path = format!("/api/v1/cases/{}", id(&incident));
    let incident = desk.get(&admin, &path).await.json();
    let followers = party(&incident, "followers");
    assert_eq!(followers["done"], true, "{followers}");
    assert!(
        followers["because"]
            .as_str()
            .unwrap()
            .contains("1 件关联案件，已告知 1 位客户")
    );
    // Overruled with a reason it goes out, and the rule says so.
    let mut strays = write("今天安排换货，运费请您自理");
    strays["overrule"] = json!("客户要求到付");
    let child = desk.must(&agent, &child, &strays).await;
    let voice = check(&child, "one_voice");
    assert_eq!(voice["state"], "violated");
    assert!(voice["because"].as_str().unwrap().contains("“自理”"), "{voice}");
}

pub(crate) async fn everybody_affected_is_told_and_who_when_is_on_record(desk: &mut Desk) {
    let supervisor = desk.sign_in(Role::Supervisor).await;
    let agent = desk.sign_in(Role::Agent).await;
    let quality = desk.sign_in(Role::Quality).await;
    let case = desk.understood_case(&agent).await;
    let report = json!({"command": "report_progress", "message": "仓库在核对，明天 18:00 前给您回电"});
    let case = desk.must(&agent, &case, &report).await;
    assert_eq!(
        check(&case, "all_informed")["state"],
        "ok",
        "{}",
        check(&case, "all_informed")
    );
    let valid = json!({"command": "verify_validity", "valid": true, "reason": "查实"});
    let case = desk.must(&supervisor, &case, &valid).await;
    let propose = json!({"command": "propose", "summary": "致歉并整改", "core_position": "不赔付",
        "offers": [{"remedy": "apology"}, {"remedy": "correction"}]});
    let case = desk.must(&agent, &case, &propose).await;
    let told = check(&case, "all_informed");
    assert_eq!(told["state"], "pending");
    assert!(
        told["because"]
            .as_str()
            .unwrap()
            .contains("责任部门（方案里承诺了整改）"),
        "{told}"
    );
    let inform = json!({"command": "inform", "party": "department", "who": "仓储部", "text": "外箱要加固，赵铁柱 13812340000 的单"});
    let wrong = json!({"command": "inform", "party": "department", "text": "x"});
    assert_eq!(desk.command(&agent, &case, &wrong).await.fields(), ["who"]);
    let customer = json!({"command": "inform", "party": "customer", "text": "x"});
    assert_eq!(desk.command(&agent, &case, &customer).await.fields(), ["party"]);
    let case = desk.must(&quality, &case, &inform).await;
    assert_eq!(
        check(&case, "all_informed")["state"],
        "ok",
        "{}",
        check(&case, "all_informed")
    );
    let department = party(&case, "department");
    let notice = &department["told"][0];
    assert_eq!(
        (&notice["who"], &notice["at"]),
        (&json!("仓储部"), &case["updated_at"])
    );
    assert_eq!(notice["by"]["name"], "质检小王");
    assert!(!department.to_string().contains("赵铁柱") && !department.to_string().contains("13812340000"));
    let owner = party(&case, "owner");
    assert_eq!(owner["told"][0]["who"], case["owner"]["name"]);
    assert!(party(&case, "customer")["told"].as_array().unwrap().len() >= 2);
    // Late: the supervisor is told by the clock itself.
    desk.pass_hours(24 * 4);
    desk.app.tick().await.unwrap();
    let agent = desk.sign_in(Role::Agent).await;
    let path = format!("/api/v1/cases/{}", id(&case));
    let case = desk.get(&agent, &path).await.json();
    let lead = party(&case, "supervisor");
    assert_eq!(
        (&lead["needed"], &lead["done"]),
        (&json!(true), &json!(true)),
        "{lead}"
    );
    assert_eq!(lead["told"][0]["by"], Value::Null);
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
    what_is_written_keeps_to_the_approved_statement,
    everybody_affected_is_told_and_who_when_is_on_record,
    work_is_offered_to_who_has_room_and_skill,
);
