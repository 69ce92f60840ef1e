//! `tingsu insight extract`: the cases and events of a database as files that the other commands read, personal data
//! covered always.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use app::App;
use domain::{Actor, Case, CaseState, EventKind, Timestamp, Vocabulary};
use serde_json::json;

use crate::exit::{Done, Ended, Failure, translate};
use crate::language::{LanguageName, name_of};
use crate::output::say;
use crate::runtime::{DatabaseArgs, block_on, open_app};

/// Events read at a time.
const PAGE: u32 = 2_000;
/// A case closed within three days counts as solved quickly.
const FAST_MS: i64 = 3 * insight::DAY_MS;

/// Write the cases and events of a database as files that the other commands read, personal data covered
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(flatten)]
    database: DatabaseArgs,
    /// The folder that cases.jsonl and events.jsonl are written to
    #[arg(long, value_name = "FOLDER")]
    to: PathBuf,
    /// The language of topics
    #[arg(long, default_value = "zh", value_name = "LANGUAGE")]
    language: LanguageName,
}

/// Runs the command.
pub(crate) fn run(args: &Args) -> Ended {
    args.database.require_present()?;
    std::fs::create_dir_all(&args.to).with_context(|| format!("{} cannot be made", args.to.display()))?;
    let (cases_file, events_file) = (args.to.join("cases.jsonl"), args.to.join("events.jsonl"));
    block_on(async {
        let app = open_app(&args.database).await?;
        let (mut cases, mut events) = (create(&cases_file)?, create(&events_file)?);
        let counts = write_all(&app, &mut cases, &mut events, args).await?;
        cases.flush()?;
        events.flush()?;
        app.store().close().await;
        say(format!(
            "{} cases in {}, {} events in {}",
            counts.0,
            cases_file.display(),
            counts.1,
            events_file.display()
        ))?;
        Ok(Done::All)
    })
}

fn create(path: &Path) -> Result<BufWriter<File>, Failure> {
    let file = File::create(path).with_context(|| format!("{} cannot be written", path.display()))?;
    Ok(BufWriter::new(file))
}

/// Follows the feed of events; a case is written when its first event comes by.
async fn write_all(
    app: &App,
    cases: &mut impl Write,
    events: &mut impl Write,
    args: &Args,
) -> Result<(usize, usize), Failure> {
    let (mut sequence, mut counts) = (0, (0, 0));
    loop {
        let page = app
            .store()
            .events_after(sequence, PAGE)
            .await
            .context("the events cannot be read")?;
        let Some(last) = page.last() else {
            return Ok(counts);
        };
        sequence = last.sequence;
        for stored in &page {
            if stored.index == 0
                && let Some(case) = app
                    .covered_case(&stored.case)
                    .await
                    .map_err(|error| translate(error, "a case cannot be read"))?
            {
                writeln!(cases, "{}", case_line(&case, args))?;
                counts.0 += 1;
            }
            if let Some(state) = state_of(&stored.event.kind) {
                let (case, at) = (&stored.case.0, wire::time::rfc3339(stored.event.at));
                let actor = match &stored.event.actor {
                    Actor::User { person, .. } => Some(&person.name),
                    Actor::System => None,
                };
                let line = json!({"case": case, "activity": state.key(), "at": at, "resource": actor});
                writeln!(events, "{line}")?;
                counts.1 += 1;
            }
        }
    }
}

/// The state that an event leads to.
fn state_of(kind: &EventKind) -> Option<CaseState> {
    match kind {
        EventKind::Received { .. } => Some(CaseState::Received),
        EventKind::StateChanged { to, .. } => Some(*to),
        _ => None,
    }
}

/// A case whose personal data is covered, as one line.
fn case_line(case: &Case, args: &Args) -> serde_json::Value {
    let subjects = &case.analysis.subjects;
    let subject = subjects
        .first()
        .map(|finding| name_of(finding.value(), args.language.into()));
    json!({
        "id": case.number,
        "case": case.id.0,
        "received_at": wire::time::rfc3339(case.received_at),
        "text": case.text,
        "channel": case.channel.key(),
        "topic": subject,
        "product": case.matter.product,
        "site": case.matter.site,
        "batch": case.matter.batch,
        "team": case.matter.team,
        "customer": case.customer.as_ref().map(|customer| customer.0.as_str()),
        "state": case.state.key(),
        "severity": case.severity.level(),
        "psychology": case.analysis.psychology.primary.value().key(),
        "emotion": case.analysis.emotion.stage.value().key(),
        "outcome": outcome_of(case),
        "csat": case.closure.as_ref().and_then(|closure| closure.csat),
    })
}

/// What became of a case in the words of `tingsu insight economics`; nothing while it is open.
fn outcome_of(case: &Case) -> Option<&'static str> {
    let took = |at: Timestamp| at.since_ms(case.received_at);
    match (case.state, &case.closure) {
        (CaseState::Refused, _) => Some("unresolved"),
        (_, Some(closure)) if took(closure.at) <= FAST_MS => Some("resolved_fast"),
        (_, Some(_)) => Some("resolved"),
        _ => None,
    }
}
