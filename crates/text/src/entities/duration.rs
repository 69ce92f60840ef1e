//! Spans of time as ISO 8601: 三天 is P3D, 半小时 is PT30M, 3个工作日 is P3D in working days, 七到十天 goes from P7D to P10D.

use std::sync::LazyLock;

use domain::{EntityKind, EntityValue};
use regex::{Captures, Regex};

use super::digits::{after, before};
use super::money::is_about;
use super::numeral::{NUMBER, hundredths, pair};
use super::signs::{Pair, Signs};
use super::{Finder, Found, Page};

/// Looks for durations.
pub(super) const FINDER: Finder = Finder {
    wanted: |signs: &Signs| signs.beside(Pair::Span),
    find,
};

const UNITS: &str = "工作日|working days?|business days?|年|月|周|星期|礼拜|天|日|小时|钟头|钟|刻钟|分钟|分|秒钟?|hours?|hrs?|minutes?|mins?|days?|weeks?|months?|years?|h";

static SPAN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?:(?P<low>{NUMBER}) ?(?:个|天|年|周|日)?(?:-|~|—|到|至) ?)?(?P<big>[大小])?(?P<number>{NUMBER}) ?(?P<more>[多来])?(?P<piece>个)?(?P<half>半)?(?P<odd>[多来])?(?:个)? ?(?P<unit>{UNITS})(?P<tail>半|多)?(?P<about>左右|上下)?"
    ))
    .expect("a fixed pattern")
});

/// What turns a count of days into a point in time.
const POINTS: &[&str] = &["前", "以前", "之前"];
/// What a unit begins when it is another word.
const OTHER_WORDS: &[(&str, &str)] = &[
    ("年", "级纪龄货糕代轻检审会报度终限前夜菜卡费"),
    ("天", "花气空然猫性生两梯窗赋"),
    ("周", "边岁末围一二三四五六日"),
    ("日", "子常元用期游本报"),
    ("月", "份饼底初末亮球色卡票费租"),
];

/// Minutes after a word for being late, where 分 stands alone.
static LATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?:迟到|晚到|晚了|等了|延误|晚点|超时|超了|早退|提前)了?(?P<span>(?P<number>{NUMBER})分(?P<half>半)?)(?:$|[^\p{{Han}}]|[才还就也都没])"
    ))
    .expect("a fixed pattern")
});

fn find(page: &Page<'_>, found: &mut Vec<Found>) {
    for captures in LATE.captures_iter(if page.text.contains('分') { page.text } else { "" }) {
        let value =
            iso(&captures["number"], captures.name("half").is_some(), "分钟").map(EntityValue::Duration);
        if let Some(span) = captures.name("span").filter(|_| value.is_some()) {
            found.push(Found::shaped(EntityKind::Duration, span.range(), value));
        }
    }
    for captures in SPAN.captures_iter(page.text) {
        if let Some(one) = span_of(page.text, &captures) {
            if &captures["unit"] == "分" && !is_minutes(page.text, found.last(), &one) {
                continue;
            }
            let hours = captures["unit"].is_ascii() && &captures["unit"] != "min";
            let letters = hours.then(|| short_minutes(page.text, one.bytes.end)).flatten();
            take(page.text, one, found);
            if let Some(minutes) = letters {
                take(page.text, minutes, found);
            }
        }
    }
}

/// Joins a span to the one before it where both are one.
fn take(text: &str, one: Found, found: &mut Vec<Found>) {
    match found.last_mut().and_then(|last| join(text, last, &one)) {
        Some(joined) => *found.last_mut().expect("there was a last one") = joined,
        None => found.push(one),
    }
}

/// The 30m of 1h30m, which stands for minutes nowhere else.
fn short_minutes(text: &str, start: usize) -> Option<Found> {
    let captures = MINUTES.captures(&text[start..])?;
    let number = captures.name("number").expect("the pattern has a number");
    let rest = &text[start + number.end()..];
    let short = rest.starts_with('m') && !rest.starts_with("min");
    let value = iso(number.as_str(), false, "min").map(EntityValue::Duration);
    let bytes = start..start + number.end() + 1;
    short.then(|| Found::shaped(EntityKind::Duration, bytes, value))
}

