//! Particulars of a text (A15): money, dates, numbers, places, and personal data for masking. One file per kind;
//! a kind is looked for only where its signs stand, and every search is linear in the text.

mod account;
mod address;
pub(crate) mod amount_judge;
mod bank_card;
mod calendar;
pub(crate) mod class;
mod clock;
pub(crate) mod code_judge;
mod codes;
mod compact;
mod date;
mod date_relative;
mod device;
mod digits;
mod duration;
mod email;
mod hashed;
mod id_card;
pub(crate) mod judge;
mod lunar;
mod mask;
mod money;
mod name;
mod name_context;
mod name_given;
mod name_known;
mod name_latin;
mod name_letters;
pub(crate) mod name_neighbors;
mod name_told;
mod name_words;
mod numeral;
mod order;
mod passport;
mod phone;
mod plate;
mod product;
mod runs;
mod signs;
mod sounds;
mod told;
mod uuid;
mod vocabulary_words;
mod wechat_qq;

#[cfg(test)]
mod tests;

use std::ops::Range;

use domain::{Date, Doubt, Entity, EntityKind, EntityValue, Nuance, Quote, Span, Timestamp};

use crate::reading::Reading;
pub use calendar::{add_duration, day_in_china as china_day};
pub use mask::{mask, mask_with};
use signs::Signs;

/// More particulars than this are not listed; masking has no such limit.
const MOST_ENTITIES: usize = 1000;

/// What the finders look at.
struct Page<'r> {
    /// The normalized text.
    text: &'r str,
    /// The day of receipt in China, from which relative dates count.
    today: Option<Date>,
    /// Which signs stand in the text.
    signs: Signs,
    /// The digits that may be one number.
    runs: Vec<runs::Run>,
    /// The text without its spaces, when it is spread out by them.
    compact: Option<compact::Compact>,
    /// The text as received, for what is lost in reading.
    reading: &'r Reading<'r>,
}

impl Page<'_> {
    /// Whether the letter at this byte was a capital before it was read.
    fn is_capital(&self, byte: usize) -> bool {
        let home = self.reading.home(byte..byte + 1);
        home.slice(self.reading.original())
            .is_some_and(|letter| letter.chars().any(char::is_uppercase))
    }

    /// The end of the capitalized words that a range begins with.
    fn capitals_until(&self, start: usize, end: usize) -> usize {
        let (mut last, mut at) = (start, start);
        for word in self.text[start..end].split(' ') {
            if !self.is_capital(at) {
                break;
            }
            last = at + word.len();
            at = last + 1;
        }
        last
    }

    /// Whether the text has hardly any Chinese character.
    fn is_english(&self) -> bool {
        self.text.is_ascii()
            || self.text.chars().filter(|&c| crate::fold::is_han(c)).count() * 8 < self.text.len()
    }
}

/// A particular before overlaps are settled.
#[derive(Clone, Debug, PartialEq)]
struct Found {
    kind: EntityKind,
    /// Bytes of the normalized text.
    bytes: Range<usize>,
    value: Option<EntityValue>,
    nuance: Nuance,
    /// Whether a word beside it says what it is; such a claim beats a claim by shape alone.
    told: bool,
    doubt: Option<Doubt>,
}

impl Found {
    /// A particular recognized by its shape.
    fn shaped(kind: EntityKind, bytes: Range<usize>, value: Option<EntityValue>) -> Self {
        Self {
            kind,
            bytes,
            value,
            nuance: Nuance::default(),
            told: false,
            doubt: None,
        }
    }

    /// A particular named by a word beside it.
    fn told(kind: EntityKind, bytes: Range<usize>, value: Option<EntityValue>) -> Self {
        Self {
            told: true,
            ..Self::shaped(kind, bytes, value)
        }
    }
}

/// A finder adds what it sees; it runs only when its signs stand in the text.
struct Finder {
    wanted: fn(&Signs) -> bool,
    find: fn(&Page<'_>, &mut Vec<Found>),
}

/// What protects numbers from being taken for personal data, and the personal data themselves.
const PERSONAL: &[Finder] = &[
    order::FINDER,
    email::FINDER,
    id_card::FINDER,
    bank_card::FINDER,
    phone::FINDER,
    passport::FINDER,
    device::FINDER,
    wechat_qq::FINDER,
    account::FINDER,
    codes::FINDER,
    plate::FINDER,
    address::FINDER,
    name::FINDER,
];

/// Everything else.
const PLAIN: &[Finder] = &[
    money::FINDER,
    date::FINDER,
    duration::FINDER,
    product::FINDER,
    vocabulary_words::FINDER,
];

/// The particulars of a text with the doubts that arose over them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Particulars {
    /// The particulars in order of place; no two overlap.
    pub entities: Vec<Entity>,
    /// Doubts about their values, without repetition.
    pub doubts: Vec<Doubt>,
}

/// The particulars of a text, in order of place; no two overlap. Relative dates get a value only when the time of
/// receipt is known.
pub fn entities(reading: &Reading<'_>, received_at: Option<Timestamp>) -> Vec<Entity> {
    particulars(reading, received_at).entities
}

/// The particulars of a text and what is doubtful about their values.
pub fn particulars(reading: &Reading<'_>, received_at: Option<Timestamp>) -> Particulars {
    let mut found = find(reading, received_at, &[PERSONAL, PLAIN]);
    found.truncate(MOST_ENTITIES);
    let mut doubts: Vec<Doubt> = found.iter().filter_map(|one| one.doubt).collect();
    doubts.sort_unstable();
    doubts.dedup();
    Particulars {
        entities: to_entities(reading, found),
        doubts,
    }
}

