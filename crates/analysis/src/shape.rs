//! What a text looks like, apart from its words: length, marks, numbers, address.

use text::Reading;

/// The number of measures.
pub(crate) const MEASURES: usize = 15;

/// The measures of a reading, each roughly within −2 to 4.
pub(crate) fn measure(reading: &Reading) -> [f32; MEASURES] {
    let marks = Marks::of(reading.normalized());
    let chars = reading.char_count() as f32;
    let length = libm::log1pf(chars) - 4.0;
    let capped = |count: u32, cap: u32, unit: f32| count.min(cap) as f32 / unit;
    let flag = |count: u32| if count > 0 { 1.0 } else { 0.0 };
    [
        length,
        length * length,
        capped(marks.exclamations, 4, 2.0),
        capped(marks.questions, 4, 2.0),
        capped(marks.numbers, 6, 3.0),
        flag(marks.lines),
        capped(marks.ends, 8, 4.0),
        flag(marks.pictures),
        flag(marks.handles),
        flag(marks.formal_you),
        flag(marks.you),
        flag(marks.me),
        (marks.commas as f32 / chars.max(1.0) * 10.0).min(4.0),
        flag(marks.quotes),
        capped(marks.latin, 40, 20.0),
    ]
}

#[derive(Default)]
struct Marks {
    exclamations: u32,
    questions: u32,
    numbers: u32,
    lines: u32,
    ends: u32,
    pictures: u32,
    handles: u32,
    formal_you: u32,
    you: u32,
    me: u32,
    commas: u32,
    quotes: u32,
    latin: u32,
}

impl Marks {
    fn of(normalized: &str) -> Self {
        let mut marks = Self::default();
        let mut in_number = false;
        for c in normalized.chars() {
            marks.take(c);
            marks.numbers += u32::from(c.is_ascii_digit() && !in_number);
            in_number = c.is_ascii_digit();
        }
        marks
    }

    fn take(&mut self, c: char) {
        let counter = match c {
            '!' => {
                self.ends += 1;
                &mut self.exclamations
            }
            '?' => {
                self.ends += 1;
                &mut self.questions
            }
            '。' | ';' => &mut self.ends,
            '\n' => &mut self.lines,
            ',' | '，' => &mut self.commas,
            '“' | '”' | '"' | '「' => &mut self.quotes,
            '@' | '#' | '[' => &mut self.handles,
            '您' => &mut self.formal_you,
            '你' => &mut self.you,
            '我' => &mut self.me,
            'a'..='z' => &mut self.latin,
            '\u{1F000}'..='\u{1FAFF}' | '\u{2600}'..='\u{27BF}' => &mut self.pictures,
            _ => return,
        };
        *counter += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_stay_in_bounds() {
        let long = "你我，!?1 a😡\n".repeat(5000);
        for text in ["", "差", long.as_str()] {
            for value in measure(&text::read(text)) {
                assert!(value.is_finite() && value.abs() < 70.0, "{value}");
            }
        }
    }
}
