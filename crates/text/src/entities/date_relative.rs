//! Days named from today: 昨天, 上周三, 三天前, 月底, 双十一, 大年初二; their value needs the day of receipt.

use std::ops::Range;
use std::sync::LazyLock;

use domain::{Date, EntityKind, EntityValue};
use regex::{Captures, Regex};

use super::calendar::{add_days, add_months, month_end, weekday};
use super::date::{make, nearest, nearest_day_of_month};
use super::digits::{after, before};
use super::numeral::{NUMBER, whole};
use super::signs::Cue;
use super::{Found, Page};

static DAYS: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        "大前天|大后天|前天|昨天|昨日|昨晚|昨夜|昨儿|今天|今日|今早|今晚|今儿|前晚|后天|明天|明日|明早|明晚|明儿",
    )
});
static WEEKDAYS: LazyLock<Regex> = LazyLock::new(|| {
    regex("(?P<which>上上|下下|上|下|这|本)?个?(?:周|星期|礼拜)(?P<day>[一二三四五六日天末])")
});
static AGO: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"(?P<number>{NUMBER})(?P<half>个)?(?P<unit>天|日|周|星期|礼拜|月|年)(?:多)?(?:以|之)?(?P<way>前|后)"
    ))
});
static MONTHS: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?P<which>上上|上|这|本|下)个?月(?:(?P<day>[0-9]{1,2}|[一二三四五六七八九十]{1,3})[号日]|(?P<part>底|末|初|中旬?))?|(?P<bare>月底|月初|年底|年初)",
    )
});
static NUMBERED: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?P<day>[0-9]{1,2}|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])号"));
static FEASTS: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        &FEAST_DAYS
            .iter()
            .map(|(word, ..)| *word)
            .collect::<Vec<_>>()
            .join("|"),
    )
});
static LUNAR: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        "大年初(?P<day>[一二三四五六七八九十]|十[一二三四五])|(?P<eve>大年三十|除夕|年三十)|(?P<spring>春节)|(?P<lantern>元宵节?)",
    )
});

/// Feasts of the solar calendar.
const FEAST_DAYS: &[(&str, i64, i64)] = &[
    ("双十一", 11, 11),
    ("双11", 11, 11),
    ("双十二", 12, 12),
    ("双12", 12, 12),
    ("618大促", 6, 18),
    ("618活动", 6, 18),
    ("618期间", 6, 18),
    ("六一八", 6, 18),
    ("618", 6, 18),
    ("元旦", 1, 1),
    ("情人节", 2, 14),
    ("妇女节", 3, 8),
    ("三八节", 3, 8),
    ("五一", 5, 1),
    ("劳动节", 5, 1),
    ("儿童节", 6, 1),
    ("教师节", 9, 10),
    ("国庆", 10, 1),
    ("平安夜", 12, 24),
    ("圣诞", 12, 25),
];

/// The first day of the Chinese year, 2015–2035.
const SPRING: &[(i16, u8, u8)] = &[
    (2015, 2, 19),
    (2016, 2, 8),
    (2017, 1, 28),
    (2018, 2, 16),
    (2019, 2, 5),
    (2020, 1, 25),
    (2021, 2, 12),
    (2022, 2, 1),
    (2023, 1, 22),
    (2024, 2, 10),
    (2025, 1, 29),
    (2026, 2, 17),
    (2027, 2, 6),
    (2028, 1, 26),
    (2029, 2, 13),
    (2030, 2, 3),
    (2031, 1, 23),
    (2032, 2, 11),
    (2033, 1, 31),
    (2034, 2, 19),
    (2035, 2, 8),
];

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a fixed pattern")
}

