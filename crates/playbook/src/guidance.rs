//! Guidance as loaded: for every value of every facet what to do, what not, what to say and whom to bring in.

use domain::{Appeal, Bilingual, Facet, Role, Stage, Vocabulary};

use crate::error::PlaybookError;
use crate::moves::MoveSet;
use crate::template::Phrase;

/// An imperative for the agent.
#[derive(Clone, Debug)]
pub(crate) struct Do {
    pub(crate) id: String,
    pub(crate) stage: Stage,
    pub(crate) appeal: Appeal,
    pub(crate) moves: MoveSet,
    pub(crate) text: Bilingual,
}

/// What to keep from.
#[derive(Clone, Debug)]
pub(crate) struct Dont {
    pub(crate) forbids: MoveSet,
    pub(crate) text: Bilingual,
}

/// Something to say at a stage.
#[derive(Clone, Debug)]
pub(crate) struct Saying {
    pub(crate) stage: Stage,
    pub(crate) phrase: Phrase,
}

/// Who comes in, and when.
#[derive(Clone, Debug)]
pub(crate) struct EscalationRule {
    pub(crate) to: Role,
    pub(crate) always: bool,
    pub(crate) when: Bilingual,
}

/// The guidance of one value, or of one topic.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) escalation: Option<EscalationRule>,
    pub(crate) dos: Vec<Do>,
    pub(crate) donts: Vec<Dont>,
    pub(crate) sayings: Vec<Saying>,
}

/// A topic with the words that call for it.
#[derive(Clone, Debug)]
pub(crate) struct Topic {
    pub(crate) words: Vec<String>,
    pub(crate) entry: Entry,
}

/// One facet that has guidance: its file name without ending, the facet, and the keys of its values.
pub(crate) struct FacetKind {
    pub(crate) name: &'static str,
    pub(crate) facet: Facet,
    pub(crate) keys: fn() -> Vec<&'static str>,
}

fn keys<V: Vocabulary>() -> Vec<&'static str> {
    V::ALL.iter().map(|value| value.key()).collect()
}

/// Every facet that has guidance, in the order of the vocabulary.
pub(crate) const FACETS: [FacetKind; 11] = [
    FacetKind {
        name: "psychology",
        facet: Facet::Psychology,
        keys: keys::<domain::Psychology>,
    },
    FacetKind {
        name: "motive",
        facet: Facet::Motives,
        keys: keys::<domain::Motive>,
    },
    FacetKind {
        name: "emotion",
        facet: Facet::Emotion,
        keys: keys::<domain::EmotionStage>,
    },
    FacetKind {
        name: "subject",
        facet: Facet::Subjects,
        keys: keys::<domain::Subject>,
    },
    FacetKind {
        name: "nature",
        facet: Facet::Nature,
        keys: keys::<domain::Nature>,
    },
    FacetKind {
        name: "stance",
        facet: Facet::Stance,
        keys: keys::<domain::Stance>,
    },
    FacetKind {
        name: "anger_type",
        facet: Facet::AngerType,
        keys: keys::<domain::AngerType>,
    },
    FacetKind {
        name: "cause",
        facet: Facet::Causes,
        keys: keys::<domain::Cause>,
    },
    FacetKind {
        name: "risk",
        facet: Facet::Risks,
        keys: keys::<domain::Risk>,
    },
    FacetKind {
        name: "temperament",
        facet: Facet::Temperament,
        keys: keys::<domain::Temperament>,
    },
    FacetKind {
        name: "behavior",
        facet: Facet::Behavior,
        keys: keys::<domain::Behavior>,
    },
];

/// All guidance by facet and value.
#[derive(Clone, Debug)]
pub(crate) struct Guidance(Vec<Vec<Entry>>);

impl Guidance {
    /// Puts the entries of one facet file per element, already in vocabulary order.
    pub(crate) fn of(by_facet: Vec<Vec<Entry>>) -> Result<Self, PlaybookError> {
        match FACETS
            .iter()
            .zip(&by_facet)
            .find(|(kind, entries)| (kind.keys)().len() != entries.len())
        {
            Some((kind, _)) => Err(PlaybookError::content(
                kind.name,
                "entries",
                "one entry for each value is needed",
            )),
            None => Ok(Self(by_facet)),
        }
    }

    /// Every act of every value.
    pub(crate) fn acts(&self) -> impl Iterator<Item = &Do> {
        self.0.iter().flatten().flat_map(|entry| &entry.dos)
    }

    /// The guidance of a value.
    pub(crate) fn entry<V: Vocabulary>(&self, facet: Facet, value: V) -> &Entry {
        let slot = FACETS
            .iter()
            .position(|kind| kind.facet == facet)
            .expect("asked only for facets that have guidance");
        &self.0[slot][value.index()]
    }
}
