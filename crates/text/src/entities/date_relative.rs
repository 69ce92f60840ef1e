//! Days named from today: 昨天, 上周三, 三天前, 月底, 双十一, 大年初二; their value needs the day of receipt.

use std::ops::Range;
use std::sync::LazyLock;

use domain::Date;
use regex::{Captures, Regex};

use super::calendar::{add_days, add_months, month_end, weekday};
use super::date::{Named, When, day, distance, is_ahead, make, nearest};
use super::digits::{after, before};
use super::numeral::{NUMBER, whole};
use super::signs::{Cue, Pair};
use super::{Page, lunar};

static DAYS: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        "大前天|大后天|大前儿个?|大后儿个?|前儿个?|后儿个?|前天|前日|昨天|昨日|昨晚|昨夜|昨儿个?|昨早|今天|今日|今早|今晚|今夜|今晨|今儿个?|前晚|后天|明天|明日|明早|明晚|明儿个?|第二天|次日|隔天|当天|当晚|前一天|前一晚|头一天|头天晚上|头天|yesterday|today|tomorrow",
    )
});
static WEEKDAYS: LazyLock<Regex> = LazyLock::new(|| {
    regex("(?P<which>上上|下下|上|下|这|本)?个?(?:周|星期|礼拜)(?P<day>[一二三四五六日天末])")
});
static AGO: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"(?P<half>大?半)?(?P<number>{NUMBER})?(?P<piece>个)?(?P<later>半)?(?P<more>[多来])?(?:个)?(?P<unit>天|日|周|星期|礼拜|月|年)(?P<tail>半|多)?(?:以|之)?(?P<way>前|后)"
    ))
});
static MONTHS: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?P<which>上上|上|这|本|当|下下|下)个?月份?(?:(?P<day>[0-9]{1,2}|[一二三四五六七八九十]{1,3})[号日]|(?P<plain>二十[一二三四五六七八九]|三十一|十[一二三四五六七八九])|(?P<part>底|末|初|头|中旬?))?|(?P<bare>月底|月末|月头|月初|年底|年末)",
    )
});
static YEARS: LazyLock<Regex> = LazyLock::new(|| {
    regex("(?P<which>大前年|大后年|去年|今年|明年|前年|后年)(?P<part>年底|年末|底|年初|初)?")
});
static NUMBERED: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"(?P<day>[0-9]{1,2}|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])[号日]")
});
static FEASTS: LazyLock<Regex> = LazyLock::new(|| {
    let lunar = lunar::FESTIVALS.iter().map(|(word, ..)| *word);
    let words: Vec<&str> = FEAST_DAYS
        .iter()
        .map(|(word, ..)| *word)
        .chain(MOVABLE.iter().copied())
        .chain(lunar)
        .collect();
    regex(&words.join("|").replace('.', r"\."))
});
/// Which day of a feast that lasts for several.
static NTH_DAY: LazyLock<Regex> = LazyLock::new(|| {
    regex("^(?:假期|长假|假)?的?(?:第(?P<day>[1-9一二三四五六七八])天|(?P<eve>前)[一1](?:天|晚|日))")
});
static LUNAR: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        "(?P<eve>大年三十|大年夜|三十晚上|除夕夜?|年三十)|(?P<year>去年|今年|明年|前年|(?:19|20)[0-9]{2}年|[二一][零〇九][零〇一二三四五六七八九]{2}年)?的?(?P<month>大年|正月|腊月|冬月|(?:农历|阴历|旧历|夏历|老历)的? ?(?P<lunar>去年|今年|明年|前年)?(?P<number>1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九十冬腊正])月)(?:初(?P<first>[一二三四五六七八九十])|(?P<rest>十[一二三四五六七八九]|廿[一二三四五六七八九]|二十[一二三四五六七八九]?|三十|[1-3]?[0-9]))[号日]?|(?P<plain>十[一二]?|[一二三四五六七八九])月初(?P<tenth>[一二三四五六七八九十])|初(?P<alone>[一二三四五六七八九十])|(?P<spring>春节)",
    )
});
static ENGLISH: LazyLock<Regex> = LazyLock::new(|| {
    regex("(?P<which>last|this|next) (?P<day>monday|tuesday|wednesday|thursday|friday|saturday|sunday)")
});

