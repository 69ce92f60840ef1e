//! Names of persons in Chinese: with a form of address, after a word that introduces them or for a person's job, at the
//! borders of lines and clauses, and the names people are called by. One pass over the text; words are looked up only
//! where a family name stands.

use domain::EntityKind;

use super::name_context::{ACTS, AFTER_SHORT, BEFORE_SHORT, COPULAS};
use super::name_letters::{Kind, LEXICON, Letters};
use super::name_words::OFFICES;
use super::signs::Signs;
use super::{Finder, Found, Page, judge, name_known, name_latin, name_told};
use crate::fold::is_han;

/// Looks for names.
pub(super) const FINDER: Finder = Finder {
    wanted: |signs: &Signs| signs.surnames || signs.latin || signs.familiar,
    find,
};

/// How surely the words before a name tell that it is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Lead {
    /// Nothing tells.
    Nothing,
    /// A character that often stands before a name.
    Behind,
    /// The beginning of a line or clause.
    Border,
    /// A word for a person, or another name.
    Role,
    /// A word that introduces a name.
    Introduced,
}

/// How a family name begins.
struct Family {
    letters: usize,
    /// Whether it is also a common word.
    word: bool,
}

pub(super) struct Scan<'t> {
    pub(super) letters: Letters<'t>,
    /// One past the last name found.
    pub(super) last_end: usize,
    /// A family name that was spelled out.
    spelled: Option<char>,
}

fn find(page: &Page<'_>, found: &mut Vec<Found>) {
    let mut scan = Scan {
        letters: Letters::of_reading(page.reading),
        last_end: 0,
        spelled: None,
    };
    let mut at = 0;
    while let Some(next) = scan.next_begin(at) {
        at = next;
        let begins = scan.may_name(at);
        let told = || name_told::may_begin(&scan.letters, at).then(|| name_told::told_at(&scan.letters, at));
        if let Some(end) = told().flatten() {
            push(scan.letters.byte(at), scan.letters.byte(end), found);
            scan.last_end = end;
            at = end;
        } else if let Some((start, end)) = begins
            .then(|| scan.name_at(at))
            .flatten()
            .or_else(|| scan.known_at(at))
        {
            push(scan.letters.byte(start), scan.letters.byte(end), found);
            scan.last_end = end;
            at = end;
        } else {
            at += 1;
        }
    }
    for (start, end) in judge::names(&scan.letters) {
        // 闻人杰家里: the home of somebody.
        let home =
            end - start > 2 && scan.letters.c(end - 1) == '家' && "里的门人那".contains(scan.letters.c(end));
        let end = end - usize::from(home);
        push(scan.letters.byte(start), scan.letters.byte(end), found);
    }
    if let Some(compact) = &page.compact {
        let letters = Letters::of(compact.text());
        for (start, end) in judge::names(&letters) {
            let home = compact.home(&(letters.byte(start)..letters.byte(end)));
            push(home.start, home.end, found);
        }
    }
    if page.signs.marks() {
        find_parted(&scan.letters, found);
    }
    if page.signs.dots() {
        find_dotted(&scan.letters, found);
    }
    let is_other = |bytes: &std::ops::Range<usize>| {
        is_sold(page.text, bytes) || name_known::is_no_person(page.text, bytes)
    };
    found.retain(|one| one.kind != EntityKind::Name || !is_other(&one.bytes));
    if page.signs.latin {
        name_latin::find_latin(page, found);
    }
}

/// What stands before the name of a firm, a brand or a part in a play.
const CALLED_SO: &[&str] = &[
    "公司叫",
    "店叫",
    "店名",
    "店名叫",
    "品牌",
    "牌子叫",
    "主角叫",
    "角色叫",
    "角叫",
];
/// What follows a name that goods or a place are sold under.
const SOLD_AS: &[&str] = &[
    "家政",
    "旗舰店",
    "专卖店",
    "造型",
    "同款",
    "出版社",
    "电器",
    "药房",
    "大药房",
    "超市",
    "集团",
    "酒店",
    "宾馆",
    "小区",
    "花园",
    "广场",
    "大厦",
    "医院",
    "中学",
    "小学",
    "幼儿园",
    "公园",
    "大道",
    "路地铁",
    "家纺",
    "这款",
    "们",
    "烧烤",
    "烤肉",
    "烤鸭",
    "面馆",
    "拉面",
    "火锅",
    "饺子",
    "包子",
    "麻辣烫",
    "快餐",
    "小吃",
    "卤味",
    "熟食",
    "水果",
    "豆腐",
    "五金",
    "汽修",
    "大排档",
    "农家乐",
    "牌的",
    "牌",
];

