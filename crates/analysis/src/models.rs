//! The models of an engine, and which of them reads a text: English has one of its own, and so has what people write
//! for the public, where the same words are said with other habits.

use text::Reading;

use crate::cues::Cues;
use crate::decide::own_share;
use crate::gram::Letters;
use crate::language::is_english;
use crate::model::{LoadError, Model, Scored};

/// The bytes of an engine's models.
#[derive(Clone, Copy, Debug)]
pub struct EngineOptions<'b> {
    /// The model that reads what is told to the organization, and everything that no other model reads.
    pub direct: &'b [u8],
    /// The model that reads what is written for the public: reviews, posts, letters to authorities.
    pub public: Option<&'b [u8]>,
    /// The model that reads English.
    pub english: Option<&'b [u8]>,
    /// The model that hears conversations; the product's own when there is none.
    pub talk: Option<&'b [u8]>,
}

impl EngineOptions<'static> {
    /// The models that come with the product.
    pub fn usual() -> Self {
        DEFAULT
    }
}

/// The models that come with the product, made by `tingsu train`; where they come from stands beside them.
pub(crate) const DEFAULT: EngineOptions<'static> = EngineOptions {
    direct: include_bytes!("../models/zh.model"),
    public: Some(include_bytes!("../models/zh-public.model")),
    english: Some(include_bytes!("../models/en.model")),
    talk: None,
};

/// The model of conversations that comes with the product.
pub(crate) const DEFAULT_TALK: &[u8] = include_bytes!("../models/talk.model");

/// The models, loaded.
pub(crate) struct Models {
    pub(crate) direct: Model,
    public: Option<Model>,
    english: Option<Model>,
}

impl Models {
    pub(crate) fn load(options: EngineOptions<'_>) -> Result<Self, LoadError> {
        let direct = Model::from_bytes(options.direct)?;
        let public = options.public.map(Model::from_bytes).transpose()?;
        if public
            .as_ref()
            .is_some_and(|public| public.table.bits() != direct.table.bits())
        {
            return Err(LoadError::Damaged(
                "the model for public texts has another size than the one for direct texts".to_owned(),
            ));
        }
        Ok(Self {
            direct,
            public,
            english: options.english.map(Model::from_bytes).transpose()?,
        })
    }

    /// Scores a reading with the model for it.
    pub(crate) fn score(&self, reading: &Reading<'_>, cues: &Cues) -> Scored<'_> {
        let letters = Letters::of(reading);
        let model = match &self.english {
            Some(english) if is_english(reading) => english,
            _ => &self.direct,
        };
        let rows = letters.rows(model.table.bits());
        let words = model.table.score(&rows);
        match &self.public {
            Some(public) if std::ptr::eq(model, &self.direct) && own_share(&words) < 0.5 => {
                let words = public.table.score(&rows);
                public.score(reading, cues, letters, rows, &words)
            }
            _ => model.score(reading, cues, letters, rows, &words),
        }
    }
}