/// Whether 分 is one of time: right after hours, or before seconds.
fn is_minutes(text: &str, last: Option<&Found>, one: &Found) -> bool {
    let in_hours =
        |last: &Found| matches!(&last.value, Some(EntityValue::Duration(iso)) if iso.ends_with('H'));
    let hours = last.is_some_and(|last| in_hours(last) && join(text, last, one).is_some());
    let tail = &text[one.bytes.end..];
    let other = tail.starts_with(['之', '店', '部', '成', '数', '享', '期', '析', '别', '公']);
    hours && !other || SECONDS.is_match(tail)
}

/// Seconds right after minutes.
static SECONDS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(&format!("^零?{NUMBER} ?秒")).expect("a fixed pattern"));

/// One span of 一年零两个月 or 3小时20分钟: the later follows at once, in a smaller unit.
fn join(text: &str, first: &Found, then: &Found) -> Option<Found> {
    let between = text.get(first.bytes.end..then.bytes.start)?;
    let plain = |one: &Found| one.nuance.to.is_none() && !one.nuance.working;
    let exact = plain(first) && plain(then) && !first.nuance.approximate;
    let (Some(EntityValue::Duration(a)), Some(EntityValue::Duration(b))) = (&first.value, &then.value) else {
        return None;
    };
    if first.kind != EntityKind::Duration
        || !exact
        || !matches!(between, "" | "零" | "又" | " " | "加" | " and ")
    {
        return None;
    }
    let (larger, smaller) = (smallest_of(a)?, size_of(b)?);
    if larger <= smaller {
        return None;
    }
    let timed = |iso: &str| iso.contains('T');
    let rest = b.trim_start_matches('P');
    let value = match (timed(a), timed(b)) {
        (true, true) => format!("{a}{}", rest.trim_start_matches('T')),
        (true, false) => return None,
        (false, _) => format!("{a}{rest}"),
    };
    let mut one = Found::shaped(
        EntityKind::Duration,
        first.bytes.start..then.bytes.end,
        Some(EntityValue::Duration(value)),
    );
    one.nuance.approximate = then.nuance.approximate;
    Some(one)
}

/// How large the only unit of a duration is; nothing when it has several.
fn size_of(iso: &str) -> Option<usize> {
    let units: Vec<char> = iso
        .trim_start_matches('P')
        .chars()
        .filter(char::is_ascii_uppercase)
        .collect();
    let names: &[&[char]] = &[&['T', 'S'], &['T', 'M'], &['T', 'H'], &['D'], &['M'], &['Y']];
    names.iter().position(|name| *name == units.as_slice())
}

/// How large the smallest unit of a duration is.
fn smallest_of(iso: &str) -> Option<usize> {
    let (days, hours) = iso.trim_start_matches('P').split_once('T').unwrap_or((iso, ""));
    let last = |part: &str| part.chars().next_back().filter(char::is_ascii_uppercase);
    match (last(hours), last(days)) {
        (Some(unit), _) => size_of(&format!("PT1{unit}")),
        (None, unit) => size_of(&format!("P1{}", unit?)),
    }
}

