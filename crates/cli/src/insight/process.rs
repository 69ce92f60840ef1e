//! `tingsu insight process`: the process as it ran.

use std::path::PathBuf;

use anyhow::Context;
use insight::process::{
    Conformance, Flow, Log, LogEvent, Rework, Step, Variant, check_conformance, find_rework, find_steps,
    find_variants, read_log, write_xes,
};
use serde_json::json;

use super::columns::DATE;
use super::rows::read_rows;
use super::show::{ShowArgs, brief, percent, print_json, print_table};
use crate::exit::{Done, Ended, Failure};
use crate::output::say;

const CASE: [&str; 5] = ["case", "case_id", "case:concept:name", "案件", "编号"];
const ACTIVITY: [&str; 5] = ["activity", "state", "concept:name", "活动", "状态"];
const RESOURCE: [&str; 4] = ["resource", "actor", "org:resource", "处理人"];
const TIME: [&str; 2] = ["at", "time:timestamp"];

/// The process as it ran: ways, waits, repeats, breaches of the flow; XES for other tools
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// A file of events with case, activity, at and resource, .csv or .jsonl
    file: PathBuf,
    /// Write the log as XES (IEEE 1849) to this file
    #[arg(long, value_name = "FILE")]
    xes: Option<PathBuf>,
    /// The most ways and waits shown
    #[arg(long, default_value_t = 10, value_name = "N")]
    most: usize,
    #[command(flatten)]
    show: ShowArgs,
}

/// What was found.
struct Found {
    variants: Vec<Variant>,
    steps: Vec<Step>,
    rework: Vec<Rework>,
    conformance: Conformance,
}

/// Runs the command.
pub(crate) fn run(args: &Args) -> Ended {
    let table = args.show.wants_table()?;
    let mut events = Vec::new();
    let times: Vec<&str> = TIME.iter().chain(&DATE).copied().collect();
    let refused = read_rows(&args.file, |row| {
        let words = row.get(&times).ok_or("has no time")?;
        events.push(LogEvent {
            case: row.get(&CASE).ok_or("names no case")?.to_owned(),
            activity: row.get(&ACTIVITY).ok_or("names no activity")?.to_owned(),
            at: channels::parse_time(words).ok_or_else(|| format!("{words:?} is no time"))?,
            resource: row.get(&RESOURCE).map(str::to_owned),
        });
        Ok(())
    })?;
    let log = read_log(events);
    if let Some(path) = &args.xes {
        let written = std::fs::write(path, write_xes(&log));
        written.with_context(|| format!("{} cannot be written", path.display()))?;
    }
    let found = Found {
        variants: find_variants(&log),
        steps: find_steps(&log),
        rework: find_rework(&log),
        conformance: check_conformance(&log, &Flow::of_cases()),
    };
    if table {
        print(args, &log, &found)?;
    } else {
        print_object(args, &log, &found)?;
    }
    Ok(Done::Partly { refused })
}

fn print(args: &Args, log: &Log, found: &Found) -> Result<(), Failure> {
    let show = &args.show;
    let zh = show.language() == domain::Language::Chinese;
    let conformance = &found.conformance;
    let share = conformance.conforming.and_then(|share| share.times(100.0));
    let (cases, doubles) = (log.traces.len(), log.duplicates);
    say(if zh {
        format!(
            "{cases} 个案件，剔除重复事件 {doubles} 条；合规案件 % {}",
            show.figure(&share)
        )
    } else {
        format!(
            "{cases} cases, {doubles} duplicate events left out; cases that keep to the flow, %: {}",
            show.figure(&share)
        )
    })?;
    let rows = found.steps.iter().take(args.most).map(|step| {
        vec![
            format!("{} → {}", step.from, step.to),
            step.count.to_string(),
            show.median(&step.hours),
            brief(step.slow_hours),
            brief(step.total_hours),
        ]
    });
    let header = if zh {
        ["步骤", "次数", "中位小时 [95%]", "慢的十分之一超过", "总小时"]
    } else {
        [
            "step",
            "count",
            "median hours [95%]",
            "slowest tenth over",
            "hours in all",
        ]
    };
    print_table(show.pick("瓶颈", "Where cases wait"), &header, rows.collect())?;
    print_variants(args, found)?;
    print_deviations(args, found)
}

