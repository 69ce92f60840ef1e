//! Defect candidates: a batch that draws more complaints than its share of the product's, with the words that go with
//! it. A candidate is a question to ask the factory, not a verdict.

use std::collections::BTreeMap;

use super::phrase::{Phrase, PhraseOptions, distinguish};
use super::units::UnitsSold;
use crate::dispersion::{at_least, poisson_interval};
use crate::figure::{Estimate, Figure};
use crate::gap::Gap;
use crate::rank::benjamini_hochberg;

/// The fewest reports of a candidate.
const FEWEST: usize = 5;
const Q: f64 = 0.05;

/// One report with its product and batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Batch<'t> {
    /// The product.
    pub product: &'t str,
    /// The batch, where one is named.
    pub batch: Option<&'t str>,
    /// The words.
    pub text: &'t str,
}

/// What the number of reports expected of a batch rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// Units sold.
    UnitsSold,
    /// All batches of the product taken to be as large.
    EqualBatches,
    /// The share that a batch has of other products' reports, since the product names no other batch.
    OtherProducts,
    /// Other products name no batch at all: what is expected is under half a report in all of theirs.
    NoOtherBatch,
}

/// A batch that stands out.
#[derive(Clone, Debug, PartialEq)]
pub struct DefectCandidate {
    /// The product.
    pub product: String,
    /// The batch.
    pub batch: String,
    /// Its reports.
    pub reports: usize,
    /// The product's reports.
    pub of: usize,
    /// How many were expected.
    pub expected: f64,
    /// What that rests on.
    pub basis: Basis,
    /// Reports over expected, with its 95 % interval; none where no other product names a batch to compare with.
    pub ratio: Figure,
    /// The probability of as many or more, corrected for the number of batches.
    pub adjusted: f64,
    /// The words that set it apart from the product's other reports.
    pub phrases: Vec<Phrase>,
}

