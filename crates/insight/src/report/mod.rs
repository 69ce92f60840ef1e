//! The report (F7): what a manager should know of a day, a week or a month, in plain words, each statement with its
//! number, its interval and the cases behind it, and never more than the data show.

mod defect;
mod findings;
mod html;
mod outbreak;
mod paper;
mod pdf;
mod printed;
mod share;
mod volume;
mod words;
mod workbook;

pub use findings::{Finding, FindingKind, Report, ReportOptions, Scope, write_report};
pub use html::write_html;
pub use pdf::write_pdf;
pub use printed::{Printed, PrintedFinding};
pub use workbook::write_xlsx;
