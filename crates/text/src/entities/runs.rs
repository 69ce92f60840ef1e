//! Digits however they are written — 138-0013, 幺三八 呃 零零, one three eight, 两个零 — read into runs of which every
//! digit knows its place.

use std::sync::LazyLock;

use super::class::ALPHABET;
use super::name_letters::Words;
use super::numeral::digit_of;
use super::sounds;

/// What stands between two digits of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    /// Nothing.
    None,
    /// A space, line break or single mark of the kinds that part numbers.
    Tight,
    /// Marks or pictures.
    Loose,
    /// A comma, or words such as 呃 and 后面.
    Words,
}

/// One digit and what stands before it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Digit {
    /// `0`–`9`, or `x` at the end of an identity card number.
    pub(super) value: u8,
    /// The first byte.
    pub(super) start: usize,
    /// One past the last byte.
    pub(super) end: usize,
    /// What stands between this and the digit before it.
    pub(super) gap: Gap,
    /// Whether it is written with an ASCII digit.
    pub(super) ascii: bool,
}

/// Digits that may be one number.
pub(super) type Run = Vec<Digit>;

/// More bytes than this are never one gap.
const LONGEST_GAP: usize = 40;
/// A run with fewer digits is no number of a person.
const FEWEST: usize = 5;
/// Words people put between the digits of one number, longer ones first.
const FILLERS: &str = "中间三位是 中间四个是 中间四位是 中间是四个 后面四位是 最后三位是 最后四个是 最后四位是 dash 不好意思 中间三个 中间三位 中间四个 中间四位 你记一下 前七位是 前三个是 前三位是 前半截是 前四位是 后三位是 后半截是 后四个是 后四位是 后头四位 后面四位 国际区号 头三位是 您记一下 我再看看 我想想啊 我看一下 最后三位 最后四个 最后四位 末四位是 等我一下 等我看看 让我看看 跟着的是 一个杠 下面是 中划线 中间儿 中间是 你记着 再一个 再一组 再加个 再来个 前七位 前三个 前三位 前四位 前边是 前面是 加区号 区号加 区号是 号码是 后三个 后三位 后四个 后四位 后头再 后头是 后边是 后面是 听好了 国家码 头三位 头四位 完了是 尾巴是 尾数是 我想想 我看下 我看看 接下去 接下来 接着再 接着呢 接着是 最后是 末四位 然后再 然后呢 然后是 空一格 空格儿 第一段 第三段 第二段 紧接着 紧跟着 结尾是 记一下 跟着是 连着是 那什么 顿一下 一杠 一横 三位 下面 中间 之后 先是 再加 再接 再是 再来 前头 前边 前面 加上 区号 句号 号码 后头 后边 后面 听好 哈是 哎呀 嗯嗯 四位 好了 完了 完后 对吧 就是 尾数 尾是 开头 往下 往后 接着 斜杠 是吧 最后 末了 末尾 本地 本机 横杠 横线 没错 然后 短横 稍等 空格 等下 等等 结尾 记下 跟上 跟着 连着 逗号 那个 里面 隔开 了 停 再 减 吧 呃 呐 呢 呵 咳 哈 哎 哦 唉 唔 啊 喔 嗯 嗳 嘛 头 对 尾 接 是 杠 点 空 诶 跟 那 额";
const ENGLISH: &[(&str, u8)] = &[
    ("zero", b'0'),
    ("oh", b'0'),
    ("one", b'1'),
    ("two", b'2'),
    ("three", b'3'),
    ("four", b'4'),
    ("five", b'5'),
    ("six", b'6'),
    ("seven", b'7'),
    ("eight", b'8'),
    ("nine", b'9'),
    ("ling", b'0'),
    ("yao", b'1'),
    ("yi", b'1'),
    ("er", b'2'),
    ("san", b'3'),
    ("si", b'4'),
    ("wu", b'5'),
    ("liu", b'6'),
    ("qi", b'7'),
    ("ba", b'8'),
    ("jiu", b'9'),
];

/// The runs of five digits and more, in order.
pub(super) fn runs(text: &str) -> Vec<Run> {
    let mut reader = Reader {
        text,
        run: Run::new(),
        found: Vec::new(),
    };
    let alphabet = &*ALPHABET;
    let mut free = 0;
    for (at, c) in text.char_indices() {
        if at >= free && alphabet.of(c).signs.may_be_digit() {
            free = at + reader.take(at, c);
        }
    }
    reader.flush();
    reader.found
}

struct Reader<'t> {
    text: &'t str,
    run: Run,
    found: Vec<Run>,
}

