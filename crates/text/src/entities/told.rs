//! Codes that follow a word naming them, such as `账号: ab_12`, or stand right before it.

use std::ops::Range;

use regex::Regex;

use super::Page;
use super::digits::{after, before};

/// The pattern of a code told by one of `words`; group 1 is the code.
pub(super) fn told_pattern(words: &str, code: &str) -> Regex {
    let between = r"(?:号码|编号|账号|号|码|id|no\.?|number|(?:你|您)?(?:拼|记)一下,?|是|为|叫|就是|也是|写的|写着|给的|报的|:|#| |=|\(|“|\x22|我的|他的|她的|的)";
    Regex::new(&format!("(?:{words}){between}{{0,5}}({code})")).expect("a fixed pattern")
}

/// The pattern of a code that stands before one of `words`; group 1 is the code.
pub(super) fn foretold_pattern(words: &str, code: &str) -> Regex {
    Regex::new(&format!(
        "({code})(?:,|、| |是|的|这个|这是|我的|他的|她的|就是|,){{0,3}}(?:{words})"
    ))
    .expect("a fixed pattern")
}

/// A code and its place in the text.
pub(super) struct Told {
    /// The bytes of the text.
    pub(super) bytes: Range<usize>,
    /// The code without spaces.
    pub(super) words: String,
    /// What stands after it.
    pub(super) next: Option<char>,
}

/// The codes in the text that do not go on in letters or digits and that are no count of something, also where the
/// text is spread out by spaces.
pub(super) fn told_codes(pattern: &Regex, page: &Page<'_>) -> Vec<Told> {
    let mut codes = Vec::new();
    collect(pattern, page.text, |bytes| bytes, &mut codes);
    if let Some(compact) = &page.compact {
        collect(pattern, compact.text(), |bytes| compact.home(&bytes), &mut codes);
    }
    codes
}

fn collect(pattern: &Regex, text: &str, home: impl Fn(Range<usize>) -> Range<usize>, codes: &mut Vec<Told>) {
    for captures in pattern.captures_iter(text) {
        let Some(code) = captures.get(1) else { continue };
        let trimmed = code.as_str().trim_end_matches(['.', '-', '_']);
        let end = code.start() + trimmed.len();
        let next = after(text, end);
        let inside = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        let counts = next.is_some_and(|c| "元块天年月日个次分秒小点万千百条件人张折单多%".contains(c));
        let only_digits = trimmed.bytes().all(|byte| byte.is_ascii_digit());
        // A code that stands before its name must begin where a word begins.
        let first = captures.get(0).is_some_and(|whole| whole.start() == code.start());
        let part = inside(next) || first && inside(before(text, code.start()));
        if !(part || counts && only_digits) {
            codes.push(Told {
                bytes: home(code.start()..end),
                words: trimmed.to_owned(),
                next,
            });
        }
    }
}
