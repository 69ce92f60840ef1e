//! Amounts of money: with a sign or unit, or bare after a word that speaks of paying.

use std::ops::Range;
use std::sync::LazyLock;

use domain::{Currency, Doubt, EntityKind, EntityValue, Money};
use regex::{Captures, Regex};

use super::digits::{after, before, stands_alone};
use super::numeral::{NUMBER, digit_of, hundredths, pair};
use super::signs::{Cue, Pair, Signs};
use super::{Finder, Found, Page};

/// Looks for amounts.
pub(super) const FINDER: Finder = Finder {
    wanted: |signs: &Signs| signs.numbers(),
    find,
};

const UNITS: &str = "港纸|葡币|円|澳门币|澳门元|mop|cad|chf|nzd|myr|vnd|韩圆|元人民币|元整|元钱|元|块钱|块整|块|圆整|圆|刀|人民币|rmb|cny|泰铢|铢|新币|新加坡元|加元|加币|瑞士法郎|瑞郎|卢布|马币|令吉|越南盾|卢比|披索|比索|澳币|纽币|thb|sgd|dollars?|bucks|euros?|pounds?|yuan|美元|美金|美刀|usd|欧元|欧|eur|英镑|镑|gbp|日元|日币|jpy|港币|港元|hkd|韩元|韩币|krw|澳元|aud|新台币|台币|r(?-u:\\b)";
const SIGNS: &str = r"jp¥|cn¥|¥|฿|₩|₽|₹|₫|₱|nt\$|a\$|c\$|s\$|au\$|ca\$|mop\$?|cad|aud|sgd|thb|jpy|krw|gbp|nzd|chf|twd|myr|澳门币|港币|港元|日元|美元|美金|欧元|英镑|泰铢|韩元|加币|加元|澳币|澳元|新币|台币|新台币|卢布|rmb|人民币|us\$|hk\$|\$|€|£|usd|cny|eur|hkd";

