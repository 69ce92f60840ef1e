//! `tingsu train`: the recipe of the default model, or a facet of one's own.

mod data;
mod labels;
mod manifest;

use std::path::{Path, PathBuf};
use std::time::Instant;

use analysis::training::{DataFile, Recipe, TrainError, train, train_facet};
use anyhow::Context;
use channels::{Format, Reading, Rows};

use crate::exit::{Done, Ended, Failure, usage};
use crate::facet::read_rows;
use crate::input::open_source;
use crate::output::say;

/// Train the engine, or a facet of your own
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// Train a facet of your own with this name from --data, instead of the engine
    #[arg(long, value_name = "NAME", requires = "data")]
    facet: Option<String>,
    /// Labeled texts as JSONL, plain, gzip or zstd; for the engine instead of the files of the recipe
    #[arg(long, value_name = "TRAIN")]
    data: Vec<PathBuf>,
    /// Labeled texts that settings are chosen by, for a facet
    #[arg(long, value_name = "VALID", requires = "facet")]
    valid: Option<PathBuf>,
    /// Texts without labels to learn from where the facet is sure of them
    #[arg(long, value_name = "MORE", requires = "facet")]
    unlabeled: Option<PathBuf>,
    /// The folder with the project's own labeled texts
    #[arg(long, value_name = "FOLDER", default_value = "corpus")]
    corpus: PathBuf,
    /// The model's name
    #[arg(long, value_name = "NAME", default_value = "zh-2026.11")]
    name: String,
    /// The file the model is written to; the engine's manifest is written beside it
    #[arg(long, value_name = "MODEL")]
    out: PathBuf,
}

/// Runs the command.
pub(crate) fn run(args: &Args) -> Ended {
    match &args.facet {
        Some(name) => run_facet(args, name),
        None => run_engine(args),
    }
}

fn run_engine(args: &Args) -> Ended {
    let start = Instant::now();
    let files = match args.data.as_slice() {
        [] => data::recipe_files(&args.corpus)?,
        paths => data::read_files(paths)?,
    };
    for file in &files {
        eprintln!("tingsu: learning from {}", file.name);
    }
    let borrowed: Vec<DataFile<'_>> = files.iter().map(data::LoadedFile::as_data).collect();
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let trained = train(&args.name, &borrowed, &Recipe::default(), threads).map_err(translate)?;
    write_file(&args.out, &trained.bytes)?;
    let manifest = args.out.with_file_name("manifest.toml");
    write_file(
        &manifest,
        manifest::toml_of(&trained.manifest, &args.out).as_bytes(),
    )?;
    let seconds = start.elapsed().as_secs();
    say(format!(
        "{}: {} bytes, sha256 {}, {seconds} s",
        args.out.display(),
        trained.bytes.len(),
        trained.manifest.sha256
    ))?;
    Ok(Done::All)
}

fn run_facet(args: &Args, name: &str) -> Ended {
    let start = Instant::now();
    let mut rows = Vec::new();
    let mut refused = 0;
    for path in &args.data {
        let (more, wrong) = read_rows(path)?;
        rows.extend(more);
        refused += wrong;
    }
    let (valid, wrong) = args.valid.as_deref().map_or(Ok((Vec::new(), 0)), read_rows)?;
    let (unlabeled, unread) = args
        .unlabeled
        .as_deref()
        .map_or(Ok((Vec::new(), 0)), read_texts)?;
    let model = train_facet(name, &rows, &valid, &unlabeled).map_err(translate)?;
    write_file(&args.out, &model)?;
    let (texts, bytes, seconds) = (rows.len(), model.len(), start.elapsed().as_secs_f64());
    say(format!(
        "{}: facet {name} from {texts} texts, {bytes} bytes, {seconds:.1} s",
        args.out.display()
    ))?;
    Ok(Done::Partly {
        refused: refused + wrong + unread,
    })
}

/// The texts of a file without labels.
fn read_texts(path: &Path) -> Result<(Vec<String>, u64), Failure> {
    let reading = Reading {
        format: Format::of_name(path),
        column: None,
        channel: domain::Channel::Import,
    };
    let mut rows = Rows::open(open_source(path)?, reading)?;
    let (mut texts, mut refused) = (Vec::new(), 0);
    for row in rows.by_ref() {
        match row {
            Ok(record) => texts.push(record.complaint.text),
            Err(error) => {
                refused += 1;
                eprintln!("tingsu: {}: {error}", path.display());
            }
        }
    }
    match rows.failure() {
        Some(failure) => Err(failure.into()),
        None => Ok((texts, refused)),
    }
}

/// Data that nothing can be learned from are wrong usage.
fn translate(error: TrainError) -> Failure {
    usage(error.to_string())
}

fn write_file(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    std::fs::write(path, bytes).with_context(|| format!("{} cannot be written", path.display()))?;
    Ok(())
}
