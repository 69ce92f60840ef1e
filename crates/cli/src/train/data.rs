//! The files that the default model learns from: the project's own, and outside ones found by `TINGSU_DATA`.

use std::path::{Path, PathBuf};

use analysis::training::DataFile;

use crate::exit::{Failure, usage};
use crate::input::open_source;
use crate::train::labels;

/// The project's own files, in the order they are learned from.
const OWN: [&str; 3] = [
    "authored/train.jsonl",
    "everyday/train.jsonl",
    "dialogues/train.jsonl",
];

/// The outside file of labeled texts, below `TINGSU_DATA`.
const OUTSIDE: &str = "corpus/labelled/train.jsonl";

/// A file as it was read, unpacked.
pub(crate) struct LoadedFile {
    /// How it is called in the manifest; never a path of this machine.
    pub(crate) name: String,
    text: String,
}

impl LoadedFile {
    /// The file as the recipe takes it.
    pub(crate) fn as_data(&self) -> DataFile<'_> {
        DataFile {
            name: self.name.clone(),
            bytes: self.text.as_bytes(),
        }
    }
}

/// The files of the recipe. Without `TINGSU_DATA` it is the project's own alone, which makes a lesser model.
pub(crate) fn recipe_files(corpus: &Path) -> Result<Vec<LoadedFile>, Failure> {
    let mut files = Vec::new();
    for name in OWN {
        files.push(read_file(&corpus.join(name), format!("corpus/{name}"))?);
    }
    let Some(outside) = std::env::var_os("TINGSU_DATA").map(PathBuf::from) else {
        eprintln!(
            "tingsu: TINGSU_DATA is not set; outside texts are skipped and the model will be a lesser one"
        );
        return Ok(files);
    };
    files.push(read_file(
        &outside.join(OUTSIDE),
        format!("TINGSU_DATA/{OUTSIDE}"),
    )?);
    for path in label_files(corpus)? {
        let labels = open_source(&path)?.read_text()?;
        let text =
            labels::join(&labels, &outside.join("data")).map_err(|reason| usage(reason.to_string()))?;
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        files.push(LoadedFile {
            name: format!("corpus/labels/{name} with its texts in TINGSU_DATA/data"),
            text,
        });
    }
    Ok(files)
}

/// The files named on the command line.
pub(crate) fn read_files(paths: &[PathBuf]) -> Result<Vec<LoadedFile>, Failure> {
    paths
        .iter()
        .map(|path| {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
            read_file(path, name.unwrap_or_default())
        })
        .collect()
}

fn read_file(path: &Path, name: String) -> Result<LoadedFile, Failure> {
    let text = open_source(path)?.read_text()?;
    Ok(LoadedFile { name, text })
}

/// The files of labels without texts, in order of their names.
fn label_files(corpus: &Path) -> Result<Vec<PathBuf>, Failure> {
    let Ok(entries) = std::fs::read_dir(corpus.join("labels")) else {
        return Ok(Vec::new());
    };
    let mut paths = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "jsonl") {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}
