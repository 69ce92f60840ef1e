//! Learns a facet of an organization's own from texts with one label each.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::block::Choice;
use crate::facet::{FacetModel, best_of};
use crate::labeled::{Fault, LabelError, object_of, refuse};
use crate::learn::logistic::{Lesson, MOST_VALUES, Weights, fit};
use crate::learn::minimize::Patience;
use crate::learn::recipe::TrainError;
use crate::learn::sparse::Sparse;
use crate::learn::words::{build_matrix, count_pieces};
use crate::model::quantize;

/// Buckets for word pieces: two to this power.
const BITS: u32 = 18;
/// Ridges that are tried when there are texts to choose by; the first is taken when there are none.
const RIDGES: [f32; 3] = [0.3, 0.1, 1.0];
/// Temperatures that are tried.
const TEMPERATURES: [f32; 8] = [0.6, 0.8, 1.0, 1.2, 1.5, 2.0, 2.5, 3.0];
/// An unlabeled text is learned from when its label is at least this probable.
const SURE: f32 = 0.97;
/// What such a text counts beside a labeled one.
const GUESS_WEIGHT: f32 = 0.3;
/// Most unlabeled texts learned from.
const MOST_GUESSES: usize = 50_000;

/// A text with its label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetText {
    /// The words.
    pub text: String,
    /// The label.
    pub label: String,
}

/// Reads `text` + `label` lines; lines without either are refused one by one.
pub fn read_facet_texts(lines: &str) -> (Vec<FacetText>, Vec<LabelError>) {
    let mut texts = Vec::new();
    let mut errors = Vec::new();
    for (index, line) in lines
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
    {
        match read_line(line) {
            Ok(text) => texts.push(text),
            Err(fault) => errors.push(refuse(index + 1, fault)),
        }
    }
    (texts, errors)
}

fn read_line(line: &str) -> Result<FacetText, Fault> {
    let row = object_of(line)?;
    let missing = |field| {
        (
            Some(field),
            "is missing: every line needs `text` and `label`".to_owned(),
        )
    };
    let text = row.get("text").and_then(Value::as_str).ok_or(missing("text"))?;
    let label = match row.get("label") {
        Some(Value::String(label)) => label.clone(),
        Some(label @ (Value::Number(_) | Value::Bool(_))) => label.to_string(),
        _ => return Err(missing("label")),
    };
    Ok(FacetText {
        text: text.to_owned(),
        label,
    })
}

/// Learns a facet called `name`. `valid` chooses between a few settings and sets the temperature; `unlabeled` texts
/// are learned from where the facet is sure of them, and only when that does not hurt on `valid`.
pub fn train_facet(
    name: &str,
    texts: &[FacetText],
    valid: &[FacetText],
    unlabeled: &[String],
) -> Result<Vec<u8>, TrainError> {
    let labels: Vec<String> = texts
        .iter()
        .map(|text| text.label.clone())
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    if !(2..=MOST_VALUES).contains(&labels.len()) {
        return Err(TrainError::Labels {
            found: labels.len(),
            most: MOST_VALUES,
        });
    }
    let pupil = Pupil { name, labels };
    let rows: Vec<(&str, u32, f32)> = texts
        .iter()
        .map(|text| (text.text.as_str(), pupil.index(&text.label), 1.0))
        .collect();
    let ridges = if valid.is_empty() {
        &RIDGES[..1]
    } else {
        &RIDGES[..]
    };
    let models = ridges.iter().map(|&ridge| (ridge, pupil.learn(&rows, ridge)));
    let (ridge, mut model) = models
        .reduce(|best, next| {
            if quality(&next.1, valid) > quality(&best.1, valid) {
                next
            } else {
                best
            }
        })
        .expect("at least one ridge is tried");
    if !unlabeled.is_empty() && !valid.is_empty() {
        let guessed = pupil.learn(&[rows, pupil.guesses(&model, unlabeled)].concat(), ridge);
        if quality(&guessed, valid) >= quality(&model, valid) {
            model = guessed;
        }
    }
    set_temperature(&mut model, valid);
    Ok(model.to_bytes())
}

fn quality(model: &FacetModel, valid: &[FacetText]) -> f64 {
    let score = model.evaluate(valid);
    score.accuracy + score.macro_f1
}

struct Pupil<'a> {
    name: &'a str,
    labels: Vec<String>,
}

