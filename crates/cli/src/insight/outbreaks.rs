//! `tingsu insight outbreaks`: rises of topic, place and product beyond chance.

use clap::ValueEnum;
use insight::date_words;
use insight::outbreak::{MethodName, Outbreak, ReportSet, ScanOptions, Scanned, Slice, scan};
use serde_json::{Value, json};

use super::columns::{ReportArgs, Reports};
use super::show::{ShowArgs, brief, cut, percent, print_json, print_table};
use crate::exit::{Done, Ended, Failure, usage};
use crate::output::say;

/// Names of tests.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum MethodArg {
    /// Farrington–Noufaily where three years are there, else the weeks just before
    Auto,
    /// The weeks just before
    Recent,
    /// Farrington 1996
    Farrington,
    /// Noufaily 2013
    Noufaily,
    /// EARS C1
    EarsC1,
    /// EARS C2
    EarsC2,
    /// EARS C3
    EarsC3,
}

impl From<MethodArg> for MethodName {
    fn from(method: MethodArg) -> Self {
        match method {
            MethodArg::Auto => Self::Auto,
            MethodArg::Recent => Self::Recent,
            MethodArg::Farrington => Self::Farrington,
            MethodArg::Noufaily => Self::Noufaily,
            MethodArg::EarsC1 => Self::Ears(1),
            MethodArg::EarsC2 => Self::Ears(2),
            MethodArg::EarsC3 => Self::Ears(3),
        }
    }
}

/// Rises of topic, place and product beyond chance
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(flatten)]
    reports: ReportArgs,
    /// The test
    #[arg(long, default_value = "auto", value_name = "METHOD")]
    method: MethodArg,
    /// The share of false outbreaks accepted among those named
    #[arg(long, default_value_t = 0.05, value_name = "Q")]
    q: f64,
    /// The days of a block; 7 takes the week's rhythm out
    #[arg(long, default_value_t = 7, value_name = "DAYS", value_parser = clap::value_parser!(u16).range(1..=92))]
    block: u16,
    /// The fewest reports of the newest block that may be an outbreak
    #[arg(long, default_value_t = 3, value_name = "N")]
    least: usize,
    #[command(flatten)]
    show: ShowArgs,
}

/// Runs the command.
pub(crate) fn run(args: &Args) -> Ended {
    if !(args.q > 0.0 && args.q < 1.0) {
        return Err(usage("--q must lie between 0 and 1"));
    }
    let table = args.show.wants_table()?;
    let reports = args.reports.read()?;
    let options = ScanOptions {
        until: reports.until,
        block_days: usize::from(args.block),
        q: args.q,
        least: args.least,
        method: args.method.into(),
    };
    let scanned = scan(&reports.set, &options);
    if table {
        print(&args.show, &reports, &scanned)?;
    } else {
        print_json(&object(&args.show, &reports, &scanned, args.q))?;
    }
    Ok(Done::Partly {
        refused: reports.refused,
    })
}

/// A slice in words.
pub(super) fn slice_words(set: &ReportSet, slice: &Slice, everything: &str) -> String {
    let values = slice
        .iter()
        .map(|(dimension, value)| format!("{}={value}", set.dimensions[*dimension]));
    let values: Vec<String> = values.collect();
    if values.is_empty() {
        everything.to_owned()
    } else {
        values.join(" ")
    }
}

fn print(show: &ShowArgs, reports: &Reports, scanned: &Scanned) -> Result<(), Failure> {
    let (set, until) = (&reports.set, date_words(reports.until));
    let (count, blocks, missing) = (set.reports.len(), scanned.blocks, scanned.missing_blocks);
    say(match show.language() {
        domain::Language::Chinese => format!(
            "{count} 件投诉（剔除重复 {}），截至 {until}；{blocks} 段历史，缺失 {missing} 段；检验 {} 个切片，{} 个无法判断。",
            set.duplicates, scanned.tests, scanned.not_judged
        ),
        domain::Language::English => format!(
            "{count} complaints ({} duplicates left out) until {until}; {blocks} blocks of history, {missing} missing; {} \
             slices tested, {} could not be judged.",
            set.duplicates, scanned.tests, scanned.not_judged
        ),
    })?;
    if scanned.outbreaks.is_empty() {
        let judged = scanned.tests > scanned.not_judged;
        let reason = scanned
            .reason
            .filter(|_| !judged)
            .map(|gap| show.words(&gap.words()));
        return say(reason.unwrap_or_else(|| {
            show.pick("没有发现超出偶然的上升。", "No rise beyond chance was found.")
                .to_owned()
        }));
    }
    let rows = scanned
        .outbreaks
        .iter()
        .map(|outbreak| cells(show, set, reports.until, outbreak));
    let header = match show.language() {
        domain::Language::Chinese => [
            "切片",
            "起始",
            "件数/预期",
            "超出 [95%]",
            "校正 p",
            "独立/全部",
            "典型说法",
        ],
        domain::Language::English => [
            "slice",
            "since",
            "reports/expected",
            "excess [95%]",
            "corrected p",
            "independent/all",
            "typical words",
        ],
    };
    print_table(show.pick("突发", "Outbreaks"), &header, rows.collect())
}