/// Whether what stands around a name says that goods, a firm or a part in a play are called so.
fn is_sold(text: &str, bytes: &std::ops::Range<usize>) -> bool {
    let (head, tail) = (&text[..bytes.start], &text[bytes.end..]);
    let opened = head.trim_end_matches(['“', '"', '「', '《']);
    let quoted = opened.len() < head.len() && tail.starts_with(['”', '"', '」', '》']);
    let name = &text[bytes.clone()];
    let addressed = name
        .char_indices()
        .any(|(at, _)| LEXICON.titles.at(&name[at..]).is_some());
    let told = addressed || opened.ends_with(|c| TELLS.contains(c)) || LEXICON.roles.ends(opened);
    CALLED_SO.iter().any(|word| opened.ends_with(word))
        || SOLD_AS.iter().any(|word| tail.starts_with(word)) && !tail.starts_with("牌子")
        || quoted && !opened.is_empty() && !told
        || quoted && opened.is_empty() && tail.chars().nth(1) == Some('的')
}

/// What stands before a name in quotes.
const TELLS: &str = "叫写着成了名是喊称的为做示签填、,:。员师长哥姐";

pub(super) fn push(start: usize, end: usize, found: &mut Vec<Found>) {
    found.push(Found::shaped(EntityKind::Name, start..end, None));
}

