//! Numbers as people write them: 1,299.5, 1.2万, 三百二, 一万二, 两千八百五十, 半.

/// A regular expression for such a number, to be put into larger ones.
pub(super) const NUMBER: &str = r"(?:[0-9]{1,4}[万千百](?:零?[0-9]{1,3}[千百十]?|零?[一二两三四五六七八九][千百十]){1,3}|[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?[十百千万亿wk]{0,2}|[零〇一二两俩仨三四五六七八九十廿卅百千万亿半几壹贰叁肆伍陆柒捌玖拾佰仟]+)";

/// The value in hundredths. Nothing when it is no exact number (几百) or too large.
pub(super) fn hundredths(words: &str) -> Option<i64> {
    if words.contains(['廿', '卅']) {
        return hundredths(&words.replace('廿', "二十").replace('卅', "三十"));
    }
    match words.chars().next()? {
        '0'..='9' => mixed(words).or_else(|| arabic(words)),
        _ => chinese(words),
    }
}

/// The value when it is a whole number.
pub(super) fn whole(words: &str) -> Option<i64> {
    let hundredths = hundredths(words)?;
    (hundredths % 100 == 0).then_some(hundredths / 100)
}

/// The value of a sequence of single numerals such as 二〇二六.
pub(super) fn spelled(words: &str) -> Option<i64> {
    words.chars().try_fold(0i64, |value, c| match c {
        '0'..='9' => value
            .checked_mul(10)?
            .checked_add(i64::from(u32::from(c) - u32::from('0'))),
        _ => value.checked_mul(10)?.checked_add(digit_of(c)?),
    })
}

