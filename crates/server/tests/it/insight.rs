//! What the organization learns, over HTTP: every number opens its cases, causes are written and told, reports are made.

use axum::http::StatusCode;
use domain::Role;
use serde_json::{Value, json};

use crate::{
    demo_desk::{Client, Desk, START},
    temporary::on_both,
};

async fn seeded(desk: &Desk) -> Client {
    let options = app::demo::Options {
        cases: 700,
        days: app::demo::DAYS,
        at: START,
        seed: 1,
    };
    desk.app.seed_demo(options).await.expect("demo data");
    desk.login_as_demo("supervisor").await
}

async fn read(desk: &Desk, client: &Client, path: &str) -> Value {
    let reply = desk.get(client, path).await;
    assert_eq!(reply.status, StatusCode::OK, "{path}: {}", reply.text());
    let value = reply.json();
    assert!(!reply.text().contains("NaN"), "{path}");
    value
}

/// How many cases the list shows for the filters of a number.
async fn listed(desk: &Desk, client: &Client, link: &Value) -> u64 {
    let pairs: Vec<String> = link
        .as_object()
        .expect("filters")
        .iter()
        .map(|(key, value)| {
            let bytes = value.as_str().expect("a text").bytes();
            let escaped: String = bytes.map(|byte| format!("%{byte:02X}")).collect();
            format!("{key}={escaped}")
        })
        .collect();
    let page = read(
        desk,
        client,
        &format!("/api/v1/cases?limit=1&{}", pairs.join("&")),
    )
    .await;
    page["total"].as_u64().expect("a total")
}

async fn every_number_opens_its_cases(desk: &mut Desk) {
    let client = seeded(desk).await;
    let outbreaks = read(desk, &client, "/api/v1/insight/outbreaks").await;
    let first = &outbreaks["items"][0];
    let names = first["slice"].to_string();
    assert!(
        names.contains("充电宝") || names.contains("A2307") || names.contains("湖滨店"),
        "{names}"
    );
    for outbreak in outbreaks["items"].as_array().expect("a list") {
        let shown = listed(desk, &client, &outbreak["cases"]).await;
        assert_eq!(Some(shown), outbreak["reports"].as_u64(), "{outbreak}");
        assert!(
            outbreak["course"]
                .as_array()
                .is_some_and(|course| course.len() > 4)
        );
    }
    assert!(
        first["typical"][0]["text"]
            .as_str()
            .is_some_and(|text| !text.is_empty())
    );
    for by in ["product", "site", "team", "channel", "topic", "weekday", "hour"] {
        let found = read(desk, &client, &format!("/api/v1/insight/breakdown?by={by}")).await;
        let groups = found["groups"].as_array().expect("groups");
        let sum: u64 = groups.iter().filter_map(|group| group["count"].as_u64()).sum();
        assert_eq!(Some(sum), found["all"]["count"].as_u64(), "{by}");
        assert_eq!(listed(desk, &client, &found["all"]["cases"]).await, sum);
        for group in groups.iter().filter(|group| !group["cases"].is_null()).take(6) {
            let shown = listed(desk, &client, &group["cases"]).await;
            assert_eq!(Some(shown), group["count"].as_u64(), "{by} {group}");
            let mut marked = group["cases"].clone();
            marked["mark"] = json!("1,2,3,4,5");
            assert_eq!(
                Some(listed(desk, &client, &marked).await),
                group["csat_n"].as_u64(),
                "{by} {group}"
            );
        }
    }
    let silent = read(desk, &client, "/api/v1/insight/silent").await;
    assert!(
        silent["calls"].as_array().is_some_and(|calls| calls.len() >= 5),
        "{silent}"
    );
    assert_eq!(silent["currency"], "CNY", "{silent}");
    let process = read(desk, &client, "/api/v1/insight/process").await;
    assert_eq!(
        process["breaches"],
        json!([]),
        "what the desk decides is within the flow"
    );
    let satisfaction = read(desk, &client, "/api/v1/insight/satisfaction").await;
    assert_eq!(
        Some(listed(desk, &client, &satisfaction["cases"]).await),
        satisfaction["closed"].as_u64()
    );
    for gap in satisfaction["gaps"].as_array().expect("gaps") {
        assert_eq!(
            Some(listed(desk, &client, &gap["cases"]).await),
            gap["below"].as_u64(),
            "{gap}"
        );
    }
    let lessons = read(desk, &client, "/api/v1/insight/lessons").await;
    let opportunities = lessons["opportunities"].as_array().expect("opportunities");
    assert!(!opportunities.is_empty(), "{lessons}");
    for one in opportunities {
        assert_eq!(
            Some(listed(desk, &client, &one["cases"]).await),
            one["count"].as_u64(),
            "{one}"
        );
        assert!(
            one["typical"][0]["text"]
                .as_str()
                .is_some_and(|text| !text.is_empty())
        );
    }
    assert_eq!(lessons["conversations"], 40);
    let mut opened = 0;
    for claim in lessons["claims"].as_array().expect("claims") {
        let told = claim["here"]["value"].is_number() || claim["here"]["reason"].is_string();
        assert!(told && claim["verdict"].is_string(), "{claim}");
        for side in ["here", "there"] {
            let cases = &claim[format!("{side}_cases")];
            if cases.is_object() {
                let count = claim[format!("{side}_of")].as_u64();
                assert_eq!(Some(listed(desk, &client, cases).await), count, "{claim}");
                opened += 1;
            }
        }
    }
    assert_eq!(opened, 4, "two claims speak of cases that a filter tells apart");
    let causes = read(desk, &client, "/api/v1/insight/causes?batch=A2307").await;
    for defect in causes["defects"].as_array().expect("defects") {
        assert_eq!(
            Some(listed(desk, &client, &defect["cases"]).await),
            defect["reports"].as_u64()
        );
    }
    assert!(
        causes["slice"]["items"]
            .as_array()
            .is_some_and(|items| !items.is_empty()),
        "{causes}"
    );
}

