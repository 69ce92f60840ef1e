//! Settings by file, environment and flag: a flag wins over the environment, that over the file, that over the default.

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

use clap::{ArgMatches, Command, parser::ValueSource};
use toml::{Table, Value};

use crate::runtime::hide_password;

/// What can be set, by the name it has in the file and as a flag.
const SETTINGS: [&str; 8] = [
    "addr",
    "database",
    "rate_per_minute",
    "logins_per_minute",
    "trust_proxy",
    "public_url",
    "key_file",
    "log_json",
];
/// What can be set only where the build knows of providers to sign in at. The secret is none of them: it belongs into the
/// environment, and is never told.
const OF_OIDC: [&str; 4] = ["oidc_issuer", "oidc_client_id", "oidc_claim", "oidc_new_accounts"];
const VARIABLE: &str = "TINGSU_CONFIG";
const FLAG: &str = "--config";

/// The settings of a file.
#[derive(Debug, Default)]
pub(crate) struct Configuration {
    path: Option<PathBuf>,
    table: Table,
}

impl Configuration {
    /// The file that a flag or the environment names; without one, nothing is set.
    pub(crate) fn load(arguments: &[OsString]) -> Result<Self, String> {
        let named = named_by_flag(arguments).or_else(|| std::env::var_os(VARIABLE));
        let Some(path) = named.map(PathBuf::from) else {
            return Ok(Self::default());
        };
        let text = std::fs::read_to_string(&path)
            .map_err(|error| format!("{} cannot be read: {error}", path.display()))?;
        let table = read(&text).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(Self {
            path: Some(path),
            table,
        })
    }

    /// The command with what the file sets in the place of its defaults.
    pub(crate) fn apply(&self, command: Command) -> Command {
        command.mut_subcommands(|sub| {
            let sub = match sub.has_subcommands() {
                true => self.apply(sub),
                false => sub,
            };
            sub.mut_args(|arg| match self.table.get(arg.get_id().as_str()) {
                // Clap keeps defaults for as long as the program runs, so they are given to it for good.
                Some(value) => arg.default_value(&*words_of(value).leak()),
                None => arg,
            })
        })
    }

    /// What holds and where each comes from, one line a setting.
    pub(crate) fn tell(&self, matches: &ArgMatches) -> Vec<String> {
        let known = SETTINGS.iter().chain(&OF_OIDC).filter(|name| has(matches, name));
        let lines = known.map(|name| {
            let value = matches.get_raw(name).and_then(|mut values| values.next());
            let value = hide_password(&value.map(OsStr::to_string_lossy).unwrap_or_default());
            format!("{name} = {value}  ({})", self.source(name, matches))
        });
        lines.chain(tell_traces()).collect()
    }

    fn source(&self, name: &str, matches: &ArgMatches) -> String {
        match (matches.value_source(name), &self.path) {
            (Some(ValueSource::CommandLine), _) => "flag".to_owned(),
            (Some(ValueSource::EnvVariable), _) => format!("environment, TINGSU_{}", name.to_uppercase()),
            (_, Some(path)) if self.table.contains_key(name) => format!("file {}", path.display()),
            _ => "default".to_owned(),
        }
    }
}

fn has(matches: &ArgMatches, name: &str) -> bool {
    // An id that the command does not have is an error, one without a value is not.
    matches.try_contains_id(name).is_ok()
}

/// Where traces go, which is told by the variable of every collector alone.
#[cfg(feature = "otlp")]
fn tell_traces() -> Option<String> {
    let variable = crate::traces::ENDPOINT;
    let endpoint = std::env::var(variable).unwrap_or_default();
    let source = if endpoint.is_empty() {
        "default"
    } else {
        "environment"
    };
    Some(format!(
        "traces = {}  ({source}, {variable})",
        hide_password(&endpoint)
    ))
}

#[cfg(not(feature = "otlp"))]
fn tell_traces() -> Option<String> {
    None
}

fn named_by_flag(arguments: &[OsString]) -> Option<OsString> {
    let place = arguments
        .iter()
        .position(|word| word == FLAG || word.to_string_lossy().starts_with("--config="))?;
    let word = arguments[place].to_string_lossy().into_owned();
    match word.split_once('=') {
        Some((_, path)) => Some(path.to_owned().into()),
        None => arguments.get(place + 1).cloned(),
    }
}

/// The settings in a text; a name that is not known or a list in the place of a value is refused.
fn read(text: &str) -> Result<Table, String> {
    let table: Table = text
        .parse()
        .map_err(|error: toml::de::Error| error.message().to_owned())?;
    for (name, value) in &table {
        if OF_OIDC.contains(&name.as_str()) && !cfg!(feature = "oidc") {
            return Err(format!(
                "{name} needs a program that was built with the feature oidc"
            ));
        }
        if !SETTINGS.contains(&name.as_str()) && !OF_OIDC.contains(&name.as_str()) {
            return Err(format!(
                "there is no setting {name}; known: {}",
                SETTINGS.join(", ")
            ));
        }
        if !matches!(value, Value::String(_) | Value::Integer(_) | Value::Boolean(_)) {
            return Err(format!("{name} must be a text, a whole number, true or false"));
        }
    }
    Ok(table)
}

fn words_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Where the file is; a flag of every command, read before all others.
#[derive(clap::Args, Clone, Debug, Default)]
pub(crate) struct ConfigArgs {
    /// A file with settings; flags and environment variables win over it
    #[arg(long, global = true, env = VARIABLE, value_name = "FILE")]
    config: Option<PathBuf>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_not_known_is_refused() {
        assert!(read("addr = \"127.0.0.1:1\"\ntrust_proxy = true\nrate_per_minute = 5").is_ok());
        assert!(read("adr = \"x\"").unwrap_err().contains("known: addr, database"));
        assert!(read("addr = [1]").is_err());
        assert!(read("addr = ").is_err());
    }

    #[test]
    fn a_provider_is_refused_by_name_where_the_build_knows_of_none() {
        let named = read("oidc_issuer = \"https://id.example\"");
        assert_eq!(named.is_ok(), cfg!(feature = "oidc"), "{named:?}");
        assert!(
            read("oidc_client_secret = \"x\"").is_err(),
            "a secret stands in no file that others read"
        );
    }

    #[test]
    fn the_example_names_every_setting() {
        let example = include_str!("../../../deploy/tingsu.toml");
        let table = read(example).unwrap();
        let missing: Vec<_> = SETTINGS
            .iter()
            .filter(|name| !table.contains_key(**name))
            .collect();
        assert!(missing.is_empty(), "{missing:?}");
        // Those of a provider are shown as remarks, since not every build takes them.
        for name in OF_OIDC {
            assert!(example.contains(&format!("\n# {name} = ")), "{name}");
        }
    }
}
