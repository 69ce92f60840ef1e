//! Days and times: 2026年3月5日, 3/5, 上周三, 昨晚八点半, 月底前. What names a day is found by number here and by its
//! relation to today next door; then the part of the day, the clock and 前 are joined to it.

use std::ops::Range;
use std::sync::LazyLock;

use domain::{Date, Doubt, EntityKind, EntityValue};
use regex::{Captures, Regex};

use super::calendar::{days_between, moment};
use super::clock::{Clock, clock_at, clocks, part_at};
use super::date_relative::find_relative;
use super::digits::{after, before, stands_alone};
use super::numeral::{spelled, whole};
use super::signs::{Cue, Pair, Signs};
use super::{Finder, Found, Page};

/// Looks for dates.
pub(super) const FINDER: Finder = Finder {
    wanted: |signs: &Signs| {
        let pairs = [
            Pair::Month,
            Pair::Year,
            Pair::Dashed,
            Pair::Weekday,
            Pair::Ago,
            Pair::MonthNamed,
            Pair::Numbered,
            Pair::Clock,
        ];
        let words = [Cue::Today, Cue::Feast, Cue::Clock, Cue::Date, Cue::Daynames];
        pairs.iter().any(|&pair| signs.beside(pair)) || words.iter().any(|&cue| signs.has(cue))
    },
    find,
};

/// What a date says as far as it goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum When {
    /// A day.
    Day(Date),
    /// A month of a year.
    Month(i16, u8),
    /// A year.
    Year(i16),
    /// Day and month could be swapped.
    Ambiguous,
    /// There is no such day.
    Impossible,
    /// The receipt is not known.
    Unknown,
}

/// A date before the time of day is joined to it.
#[derive(Clone, Debug)]
pub(super) struct Named {
    pub(super) bytes: Range<usize>,
    pub(super) when: When,
    /// Whether the words mean the evening, as 昨晚 does.
    pub(super) evening: bool,
}

impl Named {
    /// A date with no time of day.
    pub(super) fn new(bytes: Range<usize>, when: When) -> Self {
        Self {
            bytes,
            when,
            evening: false,
        }
    }
}

/// The day, when there is one, else nothing is known.
pub(super) fn day(date: Option<Date>) -> When {
    date.map_or(When::Unknown, When::Day)
}

