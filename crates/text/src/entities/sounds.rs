//! Digits that were misheard or disguised: 么 and 腰 for 幺, and letters that look like digits. Both count only where
//! the whole makes a number of a person.

use super::digits::{after, before};
use super::phone::{is_mobile, is_told};
use super::runs::{Digit, value_of};

/// What keyboards and listeners write for 幺.
pub(super) const ONES: &str = "么腰要妖邀夭吆药";
/// With fewer true digits letters are no number.
pub(super) const FEWEST_DIGITS: usize = 3;

/// No number is longer, with what parts it.
const LONGEST: usize = 48;
/// The digits of a mobile number.
const MOBILE: usize = 11;

/// Whether the character at this byte stands for 幺: in front of a whole number, within one, or as its last digit.
pub(super) fn is_one(text: &str, run: &[Digit], at: usize) -> bool {
    let width = after(text, at).map_or(0, char::len_utf8);
    let ahead = digits_ahead(&text[at + width..]);
    let touching = run
        .last()
        .is_some_and(|last| text[last.end..at].chars().all(|c| matches!(c, ' ' | ',' | '-')));
    if is_mobile(&ahead) {
        return false;
    }
    let behind = if touching {
        super::runs::spell(run)
    } else {
        String::new()
    };
    let whole = format!("{behind}1{ahead}");
    let national = whole.strip_prefix("86").unwrap_or(&whole);
    let personal = is_mobile(national) || whole.len() == 18 || is_landline(national);
    if behind.is_empty() {
        // 什么, 需要 and 主要 are words.
        let word = before(text, at).is_some_and(|c| "什怎这那多需主想不只就还".contains(c));
        let half = (5..MOBILE).contains(&whole.len()) && is_mobile_head(&whole) && is_told(text, at);
        return !word && (personal || half);
    }
    let spoken =
        |c: Option<char>| c.is_some_and(|c| !c.is_ascii() && value_of(c).is_some() || ONES.contains(c));
    let inside = spoken(before(text, at)) && (ahead.is_empty() || spoken(after(text, at + width)));
    inside && (personal || !ahead.is_empty() && run.len() >= 3 && whole.len() >= MOBILE)
}

fn is_mobile_head(digits: &str) -> bool {
    digits.as_bytes()[0] == b'1' && (b'3'..=b'9').contains(&digits.as_bytes()[1])
}

fn is_landline(digits: &str) -> bool {
    let bytes = digits.as_bytes();
    (11..=12).contains(&bytes.len()) && bytes[0] == b'0' && bytes[1] != b'0'
}

/// The digits from here on up to the first word, with what sounds like one.
fn digits_ahead(rest: &str) -> String {
    let mut digits = String::new();
    let mut chars = rest.chars().take(LONGEST).peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied();
        match value_of(c) {
            Some(value) => digits.push(char::from(value)),
            None if ONES.contains(c) && next.and_then(value_of).is_some() => digits.push('1'),
            None if ONES.contains(c) && digits.len() + 2 == MOBILE => digits.push('1'),
            None if matches!(c, 'x' | '叉') && digits.len() >= 16 => digits.push('x'),
            None if matches!(c, ' ' | ',' | '-' | '、') => {}
            None => break,
        }
    }
    digits
}

/// The digit that a letter at this byte stands for in a mobile number written so to pass a filter.
pub(super) fn lookalike(text: &str, at: usize) -> Option<u8> {
    let bytes = text.as_bytes();
    let value = plain_value(bytes[at]).or_else(|| odd_value(bytes[at]))?;
    let (start, end) = disguised(bytes, at)?;
    let word: Vec<u8> = bytes[start..end]
        .iter()
        .copied()
        .filter(u8::is_ascii_alphanumeric)
        .collect();
    let odd = word.iter().any(|&byte| odd_value(byte).is_some());
    let digits = word.iter().filter(|byte| byte.is_ascii_digit()).count();
    let spell = |byte: &u8| plain_value(*byte).or_else(|| odd_value(*byte)).unwrap_or(*byte);
    let number: String = word.iter().map(spell).map(char::from).collect();
    let parted = word.len() < end - start;
    let told = || is_told(text, start);
    let sure = match (odd, parted) {
        (false, false) => digits >= FEWEST_DIGITS,
        (false, true) => digits >= FEWEST_DIGITS && told(),
        (true, _) => digits >= 5 && told(),
    };
    let many = !odd && !parted && digits >= 5;
    (sure && (many || is_mobile(&number))).then_some(value)
}

/// Letters that are taken for digits wherever the whole is a number.
fn plain_value(byte: u8) -> Option<u8> {
    match byte {
        b'o' => Some(b'0'),
        b'l' | b'i' => Some(b'1'),
        _ => None,
    }
}

/// Letters that are taken for digits only after a word for telephone.
fn odd_value(byte: u8) -> Option<u8> {
    match byte {
        b'z' => Some(b'2'),
        b's' => Some(b'5'),
        b'b' => Some(b'8'),
        b'q' | b'g' => Some(b'9'),
        _ => None,
    }
}

/// The eleven letters and digits around this byte, with single marks between, when nothing else touches them.
fn disguised(bytes: &[u8], at: usize) -> Option<(usize, usize)> {
    let part =
        |byte: &u8| byte.is_ascii_digit() || plain_value(*byte).is_some() || odd_value(*byte).is_some();
    let mark = |byte: &u8| matches!(byte, b' ' | b'-' | b'.');
    let (mut start, mut count) = (at, 1);
    while let Some(byte) = start.checked_sub(1).map(|last| &bytes[last]) {
        let parted = mark(byte) && start >= 2 && part(&bytes[start - 2]) && goes_on(bytes, start - 2);
        if count > MOBILE || !(part(byte) || parted) {
            break;
        }
        count += usize::from(part(byte));
        start -= 1;
    }
    let mut end = at + 1;
    while let Some(byte) = bytes.get(end) {
        let parted = mark(byte) && bytes.get(end + 1).is_some_and(part) && count < MOBILE;
        if count > MOBILE || !(part(byte) || parted) {
            break;
        }
        count += usize::from(part(byte));
        end += 1;
    }
    let word = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    let free = !word(start.checked_sub(1).map(|last| &bytes[last])) && !word(bytes.get(end));
    (count == MOBILE && free).then_some((start, end))
}

/// Whether the word that ends at this byte is of nothing but digits and letters like them.
fn goes_on(bytes: &[u8], last: usize) -> bool {
    let word = bytes[..=last]
        .iter()
        .rev()
        .take_while(|byte| byte.is_ascii_alphanumeric())
        .take(MOBILE);
    word.clone().any(u8::is_ascii_digit)
        && word
            .into_iter()
            .all(|&byte| byte.is_ascii_digit() || plain_value(byte).is_some() || odd_value(byte).is_some())
}

#[cfg(test)]
mod tests {
    use super::super::runs::runs;

    #[test]
    fn letters_and_sounds_count_only_in_a_number() {
        for text in [
            "什么三四五六",
            "腰三腰四椎间盘,三五天",
            "要五个三个八个",
            "oil 500 lol 12",
            "soil l0 gloss 3",
        ] {
            assert!(runs(text).is_empty(), "{text}");
        }
    }
}
