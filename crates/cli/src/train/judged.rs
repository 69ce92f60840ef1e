//! Whether a model that learned from corrections may take the place of the old one.

use std::path::Path;

use analysis::evaluation::{FacetScore, Report};
use analysis::{Engine, EngineOptions};
use anyhow::Context;
use comfy_table::{Table, presets::UTF8_FULL_CONDENSED};

use super::Part;
use crate::exit::{Failure, usage};
use crate::input::open_source;
use crate::output::say;

/// A model is worse when the mean score over the facets falls by more than this.
const MEAN_FALL: f64 = 0.005;
/// It is worse when the score of any one facet falls by more than this.
const ONE_FALL: f64 = 0.03;
/// Draws the samples of the intervals, which are not looked at here.
const SEED: u64 = 7;

/// Prints each facet's score before and after, and says why the new model is worse, when it is.
pub(super) fn compare(part: Part, new: &[u8], old: &Path, dev: &Path) -> Result<Option<String>, Failure> {
    let lines = open_source(dev)?.read_text()?;
    let (texts, errors) = analysis::read_labeled(&lines);
    if let Some(error) = errors.first() {
        return Err(usage(format!("{}, {error}", dev.display())));
    }
    if texts.is_empty() {
        return Err(usage(format!(
            "{} holds no labeled text to judge by",
            dev.display()
        )));
    }
    let known = match old.exists() {
        true => Some(std::fs::read(old).with_context(|| format!("{} cannot be read", old.display()))?),
        false => None,
    };
    // Both read beside the product's other models, so that only the one in question differs.
    let load = |model: Option<&[u8]>| Engine::load(options_with(part, model));
    let old =
        load(known.as_deref()).with_context(|| format!("{} is no model of this engine", old.display()))?;
    let new = load(Some(new)).context("the new model does not load")?;
    let (before, after) = (old.evaluate(&texts, SEED), new.evaluate(&texts, SEED));
    say(table_of(&before, &after))?;
    Ok(fault_of(&before, &after))
}

/// The product's models with one of them in the place of its own.
fn options_with(part: Part, model: Option<&[u8]>) -> EngineOptions<'_> {
    let usual = EngineOptions::usual();
    // Those of conversations are trained and judged elsewhere.
    match (part.of_texts(), model) {
        (Some(part), Some(model)) => usual.with(part, model),
        _ => usual,
    }
}

fn pairs<'r>(before: &'r Report, after: &'r Report) -> impl Iterator<Item = (&'r FacetScore, f64, f64)> {
    let facets = before.facets.iter().zip(&after.facets);
    facets.map(|(before, after)| (before, before.micro_f1.score, after.micro_f1.score))
}

fn table_of(before: &Report, after: &Report) -> Table {
    let mut table = Table::new();
    table.load_style(UTF8_FULL_CONDENSED);
    table.set_header(["facet", "texts", "before", "after", "change"]);
    for (facet, before, after) in pairs(before, after) {
        table.add_row([
            facet.key.to_owned(),
            facet.texts.to_string(),
            format!("{before:.3}"),
            format!("{after:.3}"),
            format!("{:+.3}", after - before),
        ]);
    }
    table
}

/// Why the second report is worse.
fn fault_of(before: &Report, after: &Report) -> Option<String> {
    let changes: Vec<(&str, f64)> = pairs(before, after)
        .map(|(facet, before, after)| (facet.key, after - before))
        .collect();
    let mean = changes.iter().map(|(_, change)| change).sum::<f64>() / changes.len().max(1) as f64;
    let worst = changes.iter().min_by(|a, b| a.1.total_cmp(&b.1));
    match worst {
        _ if mean < -MEAN_FALL => Some(format!(
            "the mean over the facets falls by {:.3}, more than {MEAN_FALL}",
            -mean
        )),
        Some((key, change)) if *change < -ONE_FALL => {
            Some(format!("{key} falls by {:.3}, more than {ONE_FALL}", -change))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_model_stands_in_its_own_place() {
        let (usual, new) = (EngineOptions::usual(), &b"new"[..]);
        let direct = options_with(Part::Direct, Some(new));
        assert!(direct.direct == new && direct.public == usual.public && direct.english == usual.english);
        let public = options_with(Part::Public, Some(new));
        assert!(public.direct == usual.direct && public.public == Some(new));
        let english = options_with(Part::English, Some(new));
        assert!(english.direct == usual.direct && english.english == Some(new));
        assert!(options_with(Part::Public, None).public == usual.public);
    }
}
