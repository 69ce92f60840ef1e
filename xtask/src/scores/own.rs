//! Facets of an organization's own, learned from public data by the same commands that a user has.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::shell;

pub(crate) const HEADING: &str = "## Own facets";

/// How the texts that are measured stay unseen.
enum Unseen {
    /// They stand in another file.
    Valid(&'static str),
    /// They are dealt into five parts, each read by what the other four teach.
    Folds,
}

/// What is learned, and what is asked of it.
struct OwnFacet {
    name: &'static str,
    data: &'static str,
    unseen: Unseen,
    label: &'static str,
    /// The measure and its target.
    target: (&'static str, f64),
}

const fn of(
    name: &'static str,
    data: &'static str,
    unseen: Unseen,
    label: &'static str,
    target: (&'static str, f64),
) -> OwnFacet {
    OwnFacet {
        name,
        data,
        unseen,
        label,
        target,
    }
}

const FACETS: [OwnFacet; 7] = [
    of(
        "waimai",
        "splits/waimai.train.jsonl.gz",
        Unseen::Valid("splits/waimai.valid.jsonl.gz"),
        "label",
        ("accuracy", 0.89),
    ),
    of(
        "htl",
        "splits/htl.train.jsonl.gz",
        Unseen::Valid("splits/htl.valid.jsonl.gz"),
        "label",
        ("accuracy", 0.90),
    ),
    of(
        "shop",
        "splits/shop.train.jsonl.gz",
        Unseen::Valid("splits/shop.valid.jsonl.gz"),
        "label",
        ("accuracy", 0.93),
    ),
    of(
        "shop categories",
        "splits/shop.train.jsonl.gz",
        Unseen::Valid("splits/shop.valid.jsonl.gz"),
        "cat",
        ("accuracy", 0.90),
    ),
    of(
        "ewect",
        "splits/ewect.train.jsonl.gz",
        Unseen::Valid("splits/ewect.valid.jsonl.gz"),
        "label",
        ("accuracy", 0.73),
    ),
    of(
        "departments",
        "taidi_labeled.jsonl.gz",
        Unseen::Folds,
        "label",
        ("accuracy", 0.0),
    ),
    of(
        "English complaints",
        "twitter_complaints_en.jsonl.gz",
        Unseen::Folds,
        "label",
        ("macro_f1", 0.82),
    ),
];

/// The scores of one facet.
pub(crate) struct OwnScore {
    name: &'static str,
    measure: &'static str,
    target: f64,
    texts: u64,
    /// Accuracy and macro-F1.
    scores: [f64; 2],
}

/// Learns and measures each facet below the folder of data.
pub(crate) fn measure_all(binary: &Path, data: &Path) -> Result<Vec<OwnScore>> {
    let folder = shell::root().join("target").join("own-facets");
    std::fs::create_dir_all(&folder)?;
    let measured = FACETS.iter().map(|facet| {
        println!("learning {}", facet.name);
        measure(binary, &data.join("data"), &folder, facet)
            .with_context(|| format!("{} cannot be measured", facet.name))
    });
    measured.collect()
}

fn measure(binary: &Path, data: &Path, folder: &Path, facet: &OwnFacet) -> Result<OwnScore> {
    let taught = words_of(&data.join(facet.data));
    let printed = match facet.unseen {
        Unseen::Folds => run(
            binary,
            &[
                "eval",
                &taught,
                "--label",
                facet.label,
                "--folds",
                "5",
                "--output",
                "json",
            ],
        )?,
        Unseen::Valid(valid) => {
            let model = words_of(&folder.join(format!("{}.model", facet.name)));
            let name = facet.name;
            run(
                binary,
                &[
                    "train",
                    "--facet",
                    name,
                    "--data",
                    &taught,
                    "--label",
                    facet.label,
                    "--out",
                    &model,
                ],
            )?;
            let valid = words_of(&data.join(valid));
            run(
                binary,
                &[
                    "eval",
                    &valid,
                    "--label",
                    facet.label,
                    "--facet-model",
                    &model,
                    "--output",
                    "json",
                ],
            )?
        }
    };
    let report: Value = serde_json::from_str(&printed)?;
    let (measure, target) = facet.target;
    Ok(OwnScore {
        name: facet.name,
        measure,
        target,
        texts: report["texts"].as_u64().context("eval counts no texts")?,
        scores: [
            report["accuracy"].as_f64().context("eval says no accuracy")?,
            report["macro_f1"].as_f64().context("eval says no macro-F1")?,
        ],
    })
}

fn run(binary: &Path, arguments: &[&str]) -> Result<String> {
    shell::output(&mut shell::command("", &binary.to_string_lossy(), arguments))
}

fn words_of(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// The section of the page.
pub(crate) fn section(scores: &[OwnScore]) -> String {
    let mut text = format!(
        "\n{HEADING}\n\nLearned with `tingsu train --facet` from the train part of public data and measured on its valid \
         part; departments and English complaints by `tingsu eval --folds 5`. Settings are chosen on the train part.\n\n\
         | facet | measure | texts | target | Tingsu | accuracy | macro-F1 |\n\
         | --- | --- | --- | --- | --- | --- | --- |\n"
    );
    for score in scores {
        let [accuracy, macro_f1] = score.scores;
        let (measure, reached) = match score.measure {
            "macro_f1" => ("macro-F1", macro_f1),
            _ => ("accuracy", accuracy),
        };
        let target = match score.target {
            0.0 => "–".to_owned(),
            target => format!("{target:.2}"),
        };
        let below = if reached < score.target { " below" } else { "" };
        let _ = writeln!(
            text,
            "| {} | {measure} | {} | {target} | **{reached:.3}**{below} | {accuracy:.3} | {macro_f1:.3} |",
            score.name, score.texts
        );
    }
    text
}

#[cfg(test)]
impl OwnScore {
    pub(crate) fn sample() -> Self {
        Self {
            name: "waimai",
            measure: "accuracy",
            target: 0.89,
            texts: 100,
            scores: [0.9, 0.88],
        }
    }
}
