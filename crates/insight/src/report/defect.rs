//! The batch that stands out among its product's complaints.

use domain::Bilingual;

use super::findings::{Finding, FindingKind, ReportOptions, Scope, by_day, chance, names, number};
use crate::causes::{Basis, Batch, DefectCandidate, UnitsSold, find_defects};
use crate::gap::Gap;
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
            Gap::NotNamed,
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
    let found = find_defects(&batches, &UnitsSold::default());
    let Some(first) = found.first() else {
        return none(
            Bilingual::new(
                "没有批次的投诉明显多于同产品其他批次",
                "No batch stands out among its product's complaints",
            ),
            Gap::NothingFound,
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
        scope: Scope::default(),
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
    let words: Vec<&str> = found.phrases.iter().map(|phrase| phrase.words.as_str()).collect();
    let words = match words.join(" / ") {
        none if none.is_empty() => Bilingual::default(),
        words => Bilingual::new(
            format!("；突出说法：{words}"),
            format!("; words that go with it: {words}"),
        ),
    };
    let basis = basis_words(found);
    let interval = found.ratio.map_or_else(
        |_| Bilingual::default(),
        |ratio| {
            let (low, high) = (number(ratio.low()), number(ratio.high()));
            Bilingual::new(
                format!("，倍数 95% 区间 {low}–{high}"),
                format!(", 95% interval of the ratio {low}–{high}"),
            )
        },
    );
    let p = chance(found.adjusted);
    Finding {
        kind: FindingKind::Defect,
        headline: Bilingual::new(
            format!("缺陷疑点：{product} 批次 {batch}，{of} 件投诉中占 {reports} 件"),
            format!("Defect candidate: {product}, batch {batch}, {reports} of its {of} complaints"),
        ),
        detail: Bilingual::new(
            format!(
                "{}{}（校正后 p {p}）{}。请向工厂核实，不是结论。",
                basis.zh, interval.zh, words.zh
            ),
            format!(
                "{}{} (corrected p {p}){}. A question for the factory, not a verdict.",
                basis.en, interval.en, words.en
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
        scope: Scope {
            slice: vec![
                ("product".to_owned(), product.clone()),
                ("batch".to_owned(), batch.clone()),
            ],
            words: None,
            from: Some(options.until.saturating_sub(WINDOW_DAYS - 1)),
        },
    }
}

/// What the number of reports expected rests on.
fn basis_words(found: &DefectCandidate) -> Bilingual {
    let expected = number(found.expected);
    match found.basis {
        Basis::UnitsSold => Bilingual::new(
            format!("按售出数量应约 {expected} 件"),
            format!("About {expected} were expected by units sold"),
        ),
        Basis::EqualBatches => Bilingual::new(
            format!("若各批次售出一样多，应约 {expected} 件"),
            format!("Had all batches sold alike, about {expected} were expected"),
        ),
        Basis::OtherProducts => Bilingual::new(
            format!("按其他产品中单个批次的占比，应约 {expected} 件"),
            format!("By the share that a batch has among other products, about {expected} were expected"),
        ),
        Basis::NoOtherBatch => Bilingual::new(
            "其他产品的投诉没有点名任何批次，倍数无从算起",
            "The complaints of other products name no batch, so there is no ratio to give",
        ),
    }
}
