//! What is peculiar to a file of texts — its reader's leanings and the way its texts were drawn — learned apart from
//! the words, so that it can be left out when a new text is read.

use crate::block::Block;
use crate::labeled::LabeledText;

/// The files learned from, as columns beside the words.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Origins {
    /// How many there are.
    pub(crate) count: usize,
    /// The files whose leaning new texts are read with: of the project's own kind, and of public texts. The first of
    /// each kind is the one that was read with most care.
    references: [Option<usize>; 2],
}

impl Origins {
    pub(crate) fn of(texts: &[LabeledText]) -> Self {
        let first = |public: bool| {
            let kind = texts.iter().find(|text| is_public(text) == public);
            kind.map(|text| text.origin)
        };
        Self {
            count: texts.iter().map(|text| text.origin + 1).max().unwrap_or(0),
            references: [first(false), first(true)],
        }
    }

    /// The file whose leaning a text of this kind is read with; with texts of one kind only, theirs.
    pub(crate) fn reference(&self, kind: usize) -> usize {
        self.references[kind].or(self.references[1 - kind]).unwrap_or(0)
    }
}

fn is_public(text: &LabeledText) -> bool {
    text.label(Block::Register).is_some_and(|kind| kind != 0)
}