async fn a_cause_is_written_measured_and_told(desk: &mut Desk) {
    let client = seeded(desk).await;
    let path = "/api/v1/insight/root-causes";
    let words = json!({
        "title": "A2307 批次电芯来料不良", "batch": "A2307", "status": "acted", "action": "停售并召回",
        "acted_on": "2026-11-20", "prevention": "我们已停售并召回 A2307 批次，您可到任意门店免费更换。",
    });
    let made = desk.post(&client, path, &words).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
    let cause = made.json();
    let count = cause["count"].as_u64().expect("a count");
    assert!(count > 5, "{cause}");
    assert_eq!(listed(desk, &client, &cause["cases"]).await, count);
    let effect = &cause["effect"];
    for (cases, number) in [("before_cases", "before"), ("after_cases", "after")] {
        assert_eq!(
            Some(listed(desk, &client, &effect[cases]).await),
            effect[number].as_u64()
        );
    }
    let under = json!({"title": "供应商未做老化测试", "parent": cause["id"]});
    assert_eq!(desk.post(&client, path, &under).await.status, StatusCode::CREATED);
    let own = format!("{path}/{}", cause["id"].as_str().expect("an id"));
    let circle = json!({"title": "圈", "parent": cause["id"]});
    let refused = desk.post(&client.and("if-match", "\"1\""), &own, &circle).await;
    assert_eq!(refused.fields(), ["parent"]);
    let late = desk.post(&client.and("if-match", "\"7\""), &own, &words).await;
    assert_eq!(late.problem(), "409 stale_version");
    let tell = format!("{own}/tell");
    let blind = desk.post(&client, &tell, &Value::Null).await;
    assert_eq!(blind.problem(), "428 precondition_required");
    let states = |list: &Value| -> Vec<Value> {
        let rows = list["items"].as_array().expect("rows").iter();
        rows.map(|row| row["state"].clone()).collect()
    };
    let rows = "/api/v1/cases?batch=A2307&limit=100";
    let before = states(&read(desk, &client, rows).await);
    let told = desk
        .post(&client.and("if-match", "\"1\""), &tell, &Value::Null)
        .await;
    assert_eq!(told.status, StatusCode::OK, "{}", told.text());
    let told = told.json();
    let reached = |told: &Value, key: &str| told["told"][key].as_u64().expect("a count");
    let messaged = reached(&told, "messaged");
    assert_eq!(messaged + reached(&told, "unreached"), count.min(200), "{told}");
    assert!(messaged > 0, "{told}");
    let after = states(&read(desk, &client, rows).await);
    assert_eq!(before, after, "nobody was followed up by it");
    let closed = read(desk, &client, "/api/v1/cases?batch=A2307&state=closed&limit=100").await;
    let one = closed["items"][0]["id"].as_str().expect("a closed case");
    let one = read(desk, &client, &format!("/api/v1/cases/{one}")).await;
    assert_eq!(
        one["preventions"],
        json!([words["prevention"]]),
        "closed cases are told"
    );
    let again = desk
        .post(&client.and("if-match", "\"2\""), &tell, &Value::Null)
        .await
        .json();
    assert_eq!(
        (reached(&again, "messaged"), reached(&again, "already")),
        (0, messaged),
        "nobody is told twice"
    );
    let trail = desk
        .app
        .store()
        .audit_trail(cause["id"].as_str(), 9)
        .await
        .unwrap();
    assert!(trail.iter().any(|line| line.action == "cause_told"), "{trail:?}");
    let silent = json!({"title": "没有防范", "batch": "A2307"});
    let made = desk.post(&client, path, &silent).await.json();
    let tell = format!("{path}/{}/tell", made["id"].as_str().expect("an id"));
    assert_eq!(
        desk.post(&client.and("if-match", "\"1\""), &tell, &Value::Null)
            .await
            .problem(),
        "409 rule_violated"
    );
    let all = read(desk, &client, path).await;
    assert_eq!(all["items"].as_array().map(Vec::len), Some(3));
}

