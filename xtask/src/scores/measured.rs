//! What `tingsu eval --output json` says, taken apart.

use anyhow::{Context, Result};
use serde_json::Value;

/// How a facet is measured, and what plain hashed n-grams with logistic regression reach on the same texts.
pub(crate) struct Measure {
    /// The key in labeled texts.
    pub(crate) key: &'static str,
    /// The name for people.
    pub(crate) name: &'static str,
    /// The name of the measure.
    pub(crate) measure: &'static str,
    /// Where `eval` says it.
    field: &'static str,
    /// The baseline on authored and on labelled dev, where there is one.
    pub(crate) baseline: Option<(f64, f64)>,
    /// What the design asks for on authored and on labelled dev, where it asks.
    pub(crate) target: Option<(f64, f64)>,
}

const fn of(
    key: &'static str,
    name: &'static str,
    (measure, field): (&'static str, &'static str),
    [baseline, target]: [Option<(f64, f64)>; 2],
) -> Measure {
    Measure {
        key,
        name,
        measure,
        field,
        baseline,
        target,
    }
}

const F1: (&str, &str) = ("F1", "micro_f1");
const ACCURACY: (&str, &str) = ("accuracy", "accuracy");
const MICRO: (&str, &str) = ("micro-F1", "micro_f1");

/// The facets in the order of the design.
pub(crate) const MEASURES: [Measure; 13] = [
    of("c", "complaint", F1, [Some((0.942, 0.923)), Some((0.96, 0.95))]),
    of(
        "psy",
        "psychology",
        ACCURACY,
        [Some((0.618, 0.686)), Some((0.70, 0.76))],
    ),
    of(
        "mot",
        "motives",
        MICRO,
        [Some((0.502, 0.639)), Some((0.62, 0.70))],
    ),
    of(
        "emo",
        "emotion",
        ACCURACY,
        [Some((0.695, 0.722)), Some((0.75, 0.77))],
    ),
    of(
        "int",
        "intensity",
        ACCURACY,
        [Some((0.627, 0.690)), Some((0.70, 0.75))],
    ),
    of(
        "sub",
        "subjects",
        MICRO,
        [Some((0.533, 0.785)), Some((0.65, 0.83))],
    ),
    of(
        "nat",
        "nature",
        ACCURACY,
        [Some((0.709, 0.793)), Some((0.78, 0.85))],
    ),
    of(
        "stn",
        "stance",
        ACCURACY,
        [Some((0.559, 0.684)), Some((0.66, 0.76))],
    ),
    of(
        "typ",
        "anger type",
        ACCURACY,
        [Some((0.700, 0.748)), Some((0.75, 0.81))],
    ),
    of("cau", "causes", MICRO, [Some((0.505, 0.563)), Some((0.60, 0.64))]),
    of("risk", "risks", MICRO, [Some((0.506, 0.569)), Some((0.62, 0.66))]),
    of("tmp", "temperament", ACCURACY, [None; 2]),
    of("out", "outcome", ACCURACY, [None; 2]),
];

/// The mean F1 over the common values of the psychology is asked for beside its accuracy.
pub(crate) const MACRO_TARGET: (f64, f64) = (0.70, 0.58);
/// The most that probabilities of the psychology may be off by on average.
pub(crate) const ECE_TARGET: f64 = 0.05;
/// What evidence is to reach on every set: F1 of its characters, and then one for each of [`Measured::carried`].
pub(crate) const EVIDENCE_TARGETS: [f64; 4] = [0.45, 1.0, 0.80, 0.70];
/// The place of the psychology in [`MEASURES`].
pub(crate) const PSYCHOLOGY: usize = 1;

/// The scores on one set of texts.
pub(crate) struct Measured {
    pub(crate) engine: String,
    pub(crate) texts: u64,
    pub(crate) evidence: Score,
    /// Of the evidence: the share of long texts it covers briefly, of texts it is enough for, and of those that need it.
    pub(crate) carried: [Score; 3],
    /// One for each of [`MEASURES`].
    pub(crate) facets: Vec<FacetScore>,
    /// The second psychology, which is a hint and scored by its values alone.
    pub(crate) second: Option<FacetScore>,
}

/// The second psychology in what is measured.
const SECOND: Measure = of("psy2", "second psychology", ACCURACY, [None; 2]);

