//! The page of scores: written from measurements, and read back as the figures that must not fall.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::measured::{FacetScore, MEASURES, Measured, Score, ValueScore};
use super::own::{self, OwnScore};

const AUTHORED: &str = "## Authored dev";
const LABELLED: &str = "## Labelled dev";
const FRESH: &str = "## Fresh texts";
const RECALL: &str = "## Recall by value, authored dev";
/// A recall over fewer texts says little.
const FEWEST_TEXTS: u64 = 10;
/// No value that is common enough may be missed more often than this.
const LEAST_RECALL: f64 = 0.25;

const HEAD: &str = "# Scores

Written by `cargo xtask scores` from what `tingsu eval` measures; not to be edited. **Bold** figures are a ratchet:
`cargo xtask scores --check`, a part of `make test`, fails when one of them falls by more than 0.002. What is measured,
how, and what the figures do not say stands in [README.md](README.md).
";

/// The whole page. Scores on labelled texts that could not be measured now stay as they were written before.
pub(crate) fn write(authored: &Measured, labelled: Option<(&Measured, &[OwnScore])>, before: &str) -> String {
    let mut page = HEAD.to_owned();
    let intro = "Written for this project: balanced over the psychologies and free of giveaway words.";
    page += &section(AUTHORED, intro, authored, |pair| pair.0);
    match labelled {
        Some((measured, own)) => {
            let intro = "Real texts of third parties, found by `TINGSU_DATA`; skewed as real traffic is.";
            page += &section(LABELLED, intro, measured, |pair| pair.1);
            page += &own::section(own);
        }
        None => {
            page += &kept(before, LABELLED);
            page += &kept(before, own::HEADING);
        }
    }
    page + &recalls(authored)
}

fn section(heading: &str, intro: &str, measured: &Measured, baseline: fn((f64, f64)) -> f64) -> String {
    let mut text = format!(
        "\n{heading}\n\n{intro} {} texts, read by {}.\n\n\
         | facet | measure | texts | plain n-grams | Tingsu | 95 % | κ | ECE |\n\
         | --- | --- | --- | --- | --- | --- | --- | --- |\n",
        measured.texts, measured.engine
    );
    for (measure, facet) in MEASURES.iter().zip(&measured.facets) {
        let plain = measure.baseline.map(baseline);
        let plain_shown = plain.map_or_else(|| "–".to_owned(), |plain| format!("{plain:.3}"));
        let FacetScore {
            score,
            kappa,
            interval: [low, high],
            ece,
            ..
        } = facet;
        // What reads the same with three decimals is not behind.
        let behind = plain.is_some_and(|plain| plain - score.score > 0.0005);
        let _ = writeln!(
            text,
            "| {} | {} | {} | {plain_shown} | **{:.3}**{} | {low:.3}–{high:.3} | {kappa:.3} | {ece:.3} |",
            measure.name,
            measure.measure,
            score.texts,
            score.score,
            if behind { " below" } else { "" },
        );
    }
    let [brief, enough, needed] = &measured.carried;
    let evidence = [
        (
            "evidence of the psychology",
            "F1 of characters",
            &measured.evidence,
        ),
        ("evidence is brief", "covers ≤ 40 % of a long text", brief),
        ("evidence is enough", "same psychology from it alone", enough),
        ("evidence is needed", "without it p falls by ≥ 30 %", needed),
    ];
    for (name, measure, Score { texts, score }) in evidence {
        let _ = writeln!(
            text,
            "| {name} | {measure} | {texts} | – | **{score:.3}** | – | – | – |"
        );
    }
    text
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

fn recalls(measured: &Measured) -> String {
    let mut text = format!(
        "\n{RECALL}\n\nValues with {FEWEST_TEXTS} texts or more. Under {LEAST_RECALL} a value counts as overlooked.\n\n\
         | facet | value | texts | recall | precision |\n| --- | --- | --- | --- | --- |\n"
    );
    for (measure, facet) in MEASURES.iter().zip(&measured.facets) {
        let common = facet
            .values
            .iter()
            .filter(|value| value.recall.texts >= FEWEST_TEXTS);
        for ValueScore {
            key,
            recall,
            precision,
        } in common
        {
            let _ = writeln!(
                text,
                "| {} | `{key}` | {} | **{:.3}**{} | {precision:.3} |",
                measure.name,
                recall.texts,
                recall.score,
                if recall.score < LEAST_RECALL {
                    " overlooked"
                } else {
                    ""
                },
            );
        }
    }
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

/// The bold figures of a page, by heading and the first two cells of their row.
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
            None => Some(format!("{name} was {before:.3} and is gone")),
            Some(after) if before - after > tolerance + f64::EPSILON => {
                Some(format!("{name} was {before:.3} and is {after:.3}"))
            }
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
    let name = [*cells.first()?, *cells.get(1)?].join(" ");
    Some((name, bold?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(score: f64) -> Measured {
        let facet = |texts: u64| {
            format!(
                r#"{{"texts": {texts}, "accuracy": {score}, "micro_f1": {score}, "kappa": 0.5,
                "accuracy_95": [0.6, 0.9], "micro_f1_95": [0.6, 0.9], "ece": 0.04,
                "calibration": [{{"count": 20, "said": 0.8, "true": 0.7}}],
                "values": {{"rare": {{"texts": 3, "recall": 0.1, "precision": 1.0}},
                "common": {{"texts": 10, "recall": {score}, "precision": 0.9}}}}}}"#
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

    #[test]
    fn a_page_is_read_back_as_it_was_written() {
        let page = write(&measured(0.7), Some((&measured(0.8), &[OwnScore::sample()])), "");
        let figures = Figures::of(&page);
        assert_eq!(figures.len(), 2 * (MEASURES.len() + 4) + MEASURES.len() + 1);
        assert_eq!(figures.0["Own facets: waimai accuracy"], 0.9);
        assert_eq!(figures.0["Authored dev: psychology accuracy"], 0.7);
        assert_eq!(figures.0["Labelled dev: risks micro-F1"], 0.8);
        assert_eq!(figures.0["Recall by value, authored dev: risks `common`"], 0.7);
        assert!(!page.contains("`rare`"));
        assert!(
            page.contains("| complaint | F1 | 20 | 0.942 | **0.700** below | 0.600–0.900 | 0.500 | 0.040 |"),
            "{page}"
        );
    }

    #[test]
    fn labelled_scores_stay_when_they_cannot_be_measured() {
        let whole = write(&measured(0.7), Some((&measured(0.8), &[OwnScore::sample()])), "");
        assert_eq!(write(&measured(0.7), None, &whole), whole);
        let without = write(&measured(0.7), None, "");
        assert!(without.contains("Not measured yet"));
        assert_eq!(write(&measured(0.7), None, &without), without);
    }

    #[test]
    fn a_fall_is_named_and_a_rise_is_none() {
        let figures = |score| Figures::of(&write(&measured(score), None, ""));
        assert_eq!(figures(0.7).fallen(&figures(0.698), 0.002), Vec::<String>::new());
        assert_eq!(figures(0.7).fallen(&figures(0.8), 0.002), Vec::<String>::new());
        let fallen = figures(0.7).fallen(&figures(0.697), 0.002);
        assert_eq!(fallen.len(), 2 * MEASURES.len(), "{fallen:?}");
        assert_eq!(
            fallen[0],
            "Authored dev: anger type accuracy was 0.700 and is 0.697"
        );
        let gone = figures(0.7).fallen(&Figures::default(), 0.002);
        assert!(gone.iter().all(|words| words.ends_with("is gone")));
    }
}
