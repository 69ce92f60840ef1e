//! Tokens for full-text search that finds two-character Chinese words inside sentences without a dictionary.

use crate::fold::is_han;
use crate::read;

/// Longer latin or digit words are cut here, so that a pasted key cannot bloat the index.
const LONGEST_WORD: usize = 64;

/// A run of Chinese characters, or one word of letters and digits.
enum Run {
    Han(Vec<char>),
    Word(String),
}

/// The tokens a text is found by: each Chinese character, each pair of neighbors, each latin or digit word, all
/// as read (half-width, simplified, lower case), in order of place.
pub fn search_tokens(text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    for run in runs(read(text).normalized()) {
        match run {
            Run::Word(word) => tokens.push(word),
            Run::Han(chars) => {
                for (index, c) in chars.iter().enumerate() {
                    tokens.push(c.to_string());
                    if let Some(next) = chars.get(index + 1) {
                        tokens.push([*c, *next].iter().collect());
                    }
                }
            }
        }
    }
    tokens
}

/// The tokens that a text must all have to answer a query: pairs of neighbors, single characters only where a
/// run has no more, whole words; without repetition.
pub fn query_tokens(query: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    let mut add = |token: String| {
        if !tokens.contains(&token) {
            tokens.push(token);
        }
    };
    for run in runs(read(query).normalized()) {
        match run {
            Run::Word(word) => add(word),
            Run::Han(chars) if chars.len() == 1 => add(chars[0].to_string()),
            Run::Han(chars) => chars.windows(2).for_each(|pair| add(pair.iter().collect())),
        }
    }
    tokens
}

fn runs(text: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut open = false;
    for c in text.chars() {
        let han = is_han(c);
        if !han && !c.is_alphanumeric() {
            open = false;
            continue;
        }
        match runs.last_mut() {
            Some(Run::Han(chars)) if open && han => chars.push(c),
            Some(Run::Word(word)) if open && !han => {
                if word.chars().count() < LONGEST_WORD {
                    word.push(c);
                }
            }
            _ if han => runs.push(Run::Han(vec![c])),
            _ => runs.push(Run::Word(c.to_string())),
        }
        open = true;
    }
    runs
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    use super::*;

    fn check(tokens: Vec<String>, expected: Expect) {
        expected.assert_eq(&tokens.join(" "));
    }

    #[test]
    fn texts_and_queries_meet() {
        check(
            search_tokens("要退貨！iPhone15Pro 订单A-12"),
            expect!["要 要退 退 退货 货 iphone15pro 订 订单 单 a 12"],
        );
        check(
            query_tokens("退货 退货款 ＩＰＨＯＮＥ15pro 差"),
            expect!["退货 货款 iphone15pro 差"],
        );
        check(query_tokens("!?"), expect![""]);
    }

    proptest! {
        #[test]
        fn a_text_is_found_by_its_own_words(text in any::<String>()) {
            let index = search_tokens(&text);
            for token in query_tokens(&text) {
                prop_assert!(index.contains(&token));
            }
        }
    }
}
