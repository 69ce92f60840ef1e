//! `tingsu eval`: the scores of the engine, or of a facet of one's own, on labeled texts.

mod marked;
mod particulars;

use std::path::{Path, PathBuf};
use std::time::Instant;

use analysis::evaluation::{FacetScore, Report};
use anyhow::Context;
use clap::ValueEnum;
use comfy_table::{Table, presets::UTF8_FULL_CONDENSED};
use domain::{Channel, Complaint};
use serde_json::{Map, Value, json};

use crate::engine::load_engine;
use crate::exit::{Done, Ended, Failure, usage};
use crate::facet::{load_facet, read_rows};
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
    /// A model file instead of the one that comes with the product
    #[arg(long, value_name = "FILE", conflicts_with = "facet_model")]
    model: Option<PathBuf>,
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
    match &args.facet_model {
        Some(model) => eval_facet(args, model, json),
        None => eval_engine(args, json),
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
    let start = Instant::now();
    let report = engine.evaluate(&texts);
    let speed = report.texts as f64 / start.elapsed().as_secs_f64();
    if json {
        say(json_of(&report, &engine.version(), speed))?;
    } else {
        say(table_of(&report))?;
        say(format!(
            "{} texts, {speed:.0} texts/s, {}",
            report.texts,
            engine.version()
        ))?;
        say(format!(
            "evidence F1 {:.3} over {} texts",
            report.evidence_f1, report.evidence_texts
        ))?;
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
    texts.iter().zip(&reads).for_each(|(text, read)| report.compare(text, read));
    if json {
        say(report.json(&engine.version(), speed))?;
    } else {
        say(report.table())?;
        say(format!("{} texts, {speed:.0} texts/s, {}", texts.len(), engine.version()))?;
        if !report.misread.is_empty() {
            say(format!("not read as marked: {}", report.misread.join(" ")))?;
        }
    }
    Ok(Done::Partly {
        refused: errors.len() as u64,
    })
}

fn table_of(report: &Report) -> Table {
    let mut table = Table::new();
    table.load_style(UTF8_FULL_CONDENSED);
    table.set_header([
        "facet",
        "texts",
        "accuracy",
        "kappa",
        "micro-F1",
        "macro-F1",
        "lowest recall (10 or more)",
    ]);
    for facet in &report.facets {
        let mut row = vec![facet.key.to_owned(), facet.texts.to_string()];
        row.extend(
            [facet.accuracy, facet.kappa, facet.micro_f1, facet.macro_f1].map(|score| format!("{score:.3}")),
        );
        row.push(lowest_recall(facet));
        table.add_row(row);
    }
    table
}

/// The value that is missed most among those with enough texts to tell.
fn lowest_recall(facet: &FacetScore) -> String {
    let enough = facet.values.iter().filter(|value| value.texts >= 10);
    let lowest = enough.min_by(|a, b| a.recall.total_cmp(&b.recall));
    lowest.map_or_else(String::new, |value| format!("{} {:.3}", value.key, value.recall))
}

fn json_of(report: &Report, engine: &str, speed: f64) -> Value {
    let facets: Map<String, Value> = report
        .facets
        .iter()
        .map(|facet| (facet.key.to_owned(), json_of_facet(facet)))
        .collect();
    json!({
        "engine": engine,
        "texts": report.texts,
        "texts_per_second": speed.round(),
        "evidence_f1": report.evidence_f1,
        "evidence_texts": report.evidence_texts,
        "facets": facets,
    })
}

fn json_of_facet(facet: &FacetScore) -> Value {
    let values: Map<String, Value> = facet
        .values
        .iter()
        .map(|value| {
            let scores =
                json!({ "texts": value.texts, "recall": value.recall, "precision": value.precision });
            (value.key.to_owned(), scores)
        })
        .collect();
    json!({
        "texts": facet.texts,
        "accuracy": facet.accuracy,
        "kappa": facet.kappa,
        "micro_f1": facet.micro_f1,
        "macro_f1": facet.macro_f1,
        "values": values,
    })
}

fn eval_facet(args: &Args, model: &Path, json: bool) -> Ended {
    let model = load_facet(model)?;
    let (rows, refused) = read_rows(&args.gold)?;
    if rows.is_empty() {
        return Err(usage(format!(
            "{} holds no row with text and label",
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