impl Scan<'_> {
    /// The next letter from here on that may begin a name by itself or by the one before it.
    fn next_begin(&self, from: usize) -> Option<usize> {
        const TELLS: u32 = Kind::BEGINS | Kind::PART | Kind::LONE;
        let all = self.letters.all();
        let mut before = from.checked_sub(1).map_or(Kind::HAN, |at| self.letters.kinds(at));
        let rest = all.get(from..)?;
        let found = rest.iter().enumerate().find(|&(at, letter)| {
            let told = before & (Kind::HAN | Kind::CALLS) != Kind::HAN && letter.kinds & Kind::HAN != 0;
            before = letter.kinds;
            told || letter.kinds & TELLS != 0
                || letter.kinds & Kind::GIVEN != 0
                    && (self.spelled.is_some() || rest.get(at + 1).is_some_and(|next| next.c == letter.c))
        });
        found.map(|(at, _)| from + at)
    }

    /// Whether a letter is a family name, may be taken for one, or begins a name somebody is called by.
    fn may_name(&self, at: usize) -> bool {
        let kinds = self.letters.kinds(at);
        let doubled = || self.letters.c(at) == self.letters.c(at + 1);
        kinds & Kind::BEGINS != 0 || kinds & Kind::GIVEN != 0 && (self.spelled.is_some() || doubled())
    }

    /// The name that begins at this letter, perhaps some letters later.
    fn name_at(&mut self, at: usize) -> Option<(usize, usize)> {
        if self.letters.c(at) == '姓' {
            self.spelled = Some(self.letters.c(at + 1)).filter(|&c| is_han(c) && !"名什啥氏甚".contains(c));
            return None;
        }
        let found = match self.family(at) {
            Some(family) => self
                .addressed(at, &family)
                .or_else(|| self.shortly(at, &family).map(|end| (at, end)))
                .or_else(|| self.full(at, &family).map(|end| (at, end))),
            None => None,
        };
        found.or_else(|| self.called(at).map(|end| (at, end)))
    }

    fn family(&self, at: usize) -> Option<Family> {
        let letters = &self.letters;
        if letters.is(at, Kind::DOUBLE) && LEXICON.doubles.at(letters.rest(at)).is_some() {
            return Some(Family {
                letters: 2,
                word: false,
            });
        }
        let word = !letters.is(at, Kind::SURNAME);
        let spelled = self.spelled.is_some_and(|c| c == letters.c(at));
        (!word || spelled || letters.is(at, Kind::WORDLIKE)).then_some(Family {
            letters: 1,
            word: word && !spelled,
        })
    }

    /// A family name, perhaps a given one, and a form of address.
    fn addressed(&self, at: usize, family: &Family) -> Option<(usize, usize)> {
        let letters = &self.letters;
        if family.word {
            return self.rarely_addressed(at);
        }
        for given in 0..=2 {
            let title = at + family.letters + given;
            let strange = || {
                !letters.is(title - 1, Kind::NEVER)
                    && judge::level(letters.c(title - 2), letters.c(title - 1)) == 0
            };
            if given > 0 && !letters.is(title - 1, Kind::GIVEN) && !strange() {
                return None;
            }
            if !letters.is(title, Kind::TITLE) {
                continue;
            }
            let Some(length) = LEXICON.titles.at(letters.rest(title)) else {
                continue;
            };
            let end = title + length;
            // Of 向陈先生 the last family name before the title counts, when the one before stands in a sentence.
            // 宁宁老师 is whole.
            let twice = given == 1 && letters.c(at) == letters.c(at + 1);
            let runs_on = given > 0 && !twice && family.letters == 1 && at > 0 && is_han(letters.c(at - 1));
            let start = match runs_on && letters.is(title - 1, Kind::SURNAME) {
                true => title - 1,
                false => at,
            };
            let taken = self.inside_word(start) || letters.c(end) == '姐' || self.is_word(start, end);
            return (!taken).then_some((start, end));
        }
        None
    }

    /// A family name and a short form of address.
    fn shortly(&self, at: usize, family: &Family) -> Option<usize> {
        let (letters, title) = (&self.letters, at + family.letters);
        let end = title + 1;
        let fits = !family.word
            && letters.is(title, Kind::SHORT)
            && (at == 0
                || !is_han(letters.c(at - 1))
                || BEFORE_SHORT.contains(letters.c(at - 1))
                || "嫂婶姨叔".contains(letters.c(title))
                    && judge::level(letters.c(at - 1), letters.c(at)) == 0)
            && (!is_han(letters.c(end)) || AFTER_SHORT.contains(letters.c(end)));
        (fits && !self.is_word(at, end)).then_some(end)
    }

    /// A family name and one or two characters of a given name.
    fn full(&self, at: usize, family: &Family) -> Option<usize> {
        let letters = &self.letters;
        let first = letters.skip_spaces(at + family.letters, 3);
        // 向 begins few given names, and only those of which nothing is left over.
        let toward = letters.c(first) == '向'
            && letters.is(first + 1, Kind::GIVEN)
            && !letters.is(first + 1, Kind::NEVER)
            && self.ends_here(first + 2);
        if !letters.is(first, Kind::HAN) || letters.is(first, Kind::NEVER) && !toward {
            return None;
        }
        let lead = self.lead(at);
        if family.letters == 2 && lead < Lead::Introduced && first == at + 2 && self.is_plain_double(at) {
            return self.after_double(first).filter(|&end| !self.is_word(at, end));
        }
        let spelled = family.letters == 1 && self.spelled == Some(letters.c(at));
        match lead {
            Lead::Nothing => self.before_number(at, first),
            Lead::Border | Lead::Behind if spelled => [first + 2, first + 1]
                .into_iter()
                .find(|&end| self.is_closed(end)),
            Lead::Introduced => self.introduced(at, family, first),
            _ if family.word || first > at + family.letters && lead != Lead::Border => None,
            _ if !letters.is(first, Kind::GIVEN)
                || !letters.is(first + 1, Kind::GIVEN) && self.is_whole(at, first + 2) =>
            {
                self.unusual(at, first, lead)
            }
            // 是臧予朔发的: the second character is in few names.
            Lead::Behind => self
                .usual(at, first, lead)
                .or_else(|| self.unusual(at, first, lead)),
            _ => self.usual(at, first, lead),
        }
        .filter(|&end| !self.is_word(at, end) || self.is_named_so(at, end, lead))
    }

    /// After a word that introduces a name any character may belong to it.
    fn introduced(&self, at: usize, family: &Family, first: usize) -> Option<usize> {
        let letters = &self.letters;
        let one = first + 1;
        let second = letters.skip_spaces(one, 3);
        let any = |at: usize| letters.is(at, Kind::HAN) && !letters.is(at, Kind::NEVER);
        // 郝运来 at the end of a field.
        let comes = letters.c(second) == '来' && !is_han(letters.c(second + 1));
        let two = (any(second) || comes).then_some(second + 1);
        if family.word {
            let named = letters
                .head(at)
                .trim_end_matches([':', ' ', '】', ',', '是', '“'])
                .ends_with(['叫', '名', '字']);
            let ends = [two, Some(one)].into_iter().flatten();
            let usual = letters.is(first, Kind::GIVEN) && letters.is(second, Kind::GIVEN);
            let whole = two.filter(|&end| usual && self.ends_here(end) && !self.is_word(at, end));
            return ends
                .filter(|_| named)
                .find(|&end| !is_han(letters.c(end)))
                .or(whole);
        }
        if let Some(two) = two {
            let usual = letters.is(first, Kind::GIVEN) && letters.is(second, Kind::GIVEN);
            let spread = second > one || first > at + family.letters;
            if usual || spread || self.ends_here(two) {
                return Some(two);
            }
        }
        self.ends_here(one).then_some(one)
    }

    /// Whether the family name of two characters here is no word or place as well.
    fn is_plain_double(&self, at: usize) -> bool {
        !DOUBTFUL
            .iter()
            .any(|word| self.letters.rest(at).starts_with(word))
    }

    /// The given name after a family name of two characters: of two characters where the second goes better with the
    /// first than with what follows.
    fn after_double(&self, first: usize) -> Option<usize> {
        let letters = &self.letters;
        let one = first + 1;
        if letters.is(first, Kind::TITLE) && LEXICON.titles.at(letters.rest(first)).is_some() {
            return None;
        }
        let given =
            letters.is(one, Kind::GIVEN) && letters.is(one, Kind::HAN) && !letters.is(one, Kind::NEVER);
        let (c, next) = (letters.c(one), letters.c(one + 1));
        if c == '一' && is_han(next) {
            return Some(one);
        }
        let goes_on = is_han(next) && judge::level(letters.c(first), c) < judge::level(c, next);
        Some(if given && !goes_on { one + 1 } else { one })
    }

    /// Whether what follows says that somebody did, wrote or signed it, or how old the person is.
    fn is_signed(&self, end: usize) -> bool {
        let rest = self.letters.rest(end);
        let mut next = rest.chars();
        let aged = matches!(
            next.next(),
            Some('二' | '三' | '四' | '五' | '六' | '七' | '八' | '九')
        ) && next.next() == Some('十');
        aged || SIGNED.iter().any(|word| rest.starts_with(word))
    }

    /// Whether three characters stand between marks.
    fn is_whole(&self, at: usize, end: usize) -> bool {
        let letters = &self.letters;
        letters.is(at, Kind::PURE)
            && end == at + 3
            && letters.is(end - 1, Kind::HAN)
            && !is_han(letters.c(end))
            && (at == 0 || !is_han(letters.c(at - 1)))
    }

    /// A name of characters that few names have: between marks after a family name that begins no word, or after a word
    /// for a person.
    fn unusual(&self, at: usize, first: usize, lead: Lead) -> Option<usize> {
        let letters = &self.letters;
        let any = |at: usize| letters.is(at, Kind::HAN) && !letters.is(at, Kind::NEVER);
        if !any(first) || !letters.is(at, Kind::PURE) && LEXICON.doubles.at(letters.rest(at)).is_none() {
            return None;
        }
        let (one, two) = (first + 1, first + 2);
        match lead {
            Lead::Border => Some(two).filter(|_| any(one) && !is_han(letters.c(two))),
            Lead::Role => {
                let long = Some(two).filter(|_| any(one) && self.ends_here(two));
                long.or_else(|| Some(one).filter(|_| self.is_closed(one)))
            }
            Lead::Behind => {
                let strange = |at: usize| judge::level(letters.c(at), letters.c(at + 1)) == 0;
                let parted = strange(at) && strange(one) && self.ends_here(two);
                Some(two).filter(|_| any(one) && parted && !self.inside_word(at))
            }
            _ => None,
        }
    }

    /// A name of usual characters.
    fn usual(&self, at: usize, first: usize, lead: Lead) -> Option<usize> {
        let letters = &self.letters;
        let one = first + 1;
        let second = if first > at + 1 {
            letters.skip_spaces(one, 2)
        } else {
            one
        };
        let two = letters.is(second, Kind::GIVEN).then_some(second + 1);
        match lead {
            Lead::Border => {
                // 张 小 北说: spread out, up to what somebody does.
                let spread = second > one && STARTS.contains(letters.c(second + 1));
                let parted = |end: &usize| {
                    !is_han(letters.c(*end)) && letters.c(*end) != '.' || spread && *end == second + 1
                };
                let owner = |end: &usize| {
                    *end == at + 3 && (letters.c(*end) == '的' || letters.rest(*end).starts_with("这名字"))
                };
                let acts = |end: &usize| *end == at + 3 && STARTS.contains(letters.c(*end));
                let two = two.filter(|end| {
                    parted(end) || owner(end) || self.is_signed(*end) || acts(end) && !self.inside_word(at)
                });
                two.or_else(|| Some(one).filter(|end| parted(end) || self.is_called(*end)))
            }
            _ if self.inside_word(at) => None,
            Lead::Role => {
                let short = self.is_closed(one) || ACTS.contains(letters.c(one));
                two.or_else(|| Some(one).filter(|_| short))
            }
            _ => {
                // 问柯静说: nothing stands beside the next as in a word.
                let strange = |at: usize| judge::level(letters.c(at), letters.c(at + 1)) == 0;
                let apart =
                    letters.is(at, Kind::PURE) && strange(at) && strange(first) && self.ends_here(one);
                let two = two.filter(|&end| self.ends_here(end));
                two.or_else(|| Some(one).filter(|&end| self.is_closed(end) || apart))
            }
        }
    }

    /// A name of usual characters right before a telephone number.
    fn before_number(&self, at: usize, first: usize) -> Option<usize> {
        let given = |at: usize| self.letters.is(at, Kind::GIVEN) && self.letters.is(at, Kind::HAN);
        let usual = given(first) && (self.letters.is(at, Kind::SURNAME) || first > at + 1);
        let ends = [Some(first + 2).filter(|_| given(first + 1)), Some(first + 1)];
        ends.into_iter()
            .flatten()
            .find(|&end| usual && self.is_called(end))
    }

    /// Whether a telephone number follows.
    fn is_called(&self, end: usize) -> bool {
        let rest = self.letters.rest(self.letters.skip_spaces(end, 1));
        rest.starts_with('1') && rest.bytes().take(7).filter(u8::is_ascii_digit).count() == 7
    }

    /// 我叫高兴: a word that is a name because it is said to be one.
    fn is_named_so(&self, at: usize, end: usize, lead: Lead) -> bool {
        lead == Lead::Introduced
            && self.is_closed(end)
            && self
                .letters
                .head(at)
                .trim_end_matches(['是', ':', ' '])
                .ends_with(['叫', '名'])
    }

    /// What the words before this letter say.
    pub(super) fn lead(&self, at: usize) -> Lead {
        let letters = &self.letters;
        let Some(last) = at.checked_sub(1) else {
            return Lead::Border;
        };
        let head = letters.head(at);
        if letters.is(last, Kind::INTRODUCES) && is_introduced(head) {
            return Lead::Introduced;
        }
        if self.is_listed(at) || letters.is(last, Kind::ROLE) && LEXICON.roles.ends(head) {
            return Lead::Role;
        }
        if !letters.is(last, Kind::HAN) {
            let latin = letters.c(last).is_ascii_alphanumeric();
            return if latin { Lead::Nothing } else { Lead::Border };
        }
        match (letters.is(last, Kind::KIN), letters.is(last, Kind::BEHIND)) {
            (true, _) => Lead::Role,
            (_, true) => Lead::Behind,
            _ => Lead::Nothing,
        }
    }

    /// Whether this letter follows a name and a word or mark of a list.
    pub(super) fn is_listed(&self, at: usize) -> bool {
        self.last_end > 0 && self.last_end + 1 == at && "、和与跟及,".contains(self.letters.c(at - 1))
    }

    /// Whether no more than the last character of a word for people stands before.
    fn is_kin(&self, at: usize) -> bool {
        !LEXICON.roles.ends(self.letters.head(at)) && !is_introduced(self.letters.head(at))
    }

    /// 小李, 老王, 阿飞 and 娜娜.
    fn called(&self, at: usize) -> Option<usize> {
        let letters = &self.letters;
        let (first, second) = (letters.c(at), letters.c(at + 1));
        if !letters.is(at + 1, Kind::HAN) {
            return None;
        }
        let double = LEXICON.doubles.at(letters.rest(at + 1)).is_some();
        let surname = letters.is(at + 1, Kind::SURNAME);
        let given = letters.is(at + 1, Kind::GIVEN);
        let pet = match first {
            '小' => surname || given,
            '老' => surname,
            '阿' => true,
            _ => false,
        };
        let doubled = first == second && (given || NICK.contains(first)) && !TWICE.contains(first);
        if !pet && !doubled {
            return None;
        }
        let mut end = at + if double && pet { 3 } else { 2 };
        let lead = self.lead(at);
        let role = lead >= Lead::Role;
        // 小美, 阿杰: a given name is trusted less than a family name.
        let sure = surname && first != '阿' || double || first == '小' && PET.contains(second);
        let told = role && !self.is_kin(at);
        let fits = match lead {
            Lead::Nothing => {
                let before = letters.is(at.saturating_sub(1), Kind::NUMERAL)
                    || "的上下壁门头手边管里系了过着".contains(letters.c(at.saturating_sub(1)));
                let apart = || judge::level(letters.c(at.saturating_sub(1)), first) == 0;
                before && (letters.is(at + 1, Kind::PURE) || surname && self.is_followed(end))
                    || first == '阿' && given && self.is_followed(end) && apart()
            }
            Lead::Behind | Lead::Border => !doubled && (sure || first == '阿') && self.is_followed(end),
            Lead::Role | Lead::Introduced => sure || doubled || given || self.is_followed(end),
        };
        // 老葛头 minds the gate.
        let old = first == '老'
            && surname
            && letters.c(end) == '头'
            && !"发脑部疼痛像盔绳子天一回次两几晚前".contains(letters.c(end + 1));
        let fits = fits || old;
        if old || fits && matches!(letters.c(end), '姐' | '哥') && pet {
            end += 1;
        }
        let known = role || !doubled;
        let word = self.is_word(at, end) && !(told && surname && self.is_closed(end));
        (fits && known && !word).then_some(end)
    }

    fn is_followed(&self, end: usize) -> bool {
        let end = end + usize::from(matches!(self.letters.c(end), '姐' | '哥'));
        !is_han(self.letters.c(end)) || AFTER_PET.contains(self.letters.c(end))
    }

    /// Whether these letters are a word, or hold one for an office.
    pub(super) fn is_word(&self, at: usize, end: usize) -> bool {
        let name = self.letters.between(at, end);
        LEXICON.words.at(self.letters.rest(at)).is_some() || OFFICES.iter().any(|word| name.contains(word))
    }

    /// 责任老师, 网约车师傅: a word that ends in what is also a family name.
    pub(super) fn inside_word(&self, at: usize) -> bool {
        LEXICON.before.ends(self.letters.head(at + 1))
    }

    /// Whether a mark, a number or the end of the text follows.
    fn is_closed(&self, end: usize) -> bool {
        let c = self.letters.c(end);
        !is_han(c) || c == '的'
    }

    fn ends_here(&self, end: usize) -> bool {
        !self.letters.is(end, Kind::HAN) || self.letters.is(end, Kind::FOLLOWS)
    }
}

