//! Names of persons: with a form of address, after a word that introduces them, or as a signature.

use std::sync::LazyLock;

use domain::EntityKind;
use regex::Regex;

use super::digits::after;
use super::signs::{Cue, Signs};
use super::{Finder, Found, Page};
use crate::fold::is_han;

/// Looks for names.
pub(super) const FINDER: Finder = Finder {
    wanted: |signs: &Signs| {
        signs.lines
            || [Cue::Title, Cue::Office, Cue::Naming, Cue::Familiar, Cue::Signed]
                .iter()
                .any(|&cue| signs.has(cue))
    },
    find,
};

/// Common family names; with them some 95 in 100 people are named.
const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂佟应臧闵苟邬边卞姬师仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池麻苑迟邝";
const DOUBLE: &str = "欧阳|司马|上官|诸葛|慕容|司徒|皇甫|令狐|尉迟|东方|端木|夏侯|南宫|公孙|长孙|宇文|轩辕";

/// Characters of given names; words of grammar are none.
const GIVEN: &str = r"[\p{Han}&&[^的是了我你他她它们在有不没就都也说很被把给让请要还再又]]";

/// Forms of address that belong to the name.
static ADDRESSED: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"(?:{DOUBLE}|[{SURNAMES}])(?:{GIVEN}{{0,2}}?)(?:先生|女士|小姐|太太|阿姨|大爷|大妈|大姐|大哥|叔叔)"
    ))
});
/// Titles of office; only the family name is a name.
static TITLED: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"(?:^|[^\p{{Han}}]|[是叫找姓的个位让给跟和由被问请])((?:{DOUBLE}|[{SURNAMES}]){GIVEN}{{0,2}}?)(?:老师|师傅|总经理|副经理|经理|店长|主管|主任|总监|医生|大夫|护士|律师|教练|警官|班长|队长|站长|行长|校长|院长|副总|管家|总(?:[,。!?的说让]|$))"
    ))
});
/// Words that introduce a name.
static INTRODUCED: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"(?:我叫|本人|姓名|联系人|收件人|收货人|寄件人|投诉人|当事人|开户人|持卡人|户主|业主|机主|署名|落款|户名|名字|名叫|叫做|乘客|患者)(?:是|为|叫|:| |:)*((?:{DOUBLE}|[{SURNAMES}]){GIVEN}{{1,2}})"
    ))
});
/// Who says who they are; short words after it are too often something else.
static SELF: LazyLock<Regex> =
    LazyLock::new(|| regex(&format!(r"我是((?:{DOUBLE}|[{SURNAMES}]){GIVEN}{{2}})")));
/// 小李 and 老王, after a word for the person's job or one that sends for a person.
static FAMILIAR: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"(?:客服|快递员|骑手|司机|师傅|店员|服务员|经理|销售|同事|顾问|我叫|叫|让|请|找|问|跟|是)((?:小|老|阿)[{SURNAMES}])(?:$|[^\p{{Han}}]|[的了在是和说要别就也都没给把让来去态接回再又])"
    ))
});
/// A last line that holds nothing but a name.
static SIGNED: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"(?:\n|敬礼|——|投诉人:?|署名:?|落款:?)[ —-]*((?:{DOUBLE}|[{SURNAMES}]){GIVEN}{{1,2}})\s*(?:敬上|上|谨上)?\s*(?:[0-9年月日./ -]*)$"
    ))
});

/// What may follow a name inside a sentence.
const FOLLOWERS: &str = "的了在是和家今昨住要说电手、身你您我来于已,从对因这买订女男也就，";
/// Words that begin like a name and are none.
const NOT_NAMES: &[&str] = &[
    "小米", "小时", "小计", "小单", "老板", "老师", "老家", "小程", "小巧", "高中", "许多", "农民", "商场",
    "任课", "房务", "商务", "管家", "包含", "卫生", "凌晨", "何去", "华侨", "阳光", "时常", "高级", "项目",
    "谢谢", "解说", "高管", "客户", "房产", "房屋", "水电", "车险", "钱款", "项链", "黄金", "金卡", "常客",
    "白金", "方便", "安全", "安装", "高铁", "金融", "全部", "全家", "成年", "和你", "和他", "和我", "单独",
    "明明", "何必", "常年", "万分", "向你", "向您", "于是", "于你", "时间", "成都", "江苏", "任何", "任意",
    "车主", "车子", "应该", "明白", "关于", "关注", "包括", "包裹", "管理", "连续", "连锁", "费用", "游客",
    "单位", "房东", "房客", "房主", "师傅", "全职", "白天", "马上", "华为", "解决", "和老", "路过", "司机",
    "文明", "万一", "查询", "查看", "边上", "商家", "商户", "符合", "尚未", "盛大", "温州", "温馨", "易碎",
    "柏林", "石家", "黄牛", "黄山", "金牌",
];