/// Finds candidates by the units sold; where those do not know all batches of a product, they count as equally large; where
/// a single batch is named, it is compared with the batches of other products.
pub fn find_defects(reports: &[Batch<'_>], units: &UnitsSold) -> Vec<DefectCandidate> {
    let mut products: BTreeMap<&str, BTreeMap<Option<&str>, Vec<&str>>> = BTreeMap::new();
    for report in reports {
        let batches = products.entry(report.product).or_default();
        batches.entry(report.batch).or_default().push(report.text);
    }
    let named = |batches: &BTreeMap<Option<&str>, Vec<&str>>| batches.keys().flatten().count();
    // Reports without a batch only count where a single batch is named and its units are not known.
    for (product, batches) in &mut products {
        let first = batches.keys().flatten().next();
        let sold = first.and_then(|batch| units.share(product, batch, batches.keys().flatten().copied()));
        if named(batches) > 1 || sold.is_some() {
            batches.remove(&None);
        }
    }
    let mut found: Vec<(DefectCandidate, f64)> = Vec::new();
    let mut tests = 0;
    for (product, batches) in products.iter().filter(|(_, batches)| named(batches) > 0) {
        tests += named(batches);
        let usual = usual_share(&products, product);
        found.extend(batches.iter().filter_map(|(batch, texts)| {
            let batch = (*batch)?;
            candidate((product, batch), texts, batches, units, usual)
        }));
    }
    let p: Vec<f64> = found.iter().map(|(_, p)| *p).collect();
    let adjusted = benjamini_hochberg(&p, tests);
    let mut candidates: Vec<DefectCandidate> = found
        .into_iter()
        .zip(adjusted)
        .filter(|(_, adjusted)| *adjusted <= Q)
        .map(|((candidate, _), adjusted)| DefectCandidate {
            adjusted,
            ..candidate
        })
        .collect();
    candidates.sort_by(|a, b| a.adjusted.total_cmp(&b.adjusted).then(b.reports.cmp(&a.reports)));
    candidates
}

type Batches<'t> = BTreeMap<Option<&'t str>, Vec<&'t str>>;

/// The fewest reports of other products that a share is taken from.
const FEWEST_OTHERS: usize = 20;

/// The share that a batch has of the reports of other products, on average; where they name none, half a report.
fn usual_share(products: &BTreeMap<&str, Batches<'_>>, product: &str) -> Option<(f64, Basis)> {
    let others = || products.iter().filter(|(other, _)| **other != product);
    let of = |batches: &Batches<'_>| batches.values().map(Vec::len).sum::<usize>();
    let all: usize = others().map(|(_, batches)| of(batches)).sum();
    let shares: Vec<f64> = others()
        .flat_map(|(_, batches)| {
            let named = batches.iter().filter(|(batch, _)| batch.is_some());
            named.map(|(_, texts)| texts.len() as f64 / of(batches) as f64)
        })
        .collect();
    let least = 0.5 / (all as f64 + 1.0);
    let mean = shares.iter().sum::<f64>() / shares.len().max(1) as f64;
    let basis = if shares.is_empty() {
        Basis::NoOtherBatch
    } else {
        Basis::OtherProducts
    };
    (all >= FEWEST_OTHERS).then_some((mean.max(least), basis))
}

/// The share of the product's reports expected of a batch.
fn share_of(
    (product, batch): (&str, &str),
    batches: &Batches<'_>,
    units: &UnitsSold,
    usual: Option<(f64, Basis)>,
) -> Option<(f64, Basis)> {
    if let Some(share) = units.share(product, batch, batches.keys().flatten().copied()) {
        return Some((share, Basis::UnitsSold));
    }
    match batches.keys().flatten().count() {
        0 | 1 => usual,
        count => Some((1.0 / count as f64, Basis::EqualBatches)),
    }
}

fn candidate(
    (product, batch): (&str, &str),
    texts: &[&str],
    batches: &Batches<'_>,
    units: &UnitsSold,
    usual: Option<(f64, Basis)>,
) -> Option<(DefectCandidate, f64)> {
    let of: usize = batches.values().map(Vec::len).sum();
    let (share, basis) = share_of((product, batch), batches, units, usual)?;
    let (reports, expected) = (texts.len() as f64, of as f64 * share);
    if texts.len() < FEWEST || reports <= expected {
        return None;
    }
    let (low, high) = poisson_interval(reports);
    let others = batches.iter().filter(|(other, _)| **other != Some(batch));
    let others: Vec<&str> = others.flat_map(|(_, texts)| texts.iter().copied()).collect();
    let options = PhraseOptions {
        most: 5,
        ..PhraseOptions::default()
    };
    let candidate = DefectCandidate {
        product: product.to_owned(),
        batch: batch.to_owned(),
        reports: texts.len(),
        of,
        expected,
        basis,
        ratio: match basis {
            Basis::NoOtherBatch => Err(Gap::NothingBeside),
            _ => Estimate::new(reports / expected, low / expected, high / expected),
        },
        adjusted: 1.0,
        phrases: distinguish(texts, &others, &options).unwrap_or_default(),
    };
    Some((candidate, at_least(reports, expected, 1.0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reports(count: usize, batch: Option<&'static str>, text: &'static str) -> Vec<Batch<'static>> {
        let report = Batch {
            product: "充电宝",
            batch,
            text,
        };
        vec![report; count]
    }

    #[test]
    fn the_batch_that_swells() {
        let none = UnitsSold::default();
        let all = [
            reports(30, Some("A2307"), "外壳鼓包发烫"),
            reports(6, Some("A2308"), "充不进电"),
            reports(7, Some("A2309"), "送错颜色"),
        ]
        .concat();
        let found = find_defects(&all, &none);
        assert_eq!(found.len(), 1);
        let first = &found[0];
        assert_eq!((first.batch.as_str(), first.reports, first.of), ("A2307", 30, 43));
        assert!(first.basis == Basis::EqualBatches && first.ratio.unwrap().low() > 1.2);
        assert!(
            first.phrases.iter().any(|phrase| phrase.words.contains("鼓包")),
            "{:?}",
            first.phrases
        );
        // Five times as many sold explain five times as many complaints.
        let mut sold = UnitsSold::default();
        for (batch, units) in [("A2307", 5_000.0), ("A2308", 1_000.0), ("A2309", 1_000.0)] {
            assert!(sold.add("充电宝", batch, units));
        }
        assert!(find_defects(&all, &sold).is_empty());
        assert!(find_defects(&reports(30, None, "一"), &none).is_empty());
        // A quiet batch that sold nine times as many makes the single loud one stand out.
        let mut sold = UnitsSold::default();
        assert!(sold.add("充电宝", "A2307", 1_000.0) && sold.add("充电宝", "A2310", 9_000.0));
        let loud = find_defects(&all[..30], &sold);
        assert!(loud[0].basis == Basis::UnitsSold && (loud[0].expected - 3.0).abs() < 1e-9);
        // A single batch named among many products that name none.
        let other = Batch {
            product: "扫地机",
            batch: None,
            text: "按键失灵",
        };
        let single = [
            reports(30, Some("A2307"), "外壳鼓包发烫"),
            reports(60, None, "送错颜色"),
            vec![other; 300],
        ]
        .concat();
        let found = find_defects(&single, &none);
        assert_eq!((found.len(), found[0].basis), (1, Basis::NoOtherBatch));
        assert!(found[0].ratio.is_err());
        assert!(find_defects(&single[..90], &none).is_empty());
    }
}
