//! Every route is tried with two planted persons, one known by their words and one by the card alone; what is quoted is
//! quoted covered, and what is a file is opened.

use std::{collections::BTreeSet, io::Cursor};

use app::{Courier, Networks};
use calamine::Reader;
use domain::Role;
use serde_json::{Value, json};

use crate::{
    demo_desk::{Client, Desk, Reply},
    live::Stream,
    masking::{BOTH, CARD, PLANTED, shows_no_secret},
    temporary::on_both,
    tries::{Try, routes},
};

/// The planted names as they are shown, with words around them that stay.
const COVERED: [&str; 2] = ["我叫＊＊＊", "＊＊＊＊的单子"];

/// Routes that quote customers' words, in titles too short for the second name.
const QUOTING: [&str; 10] = [
    "/api/v1/insight/outbreaks",
    "/api/v1/insight/causes",
    "/api/v1/insight/report",
    "/api/v1/insight/report/{format}",
    "/api/v1/cases",
    "/api/v1/cases/{id}",
    "/api/v1/cases/{id}/duplicates",
    "/api/v1/conversations/{id}/review",
    "/api/v1/packs/preview",
    "/api/v1/settings/{name}/preview",
];

/// The tests of these files may stand for a route.
const TESTS: [&str; 3] = [
    include_str!("everywhere.rs"),
    include_str!("planted.rs"),
    include_str!("rights.rs"),
];

const ROLES: [Role; 6] = [
    Role::Agent,
    Role::Specialist,
    Role::Supervisor,
    Role::Quality,
    Role::Analyst,
    Role::Admin,
];

fn card() -> Value {
    let [name, phone, email] = CARD;
    json!({"name": name, "phone": phone, "email": email})
}

/// Sixteen weeks with a case now and then, and then one batch that explodes; every text has the planted person in it.
async fn plant_an_outbreak(desk: &mut Desk) {
    let admin = desk.sign_in(Role::Admin).await;
    let token = json!({"name": "转写", "role": "agent", "days": 200});
    let token = desk.post(&admin, "/api/v1/tokens", &token).await.json();
    let secret = token["token"].as_str().expect("a secret");
    let agent = Client::default().and("authorization", &format!("Bearer {secret}"));
    let faults = ["屏幕裂了", "充不进电", "发热烫手", "外壳鼓起来", "按键失灵"];
    for day in 0..112_usize {
        let times = match day {
            105.. => 6,
            day if day % 4 == 0 => 1,
            _ => 0,
        };
        for time in 0..times {
            let text = format!("{BOTH}。充电宝{}，要求退款", faults[(day + time) % faults.len()]);
            let matter = match day {
                105.. => json!({"product": "充电宝", "batch": "B7", "site": "西门店"}),
                _ => json!({"product": "水杯", "batch": "A1", "site": "东门店"}),
            };
            let body = json!({"text": text, "channel": "chat", "matter": matter, "customer": card()});
            let reply = desk.post(&agent, "/api/v1/cases", &body).await;
            assert!(reply.status.is_success(), "{}", reply.text());
        }
        desk.pass_hours(24);
    }
}

/// The description and the table of trials name the same routes, and the trials can be what they say.
fn check_the_table() {
    let description: Value = serde_json::from_str(&tingsu_server::openapi_json()).unwrap();
    let known = routes();
    for (path, methods) in description["paths"].as_object().unwrap() {
        for (method, told) in methods.as_object().unwrap() {
            let entered = known
                .iter()
                .find(|(verb, route, _)| verb == method && route == path);
            let Some((_, _, how)) = entered else {
                panic!("enter {method} {path} in the table of routes and say how it is tried")
            };
            match how {
                Try::Silent => {
                    let answers = told["responses"].as_object().unwrap().iter();
                    let mut good = answers.filter(|(status, _)| status.starts_with('2'));
                    assert!(
                        good.all(|(_, answer)| answer.get("content").is_none()),
                        "{method} {path} answers something"
                    );
                }
                Try::By(test) => {
                    let name = format!("async fn {test}(");
                    assert!(
                        TESTS.iter().any(|file| file.contains(&name)),
                        "there is no test {test}"
                    );
                }
                Try::Apart(why) => assert!(why.starts_with("answers "), "{path}: {why}"),
                Try::Get | Try::Post(_) | Try::Refused(_) => {}
            }
        }
    }
}

