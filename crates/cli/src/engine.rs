//! The engine that commands read with: the model that comes with the product, or one from a file.

use std::path::Path;

use analysis::{Engine, EngineOptions};
use anyhow::Context;

use crate::exit::Failure;

/// Loads the engine.
pub(crate) fn load_engine(model: Option<&Path>) -> Result<Engine, Failure> {
    let Some(path) = model else {
        return Ok(Engine::default_model());
    };
    let bytes = std::fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
    let loaded = Engine::load(EngineOptions {
        direct: &bytes,
        public: None,
        english: None,
        talk: None,
    });
    loaded
        .with_context(|| format!("{} is no model of this engine", path.display()))
        .map_err(Failure::Usage)
}
