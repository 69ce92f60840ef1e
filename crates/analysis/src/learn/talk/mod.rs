//! Learns the model of conversations from labeled ones. Every score that something later learns from is of a turn that
//! the earlier step had not seen; whole conversations are left out together.

mod course;
mod first;
mod second;

use sha2::{Digest as _, Sha256};

use crate::cues::Cues;
use crate::evaluation::talk::{TalkReport, Told, report_of};
use crate::gram::mix;
use crate::learn::minimize::Patience;
use crate::learn::recipe::{DataFile, TrainError};
use crate::learn::talk::first::Unseen;
use crate::models::{DEFAULT, Models};
use crate::talk::facts::{Facts, Side};
use crate::talk::labeled::{LabeledTalk, TurnLabel, read_labeled_talks};
use crate::talk::model::TalkModel;
use crate::talk::sequence::{Said, Scored, Track};
use crate::talk::words::TalkWords;

/// Parts that conversations are dealt into for scores of unseen turns.
const FOLDS: usize = 5;
/// Deals conversations into folds.
const SEED: u64 = 0x7461_6C6B;
/// The file whose conversations count more: the manner of the others is not quite that of the desk.
const HOUSE: &str = "dialogues/train.jsonl";
/// How much more. Chosen on conversations left out: the house's own were read better with it (emotion .736 to .746).
const HOUSE_WEIGHT: f32 = 3.0;
/// Fewest conversations a model can be made from.
const FEWEST: usize = 20;

/// A model of conversations with where it comes from.
#[derive(Clone, Debug)]
pub struct TalkTrained {
    /// The model's bytes.
    pub bytes: Vec<u8>,
    /// SHA-256 of the bytes, in hexadecimal.
    pub sha256: String,
    /// The files learned from: name, SHA-256, number of conversations.
    pub data: Vec<(String, String, usize)>,
    /// The text engine whose scores it builds on.
    pub engine: String,
    /// How well conversations are heard that were left out of learning.
    pub left_out: TalkReport,
}

/// The numbers that shape the model.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TalkRecipe {
    /// How strongly large weights of the first layer are held back.
    pub(crate) first_ridge: f32,
    /// The same for the second layer.
    pub(crate) second_ridge: f32,
    /// The same for escalation and worth.
    pub(crate) course_ridge: f32,
    pub(crate) patience: Patience,
}

const RECIPE: TalkRecipe = TalkRecipe {
    first_ridge: 0.4,
    second_ridge: 200.0,
    course_ridge: 12.0,
    patience: Patience {
        tolerance: 6e-3,
        least_gain: 1e-4,
        rounds: 150,
    },
};

/// The labeled conversations as the steps see them.
pub(crate) struct Class {
    pub(crate) talks: Vec<LabeledTalk>,
    pub(crate) facts: Vec<Vec<Facts>>,
    pub(crate) folds: Vec<usize>,
    /// How much each conversation counts.
    pub(crate) weights: Vec<f32>,
    pub(crate) recipe: TalkRecipe,
}

impl Class {
    fn of(talks: Vec<LabeledTalk>, weights: Vec<f32>, models: &Models) -> Self {
        let (cues, words) = (Cues::load(), TalkWords::load());
        let facts_of = |talk: &LabeledTalk| -> Vec<Facts> {
            let turns = talk.conversation.turns.iter();
            turns.map(|turn| Facts::of(turn, models, &cues, &words)).collect()
        };
        Self {
            facts: talks.iter().map(facts_of).collect(),
            folds: (0..talks.len())
                .map(|index| (mix(index as u64 ^ SEED << 32) % FOLDS as u64) as usize)
                .collect(),
            talks,
            weights,
            recipe: RECIPE,
        }
    }

    /// The labels of the turns that are read, by conversation.
    fn labels(&self) -> Vec<Vec<TurnLabel>> {
        let pairs = self.talks.iter().zip(&self.facts);
        pairs
            .map(|(talk, facts)| {
                let labels = talk.labels.iter().zip(facts);
                labels
                    .filter(|(_, facts)| facts.side.is_some())
                    .map(|(label, _)| *label)
                    .collect()
            })
            .collect()
    }
}

/// A range of outputs that is learned together.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Head {
    pub(crate) side: Side,
    pub(crate) from: usize,
    pub(crate) size: usize,
    pub(crate) choice: crate::block::Choice,
}

