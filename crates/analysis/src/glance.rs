//! One look over the characters of a text: how many there are of each kind. Its measures, its language and its doubts
//! follow from the counts.

use text::Reading;

/// How many characters there are of each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Glance {
    /// All normalized characters.
    pub(crate) chars: u32,
    pub(crate) blanks: u32,
    /// Chinese characters, those of the further planes among them.
    pub(crate) han: u32,
    /// Chinese characters of the further planes.
    pub(crate) rare_han: u32,
    /// Letters a to z.
    pub(crate) latin: u32,
    /// Letters of other scripts.
    pub(crate) foreign: u32,
    pub(crate) exclamations: u32,
    pub(crate) questions: u32,
    /// Runs of digits.
    pub(crate) numbers: u32,
    pub(crate) lines: u32,
    /// Marks that end a sentence.
    pub(crate) ends: u32,
    pub(crate) pictures: u32,
    pub(crate) handles: u32,
    pub(crate) formal_you: u32,
    pub(crate) you: u32,
    pub(crate) me: u32,
    pub(crate) commas: u32,
    pub(crate) quotes: u32,
}

impl Glance {
    /// Looks over a reading.
    pub(crate) fn of(reading: &Reading<'_>) -> Self {
        let mut glance = Self::default();
        let mut in_number = false;
        for c in reading.chars() {
            let is_digit = c.is_ascii_digit();
            if matches!(c, '\u{3400}'..='\u{9FFF}') {
                glance.take_han(c);
            } else {
                glance.take(c);
                glance.numbers += u32::from(is_digit && !in_number);
            }
            in_number = is_digit;
        }
        glance.chars = reading.char_count() as u32;
        glance
    }

    fn take_han(&mut self, c: char) {
        self.han += 1;
        match c {
            '我' => self.me += 1,
            '你' => self.you += 1,
            '您' => self.formal_you += 1,
            _ => {}
        }
    }

    fn take(&mut self, c: char) {
        match c {
            'a'..='z' => self.latin += 1,
            ',' | '，' => self.commas += 1,
            '0'..='9' => {}
            '!' => {
                self.ends += 1;
                self.exclamations += 1;
            }
            '?' => {
                self.ends += 1;
                self.questions += 1;
            }
            '。' | ';' => self.ends += 1,
            '\n' => {
                self.lines += 1;
                self.blanks += 1;
            }
            '“' | '”' | '"' | '「' => self.quotes += 1,
            '@' | '#' | '[' => self.handles += 1,
            '\u{20000}'..='\u{323AF}' => {
                self.han += 1;
                self.rare_han += 1;
            }
            _ => self.take_other(c),
        }
    }

    fn take_other(&mut self, c: char) {
        if matches!(c, '\u{1F000}'..='\u{1FAFF}' | '\u{2600}'..='\u{27BF}') {
            self.pictures += 1;
        }
        if c.is_whitespace() {
            self.blanks += 1;
        } else if c.is_alphabetic() {
            self.foreign += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_counted_by_kind() {
        let glance = Glance::of(&text::read("您好,我买了2台,30天坏了!why?\nжаль😡"));
        assert_eq!(
            (glance.han, glance.latin, glance.foreign, glance.pictures),
            (9, 3, 4, 1)
        );
        assert_eq!((glance.numbers, glance.commas, glance.ends), (2, 2, 2));
        assert_eq!(
            (glance.formal_you, glance.me, glance.lines, glance.blanks),
            (1, 1, 1, 1)
        );
    }
}
