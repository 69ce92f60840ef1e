//! What every character is to the search for particulars, and whether it reads as it stands: looked up once, when a text
//! is read, so that one table is met instead of three.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::name_letters::kinds_of_all;
use super::signs::{Cell, cells_of_all};
use crate::fold::{Folded, fold};

/// What a character may be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Class {
    pub(super) signs: Cell,
    pub(super) kinds: u32,
}

/// The classes of the characters of the basic plane; few are different, so that they lie close together.
pub(crate) struct Alphabet {
    index: Box<[u16; 1 << 16]>,
    all: Vec<Class>,
}

/// The bit of a character that reads as it stands.
const STANDS: u16 = 1 << 15;

/// The classes, built once.
pub(crate) static ALPHABET: LazyLock<Alphabet> = LazyLock::new(Alphabet::build);

impl Alphabet {
    /// The number of the class of a character, and whether the character reads as it stands; characters beyond the basic
    /// plane have the first class and are looked at by themselves.
    #[inline]
    pub(crate) fn look_up(&self, c: char) -> (u16, bool) {
        let low = u16::try_from(u32::from(c));
        let cell = low.map_or(0, |low| self.index[usize::from(low)]);
        (cell & !STANDS, cell & STANDS != 0)
    }

    /// The class with this number.
    #[inline]
    pub(super) fn get(&self, number: u16) -> &Class {
        &self.all[usize::from(number)]
    }

    /// The class of a character.
    pub(super) fn of(&self, c: char) -> &Class {
        self.get(self.look_up(c).0)
    }

    fn build() -> Self {
        let mut all = vec![Class::default()];
        let mut places = BTreeMap::from([(all[0], 0)]);
        let classes = cells_of_all().into_iter().zip(kinds_of_all());
        let index = (0u32..).zip(classes).map(|(code, (signs, kinds))| {
            let class = Class { signs, kinds };
            let number = *places.entry(class).or_insert_with(|| {
                all.push(class);
                (all.len() - 1) as u16
            });
            let stands = char::from_u32(code).is_some_and(|c| fold(c) == Folded::One(c));
            number | if stands { STANDS } else { 0 }
        });
        let index: Box<[u16]> = index.collect();
        Self {
            index: index
                .try_into()
                .expect("there is a cell for every number of 16 bits"),
            all,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_few_and_know_what_stands() {
        assert!(ALPHABET.all.len() < usize::from(STANDS));
        for (c, stands) in [
            ('退', true),
            ('貨', false),
            ('a', true),
            ('A', false),
            ('\u{200B}', false),
        ] {
            assert_eq!(ALPHABET.look_up(c).1, stands, "{c}");
        }
        assert_eq!(ALPHABET.of('😡'), &Class::default());
    }
}
