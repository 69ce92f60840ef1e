//! One pass over the text that tells which finders are worth running.

use std::sync::LazyLock;

use daachorse::CharwiseDoubleArrayAhoCorasick;

use super::name_words;

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
    Address = "address", Contact = "contact", Account = "account", Device = "device", Passport = "passport", IdCard = "idcard", Bank = "bank", Order = "order", Batch = "batch", Money = "money", Date = "date", Duration = "duration", Org = "org", Place = "place", Dime = "dime", Paid = "paid", Today = "today", Week = "week", Ago = "ago", Month = "month", Numbered = "numbered", Feast = "feast", Coded = "coded", Clock = "clock",
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
    /// Whether characters stand alone between spaces or lines.
    pub(super) alone: bool,
    /// Whether a word stands in the text that may tell what a code is.
    pub(super) coded: bool,
    /// Whether digits are spelled in English.
    pub(super) spelled: bool,
    /// Whether a latin letter stands in the text.
    pub(super) latin: bool,
    /// Whether a sign or word for "at" stands in the text.
    pub(super) at: bool,
    /// Whether a family name stands in the text.
    pub(super) surnames: bool,
    /// Whether 小, 老 or 阿 stands in the text.
    pub(super) familiar: bool,
    /// Whether the text has more than one line.
    pub(super) lines: bool,
}

impl Signs {
    /// The signs of a normalized text.
    pub(super) fn of(text: &str) -> Self {
        Self::seen(text, true)
    }

    /// The signs of a normalized text as far as personal data ask: cue words count for nothing where there is neither
    /// a digit nor a letter nor a door.
    pub(super) fn of_personal(text: &str) -> Self {
        Self::seen(text, false)
    }

    fn seen(text: &str, all: bool) -> Self {
        let mut signs = Self::default();
        let mut door = false;
        for c in text.chars() {
            match c {
                '0'..='9' => signs.digits += 1,
                'a'..='z' => signs.latin = true,
                '@' | '艾' => signs.at = true,
                '\n' => signs.lines = true,
                '零' | '〇' | '一' | '二' | '两' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十'
                | '百' | '千' | '万' | '亿' | '半' | '几' | '幺' | '○' | '壹' | '贰' | '叁' | '肆' | '伍'
                | '陆' | '柒' | '捌' | '玖' => signs.han_digits += 1,
                '号' | '栋' | '幢' | '室' | '座' | '元' | '弄' | '组' | '户' | '层' | '楼' | '房' | '门'
                | '#' => {
                    door = true;
                }
                '小' | '老' | '阿' | '我' | '播' => signs.familiar = true,
                _ => {}
            }
            signs.surnames |= is_surname(c);
        }
        signs.alone = has_lone(text);
        signs.spelled = signs.latin
            && signs.digits < 11
            && text.contains("three") | text.contains("zero") | text.contains("eight");
        let numbered =
            signs.digits > 0 || signs.latin || signs.han_digits >= 5 || door && signs.han_digits > 0;
        if all || numbered || signs.alone {
            for hit in CLASSES.find_overlapping_iter(text) {
                signs.cues |= hit.value();
            }
        }
        signs.coded = signs.has(Cue::Coded) || signs.alone;
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

/// The characters that begin a family name, by code.
static SURNAME_BITS: LazyLock<Vec<u64>> = LazyLock::new(|| {
    let mut bits = vec![0u64; 1024];
    let doubles = name_words::DOUBLE
        .split('|')
        .filter_map(|name| name.chars().next());
    for c in name_words::SURNAMES.chars().chain(doubles).chain(['⻢']) {
        bits[c as usize / 64] |= 1 << (c as usize % 64);
    }
    bits
});

fn is_surname(c: char) -> bool {
    SURNAME_BITS
        .get(c as usize / 64)
        .is_some_and(|bits| bits >> (c as usize % 64) & 1 == 1)
}

/// Whether a single character stands between two spaces or on a line of its own, or a line breaks after a dash.
fn has_lone(text: &str) -> bool {
    let space = |byte: u8| matches!(byte, b' ' | b'\n');
    let bytes = text.as_bytes();
    let spaces = bytes
        .iter()
        .enumerate()
        .filter(|(_, byte)| space(**byte))
        .map(|(at, _)| at);
    let mut last = None;
    for at in spaces {
        let from = last.map_or(0, |last: usize| last + 1);
        if from < at && text[from..at].chars().nth(1).is_none()
            || bytes[at] == b'\n' && at > 0 && bytes[at - 1] == b'-'
        {
            return true;
        }
        last = Some(at);
    }
    false
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
        let signs = Signs::of("订单的护照12");
        assert!(signs.has(Cue::Order) && signs.has(Cue::Passport) && !signs.has(Cue::Device));
        assert_eq!((signs.digits, signs.latin, signs.at), (2, false, false));
    }
}
