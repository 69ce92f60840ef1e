//! Whether characters that may be a person's name are one, judged by themselves and by what stands around them: the
//! signs of each candidate are hashed into one table of learned weights.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::name_letters::{Kind, LEXICON, Letter, Letters};
use super::name_neighbors::Neighbors;
use super::name_words::{DOUBLE, GIVEN, OFFICES, RARE, SURNAMES, WORDLIKE};

/// What `tingsu train --model names` writes: the learned weights, then which characters stand beside which in plain text.
static MODEL: &[u8] = include_bytes!("../../data/names.model");
/// The learned weights.
static TABLE: LazyLock<Weights> = LazyLock::new(|| {
    let mut table = vec![0; 1 << TABLE_BITS];
    for (weight, &byte) in table.iter_mut().zip(MODEL) {
        *weight = byte.cast_signed();
    }
    let table: Box<Table> = table.try_into().expect("the table has so many weights");
    Weights {
        forms: std::array::from_fn(|form| i32::from(table[slot(1, form as u32, 0, 0) as usize])),
        table,
    }
});
/// What plain text holds.
static PLAIN: LazyLock<Neighbors> =
    LazyLock::new(|| Neighbors::of_bytes(MODEL.get(1 << TABLE_BITS..).unwrap_or_default()));

type Table = [i8; 1 << TABLE_BITS];

/// What signs weigh.
struct Weights {
    table: Box<Table>,
    /// What the forms weigh by themselves.
    forms: [i32; FORMS],
}

impl Weights {
    #[inline]
    fn of(&self, slot: u32) -> i32 {
        i32::from(self.table[slot as usize])
    }
}

/// More than the number of forms.
const FORMS: usize = 16;

/// The weights are told in such parts of one.
pub const WEIGHT_PARTS: f32 = 16.0;
/// The number of weights, as a power of two.
pub const TABLE_BITS: u32 = 17;
/// A candidate whose first signs weigh less than this is looked at no further; in parts of one.
const HOPELESS: i32 = -24;
/// The same before its borders are looked at.
const UNLIKELY: i32 = -40;
/// A candidate that weighs more than this is a name; in parts of one.
const SURE: i32 = 4;
/// The same for a family name and a given one.
const SURE_OF_WHOLE: i32 = -6;
/// The same where nothing in its form tells: words alone between marks, or after a word for a person.
const SURE_OF_WORDS: i32 = 34;

/// The same for a given name alone.
const SURE_OF_GIVEN: i32 = 16;
/// The same for characters of names of other peoples.
const SURE_OF_FOREIGN: i32 = 10;
/// A candidate whose family name is a common word must weigh so much more.
const MORE_FOR_WORDS: i32 = 24;
/// A candidate where a name is expected may weigh so much less.
const EXPECTED: i32 = 50;
/// A candidate that begins as a word does must weigh so much.
const BEYOND_WORDS: i32 = 64;

/// How a candidate is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// A family name of one character and one more.
    Two,
    /// A family name of one character and two more.
    Three,
    /// A family name of two characters and one more.
    DoubleThree,
    /// A family name of two characters and two more.
    DoubleFour,
    /// A family name and a form of address.
    Addressed,
    /// A whole name and a form of address.
    NamedAddressed,
    /// 小, 老, 阿 and one more.
    Pet,
    /// The same with 哥 or 姐, or a family name of two characters.
    PetLong,
    /// A character twice.
    Twice,
    /// A character of given names and 哥, 姐 or their like.
    Sibling,
    /// Two or more characters alone between marks.
    Field,
    /// Two to seven characters after a word for a person or one that introduces a name, up to a mark or a word that
    /// often follows names: names of peoples without the usual family names.
    Open,
    /// Parts with a dot between them.
    Dotted,
    /// Two characters of given names without a family name, where a name may stand.
    Given,
    /// Three to eight characters that names of other peoples are written with.
    Foreign,
}

/// What may be a name, by letters of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Candidate {
    start: usize,
    end: usize,
    form: Form,
}