/// Family names of two characters that are words, places or beginnings of names of other peoples as well.
const DOUBTFUL: &[&str] = &[
    "东方",
    "百里",
    "单于",
    "単于",
    "太叔",
    "西门",
    "东门",
    "南门",
    "南宫",
    "司空",
    "公西",
    "公良",
    "公孙",
    "长孙",
    "贺兰",
    "贺若",
    "那拉",
    "即墨",
    "濮阳",
    "富察",
    "左丘",
    "梁丘",
    "微生",
    "宗政",
    "段干",
    "东郭",
    "谷梁",
    "仲孙",
    "乐正",
    "夹谷",
    "羊舌",
    "哥舒",
    "仆固",
    "闻人",
    "公冶",
    "宰父",
    "巫马",
    "达奚",
    "佟佳",
    "诸葛亮",
    "司马光",
    "司马迁",
    "司马懿",
    "欧阳修",
    "欧阳询",
];
/// What follows the name of who did, wrote or signed something.
const SIGNED: &[&str] = &[
    "经办", "口述", "代写", "代签", "签收", "签字", "亲启", "敬上", "手书", "自述", "留言", "之父", "之母",
    "之子", "之女",
];
/// Characters of pet names after 小.
const PET: &str = "美明红丽芳军强伟霞玲燕娟雪雨鹿梅兰凤英萍婷静敏慧";
/// What a person at the head of a clause goes on to do.
const STARTS: &str = "说先报找打给被把买订跟向";
/// What may follow a pet name.
pub(super) const AFTER_PET: &str = "的了在是和说要别就也都没给把让来去态接回再又多打收拿跟答扔拍问骂上讲骗帮只先后这那却已您你我他从对于将正一送做收修装开放拉介卖带教办签管作";
/// What stands twice in names people are called by, though hardly in given names.
const NICK: &str = "糖冉球圈点泡";
/// What stands twice without being a name.
const TWICE: &str = "哈宝叔群爸妈哥姐弟妹爷奶姨公婆伯舅姑嘻呵嘿天常刚往偏慢默渐通明大早高清好人家个次回年月日时处层频纷偷悄远深多少最真种样件句条步";