/// Feasts of the solar calendar.
const FEAST_DAYS: &[(&str, i64, i64)] = &[
    ("双十一", 11, 11),
    ("双11", 11, 11),
    ("光棍节", 11, 11),
    ("双十二", 12, 12),
    ("双12", 12, 12),
    ("六一八", 6, 18),
    ("618", 6, 18),
    ("六一儿童节", 6, 1),
    ("六一", 6, 1),
    ("儿童节", 6, 1),
    ("元旦节", 1, 1),
    ("元旦", 1, 1),
    ("情人节", 2, 14),
    ("妇女节", 3, 8),
    ("三八节", 3, 8),
    ("植树节", 3, 12),
    ("3.15", 3, 15),
    ("3·15", 3, 15),
    ("五一劳动节", 5, 1),
    ("五一", 5, 1),
    ("劳动节", 5, 1),
    ("五四青年节", 5, 4),
    ("青年节", 5, 4),
    ("八一建军节", 8, 1),
    ("建军节", 8, 1),
    ("八一", 8, 1),
    ("教师节", 9, 10),
    ("国庆节", 10, 1),
    ("国庆", 10, 1),
    ("十一黄金周", 10, 1),
    ("十一长假", 10, 1),
    ("十一假期", 10, 1),
    ("十一期间", 10, 1),
    ("十一放假", 10, 1),
    ("十一小长假", 10, 1),
    ("护士节", 5, 12),
    ("记者节", 11, 8),
    ("建党节", 7, 1),
    ("三八妇女节", 3, 8),
    ("平安夜", 12, 24),
    ("圣诞节", 12, 25),
    ("圣诞", 12, 25),
    ("跨年夜", 12, 31),
    ("女神节", 3, 8),
    ("万圣节", 10, 31),
    ("万圣", 10, 31),
];
/// Feasts that are found by the week or the sun.
const MOVABLE: &[&str] = &[
    "母亲节",
    "父亲节",
    "感恩节",
    "黑五",
    "清明节",
    "清明",
    "冬至",
    "小寒",
    "大寒",
    "立春",
    "雨水",
    "惊蛰",
    "春分",
    "谷雨",
    "立夏",
    "小满",
    "芒种",
    "夏至",
    "小暑",
    "大暑",
    "立秋",
    "处暑",
    "白露",
    "秋分",
    "寒露",
    "霜降",
    "立冬",
];

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a fixed pattern")
}

