//! `tingsu import`: a case for every record of a file, in chunks that are stored whole or not at all.

use std::collections::HashMap;

use app::{App, AppError, Caller};
use channels::{Record, RecordError};
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
        let mut import = Import::of(&app);
        for row in rows.by_ref() {
            match row.and_then(|record| check.accept(record, now)) {
                Ok(record) => import.add(record).await?,
                Err(error) => import.refuse(&error),
            }
            bar.update(import.opened + import.refused);
        }
        import.flush().await?;
        app.store().close().await;
        drop(bar);
        eprintln!("tingsu: {} case(s) opened", import.opened);
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
    pending: Vec<Record>,
    opened: u64,
    refused: u64,
}

impl<'a> Import<'a> {
    fn of(app: &'a App) -> Self {
        Self {
            app,
            caller: Caller::system(),
            pending: Vec::with_capacity(CHUNK),
            opened: 0,
            refused: 0,
        }
    }

    async fn add(&mut self, record: Record) -> Result<(), Failure> {
        self.pending.push(record);
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
        let records = std::mem::take(&mut self.pending);
        let intakes: Vec<Intake> = records.iter().map(intake_of).collect();
        match self.app.intake_many(&self.caller, intakes).await {
            Ok(opened) => self.opened += opened.len() as u64,
            Err(error @ AppError::Store(_)) => return Err(translate(error, "the import stopped")),
            Err(_) => {
                for record in records {
                    self.try_alone(&record).await?;
                }
            }
        }
        Ok(())
    }

    async fn try_alone(&mut self, record: &Record) -> Result<(), Failure> {
        match self.app.intake_many(&self.caller, vec![intake_of(record)]).await {
            Ok(_) => self.opened += 1,
            Err(error @ AppError::Store(_)) => return Err(translate(error, "the import stopped")),
            Err(error) => self.refuse(&RecordError {
                line: record.line,
                field: None,
                reason: error.to_string(),
            }),
        }
        Ok(())
    }
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