static FULL: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?P<year>(?:19|20)[0-9]{2}|[二一][零〇九][零〇一二三四五六七八九]{2})(?: ?年 ?(?:(?P<month>[0-9]{1,2}|[十一二三四五六七八九]{1,3})月(?:份|(?P<day>[0-9]{1,2}|[一二三四五六七八九十]{1,3})[日号]?)?)?| ?(?P<mark>[./-]) ?(?P<m>[0-9]{1,2}) ?[./-] ?(?P<d>[0-9]{1,2})(?:日|号)?)",
    )
});
static SHORT_YEAR: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?P<year>[0-9]{2})年(?:(?P<month>[0-9]{1,2}|[十一二三四五六七八九]{1,3})月(?:份|(?P<day>[0-9]{1,2}|[一二三四五六七八九十]{1,3})[日号]?)?)",
    )
});
static DAY_FIRST: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?P<a>[0-9]{1,2})[/.-](?P<b>[0-9]{1,2})[/.-](?P<year>(?:19|20)[0-9]{2})"));
static MONTH_DAY: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?P<which>去年|今年|明年|前年)?(?:的)?(?P<month>[0-9]{1,2}|[十一二三四五六七八九]{1,3})月(?:份的?)?(?P<day>[0-9]{1,2}|[一二三四五六七八九十]{1,3})(?P<unit>[日号])?",
    )
});
static MONTH: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?P<which>去年|今年|明年|前年)?(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九元])月(?:份)?(?P<part>初|底|末|中旬|上旬|下旬|头|最后一天)?",
    )
});
static SLASHED: LazyLock<Regex> = LazyLock::new(|| regex(r"(?P<a>[0-9]{1,2})/(?P<b>[0-9]{1,2})"));
static ENGLISH: LazyLock<Regex> = LazyLock::new(|| {
    let month = "(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?";
    let day = "(?P<day>[0-9]{1,2})(?P<nth>st|nd|rd|th)?(?-u:\\b)";
    let year = "(?:,? ?(?P<year>20[0-9]{2})(?-u:\\b))?";
    regex(&format!("{month} (?:the )?{day}{year}"))
});
/// The day before the month: 2nd of March 2026, 5 Nov.
static ENGLISH_DAY_FIRST: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?P<day>[0-9]{1,2})(?P<nth>st|nd|rd|th)?(?P<of> day of| of|-)? ?(?P<name>january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)(?-u:\b)(?:\.?[, -]{1,2}(?P<year>20[0-9]{2})(?-u:\b))?",
    )
});
/// 3.5号: a month and a day with a point between.
static DOTTED: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?P<month>1[0-2]|0?[1-9])[.·](?P<day>[0-9]{1,2})[号日]"));
/// 05-09: month and day of two digits with a dash between.
static PADDED: LazyLock<Regex> = LazyLock::new(|| regex(r"(?P<a>0[1-9])-(?P<b>[0-3][0-9])"));
/// 8.17寄回: a month and a day with a point between, at the head of a clause, before what was done on it.
static DONE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?:^|[,。;!? \n])(?P<whole>(?P<month>1[0-2]|0?[1-9])\.(?P<day>[12][0-9]|3[01]|0?[1-9]))(?:到的货|到的|到货|到店|开裂|开胶|开箱|开封|坏|买的|退的|换的|去的|来的|办的|装的|修的|拍的|定的|订的|交的|拿到|拍下|收货|到账|领的|体检|住院|出院|报警|上门|晚上|上午|下午|早上|中午|凌晨|付的款|付款|寄|下单|下的单|告诉|申请|报修|报的修|签收|签的|发货|发的货|到货|入住|退房|开户|被|出发|购买|收到|约的)",
    )
});
/// What tells that a month is one of the Chinese calendar.
pub(super) const LUNAR_WORDS: [&str; 5] = ["农历", "阴历", "旧历", "夏历", "老历"];
const MONTHS: &[&str] = &[
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];
/// What is joined to a day that is a limit.
const LIMITS: &[&str] = &["之前", "以前", "前"];
/// Marks before a slashed pair that is a date and no fraction.
const SLASH_LEADS: &str = " 写着在于从到,:(至月日期间是成";

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a fixed pattern")
}

fn find(page: &Page<'_>, found: &mut Vec<Found>) {
    let mut named = Vec::new();
    find_numbered(page, &mut named);
    find_relative(page, &mut named);
    named.sort_by_key(|one: &Named| (one.bytes.start, std::cmp::Reverse(one.bytes.end)));
    let mut free = 0;
    named.retain(|one| {
        let kept = one.bytes.start >= free;
        free = if kept { one.bytes.end } else { free };
        kept
    });
    join(page, named, found);
}

fn find_numbered(page: &Page<'_>, named: &mut Vec<Named>) {
    let (text, signs) = (page.text, &page.signs);
    let only = |wanted: bool| if wanted { text } else { "" };
    let (year, month, dashed) = (
        signs.beside(Pair::Year),
        signs.beside(Pair::Month),
        signs.beside(Pair::Dashed),
    );
    let long = dashed && signs.digits >= 6;
    let full = FULL.captures_iter(only(year || dashed));
    for captures in full.chain(SHORT_YEAR.captures_iter(only(year))) {
        find_full(text, &captures, named);
    }
    for captures in DAY_FIRST.captures_iter(only(long)) {
        find_day_first(text, &captures, named);
    }
    for captures in MONTH_DAY.captures_iter(only(month)) {
        find_month_day(page, &captures, named);
    }
    for captures in MONTH.captures_iter(only(month)) {
        find_month(page, &captures, named);
    }
    for captures in SLASHED.captures_iter(only(dashed && signs.digits > 1)) {
        find_slashed(page, &captures, named);
    }
    for captures in PADDED.captures_iter(only(dashed && signs.digits > 3)) {
        find_slashed(page, &captures, named);
    }
    for captures in DONE.captures_iter(only(dashed && signs.digits > 1)) {
        find_done(page, &captures, named);
    }
    for captures in DOTTED.captures_iter(only(dashed && signs.beside(Pair::Numbered))) {
        find_dotted(page, &captures, named);
    }
    let english = only(signs.has(Cue::Date) && signs.digits > 0);
    let days = ENGLISH_DAY_FIRST.captures_iter(english);
    for captures in days.chain(ENGLISH.captures_iter(english)) {
        find_english(page, &captures, named);
    }
}