/// Whether a word before introduces a name, with what may stand between.
pub(super) fn is_introduced(head: &str) -> bool {
    let mut rest = head;
    for _ in 0..4 {
        if LEXICON.introducers.ends(rest) {
            return true;
        }
        match COPULAS.iter().find_map(|word| rest.strip_suffix(word)) {
            Some(shorter) => rest = shorter,
            None => return false,
        }
    }
    false
}

/// A family name and two characters more with the same mark between them, written so to pass a filter.
fn find_parted(letters: &Letters<'_>, found: &mut Vec<Found>) {
    for at in (0..letters.count()).filter(|&at| letters.is(at, Kind::SURNAME)) {
        let mark = letters.c(at + 1);
        let marked =
            matches!(mark, '.' | '-' | '_' | '*' | '/' | '|' | '~' | '+') && letters.c(at + 3) == mark;
        let given = |at: usize| letters.is(at, Kind::HAN) && !letters.is(at, Kind::NEVER);
        let alone = (at == 0
            || !letters.is(at - 1, Kind::HAN)
            || letters.is(at - 1, Kind::BEHIND)
            || letters.c(at - 1) == '个')
            && letters.c(at + 5) != mark;
        if marked && alone && given(at + 2) && given(at + 4) {
            push(letters.byte(at), letters.byte(at + 5), found);
        }
    }
}

