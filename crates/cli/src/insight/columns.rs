//! The names that columns go by, and how reports are read from rows.

use std::path::PathBuf;

use channels::TEXT_COLUMNS;
use insight::day_of;
use insight::outbreak::{Report, ReportSet};

use super::last_day::LastDay;
use super::rows::{Row, read_rows};
use crate::exit::{Failure, usage};

/// Days are those of China, eight hours east of UTC.
pub(super) const OFFSET_MINUTES: i32 = 480;

pub(super) const DATE: [&str; 11] = [
    "date",
    "day",
    "received_at",
    "opened_at",
    "time",
    "at",
    "日期",
    "时间",
    "投诉时间",
    "受理时间",
    "created_at",
];
const ID: [&str; 5] = ["id", "number", "编号", "工单号", "case"];

/// The dimensions that are looked for when none are named, with the names their columns go by.
const DIMENSIONS: [(&str, &[&str]); 4] = [
    (
        "topic",
        &[
            "topic",
            "subject",
            "subjects",
            "category",
            "issue",
            "主题",
            "类别",
            "投诉内容分类",
        ],
    ),
    ("product", &["product", "产品", "商品", "car"]),
    (
        "site",
        &["site", "place", "store", "city", "门店", "地点", "站点"],
    ),
    ("batch", &["batch", "批次"]),
];

/// Which file of complaints is read, and how.
#[derive(clap::Args, Debug)]
pub(super) struct ReportArgs {
    /// A file of complaints, .csv or .jsonl, plain, gzip or zstd, in UTF-8 or GB18030
    file: PathBuf,
    /// The column of the date, when it is none of date, received_at, opened_at, time, 日期, 投诉时间
    #[arg(long, value_name = "NAME")]
    date: Option<String>,
    /// The column of the text, when it is none of text, content, review, 内容, 投诉内容, 留言详情
    #[arg(long, value_name = "NAME")]
    text: Option<String>,
    /// The columns complaints are counted by, such as topic,product,site; up to five. Those of topic, product, site and
    /// batch that are there when left out
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    by: Vec<String>,
    /// The last day that counts, such as 2026-11-22; the last one in the file when left out. Rows after it are left out
    /// and counted; without it, rows after today are refused
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    until: Option<i32>,
}

/// Complaints read for counting.
pub(super) struct Reports {
    pub(super) set: ReportSet,
    pub(super) until: i32,
    pub(super) refused: u64,
}

/// A day as files write it.
pub(super) fn parse_day(words: &str) -> Result<i32, String> {
    let at = channels::parse_time(words).ok_or_else(|| format!("{words:?} is no date: write 2026-11-22"))?;
    Ok(day_of(at, OFFSET_MINUTES))
}

/// The day of a row, by a named column or the usual ones.
pub(super) fn day_of_row(row: &Row<'_>, column: Option<&str>) -> Result<i32, String> {
    let words = match column {
        Some(column) => row.get(&[column]),
        None => row.get(&DATE),
    };
    let words = words.ok_or_else(|| {
        format!(
            "has no date; name its column with --date (known: {})",
            DATE.join(", ")
        )
    })?;
    parse_day(words)
}

impl ReportArgs {
    /// Reads the file. Dimensions that no row has are left out.
    pub(super) fn read(&self) -> Result<Reports, Failure> {
        let named: Vec<(String, Vec<&str>)> = if self.by.is_empty() {
            let usual = DIMENSIONS.iter();
            usual
                .map(|(name, columns)| ((*name).to_owned(), columns.to_vec()))
                .collect()
        } else {
            self.by
                .iter()
                .map(|name| (name.clone(), vec![name.as_str()]))
                .collect()
        };
        let mut reports = Vec::new();
        let (mut days, mut named_rows) = (LastDay::of(self.until), 0);
        let text_columns = self
            .text
            .as_deref()
            .map_or(TEXT_COLUMNS.to_vec(), |name| vec![name]);
        let refused = read_rows(&self.file, |row| {
            let value = |(_, columns): &(String, Vec<&str>)| row.get(columns).map(str::to_owned);
            let day = day_of_row(row, self.date.as_deref())?;
            if !days.takes(day, row.line)? {
                return Ok(());
            }
            let id = row.get(&ID);
            named_rows += usize::from(id.is_some());
            reports.push(Report {
                id: id.map_or_else(|| format!("line {}", row.line), str::to_owned),
                day,
                values: named.iter().map(value).collect(),
                // Everything said of a text from here on may leave in a report.
                text: app::mask_words(row.get(&text_columns).unwrap_or_default()),
            });
            Ok(())
        })?;
        days.tell(&self.file);
        if named_rows == 0 && !reports.is_empty() {
            let (file, names) = (self.file.display(), ID.join(", "));
            eprintln!(
                "tingsu: {file}: no row has an id ({names}): copies cannot be told apart and all count"
            );
        }
        let dimensions = keep_present(named.into_iter().map(|(name, _)| name).collect(), &mut reports);
        if dimensions.is_empty() && !self.by.is_empty() && !reports.is_empty() {
            return Err(usage(format!(
                "none of the columns {} holds a value",
                self.by.join(", ")
            )));
        }
        let last = reports.iter().map(|report| report.day).max();
        Ok(Reports {
            set: ReportSet::new(dimensions, reports),
            until: days.or_last(last),
            refused,
        })
    }
}

/// Takes out the dimensions without any value.
fn keep_present(names: Vec<String>, reports: &mut [Report]) -> Vec<String> {
    let present = |place: usize| reports.iter().any(|report| report.values[place].is_some());
    let kept: Vec<bool> = (0..names.len()).map(present).collect();
    for report in reports.iter_mut() {
        let mut flags = kept.iter();
        report.values.retain(|_| *flags.next().unwrap_or(&false));
    }
    let named = names.into_iter().zip(kept);
    named.filter(|(_, kept)| *kept).map(|(name, _)| name).collect()
}