/// What has the form of a name, for learning.
pub struct Judged {
    /// The letters (code points) of the text.
    pub letters: std::ops::Range<usize>,
    /// Places in the table of what tells for or against it.
    pub slots: Vec<u32>,
}

/// How usual these two characters are beside each other in plain text: 0 strange, 1 seen, 2 usual, 3 where one of them
/// is not Chinese.
pub(super) fn level(first: char, second: char) -> u32 {
    PLAIN.level(first as u32, second as u32)
}

/// Everything in a text as read that has the form of a name, beside what is known of plain text.
pub fn candidates(normalized: &str, plain: &Neighbors) -> Vec<Judged> {
    let letters = Letters::of(normalized);
    let mut all = Vec::new();
    each_candidate(&letters, &mut |candidate| {
        all.push(Judged {
            letters: candidate.start..candidate.end,
            slots: slots(plain, &letters, &candidate),
        });
    });
    all
}

/// Family names to draw from, common ones first.
pub fn surnames() -> Vec<String> {
    let single = SURNAMES.chars().chain(RARE.chars()).map(String::from);
    let double = DOUBLE.split(' ').filter(|name| name.chars().count() == 2);
    let wordlike = WORDLIKE.chars().map(String::from);
    single.chain(double.map(str::to_owned)).chain(wordlike).collect()
}

/// Usual characters of given names.
pub fn given_names() -> Vec<char> {
    GIVEN.chars().collect()
}

/// What stands around the text.
const BORDER: char = '\n';
/// The longest name alone between marks.
const LONGEST_FIELD: usize = 4;

/// The names in the text, as the judge sees them: those it is surest of first, none overlapping another.
pub(super) fn names(letters: &Letters<'_>) -> Vec<(usize, usize)> {
    let (table, plain) = (&*TABLE, &*PLAIN);
    let mut found: Vec<(i32, Candidate)> = Vec::new();
    // Candidates that begin alike come one after the other.
    let mut beginning = (usize::MAX, 0);
    each_candidate(letters, &mut |candidate| {
        if beginning.0 != candidate.start {
            beginning = (candidate.start, weigh_beginning(table, letters, candidate.start));
        }
        let weight = weigh(table, plain, letters, &candidate, beginning.1);
        let least = match candidate.form {
            Form::Open | Form::Field => SURE_OF_WORDS,
            Form::Given => SURE_OF_GIVEN,
            Form::Foreign => SURE_OF_FOREIGN,
            Form::Two | Form::Three | Form::DoubleThree | Form::DoubleFour => {
                if weight <= SURE_OF_WHOLE - EXPECTED {
                    return;
                }
                let wordlike = !letters.is(candidate.start, Kind::SURNAME | Kind::DOUBLE);
                let unexpected = SURE_OF_WHOLE + if wordlike { MORE_FOR_WORDS } else { 0 };
                match weight > unexpected {
                    true => unexpected,
                    false if is_expected(letters, &candidate) => SURE_OF_WHOLE - EXPECTED,
                    false => return,
                }
            }
            _ => SURE,
        };
        if weight <= least {
            return;
        }
        let begins_a_word =
            || weight < BEYOND_WORDS && LEXICON.words.at(letters.rest(candidate.start)).is_some();
        let ends_a_word = || LEXICON.before.ends(letters.head(candidate.start + 1));
        let word = begins_a_word() || ends_a_word();
        let name = || letters.between(candidate.start, candidate.end);
        let office = || OFFICES.iter().any(|word| name().contains(word));
        if !word && !office() {
            found.push((weight, candidate));
        }
    });
    found.sort_by_key(|(weight, candidate)| (std::cmp::Reverse(*weight), candidate.start));
    let mut kept = BTreeMap::new();
    for (_, Candidate { start, end, .. }) in found {
        let before = kept.range(..end).next_back();
        if before.is_none_or(|(_, &other_end)| other_end <= start) {
            kept.insert(start, end);
        }
    }
    kept.into_iter().collect()
}

