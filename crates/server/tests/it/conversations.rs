//! Conversations over HTTP: advice after each turn, nothing twice, inspection with quotes, appeals that count.

use axum::http::StatusCode;
use domain::Role;
use serde_json::{Value, json};

use crate::{
    demo_desk::{COMPLAINT, Desk},
    temporary::on_both,
};

fn turn(role: &str, text: &str) -> Value {
    json!({"role": role, "text": text})
}

async fn a_live_conversation_is_coached_turn_by_turn(desk: &mut Desk) {
    let agent = desk.sign_in(Role::Agent).await;
    let opened = json!({"channel": "phone", "agent": "A01", "turns": [
        turn("customer", "洗衣机修了三次还是漏水，气死我了！你们到底管不管，电话13912345678！")]});
    let reply = desk.post(&agent, "/api/v1/conversations", &opened).await;
    assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text());
    let view = reply.json();
    let id = view["id"].as_str().unwrap().to_owned();
    assert_eq!(view["advice"]["after"], 0);
    assert_eq!(view["advice"]["rule"], "feeling_first", "{view}");
    assert!(view["advice"]["phrases"].as_array().unwrap().len() >= 2);
    assert!(
        !view.to_string().contains("13912345678"),
        "personal data is masked"
    );
    let turns = format!("/api/v1/conversations/{id}/turns");
    let more = json!({"after": 1, "turns": [turn("agent", "您自己没用对吧，别人家都没事。"), turn("customer", "叫你们经理来！不然我打12315！")]});
    let view = desk.post(&agent, &turns, &more).await.json();
    assert_eq!(view["review"]["turns"].as_array().unwrap().len(), 3);
    assert_eq!(view["advice"]["rule"], "superior", "{}", view["advice"]);
    assert_eq!(view["advice"]["bring_in"], "supervisor");
    // A sender that lost the answer sends again.
    let again = desk.post(&agent, &turns, &more).await.json();
    assert_eq!(
        (&again["version"], &again["advice"]),
        (&view["version"], &view["advice"])
    );
    let other = json!({"after": 1, "turns": [turn("agent", "别的话")]});
    assert_eq!(
        desk.post(&agent, &turns, &other).await.problem(),
        "409 stale_version"
    );
    let ahead = json!({"after": 9, "turns": [turn("agent", "好")]});
    assert_eq!(
        desk.post(&agent, &turns, &ahead).await.problem(),
        "409 stale_version"
    );
}

async fn an_appeal_is_filed_and_decided_and_counts(desk: &mut Desk) {
    let (agent, quality) = (desk.sign_in(Role::Agent).await, desk.sign_in(Role::Quality).await);
    let talk = json!({"agent": "A02", "turns": [
        turn("customer", "你们发错货了，我要换"),
        turn("agent", "这个不归我们管，您联系快递吧。"),
        turn("customer", "快递说找你们！"),
        turn("agent", "那您找厂家。你脑子有问题吧。"),
        turn("customer", "你骂谁呢！我要投诉你！")]});
    let view = desk.post(&agent, "/api/v1/conversations", &talk).await.json();
    let id = view["id"].as_str().unwrap();
    let deductions = view["inspection"]["deductions"].as_array().unwrap();
    let abuse = deductions
        .iter()
        .find(|deduction| deduction["rule"] == "abuse")
        .expect("a fatal rule");
    assert_eq!(abuse["proofs"][0]["evidence"][0]["quote"], "你脑子");
    assert_eq!(view["inspection"]["passed"], false);
    let appeals = format!("/api/v1/conversations/{id}/appeals");
    let appeal = json!({"rule": "abuse", "reason": "转写错误，说的是“您挠一下”"});
    let filed = desk.post(&agent, &appeals, &appeal).await.json();
    assert_eq!(filed["appeals"][0]["rule"], "abuse");
    assert_eq!(
        desk.post(&agent, &appeals, &appeal).await.problem(),
        "409 duplicate"
    );
    let decisions = format!("/api/v1/conversations/{id}/decisions");
    let decision = json!({"rule": "abuse", "upheld": false, "reason": "听了录音，确实没有"});
    let decided = desk.post(&quality, &decisions, &decision).await.json();
    assert_eq!(decided["appeals"][0]["upheld"], false);
    let left = decided["inspection"]["deductions"].as_array().unwrap();
    assert!(left.iter().all(|deduction| deduction["rule"] != "abuse"));
    assert!(decided["inspection"]["points"].as_f64() > view["inspection"]["points"].as_f64());
    let page = desk.get(&quality, "/api/v1/conversations").await.json();
    assert_eq!(page["rules"][0]["rule"], "abuse");
    assert_eq!(page["items"][0]["agent"], "A02");
    assert_eq!(page["agents"][0]["agent"], "A02");
}

