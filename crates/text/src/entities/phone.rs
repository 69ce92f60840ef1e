//! Telephone numbers of persons: mobile and landline, in any script and spacing. Hotlines are not among them.

use std::sync::LazyLock;

use domain::{EntityKind, EntityValue};
use regex::Regex;

use super::digits::{after, before, lead};
use super::runs::{Digit, Gap, groups, parts, place, spell};
use super::signs::Signs;
use super::{Finder, Found, Page, sounds};

/// Looks for telephone numbers.
pub(super) const FINDER: Finder = Finder { wanted: may_be, find };

/// Whether the digits for a number may stand in the text; a few suffice where letters can stand for the others.
pub(super) fn may_be(signs: &Signs) -> bool {
    let digits = signs.digits + signs.han_digits;
    digits >= 5 || signs.spelled || signs.latin && digits >= sounds::FEWEST_DIGITS
}

/// A word for telephone at the end of what stands before a number.
static TOLD: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?:电话|手机|联系方式|座机|固话|号码|电话号|传真|tel|phone|mobile|打给|致电|回电|拨打|拨|呼|打|联系|联系我|单位|办公室|家里|短信|whatsapp)(?:号码|号|码|number|no\.?|is|是|为|:|一个|应是|应该是|的|我|他|她|妈|爸|老公|老婆|儿子|女儿|就|写|留|填|打|这个|改成|换成|新|旧|了|\(|#| |,|“|\x22)*$",
    )
});
/// An extension, or another number told by its tail.
static TAIL: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"^(?:[ ,]?(?:转|转分机|分机号?|内线|ext\.?|extension|-) ?(?:[0-9]{1,5}|[零〇一二三四五六七八九幺]{1,5})|/[0-9]{2,4}| ?(?:/|或者是?|或是?|、) ?[0-9]{4})(?:$|[^0-9-])",
    )
});

/// Words for telephone that tell of a number some words on.
const NEAR: &[&str] = &[
    "电话",
    "手机",
    "号码",
    "座机",
    "固话",
    "联系",
    "拨",
    "致电",
    "回电",
    "来电",
    "tel",
    "phone",
    "call",
    "mobile",
    "whatsapp",
    "我的号",
    "这个号",
    "号是",
    "本机",
    "机主",
    "打我",
    "打他",
    "打她",
    "打给",
    "短信",
    "传真",
    "cell",
    "contact",
];

/// What makes digits a count or an amount.
const UNITS: &str = "元块次个位条分天年月日号%度级楼层室";

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a fixed pattern")
}

fn find(page: &Page<'_>, found: &mut Vec<Found>) {
    let listed = page.runs.iter().any(|run| run.len() >= 12)
        && page.reading.original().contains(|c: char| ENCLOSED.contains(&c));
    let pieces = |run| match listed {
        true => without_list_marks(page, run),
        false => vec![run],
    };
    for run in page.runs.iter().flat_map(|run| pieces(run.as_slice())) {
        let mut any = is_abroad(page.text, run);
        if any {
            push(page.text, run, found);
            continue;
        }
        parts(run, 9, 15, |digits| {
            let hit = is_number(page.text, digits);
            if hit {
                push(page.text, digits, found);
                any = true;
            }
            hit
        });
        if !any {
            find_told(page.text, run, found);
        }
    }
}

/// Numbers in circles, which number the items of lists.
const ENCLOSED: std::ops::RangeInclusive<char> = '①'..='⑳';

/// The parts of a run between the numbers of a list, as in ①139… ②138…; a number written in circles stays whole.
fn without_list_marks<'r>(page: &Page<'_>, run: &'r [Digit]) -> Vec<&'r [Digit]> {
    let circled = |digit: &Digit| {
        let quote = page.reading.quote(digit.start..digit.end);
        quote.is_some_and(|quote| quote.words().starts_with(|c: char| ENCLOSED.contains(&c)))
    };
    let circles: Vec<bool> = run.iter().map(circled).collect();
    if circles.windows(2).any(|pair| pair[0] && pair[1]) {
        return vec![run];
    }
    let mut marks = circles.iter();
    run.split(|_| marks.next().copied().unwrap_or(false))
        .filter(|part| part.len() >= 5)
        .collect()
}

