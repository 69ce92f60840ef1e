//! `tingsu train --ablate`: what each part of the engine gives, measured by leaving it out.

use std::fmt::Write as _;
use std::time::Instant;

use analysis::LabeledText;
use analysis::evaluation::Report;
use analysis::training::{Ablated, DataFile, Recipe, ablate};

use super::{Args, data, translate, write_file};
use crate::exit::{Done, Ended, Failure, usage};
use crate::input::open_source;
use crate::output::say;

/// Learning ends at this share of the first slope, and texts are dealt into so many parts: sooner and fewer than for
/// models that ship, for all variants alike.
const TOLERANCE: f64 = 5e-2;
const FOLDS: usize = 2;
/// Draws the samples of the intervals, which are not looked at here.
const SEED: u64 = 7;
/// The facets that are shown, by their keys in labeled texts.
const SHOWN: [(&str, &str); 11] = [
    ("c", "complaint"),
    ("psy", "psychology"),
    ("mot", "motives"),
    ("emo", "emotion"),
    ("int", "intensity"),
    ("sub", "subjects"),
    ("nat", "nature"),
    ("stn", "stance"),
    ("typ", "anger type"),
    ("cau", "causes"),
    ("risk", "risks"),
];

/// Runs the command.
pub(super) fn run(args: &Args) -> Ended {
    let start = Instant::now();
    let files = match args.data.as_slice() {
        [] => data::recipe_files(&args.corpus)?,
        paths => data::read_files(paths)?,
    };
    let golds = data::read_files(&args.ablate)?;
    let mut sets = Vec::new();
    for path in &args.ablate {
        sets.push(read_gold(path)?);
    }
    let borrowed: Vec<DataFile<'_>> = files.iter().map(data::LoadedFile::as_data).collect();
    let recipes = [Recipe::direct(), Recipe::public()].map(|recipe| Recipe {
        tolerance: TOLERANCE,
        folds: FOLDS,
        ..recipe
    });
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let [direct, public] = &recipes;
    let ablated = ablate(&borrowed, [direct, public], &sets, threads, SEED).map_err(translate)?;
    let names: Vec<&str> = golds.iter().map(|file| file.name.as_str()).collect();
    write_file(&args.out, table_of(&names, &ablated).as_bytes())?;
    let seconds = start.elapsed().as_secs();
    say(format!(
        "{}: {} variants, {seconds} s",
        args.out.display(),
        ablated.len()
    ))?;
    Ok(Done::All)
}

fn read_gold(path: &std::path::Path) -> Result<Vec<LabeledText>, Failure> {
    let (texts, errors) = analysis::read_labeled(&open_source(path)?.read_text()?);
    match errors.first() {
        Some(error) => Err(usage(format!("{}, {error}", path.display()))),
        None if texts.is_empty() => Err(usage(format!("{} holds no labeled text", path.display()))),
        None => Ok(texts),
    }
}

/// A Markdown table for each set: F1 or accuracy, as on the page of scores.
fn table_of(names: &[&str], ablated: &[Ablated]) -> String {
    let mut text = String::new();
    for (set, name) in names.iter().enumerate() {
        let heads: Vec<&str> = SHOWN.iter().map(|(_, name)| *name).collect();
        let _ = writeln!(
            text,
            "| {name} | {} | psychology, macro-F1 |\n|{}",
            heads.join(" | "),
            " --- |".repeat(SHOWN.len() + 2)
        );
        for variant in ablated {
            let _ = writeln!(text, "| {} | {} |", variant.name, cells_of(&variant.reports[set]));
        }
        text.push('\n');
    }
    text
}

fn cells_of(report: &Report) -> String {
    let find = |key: &str| report.facets.iter().find(|facet| facet.key == key);
    let cell = |score: Option<f64>| score.map_or_else(|| "–".to_owned(), |score| format!("{score:.3}"));
    let cells = SHOWN
        .iter()
        .map(|(key, _)| cell(find(key).map(|facet| facet.micro_f1.score)));
    let last = cell(find("psy").map(|facet| facet.macro_f1.score));
    cells.chain([last]).collect::<Vec<_>>().join(" | ")
}