/// The personal data of a text, in order of place, all of them however many.
pub fn personal_data(reading: &Reading<'_>) -> Vec<Entity> {
    to_entities(reading, find_personal(reading))
}

fn find_personal(reading: &Reading<'_>) -> Vec<Found> {
    let mut found = find(reading, None, &[PERSONAL]);
    found.retain(|one| one.kind.is_personal());
    found
}

fn to_entities(reading: &Reading<'_>, found: Vec<Found>) -> Vec<Entity> {
    let mut quoter = Quoter::of(reading.original());
    let to_entity = |one: Found| {
        Some(Entity {
            kind: one.kind,
            quote: quoter.quote(reading.home(one.bytes))?,
            value: one.value,
            nuance: one.nuance,
        })
    };
    found.into_iter().filter_map(to_entity).collect()
}

/// Takes quotes out of a text in order of place in one pass, where asking for each alone would count from the start
/// every time.
struct Quoter<'t> {
    text: &'t str,
    byte: usize,
    index: u32,
}

impl<'t> Quoter<'t> {
    fn of(text: &'t str) -> Self {
        Self {
            text,
            byte: 0,
            index: 0,
        }
    }

    fn quote(&mut self, span: Span) -> Option<Quote> {
        if span.start < self.index {
            return Quote::of(self.text, span);
        }
        self.advance_to(span.start);
        let start = self.byte;
        self.advance_to(span.end);
        Quote::at(span.start, &self.text[start..self.byte])
    }

    fn advance_to(&mut self, index: u32) {
        let rest = &self.text[self.byte..];
        let steps = (index - self.index) as usize;
        self.byte += rest.char_indices().nth(steps).map_or(rest.len(), |(at, _)| at);
        self.index = index;
    }
}

/// What the rules tell, before bare numbers are judged.
fn find_told(reading: &Reading<'_>) -> Vec<Found> {
    find_on(&page_of(reading, None, true), &[PERSONAL, PLAIN])
}

fn find(reading: &Reading<'_>, received_at: Option<Timestamp>, sets: &[&[Finder]]) -> Vec<Found> {
    let page = page_of(reading, received_at, sets.len() > 1);
    let mut found = find_on(&page, sets);
    if sets.len() > 1 && page.signs.large_numbers() {
        amount_judge::revise(&page, &mut found);
    }
    found
}

fn page_of<'r>(reading: &'r Reading<'r>, received_at: Option<Timestamp>, whole: bool) -> Page<'r> {
    let signs = if whole {
        Signs::of(reading)
    } else {
        Signs::of_personal(reading)
    };
    Page {
        text: reading.normalized(),
        today: received_at.and_then(calendar::day_in_china),
        signs,
        runs: if phone::may_be(&signs) {
            runs::runs(reading.normalized())
        } else {
            Vec::new()
        },
        compact: signs
            .alone
            .then(|| compact::Compact::of(reading.normalized()))
            .flatten(),
        reading,
    }
}

fn find_on(page: &Page<'_>, sets: &[&[Finder]]) -> Vec<Found> {
    let mut found = Vec::new();
    for finder in sets.iter().copied().flatten() {
        if (finder.wanted)(&page.signs) {
            (finder.find)(page, &mut found);
        }
    }
    code_judge::find(page, &mut found);
    uuid::release(page, &mut found);
    settle(found)
}

/// Of claims that overlap the stronger one stays.
fn settle(mut found: Vec<Found>) -> Vec<Found> {
    if found.len() > 1 {
        found.sort_by_key(|one| (strength(one), std::cmp::Reverse(one.bytes.len()), one.bytes.start));
        let mut kept: Vec<Found> = Vec::with_capacity(found.len());
        let mut taken = std::collections::BTreeMap::new();
        for one in found {
            let Range { start, end } = one.bytes;
            let free = taken
                .range(..end)
                .next_back()
                .is_none_or(|(_, &other_end)| other_end <= start);
            if free && start < end {
                taken.insert(start, end);
                kept.push(one);
            }
        }
        found = kept;
        found.sort_by_key(|one| one.bytes.start);
    }
    found
}

/// The rank of a claim; lower wins.
fn strength(found: &Found) -> u8 {
    match (found.kind, found.told) {
        (EntityKind::Device, true) => 0,
        (EntityKind::Order, true) => 1,
        (EntityKind::Email, _) => 1,
        (EntityKind::IdCard, _) => 2,
        (EntityKind::BankCard, true) | (EntityKind::Passport, _) => 3,
        (EntityKind::Phone, _) | (EntityKind::Address, true) => 4,
        (EntityKind::WechatQq | EntityKind::Account | EntityKind::Device, _) => 5,
        (EntityKind::BankCard, false) => 4,
        (EntityKind::Plate, _) => 7,
        (EntityKind::Address, _) => 8,
        (EntityKind::Product, true) => 9,
        (EntityKind::Name, _) => 10,
        (EntityKind::Order, false) => 11,
        (EntityKind::Money, _) => 12,
        (EntityKind::Date, _) => 13,
        (EntityKind::Duration, _) => 14,
        (EntityKind::Org, _) => 15,
        (EntityKind::Place, _) => 16,
        (EntityKind::Role, _) => 17,
        (EntityKind::Product, false) => 18,
    }
}
