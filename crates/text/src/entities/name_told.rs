//! Names whose characters tell nothing: those that follow the label of a field or a word for a person's names, and
//! names of peoples without the usual family names, built of parts.

use std::sync::LazyLock;

use super::name_letters::{Kind, LEXICON, Letters, Words};
use super::name_words::OFFICES;
use crate::fold::is_han;

/// Parts of Tibetan, Mongolian, Uyghur, Kazakh, Yi, Dai and Japanese names.
pub(super) const PARTS: &str = "山田 田中 佐藤 铃木 高桥 渡边 伊藤 加藤 吉田 松本 井上 斋藤 石井 前田 藤田 冈田 近藤 坂本 远藤 藤井 西村 三浦 藤原 冈本 松田 原田 竹内 石田 森田 由纪 由美 美咲 花子 太郎 一郎 次郎 健太 健一 裕子 惠子 洋子 幸子 直子 直树 美穗 奈美 翔太 大辅 达也 拓也 雅子 久美 纯子 秀树 正树 英树 浩二 健二 友美 千夏 千春 麻衣 沙织 理惠 岩温罕 岩罕温 岩温香 岩香坎 岩罕章 玉罕香 玉香罕 帕丽旦 帕丽达 热孜完 茹克亚 玛依热 姑丽 古力 阿孜古 布威 阿米乃 吐送 热娜 帕夏古丽 阿米娜 古再丽 曼孜热 麦尔哈巴 苏比努尔 沙吉旦 哈尼克孜 布海丽且 阿提开姆 图尔贡 吾守尔 艾孜买提 艾沙 叶尔兰 努尔兰 加娜尔 阿依达娜 巴哈提 赛里克 塞力克 哈那提 阿迪娜 迪娜尔 古丽孜亚 玛合帕 达瓦 旦增 次成 曲措 央吉 央拉 德庆 德央 仓决 仓木 旺杰 旺扎 白珠 平措 欧珠 班觉 班旦 索那 罗桑 拉珍 桑珠 格列 格勒 嘎玛 噶玛 朗杰 南杰 多杰 多布杰 东珠 华旦 才旦 才项 才旺 完玛 卓么 项毛 斗格 乌日娜 乌兰 乌兰图雅 娜仁花 萨如拉 阿茹娜 阿茹汗 阿斯娜 孟根 宝力德 宝力格 旭日干 查干 那仁 青格尔 海日罕 海日汗 朝格图 乌力吉 斯日古楞 敖日格乐 特格喜 阿依努尔 古丽娜孜 古丽扎 古丽米热 热比亚 阿丽亚 阿力木 阿布来提 艾力江 吐鲁洪 买合木提 麦合木提 帕孜来提 佐热古丽 哈丽旦 阿瓦古丽 图尔荪 吐尔洪 玛丽亚木 苏来曼 沙塔尔 依再提 卡地尔 迪丽胡玛 阿尔孜古丽 阿孜古丽 居马 吉木 吉布 阿依莫 日洛 尔洛 日古 木加 子呷 尔哈 拉铁 曲比 马海 吉伍 阿苦 阿说 衣洛 伍各 岩罕 玉罕 岩温 岩叫 扎西 次仁 才仁 卓玛 央金 央宗 德吉 尼玛 达娃 巴桑 格桑 旺堆 旺姆 旺久 拉姆 曲珍 曲扎 丹增 丹巴 顿珠 索朗 索南 仁青 仁增 洛桑 洛松 多吉 平措 白玛 边巴 普布 米玛 拉巴 强巴 桑吉 桑杰 才让 措姆 卓嘎 罗布 贡布 次旺 次珍 群培 群宗 阿旺 加措 嘉措 土登 晋美 益西 赤列 色珍 玉珍 白珍 央珍 江央 泽仁 泽旺 邓珠 四郎 其美 坚赞 曲吉 西绕 其其格 乌云 巴特尔 巴图 苏日娜 娜仁 托娅 阿古拉 格日勒 萨仁 斯琴 高娃 塔娜 呼和 那日苏 敖登 宝音 哈斯 布和 朝鲁 孟和 苏和 毕力格 额尔敦 图雅 特木尔 牧仁 其木格 阿拉坦 吉日嘎拉 巴雅尔 苏布德 通拉嘎 萨日娜 娜布其 达来 青格勒 巴根 买买提 麦麦提 吐尔逊 吐尔地 阿卜杜 阿不都 阿布都 阿卜力 古丽 热依汗 艾合买提 艾买提 艾力 艾尼 艾山江 艾山 玉素甫 玉苏甫 依马木 依明 亚森 肉孜 阿依 阿依古丽 帕提古丽 帕提曼 迪丽 迪丽努尔 迪力 热孜 古扎丽 木合塔尔 穆合塔尔 凯赛尔 艾克拜尔 阿迪力 阿迪拉 努尔 沙吾提 吾买尔 卡德尔 库尔班 依布拉音 伊布拉音 伊力 茹仙 再努尔 祖丽 祖力 阿曼 哈力 哈斯木 海仁萨 塔依尔 帕尔哈提 别克 巴合提 叶尔 加娜 热合曼 热西提 外力 赛力 木拉提 江布尔 曲木 日火 尔古 吉克 沙马 木呷 阿呷 拉则 尔布 依布 阿约 阿西 阿衣 阿布 孜古 达西 玛依拉 玛依努尔 米热 汗江 江巴 尼亚孜 卡米力 约麦尔 穆萨 尤努斯 伊斯马";
/// Parts that are also words; they count beside another part alone.
const WEAK: &str = "山田 田中 佐藤 铃木 高桥 渡边 伊藤 加藤 吉田 松本 井上 斋藤 石井 前田 藤田 冈田 近藤 坂本 远藤 藤井 西村 三浦 藤原 冈本 松田 原田 竹内 石田 森田 由纪 由美 美咲 花子 太郎 一郎 次郎 健太 健一 裕子 惠子 洋子 幸子 直子 直树 美穗 奈美 翔太 大辅 达也 拓也 雅子 久美 纯子 秀树 正树 英树 浩二 健二 友美 千夏 千春 麻衣 沙织 理惠 古力 布威 阿孜古 艾沙 乌兰 查干 那仁 居马 吉布 日古 木加 子呷 尔哈 拉铁 曲比 马海 阿苦 阿说 德庆 德央 白珠 南杰 桑珠 青格尔 东珠 班旦 仓木 四郎 外力 达来 阿布 阿约 依布 阿曼 哈力 巴根 伊力 高娃 赛力 木拉提 江巴 白玛 加措 哈斯 乌云 强巴 塔娜 边巴 阿依 叶尔";