impl Reader<'_> {
    /// Takes the digit that begins at this byte; the number of bytes it spans, 0 when there is none.
    fn take(&mut self, at: usize, c: char) -> usize {
        let rest = &self.text[at..];
        if let Some(value) = value_of(c) {
            let width = c.len_utf8();
            // 后四位 tells how many digits follow.
            if !c.is_ascii_digit() && rest[width..].starts_with('位') {
                return 0;
            }
            return match repeated(&rest[width..]) {
                Some((digit, more))
                    if (b'2'..=b'9').contains(&value) || value == b'1' && !self.run.is_empty() =>
                {
                    for _ in b'0'..value {
                        self.push(digit, at, at + width + more);
                    }
                    width + more
                }
                _ => {
                    self.push(value, at, at + width);
                    width
                }
            };
        }
        if let Some((digit, times, width)) = doubled(rest).filter(|_| !self.run.is_empty()) {
            (0..times).for_each(|_| self.push(digit, at, at + width));
            return width;
        }
        if c == '叉' && self.run.len() == 17 {
            self.push(b'x', at, at + c.len_utf8());
            return c.len_utf8();
        }
        if sounds::ONES.contains(c) && sounds::is_one(self.text, &self.run, at) {
            self.push(b'1', at, at + c.len_utf8());
            return c.len_utf8();
        }
        if !c.is_ascii_lowercase() {
            return 0;
        }
        if let Some(value) = sounds::lookalike(self.text, at) {
            self.push(value, at, at + 1);
            return 1;
        }
        let touching = self.run.last().is_some_and(|last| last.end == at);
        match c {
            'o' if touching || self.goes_on_in_digits(at) => self.push(b'0', at, at + 1),
            'x' if self.run.len() >= 17 => self.push(b'x', at, at + 1),
            _ => {
                let free = at == 0 || !self.text.as_bytes()[at - 1].is_ascii_alphanumeric();
                let word = ENGLISH.iter().find(|(word, _)| {
                    free && rest
                        .strip_prefix(word)
                        .is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
                });
                let Some((word, value)) = word else {
                    return self.take_repeated(at, free);
                };
                self.push(*value, at, at + word.len());
                return word.len();
            }
        }
        1
    }

    /// Whether after a space the number goes on in letters that stand for digits.
    fn goes_on_in_digits(&self, at: usize) -> bool {
        let near = self
            .run
            .last()
            .is_some_and(|last| last.end + 1 == at && self.text.as_bytes()[last.end] == b' ');
        near && self.run.len() >= 3
            && self.run.iter().any(|digit| digit.ascii)
            && word_at(self.text, at)
                .bytes()
                .all(|byte| byte == b'o' || byte.is_ascii_digit())
    }

    /// Takes "double eight" and "triple zero"; the number of bytes they span, 0 when there is none.
    fn take_repeated(&mut self, at: usize, free: bool) -> usize {
        let rest = &self.text[at..];
        let told = [("double ", 2), ("triple ", 3)]
            .into_iter()
            .find_map(|(word, times)| {
                let digit = rest.strip_prefix(word)?;
                let (name, value) = ENGLISH.iter().find(|(name, _)| digit.starts_with(name))?;
                Some((word.len() + name.len(), times, *value))
            });
        let Some((length, times, value)) = told.filter(|_| free) else {
            return 0;
        };
        (0..times).for_each(|_| self.push(value, at, at + length));
        length
    }

    fn push(&mut self, value: u8, start: usize, end: usize) {
        let gap = match self.run.last() {
            None => Some(Gap::None),
            // Digits told as a count share one place.
            Some(last) if last.start == start => Some(Gap::None),
            Some(last) => gap_of(&self.text[last.end..start]),
        };
        if gap.is_none() {
            self.flush();
        }
        let ascii = self.text.as_bytes()[start].is_ascii_digit();
        self.run.push(Digit {
            value,
            start,
            end,
            gap: gap.unwrap_or(Gap::None),
            ascii,
        });
    }

    fn flush(&mut self) {
        let run = std::mem::take(&mut self.run);
        if run.len() >= FEWEST {
            self.found.push(run);
        }
    }
}

/// The letters and digits from here on that stand together.
fn word_at(text: &str, at: usize) -> &str {
    let rest = &text[at..];
    let end = rest
        .find(|c: char| !c.is_ascii_alphanumeric())
        .unwrap_or(rest.len());
    &rest[..end]
}

/// The digit, in any script that people use to get numbers past a filter.
pub(super) fn value_of(c: char) -> Option<u8> {
    Some(match c {
        '0'..='9' => c as u8,
        '○' => b'0',
        '壹' => b'1',
        '贰' => b'2',
        '叁' => b'3',
        '肆' => b'4',
        '伍' => b'5',
        '陆' => b'6',
        '柒' => b'7',
        '捌' => b'8',
        '玖' => b'9',
        '俩' | '仨' => return None,
        // As soldiers and dispatchers spell them.
        '洞' => b'0',
        '拐' => b'7',
        '勾' => b'9',
        _ => b'0' + u8::try_from(digit_of(c)?).ok()?,
    })
}

/// 个零 after a count: the digit and the bytes.
fn repeated(rest: &str) -> Option<(u8, usize)> {
    let after = rest.strip_prefix('个')?;
    let c = after.chars().next()?;
    // 两个一百 counts something else.
    let goes_on = after[c.len_utf8()..].starts_with(['十', '百', '千', '万', '个', '月', '小']);
    let value = value_of(c).filter(|_| !goes_on)?;
    Some((value, '个'.len_utf8() + c.len_utf8()))
}

