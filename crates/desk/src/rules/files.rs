//! The data files of the desk by name: embedded, or replaced by an organization's own.

use super::{Rules, RulesError};

/// The files that come with the product, by name.
pub const FILES: &[(&str, &str)] = &[
    ("policies.toml", include_str!("../../data/policies.toml")),
    ("calendar-cn.toml", include_str!("../../data/calendar-cn.toml")),
    ("severity.toml", include_str!("../../data/severity.toml")),
    ("permissions.toml", include_str!("../../data/permissions.toml")),
];

impl Rules {
    /// The rules with some files replaced by an organization's own; the embedded ones fill the rest.
    ///
    /// # Errors
    /// Names the file and the first mistake in it.
    pub fn from_files(own: &[(&str, &str)]) -> Result<Self, RulesError> {
        let text = |name: &str| {
            let mut replaced = own.iter().chain(FILES).filter(|(file, _)| *file == name);
            replaced.next().map_or("", |(_, text)| *text)
        };
        Self::parse(
            text("policies.toml"),
            text("calendar-cn.toml"),
            text("severity.toml"),
            text("permissions.toml"),
        )
    }
}
