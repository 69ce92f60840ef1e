//! The file that a command reads, as its arguments name it.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use channels::{Format, OpenError, Progress, Reading, Rows, Source};
use clap::ValueEnum;
use domain::{Channel, Vocabulary};

/// Names of formats.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum FormatName {
    /// One text per line
    Text,
    /// One JSON object per line
    Jsonl,
    /// A table with a header, parted by commas, semicolons or tabs
    Csv,
    /// An Excel workbook; its first sheet, with a header
    Xlsx,
    /// Not read yet: save as CSV
    Parquet,
}

impl From<FormatName> for Format {
    fn from(name: FormatName) -> Self {
        match name {
            FormatName::Text => Self::Text,
            FormatName::Jsonl => Self::Jsonl,
            FormatName::Csv => Self::Csv,
            FormatName::Xlsx => Self::Xlsx,
            FormatName::Parquet => Self::Parquet,
        }
    }
}

/// Which file is read, and how.
#[derive(clap::Args, Debug)]
pub(crate) struct InputArgs {
    /// A file, plain, gzip or zstd, in UTF-8 or GB18030; - is standard input
    #[arg(default_value = "-")]
    file: PathBuf,
    /// The format; told from the file's name when left out, text for -
    #[arg(long, value_name = "FORMAT")]
    input: Option<FormatName>,
    /// The column or field of the text, when it is none of text, content, review, 内容, 投诉内容, 留言详情
    #[arg(long, value_name = "NAME")]
    column: Option<String>,
    /// The channel of records that name none, by key or name
    #[arg(long, value_name = "CHANNEL", default_value = "import", value_parser = parse_channel)]
    pub(crate) channel: Channel,
}

impl InputArgs {
    /// Opens the file.
    pub(crate) fn open(&self) -> Result<(Rows, Progress), OpenError> {
        let source = open_source(&self.file)?;
        let progress = source.progress();
        let guessed = if is_stdin(&self.file) {
            Format::Text
        } else {
            Format::of_name(&self.file)
        };
        let reading = Reading {
            format: self.input.map_or(guessed, Format::from),
            column: self.column.clone(),
            channel: self.channel,
        };
        Ok((Rows::open(source, reading)?, progress))
    }

    /// The file's own name without its folder; nothing for standard input.
    pub(crate) fn file_name(&self) -> Option<String> {
        let name = self.file.file_name().filter(|_| !is_stdin(&self.file))?;
        Some(name.to_string_lossy().into_owned())
    }
}

/// Opens a file, or standard input for `-`.
pub(crate) fn open_source(file: &Path) -> Result<Source, OpenError> {
    if !is_stdin(file) {
        return Source::open(file);
    }
    if std::io::stdin().is_terminal() {
        eprintln!("tingsu: reading from the terminal; end with Ctrl-D");
    }
    Source::from_reader(std::io::stdin())
}

fn is_stdin(file: &Path) -> bool {
    file == Path::new("-")
}

/// A channel by its key, a name or an alias.
pub(crate) fn parse_channel(word: &str) -> Result<Channel, String> {
    Channel::from_word(word).ok_or_else(|| {
        let keys: Vec<&str> = Channel::ALL.iter().map(|channel| channel.key()).collect();
        format!("no such channel; the channels are {}", keys.join(", "))
    })
}
