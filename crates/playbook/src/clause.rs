//! The clauses of a text with the place each begins at: what one negation can reach.

use domain::Span;

/// A clause in lower case.
#[derive(Clone, Debug)]
pub(crate) struct Clause {
    characters: Vec<char>,
    /// The code point of the text at which it begins.
    at: u32,
    /// Whether its sentence ends in a question mark.
    pub(crate) asks: bool,
}

impl Clause {
    pub(crate) fn text(&self) -> String {
        self.characters.iter().collect()
    }

    pub(crate) fn len(&self) -> usize {
        self.characters.len()
    }

    pub(crate) fn slice(&self, start: usize, end: usize) -> &[char] {
        &self.characters[start..end]
    }

    /// A range of the clause as a place of the text.
    pub(crate) fn span(&self, start: usize, end: usize) -> Span {
        let place = |at: usize| self.at + u32::try_from(at).unwrap_or(u32::MAX);
        Span {
            start: place(start),
            end: place(end),
        }
    }

    /// Every place of the words, start and end, in no order.
    pub(crate) fn find(&self, words: &[String]) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        for word in words {
            let word: Vec<char> = word.chars().collect();
            let places = occurrences(&self.characters, &word).into_iter();
            found.extend(places.map(|at| (at, at + word.len())));
        }
        found
    }

    pub(crate) fn has_any(&self, words: &[String]) -> bool {
        !self.find(words).is_empty()
    }

    /// The length of the longest of the words that stands right at a place; 0 where none does.
    pub(crate) fn word_at(&self, at: usize, words: &[String]) -> usize {
        let rest: String = self.characters[at.min(self.characters.len())..].iter().collect();
        let found = words.iter().filter(|word| rest.starts_with(word.as_str()));
        found.map(|word| word.chars().count()).max().unwrap_or(0)
    }
}

/// Every index at which a word begins; an empty word begins nowhere.
pub(crate) fn occurrences(text: &[char], word: &[char]) -> Vec<usize> {
    match word.is_empty() {
        true => Vec::new(),
        false => text
            .windows(word.len())
            .enumerate()
            .filter(|(_, window)| *window == word)
            .map(|(at, _)| at)
            .collect(),
    }
}

/// The clauses of a text in lower case.
pub(crate) fn clauses(text: &str) -> Vec<Clause> {
    let characters: Vec<char> = text.chars().collect();
    let mut parts: Vec<Clause> = Vec::new();
    let mut start = 0;
    let mut open = 0;
    for at in 0..=characters.len() {
        let here = characters.get(at).copied();
        let Some(end) = end_of(here, characters.get(at + 1).copied()) else {
            continue;
        };
        parts.push(Clause {
            characters: characters[start..at].to_vec(),
            at: u32::try_from(start).unwrap_or(u32::MAX),
            asks: false,
        });
        start = at + 1;
        if end != End::Clause {
            let asks = end == End::Question;
            parts[open..].iter_mut().for_each(|part| part.asks = asks);
            open = parts.len();
        }
    }
    parts.retain(|part| part.characters.iter().any(|c| !c.is_whitespace()));
    parts
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Clause,
    Sentence,
    Question,
}

/// What a character ends, if anything; a point ends a sentence only before a blank, so that `1.5` stays whole.
fn end_of(here: Option<char>, next: Option<char>) -> Option<End> {
    match here {
        None | Some('。' | '！' | '!' | '\n' | '；' | ';') => Some(End::Sentence),
        Some('？' | '?') => Some(End::Question),
        Some('.') if next.is_none_or(char::is_whitespace) => Some(End::Sentence),
        Some('，' | ':' | '：') => Some(End::Clause),
        Some(',') if next.is_none_or(|c| !c.is_ascii_digit()) => Some(End::Clause),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses_keep_their_places_and_know_questions() {
        let text = "已经退了，1,299元。能退吗，今天？No. Not 1.5";
        let found: Vec<(String, u32, bool)> = clauses(text)
            .into_iter()
            .map(|clause| (clause.text(), clause.at, clause.asks))
            .collect();
        let expected = [
            ("已经退了", 0, false),
            ("1,299元", 5, false),
            ("能退吗", 12, true),
            ("今天", 16, true),
            ("No", 19, false),
            (" Not 1.5", 22, false),
        ];
        let expected = expected.map(|(text, at, asks)| (text.to_owned(), at, asks));
        assert_eq!(found, expected);
    }
}
