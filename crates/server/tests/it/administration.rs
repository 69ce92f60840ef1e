//! Running the desk: the first day, accounts, the own password, customers, the supervisor's board.

use axum::http::StatusCode;
use domain::Role;
use serde_json::{Value, json};

use crate::{
    demo_desk::{Client, Desk, PASSWORD},
    temporary::on_both,
};

async fn a_new_desk_is_set_up_once_with_its_code(desk: &mut Desk) {
    let nobody = Client::default();
    let facts = desk.get(&nobody, "/api/v1/desk").await.json();
    let unnamed = json!({"organization": null, "needs_setup": true, "single_sign_on": false});
    assert_eq!(facts, unnamed);
    let code = desk.app.setup_code().await.unwrap().unwrap();
    assert_eq!(
        desk.app.setup_code().await.unwrap(),
        Some(code.clone()),
        "the same until used"
    );
    let mut asked = json!({"code": "000000000000", "organization": "青屿商城", "login": "boss", "name": "沈岸",
        "password": PASSWORD});
    let wrong = desk.post(&nobody, "/api/v1/setup", &asked).await;
    assert_eq!(wrong.fields(), ["code"]);
    asked["code"] = json!(code);
    asked["password"] = json!("short");
    let weak = desk.post(&nobody, "/api/v1/setup", &asked).await;
    assert_eq!(weak.fields(), ["password"]);
    asked["password"] = json!(PASSWORD);
    let done = desk.post(&nobody, "/api/v1/setup", &asked).await;
    assert_eq!(done.status, StatusCode::CREATED, "{}", done.text());
    assert_eq!(done.json()["role"], "admin");
    assert!(done.header("set-cookie").contains("tingsu_session="));
    let again = desk.post(&nobody, "/api/v1/setup", &asked).await;
    assert_eq!(again.problem(), "403 forbidden");
    let facts = desk.get(&nobody, "/api/v1/desk").await.json();
    let named = json!({"organization": "青屿商城", "needs_setup": false, "single_sign_on": false});
    assert_eq!(facts, named);
}

async fn accounts_are_made_changed_and_shut(desk: &mut Desk) {
    let admin = desk.sign_in(Role::Admin).await;
    let body = json!({"login": "lin", "name": "林一", "role": "agent", "password": PASSWORD});
    let made = desk.post(&admin, "/api/v1/accounts", &body).await.json();
    let twice = desk.post(&admin, "/api/v1/accounts", &body).await;
    assert_eq!(twice.problem(), "409 duplicate");
    let link = json!({"login": "x", "name": "x", "role": "customer_link", "password": PASSWORD});
    assert_eq!(
        desk.post(&admin, "/api/v1/accounts", &link).await.fields(),
        ["role"]
    );
    assert_eq!(desk.login("lin", PASSWORD).await.status, StatusCode::OK);
    let path = format!("/api/v1/accounts/{}", made["id"].as_str().unwrap());
    let change = json!({"role": "supervisor", "name": "林一凡"});
    let changed = desk.post(&admin, &path, &change).await.json();
    assert_eq!(
        (&changed["role"], &changed["name"]),
        (&json!("supervisor"), &json!("林一凡"))
    );
    desk.post(&admin, &path, &json!({"active": false})).await;
    assert_eq!(
        desk.login("lin", PASSWORD).await.problem(),
        "401 wrong_credentials"
    );
    let me = desk.get(&admin, "/api/v1/me").await.json();
    let own = format!("/api/v1/accounts/{}", me["id"].as_str().unwrap());
    for (change, field) in [
        (json!({"active": false}), "active"),
        (json!({"role": "agent"}), "role"),
    ] {
        assert_eq!(
            desk.post(&admin, &own, &change).await.fields(),
            [field],
            "nobody locks himself out"
        );
    }
    let trail = desk.get(&admin, "/api/v1/trail").await.json();
    let actions: Vec<&str> = trail
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|line| line["action"].as_str())
        .collect();
    assert!(
        actions.contains(&"account_changed") && actions.contains(&"user_created"),
        "{actions:?}"
    );
    assert!(!trail.to_string().contains(PASSWORD));
}

async fn customers_are_listed_searched_and_masked(desk: &mut Desk) {
    let agent = desk.sign_in(Role::Agent).await;
    for index in 0..5 {
        let customer = json!({"name": format!("欧阳{index}"), "phone": format!("1380000000{index}")});
        let body = json!({"text": "灯不亮", "channel": "phone", "customer": customer});
        desk.post(&agent, "/api/v1/cases", &body).await;
        desk.pass_hours(1);
    }
    let first = desk.get(&agent, "/api/v1/customers?limit=2").await.json();
    assert_eq!(
        (&first["total"], first["items"].as_array().unwrap().len()),
        (&json!(5), 2)
    );
    let (mut seen, mut cursor) = (Vec::<String>::new(), Value::Null);
    loop {
        let path = match cursor.as_str() {
            Some(cursor) => format!("/api/v1/customers?limit=2&cursor={cursor}"),
            None => "/api/v1/customers?limit=2".to_owned(),
        };
        let page = desk.get(&agent, &path).await.json();
        seen.extend(
            page["items"]
                .as_array()
                .unwrap()
                .iter()
                .map(|row| row["id"].to_string()),
        );
        cursor = page["next_cursor"].clone();
        if cursor.is_null() {
            break;
        }
    }
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 5, "each once");
    let found = desk
        .get(&agent, "/api/v1/customers?q=13800000003&open=true")
        .await
        .json();
    let row = &found["items"][0];
    assert_eq!(
        (&found["total"], &row["cases"], &row["open"]),
        (&json!(1), &json!(1), &json!(1))
    );
    assert!(!found.to_string().contains("13800000003"), "masked: {found}");
    let odd = desk.get(&agent, "/api/v1/customers?q=%25").await.json();
    assert_eq!(odd["total"], 0, "a sign of patterns means itself");
    let neither = desk.get(&agent, "/api/v1/customers?open=perhaps").await;
    assert_eq!(neither.status, 422);
    let wrong = desk.get(&agent, "/api/v1/customers?loyalty=golden").await;
    assert_eq!(wrong.fields(), ["loyalty"]);
    let wrong = desk.get(&agent, "/api/v1/customers?cursor=nonsense").await;
    assert_eq!(wrong.problem(), "422 invalid_cursor");
}

