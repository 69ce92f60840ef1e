//! Learns a facet of an organization's own from texts with one label each.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::block::Choice;
use crate::facet::{FacetModel, FacetModelScore, best_of, rows_of, score_pairs};
use crate::gram::mix;
use crate::labeled::{LabelError, none_of, object_of};
use crate::learn::logistic::{Lesson, MOST_VALUES, Weights, fit};
use crate::learn::minimize::Patience;
use crate::learn::recipe::TrainError;
use crate::learn::words::build_matrix;
use crate::model::{quantize, unit_of};

/// Buckets for word pieces: two to this power.
const BITS: u32 = 18;
/// Settings that are tried; the first is taken when there are too few texts to choose by. Long texts are read best by how
/// often a piece stands in them, short ones by whether it does and how rare it is.
const SETTINGS: [Setting; 5] = [
    Setting::counted(0.3),
    Setting::counted(0.1),
    Setting::counted(1.0),
    Setting::by_rarity(0.1),
    Setting::by_rarity(0.03),
];
/// What accuracy and macro-F1 together may differ by chance.
const CHANCE: f64 = 0.012;
/// Settings are compared over this many folds of the texts learned from when there are no others to choose by.
const FOLDS: usize = 3;
/// Of more texts, an even part is enough to compare settings by.
const MOST_JUDGED: usize = 9_000;
/// Fewer texts say nothing about settings.
const FEWEST_JUDGED: usize = 60;
/// One text in so many is held out to set the temperature by when there are no others.
const HELD_OUT: usize = 5;
/// Deals the texts into folds.
const SEED: u64 = 0x7169_6E67_7375;
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

/// Reads lines of `text` and a label, which stands in the field `label` names; lines without either are refused one by
/// one.
pub fn read_facet_texts(lines: &str, label: &str) -> (Vec<FacetText>, Vec<LabelError>) {
    read_texts(lines, label, None)
}

/// The same for texts that a facet with these labels is judged by: lines with another label are refused as well, since
/// no such facet can read them right.
pub fn read_known_texts(lines: &str, label: &str, known: &[String]) -> (Vec<FacetText>, Vec<LabelError>) {
    read_texts(lines, label, Some(known))
}

fn read_texts(lines: &str, label: &str, known: Option<&[String]>) -> (Vec<FacetText>, Vec<LabelError>) {
    let mut texts = Vec::new();
    let mut errors = Vec::new();
    for (index, line) in lines
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
    {
        match read_line(line, label, known) {
            Ok(text) => texts.push(text),
            Err((field, reason)) => errors.push(LabelError {
                line: index + 1,
                field,
                reason,
            }),
        }
    }
    (texts, errors)
}

fn read_line(
    line: &str,
    label: &str,
    known: Option<&[String]>,
) -> Result<FacetText, (Option<String>, String)> {
    let row = object_of(line).map_err(|(_, reason)| (None, reason))?;
    let missing = |field: &str| {
        let reason = format!("is missing: every line needs `text` and `{label}`");
        (Some(field.to_owned()), reason)
    };
    let text = row.get("text").and_then(Value::as_str);
    let text = text.ok_or_else(|| missing("text"))?.to_owned();
    let wrong = |reason: String| (Some(label.to_owned()), reason);
    let found = match row.get(label) {
        Some(Value::String(found)) => found.clone(),
        Some(found @ (Value::Number(_) | Value::Bool(_))) => found.to_string(),
        Some(Value::Array(_) | Value::Object(_)) => {
            return Err(wrong("holds several: write one word or number".to_owned()));
        }
        _ => return Err(missing(label)),
    };
    match known {
        Some(known) if !known.contains(&found) => Err(wrong(none_of(&known.join(", ")))),
        _ => Ok(FacetText { text, label: found }),
    }
}

