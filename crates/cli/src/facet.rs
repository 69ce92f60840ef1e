//! Facets of one's own beside the built-in ones.

use std::path::{Path, PathBuf};

use analysis::training::{FacetText, read_facet_texts, read_known_texts};
use analysis::{FacetModel, LabelError};
use anyhow::Context;

use crate::exit::{Failure, usage};
use crate::input::open_source;

/// A value of such a facet.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct FacetValue {
    /// The label.
    pub(crate) value: String,
    /// Its probability, 0–1.
    pub(crate) p: f32,
}

/// The models given on the command line.
pub(crate) struct FacetModels {
    models: Vec<FacetModel>,
}

impl FacetModels {
    /// Loads the models.
    pub(crate) fn load(paths: &[PathBuf]) -> Result<Self, Failure> {
        let mut models: Vec<FacetModel> = Vec::with_capacity(paths.len());
        for path in paths {
            let model = load_facet(path)?;
            if let Some(first) = models.iter().position(|other| other.name() == model.name()) {
                return Err(usage(format!(
                    "{} and {} both give the facet {}: leave one out, or train one under another name",
                    paths[first].display(),
                    path.display(),
                    model.name()
                )));
            }
            models.push(model);
        }
        Ok(Self { models })
    }

    /// The value of each facet for a text, by the facet's name.
    pub(crate) fn predict(&self, text: &str) -> Vec<(String, FacetValue)> {
        let predict = |model: &FacetModel| {
            let (value, p) = model.predict(text);
            let value = value.to_owned();
            (model.name().to_owned(), FacetValue { value, p })
        };
        self.models.iter().map(predict).collect()
    }

    /// The names of the facets, in order.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.models.iter().map(FacetModel::name)
    }
}

/// Loads one model.
pub(crate) fn load_facet(path: &Path) -> Result<FacetModel, Failure> {
    let bytes = std::fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
    let model = FacetModel::from_bytes(&bytes);
    model
        .with_context(|| format!("{} is no facet model", path.display()))
        .map_err(Failure::Usage)
}

/// The rows of a file with text and label, the label in the field of that name, and how many were refused, each named on
/// stderr.
pub(crate) fn read_rows(path: &Path, label: &str) -> Result<(Vec<FacetText>, u64), Failure> {
    tell(path, read_facet_texts(&open_source(path)?.read_text()?, label))
}

/// The same for a file that a facet with these labels is judged by; rows with another label are refused.
pub(crate) fn read_known_rows(
    path: &Path,
    label: &str,
    known: &[String],
) -> Result<(Vec<FacetText>, u64), Failure> {
    tell(
        path,
        read_known_texts(&open_source(path)?.read_text()?, label, known),
    )
}

fn tell(
    path: &Path,
    (rows, errors): (Vec<FacetText>, Vec<LabelError>),
) -> Result<(Vec<FacetText>, u64), Failure> {
    for error in &errors {
        eprintln!(
            "tingsu: {}: {}",
            path.display(),
            app::mask_words(&error.to_string())
        );
    }
    Ok((rows, errors.len() as u64))
}
