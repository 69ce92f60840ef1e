//! The letters of a text as the search for names looks at them, and its words by their first or last character.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::class::ALPHABET;
use super::name_context::{
    BEHIND, COPULAS, FOLLOWERS, INTRODUCERS, ROLES, SHORT_TITLES, TITLES, WORDS_BEFORE,
};
use super::name_given::{GIVEN_NAMES, WORD_NAMES};
use super::name_told;
use super::name_words::{DOUBLE, GIVEN, NOT_NAMES, RARE, SURNAMES, WORDLIKE};
use crate::fold::is_han;
use crate::reading::Reading;

/// What a character may be in a name or beside one, one bit each.
pub(super) struct Kind;

impl Kind {
    pub(super) const HAN: u32 = 1;
    pub(super) const SURNAME: u32 = 1 << 1;
    pub(super) const WORDLIKE: u32 = 1 << 2;
    pub(super) const DOUBLE: u32 = 1 << 3;
    pub(super) const GIVEN: u32 = 1 << 4;
    /// Begins a form of address.
    pub(super) const TITLE: u32 = 1 << 5;
    pub(super) const SHORT: u32 = 1 << 6;
    pub(super) const BEHIND: u32 = 1 << 7;
    pub(super) const FOLLOWS: u32 = 1 << 8;
    /// Never part of a given name.
    pub(super) const NEVER: u32 = 1 << 9;
    /// Ends a word that introduces a name, or stands between it and the name.
    pub(super) const INTRODUCES: u32 = 1 << 10;
    /// Ends a word for a person.
    pub(super) const ROLE: u32 = 1 << 11;
    pub(super) const NUMERAL: u32 = 1 << 12;
    /// 小, 老, 阿 and 姓.
    pub(super) const PET: u32 = 1 << 13;
    /// Ends words for people that are in no list.
    pub(super) const KIN: u32 = 1 << 14;
    /// A family name that begins hardly any word.
    pub(super) const PURE: u32 = 1 << 15;
    /// A form of address of one character, as the judge takes them.
    pub(super) const BRIEF: u32 = 1 << 16;
    /// 哥, 姐 and their like after a given name.
    pub(super) const SIBLING: u32 = 1 << 17;
    /// Begins a part of names of peoples without the usual family names.
    pub(super) const PART: u32 = 1 << 18;
    /// Ends a word that says what somebody is called by.
    pub(super) const CALLS: u32 = 1 << 19;
    /// Written in names of other peoples.
    pub(super) const FOREIGN: u32 = 1 << 20;
    /// Begins a given name that many bear, or a word that is a name too.
    pub(super) const LONE: u32 = 1 << 21;
    /// Ends one of them.
    pub(super) const LONE_END: u32 = 1 << 22;
    /// What a name begins with, but for a given name said twice or after its family name was spelled out.
    pub(super) const BEGINS: u32 = Self::SURNAME | Self::WORDLIKE | Self::DOUBLE | Self::PET;
}

/// Characters that names of other peoples are written with.
const FOREIGN: &str = "阿艾巴买提库尔班江古丽米热依努才让卓玛扎西多吉次仁旺堆央金格桑斯琴图乌兰那日松娜其木罗伯特约翰安德鲁迈克杰森威廉姆汤亚历山卡洛维奇诺娃琳达莎露蒂芬凯文瑞妮科莱恩普佩索菲伊万彼得尼拉哈穆罕默赛义法麦迪拜合孜帕夏曼苏朵益措边嘎顿珠布额敦勒沙塔吐逊雅呼贡丹增旦托娅帖噶喀萨吾肉则赤列敖登宝音力汗埃奥贝弗福霍贾柯肯坎劳雷里隆鲁伦纳涅欧皮乔塞珊韦沃谢耶叶尤詹茹祖居坤";
/// Last characters of words for people, after which a name is expected.
const KIN: &str = "娘爹员师导嫂姐哥妈爸婆妻儿女孙弟妹爷奶姨叔伯舅姑友士警";
/// Family names that begin hardly any word.
const PURE: &str = "臧柴隋栾翁苟邰鄢蒯卞訾昝闫滕靳瞿糜晁阚喻储岑晏嵇闵陈刘赵吴徐朱郭蔡蒋邓冯彭曹曾肖袁潘余杜魏吕沈姚卢崔谭廖邱薛阎侯邹孟秦郝邵尹钱贺龚邢殷翟聂骆詹岳庞樊俞鲍褚柯窦缪阮冉佘邬裴戚祁湛佟覃蔺郗郜甄匡邝谢韩郑宋梁罗何贾丁董苏姜汪熊陶戴崔袁孔倪颜詹关欧莫凌霍牟艾";
/// Words of grammar, which are part of no given name.
const NEVER: &str =
    "的是了我你他她它们在不没就都也说很被把给让请要还再又着吗呢吧啊哦和与或跟对从向到去来这那什么谁每某等讲";

