//! The engine: a model and the cue lists, ready to read texts.

use domain::{Analysis, Complaint};

use crate::block::Block;
use crate::cues::Cues;
use crate::decide::decide;
use crate::evaluation::{Read, Report, compare};
use crate::labeled::LabeledText;
use crate::model::{LoadError, Model};
use crate::read::{Underline, analyze};

/// What an engine is made of.
#[derive(Clone, Copy, Debug)]
pub struct EngineOptions<'b> {
    /// The model's bytes.
    pub model: &'b [u8],
}

/// Reads texts. Holds no state that a text could change.
pub struct Engine {
    pub(crate) model: Model,
    pub(crate) cues: Cues,
    /// Program and model.
    pub(crate) version: String,
}

/// The default model, made by `tingsu train`; its provenance stands in `models/manifest.toml`.
const DEFAULT_MODEL: &[u8] = include_bytes!("../models/zh.model");

impl Engine {
    /// An engine with the model that comes with the product.
    pub fn default_model() -> Self {
        Self::load(EngineOptions { model: DEFAULT_MODEL })
            .expect("the committed model loads, as a test checks")
    }

    /// An engine with this model.
    pub fn load(options: EngineOptions) -> Result<Self, LoadError> {
        let model = Model::from_bytes(options.model)?;
        Ok(Self {
            version: format!("tingsu {} / model {}", env!("CARGO_PKG_VERSION"), model.name),
            model,
            cues: Cues::load(),
        })
    }

    /// Program and model, such as `tingsu 0.1.0 / model zh-2026.11`.
    pub fn version(&self) -> String {
        self.version.clone()
    }

    /// Reads a complaint. Never fails: odd text gives doubts.
    pub fn analyze(&self, complaint: &Complaint) -> Analysis {
        analyze(self, complaint)
    }

    /// How well this engine reads labeled texts.
    pub fn evaluate(&self, texts: &[LabeledText]) -> Report {
        let reads: Vec<Read> = texts.iter().map(|text| self.read_labeled(text)).collect();
        compare(&reads)
    }

    fn read_labeled<'t>(&self, text: &'t LabeledText) -> Read<'t> {
        let reading = text::read(&text.text);
        let scored = self.model.score(&reading, &self.cues);
        let mut decision = decide(&scored.scores, &self.model.offsets);
        decision.add_risks(self.cues.sure_risks(&scored.hits));
        let mut values = [0; Block::ALL.len()];
        for &block in Block::ALL {
            values[block as usize] = decision.of(block);
        }
        let shown = [Block::Psychology.offset() + decision.of(Block::Psychology) as usize];
        let underline = Underline::new(self, &reading, &scored, &shown);
        let ranges = underline.ranges(shown[0]);
        Read {
            text,
            values,
            evidence: ranges.map(|chars| reading.home_chars(chars)).collect(),
        }
    }
}
