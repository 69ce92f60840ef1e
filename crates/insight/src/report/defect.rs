//! The batch that stands out among its product's complaints.

use domain::Bilingual;

use super::findings::{Finding, FindingKind, ReportOptions, by_day, names, number};
use crate::causes::{Basis, Batch, DefectCandidate, find_defects};
use crate::figure::Gap;
use crate::outbreak::ReportSet;

/// How far back batches are compared, in days.
const WINDOW_DAYS: i32 = 42;

pub(super) fn find(set: &ReportSet, options: &ReportOptions) -> Finding {
    let place_of = |name: &str| set.dimensions.iter().position(|dimension| dimension == name);
    let (Some(product), Some(batch)) = (place_of("product"), place_of("batch")) else {
        return none(
            Bilingual::new(
                "没有产品与批次，无法查缺陷批次",
                "Without product and batch no defect can be looked for",
            ),
            Gap::TooFew { have: 0, need: 1 },
        );
    };
    let inside = |place: &usize| {
        let back = i64::from(options.until) - i64::from(set.reports[*place].day);
        (0..i64::from(WINDOW_DAYS)).contains(&back)
    };
    let places: Vec<usize> = (0..set.reports.len()).filter(inside).collect();
    let value = |place: usize, dimension: usize| set.reports[place].values.get(dimension)?.as_deref();
    let batches: Vec<Batch<'_>> = places
        .iter()
        .filter_map(|place| {
            Some(Batch {
                product: value(*place, product)?,
                batch: value(*place, batch),
                text: &set.reports[*place].text,
            })
        })
        .collect();
    let found = find_defects(&batches, |_, _| None);
    let Some(first) = found.first() else {
        return none(
            Bilingual::new(
                "没有批次的投诉明显多于同产品其他批次",
                "No batch stands out among its product's complaints",
            ),
            Gap::NoVariation,
        );
    };
    let own = |place: &usize| {
        value(*place, product) == Some(&first.product) && value(*place, batch) == Some(&first.batch)
    };
    let own: Vec<usize> = places.into_iter().filter(own).collect();
    say(set, first, &own, options)
}

fn none(headline: Bilingual, gap: Gap) -> Finding {
    Finding {
        kind: FindingKind::Defect,
        headline,
        detail: gap.words(),
        figure: Err(gap),
        figure_is: figure_is(),
        quotes: Vec::new(),
        cases: Vec::new(),
        daily: Vec::new(),
    }
}

fn figure_is() -> Bilingual {
    Bilingual::new("实际件数为预期的倍数", "reports over expected")
}

fn say(set: &ReportSet, found: &DefectCandidate, own: &[usize], options: &ReportOptions) -> Finding {
    let DefectCandidate {
        product,
        batch,
        reports,
        of,
        ..
    } = found;
    let expected = number(found.expected);
    let (low, high) = found
        .ratio
        .map_or((0.0, 0.0), |ratio| (ratio.low(), ratio.high()));
    let (low, high) = (number(low), number(high));
    let words: Vec<&str> = found.phrases.iter().map(|phrase| phrase.words.as_str()).collect();
    let words = words.join(" / ");
    let basis = match found.basis {
        Basis::UnitsSold => Bilingual::new("按售出数量，", "By units sold,"),
        Basis::EqualBatches => Bilingual::new("若各批次售出一样多，", "Had all batches sold alike,"),
        Basis::OtherProducts => Bilingual::new(
            "按其他产品中单个批次的占比，",
            "By the share that a batch has among other products,",
        ),
    };
    Finding {
        kind: FindingKind::Defect,
        headline: Bilingual::new(
            format!("缺陷疑点：{product} 批次 {batch}，{of} 件投诉中占 {reports} 件"),
            format!("Defect candidate: {product}, batch {batch}, {reports} of its {of} complaints"),
        ),
        detail: Bilingual::new(
            format!(
                "{}应约 {expected} 件（倍数 95% 区间 {low}–{high}，校正后 p = {:.1e}）；突出说法：{words}。请向工厂核实，不是结论。",
                basis.zh, found.adjusted
            ),
            format!(
                "{} about {expected} were expected (95% interval of the ratio {low}–{high}, corrected p = {:.1e}); words \
                 that go with it: {words}. A question for the factory, not a verdict.",
                basis.en, found.adjusted
            ),
        ),
        figure: found.ratio,
        figure_is: figure_is(),
        quotes: own
            .iter()
            .take(2)
            .map(|place| set.reports[*place].text.clone())
            .collect(),
        cases: names(set, own.iter().rev().copied()),
        daily: by_day(set, own.iter().copied(), options.until, 42),
    }
}
