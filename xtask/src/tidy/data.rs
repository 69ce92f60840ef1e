//! Data files that nothing reads are dead weight.

use super::SourceFile;

pub(super) fn find_breaches(files: &[SourceFile]) -> Vec<String> {
    let code: Vec<&SourceFile> = files.iter().filter(|file| file.is(".rs")).collect();
    files
        .iter()
        .filter(|file| file.path.starts_with("crates/") && file.path.contains("/data/"))
        .filter(|file| {
            let name = file.path.rsplit('/').next().unwrap_or(&file.path);
            !code.iter().any(|source| source.text.contains(name))
        })
        .map(|file| format!("{}: no code reads this data file", file.path))
        .collect()
}