/// Learns a facet called `name`. `valid` chooses between a few settings and sets the temperature; without it, parts of
/// `texts` held out in turn do. `unlabeled` texts are learned from where the facet is sure of them, and only when that
/// does not hurt on the texts held out.
pub fn train_facet(
    name: &str,
    texts: &[FacetText],
    valid: &[FacetText],
    unlabeled: &[String],
) -> Result<Vec<u8>, TrainError> {
    let labels = labels_of(texts)?;
    let pupil = Pupil { name, labels };
    let (taught, judges) = match valid {
        [] => split(texts, HELD_OUT, 0),
        _ => (texts.iter().collect(), valid.iter().collect()),
    };
    let rows = pupil.rows_of(&taught);
    let setting = match valid {
        [] => choose_by_folds(&pupil, texts),
        _ => choose(|setting| quality(&pupil.learn(&rows, setting), &judges)),
    };
    let mut part = pupil.learn(&rows, setting);
    let mut guesses = Vec::new();
    if !unlabeled.is_empty() {
        let more = pupil.guesses(&part, unlabeled);
        let guessed = pupil.learn(&[rows, more.clone()].concat(), setting);
        if quality(&guessed, &judges) >= quality(&part, &judges) {
            (part, guesses) = (guessed, more);
        }
    }
    let temperature = temperature_for(&part, &judges);
    if taught.len() < texts.len() {
        let all: Vec<&FacetText> = texts.iter().collect();
        part = pupil.learn(&[pupil.rows_of(&all), guesses].concat(), setting);
    }
    part.temperature = temperature;
    Ok(part.to_bytes())
}

/// How well facets learned from these texts read texts that they have not learned from: every text is read once, by a
/// facet learned from the other folds. The dealing depends on the texts' order alone.
pub fn cross_validate(texts: &[FacetText], folds: usize) -> Result<FacetModelScore, TrainError> {
    let labels = labels_of(texts)?;
    let pupil = Pupil { name: "", labels };
    let setting = choose_by_folds(&pupil, texts);
    let mut named: Vec<(String, &str)> = Vec::with_capacity(texts.len());
    for fold in 0..folds {
        let (taught, left_out) = split(texts, folds, fold);
        let model = pupil.learn(&pupil.rows_of(&taught), setting);
        named.extend(
            left_out
                .into_iter()
                .map(|text| (model.predict(&text.text).0.to_owned(), text.label.as_str())),
        );
    }
    let pairs: Vec<(&str, &str)> = named
        .iter()
        .map(|(name, label)| (name.as_str(), *label))
        .collect();
    Ok(score_pairs(&pairs))
}

fn labels_of(texts: &[FacetText]) -> Result<Vec<String>, TrainError> {
    let labels: BTreeSet<&String> = texts.iter().map(|text| &text.label).collect();
    if (2..=MOST_VALUES).contains(&labels.len()) {
        Ok(labels.into_iter().cloned().collect())
    } else {
        Err(TrainError::Labels {
            found: labels.len(),
            most: MOST_VALUES,
        })
    }
}

/// How a facet is learned.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Setting {
    /// How strongly large weights are held back.
    ridge: f32,
    /// Whether a piece counts once in a text and by how rare it is.
    rarity: bool,
}

impl Setting {
    const fn counted(ridge: f32) -> Self {
        Self { ridge, rarity: false }
    }

    const fn by_rarity(ridge: f32) -> Self {
        Self { ridge, rarity: true }
    }
}

/// The setting under which quality is best, the first of equals; weighing by rarity must be better by more than chance.
fn choose(mut quality: impl FnMut(Setting) -> f64) -> Setting {
    let mut best = (f64::MIN, SETTINGS[0]);
    for setting in SETTINGS {
        let reached = quality(setting) - if setting.rarity { CHANCE } else { 0.0 };
        if reached > best.0 {
            best = (reached, setting);
        }
    }
    best.1
}

