//! Whether a bare number, without sign and unit, is a sum of money: judged by its shape and by what stands around it,
//! whose signs are hashed into one table of learned weights.

use std::ops::Range;
use std::sync::LazyLock;

use domain::{Currency, EntityKind};
use regex::Regex;

use super::digits::{after, before};
use super::hashed::{mix, shape_of};
use super::money::{Amount, amount, is_about, is_counted, push_nuanced};
use super::numeral::pair;
use super::{Found, Page};

/// The learned weights, as `tingsu train --model amounts` writes them.
const TABLE: &[u8] = include_bytes!("../../data/amounts.model");
/// The number of weights, as a power of two.
pub const AMOUNT_TABLE_BITS: u32 = 15;
/// A number that no rule has told to be a sum must weigh more than this, in parts of one.
const SURE: i32 = 16;
/// A sum told by a rule that weighs less than this is none.
const WRONG: i32 = -24;

static BARE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{1,2})?|[0-9]{1,7}(?:\.[0-9]{1,2})?(?:个?[wk][0-9]?|[百千万](?:零?[0-9一二两三四五六七八九][千百十]?)?)?|小?[零一二两三四五六七八九十百千万廿]+)(?:多|来|出头|左右|上下)?",
    )
    .expect("a fixed pattern")
});
/// Ends of a bare number that make it approximate.
const ABOUT: [&str; 5] = ["多", "来", "出头", "左右", "上下"];

/// A bare number, for learning.
pub struct JudgedAmount {
    /// The bytes of the text.
    pub bytes: Range<usize>,
    /// Places in the table of what tells for or against a sum.
    pub slots: Vec<u32>,
}

/// Asks for every bare number in a text as read, in order, whether it is a sum; the answer is a sign for those after it.
pub fn each_amount(reading: &crate::Reading<'_>, mut is_sum: impl FnMut(JudgedAmount) -> bool) {
    let found = super::find_told(reading);
    let mut scene = Scene::of(reading.normalized(), &found);
    for at in 0..scene.bare.len() {
        let judged = JudgedAmount {
            bytes: scene.bare[at].bytes.clone(),
            slots: scene.slots(at),
        };
        scene.settle(at, is_sum(judged));
    }
}

/// Adds the sums that no rule has told, and takes away those that a rule has told wrongly.
pub(super) fn revise(page: &Page<'_>, found: &mut Vec<Found>) {
    let mut scene = Scene::of(page.text, found);
    let mut wrong = vec![false; found.len()];
    for at in 0..scene.bare.len() {
        let weigh = |slot: u32| i32::from(TABLE[slot as usize].cast_signed());
        let weight: i32 = scene.slots(at).into_iter().map(weigh).sum();
        let bare = &scene.bare[at];
        let is_sum = weight > if bare.told.is_some() { WRONG } else { SURE };
        match bare.told {
            Some(told) => wrong[told] = !is_sum,
            None if is_sum => add(page.text, bare, found),
            _ => {}
        }
        scene.settle(at, is_sum);
    }
    let mut wrong = wrong.into_iter();
    found.retain(|_| !wrong.next().unwrap_or_default());
    found.sort_by_key(|one| one.bytes.start);
}

fn add(text: &str, bare: &Bare, found: &mut Vec<Found>) {
    let words = &text[bare.bytes.clone()];
    let core = core_of(words);
    let about = core.len() < words.len() || is_about(text, bare.bytes.start);
    let (low, value) = sums_of(core);
    push_nuanced(found, bare.bytes.clone(), value, low, Currency::CNY, about);
}

/// What the number says; two of them where it is said as 六七十.
fn sums_of(core: &str) -> (Option<Amount>, Amount) {
    match pair(core).filter(|_| !core.starts_with(|c: char| c.is_ascii_digit())) {
        Some((low, high)) => (Some(amount(&low)), amount(&high)),
        None => (None, amount(core)),
    }
}

/// The number without the words that make it approximate.
fn core_of(words: &str) -> &str {
    let words = words.strip_prefix('小').unwrap_or(words);
    ABOUT
        .iter()
        .find_map(|end| words.strip_suffix(end))
        .unwrap_or(words)
}