/// 双八 and 仨零: the digit, how often it counts, and the bytes.
fn doubled(rest: &str) -> Option<(u8, usize, usize)> {
    let times = match rest.chars().next()? {
        '双' | '俩' => 2,
        '仨' => 3,
        _ => return None,
    };
    let c = rest.chars().nth(1)?;
    let goes_on = rest
        .chars()
        .nth(2)
        .is_some_and(|next| "十百千万月号个块元天".contains(next));
    let digit = value_of(c).filter(|_| !goes_on)?;
    Some((digit, times, rest.chars().take(2).map(char::len_utf8).sum()))
}

/// How these words part two digits of one number; nothing when they end it.
fn gap_of(words: &str) -> Option<Gap> {
    if words.is_empty() {
        return Some(Gap::None);
    }
    if words.len() > LONGEST_GAP {
        return None;
    }
    let mut gap = Gap::Tight;
    let mut marks = 0;
    let mut rest = words;
    while let Some(c) = rest.chars().next() {
        let width = match c {
            ' ' | '\n' | '\r' => 1,
            '。' => return None,
            '-' | '.' | '·' | '—' | '–' | '•' | '_' => {
                marks += 1;
                c.len_utf8()
            }
            ',' | '、' => {
                gap = Gap::Words;
                1.max(c.len_utf8())
            }
            '/' | ':' | '~' | '=' | '|' => {
                gap = Gap::Words;
                1
            }
            '+' | '*' | '%' | '<' | '>' | '!' | '?' | ';' | '¥' | '$' | '€' | '£' | '×' => {
                return None;
            }
            _ if !c.is_alphanumeric() => {
                gap = gap.max(Gap::Loose);
                c.len_utf8()
            }
            _ => {
                gap = Gap::Words;
                filler_at(rest)?
            }
        };
        rest = &rest[width..];
    }
    Some(if marks > 1 { gap.max(Gap::Loose) } else { gap })
}

static FILLED: LazyLock<Words> = LazyLock::new(|| Words::by_first(FILLERS));

/// The bytes of the longest such word that begins here.
fn filler_at(rest: &str) -> Option<usize> {
    let letters = FILLED.at(rest)?;
    Some(rest.chars().take(letters).map(char::len_utf8).sum())
}

/// The digits of part of a run.
pub(super) fn spell(digits: &[Digit]) -> String {
    digits.iter().map(|digit| char::from(digit.value)).collect()
}

/// The bytes of part of a run.
pub(super) fn place(digits: &[Digit]) -> std::ops::Range<usize> {
    match (digits.first(), digits.last()) {
        (Some(first), Some(last)) => first.start..last.end,
        _ => 0..0,
    }
}

/// How many digits stand together between gaps.
pub(super) fn groups(digits: &[Digit]) -> Vec<usize> {
    let mut groups = Vec::new();
    for (index, digit) in digits.iter().enumerate() {
        match groups.last_mut() {
            Some(last) if index > 0 && digit.gap == Gap::None => *last += 1,
            _ => groups.push(1),
        }
    }
    groups
}

/// The parts of a run that begin and end at gaps and have `least` to `most` digits; longer ones first for each start.
/// What is taken by `take` is not looked at again.
pub(super) fn parts(run: &[Digit], least: usize, most: usize, mut take: impl FnMut(&[Digit]) -> bool) {
    let is_border = |at: usize| {
        at == run.len() || at == 0 || run[at].gap != Gap::None || run[at].ascii != run[at - 1].ascii
    };
    let mut start = 0;
    while start + least <= run.len() {
        let ends = (start + least..=run.len().min(start + most)).rev();
        let taken = is_border(start)
            .then(|| {
                ends.filter(|&end| is_border(end))
                    .find(|&end| take(&run[start..end]))
            })
            .flatten();
        start = taken.unwrap_or(start + 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_in_any_dress() {
        for (text, expected) in [
            ("138-0013 8000", "13800138000"),
            ("幺三八 呃 零零幺三 八零零零", "13800138000"),
            ("幺七七 四个零 九九八八", "17700009988"),
            ("138oo138o28", "13800138028"),
            ("one three eight, zero zero", "13800"),
            ("1380013🦀🦀🦀8017", "13800138017"),
            ("11010519660606101x", "11010519660606101x"),
            ("叁叁零零伍", "33005"),
            ("么三八零零一三八零零零", "13800138000"),
            ("一三八么二么四零零零零", "13812140000"),
            ("l38ool38ooo", "13800138000"),
        ] {
            let runs = runs(text);
            assert_eq!(
                runs.iter().map(|run| spell(run)).collect::<Vec<_>>(),
                [expected],
                "{text}"
            );
        }
        assert!(runs("12:30到13:40。三百二十块").is_empty());
        assert_eq!(groups(&runs("138 0013 8000")[0]), [3, 4, 4]);
    }
}