/// A sign, then a number.
static SIGNED: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"(?P<sign>{SIGNS}) ?(?P<number>{NUMBER})(?:[元圆块](?:(?P<dime>[0-9一二两三四五六七八九壹贰叁肆伍陆柒捌玖])[毛角](?:(?P<cent>[0-9一二三四五六七八九壹贰叁肆伍陆柒捌玖])分)?)?整?)?"
    ))
});
/// A number, then a unit, perhaps with dimes after it; a range has a second number before the unit.
static UNITED: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"(?P<small>小)?(?:(?P<low>{NUMBER}) ?(?:块|元)? ?(?:-|~|—|到|至) ?)?(?P<number>{NUMBER}) ?(?:(?P<more>[多余来几]) ?(?P<scale>[百千万亿]{{1,2}})|(?P<over>[多余来]))?(?: ?个)? ?(?P<unit>{UNITS})(?P<odd>[多来])?(?:(?P<none>零)?(?P<dime>[0-9一二两三四五六七八九壹贰叁肆伍陆柒捌玖])(?:(?P<mark>[毛角])(?:(?P<cent>[0-9一二三四五六七八九壹贰叁肆伍陆柒捌玖])分?)?)?)?(?P<about>左右|上下|出头)?"
    ))
});
/// A colloquial number that is hardly anything but a price: 三百二, 一万三千六, 小一千.
static COLLOQUIAL: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?P<small>小)?(?:(?P<low>[一二两三四五六七八九十百千万零]+)(?:到|至|-))?(?P<number>[一二两三四五六七八九]{2}[百千万]|[一二两三四五六七八九][百千万][零一二两三四五六七八九十百千万]*|[0-9]+(?:\.[0-9]+)?个?[wk][0-9]?|[一二两三四五六七八九]个?[wk]|[0-9]{1,4}[万千百](?:零?[0-9一二两三四五六七八九][千百十]?){1,3}|[0-9]{1,4}[万千百]|[壹贰叁肆伍陆柒捌玖][拾佰仟万][零壹贰叁肆伍陆柒捌玖拾佰仟万]*)(?P<more>多|来|大几)?(?P<about>左右|上下|出头)?",
    )
});
/// A sum whose tens of thousands are more than nine, or are not known to the last: 二十万零五百, 五十多万.
static GREAT: LazyLock<Regex> = LazyLock::new(|| {
    let han = "[一二两三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰仟]";
    let tail =
        "零?[一二两三四五六七八九壹贰叁肆伍陆柒捌玖][零一二两三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰仟]*";
    regex(&format!(
        r"(?P<small>小)?(?:(?P<rough>[零一二两三四五六七八九十百千]{{1,6}}|[1-9][0-9]{{1,3}})(?P<more>[多余来])(?P<scale>[万亿])|(?P<number>{han}[零{han}]{{0,6}}万{tail}))(?P<about>左右|上下|出头)?"
    ))
});
/// A price for one: 420一晚, 八百八一颗.
static EACH: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?P<number>[0-9]{1,6}(?:\.[0-9]{1,2})?|[一二两三四五六七八九十百千万]{2,6}?)(?:/|每|一)(?:晚|桌|张|颗|个|位|次|只|份|盒|瓶|斤|平|节|期|人|间|天|月|年|棵|株|根|束|袋|箱|套|双|件|台|公斤|杯|碗|条|小时|盘|桶|本)",
    )
});
/// A price as what something is of: 38的剪发, 1150的服务费; or a clause of nothing else.
static OF: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?:少了|多了|丢了|坏了|选了|拿了|订了|点了|退了|要|补|订的是|定的是|买的是|说|买的|交|办的|办了|付了|充了|点的是|选的是|点了个|收|加|出|掏)(?P<number>[0-9]{2,6}(?:\.[0-9]{1,2})?)的|[,。]((?:[二两三四五六七八九]?十[一二三四五六七八九]?|[1-9][0-9]{0,2},[0-9]{3}|[1-9][0-9]{1,4}))[,。]|(?:^|[,。、了订退花说])(?P<priced>[0-9]{2,4}(?:\.[0-9]{1,2})?|[1-9],[0-9]{3})(?:的(?:双人|单人|套餐|年费|月费|手机|价钱|价格|票|房|餐|卡|礼盒|袜|鞋|衣|外套|课|服务|会员|蛋糕|券|礼包|东西|货)|买(?:个|的|了|来)|全包|包邮|一大一小|白花|白交|白扔|打水漂)",
    )
});
/// A price that rose or fell from one sum to another: 从三十五砍到二十二.
static MOVED: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"(?P<number>{NUMBER})(?:一下子?|直接|又|被|给我)?(?:涨|降|砍|改|调|变|提|减|升|跌|压)(?:到|成|至|为)了?(?P<to>{NUMBER})"
    ))
});
/// About so much: 万把块.
static ROUND: LazyLock<Regex> = LazyLock::new(|| regex("[百千万]把块钱?|块把钱"));
/// Dimes alone.
static DIMES: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"(?P<dime>[0-9一二两三四五六七八九])[毛角](?:(?P<cent>[0-9一二三四五六七八九])分?|钱)?")
});
/// A bare number after a word that speaks of paying.
static PAID: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"(?:每位|人均|小票写|收据写|发票写|发票开|合同写|账单写|单子写|标签写|价签写|牌子写|页面写|砍头|一笔|底薪|月薪|日薪|年薪|立减|直降|起步价|封顶|打赏|刷了|划走|划了|提成|只给|就给|才给|奖金|补贴|红包|首充|续费|减免|抹了|喊价|叫价|差额|差的|还差|贷款|贷了|首单|一小时|一个小时|送|每期|应退|实发|应发|面值|折后|年卡|季卡|月卡|内场|外场|看台|单程|往返|预估|时薪|全包|挂号|加收|再收|单卖|续了|转我|少转|变|点进去|[一两三]个人|一束|一节|小票上又印|账面|每束|每节|下来|打完折|折后|折扣价|成交价?|拍下|拿下|要了|报了|标了|优惠后|券后|到手价|团购价?|活动价|会员价|改成|改为|改|要还|还款|得还|还|返|返了|提现|提出来|实付|实收|实退|到手|赔偿?|退款?|退还|退回|花费?|付款?|支付|扣款?|收费?|多收|交|充值?|赠送?|转账|转了|打款|涨到|降到|涨了|降了|价格?|售价|原价|优惠价|总价|单价|金额|押金|定金|订金|违约金|保证金|手续费|服务费|运费|学费|会费|年费|月费|费用?|补偿|罚款?|损失|欠|贵|便宜|才|只要|工资|预算|满|减|低消|办了?张?|变成?了?|一算|多算|骗了?|坑了|亏了|垫了?|掏了?|砸了|返现|到账|入账|报销|押了|讹|还要|要加|再加|另加|多加|加钱?|补|补交|跳了?|升到了?|升成|每月|每年|每次|每人|包月|一碗[\p{{Han}}]{{0,2}}|一份[\p{{Han}}]{{0,2}}|一杯[\p{{Han}}]{{0,2}}|[卡票券]一张|买了|卖|标价|标的|报价|开口|开价|要价|要我|共|一共|总共|渠道|票面|首款|首付|尾款|余额|剩|剩下|还剩|抵|省|房租|月租|租金|学费|门票|团费|结账|结算|账单|会员|套餐)(?:的|从|了|一笔|我|他|你|您|咱|过|给|到|掉|走|出|进|去|是|为|要|人家|将近|近|约|大概|大约|差不多|至少|起码|快|共|合计|:| |款){{0,4}}(?:(?P<low>{NUMBER})(?:到|至|~))?(?P<number>{NUMBER})(?:(?P<more>多|余|来)(?P<scale>[万亿]{{1,2}})?)?(?P<about>左右|上下|出头)?"
    ))
});

