//! The formats of files, told from their names.

use std::path::Path;

/// How records stand in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One text per line.
    Text,
    /// One JSON object per line.
    Jsonl,
    /// Comma, semicolon or tab separated values with a header.
    Csv,
    /// An Excel workbook (.xlsx), of which the first sheet is read.
    Xlsx,
    /// Apache Parquet; not read yet.
    Parquet,
}

impl Format {
    /// All formats with the names they go by.
    pub const NAMES: [(&'static str, Self); 5] = [
        ("text", Self::Text),
        ("jsonl", Self::Jsonl),
        ("csv", Self::Csv),
        ("xlsx", Self::Xlsx),
        ("parquet", Self::Parquet),
    ];

    /// The format by a file's name; a compression suffix is looked through, unknown names mean text.
    pub fn of_name(path: &Path) -> Self {
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().to_lowercase())
            .unwrap_or_default();
        let name = [".gz", ".zst", ".zstd"]
            .iter()
            .find_map(|suffix| name.strip_suffix(suffix))
            .unwrap_or(&name);
        match name.rsplit_once('.').map(|(_, extension)| extension) {
            Some("jsonl" | "ndjson" | "json") => Self::Jsonl,
            Some("csv" | "tsv") => Self::Csv,
            Some("xlsx" | "xls") => Self::Xlsx,
            Some("parquet") => Self::Parquet,
            _ => Self::Text,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_formats() {
        for (name, format) in [
            ("a.jsonl.gz", Format::Jsonl),
            ("A.CSV", Format::Csv),
            ("dir.csv/b.txt.zst", Format::Text),
            ("c.tsv.zstd", Format::Csv),
            ("noname", Format::Text),
            ("t.xlsx", Format::Xlsx),
            ("t.parquet", Format::Parquet),
        ] {
            assert_eq!(Format::of_name(Path::new(name)), format, "{name}");
        }
    }
}
