//! Documents that decide: changed, tried, kept in history, undone; what is decided says by which rulebook.

use axum::http::StatusCode;
use domain::Role;
use serde_json::{Value, json};

use crate::{
    demo_desk::{COMPLAINT, Client, Desk, Reply},
    temporary::on_both,
};

const TABOO: &str = "/api/v1/settings/taboo.toml";
const GUARANTEE: &str = "/api/v1/settings/guarantee.toml";

async fn change(desk: &Desk, client: &Client, path: &str, seen: u32, body: &Value) -> Reply {
    let client = client.and("if-match", &format!("\"{seen}\""));
    desk.post(&client, path, body).await
}

fn words_of(document: &Value, rule: &str) -> Vec<String> {
    let rules = document["data"]["rule"].as_array().unwrap();
    let rule = rules.iter().find(|row| row["key"] == rule).unwrap();
    let words = rule["words"].as_array().unwrap().iter();
    words.map(|word| word.as_str().unwrap().to_owned()).collect()
}

async fn a_taboo_word_is_tried_saved_and_undone(desk: &mut Desk) {
    let admin = desk.sign_in(Role::Admin).await;
    let agent = desk.sign_in(Role::Agent).await;
    let mut case = desk.open_case(&agent, COMPLAINT).await;
    let text = "很抱歉耽误您，按流程走，我们明天 18:00 前给您回电";
    let send = json!({"command": "send_message", "text": text});
    case = desk.must(&agent, &case, &send).await;
    let before = desk.get(&admin, TABOO).await.json();
    assert_eq!(
        (&before["revision"], &before["overridden"]),
        (&json!(0), &json!(false))
    );
    let mut words = words_of(&before, "taboo");
    words.push("按流程走".to_owned());
    let edit = json!({"edits": [{"edit": "words", "rule": "taboo", "words": words}]});

    // The preview finds the message that was sent, and keeps nothing.
    let preview = desk.post(&admin, &format!("{TABOO}/preview"), &edit).await.json();
    assert_eq!(
        (&preview["sampled"], &preview["changed"]),
        (&json!(1), &json!(1)),
        "{preview}"
    );
    assert_eq!(preview["cases"][0]["number"], case["number"]);
    assert!(
        preview["cases"][0]["changes"][0]
            .as_str()
            .unwrap()
            .contains("按流程走"),
        "{preview}"
    );
    assert_eq!(desk.get(&admin, TABOO).await.json()["revision"], 0);

    let mut saved = edit.clone();
    saved["note"] = json!("客户反感这句话");
    let reply = change(desk, &admin, &format!("{TABOO}/revisions"), 0, &saved).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
    assert_eq!(reply.header("etag"), "\"1\"");
    let changed = reply.json();
    assert_ne!(changed["rulebook"], before["rulebook"]);
    assert_eq!(changed["rulebook"], preview["rulebook"]);
    assert!(words_of(&changed, "taboo").contains(&"按流程走".to_owned()));
    assert!(changed["text"].as_str().unwrap().starts_with("# What a message"));
    assert_eq!(
        desk.command(&agent, &case, &send).await.problem(),
        "422 message_blocked"
    );

    // A second hand that saw the old revision is told so.
    let reply = change(desk, &admin, &format!("{TABOO}/revisions"), 0, &saved).await;
    assert_eq!(reply.problem(), "409 stale_version");

    let undone = change(
        desk,
        &admin,
        &format!("{TABOO}/undo"),
        1,
        &json!({"note": "太宽了"}),
    )
    .await
    .json();
    assert_eq!(
        (&undone["revision"], &undone["overridden"]),
        (&json!(2), &json!(false))
    );
    assert_eq!(undone["rulebook"], before["rulebook"]);
    desk.must(&agent, &case, &send).await;
    let history = desk.get(&agent, &format!("{TABOO}/revisions")).await.json();
    let rows = history["items"].as_array().unwrap();
    assert_eq!(
        (&rows[0]["restores"], &rows[1]["restores"]),
        (&json!(0), &Value::Null)
    );
    assert_eq!(rows[1]["note"], "客户反感这句话");
    let first = desk.get(&agent, &format!("{TABOO}?revision=1")).await.json();
    assert!(words_of(&first, "taboo").contains(&"按流程走".to_owned()));
    let redone = change(desk, &admin, &format!("{TABOO}/undo"), 2, &json!({"revision": 1}))
        .await
        .json();
    assert_eq!(redone["rulebook"], changed["rulebook"]);
}

