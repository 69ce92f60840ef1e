//! The eleven classic cases end to end: what the engine reads, and what the plan does and leaves undone. Those with
//! turns are read through their customer's side.

use domain::{Analysis, CaseState, Channel, Complaint, Timestamp, Vocabulary};
use serde_json::Value;
use tingsu_app::{App, Caller, Randomness};
use wire::{CaseParts, intake::Intake};

const SCENARIOS: &str = include_str!("../../../../corpus/scenarios.jsonl");
/// The moves that the sentences of `plan_must` and `plan_must_not` stand for.
const MOVES: &str = include_str!("../../../playbook/tests/scenarios.toml");
const NOW: Timestamp = Timestamp(1_795_399_200_000);

struct Counting;

impl Randomness for Counting {
    fn fill(&self, bytes: &mut [u8]) {
        use std::sync::atomic::{AtomicU64, Ordering};
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let next = NEXT.fetch_add(1, Ordering::Relaxed).to_be_bytes();
        bytes
            .iter_mut()
            .rev()
            .zip(next.iter().rev())
            .for_each(|(byte, next)| *byte = *next);
    }
}

fn texts_of(scenario: &Value, role: &str) -> Vec<String> {
    let turns = scenario["turns"].as_array().into_iter().flatten();
    let said = turns
        .filter(|turn| turn["role"] == role)
        .map(|turn| &turn["text"]);
    let one = [&scenario["text"]].into_iter().filter(|text| text.is_string());
    let many = scenario["texts"].as_array().into_iter().flatten();
    said.chain(one)
        .chain(many)
        .map(|text| text.as_str().unwrap_or_else(|| panic!("{scenario}")).to_owned())
        .collect()
}

/// The keys a facet was read as; nothing for what is said of conversations.
fn keys_of(analysis: &Analysis, facet: &str) -> Option<Vec<&'static str>> {
    fn list<V: domain::Evidenced + Vocabulary>(findings: &[domain::Finding<V>]) -> Vec<&'static str> {
        findings.iter().map(|finding| finding.value().key()).collect()
    }
    Some(match facet {
        "psy" => vec![analysis.psychology.primary.value().key()],
        "nat" => vec![analysis.nature.value().key()],
        "emo" | "emo_first" | "emo_last" => vec![analysis.emotion.stage.value().key()],
        "stn" => vec![analysis.stance.value.key()],
        "typ" => vec![analysis.anger_type.value.key()],
        "behavior" => vec![analysis.behavior.value.key()],
        "out" => vec![analysis.expectation.outcome.value().key()],
        "sub" => list(&analysis.subjects),
        "motives" => list(&analysis.motives),
        "cau" => list(&analysis.causes),
        "risks" => list(&analysis.risks),
        _ => return None,
    })
}

/// What was expected, as words: one entry per condition, so that the tally counts conditions.
#[derive(Default)]
struct Tally {
    met: usize,
    missed: Vec<String>,
}

impl Tally {
    fn check(&mut self, met: bool, told: impl Fn() -> String) {
        if met {
            self.met += 1;
        } else {
            self.missed.push(told());
        }
    }

    /// Fails when fewer conditions are met than the ratchet says.
    fn hold(&self, what: &str, least: usize) {
        let (met, all) = (self.met, self.met + self.missed.len());
        let missed = self.missed.join("\n");
        println!("{what}: {met} of {all} conditions are met; missed:\n{missed}");
        assert!(
            met >= least,
            "{what}: {met} of {all} are met, at least {least} were before:\n{missed}"
        );
    }
}

fn strings(value: &Value) -> Vec<&str> {
    match value {
        Value::Array(items) => items.iter().filter_map(Value::as_str).collect(),
        single => single.as_str().into_iter().collect(),
    }
}

struct Read {
    whole: CaseParts,
    first: Analysis,
    last: Analysis,
}

/// Values of one-valued facets are alternatives (with those of `…_alt`), values of lists must all be there.
fn check_facets(id: &str, expected: &Value, read: &Read, tally: &mut Tally) {
    let whole = &read.whole.case.analysis;
    for (facet, values) in expected.as_object().unwrap() {
        let analysis = match facet.as_str() {
            "emo_first" => &read.first,
            "emo_last" | "out" => &read.last,
            _ => whole,
        };
        if facet == "int_min" {
            let intensity = whole.emotion.intensity as u64;
            tally.check(Some(intensity) >= values.as_u64(), || {
                format!("{id} intensity: {intensity} < {values}")
            });
        }
        let Some(found) = keys_of(analysis, facet) else {
            continue;
        };
        if LISTS.contains(&facet.as_str()) {
            for value in strings(values) {
                tally.check(found.contains(&value), || {
                    format!("{id} {facet}: no {value} in {found:?}")
                });
            }
        } else {
            let others = strings(&expected[format!("{facet}_alt")]);
            let allowed: Vec<&str> = strings(values).into_iter().chain(others).collect();
            tally.check(allowed.contains(&found[0]), || {
                format!("{id} {facet}: {found:?} is none of {allowed:?}")
            });
        }
    }
}

fn check_plan(id: &str, expected: &toml::Value, read: &Read, tally: &mut Tally) {
    let steps = &read.whole.plan.steps;
    let has = |key: &str, most: usize| {
        steps
            .iter()
            .take(most)
            .any(|step| step.moves.iter().any(|own| own == key))
    };
    for list in ["needed", "forbidden", "not_first"] {
        for key in expected[list]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(toml::Value::as_str)
        {
            let met = match list {
                "needed" => has(key, steps.len()),
                "forbidden" => !has(key, steps.len()),
                _ => !has(key, 2),
            };
            tally.check(met, || format!("{id} plan, {list}: {key}"));
        }
    }
}

const LISTS: &[&str] = &["sub", "motives", "cau", "risks"];
/// Conditions met when this test was last raised; the engine may only get better.
const FACETS_MET: usize = 43;
const MOVES_MET: usize = 66;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_classic_cases_are_read_and_planned() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("t.db").display());
    let app = tingsu_app::open(&url, Box::new(|| NOW), Box::new(Counting))
        .await
        .unwrap();
    let expected: toml::Table = MOVES.parse().unwrap();
    let (mut facets, mut moves) = (Tally::default(), Tally::default());
    for line in SCENARIOS.lines() {
        let scenario: Value = serde_json::from_str(line).unwrap();
        let id = scenario["id"].as_str().unwrap();
        let read = read(&app, &scenario).await;
        check_facets(id, &scenario["expect"], &read, &mut facets);
        check_plan(id, &expected[id], &read, &mut moves);
    }
    app.store().close().await;
    facets.hold("facets", FACETS_MET);
    moves.hold("plans", MOVES_MET);
}

async fn read(app: &App, scenario: &Value) -> Read {
    let channel = Channel::from_key(scenario["channel"].as_str().unwrap()).unwrap();
    let texts = texts_of(scenario, "customer");
    let complaint = |text: &str| Complaint::new(text, channel);
    let system = Caller::system();
    let intake = Intake {
        complaint: complaint(&texts.join("\n")),
        customer: None,
        title: None,
    };
    let whole = app.intake(&system, intake, None).await.unwrap();
    assert_eq!(whole.case.state, CaseState::Received);
    let ends = vec![complaint(&texts[0]), complaint(&texts[texts.len() - 1])];
    let mut ends = app.analyze(&system, ends).await.unwrap().into_iter();
    Read {
        whole,
        first: ends.next().unwrap(),
        last: ends.next().unwrap(),
    }
}