fn whole_match(captures: &Captures<'_>) -> Range<usize> {
    captures.get(0).expect("group 0 always matches").range()
}

fn find_full(text: &str, captures: &Captures<'_>, named: &mut Vec<Named>) {
    let range = whole_match(captures);
    // 9月30日23:59: a time may follow the day at once.
    let end = if text[range.clone()].ends_with(['日', '号']) {
        range.end - '日'.len_utf8()
    } else {
        range.end
    };
    if !stands_alone(text, range.start, end)
        || before(text, range.start).is_some_and(|c| c.is_ascii_alphabetic())
    {
        return;
    }
    let year = spelled(&captures["year"]).map(|year| if year < 100 { 2000 + year } else { year });
    let number = |names: [&str; 2]| {
        names
            .iter()
            .find_map(|name| captures.name(name))
            .map(|one| whole(one.as_str()))
    };
    let (month, day) = (number(["month", "m"]), number(["day", "d"]));
    let when = match (year.and_then(|year| i16::try_from(year).ok()), month, day) {
        (Some(year), None, _) if !text[range.end..].starts_with(['级', '款', '版', '产', '度']) => {
            When::Year(year)
        }
        (Some(_), None, _) => return,
        (Some(year), Some(Some(month @ 1..=12)), None) => When::Month(year, month as u8),
        (Some(year), Some(month), Some(day)) => {
            make(Some(i64::from(year)), month, day).map_or(When::Impossible, When::Day)
        }
        _ => When::Impossible,
    };
    named.push(Named::new(range, when));
}

fn find_day_first(text: &str, captures: &Captures<'_>, named: &mut Vec<Named>) {
    let range = whole_match(captures);
    let number = |name: &str| captures[name].parse::<i64>().ok();
    let (year, a, b) = (number("year"), number("a").unwrap_or(0), number("b").unwrap_or(0));
    if !stands_alone(text, range.start, range.end) || before(text, range.start) == Some('.') {
        return;
    }
    let when = match (a > 12, b > 12) {
        (false, false) if a != b => When::Ambiguous,
        (true, _) => make(year, Some(b), Some(a)).map_or(When::Impossible, When::Day),
        _ => make(year, Some(a), Some(b)).map_or(When::Impossible, When::Day),
    };
    named.push(Named::new(range, when));
}

fn find_month_day(page: &Page<'_>, captures: &Captures<'_>, named: &mut Vec<Named>) {
    let range = whole_match(captures);
    let part_of_more = before(page.text, range.start)
        .is_some_and(|c| c.is_ascii_digit() || "年个第闰".contains(c))
        || captures
            .name("month")
            .is_some_and(|month| is_lunar(page.text, month.start()));
    let unmarked = captures.name("unit").is_none();
    let next = after(page.text, range.end);
    // 八月十五斤: a day without its word must not count something.
    let counts = unmarked
        && (captures["day"].chars().count() == 1 && !captures["day"].is_ascii()
            || next.is_some_and(|c| {
                "个天点元块多来万千百人次斤份周年度%.吨升方立只条件台箱盒单桌席号楼".contains(c)
            }));
    let alone = !unmarked || stands_alone(page.text, range.start, range.end);
    if part_of_more || counts || !alone {
        return;
    }
    let (month, day_number) = (whole(&captures["month"]), whole(&captures["day"]));
    // 29 February must not be called impossible for want of a year.
    if make(Some(2028), month, day_number).is_none() {
        named.push(Named::new(range, When::Impossible));
        return;
    }
    let ahead = is_ahead(page.text, range.end) || is_put_off(page.text, range.start);
    let value = page.today.and_then(|today| match captures.name("which") {
        Some(word) => make(
            Some(i64::from(today.year()) + year_shift(word.as_str())),
            month,
            day_number,
        ),
        None => nearest(today, month?, day_number?, ahead),
    });
    named.push(Named::new(range, day(value)));
}