/// Further characters that write the sounds of names beside a dot.
const SOUNDS: &str = "查理卜杜明莫森里斯顿特尔登科夫娜琪";

/// A foreign or minority name with a dot in it, after a word that introduces it.
fn find_dotted(letters: &Letters<'_>, found: &mut Vec<Found>) {
    let part = |at: usize| letters.is(at, Kind::HAN) && !letters.is(at, Kind::NEVER);
    let sound = |at: usize| letters.is(at, Kind::FOREIGN) || SOUNDS.contains(letters.c(at));
    for dot in (0..letters.count()).filter(|&at| matches!(letters.c(at), '·' | '•')) {
        // 阿卜杜热合曼·依明江: nothing but characters that write sounds stands on both sides.
        let (mut from, mut to) = (dot, dot + 1);
        while from > 0 && dot - from < 8 && sound(from - 1) {
            from -= 1;
        }
        while to - dot <= 8 && (sound(to) || matches!(letters.c(to), '·' | '•') && sound(to + 1)) {
            to += 1;
        }
        if dot - from >= 2 && to - dot > 2 {
            let title = letters
                .is(to, Kind::TITLE)
                .then(|| LEXICON.titles.at(letters.rest(to)));
            let end = to + title.flatten().unwrap_or(0);
            push(letters.byte(from), letters.byte(end), found);
        }
        let (mut end, mut first) = (dot + 1, dot);
        while part(end) && end - dot <= 6 {
            end += 1;
        }
        // The name begins where a word before introduces it.
        while first > 0 && dot - first < 5 && letters.is(first - 1, Kind::HAN) {
            first -= 1;
            let told = is_introduced(letters.head(first)) || LEXICON.roles.ends(letters.head(first));
            if told && (2..=5).contains(&(dot - first)) && end - dot > 2 {
                push(letters.byte(first), letters.byte(end), found);
                break;
            }
        }
    }
}