async fn what_is_promised_in_a_conversation_stands_on_its_case(desk: &mut Desk) {
    let agent = desk.sign_in(Role::Agent).await;
    let case = desk.open_case(&agent, COMPLAINT).await;
    let (id, number) = (case["id"].as_str().unwrap(), case["number"].as_str().unwrap());
    let opened = json!({"agent": "A01", "case": number, "turns": [
        turn("customer", "你们答应的退款到底什么时候到？气死人了！")]});
    let view = desk.post(&agent, "/api/v1/conversations", &opened).await.json();
    assert_eq!(view["case"], id, "{view}");
    let turns = format!("/api/v1/conversations/{}/turns", view["id"].as_str().unwrap());
    let more = json!({"after": 1, "turns": [
        turn("agent", "非常抱歉让您着急了，我保证两小时内给您回电话，把处理结果告诉您。"),
        turn("customer", "好，我等着。")]});
    let heard = desk.post(&agent, &turns, &more).await.json();
    let promised = &heard["review"]["promises"][0];
    assert_eq!(promised["until"], "两小时", "{heard}");
    desk.post(&agent, &turns, &more).await;
    let ledger = desk.get(&agent, &format!("/api/v1/cases/{id}")).await.json();
    let promises: Vec<&Value> = ledger["promises"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|promise| promise["what"] == promised["quote"]["quote"])
        .collect();
    assert_eq!(promises.len(), 1, "entered once: {ledger}");
    assert_eq!(promises[0]["state"], "open");
    assert!(promises[0]["until"].is_string(), "{}", promises[0]);

    let path = format!("/api/v1/conversations?case={number}");
    let page = desk.get(&agent, &path).await.json();
    assert_eq!(page["items"].as_array().unwrap().len(), 1);
    let unknown = json!({"case": "TS-19990101-0001", "turns": []});
    let reply = desk.post(&agent, "/api/v1/conversations", &unknown).await;
    assert_eq!(reply.problem(), "422 invalid_fields");
    let analyst = desk.sign_in(Role::Analyst).await;
    let refused = desk.post(&analyst, "/api/v1/conversations", &opened).await;
    assert_eq!(refused.problem(), "403 forbidden");
}

async fn a_changed_rubric_is_tried_and_holds_at_once(desk: &mut Desk) {
    let (admin, agent) = (desk.sign_in(Role::Admin).await, desk.sign_in(Role::Agent).await);
    let talk = json!({"agent": "A03", "turns": [
        turn("customer", "退款怎么还没到"), turn("agent", "您稍等，我按流程给您看看。"), turn("customer", "行吧")]});
    let view = desk.post(&agent, "/api/v1/conversations", &talk).await.json();
    let path = "/api/v1/settings/rubric.toml";
    let document = desk.get(&admin, path).await.json();
    let rule = "\n[[rule]]\nid = \"by_the_book\"\nzh = \"拿流程说事\"\nen = \"Hides behind the process\"\nweight = 7\n\
                when = \"a\"\n[[rule.condition]]\nid = \"a\"\nrole = \"agent\"\nany = [\"按流程\"]\n";
    let text = format!("{}{rule}", document["text"].as_str().unwrap());
    let change = json!({"text": text, "note": "客户反感"});
    let preview = desk
        .post(&admin, &format!("{path}/preview"), &change)
        .await
        .json();
    assert!(preview["general"][0].as_str().unwrap().contains('1'), "{preview}");
    assert!(
        preview["general"][1].as_str().unwrap().contains("A03"),
        "{preview}"
    );
    let saved = admin.and("if-match", "\"0\"");
    let reply = desk.post(&saved, &format!("{path}/revisions"), &change).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
    let review = format!("/api/v1/conversations/{}/review", view["id"].as_str().unwrap());
    let after = desk.get(&agent, &review).await.json();
    let taken = after["inspection"]["deductions"].as_array().unwrap();
    let own = taken
        .iter()
        .find(|one| one["rule"] == "by_the_book")
        .expect("the new rule");
    assert_eq!(own["proofs"][0]["evidence"][0]["quote"], "按流程");
    let broken = json!({"text": text.replace("when = \"a\"\n[[rule.condition]]\nid = \"a\"\nrole = \"agent\"\nany = [\"按流程\"]", "when = \"a &&\"")});
    let reply = desk.post(&admin, &format!("{path}/preview"), &broken).await;
    assert_eq!(reply.problem(), "422 invalid_fields");
}

