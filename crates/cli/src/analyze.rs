//! `tingsu analyze`: one record in, one analysis out, order kept.

use std::path::PathBuf;

use channels::{Record, RecordError};
use domain::{Analysis, Timestamp};
use playbook::Playbook;

use crate::engine::load_engine;
use crate::exit::{Done, Ended, Failure};
use crate::facet::FacetModels;
use crate::input::InputArgs;
use crate::language::LanguageName;
use crate::output::{Analyzed, OutputName, Writer};
use crate::pipeline::run_ordered;
use crate::progress::Bar;
use crate::runtime::now;

/// Read texts: one record in, one analysis out, order kept
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(flatten)]
    input: InputArgs,
    /// The format of the output; table on a terminal and jsonl in a pipe when left out
    #[arg(long, value_name = "FORMAT")]
    output: Option<OutputName>,
    /// Add the handling plan
    #[arg(long)]
    plan: bool,
    /// Cover personal data in the output; the length stays the same
    #[arg(long)]
    mask: bool,
    /// When records that do not say so were received, such as 2026-11-22 09:00; relative dates count from there
    #[arg(long, value_name = "TIME", value_parser = parse_time)]
    received_at: Option<Timestamp>,
    /// A model file instead of the one that comes with the product
    #[arg(long, value_name = "FILE")]
    model: Option<PathBuf>,
    /// A facet of your own, made by `tingsu train --facet`; may be given several times
    #[arg(long, value_name = "FILE")]
    facet_model: Vec<PathBuf>,
    /// The language of plans and tables
    #[arg(long, default_value = "zh", value_name = "LANGUAGE")]
    language: LanguageName,
}

/// Runs the command.
pub(crate) fn run(args: &Args) -> Ended {
    let facets = FacetModels::load(&args.facet_model)?;
    let more: Vec<&str> = facets.names().chain(args.plan.then_some("plan")).collect();
    let mut writer = Writer::open(args.output, args.language.into(), &more)?;
    let (mut rows, progress) = args.input.open()?;
    let engine = load_engine(args.model.as_deref())?;
    let playbook = args.plan.then(Playbook::load_default);
    let bar = Bar::of(progress);
    let started_at = now();
    let renderer = writer.renderer();
    let (mut done, mut refused) = (0u64, 0u64);
    let read = |record: Record| {
        let Record {
            id, mut complaint, ..
        } = record;
        complaint.received_at = complaint.received_at.or(args.received_at);
        let mut analysis = engine.analyze(&complaint);
        let values = facets.predict(&complaint.text);
        if args.mask {
            complaint.text = text::mask(&complaint.text);
            analysis = app::mask_analysis(&analysis, &complaint.text);
        }
        let plan = playbook
            .as_ref()
            .map(|playbook| plan(playbook, &analysis, &complaint, started_at));
        renderer.render(&Analyzed {
            id,
            complaint,
            analysis,
            plan,
            facets: values,
        })
    };
    run_ordered(
        rows.by_ref(),
        |row| row.map(&read),
        |piece| {
            match piece {
                Ok(piece) => bar.beside(|| writer.write(piece))?,
                Err(error) => {
                    refused += 1;
                    bar.aside(|| report_refused(&error));
                }
            }
            done += 1;
            bar.update(done);
            Ok::<(), Failure>(())
        },
    )?;
    drop(bar);
    writer.finish()?;
    match rows.failure() {
        Some(failure) => Err(failure.into()),
        None => Ok(Done::Partly { refused }),
    }
}

/// The plan for a bare text, as a front-line agent would act on it.
pub(crate) fn plan(
    playbook: &Playbook,
    analysis: &Analysis,
    complaint: &domain::Complaint,
    at: Timestamp,
) -> domain::Plan {
    let situation = app::situation_of_text(complaint, domain::Role::Agent, at);
    playbook.plan(analysis, &situation)
}

/// Names a refused record; personal data in what it repeats of the file is covered.
pub(crate) fn report_refused(error: &RecordError) {
    eprintln!("tingsu: {}", app::mask_words(&error.to_string()));
}

/// A time as files write it.
pub(crate) fn parse_time(words: &str) -> Result<Timestamp, String> {
    channels::parse_time(words)
        .ok_or_else(|| "write 2026-11-22T09:00:00+08:00 or 2026-11-22 09:00".to_owned())
}
