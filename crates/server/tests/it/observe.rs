//! What watches the product: every number that dashboard, alerts and documentation name exists, and the other way round.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use domain::Role;
use serde_json::Value;
use tingsu_server::FAMILIES;

use crate::{
    demo_desk::{COMPLAINT, Client, Desk},
    temporary::on_both,
};

fn read(path: &str) -> String {
    let path = format!("{}/../../{path}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The numbers a text names, without what Prometheus adds to histograms.
fn named(text: &str) -> BTreeSet<String> {
    let words = text.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
    let names = words.filter(|word| word.starts_with("tingsu_"));
    let bare = |name: &str| {
        let parts = ["_bucket", "_count", "_sum"]
            .into_iter()
            .filter_map(|end| name.strip_suffix(end));
        parts.min_by_key(|bare| bare.len()).unwrap_or(name).to_owned()
    };
    names.map(bare).collect()
}

fn known() -> BTreeSet<String> {
    FAMILIES.iter().map(|family| family.name.to_owned()).collect()
}

#[test]
fn dashboard_and_alerts_name_numbers_that_exist() {
    let dashboard: Value = serde_json::from_str(&read("deploy/grafana/tingsu.json")).unwrap();
    let panels = dashboard["panels"].as_array().unwrap();
    let mut shown = BTreeSet::new();
    for panel in panels {
        for target in panel["targets"].as_array().unwrap() {
            let names = named(target["expr"].as_str().unwrap());
            assert!(
                !names.is_empty(),
                "{} asks for none of our numbers",
                panel["title"]
            );
            shown.extend(names);
        }
    }
    let known_names = known();
    let unknown: Vec<_> = shown.difference(&known_names).collect();
    assert!(unknown.is_empty(), "the dashboard names {unknown:?}");
    let unseen: Vec<_> = known().difference(&shown).cloned().collect();
    assert!(unseen.is_empty(), "no panel shows {unseen:?}");
    let alerts = named(&read("deploy/prometheus/alerts.yml"));
    assert!(alerts.len() > 4 && alerts.is_subset(&known()), "{alerts:?}");
}

#[test]
fn every_number_is_documented_with_its_unit() {
    let page = read("docs/how-to/observe.md");
    for family in FAMILIES {
        let row = format!(
            "| `{}` | {} | {} | {} |",
            family.name, family.kind, family.labels, family.help
        );
        assert!(
            page.contains(&row),
            "docs/how-to/observe.md lacks this row:\n{row}"
        );
        let ends = match family.kind {
            "counter" => family.name.ends_with("_total"),
            _ => !family.name.ends_with("_total"),
        };
        assert!(ends, "{}: counters end in _total, nothing else does", family.name);
    }
    let undocumented: Vec<_> = named(&page).difference(&known()).cloned().collect();
    assert!(
        undocumented.is_empty(),
        "documented, but not there: {undocumented:?}"
    );
}

fn number(page: &str, line: &str) -> f64 {
    let found = page.lines().find_map(|text| text.strip_prefix(line));
    let found = found.unwrap_or_else(|| panic!("no {line} in\n{page}"));
    found.trim().parse().unwrap()
}

async fn numbers_follow_what_happens(desk: &mut Desk) {
    let client = desk.sign_in(Role::Agent).await;
    desk.open_case(&client, COMPLAINT).await;
    desk.login("agent", "wrong").await;
    desk.app.tick().await.unwrap();
    let page = desk.get(&Client::default(), "/metrics").await.text();
    for family in FAMILIES {
        assert!(
            page.contains(&format!("# TYPE {} {}\n", family.name, family.kind)),
            "{}",
            family.name
        );
    }
    let undescribed: Vec<_> = named(&page).difference(&known()).cloned().collect();
    assert!(undescribed.is_empty(), "{undescribed:?}");
    assert!((number(&page, "tingsu_intakes_total ") - 1.0).abs() < f64::EPSILON);
    assert!(number(&page, "tingsu_analyses_total ") >= 1.0);
    assert!((number(&page, "tingsu_failed_logins_total ") - 1.0).abs() < f64::EPSILON);
    assert!((number(&page, "tingsu_database_up ") - 1.0).abs() < f64::EPSILON);
    assert!((number(&page, "tingsu_cases{state=\"received\"} ") - 1.0).abs() < f64::EPSILON);
    assert!((number(&page, "tingsu_cases_with_clock{clock=\"running\"} ") - 1.0).abs() < f64::EPSILON);
    let intake = "tingsu_http_request_seconds_count{method=\"POST\",route=\"/api/v1/cases\",status=\"201\"} ";
    assert!((number(&page, intake) - 1.0).abs() < f64::EPSILON);
    assert!(!page.contains("1391234"), "no number of a customer");
}

/// Ready means that a change could be stored right now; being alive asks for less.
async fn readiness_tells_the_truth(desk: &mut Desk) {
    let anybody = Client::default();
    assert_eq!(desk.get(&anybody, "/readyz").await.status, StatusCode::OK);
    desk.router = tingsu_server::router(desk.app.clone());
    desk.app.store().close().await;
    let reply = desk.get(&anybody, "/readyz").await;
    assert_eq!(reply.status, StatusCode::SERVICE_UNAVAILABLE, "{}", reply.text());
    assert_eq!(desk.get(&anybody, "/healthz").await.status, StatusCode::OK);
    let page = desk.get(&anybody, "/metrics").await.text();
    assert!((number(&page, "tingsu_database_up ")).abs() < f64::EPSILON);
}

on_both!(numbers_follow_what_happens, readiness_tells_the_truth);