/// What makes a bare number a count of something else.
const COUNTED: &str = "像步兆遍碗副桶颗桌位克斤毫公寸毛左来字句栋户亩方积股厘分页度瓦安伏帧转股票粉丝种积声脚拳刀级档类款样滴串捆包摞堆层排列号组队群阵股片页封幅盏根枝株朵头匹只个次天月年日号小分秒点人件条张单辆台名字米平公斤克度%‰成倍份家回遍周岁期集层楼级位项颗粒箱盒瓶袋包双只把根套本页章刻钟星米种批斤吨升k-./:折钱下通口顿趟局盘杯碗篇段句幅场课节门间种股元块角毛";
/// What makes a "块" a piece of something.
const PIECES: &str = "电屏板肉表蛋砖玻地瓷豆糖面皮儿钱布牌石木巧饼香毛肥污";
/// The same of a few pieces only.
const COLORS: &str = "斑黑白红";
/// What may go on after a number.
const NUMERALS: &str = "零一二两三四五六七八九十百千几半";
/// What is counted by tens of thousands.
const CROWDS: &[&str] = &[
    "用户", "会员", "播放", "浏览", "阅读", "点击", "销量", "观众", "考生", "学生", "居民", "业主",
];
/// Sayings and fixed names that begin with a number.
const STOCK: &[&str] = &[
    "一万年",
    "一千零一",
    "一百分",
    "千万",
    "百分",
    "三百六十行",
    "二百五都",
    "三百六十五里",
];
/// Verbs of paying right before a small sum.
const PAYING: [char; 18] = [
    '赔', '退', '返', '扣', '收', '花', '付', '交', '赚', '省', '少', '差', '抵', '涨', '降', '便', '贵',
    '罚',
];
/// What may follow "元" in another word.
const NOT_YUAN: &str = "旦宵素气老件凶勋帅首月";

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a fixed pattern")
}

fn find(page: &Page<'_>, found: &mut Vec<Found>) {
    let text = page.text;
    if page.signs.has(Cue::Money) || page.signs.currencies() {
        for captures in SIGNED.captures_iter(text) {
            let currency = currency_of(&captures["sign"]);
            let part = |name: &str| {
                captures
                    .name(name)
                    .and_then(|part| one_digit(part.as_str()))
                    .unwrap_or(0)
            };
            let value = match amount(&captures["number"]) {
                Amount::Exact(whole) => Amount::Exact(whole.saturating_add(part("dime") * 10 + part("cent"))),
                other => other,
            };
            push(found, whole_match(&captures), value, currency);
        }
    }
    if page.signs.beside(Pair::Amount) {
        for captures in UNITED.captures_iter(text) {
            find_united(text, &captures, found);
        }
    }
    if page.signs.beside(Pair::Dime) {
        find_dimes(text, found);
    }
    if page.signs.has(Cue::Paid) && page.signs.large_numbers() {
        find_paid(text, found);
    }
    if page.signs.beside(Pair::Numerals) {
        find_great(text, found);
        find_said(text, found);
    }
    find_bare(page, found);
    for captures in ROUND.captures_iter(if text.contains('把') { text } else { "" }) {
        let value = match &captures[0] {
            "千把块" | "千把块钱" => 100_000,
            "百把块" | "百把块钱" => 10_000,
            "块把钱" => 100,
            _ => 1_000_000,
        };
        let range = whole_match(&captures);
        push_nuanced(found, range, Amount::Exact(value), None, Currency::CNY, true);
    }
    if page.signs.digits > 3 && text.contains(['、', '和', '跟']) {
        find_listed(text, found);
    }
    if page.signs.digits > 1 && text.contains(',') {
        found.iter_mut().for_each(|one| doubt_grouping(page, one));
    }
}