/// What is on the desk to be asked for.
struct Planted {
    case: String,
    customer: String,
    talk: String,
    webhook: String,
    job: String,
    pack: String,
}

impl Planted {
    /// The route or body with what stands in braces filled in.
    fn fill(&self, route: &str, words: &str) -> String {
        let id = match route.split('/').nth(3) {
            Some("customers") => &self.customer,
            Some("conversations") => &self.talk,
            Some("webhooks") => &self.webhook,
            Some("jobs") => &self.job,
            _ => &self.case,
        };
        words
            .replace("{id}", id)
            .replace("{case}", &self.case)
            .replace("{pack}", &self.pack)
            .replace("{name}", "taboo.toml")
            .replace("{facet}", "state")
            .replace("{format}", "html")
    }
}

fn text_of<'v>(value: &'v Value, field: &str) -> &'v str {
    value[field]
        .as_str()
        .unwrap_or_else(|| panic!("no {field} in {value}"))
}

/// A conversation of a case in which a colleague insults the customer and promises a call.
async fn plant_a_talk(desk: &Desk, agent: &Client, case: &Value) -> String {
    let turn = |role: &str, text: &str| json!({"role": role, "text": text});
    let talk = json!({"case": text_of(case, "id"), "agent": "A02", "turns": [
        turn("customer", BOTH),
        turn("agent", "这个不归我们管。你脑子有问题吧，春风十里。"),
        turn("customer", "你骂谁呢！我要投诉你！"),
        turn("agent", "对不起，我保证两小时内给春风十里回电话77-20-46，把结果告诉您。")]});
    let reply = desk.post(agent, "/api/v1/conversations", &talk).await;
    assert!(reply.status.is_success(), "{}", reply.text());
    shows_no_secret("a conversation", &reply.text());
    text_of(&reply.json(), "id").to_owned()
}

/// A pack whose clocks count for every channel, so that its preview shows cases.
async fn find_a_pack(desk: &Desk, admin: &Client) -> String {
    let packs = desk.get(admin, "/api/v1/packs").await.json();
    let counts = |clock: &Value| clock["start"] == "received";
    let pack = packs.as_array().unwrap().iter().find(|pack| {
        pack["key"] != "house"
            && pack["until"].is_null()
            && pack["channels"] == json!([])
            && pack["clocks"].as_array().unwrap().iter().any(counts)
    });
    text_of(pack.expect("such a pack"), "key").to_owned()
}

async fn plant(desk: &mut Desk) -> Planted {
    plant_an_outbreak(desk).await;
    desk.app.allow_networks(Networks::parse("127.0.0.0/8").unwrap());
    let (agent, admin) = (desk.sign_in(Role::Agent).await, desk.sign_in(Role::Admin).await);
    let specialist = desk.sign_in(Role::Specialist).await;
    let webhook = json!({"url": "http://127.0.0.1:9/hook", "events": []});
    let webhook = desk.post(&admin, "/api/v1/webhooks", &webhook).await.json();
    let body = json!({"text": BOTH, "channel": "chat", "customer": card()});
    let reply = desk.post(&agent, "/api/v1/cases", &body).await;
    shows_no_secret("open", &reply.text());
    let mut case = reply.json();
    for command in [
        json!({"command": "note", "text": BOTH}),
        json!({"command": "promise", "what": BOTH, "until": "2027-04-01T18:00:00+08:00"}),
        json!({"command": "send_message", "overrule": BOTH,
            "text": "很抱歉耽误春风十里，按流程走，77-20-46的事我们记下了"}),
        json!({"command": "unmask", "reason": BOTH}),
    ] {
        case = desk.must(&specialist, &case, &command).await;
    }
    let talk = plant_a_talk(desk, &agent, &case).await;
    for _ in 0..3 {
        desk.app
            .work(&Courier::new(Networks::parse("127.0.0.0/8").unwrap()))
            .await
            .unwrap();
    }
    let jobs = desk.get(&admin, "/api/v1/jobs").await.json();
    Planted {
        case: text_of(&case, "id").to_owned(),
        customer: text_of(&case["customer"], "id").to_owned(),
        talk,
        webhook: text_of(&webhook, "id").to_owned(),
        job: jobs["items"][0]["id"].to_string(),
        pack: find_a_pack(desk, &admin).await,
    }
}

