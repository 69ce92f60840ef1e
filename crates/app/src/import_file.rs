//! Reading a file of complaints before it is imported: each row with its key, or the reason why it cannot be a case.

use std::{collections::HashMap, io::Cursor, path::Path};

use channels::{Format, OpenError, Reading, Record, RecordError, Rows, Source};
use domain::{Bilingual, Channel, Language, Timestamp, Vocabulary};
use wire::{
    import::{FileReading, FileRow, ImportAnswer, ImportInput, ImportedRow, RefusedRow, RowOutcome},
    intake::{Intake, IntakeRequest, NewCustomer},
    limits::TEXT_CHARS,
};

use crate::{App, AppError, Caller, Code, ImportRow, Imported, Origin, Origins, Verb, limits, permission};

/// A file as it was sent.
#[derive(Clone, Debug)]
pub struct SentFile {
    /// Its name, which tells its format and is what its rows are known by.
    pub name: String,
    /// The channel of rows that name none.
    pub channel: Channel,
    /// The column of the text, when it goes by no known name.
    pub column: Option<String>,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl App {
    /// Reads a file of complaints; nothing is stored.
    ///
    /// # Errors
    /// When the file cannot be read as what its name says, or holds more rows than are taken at once.
    pub async fn read_file(
        &self,
        caller: &Caller,
        file: SentFile,
        language: Language,
    ) -> Result<FileReading, AppError> {
        permission::require(caller.role, Verb::Intake)?;
        let now = self.now();
        let permit = self.readers().acquire().await;
        let read = tokio::task::spawn_blocking(move || read(file, now, language)).await;
        drop(permit);
        read.map_err(|_| AppError::Plain(Code::Failed))?
    }

    /// Opens a case for each row that is none yet, all or none.
    pub async fn import(&self, caller: &Caller, input: ImportInput) -> Result<ImportAnswer, AppError> {
        let ImportInput { source, rows } = input;
        let lines: Vec<u64> = rows.iter().map(|(line, ..)| *line).collect();
        let rows = rows.into_iter().map(|(_, key, intake)| ImportRow {
            origin: Some(Origin::known(&source, key, &intake)),
            intake,
        });
        let imported = self.import_rows(caller, rows.collect()).await?;
        let items = lines.into_iter().zip(imported).map(|(line, imported)| {
            let (outcome, case) = match imported {
                Imported::Opened(case) => (RowOutcome::Opened, case),
                Imported::AlreadyThere(case) => (RowOutcome::AlreadyThere, case),
                Imported::Changed(case) => (RowOutcome::Changed, case),
            };
            ImportedRow {
                line,
                outcome,
                case_id: case.0,
            }
        });
        Ok(ImportAnswer {
            items: items.collect(),
        })
    }
}

fn read(file: SentFile, now: Timestamp, language: Language) -> Result<FileReading, AppError> {
    let reading = Reading {
        format: Format::of_name(Path::new(&file.name)),
        column: file.column,
        channel: file.channel,
    };
    let source = Source::from_reader(Cursor::new(file.bytes)).map_err(|error| tell(&error))?;
    let mut rows = Rows::open(source, reading).map_err(|error| tell(&error))?;
    let mut sorting = Sorting {
        origins: Origins::of(&file.name),
        ids: HashMap::new(),
        now,
        language,
        found: FileReading::default(),
    };
    for row in rows.by_ref() {
        sorting.add(row);
        if sorting.found.rows.len() + sorting.found.refused.len() > limits::FILE_ROWS {
            return Err(too_many());
        }
    }
    match rows.failure() {
        Some(failure) => Err(tell(&failure)),
        None => Ok(sorting.found),
    }
}

/// Rows on their way to one side or the other.
struct Sorting {
    origins: Origins,
    /// Names given so far, with the line they stood on.
    ids: HashMap<String, u64>,
    now: Timestamp,
    language: Language,
    found: FileReading,
}

impl Sorting {
    fn add(&mut self, row: Result<Record, RecordError>) {
        let record = match row {
            Ok(record) => record,
            Err(RecordError { line, field, reason }) => {
                let words = Bilingual::new(format!("这一行读不出来（{reason}）"), reason);
                return self.refuse(line, field, &words);
            }
        };
        if let Some((field, words)) = self.fault_of(&record) {
            return self.refuse(record.line, Some(field), &words);
        }
        let intake = intake_of(&record);
        let name = record.named.then_some(record.id.as_str());
        self.found.rows.push(FileRow {
            line: record.line,
            key: self.origins.next(name, &intake).name().to_owned(),
            intake: IntakeRequest::from(&intake),
        });
    }

