//! Crash rounds: the real server is killed in the middle of its work, again and again; what it acknowledged is there
//! exactly once, keys repeat their answer, no event was changed, and every case equals its replayed events.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use fastrand::Rng;
use serde_json::json;

use crate::fresh::{Fresh, wait};
use crate::http::{Line, Server};

/// How many rounds; more of them by the variable.
const ROUNDS: u64 = 20;
const ROUNDS_VARIABLE: &str = "TINGSU_CRASH_ROUNDS";
/// Which dice; printed by a failure, so that it can be thrown again.
const SEED_VARIABLE: &str = "TINGSU_CRASH_SEED";
/// Callers at the same time.
const CALLERS: u64 = 6;
/// Answered keys that are sent again after each crash, besides all that were not answered.
const SAMPLE: usize = 8;

/// What a key was answered with; nothing when the crash came first.
type Answers = BTreeMap<String, Option<Answer>>;

#[derive(Clone, Debug)]
struct Answer {
    case: String,
    /// Whether a note upon the case was acknowledged, too.
    noted: bool,
}

fn number_of(variable: &str, otherwise: u64) -> u64 {
    let told = std::env::var(variable).ok();
    told.map_or(otherwise, |told| told.parse().expect("a number"))
}

fn open(line: &mut Line, key: &str) -> std::io::Result<serde_json::Value> {
    let body = json!({"text": format!("等了十天还没退款，{key}"), "channel": "web_form"});
    let reply = line.post("/api/v1/cases", &[("idempotency-key", key)], &body)?;
    assert_eq!(reply.status, 201, "{}", reply.body);
    Ok(reply.json())
}

/// Notes a key upon the case as it was opened; sent again it changes nothing.
fn note(line: &mut Line, case: &str, version: &str, key: &str) -> std::io::Result<()> {
    let path = format!("/api/v1/cases/{case}/commands");
    let name = format!("{key}-note");
    let headers = [("idempotency-key", name.as_str()), ("if-match", version)];
    let reply = line.post(
        &path,
        &headers,
        &json!({"command": "note", "text": format!("已核对{key}完")}),
    )?;
    assert_eq!(reply.status, 200, "{}", reply.body);
    Ok(())
}

/// One caller: opens cases and notes something upon every other one, until the server is gone.
fn work(
    addr: &str,
    token: &str,
    names: impl Iterator<Item = String>,
    answers: &Mutex<Answers>,
) -> std::io::Result<()> {
    let mut line = Line::open(addr, token)?;
    for (count, key) in names.enumerate() {
        answers.lock().unwrap().insert(key.clone(), None);
        let case = open(&mut line, &key)?;
        let id = case["id"].as_str().unwrap().to_owned();
        let answer = |noted| {
            Some(Answer {
                case: id.clone(),
                noted,
            })
        };
        answers.lock().unwrap().insert(key.clone(), answer(false));
        if count % 2 == 0 {
            note(&mut line, &id, &case["version"].to_string(), &key)?;
            answers.lock().unwrap().insert(key, answer(true));
        }
    }
    Ok(())
}

/// Lets callers work and kills the server at a moment that the dice choose.
fn crash(server: &mut Server, token: &str, round: u64, dice: &mut Rng, answers: &Arc<Mutex<Answers>>) {
    let callers: Vec<_> = (0..CALLERS)
        .map(|caller| {
            let (addr, token, answers) = (server.addr.clone(), token.to_owned(), answers.clone());
            let names = (0..).map(move |count: u64| format!("r{round}c{caller}n{count}"));
            // That the line breaks is what this is about.
            std::thread::spawn(move || drop(work(&addr, &token, names, &answers)))
        })
        .collect();
    std::thread::sleep(Duration::from_micros(dice.u64(20_000..250_000)));
    server.kill();
    for caller in callers {
        caller.join().expect("every answer was a good one");
    }
}

/// After a crash: keys that were not answered are sent again, and some that were, which must say the same.
fn repeat(server: &Server, token: &str, dice: &mut Rng, answers: &Mutex<Answers>) {
    let mut line = Line::open(&server.addr, token).unwrap();
    let known = answers.lock().unwrap().clone();
    let (open_ones, answered): (Vec<_>, Vec<_>) = known.into_iter().partition(|(_, answer)| answer.is_none());
    for (key, _) in open_ones {
        let case = open(&mut line, &key).unwrap()["id"].as_str().unwrap().to_owned();
        answers
            .lock()
            .unwrap()
            .insert(key, Some(Answer { case, noted: false }));
    }
    for (key, answer) in dice.choose_multiple(answered.iter(), SAMPLE) {
        let case = open(&mut line, key).unwrap();
        let answer = answer.as_ref().unwrap();
        assert_eq!(case["id"], answer.case, "{key} opened a second case");
        if answer.noted {
            // The version as it was then; a repetition is answered whatever has happened since.
            note(&mut line, &answer.case, "1", key).unwrap();
        }
    }
}

/// Everything at rest: nothing acknowledged is missing, nothing is there twice, and history is whole.
async fn check_all(url: &str, answers: &Answers) {
    let app = server::open_app(url).await.unwrap();
    let store = app.store();
    let report = app.verify_history().await.unwrap();
    assert_eq!(report.chain.breaks, []);
    assert_eq!(report.differing, [], "a case differs from its replayed events");
    assert_eq!(report.chain.cases, answers.len() as u64, "one case for each key");
    for (key, answer) in answers {
        let answer = answer.as_ref().unwrap();
        let case = store.case(&answer.case.as_str().into()).await.unwrap();
        let case = case.unwrap_or_else(|| panic!("{key} was acknowledged and is lost"));
        assert!(case.text.ends_with(key.as_str()), "{key} got the case of another");
        let words = format!("已核对{key}完");
        let notes = case
            .messages
            .iter()
            .filter(|message| message.text == words)
            .count();
        assert!(
            notes == 1 || (notes == 0 && !answer.noted),
            "{key} has {notes} notes"
        );
    }
    store.close().await;
}

fn run_rounds(fresh: &Fresh) {
    let (rounds, seed) = (number_of(ROUNDS_VARIABLE, ROUNDS), number_of(SEED_VARIABLE, 1));
    eprintln!("{rounds} crash rounds with seed {seed}");
    let mut dice = Rng::with_seed(seed);
    let answers = Arc::new(Mutex::new(Answers::new()));
    for round in 0..rounds {
        let mut server = Server::start(&fresh.url, &[]);
        repeat(&server, &fresh.token, &mut dice, &answers);
        crash(&mut server, &fresh.token, round, &mut dice, &answers);
    }
    let server = Server::start(&fresh.url, &[]);
    repeat(&server, &fresh.token, &mut dice, &answers);
    drop(server);
    let answers = answers.lock().unwrap();
    eprintln!("{} cases acknowledged", answers.len());
    assert!(answers.len() as u64 > rounds, "hardly anything was written");
    wait(check_all(&fresh.url, &answers));
}

#[test]
fn acknowledged_requests_outlive_kills_on_sqlite() {
    run_rounds(&Fresh::sqlite());
}

#[test]
fn acknowledged_requests_outlive_kills_on_postgresql() {
    if let Some(fresh) = Fresh::postgres() {
        run_rounds(&fresh);
    }
}
