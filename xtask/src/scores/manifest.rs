//! What the page of scores says of a model, written into the manifest that goes with its weights.

use anyhow::{Context, Result, bail};

use crate::shell;

/// The manifests, and the sections of the page that speak of their models.
const MANIFESTS: [(&str, &[&str]); 3] = [
    ("zh", &["Authored dev", "Labelled dev"]),
    ("en", &["English dev"]),
    ("talk", &["Conversations"]),
];
const BEGINS: &str =
    "\n# What is read with this model, as evals/SCORES.md says; written by `cargo xtask scores`.\n";

/// Puts the figures of a page into the manifests, or with `check` fails when they are not those.
pub(super) fn keep(page: &str, check: bool) -> Result<()> {
    for (name, sections) in MANIFESTS {
        let path = shell::root().join(format!("crates/analysis/models/{name}.toml"));
        let before = std::fs::read_to_string(&path)?;
        let after = with_scores(&before, page, sections)?;
        if check && before != after {
            bail!("the figures in models/{name}.toml are not those of the page; run `cargo xtask scores`");
        }
        if !check {
            std::fs::write(path, after)?;
        }
    }
    Ok(())
}

fn with_scores(manifest: &str, page: &str, sections: &[&str]) -> Result<String> {
    let kept = manifest.split(BEGINS).next().unwrap_or(manifest);
    let mut toml = format!("{kept}{BEGINS}");
    for section in sections {
        let figures = figures(page, section)?;
        toml.push_str(&format!("\n[scores.\"{}\"]\n", section.to_lowercase()));
        for (name, figure) in figures {
            toml.push_str(&format!("{name:?} = {figure}\n"));
        }
    }
    Ok(toml)
}

/// The names and figures of the first table of a section.
fn figures(page: &str, section: &str) -> Result<Vec<(String, f64)>> {
    let begin = page.split(&format!("\n## {section}\n")).nth(1);
    let begin = begin.with_context(|| format!("the page has no section {section}"))?;
    let rows = begin.lines().skip_while(|line| !line.starts_with('|'));
    let mut rows = rows.take_while(|line| line.starts_with('|')).map(cells);
    let head = rows.next().unwrap_or_default();
    let place = head.iter().position(|cell| *cell == "Tingsu");
    let place = place.with_context(|| format!("{section} has no column of figures"))?;
    let read = rows.skip(1).map(|row| {
        let cell = row.get(place).map(|cell| cell.trim_matches('*'));
        let figure = cell.and_then(|cell| cell.split(' ').next()?.trim_matches('*').parse().ok());
        let figure = figure.with_context(|| format!("{section}: no figure in {row:?}"))?;
        Ok((format!("{}, {}", row[0], row[1]), figure))
    });
    read.collect()
}

fn cells(row: &str) -> Vec<&str> {
    row.trim_matches('|').split('|').map(str::trim).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "# S\n\n## Authored dev\n\nWords.\n\n| facet | measure | Tingsu |\n| --- | --- | --- |\n\
                        | stance | accuracy | **0.682** |\n| risks | micro-F1 | 0.5 below |\n\n| other | x |\n";

    #[test]
    fn figures_take_the_place_of_those_before() {
        let first = with_scores("name = \"zh\"\n", PAGE, &["Authored dev"]).unwrap();
        assert!(
            first.ends_with(
                "[scores.\"authored dev\"]\n\"stance, accuracy\" = 0.682\n\"risks, micro-F1\" = 0.5\n"
            ),
            "{first}"
        );
        let later = with_scores(&first, &PAGE.replace("0.682", "0.7"), &["Authored dev"]).unwrap();
        assert_eq!(later, first.replace("0.682", "0.7"));
        assert!(with_scores(&first, PAGE, &["English dev"]).is_err());
    }
}