/// Whether a word for a person stands right before characters of given names that end where a name may.
fn is_expected(letters: &Letters<'_>, candidate: &Candidate) -> bool {
    let &Candidate { start, end, form } = candidate;
    let family = if matches!(form, Form::Two | Form::Three) {
        1
    } else {
        2
    };
    // Of a name with an unusual character the characters stand seldom beside each other, and what follows it goes on
    // with another word.
    let strange = |at: usize| level(letters.c(at - 1), letters.c(at)) == 0;
    let usual = (start + family..end).all(|at| letters.is(at, Kind::GIVEN) || strange(at));
    let parted = strange(end) && level(letters.c(end), letters.c(end + 1)) > 0;
    let ends = !letters.is(end, Kind::HAN) || letters.is(end, Kind::FOLLOWS) || parted;
    let closed = form != Form::Two || !letters.is(end, Kind::HAN) || parted;
    usual && ends && closed && (is_after_role(letters, start) || is_introduced(letters, start))
}

/// What the beginning of candidates weighs, whatever their form.
#[inline]
fn weigh_beginning(table: &Weights, letters: &Letters<'_>, start: usize) -> i32 {
    let before = start.checked_sub(1).map_or(BORDER, |at| letters.c(at)) as u32;
    let own = [letters.c(start) as u32, letters.c(start + 1) as u32];
    pair_signs(before, own).map(|slot| table.of(slot)).iter().sum()
}

/// What a candidate weighs with a beginning that weighs so much.
#[inline]
fn weigh(
    table: &Weights,
    plain: &Neighbors,
    letters: &Letters<'_>,
    candidate: &Candidate,
    beginning: i32,
) -> i32 {
    let weight = |slot: u32| table.of(slot);
    let start = candidate.start;
    let own = [letters.c(start) as u32, letters.c(start + 1) as u32];
    let form = candidate.form as u32 + 1;
    let [_, first, second] = form_signs(form, own);
    let mut sum = beginning + table.forms[form as usize % FORMS] + weight(first) + weight(second);
    if sum < UNLIKELY {
        return sum;
    }
    let signs = Around::of(letters, candidate);
    signs.second(&mut |slot| sum += weight(slot));
    if sum < UNLIKELY {
        return sum;
    }
    signs.strange(plain, &mut |slot| sum += weight(slot));
    if sum < HOPELESS {
        return sum;
    }
    signs.rest(letters, &mut |slot| sum += weight(slot));
    sum
}

/// The signs of a form and the first two characters; with those of the characters alone they tell most words from names.
#[inline]
fn form_signs(form: u32, [first, second]: [u32; 2]) -> [u32; 3] {
    [
        slot(1, form, 0, 0),
        slot(2, form, first, 0),
        slot(4, form, second, 0),
    ]
}

/// The signs of the first two characters and the one before.
#[inline]
fn pair_signs(before: u32, [first, second]: [u32; 2]) -> [u32; 2] {
    [slot(3, first, second, 0), slot(5, before, first, 0)]
}

/// Every sign of a candidate, as places of the table.
fn slots(plain: &Neighbors, letters: &Letters<'_>, candidate: &Candidate) -> Vec<u32> {
    let signs = Around::of(letters, candidate);
    let mut slots = Vec::with_capacity(40);
    let own = [signs.own[0], signs.own[1]];
    let [form, first, second] = form_signs(signs.form, own);
    let [pair, before] = pair_signs(signs.left[0], own);
    slots.extend([form, first, pair, second, before]);
    signs.second(&mut |slot| slots.push(slot));
    signs.strange(plain, &mut |slot| slots.push(slot));
    signs.rest(letters, &mut |slot| slots.push(slot));
    slots
}

