//! One pass over the text that tells which finders are worth running.

use std::sync::LazyLock;

use super::class::ALPHABET;
use super::{codes, name_words};
use crate::reading::Reading;
use crate::words::WordIndex;

/// The cue words, by class; see the file.
const CUES: &str = include_str!("../../data/cues.tsv");

static CLASSES: LazyLock<Classes> = LazyLock::new(Classes::build);

/// Words of more than one character, and the bits of what they are.
struct Classes {
    index: WordIndex,
    bits: Vec<u64>,
}

macro_rules! cues {
    ($($name:ident = $class:literal),* $(,)?) => {
        /// A class of cue words.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Cue { $($name),* }
        const NAMES: &[&str] = &[$($class),*];
    };
}

cues! {
    Address = "address", Contact = "contact", Account = "account", Device = "device", Passport = "passport", IdCard = "idcard", Bank = "bank", Order = "order", Batch = "batch", Money = "money", Date = "date", Org = "org", Place = "place", Paid = "paid", Today = "today", Feast = "feast", Coded = "coded", Clock = "clock", Daynames = "daynames",
}

/// What two characters beside each other make possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pair {
    /// A number and the unit of a sum.
    Amount,
    /// A number and the unit of a span of time.
    Span,
    /// A number and 月.
    Month,
    /// A number and 年.
    Year,
    /// A number and a mark that parts the numbers of a date.
    Dashed,
    /// A digit and 毛 or 角.
    Dime,
    /// Two Chinese numerals, or a digit and w or k.
    Numerals,
    /// A number and what makes it a price for one.
    Each,
    /// A number and what closes it in 38的 and in a clause of nothing else.
    Closed,
    /// A number and 号.
    Numbered,
    /// A number and 点 or a colon.
    Clock,
    /// 周, 星期 or 礼拜 and a day.
    Weekday,
    /// 上月, 个月, 月底, 年底 and their like.
    MonthNamed,
    /// A unit of time and 前 or 后.
    Ago,
    /// A number and a word for a house, a building or a room.
    House,
}

/// For each pair, the characters that may begin it and those that may end it; then those that may stand between.
const PAIRS: &[(Pair, &str, &str, &str)] = &[
    (
        Pair::Amount,
        NUMBERS,
        "元块圆円刀人r泰铢新加瑞卢马令越比披澳纽tsdbepy美u欧g英镑葡日j港h韩ka台c",
        LOOSE,
    ),
    (Pair::Span, NUMBERS, "工wb年月周星礼天日小钟刻分秒hmdy", LOOSE),
    (Pair::Month, NUMBERS, "月", " "),
    (Pair::Month, "元", "月", ""),
    (Pair::Year, NUMBERS, "年", " "),
    (Pair::Dashed, NUMBERS, "/.-", " "),
    (Pair::Dime, NUMBERS, "毛角", ""),
    (Pair::Numerals, NUMERALS, NUMERALS, ""),
    (Pair::Numerals, "0123456789", "wk个十百千万", ""),
    (Pair::Numerals, "一二两三四五六七八九", "wk", "个"),
    (Pair::Numerals, "0123456789", "万亿", "多余来"),
    (Pair::Each, NUMBERS, "/每一", ""),
    (Pair::Closed, NUMBERS, "的,。买全包白一", ""),
    (Pair::Numbered, NUMBERS, "号日", ""),
    (Pair::Clock, NUMBERS, "点:", ""),
    (Pair::Weekday, "周期拜", "一二三四五六日天末", ""),
    (Pair::MonthNamed, "个上这本当下月年", "月底末头初", ""),
    (Pair::Ago, "天日周期拜月年半多以之", "前后", ""),
    (Pair::House, HOUSED, "号栋幢座#单楼弄组支室门梯", " "),
];

const NUMERALS: &str = "零〇一二两俩仨三四五六七八九十百千万亿半几幺○壹贰叁肆伍陆柒捌玖拾佰仟";
const NUMBERS: &str = "0123456789零〇一二两俩仨三四五六七八九十百千万亿半几幺○壹贰叁肆伍陆柒捌玖拾佰仟wk";
/// What may stand between a number and its unit.
const LOOSE: &str = " 多余来个半";
/// What may number a house.
const HOUSED: &str = "0123456789零〇一二两三四五六七八九十百壹贰叁肆伍陆柒捌玖拾abcdefghijklmnopqrstuvwxyz甲乙丙丁东南西北中左右顶";

