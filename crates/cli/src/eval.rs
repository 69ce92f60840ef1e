//! `tingsu eval`: the scores of the engine, or of a facet of one's own, on labeled texts.

mod marked;
mod particulars;
mod scores;
mod talks;

use std::path::{Path, PathBuf};
use std::time::Instant;

use analysis::training::cross_validate;
use anyhow::Context;
use clap::ValueEnum;
use domain::{Channel, Complaint};
use serde_json::json;

use crate::engine::load_engine;
use crate::exit::{Done, Ended, Failure, usage};
use crate::facet::{load_facet, read_known_rows, read_rows};
use crate::input::open_source;
use crate::output::say;
use marked::{marks_particulars, read_marked};
use particulars::Read;

/// Measure the engine on labeled texts, or a facet of your own
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// Labeled texts as JSONL, plain, gzip or zstd: `text` with the codebook's keys, `text` and `label`, or `text` with
    /// marked `spans` or `promises`
    gold: PathBuf,
    /// Measure this facet instead of the engine
    #[arg(long, value_name = "MODEL")]
    facet_model: Option<PathBuf>,
    /// The field of the label, for a facet of your own
    #[arg(long, value_name = "FIELD", default_value = "label")]
    label: String,
    /// Measure, over so many folds of the texts and labels, what a facet of your own learned from the others reads
    #[arg(long, value_name = "FOLDS", conflicts_with = "facet_model", value_parser = clap::value_parser!(u64).range(2..=20))]
    folds: Option<u64>,
    /// A model file instead of the one that comes with the product
    #[arg(long, value_name = "FILE", conflicts_with = "facet_model")]
    model: Option<PathBuf>,
    /// A second reading of the same labeled conversations: say how far the two readers agree
    #[arg(long, value_name = "FILE", conflicts_with_all = ["facet_model", "folds", "model"])]
    against: Option<PathBuf>,
    /// Show, for facets of one value, what was read by what is labeled
    #[arg(long)]
    confusion: bool,
    /// Draws the samples of the intervals
    #[arg(long, value_name = "NUMBER", default_value_t = 7)]
    seed: u64,
    /// The format of the output
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    output: OutputName,
}

/// Names of the formats of scores.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum OutputName {
    /// For the eye
    Table,
    /// One JSON object
    #[value(alias = "jsonl")]
    Json,
}

/// Runs the command.
pub(crate) fn run(args: &Args) -> Ended {
    let json = args.output == OutputName::Json;
    if let Some(second) = &args.against {
        return talks::compare_readers(&args.gold, second, json);
    }
    match (&args.facet_model, args.folds) {
        (Some(model), _) => eval_facet(args, model, json),
        (None, Some(folds)) => eval_folds(args, folds as usize, json),
        (None, None) => eval_engine(args, json),
    }
}

fn eval_engine(args: &Args, json: bool) -> Ended {
    let lines = open_source(&args.gold)?.read_text()?;
    if marks_particulars(&lines) {
        return eval_particulars(args, &lines, json);
    }
    let (texts, errors) = analysis::read_labeled(&lines);
    for error in &errors {
        eprintln!("tingsu: {error}");
    }
    if texts.is_empty() {
        return Err(usage(format!("{} holds no labeled text", args.gold.display())));
    }
    let engine = load_engine(args.model.as_deref())?;
    let speed = scores::speed_of(&engine, &texts);
    let report = engine.evaluate(&texts, args.seed);
    let heard = talks::marks_talks(&lines).then(|| talks::measure(&engine, &talks::read(&lines).0));
    if json {
        let mut scores = scores::json_of(&report, &engine.version(), speed);
        if let Some((report, speed)) = &heard {
            scores["conversations"] = talks::json_of(report, *speed);
        }
        say(scores)?;
    } else {
        scores::say_table(&report, args.confusion)?;
        say(format!(
            "{} texts, {speed:.0} texts/s, {}",
            report.texts,
            engine.version()
        ))?;
        if let Some((report, speed)) = &heard {
            talks::say_table(report, *speed)?;
        }
    }
    Ok(Done::Partly {
        refused: errors.len() as u64,
    })
}

/// Compares what is read out of the texts exactly with what is marked in them.
fn eval_particulars(args: &Args, lines: &str, json: bool) -> Ended {
    let (texts, errors) = read_marked(lines);
    for error in &errors {
        eprintln!("tingsu: {error}");
    }
    if texts.is_empty() {
        return Err(usage(format!("{} holds no marked text", args.gold.display())));
    }
    let engine = load_engine(args.model.as_deref())?;
    let start = Instant::now();
    let reads: Vec<Read> = texts
        .iter()
        .map(|text| {
            let mut complaint = Complaint::new(text.text.as_str(), Channel::Import);
            complaint.received_at = text.received_at;
            let analysis = wire::Analysis::of(&engine.analyze(&complaint), None);
            Read {
                entities: analysis.entities,
                promises: analysis.expectation.promises,
                expected: analysis.expectation.expected,
                received: analysis.expectation.received,
            }
        })
        .collect();
    let speed = texts.len() as f64 / start.elapsed().as_secs_f64();
    let mut report = particulars::Report::default();
    texts
        .iter()
        .zip(&reads)
        .for_each(|(text, read)| report.compare(text, read));
    if json {
        say(report.json(&engine.version(), speed))?;
    } else {
        say(report.table())?;
        say(format!(
            "{} texts, {speed:.0} texts/s, {}",
            texts.len(),
            engine.version()
        ))?;
        if !report.misread.is_empty() {
            say(format!("not read as marked: {}", report.misread.join(" ")))?;
        }
    }
    Ok(Done::Partly {
        refused: errors.len() as u64,
    })
}

/// Measures what is learned from the other folds on each fold.
fn eval_folds(args: &Args, folds: usize, json: bool) -> Ended {
    let (rows, refused) = read_rows(&args.gold, &args.label)?;
    let score = cross_validate(&rows, folds).map_err(|error| usage(error.to_string()))?;
    let (texts, accuracy, macro_f1) = (rows.len(), score.accuracy, score.macro_f1);
    if json {
        say(json!({ "folds": folds, "texts": texts, "accuracy": accuracy, "macro_f1": macro_f1 }))?;
    } else {
        say(format!(
            "{texts} texts, {folds} folds, accuracy {accuracy:.4}, macro-F1 {macro_f1:.4}"
        ))?;
    }
    Ok(Done::Partly { refused })
}

fn eval_facet(args: &Args, model: &Path, json: bool) -> Ended {
    let model = load_facet(model)?;
    let (rows, refused) = read_known_rows(&args.gold, &args.label, model.labels())?;
    if rows.is_empty() {
        return Err(usage(format!(
            "{} holds no row with text and a label that the facet knows",
            args.gold.display()
        )));
    }
    let start = Instant::now();
    let score = model.evaluate(&rows);
    let speed = rows.len() as f64 / start.elapsed().as_secs_f64();
    if json {
        let shown = json!({
            "facet": model.name(),
            "texts": rows.len(),
            "accuracy": score.accuracy,
            "macro_f1": score.macro_f1,
            "texts_per_second": speed.round(),
        });
        say(serde_json::to_string(&shown)
            .context("scores are plain numbers")
            .map_err(Failure::from)?)?;
    } else {
        say(format!(
            "{}: {} texts, accuracy {:.4}, macro-F1 {:.4}, {speed:.0} texts/s",
            model.name(),
            rows.len(),
            score.accuracy,
            score.macro_f1
        ))?;
    }
    Ok(Done::Partly { refused })
}