/// 1,2000元: digits whose commas part neither thousands nor a list are kept as text.
fn doubt_grouping(page: &Page<'_>, one: &mut Found) {
    let text = page.text;
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let comma = |at: usize| bytes.get(at) == Some(&b',') && at > 0 && digit(at - 1) && digit(at + 1);
    let (mut start, mut end) = (one.bytes.start, one.bytes.end);
    let cut = start > 0 && comma(start - 1) || comma(end) || digit(end) && text[start..end].contains(',');
    if one.kind != EntityKind::Money || !cut {
        return;
    }
    while start > 0 && (digit(start - 1) || comma(start - 1)) {
        start -= 1;
    }
    while digit(end) || comma(end) {
        end += 1;
    }
    let figures = text[start..end].trim_start_matches(|c: char| !c.is_ascii_digit());
    let mut groups = figures.split(',');
    let first = groups.next().map_or(0, str::len);
    if first <= 3 && groups.all(|group| group.len() == 3) {
        return;
    }
    // 12,30,500元 is a list; and 50，2000元 has a mark of the sentence, which is wider than the digits.
    let wide = |at: usize| {
        page.reading
            .quote(at..at + 1)
            .is_some_and(|quote| !quote.words().is_ascii())
    };
    let mut commas = text[start..end].match_indices(',').map(|(at, _)| start + at);
    let (first, second) = (commas.next(), commas.next());
    if first.is_some_and(|at| wide(at) == wide(at - 1)) && second.is_none() {
        one.bytes = start..end;
        one.value = None;
        one.nuance = domain::Nuance::default();
        one.doubt = Some(Doubt::AmbiguousAmount);
    }
}

/// 扣了199、299两笔: a bare number in one list with a sum.
fn find_listed(text: &str, found: &mut Vec<Found>) {
    let mut at = 0;
    while let Some(one) = found.get(at) {
        at += 1;
        let bare = text[one.bytes.clone()].ends_with(|c: char| c.is_ascii_digit());
        let rest = text[one.bytes.end..].strip_prefix(['、', '和', '跟']);
        let Some(rest) = rest.filter(|_| bare && one.kind == EntityKind::Money) else {
            continue;
        };
        let start = text.len() - rest.len();
        let length = rest
            .bytes()
            .take_while(|byte| byte.is_ascii_digit() || *byte == b'.')
            .count();
        let end = start + rest[..length].trim_end_matches('.').len();
        let closed = after(text, end).is_none_or(|c| ",。!?;、的都".contains(c))
            || ["两笔", "三笔", "几笔"]
                .iter()
                .any(|word| text[end..].starts_with(word));
        let free = !found
            .iter()
            .any(|other| other.bytes.start < end && start < other.bytes.end);
        let exact = amount(&text[start..end]);
        if closed && free && matches!(exact, Amount::Exact(value) if value >= 1000) {
            push(found, start..end, exact, Currency::CNY);
        }
    }
}

fn find_dimes(text: &str, found: &mut Vec<Found>) {
    for captures in DIMES.captures_iter(text) {
        let range = whole_match(&captures);
        let cents = captures.name("cent").and_then(|cent| one_digit(cent.as_str()));
        let value = one_digit(&captures["dime"]).map(|dime| dime * 10 + cents.unwrap_or(0));
        let word = before(text, range.start).is_some_and(|c| c.is_ascii_digit() || "第、".contains(c));
        let shape = after(text, range.end).is_some_and(|c| "形度落色线尖钱".contains(c));
        // 八角 is a spice where nothing speaks of a price.
        let spice = &text[range.clone()] == "八角"
            && after(text, range.end).is_some_and(|c| c.is_alphabetic() && !"一每的了都就也".contains(c));
        // 块八毛 is no sum anybody knows.
        let vague = before(text, range.start) == Some('块');
        if !word && !shape && !spice && !vague {
            push(found, range, Amount::Exact(value.unwrap_or(0)), Currency::CNY);
        }
    }
}

