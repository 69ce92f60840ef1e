//! Names of persons: with a form of address, after a word that introduces them, at the head of a line, as a signature,
//! and the names people are called by.

use std::sync::LazyLock;

use domain::EntityKind;
use regex::Regex;

use super::digits::{after, before, lead};
use super::name_words::{DOUBLE, GIVEN, LATIN, NOT_NAMES, OFFICES, SURNAMES};
use super::signs::Signs;
use super::{Finder, Found, Page};
use crate::fold::is_han;

/// Looks for names.
pub(super) const FINDER: Finder = Finder {
    wanted: |signs: &Signs| signs.surnames || signs.latin || signs.familiar,
    find,
};

/// Any character of a given name; words of grammar are none.
const ANY: &str = r"[\p{Han}&&[^的是了我你他她它们在不没就都也说很被把给让请要还再又着吗呢吧啊哦和与或跟对从向到去来这那什么谁每]]";
/// Titles and forms of address that belong to the name before them.
const TITLES: &str = "先生|女士|小姐|太太|阿姨|大爷|大妈|大姐|大哥|叔叔|奶奶|爷爷|大婶儿?|婶儿?|阿婆|婆婆|大伯|伯伯|大嫂|嫂子|同学|老师|师傅|总经理|副经理|经理|店长|主管|主任|总监|医生|医师|大夫|护士长|护士|律师|教练|警官|法官|班长|队长|站长|行长|校长|院长|园长|所长|局长|处长|科长|部长|组长|教授|博士|副总|管家|顾问|技师|工程师|书记|董事长|老板|会计|师父";
/// Titles of one character, trusted less.
const SHORT_TITLES: &str = "总|姐|哥|叔|姨|嫂|工|导|董|妈|爷|婶";

/// Words that introduce a full name.
const INTRODUCERS: &str = "我叫|她叫|他叫|名叫|叫做|我就是|姓名|真名|名字|名:|联系人|收件人|收货人|收件|寄件人|投诉人|当事人|代收人|开户人|开户名|持卡人|乘机人|乘车人|入住人|预订人|报名人|户主|业主|机主|车主|署名|签名|落款|户名|抬头|学籍|乘客|患者|旅客|本人|失主|家长|学生|考生|病人|老人|监护人|家属|被保险人|投保人|受益人|经办人|申请人|承租人|租客|收货|寄件|名字叫|住户|住客|订餐人|购票人|举报人|反映人|来电人|会员名";

static TITLE: LazyLock<Regex> = LazyLock::new(|| regex(TITLES));
static INTRODUCER: LazyLock<Regex> = LazyLock::new(|| regex(INTRODUCERS));
static SIGNER: LazyLock<Regex> = LazyLock::new(|| regex("敬礼|——|此致|投诉人|署名|落款|签名"));