/// The setting that reads left-out texts best, over at most [`MOST_JUDGED`] texts.
fn choose_by_folds(pupil: &Pupil, texts: &[FacetText]) -> Setting {
    let step = texts.len().div_ceil(MOST_JUDGED).max(1);
    let some: Vec<FacetText> = texts.iter().step_by(step).cloned().collect();
    if some.len() < FEWEST_JUDGED {
        return SETTINGS[0];
    }
    choose(|setting| {
        let folds = (0..FOLDS).map(|fold| {
            let (taught, left_out) = split(&some, FOLDS, fold);
            quality(&pupil.learn(&pupil.rows_of(&taught), setting), &left_out)
        });
        folds.sum::<f64>() / FOLDS as f64
    })
}

/// The texts outside a fold and those in it.
fn split(texts: &[FacetText], folds: usize, fold: usize) -> (Vec<&FacetText>, Vec<&FacetText>) {
    let indexed = texts.iter().enumerate();
    let (inside, outside): (Vec<_>, Vec<_>) =
        indexed.partition(|(index, _)| (mix(*index as u64 ^ SEED) % folds as u64) as usize == fold);
    let plain = |part: Vec<(usize, _)>| part.into_iter().map(|(_, text)| text).collect();
    (plain(outside), plain(inside))
}

fn quality(model: &FacetModel, texts: &[&FacetText]) -> f64 {
    let pairs: Vec<(&str, &str)> = texts
        .iter()
        .map(|text| (model.predict(&text.text).0, text.label.as_str()))
        .collect();
    let score = score_pairs(&pairs);
    score.accuracy + score.macro_f1
}

/// The pieces of a text by the root of their number.
fn weigh_pieces(text: &str, once: bool) -> Vec<(u32, f32)> {
    let rows = rows_of(text, BITS, once);
    let unit = unit_of(rows.len());
    let runs = rows.chunk_by(|a, b| a == b);
    runs.map(|run| (run[0], run.len() as f32 * unit)).collect()
}

/// A text, its label's place and its weight.
type Row<'t> = (&'t str, u32, f32);

struct Pupil<'a> {
    name: &'a str,
    labels: Vec<String>,
}

impl Pupil<'_> {
    fn index(&self, label: &str) -> u32 {
        self.labels.iter().position(|known| known == label).unwrap_or(0) as u32
    }

    fn rows_of<'t>(&self, texts: &[&'t FacetText]) -> Vec<Row<'t>> {
        let row = |text: &&'t FacetText| (text.text.as_str(), self.index(&text.label), 1.0);
        texts.iter().map(row).collect()
    }

    fn learn(&self, rows: &[Row], setting: Setting) -> FacetModel {
        let pieces: Vec<Vec<(u32, f32)>> = rows
            .iter()
            .map(|(text, ..)| weigh_pieces(text, setting.rarity))
            .collect();
        let (mut matrix, buckets) = build_matrix(&pieces, 2, &[]);
        let rarities = match setting.rarity {
            true => matrix.rarities(),
            false => vec![1.0; buckets.len()],
        };
        matrix.scale(&rarities);
        let labels: Vec<u32> = rows.iter().map(|row| row.1).collect();
        let weights: Vec<f32> = rows.iter().map(|row| row.2).collect();
        let all: Vec<u32> = (0..rows.len() as u32).collect();
        let lesson = Lesson {
            rows: &all,
            labels: &labels,
            weights: &weights,
            choice: Choice::One,
            values: self.labels.len(),
            ridge: setting.ridge,
            patience: Patience {
                tolerance: 3e-3,
                least_gain: 1e-4,
                rounds: 200,
            },
        };
        let weights = fit(&matrix, &lesson);
        self.build(&rarities, &buckets, &weights, setting.rarity)
    }

    fn build(&self, rarities: &[f32], buckets: &[u32], weights: &Weights, once: bool) -> FacetModel {
        let count = self.labels.len();
        let mut cells = vec![0i8; count << BITS];
        let mut scales = Vec::with_capacity(count);
        for value in 0..count {
            let (scale, small) = quantize(
                rarities
                    .iter()
                    .enumerate()
                    .map(|(column, rarity)| weights.of(column)[value] * rarity),
            );
            for (&bucket, cell) in buckets.iter().zip(small) {
                cells[bucket as usize * count + value] = cell;
            }
            scales.push(scale);
        }
        FacetModel {
            name: self.name.to_owned(),
            labels: self.labels.clone(),
            bits: BITS,
            once,
            temperature: 1.0,
            scales,
            constants: weights.of(rarities.len()).to_vec(),
            cells,
        }
    }

    fn guesses<'u>(&self, model: &FacetModel, unlabeled: &'u [String]) -> Vec<Row<'u>> {
        let sure = unlabeled.iter().filter_map(|text| {
            let (label, p) = model.predict(text);
            (p >= SURE).then(|| (text.as_str(), self.index(label), GUESS_WEIGHT))
        });
        sure.take(MOST_GUESSES).collect()
    }
}

