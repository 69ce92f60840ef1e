//! What was promised or expected against what came instead, as a pair of quotes, and the promises told of (A13).

use std::ops::Range;

use domain::{Entity, EntityKind, PromiseFound, Quote};
use text::Reading;

use crate::read::Underline;

/// Words that begin what was promised.
const PROMISED: &[&str] = &[
    "说好",
    "讲好",
    "说是",
    "说会",
    "说给",
    "说能",
    "说今天",
    "说明天",
    "说三天",
    "答应",
    "承诺",
    "保证",
    "约好",
    "约定",
    "谈好",
    "合同写",
];
/// Words that begin what was expected without a promise.
const EXPECTED: &[&str] = &[
    "宣传",
    "广告",
    "页面写",
    "写着",
    "写的是",
    "标的是",
    "标着",
    "号称",
    "标榜",
    "介绍说",
    "图片上",
    "描述",
    "本以为",
    "原以为",
    "还以为",
    "以为",
    "期待",
    "冲着",
    "慕名",
    "以前",
    "订的是",
    "定的是",
    "买的是",
    "预定的",
];
/// Words that begin what came instead.
const RECEIVED: &[&str] = &[
    "结果",
    "没想到",
    "谁知",
    "谁料",
    "实际",
    "其实",
    "到手",
    "收到",
    "居然",
    "竟然",
    "却",
    "可是",
    "但是",
    "现在",
    "到现在",
    "至今",
    "发现",
    "来的是",
    "给的是",
    "送来",
    "打开",
    "没有",
    "都没",
    "也没",
    "还没",
    "不给",
    "不认",
    "不承认",
    "变成",
    "变了",
];
/// Words for those who promise.
const SPEAKERS: &[&str] = &[
    "客服",
    "销售",
    "店长",
    "经理",
    "老板",
    "商家",
    "店家",
    "卖家",
    "前台",
    "师傅",
    "顾问",
    "中介",
    "物业",
    "平台",
    "骑手",
    "你们",
    "他们",
    "工作人员",
    "服务员",
];
/// How many clauses after an expectation what came instead is looked for.
const REACH: usize = 4;
/// Most promises listed.
const MOST_PROMISES: usize = 5;
/// Quotes are cut to this many characters.
const LONGEST: usize = 40;

/// The pair of quotes and the promises of a text.
#[derive(Default)]
pub(crate) struct Contrast {
    pub(crate) expected: Option<Quote>,
    pub(crate) received: Option<Quote>,
    pub(crate) promises: Vec<PromiseFound>,
}

/// Reads expectation, what came instead, and promises. `broken` says whether the text as a whole tells of a broken one.
pub(crate) fn contrast(
    reading: &Reading,
    underline: &Underline,
    entities: &[Entity],
    broken: bool,
) -> Contrast {
    let mut found = Contrast::default();
    let clauses = underline.clauses();
    for (index, clause) in clauses.iter().enumerate() {
        let words = words_of(reading, clause);
        let promise = first_of(words, PROMISED);
        let Some(at) = promise.or_else(|| first_of(words, EXPECTED)) else {
            continue;
        };
        let (expected, received) = part(reading, clauses, index, at);
        if promise.is_some() && found.promises.len() < MOST_PROMISES {
            found
                .promises
                .extend(promise_of(reading, underline, entities, clause, broken));
        }
        if found.received.is_none() && (found.expected.is_none() || received.is_some()) {
            found.expected = underline.quote(cut(expected));
            found.received = received.and_then(|range| underline.quote(cut(range)));
        }
    }
    found
}

/// The characters of the expectation that begins at byte `at` of a clause, and of what came instead.
fn part(
    reading: &Reading,
    clauses: &[Range<usize>],
    index: usize,
    at: usize,
) -> (Range<usize>, Option<Range<usize>>) {
    let clause = &clauses[index];
    let base = reading.byte_of(clause.start);
    let words = words_of(reading, clause);
    let start = reading.char_at(base + at);
    let turn = RECEIVED
        .iter()
        .filter_map(|word| words[at..].find(word))
        .filter(|&turn| turn > 6)
        .min();
    if let Some(turn) = turn {
        let turn = reading.char_at(base + at + turn);
        return (start..turn, Some(turn..clause.end));
    }
    let later = clauses[index + 1..].iter().take(REACH);
    let received = later
        .clone()
        .find(|clause| first_of(words_of(reading, clause), RECEIVED).is_some());
    (start..clause.end, received.cloned())
}

fn promise_of(
    reading: &Reading,
    underline: &Underline,
    entities: &[Entity],
    clause: &Range<usize>,
    broken: bool,
) -> Option<PromiseFound> {
    let quote = underline.quote(cut(clause.clone()))?;
    let words = words_of(reading, clause);
    let by = SPEAKERS
        .iter()
        .filter(|speaker| words.contains(**speaker))
        .max_by_key(|speaker| speaker.len());
    let until = entities.iter().find(|entity| {
        matches!(entity.kind, EntityKind::Date | EntityKind::Duration)
            && entity.span().overlaps(&quote.span())
    });
    Some(PromiseFound {
        by: by.map_or_else(String::new, |speaker| (*speaker).to_owned()),
        until: until.map_or_else(String::new, |entity| entity.quote.words().to_owned()),
        broken,
        quote,
    })
}

fn words_of<'r>(reading: &'r Reading, clause: &Range<usize>) -> &'r str {
    &reading.normalized()[reading.byte_of(clause.start)..reading.byte_of(clause.end)]
}

fn first_of(words: &str, list: &[&str]) -> Option<usize> {
    list.iter().filter_map(|word| words.find(word)).min()
}

fn cut(range: Range<usize>) -> Range<usize> {
    range.start..range.end.min(range.start + LONGEST)
}