async fn a_long_call_in_the_shape_of_the_contract_is_taken_once(desk: &mut Desk) {
    let supervisor = desk.sign_in(Role::Supervisor).await;
    let words = |place: usize| match place % 2 {
        0 => json!({"role": "customer", "text": format!("第{place}次问了，到底什么时候修好？")}),
        _ => json!({"role": "agent", "text": "我再给您催一下。", "agent": "A17"}),
    };
    let turns: Vec<Value> = (0..120).map(words).collect();
    let call = json!({"id": "call-7", "channel": "phone", "turns": turns});
    let reply = desk.post(&supervisor, "/api/v1/conversations", &call).await;
    assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text());
    let view = reply.json();
    assert_eq!(
        (&view["id"], &view["review"]["agent"]),
        (&json!("call-7"), &json!("A17"))
    );
    assert_eq!(view["review"]["turns"].as_array().unwrap().len(), 120);
    let again = desk
        .post(&supervisor, "/api/v1/conversations", &call)
        .await
        .json();
    assert_eq!(again["version"], view["version"]);
    let other = json!({"id": "call-7", "turns": [turn("customer", "别的事")]});
    let reply = desk.post(&supervisor, "/api/v1/conversations", &other).await;
    assert_eq!(reply.problem(), "409 duplicate");
    let more: Vec<Value> = (0..4_900).map(words).collect();
    let reply = desk
        .post(
            &supervisor,
            "/api/v1/conversations/call-7/turns",
            &json!({"after": 120, "turns": more}),
        )
        .await;
    assert_eq!(reply.problem(), "422 invalid_fields");
}

async fn an_agent_sees_no_colleagues_marks_and_decides_no_own_appeal(desk: &mut Desk) {
    let (agent, quality) = (desk.sign_in(Role::Agent).await, desk.sign_in(Role::Quality).await);
    let talk =
        json!({"agent": "A05", "turns": [turn("customer", "气死我了"), turn("agent", "你脑子有问题吧。")]});
    let view = desk.post(&quality, "/api/v1/conversations", &talk).await.json();
    let page = desk.get(&agent, "/api/v1/conversations").await.json();
    assert_eq!((&page["items"], &page["agents"]), (&json!([]), &json!([])));
    let path = format!("/api/v1/conversations/{}", view["id"].as_str().unwrap());
    let appeal = json!({"rule": "abuse", "reason": "听错了，我的电话是13912345678"});
    let filed = desk
        .post(&quality, &format!("{path}/appeals"), &appeal)
        .await
        .json();
    assert!(!filed.to_string().contains("13912345678"), "{filed}");
    let decision = json!({"rule": "abuse", "upheld": false, "reason": "自己说了算"});
    let reply = desk.post(&quality, &format!("{path}/decisions"), &decision).await;
    assert_eq!(reply.problem(), "422 invalid_fields");
}

async fn bad_turns_are_named(desk: &mut Desk) {
    let agent = desk.sign_in(Role::Agent).await;
    let body = json!({"turns": [turn("wizard", "x"), {"role": "agent"}]});
    let reply = desk.post(&agent, "/api/v1/conversations", &body).await;
    assert_eq!(reply.problem(), "422 invalid_fields");
    let empty = desk
        .post(&agent, "/api/v1/conversations", &json!({"turns": []}))
        .await;
    assert_eq!(empty.status, StatusCode::CREATED);
    assert_eq!(empty.json()["review"]["doubts"][0], "empty");
    assert_eq!(
        desk.get(&agent, "/api/v1/conversations/none/review")
            .await
            .problem(),
        "404 not_found"
    );
}

on_both!(
    a_live_conversation_is_coached_turn_by_turn,
    an_appeal_is_filed_and_decided_and_counts,
    what_is_promised_in_a_conversation_stands_on_its_case,
    a_changed_rubric_is_tried_and_holds_at_once,
    a_long_call_in_the_shape_of_the_contract_is_taken_once,
    an_agent_sees_no_colleagues_marks_and_decides_no_own_appeal,
    bad_turns_are_named
);
