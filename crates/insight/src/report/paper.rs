//! Text set on pages: widths of letters, lines that break where each script may break, pages that follow each other.

use pdf_writer::{Content, Name, Rect, Str};

/// A4, in points.
pub(super) const PAGE: (f32, f32) = (595.0, 842.0);
const MARGIN: f32 = 56.0;
/// The widths of Helvetica's letters from the blank to the tilde, in thousandths of the size (Adobe's metrics).
const LATIN: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556,
    556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278,
    500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469,
    556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500,
    278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];
/// Signs that the Latin face has beyond ASCII: character, code, width.
const SIGNS: [(char, u8, u16); 6] = [
    ('–', 0x96, 556),
    ('—', 0x97, 1000),
    ('’', 0x92, 222),
    ('×', 0xD7, 584),
    ('·', 0xB7, 278),
    ('é', 0xE9, 556),
];
/// Signs that no line begins with.
const NEVER_FIRST: &str = "，。、；：？！）」』》”’%]";

/// The name of the Latin face and of the Chinese one.
pub(super) const FACES: (Name<'static>, Name<'static>) = (Name(b"F1"), Name(b"F2"));

/// How a text is set.
#[derive(Clone, Copy)]
pub(super) struct Style {
    /// The size of letters, in points.
    pub(super) size: f32,
    /// The gray, from 0 for black.
    pub(super) gray: f32,
    /// How far it stands in, in points.
    pub(super) indent: f32,
}

/// A page under construction.
pub(super) struct Sheet {
    pub(super) content: Content,
    /// Places that lead somewhere.
    pub(super) links: Vec<(Rect, String)>,
}

impl Sheet {
    fn new() -> Self {
        Self {
            content: Content::new(),
            links: Vec::new(),
        }
    }
}

/// Pages written from top to bottom.
pub(super) struct Paper {
    pub(super) sheets: Vec<Sheet>,
    /// The distance to the foot of the page.
    at: f32,
}

impl Paper {
    pub(super) fn new() -> Self {
        Self {
            sheets: vec![Sheet::new()],
            at: PAGE.1 - MARGIN,
        }
    }

    /// The page written upon.
    fn sheet(&mut self) -> &mut Sheet {
        if self.sheets.is_empty() {
            self.sheets.push(Sheet::new());
        }
        let last = self.sheets.len() - 1;
        &mut self.sheets[last]
    }

    /// Makes sure that so much room is left, on a new page if need be.
    pub(super) fn keep_together(&mut self, height: f32) {
        if self.at - height < MARGIN {
            self.sheets.push(Sheet::new());
            self.at = PAGE.1 - MARGIN;
        }
    }

    /// Leaves room.
    pub(super) fn skip(&mut self, height: f32) {
        self.at -= height;
    }

    /// Writes a paragraph; with an address it leads there.
    pub(super) fn write(&mut self, text: &str, style: Style, link: Option<&str>) {
        let width = PAGE.0 - 2.0 * MARGIN - style.indent;
        for line in lines(text, style.size, width) {
            let height = style.size * 1.55;
            self.keep_together(height);
            self.at -= height;
            let (x, y) = (MARGIN + style.indent, self.at);
            let sheet = self.sheet();
            set_line(&mut sheet.content, &line, style, (x, y));
            if let Some(link) = link {
                let end = x + width_of(&line, style.size);
                let place = Rect::new(x, y - 3.0, end, y + style.size);
                sheet.links.push((place, link.to_owned()));
            }
        }
    }

    /// Draws a bar for each number over the width of the page.
    pub(super) fn bars(&mut self, numbers: &[f64], height: f32) {
        let most = numbers.iter().copied().fold(0.0, f64::max);
        if numbers.len() < 2 || most <= 0.0 {
            return;
        }
        self.keep_together(height + 8.0);
        self.at -= height + 4.0;
        let step = (PAGE.0 - 2.0 * MARGIN) / numbers.len() as f32;
        let foot = self.at;
        let content = &mut self.sheet().content;
        content.set_fill_rgb(0.24, 0.44, 0.71);
        for (place, number) in numbers.iter().enumerate() {
            let tall = (number / most) as f32 * height;
            content.rect(MARGIN + place as f32 * step, foot, step * 0.8, tall);
        }
        content.fill_nonzero();
    }