fn find_month(page: &Page<'_>, captures: &Captures<'_>, named: &mut Vec<Named>) {
    let range = whole_match(captures);
    let next = after(page.text, range.end);
    let lead = before(page.text, range.start)
        .is_some_and(|c| c.is_ascii_digit() || "年个第几十两闰".contains(c))
        || is_lunar(page.text, range.start);
    let other = captures.name("part").is_none()
        && !captures[0].ends_with('份')
        && next.is_some_and(|c| {
            c.is_ascii_digit() || "饼球亮色租嫂光卡票费末子经老雪兰瓜一二三四五六七八九十".contains(c)
        });
    if lead || other {
        return;
    }
    let month = whole(&captures["month"]).unwrap_or(1);
    let ahead = is_ahead(page.text, range.end) || is_put_off(page.text, range.start);
    let found = page.today.and_then(|today| match captures.name("which") {
        Some(word) => make(
            Some(i64::from(today.year()) + year_shift(word.as_str())),
            Some(month),
            Some(1),
        ),
        None => {
            let this = i64::from(today.month()) == month;
            let first = make(Some(i64::from(today.year())), Some(month), Some(1));
            if this {
                first
            } else {
                nearest(today, month, 1, ahead)
            }
        }
    });
    let when = match (found, captures.name("part").map(|part| part.as_str())) {
        (Some(first), Some("底" | "末" | "最后一天")) => day(super::calendar::month_end(first)),
        (Some(first), _) => When::Month(first.year(), first.month()),
        (None, _) => When::Unknown,
    };
    named.push(Named::new(range, when));
}

fn find_slashed(page: &Page<'_>, captures: &Captures<'_>, named: &mut Vec<Named>) {
    let range = whole_match(captures);
    let lead = before(page.text, range.start).is_none_or(|c| SLASH_LEADS.contains(c));
    let number = |name: &str| captures[name].parse::<i64>().unwrap_or(0);
    let (a, b) = (number("a"), number("b"));
    let tail = after(page.text, range.end).is_some_and(|c| matches!(c, '/' | '-' | '%' | '拍'));
    let days = (1..=31).contains(&a) && (1..=31).contains(&b);
    if !lead || tail || !days || a > 12 && b > 12 || !stands_alone(page.text, range.start, range.end) {
        return;
    }
    let when = match (a <= 12, b <= 12) {
        (true, true) if a != b => When::Ambiguous,
        (true, _) => day(page.today.and_then(|today| nearest(today, a, b, false))),
        _ => day(page.today.and_then(|today| nearest(today, b, a, false))),
    };
    named.push(Named::new(range, when));
}

/// Whether a word before a month says that it is one of the Chinese calendar.
fn is_lunar(text: &str, start: usize) -> bool {
    let head = text[..start].trim_end_matches(['的', ' ']);
    LUNAR_WORDS.iter().any(|word| head.ends_with(word))
}

fn find_dotted(page: &Page<'_>, captures: &Captures<'_>, named: &mut Vec<Named>) {
    let range = whole_match(captures);
    let version = before(page.text, range.start).is_some_and(|c| matches!(c, '.' | '-' | '/'));
    let Some(ahead) = super::date_relative::is_day_number(page.text, &range).filter(|_| !version) else {
        return;
    };
    let (month, number) = (whole(&captures["month"]), whole(&captures["day"]));
    let when = match make(Some(2028), month, number) {
        None => When::Impossible,
        Some(_) => day(page
            .today
            .and_then(|today| nearest(today, month?, number?, ahead))),
    };
    named.push(Named::new(range, when));
}