async fn a_guarantee_row_changes_plans_and_decisions_name_their_rulebook(desk: &mut Desk) {
    let admin = desk.sign_in(Role::Admin).await;
    let agent = desk.sign_in(Role::Agent).await;
    let case = desk.open_case(&agent, COMPLAINT).await;
    let opened_by = case["rulebook"].as_str().unwrap().to_owned();
    let rows =
        json!([{"remedy": "replacement"}, {"remedy": "compensation", "percent": [1, 2], "yuan": [3, 4]}]);
    let subjects = ["product", "service", "attitude", "policy", "incident"];
    let edits: Vec<Value> = subjects
        .iter()
        .flat_map(|subject| (1..=4).map(move |severity| (subject, severity)))
        .map(|(subject, severity)| json!({"edit": "guarantee", "subject": subject, "severity": severity, "options": rows}))
        .collect();
    let edit = json!({"edits": edits});
    let preview = desk
        .post(&admin, &format!("{GUARANTEE}/preview"), &edit)
        .await
        .json();
    assert_eq!(preview["changed"], 1, "{preview}");
    let mut saved = edit.clone();
    saved["note"] = json!("新版保证");
    saved["edits"].as_array_mut().unwrap().truncate(19);
    saved["edits"]
        .as_array_mut()
        .unwrap()
        .push(json!({"edit": "authority", "role": "agent", "yuan": 350}));
    let reply = change(desk, &admin, &format!("{GUARANTEE}/revisions"), 0, &saved).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
    let rulebook = reply.json()["rulebook"].clone();

    let path = format!("/api/v1/cases/{}", case["id"].as_str().unwrap());
    let after = desk.get(&agent, &path).await.json();
    assert_ne!(
        after["plan"]["playbook_version"],
        case["plan"]["playbook_version"]
    );
    assert_eq!(after["plan"]["redress"]["authority"]["amount"], "350.00");
    let remedies = after["plan"]["redress"]["options"].to_string();
    assert!(remedies.contains("replacement"), "{remedies}");
    // What was decided before keeps its version; the next decision takes the new one.
    assert_eq!(after["rulebook"], opened_by);
    let case = desk
        .must(&agent, &after, &json!({"command": "acknowledge"}))
        .await;
    let case = desk
        .must(&agent, &case, &json!({"command": "confirm_facets"}))
        .await;
    let propose = json!({"command": "propose", "summary": "方案", "core_position": "底线",
        "offers": [{"remedy": "partial_refund", "amount": "340.00"}]});
    let case = desk.must(&agent, &case, &propose).await;
    assert_eq!(case["proposal"]["needs_approval"], false);
    assert_eq!(case["proposal"]["rulebook"], rulebook);
    assert_eq!(case["rulebook"], rulebook);
}

fn shown(preview: &Value) -> String {
    format!("{} {}", preview["general"], preview["cases"])
}

fn decision(case: &Value) -> &str {
    let clocks = case["deadlines"].as_array().unwrap();
    let clock = clocks
        .iter()
        .find(|clock| clock["kind"] == "decision")
        .expect("a law's clock");
    clock["due_at"].as_str().unwrap()
}

async fn in_force(desk: &Desk, admin: &Client, packs: Value) -> Reply {
    desk.post(admin, "/api/v1/packs/in-force", &json!({ "packs": packs }))
        .await
}