fn push(text: &str, digits: &[Digit], found: &mut Vec<Found>) {
    let bytes = place(digits);
    let start = start_of_code(text, bytes.start);
    let end = TAIL.captures(&text[bytes.end..]).map_or(bytes.end, |captures| {
        let tail = captures.get(0).expect("group 0 always matches");
        let last = tail
            .as_str()
            .chars()
            .next_back()
            .filter(|c| !c.is_ascii_digit() && super::numeral::digit_of(*c).is_none());
        bytes.end + tail.end() - last.map_or(0, char::len_utf8)
    });
    let value = EntityValue::Text(national(&spell(digits)).to_owned());
    found.push(Found::shaped(EntityKind::Phone, start..end, Some(value)));
}

/// The brackets and the plus sign before a number belong to it.
fn start_of_code(text: &str, start: usize) -> usize {
    let head = &text[..start];
    let closed = |from: usize| text[from..].chars().take(8).any(|c| c == ')');
    let plus = head.strip_suffix('+').map_or(start, str::len);
    match text[..plus].strip_suffix('(') {
        Some(rest) if closed(plus) && (plus < start || text[start..].starts_with('0')) => rest.len(),
        _ => plus,
    }
}

/// Whether the digits are a whole number of a person.
fn is_number(text: &str, digits: &[Digit]) -> bool {
    let bytes = place(digits);
    if after(text, bytes.end).is_some_and(|c| matches!(c, '元' | '块')) || is_part_of_word(text, &bytes) {
        return false;
    }
    let number = spell(digits);
    let national = national(&number);
    if is_mobile(national) {
        return is_evenly_parted(text, digits, &number);
    }
    is_landline(text, digits, national)
}

/// Letters that touch the digits make them part of a code.
fn is_part_of_word(text: &str, bytes: &std::ops::Range<usize>) -> bool {
    let word = |c: char| c.is_ascii_alphabetic() || c == '_';
    let spoken = !text[bytes.clone()].starts_with(|c: char| c.is_ascii_digit());
    let tail = &text[bytes.end..];
    let decimal = tail
        .strip_prefix('.')
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    !spoken && (before(text, bytes.start).is_some_and(word) || after(text, bytes.end).is_some_and(word))
        || decimal
        || before(text, bytes.start) == Some('.')
}

/// Whether these are the digits of a mobile number.
pub(super) fn is_mobile(number: &str) -> bool {
    let bytes = number.as_bytes();
    number.len() == 11 && bytes[0] == b'1' && (b'3'..=b'9').contains(&bytes[1]) && !number.contains('x')
}

/// A plus sign, or two zeros, and the code of a country before the number.
fn is_abroad(text: &str, run: &[Digit]) -> bool {
    let number = spell(run);
    let plus = before(text, run[0].start) == Some('+') && (8..=15).contains(&run.len());
    let zeros = number.starts_with("00") && !number.starts_with("000") && (11..=17).contains(&run.len());
    let parted = (2..=6).contains(&groups(run).len());
    let plain = run.iter().all(|digit| digit.gap <= Gap::Loose && digit.ascii);
    let dots = text[place(run)].contains(['.', '/', '%']);
    plain
        && (plus || !dots)
        && !is_part_of_word(text, &place(run))
        && (plus || zeros && (parted || is_told(text, run[0].start)))
}

/// The digits without the country's code.
fn national(number: &str) -> &str {
    let bare = number
        .strip_prefix("0086")
        .or_else(|| number.strip_prefix("86"))
        .map(|rest| {
            rest.strip_prefix('0')
                .filter(|rest| rest.len() == 11)
                .unwrap_or(rest)
        });
    bare.filter(|rest| is_mobile(rest)).unwrap_or(number)
}

/// Whether the digits are parted as one number is; 1971.12-1972.1 is a time and 138,139,14000 are prices.
fn is_evenly_parted(text: &str, digits: &[Digit], number: &str) -> bool {
    let groups = groups(digits);
    let code = number.len() - 11;
    let usual = match groups.as_slice() {
        [_] | [3, 4, 4] | [7, 4] | [3, 8] | [4, 3, 4] | [4, 4, 3] | [3, 3, 5] | [8, 3] | [5, 6] => true,
        [first, rest @ ..] if *first == code && code > 0 => matches!(rest, [_] | [3, 4, 4] | [1, 3, 4, 4]),
        groups => groups.iter().all(|&size| size <= 2),
    };
    let words = text[place(digits)].contains([',', '、', '/', ':', '~', '=']);
    let marks: std::collections::BTreeSet<char> = text[place(digits)]
        .chars()
        .filter(|c| matches!(c, '.' | '-' | '·' | '_' | '—'))
        .collect();
    let spoken = digits.iter().any(|digit| !digit.ascii) || groups.iter().all(|&size| size <= 4);
    usual
        || spoken && is_near_told(text, digits[0].start)
        || !words && marks.len() <= 1 && (marks.is_empty() || groups.len() <= 4 && !marks.contains(&'.'))
}

