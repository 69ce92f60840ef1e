//! The report as a workbook: a sheet of findings, a sheet with the days behind their charts.

use domain::Language;
use rust_xlsxwriter::{Chart, ChartType, DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

use super::printed::Printed;

/// The report as an `.xlsx` file.
///
/// # Errors
/// When the workbook cannot be written, which only a text beyond the limits of the format makes happen.
pub fn write_xlsx(report: &Printed) -> Result<Vec<u8>, XlsxError> {
    let zh = report.language == Language::Chinese;
    let mut book = Workbook::new();
    // The same report is the same file, whenever it is written.
    let properties = DocProperties::new()
        .set_title(&report.title)
        .set_creation_datetime(&ExcelDateTime::from_ymd(2026, 1, 1)?);
    book.set_properties(&properties);
    let days = if zh { "每日" } else { "Days" };
    write_findings(&mut book, report, zh, days)?;
    write_days(&mut book, report, zh, days)?;
    book.save_to_buffer()
}

/// The most characters of a cell.
const CELL: usize = 32_000;

fn fit(text: &str) -> &str {
    text.char_indices()
        .nth(CELL)
        .map_or(text, |(end, _)| &text[..end])
}

fn write_findings(book: &mut Workbook, report: &Printed, zh: bool, days: &str) -> Result<(), XlsxError> {
    let (bold, wrap) = (Format::new().set_bold(), Format::new().set_text_wrap());
    let sheet = book
        .add_worksheet()
        .set_name(if zh { "发现" } else { "Findings" })?;
    sheet.write_with_format(0, 0, fit(&report.title), &bold)?;
    sheet.write(1, 0, fit(&report.period))?;
    let head = if zh {
        ["发现", "数值", "下限", "上限", "数值含义", "说明", "案件", "链接"]
    } else {
        [
            "finding",
            "value",
            "low",
            "high",
            "what it is",
            "detail",
            "cases",
            "link",
        ]
    };
    for (column, name) in (0..).zip(head) {
        sheet.write_with_format(3, column, name, &bold)?;
    }
    let mut last = 3;
    for (row, finding) in (4..).zip(&report.findings) {
        sheet.write_with_format(row, 0, fit(&finding.headline), &wrap)?;
        for (column, number) in (1..).zip(finding.figure.iter().flatten()) {
            sheet.write(row, column, *number)?;
        }
        sheet.write(row, 4, fit(&finding.figure_is))?;
        sheet.write_with_format(row, 5, fit(&finding.detail), &wrap)?;
        sheet.write(row, 6, fit(&finding.cases.join(" ")))?;
        if let Some(link) = &finding.link {
            sheet.write(row, 7, fit(link))?;
        }
        last = row;
    }
    sheet.write(last + 2, 0, fit(&report.footer))?;
    for (column, width) in (0..).zip([44.0, 10.0, 10.0, 10.0, 22.0, 60.0, 40.0, 40.0]) {
        sheet.set_column_width(column, width)?;
    }
    if let Some((column, rows)) = charted(report) {
        let mut chart = Chart::new(ChartType::Column);
        chart
            .add_series()
            .set_categories((days, 1, 0, rows, 0))
            .set_values((days, 1, column, rows, column));
        chart.title().set_name(days);
        chart.legend().set_hidden();
        sheet.insert_chart(last + 4, 0, &chart)?;
    }
    Ok(())
}

/// The column of the longest chart on the sheet of days, and its rows.
fn charted(report: &Printed) -> Option<(u16, u32)> {
    let longest = report
        .findings
        .iter()
        .enumerate()
        .max_by_key(|(_, finding)| finding.daily.len())?;
    let rows = longest.1.daily.len() as u32;
    (rows > 1).then_some((longest.0 as u16 + 1, rows))
}

/// One row a day, one column a finding.
fn write_days(book: &mut Workbook, report: &Printed, zh: bool, days: &str) -> Result<(), XlsxError> {
    let sheet = book.add_worksheet().set_name(days)?;
    sheet.write(0, 0, if zh { "日期" } else { "day" })?;
    let longest = report.findings.iter().max_by_key(|finding| finding.daily.len());
    let dates: Vec<&str> = longest.map_or_else(Vec::new, |finding| {
        finding.daily.iter().map(|(day, _)| day.as_str()).collect()
    });
    for (row, day) in (1..).zip(&dates) {
        sheet.write(row, 0, *day)?;
    }
    for (column, finding) in (1..).zip(&report.findings) {
        sheet.write(0, column, fit(&finding.headline))?;
        // All charts end with the same day.
        let first = dates.len() - finding.daily.len();
        for (row, (_, count)) in (first as u32 + 1..).zip(&finding.daily) {
            sheet.write(row, column, *count)?;
        }
    }
    sheet.set_column_width(0, 12.0)?;
    Ok(())
}