async fn reports_are_read_taken_away_and_made_by_the_clock(desk: &mut Desk) {
    let client = seeded(desk).await;
    let report = read(desk, &client, "/api/v1/insight/report?days=7&until=2026-11-22").await;
    let findings = report["findings"].as_array().expect("findings");
    assert_eq!(findings.len(), 5);
    assert!(
        findings[0]["headline"]
            .as_str()
            .is_some_and(|words| words.starts_with("突发")),
        "{}",
        findings[0]
    );
    let shown = listed(desk, &client, &findings[0]["cases"]).await;
    assert!(shown > 5, "{shown}");
    let english = client.and("accept-language", "en");
    let page = read(desk, &english, "/api/v1/insight/report?days=7&until=2026-11-22").await;
    assert!(
        page["findings"][0]["headline"]
            .as_str()
            .is_some_and(|words| words.starts_with("Outbreak"))
    );
    for (format, begins) in [("html", "<!doctype"), ("pdf", "%PDF-1.7"), ("xlsx", "PK")] {
        let file = desk
            .get(
                &client,
                &format!("/api/v1/insight/report/{format}?until=2026-11-22"),
            )
            .await;
        assert_eq!(file.status, StatusCode::OK, "{format}");
        assert!(file.body.starts_with(begins.as_bytes()), "{format}");
        assert!(file.header("content-disposition").contains(format), "{format}");
    }
    // Whatever host the request names, links in the file lead nowhere else.
    let forged = client
        .and("host", "evil.example")
        .and("x-forwarded-proto", "https");
    let file = desk
        .get(&forged, "/api/v1/insight/report/html?until=2026-11-22")
        .await
        .text();
    assert!(
        !file.contains("evil.example") && file.contains("\"/inbox?"),
        "{file}"
    );
    let odd = desk
        .get(&client, "/api/v1/insight/report?until=soon&days=0")
        .await;
    assert_eq!(odd.fields(), ["days", "until"]);
    let schedule = json!({"weekly": true, "monthly": true});
    let shelf = desk
        .post(&client, "/api/v1/insight/reports/schedule", &schedule)
        .await
        .json();
    assert_eq!(shelf["items"].as_array().map(Vec::len), Some(2), "{shelf}");
    desk.pass_hours(7 * 24);
    assert_eq!(desk.app.make_due_reports().await.expect("reports"), 2);
    assert_eq!(desk.app.make_due_reports().await.expect("reports"), 0);
    // A week ends every session.
    let english = desk
        .login_as_demo("supervisor")
        .await
        .and("accept-language", "en");
    let shelf = read(desk, &english, "/api/v1/insight/reports").await;
    assert_eq!(shelf["items"].as_array().map(Vec::len), Some(3), "{shelf}");
}

