//! Hand-written frames for names, filled by chance, and texts of the corpus with names put in where people stand.

use std::ops::Range;

use super::persons_draw::{Chance, Parts};

/// A text with the places of the names in it, in code points.
pub(super) struct NamedText {
    pub(super) text: String,
    pub(super) names: Vec<Range<usize>>,
}

/// What names stand in.
pub(super) struct Frames {
    parts: Parts,
    roles: Vec<String>,
    verbs: Vec<String>,
    looks: Vec<String>,
    named: Vec<String>,
    nameless: Vec<String>,
}

/// What a clause begins with that has no subject or one of its own.
const NO_SUBJECT: [char; 24] = [
    '但', '而', '还', '因', '所', '如', '虽', '然', '我', '你', '他', '她', '您', '它', '这', '那', '每',
    '请', '谢', '的', '了', '吗', '吧', '呢',
];
/// A frame without a name is drawn so often in a hundred.
const NAMELESS: usize = 25;

impl Frames {
    /// Reads the lines of the file; the first hundreds of family names are the common ones.
    pub(super) fn read(lines: &str, surnames: Vec<String>, given: Vec<char>) -> Self {
        let (families, rare_families) = surnames.split_at(surnames.len().min(400));
        let mut frames = Self {
            parts: Parts {
                families: families.to_vec(),
                rare_families: rare_families.to_vec(),
                given,
                pairs: Vec::new(),
                words: Vec::new(),
                nicks: Vec::new(),
                foreign: Vec::new(),
            },
            roles: Vec::new(),
            verbs: Vec::new(),
            looks: Vec::new(),
            named: Vec::new(),
            nameless: Vec::new(),
        };
        for (kind, content) in lines.lines().filter_map(|line| line.split_once('\t')) {
            let words = || content.split(' ').map(str::to_owned);
            match kind {
                "role" => frames.roles.extend(words()),
                "verb" => frames.verbs.extend(words()),
                "look" => frames.looks.extend(words()),
                "given" => frames.parts.pairs.extend(words()),
                "word" => frames.parts.words.extend(words()),
                "nick" => frames.parts.nicks.extend(words()),
                "foreign" => frames.parts.foreign.extend(words()),
                "frame" => frames.named.push(content.replace("\\n", "\n")),
                "none" => frames.nameless.push(content.replace("\\n", "\n")),
                _ => {}
            }
        }
        frames
    }

    /// A frame filled.
    pub(super) fn draw(&self, texts: &[String], chance: &mut Chance) -> NamedText {
        let frames = if chance.happens(NAMELESS) {
            &self.nameless
        } else {
            &self.named
        };
        let frame = chance.of_list(frames).map_or("", String::as_str);
        let mut named = NamedText {
            text: String::new(),
            names: Vec::new(),
        };
        let mut rest = frame;
        while let Some((before, after)) = rest.split_once('{') {
            named.text.push_str(before);
            let (slot, after) = after.split_once('}').unwrap_or((after, ""));
            let (words, is_name) = self.fill(slot, texts, chance);
            if is_name {
                let start = named.text.chars().count();
                named.names.push(start..start + words.chars().count());
            }
            named.text.push_str(&words);
            rest = after;
        }
        named.text.push_str(rest);
        named
    }

    fn fill(&self, slot: &str, texts: &[String], chance: &mut Chance) -> (String, bool) {
        let word = |list: &[String], chance: &mut Chance| chance.of_list(list).cloned().unwrap_or_default();
        match slot {
            "n" => (self.parts.whole(chance), true),
            "t" => (self.parts.addressed(chance), true),
            "p" => (self.parts.called(chance), true),
            "g" => (self.parts.alone(chance), true),
            "f" => (self.parts.foreign(chance), true),
            "a" => (self.parts.any(chance), true),
            "r" => (word(&self.roles, chance), false),
            "v" => (word(&self.verbs, chance), false),
            "k" => (word(&self.looks, chance), false),
            "d" => (
                format!("1{}0000{:04}", 30 + chance.below(69), chance.below(10_000)),
                false,
            ),
            _ => (clause_of(texts, chance), false),
        }
    }

    /// A text of the corpus with a name before one of its clauses.
    pub(super) fn draw_before(&self, texts: &[String], chance: &mut Chance) -> Option<NamedText> {
        let text = chance.of_list(texts)?;
        let begins = |at: usize| {
            let after = &text[at..];
            after.starts_with(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c)) && !after.starts_with(NO_SUBJECT)
        };
        let marks = text.match_indices([',', '。', '!', '?', ';', '\n']);
        let places: Vec<usize> = std::iter::once(0)
            .chain(marks.map(|(at, mark)| at + mark.len()))
            .filter(|&at| begins(at))
            .collect();
        let at = *chance.of_list(&places)?;
        let name = self.parts.any(chance);
        let start = text[..at].chars().count();
        Some(NamedText {
            names: std::iter::once(start..start + name.chars().count()).collect(),
            text: format!("{}{name}{}", &text[..at], &text[at..]),
        })
    }

    /// A text of the corpus with a name after or in place of a word for a person, or of 他 and 她, 我 and 你.
    pub(super) fn draw_inside(&self, texts: &[String], chance: &mut Chance) -> Option<NamedText> {
        let text = chance.of_list(texts)?;
        let mut places: Vec<(usize, &str)> = Vec::new();
        let own = chance.happens(50);
        for word in if own { ["我", "你"] } else { ["他", "她"] } {
            places.extend(text.match_indices(word).filter(|(at, _)| {
                let after = &text[at + word.len()..];
                !after.starts_with(['们', '人', '妈', '的']) && !text[..*at].ends_with(['其', '吉', '维'])
            }));
        }
        let pronouns = places.len();
        for role in self.roles.iter().filter(|role| role.chars().count() > 1) {
            places.extend(text.match_indices(role.as_str()));
        }
        if places.is_empty() {
            return None;
        }
        let drawn = chance.below(places.len());
        let (at, word) = places[drawn];
        let end = at + word.len();
        let instead = drawn < pronouns || chance.happens(25);
        let name = self.parts.any(chance);
        let head = if instead { &text[..at] } else { &text[..end] };
        let start = head.chars().count();
        Some(NamedText {
            text: format!("{head}{name}{}", &text[end..]),
            names: std::iter::once(start..start + name.chars().count()).collect(),
        })
    }
}

/// One clause of a text.
pub(super) fn clause_of(texts: &[String], chance: &mut Chance) -> String {
    let text = chance.of_list(texts).map_or("", String::as_str);
    let clauses: Vec<&str> = text
        .split([',', '。', '!', '?', ';', '\n'])
        .filter(|clause| clause.chars().count() > 1)
        .collect();
    let clause = chance.of_list(&clauses).copied().unwrap_or_default();
    clause.chars().take(25).collect()
}
