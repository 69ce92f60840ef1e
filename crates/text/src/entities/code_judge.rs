//! What a code of letters and digits is that no rule has told: judged by its shape and by the words around it, whose
//! signs are hashed into one table of learned weights.

use std::ops::Range;
use std::sync::LazyLock;

use domain::EntityKind;
use regex::Regex;

use super::hashed::{mix, shape_of};
use super::runs::{Gap, Run, place};
use super::{Found, Page};

/// The learned weights, as `tingsu train --model codes` writes them.
const TABLE: &[u8] = include_bytes!("../../data/codes.model");
/// The number of weights, as a power of two.
pub const CODE_TABLE_BITS: u32 = 16;
/// How much more than for none a code must weigh to be told, in parts of one.
const SURE: i32 = 60;

/// What a code may be; the first is nothing of a person's.
pub const CODE_KINDS: [&str; 7] = [
    "none",
    "order",
    "phone",
    "passport",
    "device",
    "account",
    "wechat_qq",
];
const KINDS: [Option<EntityKind>; 7] = [
    None,
    Some(EntityKind::Order),
    Some(EntityKind::Phone),
    Some(EntityKind::Passport),
    Some(EntityKind::Device),
    Some(EntityKind::Account),
    Some(EntityKind::WechatQq),
];

static TOKEN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:[a-z]{1,2} )?[a-z0-9]*[0-9][a-z0-9]*(?: [0-9]{1,8})+|[a-z0-9]+(?:[-_]+[a-z0-9]+|[.—·/][a-z0-9]*[0-9][a-z0-9]*)*|[\p{Han}]{1,5}_[a-z0-9]{1,12}")
        .expect("a fixed pattern")
});
/// Fewer letters and digits than this are no code.
const FEWEST: usize = 5;
/// Longer numbers are those of cards, of which rules know the check digits.
const LONGEST_NUMBER: usize = 15;
/// More than this neither.
const MOST: usize = 40;

/// A code, for learning.
pub struct JudgedCode {
    /// The bytes of the text.
    pub bytes: Range<usize>,
    /// What tells for or against each kind.
    pub signs: Vec<u32>,
}

/// Everything in a text as read that may be a code.
pub fn codes(normalized: &str) -> Vec<JudgedCode> {
    let places = TOKEN.find_iter(normalized).map(|hit| hit.range());
    let fit = places.filter(|bytes| is_code(&normalized[bytes.clone()]));
    fit.map(|bytes| JudgedCode {
        signs: signs(normalized, &bytes),
        bytes,
    })
    .collect()
}