async fn a_pack_is_tried_saved_and_undone(desk: &mut Desk) {
    const TELECOM: &str = "/api/v1/settings/telecom-2016.toml";
    let admin = desk.sign_in(Role::Admin).await;
    assert!(
        in_force(desk, &admin, json!(["telecom-2016"]))
            .await
            .status
            .is_success()
    );
    let old = desk.open_case(&admin, COMPLAINT).await;
    // Monday 23 November and 15 days: Tuesday 8 December; ten days: Thursday 3 December.
    assert_eq!(decision(&old), "2026-12-09T00:00:00+08:00");
    let seed = desk.get(&admin, TELECOM).await.json();
    let text = seed["text"]
        .as_str()
        .unwrap()
        .replace("amount = 15", "amount = 10");
    let preview = desk
        .post(&admin, &format!("{TELECOM}/preview"), &json!({"text": text}))
        .await
        .json();
    let said = shown(&preview);
    assert!(
        said.contains("15 个自然日 → 10 个自然日") && said.contains("12月"),
        "{said}"
    );
    assert_eq!(
        (&preview["sampled"], &preview["changed"]),
        (&json!(1), &json!(1)),
        "{preview}"
    );
    assert_eq!(
        desk.get(&admin, TELECOM).await.json()["revision"],
        0,
        "nothing was kept"
    );
    let body = json!({"text": text, "note": "地方规定更短"});
    let saved = change(desk, &admin, &format!("{TELECOM}/revisions"), 0, &body).await;
    assert_eq!(saved.status, StatusCode::OK, "{}", saved.text());
    let newer = desk.open_case(&admin, COMPLAINT).await;
    assert_eq!(decision(&newer), "2026-12-04T00:00:00+08:00");
    assert_ne!(newer["rulebook"], old["rulebook"]);
    let path = format!("/api/v1/cases/{}", old["id"].as_str().unwrap());
    assert_eq!(decision(&desk.get(&admin, &path).await.json()), decision(&old));
    let undo = change(
        desk,
        &admin,
        &format!("{TELECOM}/undo"),
        1,
        &json!({"note": "规定未生效"}),
    )
    .await;
    assert_eq!(undo.json()["text"], seed["text"]);
    assert_eq!(decision(&desk.open_case(&admin, COMPLAINT).await), decision(&old));
    let history = desk.get(&admin, &format!("{TELECOM}/revisions")).await.json();
    let notes: Vec<&str> = history["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["note"].as_str().unwrap())
        .collect();
    assert_eq!(notes, ["规定未生效", "地方规定更短"]);
}

async fn a_new_pack_needs_no_build(desk: &mut Desk) {
    const WATER: &str = "/api/v1/settings/water-supply.toml";
    let admin = desk.sign_in(Role::Admin).await;
    let agent = desk.sign_in(Role::Agent).await;
    assert_eq!(desk.get(&admin, WATER).await.problem(), "404 not_found");
    let seed = desk.get(&admin, "/api/v1/settings/express.toml").await.json();
    let text = seed["text"]
        .as_str()
        .unwrap()
        .replace("\"express\"", "\"water-supply\"");
    let text = text.replace("amount = 7", "amount = 3");
    for (name, text, words) in [
        ("gas-supply.toml", text.clone(), "holds the pack `water-supply`"),
        ("water-supply.toml", text.replace("\"cn\"", "\"mars\""), "mars"),
        ("water-supply.toml", "key = ".to_owned(), "packs"),
    ] {
        let path = format!("/api/v1/settings/{name}/revisions");
        let reply = change(desk, &admin, &path, 0, &json!({"text": text, "note": "n"})).await;
        assert_eq!(reply.problem(), "422 invalid_fields");
        assert!(reply.text().contains(words), "{words}: {}", reply.text());
    }
    let odd = change(
        desk,
        &admin,
        "/api/v1/settings/Water.toml/revisions",
        0,
        &json!({"text": text, "note": "n"}),
    )
    .await;
    assert_eq!(odd.problem(), "404 not_found");
    let preview = desk
        .post(&admin, &format!("{WATER}/preview"), &json!({"text": text}))
        .await
        .json();
    let said = shown(&preview);
    assert!(said.contains("新增规则") && said.contains("3 个自然日"), "{said}");
    let body = json!({"text": text, "note": "供水条例"});
    assert_eq!(
        change(desk, &agent, &format!("{WATER}/revisions"), 0, &body)
            .await
            .problem(),
        "403 forbidden"
    );
    let saved = change(desk, &admin, &format!("{WATER}/revisions"), 0, &body).await;
    assert_eq!(saved.status, StatusCode::OK, "{}", saved.text());
    let list = desk.get(&admin, "/api/v1/settings").await.text();
    assert!(list.contains("water-supply.toml"), "{list}");
    assert!(
        in_force(desk, &admin, json!(["water-supply"]))
            .await
            .status
            .is_success()
    );
    let case = desk.open_case(&admin, COMPLAINT).await;
    assert_eq!(case["packs"], json!(["water-supply"]));
    assert_eq!(decision(&case), "2026-11-27T00:00:00+08:00");
    // A second desk over the same database knows it as well.
    let undone = change(desk, &admin, &format!("{WATER}/undo"), 1, &json!({})).await;
    assert_eq!(undone.status, StatusCode::OK, "{}", undone.text());
    assert!(
        !desk
            .get(&admin, "/api/v1/settings")
            .await
            .text()
            .contains("water-supply.toml")
    );
    assert_eq!(
        in_force(desk, &admin, json!(["water-supply"])).await.problem(),
        "422 invalid_fields"
    );
    // The case keeps the clock it was given.
    let path = format!("/api/v1/cases/{}", case["id"].as_str().unwrap());
    assert_eq!(decision(&desk.get(&admin, &path).await.json()), decision(&case));
}

async fn what_cannot_be_read_is_refused_with_its_place(desk: &mut Desk) {
    let admin = desk.sign_in(Role::Admin).await;
    let refused = [
        (
            GUARANTEE,
            json!({"text": "[authority\nagent = 1", "note": "n"}),
            "guarantee.toml",
        ),
        (
            GUARANTEE,
            json!({"edits": [{"edit": "doubt", "no_haggling_below": 9, "investigate_above": 1}], "note": "n"}),
            "doubt",
        ),
        (
            TABOO,
            json!({"edits": [{"edit": "words", "rule": "taboo", "words": ["您"]}], "note": "n"}),
            "two characters",
        ),
        (
            TABOO,
            json!({"edits": [{"edit": "words", "rule": "grant", "words": []}], "note": "n"}),
            "has no words",
        ),
        (
            TABOO,
            json!({"edits": [{"edit": "words", "rule": "time", "words": ["今天", " "]}], "note": "n"}),
            "two characters",
        ),
        (
            TABOO,
            json!({"edits": [{"edit": "words", "rule": "step", "words": ["e"]}], "note": "n"}),
            "two characters",
        ),
        (
            TABOO,
            json!({"edits": [{"edit": "words", "rule": "nothing", "words": ["您好"]}], "note": "n"}),
            "edits[0]",
        ),
        (
            TABOO,
            json!({"edits": [{"edit": "words", "rule": "taboo", "words": ["您好"]}]}),
            "note",
        ),
        (TABOO, json!({"note": "n"}), "text"),
        (
            GUARANTEE,
            json!({"edits": [{"edit": "guarantee", "subject": "product", "severity": 9, "options": []}], "note": "n"}),
            "severity",
        ),
    ];
    for (path, body, named) in refused {
        let reply = change(desk, &admin, &format!("{path}/revisions"), 0, &body).await;
        assert_eq!(reply.problem(), "422 invalid_fields", "{body}");
        assert!(reply.text().contains(named), "{named}: {}", reply.text());
    }
    let reply = desk.get(&admin, "/api/v1/settings/nothing.toml").await;
    assert_eq!(reply.problem(), "404 not_found");
    let reply = desk.get(&admin, &format!("{TABOO}?revision=7")).await;
    assert_eq!(reply.problem(), "404 not_found");
    let reply = change(desk, &admin, &format!("{TABOO}/undo"), 0, &json!({})).await;
    assert_eq!(reply.problem(), "422 invalid_fields");
    let reply = desk
        .post(
            &admin,
            &format!("{TABOO}/revisions"),
            &json!({"text": "a", "note": "n"}),
        )
        .await;
    assert_eq!(reply.problem(), "428 precondition_required");
    let list = desk.get(&admin, "/api/v1/settings").await.json();
    let items = list["items"].as_array().unwrap();
    assert!(
        items.len() >= 24 && items.iter().all(|item| item["overridden"] == false),
        "{list}"
    );
}

async fn a_preview_tells_of_packs_permissions_and_the_coach(desk: &mut Desk) {
    let admin = desk.sign_in(Role::Admin).await;
    let put = json!({"packs": ["express"]});
    desk.post(&admin, "/api/v1/packs/in-force", &put).await;
    let case = desk.open_case(&admin, COMPLAINT).await;
    let mut tried = Vec::new();
    for (name, before, after) in [
        ("express.toml", "amount = 7", "amount = 70"),
        ("permissions.toml", "refuse = [\"agent\", ", "refuse = ["),
        ("coach.toml", "after = \"customer\"", "after = \"agent\""),
    ] {
        let path = format!("/api/v1/settings/{name}");
        let text = desk.get(&admin, &path).await.json()["text"].clone();
        let changed = text.as_str().unwrap().replacen(before, after, 1);
        let body = json!({"text": changed});
        tried.push(desk.post(&admin, &format!("{path}/preview"), &body).await.json());
    }
    let changes = tried[0]["cases"][0]["changes"].to_string();
    assert_eq!(tried[0]["cases"][0]["number"], case["number"], "{}", tried[0]);
    assert!(changes.contains("新案的"), "{changes}");
    assert!(
        tried[1]["general"].to_string().contains("坐席不能再"),
        "{}",
        tried[1]
    );
    assert!(
        tried[2]["general"].to_string().contains("会话提示"),
        "{}",
        tried[2]
    );
}

on_both!(
    a_preview_tells_of_packs_permissions_and_the_coach,
    a_taboo_word_is_tried_saved_and_undone,
    a_guarantee_row_changes_plans_and_decisions_name_their_rulebook,
    a_pack_is_tried_saved_and_undone,
    a_new_pack_needs_no_build,
    what_cannot_be_read_is_refused_with_its_place,
);
