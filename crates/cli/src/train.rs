//! `tingsu train`: the recipe of the default model, or a facet of one's own.

mod ablated;
mod calibrated;
mod data;
mod judged;
mod judges;
mod labels;
mod manifest;
mod talks;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Instant;

use analysis::training::{DataFile, Judge, Recipe, TrainError, train, train_facet};
use anyhow::Context;
use channels::{Format, Reading, Rows};

use crate::exit::{Done, Ended, Failure, usage};
use crate::facet::{read_known_rows, read_rows};
use crate::input::open_source;
use crate::output::say;

/// The month of the recipe, in the models' names.
const MONTH: &str = "2026.11";

/// Train the engine, or a facet of your own
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// Train a facet of your own with this name from --data, instead of the engine
    #[arg(long, value_name = "NAME", requires = "data")]
    facet: Option<String>,
    /// Labeled texts as JSONL, plain, gzip or zstd; for the engine instead of the files of the recipe
    #[arg(long, value_name = "TRAIN")]
    data: Vec<PathBuf>,
    /// The field of the label, for a facet
    #[arg(long, value_name = "FIELD", default_value = "label", requires = "facet")]
    label: String,
    /// Labeled texts that settings are chosen by, for a facet; without them, parts of the data are left out in turn
    #[arg(long, value_name = "VALID", requires = "facet")]
    valid: Option<PathBuf>,
    /// Texts without labels to learn from where the facet is sure of them
    #[arg(long, value_name = "MORE", requires = "facet")]
    unlabeled: Option<PathBuf>,
    /// What people put right, as `tingsu export --corrections` writes it, to learn from beside the rest; a model worse on
    /// --dev than the one in --out (or, without it, the one that comes with the product) is refused and not written
    #[arg(long, value_name = "FILE", conflicts_with = "facet")]
    with_corrections: Option<PathBuf>,
    /// Labeled texts that such a model is judged by; `authored/dev.jsonl` of --corpus (`english/dev.jsonl`
    /// for the English model) when left out
    #[arg(long, value_name = "DEV", requires = "with_corrections")]
    dev: Option<PathBuf>,
    /// Learn no weights, but put the probabilities of the model in --out right on labeled texts that it has not learned
    /// from: the dev sets of --corpus and of TINGSU_DATA, or those of --data
    #[arg(long, conflicts_with_all = ["facet", "with_corrections", "name"])]
    calibrate: bool,
    /// Write no model: learn the engine again without each of its parts in turn, and write to --out how every variant
    /// reads these labeled texts, as tables; takes as long as two trainings
    #[arg(long, value_name = "GOLD", conflicts_with_all = ["facet", "with_corrections", "name", "calibrate", "model"])]
    ablate: Vec<PathBuf>,
    /// The folder with the project's own labeled texts
    #[arg(long, value_name = "FOLDER", default_value = "corpus")]
    corpus: PathBuf,
    /// Which of the engine's models: of what is told to the organization, of what is written for the public, of English, of
    /// conversations; or one of the judges of particulars, of names, of codes and of sums of money
    #[arg(long, value_name = "MODEL", value_enum, default_value_t)]
    model: Part,
    /// The model's name [default: its file's and the month of the recipe, such as zh-2026.11]
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// The file the model is written to; the engine's manifest is written beside it
    #[arg(long, value_name = "MODEL")]
    out: PathBuf,
}

/// The models of the engine.
#[derive(clap::ValueEnum, Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Part {
    #[default]
    Direct,
    Public,
    English,
    Conversations,
    Names,
    Codes,
    Amounts,
}

impl Part {
    fn recipe(self) -> Recipe {
        match self {
            Self::Direct => Recipe::direct(),
            Self::Public => Recipe::public(),
            Self::English => Recipe::english(),
            Self::Conversations | Self::Names | Self::Codes | Self::Amounts => Recipe::direct(),
        }
    }

    /// Which judge of particulars it is.
    fn judge(self) -> Option<Judge> {
        match self {
            Self::Names => Some(Judge::Names),
            Self::Codes => Some(Judge::Codes),
            Self::Amounts => Some(Judge::Amounts),
            _ => None,
        }
    }

    /// The labeled texts it is judged by, under the corpus.
    fn dev(self) -> &'static str {
        match self {
            Self::English => "english/dev.jsonl",
            _ => "authored/dev.jsonl",
        }
    }

    /// The model of texts that it is.
    fn of_texts(self) -> Option<analysis::Part> {
        match self {
            Self::Direct => Some(analysis::Part::Direct),
            Self::Public => Some(analysis::Part::Public),
            Self::English => Some(analysis::Part::English),
            Self::Conversations | Self::Names | Self::Codes | Self::Amounts => None,
        }
    }

    /// What its name begins with.
    fn stem(self) -> &'static str {
        match self {
            Self::Direct => "zh",
            Self::Public => "zh-public",
            Self::English => "en",
            Self::Conversations => "talk",
            Self::Names => "names",
            Self::Codes => "codes",
            Self::Amounts => "amounts",
        }
    }
}

/// Runs the command.
pub(crate) fn run(args: &Args) -> Ended {
    match &args.facet {
        Some(name) => run_facet(args, name),
        None => run_engine(args),
    }
}

fn run_engine(args: &Args) -> Ended {
    if args.calibrate {
        return calibrated::run(args);
    }
    if !args.ablate.is_empty() {
        return ablated::run(args);
    }
    if args.model == Part::Conversations {
        return talks::run(args);
    }
    if let Some(judge) = args.model.judge() {
        return judges::run(args, judge);
    }
    let start = Instant::now();
    let mut files = match args.data.as_slice() {
        [] if args.model == Part::English => data::english_files(&args.corpus)?,
        [] => data::recipe_files(&args.corpus)?,
        paths => data::read_files(paths)?,
    };
    if let Some(corrections) = &args.with_corrections {
        files.extend(data::read_files(std::slice::from_ref(corrections))?);
    }
    let name = args
        .name
        .clone()
        .unwrap_or_else(|| format!("{}-{MONTH}", args.model.stem()));
    for file in &files {
        eprintln!("tingsu: learning from {}", file.name);
    }
    let borrowed: Vec<DataFile<'_>> = files.iter().map(data::LoadedFile::as_data).collect();
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let trained = train(&name, &borrowed, &args.model.recipe(), threads).map_err(translate)?;
    if args.with_corrections.is_some() {
        let dev = args.dev.clone();
        let dev = dev.unwrap_or_else(|| args.corpus.join(args.model.dev()));
        if let Some(fault) = judged::compare(args.model, &trained.bytes, &args.out, &dev)? {
            eprintln!("tingsu: the new model is worse and is not written: {fault}");
            return Ok(Done::Partly { refused: 1 });
        }
    }
    write_file(&args.out, &trained.bytes)?;
    let manifest = args.out.with_extension("toml");
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
        let (more, wrong) = read_rows(path, &args.label)?;
        rows.extend(more);
        refused += wrong;
    }
    let known: BTreeSet<String> = rows.iter().map(|row| row.label.clone()).collect();
    let known: Vec<String> = known.into_iter().collect();
    let (valid, wrong) = args.valid.as_deref().map_or(Ok((Vec::new(), 0)), |path| {
        read_known_rows(path, &args.label, &known)
    })?;
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
                eprintln!(
                    "tingsu: {}: {}",
                    path.display(),
                    app::mask_words(&error.to_string())
                );
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
