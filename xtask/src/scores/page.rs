//! The page of scores: written from measurements, and read back as the figures that must not fall.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::measured::{MEASURES, Measured};
use super::own::{self, OwnScore};
use super::tables::{LOWER_IS_BETTER, recalls, section};

const AUTHORED: &str = "## Authored dev";
const LABELLED: &str = "## Labelled dev";
const FRESH: &str = "## Fresh texts";
const ENGLISH: &str = "## English dev";
const RECALL: &str = "## Recall by value, authored dev";
const RECALL_LABELLED: &str = "## Recall by value, labelled dev";

const HEAD: &str = "# Scores

Written by `cargo xtask scores` from what `tingsu eval` measures; not to be edited. **Bold** figures are a ratchet:
`cargo xtask scores --check`, a part of `make test`, fails when one of them falls by more than 0.002 (a calibration error:
rises). A target is what the design asked for before anything was measured; no target was moved, and what was tried for
those missed stands in [decision 0015](../docs/decisions/0015-what-the-fast-tier-reaches.md). What is measured, how, and
what the figures do not say stands in [README.md](README.md).
";

/// The sets that every machine has.
pub(crate) struct Own<'m> {
    pub(crate) authored: &'m Measured,
    pub(crate) english: &'m Measured,
}

/// The whole page. Scores on labelled texts that could not be measured now stay as they were written before.
pub(crate) fn write(sets: &Own, labelled: Option<(&Measured, &[OwnScore])>, before: &str) -> String {
    let mut page = HEAD.to_owned();
    let intro = "Written for this project: balanced over the psychologies and free of giveaway words.";
    page += &section(AUTHORED, intro, sets.authored, Some(|pair| pair.0));
    match labelled {
        Some((measured, own)) => {
            let intro = "Real texts of third parties, found by `TINGSU_DATA`; skewed as real traffic is.";
            page += &section(LABELLED, intro, measured, Some(|pair| pair.1));
            page += &own::section(own);
        }
        None => {
            page += &kept(before, LABELLED);
            page += &kept(before, own::HEADING);
        }
    }
    let intro = "English texts written for this project; the design names no targets for their facets.";
    page += &section(ENGLISH, intro, sets.english, None);
    page += &recalls(RECALL, sets.authored);
    page + &match labelled {
        Some((measured, _)) => recalls(RECALL_LABELLED, measured),
        None => kept(before, RECALL_LABELLED),
    }
}

/// What is read of texts that came after everything else. Not a ratchet: what must not fall is soon tuned on.
pub(crate) fn fresh_section(names: &[&str], sets: &[Measured]) -> String {
    let sizes: Vec<String> = names
        .iter()
        .zip(sets)
        .map(|(name, set)| format!("`{name}` {}", set.texts))
        .collect();
    let mut text = format!(
        "\n{FRESH}\n\nTexts of `corpus/fresh` by three further writers, harder and stranger than real traffic; no model has \
         learned from them. Texts: {}.\n\n| facet | measure | {} |\n| --- | --- |{}\n",
        sizes.join(", "),
        names.join(" | "),
        " --- |".repeat(names.len()),
    );
    let mut row = |name: &str, measure: &str, score: &dyn Fn(&Measured) -> f64| {
        let scores: Vec<String> = sets.iter().map(|set| format!("{:.3}", score(set))).collect();
        let _ = writeln!(text, "| {name} | {measure} | {} |", scores.join(" | "));
    };
    for (index, measure) in MEASURES.iter().enumerate() {
        row(measure.name, measure.measure, &|set| {
            set.facets[index].score.score
        });
    }
    row("evidence of the psychology", "F1 of characters", &|set| {
        set.evidence.score
    });
    row("evidence is enough", "same psychology from it alone", &|set| {
        set.carried[1].score
    });
    row("evidence is needed", "without it p falls by ≥ 30 %", &|set| {
        set.carried[2].score
    });
    text
}

