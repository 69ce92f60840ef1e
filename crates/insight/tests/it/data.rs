//! Public data from outside the repository.

// A check that is skipped says so.
#![allow(clippy::print_stderr)]

use std::io::Read;
use std::path::PathBuf;

use serde_json::Value;

/// A file of the public data, or nothing, said aloud, when they are not there.
pub(crate) fn find(name: &str) -> Option<PathBuf> {
    let Some(folder) = std::env::var_os("TINGSU_DATA") else {
        eprintln!("skipped: TINGSU_DATA is not set, {name} is not there");
        return None;
    };
    let path = PathBuf::from(folder).join("data").join(name);
    if path.exists() {
        Some(path)
    } else {
        eprintln!("skipped: {name} is not under TINGSU_DATA");
        None
    }
}

/// The lines of a compressed JSONL file.
pub(crate) fn json_lines(name: &str) -> Option<Vec<Value>> {
    let file = std::fs::File::open(find(name)?).unwrap();
    let mut text = String::new();
    flate2::read::MultiGzDecoder::new(file)
        .read_to_string(&mut text)
        .unwrap();
    Some(
        text.lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect(),
    )
}
