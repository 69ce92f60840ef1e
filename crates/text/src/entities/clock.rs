//! Times of day: 八点半, 22:15, 下午4:40, 10 am; and the parts of the day before them.

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::Page;
use super::digits::{after, before};
use super::numeral::whole;
use super::signs::{Cue, Pair};

/// A part of the day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// The bytes it spans.
    pub(super) length: usize,
    /// Whether hours up to eleven are counted from noon.
    pub(super) evening: bool,
    /// Whether twelve is midnight.
    pub(super) night: bool,
}

/// Hour and minute as said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Time {
    hour: i64,
    minute: i64,
}

impl Time {
    /// Minutes since midnight; `evening` counts from noon, `night` makes twelve midnight.
    pub(super) fn minutes(self, evening: bool, night: bool) -> i64 {
        let hour = match self.hour {
            12 if night => 0,
            12 => 12,
            // 夜里两点 is after midnight, 夜里十点 before it.
            1..=4 if night => self.hour,
            hour if evening && hour < 12 && hour > 0 => hour + 12,
            hour => hour,
        };
        hour * 60 + self.minute
    }
}

/// A time right after a day.
pub(super) struct Joined {
    pub(super) length: usize,
    /// Nothing when there is no such time.
    pub(super) value: Option<Time>,
}

/// A time that stands alone, with its part of the day.
pub(super) struct Clock {
    pub(super) bytes: Range<usize>,
    pub(super) time: Option<Time>,
    pub(super) part: Option<Part>,
}

const PARTS: &str =
    "凌晨|清晨|清早|大清早|一大早|早上|早晨|上午|中午|下午|傍晚|晚上|晚间|夜里|半夜|深夜|午夜|晚|早|夜";
const CLOCK: &str = r"(?:(?P<hour>[0-9]{1,2}|十[一二]?|二十[一二三四]?|[零一二两三四五六七八九])点(?:来钟|钟|整|(?P<half>半)|(?P<quarter>[一三])刻|(?P<minute>[0-9]{1,2}|[零一二三四五]?十?[一二三四五六七八九]?十?[一二三四五六七八九]?)分?)?|(?P<h>[0-9]{1,2}):(?P<m>[0-9]{2})(?::[0-9]{2})?)";

static PART: LazyLock<Regex> = LazyLock::new(|| regex(&format!("^的?(?:{PARTS})")));
static JOINED: LazyLock<Regex> = LazyLock::new(|| regex(&format!("^的? ?{CLOCK}")));
static STANDING: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        "(?P<part>{PARTS})?{CLOCK}(?P<english> ?(?:am|pm|this morning))?"
    ))
});
static ENGLISH: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?P<h>[0-9]{1,2})(?::(?P<m>[0-9]{2}))? ?(?P<half>am|pm)\b"));

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a fixed pattern")
}

/// The part of the day that begins here.
pub(super) fn part_at(text: &str, at: usize) -> Option<Part> {
    let hit = PART.find(&text[at..])?;
    // 晚 and 早 also begin other words.
    let rest = &text[at + hit.end()..];
    let word = hit.as_str().ends_with(['晚', '早', '夜'])
        && hit.len() <= 3
        && rest.starts_with([
            '了', '就', '已', '点', '到', '退', '发', '饭', '宵', '餐', '期', '会', '报',
        ]);
    (!word).then(|| part_of(hit.as_str(), hit.len()))
}

fn part_of(words: &str, length: usize) -> Part {
    let night = words.contains(['凌', '夜']) || words.contains("晚");
    Part {
        length,
        evening: ["下午", "傍晚", "晚", "夜里"]
            .iter()
            .any(|word| words.contains(word))
            && !words.contains("半夜"),
        night,
    }
}

/// The time that begins here.
pub(super) fn clock_at(text: &str, at: usize) -> Option<Joined> {
    let captures = JOINED.captures(&text[at..])?;
    let (length, value) = read(&captures)?;
    let bare = captures.name("hour").is_some() && text[at..][..length].ends_with('点');
    // 今天一点都不: a bit, no hour.
    let bit = bare && text[at + length..].starts_with(['都', '也', '不', '没', '儿', '点', '小', '声', '消']);
    (!bit).then_some(Joined { length, value })
}

