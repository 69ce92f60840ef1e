//! What the period says that was not said before.

use domain::Bilingual;

use super::findings::{Finding, FindingKind, ReportOptions, Scope, by_day, names, number};
use crate::causes::{PhraseOptions, Rising, find_rising};
use crate::gap::Gap;
use crate::outbreak::ReportSet;

/// How many phrases are named.
const NAMED: usize = 5;

pub(super) fn find(set: &ReportSet, options: &ReportOptions) -> Finding {
    let texts: Vec<(i32, &str)> = set
        .reports
        .iter()
        .map(|report| (report.day, report.text.as_str()))
        .collect();
    let phrases = PhraseOptions {
        most: NAMED,
        ..PhraseOptions::default()
    };
    let found = find_rising(&texts, options.until, options.days as i32, &phrases);
    match &found {
        Ok(rising) if !rising.is_empty() => say(set, rising, options),
        Ok(_) => nothing(
            Bilingual::new("没有新出现或明显上升的说法", "No words are new or clearly rising"),
            Gap::NothingFound,
        ),
        Err(gap) => nothing(Bilingual::new("无法比较措辞", "Words cannot be compared"), *gap),
    }
}

fn nothing(headline: Bilingual, gap: Gap) -> Finding {
    Finding {
        kind: FindingKind::Words,
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
    Bilingual::new("第一个说法的优势比", "odds ratio of the first phrase")
}

fn say(set: &ReportSet, rising: &[Rising], options: &ReportOptions) -> Finding {
    let first = &rising[0].phrase;
    let named: Vec<String> = rising
        .iter()
        .map(|one| format!("「{}」", one.phrase.words))
        .collect();
    let news = rising.iter().filter(|one| one.new).count();
    let from = options.until.saturating_sub(options.days as i32 - 1);
    let holds = |place: &usize| {
        let report = &set.reports[*place];
        report.day <= options.until && report.text.to_lowercase().contains(&first.words)
    };
    let places: Vec<usize> = (0..set.reports.len()).filter(holds).collect();
    let newest = places
        .iter()
        .copied()
        .filter(|place| set.reports[*place].day >= from);
    let newest: Vec<usize> = newest.collect();
    let interval = first.ratio.map_or_else(
        |gap| gap.words(),
        |ratio| {
            let (value, low, high) = (number(ratio.value()), number(ratio.low()), number(ratio.high()));
            Bilingual::new(
                format!("优势比 {value}（95% 区间 {low}–{high}）"),
                format!("odds ratio {value} (95% interval {low}–{high})"),
            )
        },
    );
    Finding {
        kind: FindingKind::Words,
        headline: Bilingual::new(
            format!("本期新出现或上升的说法：{}", named.join("")),
            format!("New or rising words: {}", named.join(", ")),
        ),
        detail: Bilingual::new(
            format!(
                "「{}」本期 {} 份、此前 {} 份，{}；其中 {news} 个此前从未出现。词语指向线索，不等于原因。",
                first.words, first.here, first.there, interval.zh
            ),
            format!(
                "“{}”: {} texts in the period, {} before, {}; {news} of the phrases were never seen before. Words point \
                 to a lead, they are not the cause.",
                first.words, first.here, first.there, interval.en
            ),
        ),
        figure: first.ratio,
        figure_is: figure_is(),
        quotes: newest
            .iter()
            .take(2)
            .map(|place| set.reports[*place].text.clone())
            .collect(),
        cases: names(set, newest.iter().copied()),
        daily: by_day(set, places, options.until, 42),
        scope: Scope {
            slice: Vec::new(),
            words: Some(first.words.clone()),
            from: Some(from),
        },
    }
}
