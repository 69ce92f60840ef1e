//! The recipe of the default model and what is written down about a model that was made with it.

use sha2::{Digest, Sha256};

use crate::block::{Block, Choice};
use crate::cues::Cues;
use crate::labeled::{LabelError, LabeledText, read_labeled};
use crate::learn::origins::Origins;
use crate::learn::second::SecondLesson;
use crate::learn::thresholds::choose_offsets;
use crate::learn::words::{WordLesson, second_inputs};
use crate::model::{Honesty, Model};

/// The numbers that shape a model.
#[derive(Clone, Debug, PartialEq)]
pub struct Recipe {
    /// Two to this power is the number of buckets for word pieces.
    pub bits: u32,
    /// A bucket is learned when it occurs in at least this many texts.
    pub rarest: usize,
    /// The number of parts the texts are dealt into for scores of unseen texts.
    pub folds: usize,
    /// How strongly large weights are held back, for facets of one value.
    pub ridge_one: f32,
    /// The same for facets of many values.
    pub ridge_many: f32,
    /// The same for the second layer.
    pub second_ridge: f32,
    /// The share of the first layer's own scores in the final ones, for facets of one value.
    pub blend_one: f32,
    /// The same for facets of many values.
    pub blend_many: f32,
    /// How much a text of the project's own kind counts against a public one.
    pub own_weight: f32,
    /// The same for a text written for the project in the manner of every kind.
    pub kindless_weight: f32,
    /// How much a letter to government counts against another public text.
    pub letter_weight: f32,
    /// How much a public text read by another reader than the reference counts against one of the reference.
    pub reader_weight: f32,
    /// What thresholds of motives, causes and risks are raised by, in logits: they are chosen on scores of texts that were
    /// left out, and the model that ships, which learns from all, is bolder.
    pub caution: f32,
    /// The share of the first slope at which learning ends.
    pub tolerance: f64,
    /// Most steps of learning.
    pub rounds: usize,
    /// Deals the texts into folds.
    pub seed: u64,
}

impl Recipe {
    /// The recipe of the model that reads what is told to the organization.
    pub fn direct() -> Self {
        Self {
            bits: 17,
            rarest: 2,
            folds: 4,
            ridge_one: 0.1,
            ridge_many: 0.04,
            second_ridge: 35.0,
            blend_one: 0.25,
            blend_many: 0.35,
            own_weight: 4.0,
            kindless_weight: 2.5,
            letter_weight: 3.0,
            reader_weight: 0.3,
            caution: 0.0,
            tolerance: 6e-3,
            rounds: 200,
            seed: 77,
        }
    }

    /// The recipe of the model that reads what is written for the public.
    pub fn public() -> Self {
        Self {
            own_weight: 0.7,
            kindless_weight: 1.0,
            reader_weight: 0.8,
            caution: 0.25,
            ..Self::direct()
        }
    }

    /// The recipe of the English model: there are fewer texts, and they are of one reader.
    pub fn english() -> Self {
        Self {
            bits: 16,
            own_weight: 2.0,
            kindless_weight: 1.0,
            reader_weight: 1.0,
            ..Self::direct()
        }
    }

    pub(crate) fn ridge(&self, block: Block) -> f32 {
        match block.choice() {
            Choice::One => self.ridge_one,
            Choice::Many => self.ridge_many,
        }
    }

    /// The share of the first layer's own scores in the final ones.
    pub(crate) fn blend(&self, block: Block) -> f32 {
        match (block, block.choice()) {
            (Block::Secondary, _) => 0.0,
            (_, Choice::One) => self.blend_one,
            (_, Choice::Many) => self.blend_many,
        }
    }

    pub(crate) fn weight_of(&self, text: &LabeledText, origins: Origins) -> f32 {
        let reader = if text.origin == origins.reference(1) {
            1.0
        } else {
            self.reader_weight
        };
        match text.label(Block::Register) {
            Some(0) => self.own_weight,
            None => self.kindless_weight,
            Some(5) => self.letter_weight * reader,
            Some(_) => reader,
        }
    }
}

/// A file of labeled texts as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataFile<'b> {
    /// How the file is called in the manifest, such as `corpus/authored/train.jsonl`.
    pub name: String,
    /// Its bytes, unpacked.
    pub bytes: &'b [u8],
}

