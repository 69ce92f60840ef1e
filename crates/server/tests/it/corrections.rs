//! A corrected facet changes plan, clocks, lists and dashboard at once.

use domain::Role;
use serde_json::{Value, json};

use crate::{demo_desk::Desk, temporary::on_both};

const MILD: &str = "希望你们把快递的柜子放到小区南门，方便取件，谢谢";

fn due(case: &Value, kind: &str) -> String {
    let clocks = case["deadlines"].as_array().unwrap();
    let clock = clocks
        .iter()
        .find(|clock| clock["kind"] == kind)
        .unwrap_or_else(|| panic!("no {kind}"));
    clock["due_at"].as_str().unwrap().to_owned()
}

async fn count(desk: &Desk, client: &crate::demo_desk::Client, facet: &str, key: &str) -> u64 {
    let dashboard = desk.get(client, "/api/v1/insight/dashboard").await.json();
    let counts = dashboard["facets"][facet].as_array().unwrap().clone();
    counts
        .iter()
        .find(|count| count["key"] == key)
        .map_or(0, |count| count["count"].as_u64().unwrap())
}

pub(crate) async fn a_correction_changes_everything_at_once(desk: &mut Desk) {
    let client = desk.sign_in(Role::Specialist).await;
    let case = desk.open_case(&client, MILD).await;
    let case = desk
        .must(&client, &case, &json!({"command": "acknowledge"}))
        .await;
    assert_eq!(count(desk, &client, "psychology", "revenge").await, 0);
    let correction = json!({"command": "confirm_facets", "reason": "电话里说要伤人", "corrections": {
        "psychology": {"primary": "revenge", "secondary": null}, "complaint": true, "nature": "valid",
        "emotion": {"stage": "angry", "intensity": 3}, "risks": ["safety", "exposure"]}});
    let after = desk.must(&client, &case, &correction).await;

    assert_eq!(after["analysis"]["psychology"]["primary"], "revenge");
    assert_eq!(after["analysis"]["psychology"]["tier"], "person");
    assert_ne!(after["plan"], case["plan"]);
    assert_eq!(
        after["plan"]["escalate"]["to"], "supervisor",
        "{}",
        after["plan"]["escalate"]
    );
    assert!(after["severity"].as_u64() > case["severity"].as_u64());
    assert!(due(&after, "resolution") < due(&case, "resolution"), "{after}");
    assert_eq!(count(desk, &client, "psychology", "revenge").await, 1);
    assert_eq!(count(desk, &client, "risk", "safety").await, 1);
    let listed = desk
        .get(&client, "/api/v1/cases?psychology=revenge&risk=safety")
        .await
        .json();
    assert_eq!(listed["items"][0]["id"], after["id"]);
    let path = format!("/api/v1/cases/{}/events", after["id"].as_str().unwrap());
    let events = desk.get(&client, &path).await.json();
    let confirmed = events["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|event| event["kind"] == "facets_confirmed");
    assert_eq!(confirmed.unwrap()["data"]["reason"], "电话里说要伤人");
}

async fn corrections_need_a_reason(desk: &mut Desk) {
    let client = desk.sign_in(Role::Agent).await;
    let case = desk.open_case(&client, MILD).await;
    let case = desk
        .must(&client, &case, &json!({"command": "acknowledge"}))
        .await;
    let bare = json!({"command": "confirm_facets", "corrections": {"stance": "reason"}});
    let reply = desk.command(&client, &case, &bare).await;
    assert_eq!(
        (reply.problem().as_str(), reply.fields()),
        ("422 invalid_fields", vec!["reason".to_owned()])
    );
    let unknown = json!({"command": "confirm_facets", "reason": "x", "corrections": {"psychology": {"primary": "greed"}}});
    assert_eq!(
        desk.command(&client, &case, &unknown).await.fields(),
        ["corrections.psychology.primary"]
    );
}

on_both!(a_correction_changes_everything_at_once, corrections_need_a_reason);
