//! What `analyze` prints: JSON, JSON lines, CSV or a table. Records are rendered by the workers and written in order.

mod flat;
mod jsonl;
mod table;

use std::io::{self, IsTerminal, StdoutLock, Write};

use anyhow::Context;
use clap::ValueEnum;
use domain::{Analysis, Complaint, Language, Plan};

use crate::exit::{Failure, usage};
use table::TableWriter;

/// Prints a line; a closed pipe is an error that ends the command quietly.
pub(crate) fn say(line: impl std::fmt::Display) -> Result<(), Failure> {
    writeln!(io::stdout().lock(), "{line}")?;
    Ok(())
}

/// Names of the formats of `analyze`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum OutputName {
    /// For the eye
    Table,
    /// One JSON object per line, the same shape as over HTTP
    Jsonl,
    /// One JSON array of these objects
    Json,
    /// One row per record
    Csv,
    /// Not written yet
    Parquet,
}

/// One record as read.
pub(crate) struct Analyzed {
    pub(crate) id: String,
    pub(crate) complaint: Complaint,
    pub(crate) analysis: Analysis,
    pub(crate) plan: Option<Plan>,
    pub(crate) facets: Vec<(String, crate::facet::FacetValue)>,
}

/// One record as it will be written.
pub(crate) enum Piece {
    Line(String),
    Cells(Vec<String>),
}

/// Turns records into pieces; shared by all workers.
#[derive(Clone, Copy)]
pub(crate) struct Renderer {
    shape: Shape,
    language: Language,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Jsonl,
    Json,
    Csv,
    Table,
}

impl Renderer {
    /// The record as it will be written.
    pub(crate) fn render(&self, record: &Analyzed) -> Piece {
        match self.shape {
            Shape::Jsonl | Shape::Json => Piece::Line(jsonl::line_of(record, self.language)),
            Shape::Csv => Piece::Cells(flat::cells_of(record, self.language)),
            Shape::Table => Piece::Cells(table::cells_of(record, self.language)),
        }
    }
}

/// Writes pieces to standard output.
pub(crate) struct Writer {
    renderer: Renderer,
    sink: Sink,
}

enum Sink {
    Lines(io::BufWriter<StdoutLock<'static>>),
    Array(ArrayWriter<io::BufWriter<StdoutLock<'static>>>),
    Csv(Box<csv::Writer<StdoutLock<'static>>>),
    Table(TableWriter),
}

impl Writer {
    /// Starts to write; without a name it is a table on a terminal and JSON lines in a pipe. A CSV file has the
    /// columns `more` after its own.
    pub(crate) fn open(name: Option<OutputName>, language: Language, more: &[&str]) -> Result<Self, Failure> {
        let terminal = io::stdout().is_terminal();
        let shape = match name {
            Some(OutputName::Jsonl) => Shape::Jsonl,
            Some(OutputName::Json) => Shape::Json,
            Some(OutputName::Csv) => Shape::Csv,
            Some(OutputName::Table) => Shape::Table,
            Some(OutputName::Parquet) => return Err(usage("Parquet is not written yet: use --output csv")),
            None if terminal => Shape::Table,
            None => Shape::Jsonl,
        };
        let stdout = io::stdout().lock();
        let sink = match shape {
            Shape::Jsonl => Sink::Lines(io::BufWriter::new(stdout)),
            Shape::Json => Sink::Array(ArrayWriter::of(io::BufWriter::new(stdout))),
            Shape::Csv => Sink::Csv(Box::new(start_csv(stdout, more)?)),
            Shape::Table => Sink::Table(TableWriter::new(language)),
        };
        Ok(Self {
            renderer: Renderer { shape, language },
            sink,
        })
    }

    /// What the workers render with.
    pub(crate) fn renderer(&self) -> Renderer {
        self.renderer
    }

    /// Writes one piece.
    pub(crate) fn write(&mut self, piece: Piece) -> Result<(), Failure> {
        match (&mut self.sink, piece) {
            (Sink::Lines(out), Piece::Line(line)) => out.write_all(line.as_bytes())?,
            (Sink::Array(out), Piece::Line(line)) => out.add(&line)?,
            (Sink::Csv(out), Piece::Cells(cells)) => {
                out.write_record(&cells).context("the output cannot be written")?;
            }
            (Sink::Table(out), Piece::Cells(cells)) => out.add(cells)?,
            (Sink::Table(_) | Sink::Csv(_), Piece::Line(_))
            | (Sink::Lines(_) | Sink::Array(_), Piece::Cells(_)) => {
                unreachable!("a writer renders its own pieces")
            }
        }
        Ok(())
    }

    /// Writes what is left.
    pub(crate) fn finish(mut self) -> Result<(), Failure> {
        match &mut self.sink {
            Sink::Lines(out) => out.flush()?,
            Sink::Array(out) => out.finish()?,
            Sink::Csv(out) => out.flush()?,
            Sink::Table(out) => out.flush()?,
        }
        Ok(())
    }
}

/// Writes JSON values as the items of one array.
pub(crate) struct ArrayWriter<W> {
    out: W,
    is_begun: bool,
}

impl<W: Write> ArrayWriter<W> {
    /// An array that is written to `out`.
    pub(crate) fn of(out: W) -> Self {
        Self { out, is_begun: false }
    }

    /// Writes the next item; the end of its line is dropped.
    pub(crate) fn add(&mut self, item: &str) -> io::Result<()> {
        self.out.write_all(if self.is_begun { b",\n" } else { b"[" })?;
        self.is_begun = true;
        self.out.write_all(item.trim_end().as_bytes())
    }

    /// Ends the array; one without items is an array as well.
    pub(crate) fn finish(&mut self) -> io::Result<()> {
        self.out.write_all(if self.is_begun { b"]\n" } else { b"[]\n" })?;
        self.out.flush()
    }
}

fn start_csv(
    stdout: StdoutLock<'static>,
    more: &[&str],
) -> Result<csv::Writer<StdoutLock<'static>>, Failure> {
    let mut out = csv::Writer::from_writer(stdout);
    let header: Vec<&str> = flat::COLUMNS.iter().chain(more).copied().collect();
    out.write_record(header).context("the output cannot be written")?;
    Ok(out)
}