/// A family name, perhaps a given one, and a title.
static ADDRESSED: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"((?:{DOUBLE}|[{SURNAMES}])(?:[{GIVEN}]{{0,2}}?)(?:{TITLES}))"
    ))
});
static SHORTLY: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"(?:^|[^\p{{Han}}]|[的找叫问跟让给由是员师理机护那个我和])([{SURNAMES}](?:{SHORT_TITLES}))(?:$|[^\p{{Han}}]|[说拍让答给在接的回又也就都还没电亲来不把被要跟发打拿去走先当已只讲保承])"
    ))
});
/// Words that introduce a full name.
static INTRODUCED: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"(?:{INTRODUCERS})(?:是|为|叫|写的是|写的|写成|写|填的|填|登记的是|登记|留的是|就是|:| |,|“|\()*((?:{DOUBLE}|[{SURNAMES}⻢])(?: {{0,3}}{ANY}){{1,2}})"
    ))
});
/// A foreign or minority name with a dot in it.
static DOTTED: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?:名字?|姓名|叫|人|我是|本人)(?:是|为|叫|:| )*([\p{Han}]{2,5}[·•][\p{Han}]{2,6})(?:$|[^\p{Han}]|[的说是在])",
    )
});
/// Relatives and people on duty, before a full name of usual characters.
static RELATED: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"(?:[我员师生长理导机工嫂姐哥妈爸婆公夫妻儿女孙子弟妹爷奶姨叔伯舅姑友人户主客伴亲媳妇士警手介东保安监家叫找给是由被把向请问让跟和与替帮代为对及、诉报系知经]|老公|老婆|媳妇|爱人|丈夫|妻子|儿子|女儿|闺女|爷爷|奶奶|姥姥|外公|外婆|父亲|母亲|哥哥|姐姐|弟弟|妹妹|孙子|孙女|朋友|同事|室友|同学|导游|经理|医生|老师|教练|司机|护士|客服|中介|业务员|销售|顾问|店员|店长|骑手|快递员|技师|摄影师|管家|房东|租客|师傅|护工|保姆|月嫂|员工|人员|孩子|我是|叫)((?:{DOUBLE}|[{SURNAMES}])[{GIVEN}]{{1,2}})"
    ))
});
/// A line that begins with a full name of usual characters.
static HEADING: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"(?:^|[\n:,。!])[ ]?((?:{DOUBLE}|[{SURNAMES}⻢])(?:[{GIVEN}]{{1,2}})|[{SURNAMES}] {{1,2}}[{GIVEN}](?: {{1,2}}[{GIVEN}])?)(?:[,、;: (]|[0-9]|\n|这个?名字|$)"
    ))
});
/// A full name that something belongs to, or that a telephone number follows.
static CALLED: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"(?:(?:^|[\n,。!]))((?:{DOUBLE}|[{SURNAMES}])[{GIVEN}]{{2}})(?:的|,)|((?:{DOUBLE}|[{SURNAMES}])[{GIVEN}]{{1,2}})[ ,:]?1[3-9][0-9]{{5}}"
    ))
});
/// 小李, 老王, 阿飞, after a word for the person's job or at the head of a clause.
static FAMILIAR: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"(?:客服|客户经理|快递员|骑手|司机|师傅|店员|服务员|经理|销售|同事|顾问|我叫|叫|让|请|找|问|跟|是|保安|门卫|教练|管家|收银员|送货员|摄影师|中介|护士|护工|技师|理发师|发型师|导购|前台|业务员|专员|坐席|运营|群主|主播|店长|老师|美容师|代驾|保洁|维修工|安装工|电工|房东|人员|[员师生长理导机工嫂姐哥妈爸夫妻友人客士手介东保监家]|“|”|\x22|\(|那个|\.\.\.|\.|,|:|!|。|\n|^)((?:小[{SURNAMES}美明红丽芳军强伟霞玲燕娟雪雨鹿梅兰凤英萍婷静敏慧]|老[{SURNAMES}]|阿[\p{{Han}}])[姐哥]?)(?:$|[^\p{{Han}}]|[的了在是和说要别就也都没给把让来去态接回再又多打收拿跟答扔拍问骂上讲骗帮只先后这那却已您你我他从对于将正一])"
    ))
});
/// The title people give a host or a nickname doubled.
static DOUBLED: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?:主播|客服|主持人|博主|店主|我叫|叫|我)((?:糖糖|冉冉|甜甜|圆圆|丽丽|婷婷|媛媛|菲菲|莉莉|露露|佳佳|萌萌|晶晶|欢欢|乐乐|豆豆|朵朵|悠悠|笑笑|娜娜|倩倩|琪琪|瑶瑶|贝贝|妮妮|依依|果果|多多|阳阳|蕾蕾|静静|楠楠|莹莹|岩岩|轩轩|洋洋|涛涛|浩浩|彤彤|思思|可可))",
    )
});
/// A last line that holds nothing but a name.
static SIGNED: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"(?:\n|敬礼|——|此致|投诉人:?|署名:?|落款:?|签名:?)[ —-]*((?:{DOUBLE}|[{SURNAMES}]){ANY}{{1,2}})\s*(?:敬上|上|谨上)?\s*(?:[0-9年月日./, -]*)$"
    ))
});
/// English forms of address, and words that introduce a name in English.
static ENGLISH: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?:^|[^a-z])((?:mr|mrs|ms|miss|dr)\.? [a-z]{2,14}(?: [a-z]{2,14})?)|(?:this is|name(?: is)?:?|contact:?|cardholder:?|passenger:?|guest:?|customer:?|called out|signed:?|regards,?|sincerely,?|客人|姓名:?|联系人:?|乘客|教师|老师|我叫|名字:?)[ ,]{0,2}([a-z]{2,14} [a-z]{2,14}(?: [a-z]{2,14})?)",
    )
});
/// Words in English after which even one capitalized word is a name.
static CAPITAL: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?:^|[^a-z])(?:i'm|i am|my name is|my name's|named|called|spoke (?:to|with)|agent|driver|nurse|manager|technician|waiter|waitress|clerk|receptionist|my (?:wife|husband|son|daughter|mother|father))[ ,]{1,2}([a-z]{2,14}(?: [a-z]{2,14})?)",
    )
});
static NO_NAMES: LazyLock<std::collections::BTreeSet<&str>> =
    LazyLock::new(|| NOT_NAMES.split_whitespace().collect());
