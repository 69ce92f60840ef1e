//! Everything that can go wrong in a use case, and one table: code → kind → what it is → what to do next.

use domain::{Bilingual, Refusal, RefusalCode};
use wire::{CaseParts, FieldError};

mod table;

pub use table::{Code, CodeRow};

/// What kind of failure it is; each face translates it once (HTTP status, exit code).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorKind {
    /// The request cannot be read.
    Malformed,
    /// Nobody is signed in.
    Unauthenticated,
    /// The caller may not do that.
    Forbidden,
    /// There is no such thing.
    NotFound,
    /// The method does not exist here.
    MethodNotAllowed,
    /// It does not fit the present state.
    Conflict,
    /// The request is larger than allowed.
    TooLarge,
    /// The content type is not understood.
    UnsupportedType,
    /// Fields are missing or wrong.
    Invalid,
    /// A precondition is missing.
    PreconditionRequired,
    /// Too many tries.
    TooMany,
    /// The request takes too long to come in.
    TooSlow,
    /// The product itself failed.
    Failed,
    /// The database cannot be reached.
    Unavailable,
}

/// Why a use case did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// A failure that its code describes completely.
    #[error("{}", .0.row().what.en)]
    Plain(Code),
    /// A failure with words of its own.
    #[error("{}", .1.en)]
    Told(Code, Bilingual),
    /// A failure that ends by itself after so many seconds.
    #[error("{}", .0.row().what.en)]
    Wait(Code, i64),
    /// Fields are missing or wrong.
    #[error("{} field(s) are missing or wrong", .0.len())]
    Invalid(Vec<FieldError>),
    /// A rule of the desk said no.
    #[error("{}", .0.because.en)]
    Refused(Box<Refusal>),
    /// The case has changed meanwhile; this is how it stands.
    #[error("the case has changed meanwhile")]
    Stale(Box<CaseParts>),
    /// An outgoing message has findings that block it.
    #[error("the message has findings that block it")]
    MessageBlocked(Vec<FieldError>),
    /// The store failed.
    #[error("the store failed")]
    Store(#[source] store::StoreError),
}

impl AppError {
    /// There is no such thing.
    pub fn not_found(zh: &str, en: &str) -> Self {
        Self::Told(
            Code::NotFound,
            Bilingual::new(format!("没有这个{zh}"), format!("there is no such {en}")),
        )
    }

    /// One field is wrong.
    pub fn field(field: &str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::Invalid(vec![FieldError::new(field, zh, en)])
    }

    /// The row of the table that describes this failure.
    pub fn code(&self) -> Code {
        match self {
            Self::Plain(code) | Self::Told(code, _) | Self::Wait(code, _) => *code,
            Self::Invalid(_) => Code::InvalidFields,
            Self::Refused(refusal) => code_of_refusal(refusal.code),
            Self::Stale(_) => Code::StaleVersion,
            Self::MessageBlocked(_) => Code::MessageBlocked,
            Self::Store(error) => code_of_store(error),
        }
    }

    /// What is wrong in this very case, when more can be said than the table does.
    pub fn detail(&self) -> Option<&Bilingual> {
        match self {
            Self::Told(_, words) => Some(words),
            Self::Refused(refusal) => Some(&refusal.because),
            _ => None,
        }
    }

    /// The fields at fault.
    pub fn fields(&self) -> Vec<FieldError> {
        match self {
            Self::Invalid(errors) | Self::MessageBlocked(errors) => errors.clone(),
            Self::Refused(refusal) => refusal
                .field
                .map(|field| FieldError {
                    field: field.to_owned(),
                    message: refusal.because.clone(),
                })
                .into_iter()
                .collect(),
            _ => Vec::new(),
        }
    }
}

fn code_of_refusal(code: RefusalCode) -> Code {
    match code {
        RefusalCode::WrongState => Code::WrongState,
        RefusalCode::Finished => Code::CaseFinished,
        RefusalCode::NotAllowed => Code::Forbidden,
        RefusalCode::InvalidField => Code::InvalidFields,
        RefusalCode::NeedsApproval => Code::NeedsApproval,
        RefusalCode::NotFound => Code::NotFound,
        RefusalCode::RuleViolated => Code::RuleViolated,
    }
}

fn code_of_store(error: &store::StoreError) -> Code {
    match error {
        store::StoreError::InvalidCursor => Code::InvalidCursor,
        store::StoreError::Duplicate { .. } => Code::Duplicate,
        store::StoreError::NotFound { .. } => Code::NotFound,
        store::StoreError::Stale { .. } => Code::StaleVersion,
        error => match error.trouble() {
            Some(store::Trouble::Full) => Code::StorageFull,
            Some(store::Trouble::ReadOnly) => Code::StorageReadOnly,
            Some(store::Trouble::Away) => Code::StoreUnavailable,
            None => Code::Failed,
        },
    }
}

impl From<store::StoreError> for AppError {
    fn from(error: store::StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<Refusal> for AppError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(Box::new(refusal))
    }
}

impl From<Vec<FieldError>> for AppError {
    fn from(errors: Vec<FieldError>) -> Self {
        Self::Invalid(errors)
    }
}