/// Words for offices and places; a preposition that is also a family name stands before them (向大堂经理).
const OFFICES: &[&str] = &[
    "大堂", "前台", "总台", "县长", "厅长", "市长", "省长", "书记", "局长", "领导", "客服", "值班", "餐厅",
    "客房", "部门", "门店",
];

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a fixed pattern")
}

fn find(page: &Page<'_>, found: &mut Vec<Found>) {
    let text = page.text;
    let mut push = |start: usize, end: usize| {
        let words = &text[start..end];
        let other = NOT_NAMES.iter().any(|word| words.starts_with(word));
        if !other && !OFFICES.iter().any(|word| words.contains(word)) {
            found.push(Found::shaped(EntityKind::Name, start..end, None));
        }
    };
    if page.signs.has(Cue::Title) {
        for hit in ADDRESSED.find_iter(text) {
            push(start_of_addressed(text, hit.start(), hit.end()), hit.end());
        }
    }
    if page.signs.has(Cue::Office) {
        each_group(&TITLED, text, &mut push);
    }
    if page.signs.has(Cue::Naming) {
        for captures in INTRODUCED.captures_iter(text) {
            if let Some(name) = captures.get(1) {
                push(
                    name.start(),
                    end_of_name(text, name.start(), name.end()).unwrap_or(name.start()),
                );
            }
        }
        for captures in SELF.captures_iter(text) {
            if let Some(name) = captures.get(1).filter(|name| ends_here(text, name.end())) {
                push(name.start(), name.end());
            }
        }
    }
    if page.signs.has(Cue::Familiar) {
        each_group(&FAMILIAR, text, &mut push);
    }
    if page.signs.lines || page.signs.has(Cue::Signed) {
        each_group(&SIGNED, text, &mut push);
    }
}

fn each_group(pattern: &Regex, text: &str, push: &mut impl FnMut(usize, usize)) {
    for name in pattern.captures_iter(text).filter_map(|captures| captures.get(1)) {
        push(name.start(), name.end());
    }
}

/// The leftmost family name before a form of address may be a verb's object: 找张先生 begins at 张, 林王先生 at 王
/// only when nothing else fits. The nearest family name within two characters of the title wins when the one
/// found stands inside a word.
fn start_of_addressed(text: &str, start: usize, end: usize) -> usize {
    let title = text[start..end]
        .char_indices()
        .rev()
        .nth(1)
        .map_or(start, |(at, _)| start + at);
    let given: Vec<(usize, char)> = text[start..title]
        .char_indices()
        .map(|(at, c)| (start + at, c))
        .collect();
    let inside_word = text[..start]
        .chars()
        .next_back()
        .is_some_and(|c| is_han(c) && !"是叫找姓的个位让给跟和由被问为".contains(c));
    match given.last() {
        Some(&(at, c)) if given.len() > 1 && inside_word && SURNAMES.contains(c) => at,
        _ => start,
    }
}

/// The end of a name of two or three characters, or nothing when the words go on as no name does.
fn end_of_name(text: &str, start: usize, end: usize) -> Option<usize> {
    if ends_here(text, end) {
        return Some(end);
    }
    let shorter = text[start..end]
        .char_indices()
        .next_back()
        .map(|(at, _)| start + at)?;
    (text[start..shorter].chars().count() >= 2 && ends_here(text, shorter)).then_some(shorter)
}

fn ends_here(text: &str, end: usize) -> bool {
    after(text, end).is_none_or(|c| !is_han(c) || FOLLOWERS.contains(c))
}
