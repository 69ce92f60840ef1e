//! The scores of the engine on labeled texts, for the eye and as JSON.

use std::time::Instant;

use analysis::evaluation::{Bin, Calibration, ENOUGH, Estimate, EvidenceScore, FacetScore, Report};
use analysis::{Engine, LabeledText};
use comfy_table::{Table, presets::UTF8_FULL_CONDENSED};
use domain::{Channel, Complaint};
use serde_json::{Map, Value, json};

use crate::exit::Failure;
use crate::output::say;

/// How many texts a second are read, every facet and its evidence included, on one core.
pub(super) fn speed_of(engine: &Engine, texts: &[LabeledText]) -> f64 {
    let complaints: Vec<Complaint> = texts
        .iter()
        .map(|text| Complaint::new(text.text.as_str(), Channel::Import))
        .collect();
    let start = Instant::now();
    for complaint in &complaints {
        std::hint::black_box(engine.analyze(complaint));
    }
    complaints.len() as f64 / start.elapsed().as_secs_f64()
}

/// Prints the scores as tables, with what was read by what is labeled if wanted.
pub(super) fn say_table(report: &Report, confusion: bool) -> Result<(), Failure> {
    say(table_of(report))?;
    say(evidence_line(&report.evidence))?;
    if confusion {
        for facet in report.facets.iter().filter(|facet| !facet.confusion.is_empty()) {
            say(format!("\n{}: labeled (down), read (across)", facet.key))?;
            say(confusion_of(facet))?;
        }
    }
    Ok(())
}

fn table_of(report: &Report) -> Table {
    let mut table = Table::new();
    table.load_style(UTF8_FULL_CONDENSED);
    table.set_header([
        "facet",
        "texts",
        "accuracy [95 %]",
        "kappa",
        "micro-F1 [95 %]",
        "macro-F1 [95 %]",
        "ECE",
        "lowest recall (10 or more)",
    ]);
    for facet in &report.facets {
        table.add_row([
            facet.key.to_owned(),
            facet.texts.to_string(),
            words_of(facet.accuracy),
            format!("{:.3}", facet.kappa),
            words_of(facet.micro_f1),
            words_of(facet.macro_f1),
            format!("{:.3}", facet.calibration.ece),
            lowest_recall(facet),
        ]);
    }
    table
}

fn words_of(Estimate { score, interval }: Estimate) -> String {
    format!("{score:.3} [{:.3}, {:.3}]", interval.low, interval.high)
}

/// The value that is missed most among those with enough texts to tell.
fn lowest_recall(facet: &FacetScore) -> String {
    let enough = facet.values.iter().filter(|value| value.texts >= ENOUGH);
    let lowest = enough.min_by(|a, b| a.recall.total_cmp(&b.recall));
    lowest.map_or_else(String::new, |value| format!("{} {:.3}", value.key, value.recall))
}

fn evidence_line(evidence: &EvidenceScore) -> String {
    format!(
        "evidence F1 {:.3} over {} texts, covers too much in {:.3} of {}; enough by itself in {:.3}, needed in {:.3} of {}",
        evidence.f1,
        evidence.texts,
        evidence.broad,
        evidence.long_texts,
        evidence.sufficient,
        evidence.necessary,
        evidence.carried_texts
    )
}

fn confusion_of(facet: &FacetScore) -> Table {
    let mut table = Table::new();
    table.load_style(UTF8_FULL_CONDENSED);
    let keys = facet.values.iter().map(|value| value.key);
    table.set_header(std::iter::once("").chain(keys));
    for (value, row) in facet.values.iter().zip(&facet.confusion) {
        let counts = row.iter().map(usize::to_string);
        table.add_row(std::iter::once(value.key.to_owned()).chain(counts));
    }
    table
}

/// The scores as JSON.
pub(super) fn json_of(report: &Report, engine: &str, speed: f64) -> Value {
    let facets: Map<String, Value> = report
        .facets
        .iter()
        .map(|facet| (facet.key.to_owned(), json_of_facet(facet)))
        .collect();
    let evidence = &report.evidence;
    json!({
        "engine": engine,
        "texts": report.texts,
        "texts_per_second": speed.round(),
        "evidence_f1": evidence.f1,
        "evidence_texts": evidence.texts,
        "evidence_broad": evidence.broad,
        "evidence_long_texts": evidence.long_texts,
        "evidence_sufficient": evidence.sufficient,
        "evidence_necessary": evidence.necessary,
        "evidence_carried_texts": evidence.carried_texts,
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
    let interval = |estimate: Estimate| json!([estimate.interval.low, estimate.interval.high]);
    json!({
        "texts": facet.texts,
        "accuracy": facet.accuracy.score,
        "accuracy_95": interval(facet.accuracy),
        "kappa": facet.kappa,
        "micro_f1": facet.micro_f1.score,
        "micro_f1_95": interval(facet.micro_f1),
        "macro_f1": facet.macro_f1.score,
        "macro_f1_95": interval(facet.macro_f1),
        "ece": facet.calibration.ece,
        "calibration": json_of_bins(&facet.calibration),
        "confusion": facet.confusion,
        "values": values,
    })
}

fn json_of_bins(calibration: &Calibration) -> Vec<Value> {
    let bin = |bin: &Bin| json!({ "count": bin.count, "said": bin.said, "true": bin.true_share });
    calibration.bins.iter().map(bin).collect()
}