/// Every case quoted in an answer, with its words.
fn quoted(value: &Value, found: &mut Vec<(String, String)>) {
    if let (Some(id), Some(text)) = (value["id"].as_str(), value["text"].as_str()) {
        found.push((id.to_owned(), text.to_owned()));
    }
    match value {
        Value::Array(items) => items.iter().for_each(|item| quoted(item, found)),
        Value::Object(fields) => fields.values().for_each(|field| quoted(field, found)),
        _ => {}
    }
}

async fn words_of_an_erased_person_are_quoted_no_more(desk: &mut Desk) {
    let client = seeded(desk).await;
    let pages = ["outbreaks", "causes", "lessons"].map(|page| format!("/api/v1/insight/{page}"));
    let mut before = Vec::new();
    for page in &pages {
        quoted(&read(desk, &client, page).await, &mut before);
    }
    let mut gone = None;
    for (id, text) in before {
        let case = read(desk, &client, &format!("/api/v1/cases/{id}")).await;
        let Some(person) = case["customer"]["id"].as_str() else {
            continue;
        };
        // A person with an open case is not erased yet.
        let path = format!("/api/v1/customers/{person}/erase");
        let reply = desk.post(&client, &path, &json!({"reason": "客户要求"})).await;
        if reply.status == StatusCode::OK {
            gone = Some(text);
            break;
        }
    }
    let text = gone.expect("a page quotes a person without open cases");
    for page in &pages {
        let now = read(desk, &client, page).await.to_string();
        assert!(!now.contains(&text), "{page} still says {text}");
    }
}

async fn an_empty_desk_gives_reasons(desk: &mut Desk) {
    let client = desk.sign_in(Role::Supervisor).await;
    let silent = read(desk, &client, "/api/v1/insight/silent").await;
    assert!(
        silent["reason"].is_string() && silent["law"].is_null(),
        "{silent}"
    );
    let outbreaks = read(desk, &client, "/api/v1/insight/outbreaks").await;
    assert!(outbreaks["reason"].is_string(), "{outbreaks}");
    let economics = read(desk, &client, "/api/v1/insight/economics").await;
    assert!(economics["saved"]["reason"].is_string() && economics["saved"]["value"].is_null());
    let with_value = read(
        desk,
        &client,
        "/api/v1/insight/economics?value=900&told=9&deterred=0.02",
    )
    .await;
    assert_eq!(with_value["value"], json!(900.0));
    let odd = desk
        .get(&client, "/api/v1/insight/economics?heard=2&losses=some")
        .await;
    assert_eq!(odd.fields(), ["heard", "losses"]);
    let satisfaction = read(desk, &client, "/api/v1/insight/satisfaction").await;
    assert!(satisfaction["mean"]["reason"].is_string() && satisfaction["lowest"].is_null());
    let process = read(desk, &client, "/api/v1/insight/process").await;
    assert_eq!(process["cases"], json!(0));
    let causes = read(desk, &client, "/api/v1/insight/causes").await;
    assert!(causes["rising"]["reason"].is_string() && causes["no_clusters"].is_string());
    let xes = desk.get(&client, "/api/v1/insight/process.xes").await;
    assert!(xes.text().starts_with("<?xml"));
    let case = desk.open_case(&client, crate::demo_desk::COMPLAINT).await;
    desk.must(&client, &case, &json!({"command": "acknowledge"}))
        .await;
    let xes = desk.get(&client, "/api/v1/insight/process.xes").await.text();
    assert!(xes.contains("acknowledged") && !xes.contains("小王"), "{xes}");
    let odd = desk
        .get(&client, "/api/v1/insight/breakdown?by=channel&channel=phone,foo")
        .await;
    assert_eq!(odd.fields(), ["channel"]);
    let purchases = json!({"purchases": [{"customer": "c1", "at": "2030-01-01", "amount": "x"}]});
    let refused = desk.post(&client, "/api/v1/purchases", &purchases).await;
    assert_eq!(refused.fields(), ["purchases[0].at", "purchases[0].amount"]);
}