fn cells(show: &ShowArgs, set: &ReportSet, until: i32, outbreak: &Outbreak) -> Vec<String> {
    let onset = &outbreak.onset;
    let typical = outbreak
        .typical
        .first()
        .map_or("", |place| set.reports[*place].text.as_str());
    let herd = &outbreak.herd;
    vec![
        slice_words(set, &outbreak.alarm.slice, show.pick("全部", "everything")),
        date_words(until.saturating_sub(onset.days_back as i32)),
        format!("{} / {}", brief(onset.reports), brief(onset.expected)),
        show.figure(&onset.excess),
        format!("{:.1e}", outbreak.alarm.adjusted),
        format!(
            "{}/{} ({})",
            herd.independent(),
            herd.compared,
            herd.copied_share().map_or_else(|| "-".to_owned(), percent)
        ),
        cut(typical, 40),
    ]
}

fn object(show: &ShowArgs, reports: &Reports, scanned: &Scanned, q: f64) -> Value {
    let outbreaks = scanned.outbreaks.iter();
    let outbreaks: Vec<Value> = outbreaks
        .map(|one| outbreak_json(show, &reports.set, reports.until, one))
        .collect();
    json!({
        "until": date_words(reports.until),
        "complaints": reports.set.reports.len(),
        "duplicates": reports.set.duplicates,
        "dimensions": reports.set.dimensions,
        "blocks": scanned.blocks,
        "missing_blocks": scanned.missing_blocks,
        "tests": scanned.tests,
        "not_judged": scanned.not_judged,
        "reason": scanned.reason.map(|gap| show.gap_json(gap)),
        "accepted_share_of_false_alarms": q,
        "outbreaks": outbreaks,
    })
}

fn outbreak_json(show: &ShowArgs, set: &ReportSet, until: i32, outbreak: &Outbreak) -> Value {
    let alarm = &outbreak.alarm;
    let slice: serde_json::Map<String, Value> = alarm
        .slice
        .iter()
        .map(|(dimension, value)| (set.dimensions[*dimension].clone(), json!(value)))
        .collect();
    let texts = |places: &[usize]| -> Vec<Value> {
        let one = |place: &usize| {
            let report = &set.reports[*place];
            json!({"id": report.id, "date": date_words(report.day), "text": report.text})
        };
        places.iter().map(one).collect()
    };
    let also = outbreak
        .also
        .iter()
        .map(|alarm| slice_words(set, &alarm.slice, "*"));
    let ids: Vec<&str> = outbreak
        .reports
        .iter()
        .map(|place| set.reports[*place].id.as_str())
        .collect();
    json!({
        "slice": slice,
        "method": alarm.method.name.key(),
        "newest_block": {"reports": alarm.count, "expected": alarm.method.expected},
        "p": alarm.method.p,
        "corrected_p": alarm.adjusted,
        "since": date_words(until.saturating_sub(outbreak.onset.days_back as i32)),
        "reports": outbreak.onset.reports,
        "expected": outbreak.onset.expected,
        "excess": show.figure_json(&outbreak.onset.excess),
        "ratio": show.figure_json(&outbreak.onset.ratio),
        "first": texts(&outbreak.first),
        "typical": texts(&outbreak.typical),
        "independent_texts": outbreak.herd.independent(),
        "compared_texts": outbreak.herd.compared,
        "copied_share": outbreak.herd.copied_share(),
        "p_when_copies_count_once": outbreak.independent_p,
        "explains_also": also.collect::<Vec<_>>(),
        "cases": ids,
    })
}
