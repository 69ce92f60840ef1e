//! Days named by number: 2026年3月5日, 3月5号, 2026-03-05, 3/5; relative days are looked for next door.

use std::sync::LazyLock;

use domain::{Date, Doubt, EntityKind, EntityValue};
use regex::{Captures, Regex};

use super::calendar::{add_months, days_between};
use super::date_relative::find_relative;
use super::digits::{after, before, stands_alone};
use super::numeral::{spelled, whole};
use super::signs::{Cue, Signs};
use super::{Finder, Found, Page};

/// Looks for dates.
pub(super) const FINDER: Finder = Finder {
    wanted: |signs: &Signs| {
        let relative = [
            Cue::Today,
            Cue::Week,
            Cue::Ago,
            Cue::Month,
            Cue::Numbered,
            Cue::Feast,
        ];
        signs.has(Cue::Date) && signs.numbers() || relative.iter().any(|&cue| signs.has(cue))
    },
    find,
};

static FULL: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?P<year>(?:19|20)[0-9]{2}|[0-9]{2}年|[二一][零〇九][零〇一二三四五六七八九]{2}) ?[年./-] ?(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])(?: ?[月./-] ?(?P<day>[0-9]{1,2}|[一二三四五六七八九十]{1,3})(?: ?[日号])?|月份?)",
    )
});
static SHORT_YEAR: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?P<year>[0-9]{2})年(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月(?:(?P<day>[0-9]{1,2}|[一二三四五六七八九十]{1,3})[日号]?)?",
    )
});
static MONTH_DAY: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?P<which>去年|今年|明年|前年)?(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月(?:份的?)?(?P<day>[0-9]{1,2}|[一二三四五六七八九十]{1,3})[日号]?",
    )
});
static SLASHED: LazyLock<Regex> = LazyLock::new(|| regex(r"(?P<a>[0-9]{1,2})/(?P<b>[0-9]{1,2})"));

/// Marks before a slashed pair that is a date and no fraction.
const SLASH_LEADS: &str = " 在于从到,:(至月日期间是";

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a fixed pattern")
}

fn find(page: &Page<'_>, found: &mut Vec<Found>) {
    let text = page.text;
    if page.signs.has(Cue::Date) && page.signs.numbers() {
        for captures in FULL.captures_iter(text).chain(SHORT_YEAR.captures_iter(text)) {
            find_full(text, &captures, found);
        }
        for captures in MONTH_DAY.captures_iter(text) {
            find_month_day(page, &captures, found);
        }
        for captures in SLASHED.captures_iter(text) {
            find_slashed(page, &captures, found);
        }
    }
    find_relative(page, found);
}

fn find_full(text: &str, captures: &Captures<'_>, found: &mut Vec<Found>) {
    let hit = captures.get(0).expect("group 0 always matches");
    if !stands_alone(text, hit.start(), hit.end()) {
        return;
    }
    let year = spelled(captures["year"].trim_end_matches('年'))
        .map(|year| if year < 100 { 2000 + year } else { year });
    let Some(day) = captures.name("day") else {
        found.push(Found::shaped(EntityKind::Date, hit.range(), None));
        return;
    };
    let (month, day) = (whole(&captures["month"]), whole(day.as_str()));
    found.push(dated(hit.range(), make(year, month, day)));
}

fn find_month_day(page: &Page<'_>, captures: &Captures<'_>, found: &mut Vec<Found>) {
    let hit = captures.get(0).expect("group 0 always matches");
    let part_of_more =
        before(page.text, hit.start()).is_some_and(|c| c.is_ascii_digit() || "年个".contains(c));
    if part_of_more || !stands_alone(page.text, hit.start(), hit.end()) {
        return;
    }
    let unmarked = !hit.as_str().ends_with(['日', '号']);
    if unmarked && captures["day"].chars().count() == 1 && !captures["day"].is_ascii() {
        return;
    }
    let (month, day) = (whole(&captures["month"]), whole(&captures["day"]));
    // 29 February must not be called impossible for want of a year.
    if make(Some(2028), month, day).is_none() {
        found.push(dated(hit.range(), None));
        return;
    }
    let value = page.today.and_then(|today| match captures.name("which") {
        Some(word) => {
            let shift = match word.as_str() {
                "去年" => -1,
                "明年" => 1,
                "前年" => -2,
                _ => 0,
            };
            make(Some(i64::from(today.year()) + shift), month, day)
        }
        None => nearest(today, month?, day?),
    });
    found.push(Found::shaped(
        EntityKind::Date,
        hit.range(),
        value.map(EntityValue::Date),
    ));
}

fn find_slashed(page: &Page<'_>, captures: &Captures<'_>, found: &mut Vec<Found>) {
    let hit = captures.get(0).expect("group 0 always matches");
    let lead = before(page.text, hit.start()).is_none_or(|c| SLASH_LEADS.contains(c));
    let number = |name: &str| captures[name].parse::<i64>().ok();
    let (Some(a), Some(b)) = (number("a"), number("b")) else {
        return;
    };
    let tail = after(page.text, hit.end()).is_some_and(|c| matches!(c, '/' | '%'));
    if !lead
        || tail
        || !stands_alone(page.text, hit.start(), hit.end())
        || a == 0
        || b == 0
        || a > 31
        || b > 31
    {
        return;
    }
    let mut one = Found::shaped(EntityKind::Date, hit.range(), None);
    match (a <= 12, b <= 12) {
        (true, true) if a != b => one.doubt = Some(Doubt::AmbiguousDate),
        (true, _) => {
            one.value = page
                .today
                .and_then(|today| nearest(today, a, b))
                .map(EntityValue::Date)
        }
        (false, true) => {
            one.value = page
                .today
                .and_then(|today| nearest(today, b, a))
                .map(EntityValue::Date)
        }
        (false, false) => return,
    }
    found.push(one);
}

/// A date that names its day; without a value the day does not exist.
fn dated(bytes: std::ops::Range<usize>, date: Option<Date>) -> Found {
    let mut one = Found::shaped(EntityKind::Date, bytes, date.map(EntityValue::Date));
    one.doubt = date.is_none().then_some(Doubt::ImpossibleDate);
    one
}

/// The day, when the calendar has it.
pub(super) fn make(year: Option<i64>, month: Option<i64>, day: Option<i64>) -> Option<Date> {
    Date::new(
        i16::try_from(year?).ok()?,
        u8::try_from(month?).ok()?,
        u8::try_from(day?).ok()?,
    )
}

/// The day of this month and number that is nearest to today; complaints look back, so the past wins a tie and
/// the future must be near.
pub(super) fn nearest(today: Date, month: i64, day: i64) -> Option<Date> {
    let year = i64::from(today.year());
    (year - 1..=year + 1)
        .filter_map(|year| make(Some(year), Some(month), Some(day)))
        .min_by_key(|&date| match days_between(today, date) {
            ahead if ahead > 0 => ahead * 3,
            behind => -behind,
        })
}

/// The nearest day with this number in this or a neighboring month.
pub(super) fn nearest_day_of_month(today: Date, day: i64, ahead: bool) -> Option<Date> {
    (-1..=1)
        .filter_map(|shift| add_months(Date::new(today.year(), today.month(), 1)?, shift))
        .filter_map(|first| {
            make(
                Some(i64::from(first.year())),
                Some(i64::from(first.month())),
                Some(day),
            )
        })
        .filter(|&date| (days_between(today, date) >= 0) == ahead || date == today)
        .min_by_key(|&date| days_between(today, date).abs())
}