/// What stands in a text, as far as finders ask.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Signs {
    /// Classes of cue words met, one bit each.
    cues: u64,
    /// Pairs of characters met, one bit each.
    pairs: u32,
    /// Kinds of characters met, one bit each.
    kinds: u32,
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
}

/// The kinds of characters, one bit each.
const DIGIT: u32 = 1;
const NUMERAL: u32 = 1 << 1;
const LETTER: u32 = 1 << 2;
const AT: u32 = 1 << 3;
const SPOKEN: u32 = 1 << 4;
const SPACE: u32 = 1 << 5;
const DOOR: u32 = 1 << 6;
const FAMILIAR: u32 = 1 << 7;
const SURNAME: u32 = 1 << 8;
const TEN: u32 = 1 << 9;
const DASH: u32 = 1 << 10;
const CURRENCY: u32 = 1 << 11;
const DOT: u32 = 1 << 12;
const MARK: u32 = 1 << 13;

const KINDS: &[(u32, &str)] = &[
    (DIGIT, "0123456789"),
    (
        NUMERAL,
        "零〇一二两三四五六七八九十百千万亿半几幺○壹贰叁肆伍陆柒捌玖",
    ),
    (LETTER, "abcdefghijklmnopqrstuvwxyz"),
    (AT, "@艾"),
    (SPACE, " \n"),
    (DOOR, "号栋幢室座元弄组户层楼房门#"),
    (FAMILIAR, "小老阿我播"),
    (SURNAME, name_words::SURNAMES),
    (SURNAME, name_words::RARE),
    (SURNAME, name_words::WORDLIKE),
    (SURNAME, "⻢"),
    (TEN, "十拾"),
    (DASH, "-—"),
    (SPOKEN, "0123456789abcdefghijklmnopqrstuvwxyz"),
    (
        SPOKEN,
        "零〇○一幺壹二两俩贰三仨叁四肆五伍六陆七柒八捌九玖洞拐勾双叉",
    ),
    (SPOKEN, super::sounds::ONES),
    (DOT, "·•"),
    (MARK, ".-_*/|~+"),
    (CURRENCY, "¥$€£฿₩₽₹₫₱"),
];

impl Signs {
    /// The signs of a normalized text.
    pub(super) fn of(reading: &Reading<'_>) -> Self {
        Self::seen(reading, true)
    }

    /// The signs of a normalized text as far as personal data ask: cue words count for nothing where there is neither
    /// a digit nor a letter nor a door.
    pub(super) fn of_personal(reading: &Reading<'_>) -> Self {
        Self::seen(reading, false)
    }

    fn seen(reading: &Reading<'_>, all: bool) -> Self {
        let text = reading.normalized();
        let mut signs = Self::of_chars(reading);
        let has = |kind: u32| signs.kinds & kind != 0;
        let door = has(DOOR);
        signs.latin = has(LETTER);
        signs.at = has(AT);
        signs.familiar = has(FAMILIAR);
        signs.surnames = has(SURNAME);
        signs.alone = has(SPACE) && has_lone(text);
        signs.spelled = signs.latin
            && signs.digits < 11
            && ["three", "zero", "eight", "ling ", "yao "]
                .iter()
                .any(|word| text.contains(word));
        let numbered =
            signs.digits > 0 || signs.latin || signs.han_digits >= 5 || door && signs.han_digits > 0;
        if all || numbered || signs.alone {
            let classes = &*CLASSES;
            classes.index.find_read(reading, |_, word| {
                signs.cues |= classes.bits[word as usize];
            });
        }
        signs.coded = signs.has(Cue::Coded) || signs.alone;
        signs
    }

    /// What every character says, alone and with the one before it.
    fn of_chars(reading: &Reading<'_>) -> Self {
        let alphabet = &*ALPHABET;
        let mut signs = Self::default();
        let mut open = 0;
        for letter in reading.letters() {
            let cell = &alphabet.get(letter.class).signs;
            signs.digits += (cell.kinds & DIGIT) as usize;
            signs.han_digits += (cell.kinds & NUMERAL) as usize;
            signs.kinds |= cell.kinds;
            signs.cues |= cell.cues;
            signs.pairs |= open & cell.ends;
            open = cell.begins | open & cell.keeps;
        }
        signs.han_digits /= NUMERAL as usize;
        signs
    }