    /// Draws a thin line over the width of the page.
    pub(super) fn rule(&mut self) {
        self.at -= 8.0;
        let y = self.at;
        let content = &mut self.sheet().content;
        content.set_stroke_gray(0.8).set_line_width(0.6);
        content.move_to(MARGIN, y).line_to(PAGE.0 - MARGIN, y).stroke();
    }
}

fn sign(c: char) -> Option<(u8, u16)> {
    let ascii = u8::try_from(c).ok().filter(|code| (32..127).contains(code));
    let known = ascii.map(|code| (code, LATIN[usize::from(code) - 32]));
    known.or_else(|| {
        let found = SIGNS.iter().find(|(sign, ..)| *sign == c);
        found.map(|(_, code, width)| (*code, *width))
    })
}

fn char_width(c: char, size: f32) -> f32 {
    f32::from(sign(c).map_or(1000, |(_, width)| width)) / 1000.0 * size
}

fn width_of(text: &str, size: f32) -> f32 {
    text.chars().map(|c| char_width(c, size)).sum()
}

/// The lines of a text: Chinese breaks anywhere but before closing signs, Latin between words.
fn lines(text: &str, size: f32, width: f32) -> Vec<String> {
    let text: Vec<char> = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let (mut lines, mut start) = (Vec::new(), 0);
    while start < text.len() {
        let (mut end, mut used) = (start, 0.0);
        while end < text.len() && used + char_width(text[end], size) <= width {
            used += char_width(text[end], size);
            end += 1;
        }
        // A sign wider than the page is set all the same.
        end = end.max(start + 1);
        let end = if end < text.len() {
            break_before(&text, start, end)
        } else {
            end
        };
        let line: String = text[start..end].iter().collect();
        lines.push(line.trim_end().to_owned());
        start = end;
        while start < text.len() && text[start] == ' ' {
            start += 1;
        }
    }
    lines
}

fn break_before(text: &[char], start: usize, end: usize) -> usize {
    let is_word = |c: char| sign(c).is_some() && c != ' ';
    let may_break = |place: &usize| {
        let (before, after) = (text[*place - 1], text[*place]);
        !(NEVER_FIRST.contains(after) || is_word(before) && is_word(after))
    };
    let found = (start + 1..=end).rev().find(may_break);
    found.unwrap_or(end)
}

/// Sets one line, each run of letters in its face.
fn set_line(content: &mut Content, line: &str, style: Style, (x, y): (f32, f32)) {
    content.set_fill_gray(style.gray);
    content.begin_text().next_line(x, y);
    let chars: Vec<char> = line.chars().collect();
    for run in chars.chunk_by(|a, b| sign(*a).is_some() == sign(*b).is_some()) {
        if sign(run[0]).is_some() {
            let codes: Vec<u8> = run
                .iter()
                .filter_map(|c| sign(*c))
                .map(|(code, _)| code)
                .collect();
            content.set_font(FACES.0, style.size).show(Str(&codes));
        } else {
            let text: String = run.iter().collect();
            let codes: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
            content.set_font(FACES.1, style.size).show(Str(&codes));
        }
    }
    content.end_text();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_where_scripts_allow() {
        let found = lines("本期投诉上升，共八十九件。", 10.0, 60.0);
        assert_eq!(found, ["本期投诉上", "升，共八十九", "件。"]);
        let english = lines("Complaints rose to eighty-nine", 10.0, 80.0);
        assert!(
            english.iter().all(|line| width_of(line, 10.0) <= 80.0),
            "{english:?}"
        );
        assert_eq!(english.join(" "), "Complaints rose to eighty-nine");
        assert_eq!(lines("", 10.0, 60.0).len(), 0);
        assert_eq!(lines("宽", 100.0, 1.0), ["宽"]);
    }
}
