//! Spans of time as ISO 8601: 三天 is P3D, 半小时 is PT30M, 3个工作日 is P3D.

use std::sync::LazyLock;

use domain::{EntityKind, EntityValue};
use regex::Regex;

use super::digits::{after, before};
use super::numeral::{NUMBER, hundredths};
use super::signs::{Cue, Signs};
use super::{Finder, Found, Page};

/// Looks for durations.
pub(super) const FINDER: Finder = Finder {
    wanted: |signs: &Signs| signs.numbers() && signs.has(Cue::Duration),
    find,
};

static SPAN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?P<number>{NUMBER}) ?(?P<piece>个)?(?P<half>半)?[多来]?(?P<unit>个?工作日|年|月|周|星期|礼拜|天|日|小时|钟头|刻钟|分钟|分半钟|秒钟?|h)(?P<tail>半)?"
    ))
    .expect("a fixed pattern")
});

/// What turns a count of days into a point in time.
const POINTS: &[&str] = &["前", "以前", "之前", "后", "以后", "之后"];
/// What a unit begins when it is another word.
const OTHER_WORDS: &[(&str, &str)] = &[
    ("年", "级纪龄货糕代轻检审会报度级终限前年"),
    ("天", "花气空天然猫性生到两"),
    ("周", "年边到岁末围一二三四五六日"),
    ("日", "子常元用期游本报"),
    ("月", "份饼底初末亮球色卡票费租"),
    ("h", "0123456789abcdefghijklmnopqrstuvwxyz"),
];

fn find(page: &Page<'_>, found: &mut Vec<Found>) {
    let text = page.text;
    for captures in SPAN.captures_iter(text) {
        let hit = captures.get(0).expect("group 0 always matches");
        let unit = &captures["unit"];
        let piece = captures.name("piece").is_some();
        // 5月 is a month of the calendar, 5个月 a span; 2026年 and 8日 are dates.
        let calendar = match unit {
            "月" => !piece,
            "日" => true,
            "年" => is_calendar_year(&captures["number"]),
            _ => false,
        };
        let ordinal = before(text, hit.start()).is_some_and(|c| "第每星期周拜".contains(c));
        let next = after(text, hit.end());
        let other = OTHER_WORDS
            .iter()
            .any(|(word, tails)| *word == unit && next.is_some_and(|c| tails.contains(c)));
        let point = POINTS.iter().any(|word| text[hit.end()..].starts_with(word));
        let vague = matches!(&captures["number"], "百" | "千" | "万");
        if vague || calendar || ordinal || other || point {
            continue;
        }
        let half = captures.name("half").is_some() || captures.name("tail").is_some();
        let value = iso(&captures["number"], half, unit).map(EntityValue::Duration);
        found.push(Found::shaped(EntityKind::Duration, hit.range(), value));
    }
}

fn is_calendar_year(number: &str) -> bool {
    let digits = number.chars().count();
    let four = digits == 4
        && number
            .chars()
            .all(|c| c.is_ascii_digit() || "零〇一二三四五六七八九".contains(c));
    let spelled = digits == 2 && number.chars().all(|c| "零〇一二三四五六七八九".contains(c));
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
    Some(match unit {
        "年" => years(whole, is_half),
        "月" => months(whole, is_half),
        "周" | "星期" | "礼拜" if !is_half => format!("P{whole}W"),
        "天" | "工作日" | "个工作日" => time("D", whole, is_half.then_some("12H")),
        "小时" | "钟头" | "h" => time("H", whole, is_half.then_some("30M")),
        "分钟" | "分半钟" => time("M", whole, (is_half || unit == "分半钟").then_some("30S")),
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