/// What every character of the basic plane may be.
pub(super) fn kinds_of_all() -> Vec<u32> {
    let mut kinds = vec![0u32; 1 << 16];
    for (code, kind) in (0u32..).zip(kinds.iter_mut()) {
        if char::from_u32(code).is_some_and(is_han) {
            *kind = Kind::HAN;
        }
    }
    let firsts = |words: &'static str| {
        words
            .split(' ')
            .filter_map(|word| word.chars().next())
            .collect::<String>()
    };
    let lasts = |words: &'static str| {
        words
            .split(' ')
            .filter_map(|word| word.chars().next_back())
            .collect::<String>()
    };
    let between: String = COPULAS
        .iter()
        .filter_map(|word| word.chars().next_back())
        .collect();
    let sets = [
        (Kind::SURNAME, format!("{SURNAMES}{RARE}⻢")),
        (Kind::WORDLIKE, WORDLIKE.to_owned()),
        (Kind::DOUBLE, firsts(DOUBLE)),
        (Kind::GIVEN, GIVEN.to_owned()),
        (Kind::TITLE, firsts(TITLES)),
        (Kind::SHORT, SHORT_TITLES.to_owned()),
        (Kind::BEHIND, BEHIND.to_owned()),
        (Kind::FOLLOWS, FOLLOWERS.to_owned()),
        (Kind::NEVER, NEVER.to_owned()),
        (Kind::INTRODUCES, lasts(INTRODUCERS) + &between),
        (Kind::ROLE, lasts(ROLES)),
        (Kind::NUMERAL, "零〇一二三四五六七八九幺".to_owned()),
        (Kind::PET, "小老阿大二姓糖冉球".to_owned()),
        (Kind::KIN, KIN.to_owned()),
        (Kind::PART, firsts(name_told::PARTS)),
        (Kind::CALLS, "他她称号名叫我".to_owned()),
        (
            Kind::BRIEF,
            "总工姐哥叔姨嫂导董爷婶伯婆娘局处科院队所行店老公某".to_owned(),
        ),
        (Kind::SIBLING, "哥姐叔嫂爷婶姨".to_owned()),
        (Kind::FOREIGN, FOREIGN.to_owned()),
        (Kind::PURE, format!("{PURE}{RARE}")),
        (Kind::LONE, firsts(GIVEN_NAMES) + &firsts(WORD_NAMES)),
        (Kind::LONE_END, lasts(GIVEN_NAMES) + &lasts(WORD_NAMES)),
    ];
    for (kind, chars) in sets {
        chars.chars().for_each(|c| kinds[c as usize] |= kind);
    }
    kinds
}

/// A text by its letters; beyond its ends stand line breaks.
pub(super) struct Letters<'t> {
    text: &'t str,
    letters: Vec<Letter>,
}

/// A letter, where it begins and what it may be.
#[derive(Clone, Copy)]
pub(super) struct Letter {
    byte: u32,
    pub(super) c: char,
    pub(super) kinds: u32,
}

impl<'t> Letters<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        let alphabet = &*ALPHABET;
        let mut letters = Vec::with_capacity(text.len() / 2);
        letters.extend(text.char_indices().map(|(byte, c)| Letter {
            byte: byte as u32,
            c,
            kinds: alphabet.of(c).kinds,
        }));
        Self { text, letters }
    }

    /// The letters of a reading, which knows their classes.
    pub(super) fn of_reading(reading: &'t Reading<'_>) -> Self {
        let alphabet = &*ALPHABET;
        let letters = reading.letters().map(|letter| Letter {
            byte: letter.byte,
            c: letter.c,
            kinds: alphabet.get(letter.class).kinds,
        });
        Self {
            text: reading.normalized(),
            letters: letters.collect(),
        }
    }

    /// All letters in order.
    pub(super) fn all(&self) -> &[Letter] {
        &self.letters
    }

    pub(super) fn count(&self) -> usize {
        self.letters.len()
    }

    #[inline]
    pub(super) fn c(&self, at: usize) -> char {
        self.letters.get(at).map_or('\n', |letter| letter.c)
    }

    #[inline]
    pub(super) fn is(&self, at: usize, kind: u32) -> bool {
        self.letters
            .get(at)
            .is_some_and(|letter| letter.kinds & kind != 0)
    }

    /// Everything a letter may be.
    #[inline]
    pub(super) fn kinds(&self, at: usize) -> u32 {
        self.letters.get(at).map_or(0, |letter| letter.kinds)
    }

    /// The byte where a letter begins.
    pub(super) fn byte(&self, at: usize) -> usize {
        self.letters
            .get(at)
            .map_or(self.text.len(), |letter| letter.byte as usize)
    }

    /// The text from a letter on.
    pub(super) fn rest(&self, at: usize) -> &'t str {
        &self.text[self.byte(at)..]
    }

    /// The text before a letter.
    pub(super) fn head(&self, at: usize) -> &'t str {
        &self.text[..self.byte(at)]
    }

    pub(super) fn between(&self, from: usize, to: usize) -> &'t str {
        &self.text[self.byte(from)..self.byte(to)]
    }

    /// The first letter from here that is no space, at most so many on.
    pub(super) fn skip_spaces(&self, at: usize, most: usize) -> usize {
        (at..at + most).find(|&at| self.c(at) != ' ').unwrap_or(at + most)
    }
}

