//! Pain points of range and policy (F4): products whose complaints are about prices, fees and rules, or about what was not
//! to be had, more often than those of other products are.

use std::collections::BTreeMap;

use statrs::distribution::{Discrete, Hypergeometric};

use super::phrase::{Phrase, PhraseOptions, distinguish};
use crate::figure::{Estimate, Figure};
use crate::gap::{Counted, Gap};
use crate::rank::benjamini_hochberg;

/// The fewest complaints of a pain point.
const FEWEST: usize = 5;
/// The fewest complaints with a product.
const FEWEST_CASES: usize = 20;
const Q: f64 = 0.05;

/// What customers say of a range that lacks what they want: stock, choice, sizes.
pub const RANGE_WORDS: [&str; 16] = [
    "缺货",
    "断货",
    "没货",
    "无货",
    "补货",
    "售罄",
    "卖完",
    "买不到",
    "抢不到",
    "约不上",
    "没有号",
    "尺码",
    "断码",
    "选择少",
    "款式少",
    "没得选",
];

/// What hurts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PainKind {
    /// Prices, fees, rules, terms or promotions: the subject "policy" of the complaint.
    Policy,
    /// Stock, choice or sizes: a word of the range.
    Range(&'static str),
}

impl PainKind {
    /// The key that files and programs see.
    pub fn key(self) -> &'static str {
        match self {
            Self::Policy => "policy",
            Self::Range(_) => "range",
        }
    }
}

/// A complaint about a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProductCase<'t> {
    /// The product.
    pub product: &'t str,
    /// Whether its subject is policy.
    pub policy: bool,
    /// The words.
    pub text: &'t str,
}

/// A product whose complaints are about its range or its rules beyond their expected share.
#[derive(Clone, Debug, PartialEq)]
pub struct PainPoint {
    /// What hurts.
    pub kind: PainKind,
    /// The product.
    pub product: String,
    /// The places of the complaints about it.
    pub cases: Vec<usize>,
    /// The product's complaints.
    pub of: usize,
    /// Their share of the product's complaints, 0–1, with its 95 % interval.
    pub share: Figure,
    /// The share among the complaints about other products, 0–1.
    pub elsewhere: f64,
    /// The probability of as many or more if the product were like the others, corrected for all products and kinds.
    pub adjusted: f64,
    /// The words that set them apart from the product's other complaints.
    pub phrases: Vec<Phrase>,
}