    fn refuse(&mut self, line: u64, field: Option<String>, words: &Bilingual) {
        self.found.refused.push(RefusedRow {
            line,
            field,
            message: words.in_language(self.language).to_owned(),
        });
    }

    /// What makes a record no case: the field and the reason.
    fn fault_of(&mut self, record: &Record) -> Option<(String, Bilingual)> {
        let text = &record.complaint.text;
        if text.trim().is_empty() {
            let words = Bilingual::new(
                "没有客户的话，请补上",
                "is blank: a case needs the customer's words",
            );
            return Some(("text".to_owned(), words));
        }
        if text.chars().count() > TEXT_CHARS {
            let words = Bilingual::new(
                format!("超过 {TEXT_CHARS} 字，请缩短"),
                format!("is longer than {TEXT_CHARS} characters: shorten it"),
            );
            return Some(("text".to_owned(), words));
        }
        if let Some(unknown) = &record.unknown_channel {
            let keys: Vec<&str> = Channel::ALL.iter().map(|channel| channel.key()).collect();
            let (keys, named) = (keys.join(", "), &unknown.words);
            let words = Bilingual::new(
                format!("没有“{named}”这种渠道；可用：{keys}"),
                format!("\"{named}\" is no channel: write one of {keys}"),
            );
            return Some((unknown.field.clone(), words));
        }
        if record.complaint.received_at.is_some_and(|at| at > self.now) {
            let words = Bilingual::new("晚于现在，请更正", "lies in the future: correct it");
            return Some(("received_at".to_owned(), words));
        }
        let before = record
            .named
            .then(|| self.ids.insert(record.id.clone(), record.line))
            .flatten()?;
        let words = Bilingual::new(
            format!("编号 {} 在第 {before} 行已经有了，每行要有自己的编号", record.id),
            format!(
                "{} stood on line {before} already: each row needs its own",
                record.id
            ),
        );
        Some(("id".to_owned(), words))
    }
}

fn intake_of(record: &Record) -> Intake {
    let sender = &record.sender;
    let customer = NewCustomer {
        id: None,
        name: sender.name.clone(),
        phone: sender.phone.clone(),
        email: sender.email.clone(),
    };
    Intake {
        complaint: record.complaint.clone(),
        customer: (customer != NewCustomer::default()).then_some(customer),
        title: None,
    }
}

fn too_many() -> AppError {
    let most = limits::FILE_ROWS;
    AppError::field(
        "file",
        format!("超过 {most} 行；请分成几个文件，或在服务器上用 tingsu import"),
        format!("holds more than {most} rows; split it, or run tingsu import on the server"),
    )
}

/// Why the whole file cannot be read, as the fault of what was sent.
fn tell(error: &OpenError) -> AppError {
    let zh = match error {
        OpenError::NotRead { format } => format!("还不能读 {format} 文件；请另存为 CSV（UTF-8）或 XLSX"),
        OpenError::Workbook { reason } => format!("不能当作 .xlsx 工作簿读取（{reason}）"),
        OpenError::NoSuchColumn { wanted, there } => {
            format!("没有“{wanted}”这一列；现有：{}", there.join("、"))
        }
        OpenError::NoTextColumn { there } => {
            format!("看不出哪一列是客户的话，请选一列；现有：{}", there.join("、"))
        }
        OpenError::Header { reason } => format!("表头读不出来（{reason}）"),
        OpenError::File { .. } | OpenError::Io { .. } => "文件读到一半断了，可能已损坏或不完整".to_owned(),
    };
    let field = match error {
        OpenError::NoSuchColumn { .. } | OpenError::NoTextColumn { .. } => "column",
        _ => "file",
    };
    AppError::field(field, zh, error.to_string())
}
