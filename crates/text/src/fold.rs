//! How a single character is folded: full-width to half-width, traditional to simplified, upper to lower case.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

/// What becomes of one character of the original.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Folded {
    /// It becomes this character.
    One(char),
    /// It becomes several; ask [`expand`].
    Many,
    /// It is invisible and vanishes.
    Gone,
    /// It changes the look of the character before it and is absorbed by that one.
    Absorbed,
}

const MANY: u16 = 0xD800;
const GONE: u16 = 0xD801;
const ABSORBED: u16 = 0xD802;

/// Traditional characters and their simplified forms, one to one; derived from OpenCC by the drift test.
const SIMPLIFIED: &str = include_str!("../data/simplified.tsv");

/// One cell for each character of the basic plane; surrogate values, which are no characters, mark the rest.
static TABLE: LazyLock<Box<[u16]>> = LazyLock::new(build_table);

/// The fold of `c`.
#[inline]
pub(crate) fn fold(c: char) -> Folded {
    match u16::try_from(u32::from(c)) {
        Ok(low) => match TABLE[usize::from(low)] {
            MANY => Folded::Many,
            GONE => Folded::Gone,
            ABSORBED => Folded::Absorbed,
            cell => Folded::One(char::from_u32(u32::from(cell)).expect("cells hold characters")),
        },
        Err(_) => fold_beyond(c),
    }
}

/// The characters of a fold that yields several.
pub(crate) fn expand(c: char) -> impl Iterator<Item = char> {
    compatible(c).map(|part| match fold(part) {
        Folded::One(one) => one,
        _ => part,
    })
}

/// Whether `c` is drawn as a picture.
pub(crate) fn is_emoji(c: char) -> bool {
    matches!(c, '\u{1F000}'..='\u{1FAFF}' | '\u{2600}'..='\u{27BF}' | '\u{2B50}' | '\u{2B55}' | '\u{231A}' | '\u{231B}')
}

/// Whether `c` is a Chinese character.
pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '\u{3007}' | '\u{20000}'..='\u{323AF}' | '\u{F900}'..='\u{FAFF}')
}

fn fold_beyond(c: char) -> Folded {
    match c {
        // Skin tones and the tag and variation planes only change how the picture before them looks.
        '\u{1F3FB}'..='\u{1F3FF}' | '\u{E0000}'..='\u{E0FFF}' => Folded::Absorbed,
        _ => match fold_slowly(c) {
            Folded::One(one) if one != c => fold(one),
            folded => folded,
        },
    }
}

fn fold_slowly(c: char) -> Folded {
    let mut forms = compatible(c);
    match (forms.next(), forms.next()) {
        (Some(one), None) => Folded::One(one),
        (None, _) => Folded::Gone,
        _ => Folded::Many,
    }
}

fn compatible(c: char) -> impl Iterator<Item = char> {
    std::iter::once(c)
        .nfkc()
        .flat_map(char::to_lowercase)
        .filter(|&c| !is_absorbed(c))
}

fn is_gone(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' => false,
        '\u{00AD}' | '\u{061C}' | '\u{180E}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' => true,
        // The zero-width joiner is looked at by the reader before it vanishes.
        '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' => true,
        _ => c.is_control(),
    }
}

fn is_absorbed(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036F}' | '\u{20D0}'..='\u{20FF}' | '\u{FE00}'..='\u{FE0F}' | '\u{FE20}'..='\u{FE2F}')
}

fn build_table() -> Box<[u16]> {
    let mut simple: Box<[u16]> = (0..=u16::MAX).collect();
    for (traditional, simplified) in simplified_pairs() {
        simple[usize::from(traditional)] = simplified;
    }
    (0..=u16::MAX)
        .map(|code| match simple[usize::from(code)] {
            same if same == code => simple[usize::from(cell_of(code))],
            simplified => simplified,
        })
        .collect()
}

fn cell_of(code: u16) -> u16 {
    let Some(c) = char::from_u32(u32::from(code)) else {
        return GONE;
    };
    if is_gone(c) {
        return GONE;
    }
    if is_absorbed(c) {
        return ABSORBED;
    }
    match c {
        '\r' => return u16::from(b'\n'),
        '\n' => return u16::from(b'\n'),
        _ if c.is_whitespace() => return u16::from(b' '),
        _ => {}
    }
    match fold_slowly(c) {
        Folded::One(one) => u16::try_from(u32::from(one)).unwrap_or(MANY),
        _ => MANY,
    }
}

fn simplified_pairs() -> impl Iterator<Item = (u16, u16)> {
    SIMPLIFIED.lines().filter_map(|line| {
        let (traditional, simplified) = line.split_once('\t')?;
        Some((only_unit(traditional)?, only_unit(simplified)?))
    })
}

fn only_unit(text: &str) -> Option<u16> {
    let mut units = text.encode_utf16();
    units.next().filter(|_| units.next().is_none())
}

#[cfg(test)]
mod tests {
    use expect_test::expect_file;
    use ferrous_opencc::{OpenCC, config::BuiltinConfig};

    use super::*;

    #[test]
    fn simplified_table_follows_opencc() {
        let converter = OpenCC::from_config(BuiltinConfig::T2s).unwrap();
        let mut lines = String::new();
        for c in ('\u{3400}'..='\u{9FFF}').chain('\u{F900}'..='\u{FAFF}') {
            let simplified = converter.convert(&c.to_string());
            if simplified != c.to_string() && simplified.encode_utf16().count() == 1 {
                lines.push_str(&format!("{c}\t{simplified}\n"));
            }
        }
        expect_file!["../data/simplified.tsv"].assert_eq(&lines);
    }

    #[test]
    fn characters_fold() {
        let fold_all = |text: &str| -> String {
            text.chars()
                .flat_map(|c| match fold(c) {
                    Folded::One(one) => vec![one],
                    Folded::Many => expand(c).collect(),
                    Folded::Gone | Folded::Absorbed => vec![],
                })
                .collect()
        };
        for (original, folded) in [
            ("ＡＢＣ１２３，！", "abc123,!"),
            ("退貨處理態度", "退货处理态度"),
            ("㎏①…", "kg1..."),
            ("零\u{200B}宽\u{FEFF}", "零宽"),
            ("\u{3000}x\t", " x "),
            ("e\u{301}", "e"),
            ("😡𠮷", "😡𠮷"),
            ("￥", "¥"),
        ] {
            assert_eq!(fold_all(original), folded, "{original}");
        }
    }
}
