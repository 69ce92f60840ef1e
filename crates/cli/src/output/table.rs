//! Records as a table for the eye, a page at a time.

use std::io::{self, Write};

use comfy_table::{ContentArrangement, Table, presets::UTF8_FULL_CONDENSED};
use domain::{Evidenced, Finding, Language, Vocabulary};

use super::Analyzed;
use super::flat::quotes_of;
use crate::language::name_of;

/// Rows drawn at a time; each page has its own header.
const PAGE: usize = 200;
/// Longer quotes are cut in the table; JSON has them whole.
const LONGEST_QUOTE: usize = 40;

/// The width when none can be asked.
const DEFAULT_WIDTH: u16 = 120;

const HEADER_ZH: [&str; 9] = [
    "记录",
    "投诉",
    "投诉心理",
    "动机",
    "情绪",
    "内容",
    "风险",
    "性质",
    "依据",
];
const HEADER_EN: [&str; 9] = [
    "record",
    "complaint",
    "psychology",
    "motives",
    "emotion",
    "about",
    "risks",
    "nature",
    "words",
];

/// Collects rows and draws them.
pub(super) struct TableWriter {
    language: Language,
    rows: Vec<Vec<String>>,
}

impl TableWriter {
    /// An empty table.
    pub(super) fn new(language: Language) -> Self {
        Self {
            language,
            rows: Vec::new(),
        }
    }

    /// Adds a row; draws when a page is full.
    pub(super) fn add(&mut self, cells: Vec<String>) -> io::Result<()> {
        self.rows.push(cells);
        if self.rows.len() == PAGE {
            self.flush()
        } else {
            Ok(())
        }
    }

    /// Draws the rows collected.
    pub(super) fn flush(&mut self) -> io::Result<()> {
        if self.rows.is_empty() {
            return Ok(());
        }
        let header = match self.language {
            Language::Chinese => HEADER_ZH,
            Language::English => HEADER_EN,
        };
        let mut table = Table::new();
        table.load_style(UTF8_FULL_CONDENSED).set_header(header);
        table
            .set_content_arrangement(ContentArrangement::Dynamic)
            .set_width(width());
        for row in self.rows.drain(..) {
            table.add_row(row);
        }
        writeln!(io::stdout().lock(), "{table}")
    }
}

/// The width of the terminal, or what fits most of them.
fn width() -> u16 {
    terminal_size::terminal_size().map_or(DEFAULT_WIDTH, |(terminal_size::Width(width), _)| width)
}

/// The cells of a record.
pub(super) fn cells_of(record: &Analyzed, language: Language) -> Vec<String> {
    let analysis = &record.analysis;
    let emotion = &analysis.emotion;
    let complaint = match (analysis.complaint.value(), language) {
        (true, Language::Chinese) => "是",
        (false, Language::Chinese) => "否",
        (true, Language::English) => "yes",
        (false, Language::English) => "no",
    };
    let facets = record
        .facets
        .iter()
        .map(|(name, found)| format!("\n{name}: {}", found.value));
    let words = cut(&quotes_of(&analysis.psychology.primary)) + &facets.collect::<String>();
    let psychology = name_of(analysis.psychology.primary.value(), language);
    vec![
        record.id.clone(),
        complaint.to_owned(),
        format!("{psychology} {:.2}", analysis.psychology.primary.p()),
        names_of(&analysis.motives, language),
        format!(
            "{} {}",
            name_of(emotion.stage.value(), language),
            emotion.intensity.level()
        ),
        names_of(&analysis.subjects, language),
        names_of(&analysis.risks, language),
        name_of(analysis.nature.value(), language).to_owned(),
        words,
    ]
}

fn names_of<V: Vocabulary + Evidenced>(findings: &[Finding<V>], language: Language) -> String {
    let names: Vec<&str> = findings
        .iter()
        .map(|finding| name_of(finding.value(), language))
        .collect();
    names.join(" ")
}

fn cut(words: &str) -> String {
    match words.char_indices().nth(LONGEST_QUOTE) {
        Some((end, _)) => format!("{}…", &words[..end]),
        None => words.to_owned(),
    }
}