/// Whoever may read a route gets an answer, which covers the planted persons; where words are quoted they stand there.
fn check_read(role: Role, route: &str, reply: &Reply) {
    let may = app::PERMISSIONS
        .iter()
        .any(|row| row.method == "get" && row.path == route && row.roles.contains(&role));
    // Without a success nothing was shown, so nothing was tried.
    assert_eq!(
        reply.status.is_success(),
        may,
        "{role:?} {route}: {}",
        reply.text()
    );
}

fn check_quoted(route: &str, reply: &Reply) {
    if reply.status.is_success() && QUOTING.contains(&route) {
        let shown = reply.text();
        assert!(
            COVERED.iter().any(|covered| shown.contains(covered)),
            "{route} quotes nothing: {shown}"
        );
    }
}

/// Sends the body; a command goes upon the case as it stands.
async fn send(desk: &Desk, client: &Client, route: &str, path: &str, body: &Value) -> Reply {
    let client = match path.strip_suffix("/commands") {
        Some(case) => {
            let seen = desk.get(client, case).await.json();
            client.and("if-match", &format!("\"{}\"", seen["version"]))
        }
        None => client.clone(),
    };
    let reply = desk.post(&client, path, body).await;
    check_quoted(route, &reply);
    reply
}

async fn every_route_covers_two_planted_persons(desk: &mut Desk) {
    check_the_table();
    let planted = plant(desk).await;
    let mut done = BTreeSet::new();
    for role in ROLES {
        let client = desk.sign_in(role).await;
        for (method, route, how) in routes() {
            let path = planted.fill(route, route);
            let reply = match &how {
                Try::Silent | Try::By(_) | Try::Apart(_) => continue,
                Try::Get => {
                    let reply = desk.get(&client, &path).await;
                    check_read(role, route, &reply);
                    check_quoted(route, &reply);
                    reply
                }
                Try::Post(body) | Try::Refused(body) => {
                    let body = serde_json::from_str(&planted.fill(route, &body.to_string())).unwrap();
                    let reply = send(desk, &client, route, &path, &body).await;
                    if reply.status.is_success() {
                        assert!(matches!(how, Try::Post(_)), "{route}: {}", reply.text());
                        done.insert((method, route));
                    }
                    reply
                }
            };
            shows_no_secret(&format!("{role:?} {method} {route}"), &reply.text());
        }
        search(desk, role, &client).await;
    }
    for (method, route, how) in routes() {
        assert!(
            !matches!(how, Try::Post(_)) || done.contains(&(method, route)),
            "nobody gets {method} {route} carried out, so it shows nothing"
        );
    }
    report_as_files(desk).await;
}

/// What is searched for and what is asked for wrongly.
async fn search(desk: &Desk, role: Role, client: &Client) {
    let known = ["13712345678", "欧阳倩", CARD[0], CARD[1], CARD[2]];
    let mut paths = vec!["/api/v1/cases/00000000-0000-0000-0000-000000000000".to_owned()];
    for words in known {
        let words: String = words.bytes().map(|byte| format!("%{byte:02X}")).collect();
        for place in ["cases", "customers"] {
            paths.push(format!("/api/v1/{place}?q={words}"));
        }
        for filter in ["product", "site", "batch", "team", "order"] {
            paths.push(format!("/api/v1/cases?{filter}={words}"));
        }
    }
    for path in paths {
        let reply = desk.get(client, &path).await;
        shows_no_secret(&format!("{role:?} {path}"), &reply.text());
    }
}