fn find_paid(text: &str, found: &mut Vec<Found>) {
    for captures in PAID.captures_iter(text) {
        let Some(number) = captures.name("number") else {
            continue;
        };
        let range = trim_number(text, number.range());
        let exact = scaled(
            amount(&text[range.clone()]),
            captures.name("scale").map(|scale| scale.as_str()),
        );
        let end = tail_of(&captures)
            .filter(|_| range.end == number.end())
            .unwrap_or(range.end);
        let decimal = text[range.clone()].contains('.');
        let worth = matches!(exact, Amount::Exact(value) if value >= 1000 || decimal && value > 0);
        let low = captures.name("low");
        let start = low.map_or(range.start, |low| low.start());
        if !is_counted(text, end) && worth && stands_alone(text, start, end) && !is_measured(text, start) {
            let about = end > range.end || is_about(text, start);
            let low = low.map(|low| amount(low.as_str()));
            push_nuanced(found, start..end, exact, low, Currency::CNY, about);
        }
    }
}

/// Sums of more than nine times ten thousand.
fn find_great(text: &str, found: &mut Vec<Found>) {
    for captures in GREAT.captures_iter(text) {
        let range = whole_match(&captures);
        let exact = match captures.name("rough") {
            Some(rough) => scaled(
                amount(rough.as_str()),
                captures.name("scale").map(|scale| scale.as_str()),
            ),
            None => amount(captures.name("number").map_or("", |number| number.as_str())),
        };
        let part = before(text, range.start).is_some_and(|c| {
            c.is_ascii_alphanumeric() || "第百千万亿几好数上零一二三四五六七八九十.".contains(c)
        });
        let latin = after(text, range.end).is_some_and(|c| c.is_ascii_alphanumeric());
        // 十万八千里 is a saying, and of 九万两 the last is a weight.
        let goes_on = after(text, range.end).is_some_and(|c| "亿万里".contains(c) || NUMERALS.contains(c))
            || captures
                .name("number")
                .is_some_and(|number| number.as_str().ends_with('两'))
            || CROWDS.iter().any(|word| text[range.end..].starts_with(word));
        if !part && !latin && !goes_on && !is_counted(text, range.end) && matches!(exact, Amount::Exact(_)) {
            let about = ["more", "about", "small"]
                .iter()
                .any(|name| captures.name(name).is_some());
            let about = about || is_about(text, range.start);
            push_nuanced(found, range, exact, None, Currency::CNY, about);
        }
    }
}

/// The tens of thousands that stand after 多.
fn scaled(amount: Amount, scale: Option<&str>) -> Amount {
    let factor = scale.unwrap_or_default().chars().try_fold(1i64, |factor, c| {
        let unit = match c {
            '百' => 100,
            '千' => 1000,
            '万' => 10_000,
            _ => 100_000_000,
        };
        factor.checked_mul(unit)
    });
    match amount {
        Amount::Exact(value) => factor
            .and_then(|factor| value.checked_mul(factor))
            .map_or(Amount::TooLarge, Amount::Exact),
        other => other,
    }
}