fn span_of(text: &str, captures: &Captures<'_>) -> Option<Found> {
    let hit = captures.get(0).expect("group 0 always matches");
    let (unit, number) = (&captures["unit"], &captures["number"]);
    let big = captures.name("big").is_some();
    if big && number != "半" || is_other(text, captures, hit.range()) {
        return None;
    }
    // 下周一八小时: the first numeral belongs to what stands before.
    let glued = number.chars().count() == 2
        && number.chars().all(|c| super::numeral::digit_of(c).is_some())
        && pair(number).is_none();
    let first = number.chars().next().map_or(0, char::len_utf8);
    let number = if glued { &number[first..] } else { number };
    let start = hit.start()
        + if glued && captures.name("low").is_none() {
            first
        } else {
            0
        };
    let half =
        captures.name("half").is_some() || captures.name("tail").is_some_and(|tail| tail.as_str() == "半");
    let more = ["more", "odd", "about"]
        .iter()
        .any(|name| captures.name(name).is_some())
        || captures.name("tail").is_some_and(|tail| tail.as_str() == "多");
    let mut one = Found::shaped(EntityKind::Duration, start..hit.end(), None);
    let (low, high) = match (captures.name("low"), pair(number)) {
        (Some(low), _) => (Some(low.as_str().to_owned()), number.to_owned()),
        (None, Some((low, high))) => (Some(low), high),
        _ => (None, number.to_owned()),
    };
    let value = iso(&high, half, unit)?;
    match low.and_then(|low| iso(&low, false, unit)) {
        Some(low) => {
            one.value = Some(EntityValue::Duration(low));
            one.nuance.to = Some(EntityValue::Duration(value));
        }
        None => one.value = Some(EntityValue::Duration(value)),
    }
    one.nuance.working = unit.contains("工作日") || unit.contains("working") || unit.contains("business");
    one.nuance.approximate = more || big || is_about(text, hit.start());
    Some(one)
}

/// Minutes right after hours in letters: 1h30min, 1h30m.
static MINUTES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("^(?P<number>[0-9]{1,2}) ?(?:min(?:ute)?s?|m)(?:$|[^a-z0-9])").expect("a fixed pattern")
});

/// Whether the words are a date, a rate, a saying or part of another word.
fn is_other(text: &str, captures: &Captures<'_>, range: std::ops::Range<usize>) -> bool {
    let (unit, number) = (&captures["unit"], &captures["number"]);
    let counted = captures.name("piece").is_some()
        || captures.name("half").is_some()
        || matches!(number, "半" | "俩" | "仨");
    // 5月 is a month of the calendar, 5个月 a span; 2026年 and 8日 are dates.
    let calendar = match unit {
        "月" => !counted,
        "日" => !["内", "之内", "以内"]
            .iter()
            .any(|word| text[range.end..].starts_with(word)),
        "年" => is_calendar_year(number),
        _ => false,
    };
    let lead = before(text, range.start);
    let ordinal = lead.is_some_and(|c| "第每几".contains(c));
    let next = after(text, range.end);
    let whole_unit = captures.name("tail").is_none() && captures.name("about").is_none();
    let other = whole_unit
        && OTHER_WORDS
            .iter()
            .any(|(word, tails)| *word == unit && next.is_some_and(|c| tails.contains(c)));
    let point = POINTS.iter().any(|word| text[range.end..].starts_with(word))
        && !text[range.end..].starts_with("前台");
    let vague = matches!(number, "百" | "千" | "万" | "几") || number.contains('几');
    // 一天七八个 is a rate, 一年四季 and 等了半天 are sayings.
    let tail = &text[range.end..];
    let rate = number == "一"
        && matches!(unit, "天" | "年" | "月" | "周" | "星期" | "礼拜" | "小时")
        && captures.name("half").is_none()
        && captures.name("tail").is_none()
        && (next.is_some_and(|c| is_numeral(c) || "比到收涨".contains(c))
            // 一天能打五个, 一天要跑三趟; but 一个礼拜能好 is told as a time.
            || next.is_some_and(|c| "能要".contains(c)) && tail.chars().skip(1).take(4).take_while(|c| c.is_alphanumeric()).any(is_numeral)
            || matches!(lead, Some('块' | '元')));
    // 一小时二十分钟 goes on in minutes.
    let minutes = unit == "小时" && tail.chars().take(6).any(|c| c == '分');
    let rate = rate && !minutes;
    let told = is_a_day(&text[..range.start], number, unit);
    let clock = unit == "钟" && (captures.name("piece").is_none() || next == Some('表'));
    let rate = rate || told || clock;
    let saying = number == "半" && unit == "天"
        || [
            "十天半",
            "一天到晚",
            "两天打鱼",
            "三天打鱼",
            "两天晒网",
            "百日",
            "八百年",
            "一百年",
            "三分钟热度",
            "五分钟热度",
            "八辈子",
            "三天两头",
            "千年",
            "万年",
        ]
        .iter()
        .any(|word| text[range.start..].starts_with(word));
    let goes_on = next.is_some_and(|c| c.is_ascii_alphanumeric()) && !MINUTES.is_match(tail);
    let latin = unit.is_ascii() && (goes_on || unit != "h" && tail.starts_with(" ago"));
    let cut = lead.is_some_and(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | '/' | '×' | '*'));
    // 《30天学会吉他》, 七天酒店: names of things.
    let title = lead == Some('《') || tail.starts_with("酒店") || tail.starts_with("连锁");
    // 三年二班: a class of a school.
    let class = unit == "年" && tail.chars().nth(1) == Some('班');
    class || title || vague || calendar || ordinal || other || point || rate || saying || latin || cut
}