fn find_done(page: &Page<'_>, captures: &Captures<'_>, named: &mut Vec<Named>) {
    let (month, number) = (whole(&captures["month"]), whole(&captures["day"]));
    let Some(range) = captures.name("whole").map(|date| date.range()) else {
        return;
    };
    if make(Some(2028), month, number).is_some() {
        let value = page
            .today
            .and_then(|today| nearest(today, month?, number?, false));
        named.push(Named::new(range, day(value)));
    }
}

fn find_english(page: &Page<'_>, captures: &Captures<'_>, named: &mut Vec<Named>) {
    let range = whole_match(captures);
    let name = captures["name"].get(..3).unwrap_or_default();
    let month = MONTHS
        .iter()
        .position(|month| *month == name)
        .map(|at| at as i64 + 1);
    let number = captures["day"].parse::<i64>().ok();
    let (year, nth) = (captures.name("year"), captures.name("nth").is_some());
    // You may 5 and the 5 may come are no days of a month.
    let verb = name == "may" && !nth && year.is_none() && captures.name("of").is_none();
    let first = captures.name("day").is_some_and(|day| day.start() == range.start);
    let part = before(page.text, range.start)
        .is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '/' | ':'));
    if part || verb && first {
        return;
    }
    let Some(year) = year.map_or(Some(2028), |year| year.as_str().parse().ok()) else {
        return;
    };
    let exists = make(Some(year), month, number).is_some();
    // A day that no month has is a count of something unless it is told as a day.
    if !exists
        && (nth || captures.name("year").is_some() || number.is_some_and(|day| (29..=31).contains(&day)))
    {
        named.push(Named::new(range, When::Impossible));
        return;
    }
    if !exists {
        return;
    }
    let value = match captures.name("year") {
        Some(_) => make(Some(year), month, number),
        None => page
            .today
            .and_then(|today| nearest(today, month?, number?, false)),
    };
    named.push(Named::new(range, day(value)));
}

fn year_shift(word: &str) -> i64 {
    match word {
        "去年" => -1,
        "明年" => 1,
        "前年" => -2,
        "后年" => 2,
        _ => 0,
    }
}

/// Whether the words after a day speak of what is still to come.
pub(super) fn is_ahead(text: &str, end: usize) -> bool {
    static AHEAD: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            "^(?:给我个|给我一个|给个|给句|之前|以前|前|才到期|到期|截止|必须|要|就要|得|再来|再说|再给|能|会|可以|将|起|开学|交房|出院|开张|结婚|考试|出发|准备|打算|来不及|才上班|才开门|才营业|才能|上班|开门|的(?:票|机票|航班|婚礼|餐位|预约|酒席|漂流|演唱会|课))",
        )
    });
    AHEAD.is_match(&text[end..])
}

/// Whether the words before a day say that something lasts or was moved until then.
pub(super) fn is_put_off(text: &str, start: usize) -> bool {
    let head = &text[..start];
    [
        "改期到",
        "改到",
        "推到",
        "延到",
        "延期到",
        "拖到",
        "推迟到",
        "顺延到",
        "签到",
        "续到",
        "租到",
        "有效期到",
        "管到",
        "排到",
    ]
    .iter()
    .any(|word| head.ends_with(word))
}

