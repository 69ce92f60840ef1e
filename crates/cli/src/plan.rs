//! `tingsu plan`: how to handle a text, or a case on file.

use std::io::{IsTerminal, StdoutLock, Write};

use app::Caller;
use clap::ValueEnum;
use domain::{Analysis, Complaint, Language, Plan, Vocabulary};
use playbook::Playbook;
use wire::intake::PlanInput;

use crate::analyze::{plan, report_refused};
use crate::engine::load_engine;
use crate::exit::{Done, Ended, Failure, translate};
use crate::input::InputArgs;
use crate::language::{LanguageName, name_of};
use crate::output::ArrayWriter;
use crate::runtime::{DatabaseArgs, block_on, now, open_app};

/// Plan how to handle a text or a case
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(flatten)]
    input: InputArgs,
    /// The text itself instead of a file
    #[arg(long, value_name = "TEXT", conflicts_with_all = ["case", "file"])]
    text: Option<String>,
    /// A case on file, by id or number, instead of a text
    #[arg(long, value_name = "CASE", conflicts_with = "file")]
    case: Option<String>,
    #[command(flatten)]
    database: DatabaseArgs,
    /// Cover personal data in what is quoted of a text; that of a case is covered always
    #[arg(long)]
    mask: bool,
    /// The format of the output; table on a terminal and jsonl in a pipe when left out
    #[arg(long, value_name = "FORMAT")]
    output: Option<OutputName>,
    /// The language of the plan
    #[arg(long, default_value = "zh", value_name = "LANGUAGE")]
    language: LanguageName,
}

/// Names of the formats of plans.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum OutputName {
    /// For the eye
    Table,
    /// One JSON object per line
    Jsonl,
    /// One JSON array for a file; the object itself for --text and --case
    Json,
}

/// Runs the command.
pub(crate) fn run(args: &Args) -> Ended {
    let mut printer = Printer::of(args);
    if let Some(case) = &args.case {
        let plan = block_on(plan_of_case(&args.database, case))?;
        printer.print(case, None, &plan)?;
        return Ok(Done::All);
    }
    let (engine, playbook, at) = (load_engine(None)?, Playbook::load_default(), now());
    let mut plan_text = |id: &str, complaint: &Complaint| {
        let mut analysis = engine.analyze(complaint);
        if args.mask {
            analysis = app::mask_analysis(&analysis, &text::mask(&complaint.text));
        }
        printer.print(id, Some(&analysis), &plan(&playbook, &analysis, complaint, at))
    };
    if let Some(text) = &args.text {
        plan_text("1", &Complaint::new(text.as_str(), args.input.channel))?;
        return Ok(Done::All);
    }
    let (mut rows, _) = args.input.open()?;
    let mut refused = 0;
    for row in rows.by_ref() {
        match row {
            Ok(record) => plan_text(&record.id, &record.complaint)?,
            Err(error) => {
                refused += 1;
                report_refused(&error);
            }
        }
    }
    printer.finish()?;
    match rows.failure() {
        Some(failure) => Err(failure.into()),
        None => Ok(Done::Partly { refused }),
    }
}

async fn plan_of_case(database: &DatabaseArgs, case: &str) -> Result<Plan, Failure> {
    database.require_present()?;
    let app = open_app(database).await?;
    let planned = app
        .plan(&Caller::system(), PlanInput::Case(case.to_owned()))
        .await;
    app.store().close().await;
    planned.map_err(|error| translate(error, &format!("no plan for case {case}")))
}

/// Prints plans in one format and language.
struct Printer {
    shape: Shape,
    language: Language,
}

enum Shape {
    Report,
    Lines,
    Array(ArrayWriter<StdoutLock<'static>>),
}

impl Printer {
    fn of(args: &Args) -> Self {
        let is_one = args.text.is_some() || args.case.is_some();
        let shape = match args.output {
            Some(OutputName::Table) => Shape::Report,
            Some(OutputName::Json) if !is_one => Shape::Array(ArrayWriter::of(std::io::stdout().lock())),
            Some(OutputName::Jsonl | OutputName::Json) => Shape::Lines,
            None if std::io::stdout().is_terminal() => Shape::Report,
            None => Shape::Lines,
        };
        Self {
            shape,
            language: args.language.into(),
        }
    }

    fn print(&mut self, id: &str, analysis: Option<&Analysis>, plan: &Plan) -> Result<(), Failure> {
        if matches!(self.shape, Shape::Report) {
            let report = self.report_of(id, plan);
            std::io::stdout().lock().write_all(report.as_bytes())?;
            return Ok(());
        }
        let mut item = serde_json::json!({ "id": id, "plan": wire::Plan::of(plan, self.language) });
        if let Some(analysis) = analysis {
            item["psychology"] = serde_json::json!(analysis.psychology.primary.value().key());
        }
        match &mut self.shape {
            Shape::Array(out) => out.add(&item.to_string())?,
            _ => writeln!(std::io::stdout().lock(), "{item}")?,
        }
        Ok(())
    }

    fn finish(&mut self) -> Result<(), Failure> {
        if let Shape::Array(out) = &mut self.shape {
            out.finish()?;
        }
        Ok(())
    }

    /// The plan for the eye.
    fn report_of(&self, id: &str, plan: &Plan) -> String {
        let language = self.language;
        let (say, avoid, because) = match language {
            Language::Chinese => ("说", "忌", "因为"),
            Language::English => ("say", "avoid", "because"),
        };
        let mut report = format!("# {id}\n{}\n", plan.summary.in_language(language));
        for (index, step) in plan.steps.iter().enumerate() {
            let appeal = name_of(step.appeal, language);
            report.push_str(&format!(
                "\n{}. [{appeal}] {}\n",
                index + 1,
                step.act.in_language(language)
            ));
            for phrase in &step.phrases {
                report.push_str(&format!("   {say}: {}\n", phrase.in_language(language)));
            }
            for dont in &step.dont {
                report.push_str(&format!("   {avoid}: {}\n", dont.in_language(language)));
            }
            let reasons: Vec<String> = step.because.iter().map(reason_of).collect();
            report.push_str(&format!("   {because}: {}\n", reasons.join(", ")));
        }
        for option in &plan.redress.options {
            let remedy = name_of(option.remedy, language);
            report.push_str(&format!("\n+ {remedy}: {}", option.because.in_language(language)));
        }
        if let Some(escalation) = &plan.escalate {
            let to = name_of(escalation.to, language);
            report.push_str(&format!("\n! {to}: {}", escalation.because.in_language(language)));
        }
        report.push_str("\n\n");
        report
    }
}

fn reason_of(reason: &domain::PlanReason) -> String {
    let quote = reason
        .quote
        .as_ref()
        .map_or_else(String::new, |quote| format!(" “{}”", quote.words()));
    format!("{}={}{quote}", reason.facet.key(), reason.value)
}
