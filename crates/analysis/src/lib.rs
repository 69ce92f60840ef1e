//! 分析: text in, findings with evidence out — rules and models, their training and their evaluation. No IO, no
//! clock, no randomness: models arrive as bytes, time and seeds as arguments.

pub mod block;
mod chances;
mod cues;
mod decide;
mod engine;
pub mod evaluation;
mod facet;
mod glance;
mod gram;
mod labeled;
mod language;
mod learn;
mod model;
mod models;
mod pairs;
mod read;
mod shape;
mod talk;

pub use cues::words_for;
pub use engine::Engine;
pub use facet::{FacetModel, FacetModelScore};
pub use labeled::{LabelError, LabeledText, read_labeled};
pub use model::{LoadError, Model};
pub use models::{EngineOptions, Part};
pub use read::{correct, derive_needs};
pub use talk::labeled::{LabeledTalk, TurnLabel, read_labeled_talks};

/// How models are made.
pub mod training {
    pub use crate::learn::{
        Ablated, Calibrated, CalibratedFacet, DataFile, FacetText, Judge, JudgeTrained, Manifest, Recipe,
        TalkTrained, TrainError, Trained, ablate, calibrate, cross_validate, read_facet_texts,
        read_known_texts, train, train_facet, train_judge, train_talk,
    };
}