/// The value of a single Chinese numeral.
pub(super) fn digit_of(c: char) -> Option<i64> {
    Some(match c {
        '零' | '〇' => 0,
        '一' | '幺' | '壹' => 1,
        '二' | '两' | '俩' | '贰' => 2,
        '三' | '仨' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

/// The two numbers of 二三十 or 七八百: digits that follow each other stand for a range.
pub(super) fn pair(words: &str) -> Option<(String, String)> {
    let chars: Vec<char> = words.chars().collect();
    let at = chars
        .windows(2)
        .position(|two| match (digit_of(two[0]), digit_of(two[1])) {
            (Some(low), Some(high)) => low > 0 && (high == low + 1 || low == 3 && high == 5),
            _ => false,
        })?;
    let without = |gone: usize| {
        chars
            .iter()
            .enumerate()
            .filter(|(index, _)| *index != gone)
            .map(|(_, c)| *c)
            .collect()
    };
    Some((without(at + 1), without(at)))
}

fn unit_of(c: char) -> Option<i64> {
    Some(match c {
        '十' | '拾' => 10,
        '百' | '佰' => 100,
        '千' | '仟' | 'k' => 1000,
        '万' | 'w' => 10_000,
        '亿' => 100_000_000,
        _ => return None,
    })
}

/// 3万5千, 13万6 and 3万零8百: digits before several units.
fn mixed(words: &str) -> Option<i64> {
    let (mut total, mut digits, mut last) = (0i64, None::<i64>, 0i64);
    let (mut units, mut gap) = (0, false);
    for c in words.chars() {
        if let Some(digit) = c.to_digit(10).map(i64::from).or_else(|| digit_of(c)) {
            gap |= c == '零';
            digits = if c == '零' {
                digits
            } else {
                Some(digits.unwrap_or(0).checked_mul(10)?.checked_add(digit)?)
            };
        } else {
            last = unit_of(c).filter(|unit| c.is_alphabetic() && (last == 0 || *unit < last))?;
            total = total.checked_add(digits.take()?.checked_mul(last)?)?;
            (units, gap) = (units + 1, false);
        }
    }
    let rest = match digits {
        Some(rest) if rest < 10 && !gap => rest.checked_mul(last / 10)?,
        rest => rest.unwrap_or(0),
    };
    let many = units > 1 || units == 1 && digits.is_some();
    many.then(|| total.checked_add(rest)?.checked_mul(100)).flatten()
}

fn arabic(words: &str) -> Option<i64> {
    let end = words
        .find(|c: char| !matches!(c, '0'..='9' | ',' | '.'))
        .unwrap_or(words.len());
    let (figures, units) = words.split_at(end);
    let figures = figures.replace(',', "");
    let (integer, fraction) = figures.split_once('.').unwrap_or((&figures, ""));
    let factor = units
        .chars()
        .try_fold(1i64, |factor, c| factor.checked_mul(unit_of(c)?))?;
    if fraction.len() > 8 {
        return None;
    }
    let scale = 10i64.checked_pow(u32::try_from(fraction.len()).ok()?)?;
    let fraction: i64 = if fraction.is_empty() {
        0
    } else {
        fraction.parse().ok()?
    };
    let scaled = integer
        .parse::<i64>()
        .ok()?
        .checked_mul(scale)?
        .checked_add(fraction)?;
    let product = i128::from(scaled) * i128::from(factor) * 100;
    (product % i128::from(scale) == 0)
        .then(|| i64::try_from(product / i128::from(scale)).ok())
        .flatten()
}

fn chinese(words: &str) -> Option<i64> {
    if words == "半" {
        return Some(50);
    }
    let (mut total, mut section, mut digit) = (0i64, 0i64, None);
    let mut last_unit = 1i64;
    let mut gap = false;
    for c in words.chars() {
        if let Some(value) = digit_of(c) {
            if digit.is_some() {
                return None;
            }
            gap |= value == 0;
            digit = (value != 0).then_some(value);
            continue;
        }
        let unit = unit_of(c)?;
        let count = digit.take();
        if unit >= 10_000 {
            let below = section.checked_add(count.unwrap_or(0))?;
            if below == 0 {
                return None;
            }
            total = total.checked_add(below)?.checked_mul(unit)?;
            section = 0;
        } else {
            // 十五 is 15; 百 alone is no number.
            let count = count.or((unit == 10).then_some(1))?;
            section = section.checked_add(count.checked_mul(unit)?)?;
        }
        (last_unit, gap) = (unit, false);
    }
    // 三百二 is 320 and 一万二 is 12000, but 三百零二 is 302.
    let rest = digit.unwrap_or(0);
    let rest = if last_unit >= 100 && !gap {
        rest.checked_mul(last_unit / 10)?
    } else {
        rest
    };
    total.checked_add(section)?.checked_add(rest)?.checked_mul(100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_people_write() {
        for (words, value) in [
            ("299", 29_900),
            ("1,299.5", 129_950),
            ("0.05", 5),
            ("1.2万", 1_200_000),
            ("3千", 300_000),
            ("5w", 5_000_000),
            ("三百二", 32_000),
            ("三百零二", 30_200),
            ("一万二", 1_200_000),
            ("两千八百五十", 285_000),
            ("十五", 1500),
            ("二十", 2000),
            ("一百零五", 10_500),
            ("十二万三千", 12_300_000),
            ("三亿", 30_000_000_000),
            ("八", 800),
            ("半", 50),
            ("3万5千", 3_500_000),
            ("13万6", 13_600_000),
            ("3万零8百", 3_080_000),
            ("俩", 200),
            ("零", 0),
            ("廿六", 2600),
            ("4k5", 450_000),
        ] {
            assert_eq!(hundredths(words), Some(value), "{words}");
        }
        for words in [
            "几百",
            "一二",
            "百",
            "万",
            "99999999999999999999",
            "9万亿亿",
            "1.234",
            "半百",
        ] {
            assert_eq!(hundredths(words), None, "{words}");
        }
        assert_eq!(spelled("二〇二六"), Some(2026));
        assert_eq!(whole("1.5"), None);
    }
}
