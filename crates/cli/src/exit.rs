//! How a command ends: the exit codes of the contract, and what is said on stderr.

use std::io;
use std::process::ExitCode;

use app::{AppError, ErrorKind};

/// How a command that ran to its end ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Done {
    /// Everything was done.
    All,
    /// Some records were refused, each named already; the rest was done.
    Partly {
        /// How many.
        refused: u64,
    },
}

/// Why a command did not run to its end.
#[derive(Debug)]
pub(crate) enum Failure {
    /// It was asked for in a wrong way.
    Usage(anyhow::Error),
    /// File, database or network failed.
    Environment(anyhow::Error),
}

/// The end of a command.
pub(crate) type Ended = Result<Done, Failure>;

/// A wrong use, in words.
pub(crate) fn usage(words: impl Into<String>) -> Failure {
    Failure::Usage(anyhow::anyhow!(words.into()))
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self::Environment(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Environment(error.into())
    }
}

impl From<channels::OpenError> for Failure {
    fn from(error: channels::OpenError) -> Self {
        if error.is_environment() {
            Self::Environment(error.into())
        } else {
            // The columns of a file without a header are its first customer.
            usage(app::mask_words(&error.to_string()))
        }
    }
}

/// What a use case says no to is wrong usage, told with personal data covered; that it cannot work is the
/// environment's fault.
pub(crate) fn translate(error: AppError, what: &str) -> Failure {
    let fields: Vec<String> = error
        .fields()
        .iter()
        .map(|field| format!("{} {}", field.field, field.message.en))
        .collect();
    let row = error.code().row();
    match row.kind {
        ErrorKind::Failed | ErrorKind::Unavailable => {
            Failure::Environment(anyhow::Error::new(error).context(what.to_owned()))
        }
        _ if fields.is_empty() => usage(app::mask_words(&format!("{what}: {error}; {}", row.next.en))),
        _ => usage(app::mask_words(&format!("{what}: {}", fields.join("; ")))),
    }
}

/// Says what went wrong and gives the exit code.
pub(crate) fn report(ended: Ended) -> ExitCode {
    match ended {
        Ok(Done::All | Done::Partly { refused: 0 }) => ExitCode::SUCCESS,
        Ok(Done::Partly { refused }) => {
            eprintln!("tingsu: {refused} record(s) refused, the rest was processed");
            ExitCode::from(1)
        }
        Err(Failure::Environment(error)) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(Failure::Usage(error)) => {
            eprintln!("tingsu: {error:#}");
            ExitCode::from(2)
        }
        Err(Failure::Environment(error)) => {
            eprintln!("tingsu: {error:#}");
            ExitCode::from(3)
        }
    }
}

/// Whether the reader of our output went away, which is its right.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let io = cause.downcast_ref::<io::Error>().map(io::Error::kind);
        let csv = cause
            .downcast_ref::<csv::Error>()
            .and_then(|error| match error.kind() {
                csv::ErrorKind::Io(error) => Some(error.kind()),
                _ => None,
            });
        io.or(csv) == Some(io::ErrorKind::BrokenPipe)
    })
}