    /// Whether a word of this class stands in the text.
    pub(super) fn has(&self, cue: Cue) -> bool {
        self.cues & (1 << cue as u64) != 0
    }

    /// Whether two characters that make this possible stand beside each other.
    pub(super) fn beside(&self, pair: Pair) -> bool {
        self.pairs & (1 << pair as u32) != 0
    }

    /// Whether any number stands in the text.
    pub(super) fn numbers(&self) -> bool {
        self.digits + self.han_digits > 0
    }

    /// Whether a number of ten or more may stand in the text.
    pub(super) fn large_numbers(&self) -> bool {
        self.digits > 0 || self.beside(Pair::Numerals) || self.kinds & TEN != 0
    }

    /// Whether a hyphen or dash stands in the text.
    pub(super) fn dashes(&self) -> bool {
        self.kinds & DASH != 0
    }

    /// Whether a dot as in names of other peoples stands in the text.
    pub(super) fn dots(&self) -> bool {
        self.kinds & DOT != 0
    }

    /// Whether a mark that may part the characters of a name stands in the text.
    pub(super) fn marks(&self) -> bool {
        self.kinds & MARK != 0
    }

    /// Whether a sign for a currency stands in the text.
    pub(super) fn currencies(&self) -> bool {
        self.kinds & CURRENCY != 0
    }
}

/// What a character says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Cell {
    cues: u64,
    kinds: u32,
    /// The pairs it may begin.
    begins: u32,
    /// The pairs it may stand between.
    keeps: u32,
    /// The pairs it may end.
    ends: u32,
}

impl Cell {
    /// Whether a digit of a number may begin with the character, however it is written.
    #[inline]
    pub(super) fn may_be_digit(&self) -> bool {
        self.kinds & SPOKEN != 0
    }
}

/// What every character of the basic plane says.
pub(super) fn cells_of_all() -> Vec<Cell> {
    let mut all = vec![Cell::default(); 1 << 16];
    let mut each = |chars: &str, change: &dyn Fn(&mut Cell)| {
        chars.chars().for_each(|c| change(&mut all[c as usize]));
    };
    for (pair, begins, ends, between) in PAIRS {
        let bit = 1 << *pair as u32;
        each(begins, &|cell| cell.begins |= bit);
        each(ends, &|cell| cell.ends |= bit);
        each(between, &|cell| cell.keeps |= bit);
    }
    for (kind, chars) in KINDS {
        each(chars, &|cell| cell.kinds |= kind);
    }
    let doubles = name_words::DOUBLE.split(' ').filter_map(|name| name.get(..3));
    doubles.for_each(|first| each(first, &|cell| cell.kinds |= SURNAME));
    for (word, classes) in cue_words().filter(|(word, _)| is_single(word)) {
        each(word, &|cell| cell.cues |= classes);
    }
    all
}

fn is_single(word: &str) -> bool {
    word.chars().nth(1).is_none()
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

/// The words of the file, with the bits of their class.
fn cue_words() -> impl Iterator<Item = (&'static str, u64)> {
    let lines = CUES.lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(|line| {
        let (class, words) = line.split_once('\t').expect("cues.tsv has two columns");
        let bit = NAMES
            .iter()
            .position(|&name| name == class)
            .expect("cues.tsv names known classes");
        words.split(' ').map(move |word| (word, 1 << bit))
    })
}

/// The words of more than one character, with those that tell of codes; the others are looked up by themselves.
impl Classes {
    fn build() -> Self {
        let mut classes: std::collections::BTreeMap<String, u64> = std::collections::BTreeMap::new();
        let told = codes::words()
            .into_iter()
            .filter(|(_, index)| *index < codes::NONE);
        let told = told.map(|(word, _)| (word, 1 << Cue::Coded as u64));
        let cues = cue_words().map(|(word, bit)| (word.to_owned(), bit));
        for (word, bit) in cues.chain(told).filter(|(word, _)| !is_single(word)) {
            *classes.entry(word).or_default() |= bit;
        }
        Self {
            index: WordIndex::of(classes.keys().map(String::as_str).zip(0..)),
            bits: classes.into_values().collect(),
        }
    }
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
        let signs = Signs::of(&crate::read("订单的护照12"));
        assert!(signs.has(Cue::Order) && signs.has(Cue::Passport) && !signs.has(Cue::Device));
        assert_eq!((signs.digits, signs.latin, signs.at), (2, false, false));
    }
}
