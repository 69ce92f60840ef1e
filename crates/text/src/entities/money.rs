//! Amounts of money: with a sign or unit, or bare after a word that speaks of paying.

use std::ops::Range;
use std::sync::LazyLock;

use domain::{Currency, Doubt, EntityKind, EntityValue, Money};
use regex::{Captures, Regex};

use super::digits::{after, before, stands_alone};
use super::numeral::{NUMBER, digit_of, hundredths};
use super::signs::{Cue, Signs};
use super::{Finder, Found, Page};

/// Looks for amounts.
pub(super) const FINDER: Finder = Finder {
    wanted: |signs: &Signs| {
        signs.numbers() && (signs.has(Cue::Money) || signs.has(Cue::Dime) || signs.has(Cue::Paid))
    },
    find,
};

const UNITS: &str = "元钱|元|块钱|块|圆|刀|人民币|rmb|cny|美元|美金|美刀|usd|欧元|欧|eur|英镑|gbp|日元|日币|jpy|港币|港元|hkd|韩元|韩币|krw|澳元|aud|新台币|台币";
const SIGNS: &str = r"¥|rmb|人民币|us\$|hk\$|\$|€|£|usd|cny|eur|hkd";

/// A sign, then a number.
static SIGNED: LazyLock<Regex> =
    LazyLock::new(|| regex(&format!(r"(?P<sign>{SIGNS}) ?(?P<number>{NUMBER})(?:元|块)?")));
/// A number, then a unit, perhaps with dimes after it; a range has a second number before the unit.
static UNITED: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"(?:(?P<low>{NUMBER}) ?(?:-|~|—|到|至) ?)?(?P<number>{NUMBER}) ?(?:[多余来几] ?)?(?P<unit>{UNITS})(?:(?P<dime>[0-9一二两三四五六七八九])(?:[毛角](?:(?P<cent>[0-9一二三四五六七八九])分?)?)?)?"
    ))
});
/// Dimes alone.
static DIMES: LazyLock<Regex> = LazyLock::new(|| regex(r"(?P<dime>[0-9一二两三四五六七八九])[毛角](?:钱)?"));
/// A bare number after a word that speaks of paying.
static PAID: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"(?:赔偿?|退款?|退还|退回|花费?|付款?|支付|扣款?|收费?|多收|交|充值?|转账|转了|打款|涨到|降到|涨了|降了|价格?|售价|原价|优惠价|总价|单价|金额|押金|定金|订金|违约金|保证金|手续费|服务费|运费|学费|会费|年费|月费|费用?|补偿|罚款?|损失|欠|贵|便宜|才|只要|工资|预算|满|减|低消|办了?张?)(?:从|了|我|他|你|您|咱|过|给|到|掉|走|出|进|去|是|为|要|人家|将近|近|约|大概|大约|差不多|至少|起码|快|共|合计|:| |款){{0,4}}(?P<number>{NUMBER})(?:多|余)?"
    ))
});

/// What makes a bare number a count of something else.
const COUNTED: &str = "个次天月年日号小分秒点人件条张单辆台名字米平公斤克度%‰成倍份家回遍周岁期集层楼级位项颗粒箱盒瓶袋包双只把根套本页章刻钟星米种批斤吨升k-./:折钱下通口顿趟局盘杯碗篇段句幅场课节门间种股元块角毛";
/// What makes a "块" a piece of something.
const PIECES: &str = "电屏板肉表蛋砖玻地瓷豆糖面皮儿钱手布牌石木巧饼香毛肥污斑黑白红";
/// What may follow "元" in another word.
const NOT_YUAN: &str = "旦宵素气老件凶勋帅首月";

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a fixed pattern")
}

fn find(page: &Page<'_>, found: &mut Vec<Found>) {
    let text = page.text;
    if page.signs.has(Cue::Money) {
        for captures in SIGNED.captures_iter(text) {
            let currency = currency_of(&captures["sign"]);
            push(
                found,
                whole_match(&captures),
                amount(&captures["number"]),
                currency,
            );
        }
        for captures in UNITED.captures_iter(text) {
            find_united(text, &captures, found);
        }
    }
    if page.signs.has(Cue::Dime) {
        find_dimes(text, found);
    }
    if page.signs.has(Cue::Paid) {
        find_paid(text, found);
    }
}

fn find_dimes(text: &str, found: &mut Vec<Found>) {
    for captures in DIMES.captures_iter(text) {
        let range = whole_match(&captures);
        let value = one_digit(&captures["dime"]).map(|dime| dime * 10);
        let word = before(text, range.start).is_some_and(|c| c.is_ascii_digit() || "第、".contains(c));
        let shape = after(text, range.end).is_some_and(|c| "形度落色线尖钱".contains(c));
        if !word && !shape {
            push(found, range, Amount::Exact(value.unwrap_or(0)), Currency::CNY);
        }
    }
}

