//! Commands as people send them, right and wrong.

use domain::{Command, CommandKind, EmotionStage, FacetValue, Intensity, Money, Motive, Vocabulary};
use serde_json::{Value, json};
use utoipa::PartialSchema;

use super::{CommandRequest, parse_command};

fn paths(body: &Value) -> Vec<String> {
    parse_command(body)
        .unwrap_err()
        .into_iter()
        .map(|error| error.field)
        .collect()
}

#[test]
fn every_command_has_a_shape_and_a_reader() {
    let schema = serde_json::to_string(&CommandRequest::schema()).unwrap();
    for kind in CommandKind::ALL {
        assert!(
            schema.contains(&format!("\"{}\"", kind.key())),
            "{} lacks a shape",
            kind.key()
        );
        if let Err(errors) = parse_command(&json!({"command": kind.key()})) {
            assert!(!errors.is_empty(), "{} has no reader", kind.key());
        }
    }
}

#[test]
fn corrections_reach_the_domain() {
    let body = json!({"command": "confirm_facets", "reason": "heard the call", "corrections": {
        "emotion": {"stage": "angry", "intensity": 2}, "motives": ["refund", "apology"], "risks": []}});
    let Command::ConfirmFacets { corrections, reason } = parse_command(&body).unwrap() else {
        panic!("another command");
    };
    assert_eq!(reason.as_deref(), Some("heard the call"));
    assert_eq!(
        corrections,
        [
            FacetValue::Motives(vec![Motive::Refund, Motive::Apology]),
            FacetValue::Emotion(EmotionStage::Angry, Intensity::Strong),
            FacetValue::Risks(vec![]),
        ]
    );
}

#[test]
fn money_is_read_exactly() {
    let body = json!({"command": "propose", "summary": "refund",
        "offers": [{"remedy": "refund", "amount": "50.5"}]});
    let Command::Propose { offers, .. } = parse_command(&body).unwrap() else {
        panic!("another command")
    };
    assert_eq!(offers[0].amount, Some(Money::fen(5050)));
}

#[test]
fn errors_name_their_fields() {
    assert_eq!(paths(&json!({})), ["command"]);
    assert_eq!(paths(&json!({"command": "dance"})), ["command"]);
    assert_eq!(paths(&json!({"command": "refuse"})), ["reason", "rule"]);
    let wrong = json!({"command": "confirm_facets", "corrections": {
        "psychology": {"primary": "greed"}, "motives": ["refund", "gold"]}});
    assert_eq!(
        paths(&wrong),
        ["corrections.psychology.primary", "corrections.motives[1]"]
    );
    assert_eq!(paths(&json!({"command": "keep_promise", "number": 0})).len(), 1);
    assert_eq!(paths(&json!({"command": "link_parent"})), ["parent"]);
}