/// The temperature under which the labels of the judges are most probable.
fn temperature_for(model: &FacetModel, judges: &[&FacetText]) -> f32 {
    let scored: Vec<(Vec<f32>, usize)> = judges
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
    if scored.is_empty() {
        return 1.0;
    }
    let best = TEMPERATURES
        .into_iter()
        .min_by(|a, b| surprise(*a).total_cmp(&surprise(*b)));
    best.unwrap_or(1.0)
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
    fn a_damaged_model_is_refused_by_its_checksum() {
        let rows = texts(&[("退款到账慢", "钱"), ("快递太慢", "快递")].repeat(4));
        let bytes = train_facet("部门", &rows, &rows, &[]).unwrap();
        let whole = FacetModel::from_bytes(&bytes).unwrap();
        for place in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[place] ^= 1 << (place % 8);
            // A bit of the packing's header may mean nothing; what is loaded is then still the whole model.
            if let Ok(loaded) = FacetModel::from_bytes(&damaged) {
                assert!(loaded == whole, "byte {place}");
            }
        }
    }

    #[test]
    fn texts_are_judged_by_facets_that_have_not_seen_them() {
        let rows = texts(
            &[
                ("退款到账慢", "钱"),
                ("快递太慢", "快递"),
                ("退款没到账", "钱"),
                ("快递丢了", "快递"),
            ]
            .repeat(20),
        );
        assert_eq!(cross_validate(&rows, 5).unwrap().accuracy, 1.0);
        let alone: Vec<FacetText> = (0..60)
            .map(|index| FacetText {
                text: char::from_u32(0x4E00 + index * 7).unwrap().to_string(),
                label: (index % 2).to_string(),
            })
            .collect();
        assert!(cross_validate(&alone, 5).unwrap().accuracy < 0.7);
    }

    #[test]
    fn one_label_is_too_few() {
        let refused = train_facet("x", &texts(&[("a", "b")]), &[], &[]);
        assert_eq!(refused, Err(TrainError::Labels { found: 1, most: 128 }));
    }

    use crate::model::LoadError;

    #[test]
    fn bad_lines_are_named() {
        let (texts, errors) = read_facet_texts("{\"text\":\"a\",\"label\":1}\n{\"text\":\"b\"}\n", "label");
        assert_eq!((texts[0].label.as_str(), errors[0].line), ("1", 2));
        let lines = "{\"text\":\"a\",\"label\":\"钱\"}\n\n{\"text\":\"b\",\"label\":\"人\"}\n{\"text\":\"c\",\"label\":[\"钱\"]}\n";
        let (texts, errors) = read_known_texts(lines, "label", &["钱".to_owned(), "快递".to_owned()]);
        assert_eq!(texts.len(), 1);
        let told: Vec<String> = errors.iter().map(LabelError::to_string).collect();
        assert_eq!(
            told,
            [
                "line 3, field label: holds none of its values: write one of 钱, 快递",
                "line 4, field label: holds several: write one word or number"
            ]
        );
    }
}