/// An area code that begins with 0, and seven or eight digits; without any gap only beside a word for telephone.
fn is_landline(text: &str, digits: &[Digit], number: &str) -> bool {
    let bytes = number.as_bytes();
    if bytes[0] != b'0' || !(b'1'..=b'9').contains(&bytes[1]) || number.contains('x') {
        return false;
    }
    let area = match &number[..2] {
        "01" if bytes[2] != b'0' => return false,
        "01" | "02" => 3,
        _ => 4,
    };
    let rest = number.len().saturating_sub(area);
    let sized = if area == 3 {
        rest == 8
    } else {
        rest == 7 || rest == 8
    };
    let starts = bytes.get(area).is_some_and(|first| (b'2'..=b'9').contains(first));
    let parted = digits
        .get(area)
        .is_some_and(|digit| digit.gap != Gap::None && digit.gap != Gap::Words);
    let whole = groups(digits).len() == 1;
    let told = is_near_told(text, digits[0].start);
    // 零二八,五五五五,零一七三: told in groups of which the first is the area.
    let spoken = digits.iter().all(|digit| !digit.ascii) && groups(digits).first() == Some(&area);
    sized && starts && (parted || told || spoken || whole && is_free(text, digits[0].start))
}

/// Whether no word before a number says that it is something else.
fn is_free(text: &str, start: usize) -> bool {
    let near = lead(text, start, 8);
    ![
        "户", "账", "帐", "会员", "编", "单", "卡", "序列", "sn", "表", "码", "id", "证",
    ]
    .iter()
    .any(|word| near.contains(word))
        || is_told(text, start)
}

/// A number that is local, foreign or cut off, where a word right before it says what it is.
fn find_told(text: &str, run: &[Digit], found: &mut Vec<Found>) {
    // 一 after digits begins a word such as 一直.
    let run = match run {
        [head @ .., last] if !last.ascii && head.last().is_some_and(|digit| digit.ascii) => head,
        run => run,
    };
    let number = spell(run);
    let bytes = place(run);
    let counted = after(text, bytes.end).is_some_and(|c| UNITS.contains(c));
    let desk = lead(text, bytes.start, 6).contains(['座', '固']);
    let hotline = number.len() > 8 || !desk;
    let hotline = hotline
        && ["400", "800", "95", "96", "106", "12"]
            .iter()
            .any(|head| number.starts_with(head));
    let half = (5..=13).contains(&number.len()) && number.starts_with('1') && number.as_bytes()[1] >= b'3';
    let hong_kong = (11..=12).contains(&number.len())
        && ["852", "853", "886"].iter().any(|code| number.starts_with(code));
    let local = (7..=8).contains(&number.len()) && number.as_bytes()[0] >= b'2' && is_told(text, bytes.start);
    let abroad = (9..=10).contains(&number.len()) && number.starts_with("09");
    if !counted
        && !hotline
        && (half || local || abroad || hong_kong)
        && !is_part_of_word(text, &bytes)
        && (is_told(text, bytes.start)
            || half && text[bytes.end..].is_empty() && is_near_told(text, bytes.start)
            || hong_kong && (is_near_told(text, bytes.start) || is_called(&text[bytes.end..]))
            || hong_kong && start_of_code(text, bytes.start) < bytes.start)
    {
        push(text, run, found);
    }
}

/// Whether a word for telephone stands right before.
pub(super) fn is_told(text: &str, start: usize) -> bool {
    TOLD.is_match(lead(text, start, 12))
}

/// Whether what follows a number says that it is called.
fn is_called(rest: &str) -> bool {
    [
        "打不通",
        "打得通",
        "找我",
        "是我",
        "联系",
        "没人接",
        "关机",
        "停机",
    ]
    .iter()
    .any(|word| rest.trim_start_matches([',', ' ']).starts_with(word))
}

/// Whether a word for telephone stands somewhere before, in the same sentence.
fn is_near_told(text: &str, start: usize) -> bool {
    let near = lead(text, start, 16);
    let near = near.rsplit(['。', '!', '?', ';']).next().unwrap_or(near);
    NEAR.iter().any(|word| near.contains(word))
}
