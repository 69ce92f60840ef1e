//! `tingsu insight economics`: what complaints cost and recovery saves.

use std::path::PathBuf;

use insight::economics::{
    Handled, LossBand, Observed, Outcome, Rates, SURVEY_SOURCE, Value, Verdict, WhatIf, WordOfMouth,
    break_even, value_of, what_if,
};
use insight::{Figure, Gap};
use serde_json::json;

use super::rows::{Row, read_rows};
use super::show::{ShowArgs, percent, print_json, print_table};
use crate::exit::{Done, Ended, Failure};
use crate::output::say;

/// What complaints cost and recovery saves, what a remedy may cost, what if
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// A file of complaints, .csv or .jsonl, with outcome (silent, unresolved, resolved, resolved_fast; empty while
    /// open), value (the customer's future purchases) and stayed (1 or 0, where known)
    file: Option<PathBuf>,
    /// The value of customers whose row has none
    #[arg(long, value_name = "MONEY")]
    value: Option<f64>,
    /// Losses were small (under 5 dollars in the survey) rather than large (over 100)
    #[arg(long)]
    small_losses: bool,
    /// How many customers the survey weighs against the organization's own
    #[arg(long, default_value_t = 50.0, value_name = "N")]
    survey_weight: f64,
    /// What a remedy costs that turns an unresolved complaint into a resolved one
    #[arg(long, value_name = "MONEY")]
    remedy_cost: Option<f64>,
    /// What it costs to resolve quickly instead of plainly
    #[arg(long, value_name = "MONEY")]
    speed_cost: Option<f64>,
    /// What if this share of the unhappy were heard, 0-1
    #[arg(long, default_value_t = 0.31, value_name = "SHARE")]
    heard: f64,
    /// What if this share of those heard were resolved, 0-1
    #[arg(long, default_value_t = 1.0, value_name = "SHARE")]
    resolved: f64,
    /// What if this share of those resolved were resolved quickly, 0-1
    #[arg(long, default_value_t = 0.0, value_name = "SHARE")]
    fast: f64,
    /// An assumption on word of mouth: people told by each lost customer and the share of them deterred, such as 9,0.02
    #[arg(long, value_name = "TOLD,SHARE", value_delimiter = ',', num_args = 1)]
    word_of_mouth: Vec<f64>,
    #[command(flatten)]
    show: ShowArgs,
}

/// One row of the file.
struct Case {
    outcome: Option<Outcome>,
    /// The value of the customer, where it is known.
    value: Option<f64>,
    stayed: Option<bool>,
}

/// What was computed.
struct Found {
    rates: Rates,
    value: Value,
    /// Complaints without a value, which count for the rates alone.
    without_value: usize,
    mean_value: Option<f64>,
    steps: [(Outcome, Outcome, Figure, Option<Verdict>); 2],
    what_if: Figure,
}

/// Runs the command.
pub(crate) fn run(args: &Args) -> Ended {
    let table = args.show.wants_table()?;
    let (cases, refused) = match &args.file {
        Some(file) => read_cases(args, file)?,
        None => (Vec::new(), 0),
    };
    let found = compute(args, &cases);
    if found.without_value > 0 {
        let count = found.without_value;
        eprintln!(
            "tingsu: {count} complaint(s) without a value of the customer count for the rates alone; give --value"
        );
    }
    if table {
        print(args, &found)?;
    } else {
        print_object(args, &found)?;
    }
    Ok(Done::Partly { refused })
}

fn read_cases(args: &Args, file: &std::path::Path) -> Result<(Vec<Case>, u64), Failure> {
    let mut cases = Vec::new();
    let refused = read_rows(file, |row| {
        cases.push(read_case(row, args.value)?);
        Ok(())
    })?;
    Ok((cases, refused))
}