static LATINS: LazyLock<std::collections::BTreeSet<&str>> =
    LazyLock::new(|| LATIN.split_whitespace().collect());
static WORD: LazyLock<Regex> = LazyLock::new(|| regex(r"[a-z]{2,12}"));

/// Capitalized words after a word for people that are no names.
const BRANDS: &[&str] = &[
    "app", "imei", "sn", "mac", "id", "qq", "wifi", "excel", "word", "ppt", "vip", "iphone", "ipad", "plus",
    "pro", "pos", "atm", "etc", "gps", "wechat", "email", "offer", "pass",
];
/// Last characters of words for people, after which a name is expected.
const ROLES: &str = "员师长导机工嫂姐哥妈爸婆公妻儿女孙弟妹爷奶姨叔伯舅姑友士警手";
/// Words for people that end in no such character, after which a name is expected all the same.
const ROLE_WORDS: &[&str] = &[
    "老板",
    "经理",
    "导购",
    "客服",
    "顾问",
    "房东",
    "房主",
    "业主",
    "户主",
    "车主",
    "店主",
    "店家",
    "中介",
    "销售",
    "管家",
    "教练",
    "助理",
    "代理",
    "前台",
    "保安",
    "骑手",
    "总监",
    "主任",
    "主管",
    "主播",
    "运营",
    "策划",
    "同事",
    "家属",
    "监护人",
    "乘客",
    "旅客",
    "患者",
    "家长",
    "学生",
    "孩子",
    "老婆",
    "媳妇",
    "丈夫",
    "爱人",
    "父亲",
    "母亲",
    "收银",
    "接待",
    "财务",
    "人事",
    "律师",
    "会计",
];
/// What stands twice without being a name.
const TWICE: &str = "天常刚往偏慢默渐通明大早高清好人家个次回年月日时处层频纷偷悄远深多少最真种样件句条步";
/// Words that end in what is also a family name, before a title.
const WORDS_BEFORE: &str = "保安 租车 约车 货车 快车 专车 卡车 汽车 叫车 拖车 洗车 修车 开车 班车 校车 公交车 语文 音乐 娱乐 宿管 房管 主管 城管 责任 主任 信任 担任 前任 现任 新任 历任 中文 英文 作文 网管 接管 保管 水管 全家 时间 单位 公司 大堂 安全 家常 高级 项目 副总 物管 财务 商务 业务 服务 家政 门诊 后勤 法务 客房 大厅 的和 你和 我和 他和 她和 们和 师和 人和 理和 员和 施工 前方 对方 我方 双方 警方 店方 校方 院方 厂方 商方 司方 贵方 资方 甲方 乙方 女方 男方 地方 司机单 机单 装机 经理 手机 飞机 打印机 家常 家居 家单 公安 人工 工单 师范 员工 儿童 女童 公章 公费 公交车 人万 大家都 家都 客都 主要 友好";
/// What may follow a name inside a sentence.
const FOLLOWERS: &str = "的了在是和家今昨住要说电手、身你您我来于已,从对因这买订女男也就，下被去到报把给签收高血患负联让跟带打有刚中不把先答承保推反投退绕骂写发拿跑走又却只正每此问求喊换当亲应没能该会向请拒态迟随";

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a fixed pattern")
}