fn find_paid(text: &str, found: &mut Vec<Found>) {
    for captures in PAID.captures_iter(text) {
        let Some(number) = captures.name("number") else {
            continue;
        };
        let range = trim_number(text, number.range());
        let counted =
            after(text, range.end).is_some_and(|c| COUNTED.contains(c) || c.is_ascii_alphanumeric());
        let exact = amount(&text[range.clone()]);
        let worth = matches!(exact, Amount::Exact(value) if value >= 1000);
        if !counted && worth && stands_alone(text, range.start, range.end) {
            push(found, range, exact, Currency::CNY);
        }
    }
}

fn find_united(text: &str, captures: &Captures<'_>, found: &mut Vec<Found>) {
    let (range, unit) = (whole_match(captures), &captures["unit"]);
    let number = captures.name("number").expect("the pattern has a number");
    let next = after(text, range.end);
    let other_word = match unit {
        "元" => next.is_some_and(|c| NOT_YUAN.contains(c)),
        "块" => captures.name("dime").is_none() && is_piece(&text[number.range()], next),
        "欧" | "刀" => {
            next.is_some_and(|c| "洲美式冠片具法".contains(c))
                || !number.as_str().starts_with(|c: char| c.is_ascii_digit())
        }
        _ => false,
    };
    if other_word || before(text, range.start) == Some('第') {
        return;
    }
    let currency = currency_of(unit);
    let mut start = range.start;
    if let Some(low) = captures.name("low") {
        let low_amount = amount(low.as_str());
        if matches!(low_amount, Amount::Exact(_)) {
            push(found, low.range(), low_amount, currency);
        }
        start = number.start();
    }
    let value = match (amount(number.as_str()), captures.name("dime")) {
        (Amount::Exact(value), Some(dime)) if value % 100 == 0 => {
            let dimes = one_digit(dime.as_str()).unwrap_or(0) * 10;
            let cents = captures
                .name("cent")
                .and_then(|cent| one_digit(cent.as_str()))
                .unwrap_or(0);
            Amount::Exact(value.saturating_add(dimes + cents))
        }
        (value, _) => value,
    };
    push(found, start..range.end, value, currency);
}

/// An amount as far as it can be known.
#[derive(Clone, Copy)]
enum Amount {
    Exact(i64),
    Vague,
    TooLarge,
}

fn amount(words: &str) -> Amount {
    match hundredths(words) {
        Some(value) => Amount::Exact(value),
        None if words.contains(['几', '半']) || words.contains('.') && words.len() < 18 => Amount::Vague,
        None if words.chars().filter(char::is_ascii_digit).count() > 14 || words.contains('亿') => {
            Amount::TooLarge
        }
        None => Amount::Vague,
    }
}

fn push(found: &mut Vec<Found>, range: Range<usize>, amount: Amount, currency: Currency) {
    let value = match amount {
        Amount::Exact(minor) => Some(EntityValue::Money(Money { minor, currency })),
        _ => None,
    };
    let mut one = Found::shaped(EntityKind::Money, range, value);
    one.doubt = matches!(amount, Amount::TooLarge).then_some(Doubt::AmountOverflow);
    found.push(one);
}

fn whole_match(captures: &Captures<'_>) -> Range<usize> {
    captures.get(0).expect("group 0 always matches").range()
}

/// Whether "一块…" goes on as a piece of something or as "together".
fn is_piece(number: &str, next: Option<char>) -> bool {
    let small = number.chars().count() == 1 && !number.starts_with(|c: char| c.is_ascii_digit());
    match next {
        None => false,
        Some(c) if PIECES.contains(c) => true,
        Some(c) => small && c.is_alphanumeric() && !"的了都就吧呢多一也".contains(c),
    }
}

fn one_digit(words: &str) -> Option<i64> {
    let c = words.chars().next()?;
    c.to_digit(10).map(i64::from).or_else(|| digit_of(c))
}

/// The number without a vague head or tail such as in 一两百.
fn trim_number(text: &str, range: Range<usize>) -> Range<usize> {
    let words = text[range.clone()].trim_end_matches(['.', ',']);
    range.start..range.start + words.len()
}

fn currency_of(unit: &str) -> Currency {
    let code = match unit {
        "美元" | "美金" | "美刀" | "usd" | "us$" | "$" | "刀" => "USD",
        "欧元" | "欧" | "eur" | "€" => "EUR",
        "英镑" | "gbp" | "£" => "GBP",
        "日元" | "日币" | "jpy" => "JPY",
        "港币" | "港元" | "hkd" | "hk$" => "HKD",
        "韩元" | "韩币" | "krw" => "KRW",
        "澳元" | "aud" => "AUD",
        "新台币" | "台币" => "TWD",
        _ => return Currency::CNY,
    };
    Currency::from_code(code).unwrap_or(Currency::CNY)
}