/// Numbers that are prices by how they are said.
fn find_said(text: &str, found: &mut Vec<Found>) {
    for captures in COLLOQUIAL.captures_iter(text) {
        let mut number = captures
            .name("number")
            .expect("the pattern has a number")
            .as_str();
        let mut range = whole_match(&captures);
        // 两千一期: the price of one.
        let each = after(text, range.end)
            .is_some_and(|c| "期颗个张晚位次只份盒瓶斤平节人间天月年袋箱套双件台杯碗条盘桶本".contains(c));
        if each
            && number.ends_with('一')
            && range.end == captures.name("number").map_or(0, |number| number.end())
        {
            number = &number[..number.len() - '一'.len_utf8()];
            range.end -= '一'.len_utf8();
        }
        let lead = before(text, range.start);
        let part = lead.is_some_and(|c| {
            c.is_ascii_alphanumeric() || "第百千万亿几好数上零一二三四五六七八九十.".contains(c)
        });
        // 一百来万 is found whole.
        let scaled =
            captures.name("more").is_some() && after(text, range.end).is_some_and(|c| "万亿".contains(c));
        let mut exact = amount(number);
        let mut low = captures.name("low").map(|low| amount(low.as_str()));
        if let Some((lower, upper)) = pair(number).filter(|_| low.is_none()) {
            (low, exact) = (Some(amount(&lower)), amount(&upper));
        }
        let latin = after(text, range.end).is_some_and(|c| c.is_ascii_alphanumeric());
        // 3万 alone may count anything, 3万出头 hardly.
        let scaled = scaled
            || matches!(
                number.trim_start_matches(|c: char| c.is_ascii_digit()),
                "万" | "千" | "百"
            ) && tail_of(&captures).is_none();
        // 4K投屏: how sharp a picture is.
        let sharp = number.len() == 2
            && number.ends_with('k')
            && ["屏", "电视", "画质", "高清", "视频", "片源"]
                .iter()
                .any(|word| text.contains(word));
        let stock = STOCK.iter().any(|word| text[range.start..].starts_with(word));
        // 18K金, 4K电视: fineness and sharpness.
        let grade = number.ends_with('k')
            && after(text, range.end).is_some_and(|c| "金屏电高超画视白玫镀".contains(c));
        if !part
            && !scaled
            && !is_watts(number)
            && !is_measured(text, range.start)
            && !latin
            && !grade
            && !sharp
            && !stock
            && !is_counted(text, range.end)
            && matches!(exact, Amount::Exact(value) if value >= 10_000)
        {
            let about = tail_of(&captures).is_some()
                || captures.name("small").is_some()
                || is_about(text, range.start);
            push_nuanced(found, range, exact, low, Currency::CNY, about);
        }
    }
}

/// Numbers that are prices for one, or of something.
fn find_bare(page: &Page<'_>, found: &mut Vec<Found>) {
    let text = page.text;
    let only = |pair: Pair| {
        let wanted = page.signs.beside(pair) && page.signs.large_numbers();
        if wanted { text } else { "" }
    };
    let moved = page.signs.large_numbers()
        && text.contains(['涨', '降', '砍', '改', '调', '变', '提', '减', '升', '跌', '压']);
    for captures in MOVED.captures_iter(if moved { text } else { "" }) {
        for number in ["number", "to"]
            .into_iter()
            .filter_map(|name| captures.name(name))
        {
            let exact = amount(number.as_str());
            let worth = matches!(exact, Amount::Exact(value) if value >= 1000);
            if worth && !is_counted(text, captures.get(0).map_or(0, |whole| whole.end())) {
                push_nuanced(found, number.range(), exact, None, Currency::CNY, false);
            }
        }
    }
    let each = EACH.captures_iter(only(Pair::Each));
    for captures in each.chain(OF.captures_iter(only(Pair::Closed))) {
        let Some(number) = captures
            .name("number")
            .or_else(|| captures.name("priced"))
            .or_else(|| captures.get(2))
        else {
            continue;
        };
        let range = number.range();
        let part = before(text, range.start)
            .is_some_and(|c| c.is_ascii_alphanumeric() || "第号码型楼.:-—/·十百千万".contains(c));
        // 4,179 is no list of 4 and 179.
        let grouped = text[..range.start].strip_suffix(',');
        let part = part || grouped.is_some_and(|head| head.ends_with(|c: char| c.is_ascii_digit()));
        let exact = amount(number.as_str());
        // 二十一天 goes on after the ten.
        let goes_on = number.as_str().ends_with('十') && text[range.end..].starts_with('一');
        let feast = matches!(number.as_str(), "618" | "315" | "1111" | "1212");
        let words = &text[range.clone()];
        let year = words.len() == 4 && (words.starts_with("20") || words.starts_with("19"));
        let feast = feast || year && text[range.end..].starts_with('的');
        if !part && !goes_on && !feast && matches!(exact, Amount::Exact(value) if value >= 500) {
            push_nuanced(
                found,
                range.clone(),
                exact,
                None,
                Currency::CNY,
                is_about(text, range.start),
            );
        }
    }
}

/// The end of the words that make an amount approximate.
fn tail_of(captures: &Captures<'_>) -> Option<usize> {
    ["about", "odd", "over", "scale", "more"]
        .iter()
        .find_map(|name| captures.name(name))
        .map(|tail| tail.end())
}

/// 900W: how strong a machine is.
fn is_watts(number: &str) -> bool {
    number.len() > 3 && number.ends_with('w') && number.bytes().take(3).all(|byte| byte.is_ascii_digit())
}