/// The place in the table of a sign for a kind.
pub fn code_slot(sign: u32, kind: usize) -> usize {
    let mixed = ((u64::from(sign) << 8) | (kind as u64 + 1)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    ((mixed ^ (mixed >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> (64 - CODE_TABLE_BITS)) as usize
}

/// Adds what is found nowhere yet.
pub(super) fn find(page: &Page<'_>, found: &mut Vec<Found>) {
    // A code has three digits or an underscore.
    let may_code = page.signs.digits >= 3 || page.signs.marks() && page.text.as_bytes().contains(&b'_');
    if page.runs.is_empty() && !(may_code && has_code(page.text)) {
        return;
    }
    let tokens = TOKEN.find_iter(page.text).map(|hit| hit.range());
    // Letters alone, however joined, are a word of somebody's program unless a rule has heard them named.
    let tokens = tokens.filter(|bytes| {
        let words = &page.text[bytes.clone()];
        words.bytes().any(|byte| byte.is_ascii_digit()) && is_code(words) && !is_identifier(words)
    });
    let spoken = page
        .runs
        .iter()
        .filter(|run| is_spoken(run))
        .map(|run| place(run));
    let taken = Taken::of(found);
    for bytes in spoken.chain(tokens) {
        if taken.meets(&bytes) {
            continue;
        }
        // A year or a sum, whatever stands before it.
        if page.text[bytes.end..].starts_with(['年', '元', '余', '万', '块', ']', '〕', ')']) {
            continue;
        }
        if let Some(kind) = kind_of(page.text, &bytes) {
            found.push(Found::shaped(kind, bytes, None));
        }
    }
}

/// Whether it is a word that a program writes, a standard, or the public code of an organization.
fn is_identifier(words: &str) -> bool {
    let letters = words.bytes().filter(u8::is_ascii_alphabetic).count();
    let digits = words.bytes().filter(u8::is_ascii_digit).count();
    let joined = words.matches('_').count() > 1 && digits < 3;
    let standard = words.starts_with("gb") || words.contains('.') && letters > 0 && digits < 5;
    // The unified code of an organization is public (GB 32100).
    let organization = words.len() == 18 && words.starts_with(['9', '5', '1']) && digits > 8 && letters > 1;
    is_hash(words, 12) || joined || standard || organization
}

/// Whether it is a UUID or a hash of so many digits to the base of sixteen.
pub(super) fn is_hash(words: &str, least: usize) -> bool {
    let is_digit = |byte: u8| byte.is_ascii_digit();
    let hex = words.bytes().filter(u8::is_ascii_hexdigit).count();
    let dashes = words.bytes().filter(|&byte| byte == b'-').count();
    let mixed = words.bytes().any(|byte| byte.is_ascii_alphabetic()) && words.bytes().any(is_digit);
    let pairs = words.as_bytes().windows(2);
    let changes = pairs
        .filter(|pair| is_digit(pair[0]) != is_digit(pair[1]))
        .count();
    let hash = hex == words.len() && hex >= least && changes >= 4;
    let uuid = hex + dashes == words.len() && dashes >= 3 && hex >= 16;
    mixed && (hash || uuid)
}

/// What is found already, by its starts, each with the furthest end up to there.
struct Taken(Vec<(usize, usize)>);

impl Taken {
    fn of(found: &[Found]) -> Self {
        let mut places: Vec<(usize, usize)> =
            found.iter().map(|one| (one.bytes.start, one.bytes.end)).collect();
        places.sort_unstable();
        let mut furthest = 0;
        for (_, end) in &mut places {
            furthest = furthest.max(*end);
            *end = furthest;
        }
        Self(places)
    }

    fn meets(&self, bytes: &Range<usize>) -> bool {
        let before = self.0.partition_point(|&(start, _)| start < bytes.end);
        before > 0 && self.0[before - 1].1 > bytes.start
    }
}

/// Whether letters, digits and marks stand together as in a code.
fn has_code(text: &str) -> bool {
    let (mut length, mut digits) = (0, 0);
    text.bytes().any(|byte| {
        match byte {
            b'0'..=b'9' => digits += 1,
            b'a'..=b'z' | b'-' | b'_' | b'.' | b'/' | b' ' => {}
            _ => (length, digits) = (0, 0),
        }
        length += usize::from(byte.is_ascii());
        byte == b'_' || length >= FEWEST && digits >= 3
    })
}

/// Digits in another script, or parted.
fn is_spoken(run: &Run) -> bool {
    let parted = run.iter().any(|digit| digit.gap != Gap::None || !digit.ascii);
    let worded = run.iter().any(|digit| digit.gap == Gap::Words);
    let head: Vec<u8> = run.iter().take(3).map(|digit| digit.value).collect();
    let hotline = ["400", "800", "106"]
        .iter()
        .any(|one| one.as_bytes() == head.as_slice())
        || head.starts_with(b"95");
    parted && !worded && !hotline && (7..=LONGEST_NUMBER).contains(&run.len())
}

fn is_code(words: &str) -> bool {
    let digits = words.bytes().filter(u8::is_ascii_digit).count();
    let letters = words.bytes().filter(u8::is_ascii_alphabetic).count();
    let joined = words.contains('_');
    let only_digits = letters == 0 && !joined;
    let hotline = ["400", "800", "95", "106"]
        .iter()
        .any(|head| words.starts_with(head));
    // Numbers of cards are longer, and one whose check fails is nobody's.
    if digits > LONGEST_NUMBER && letters < 2 {
        return false;
    }
    if only_digits && (digits > LONGEST_NUMBER || hotline && (5..=15).contains(&digits)) {
        return false;
    }
    (FEWEST..=MOST).contains(&(digits + letters)) && (digits >= 3 || joined || digits > 0 && letters > 3)
        || joined && words.chars().count() >= 4
}

fn kind_of(text: &str, bytes: &Range<usize>) -> Option<EntityKind> {
    let signs = signs(text, bytes);
    let weigh = |kind: usize| -> i32 {
        let weight = |&sign: &u32| i32::from(TABLE[code_slot(sign, kind)].cast_signed());
        signs.iter().map(weight).sum()
    };
    let nothing = weigh(0);
    // Telephone numbers have rules that know more than the words around them.
    let judged = (1..KINDS.len()).filter(|&kind| KINDS[kind] != Some(EntityKind::Phone));
    let best = judged.map(|kind| (weigh(kind), kind)).max()?;
    let personal = KINDS[best.1].filter(|kind| kind.is_personal())?;
    (best.0 > nothing + SURE).then_some(personal)
}

/// The characters before a code that tell of it.
const REACH: usize = 12;
/// The characters after it.
const REACH_BACK: usize = 8;
/// What stands between a word and the code it tells of.
const BETWEEN: &str = "是为:的 =#“\"(叫我他她你用填写就也了这个那";

fn signs(text: &str, bytes: &Range<usize>) -> Vec<u32> {
    let mut signs = Vec::with_capacity(96);
    let mut add = |family: u32, parts: &[u32]| signs.push(mix(family, parts));
    shape_signs(&text[bytes.clone()], &mut add);
    let ends = |c: &char| !matches!(c, '。' | '!' | '?' | ';' | '\n');
    let before: Vec<char> = text[..bytes.start]
        .chars()
        .rev()
        .take_while(ends)
        .take(REACH)
        .collect();
    let after: Vec<char> = text[bytes.end..]
        .chars()
        .take_while(ends)
        .take(REACH_BACK)
        .collect();
    word_signs(1, &before, &mut add);
    word_signs(2, &after, &mut add);
    // The end of the word that tells, whatever stands between.
    let told: Vec<u32> = before
        .iter()
        .skip_while(|c| BETWEEN.contains(**c))
        .take(4)
        .map(|&c| c as u32)
        .collect();
    for length in 1..=told.len() {
        add(3, &told[..length]);
    }
    add(
        4,
        &[
            before.first().map_or(0, |&c| c as u32),
            after.first().map_or(0, |&c| c as u32),
        ],
    );
    signs
}

/// Characters, pairs and triples near the code, whether or not a comma stands between.
fn word_signs(side: u32, near: &[char], add: &mut impl FnMut(u32, &[u32])) {
    let mut paused = 0;
    for at in 0..near.len() {
        if near[at] == ',' {
            paused = 1;
        }
        for length in 1..=3.min(near.len() - at) {
            let gram: Vec<u32> = near[at..at + length].iter().map(|&c| c as u32).collect();
            if length > 1 {
                add(10 * side + paused, &gram);
            }
            if at < 2 {
                add(10 * side + 5 + at as u32, &gram);
            }
        }
    }
}

fn shape_signs(words: &str, add: &mut impl FnMut(u32, &[u32])) {
    let shape = shape_of(words);
    let kinds: Vec<u32> = shape.iter().take(6).map(|&(c, _)| c as u32).collect();
    let sizes: Vec<u32> = shape
        .iter()
        .take(6)
        .flat_map(|&(c, count)| [c as u32, count])
        .collect();
    let digits = words.bytes().filter(u8::is_ascii_digit).count() as u32;
    let letters = words.bytes().filter(u8::is_ascii_alphabetic).count() as u32;
    let head: Vec<u32> = words.chars().take(2).map(|c| c as u32).collect();
    add(30, &[]);
    add(31, &kinds);
    add(32, &sizes);
    add(33, &[digits, letters]);
    add(34, &[digits]);
    add(35, &head);
    add(36, &head[..1]);
    add(
        37,
        &[
            u32::from(letters > 0),
            u32::from(words.contains('_')),
            u32::from(words.contains(['.', '/', '-'])),
        ],
    );
    if digits == 0 {
        add(38, &[letters.min(12)]);
    }
}
