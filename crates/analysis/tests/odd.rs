//! Odd texts: whatever comes in, an analysis comes out, and its quotes slice the text. `TINGSU_ODD_TEXTS` says how many
//! texts are tried; the same number always means the same texts.

use std::num::NonZero;
use std::panic::catch_unwind;
use std::sync::OnceLock;
use std::thread;

use domain::{Analysis, Channel, Complaint, Timestamp};
use fastrand::Rng;
use tingsu_analysis::Engine;

/// Texts tried when nobody says how many.
const TEXTS: u64 = 1_000_000;
/// Most pieces of one text.
const MOST_PIECES: usize = 12;

const PICTURES: &[&str] = &[
    "😡",
    "👨",
    "👍🏽",
    "❤\u{FE0F}",
    "\u{200D}",
    "🏽",
    "🇨🇳",
    "1\u{20E3}",
    "☎",
];
const DIRECTIONS: &[&str] = &[
    "\u{202E}", "\u{202C}", "\u{2066}", "\u{2069}", "\u{200F}", "שלום", "退款", "\u{061C}",
];
const SURROGATES: &[&str] = &[
    r"\ud83d",
    r"\uDE21",
    r"\u0000",
    r"\u{110000}",
    r"\x80",
    "%ED%A0%80",
    "&#55357;",
    "\u{FFFD}",
];
const SPACES: &[&str] = &[
    " ", "\n", "\r", "\t", "\u{3000}", "\u{85}", "\u{0}", "\u{2028}", "退", "\u{FEFF}",
];
/// What rules look at, so that they meet their words in every order.
const WORDS: &[&str] = &[
    "我",
    "要",
    "不是",
    "退款",
    "赔偿",
    "客服",
    "承诺",
    "说好",
    "结果",
    "3",
    "13800138000",
    "三",
    "两百",
    "半",
    "亿",
    "天",
    "号",
    "月",
    "年",
    "元",
    "块",
    "毛",
    "¥",
    ".",
    ",",
    "-",
    "/",
    ":",
    "@",
    "a",
    "vx",
    "先生",
    "王",
    "路",
    "室",
    "单号",
    "前",
    "后",
    "个",
    "工作日",
    "。",
    "!",
    "\n",
    "京A",
    "x",
    "110101199003074",
    "6222",
    "有限公司",
    "机场",
];

fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(Engine::default_model)
}

/// The text of this number.
fn odd_text(number: u64) -> String {
    let mut dice = Rng::with_seed(number);
    let pieces = dice.usize(..=MOST_PIECES);
    let mut of =
        |list: &[&str]| -> String { (0..pieces).filter_map(|_| dice.choice(list)).copied().collect() };
    match number % 9 {
        0 => of(PICTURES),
        1 => of(DIRECTIONS),
        2 => of(SURROGATES),
        3 => of(SPACES),
        4 | 5 => of(WORDS),
        6 => dice.char(..).to_string().repeat(pieces * 4),
        7 => {
            let bytes: Vec<u8> = (0..pieces * 3).map(|_| dice.u8(..)).collect();
            String::from_utf8_lossy(&bytes).into_owned()
        }
        _ => (0..pieces * 3)
            .map(|place| match place % 3 {
                0 => dice.char(..),
                _ => dice.char('\u{300}'..='\u{36F}'),
            })
            .collect(),
    }
}

/// Reads a text and checks that what is quoted stands in it; masked, it is as long as before.
fn read(text: &str) -> Analysis {
    assert_eq!(text::mask(text).chars().count(), text.chars().count());
    let mut complaint = Complaint::new(text, Channel::Chat);
    complaint.received_at = Some(Timestamp(1_774_000_000_000));
    let analysis = engine().analyze(&complaint);
    let findings = analysis.psychology.primary.quotes().iter();
    for quote in findings.chain(analysis.entities.iter().map(|entity| &entity.quote)) {
        assert_eq!(quote.span().slice(text), Some(quote.words()));
    }
    analysis
}

fn try_text(number: u64) {
    let text = odd_text(number);
    if catch_unwind(|| read(&text)).is_err() {
        panic!("text {number} cannot be read: {text:?}");
    }
}

#[test]
fn odd_texts_are_read() {
    let told = std::env::var("TINGSU_ODD_TEXTS").ok();
    let texts = told.map_or(TEXTS, |told| told.parse().expect("TINGSU_ODD_TEXTS is a number"));
    let threads = thread::available_parallelism().map_or(1, NonZero::get) as u64;
    thread::scope(|scope| {
        for first in 0..threads {
            scope.spawn(move || (first..texts).step_by(threads as usize).for_each(try_text));
        }
    });
}

#[test]
fn one_character_a_million_times_is_read() {
    for c in [
        '啊', '0', '一', '元', '年', '!', '。', ' ', '\n', 'a', '@', '😡', '\u{200D}', '\u{301}', '\u{202E}',
    ] {
        let text = c.to_string().repeat(1_000_000);
        let analysis = read(&text);
        assert!(!analysis.doubts.is_empty(), "{c:?}");
    }
}