/// Joins the part of the day, the clock and 前 to what names a day, and finds clocks that stand alone.
fn join(page: &Page<'_>, named: Vec<Named>, found: &mut Vec<Found>) {
    let text = page.text;
    let mut last: Option<Date> = page.today;
    let mut follows: Option<Date> = None;
    let mut evening = false;
    let mut since: Option<(Date, i64)> = None;
    let mut standing = clocks(page).into_iter().peekable();
    for one in named {
        while let Some(clock) = standing.next_if(|clock| clock.bytes.start < one.bytes.start) {
            push_clock(&clock, last, since, &mut evening, found);
        }
        let mut end = one.bytes.end;
        let mut when = one.when;
        let mut at = None;
        if let When::Day(date) = when {
            let part = part_at(text, end);
            end += part.as_ref().map_or(0, |part| part.length);
            let pm = part.as_ref().map_or(one.evening, |part| part.evening);
            if let Some(clock) = clock_at(text, end) {
                end += clock.length;
                match clock.value {
                    Some(time) => {
                        let minutes = time.minutes(pm, part.as_ref().is_some_and(|part| part.night));
                        since = Some((date, minutes));
                        at = moment(date, minutes)
                    }
                    None => when = When::Impossible,
                }
            }
            if text[one.bytes.clone()].starts_with("当晚")
                && let Some(follows) = follows
            {
                at = at.map(|at| domain::Timestamp(at.0 + days_between(date, follows) * 86_400_000));
            }
            follows = Some(date);
            (last, evening) = (Some(date), pm);
        }
        if !matches!(when, When::Year(_) | When::Month(..)) {
            end += LIMITS
                .iter()
                .find(|word| text[end..].starts_with(**word))
                .map_or(0, |word| word.len());
        }
        while standing.next_if(|clock| clock.bytes.start < end).is_some() {}
        let mut date = dated(one.bytes.start..end, when);
        if let Some(at) = at {
            date.value = Some(EntityValue::Moment(at));
        }
        found.push(date);
    }
    for clock in standing {
        push_clock(&clock, last, since, &mut evening, found);
    }
}

/// Adds a time that stands alone; `since` is the day and minute told last.
fn push_clock(
    clock: &Clock,
    day: Option<Date>,
    since: Option<(Date, i64)>,
    evening: &mut bool,
    found: &mut Vec<Found>,
) {
    // 中午十二点二十下单, 一点半没到: the clock goes on.
    let later = |time: super::clock::Time| {
        let (now, then) = (time.minutes(false, false), time.minutes(true, false));
        since.is_some_and(|(date, told)| {
            Some(date) == day && told >= 12 * 60 && now < told && then > told && then - told <= 6 * 60
        })
    };
    let goes_on = clock.part.is_none() && clock.time.is_some_and(later);
    let pm = goes_on || clock.part.as_ref().map_or(*evening, |part| part.evening);
    let mut one = Found::shaped(EntityKind::Date, clock.bytes.clone(), None);
    match clock.time {
        Some(time) => {
            let night = clock.part.as_ref().is_some_and(|part| part.night);
            one.value = day
                .and_then(|day| moment(day, time.minutes(pm, night)))
                .map(EntityValue::Moment);
        }
        None => one.doubt = Some(Doubt::ImpossibleDate),
    }
    *evening = pm;
    found.push(one);
}

fn dated(bytes: Range<usize>, when: When) -> Found {
    let mut one = Found::shaped(EntityKind::Date, bytes, None);
    match when {
        When::Day(date) => one.value = Some(EntityValue::Date(date)),
        When::Month(year, month) => one.value = Some(EntityValue::Calendar(format!("{year:04}-{month:02}"))),
        When::Year(year) => one.value = Some(EntityValue::Calendar(format!("{year:04}"))),
        When::Ambiguous => one.doubt = Some(Doubt::AmbiguousDate),
        When::Impossible => one.doubt = Some(Doubt::ImpossibleDate),
        When::Unknown => {}
    }
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

/// The day of this month and number that is nearest to today; complaints look back, so the past wins unless the words
/// look ahead.
pub(super) fn nearest(today: Date, month: i64, day: i64, ahead: bool) -> Option<Date> {
    let year = i64::from(today.year());
    (year - 4..=year + 4)
        .filter_map(|year| make(Some(year), Some(month), Some(day)))
        .min_by_key(|&date| distance(today, date, ahead))
}

/// How far a day is from today; days on the side the words do not look to count for more.
pub(super) fn distance(today: Date, date: Date, ahead: bool) -> i64 {
    match (days_between(today, date), ahead) {
        (to_come, false) if to_come > 0 => to_come * 4,
        (gone, true) if gone < 0 => -gone * 3,
        (days, _) => days.abs(),
    }
}
