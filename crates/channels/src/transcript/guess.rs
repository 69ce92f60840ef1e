//! Who speaks where the record does not say: told by the words each label uses, or by turns taking turns.

use std::collections::BTreeMap;

use domain::Speaker;

use crate::transcript::{Mark, Said};

/// Words that agents use.
const OF_AGENTS: [&str; 30] = [
    "您好",
    "请问",
    "为您",
    "帮您",
    "给您",
    "工号",
    "麻烦您",
    "抱歉",
    "请提供",
    "核实",
    "登记",
    "亲",
    "感谢您",
    "我们这边",
    "请稍等",
    "查一下",
    "订单号",
    "反馈",
    "为您服务",
    "理解您",
    "建议您",
    "您放心",
    "补偿",
    "安排",
    "规定",
    "您的",
    "工作日",
    "请您",
    "稍后",
    "申请",
];
/// Words that customers use.
const OF_CUSTOMERS: [&str; 28] = [
    "你们",
    "我要投诉",
    "我买",
    "我的",
    "凭什么",
    "怎么还",
    "退款",
    "退钱",
    "赔",
    "气",
    "到底",
    "为什么",
    "我等",
    "我打",
    "坏了",
    "没收到",
    "骗",
    "什么态度",
    "12315",
    "曝光",
    "我家",
    "我孩子",
    "我妈",
    "差评",
    "算了",
    "谢谢你",
    "你说",
    "我就",
];
/// How much one word tells.
const PER_WORD: f32 = 0.55;
/// A guess is never surer than this.
const SUREST: f32 = 0.99;

/// Fills in the speakers; marks that name a role are kept.
pub(crate) fn fill_speakers(said: &mut [Said]) {
    let mut leaning: BTreeMap<String, f32> = BTreeMap::new();
    for one in said.iter() {
        if let Mark::Label(label) = &one.mark {
            *leaning.entry(label.clone()).or_default() += lean(&one.turn.text);
        }
    }
    let agents = agents_among(&leaning);
    let nameless: Vec<usize> = (0..said.len())
        .filter(|&at| said[at].mark == Mark::None)
        .collect();
    for one in said.iter_mut() {
        match &one.mark {
            Mark::Known(speaker) => one.turn.speaker = *speaker,
            Mark::Label(label) => {
                if let Some((speaker, p)) = agents.get(label) {
                    (one.turn.speaker, one.turn.speaker_p) = (*speaker, *p);
                }
            }
            Mark::None => {}
        }
    }
    guess_alternation(said, &nameless);
}

/// Above 0 when the words are an agent's.
fn lean(text: &str) -> f32 {
    let count = |words: &[&str]| words.iter().filter(|word| text.contains(**word)).count() as f32;
    count(&OF_AGENTS) - count(&OF_CUSTOMERS)
}

/// Each label's role with its probability: whoever leans to agents beyond the mean of all is one.
fn agents_among(leaning: &BTreeMap<String, f32>) -> BTreeMap<String, (Speaker, f32)> {
    let mean = leaning.values().sum::<f32>() / leaning.len().max(1) as f32;
    let mean = if leaning.len() < 2 { 0.0 } else { mean };
    let of = |lean: f32| {
        let off = lean - mean;
        let p = 1.0 / (1.0 + (-PER_WORD * off.abs()).exp());
        let speaker = if off >= 0.0 {
            Speaker::Agent
        } else {
            Speaker::Customer
        };
        (speaker, p.min(SUREST))
    };
    leaning
        .iter()
        .map(|(label, lean)| (label.clone(), of(*lean)))
        .collect()
}

/// Turns without any mark are taken to alternate; which side begins is told by the words.
fn guess_alternation(said: &mut [Said], nameless: &[usize]) {
    let sums = nameless
        .iter()
        .enumerate()
        .fold([0f32; 2], |mut sums, (index, &at)| {
            sums[index % 2] += lean(&said[at].turn.text);
            sums
        });
    let off = sums[0] - sums[1];
    let p = (1.0 / (1.0 + (-PER_WORD * 0.5 * off.abs()).exp())).min(0.9);
    for (index, &at) in nameless.iter().enumerate() {
        let is_agent = (index % 2 == 0) == (off > 0.0);
        said[at].turn.speaker = if is_agent {
            Speaker::Agent
        } else {
            Speaker::Customer
        };
        said[at].turn.speaker_p = p;
    }
}