/// What may stand before a full name of usual characters.
const BEFORE: &str = "我员师生长理导机工嫂姐哥妈爸婆公夫妻儿女孙子弟妹爷奶姨叔伯舅姑友人户主客伴亲媳妇士警手介东保安监家叫找给是由被把向请问让跟和与替帮代为对及、诉报系知经姥事学游练服售傅姆";

/// Characters as bits.
struct Set(Vec<u64>);

impl Set {
    fn of(chars: &str) -> Self {
        let mut bits = vec![0; 0x1_0000 / 64];
        for c in chars.chars().map(|c| c as usize).filter(|&c| c < 0x1_0000) {
            bits[c / 64] |= 1 << (c % 64);
        }
        Self(bits)
    }

    fn has(&self, c: char) -> bool {
        let c = c as usize;
        self.0.get(c / 64).is_some_and(|bits| bits >> (c % 64) & 1 == 1)
    }
}

static FAMILY: LazyLock<Set> = LazyLock::new(|| Set::of(&format!("{SURNAMES}⻢{DOUBLE}")));
static PERSONAL: LazyLock<Set> = LazyLock::new(|| Set::of(&format!("{GIVEN} {DOUBLE}")));
static BEHIND: LazyLock<Set> = LazyLock::new(|| Set::of(BEFORE));
static TITLED: LazyLock<Set> = LazyLock::new(|| Set::of(SHORT_TITLES));

/// What the characters beside each other make possible; one pass that spares most texts the patterns.
#[derive(Default)]
struct Hints {
    shortly: bool,
    related: bool,
    heading: bool,
    familiar: bool,
    doubled: bool,
}

impl Hints {
    fn of(text: &str) -> Self {
        let (family, personal, behind, titled) = (&*FAMILY, &*PERSONAL, &*BEHIND, &*TITLED);
        let mut hints = Self::default();
        let (mut last, mut middle) = ('\n', '\n');
        for c in text.chars() {
            if family.has(middle) {
                hints.shortly |= titled.has(c);
                if personal.has(c) {
                    hints.related |= behind.has(last);
                    hints.heading |= matches!(last, '\n' | ':' | ',' | '。' | '!' | ' ');
                }
            }
            hints.familiar |= matches!(middle, '小' | '老' | '阿');
            hints.doubled |= c == middle && is_han(c);
            (last, middle) = (middle, c);
        }
        hints
    }
}

fn find(page: &Page<'_>, found: &mut Vec<Found>) {
    let hints = Hints::of(page.text);
    if page.signs.surnames {
        find_full(page, &hints, found);
    }
    if hints.familiar {
        each_group(&FAMILIAR, page.text, &mut |start, end| {
            push_unless_word(page.text, start, end, found)
        });
    }
    if hints.doubled {
        each_group(&DOUBLED, page.text, &mut |start, end| push(start, end, found));
    }
    if hints.familiar || hints.doubled {
        find_called(page.text, found);
    }
    if page.signs.latin {
        find_latin(page, found);
    }
}

/// 老邱, 小谷, 阿梅 and 娜娜 right after a word for people, whatever follows.
fn find_called(text: &str, found: &mut Vec<Found>) {
    for (start, first) in text.char_indices() {
        let second = after(text, start + first.len_utf8());
        let Some(second) = second.filter(|c| is_han(*c)) else {
            continue;
        };
        let familiar = matches!(first, '小' | '老') && SURNAMES.contains(second)
            || first == '阿' && GIVEN.contains(second);
        let doubled = first == second && GIVEN.contains(first) && !TWICE.contains(first);
        if (familiar || doubled) && follows_role(text, start) {
            push_unless_word(text, start, start + first.len_utf8() + second.len_utf8(), found);
        }
    }
}

/// Whether a word for people stands right before this byte.
fn follows_role(text: &str, start: usize) -> bool {
    let head = &text[..start];
    let role = before(text, start).is_some_and(|c| "员师导机工嫂护技士警".contains(c));
    role || ROLE_WORDS.iter().any(|word| head.ends_with(word))
}