/// A score and the number of texts it is over.
pub(crate) struct Score {
    pub(crate) texts: u64,
    pub(crate) score: f64,
}

/// What was said with about the same probability: how often, that probability, and the share that came true.
#[derive(Clone, Copy)]
pub(crate) struct Bin {
    pub(crate) count: u64,
    pub(crate) said: f64,
    pub(crate) true_share: f64,
}

/// The scores of one facet.
pub(crate) struct FacetScore {
    pub(crate) score: Score,
    /// Where the score lies with a confidence of 95 %.
    pub(crate) interval: [f64; 2],
    /// The mean F1 over values with ten texts or more, and where it lies.
    pub(crate) macro_f1: (f64, [f64; 2]),
    /// Expected calibration error.
    pub(crate) ece: f64,
    pub(crate) bins: Vec<Bin>,
    pub(crate) kappa: f64,
    pub(crate) values: Vec<ValueScore>,
}

/// The scores of one value.
pub(crate) struct ValueScore {
    pub(crate) key: String,
    pub(crate) recall: Score,
    pub(crate) precision: f64,
}

impl Measured {
    /// Every facet whose values are looked at one by one, with its name.
    pub(crate) fn named(&self) -> impl Iterator<Item = (&'static str, &FacetScore)> {
        let facets = MEASURES.iter().map(|measure| measure.name).zip(&self.facets);
        facets.chain(self.second.iter().map(|second| (SECOND.name, second)))
    }

    /// The scores in what `eval` printed.
    pub(crate) fn read(printed: &str) -> Result<Self> {
        let report: Value = serde_json::from_str(printed).context("eval printed no JSON")?;
        let facets = MEASURES.iter().map(|measure| {
            let facet = &report["facets"][measure.key];
            read_facet(facet, measure).with_context(|| format!("eval says nothing of {}", measure.key))
        });
        Ok(Self {
            engine: report["engine"]
                .as_str()
                .context("eval names no engine")?
                .to_owned(),
            texts: report["texts"].as_u64().context("eval counts no texts")?,
            evidence: Score {
                texts: report["evidence_texts"]
                    .as_u64()
                    .context("eval counts no evidence")?,
                score: report["evidence_f1"]
                    .as_f64()
                    .context("eval scores no evidence")?,
            },
            carried: read_carried(&report).context("eval says nothing of evidence")?,
            facets: facets.collect::<Result<_>>()?,
            second: read_facet(&report["facets"][SECOND.key], &SECOND),
        })
    }
}

fn read_carried(report: &Value) -> Option<[Score; 3]> {
    let read = |texts: &str, score: &str| {
        Some(Score {
            texts: report[texts].as_u64()?,
            score: report[score].as_f64()?,
        })
    };
    let broad = read("evidence_long_texts", "evidence_broad")?;
    let brief = Score {
        score: 1.0 - broad.score,
        ..broad
    };
    let carried = "evidence_carried_texts";
    Some([
        brief,
        read(carried, "evidence_sufficient")?,
        read(carried, "evidence_necessary")?,
    ])
}

fn read_bin(bin: &Value) -> Option<Bin> {
    Some(Bin {
        count: bin["count"].as_u64()?,
        said: bin["said"].as_f64()?,
        true_share: bin["true"].as_f64()?,
    })
}

fn read_facet(facet: &Value, measure: &Measure) -> Option<FacetScore> {
    let interval = |field: &str| {
        let interval = &facet[format!("{field}_95")];
        Some([interval[0].as_f64()?, interval[1].as_f64()?])
    };
    let bins = facet["calibration"].as_array()?.iter().map(read_bin);
    let values = facet["values"].as_object()?.iter().map(|(key, value)| {
        Some(ValueScore {
            key: key.clone(),
            recall: Score {
                texts: value["texts"].as_u64()?,
                score: value["recall"].as_f64()?,
            },
            precision: value["precision"].as_f64()?,
        })
    });
    Some(FacetScore {
        score: Score {
            texts: facet["texts"].as_u64()?,
            score: facet[measure.field].as_f64()?,
        },
        interval: interval(measure.field)?,
        macro_f1: (facet["macro_f1"].as_f64()?, interval("macro_f1")?),
        ece: facet["ece"].as_f64()?,
        bins: bins.collect::<Option<_>>()?,
        kappa: facet["kappa"].as_f64()?,
        values: values.collect::<Option<_>>()?,
    })
}
