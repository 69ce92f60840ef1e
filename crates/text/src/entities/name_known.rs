//! Persons of history and tales, sayings and brands that everybody knows: their names are nobody's personal data unless
//! the text says that somebody is called so.

use std::ops::Range;
use std::sync::LazyLock;

use super::digits::{after, before};
use super::name::is_introduced;
use super::name_letters::{LEXICON, Words};

/// Whom hardly anybody is called after.
const FIGURES: &str = "司马光 司马迁 司马懿 司马昭 司马相如 诸葛亮 诸葛孔明 欧阳修 欧阳询 欧阳锋 上官婉儿 令狐冲 东方不败 公孙胜 \
    夏侯惇 慕容复 独孤求败 秦始皇 姜太公 姜子牙 包青天 孙悟空 孙大圣 孙猴子 猪八戒 唐三藏 沙和尚 白骨精 白素贞 林黛玉 贾宝玉 薛宝钗 \
    刘姥姥 王熙凤 潘金莲 武大郎 西门庆 陈世美 周扒皮 黄世仁 杨白劳 孔乙己 关云长 赵子龙 苏东坡 白居易 杨贵妃 王昭君 花木兰 穆桂英 \
    樊梨花 梁山伯 祝英台 牛魔王 鲁智深 武则天 成吉思汗";
/// How sayings and round numbers begin that look like names.
const SAYINGS: &str = "成百 成千 成双成对 成年累月 万儿八千 万把块 千把块 百儿八十 关公面前 关公战秦琼 曹操到 孔融让梨 孟母三迁 王婆卖瓜 \
    周瑜打黄盖 黄盖挨打 黄鼠狼给鸡 徐庶进曹营 张飞穿针 张飞绣花 李鬼遇 李逵遇 韩信点兵 韩信用兵 项庄舞剑 毛遂自荐 江郎才尽 \
    叶公好龙 庄周梦蝶 范进中举 廉颇老矣 班门弄斧 鲁班门前 东郭先生 姜还是老的辣 高山流水 包公断案 包公脸 项羽自刎 刘备借荆州 \
    刘备摔孩子 刘备卖草鞋 吕布戏 杨家将 岳母刺字 田忌赛马 曾母投杼 苏武牧羊 萧何月下 萧规曹随 关羽走麦城 严师出高徒 黄粱一梦 \
    黄袍加身 洪水猛兽 方兴未艾 白高兴一 白高兴了 白高兴半 白高兴场 白开心 白欢喜 白激动 白忙活 白忙乎 白折腾 白辛苦 白期待 白相信 \
    白操心 白担心 白努力 白信任 白喜欢 白感动 白浪费 白兴奋";
/// Brands that begin with a family name and are no person's name.
const BRANDS: &str = "王老吉 周大福 周大生 周生生 周六福 谢瑞麟 徐福记 李锦记 老干妈 江小白 谭木匠 周黑鸭 范思哲 马应龙 张小泉 马自达 雷克萨斯 \
    施耐德 史丹利 高露洁 马可波罗 施华蔻 金龙鱼 金利来 苏泊尔 万家乐 万宝龙 贝因美 巴黎欧莱雅 毛戈平彩妆 史密斯热水器 钟薛高 \
    元气森林 简爱酸奶 沙县小吃 杨梅汁 蓝月亮 金丝猴 舒肤佳 云南白药 马爹利 江淮";
/// Brands that may be somebody as well; goods beside them tell.
const SHARED: &str = "康师傅 李宁 马大姐 张亮 杨国福 陈克明 李子柒 王致和 王麻子 杨铭宇 王守义 张君雅 刘一手 张一元 吴裕泰 \
    雷诺 罗技 罗莱 康佳 潘婷 沙宣 万和 万喜 华帝 曲美 全友 安踏 方太";
/// What follows a brand.
const GOODS: &str = "方便面 泡面 桶面 面里 面的包装 红烧 老坛 香辣 鲜虾 酸菜 牛肉 冰红茶 冰糖 绿茶 红茶 茉莉 饮料 饮用水 矿泉水 纯净水 鞋 运动 外套 衣服 \
    羽绒服 裤 篮球 球 跑鞋 袜 剪刀 菜刀 麻辣烫 黄焖鸡 挂面 面条 十三香 腐乳 臭豆腐 酱 酥 糖果 螺蛳粉 藕粉 粉丝 门店 店 专柜 旗舰 官网 官方 广告 \
    代言 加盟 品牌 牌 集团 公司 火锅 茶叶 花茶 香肠 薯片 \
    汽车 电视 空调 热水器 油烟机 鼠标 键盘 床垫 家纺 洗发水 灶具";