/// Looks for days named from today.
pub(super) fn find_relative(page: &Page<'_>, found: &mut Vec<Found>) {
    let signs = &page.signs;
    type Find = fn(&Page<'_>, &mut Vec<Found>);
    let finders: [(bool, Find); 7] = [
        (signs.has(Cue::Today), find_days),
        (signs.has(Cue::Week), find_weekdays),
        (signs.has(Cue::Ago) && signs.numbers(), find_counted),
        (signs.has(Cue::Month), find_months),
        (signs.has(Cue::Numbered) && signs.numbers(), find_numbered),
        (signs.has(Cue::Feast), find_feasts),
        (signs.has(Cue::Feast), find_lunar),
    ];
    for (_, find) in finders.into_iter().filter(|(wanted, _)| *wanted) {
        find(page, found);
    }
}

fn push(found: &mut Vec<Found>, range: Range<usize>, value: Option<Date>) {
    found.push(Found::shaped(
        EntityKind::Date,
        range,
        value.map(EntityValue::Date),
    ));
}

fn find_days(page: &Page<'_>, found: &mut Vec<Found>) {
    for hit in DAYS.find_iter(page.text) {
        push(
            found,
            hit.range(),
            page.today
                .and_then(|today| add_days(today, shift_of(hit.as_str()))),
        );
    }
}

fn find_weekdays(page: &Page<'_>, found: &mut Vec<Found>) {
    for captures in WEEKDAYS.captures_iter(page.text) {
        let range = whole_match(&captures);
        let every = before(page.text, range.start).is_some_and(|c| "每隔一两三".contains(c));
        let until = page.text[range.end..].starts_with(['前']) || page.text[range.end..].starts_with("之前");
        if !every {
            push(
                found,
                range,
                page.today.and_then(|today| week_day(today, &captures, until)),
            );
        }
    }
}

fn find_counted(page: &Page<'_>, found: &mut Vec<Found>) {
    for captures in AGO.captures_iter(page.text) {
        push(
            found,
            whole_match(&captures),
            page.today.and_then(|today| counted(today, &captures)),
        );
    }
}

fn find_months(page: &Page<'_>, found: &mut Vec<Found>) {
    for captures in MONTHS.captures_iter(page.text) {
        push(
            found,
            whole_match(&captures),
            page.today.and_then(|today| month_part(today, &captures)),
        );
    }
}

fn find_numbered(page: &Page<'_>, found: &mut Vec<Found>) {
    for captures in NUMBERED.captures_iter(page.text) {
        let range = whole_match(&captures);
        let day = whole(&captures["day"]).filter(|day| (1..=31).contains(day));
        if let (Some(ahead), Some(day)) = (is_day_number(page.text, &range), day) {
            push(
                found,
                range,
                page.today
                    .and_then(|today| nearest_day_of_month(today, day, ahead)),
            );
        }
    }
}

fn find_feasts(page: &Page<'_>, found: &mut Vec<Found>) {
    let text = page.text;
    for hit in FEASTS.find_iter(text) {
        let (_, month, day) = FEAST_DAYS
            .iter()
            .find(|(word, ..)| *word == hit.as_str())
            .expect("made of this table");
        let number =
            |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit() || "十一二三四五六七八九.".contains(c));
        if !number(before(text, hit.start())) && !number(after(text, hit.end())) {
            push(
                found,
                hit.range(),
                page.today.and_then(|today| nearest(today, *month, *day)),
            );
        }
    }
}

fn find_lunar(page: &Page<'_>, found: &mut Vec<Found>) {
    for captures in LUNAR.captures_iter(page.text) {
        push(
            found,
            whole_match(&captures),
            page.today.and_then(|today| lunar(today, &captures)),
        );
    }
}

fn whole_match(captures: &Captures<'_>) -> Range<usize> {
    captures.get(0).expect("group 0 always matches").range()
}

fn shift_of(word: &str) -> i64 {
    match word {
        "大前天" => -3,
        "大后天" => 3,
        "前天" | "前晚" => -2,
        "后天" => 2,
        _ if word.starts_with('昨') => -1,
        _ if word.starts_with('明') => 1,
        _ => 0,
    }
}

