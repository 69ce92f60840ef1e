//! What most complaints of the period are about, and how that share moved.

use std::collections::BTreeMap;

use domain::Bilingual;

use super::findings::{Finding, FindingKind, ReportOptions, Scope, by_day, names, number, periods};
use super::outbreak::dimension_words;
use crate::compare::share_difference;
use crate::figure::{Estimate, Figure};
use crate::gap::Gap;
use crate::outbreak::ReportSet;

pub(super) fn find(set: &ReportSet, options: &ReportOptions) -> Finding {
    let (now, before) = periods(set, options);
    // The first dimension is what the reports are counted by first: the topic where there is one.
    let dimension = (0..set.dimensions.len()).find(|dimension| {
        let has = |place: &&usize| {
            set.reports[**place]
                .values
                .get(*dimension)
                .is_some_and(Option::is_some)
        };
        now.iter().filter(has).count() * 2 > now.len()
    });
    let Some(dimension) = dimension else {
        return none(if now.is_empty() {
            Gap::NoCases
        } else {
            Gap::NotNamed
        });
    };
    let counts = count(set, &now, dimension);
    let Some((value, places)) = counts
        .into_iter()
        .max_by(|a, b| a.1.len().cmp(&b.1.len()).then(b.0.cmp(a.0)))
    else {
        return none(Gap::NotNamed);
    };
    let earlier = count(set, &before, dimension)
        .remove(value)
        .map_or(0, |places| places.len());
    let share = Estimate::share(places.len(), now.len());
    let words = Words {
        dimension: set.dimensions[dimension].clone(),
        value: value.to_owned(),
        count: places.len(),
        all: now.len(),
    };
    Finding {
        kind: FindingKind::Share,
        headline: words.headline(),
        detail: words.detail(
            &share,
            Estimate::share(earlier, before.len()),
            &share_difference((places.len(), now.len()), (earlier, before.len())),
        ),
        figure: share.and_then(|share| share.times(100.0)),
        figure_is: Bilingual::new("占本期投诉的百分比", "percent of the period's complaints"),
        quotes: Vec::new(),
        cases: names(set, places.iter().rev().copied()),
        daily: by_day(set, places, options.until, options.days.clamp(14, 42)),
        scope: Scope {
            slice: vec![(words.dimension.clone(), words.value.clone())],
            words: None,
            from: Some(options.until.saturating_sub(options.days as i32 - 1)),
        },
    }
}

fn none(gap: Gap) -> Finding {
    Finding {
        kind: FindingKind::Share,
        headline: Bilingual::new(
            "本期投诉没有可比较的分类",
            "The period's complaints have no category to compare",
        ),
        detail: gap.words(),
        figure: Err(gap),
        figure_is: Bilingual::new("占本期投诉的百分比", "percent of the period's complaints"),
        quotes: Vec::new(),
        cases: Vec::new(),
        daily: Vec::new(),
        scope: Scope::default(),
    }
}

fn count<'s>(set: &'s ReportSet, places: &[usize], dimension: usize) -> BTreeMap<&'s str, Vec<usize>> {
    let mut counts: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for place in places {
        if let Some(Some(value)) = set.reports[*place].values.get(dimension) {
            counts.entry(value).or_default().push(*place);
        }
    }
    counts
}

struct Words {
    dimension: String,
    value: String,
    count: usize,
    all: usize,
}

impl Words {
    fn headline(&self) -> Bilingual {
        let Self {
            dimension,
            value,
            count,
            all,
        } = self;
        let dimension = dimension_words(dimension);
        Bilingual::new(
            format!("投诉最多的{}：{value}，{all} 件中 {count} 件", dimension.zh),
            format!("Most complaints by {}: {value}, {count} of {all}", dimension.en),
        )
    }

    fn detail(&self, now: &Figure, before: Figure, moved: &Figure) -> Bilingual {
        let percent = |share: &Estimate| {
            let [value, low, high] =
                [share.value(), share.low(), share.high()].map(|share| number(share * 100.0));
            format!("{value}% ({low}–{high}%)")
        };
        match (now, before) {
            (Ok(now), Ok(before)) => {
                let (now, before) = (percent(now), percent(&before));
                let (zh, en) =
                    moved
                        .as_ref()
                        .map_or(("差异无法计算", "the difference cannot be told"), |moved| match (
                            moved.low() > 0.0,
                            moved.high() < 0.0,
                        ) {
                            (true, _) => (
                                "占比确有上升（两期之差的 95% 区间不含 0）",
                                "the share rose (the 95% interval of the difference leaves out 0)",
                            ),
                            (_, true) => (
                                "占比确有下降（两期之差的 95% 区间不含 0）",
                                "the share fell (the 95% interval of the difference leaves out 0)",
                            ),
                            _ => (
                                "两期之差的 95% 区间含 0，看不出变化",
                                "the 95% interval of the difference holds 0: no change is shown",
                            ),
                        });
                Bilingual::new(
                    format!(
                        "占 {now}，上期 {before}；括号内为 95% 区间，{zh}。挑的是本期最多的一类，本身就偏高，上升要看下一期。"
                    ),
                    format!(
                        "{now}, before {before}; 95% intervals in brackets, {en}. The largest of this period was picked, which leans high by itself: look at the next period before believing a rise."
                    ),
                )
            }
            (Ok(now), Err(_)) => Bilingual::new(
                format!("占 {}；上期没有数据可比。", percent(now)),
                format!("{}; nothing before to compare with.", percent(now)),
            ),
            (Err(gap), _) => gap.words(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlapping_intervals_may_still_show_a_change() {
        let words = Words {
            dimension: "topic".into(),
            value: "service".into(),
            count: 60,
            all: 100,
        };
        let shares = [(60, 100), (45, 100)];
        let [now, before] = shares.map(|(part, whole)| Estimate::share(part, whole));
        let (low, high) = (now.unwrap().low(), before.unwrap().high());
        assert!(low < high, "the intervals overlap");
        let detail = words.detail(&now, before, &share_difference(shares[0], shares[1]));
        assert!(detail.en.contains("the share rose"), "{detail:?}");
        assert!(detail.en.contains("leans high"), "{detail:?}");
    }
}
