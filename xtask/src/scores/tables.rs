//! The tables about one set of texts on the page of scores: every facet beside its target, and every common value.

use std::fmt::Write as _;

use super::measured::{
    ECE_TARGET, EVIDENCE_TARGETS, FacetScore, MACRO_TARGET, MEASURES, Measured, PSYCHOLOGY, Score, ValueScore,
};

/// A measure that begins so is better the lower it is.
pub(crate) const LOWER_IS_BETTER: &str = "ECE";
/// A recall over fewer texts says little.
const FEWEST_TEXTS: u64 = 10;
/// No value that is common enough may be missed more often than this.
const LEAST_RECALL: f64 = 0.35;

/// Which of the figures for authored and for labelled dev holds for a set; none where the design names neither.
pub(crate) type Side = fn((f64, f64)) -> f64;

/// A row of a table: what is measured and how, and what it is held against.
struct Row<'a> {
    name: &'a str,
    measure: &'a str,
    texts: u64,
    score: f64,
    target: Option<f64>,
    plain: Option<f64>,
    /// The last cells: interval, κ, ECE.
    rest: [String; 3],
}

impl Row<'_> {
    fn is_lower_better(&self) -> bool {
        self.measure.starts_with(LOWER_IS_BETTER)
    }

    fn is_reached(&self) -> Option<bool> {
        let target = self.target?;
        Some(if self.is_lower_better() {
            self.score <= target
        } else {
            self.score >= target
        })
    }

    /// What it is called in a list of those missed; the psychology is measured by more than one measure.
    fn short_name(&self) -> String {
        match self.name {
            "psychology" => format!("psychology by {}", self.measure),
            name => name.to_owned(),
        }
    }

    fn words(&self) -> String {
        let sign = if self.is_lower_better() { "≤ " } else { "" };
        let target = match (self.target, self.is_reached()) {
            (Some(target), Some(true)) => format!("{sign}{target:.2} reached"),
            (Some(target), _) => format!("{sign}{target:.2} **missed**"),
            _ => "–".to_owned(),
        };
        let plain = self
            .plain
            .map_or_else(|| "–".to_owned(), |plain| format!("{plain:.3}"));
        // What reads the same with three decimals is not behind.
        let behind = self.plain.is_some_and(|plain| plain - self.score > 0.0005);
        let behind = if behind { " below plain" } else { "" };
        let [interval, kappa, ece] = &self.rest;
        format!(
            "| {} | {} | {} | **{:.3}**{behind} | {target} | {plain} | {interval} | {kappa} | {ece} |",
            self.name, self.measure, self.texts, self.score,
        )
    }
}

/// The table of a set: facets, psychology once more by its other measures, evidence; and before it how many targets
/// are missed.
pub(crate) fn section(heading: &str, intro: &str, measured: &Measured, side: Option<Side>) -> String {
    let mut rows = facet_rows(measured, side);
    rows.extend(psychology_rows(measured, side));
    rows.extend(evidence_rows(measured));
    let (mut text, asked) = (
        format!(
            "\n{heading}\n\n{intro} {} texts, read by {}.\n",
            measured.texts, measured.engine
        ),
        rows.iter().filter(|row| row.target.is_some()).count(),
    );
    let missed: Vec<String> = rows
        .iter()
        .filter(|row| row.is_reached() == Some(false))
        .map(Row::short_name)
        .collect();
    let _ = writeln!(
        text,
        "{} of {asked} targets are missed{}{}.\n\n\
         | facet | measure | texts | Tingsu | target | plain n-grams | 95 % | κ | ECE |\n\
         | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
        missed.len(),
        if missed.is_empty() { "" } else { ": " },
        missed.join(", ")
    );
    for row in rows {
        let _ = writeln!(text, "{}", row.words());
    }
    text
}

fn facet_rows(measured: &Measured, side: Option<Side>) -> Vec<Row<'static>> {
    let rows = MEASURES.iter().zip(&measured.facets).map(|(measure, facet)| {
        let FacetScore {
            score,
            kappa,
            interval: [low, high],
            ece,
            ..
        } = facet;
        Row {
            name: measure.name,
            measure: measure.measure,
            texts: score.texts,
            score: score.score,
            target: side.and_then(|side| measure.target.map(side)),
            plain: side.and_then(|side| measure.baseline.map(side)),
            rest: [
                format!("{low:.3}–{high:.3}"),
                format!("{kappa:.3}"),
                format!("{ece:.3}"),
            ],
        }
    });
    rows.collect()
}

fn psychology_rows(measured: &Measured, side: Option<Side>) -> [Row<'static>; 2] {
    let psychology = &measured.facets[PSYCHOLOGY];
    let (macro_f1, [low, high]) = psychology.macro_f1;
    let row = |measure, score, target, interval| Row {
        name: "psychology",
        measure,
        texts: psychology.score.texts,
        score,
        target,
        plain: None,
        rest: [interval, "–".to_owned(), "–".to_owned()],
    };
    [
        row(
            "macro-F1",
            macro_f1,
            side.map(|side| side(MACRO_TARGET)),
            format!("{low:.3}–{high:.3}"),
        ),
        row(
            "ECE, the lower the better",
            psychology.ece,
            Some(ECE_TARGET),
            "–".to_owned(),
        ),
    ]
}

fn evidence_rows(measured: &Measured) -> Vec<Row<'static>> {
    let names = [
        ("evidence of the psychology", "F1 of characters"),
        ("evidence is brief", "covers ≤ 40 % of a long text"),
        ("evidence is enough", "same psychology from it alone"),
        ("evidence is needed", "without it p falls by ≥ 30 %"),
    ];
    let scores = std::iter::once(&measured.evidence).chain(&measured.carried);
    let rows = names.into_iter().zip(scores).zip(EVIDENCE_TARGETS);
    rows.map(|(((name, measure), Score { texts, score }), target)| Row {
        name,
        measure,
        texts: *texts,
        score: *score,
        target: Some(target),
        plain: None,
        rest: std::array::from_fn(|_| "–".to_owned()),
    })
    .collect()
}

/// The table of every value that is common enough, with those that are overlooked.
pub(crate) fn recalls(heading: &str, measured: &Measured) -> String {
    let (mut rows, mut overlooked, mut common) = (String::new(), 0, 0);
    for (name, facet) in measured.named() {
        for ValueScore {
            key,
            recall: Score { texts, score },
            precision,
        } in facet
            .values
            .iter()
            .filter(|value| value.recall.texts >= FEWEST_TEXTS)
        {
            common += 1;
            let missed = *score < LEAST_RECALL;
            overlooked += usize::from(missed);
            let word = if missed { " overlooked" } else { "" };
            let _ = writeln!(
                rows,
                "| {name} | `{key}` | {texts} | **{score:.3}**{word} | {precision:.3} |"
            );
        }
    }
    format!(
        "\n{heading}\n\nValues with {FEWEST_TEXTS} texts or more. Target: a recall of {LEAST_RECALL} for each; under it a \
         value counts as overlooked. {overlooked} of {common} are.\n\n\
         | facet | value | texts | recall | precision |\n| --- | --- | --- | --- | --- |\n{rows}"
    )
}