fn week_day(today: Date, captures: &Captures<'_>, until: bool) -> Option<Date> {
    let wanted = match captures["day"].chars().next()? {
        '日' | '天' => 6,
        '末' => 5,
        c => super::numeral::digit_of(c)? - 1,
    };
    let monday = add_days(today, -weekday(today))?;
    let weeks = match captures.name("which").map(|word| word.as_str()) {
        Some("上上") => -2,
        Some("上") => -1,
        Some("下") => 1,
        Some("下下") => 2,
        Some(_) => 0,
        // Without a word for the week: the next such day before a limit, else the last one.
        None if until => i64::from(wanted < weekday(today)),
        None => -i64::from(wanted > weekday(today)),
    };
    add_days(monday, weeks * 7 + wanted)
}

fn counted(today: Date, captures: &Captures<'_>) -> Option<Date> {
    let sign = if &captures["way"] == "前" { -1 } else { 1 };
    let half = &captures["number"] == "半";
    let number = if half {
        0
    } else {
        whole(&captures["number"]).filter(|number| *number < 10_000)?
    };
    match (&captures["unit"], half) {
        ("月", true) => add_days(today, sign * 15),
        ("年", true) => add_months(today, sign * 6),
        ("天" | "日", false) => add_days(today, sign * number),
        ("周" | "星期" | "礼拜", false) => add_days(today, sign * number * 7),
        ("月", false) => add_months(today, sign * number),
        ("年", false) => add_months(today, sign * number * 12),
        _ => None,
    }
}

fn month_part(today: Date, captures: &Captures<'_>) -> Option<Date> {
    if let Some(bare) = captures.name("bare") {
        let year = i64::from(today.year());
        return match bare.as_str() {
            "月底" => month_end(today),
            "月初" => Date::new(today.year(), today.month(), 1),
            "年底" => make(Some(year), Some(12), Some(31)),
            _ => make(Some(year), Some(1), Some(1)),
        };
    }
    let shift = match &captures["which"] {
        "上上" => -2,
        "上" => -1,
        "下" => 1,
        _ => 0,
    };
    let first = add_months(Date::new(today.year(), today.month(), 1)?, shift)?;
    let day = |number| {
        make(
            Some(i64::from(first.year())),
            Some(i64::from(first.month())),
            Some(number),
        )
    };
    match (
        captures.name("day"),
        captures.name("part").map(|part| part.as_str()),
    ) {
        (Some(number), _) => day(whole(number.as_str())?),
        (None, Some("底" | "末")) => month_end(first),
        (None, Some("初")) => Some(first),
        _ => None,
    }
}

/// Whether "8号" is a day rather than a house, a line or a table; and whether it lies ahead.
fn is_day_number(text: &str, range: &Range<usize>) -> Option<bool> {
    let lead = before(text, range.start);
    let tail = &text[range.end..];
    let free = lead.is_none_or(|c| " ,。!?;:\n在到从于是才说等拖约本这前后".contains(c));
    let ahead = tail.starts_with('前') || tail.starts_with("之前") || tail.starts_with("以前");
    let follows = [
        "前", "之前", "以前", "后", "到", "下", "发", "买", "晚", "早", "上午", "下午", "中午", "凌晨", "就",
        "我", "的", "才", "说", "去", "那天", ",", "。",
    ];
    (free && (tail.is_empty() || follows.iter().any(|word| tail.starts_with(word)))).then_some(ahead)
}

fn lunar(today: Date, captures: &Captures<'_>) -> Option<Date> {
    let shift = match (
        captures.name("day"),
        captures.name("eve"),
        captures.name("lantern"),
    ) {
        (Some(day), ..) => whole(day.as_str())? - 1,
        (None, Some(_), _) => -1,
        (None, None, Some(_)) => 14,
        _ => 0,
    };
    let days = SPRING
        .iter()
        .filter_map(|&(year, month, day)| add_days(Date::new(year, month, day)?, shift));
    days.min_by_key(|&date| match super::calendar::days_between(today, date) {
        ahead if ahead > 0 => ahead * 4,
        behind => -behind,
    })
}