/// Why no model could be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TrainError {
    /// A file is not UTF-8.
    #[error("{file} is not UTF-8 at byte {at}")]
    NotText {
        /// The file.
        file: String,
        /// The first byte that does not fit.
        at: usize,
    },
    /// A line is refused.
    #[error("{file}, {error}")]
    Line {
        /// The file.
        file: String,
        /// The line and the reason.
        error: LabelError,
    },
    /// There are too few texts to learn from.
    #[error("{found} labeled texts are too few to learn from; at least {needed} are needed")]
    TooFew {
        /// How many there are.
        found: usize,
        /// How many are needed.
        needed: usize,
    },
    /// There are too many or too few labels to learn.
    #[error("{found} different labels cannot be learned; 2 to {most} can")]
    Labels {
        /// How many there are.
        found: usize,
        /// The largest number that can be learned.
        most: usize,
    },
}

/// What is written down about a model.
#[derive(Clone, Debug, PartialEq)]
pub struct Manifest {
    /// The model's name.
    pub name: String,
    /// SHA-256 of the model's bytes, in hexadecimal.
    pub sha256: String,
    /// Size of the model in bytes.
    pub size: usize,
    /// The recipe.
    pub recipe: Recipe,
    /// The files learned from: name, SHA-256, number of texts.
    pub data: Vec<(String, String, usize)>,
}

/// A model with what is written down about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Trained {
    /// The model, ready for [`crate::Engine::load`].
    pub bytes: Vec<u8>,
    /// Where it comes from.
    pub manifest: Manifest,
}

/// Fewest texts a model can be made from.
const FEWEST: usize = 50;

/// Makes a model from labeled files. Equal files, in equal order, give equal bytes, whatever `threads` is.
pub fn train(name: &str, files: &[DataFile], recipe: &Recipe, threads: usize) -> Result<Trained, TrainError> {
    let (texts, data) = read_files(files)?;
    let origins = Origins::of(&texts);
    let bytes = learn(name, &texts, origins, recipe, threads).to_bytes();
    let manifest = Manifest {
        name: name.to_owned(),
        sha256: hex(&bytes),
        size: bytes.len(),
        recipe: recipe.clone(),
        data,
    };
    Ok(Trained { bytes, manifest })
}

/// A file's name, SHA-256 and number of texts.
type Noted = (String, String, usize);

/// The texts of all files, and what is noted of each file.
pub(crate) fn read_files(files: &[DataFile]) -> Result<(Vec<LabeledText>, Vec<Noted>), TrainError> {
    let mut texts = Vec::new();
    let mut data = Vec::new();
    for file in files {
        let mut read = read_file(file)?;
        read.iter_mut().for_each(|text| text.origin = data.len());
        data.push((file.name.clone(), hex(file.bytes), read.len()));
        texts.extend(read);
    }
    if texts.len() < FEWEST {
        return Err(TrainError::TooFew {
            found: texts.len(),
            needed: FEWEST,
        });
    }
    Ok((texts, data))
}

fn read_file(file: &DataFile) -> Result<Vec<LabeledText>, TrainError> {
    let lines = std::str::from_utf8(file.bytes).map_err(|error| TrainError::NotText {
        file: file.name.clone(),
        at: error.valid_up_to(),
    })?;
    let (texts, errors) = read_labeled(lines);
    match errors.into_iter().next() {
        Some(error) => Err(TrainError::Line {
            file: file.name.clone(),
            error,
        }),
        None => Ok(texts),
    }
}

fn learn(name: &str, texts: &[LabeledText], origins: Origins, recipe: &Recipe, threads: usize) -> Model {
    let lesson = WordLesson::new(texts, origins, recipe);
    let words = lesson.learn(recipe, threads);
    let inputs = second_inputs(texts, &words.unseen, &Cues::load());
    let second = SecondLesson {
        texts,
        origins,
        weights: &lesson.weights,
        folds: &lesson.folds,
        inputs: &inputs,
    };
    let (second, unseen) = second.learn(recipe, threads);
    let offsets = choose_offsets(texts, origins, &lesson.weights, &unseen, recipe.caution);
    Model {
        name: name.to_owned(),
        table: words.table,
        second,
        honesty: Honesty::default(),
        offsets,
    }
}

pub(super) fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