/// A number without sign and unit.
struct Bare {
    bytes: Range<usize>,
    /// Where it stands among the particulars, if a rule has told it to be a sum.
    told: Option<usize>,
    /// Where it stands in the scene.
    place: usize,
}

/// A text in which every particular and number is one sign.
struct Scene<'t> {
    text: &'t str,
    signs: Vec<char>,
    bare: Vec<Bare>,
    /// How many sums stand there with sign or unit.
    sums: usize,
    /// Which topics the text speaks of.
    topics: Vec<u32>,
}

/// What stands in the scene for a number that has not been judged yet, for one that is a sum and for one that is none.
const OPEN: char = '#';
const SUM: char = '¥';
const NONE: char = '9';

impl<'t> Scene<'t> {
    fn of(text: &'t str, found: &[Found]) -> Self {
        let mut scene = Self {
            text,
            signs: Vec::with_capacity(text.len() / 2),
            bare: Vec::new(),
            sums: 0,
            topics: Vec::new(),
        };
        scene.topics = (0u32..)
            .zip(TOPICS.chars())
            .filter(|(_, c)| text.contains(*c))
            .map(|(index, _)| index)
            .collect();
        let mut hits = BARE.find_iter(text).map(|hit| hit.range()).peekable();
        let mut places = found.iter().enumerate().peekable();
        let mut at = 0;
        while let Some(c) = after(text, at) {
            while hits.next_if(|hit| hit.start < at).is_some() {}
            while places.next_if(|(_, one)| one.bytes.start < at).is_some() {}
            let told = places.peek().filter(|(_, one)| one.bytes.start == at).copied();
            let hit = hits.peek().filter(|hit| hit.start == at).cloned();
            let next = places
                .peek()
                .map_or(text.len(), |(_, one)| one.bytes.start.max(at));
            match (told, hit) {
                // A sum that a rule has told by the words before it.
                (Some((index, one)), Some(hit)) if one.kind == EntityKind::Money && one.bytes == hit => {
                    scene.put(hit.clone(), Some(index));
                    at = hit.end;
                }
                (Some((_, one)), _) => {
                    scene.sums += usize::from(one.kind == EntityKind::Money);
                    scene.signs.push(match one.kind {
                        EntityKind::Money => SUM,
                        EntityKind::Date => '日',
                        EntityKind::Duration => '时',
                        EntityKind::Phone | EntityKind::Order | EntityKind::Account => '号',
                        EntityKind::Product | EntityKind::Org | EntityKind::Place | EntityKind::Role => '物',
                        _ => '人',
                    });
                    at = one.bytes.end.max(at + c.len_utf8());
                }
                (None, Some(hit)) if hit.end <= next => {
                    if is_free(text, &hit) {
                        scene.put(hit.clone(), None);
                    } else {
                        scene.signs.push(NONE);
                    }
                    at = hit.end;
                }
                _ => {
                    scene.signs.push(c);
                    at += c.len_utf8();
                }
            }
        }
        scene
    }

    fn put(&mut self, bytes: Range<usize>, told: Option<usize>) {
        self.bare.push(Bare {
            bytes,
            told,
            place: self.signs.len(),
        });
        self.signs.push(OPEN);
    }

    fn settle(&mut self, at: usize, is_sum: bool) {
        self.signs[self.bare[at].place] = if is_sum { SUM } else { NONE };
    }