/// Everything in the text that has the form of a name.
fn each_candidate(letters: &Letters<'_>, take: &mut impl FnMut(Candidate)) {
    let mut before = 0;
    for (at, &Letter { c, kinds, .. }) in letters.all().iter().enumerate() {
        let after = letters.all().get(at + 1);
        let next = after.map_or(0, |after| after.kinds);
        let border = before & Kind::HAN == 0 || before & (Kind::ROLE | Kind::INTRODUCES) != 0;
        let may_name = border || before & Kind::BEHIND != 0;
        let lone = kinds & Kind::GIVEN != 0 && may_name && next & Kind::GIVEN != 0;
        let foreign = kinds & Kind::FOREIGN != 0 && before & Kind::FOREIGN == 0 && next & Kind::FOREIGN != 0;
        before = kinds;
        let begins = kinds & (Kind::SURNAME | Kind::DOUBLE | Kind::PET) != 0
            || border
            || kinds & Kind::WORDLIKE != 0 && next & (Kind::TITLE | Kind::BRIEF) != 0
            || lone
            || foreign
            || next & Kind::SIBLING != 0
            || next & Kind::HAN == 0
            || after.is_some_and(|after| after.c == c);
        if kinds & Kind::HAN == 0 {
            if matches!(c, '·' | '•') {
                around_dot(letters, at, take);
            }
            continue;
        }
        if !begins {
            continue;
        }
        let mut offer = |end: usize, form: Form| {
            take(Candidate { start: at, end, form });
        };
        if kinds & Kind::SURNAME != 0 || border && kinds & Kind::WORDLIKE != 0 {
            full(letters, at, 1, &mut offer);
        }
        if !border
            && kinds & Kind::WORDLIKE != 0
            && let Some(length) = title_at(letters, at + 1)
        {
            offer(at + 1 + length, Form::Addressed);
        }
        if kinds & Kind::DOUBLE != 0 && LEXICON.doubles.at(letters.rest(at)) == Some(2) {
            full(letters, at, 2, &mut offer);
        }
        if kinds & Kind::PET != 0 || next & Kind::SIBLING != 0 || after.is_some_and(|after| after.c == c) {
            called(letters, at, &mut offer);
        }
        // Both begin at a border alone.
        if border {
            field(letters, at, &mut offer);
            open(letters, at, &mut offer);
        }
        if lone && kinds & Kind::SURNAME == 0 && letters.is(at + 1, Kind::HAN) {
            given(letters, at, &mut offer);
        }
        if foreign {
            transcribed(letters, at, &mut offer);
        }
    }
}

/// Two characters of given names up to where a name may end.
fn given(letters: &Letters<'_>, at: usize, offer: &mut impl FnMut(usize, Form)) {
    let end = at + 2;
    let twice = letters.c(at) == letters.c(at + 1);
    let ends = !letters.is(end, Kind::HAN) || letters.is(end, Kind::FOLLOWS);
    if ends && !twice && is_inner(letters, at) && is_inner(letters, at + 1) {
        offer(end, Form::Given);
    }
}

/// The longest name of another people without a dot.
const LONGEST_FOREIGN: usize = 8;

/// Characters that names of other peoples are written with, all of them, and without the first or the last.
fn transcribed(letters: &Letters<'_>, at: usize, offer: &mut impl FnMut(usize, Form)) {
    let inner = |at: usize| letters.is(at, Kind::FOREIGN) && is_inner(letters, at);
    let length = (at..=at + LONGEST_FOREIGN).take_while(|&at| inner(at)).count();
    if (3..=LONGEST_FOREIGN).contains(&length) {
        offer(at + length, Form::Foreign);
        if length > 3 {
            offer(at + length - 1, Form::Foreign);
        }
    }
}

#[inline]
fn is_inner(letters: &Letters<'_>, at: usize) -> bool {
    letters.kinds(at) & (Kind::HAN | Kind::NEVER) == Kind::HAN
}

/// The characters of a form of address that begins here.
fn title_at(letters: &Letters<'_>, at: usize) -> Option<usize> {
    if letters.is(at, Kind::TITLE)
        && let Some(length) = LEXICON.titles.at(letters.rest(at))
    {
        return Some(length);
    }
    letters.is(at, Kind::BRIEF).then_some(1)
}