fn read_case(row: &Row<'_>, value: Option<f64>) -> Result<Case, String> {
    let outcome = row.get(&["outcome", "结果"]).map(|word| {
        Outcome::from_word(word).ok_or_else(|| {
            let keys = Outcome::ALL.map(Outcome::key).join(", ");
            format!("{word:?} is no outcome; the outcomes are {keys}")
        })
    });
    let own = row.get(&["value", "clv", "客户价值"]).map(|words| {
        let sound = words
            .parse::<f64>()
            .ok()
            .filter(|value| value.is_finite() && *value >= 0.0);
        sound.ok_or_else(|| format!("{words:?} is no value of a customer"))
    });
    let stayed = row
        .get(&["stayed", "留存"])
        .map(|words| match words.to_lowercase().as_str() {
            "1" | "true" | "yes" | "是" => Ok(true),
            "0" | "false" | "no" | "否" => Ok(false),
            other => Err(format!(
                "{other:?} does not say whether the customer stayed: write 1 or 0"
            )),
        });
    Ok(Case {
        outcome: outcome.transpose()?,
        value: own.transpose()?.or(value),
        stayed: stayed.transpose()?,
    })
}

fn compute(args: &Args, cases: &[Case]) -> Found {
    let observed = |outcome| {
        let own = cases.iter().filter(|case| case.outcome == Some(outcome));
        let known: Vec<bool> = own.filter_map(|case| case.stayed).collect();
        Observed {
            known: known.len(),
            stayed: known.iter().filter(|stayed| **stayed).count(),
        }
    };
    let band = if args.small_losses {
        LossBand::Small
    } else {
        LossBand::Large
    };
    let rates = Rates::new(band, observed, args.survey_weight);
    let valued = cases.iter().filter_map(|case| {
        let (outcome, value) = (case.outcome, case.value?);
        Some(Handled { outcome, value })
    });
    let handled: Vec<Handled> = valued.collect();
    let mean_value = match handled.len() {
        0 => args.value,
        count => Some(handled.iter().map(|one| one.value).sum::<f64>() / count as f64),
    };
    let told = match args.word_of_mouth.as_slice() {
        [told, deterred] => Some(WordOfMouth {
            told: *told,
            deterred: *deterred,
            value: mean_value.unwrap_or(0.0),
        }),
        _ => None,
    };
    let step = |from, to, cost| {
        let Some(value) = mean_value else {
            return (from, to, Err(Gap::NoValue), None);
        };
        let found = break_even(&rates, from, to, value, cost);
        (from, to, found.ceiling, found.verdict)
    };
    Found {
        value: value_or_why(&handled, cases.len(), &rates, told.as_ref()),
        without_value: cases.len() - handled.len(),
        steps: [
            step(Outcome::Unresolved, Outcome::Resolved, args.remedy_cost),
            step(Outcome::Resolved, Outcome::ResolvedFast, args.speed_cost),
        ],
        what_if: what_if(
            &rates,
            &WhatIf {
                heard: args.heard,
                resolved: args.resolved,
                fast: args.fast,
            },
        ),
        mean_value,
        rates,
    }
}

/// The value of the complaints, or why there is none: without complaints, or without a value of any customer.
fn value_or_why(handled: &[Handled], cases: usize, rates: &Rates, told: Option<&WordOfMouth>) -> Value {
    let value = value_of(handled, rates, told);
    let gap = match (cases, handled.len()) {
        (0, _) => Gap::NoCases,
        (_, 0) => Gap::NoValue,
        _ => return value,
    };
    Value {
        at_risk: Err(gap),
        saved: Err(gap),
        lost: Err(gap),
        word_of_mouth: Err(gap),
        ..value
    }
}

fn as_percent(figure: &Figure) -> Figure {
    (*figure).and_then(|figure| figure.times(100.0))
}

fn verdict_words(show: &ShowArgs, verdict: Option<Verdict>) -> &str {
    match verdict {
        None => "",
        Some(Verdict::Pays) => show.pick("值得", "pays"),
        Some(Verdict::Open) => show.pick("未定：取决于区间", "open: within the interval"),
        Some(Verdict::DoesNotPay) => show.pick("不值得", "does not pay"),
    }
}