/// Looks for days named from today.
pub(super) fn find_relative(page: &Page<'_>, named: &mut Vec<Named>) {
    let signs = &page.signs;
    type Find = fn(&Page<'_>, &mut Vec<Named>);
    let finders: [(bool, Find); 9] = [
        (signs.has(Cue::Today), find_days),
        (signs.has(Cue::Today), find_years),
        (signs.beside(Pair::Weekday), find_weekdays),
        (signs.beside(Pair::Ago) && signs.numbers(), find_counted),
        (signs.beside(Pair::MonthNamed), find_months),
        (signs.beside(Pair::Numbered), find_numbered),
        (signs.has(Cue::Feast), find_feasts),
        (signs.has(Cue::Feast), find_lunar),
        (signs.latin && signs.has(Cue::Daynames), find_english),
    ];
    for (_, find) in finders.into_iter().filter(|(wanted, _)| *wanted) {
        find(page, named);
    }
    follow(named, page);
}

/// 第二天 and 当天 count from the day named before them; without one, and right after it, they name none.
fn follow(named: &mut Vec<Named>, page: &Page<'_>) {
    named.sort_by_key(|one| one.bytes.start);
    let mut last: Option<(Date, usize)> = None;
    named.retain_mut(|one| {
        let words = &page.text[one.bytes.clone()];
        let shift = match words {
            "第二天" | "次日" | "隔天" => 1,
            "前一天" | "前一晚" | "头一天" | "头天" | "头天晚上" => -1,
            "当天" | "当晚" => 0,
            _ => {
                if let When::Day(date) = one.when {
                    last = Some((date, one.bytes.end));
                }
                return true;
            }
        };
        let Some((date, end)) = last else { return false };
        let part = shift == 0 && page.text[end..one.bytes.start].chars().count() < 2;
        one.when = day(add_days(date, shift));
        !part
    });
}

fn push(named: &mut Vec<Named>, range: Range<usize>, value: Option<Date>) {
    named.push(Named::new(range, day(value)));
}

fn find_days(page: &Page<'_>, named: &mut Vec<Named>) {
    for hit in DAYS.find_iter(page.text) {
        let value = page
            .today
            .and_then(|today| add_days(today, shift_of(hit.as_str())));
        let mut one = Named::new(hit.range(), day(value));
        one.evening = hit.as_str().contains(['晚', '夜']);
        named.push(one);
    }
}

fn find_years(page: &Page<'_>, named: &mut Vec<Named>) {
    for captures in YEARS.captures_iter(page.text) {
        let range = whole_match(&captures);
        let shift = match &captures["which"] {
            "去年" => -1,
            "大前年" => -3,
            "大后年" => 3,
            "前年" => -2,
            "明年" => 1,
            "后年" => 2,
            _ => 0,
        };
        // 两年前年 is no year; 今年3月 is found with its month.
        let year = page.today.map(|today| today.year() + shift);
        let when = match (year, captures.name("part").map(|part| part.as_str())) {
            (None, _) => When::Unknown,
            (Some(year), Some("年底" | "年末" | "底")) => {
                day(make(Some(i64::from(year)), Some(12), Some(31)))
            }
            (Some(year), _) => When::Year(year),
        };
        named.push(Named::new(range, when));
    }
}

fn find_weekdays(page: &Page<'_>, named: &mut Vec<Named>) {
    for captures in WEEKDAYS.captures_iter(page.text) {
        let range = whole_match(&captures);
        let every = before(page.text, range.start).is_some_and(|c| "每隔一两三几".contains(c));
        let to = page.text[range.end..].starts_with(['到', '至', '-', '~'])
            && page.text[range.end..].contains("周");
        if !every && !to {
            let ahead = is_ahead(page.text, range.end);
            push(
                named,
                range,
                page.today.and_then(|today| week_day(today, &captures, ahead)),
            );
        }
    }
}

fn find_counted(page: &Page<'_>, named: &mut Vec<Named>) {
    for captures in AGO.captures_iter(page.text) {
        let range = whole_match(&captures);
        if captures.name("number").is_none() && captures.name("half").is_none() {
            continue;
        }
        // 三天后 counts from something else as often as from today.
        let later = &captures["way"] == "后";
        let from_now =
            page.text[..range.start].ends_with(['说', '让', '等', '约', '再', '要']) || range.start == 0;
        if later && !from_now
            || page.text[range.end..].starts_with('台')
            || captures.name("more").is_some()
            || captures.name("tail").is_some_and(|tail| tail.as_str() == "多")
        {
            continue;
        }
        push(
            named,
            range,
            page.today.and_then(|today| counted(today, &captures)),
        );
    }
}

fn find_months(page: &Page<'_>, named: &mut Vec<Named>) {
    for captures in MONTHS.captures_iter(page.text) {
        let range = whole_match(&captures);
        // 上月二十六次: a count after the month, no day of it.
        let counted = captures.name("plain").filter(|_| {
            after(page.text, range.end)
                .is_some_and(|c| "个天点元块多来万千百人次斤份周年度%单件家条".contains(c))
        });
        let range = range.start..counted.map_or(range.end, |plain| plain.start());
        let every = before(page.text, range.start).is_some_and(|c| "每一两三半几多".contains(c));
        // 闰六月初三: 月初 belongs to the number before it.
        let numbered = captures.name("bare").is_some()
            && before(page.text, range.start)
                .is_some_and(|c| c.is_ascii_digit() || "四五六七八九十".contains(c));
        if !every && !numbered {
            let when = page.today.map_or(When::Unknown, |today| {
                month_part(today, &captures, counted.is_some())
            });
            named.push(Named::new(range, when));
        }
    }
}

fn find_numbered(page: &Page<'_>, named: &mut Vec<Named>) {
    for captures in NUMBERED.captures_iter(page.text) {
        let range = whole_match(&captures);
        let number = whole(&captures["day"]).filter(|day| (1..=31).contains(day));
        if let (Some(ahead), Some(number)) = (is_day_number(page.text, &range), number) {
            push(
                named,
                range,
                page.today
                    .and_then(|today| nearest_day_of_month(today, number, ahead)),
            );
        }
    }
}

/// The nearest day with this number in this or a neighboring month.
fn nearest_day_of_month(today: Date, number: i64, ahead: bool) -> Option<Date> {
    (-1..=1)
        .filter_map(|shift| add_months(Date::new(today.year(), today.month(), 1)?, shift))
        .filter_map(|first| {
            make(
                Some(i64::from(first.year())),
                Some(i64::from(first.month())),
                Some(number),
            )
        })
        .min_by_key(|&date| distance(today, date, ahead))
}

fn find_feasts(page: &Page<'_>, named: &mut Vec<Named>) {
    let text = page.text;
    for hit in FEASTS.find_iter(text) {
        let number =
            |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit() || "一二三四五六七八九.元块".contains(c));
        let word = before(text, hit.start()).is_some_and(|c| "十百千".contains(c));
        let nth = NTH_DAY.captures(&text[hit.end()..]);
        let days_long = text[hit.end()..].chars().nth(1) == Some('天');
        // 五一广场, 双11店: names of places.
        let place = ["广场", "路", "街", "大道", "中学", "小学", "公园", "新村", "桥"]
            .iter()
            .any(|word| text[hit.end()..].starts_with(word));
        let glued = number(after(text, hit.end())) && !days_long || place;
        if number(before(text, hit.start())) || glued || word {
            continue;
        }
        let ahead = is_ahead(text, hit.end());
        let year = YEAR_WORDS
            .iter()
            .find(|(word, _)| text[..hit.start()].trim_end_matches('的').ends_with(word));
        let start = year.map_or(hit.start(), |(word, _)| {
            text[..hit.start()].trim_end_matches('的').len() - word.len()
        });
        let first = page.today.and_then(|today| match year {
            Some(&(_, shift)) => feast_of(today.year() + shift, hit.as_str()),
            None => feast(today, hit.as_str(), ahead),
        });
        // 国庆第三天 is two days after the first.
        let end = hit.end() + nth.as_ref().map_or(0, |nth| nth[0].len());
        let later = nth.map_or(0, |nth| match nth.name("day") {
            Some(day) => whole(day.as_str()).map_or(0, |day| day - 1),
            None => -1,
        });
        push(named, start..end, first.and_then(|first| add_days(first, later)));
    }
}