async fn a_purchase_sent_again_is_stored_once_and_in_its_currency(desk: &mut Desk) {
    let client = desk.sign_in(Role::Supervisor).await;
    let one =
        json!({"customer": "c1", "at": "2026-11-01", "amount": "59.90", "currency": "USD", "id": "o-1"});
    let body = json!({"purchases": [one, {"customer": "c1", "at": "2026-11-01", "amount": "5"}]});
    let mut answers = Vec::new();
    for _ in 0..2 {
        answers.push(desk.post(&client, "/api/v1/purchases", &body).await.json());
    }
    assert_eq!(answers[0], json!({"stored": 2, "known": 0}));
    assert_eq!(
        answers[1],
        json!({"stored": 1, "known": 1}),
        "only the named one is known"
    );
    let stored = desk.app.store().purchases(&"c1".into(), 9).await.unwrap();
    let named = stored.iter().filter(|one| one.amount.currency.code() == "USD");
    assert_eq!((named.count(), stored.len()), (1, 3));
    let odd = json!({"purchases": [{"customer": "c1", "at": "2026-11-01", "amount": "5", "currency": "$"}]});
    let refused = desk.post(&client, "/api/v1/purchases", &odd).await;
    assert_eq!(refused.fields(), ["purchases[0].currency"]);
}

async fn purchases_make_a_call_list(desk: &mut Desk) {
    let client = desk.sign_in(Role::Supervisor).await;
    let mut rows = Vec::new();
    // Two hundred customers with rhythms of their own; every fifth stops in August.
    for customer in 0..200i64 {
        let rhythm = 7 + customer * 13 % 40;
        let end = if customer % 5 == 0 { 120 } else { 0 };
        let mut days_ago = 360 - customer % 60;
        while days_ago > end {
            let at = wire_day(days_ago);
            rows.push(json!({"customer": format!("k{customer}"), "at": at, "amount": format!("{}.50", 20 + customer)}));
            days_ago -= rhythm + (days_ago * 7 + customer) % 9 - 4;
        }
    }
    for chunk in rows.chunks(5_000) {
        let stored = desk
            .post(&client, "/api/v1/purchases", &json!({"purchases": chunk}))
            .await;
        assert_eq!(stored.status, StatusCode::OK, "{}", stored.text());
    }
    let silent = read(desk, &client, "/api/v1/insight/silent").await;
    assert_eq!(silent["purchases"].as_u64(), Some(rows.len() as u64));
    let calls = silent["calls"].as_array().expect("calls");
    assert!(!calls.is_empty(), "{silent}");
    let stopped = |call: &&Value| {
        let number: Option<u32> = call["customer"].as_str().and_then(|id| id[1..].parse().ok());
        number.is_some_and(|number| number.is_multiple_of(5))
    };
    assert!(
        calls.iter().filter(stopped).count() * 10 >= calls.len() * 8,
        "{silent}"
    );
    assert!(
        calls[0]["reasons"][0]
            .as_str()
            .is_some_and(|words| words.contains("平时"))
    );
}

async fn one_who_asked_and_fell_silent_is_called(desk: &mut Desk) {
    let client = desk.sign_in(Role::Supervisor).await;
    let question = json!({"text": "请问门店几点开门，怎么开发票？", "channel": "chat",
        "customer": {"name": "钱进", "phone": "13800000000"}});
    let case = desk.post(&client, "/api/v1/cases", &question).await.json();
    let asker = case["customer"]["id"].as_str().expect("a customer").to_owned();
    let mut rows = Vec::new();
    for customer in 0..60i64 {
        let id = if customer == 0 {
            asker.clone()
        } else {
            format!("k{customer}")
        };
        let rhythm = if customer == 0 { 8 } else { 7 + customer * 13 % 40 };
        for days_ago in (1..300).step_by(rhythm as usize) {
            rows.push(
                json!({"customer": id, "at": wire_day(days_ago), "amount": format!("{}.50", 20 + customer)}),
            );
        }
    }
    let stored = desk
        .post(&client, "/api/v1/purchases", &json!({"purchases": rows}))
        .await;
    assert_eq!(stored.status, StatusCode::OK, "{}", stored.text());
    desk.pass_hours(60 * 24);
    let client = desk.sign_in_as("supervisor").await;
    let silent = read(desk, &client, "/api/v1/insight/silent").await;
    let calls = silent["calls"].as_array().expect("calls");
    let call = calls.iter().find(|call| call["customer"] == asker.as_str());
    let reasons = call.map(|call| call["reasons"].to_string()).unwrap_or_default();
    assert!(reasons.contains("接触后留存概率由"), "{silent}");
}