fn find_full(page: &Page<'_>, hints: &Hints, found: &mut Vec<Found>) {
    let text = page.text;
    let titled = TITLE.is_match(text);
    for hit in ADDRESSED.find_iter(if titled { text } else { "" }) {
        if let Some(start) = start_of_addressed(text, hit.start(), hit.end()) {
            push_unless_word(text, start, hit.end(), found);
        }
    }
    if hints.shortly {
        each_group(&SHORTLY, text, &mut |start, end| {
            push_unless_word(text, start, end, found)
        });
    }
    if INTRODUCER.is_match(text) {
        each_group(&INTRODUCED, text, &mut |start, end| {
            let usual = text[start..end]
                .chars()
                .skip(1)
                .filter(|c| *c != ' ')
                .all(|c| GIVEN.contains(c) || c == '有');
            let spread = text[start..end].contains(' ');
            let end = match (usual || spread) && text[start..end].chars().filter(|c| *c != ' ').count() == 3 {
                true => Some(end),
                false => end_of_name(text, start, end),
            };
            if let Some(end) = end {
                push_unless_word(text, start, end, found);
            }
        });
    }
    if text.contains(['·', '•']) {
        each_group(&DOTTED, text, &mut |start, end| push(start, end, found));
    }
    if hints.related {
        each_group(&RELATED, text, &mut |start, end| {
            let role =
                lead(text, start, 1).contains(|c: char| ROLES.contains(c)) || follows_role(text, start);
            let told = role && text[start..end].chars().count() == 3;
            let name = end_of_name(text, start, end).filter(|&end| {
                text[start..end].chars().count() > 2 || is_closed(text, end) || role && goes_on(text, end)
            });
            if let Some(end) = name.or(told.then_some(end)).filter(|_| !inside_word(text, start)) {
                push_unless_word(text, start, end, found);
            }
        });
    }
    for (pattern, wanted) in [
        (&HEADING, hints.heading),
        (&CALLED, hints.heading || page.signs.digits >= 7),
        (&SIGNED, page.signs.lines || SIGNER.is_match(text)),
    ] {
        if !wanted {
            continue;
        }
        each_group(pattern, text, &mut |start, end| {
            push_unless_word(text, start, end, found)
        });
    }
}

fn push(start: usize, end: usize, found: &mut Vec<Found>) {
    found.push(Found::shaped(EntityKind::Name, start..end, None));
}

fn push_unless_word(text: &str, start: usize, end: usize, found: &mut Vec<Found>) {
    let words = &text[start..end];
    let borders = words
        .char_indices()
        .map(|(at, _)| at)
        .chain([words.len()])
        .skip(2);
    let other = borders.take(3).any(|end| NO_NAMES.contains(&words[..end]));
    if !other && !OFFICES.iter().any(|word| words.contains(word)) {
        push(start, end, found);
    }
}

/// Looks at every place, also inside of what was found before.
fn each_group(pattern: &Regex, text: &str, push: &mut impl FnMut(usize, usize)) {
    let mut from = 0;
    while let Some(captures) = pattern.captures_at(text, from) {
        let Some(name) = captures.get(1).or_else(|| captures.get(2)) else {
            break;
        };
        push(name.start(), name.end());
        from = name.end().max(from + 1);
    }
}

/// Where the name before a title begins; nothing when what looks like a family name is part of another word.
fn start_of_addressed(text: &str, start: usize, end: usize) -> Option<usize> {
    let name = &text[start..end];
    let title = TITLES
        .split('|')
        .filter(|title| name.ends_with(title))
        .map(str::len)
        .max()?;
    let given = &name[..name.len() - title];
    // Of 向陈先生 and 联系高兴先生 the last family name before the title counts, when the one before stands in a sentence.
    let last = given.char_indices().next_back()?;
    let runs_on = given.chars().count() > 1 && before(text, start).is_some_and(is_han);
    let begins = match runs_on && SURNAMES.contains(last.1) {
        true => start + last.0,
        false => start,
    };
    (!inside_word(text, begins) && !text[end..].starts_with('姐')).then_some(begins)
}