/// Words before a feast that tell of which year it is.
const YEAR_WORDS: &[(&str, i16)] = &[("去年", -1), ("今年", 0), ("前年", -2), ("明年", 1)];

/// The feast in a year.
fn feast_of(year: i16, name: &str) -> Option<Date> {
    if let Some(&(_, month, number)) = FEAST_DAYS.iter().find(|(word, ..)| *word == name) {
        return Date::new(year, u8::try_from(month).ok()?, u8::try_from(number).ok()?);
    }
    match lunar::FESTIVALS.iter().find(|(word, ..)| *word == name) {
        Some(&(_, month, number)) => lunar::days_of(month, number).find(|day| day.year() == year),
        None => lunar::movable(name, year),
    }
}

fn feast(today: Date, name: &str, ahead: bool) -> Option<Date> {
    if let Some(&(_, month, number)) = FEAST_DAYS.iter().find(|(word, ..)| *word == name) {
        return nearest(today, month, number, ahead);
    }
    let closest =
        |days: &mut dyn Iterator<Item = Date>| days.min_by_key(|&date| distance(today, date, ahead));
    match lunar::FESTIVALS.iter().find(|(word, ..)| *word == name) {
        Some(&(_, month, number)) => closest(&mut lunar::days_of(month, number)),
        None => closest(&mut (-1..=1).filter_map(|shift| lunar::movable(name, today.year() + shift))),
    }
}

fn find_lunar(page: &Page<'_>, named: &mut Vec<Named>) {
    // 初六 alone is a day of the new year only where one was named before.
    let mut new_year = false;
    let winter = ["腊月", "正月", "年", "春节"]
        .iter()
        .any(|word| page.text.contains(word));
    for captures in LUNAR.captures_iter(page.text) {
        let range = whole_match(&captures);
        let part =
            page.text[..range.start].ends_with(|c: char| "一二三四五六七八九十第0123456789".contains(c));
        if &captures[0] == "三十晚上" && (!winter || part) {
            continue;
        }
        let month = captures.name("month").map(|month| month.as_str());
        let named_alone = captures.name("eve").is_some() || captures.name("spring").is_some();
        let bare = month.is_none() && !named_alone && captures.name("plain").is_none();
        if bare
            && !(new_year
                && captures.name("alone").is_some()
                && !page.text[..range.start].ends_with(['月', '最', '当']))
        {
            continue;
        }
        // 闰六月初三 is of a month that not every year has.
        if captures.name("plain").is_some() && (part || page.text[..range.start].ends_with('闰')) {
            continue;
        }
        // 三月初一直在修: the beginning of a month, and since then.
        let since = captures.name("tenth").is_some_and(|day| day.as_str() == "一")
            && after(page.text, range.end).is_some_and(|c| "直些样次个共起并律定旦".contains(c));
        if since {
            continue;
        }
        new_year |= named_alone || matches!(month, Some("大年" | "正月" | "腊月"));
        let ahead = is_ahead(page.text, range.end);
        push(
            named,
            range,
            page.today.and_then(|today| lunar_day(today, &captures, ahead)),
        );
    }
}