/// Whether what stands before a number says that it is a speed, a mark or a weight.
fn is_measured(text: &str, start: usize) -> bool {
    let head = &text[..start];
    let words = [
        "开到", "跑到", "飙到", "限速", "时速", "满分", "得分", "考了", "打分", "体重", "身高", "血压",
    ];
    words.iter().any(|word| head.ends_with(word))
}

/// Whether a measure word or unit follows.
pub(super) fn is_counted(text: &str, end: usize) -> bool {
    after(text, end).is_some_and(|c| COUNTED.contains(c) || c.is_ascii_alphanumeric())
}

/// Whether the words before an amount say that it is about so much.
pub(super) fn is_about(text: &str, start: usize) -> bool {
    [
        "大概",
        "大约",
        "约",
        "差不多",
        "将近",
        "接近",
        "近",
        "估计",
        "大致",
        "快",
        "小",
        "about ",
        "around ",
        "nearly ",
    ]
    .iter()
    .any(|word| {
        text[..start].ends_with(word) && !text[..start].ends_with("最近") && !text[..start].ends_with("预约")
    })
}

fn find_united(text: &str, captures: &Captures<'_>, found: &mut Vec<Found>) {
    let (range, unit) = (whole_match(captures), &captures["unit"]);
    let number = captures.name("number").expect("the pattern has a number");
    let next = after(text, range.end);
    let other_word = match unit {
        "元" => {
            next.is_some_and(|c| NOT_YUAN.contains(c))
                || next == Some('机') && matches!(number.as_str(), "千" | "百")
                || next == Some('复') && number.as_str() == "一"
        }
        "块" => {
            let paid = super::digits::lead(text, range.start, 2).contains(PAYING);
            captures.name("dime").is_none() && is_piece(&text[number.range()], next, paid)
        }
        "欧" | "刀" => {
            next.is_some_and(|c| "洲美式冠片具法".contains(c))
                || !number.as_str().starts_with(|c: char| c.is_ascii_digit())
                    && number.as_str().chars().count() < 2
        }
        _ => false,
    };
    if other_word || before(text, range.start) == Some('第') {
        return;
    }
    let currency = currency_of(unit);
    // 128块一个: the price of one, no dime.
    let one_of = captures.name("dime").filter(|dime| {
        range.end == dime.end()
            && matches!(dime.as_str(), "一" | "两")
            && next.is_some_and(|c| COUNTED.contains(c) || "颗桌碗杯口晚".contains(c))
    });
    let range = range.start..one_of.map_or(range.end, |dime| dime.start());
    let (mut low, mut value) = (
        captures.name("low").map(|low| amount(low.as_str())),
        amount(number.as_str()),
    );
    if let Some((lower, upper)) = pair(number.as_str()) {
        (low, value) = (Some(amount(&lower)), amount(&upper));
    }
    let scale = captures.name("scale").map(|scale| scale.as_str());
    (low, value) = (low.map(|low| scaled(low, scale)), scaled(value, scale));
    // 十块零五 is no dime, 十块零五毛 is.
    let bare_zero = captures.name("none").filter(|_| captures.name("mark").is_none());
    let range = range.start..bare_zero.map_or(range.end, |zero| zero.start());
    let dime = captures
        .name("dime")
        .filter(|_| one_of.is_none() && bare_zero.is_none());
    if let (Amount::Exact(whole), Some(dime)) = (value, dime)
        && whole % 100 == 0
    {
        let cents = captures
            .name("cent")
            .and_then(|cent| one_digit(cent.as_str()))
            .unwrap_or(0);
        value = Amount::Exact(whole.saturating_add(one_digit(dime.as_str()).unwrap_or(0) * 10 + cents));
    }
    if number.as_str() == "千" || number.as_str() == "百" || number.as_str() == "万" {
        value = amount(&format!("一{}", number.as_str()));
    }
    if matches!(value, Amount::Vague) && low.is_none() {
        return;
    }
    let about =
        tail_of(captures).is_some() || captures.name("small").is_some() || is_about(text, range.start);
    push_nuanced(found, range, value, low, currency, about);
}

/// An amount as far as it can be known.
#[derive(Clone, Copy)]
pub(super) enum Amount {
    Exact(i64),
    Vague,
    TooLarge,
}