/// The lists of words.
pub(super) struct Lexicon {
    pub(super) doubles: Words,
    pub(super) titles: Words,
    pub(super) words: Words,
    pub(super) introducers: Words,
    pub(super) roles: Words,
    pub(super) before: Words,
    pub(super) given: Words,
    pub(super) named: Words,
}

/// The words around names.
pub(super) static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon {
    doubles: Words::by_first(DOUBLE),
    titles: Words::by_first(TITLES),
    words: Words::by_first(NOT_NAMES),
    introducers: Words::by_last(INTRODUCERS),
    roles: Words::by_last(ROLES),
    before: Words::by_last(WORDS_BEFORE),
    given: Words::by_first(GIVEN_NAMES),
    named: Words::by_first(WORD_NAMES),
});

/// Words that are looked up by one character, longer ones first.
pub(super) struct Words {
    /// For every character of the first plane the place of its words, one more than its index.
    index: Box<[u16]>,
    words: Vec<Vec<Word>>,
}

/// A word, with the character beside the one that it is looked up by, which dismisses most words.
struct Word {
    word: &'static str,
    /// A blank where the word has one character.
    beside: char,
    letters: usize,
}

impl Word {
    /// Whether the character beside is that of the word, and the rest as `whole` tells.
    #[inline]
    fn is(&self, beside: Option<char>, whole: impl Fn(&str) -> bool) -> bool {
        match self.letters {
            1 => true,
            2 => beside == Some(self.beside),
            _ => beside == Some(self.beside) && whole(self.word),
        }
    }
}

impl Words {
    pub(super) fn by_first(words: &'static str) -> Self {
        Self::by(words, |word, at| word.chars().nth(at))
    }

    pub(super) fn by_last(words: &'static str) -> Self {
        Self::by(words, |word, at| word.chars().rev().nth(at))
    }

    fn by(words: &'static str, key: fn(&str, usize) -> Option<char>) -> Self {
        let mut map: BTreeMap<char, Vec<Word>> = BTreeMap::new();
        for word in words.split_whitespace() {
            if let Some(c) = key(word, 0).filter(|c| (*c as usize) < 1 << 16) {
                map.entry(c).or_default().push(Word {
                    word,
                    beside: key(word, 1).unwrap_or(' '),
                    letters: word.chars().count(),
                });
            }
        }
        map.values_mut()
            .for_each(|words| words.sort_by_key(|word| std::cmp::Reverse(word.word.len())));
        let mut index = vec![0; 1 << 16].into_boxed_slice();
        for (place, c) in (1..).zip(map.keys()) {
            index[*c as usize] = place;
        }
        Self {
            index,
            words: map.into_values().collect(),
        }
    }

    fn of(&self, c: char) -> Option<&Vec<Word>> {
        let place = usize::from(*self.index.get(c as usize)?);
        self.words.get(place.checked_sub(1)?)
    }

    /// The letters of the longest word that the text begins with.
    pub(super) fn at(&self, text: &str) -> Option<usize> {
        let mut chars = text.chars();
        let words = self.of(chars.next()?)?;
        let beside = chars.next();
        let found = words
            .iter()
            .find(|word| word.is(beside, |word| text.starts_with(word)))?;
        Some(found.letters)
    }

    /// Whether the text ends in one of the words.
    pub(super) fn ends(&self, text: &str) -> bool {
        let mut chars = text.chars().rev();
        let Some(words) = chars.next().and_then(|c| self.of(c)) else {
            return false;
        };
        let beside = chars.next();
        words
            .iter()
            .any(|word| word.is(beside, |word| text.ends_with(word)))
    }
}