fn print_variants(args: &Args, found: &Found) -> Result<(), Failure> {
    let show = &args.show;
    let zh = show.language() == domain::Language::Chinese;
    let rows = found.variants.iter().take(args.most).map(|variant| {
        let share = variant
            .share
            .map_or_else(|gap| show.words(&gap.words()), |share| percent(share.value()));
        vec![
            variant.activities.join(" → "),
            variant.cases.to_string(),
            share,
            show.median(&variant.hours),
        ]
    });
    let header = if zh {
        ["路径", "案件", "占比", "中位小时 [95%]"]
    } else {
        ["way", "cases", "share", "median hours [95%]"]
    };
    print_table(show.pick("路径", "Ways"), &header, rows.collect())
}

fn print_deviations(args: &Args, found: &Found) -> Result<(), Failure> {
    let (show, conformance) = (&args.show, &found.conformance);
    let zh = show.language() == domain::Language::Chinese;
    if !conformance.breaches.is_empty() {
        let rows = conformance.breaches.iter().take(args.most).map(|breach| {
            let from = breach.from.as_deref().unwrap_or(show.pick("（开始）", "(start)"));
            vec![
                format!("{from} → {}", breach.to),
                breach.count.to_string(),
                breach.examples.join(" "),
            ]
        });
        let header = if zh {
            ["越出流程", "次数", "例"]
        } else {
            ["breach", "count", "examples"]
        };
        print_table(
            show.pick("不合流程之处", "Breaches of the flow"),
            &header,
            rows.collect(),
        )?;
    }
    if !found.rework.is_empty() {
        let rows = found.rework.iter().take(args.most).map(|one| {
            let share = one.share.and_then(|share| share.times(100.0));
            vec![
                one.activity.clone(),
                one.cases.to_string(),
                one.repeats.to_string(),
                show.figure(&share),
            ]
        });
        let header = if zh {
            ["重复的活动", "案件", "多做次数", "占比 % [95%]"]
        } else {
            ["done again", "cases", "extra times", "share % [95%]"]
        };
        print_table(show.pick("返工", "Rework"), &header, rows.collect())?;
    }
    Ok(())
}

fn print_object(args: &Args, log: &Log, found: &Found) -> Result<(), Failure> {
    let show = &args.show;
    let variants = found.variants.iter().take(args.most).map(|one| {
        json!({
            "activities": one.activities,
            "cases": one.cases,
            "share": show.figure_json(&one.share),
            "median_hours": show.median_json(&one.hours),
        })
    });
    let steps = found.steps.iter().take(args.most).map(|one| {
        json!({
            "from": one.from,
            "to": one.to,
            "count": one.count,
            "median_hours": show.median_json(&one.hours),
            "slowest_tenth_hours": one.slow_hours,
            "total_hours": one.total_hours,
        })
    });
    let rework = found.rework.iter().map(|one| {
        json!({
            "activity": one.activity,
            "cases": one.cases,
            "share": show.figure_json(&one.share),
            "repeats": one.repeats,
        })
    });
    let breaches = found
        .conformance
        .breaches
        .iter()
        .map(|one| json!({"from": one.from, "to": one.to, "count": one.count, "examples": one.examples}));
    print_json(&json!({
        "cases": log.traces.len(),
        "duplicates": log.duplicates,
        "variants": variants.collect::<Vec<_>>(),
        "steps": steps.collect::<Vec<_>>(),
        "rework": rework.collect::<Vec<_>>(),
        "conformance": {
            "conforming": show.figure_json(&found.conformance.conforming),
            "unknown_events": found.conformance.unknown,
            "breaches": breaches.collect::<Vec<_>>(),
        },
    }))
}
