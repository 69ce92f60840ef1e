//! How exactly particulars are read, as a section of the page of scores.

use std::fmt::Write as _;

use anyhow::{Context, Result};
use serde_json::Value;

/// The marked texts, those to tune on and those to judge by.
pub(crate) const SETS: [&str; 29] = [
    "corpus/particulars/personal.dev.jsonl",
    "corpus/particulars/personal.test.jsonl",
    "corpus/particulars/values.dev.jsonl",
    "corpus/particulars/values.test.jsonl",
    "corpus/particulars/promises.dev.jsonl",
    "corpus/particulars/promises.test.jsonl",
    "corpus/particulars/personal.fresh.dev.jsonl",
    "corpus/particulars/personal.fresh.test.jsonl",
    "corpus/particulars/personal.third.dev.jsonl",
    "corpus/particulars/personal.third.test.jsonl",
    "corpus/particulars/personal.fifth.dev.jsonl",
    "corpus/particulars/personal.fifth.test.jsonl",
    "corpus/particulars/personal.sixth.dev.jsonl",
    "corpus/particulars/personal.seventh.dev.jsonl",
    "corpus/particulars/personal.eighth.dev.jsonl",
    "corpus/particulars/personal.ninth.test.jsonl",
    "corpus/particulars/values.fresh.dev.jsonl",
    "corpus/particulars/values.fresh.test.jsonl",
    "corpus/particulars/values.third.dev.jsonl",
    "corpus/particulars/values.third.test.jsonl",
    "corpus/particulars/values.fourth.dev.jsonl",
    "corpus/particulars/values.fourth.test.jsonl",
    "corpus/particulars/values.sixth.dev.jsonl",
    "corpus/particulars/values.seventh.dev.jsonl",
    "corpus/particulars/values.eighth.dev.jsonl",
    "corpus/particulars/promises.fresh.dev.jsonl",
    "corpus/particulars/promises.fresh.test.jsonl",
    "corpus/particulars/promises.fourth.dev.jsonl",
    "corpus/particulars/promises.fourth.test.jsonl",
];
/// What is kept from falling: the key in what `eval` prints, the measure, its field, and the target.
const MEASURES: [(&str, &str, &str, Option<f64>); 20] = [
    ("personal", "recall of characters", "recall", Some(0.99)),
    ("personal", "precision of characters", "precision", Some(0.97)),
    ("phone", "recall of characters", "recall", None),
    ("id_card", "recall of characters", "recall", None),
    ("bank_card", "recall of characters", "recall", None),
    ("email", "recall of characters", "recall", None),
    ("address", "recall of characters", "recall", None),
    ("name", "recall of characters", "recall", None),
    ("account", "recall of characters", "recall", None),
    ("passport", "recall of characters", "recall", None),
    ("plate", "recall of characters", "recall", None),
    ("wechat_qq", "recall of characters", "recall", None),
    ("device", "recall of characters", "recall", None),
    ("order", "recall of characters", "recall", None),
    ("money", "values exact", "recall", Some(0.97)),
    ("date", "values exact", "recall", Some(0.93)),
    ("duration", "values exact", "recall", Some(0.93)),
    ("promises", "F1 by overlap", "f1", Some(0.75)),
    ("expected", "F1 by overlap", "f1", None),
    ("received", "F1 by overlap", "f1", None),
];

/// What `eval` printed about one set.
pub(crate) struct SetScores {
    name: String,
    report: Value,
}

impl SetScores {
    /// The scores in what `eval` printed about the set of this path.
    pub(crate) fn read(path: &str, printed: &str) -> Result<Self> {
        let report: Value = serde_json::from_str(printed).context("eval printed no JSON")?;
        report["particulars"]
            .as_object()
            .with_context(|| format!("eval scores no particulars of {path}"))?;
        let name = path
            .trim_start_matches("corpus/particulars/")
            .trim_end_matches(".jsonl")
            .to_owned();
        Ok(Self { name, report })
    }
}

/// The section; every figure is kept from falling.
pub(crate) fn section(sets: &[SetScores]) -> String {
    let mut text = "\n## Particulars\n\nMarked texts of `corpus/particulars`; tuned on dev only. Targets of the design beside them.\n\n\
        | particulars | measure and set | marked | target | Tingsu |\n| --- | --- | --- | --- | --- |\n"
        .to_owned();
    for set in sets {
        for (key, measure, field, target) in MEASURES {
            let scores = &set.report["particulars"][key];
            let marked = scores["marked"].as_u64().unwrap_or(0);
            let Some(score) = scores[field].as_f64().filter(|_| marked > 0) else {
                continue;
            };
            let shown = target.map_or_else(|| "–".to_owned(), |target| format!("{target:.2}"));
            let behind = target.is_some_and(|target| score < target);
            let _ = writeln!(
                text,
                "| {key} | {measure}, {} | {marked} | {shown} | **{score:.3}**{} |",
                set.name,
                if behind { " below" } else { "" },
            );
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_is_shown_with_its_targets() {
        let printed =
            r#"{"particulars": {"money": {"marked": 10, "recall": 0.9, "precision": 1.0, "f1": 0.95}}}"#;
        let set = SetScores::read("corpus/particulars/values.dev.jsonl", printed).unwrap();
        let shown = section(&[set]);
        assert!(
            shown.contains("| money | values exact, values.dev | 10 | 0.97 | **0.900** below |"),
            "{shown}"
        );
        assert!(SetScores::read("x", "{}").is_err());
    }
}