/// What is counted or done right before goods.
const BOUGHT: &[&str] = &[
    "买", "买了", "喝", "吃", "喝了", "吃了", "泡", "穿", "瓶", "桶", "箱", "碗", "双", "袋", "盒",
];

/// What is told of persons of history and tales.
const TALES: &[&str] = &[
    "砸",
    "之心",
    "来了",
    "在世",
    "再世",
    "转世",
    "附体",
    "也",
    "的故事",
    "的诗",
    "的词",
    "借",
    "那套",
    "空城",
    "三打",
];

/// What is wished to somebody.
const WISHES: &[&str] = &[
    "发财", "生意", "身体", "工作", "节日", "生日", "新年", "越", "早日", "万事", "一切", "平安", "幸福",
    "开心", "快乐", "成",
];

static KNOWN: LazyLock<Words> = LazyLock::new(|| Words::by_first(FIGURES));
static SAID: LazyLock<Words> = LazyLock::new(|| Words::by_first(SAYINGS));
static BRANDED: LazyLock<Words> = LazyLock::new(|| Words::by_first(BRANDS));
static TWOFOLD: LazyLock<Words> = LazyLock::new(|| Words::by_first(SHARED));
static OFFERED: LazyLock<Words> = LazyLock::new(|| Words::by_first(GOODS));

/// Whether what was taken for a name is part of a number, of a saying, or known to everybody.
pub(super) fn is_no_person(text: &str, bytes: &Range<usize>) -> bool {
    let rest = &text[bytes.start..];
    // 祝老板发财: a wish, no family name.
    let wish = rest
        .strip_prefix('祝')
        .is_some_and(|_| WISHES.iter().any(|word| text[bytes.end..].starts_with(word)));
    if wish || is_part_of_number(text, bytes.start) || SAID.at(rest).is_some() {
        return true;
    }
    let called = |letters: usize| is_called_so(text, bytes.start, letters);
    let told_of = |letters: usize| {
        let end = rest.char_indices().nth(letters).map_or(rest.len(), |(at, _)| at);
        // 司马光砸缸: what was found goes beyond the name.
        bytes.len() > end || TALES.iter().any(|word| rest[end..].starts_with(word))
    };
    if KNOWN
        .at(rest)
        .is_some_and(|letters| told_of(letters) && !called(letters))
        || BRANDED.at(rest).is_some_and(|letters| !called(letters))
    {
        return true;
    }
    TWOFOLD
        .at(rest)
        .is_some_and(|letters| is_offered(text, bytes.start, letters))
}

/// 3万日元: what follows the digit is a unit, no family name.
fn is_part_of_number(text: &str, start: usize) -> bool {
    let unit = after(text, start).is_some_and(|c| "万千百亿仟佰拾".contains(c));
    let digit = |c: char| c.is_ascii_digit() || "零一二两三四五六七八九十百千几数".contains(c);
    unit && before(text, start).is_some_and(digit)
}

/// Whether a word, a form of address, a number or the marks around it say that a person is called so.
fn is_called_so(text: &str, start: usize, letters: usize) -> bool {
    let (head, rest) = (&text[..start], &text[start..]);
    let end = rest.char_indices().nth(letters).map_or(rest.len(), |(at, _)| at);
    let tail = &rest[end..];
    let second = tail.chars().next().map_or(0, char::len_utf8);
    let addressed = LEXICON.titles.at(tail).is_some() || LEXICON.titles.at(&tail[second..]).is_some();
    let numbered = tail
        .trim_start_matches([' ', ',', ':'])
        .starts_with(|c: char| c.is_ascii_digit());
    is_introduced(head) || LEXICON.roles.ends(head) || addressed || numbered
}

/// Whether goods stand beside a brand.
fn is_offered(text: &str, start: usize, letters: usize) -> bool {
    let (head, rest) = (&text[..start], &text[start..]);
    let end = rest.char_indices().nth(letters).map_or(rest.len(), |(at, _)| at);
    let tail = rest[end..].trim_start_matches(['的', '家', '”', '"']);
    OFFERED.at(tail).is_some() || BOUGHT.iter().any(|word| head.ends_with(word))
}