/// Finds pain points, the surest first: each product and kind against all other products by the exact law of a table of
/// two by two (Fisher 1922, one side), corrected after Benjamini and Hochberg.
///
/// # Errors
/// When too few complaints name a product, or only one product is named.
pub fn find_pains(cases: &[ProductCase<'_>]) -> Result<Vec<PainPoint>, Gap> {
    if cases.len() < FEWEST_CASES {
        return Err(Gap::TooFew {
            of: Counted::Cases,
            have: cases.len(),
            need: FEWEST_CASES,
        });
    }
    let mut products: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (place, case) in cases.iter().enumerate() {
        products.entry(case.product).or_default().push(place);
    }
    if products.len() < 2 {
        return Err(Gap::NothingBeside);
    }
    let kinds = std::iter::once(PainKind::Policy).chain(RANGE_WORDS.map(PainKind::Range));
    let mut tests = 0;
    let mut found: Vec<(PainPoint, f64)> = Vec::new();
    for kind in kinds {
        let says: Vec<bool> = cases.iter().map(|case| is_about(case, kind)).collect();
        let all = says.iter().filter(|says| **says).count();
        if all == 0 {
            continue;
        }
        tests += products.len();
        for (product, places) in &products {
            let own: Vec<usize> = places.iter().copied().filter(|place| says[*place]).collect();
            if own.len() < FEWEST {
                continue;
            }
            let p = as_many(own.len(), places.len(), all, cases.len());
            let point = PainPoint {
                kind,
                product: (*product).to_owned(),
                of: places.len(),
                share: Estimate::share(own.len(), places.len()),
                elsewhere: (all - own.len()) as f64 / (cases.len() - places.len()) as f64,
                adjusted: 1.0,
                phrases: Vec::new(),
                cases: own,
            };
            if is_more(&point) {
                found.push((point, p));
            }
        }
    }
    let p: Vec<f64> = found.iter().map(|(_, p)| *p).collect();
    let adjusted = benjamini_hochberg(&p, tests);
    let mut points: Vec<PainPoint> = found
        .into_iter()
        .zip(adjusted)
        .filter(|(_, adjusted)| *adjusted <= Q)
        .map(|((point, _), adjusted)| PainPoint {
            adjusted,
            phrases: words_of(cases, &products, &point),
            ..point
        })
        .collect();
    points.sort_by(|a, b| {
        a.adjusted
            .total_cmp(&b.adjusted)
            .then(b.cases.len().cmp(&a.cases.len()))
    });
    Ok(points)
}

fn is_about(case: &ProductCase<'_>, kind: PainKind) -> bool {
    match kind {
        PainKind::Policy => case.policy,
        PainKind::Range(word) => case.text.contains(word),
    }
}

fn is_more(point: &PainPoint) -> bool {
    point.share.is_ok_and(|share| share.value() > point.elsewhere)
}

/// The probability of `own` or more of the `part` among `drawn` of the `whole`.
fn as_many(own: usize, drawn: usize, part: usize, whole: usize) -> f64 {
    let Ok(law) = Hypergeometric::new(whole as u64, part as u64, drawn as u64) else {
        return 1.0;
    };
    // In logarithms, for the binomials of a thousand leave the range of numbers.
    let tail = (own..=part.min(drawn)).map(|count| law.ln_pmf(count as u64).exp());
    tail.sum::<f64>().min(1.0)
}

fn words_of(
    cases: &[ProductCase<'_>],
    products: &BTreeMap<&str, Vec<usize>>,
    point: &PainPoint,
) -> Vec<Phrase> {
    let all = products
        .get(point.product.as_str())
        .map_or(&[][..], Vec::as_slice);
    let (here, there): (Vec<usize>, Vec<usize>) = all
        .iter()
        .copied()
        .partition(|place| point.cases.binary_search(place).is_ok());
    let texts = |places: &[usize]| -> Vec<&str> { places.iter().map(|place| cases[*place].text).collect() };
    let options = PhraseOptions {
        most: 5,
        ..PhraseOptions::default()
    };
    distinguish(&texts(&here), &texts(&there), &options).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cases(
        product: &'static str,
        count: usize,
        policy: bool,
        text: &'static str,
    ) -> Vec<ProductCase<'static>> {
        let case = ProductCase {
            product,
            policy,
            text,
        };
        vec![case; count]
    }

    #[test]
    fn a_product_with_dear_rules_and_one_without_stock() {
        let all = [
            cases("会员卡", 24, true, "退卡要扣一半手续费"),
            cases("会员卡", 16, false, "前台没人"),
            cases("服饰", 12, false, "尺码总是断货"),
            cases("服饰", 40, false, "开线了"),
            cases("外卖", 60, false, "送错了"),
            cases("外卖", 6, true, "配送费涨价"),
        ]
        .concat();
        let found = find_pains(&all).unwrap();
        let named: Vec<(&str, PainKind)> = found.iter().map(|one| (one.product.as_str(), one.kind)).collect();
        assert_eq!(named[0], ("会员卡", PainKind::Policy));
        assert!(named.contains(&("服饰", PainKind::Range("断货"))), "{named:?}");
        assert!(!named.iter().any(|(product, _)| *product == "外卖"), "{named:?}");
        let first = &found[0];
        assert_eq!((first.cases.len(), first.of), (24, 40));
        assert!((first.elsewhere - 6.0 / 118.0).abs() < 1e-12);
        assert!(first.share.unwrap().low() > first.elsewhere && first.adjusted < 1e-6);
        assert!(
            first.phrases.iter().any(|one| one.words.contains("手续费")),
            "{:?}",
            first.phrases
        );
        assert!(all[first.cases[0]].policy);
    }

    #[test]
    fn the_tail_is_exact() {
        // By hand: the sum of C(7, k) C(13, 8 - k) / C(20, 8) for k of 5, 6 and 7, as R's fisher.test gives one-sided.
        assert!(
            (as_many(5, 8, 7, 20) - 0.052_115_583).abs() < 1e-8,
            "{}",
            as_many(5, 8, 7, 20)
        );
        assert!(as_many(0, 8, 7, 20) > 1.0 - 1e-9 && as_many(0, 8, 0, 20) > 1.0 - 1e-9);
    }

    #[test]
    fn like_products_have_none() {
        // 200 desks of five products alike: few name anything.
        let mut state = 88_172_645_463_325_252_u64;
        let mut share = move || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 11) as f64 / (1u64 << 53) as f64
        };
        let products = ["一", "二", "三", "四", "五"];
        let alarms = (0..200).filter(|_| {
            let all: Vec<ProductCase<'_>> = (0..200)
                .map(|place| ProductCase {
                    product: products[place % 5],
                    policy: share() < 0.2,
                    text: if share() < 0.1 { "又缺货" } else { "送慢了" },
                })
                .collect();
            !find_pains(&all).unwrap().is_empty()
        });
        let alarms = alarms.count();
        assert!(alarms <= 16, "{alarms} of 200");
        assert!(matches!(find_pains(&[]), Err(Gap::TooFew { .. })));
        let one = cases("一", 30, true, "涨价");
        assert_eq!(find_pains(&one), Err(Gap::NothingBeside));
    }
}
