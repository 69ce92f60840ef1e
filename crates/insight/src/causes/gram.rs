//! The pieces of a text that may become a phrase: runs of two to four Chinese characters, whole words elsewhere.

/// The longest run counted; longer phrases grow from it.
const LONGEST: usize = 4;
/// The shortest word outside Chinese.
const SHORTEST_WORD: usize = 3;

/// A text in lower case with marks as borders.
pub(super) fn fold(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}

/// The pieces of a folded text, each once, in the order of their bytes.
pub(super) fn grams(folded: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for run in runs(folded) {
        if is_han(run.chars().next().unwrap_or(' ')) {
            let borders: Vec<usize> = run.char_indices().map(|(at, _)| at).chain([run.len()]).collect();
            for length in 2..=LONGEST.min(borders.len() - 1) {
                for start in 0..borders.len() - length {
                    found.push(&run[borders[start]..borders[start + length]]);
                }
            }
        } else if run.chars().count() >= SHORTEST_WORD && !run.bytes().all(|byte| byte.is_ascii_digit()) {
            found.push(run);
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Runs of one kind of character: Chinese, or letters and digits.
fn runs(folded: &str) -> impl Iterator<Item = &str> {
    let kind = |c: char| match c {
        c if is_han(c) => 1,
        c if c.is_alphanumeric() => 2,
        _ => 0,
    };
    let mut rest = folded;
    std::iter::from_fn(move || {
        loop {
            let first = kind(rest.chars().next()?);
            let end = rest
                .char_indices()
                .find(|(_, c)| kind(*c) != first)
                .map_or(rest.len(), |(at, _)| at);
            let (run, after) = rest.split_at(end);
            rest = after;
            if first != 0 {
                return Some(run);
            }
        }
    })
}

pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

/// Characters that a readable phrase neither begins nor ends with.
const LOOSE: &str = "的了是我你他她它们在就都也和还又很有不没这那个把被让给到着过吗呢吧啊呀嘛啦与及或而且但因为所以如果要会能可以说来去上下里么什怎样之其将已经从对向于用等再才只";

/// English words that tell nothing of a cause.
const LOOSE_WORDS: [&str; 34] = [
    "the", "and", "for", "was", "were", "with", "that", "this", "have", "has", "had", "not", "but", "you",
    "your", "are", "they", "them", "their", "from", "our", "its", "been", "when", "what", "which", "who",
    "will", "would", "can", "could", "about", "after", "there",
];

/// Whether a piece can stand as a phrase of its own.
pub(super) fn is_readable(gram: &str) -> bool {
    let (first, last) = (gram.chars().next(), gram.chars().next_back());
    let loose = |c: Option<char>| c.is_none_or(|c| LOOSE.contains(c));
    if gram.is_ascii() {
        return !LOOSE_WORDS.contains(&gram);
    }
    !loose(first) && !loose(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_stay_within_runs() {
        assert_eq!(
            grams(&fold("鼓包了，OK！A2307 12")),
            ["a2307", "包了", "鼓包", "鼓包了"]
        );
        assert!(grams("").is_empty() && grams("！？").is_empty() && grams("好").is_empty());
        assert!(is_readable("鼓包") && !is_readable("鼓包了") && !is_readable("the"));
    }
}