fn print(args: &Args, found: &Found) -> Result<(), Failure> {
    let show = &args.show;
    let rows = Outcome::ALL.map(|outcome| {
        let rate = found.rates.of(outcome);
        vec![
            show.words(&outcome.words()),
            percent(rate.survey),
            format!("{} / {}", rate.observed.stayed, rate.observed.known),
            percent(rate.own_weight),
            show.figure(&as_percent(&rate.stays)),
        ]
    });
    let zh = show.language() == domain::Language::Chinese;
    let header = if zh {
        ["结果", "调查", "自有：留存/已知", "自有权重", "留存率 % [95%]"]
    } else {
        [
            "outcome",
            "survey",
            "own: stayed/known",
            "own weight",
            "staying % [95%]",
        ]
    };
    print_table(
        show.pick(
            "留存率（调查向自有数据收敛）",
            "Who stays (from the survey to own data)",
        ),
        &header,
        rows.to_vec(),
    )?;
    say(format!("{}: {SURVEY_SOURCE}", show.pick("调查来源", "survey")))?;
    print_value(args, found)
}

fn print_value(args: &Args, found: &Found) -> Result<(), Failure> {
    let show = &args.show;
    let value = &found.value;
    let mut rows = vec![
        vec![
            show.pick("在险（未结投诉）", "at risk (open complaints)")
                .to_owned(),
            show.figure(&value.at_risk),
        ],
        vec![show.pick("已挽回", "saved").to_owned(), show.figure(&value.saved)],
        vec![show.pick("预计流失", "lost").to_owned(), show.figure(&value.lost)],
    ];
    if !args.word_of_mouth.is_empty() {
        let name = show.pick("口碑损失（纯属假设）", "word of mouth (an assumption)");
        rows.push(vec![name.to_owned(), show.figure(&value.word_of_mouth)]);
    }
    for (from, to, ceiling, verdict) in &found.steps {
        let (from, to) = (show.words(&from.words()), show.words(&to.words()));
        rows.push(vec![
            format!(
                "{} {from} → {to}",
                show.pick("每件最多可花", "may cost at most per case")
            ),
            format!("{} {}", show.figure(ceiling), verdict_words(show, *verdict)),
        ]);
    }
    rows.push(vec![
        show.pick(
            "假设情景：全部不满客户的留存 %",
            "what if: all unhappy customers staying, %",
        )
        .to_owned(),
        show.figure(&as_percent(&found.what_if)),
    ]);
    let title = show.pick("价值（95% 区间）", "Value (95% intervals)");
    print_table(
        title,
        &[show.pick("项目", "item"), show.pick("金额", "money")],
        rows,
    )
}

fn print_object(args: &Args, found: &Found) -> Result<(), Failure> {
    let show = &args.show;
    let rates = Outcome::ALL.map(|outcome| {
        let rate = found.rates.of(outcome);
        json!({
            "outcome": outcome.key(),
            "survey": rate.survey,
            "known": rate.observed.known,
            "stayed": rate.observed.stayed,
            "own_weight": rate.own_weight,
            "stays": show.figure_json(&rate.stays),
        })
    });
    let steps = found.steps.iter().map(|(from, to, ceiling, verdict)| {
        let verdict = verdict.map(|verdict| match verdict {
            Verdict::Pays => "pays",
            Verdict::Open => "open",
            Verdict::DoesNotPay => "does_not_pay",
        });
        json!({"from": from.key(), "to": to.key(), "ceiling": show.figure_json(ceiling), "verdict": verdict})
    });
    let value = &found.value;
    let mouth = (!args.word_of_mouth.is_empty())
        .then(|| json!({"assumed": args.word_of_mouth, "lost": show.figure_json(&value.word_of_mouth)}));
    print_json(&json!({
        "survey_source": SURVEY_SOURCE,
        "rates": rates,
        "complaints": value.complaints,
        "without_value": found.without_value,
        "mean_value": found.mean_value,
        "value_at_risk": show.figure_json(&value.at_risk),
        "value_saved": show.figure_json(&value.saved),
        "value_lost": show.figure_json(&value.lost),
        "word_of_mouth": mouth,
        "break_even": steps.collect::<Vec<_>>(),
        "what_if": {
            "heard": args.heard,
            "resolved": args.resolved,
            "fast": args.fast,
            "stays": show.figure_json(&found.what_if),
        },
    }))
}