/// A family name with what may follow.
fn full(letters: &Letters<'_>, at: usize, family: usize, offer: &mut impl FnMut(usize, Form)) {
    let given = at + family;
    if let Some(length) = title_at(letters, given) {
        offer(given + length, Form::Addressed);
    }
    if !is_inner(letters, given) {
        return;
    }
    offer(given + 1, if family == 1 { Form::Two } else { Form::DoubleThree });
    if letters.is(given + 1, Kind::TITLE)
        && let Some(length) = LEXICON.titles.at(letters.rest(given + 1))
    {
        offer(given + 1 + length, Form::NamedAddressed);
    }
    if !is_inner(letters, given + 1) {
        return;
    }
    offer(
        given + 2,
        if family == 1 {
            Form::Three
        } else {
            Form::DoubleFour
        },
    );
    if letters.is(given + 2, Kind::TITLE)
        && let Some(length) = LEXICON.titles.at(letters.rest(given + 2))
    {
        offer(given + 2 + length, Form::NamedAddressed);
    }
}

/// 小李, 娜娜 and 龙哥: where one of 小, 老, 阿 stands, a character twice, or 哥 and its like after it.
fn called(letters: &Letters<'_>, at: usize, offer: &mut impl FnMut(usize, Form)) {
    let (first, next) = (letters.c(at), at + 1);
    if !is_inner(letters, next) {
        return;
    }
    if matches!(first, '小' | '老' | '阿' | '大' | '二') {
        offer(at + 2, Form::Pet);
        if matches!(letters.c(at + 2), '哥' | '姐')
            || letters.is(next, Kind::DOUBLE) && LEXICON.doubles.at(letters.rest(next)) == Some(2)
        {
            offer(at + 3, Form::PetLong);
        }
    }
    if first == letters.c(next) && letters.is(at, Kind::GIVEN) {
        offer(at + 2, Form::Twice);
    }
    if letters.is(next, Kind::SIBLING) {
        offer(at + 2, Form::Sibling);
    }
}

/// Two to four characters alone between marks.
fn field(letters: &Letters<'_>, at: usize, offer: &mut impl FnMut(usize, Form)) {
    if at == 0 || letters.is(at - 1, Kind::HAN) || letters.c(at - 1).is_ascii_alphanumeric() {
        return;
    }
    let mut end = at;
    while end <= at + LONGEST_FIELD && is_inner(letters, end) {
        end += 1;
    }
    let plain = !letters.is(at, Kind::SURNAME | Kind::WORDLIKE | Kind::DOUBLE);
    if plain && (2..=LONGEST_FIELD).contains(&(end - at)) && !letters.is(end, Kind::HAN) {
        offer(end, Form::Field);
    }
}

/// The longest name of one part, and of each part beside a dot.
const LONGEST_OPEN: usize = 7;

/// A name has at most so many dots.
const MOST_DOTS: usize = 3;

/// What stands right after a word that lets expect a name.
fn open(letters: &Letters<'_>, at: usize, offer: &mut impl FnMut(usize, Form)) {
    let Some(last) = at.checked_sub(1) else { return };
    let mark = !letters.is(last, Kind::HAN) && !letters.c(last).is_ascii_alphanumeric();
    if !mark && !letters.is(last, Kind::ROLE | Kind::INTRODUCES) {
        return;
    }
    let mut ends = [0; LONGEST_OPEN];
    let mut count = 0;
    let mut end = at;
    while end < at + LONGEST_OPEN && is_inner(letters, end) {
        end += 1;
        let closed = !letters.is(end, Kind::HAN) || !mark && letters.is(end, Kind::FOLLOWS);
        let usual = mark && end - at <= LONGEST_FIELD && letters.is(at, Kind::SURNAME);
        if end - at >= 2 && closed && !usual {
            ends[count] = end;
            count += 1;
        }
    }
    if count > 0 && (mark || is_after_role(letters, at) || is_introduced(letters, at)) {
        ends[..count].iter().for_each(|&end| offer(end, Form::Open));
    }
}

