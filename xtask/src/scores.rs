//! How well the engine reads, written down and never allowed to fall: `evals/SCORES.md` from what `tingsu eval` measures.

mod manifest;
mod measured;
mod own;
mod page;
mod particulars;
mod reliability;
mod tables;
mod talks;

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use crate::{run, shell};
use measured::Measured;
use page::Figures;

const PAGE: &str = "evals/SCORES.md";
const PLOT: &str = "evals/reliability.svg";
/// Written for the project, so always there.
const AUTHORED: &str = "corpus/authored/dev.jsonl";
/// The same in English.
const ENGLISH: &str = "corpus/english/dev.jsonl";
/// Written after the models were made and by others; no model has learned from them and nothing was chosen by them but
/// how many words are quoted.
const FRESH: [&str; 3] = ["wry", "alike", "pointed"];
/// Third-party texts, below `TINGSU_DATA`.
const LABELLED: &str = "corpus/labelled/dev.jsonl";
/// A figure may be this much lower before it counts as fallen.
const TOLERANCE: f64 = 0.002;

/// Writes the page of scores, or with `check` fails when a figure of the committed page has fallen.
pub(crate) fn keep_scores(check: bool) -> Result<()> {
    let binary = run::build_binary(false)?;
    let authored = measure(&binary, &shell::root().join(AUTHORED))?;
    let english = measure(&binary, &shell::root().join(ENGLISH))?;
    let labelled = match std::env::var_os("TINGSU_DATA") {
        Some(data) => {
            let data = PathBuf::from(data);
            Some((
                measure(&binary, &data.join(LABELLED))?,
                own::measure_all(&binary, &data)?,
            ))
        }
        None => {
            println!("TINGSU_DATA is not set: the scores on labelled texts and of own facets are skipped");
            None
        }
    };
    let sets = particulars::SETS.iter().map(|path| {
        let printed = print_scores(&binary, &shell::root().join(path))?;
        particulars::SetScores::read(path, &printed)
    });
    let sets: Vec<particulars::SetScores> = sets.collect::<Result<_>>()?;
    let fresh = FRESH.map(|name| measure(&binary, &shell::root().join(format!("corpus/fresh/{name}.jsonl"))));
    let fresh: Vec<Measured> = fresh.into_iter().collect::<Result<_>>()?;
    let heard = talks::section(&print_scores(&binary, &shell::root().join(talks::SET))?)?;
    let committed = std::fs::read_to_string(shell::root().join(PAGE)).unwrap_or_default();
    let page = page::write(
        &page::Own {
            authored: &authored,
            english: &english,
        },
        labelled
            .as_ref()
            .map(|(measured, own)| (measured, own.as_slice())),
        &committed,
    ) + &page::fresh_section(&FRESH, &fresh)
        + &particulars::section(&sets)
        + &heard;
    if check {
        println!(
            "measured: {}",
            labelled.map_or("authored dev", |_| "authored dev, labelled dev, own facets")
        );
        manifest::keep(&committed, true)?;
        return check_figures(&Figures::of(&committed), &Figures::of(&page));
    }
    manifest::keep(&page, false)?;
    std::fs::write(shell::root().join(PAGE), page)?;
    println!("wrote {PAGE} and the figures in the manifests");
    match labelled {
        Some((labelled, _)) => {
            let plot = reliability::draw(&[("authored dev", &authored), ("labelled dev", &labelled)]);
            std::fs::write(shell::root().join(PLOT), plot)?;
            println!("wrote {PLOT}");
        }
        None => println!("{PLOT} stays as it was: it shows both dev sets"),
    }
    Ok(())
}

fn measure(binary: &Path, gold: &Path) -> Result<Measured> {
    Measured::read(&print_scores(binary, gold)?)
}

fn print_scores(binary: &Path, gold: &Path) -> Result<String> {
    let gold = gold.to_string_lossy();
    let arguments = ["eval", &gold, "--output", "json"];
    shell::output(&mut shell::command("", &binary.to_string_lossy(), &arguments))
}

fn check_figures(committed: &Figures, now: &Figures) -> Result<()> {
    if committed.is_empty() {
        bail!("{PAGE} holds no figures; run `cargo xtask scores` and commit it");
    }
    let fallen = committed.fallen(now, TOLERANCE);
    if !fallen.is_empty() {
        bail!(
            "fallen by more than {TOLERANCE}:\n{}\nMake the engine better, or say in the commit why less is right \
             and run `cargo xtask scores`.",
            fallen.join("\n")
        );
    }
    let risen = now.fallen(committed, TOLERANCE).len();
    println!(
        "{} figures on the page, none measured now has fallen",
        committed.len()
    );
    if risen > 0 {
        println!("{risen} are better or new: `cargo xtask scores` writes them down");
    }
    Ok(())
}