/// 责任老师, 网约车师傅, 公司和: a word that ends in what is also a family name.
fn inside_word(text: &str, start: usize) -> bool {
    let first = text[start..]
        .chars()
        .next()
        .map_or(start, |c| start + c.len_utf8());
    WORDS_BEFORE.split(' ').any(|word| text[..first].ends_with(word))
}

/// Whether a mark, a number or the end of the text follows.
fn is_closed(text: &str, end: usize) -> bool {
    after(text, end).is_none_or(|c| !is_han(c) || c == '的')
}

/// Whether a sentence goes on here as it does after who acts.
fn goes_on(text: &str, end: usize) -> bool {
    after(text, end).is_some_and(|c| "把被在跟就说也又都让给没不和向对答亲".contains(c))
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
    let shorter = start + text[start..shorter].trim_end().len();
    (text[start..shorter].chars().count() >= 2 && ends_here(text, shorter)).then_some(shorter)
}

fn ends_here(text: &str, end: usize) -> bool {
    after(text, end).is_none_or(|c| !is_han(c) || FOLLOWERS.contains(c))
}

/// Names in latin letters: told by a word, or common first names written with a capital.
fn find_latin(page: &Page<'_>, found: &mut Vec<Found>) {
    let text = page.text;
    for captures in ENGLISH.captures_iter(text) {
        let Some(name) = captures.get(1).or_else(|| captures.get(2)) else {
            continue;
        };
        let end = capitals_until(page, name.start(), name.end());
        if end > name.start() + 2 {
            push(name.start(), end, found);
        }
    }
    each_group(&CAPITAL, text, &mut |start, end| {
        let end = capitals_until(page, start, end);
        if end > start + 1 && !BRANDS.contains(&&text[start..end]) {
            push(start, end, found);
        }
    });
    for hit in WORD.find_iter(text) {
        let word = |c: Option<char>| {
            c.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '@' | '.'))
        };
        let edges = word(before(text, hit.start()))
            || word(after(text, hit.end())) && after(text, hit.end()) != Some('.');
        let role = before(text, hit.start()).is_some_and(|c| ROLES.contains(c) || c == '服')
            && after(text, hit.end()).is_none_or(|c| is_han(c) || c == ',');
        let known = LATINS.contains(hit.as_str()) && (is_capital(page, hit.start()) || role);
        let named = role && is_capital(page, hit.start()) && hit.len() > 2 && !BRANDS.contains(&hit.as_str());
        if (known || named) && !edges {
            let brand = lead(text, hit.start(), 3).contains(['牌', '款']);
            let second = second_name(page, hit.end());
            if !brand {
                push(hit.start(), second, found);
            }
        }
    }
}

/// The end of a family name after a first name: one more capitalized word, or 王 after a space.
fn second_name(page: &Page<'_>, end: usize) -> usize {
    let Some(rest) = page.text[end..].strip_prefix(' ') else {
        return end;
    };
    if let Some(c) = rest.chars().next().filter(|&c| SURNAMES.contains(c)) {
        let alone = rest[c.len_utf8()..]
            .chars()
            .next()
            .is_none_or(|next| !is_han(next));
        return if alone { end + 1 + c.len_utf8() } else { end };
    }
    let length = rest.bytes().take_while(u8::is_ascii_lowercase).count();
    if (2..=14).contains(&length) && is_capital(page, end + 1) {
        end + 1 + length
    } else {
        end
    }
}

/// The end of the capitalized words of a range.
fn capitals_until(page: &Page<'_>, start: usize, end: usize) -> usize {
    let mut last = start;
    let mut at = start;
    for word in page.text[start..end].split(' ') {
        if !is_capital(page, at) {
            break;
        }
        last = at + word.len();
        at = last + 1;
    }
    last
}

/// Whether the letter at this byte was a capital before it was read.
fn is_capital(page: &Page<'_>, byte: usize) -> bool {
    let home = page.reading.home(byte..byte + 1);
    home.slice(page.reading.original())
        .is_some_and(|letter| letter.chars().any(char::is_uppercase))
}
