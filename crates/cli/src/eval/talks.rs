//! The scores of the engine on labeled conversations, for the eye and as JSON.

use std::path::Path;
use std::time::Instant;

use analysis::evaluation::agreement::{Agreed, Agreement, agreement_of};
use analysis::evaluation::talk::{ManyScore, TalkReport, ValueF1};
use analysis::{Engine, LabeledTalk, read_labeled_talks};
use serde_json::{Map, Value, json};

use crate::exit::{Done, Ended, Failure, usage};
use crate::input::open_source;
use crate::output::say;

/// Whether the lines are conversations with labeled turns.
pub(super) fn marks_talks(lines: &str) -> bool {
    let first = lines
        .lines()
        .find(|line| !line.trim().is_empty())
        .unwrap_or_default();
    let Ok(Value::Object(row)) = serde_json::from_str(first) else {
        return false;
    };
    let turns = row.get("turns").and_then(Value::as_array);
    turns.is_some_and(|turns| {
        turns
            .iter()
            .any(|turn| turn.get("emo").is_some() || turn.get("acts").is_some())
    })
}

/// The labeled conversations; what is refused is named.
pub(super) fn read(lines: &str) -> (Vec<LabeledTalk>, u64) {
    let (talks, errors) = read_labeled_talks(lines);
    for error in &errors {
        eprintln!("tingsu: {error}");
    }
    (talks, errors.len() as u64)
}

/// Says how far two readers of the same conversations agree.
pub(super) fn compare_readers(first: &Path, second: &Path, json: bool) -> Ended {
    let (one, refused) = read(&open_source(first)?.read_text()?);
    let (other, also) = read(&open_source(second)?.read_text()?);
    let agreement = agreement_of(&one, &other);
    if agreement.talks == 0 {
        return Err(usage(format!(
            "{} and {} hold no conversation of the same id and length",
            first.display(),
            second.display()
        )));
    }
    if json {
        say(json_of_agreement(&agreement))?;
    } else {
        say(format!(
            "{} conversations read twice; intensity within one {:.3}, acts micro-F1 {:.3}, faults micro-F1 {:.3}",
            agreement.talks, agreement.intensity_within_1, agreement.acts_f1, agreement.faults_f1
        ))?;
        for label in &agreement.labels {
            let kappa = label
                .kappa
                .map_or_else(|| "–".to_owned(), |kappa| format!("{kappa:.2}"));
            say(format!(
                "  {:<16} {:>4} and {:>4} turns, same {:.3}, kappa {kappa}",
                label.label, label.first, label.second, label.same
            ))?;
        }
    }
    Ok(Done::Partly {
        refused: refused + also,
    })
}

fn json_of_agreement(agreement: &Agreement) -> Value {
    let label = |label: &Agreed| {
        let scores =
            json!({ "first": label.first, "second": label.second, "same": label.same, "kappa": label.kappa });
        (label.label.to_owned(), scores)
    };
    let labels: Map<String, Value> = agreement.labels.iter().map(label).collect();
    json!({
        "conversations": agreement.talks,
        "intensity_within_1": agreement.intensity_within_1,
        "acts_micro_f1": agreement.acts_f1,
        "faults_micro_f1": agreement.faults_f1,
        "labels": labels,
    })
}

/// The scores with the turns heard a second, on one core.
pub(super) fn measure(engine: &Engine, talks: &[LabeledTalk]) -> (TalkReport, f64) {
    let report = engine.evaluate_talks(talks);
    let start = Instant::now();
    let mut turns = 0;
    for talk in talks {
        turns += std::hint::black_box(engine.converse(&talk.conversation))
            .turns
            .len();
    }
    (report, turns as f64 / start.elapsed().as_secs_f64())
}

/// Prints the scores.
pub(super) fn say_table(report: &TalkReport, speed: f64) -> Result<(), Failure> {
    say(format!(
        "\n{} conversations, {} customer turns, {} agent turns, {speed:.0} turns/s",
        report.talks, report.customer_turns, report.agent_turns
    ))?;
    say(format!(
        "customer turns: emotion {:.3}, intensity {:.3}, within one {:.3}",
        report.emotion, report.intensity, report.intensity_within_1
    ))?;
    say(format!(
        "agent turns: acts micro-F1 {:.3}, faults micro-F1 {:.3}, stage {:.3}",
        report.acts.micro_f1, report.faults.micro_f1, report.flow
    ))?;
    let work: Vec<String> = report
        .workload
        .iter()
        .map(|work| {
            format!(
                "{:.0} % of the work finds {:.0} %",
                work.looked_at * 100.0,
                work.recall * 100.0
            )
        })
        .collect();
    say(format!(
        "escalation at half the conversation: AUC {:.3}, not yet escalated {:.3}, Brier {:.3}, ECE {:.3}; {}",
        report.escalation_auc,
        report.escalation_auc_early,
        report.escalation_brier,
        report.escalation_ece,
        work.join(", ")
    ))?;
    say(format!(
        "score: Spearman {:.3} against the experts', {:.1} points apart on average",
        report.score_order, report.score_gap
    ))?;
    let values = report
        .stages
        .iter()
        .chain(&report.acts.values)
        .chain(&report.faults.values);
    for value in values {
        say(format!(
            "  {:<16} {:>4} turns, recall {:.2}, precision {:.2}",
            value.key, value.turns, value.recall, value.precision
        ))?;
    }
    Ok(())
}

/// The scores as JSON.
pub(super) fn json_of(report: &TalkReport, speed: f64) -> Value {
    let values = |values: &[ValueF1]| -> Map<String, Value> {
        let value = |value: &ValueF1| {
            let scores =
                json!({ "turns": value.turns, "recall": value.recall, "precision": value.precision });
            (value.key.to_owned(), scores)
        };
        values.iter().map(value).collect()
    };
    let many = |score: &ManyScore| json!({ "micro_f1": score.micro_f1, "values": values(&score.values) });
    let work: Vec<Value> = report
        .workload
        .iter()
        .map(|work| json!({ "looked_at": work.looked_at, "recall": work.recall }))
        .collect();
    json!({
        "conversations": report.talks,
        "customer_turns": report.customer_turns,
        "agent_turns": report.agent_turns,
        "turns_per_second": speed.round(),
        "emotion_accuracy": report.emotion,
        "emotion_values": values(&report.stages),
        "intensity_accuracy": report.intensity,
        "intensity_within_1": report.intensity_within_1,
        "acts": many(&report.acts),
        "faults": many(&report.faults),
        "stage_accuracy": report.flow,
        "escalation": {
            "auc_at_half": report.escalation_auc,
            "auc_at_half_not_yet": report.escalation_auc_early,
            "brier": report.escalation_brier,
            "ece": report.escalation_ece,
            "workload": work,
        },
        "score_spearman": report.score_order,
        "score_gap": report.score_gap,
    })
}