/// The report as page and PDF, in which the words stand covered, and as workbook.
async fn report_as_files(desk: &mut Desk) {
    let client = desk.sign_in(Role::Supervisor).await;
    for format in ["html", "xlsx", "pdf"] {
        let path = format!("/api/v1/insight/report/{format}");
        let reply = desk.get(&client, &path).await;
        assert!(reply.status.is_success(), "{path}: {}", reply.text());
        let words = match format {
            "html" => reply.text(),
            "xlsx" => cells_of(&reply.body),
            _ => letters_of(&reply.body),
        };
        // A workbook holds figures and what they are of, no quotes.
        let told = match format {
            "xlsx" => words.contains("充电宝"),
            _ => COVERED.iter().any(|covered| words.contains(covered)),
        };
        assert!(told, "{format} tells nothing: {words}");
        shows_no_secret(&path, &words);
    }
}

/// All cells of a workbook.
fn cells_of(bytes: &[u8]) -> String {
    let mut book: calamine::Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    let sheets = book.worksheets();
    let cells = sheets.iter().flat_map(|(_, range)| range.cells());
    cells.map(|(_, _, cell)| format!("{cell}\n")).collect()
}

/// The letters of a PDF in their order: what stands in its strings, two bytes a letter where the first says so. Lines
/// are broken anywhere, so nothing stands between the strings.
fn letters_of(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    assert!(text.contains("UniGB-UTF16-H"), "Chinese letters are UTF-16");
    let mut letters = String::new();
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|byte| matches!(byte, b'(' | b'<')) {
        let (open, after) = (rest[at], &rest[at + 1..]);
        let (string, left) = match open {
            b'(' => read_literal(after),
            _ => read_hex(after),
        };
        letters.push_str(&decode(&string));
        rest = left;
    }
    letters
}

/// A string in parentheses, its escapes undone.
fn read_literal(bytes: &[u8]) -> (Vec<u8>, &[u8]) {
    let (mut string, mut depth, mut at) = (Vec::new(), 1, 0);
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => {
                let escaped = bytes.get(at + 1).copied().unwrap_or_default();
                let octal: Vec<u8> = bytes[at + 1..]
                    .iter()
                    .copied()
                    .take(3)
                    .take_while(|byte| (b'0'..b'8').contains(byte))
                    .collect();
                at += octal.len().max(1);
                string.push(match (octal.is_empty(), escaped) {
                    (false, _) => octal
                        .iter()
                        .fold(0_u8, |sum, byte| sum.wrapping_mul(8).wrapping_add(byte - b'0')),
                    (true, b'n') => b'\n',
                    (true, b'r') => b'\r',
                    (true, b't') => b'\t',
                    (true, b'b') => 8,
                    (true, b'f') => 12,
                    (true, byte) => byte,
                });
            }
            b')' if depth == 1 => return (string, &bytes[at + 1..]),
            byte => {
                depth += i32::from(byte == b'(') - i32::from(byte == b')');
                string.push(byte);
            }
        }
        at += 1;
    }
    (string, &[])
}

/// A string in hexadecimal digits; nothing for the marks of a dictionary.
fn read_hex(bytes: &[u8]) -> (Vec<u8>, &[u8]) {
    let digits: Vec<u8> = bytes.iter().copied().take_while(u8::is_ascii_hexdigit).collect();
    let pairs = digits.chunks(2).filter_map(|pair| std::str::from_utf8(pair).ok());
    let string = pairs
        .filter_map(|pair| u8::from_str_radix(pair, 16).ok())
        .collect();
    (string, &bytes[digits.len()..])
}

fn decode(string: &[u8]) -> String {
    if string.iter().all(|byte| (b' '..0x7f).contains(byte)) {
        return String::from_utf8_lossy(string).into_owned();
    }
    let units: Vec<u16> = string
        .chunks_exact(2)
        .map(|pair| u16::from_be_bytes([pair[0], pair[1]]))
        .collect();
    String::from_utf16_lossy(&units)
}

