//! The models of an engine, and which of them reads a text: English has one of its own, and so has what people write
//! for the public, where the same words are said with other habits.

use std::ops::Range;

use text::Reading;

use crate::cues::Cues;
use crate::decide::own_share;
use crate::glance::Glance;
use crate::gram::Letters;
use crate::language::is_english;
use crate::model::{LoadError, Model, Scored, Voices, inputs_of};

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

/// One of an engine's models of texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Reads what is told to the organization, and everything that no other model reads.
    Direct,
    /// Reads what is written for the public.
    Public,
    /// Reads English.
    English,
}

impl<'b> EngineOptions<'b> {
    /// These models with one of them in the place of its like.
    pub fn with(self, part: Part, model: &'b [u8]) -> Self {
        match part {
            Part::Direct => Self {
                direct: model,
                ..self
            },
            Part::Public => Self {
                public: Some(model),
                ..self
            },
            Part::English => Self {
                english: Some(model),
                ..self
            },
        }
    }
}

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

    /// One of the models, when there is one.
    pub(crate) fn part(&self, part: Part) -> Option<&Model> {
        match part {
            Part::Direct => Some(&self.direct),
            Part::Public => self.public.as_ref(),
            Part::English => self.english.as_ref(),
        }
    }

    /// These models with two Chinese ones in the places of their likes.
    pub(crate) fn of_chinese(self, direct: Model, public: Model) -> Self {
        Self {
            direct,
            public: Some(public),
            english: self.english,
        }
    }

    /// Scores a reading with the model for it, or with one of the two Chinese ones: 0 for what is told to the
    /// organization, 1 for what is written for the public.
    pub(crate) fn score_by(&self, alone: Option<usize>, reading: &Reading<'_>, cues: &Cues) -> Scored<'_> {
        let one = match alone {
            Some(0) => Some(&self.direct),
            Some(_) => self.public.as_ref(),
            None => None,
        };
        let (glance, letters) = (Glance::of(reading), Letters::of(reading));
        let Some(model) = one else {
            return self.score_seen(reading, glance, cues, None);
        };
        let rows = letters.rows(model.table.bits());
        let words = model.table.score(&rows);
        let (own, found) = (own_share(&words), cues.find(reading));
        let inputs = inputs_of(&words, &glance, cues, &found.hits);
        Scored {
            model,
            glance,
            letters,
            rows,
            voices: None,
            found,
            own,
            scores: model.second.score(&inputs, own),
        }
    }

    /// Scores a reading with the model for it.
    pub(crate) fn score(&self, reading: &Reading<'_>, cues: &Cues) -> Scored<'_> {
        self.score_seen(reading, Glance::of(reading), cues, None)
    }

    /// Scores a reading of which this was seen with the model for it, and keeps what its clauses say, which are ranges of
    /// its characters.
    pub(crate) fn listen(
        &self,
        reading: &Reading<'_>,
        glance: Glance,
        cues: &Cues,
        clauses: &[Range<usize>],
    ) -> Scored<'_> {
        self.score_seen(reading, glance, cues, Some(clauses))
    }

    fn score_seen(
        &self,
        reading: &Reading<'_>,
        glance: Glance,
        cues: &Cues,
        clauses: Option<&[Range<usize>]>,
    ) -> Scored<'_> {
        let letters = Letters::of(reading);
        let (model, rows, own) = self.choose(&letters, &glance);
        if own.is_none() {
            model.table.touch_narrow(&rows);
        }
        let heard = clauses.and_then(|clauses| Voices::of_all(&model.table, &letters, &rows, clauses));
        let (voices, words) = match heard {
            Some((voices, sums)) => (Some(voices), model.table.score_sums(&sums, rows.len())),
            None => (None, model.table.score(&rows)),
        };
        let own = own.unwrap_or_else(|| own_share(&words));
        let found = cues.find(reading);
        let inputs = inputs_of(&words, &glance, cues, &found.hits);
        Scored {
            model,
            glance,
            letters,
            rows,
            voices,
            found,
            own,
            scores: model.second.score(&inputs, own),
        }
    }

    /// The model for a text, the rows of its pieces in it and, when that is known already, how probably the text is of the
    /// project's own kind.
    fn choose(&self, letters: &Letters, glance: &Glance) -> (&Model, Vec<u32>, Option<f32>) {
        if let Some(english) = self.english.as_ref().filter(|_| is_english(glance)) {
            return (english, letters.rows(english.table.bits()), None);
        }
        let rows = letters.rows(self.direct.table.bits());
        let Some(public) = &self.public else {
            return (&self.direct, rows, None);
        };
        // The kinds are scored alike here and with all other outputs.
        let own = own_share(&self.direct.table.score_kinds(&rows));
        match own < 0.5 {
            true => (public, rows, None),
            false => (&self.direct, rows, Some(own)),
        }
    }
}
