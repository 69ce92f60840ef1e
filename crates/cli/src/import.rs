//! `tingsu import`: a case for every record of a file, in chunks that are stored whole or not at all.

use std::collections::HashMap;

use app::{App, AppError, Caller, Code, ImportRow, Imported, Origins};
use channels::{Record, RecordError};
use domain::{Channel, Vocabulary};
use wire::intake::{Intake, NewCustomer};
use wire::limits::TEXT_CHARS;

use crate::analyze::report_refused;
use crate::exit::{Done, Ended, Failure, translate};
use crate::input::InputArgs;
use crate::progress::Bar;
use crate::runtime::{DatabaseArgs, block_on, open_app};

/// Records stored together.
const CHUNK: usize = 200;

/// Open a case for every record of a file
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(flatten)]
    input: InputArgs,
    /// Where the rows come from; a row of a source is imported once, told by its id or else by all it says. The
    /// file's name when left out; rows of standard input without an id are always new then
    #[arg(long, value_name = "NAME")]
    source: Option<String>,
    #[command(flatten)]
    database: DatabaseArgs,
}

/// Runs the command.
pub(crate) fn run(args: &Args) -> Ended {
    let (mut rows, progress) = args.input.open()?;
    let bar = Bar::of(progress);
    let mut check = Check::default();
    block_on(async {
        let app = open_app(&args.database).await?;
        let now = app.now();
        let mut import = Import::of(&app, args);
        for row in rows.by_ref() {
            match row.and_then(|record| check.accept(record, now)) {
                Ok(record) => import.add(record).await?,
                Err(error) => import.refuse(&error),
            }
            bar.update(import.opened + import.there + import.refused);
        }
        import.flush().await?;
        app.store().close().await;
        drop(bar);
        eprintln!("tingsu: {}", import.summary());
        match rows.failure() {
            Some(failure) => Err(failure.into()),
            None => Ok(Done::Partly {
                refused: import.refused,
            }),
        }
    })
}

/// What makes a record no case.
#[derive(Default)]
struct Check {
    /// Names given so far, with the line they stood on.
    ids: HashMap<String, u64>,
}

impl Check {
    fn accept(&mut self, record: Record, now: domain::Timestamp) -> Result<Record, RecordError> {
        let refuse = |field: &str, reason: String| RecordError {
            line: record.line,
            field: Some(field.to_owned()),
            reason,
        };
        if record.complaint.text.trim().is_empty() {
            return Err(refuse(
                "text",
                "is blank: a case needs the customer's words".to_owned(),
            ));
        }
        if record.complaint.text.chars().count() > TEXT_CHARS {
            return Err(refuse(
                "text",
                format!("is longer than {TEXT_CHARS} characters: shorten it"),
            ));
        }
        if let Some(unknown) = &record.unknown_channel {
            let keys: Vec<&str> = Channel::ALL.iter().map(|channel| channel.key()).collect();
            let reason = format!(
                "{:?} is no channel: write one of {}",
                unknown.words,
                keys.join(", ")
            );
            return Err(refuse(&unknown.field, reason));
        }
        if record.complaint.received_at.is_some_and(|at| at > now) {
            return Err(refuse("received_at", "lies in the future: correct it".to_owned()));
        }
        if record.named
            && let Some(line) = self.ids.insert(record.id.clone(), record.line)
        {
            let reason = format!(
                "{} stood on line {line} already: each record needs its own",
                record.id
            );
            return Err(refuse("id", reason));
        }
        Ok(record)
    }
}

/// An import under way.
struct Import<'a> {
    app: &'a App,
    caller: Caller,
    origins: Origins,
    /// Whether rows without a name of their own are known again.
    knows_unnamed: bool,
    pending: Vec<(Record, ImportRow)>,
    opened: u64,
    there: u64,
    refused: u64,
}

/// What rows of standard input come from when nothing else is said.
const STDIN: &str = "stdin";

impl<'a> Import<'a> {
    fn of(app: &'a App, args: &Args) -> Self {
        let source = args.source.clone().or_else(|| args.input.file_name());
        Self {
            app,
            caller: Caller::system(),
            origins: Origins::of(source.as_deref().unwrap_or(STDIN)),
            knows_unnamed: source.is_some(),
            pending: Vec::with_capacity(CHUNK),
            opened: 0,
            there: 0,
            refused: 0,
        }
    }

    fn summary(&self) -> String {
        match self.there {
            0 => format!("{} case(s) opened", self.opened),
            there => format!("{} case(s) opened, {there} already there", self.opened),
        }
    }

    async fn add(&mut self, record: Record) -> Result<(), Failure> {
        let intake = intake_of(&record);
        let name = record.named.then_some(record.id.as_str());
        let origin = (name.is_some() || self.knows_unnamed).then(|| self.origins.next(name, &intake));
        self.pending.push((record, ImportRow { intake, origin }));
        if self.pending.len() == CHUNK {
            self.flush().await
        } else {
            Ok(())
        }
    }

    fn refuse(&mut self, error: &RecordError) {
        self.refused += 1;
        report_refused(error);
    }

    /// Stores what is pending; when the chunk is refused, each record is tried alone, so that one costs no other.
    async fn flush(&mut self) -> Result<(), Failure> {
        let (records, rows): (Vec<Record>, Vec<ImportRow>) =
            std::mem::take(&mut self.pending).into_iter().unzip();
        match self.app.import_rows(&self.caller, rows.clone()).await {
            Ok(outcomes) => records
                .iter()
                .zip(&outcomes)
                .for_each(|(record, outcome)| self.count(record, outcome)),
            Err(error) if is_fatal(&error) => return Err(translate(error, "the import stopped")),
            Err(_) => {
                for (record, row) in records.iter().zip(rows) {
                    self.try_alone(record, row).await?;
                }
            }
        }
        Ok(())
    }

    async fn try_alone(&mut self, record: &Record, row: ImportRow) -> Result<(), Failure> {
        match self.app.import_rows(&self.caller, vec![row]).await {
            Ok(outcomes) => outcomes.iter().for_each(|outcome| self.count(record, outcome)),
            Err(error) if is_fatal(&error) => return Err(translate(error, "the import stopped")),
            Err(error) => self.refuse(&RecordError {
                line: record.line,
                field: None,
                reason: error.to_string(),
            }),
        }
        Ok(())
    }

    fn count(&mut self, record: &Record, outcome: &Imported) {
        match outcome {
            Imported::Opened(_) => self.opened += 1,
            Imported::AlreadyThere(_) => self.there += 1,
            Imported::Changed(_) => self.refuse(&RecordError {
                line: record.line,
                field: Some("id".to_owned()),
                reason: format!(
                    "{} was imported from this source before with another text: name another --source, or take \
                     the row out",
                    record.id
                ),
            }),
        }
    }
}

/// Whether it is the store that failed. That something exists already is the fault of one row: another import may
/// have been faster.
fn is_fatal(error: &AppError) -> bool {
    matches!(error, AppError::Store(_)) && error.code() != Code::Duplicate
}

fn intake_of(record: &Record) -> Intake {
    let sender = &record.sender;
    let customer = NewCustomer {
        id: None,
        name: sender.name.clone(),
        phone: sender.phone.clone(),
        email: sender.email.clone(),
    };
    Intake {
        complaint: record.complaint.clone(),
        customer: (customer != NewCustomer::default()).then_some(customer),
        title: None,
    }
}
