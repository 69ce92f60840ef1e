//! The surest outbreak of the period, or that there is none.

use domain::Bilingual;

use super::findings::{Finding, FindingKind, ReportOptions, Scope, by_day, chance, names, number};
use crate::days::date_words;
use crate::gap::Gap;
use crate::outbreak::{Outbreak, ReportSet, ScanOptions, Scanned, Slice, scan};

/// How far back the chart goes, in days.
const CHART_DAYS: usize = 42;

pub(super) fn find(set: &ReportSet, options: &ReportOptions) -> Finding {
    let scanned = scan(
        set,
        &ScanOptions {
            q: options.q,
            method: options.method,
            ..ScanOptions::usual(options.until)
        },
    );
    match scanned.outbreaks.first() {
        Some(outbreak) => found(set, outbreak, &scanned, options),
        None => none(&scanned),
    }
}

fn none(scanned: &Scanned) -> Finding {
    let tests = scanned.tests;
    let judged = tests - scanned.not_judged;
    let reason = scanned.reason.filter(|_| judged == 0);
    Finding {
        kind: FindingKind::Outbreak,
        headline: match reason {
            Some(_) => Bilingual::new(
                "无法判断是否有突发",
                "Whether there is an outbreak cannot be told",
            ),
            None => Bilingual::new("没有发现超出偶然的突发", "No rise beyond chance was found"),
        },
        detail: match reason {
            Some(gap) => gap.words(),
            None => Bilingual::new(
                format!(
                    "检验了 {judged} 个切片（{} 周历史）。没有发现不等于没有。",
                    scanned.blocks
                ),
                format!(
                    "{judged} slices were tested over {} weeks. Finding none does not prove that there is none.",
                    scanned.blocks
                ),
            ),
        },
        figure: Err(reason.unwrap_or(Gap::NothingFound)),
        figure_is: Bilingual::new("超出预期的件数", "reports beyond what was expected"),
        quotes: Vec::new(),
        cases: Vec::new(),
        daily: Vec::new(),
        scope: Scope::default(),
    }
}

/// A slice in words: its values, with the names of its dimensions.
fn slice_words(set: &ReportSet, slice: &Slice) -> Bilingual {
    let values: Vec<Bilingual> = slice
        .iter()
        .map(|(dimension, value)| {
            let name = dimension_words(set.dimensions.get(*dimension).map_or("", String::as_str));
            Bilingual::new(format!("{} {value}", name.zh), format!("{} {value}", name.en))
        })
        .collect();
    if values.is_empty() {
        return Bilingual::new("全部投诉", "all complaints");
    }
    let join = |pick: fn(&Bilingual) -> &str| values.iter().map(pick).collect::<Vec<_>>().join(" · ");
    Bilingual::new(join(|words| &words.zh), join(|words| &words.en))
}

fn named_slice(set: &ReportSet, slice: &Slice) -> Vec<(String, String)> {
    let name = |dimension: &usize| set.dimensions.get(*dimension).cloned().unwrap_or_default();
    let values = slice
        .iter()
        .map(|(dimension, value)| (name(dimension), value.clone()));
    values.collect()
}

/// The name of a dimension; one's own columns keep theirs.
pub(super) fn dimension_words(name: &str) -> Bilingual {
    let zh = match name {
        "topic" => "主题",
        "product" => "产品",
        "site" => "门店",
        "batch" => "批次",
        own => own,
    };
    Bilingual::new(zh, name)
}

fn found(set: &ReportSet, outbreak: &Outbreak, scanned: &Scanned, options: &ReportOptions) -> Finding {
    let Bilingual { zh, en } = slice_words(set, &outbreak.alarm.slice);
    let since = date_words(options.until.saturating_sub(outbreak.onset.days_back as i32));
    let (reports, expected) = (number(outbreak.onset.reports), number(outbreak.onset.expected));
    let quote = |place: &usize| set.reports[*place].text.clone();
    Finding {
        kind: FindingKind::Outbreak,
        headline: Bilingual::new(
            format!("突发：{zh}，自 {since} 起 {reports} 件，平时约 {expected} 件"),
            format!("Outbreak: {en}, {reports} reports since {since} where about {expected} are usual"),
        ),
        detail: detail(outbreak, scanned, options),
        figure: outbreak.onset.excess,
        figure_is: Bilingual::new("超出预期的件数", "reports beyond what was expected"),
        quotes: outbreak.typical.iter().map(quote).collect(),
        cases: names(
            set,
            outbreak
                .first
                .iter()
                .copied()
                .chain(outbreak.reports.iter().rev().copied()),
        ),
        daily: by_day(set, outbreak.reports.iter().copied(), options.until, CHART_DAYS),
        scope: Scope {
            slice: named_slice(set, &outbreak.alarm.slice),
            words: None,
            from: Some(options.until.saturating_sub(outbreak.onset.days_back as i32)),
        },
    }
}

fn detail(outbreak: &Outbreak, scanned: &Scanned, options: &ReportOptions) -> Bilingual {
    let (low, high) = outbreak
        .onset
        .excess
        .map_or((0.0, 0.0), |excess| (excess.low(), excess.high()));
    let (low, high) = (number(low), number(high));
    let herd = &outbreak.herd;
    let (independent, compared) = (herd.independent(), herd.compared);
    let q = options.q * 100.0;
    let p = chance(outbreak.alarm.adjusted);
    let others = scanned.outbreaks.len() - 1;
    Bilingual::new(
        format!(
            "超出预期的件数 95% 区间 {low}–{high}；{compared} 份文本中 {independent} 份为独立措辞。检验 {} 个切片，校正后 \
             p {p}，允许误报比例 {q:.0}%。另有 {others} 处突发。",
            scanned.tests
        ),
        format!(
            "95% interval of the excess {low}–{high}; {independent} of {compared} texts are independently worded. \
             {} slices tested, corrected p {p}, accepted share of false alarms {q:.0}%. {others} more {}.",
            scanned.tests,
            if others == 1 { "outbreak" } else { "outbreaks" }
        ),
    )
}
