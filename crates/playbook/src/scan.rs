//! Finding words, amounts, numbers and personal data in a message, as spans of code points.

use domain::{Money, Span};

/// Every place where one of the words stands, in order; `text` and `words` share their letter case.
pub(crate) fn find_words(text: &str, words: &[String]) -> Vec<Span> {
    let mut spans: Vec<Span> = words
        .iter()
        .filter(|word| !word.is_empty())
        .flat_map(|word| text.match_indices(word.as_str()))
        .map(|(start, word)| to_span(text, start, start + word.len()))
        .collect();
    spans.sort();
    spans.dedup_by(|later, earlier| later.start < earlier.end);
    spans
}

/// The code points between two byte offsets.
fn to_span(text: &str, start: usize, end: usize) -> Span {
    let count = |text: &str| u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    let first = count(&text[..start]);
    Span {
        start: first,
        end: first + count(&text[start..end]),
    }
}

/// Runs of digits with an optional fraction and thousands commas: the byte range and the digits.
fn digit_runs(text: &str) -> Vec<(usize, usize)> {
    let bytes = text.as_bytes();
    let mut runs = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        while at < bytes.len() && continues_number(bytes, at, start) {
            at += 1;
        }
        if at > start {
            runs.push((start, at));
        } else {
            at += 1;
        }
    }
    runs
}

/// Digits go on; a point or comma goes on only between digits.
fn continues_number(bytes: &[u8], at: usize, start: usize) -> bool {
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    digit(at) || (at > start && matches!(bytes[at], b'.' | b',') && digit(at + 1) && digit(at - 1))
}

/// Every number with its digits, thousands commas taken out.
pub(crate) fn find_numbers(text: &str) -> Vec<(Span, String)> {
    let runs = digit_runs(text).into_iter();
    runs.map(|(start, end)| (to_span(text, start, end), text[start..end].replace(',', "")))
        .collect()
}

/// Every amount of renminbi: digits before 元, 块, 万 or yuan, or after ¥, ￥, rmb or cny.
pub(crate) fn find_amounts(text: &str) -> Vec<(Span, Money)> {
    let mut amounts = Vec::new();
    for (start, end) in digit_runs(text) {
        let (before, after) = (text[..start].trim_end(), text[end..].trim_start());
        let marked = ["¥", "￥", "rmb", "cny"]
            .iter()
            .any(|mark| before.ends_with(mark));
        let unit = ["元", "块", "yuan", "万", "千"]
            .iter()
            .find(|unit| after.starts_with(**unit));
        let scale = match unit {
            Some(&"万") => 10_000,
            Some(&"千") => 1_000,
            Some(_) => 1,
            None if marked => 1,
            None => continue,
        };
        let number = text[start..end].replace(',', "");
        // More digits than an amount can have is still more than anybody may grant.
        let minor = number
            .parse::<f64>()
            .map_or(i64::MAX, |yuan| (yuan * 100.0 * f64::from(scale)) as i64);
        amounts.push((to_span(text, start, end), Money::fen(minor)));
    }
    amounts
}

/// Phone, identity and card numbers, and e-mail addresses.
pub(crate) fn find_personal_data(text: &str) -> Vec<Span> {
    let numbers = number_like(text)
        .into_iter()
        .filter(|(start, end)| is_personal_number(&text[*start..*end]));
    let mut spans: Vec<Span> = numbers.map(|(start, end)| to_span(text, start, end)).collect();
    spans.extend(find_addresses(text));
    spans.sort();
    spans
}

/// Runs of digits that may be parted by single spaces or hyphens and end in X.
fn number_like(text: &str) -> Vec<(usize, usize)> {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut runs = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !digit(at) {
            at += 1;
            continue;
        }
        let start = at;
        while digit(at) || (bytes.get(at).is_some_and(|b| matches!(b, b' ' | b'-')) && digit(at + 1)) {
            at += 1;
        }
        if bytes.get(at).is_some_and(|b| matches!(b, b'x' | b'X')) && at - start == 17 {
            at += 1;
        }
        runs.push((start, at));
    }
    runs
}

fn is_personal_number(run: &str) -> bool {
    let digits: String = run.chars().filter(|c| c.is_ascii_alphanumeric()).collect();
    let mobile = digits.len() == 11 && digits.starts_with('1') && matches!(digits.as_bytes()[1], b'3'..=b'9');
    let identity = digits.len() == 18 && (digits[6..].starts_with("19") || digits[6..].starts_with("20"));
    let card = (16..=19).contains(&digits.len()) && passes_luhn(&digits);
    mobile || identity || card
}

/// The check digit of bank cards (ISO/IEC 7812).
fn passes_luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, byte)| {
            let digit = u32::from(byte.wrapping_sub(b'0'));
            match place % 2 {
                0 => digit,
                _ => (digit * 2) / 10 + (digit * 2) % 10,
            }
        })
        .sum();
    digits.bytes().all(|byte| byte.is_ascii_digit()) && sum.is_multiple_of(10)
}

/// Something at something with a dot behind the sign.
fn find_addresses(text: &str) -> Vec<Span> {
    let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+');
    let mut spans = Vec::new();
    for (at, _) in text.match_indices('@') {
        let start = text[..at].trim_end_matches(part).len();
        let behind = &text[at + 1..];
        let end = at + 1 + (behind.len() - behind.trim_start_matches(part).len());
        if start < at && text[at + 1..end].contains('.') {
            spans.push(to_span(text, start, end));
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_with_unit_or_mark() {
        let found = |text: &str| {
            find_amounts(text)
                .into_iter()
                .map(|(_, m)| m.minor)
                .collect::<Vec<_>>()
        };
        assert_eq!(found("赔您500元,另加￥1,200.50"), [50_000, 120_050]);
        assert_eq!(found("赔 2万"), [2_000_000]);
        assert_eq!(found("3天内,单号8812"), Vec::<i64>::new());
    }

    #[test]
    fn personal_data_is_seen_and_order_numbers_are_not() {
        let found = |text: &str| find_personal_data(text).len();
        assert_eq!(found("打13800138000或写a.b@example.com"), 2);
        assert_eq!(found("身份证11010119900101001X"), 1);
        assert_eq!(found("138-0013-8000"), 1);
        assert_eq!(found("订单20261122001,2026年"), 0);
    }

    #[test]
    fn spans_count_code_points() {
        let spans = find_words("好😡冷静一下", &["冷静一下".to_owned(), "静一下".to_owned()]);
        assert_eq!(spans, [Span { start: 2, end: 6 }]);
    }
}
