//! How well conversations are heard, as a section of the page of scores.

use std::fmt::Write as _;

use anyhow::{Context, Result};
use serde_json::Value;

/// Conversations by another reader, from which nothing is learned.
pub(crate) const SET: &str = "corpus/dialogues/dev.jsonl";
/// What is heard, the measure, where `eval` prints it, and the target.
const MEASURES: [(&str, &str, &str, Option<f64>); 9] = [
    (
        "customer's emotion",
        "accuracy of turns",
        "/emotion_accuracy",
        Some(0.75),
    ),
    (
        "customer's intensity",
        "accuracy of turns",
        "/intensity_accuracy",
        None,
    ),
    (
        "customer's intensity",
        "within one",
        "/intensity_within_1",
        Some(0.96),
    ),
    ("agent's acts", "micro-F1", "/acts/micro_f1", Some(0.70)),
    ("agent's faults", "micro-F1", "/faults/micro_f1", Some(0.60)),
    (
        "stage of the flow",
        "accuracy of turns",
        "/stage_accuracy",
        Some(0.74),
    ),
    (
        "escalation at half",
        "area under the curve",
        "/escalation/auc_at_half",
        Some(0.80),
    ),
    (
        "escalation, not begun",
        "area under the curve",
        "/escalation/auc_at_half_not_yet",
        None,
    ),
    (
        "handling's worth",
        "Spearman with experts",
        "/score_spearman",
        Some(0.75),
    ),
];

/// The section of what `eval` printed about conversations; every figure is kept from falling.
pub(crate) fn section(printed: &str) -> Result<String> {
    let report: Value = serde_json::from_str(printed).context("eval printed no JSON")?;
    let heard = report
        .get("conversations")
        .filter(|heard| heard.is_object())
        .context("eval scores no conversations")?;
    let count = |name: &str| heard[name].as_u64().unwrap_or(0);
    let mut text = format!(
        "\n## Conversations\n\nConversations of `{SET}`, by another reader than most of those that were learned from: {}, with {} \
         turns of customers and {} of agents. Targets of the design beside them.\n\n\
         | heard | measure | target | Tingsu |\n| --- | --- | --- | --- |\n",
        count("conversations"),
        count("customer_turns"),
        count("agent_turns")
    );
    for (name, measure, place, target) in MEASURES {
        let score = heard
            .pointer(place)
            .and_then(Value::as_f64)
            .with_context(|| format!("eval prints no {place}"))?;
        let shown = target.map_or_else(|| "–".to_owned(), |target| format!("{target:.2}"));
        let behind = target.is_some_and(|target| score < target);
        let _ = writeln!(
            text,
            "| {name} | {measure} | {shown} | **{score:.3}**{} |",
            if behind { " below" } else { "" }
        );
    }
    // Lower is better here, so it stands outside of what must not fall.
    let ece = heard.pointer("/escalation/ece").and_then(Value::as_f64);
    let _ = writeln!(
        text,
        "\nThe probability of escalation at half the conversation is off by {:.3} on average (ECE, five bins).",
        ece.context("eval prints no /escalation/ece")?
    );
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_stand_beside_their_targets() {
        let printed = r#"{"conversations": {"conversations": 2, "customer_turns": 9, "agent_turns": 8,
            "emotion_accuracy": 0.7, "intensity_accuracy": 0.6, "intensity_within_1": 1.0, "acts": {"micro_f1": 0.7},
            "faults": {"micro_f1": 0.4}, "stage_accuracy": 0.8, "score_spearman": 0.9,
            "escalation": {"auc_at_half": 0.9, "auc_at_half_not_yet": 0.9, "ece": 0.18}}}"#;
        let shown = section(printed).unwrap();
        assert!(
            shown.contains("| agent's faults | micro-F1 | 0.60 | **0.400** below |"),
            "{shown}"
        );
        assert!(
            shown.contains("| agent's acts | micro-F1 | 0.70 | **0.700** |"),
            "{shown}"
        );
        assert!(section("{}").is_err());
    }
}
