//! Where sentences and clauses end.

use std::ops::Range;

use crate::fold::{is_emoji, is_han};
use crate::reading::Place;

/// Sentences of a normalized text, with their closing marks.
pub(crate) fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut ended = false;
    let mut before = ' ';
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if ended && !(ends_sentence(c) || closes(c) || c == '.') {
            push_trimmed(&mut found, text, start..at);
            (start, ended) = (at, false);
        }
        let after = chars.peek().map_or(' ', |&(_, next)| next);
        ended |= ends_sentence(c) || c == '.' && is_full_stop(before, after);
        before = c;
    }
    push_trimmed(&mut found, text, start..text.len());
    found
}

/// Clauses of a normalized text of these characters, without the marks between them.
pub(crate) fn clauses(text: &str, places: &[Place]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut before = ' ';
    for (index, place) in places.iter().enumerate() {
        let (c, at) = (place.c, place.byte as usize);
        // Nearly every character is a common Chinese one, and nothing parts two of them.
        if is_common_han(c) {
            if !is_common_han(before) && is_emoji(before) {
                push_trimmed(&mut found, text, start..at);
                start = at;
            }
        } else if parts_clauses(before, c, places.get(index + 1).map_or(' ', |next| next.c)) {
            push_trimmed(&mut found, text, start..at);
            start = at + c.len_utf8();
        } else if is_emoji(before) && !is_emoji(c) {
            push_trimmed(&mut found, text, start..at);
            start = at;
        }
        before = c;
    }
    push_trimmed(&mut found, text, start..text.len());
    found
}

fn is_common_han(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}')
}

/// Whether the bytes begin with a common Chinese character, one of U+4E00 to U+9FFF.
fn begins_han(bytes: &[u8]) -> bool {
    matches!(bytes, [0xE4, 0xB8..=0xBF, ..] | [0xE5..=0xE9, ..])
}

fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '!' | '?' | ';' | '\n' | '．' | '｡')
}

fn closes(c: char) -> bool {
    matches!(c, '”' | '’' | '」' | '』' | ')' | '】' | '》' | '"' | '\'')
}

/// A dot ends a sentence unless it stands inside a number, a word or an address.
fn is_full_stop(before: char, after: char) -> bool {
    !(before.is_ascii_alphanumeric() && after.is_ascii_alphanumeric())
}

fn parts_clauses(before: char, c: char, after: char) -> bool {
    match c {
        '.' => is_full_stop(before, after),
        // 1,200 and 12:30 are one word each.
        ',' | ':' => !(before.is_ascii_digit() && after.is_ascii_digit()),
        // Latin words are parted by spaces all the time; beside a Chinese character a space is a pause.
        ' ' => is_han(before) || is_han(after),
        '~' => !(before.is_ascii_digit() && after.is_ascii_digit()),
        '—' | '(' | ')' | '“' | '”' | '【' | '】' | '「' | '」' | '《' | '》' | '"' => true,
        _ => ends_sentence(c),
    }
}

fn push_trimmed(found: &mut Vec<Range<usize>>, text: &str, range: Range<usize>) {
    let piece = &text[range.clone()];
    if is_trimmed(piece.as_bytes()) {
        return found.push(range);
    }
    let trimmed = piece.trim();
    if !trimmed.is_empty() {
        let start = range.start + (piece.len() - piece.trim_start().len());
        found.push(start..start + trimmed.len());
    }
}

/// Whether a piece begins and ends with common Chinese characters, between which there is nothing to trim.
fn is_trimmed(piece: &[u8]) -> bool {
    let last = piece.len().checked_sub('一'.len_utf8());
    last.is_some_and(|last| begins_han(piece) && begins_han(&piece[last..]))
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    use crate::read;

    fn check(text: &str, expected: Expect) {
        let reading = read(text);
        let show = |ranges: Vec<std::ops::Range<usize>>| -> String {
            ranges
                .into_iter()
                .map(|range| format!("[{}]", &reading.normalized()[range]))
                .collect()
        };
        expected.assert_eq(&format!(
            "{}\n{}\n",
            show(reading.sentences()),
            show(reading.clauses())
        ));
    }

    #[test]
    fn cuts_where_a_reader_pauses() {
        check(
            "我要退款,还要赔偿!态度太差,再不处理我就曝光",
            expect![[r#"
                [我要退款,还要赔偿!][态度太差,再不处理我就曝光]
                [我要退款][还要赔偿][态度太差][再不处理我就曝光]
            "#]],
        );
        check(
            "花了1,299.50元。“真的？！”他说：12:30到 等了3.5小时...算了 www.x.com ok then",
            expect![[r#"
                [花了1,299.50元。][“真的?!”][他说:12:30到 等了3.5小时...][算了 www.x.com ok then]
                [花了1,299.50元][真的][他说][12:30到][等了3.5小时][算了][www.x.com ok then]
            "#]],
        );
        check(
            "太差了😡😡再也不来\n\n  谢谢",
            expect![[r#"
                [太差了😡😡再也不来][谢谢]
                [太差了😡😡][再也不来][谢谢]
            "#]],
        );
    }

    proptest! {
        #[test]
        fn pieces_are_whole_ordered_and_not_blank(text in any::<String>()) {
            let reading = read(&text);
            for pieces in [reading.sentences(), reading.clauses()] {
                let mut before = 0;
                for range in pieces {
                    prop_assert!(range.start >= before);
                    before = range.end;
                    prop_assert!(!reading.normalized()[range].trim().is_empty());
                }
            }
        }
    }
}
