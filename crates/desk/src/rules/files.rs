//! The data files of the desk by name: embedded, or replaced by an organization's own.

use super::{CALENDARS, Rules, RulesError, packs};

const SEVERITY: &str = include_str!("../../data/severity.toml");
const PERMISSIONS: &str = include_str!("../../data/permissions.toml");

/// The files that come with the product, by name: rule packs, calendars, severity, permissions.
pub fn files() -> Vec<(String, &'static str)> {
    let packs = packs::SEEDS
        .iter()
        .map(|(name, text)| ((*name).to_owned(), *text));
    let calendars = CALENDARS.iter().map(|(name, text)| (calendar_file(name), *text));
    let others = [("severity.toml", SEVERITY), ("permissions.toml", PERMISSIONS)];
    packs
        .chain(calendars)
        .chain(others.map(|(name, text)| (name.to_owned(), text)))
        .collect()
}

fn calendar_file(name: &str) -> String {
    format!("calendar-{name}.toml")
}

impl Rules {
    /// The rules with some files replaced by an organization's own; the embedded ones fill the rest. Files of other
    /// names are calendars when they begin with `calendar-`, and rule packs otherwise.
    ///
    /// # Errors
    /// Names the file and the first mistake in it.
    pub fn from_files(own: &[(&str, &str)]) -> Result<Self, RulesError> {
        let text = |name: &str, seed: &'static str| {
            let replaced = own.iter().find(|(file, _)| *file == name);
            replaced.map_or_else(|| seed.to_owned(), |(_, text)| (*text).to_owned())
        };
        let known: Vec<String> = files().into_iter().map(|(name, _)| name).collect();
        let (own_calendars, own_packs): (Vec<_>, Vec<_>) = own
            .iter()
            .copied()
            .filter(|(name, _)| !known.iter().any(|file| file == name))
            .partition(|(name, _)| name.starts_with("calendar-"));
        let packs: Vec<(&str, String)> = packs::SEEDS
            .iter()
            .map(|(name, seed)| (*name, text(name, seed)))
            .chain(own_packs.into_iter().map(|(name, text)| (name, text.to_owned())))
            .collect();
        let named = |file: &'_ str| {
            file.trim_start_matches("calendar-")
                .trim_end_matches(".toml")
                .to_owned()
        };
        let own_calendars: Vec<(String, String)> = own_calendars
            .into_iter()
            .map(|(file, text)| (named(file), text.to_owned()))
            .collect();
        let calendars: Vec<(&str, String)> = CALENDARS
            .iter()
            .map(|(name, seed)| (*name, text(&calendar_file(name), seed)))
            .chain(
                own_calendars
                    .iter()
                    .map(|(name, text)| (name.as_str(), text.clone())),
            )
            .collect();
        Self::parse(
            &borrow(&packs),
            &borrow(&calendars),
            &text("severity.toml", SEVERITY),
            &text("permissions.toml", PERMISSIONS),
        )
    }
}

fn borrow<'t>(texts: &'t [(&'t str, String)]) -> Vec<(&'t str, &'t str)> {
    texts.iter().map(|(name, text)| (*name, text.as_str())).collect()
}