impl Pupil<'_> {
    fn index(&self, label: &str) -> u32 {
        self.labels.iter().position(|known| known == label).unwrap_or(0) as u32
    }

    fn learn(&self, rows: &[(&str, u32, f32)], ridge: f32) -> FacetModel {
        let pieces: Vec<Vec<(u32, f32)>> = rows.iter().map(|(text, ..)| count_pieces(text, BITS)).collect();
        let (matrix, buckets) = build_matrix(&pieces, 2);
        let labels: Vec<u32> = rows.iter().map(|row| row.1).collect();
        let weights: Vec<f32> = rows.iter().map(|row| row.2).collect();
        let all: Vec<u32> = (0..rows.len() as u32).collect();
        let lesson = Lesson {
            rows: &all,
            labels: &labels,
            weights: &weights,
            choice: Choice::One,
            values: self.labels.len(),
            ridge,
            patience: Patience {
                tolerance: 3e-3,
                least_gain: 1e-4,
                rounds: 200,
            },
        };
        let weights = fit(&matrix, &lesson);
        self.build(&matrix, &buckets, &weights)
    }

    fn build(&self, matrix: &Sparse, buckets: &[u32], weights: &Weights) -> FacetModel {
        let count = self.labels.len();
        let mut cells = vec![0i8; count << BITS];
        let mut scales = Vec::with_capacity(count);
        for value in 0..count {
            let (scale, small) = quantize((0..buckets.len()).map(|column| weights.of(column)[value]));
            for (&bucket, cell) in buckets.iter().zip(small) {
                cells[bucket as usize * count + value] = cell;
            }
            scales.push(scale);
        }
        FacetModel {
            name: self.name.to_owned(),
            labels: self.labels.clone(),
            bits: BITS,
            temperature: 1.0,
            scales,
            constants: weights.of(matrix.width()).to_vec(),
            cells,
        }
    }

    fn guesses<'u>(&self, model: &FacetModel, unlabeled: &'u [String]) -> Vec<(&'u str, u32, f32)> {
        let sure = unlabeled.iter().filter_map(|text| {
            let (label, p) = model.predict(text);
            (p >= SURE).then(|| (text.as_str(), self.index(label), GUESS_WEIGHT))
        });
        sure.take(MOST_GUESSES).collect()
    }
}

/// The temperature under which the labels of `valid` are most probable.
fn set_temperature(model: &mut FacetModel, valid: &[FacetText]) {
    let scored: Vec<(Vec<f32>, usize)> = valid
        .iter()
        .filter_map(|text| {
            Some((
                model.score(&text.text),
                model.labels.iter().position(|label| *label == text.label)?,
            ))
        })
        .collect();
    let surprise = |temperature: f32| -> f64 {
        let one = |(scores, label): &(Vec<f32>, usize)| {
            let top = best_of(scores).1;
            let sum: f32 = scores
                .iter()
                .map(|score| libm::expf((score - top) / temperature))
                .sum();
            f64::from(libm::logf(sum) - (scores[*label] - top) / temperature)
        };
        scored.iter().map(one).sum()
    };
    if !scored.is_empty() {
        let best = TEMPERATURES
            .into_iter()
            .min_by(|a, b| surprise(*a).total_cmp(&surprise(*b)));
        model.temperature = best.unwrap_or(1.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(pairs: &[(&str, &str)]) -> Vec<FacetText> {
        let text = |(text, label): &(&str, &str)| FacetText {
            text: (*text).to_owned(),
            label: (*label).to_owned(),
        };
        pairs.iter().map(text).collect()
    }

    #[test]
    fn learns_a_facet_and_comes_back_from_bytes() {
        let pairs = [
            ("退款到账慢", "钱"),
            ("快递太慢", "快递"),
            ("退款没到账", "钱"),
            ("快递丢了", "快递"),
        ]
        .repeat(5);
        let rows = texts(&pairs);
        let bytes = train_facet("部门", &rows, &rows, &["退款呢".to_owned()]).unwrap();
        assert_eq!(
            bytes,
            train_facet("部门", &rows, &rows, &["退款呢".to_owned()]).unwrap()
        );
        let model = FacetModel::from_bytes(&bytes).unwrap();
        assert_eq!(
            (
                model.name(),
                model.predict("我的退款").0,
                model.predict("快递呢").0
            ),
            ("部门", "钱", "快递")
        );
        assert_eq!(model.evaluate(&rows).accuracy, 1.0);
        assert!(matches!(
            FacetModel::from_bytes(&bytes[..20]),
            Err(LoadError::Damaged(_))
        ));
    }

    #[test]
    fn one_label_is_too_few() {
        let refused = train_facet("x", &texts(&[("a", "b")]), &[], &[]);
        assert_eq!(refused, Err(TrainError::Labels { found: 1, most: 128 }));
    }

    use crate::model::LoadError;

    #[test]
    fn bad_lines_are_named() {
        let (texts, errors) = read_facet_texts("{\"text\":\"a\",\"label\":1}\n{\"text\":\"b\"}\n");
        assert_eq!((texts[0].label.as_str(), errors[0].line), ("1", 2));
    }
}
