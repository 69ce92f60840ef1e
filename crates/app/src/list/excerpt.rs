//! The part of a text worth showing in a list: where the words searched for stand, else its beginning.

use super::EXCERPT_WINDOW;
use crate::limits;

/// Texts up to this many code points are masked whole, which is surest.
const WHOLE_CHARS: usize = 4_000;
/// Code points shown before the first word found.
const LEAD_CHARS: usize = 20;

/// The part shown and where the words stand in it, as code point ranges.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Excerpt {
    pub(super) text: String,
    pub(super) highlights: Vec<[u32; 2]>,
}

/// The excerpt of a text; `mask` covers personal data and keeps the number of code points.
pub(super) fn cut(text: &str, words: &str, mask: impl Fn(&str) -> String) -> Excerpt {
    let chars: Vec<char> = text.chars().collect();
    let terms = terms_of(words);
    let found = terms
        .iter()
        .filter_map(|term| find(&chars, term, 0))
        .min()
        .unwrap_or(0);
    let start = found.saturating_sub(LEAD_CHARS);
    let end = (start + limits::EXCERPT_CHARS).min(chars.len());
    let (from, to) = match chars.len() <= WHOLE_CHARS {
        true => (0, chars.len()),
        false => {
            let from = start.saturating_sub(limits::EXCERPT_MARGIN);
            (from, (from + EXCERPT_WINDOW).min(chars.len()))
        }
    };
    let window: String = chars[from..to].iter().collect();
    let shown: Vec<char> = mask(&window)
        .chars()
        .skip(start - from)
        .take(end - start)
        .map(flatten)
        .collect();
    Excerpt {
        highlights: highlight(&shown, &terms),
        text: shown.into_iter().collect(),
    }
}

/// A list shows one line.
fn flatten(c: char) -> char {
    if c.is_control() { ' ' } else { c }
}

/// The words searched for, each in lower case; a word of Chinese that is not found whole is found by its pairs.
fn terms_of(words: &str) -> Vec<Vec<char>> {
    let whole = words
        .split_whitespace()
        .map(|word| word.chars().map(lower).collect::<Vec<char>>());
    let pairs = text::query_tokens(words)
        .into_iter()
        .map(|token| token.chars().collect::<Vec<char>>());
    let mut terms: Vec<Vec<char>> = whole.chain(pairs).filter(|term| !term.is_empty()).collect();
    terms.sort_by_key(|term| std::cmp::Reverse(term.len()));
    terms.dedup();
    terms
}

fn lower(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

fn find(chars: &[char], term: &[char], from: usize) -> Option<usize> {
    let last = chars.len().checked_sub(term.len())?;
    (from..=last).find(|&at| {
        chars[at..at + term.len()]
            .iter()
            .zip(term)
            .all(|(c, t)| lower(*c) == *t)
    })
}

/// All places of the terms, merged where they touch.
fn highlight(shown: &[char], terms: &[Vec<char>]) -> Vec<[u32; 2]> {
    let mut marked = vec![false; shown.len()];
    for term in terms {
        let mut from = 0;
        while let Some(at) = find(shown, term, from) {
            marked[at..at + term.len()].fill(true);
            from = at + term.len();
        }
    }
    let mut ranges: Vec<[u32; 2]> = Vec::new();
    for (index, _) in marked.iter().enumerate().filter(|(_, marked)| **marked) {
        let index = u32::try_from(index).unwrap_or(u32::MAX);
        match ranges.last_mut() {
            Some(last) if last[1] == index => last[1] = index + 1,
            _ => ranges.push([index, index + 1]),
        }
    }
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_found_far_inside_are_shown_and_marked() {
        let text = format!("{}快递一直没到，ABC也不理", "很".repeat(200));
        let excerpt = cut(&text, "快递 abc", str::to_owned);
        let shown: Vec<char> = excerpt.text.chars().collect();
        let marked: Vec<String> = excerpt
            .highlights
            .iter()
            .map(|[s, e]| shown[*s as usize..*e as usize].iter().collect())
            .collect();
        assert_eq!(marked, ["快递", "ABC"]);
        assert!(shown.len() <= limits::EXCERPT_CHARS);
    }

    #[test]
    fn personal_data_is_covered_before_the_text_is_cut() {
        let text = format!("{}电话13912345678打不通", "很".repeat(limits::EXCERPT_CHARS - 6));
        let excerpt = cut(&text, "", text::mask);
        assert!(!excerpt.text.contains('3'), "{}", excerpt.text);
    }

    #[test]
    fn an_empty_text_has_an_empty_excerpt() {
        assert_eq!(cut("", "快递", str::to_owned).text, "");
    }
}