async fn waiting_case(desk: &Desk, agent: &Client) -> Value {
    let case = desk.understood_case(agent).await;
    let propose = json!({"command": "propose", "offers": [{"remedy": "compensation", "amount": "5000.00"}],
        "summary": "全额退款并补偿", "core_position": "最多 5000 元"});
    let case = desk.must(agent, &case, &propose).await;
    assert_eq!(case["proposal"]["needs_approval"], true);
    case
}

async fn the_board_shows_what_waits_and_a_proposal_is_sent_back(desk: &mut Desk) {
    let agent = desk.sign_in(Role::Agent).await;
    let supervisor = desk.sign_in(Role::Supervisor).await;
    let case = waiting_case(desk, &agent).await;
    let board = desk.get(&supervisor, "/api/v1/board").await.json();
    let decision = &board["decisions"][0];
    assert_eq!(
        (&decision["what"], &decision["words"], &board["counts"]["waiting"]),
        (&json!("proposal"), &json!("全额退款并补偿"), &json!(1))
    );
    assert!(
        decision["commands"]
            .as_array()
            .unwrap()
            .contains(&json!("send_back")),
        "{decision}"
    );
    assert!(
        board["next"][0]["clock"]["because"]
            .as_str()
            .unwrap()
            .contains("规则"),
        "{board}"
    );
    let listed = desk
        .get(&supervisor, "/api/v1/cases?waiting=proposal")
        .await
        .json();
    assert_eq!(listed["total"], 1);
    let quality = desk.sign_in(Role::Quality).await;
    let board = desk.get(&quality, "/api/v1/board").await.json();
    assert_eq!(
        board["decisions"][0]["commands"],
        json!([]),
        "who only reads decides nothing"
    );

    let bare = desk
        .command(&supervisor, &case, &json!({"command": "send_back"}))
        .await;
    assert_eq!(bare.fields(), ["reason"]);
    let back = json!({"command": "send_back", "reason": "请先核实发票"});
    let case = desk.must(&supervisor, &case, &back).await;
    assert_eq!(
        (&case["state"], &case["proposal"]),
        (&json!("understood"), &Value::Null)
    );
    let board = desk.get(&supervisor, "/api/v1/board").await.json();
    assert_eq!(
        (&board["decisions"], &board["counts"]["waiting"]),
        (&json!([]), &json!(0))
    );
    let id = case["id"].as_str().unwrap();
    let events = desk
        .get(&agent, &format!("/api/v1/cases/{id}/events"))
        .await
        .text();
    assert!(events.contains("sent_back") && events.contains("请先核实发票"));
}

async fn late_cases_stand_on_the_board_with_their_rule_and_person(desk: &mut Desk) {
    let agent = desk.sign_in(Role::Agent).await;
    desk.open_case(&agent, "充电宝鼓包冒烟了").await;
    desk.pass_hours(30);
    desk.app.tick().await.unwrap();
    let supervisor = desk.sign_in(Role::Supervisor).await;
    let board = desk.get(&supervisor, "/api/v1/board").await.json();
    assert_eq!(board["counts"]["breached"], 1);
    let late = &board["late"][0];
    assert_eq!(late["clock"]["state"], "breached");
    assert!(
        late["clock"]["because"].as_str().unwrap().contains("内部规则"),
        "{late}"
    );
    let people = board["load"]["people"].as_array().unwrap();
    assert!(
        people
            .iter()
            .all(|one| one["open"].as_u64() >= one["breached"].as_u64())
    );
}

async fn packs_are_tried_before_they_hold(desk: &mut Desk) {
    let admin = desk.sign_in(Role::Admin).await;
    desk.open_case(&admin, "灯不亮").await;
    let packs = desk.get(&admin, "/api/v1/packs").await.json();
    let pack = packs.as_array().unwrap().iter().find(|pack| {
        pack["key"] != "house"
            && pack["until"].is_null()
            && pack["channels"] == json!([])
            && pack["clocks"]
                .as_array()
                .unwrap()
                .iter()
                .any(|clock| clock["start"] == "received")
    });
    let key = pack.unwrap()["key"].clone();
    let tried = desk
        .post(&admin, "/api/v1/packs/preview", &json!({"packs": [key]}))
        .await
        .json();
    assert_eq!(
        (&tried["sampled"], &tried["changed"]),
        (&json!(1), &json!(1)),
        "{tried}"
    );
    let none = desk
        .post(&admin, "/api/v1/packs/preview", &json!({"packs": ["nonsense"]}))
        .await;
    assert_eq!(none.fields(), ["packs"]);
}

on_both!(
    a_new_desk_is_set_up_once_with_its_code,
    accounts_are_made_changed_and_shut,
    customers_are_listed_searched_and_masked,
    the_board_shows_what_waits_and_a_proposal_is_sent_back,
    late_cases_stand_on_the_board_with_their_rule_and_person,
    packs_are_tried_before_they_hold,
);