static NAMED: LazyLock<Words> = LazyLock::new(|| Words::by_first(PARTS));
static ALONE: LazyLock<Words> = LazyLock::new(|| Words::by_first(WEAK));
/// What stands in a field for a name without being one.
const BLANKS: &str = "本人 同上 同前 不详 不知 不明 不清 未知 未填 没填 保密 匿名 某某 公司 个人 自己 无名 空白 没有 暂无 电话 手机 地址 如下 错误 不对 不符 写错 客户 用户 店家 商家 家人 家里 我妈 我爸 我家 见附 见下 附后 上海 北京 广州 深圳 杭州 成都 重庆 天津 南京 武汉 西安 那栏 一栏 栏里 栏目 已经 应该 变成 全是 全部 怎么 为什 为何 是谁 谁也 能不 可以 可能 必须 不能 不让 不是 只能 刚刚 突然 目前 现在 今天 昨天 确认 签收 投诉 请求 诉求 退款 退货 要求 希望 反映 情况 姓名 联系 收到 收货 身份 年龄 性别 编号 先生 女士 业主 物业 他们 我们 你们 大家 两个 几个 三个 多人 两人 三人 多名 双方 一方 都是 以上 其他 其它 全体 代表 委托 法院 银行 平台 医院 学校 小区";
static BLANK: LazyLock<Words> = LazyLock::new(|| Words::by_first(BLANKS));

/// Words that say what somebody is called by.
const CALLED: &str = "都喊他 都喊她 喊他 喊她 都叫他 都叫她 人称 外号 绰号 小名 乳名 诨名 管他叫 管她叫 花名 艺名 网上叫 都叫我 都喊我 喊我";
static SAID: LazyLock<Words> = LazyLock::new(|| Words::by_last(CALLED));

/// The longest name in a field.
const LONGEST: usize = 6;

/// A name told by the words before it or built of known parts that begins at this letter; its end.
pub(super) fn told_at(letters: &Letters<'_>, at: usize) -> Option<usize> {
    let field = at
        .checked_sub(1)
        .is_some_and(|before| letters.is(before, Kind::CALLS) || FIELD_MARKS.contains(&letters.c(before)));
    let told = if field { in_field(letters, at) } else { None };
    told.or_else(|| {
        if letters.is(at, Kind::PART) {
            of_parts(letters, at)
        } else {
            None
        }
    })
}

/// What may stand between the label of a field and the name.
const FIELD_MARKS: [char; 13] = [':', '/', ' ', '】', ']', '|', '"', '“', '(', '=', '\n', '-', '\''];

