//! 学: how the model is made from labeled texts. The same data give the same bytes, whatever the number of threads.

mod ablate;
mod amounts;
mod codes;
mod facet;
mod honesty;
mod jobs;
mod judges;
mod logistic;
mod minimize;
mod origins;
mod persons;
mod persons_draw;
mod persons_frames;
mod recipe;
mod second;
mod sparse;
mod talk;
mod thresholds;
mod words;

pub use ablate::{Ablated, ablate};
pub use facet::{FacetText, cross_validate, read_facet_texts, read_known_texts, train_facet};
pub use honesty::{Calibrated, CalibratedFacet, calibrate};
pub use judges::{Judge, JudgeTrained, train_judge};
pub(crate) use logistic::MOST_VALUES;
pub use recipe::{DataFile, Manifest, Recipe, TrainError, Trained, train};
pub use talk::{TalkTrained, train_talk};