/// The day so long before the desk's now.
fn wire_day(days_ago: i64) -> String {
    let at = START.plus_ms(-days_ago * 86_400_000);
    let days = (at.0 + 8 * 3_600_000) / 86_400_000;
    insight_day(days)
}

/// Days since 1970 as a date, after Howard Hinnant.
fn insight_day(days: i64) -> String {
    let shifted = days + 719_468;
    let (era, day_of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let (month, more) = if month < 10 {
        (month + 3, 0)
    } else {
        (month - 9, 1)
    };
    format!("{:04}-{month:02}-{day:02}", year_of_era + era * 400 + more)
}

async fn a_desk_of_many_products_adds_up(desk: &mut Desk) {
    let client = desk.sign_in(Role::Supervisor).await;
    for number in 0..205 {
        let product = (number < 204).then(|| format!("产品{number:03}"));
        let body = json!({"text": "买来就是坏的，客服一直不理人，退钱！", "channel": "chat",
            "matter": {"product": product}});
        let made = desk.post(&client, "/api/v1/cases", &body).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
    }
    let found = read(desk, &client, "/api/v1/insight/breakdown?by=product").await;
    let groups = found["groups"].as_array().expect("groups");
    assert_eq!((groups.len(), &found["unlisted"]), (200, &json!(5)));
    assert_eq!(
        (&found["all"]["count"], &found["all"]["open"]),
        (&json!(205), &json!(205))
    );
    let nameless = json!({"missing": "product"});
    assert_eq!(listed(desk, &client, &nameless).await, 1);
    desk.pass_hours(28 * 24);
    let client = desk.sign_in_as("supervisor").await;
    let later = json!({"text": "又坏了，退钱！", "channel": "chat", "matter": {"product": "产品203"}});
    desk.post(&client, "/api/v1/cases", &later).await;
    let found = read(desk, &client, "/api/v1/insight/breakdown?by=product").await;
    assert_eq!(
        (&found["all"]["count"], &found["all"]["before"]),
        (&json!(1), &json!(205))
    );
    assert_eq!(
        found["groups"][0]["before"],
        json!(1),
        "one of those too small to be named then"
    );
}

/// What the pages of insight ask for when they are opened.
const OPENINGS: [&str; 7] = [
    "outbreaks",
    "silent",
    "causes",
    "process?from=2026-08-04&to=2026-11-23",
    "satisfaction",
    "lessons",
    "report?days=7",
];

async fn moments(desk: &Desk, client: &Client) -> Vec<Value> {
    let mut moments = Vec::new();
    for opening in OPENINGS {
        let mut answer = read(desk, client, &format!("/api/v1/insight/{opening}")).await;
        moments.push(answer["made_at"].take());
    }
    moments
}

async fn pages_open_with_what_was_worked_out_ahead(desk: &mut Desk) {
    let client = seeded(desk).await;
    let ahead = |least| desk.app.learn_ahead(least);
    assert_eq!(ahead(1_000_000).await.expect("too small a desk"), 0);
    assert!(ahead(0).await.expect("answers") >= 9);
    desk.pass_minutes(30);
    let made = moments(desk, &client).await;
    assert!(made.iter().all(|at| at == &made[0] && at.is_string()), "{made:?}");
    // Half an hour later they are made anew although no case has changed, before they are given up.
    ahead(0).await.expect("answers");
    let anew = moments(desk, &client).await;
    assert!(anew.iter().all(|at| at == &anew[0] && at != &made[0]), "{anew:?}");
}

on_both!(
    pages_open_with_what_was_worked_out_ahead,
    every_number_opens_its_cases,
    a_cause_is_written_measured_and_told,
    reports_are_read_taken_away_and_made_by_the_clock,
    words_of_an_erased_person_are_quoted_no_more,
    an_empty_desk_gives_reasons,
    a_purchase_sent_again_is_stored_once_and_in_its_currency,
    purchases_make_a_call_list,
    one_who_asked_and_fell_silent_is_called,
    a_desk_of_many_products_adds_up,
);
