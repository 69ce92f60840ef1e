//! Codes that follow a word naming them, such as `账号: ab_12`.

use std::ops::Range;

use regex::Regex;

use super::digits::after;

/// The pattern of a code told by one of `words`; group 1 is the code.
pub(super) fn told_pattern(words: &str, code: &str) -> Regex {
    let between = r"(?:号码|编号|账号|号|码|id|no\.?|是|为|叫|就是|也是|:|#| |=|\(|“|我的|的)";
    Regex::new(&format!("(?:{words}){between}{{0,5}}({code})")).expect("a fixed pattern")
}

/// The codes in the text that do not go on in letters or digits and that are no count of something.
pub(super) fn told_codes<'p>(pattern: &'p Regex, text: &'p str) -> impl Iterator<Item = Range<usize>> + 'p {
    pattern.captures_iter(text).filter_map(move |captures| {
        let code = captures.get(1)?;
        let next = after(text, code.end());
        let goes_on = next.is_some_and(|c| c.is_ascii_alphanumeric());
        let counts = next.is_some_and(|c| "元块天年月日个次分秒小点万千百条件人张折单多%".contains(c));
        let only_digits = code.as_str().bytes().all(|byte| byte.is_ascii_digit());
        let count = counts && only_digits;
        (!goes_on && !count).then(|| code.range())
    })
}