pub(super) fn amount(words: &str) -> Amount {
    let words = words.replace('个', "");
    // 五k and 两w: one numeral and how often it counts.
    if let Some(head) = words.strip_suffix(['w', 'k'])
        && head.chars().count() == 1
        && let Some(digit) = head.chars().next().and_then(digit_of)
    {
        return Amount::Exact(digit * if words.ends_with('w') { 1_000_000 } else { 100_000 });
    }
    match hundredths(words.as_str()) {
        Some(value) => Amount::Exact(value),
        None if words.contains(['几', '半']) || words.contains('.') && words.len() < 18 => Amount::Vague,
        None if words.chars().filter(char::is_ascii_digit).count() > 14 || words.contains('亿') => {
            Amount::TooLarge
        }
        None => Amount::Vague,
    }
}

fn push(found: &mut Vec<Found>, range: Range<usize>, amount: Amount, currency: Currency) {
    push_nuanced(found, range, amount, None, currency, false);
}

/// Adds an amount, or the range from `low` to it.
pub(super) fn push_nuanced(
    found: &mut Vec<Found>,
    range: Range<usize>,
    amount: Amount,
    low: Option<Amount>,
    currency: Currency,
    approximate: bool,
) {
    let money = |amount: Amount| match amount {
        Amount::Exact(minor) => Some(EntityValue::Money(Money { minor, currency })),
        _ => None,
    };
    let mut one = Found::shaped(EntityKind::Money, range, money(amount));
    if let Some(low) = low.and_then(money) {
        one.nuance.to = one.value.replace(low);
    }
    one.nuance.approximate = approximate && one.value.is_some();
    one.doubt = matches!(amount, Amount::TooLarge).then_some(Doubt::AmountOverflow);
    found.push(one);
}

fn whole_match(captures: &Captures<'_>) -> Range<usize> {
    captures.get(0).expect("group 0 always matches").range()
}

/// Whether "一块…" goes on as a piece of something or as "together".
fn is_piece(number: &str, next: Option<char>, paid: bool) -> bool {
    let small = number.chars().count() == 1 && !number.starts_with(|c: char| c.is_ascii_digit());
    match next {
        None => false,
        Some(c) if PIECES.contains(c) || small && COLORS.contains(c) => true,
        Some(_) if paid => false,
        Some(c) => small && c.is_alphanumeric() && !"的了都就吧呢多一也".contains(c),
    }
}

fn one_digit(words: &str) -> Option<i64> {
    let c = words.chars().next()?;
    c.to_digit(10).map(i64::from).or_else(|| digit_of(c))
}

/// The number without a vague head or tail such as in 一两百.
fn trim_number(text: &str, range: Range<usize>) -> Range<usize> {
    let words = text[range.clone()].trim_end_matches(['.', ',']);
    range.start..range.start + words.len()
}

fn currency_of(unit: &str) -> Currency {
    let code = match unit {
        "美元" | "美金" | "美刀" | "usd" | "us$" | "$" | "刀" => "USD",
        "欧元" | "欧" | "eur" | "€" => "EUR",
        "英镑" | "镑" | "gbp" | "£" => "GBP",
        "日元" | "日币" | "jpy" | "円" | "jp¥" => "JPY",
        "澳门币" | "澳门元" | "葡币" | "mop" | "mop$" => "MOP",
        "港币" | "港元" | "港纸" | "hkd" | "hk$" => "HKD",
        "韩元" | "韩币" | "韩圆" | "₩" | "krw" => "KRW",
        "澳元" | "澳币" | "a$" | "au$" | "aud" => "AUD",
        "泰铢" | "铢" | "฿" | "thb" => "THB",
        "新币" | "新加坡元" | "s$" | "sgd" => "SGD",
        "加元" | "加币" | "c$" | "ca$" | "cad" => "CAD",
        "瑞郎" | "瑞士法郎" | "chf" => "CHF",
        "卢布" | "₽" => "RUB",
        "马币" | "令吉" | "myr" => "MYR",
        "越南盾" | "₫" | "vnd" => "VND",
        "卢比" | "₹" => "INR",
        "披索" | "比索" | "₱" => "PHP",
        "纽币" | "nzd" => "NZD",
        "dollar" | "dollars" | "bucks" => "USD",
        "euro" | "euros" => "EUR",
        "pound" | "pounds" => "GBP",
        "新台币" | "台币" | "nt$" | "twd" => "TWD",
        _ => return Currency::CNY,
    };
    Currency::from_code(code).unwrap_or(Currency::CNY)
}