    fn slots(&self, at: usize) -> Vec<u32> {
        let bare = &self.bare[at];
        let mut slots = Vec::with_capacity(96);
        let mut add = |family: u32, parts: &[u32]| slots.push(mix(family, parts) >> (32 - AMOUNT_TABLE_BITS));
        let words = &self.text[bare.bytes.clone()];
        add(0, &[]);
        add(1, &[u32::from(bare.told.is_some())]);
        shape_signs(words, &mut add);
        let before: Vec<u32> = self.signs[..bare.place]
            .iter()
            .rev()
            .take(REACH)
            .map(|&c| c as u32)
            .collect();
        let behind: Vec<u32> = self.signs[bare.place + 1..]
            .iter()
            .take(REACH_BACK)
            .map(|&c| c as u32)
            .collect();
        near_signs(2, &before, &mut add);
        near_signs(3, &behind, &mut add);
        let edge = |near: &[u32]| near.first().copied().unwrap_or_default();
        add(40, &[edge(&before), edge(&behind)]);
        let long = shape_of(words).len() as u32;
        add(41, &[edge(&before), long]);
        add(42, &[edge(&behind), long]);
        let others = self.bare.len().min(4) as u32;
        add(43, &[self.sums.min(2) as u32]);
        add(44, &[others, self.sums.min(1) as u32]);
        // The last number before it, and whether a clause lies between.
        let last = self.signs[..bare.place]
            .iter()
            .rposition(|c| [OPEN, SUM, NONE].contains(c));
        if let Some(last) = last {
            let between = &self.signs[last + 1..bare.place];
            let marks = between.iter().filter(|c| ",。;!?\n".contains(**c)).count().min(2);
            add(45, &[self.signs[last] as u32, marks as u32]);
            add(46, &[self.signs[last] as u32, between.len().min(8) as u32]);
        }
        for topic in &self.topics {
            add(47, &[*topic]);
        }
        slots
    }
}

/// So many signs before a number tell of it, and so many behind it.
const REACH: usize = 10;
const REACH_BACK: usize = 6;
/// Characters of texts about money.
const TOPICS: &str = "钱费价付退扣收花赔贵买卖资押租票罚账款券";

/// Whether it is a number of its own that nothing is counted by.
fn is_free(text: &str, bytes: &Range<usize>) -> bool {
    let core = core_of(&text[bytes.clone()]);
    let worth = matches!(sums_of(core).1, Amount::Exact(minor) if minor >= 100);
    let long = core.chars().count() > 1;
    let part = before(text, bytes.start)
        .is_some_and(|c| c.is_ascii_alphanumeric() || "第.-—/·:#*×几半数好上周期".contains(c));
    let goes_on = is_counted(text, bytes.end)
        || after(text, bytes.end).is_some_and(|c| "几半零多余来百千万亿".contains(c));
    let meters = before(text, bytes.start).is_some_and(|c| "米斤".contains(c));
    worth && long && !part && !goes_on && !meters
}

/// Characters, pairs and triples near the number, near ones by their place, and whether a mark stands between.
fn near_signs(side: u32, near: &[u32], add: &mut impl FnMut(u32, &[u32])) {
    let mut paused = 0;
    for at in 0..near.len() {
        if [',', '。', ';', '!', '?', '\n']
            .iter()
            .any(|&mark| mark as u32 == near[at])
        {
            paused = (paused + 1).min(2);
        }
        for length in 1..=3.min(near.len() - at) {
            let gram = &near[at..at + length];
            if length > 1 {
                add(10 * side + paused, gram);
            }
            if at < 2 {
                add(10 * side + 5 + at as u32, gram);
            }
        }
    }
    if near.len() > 3 {
        add(10 * side + 8, &near[..4]);
    }
}

fn shape_signs(words: &str, add: &mut impl FnMut(u32, &[u32])) {
    let core = core_of(words);
    let shape: Vec<u32> = shape_of(core)
        .into_iter()
        .flat_map(|(c, count)| [c as u32, count])
        .collect();
    let magnitude = match sums_of(core).1 {
        Amount::Exact(minor) => minor.max(1).ilog10(),
        _ => 0,
    };
    let last = core.chars().next_back().map_or(0, |c| c as u32);
    let digits = u32::from(core.starts_with(|c: char| c.is_ascii_digit()));
    add(50, &shape);
    add(51, &[magnitude, digits]);
    add(52, &[last]);
    add(
        53,
        &[u32::from(core.contains('.')), u32::from(core.contains(','))],
    );
    add(54, &[u32::from(core.len() < words.len())]);
    let whole: Vec<u32> = core.chars().map(|c| c as u32).collect();
    add(55, &whole);
}