fn lunar_day(today: Date, captures: &Captures<'_>, ahead: bool) -> Option<Date> {
    let closest =
        |days: &mut dyn Iterator<Item = Date>| days.min_by_key(|&date| distance(today, date, ahead));
    if captures.name("eve").is_some() {
        return closest(&mut lunar::eves());
    }
    if captures.name("spring").is_some() {
        return closest(&mut lunar::days_of(1, 1));
    }
    let month = match (
        captures.name("month").map(|month| month.as_str()),
        captures.name("number").map(|number| number.as_str()),
    ) {
        _ if captures.name("plain").is_some() => u8::try_from(whole(&captures["plain"])?).ok()?,
        (_, Some("腊")) | (Some("腊月"), _) => 12,
        (_, Some("冬")) => 11,
        (_, Some("正")) => 1,
        (_, Some(number)) => u8::try_from(whole(number)?).ok()?,
        (Some("冬月"), _) => 11,
        _ => 1,
    };
    let words = captures
        .name("first")
        .or_else(|| captures.name("tenth"))
        .or_else(|| captures.name("alone"))
        .or_else(|| captures.name("rest"))?
        .as_str()
        .replace('廿', "二十");
    let number = u8::try_from(whole(&words)?).ok()?;
    if month == 1
        && number == 30
        && captures
            .name("month")
            .is_some_and(|month| month.as_str() == "大年")
    {
        return closest(&mut lunar::eves());
    }
    if let Some(year) = lunar_year(today, captures) {
        return lunar::days_of(month, number).find(|&day| lunar::year_of(day, month) == year);
    }
    closest(&mut lunar::days_of(month, number))
}

/// The year of the Chinese calendar that the words tell.
fn lunar_year(today: Date, captures: &Captures<'_>) -> Option<i16> {
    let words = captures.name("year").or_else(|| captures.name("lunar"))?.as_str();
    match YEAR_WORDS.iter().find(|(word, _)| *word == words) {
        Some((_, shift)) => Some(today.year() + shift),
        None => i16::try_from(super::numeral::spelled(words.trim_end_matches('年'))?).ok(),
    }
}

fn find_english(page: &Page<'_>, named: &mut Vec<Named>) {
    const NAMES: &[&str] = &[
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ];
    for captures in ENGLISH.captures_iter(page.text) {
        let wanted = NAMES
            .iter()
            .position(|name| *name == &captures["day"])
            .map_or(0, |at| at as i64);
        let weeks = match &captures["which"] {
            "last" => -1,
            "next" => 1,
            _ => 0,
        };
        let value = page
            .today
            .and_then(|today| add_days(today, weeks * 7 + wanted - weekday(today)));
        push(named, whole_match(&captures), value);
    }
}

fn whole_match(captures: &Captures<'_>) -> Range<usize> {
    captures.get(0).expect("group 0 always matches").range()
}

fn shift_of(word: &str) -> i64 {
    match word {
        "大前天" | "大前儿" | "大前儿个" => -3,
        "大后天" | "大后儿" | "大后儿个" => 3,
        "前天" | "前晚" | "前日" | "前儿" | "前儿个" => -2,
        "后天" | "后儿" | "后儿个" => 2,
        "yesterday" => -1,
        "tomorrow" => 1,
        _ if word.starts_with('昨') => -1,
        _ if word.starts_with('明') => 1,
        _ => 0,
    }
}

fn week_day(today: Date, captures: &Captures<'_>, ahead: bool) -> Option<Date> {
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
        None if ahead => i64::from(wanted < weekday(today)),
        None => -i64::from(wanted > weekday(today)),
    };
    add_days(monday, weeks * 7 + wanted)
}

