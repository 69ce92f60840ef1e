//! How results are shown: a table with plain words for the eye, one JSON object for programs.

use std::io::{self, IsTerminal};

use comfy_table::{ContentArrangement, Table, presets::UTF8_FULL_CONDENSED};
use domain::{Bilingual, Language};
use insight::{Figure, Gap, Median};
use serde_json::{Value, json};

use crate::exit::{Failure, usage};
use crate::language::LanguageName;
use crate::output::{OutputName, say};

/// Output and language of a command.
#[derive(clap::Args, Debug)]
pub(super) struct ShowArgs {
    /// table or json; table on a terminal and json in a pipe when left out
    #[arg(long, value_name = "FORMAT")]
    output: Option<OutputName>,
    /// The language of tables and words
    #[arg(long, default_value = "zh", value_name = "LANGUAGE")]
    language: LanguageName,
}

impl ShowArgs {
    /// The language.
    pub(super) fn language(&self) -> Language {
        self.language.into()
    }

    /// Whether a table is wanted.
    pub(super) fn wants_table(&self) -> Result<bool, Failure> {
        match self.output {
            Some(OutputName::Table) => Ok(true),
            Some(OutputName::Json | OutputName::Jsonl) => Ok(false),
            Some(_) => Err(usage(
                "this is written as a table or as json: use --output table or --output json",
            )),
            None => Ok(io::stdout().is_terminal()),
        }
    }

    /// One of two words.
    pub(super) fn pick<'w>(&self, zh: &'w str, en: &'w str) -> &'w str {
        match self.language() {
            Language::Chinese => zh,
            Language::English => en,
        }
    }

    /// The words in the language.
    pub(super) fn words(&self, words: &Bilingual) -> String {
        words.in_language(self.language()).to_owned()
    }

    /// A figure for the eye.
    pub(super) fn figure(&self, figure: &Figure) -> String {
        match figure {
            Ok(found) => format!(
                "{} [{}, {}]",
                brief(found.value()),
                brief(found.low()),
                brief(found.high())
            ),
            Err(gap) => self.words(&gap.words()),
        }
    }

    /// A middle for the eye: the number alone where it has no interval.
    pub(super) fn median(&self, median: &Result<Median, Gap>) -> String {
        match median {
            Ok(found) if found.figure.is_err() => {
                format!("{} ({})", brief(found.value), self.figure(&found.figure))
            }
            Ok(found) => self.figure(&found.figure),
            Err(gap) => self.words(&gap.words()),
        }
    }

    /// A middle for programs.
    pub(super) fn median_json(&self, median: &Result<Median, Gap>) -> Value {
        let mut shown = match median {
            Ok(found) => self.figure_json(&found.figure),
            Err(gap) => return self.gap_json(*gap),
        };
        if let Ok(found) = median {
            shown["value"] = json!(found.value);
        }
        shown
    }

    /// A figure for programs.
    pub(super) fn figure_json(&self, figure: &Figure) -> Value {
        match figure {
            Ok(found) => json!({"value": found.value(), "low": found.low(), "high": found.high()}),
            Err(gap) => self.gap_json(*gap),
        }
    }

    /// Why there is none, for programs.
    pub(super) fn gap_json(&self, gap: Gap) -> Value {
        json!({"reason": gap.key(), "words": self.words(&gap.words())})
    }
}

/// A number for the eye.
pub(super) fn brief(value: f64) -> String {
    let size = value.abs();
    if size >= 100.0 || (value - value.round()).abs() < 1e-9 {
        format!("{value:.0}")
    } else if size >= 0.095 {
        format!("{value:.2}")
    } else {
        format!("{value:.2e}")
    }
}

/// A share as a percentage for the eye.
pub(super) fn percent(share: f64) -> String {
    format!("{:.1}%", share * 100.0)
}

/// Prints a table under a title.
pub(super) fn print_table(title: &str, header: &[&str], rows: Vec<Vec<String>>) -> Result<(), Failure> {
    say(format!("\n{title}"))?;
    let mut table = Table::new();
    table.load_style(UTF8_FULL_CONDENSED).set_header(header.to_vec());
    table.set_content_arrangement(ContentArrangement::Dynamic);
    let width = terminal_size::terminal_size().map_or(120, |(terminal_size::Width(width), _)| width);
    table.set_width(width);
    for row in rows {
        table.add_row(row);
    }
    say(table)
}

/// Prints one JSON object.
pub(super) fn print_json(value: &Value) -> Result<(), Failure> {
    say(value)
}

/// The beginning of a text.
pub(super) fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
