//! A facet of an organization's own: one label per text, read from word pieces beside the built-in facets.

use crate::gram::Letters;
use crate::learn::FacetText;
use crate::model::{LoadError, Reader, Writer, pack, unit_of, unpack};

/// The first bytes of every facet model; another letter since a piece counts once in a text.
const MARK: &[u8; 8] = b"TINGSU-G";

/// The model of one facet.
#[derive(Clone, Debug, PartialEq)]
pub struct FacetModel {
    pub(crate) name: String,
    pub(crate) labels: Vec<String>,
    pub(crate) bits: u32,
    /// Whether a piece counts once in a text, however often it stands there.
    pub(crate) once: bool,
    /// Divides the scores, so that probabilities are neither bold nor shy.
    pub(crate) temperature: f32,
    pub(crate) scales: Vec<f32>,
    pub(crate) constants: Vec<f32>,
    /// One row of whole numbers per bucket, one for each label.
    pub(crate) cells: Vec<i8>,
}

/// How well a facet model reads labeled texts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FacetModelScore {
    /// The share of texts with the right label.
    pub accuracy: f64,
    /// The mean of the labels' F1.
    pub macro_f1: f64,
}

impl FacetModel {
    /// The model in these bytes.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, LoadError> {
        let body = unpack(MARK, bytes)?;
        let mut body = Reader(&body);
        let name = body.words()?;
        let (bits, count) = (body.number()?, body.number()? as usize);
        if bits > 20 || count > crate::learn::MOST_VALUES {
            return Err(LoadError::Damaged(format!(
                "its sizes are {bits} bits, {count} labels"
            )));
        }
        let labels: Result<Vec<String>, LoadError> = (0..count).map(|_| body.words()).collect();
        Ok(Self {
            name,
            labels: labels?,
            bits,
            once: body.number()? == 1,
            temperature: body.row::<1>()?[0],
            scales: body.floats(count)?,
            constants: body.floats(count)?,
            cells: body.cells(count << bits)?,
        })
    }

    /// The model as bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut body = Writer::default();
        body.words(&self.name);
        body.number(self.bits);
        body.number(self.labels.len() as u32);
        for label in &self.labels {
            body.words(label);
        }
        body.number(u32::from(self.once));
        body.floats(&[self.temperature]);
        body.floats(&self.scales);
        body.floats(&self.constants);
        body.cells(self.cells.iter().copied());
        pack(MARK, &body.0)
    }

    /// What the facet is called.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The labels it can give.
    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// The label of a text and its probability, 0–1. Never fails.
    pub fn predict(&self, text: &str) -> (&str, f32) {
        let scores = self.score(text);
        let (best, top) = best_of(&scores);
        let sum: f32 = scores
            .iter()
            .map(|score| libm::expf((score - top) / self.temperature))
            .sum();
        (
            self.labels.get(best).map_or("", String::as_str),
            1.0 / sum.max(1.0),
        )
    }

    /// How well it reads labeled texts; a label it does not know counts as missed.
    pub fn evaluate(&self, texts: &[FacetText]) -> FacetModelScore {
        let pairs = texts
            .iter()
            .map(|text| (self.predict(&text.text).0, text.label.as_str()));
        score_pairs(&pairs.collect::<Vec<_>>())
    }

    pub(crate) fn score(&self, text: &str) -> Vec<f32> {
        let rows = rows_of(text, self.bits, self.once);
        let count = self.labels.len();
        let mut sums = vec![0i32; count];
        for &row in &rows {
            let cells = &self.cells[row as usize * count..][..count];
            for (sum, &cell) in sums.iter_mut().zip(cells) {
                *sum += i32::from(cell);
            }
        }
        let unit = unit_of(rows.len());
        let parts = sums.into_iter().zip(&self.scales).zip(&self.constants);
        parts
            .map(|((sum, scale), constant)| constant + scale * unit * sum as f32)
            .collect()
    }
}

/// The row of every piece of a text, in order; each but once when asked so.
pub(crate) fn rows_of(text: &str, bits: u32, once: bool) -> Vec<u32> {
    let mut rows = Letters::of(&text::read(text)).rows(bits);
    rows.sort_unstable();
    if once {
        rows.dedup();
    }
    rows
}

pub(crate) fn best_of(scores: &[f32]) -> (usize, f32) {
    let mut best = (0, f32::MIN);
    for (index, &score) in scores.iter().enumerate() {
        if score > best.1 {
            best = (index, score);
        }
    }
    best
}

/// Accuracy and macro-F1 of (named, labeled) pairs.
pub(crate) fn score_pairs(pairs: &[(&str, &str)]) -> FacetModelScore {
    let mut labels: Vec<&str> = pairs.iter().map(|(_, label)| *label).collect();
    labels.sort_unstable();
    labels.dedup();
    let f1 = labels.iter().map(|label| {
        let named = pairs.iter().filter(|(name, _)| name == label).count();
        let labeled = pairs.iter().filter(|(_, gold)| gold == label).count();
        let both = pairs
            .iter()
            .filter(|(name, gold)| name == label && gold == label)
            .count();
        2.0 * both as f64 / (named + labeled) as f64
    });
    let right = pairs.iter().filter(|(name, gold)| name == gold).count();
    FacetModelScore {
        accuracy: right as f64 / pairs.len().max(1) as f64,
        macro_f1: f1.sum::<f64>() / labels.len().max(1) as f64,
    }
}