/// All of them.
pub(crate) const HEADS: [Head; 4] = {
    use crate::block::Choice::{Many, One};
    [
        Head {
            side: Side::Agent,
            from: 0,
            size: 22,
            choice: Many,
        },
        Head {
            side: Side::Agent,
            from: 22,
            size: 6,
            choice: One,
        },
        Head {
            side: Side::Customer,
            from: 0,
            size: 4,
            choice: One,
        },
        Head {
            side: Side::Customer,
            from: 4,
            size: 4,
            choice: One,
        },
    ]
};

impl Head {
    /// Its outputs.
    pub(crate) fn range(&self) -> std::ops::Range<usize> {
        self.from..self.from + self.size
    }

    /// What is to be learned of a turn: the index of the value, or a bit for each.
    pub(crate) fn label(&self, label: TurnLabel) -> u32 {
        use domain::Vocabulary as _;
        match (label, self.from) {
            (TurnLabel::Customer(stage, _), 0) => stage.index() as u32,
            (TurnLabel::Customer(_, intensity), _) => intensity.index() as u32,
            (TurnLabel::Agent(acts, faults, _), 0) => acts | faults << 11,
            (TurnLabel::Agent(_, _, stage), _) => stage.index() as u32,
            (TurnLabel::Other, _) => 0,
        }
    }
}

/// Makes the model of conversations. Equal files, in equal order, give equal bytes, whatever `threads` is.
pub fn train_talk(name: &str, files: &[DataFile<'_>], threads: usize) -> Result<TalkTrained, TrainError> {
    let models = Models::load(DEFAULT).expect("the committed models load, as a test checks");
    let (mut talks, mut weights, mut data) = (Vec::new(), Vec::new(), Vec::new());
    for file in files {
        let read = read_file(file)?;
        let weight = if file.name.ends_with(HOUSE) {
            HOUSE_WEIGHT
        } else {
            1.0
        };
        weights.extend(read.iter().map(|_| weight));
        data.push((file.name.clone(), hex(file.bytes), read.len()));
        talks.extend(read);
    }
    if talks.len() < FEWEST {
        return Err(TrainError::TooFew {
            found: talks.len(),
            needed: FEWEST,
        });
    }
    let class = Class::of(talks, weights, &models);
    let (model, left_out) = learn(name, &class, threads);
    let bytes = model.to_bytes();
    Ok(TalkTrained {
        sha256: hex(&bytes),
        bytes,
        data,
        engine: models.direct.name.clone(),
        left_out,
    })
}

fn learn(name: &str, class: &Class, threads: usize) -> (TalkModel, TalkReport) {
    let first = first::learn(class, threads);
    let mut usual = [vec![0f32; 8], vec![0f32; 28]];
    let mut counts = [0usize; 2];
    for turn in first.unseen.iter().flatten() {
        counts[turn.side as usize] += 1;
        for (sum, score) in usual[turn.side as usize].iter_mut().zip(turn.answered) {
            *sum += score;
        }
    }
    for (sums, count) in usual.iter_mut().zip(counts) {
        sums.iter_mut().for_each(|sum| *sum /= count.max(1) as f32);
    }
    let tracks: Vec<Track> = first
        .unseen
        .iter()
        .map(|turns| Track {
            turns: turns.iter().map(|turn| scored(turn, &usual)).collect(),
        })
        .collect();
    let second = second::learn(class, &tracks, &usual, threads);
    let course = course::learn(class, &second);
    let told = told_of(class, &second, &course);
    let report = report_of(&class.talks, &told);
    let model = TalkModel {
        name: name.to_owned(),
        first: first.tables,
        usual,
        second: second.tables,
        course: course.table,
    };
    (model, report)
}

fn scored(turn: &Unseen, usual: &[Vec<f32>; 2]) -> Scored {
    let said = |scores| Said::of(scores, &usual[turn.side as usize]);
    Scored {
        side: turn.side,
        alone: said(&turn.alone),
        answered: said(&turn.answered),
    }
}

/// What was told of each conversation by what had not learned from it.
fn told_of(class: &Class, second: &second::Second, course: &course::CourseLearned) -> Vec<Told> {
    let one = |index: usize| Told {
        turns: second.tell(class, index),
        escalation: course.escalation[index].clone(),
        score: course.worth[index],
    };
    (0..class.talks.len()).map(one).collect()
}

fn read_file(file: &DataFile<'_>) -> Result<Vec<LabeledTalk>, TrainError> {
    let lines = std::str::from_utf8(file.bytes).map_err(|error| TrainError::NotText {
        file: file.name.clone(),
        at: error.valid_up_to(),
    })?;
    let (talks, errors) = read_labeled_talks(lines);
    match errors.into_iter().next() {
        Some(error) => Err(TrainError::Line {
            file: file.name.clone(),
            error,
        }),
        None => Ok(talks),
    }
}

fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