fn is_numeral(c: char) -> bool {
    c.is_ascii_digit() || "一二两三四五六七八九十几".contains(c)
}

/// 前一天 is the day before, 最后一天 a day, 没两天 soon.
fn is_a_day(head: &str, number: &str, unit: &str) -> bool {
    matches!(number, "一" | "两") && head.ends_with('前') && !head.ends_with("提前")
        || number == "一" && head.ends_with("最后")
        || number == "两" && unit == "天" && head.ends_with('没')
}

fn is_calendar_year(number: &str) -> bool {
    let digits = number.chars().count();
    let four = digits == 4
        && number
            .chars()
            .all(|c| c.is_ascii_digit() || "零〇一二三四五六七八九".contains(c));
    let spelled =
        digits == 2 && number.chars().all(|c| "零〇一二三四五六七八九".contains(c)) && pair(number).is_none();
    let short = matches!(number.parse::<u32>(), Ok(15..=35)) && number.len() == 2;
    four || short || spelled
}

/// The duration, when number and unit give an exact one.
fn iso(number: &str, half: bool, unit: &str) -> Option<String> {
    let hundredths = hundredths(number)?.checked_add(if half { 50 } else { 0 })?;
    let (whole, is_half) = (hundredths / 100, hundredths % 100 == 50);
    if hundredths % 100 != 0 && !is_half {
        return None;
    }
    let english = |names: &[&str]| names.contains(&unit);
    Some(match unit {
        "年" => years(whole, is_half),
        _ if english(&["year", "years"]) => years(whole, is_half),
        "月" => months(whole, is_half),
        _ if english(&["month", "months"]) => months(whole, is_half),
        "周" | "星期" | "礼拜" | "week" | "weeks" if !is_half => format!("P{}D", whole.checked_mul(7)?),
        _ if unit.contains("工作日")
            || unit.ends_with("day")
            || unit.ends_with("days")
            || matches!(unit, "天" | "日") =>
        {
            time("D", whole, is_half.then_some("12H"))
        }
        _ if english(&["小时", "钟头", "钟", "h", "hour", "hours", "hr", "hrs"]) => {
            time("H", whole, is_half.then_some("30M"))
        }
        _ if english(&["分钟", "分", "minute", "minutes", "min", "mins"]) => {
            time("M", whole, is_half.then_some("30S"))
        }
        "刻钟" if !is_half => format!("PT{}M", whole.checked_mul(15)?),
        "秒" | "秒钟" if !is_half => format!("PT{whole}S"),
        _ => return None,
    })
}

fn years(whole: i64, half: bool) -> String {
    match (whole, half) {
        (0, true) => "P6M".into(),
        (_, true) => format!("P{whole}Y6M"),
        _ => format!("P{whole}Y"),
    }
}

fn months(whole: i64, half: bool) -> String {
    match (whole, half) {
        (0, true) => "P15D".into(),
        (_, true) => format!("P{whole}M15D"),
        _ => format!("P{whole}M"),
    }
}

/// `unit` is one of D, H, M; the rest is half of it in the next smaller unit.
fn time(unit: &str, whole: i64, rest: Option<&str>) -> String {
    let head = if whole == 0 && rest.is_some() {
        String::new()
    } else {
        format!("{whole}{unit}")
    };
    match (unit, rest) {
        ("D", None) => format!("P{head}"),
        ("D", Some(rest)) => format!("P{head}T{rest}"),
        (_, rest) => format!("PT{head}{}", rest.unwrap_or("")),
    }
}
