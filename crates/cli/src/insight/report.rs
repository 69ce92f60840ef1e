//! `tingsu insight report`: five findings in plain words.

use std::path::{Path, PathBuf};

use anyhow::Context;
use insight::report::{Finding, ReportOptions, write_html, write_pdf, write_report, write_xlsx};
use serde_json::json;

use super::columns::ReportArgs;
use super::link::address_of;
use super::outbreaks::MethodArg;
use super::show::{ShowArgs, cut, print_json};
use crate::exit::{Done, Ended, Failure};
use crate::output::say;

/// Five findings in plain words for a day, a week or a month, as a page
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(flatten)]
    reports: ReportArgs,
    /// The days the report covers: 1, 7 or 30
    #[arg(long, default_value_t = 7, value_name = "DAYS", value_parser = clap::value_parser!(u16).range(1..=366))]
    days: u16,
    /// Write the report as one page of HTML to this file
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// Write the report as PDF to this file
    #[arg(long, value_name = "FILE")]
    pdf: Option<PathBuf>,
    /// Write the report as a workbook to this file
    #[arg(long, value_name = "FILE")]
    xlsx: Option<PathBuf>,
    /// The address of the workbench that holds the cases, such as https://desk.example: findings then link to them
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
    /// The title
    #[arg(long, value_name = "WORDS")]
    title: Option<String>,
    /// The test for outbreaks
    #[arg(long, default_value = "auto", value_name = "METHOD")]
    method: MethodArg,
    #[command(flatten)]
    show: ShowArgs,
}

/// Runs the command.
pub(crate) fn run(args: &Args) -> Ended {
    let table = args.show.wants_table()?;
    let reports = args.reports.read()?;
    let options = ReportOptions {
        until: reports.until,
        days: usize::from(args.days),
        q: 0.05,
        method: args.method.into(),
    };
    let report = write_report(&reports.set, &options);
    let usual = match args.days {
        1 => args.show.pick("投诉日报", "Complaints of the day"),
        7 => args.show.pick("投诉周报", "Complaints of the week"),
        28..=31 => args.show.pick("投诉月报", "Complaints of the month"),
        _ => args.show.pick("投诉报告", "Report on complaints"),
    };
    let title = args.title.as_deref().unwrap_or(usual);
    let mut printed = report.print(title, reports.until, args.show.language());
    let link = |finding: &Finding| address_of(args.public_url.as_deref()?, &finding.scope, reports.until);
    for (printed, finding) in printed.findings.iter_mut().zip(&report.findings) {
        printed.link = link(finding);
    }
    if let Some(path) = &args.html {
        write_file(path, write_html(&printed).as_bytes())?;
    }
    if let Some(path) = &args.pdf {
        write_file(path, &write_pdf(&printed))?;
    }
    if let Some(path) = &args.xlsx {
        let bytes = write_xlsx(&printed).context("the workbook cannot be written")?;
        write_file(path, &bytes)?;
    }
    if table {
        say(format!("{title} · {}", args.show.words(&report.period)))?;
        for (number, finding) in (1..).zip(&report.findings) {
            print(&args.show, number, finding)?;
        }
    } else {
        let findings = report.findings.iter().map(|finding| {
            json!({
                "kind": finding.kind.key(),
                "headline": args.show.words(&finding.headline),
                "detail": args.show.words(&finding.detail),
                "figure": args.show.figure_json(&finding.figure),
                "figure_is": args.show.words(&finding.figure_is),
                "quotes": finding.quotes,
                "cases": finding.cases,
                "daily": finding.daily,
                "link": link(finding),
            })
        });
        print_json(&json!({
            "title": title,
            "period": args.show.words(&report.period),
            "complaints": report.complaints,
            "duplicates": report.duplicates,
            "findings": findings.collect::<Vec<_>>(),
        }))?;
    }
    Ok(Done::Partly {
        refused: reports.refused,
    })
}

fn write_file(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    std::fs::write(path, bytes).with_context(|| format!("{} cannot be written", path.display()))?;
    Ok(())
}

fn print(show: &ShowArgs, number: usize, finding: &Finding) -> Result<(), Failure> {
    say(format!("\n{number}. {}", show.words(&finding.headline)))?;
    if finding.figure.is_ok() {
        say(format!(
            "   {}: {}",
            show.words(&finding.figure_is),
            show.figure(&finding.figure)
        ))?;
    }
    say(format!("   {}", show.words(&finding.detail)))?;
    for quote in &finding.quotes {
        say(format!("   > {}", cut(quote, 60)))?;
    }
    Ok(())
}
