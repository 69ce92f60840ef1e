//! What can be wrong with the playbook's data, said so that a business user can mend it.

/// A mistake in playbook data: which file, where in it, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlaybookError {
    /// The file is no valid TOML or lacks a field.
    #[error("{file}: {message}")]
    Syntax {
        /// The file's name.
        file: String,
        /// What the TOML reader says, with line and column.
        message: String,
    },
    /// The file reads well but says something that cannot hold.
    #[error("{file}, {place}: {problem}")]
    Content {
        /// The file's name.
        file: String,
        /// The entry, such as `respect, do 2`.
        place: String,
        /// What is wrong and what is expected.
        problem: String,
    },
    /// A file that the playbook needs was not given.
    #[error("{file} is missing")]
    Missing {
        /// The file's name.
        file: String,
    },
}

impl PlaybookError {
    pub(crate) fn content(file: &str, place: impl Into<String>, problem: impl Into<String>) -> Self {
        Self::Content {
            file: file.to_owned(),
            place: place.into(),
            problem: problem.into(),
        }
    }
}