fn counted(today: Date, captures: &Captures<'_>) -> Option<Date> {
    let sign = if &captures["way"] == "前" { -1 } else { 1 };
    let half = captures.name("half").is_some()
        || captures
            .name("number")
            .is_some_and(|number| number.as_str() == "半");
    let more = captures.name("later").is_some() || captures.name("tail").is_some();
    let number = match captures.name("number").filter(|number| number.as_str() != "半") {
        Some(number) => whole(number.as_str()).filter(|number| *number < 10_000)?,
        None => 0,
    };
    let halves = i64::from(half || more);
    match &captures["unit"] {
        "月" => add_days(add_months(today, sign * number)?, sign * 15 * halves),
        "年" => add_months(today, sign * (number * 12 + 6 * halves)),
        "天" | "日" if halves == 0 => add_days(today, sign * number),
        "周" | "星期" | "礼拜" if halves == 0 => add_days(today, sign * number * 7),
        _ => None,
    }
}

/// The month, or the day of it unless what follows it counts something.
fn month_part(today: Date, captures: &Captures<'_>, counted: bool) -> When {
    let year = i64::from(today.year());
    if let Some(bare) = captures.name("bare") {
        return match bare.as_str() {
            "月底" | "月末" => day(month_end(today)),
            "月头" | "月初" => When::Month(today.year(), today.month()),
            _ => day(make(Some(year), Some(12), Some(31))),
        };
    }
    let shift = match &captures["which"] {
        "上上" => -2,
        "上" => -1,
        "下" => 1,
        "下下" => 2,
        _ => 0,
    };
    let first = Date::new(today.year(), today.month(), 1).and_then(|first| add_months(first, shift));
    let Some(first) = first else { return When::Unknown };
    match (
        captures
            .name("day")
            .or_else(|| captures.name("plain").filter(|_| !counted)),
        captures.name("part").map(|part| part.as_str()),
    ) {
        (Some(number), _) => {
            let number = whole(number.as_str());
            make(
                Some(i64::from(first.year())),
                Some(i64::from(first.month())),
                number,
            )
            .map_or(When::Impossible, When::Day)
        }
        (None, Some("底" | "末")) => day(month_end(first)),
        _ => When::Month(first.year(), first.month()),
    }
}

/// Whether a digit and a point stand before.
fn is_after_point(text: &str, start: usize) -> bool {
    let rest = text[..start].strip_suffix(['.', '·']);
    rest.is_some_and(|rest| rest.ends_with(|c: char| c.is_ascii_digit()))
}

/// Whether "8号" is a day rather than a house, a line or a table; and whether it lies ahead.
pub(super) fn is_day_number(text: &str, range: &Range<usize>) -> Option<bool> {
    let lead = before(text, range.start);
    let tail = &text[range.end..];
    let free = lead.is_none_or(|c| {
        !c.is_ascii_alphanumeric() && !"第一二三四五六七八九十零百月栋楼去排座桌车线台窗幢口".contains(c)
    });
    // 窗口换到8号: a number of what is changed.
    let free = free && !text[..range.start].ends_with("换到");
    // 3.5号 is no fifth day.
    let free = free && !is_after_point(text, range.start);
    let other = [
        "楼", "线", "桌", "台", "店", "门", "窗", "车", "房", "床", "电", "机", "柜", "院", "库", "字",
        "说得", "坐席", "客服", "公馆", "馆", "厅", "井", "口", "球", "位", "码", "仓", "站", "地", "棚",
        "展", "包", "厢",
    ];
    // 日 alone names a day only before a part of the day or a limit.
    let day = !text[range.clone()].ends_with('日')
        || matches!(lead, Some('至'))
        || [
            "早", "晚", "上午", "下午", "中午", "凌晨", "前", "之前", "起", ",",
        ]
        .iter()
        .any(|word| tail.starts_with(word))
            && !lead.is_some_and(|c| "每半今明昨次当节生假工休往近前本隔同某平".contains(c));
    let plain = free && day && !other.iter().any(|word| tail.starts_with(word));
    let strong = [
        "前", "之前", "以前", "后", "到", "下", "发", "买", "晚", "早", "上午", "中午", "凌晨", "就", "我",
        "的", "才", "那天", ",", "。", "签", "寄", "交", "付", "送", "来", "取", "退", "停", "开", "结",
        "还", "打", "报", "约", "上门", "修", "办", "装", "能", "可以", "给", "安排", "恢复", "派", "把",
        "你", "他", "她", "今", "又", "再", "扣", "去", "订", "定", "提", "刷", "拿", "申",
    ];
    let follows = tail.is_empty() || strong.iter().any(|word| tail.starts_with(word));
    (plain && follows).then(|| is_ahead(text, range.end))
}