/// Names whose first dot this is.
fn around_dot(letters: &Letters<'_>, dot: usize, take: &mut impl FnMut(Candidate)) {
    let mut start = dot;
    while start > 0 && dot - start < LONGEST_OPEN && is_inner(letters, start - 1) {
        start -= 1;
        dotted(letters, start, &mut |end, form| {
            take(Candidate { start, end, form })
        });
    }
}

/// Two parts or more with a dot between them, from this letter on.
fn dotted(letters: &Letters<'_>, at: usize, offer: &mut impl FnMut(usize, Form)) {
    let part = |from: usize| {
        (from..from + LONGEST_OPEN)
            .take_while(|&at| is_inner(letters, at))
            .count()
    };
    let first = part(at);
    if !(1..LONGEST_OPEN).contains(&first) || !matches!(letters.c(at + first), '·' | '•') {
        return;
    }
    let mut end = at + first;
    for _ in 0..MOST_DOTS {
        if !matches!(letters.c(end), '·' | '•') {
            return;
        }
        let next = part(end + 1);
        if next == 0 {
            return;
        }
        for length in 1..next {
            offer(end + 1 + length, Form::Dotted);
        }
        end += 1 + next;
        offer(end, Form::Dotted);
    }
}

fn is_after_role(letters: &Letters<'_>, at: usize) -> bool {
    at > 0 && letters.is(at - 1, Kind::ROLE) && LEXICON.roles.ends(letters.head(at))
}

fn is_introduced(letters: &Letters<'_>, at: usize) -> bool {
    at > 0 && letters.is(at - 1, Kind::INTRODUCES) && LEXICON.introducers.ends(letters.head(at))
}

/// A candidate with the characters around it.
struct Around {
    form: u32,
    /// Up to four characters before, nearest first.
    left: [u32; 4],
    /// Up to three characters after.
    right: [u32; 3],
    /// The characters of the name: the first two, and the last two.
    own: [u32; 4],
    length: u32,
    start: usize,
    end: usize,
}

impl Around {
    fn of(letters: &Letters<'_>, candidate: &Candidate) -> Self {
        let &Candidate { start, end, form } = candidate;
        let code = |at: Option<usize>| at.map_or(BORDER, |at| letters.c(at)) as u32;
        let before = |count: usize| code(start.checked_sub(count));
        let after = |count: usize| code(Some(end + count));
        Self {
            form: form as u32 + 1,
            left: [before(1), before(2), before(3), before(4)],
            right: [after(0), after(1), after(2)],
            own: [
                code(Some(start)),
                code(Some(start + 1)),
                code(end.checked_sub(2)),
                code(end.checked_sub(1)),
            ],
            length: (end - start) as u32,
            start,
            end,
        }
    }

    /// The signs of the borders.
    #[inline]
    fn second(&self, add: &mut impl FnMut(u32)) {
        let [l1, ..] = self.left;
        let [r1, ..] = self.right;
        let [c0, c1, _, last] = self.own;
        let form = self.form;
        add(slot(6, l1, form, 0));
        add(slot(7, r1, form, 0));
        add(slot(8, last, r1, 0));
        add(slot(9, l1, c0, c1));
    }

    /// How strange the characters are beside each other: few names are spelled like words, and what stands before and
    /// after one seldom goes on as a word.
    #[inline]
    fn strange(&self, plain: &Neighbors, add: &mut impl FnMut(u32)) {
        let [l1, l2, ..] = self.left;
        let [r1, r2, _] = self.right;
        let [c0, c1, second_last, last] = self.own;
        let before = plain.level(l1, c0);
        let after = plain.level(last, r1);
        let first = plain.level(c0, c1);
        let second = if self.length > 2 {
            plain.level(second_last, last)
        } else {
            first
        };
        let inner = 4 * first + second;
        let around = 4 * plain.level(l2, l1) + plain.level(r1, r2);
        let form = self.form;
        add(slot(31, inner, form, self.length));
        add(slot(32, before, after, form));
        add(slot(33, inner, 4 * before + after, form));
        add(slot(34, around, 4 * before + after, form));
        add(slot(35, inner, before, r1));
        add(slot(36, inner, after, l1));
        add(slot(37, inner, after, c0));
    }