/// A section on third-party texts as it was written before, or a word that there is none.
fn kept(before: &str, heading: &str) -> String {
    let section = before.find(heading).map(|start| {
        let rest = &before[start..];
        let end = rest[heading.len()..].find("\n## ");
        rest[..end.map_or(rest.len(), |end| end + heading.len())].trim_end()
    });
    match section {
        Some(section) => format!("\n{section}\n"),
        None => format!("\n{heading}\n\nNot measured yet: `TINGSU_DATA` was not set.\n"),
    }
}

/// The bold figures of a page, by heading and the first two cells of their row; what is better low counts below zero.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Figures(BTreeMap<String, f64>);

impl Figures {
    /// The figures of a page.
    pub(crate) fn of(page: &str) -> Self {
        let mut figures = BTreeMap::new();
        let mut heading = "";
        for line in page.lines() {
            if let Some(words) = line.strip_prefix("## ") {
                heading = words;
            }
            if let Some((row, figure)) = read_row(line) {
                figures.insert(format!("{heading}: {row}"), figure);
            }
        }
        Self(figures)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// The figures that are lower or gone in `now`, each in words.
    pub(crate) fn fallen(&self, now: &Self, tolerance: f64) -> Vec<String> {
        let words = |(name, before): (&String, &f64)| match now.0.get(name) {
            None => Some(format!("{name} was {:.3} and is gone", before.abs())),
            Some(after) if before - after > tolerance + f64::EPSILON => Some(format!(
                "{name} was {:.3} and is {:.3}",
                before.abs(),
                after.abs()
            )),
            Some(_) => None,
        };
        self.0.iter().filter_map(words).collect()
    }
}

fn read_row(line: &str) -> Option<(String, f64)> {
    let cells: Vec<&str> = line.strip_prefix('|')?.split('|').map(str::trim).collect();
    let bold = cells
        .iter()
        .find_map(|cell| cell.strip_prefix("**")?.split("**").next());
    let (name, measure) = (*cells.first()?, *cells.get(1)?);
    let figure: f64 = bold?.parse().ok()?;
    let better = if measure.starts_with(LOWER_IS_BETTER) {
        -figure
    } else {
        figure
    };
    Some(([name, measure].join(" "), better))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(score: f64) -> Measured {
        let facet = |texts: u64| {
            format!(
                r#"{{"texts": {texts}, "accuracy": {score}, "micro_f1": {score}, "kappa": 0.5,
                "accuracy_95": [0.6, 0.9], "micro_f1_95": [0.6, 0.9], "ece": {}, "macro_f1": {score}, "macro_f1_95": [0.5, 0.8],
                "calibration": [{{"count": 20, "said": 0.8, "true": 0.7}}],
                "values": {{"rare": {{"texts": 3, "recall": 0.1, "precision": 1.0}},
                "common": {{"texts": 10, "recall": {score}, "precision": 0.9}}}}}}"#,
                0.74 - score
            )
        };
        let facets: Vec<String> = MEASURES
            .iter()
            .map(|measure| format!(r#""{}": {}"#, measure.key, facet(20)))
            .collect();
        let printed = format!(
            r#"{{"engine": "tingsu", "texts": 20, "evidence_f1": 0.4, "evidence_texts": 12,
            "evidence_broad": 0.1, "evidence_long_texts": 9, "evidence_sufficient": 0.8, "evidence_necessary": 0.7,
            "evidence_carried_texts": 18, "facets": {{{}}}}}"#,
            facets.join(",")
        );
        Measured::read(&printed).unwrap()
    }

    fn page_of(score: f64, labelled: Option<f64>, before: &str) -> String {
        let (own, labelled) = (measured(score), labelled.map(measured));
        let sets = Own {
            authored: &own,
            english: &own,
        };
        let sample = [OwnScore::sample()];
        let labelled = labelled.as_ref().map(|labelled| (labelled, sample.as_slice()));
        write(&sets, labelled, before)
    }

    /// Facets, psychology by two more measures, evidence.
    const ROWS: usize = MEASURES.len() + 2 + 4;

    #[test]
    fn a_page_is_read_back_as_it_was_written() {
        let page = page_of(0.7, Some(0.72), "");
        let figures = Figures::of(&page);
        assert_eq!(figures.len(), 3 * ROWS + 2 * MEASURES.len() + 1);
        assert_eq!(figures.0["Own facets: waimai accuracy"], 0.9);
        assert_eq!(figures.0["Authored dev: psychology accuracy"], 0.7);
        assert_eq!(figures.0["English dev: psychology accuracy"], 0.7);
        assert_eq!(
            figures.0["Authored dev: psychology ECE, the lower the better"],
            -0.04
        );
        assert_eq!(figures.0["Labelled dev: risks micro-F1"], 0.72);
        assert_eq!(figures.0["Recall by value, authored dev: risks `common`"], 0.7);
        assert_eq!(figures.0["Recall by value, labelled dev: risks `common`"], 0.72);
        assert!(!page.contains("`rare`"));
    }

    #[test]
    fn what_is_missed_is_said() {
        let page = page_of(0.7, Some(0.72), "");
        for row in [
            "| complaint | F1 | 20 | **0.700** below plain | 0.96 **missed** | 0.942 | 0.600–0.900 | 0.500 | 0.040 |",
            "| psychology | accuracy | 20 | **0.700** | 0.70 reached | 0.618 | 0.600–0.900 | 0.500 | 0.040 |",
            "| psychology | macro-F1 | 20 | **0.720** | 0.58 reached | – | 0.500–0.800 | – | – |",
            "| psychology | ECE, the lower the better | 20 | **0.040** | ≤ 0.05 reached | – | – | – | – |",
            "| evidence is brief | covers ≤ 40 % of a long text | 9 | **0.900** | 1.00 **missed** | – | – | – | – |",
            "| psychology | accuracy | 20 | **0.700** | – | – | 0.600–0.900 | 0.500 | 0.040 |",
        ] {
            assert!(page.contains(row), "{row}\n{page}");
        }
        assert!(
            page.contains("6 of 17 targets are missed: complaint, emotion, nature, "),
            "{page}"
        );
        assert!(page.contains("0 of 13 are."), "{page}");
        assert!(page_of(0.3, None, "").contains("| `common` | 10 | **0.300** overlooked | 0.900 |"));
        // Bold words are no figures, wherever they stand.
        assert_eq!(read_row("| a | b | 20 | **missed** | – |"), None);
    }

    #[test]
    fn labelled_scores_stay_when_they_cannot_be_measured() {
        let whole = page_of(0.7, Some(0.72), "");
        assert_eq!(page_of(0.7, None, &whole), whole);
        let without = page_of(0.7, None, "");
        assert!(without.contains("Not measured yet"));
        assert_eq!(page_of(0.7, None, &without), without);
    }

    #[test]
    fn a_fall_is_named_and_a_rise_is_none() {
        let figures = |score| Figures::of(&page_of(score, None, ""));
        assert_eq!(figures(0.7).fallen(&figures(0.698), 0.002), Vec::<String>::new());
        assert_eq!(figures(0.7).fallen(&figures(0.72), 0.002), Vec::<String>::new());
        let fallen = figures(0.7).fallen(&figures(0.697), 0.002);
        // On two sets every facet, the mean F1 of the psychology and its error; on one the recalls.
        assert_eq!(fallen.len(), 3 * MEASURES.len() + 2 * 2, "{fallen:?}");
        assert_eq!(
            fallen[0],
            "Authored dev: anger type accuracy was 0.700 and is 0.697"
        );
        let risen = "Authored dev: psychology ECE, the lower the better was 0.040 and is 0.043";
        assert!(fallen.iter().any(|words| words == risen), "{fallen:?}");
        let gone = figures(0.7).fallen(&Figures::default(), 0.002);
        assert!(gone.iter().all(|words| words.ends_with("is gone")));
    }
}
