//! The pieces of a text that may become a phrase: runs of two to four Chinese characters, whole words elsewhere.

/// The longest run counted; longer phrases grow from it.
const LONGEST: usize = 4;
/// The shortest word outside Chinese.
const SHORTEST_WORD: usize = 3;

/// A text in lower case with marks as borders.
pub(super) fn fold(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}

/// The pieces of a folded text, each once, in the order of their bytes.
pub(super) fn grams(folded: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for run in runs(folded) {
        if is_han(run.chars().next().unwrap_or(' ')) {
            let borders: Vec<usize> = run.char_indices().map(|(at, _)| at).chain([run.len()]).collect();
            for length in 2..=LONGEST.min(borders.len() - 1) {
                for start in 0..borders.len() - length {
                    found.push(&run[borders[start]..borders[start + length]]);
                }
            }
        } else if run.chars().count() >= SHORTEST_WORD && !run.bytes().all(|byte| byte.is_ascii_digit()) {
            found.push(run);
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Runs of one kind of character: Chinese, or letters and digits.
fn runs(folded: &str) -> impl Iterator<Item = &str> {
    let kind = |c: char| match c {
        c if is_han(c) => 1,
        c if c.is_alphanumeric() => 2,
        _ => 0,
    };
    let mut rest = folded;
    std::iter::from_fn(move || {
        loop {
            let first = kind(rest.chars().next()?);
            let end = rest
                .char_indices()
                .find(|(_, c)| kind(*c) != first)
                .map_or(rest.len(), |(at, _)| at);
            let (run, after) = rest.split_at(end);
            rest = after;
            if first != 0 {
                return Some(run);
            }
        }
    })
}

pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

/// Characters that a readable phrase neither begins nor ends with.
const LOOSE: &str = "的了是我你他她它们在就都也和还又很有不没这那个把被让给到着过吗呢吧啊呀嘛啦与及或而且但因为所以如果要会能可以说来去上下里么什怎样之其将已经从对向于用等再才只";

/// English words that tell nothing of a cause.
const LOOSE_WORDS: [&str; 34] = [
    "the", "and", "for", "was", "were", "with", "that", "this", "have", "has", "had", "not", "but", "you",
    "your", "are", "they", "them", "their", "from", "our", "its", "been", "when", "what", "which", "who",
    "will", "would", "can", "could", "about", "after", "there",
];

/// Whether a piece can stand as a phrase of its own.
pub(super) fn is_readable(gram: &str) -> bool {
    let (first, last) = (gram.chars().next(), gram.chars().next_back());
    let loose = |c: Option<char>| c.is_none_or(|c| LOOSE.contains(c));
    if gram.is_ascii() {
        return !LOOSE_WORDS.contains(&gram);
    }
    !loose(first) && !loose(last)
}

/// What a phrase that names a group does not begin with, beside the loose characters: an end of another word.
const TAILS: &str = "儿子头边面份";

/// Numerals; what is counted differs from text to text and names nothing.
const NUMERALS: &str = "〇零一二两三四五六七八九十百千万亿几半第多";

/// Times, kin, turns of phrase and other words that many texts hold whatever they are about.
const EVERYDAY: [&str; 126] = [
    "时候",
    "今天",
    "昨天",
    "明天",
    "前天",
    "后天",
    "当天",
    "每天",
    "那天",
    "上午",
    "下午",
    "晚上",
    "早上",
    "中午",
    "半夜",
    "凌晨",
    "周末",
    "星期",
    "上周",
    "下周",
    "今年",
    "去年",
    "明年",
    "小时",
    "分钟",
    "秒钟",
    "月底",
    "月初",
    "上个",
    "下个",
    "现在",
    "以前",
    "之前",
    "以后",
    "之后",
    "当时",
    "后来",
    "刚才",
    "最近",
    "马上",
    "孩子",
    "小孩",
    "老人",
    "老公",
    "老婆",
    "妈妈",
    "爸爸",
    "父亲",
    "母亲",
    "父母",
    "爷爷",
    "奶奶",
    "外婆",
    "儿子",
    "女儿",
    "丈夫",
    "妻子",
    "婆婆",
    "家人",
    "朋友",
    "同事",
    "邻居",
    "句话",
    "意思",
    "想问",
    "请问",
    "看见",
    "看到",
    "听见",
    "听到",
    "觉得",
    "知道",
    "以为",
    "告诉",
    "地方",
    "事情",
    "问题",
    "情况",
    "东西",
    "结果",
    "时间",
    "自己",
    "别人",
    "人家",
    "大家",
    "我们",
    "你们",
    "他们",
    "别跟",
    "别说",
    "真的",
    "根本",
    "居然",
    "竟然",
    "完全",
    "一直",
    "已经",
    "还是",
    "就是",
    "不是",
    "是不是",
    "不了",
    "没有",
    "没法",
    "不能",
    "不会",
    "不到",
    "不要",
    "不想",
    "不行",
    "不知",
    "不好",
    "为什么",
    "怎么",
    "多少",
    "希望",
    "谢谢",
    "您好",
    "旁边",
    "部门",
    "建议",
    "发现",
    "平台",
    "方面",
    "办法",
    "你好",
];

/// People, places and papers that a kind of product always has: they tell who or where, never what went wrong.
const SCENERY: [&str; 62] = [
    "老师",
    "司机",
    "老板",
    "医生",
    "大夫",
    "护士",
    "前台",
    "师傅",
    "店员",
    "店长",
    "店家",
    "客服",
    "经理",
    "主管",
    "领导",
    "同志",
    "卖家",
    "商家",
    "教练",
    "业主",
    "家长",
    "学生",
    "保安",
    "保洁",
    "管家",
    "顾客",
    "客户",
    "客人",
    "用户",
    "会员",
    "乘客",
    "患者",
    "病人",
    "员工",
    "人员",
    "服务员",
    "骑手",
    "快递员",
    "学校",
    "医院",
    "酒店",
    "饭店",
    "门店",
    "商场",
    "超市",
    "公司",
    "厂家",
    "厂商",
    "柜台",
    "窗口",
    "房子",
    "房间",
    "小区",
    "飞机",
    "先生",
    "女士",
    "小姐",
    "批次",
    "批号",
    "广播",
    "电话",
    "销售",
];

/// Whether a piece can name a group: readable, with the negation that complaints live on, and without numbers, times,
/// kin, turns of phrase, people and places.
pub(super) fn is_nameable(gram: &str) -> bool {
    if gram.is_ascii() {
        return is_readable(gram) && !gram.bytes().any(|byte| byte.is_ascii_digit());
    }
    let negated = gram.strip_prefix(['不', '没', '未', '无']);
    let core = negated.unwrap_or(gram);
    // A negation alone with one character, such as 不出, says what is not done to what.
    let whole = core.chars().count() > 1 && is_readable(core);
    let clean = !gram.chars().any(|c| NUMERALS.contains(c) || !is_han(c));
    let everyday = EVERYDAY
        .iter()
        .chain(&SCENERY)
        .any(|word| gram.contains(*word) || word.contains(gram));
    whole && clean && !everyday && !gram.starts_with(|c| TAILS.contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_stay_within_runs() {
        assert_eq!(
            grams(&fold("鼓包了，OK！A2307 12")),
            ["a2307", "包了", "鼓包", "鼓包了"]
        );
        assert!(grams("").is_empty() && grams("！？").is_empty() && grams("好").is_empty());
        assert!(is_readable("鼓包") && !is_readable("鼓包了") && !is_readable("the"));
        for good in ["鼓包", "不送上门", "停电", "没退款", "battery"] {
            assert!(is_nameable(good), "{good}");
        }
        for poor in [
            "时候", "二十", "意思", "两年", "孩子", "句话", "一句", "看见", "老人", "想问", "不了", "这个",
        ] {
            assert!(!is_nameable(poor), "{poor}");
        }
    }
}
