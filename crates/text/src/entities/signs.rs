//! One pass over the text that tells which finders are worth running.

use std::sync::LazyLock;

use daachorse::CharwiseDoubleArrayAhoCorasick;

/// The cue words, by class; see the file.
const CUES: &str = include_str!("../../data/cues.tsv");

static CLASSES: LazyLock<CharwiseDoubleArrayAhoCorasick<u32>> = LazyLock::new(build_classes);

macro_rules! cues {
    ($($name:ident = $class:literal),* $(,)?) => {
        /// A class of cue words.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Cue { $($name),* }
        const NAMES: &[&str] = &[$($class),*];
    };
}

cues! {
    Title = "title", Naming = "naming", Address = "address", Contact = "contact", Account = "account",
    Device = "device", Passport = "passport", IdCard = "idcard", Bank = "bank", Telephone = "telephone",
    Order = "order", Batch = "batch", Money = "money", Date = "date", Duration = "duration", Org = "org",
    Place = "place", Dime = "dime", Paid = "paid", Today = "today", Week = "week", Ago = "ago", Month = "month",
    Numbered = "numbered", Feast = "feast", Familiar = "familiar", Signed = "signed", Office = "office",
}

/// What stands in a text, as far as finders ask.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Signs {
    /// Classes of cue words met, one bit each.
    cues: u32,
    /// The number of ASCII digits.
    pub(super) digits: usize,
    /// The number of Chinese numerals.
    pub(super) han_digits: usize,
    /// Whether a latin letter stands in the text.
    pub(super) latin: bool,
    /// Whether a sign or word for "at" stands in the text.
    pub(super) at: bool,
    /// Whether the text has more than one line.
    pub(super) lines: bool,
}

impl Signs {
    /// The signs of a normalized text.
    pub(super) fn of(text: &str) -> Self {
        let mut signs = Self::default();
        for c in text.chars() {
            match c {
                '0'..='9' => signs.digits += 1,
                'a'..='z' => signs.latin = true,
                '@' | '艾' => signs.at = true,
                '\n' => signs.lines = true,
                '零' | '〇' | '一' | '二' | '两' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十'
                | '百' | '千' | '万' | '亿' | '半' | '几' | '幺' => signs.han_digits += 1,
                _ => {}
            }
        }
        for hit in CLASSES.find_overlapping_iter(text) {
            signs.cues |= hit.value();
        }
        signs
    }

    /// Whether a word of this class stands in the text.
    pub(super) fn has(&self, cue: Cue) -> bool {
        self.cues & (1 << cue as u32) != 0
    }

    /// Whether any number stands in the text.
    pub(super) fn numbers(&self) -> bool {
        self.digits + self.han_digits > 0
    }
}

fn build_classes() -> CharwiseDoubleArrayAhoCorasick<u32> {
    let mut classes: std::collections::BTreeMap<&str, u32> = std::collections::BTreeMap::new();
    for line in CUES.lines().filter(|line| !line.starts_with('#')) {
        let (class, words) = line.split_once('\t').expect("cues.tsv has two columns");
        let bit = NAMES
            .iter()
            .position(|&name| name == class)
            .expect("cues.tsv names known classes");
        for word in words.split(' ') {
            *classes.entry(word).or_default() |= 1 << bit;
        }
    }
    CharwiseDoubleArrayAhoCorasick::with_values(classes).expect("cue words are distinct and not empty")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cue_words_are_written_as_texts_are_read() {
        for word in CUES
            .lines()
            .filter(|line| !line.starts_with('#'))
            .flat_map(|line| line.split(['\t', ' ']))
        {
            assert_eq!(crate::read(word).normalized(), word);
        }
    }

    #[test]
    fn signs_are_seen() {
        let signs = Signs::of("王先生的手机12");
        assert!(signs.has(Cue::Title) && signs.has(Cue::Telephone) && !signs.has(Cue::Device));
        assert_eq!((signs.digits, signs.latin, signs.at), (2, false, false));
    }
}
