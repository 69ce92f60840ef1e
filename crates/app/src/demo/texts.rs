//! What customers say in the demo: the texts of the corpus, and the customers' side of its conversations.

use domain::{Channel, Psychology, Vocabulary};
use serde_json::Value;

use super::{
    data::{Outbreak, Pains},
    dice::Dice,
};

/// One text with what the corpus knows of it.
#[derive(Clone, Debug)]
pub(crate) struct Text {
    pub(crate) words: String,
    pub(crate) channel: Channel,
    pub(crate) industry: String,
    /// What an annotator read; the person at the desk corrects the engine by it now and then.
    pub(crate) psychology: Option<Psychology>,
}

/// Turns of a conversation that make up one message.
const TURNS: usize = 4;

/// All texts, in the order of the files.
pub(crate) fn load() -> Vec<Text> {
    [
        include_str!("../../../../corpus/authored/train.jsonl"),
        include_str!("../../../../corpus/authored/dev.jsonl"),
        include_str!("../../../../corpus/everyday/train.jsonl"),
        include_str!("../../../../corpus/dialogues/train.jsonl"),
        include_str!("../../../../corpus/dialogues/dev.jsonl"),
    ]
    .into_iter()
    .flat_map(str::lines)
    .filter_map(|line| read(&serde_json::from_str(line).ok()?))
    .collect()
}

fn read(record: &Value) -> Option<Text> {
    let name = |key: &str| record.get(key).and_then(Value::as_str).unwrap_or_default();
    let words = match record.get("turns").and_then(Value::as_array) {
        Some(turns) => said_by_customer(turns),
        None => name("text").to_owned(),
    };
    let psychology = Psychology::from_key(name("psy"));
    (!words.trim().is_empty()).then(|| Text {
        words,
        channel: channel_of(name("channel")),
        industry: name("industry").to_owned(),
        psychology,
    })
}

fn said_by_customer(turns: &[Value]) -> String {
    let said = turns
        .iter()
        .filter(|turn| turn.get("role").and_then(Value::as_str) == Some("customer"));
    let said = said.filter_map(|turn| turn.get("text").and_then(Value::as_str));
    said.take(TURNS).collect::<Vec<_>>().join("\n")
}

/// The channel behind a name of the corpus; the first matching word decides.
fn channel_of(name: &str) -> Channel {
    const WORDS: [(&str, Channel); 22] = [
        ("评论", Channel::Review),
        ("评价", Channel::Review),
        ("点评", Channel::Review),
        ("12345", Channel::Regulator),
        ("12315", Channel::Regulator),
        ("转办", Channel::Regulator),
        ("留言板", Channel::Regulator),
        ("企业微信", Channel::Wecom),
        ("微信", Channel::Wechat),
        ("公众号", Channel::Wechat),
        ("私信", Channel::Social),
        ("微博", Channel::Social),
        ("朋友圈", Channel::Social),
        ("电话", Channel::Phone),
        ("邮件", Channel::Email),
        ("客服", Channel::Chat),
        ("表单", Channel::WebForm),
        ("APP", Channel::App),
        ("门店", Channel::Store),
        ("信", Channel::Letter),
        ("工单", Channel::Helpdesk),
        ("现场", Channel::Store),
    ];
    let by_word = || {
        WORDS
            .iter()
            .find(|(word, _)| name.contains(word))
            .map(|(_, channel)| *channel)
    };
    Channel::from_key(name)
        .or_else(by_word)
        .unwrap_or(Channel::WebForm)
}

/// What a complaint about this product says instead, when it is one of those that the range or the rules hurt.
pub(crate) fn pain(pains: &Pains, product: &str, dice: &mut Dice) -> Option<String> {
    let pain = pains.pain.iter().find(|pain| pain.product == product)?;
    if !dice.chance(pain.share) {
        return None;
    }
    let words = dice
        .pick(&pain.texts)
        .replace("{days}", dice.pick(&pains.days).as_str());
    Some(words.replace("{sum}", dice.pick(&pains.sum).as_str()))
}

/// A report of the planted outbreak.
pub(crate) fn report(outbreak: &Outbreak, dice: &mut Dice) -> String {
    let mut any = |texts: &[String]| dice.pick(texts).clone();
    any(&outbreak.texts)
        .replace("{days}", &any(&outbreak.days))
        .replace("{people}", &any(&outbreak.people))
        .replace("{use}", &any(&outbreak.r#use))
}
