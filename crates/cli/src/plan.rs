//! `tingsu plan`: how to handle a text, or a case on file.

use std::io::{IsTerminal, Write};

use app::Caller;
use domain::{Analysis, Complaint, Language, Plan, Vocabulary};
use playbook::Playbook;
use wire::intake::PlanInput;

use crate::analyze::{plan, report_refused};
use crate::engine::load_engine;
use crate::exit::{Done, Ended, Failure, translate, usage};
use crate::input::InputArgs;
use crate::language::{LanguageName, name_of};
use crate::output::OutputName;
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
    /// The format of the output: table or jsonl; table on a terminal and jsonl in a pipe when left out
    #[arg(long, value_name = "FORMAT")]
    output: Option<OutputName>,
    /// The language of the plan
    #[arg(long, default_value = "zh", value_name = "LANGUAGE")]
    language: LanguageName,
}

/// Runs the command.
pub(crate) fn run(args: &Args) -> Ended {
    let printer = Printer::of(args)?;
    if let Some(case) = &args.case {
        let plan = block_on(plan_of_case(&args.database, case))?;
        printer.print(case, None, &plan)?;
        return Ok(Done::All);
    }
    let (engine, playbook, at) = (load_engine(None)?, Playbook::load_default(), now());
    let plan_text = |id: &str, complaint: &Complaint| {
        let analysis = engine.analyze(complaint);
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
    report: bool,
    language: Language,
}

impl Printer {
    fn of(args: &Args) -> Result<Self, Failure> {
        let report = match args.output {
            Some(OutputName::Table) => true,
            Some(OutputName::Jsonl | OutputName::Json) => false,
            None => std::io::stdout().is_terminal(),
            Some(other) => {
                return Err(usage(format!(
                    "there is no --output {} here; there is table and jsonl",
                    other.key()
                )));
            }
        };
        Ok(Self {
            report,
            language: args.language.into(),
        })
    }

    fn print(&self, id: &str, analysis: Option<&Analysis>, plan: &Plan) -> Result<(), Failure> {
        let mut out = std::io::stdout().lock();
        if self.report {
            out.write_all(self.report_of(id, plan).as_bytes())?;
            return Ok(());
        }
        let mut line = serde_json::json!({ "id": id, "plan": wire::Plan::of(plan, self.language) });
        if let Some(analysis) = analysis {
            line["psychology"] = serde_json::json!(analysis.psychology.primary.value().key());
        }
        writeln!(out, "{line}")?;
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