    fn rest(&self, letters: &Letters<'_>, add: &mut impl FnMut(u32)) {
        let [l1, l2, l3, l4] = self.left;
        let [r1, r2, r3] = self.right;
        let [c0, c1, second_last, last] = self.own;
        let form = self.form;
        add(slot(10, form, last, self.length));
        add(slot(11, second_last, last, 0));
        add(slot(12, l2, l1, 0));
        add(slot(13, l3, l2, l1));
        add(slot(14, l4.wrapping_mul(0x9E37) ^ l3, l2, l1));
        add(slot(15, r1, r2, 0));
        add(slot(16, r1, r2, r3));
        add(slot(17, l1, r1, form));
        add(slot(18, c0 ^ (self.length << 20), c1, last));
        add(slot(19, l2, l1, c0));
        add(slot(20, last, r1, r2));
        add(slot(21, second_last, last, r1));
        add(slot(22, l2, l1, form));
        add(slot(23, r1, r2, form));
        let role = u32::from(is_after_role(letters, self.start));
        let told = u32::from(is_introduced(letters, self.start));
        let lead = 1 + role + 2 * told + 4 * class(letters, self.start.checked_sub(1));
        let tail = 1 + class(letters, Some(self.end));
        add(slot(24, lead, form, 0));
        add(slot(25, lead, tail, form));
        let mut usual = 0;
        for at in self.start..(self.start + 3).min(self.end) {
            usual =
                usual * 3 + u32::from(letters.is(at, Kind::GIVEN)) + u32::from(letters.is(at, Kind::PURE));
        }
        add(slot(26, usual, form, 0));
        add(slot(27, usual, lead, tail));
        let foreign = (self.start..self.end)
            .filter(|&at| letters.is(at, Kind::FOREIGN))
            .count();
        add(slot(30, foreign as u32, self.length, form));
        add(slot(28, l2, form, 1));
        add(slot(29, r2, form, 2));
    }
}

/// What kind of character stands here.
fn class(letters: &Letters<'_>, at: Option<usize>) -> u32 {
    match at.map_or(BORDER, |at| letters.c(at)) {
        BORDER => 0,
        ':' => 1,
        ',' | '、' | ';' => 2,
        '。' | '!' | '?' | '.' => 3,
        ' ' => 4,
        c if c.is_ascii_digit() => 5,
        c if c.is_ascii_alphabetic() => 6,
        _ if letters.is(at.unwrap_or(0), Kind::HAN) => 7,
        _ => 8,
    }
}

/// The place of a sign in the table.
#[inline]
fn slot(sign: u32, a: u32, b: u32, c: u32) -> u32 {
    let mixed = u64::from(sign).wrapping_mul(0x9E37_79B9_7F4A_7C15)
        ^ u64::from(a).wrapping_mul(0xFF51_AFD7_ED55_8CCD)
        ^ u64::from(b).wrapping_mul(0xC4CE_B9FE_1A85_EC53).rotate_left(21)
        ^ u64::from(c).wrapping_mul(0xBF58_476D_1CE4_E5B9).rotate_left(42);
    let mixed = (mixed ^ (mixed >> 31)).wrapping_mul(0x94D0_49BB_1331_11EB);
    (mixed >> (64 - TABLE_BITS)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_judged_by_what_stands_around_them() {
        for (text, expected) in [
            ("前台卓青禾让我等了一下午", &["卓青禾"][..]),
            ("签收人写的是霍予安,不是我", &["霍予安"]),
            ("高铁晚点两小时,时间全耽误了", &[]),
        ] {
            let letters = Letters::of(text);
            let found = names(&letters);
            let found: Vec<&str> = found
                .iter()
                .map(|&(from, to)| letters.between(from, to))
                .collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn the_table_is_whole() {
        assert_eq!(MODEL.len(), (1 << TABLE_BITS) + Neighbors::BYTES);
    }
}