/// The bytes and the time of a match; nothing when it is no time, a time of nothing when there is no such one.
fn read(captures: &Captures<'_>) -> Option<(usize, Option<Time>)> {
    let whole_match = captures.get(0)?;
    let hour = captures
        .name("hour")
        .or_else(|| captures.name("h"))
        .and_then(|hour| whole(hour.as_str()))?;
    let minute = match (
        captures.name("half"),
        captures.name("quarter"),
        captures.name("minute").or_else(|| captures.name("m")),
    ) {
        (Some(_), ..) => 30,
        (_, Some(quarter), _) => {
            if quarter.as_str() == "一" {
                15
            } else {
                45
            }
        }
        (_, _, Some(minute)) if !minute.as_str().is_empty() => {
            whole(minute.as_str().trim_start_matches('零'))?
        }
        _ => 0,
    };
    let time = (hour <= 24 && minute < 60).then_some(Time {
        hour: hour % 24,
        minute,
    });
    Some((whole_match.len(), time))
}

/// The times that are told by more than a bare hour.
pub(super) fn clocks(page: &Page<'_>) -> Vec<Clock> {
    let mut clocks = Vec::new();
    let told = page.signs.beside(Pair::Clock);
    for captures in STANDING.captures_iter(if told { page.text } else { "" }) {
        let range = captures.get(0).expect("group 0 always matches").range();
        let Some((_, time)) = read(&captures) else {
            continue;
        };
        let told = captures.name("part").is_some()
            || captures.name("h").is_some()
            || captures.name("half").is_some()
            || captures.name("quarter").is_some()
            || captures
                .name("minute")
                .is_some_and(|minute| minute.as_str().chars().count() > 1)
            || captures[0].ends_with(['钟', '整']) && !captures[0].starts_with('一')
            || &captures[0] == "零点"
            || bounded(page.text, &range);
        let beside = |c: Option<char>| {
            c.is_some_and(|c| c.is_ascii_digit() || matches!(c, '-' | ':' | '~' | '.' | '/'))
        };
        let other = beside(before(page.text, range.start))
            || beside(after(page.text, range.end))
            || matches!(after(page.text, range.end), Some('到' | '几'))
            || page.text[range.end..].starts_with("方向");
        if told && !other {
            let english = captures.name("english").map(|words| words.as_str().trim());
            let part = captures
                .name("part")
                .map(|part| part_of(part.as_str(), part.len()));
            let part = part.or_else(|| {
                english.map(|words| Part {
                    length: 0,
                    evening: words == "pm",
                    night: words == "am",
                })
            });
            clocks.push(Clock {
                bytes: range,
                time,
                part,
            });
        }
    }
    if page.signs.has(Cue::Clock) && page.signs.digits > 0 {
        add_english(page, &mut clocks);
    }
    clocks.sort_by_key(|clock| clock.bytes.start);
    clocks
}

/// 从九点, 六点前: a bare hour that something begins or ends at.
fn bounded(text: &str, range: &Range<usize>) -> bool {
    let (head, tail) = (&text[..range.start], &text[range.end..]);
    let begins = ["从", "等到", "排到", "拖到", "忙到", "约的", "约好"]
        .iter()
        .any(|word| head.ends_with(word));
    let ends = ["前", "之前", "以前", "开门", "关门", "下班", "上班"]
        .iter()
        .any(|word| tail.starts_with(word))
        && !tail.starts_with("前台");
    let bit = text[range.clone()].starts_with('一') || tail.starts_with(['小', '点', '儿']);
    (begins || ends) && !bit
}

/// Adds the times of day in English that no Chinese one covers.
fn add_english(page: &Page<'_>, clocks: &mut Vec<Clock>) {
    let told = clocks.len();
    for captures in ENGLISH.captures_iter(page.text) {
        let range = captures.get(0).expect("group 0 always matches").range();
        let hour = captures["h"].parse::<i64>().unwrap_or(99);
        let minute = captures
            .name("m")
            .map_or(0, |minute| minute.as_str().parse().unwrap_or(99));
        let next = clocks[..told].partition_point(|clock| clock.bytes.end <= range.start);
        let covered = clocks[..told]
            .get(next)
            .is_some_and(|clock| clock.bytes.start < range.end);
        if !covered && hour <= 12 && minute < 60 {
            let pm = &captures["half"] == "pm";
            clocks.push(Clock {
                bytes: range,
                time: Some(Time { hour, minute }),
                part: Some(Part {
                    length: 0,
                    evening: pm,
                    night: !pm,
                }),
            });
        }
    }
}
