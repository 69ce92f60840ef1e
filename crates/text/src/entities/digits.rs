//! Digits inside a match: their value without separators, check digits, and what stands beside a match.

/// Whether the digits satisfy the Luhn formula (ISO/IEC 7812-1); needs at least two.
pub(super) fn passes_luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, byte)| {
            let digit = u32::from(byte - b'0');
            match (place % 2, digit * 2) {
                (0, _) => digit,
                (_, double) if double > 9 => double - 9,
                (_, double) => double,
            }
        })
        .sum();
    digits.len() > 1 && digits.bytes().all(|byte| byte.is_ascii_digit()) && sum.is_multiple_of(10)
}

/// The character before this byte.
pub(super) fn before(text: &str, byte: usize) -> Option<char> {
    text[..byte].chars().next_back()
}

/// The character that starts at this byte.
pub(super) fn after(text: &str, byte: usize) -> Option<char> {
    text[byte..].chars().next()
}

/// Whether the range is not part of a longer number.
pub(super) fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let tail = &text[end..];
    let goes_on = tail
        .strip_prefix(['.', '-'])
        .is_some_and(|rest| digit(rest.chars().next()));
    !digit(before(text, start)) && !digit(after(text, end)) && !goes_on
}

/// Up to `count` characters before this byte.
pub(super) fn lead(text: &str, byte: usize, count: usize) -> &str {
    let head = &text[..byte];
    let start = head
        .char_indices()
        .rev()
        .nth(count.saturating_sub(1))
        .map_or(0, |(at, _)| at);
    if count == 0 { "" } else { &head[start..] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn luhn_formula() {
        assert!(passes_luhn("79927398713"));
        assert!(!passes_luhn("79927398710"));
        assert!(!passes_luhn("") && !passes_luhn("0") && !passes_luhn("7992739871x"));
    }

    #[test]
    fn neighbors() {
        assert_eq!(lead("手机号123", 9, 2), "机号");
        assert_eq!(lead("手", 3, 5), "手");
        assert!(!stands_alone("a123b4", 2, 3) && stands_alone("a123b4", 1, 4));
        assert!(!stands_alone("12.5", 0, 2));
    }
}