async fn a_followed_conversation_covers_everything(desk: &mut Desk) {
    let agent = desk.sign_in(Role::Agent).await;
    let body = json!({"text": BOTH, "channel": "chat", "customer": card()});
    let case = desk.post(&agent, "/api/v1/cases", &body).await.json();
    let talk = plant_a_talk(desk, &agent, &case).await;
    let path = format!("/api/v1/conversations/{talk}");
    let mut stream = Stream::open_at(desk, &agent, &format!("{path}/events")).await;
    let (first, name, data) = stream.next().await;
    shows_no_secret(&name, &data.to_string());
    let more = json!({"turns": [{"role": "customer", "text": format!("叫你们经理来！{BOTH}")}]});
    let reply = desk.post(&agent, &format!("{path}/turns"), &more).await;
    shows_no_secret("turns", &reply.text());
    let (next, name, data) = stream.next().await;
    assert!(next > first && data.is_object(), "{name} {data}");
    shows_no_secret(&name, &data.to_string());
    // What was promised in it stands on the case, covered for everybody.
    let id = text_of(&case, "id");
    for path in [
        format!("/api/v1/cases/{id}"),
        format!("/api/v1/cases/{id}/events"),
    ] {
        let shown = desk.get(&agent, &path).await.text();
        assert!(shown.contains("我保证两小时内"), "{path}: {shown}");
        shows_no_secret(&path, &shown);
    }
}

/// Commands that bring a case to its verdict, with the planted persons in all their words.
fn to_the_verdict() -> [Value; 8] {
    [
        json!({"command": "acknowledge"}),
        json!({"command": "confirm_facets", "reason": BOTH}),
        json!({"command": "promise", "what": BOTH, "until": "2026-11-24T18:00:00+08:00"}),
        json!({"command": "propose", "summary": BOTH, "core_position": BOTH, "offers": [{"remedy": "apology"}]}),
        json!({"command": "agree"}),
        json!({"command": "remedy"}),
        json!({"command": "note", "text": BOTH}),
        json!({"command": "verify_validity", "valid": true, "reason": BOTH}),
    ]
}

async fn the_customers_page_covers_everything(desk: &mut Desk) {
    let client = desk.sign_in(Role::Specialist).await;
    let body = json!({"text": BOTH, "channel": "chat", "customer": card()});
    let mut case = desk.post(&client, "/api/v1/cases", &body).await.json();
    for command in to_the_verdict() {
        case = desk.must(&client, &case, &command).await;
        shows_no_secret(&command.to_string(), &case.to_string());
    }
    let id = text_of(&case, "id").to_owned();
    let link = desk
        .post(
            &client,
            &format!("/api/v1/cases/{id}/progress-link"),
            &json!({"days": 30}),
        )
        .await
        .json();
    let page = format!("/api/v1{}", text_of(&link, "path"));
    let nobody = Client::default();
    let check = |place: &str, reply: &Reply| {
        let shown = reply.text();
        assert!(reply.status.is_success(), "{place}: {shown}");
        assert!(
            COVERED.iter().all(|covered| shown.contains(covered)),
            "{place} shows no words: {shown}"
        );
        shows_no_secret(place, &shown);
    };
    check("the page", &desk.get(&nobody, &page).await);
    let wrong = json!({"expected": PLANTED, "received": 7, "outcome": PLANTED, "csat": PLANTED, PLANTED: 1});
    let refused = desk.post(&nobody, &format!("{page}/verdict"), &wrong).await;
    assert_eq!(refused.problem(), "422 invalid_fields");
    shows_no_secret("a refused verdict", &refused.text());
    let words = json!({"expected": BOTH, "received": BOTH, "outcome": "below", "csat": 1});
    check(
        "the verdict",
        &desk.post(&nobody, &format!("{page}/verdict"), &words).await,
    );
    check("the page after it", &desk.get(&nobody, &page).await);
    check(
        "in English",
        &desk.get(&nobody.and("accept-language", "en"), &page).await,
    );
    for path in ["", "/events", "/messages", "/explanation"] {
        let path = format!("/api/v1/cases/{id}{path}");
        shows_no_secret(&path, &desk.get(&client, &path).await.text());
    }
}

on_both!(
    every_route_covers_two_planted_persons,
    a_followed_conversation_covers_everything,
    the_customers_page_covers_everything
);