/// Whether the letter stands where a field or a word for names may have ended, or begins a part.
pub(super) fn may_begin(letters: &Letters<'_>, at: usize) -> bool {
    if !letters.is(at, Kind::HAN) {
        return false;
    }
    let before = at.checked_sub(1);
    letters.is(at, Kind::PART)
        || before.is_some_and(|at| {
            letters.is(at, Kind::CALLS)
                || !letters.is(at, Kind::HAN) && !letters.c(at).is_ascii_alphanumeric()
        })
}

/// 姓名: or 申请人 and then two to six characters up to a mark.
fn in_field(letters: &Letters<'_>, at: usize) -> Option<usize> {
    let head = letters.head(at);
    let label = head.trim_end_matches(FIELD_MARKS);
    let mark = &head[label.len()..];
    let field = (1..=6).contains(&mark.len()) && is_label(label, mark);
    let called = mark.trim_matches(['“', '"']).is_empty() && SAID.ends(label);
    let quoted = matches!(mark, "“" | "\"") && LEXICON.roles.ends(label);
    if !field && !called && !quoted {
        return None;
    }
    let inner = |at: usize| letters.is(at, Kind::HAN) && !letters.is(at, Kind::NEVER);
    let mut end = at;
    while end <= at + LONGEST && inner(end) {
        end += 1;
    }
    let most = if called || quoted { 3 } else { 4 };
    let called_so = |at: usize| letters.is(at, Kind::GIVEN) || "姐哥叔姨大老阿".contains(letters.c(at));
    if quoted && !(matches!(letters.c(end), '”' | '"') && (at..end).all(called_so)) {
        return None;
    }
    let dotted = matches!(letters.c(end), '·' | '•' | '.') && inner(end + 1);
    let name = letters.between(at, end);
    let fits = (2..=most).contains(&(end - at)) && !is_han(letters.c(end)) && !dotted;
    let blank = BLANK.at(letters.rest(at)).is_some()
        || LEXICON.words.at(letters.rest(at)).is_some()
        || LEXICON.roles.ends(name)
        || OFFICES.iter().any(|word| name.contains(word))
        || name.ends_with([
            '店', '部', '司', '行', '局', '某', '处', '院', '队', '市', '区', '县', '栏', '号', '者', '员',
            '人',
        ]);
    (fits && !blank).then_some(end)
}

/// Whether these words before these marks are the label of a field for a name.
fn is_label(label: &str, mark: &str) -> bool {
    if !LEXICON.introducers.ends(label) && !label.ends_with("姓名") {
        return false;
    }
    // A space alone parts words in much else.
    let strong = mark.contains([':', '/', '】', ']', '|', '=']);
    let ends = [
        "姓名", "人", "名", "主", "落款", "署名", "签名", "签字", "收件", "寄件", "收货",
    ];
    strong && !label.ends_with(['叫', '是'])
        || ends.iter().any(|end| label.ends_with(end)) && !mark.contains(['-', '\n', '(', '\''])
}

/// Two parts or more, or one where a word before or a form of address behind tells.
fn of_parts(letters: &Letters<'_>, at: usize) -> Option<usize> {
    let part = |at: usize| NAMED.at(letters.rest(at));
    let first = part(at)?;
    let mut end = at + first;
    let mut count = 1;
    loop {
        let dot = usize::from(matches!(letters.c(end), '·' | '•' | '.'));
        match part(end + dot) {
            Some(length) => end += dot + length,
            None => break,
        }
        count += 1;
    }
    let title = || {
        let length = letters
            .is(end, Kind::TITLE)
            .then(|| LEXICON.titles.at(letters.rest(end)));
        length.flatten().map(|length| end + length)
    };
    if count > 1 || first >= 3 {
        return Some(title().unwrap_or(end));
    }
    let weak = ALONE.at(letters.rest(at)) == Some(first);
    let before = at.checked_sub(1);
    let role = before.is_some_and(|at| letters.is(at, Kind::KIN)) || LEXICON.roles.ends(letters.head(at));
    let told = role || LEXICON.introducers.ends(letters.head(at));
    match title() {
        Some(end) if !weak => Some(end),
        _ => (told && !weak).then_some(end),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_and_parts_tell_names() {
        for (text, at, expected) in [
            ("姓名/练新禾/手机", 3, Some("练新禾")),
            ("联系人:本人", 4, None),
            ("我是索南央宗,退钱", 2, Some("索南央宗")),
            ("我妹达娃的学费", 2, Some("达娃")),
            ("大家都喊他三哥,真名不知", 5, Some("三哥")),
        ] {
            let letters = Letters::of(text);
            let found = told_at(&letters, at).map(|end| letters.between(at, end));
            assert_eq!(found, expected, "{text}");
        }
    }
}
