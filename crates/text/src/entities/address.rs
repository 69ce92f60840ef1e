//! Home addresses down to the door: a road, community or village followed by numbers of house, unit and room.

use std::ops::Range;
use std::sync::LazyLock;

use domain::EntityKind;
use regex::Regex;

use super::signs::{Cue, Pair, Signs};
use super::{Finder, Found, Page};
use crate::fold::is_han;

/// Looks for addresses.
pub(super) const FINDER: Finder = Finder {
    wanted: |signs: &Signs| {
        signs.numbers() && (signs.has(Cue::Address) || signs.dashes() || signs.beside(Pair::House))
    },
    find,
};

const NUMBER: &str = "(?:[东南西北中左右][0-9]?|附?[0-9]{1,5}[a-z]?|[a-z]-?[0-9]{1,4}|[a-z]|[一二三四五六七八九十百零〇两幺]{1,6}|[壹贰叁肆伍陆柒捌玖拾零]{1,5}|[甲乙丙丁][0-9]{0,2}|顶)";
/// What a number of a house, or of a group of a village, is followed by.
const HOUSE: &str = "(?:号楼|号院|支弄|号|弄|组|队|社|排|#)";
const BUILDING: &str = "(?:号门|号?宿舍楼|号?学生公寓|号?公寓楼?|号楼|楼栋|栋楼?|幢楼?|座|#楼?|号)";
const INNER: &str =
    "(?:单元|号门|寝室|地下室|厢房|耳房|楼门洞|门洞|门栋|号楼|支弄|栋|幢|座|室|房|门|梯|户|层|楼|弄|号|#)";
/// What people put between the parts.
const PAUSE: &str = "(?:[ ,、-]|呃|嗯|啊|那个|就是那个|就是|往里走|地下室|阁楼|东头|西头|南头|北头)*";

/// Two or more parts, of which one is a building: at home wherever it stands.
static CHAIN: LazyLock<Regex> = LazyLock::new(|| {
    let room = "(?:[0-9]{1,2}f?-[0-9]{1,4}|[a-z]?[0-9]{1,5}[a-z]?|[一二三四五六七八九零〇幺]{3,4}|[壹贰叁肆伍陆柒捌玖零]{3,4})";
    let inner = format!("{PAUSE}{NUMBER} ?{INNER}");
    regex(&format!(
        "{NUMBER} ?(?:楼|梯){PAUSE}{NUMBER} ?(?:单元|门|栋){PAUSE}{room}(?:室|号|房|户)?|{NUMBER} ?{BUILDING}(?:{inner}){{1,4}}(?:{PAUSE}{room})?|{NUMBER} ?{BUILDING}{PAUSE}{room}|{NUMBER} ?单元(?:{inner}){{0,2}}{PAUSE}{room}|{NUMBER} ?单元{inner}"
    ))
});
/// The number of a house right after the name of a road or village, and what may follow: a community, a building.
static ROAD: LazyLock<Regex> = LazyLock::new(|| {
    let road = "(?:路[一二三四五六七八九十]段|路|大街|街|大道|道|巷|胡同|村|里|条|屯|庄|湾|墅|苑|峪|沟|坝|堡|寨|营|店子|墩|圩|塘|浜|堰|坪|岭|垸|埭|厝|甸|窑|岗|洼|苁|家属院|大院|[一二三四五六七八九0-9]期|区)";
    let room = "(?:[0-9]{1,2}-[0-9]{1,4}(?:-[0-9]{1,4})?|[0-9]{1,5}[a-z]?|[一二三四五六七八九零〇幺]{3,4}|[壹贰叁肆伍陆柒捌玖零]{3,4})";
    let area =
        r"(?:[\p{Han}&&[^的是了在有没还只和与及到来去着呢户这那就我你他她]]{2,8}(?:\([\p{Han}]{1,4}\))?)";
    regex(&format!(
        "{road}{PAUSE}{NUMBER} ?{HOUSE}(?:{PAUSE}{NUMBER} ?{INNER}){{0,4}}(?:{PAUSE}{area}?{PAUSE}(?:{NUMBER} ?{INNER}{PAUSE}){{1,4}}{room}?|{PAUSE}{area}?{PAUSE}{room})?(?:之[0-9]{{1,2}})?"
    ))
});
/// A community and a door told by dashes.
static DASHED: LazyLock<Regex> = LazyLock::new(|| {
    let community = r"(?:村|小区|花园|花苑|家园|公寓|新苑|苑|社区|新城|里|园|城|湾|庭|坊|府|邸|院|寓|居|轩|阁|郡|墅|岸|湖|都|国际|名门|半岛|时代|世家|筑|源|汇|台|境|景|宿舍|大厦|中心|家|住|址)";
    regex(&format!(
        r"{community}(?:\([\p{{Han}}]{{1,4}}\))?(?:[一二三四五六七八九十0-9]{{1,2}}[期区])?(?:[东南西北]区)?[ -]?[a-z]?[0-9]{{1,3}}(?:号楼|栋|幢|座|#|号)?(?:[-—][0-9]{{1,2}})?(?:单元)?[-—][0-9]{{1,4}}"
    ))
});
/// A room of a dormitory or apartment house told without a building.
static DORM: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        "(?:公寓|宿舍|[园区苑馆院校])(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})(?:舍|栋|号楼|幢|斋|苑)[a-z]?[0-9]{3,4}(?:室|房|寝)?|(?:公寓|宿舍楼?|寝室|家属院|家属楼|职工楼|教工楼|筒子楼|大院)[a-z]?-?[0-9]{3,4}(?:室|房|寝)?",
    )
});
/// A door told by where it lies rather than by a number: 村东头第三家, 胡同最里头那家.
static LYING: LazyLock<Regex> = LazyLock::new(|| {
    let place = "(?:村|屯|庄|寨|队|组|社|胡同|巷子?|弄堂?|里弄|条街|街|大院|家属院|营子|堡|沟|场|宿舍)";
    let side = "(?:往?[东西南北前后左右](?:头|边|侧|面)?|村[东西南北]头|[最紧](?:里|外|东|西|南|北)(?:头|边|面)?|尽头|把头|路口|进门|顶头)";
    let door = "(?:第?[一二三四五六七八九十0-9]{1,2}(?:家|户|间)|那[一]?[家户]|头一[家户])";
    regex(&format!(
        "{place}(?:的)?(?:{side}){{1,3}}的?(?:第[一二三四五六七八九十0-9]{{1,2}}排)?{door}|{place}(?:的)?(?:{side}){{1,3}}第?[一二三四五六七八九十0-9]{{1,2}}排{NUMBER}号?|{NUMBER}(?:号楼|栋|幢|号院)[东西南北]头(?:[一二三四五六七八九0-9]{{1,2}}[楼层]|{door})"
    ))
});
/// A village with its group, which has a few houses and is all the address there is.
static HAMLET: LazyLock<Regex> =
    LazyLock::new(|| regex("村第?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})(?:村民小组|小组|组|社|队)"));
/// A door that a word tells to be one.
static PLATED: LazyLock<Regex> =
    LazyLock::new(|| regex("门牌号?(?:是|为|:)? ?([a-z]?[0-9]{1,3}[-—][0-9]{2,4}(?:[-—][0-9]{3,4})?)"));
/// House, unit and room by dashes, wherever they stand: 16-2-802.
static TRIPLE: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?:^|[^0-9a-z.-])([0-9]{1,3}[-—][0-9]{1,2}[-—][0-9]{3,4})(?:$|[^0-9a-z./-])"));
/// A house of a village told by its group, whatever the village is called.
static GROUP: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"[\p{{Han}}&&[^第每分两几]]{{2}}第?{NUMBER} ?(?:村民小组|村民组|生产队|小组|组|队|社){PAUSE}(?:门牌)?(?:{NUMBER} ?排)?{NUMBER} ?(?:号|户)"
    ))
});
/// A number on a road or in an estate, whatever comes between its name and the number.
static NUMBERED: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"[\p{{Han}})]{PAUSE}(?:附|甲|乙|丙|临)?(?:[0-9]{{1,5}}|[一二三四五六七八九十百零〇]{{1,5}})[a-z]?(?:-[0-9]{{1,4}})? ?号(?:院|楼|弄|甲|乙|附[0-9]{{1,3}}号?)?(?:{PAUSE}{NUMBER} ?{INNER}){{0,3}}"
    ))
});
/// A door after the name of an estate or apartment house: two numbers by a dash, or a room.
static DOOR: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"[\p{Han}][a-z]?[0-9]{1,3}[-—][0-9]{3,4}(?:室|房|号)?|[\p{Han}][0-9一二三四五六七八九十]{1,2}(?:门|梯)[0-9]{3,4}室?|[\p{Han}] ?[a-z]?-?[0-9]{3,4}(?:室|房|户)",
    )
});
/// Words that tell of a home or a delivery.
const HOMES: &[&str] = &[
    "住",
    "家",
    "址",
    "寄",
    "送",
    "派件",
    "收件",
    "收货",
    "业主",
    "邻居",
    "上门",
    "楼上",
    "楼下",
    "租",
    "房东",
    "物业",
    "户",
    "搬",
    "水管",
    "漏水",
    "暖气",
    "停水",
    "停电",
    "燃气",
    "漏雨",
    "危房",
    "旱厕",
    "宅基地",
    "拆迁",
    "群租",
    "村",
    "乡",
    "镇",
];
/// Ends of the names of roads and villages, whose houses have a number alone.
const ROADS: &str = "组湾洼坳冲坪沟埠峪寨路街道巷弄村里同园苑庄屯段坊";
/// Ends of the names of roads, villages and estates, one of which stands in an address.
const PARTS: &str = "馆路街道巷弄村镇乡庄屯苑园里府寨堡湾区县市城墅庭邸郡坊寓厦馆阁轩居舍院楼岸台都汇际场营队排组社峰岭山河湖谷筑源境景";

/// An address in English: two parts or more of which one is a room, building or number on a road.
static ENGLISH: LazyLock<Regex> = LazyLock::new(|| {
    let part = "(?:(?:room|rm|flat|apt|apartment|unit|block|blk|bldg|building|suite|tower)\\.? ?#?(?:[0-9]{1,5}[a-z]?|[a-z][0-9]{0,4}\\b))";
    let house = "[a-z]+(?: [a-z]+){0,2} (?:residence|residences|garden|gardens|court|mansion|estate|villa|villas|house|plaza|heights|bay|centre|center|apartments|terrace)";
    let road = "(?:no\\. ?)?[0-9]{1,5} [a-z]+(?: [a-z]+){0,3}? (?:road|rd|street|st|lu|jie|avenue|ave|lane|ln|drive|dr|way|boulevard|blvd)";
    regex(&format!(
        "(?:{part}|{road}|{house})(?:,? {part}|, (?:{road}|{house}|[a-z]+(?: [a-z]+){{0,3}}(?: district)?))*,? (?:{part}|{road}|{house})\\b"
    ))
});

/// Words right before an address.
const CUES: &[&str] = &[
    "住",
    "住在",
    "家在",
    "住址",
    "地址",
    "送到",
    "送至",
    "寄到",
    "寄至",
    "寄往",
    "送",
    "搬到",
    "搬去",
    "搬进",
    "租在",
    "租的",
    "租住",
    "买的",
    "位于",
    "坐落",
    "派到",
    "配送到",
    "发到",
    "发往",
    "上门到",
    "到了",
    "来到",
    "家里在",
    "房子在",
    "房子是",
    "改到",
    "改送",
    "寄去",
    "发去",
    "送去",
];
/// The longest name of an estate that nothing but a word before it tells.
const LONGEST_NAME: usize = 12;
/// An address grows backward over at most this many characters.
const LONGEST_LEAD: usize = 26;
/// Characters that do not belong to the names of places, so that an address cannot grow past them.
const STOPS: &str =
    "在到是住往址我你他她您们的了给从于去来寄送至为叫找把被跟就也有说让请没不这那您本该个写嘛呀吧填,:;";
/// Words before an address that are none of it.
const LEADS: &[&str] = &[
    "核实",
    "前往",
    "派单",
    "养老院",
    "医院",
    "家门口",
    "门口",
    "学校",
    "单位",
    "公司",
    "改成",
    "改为",
    "换成",
    "写成",
    "变更为",
    "家里",
    "家住",
    "老家",
    "家门牌",
    "家",
    "楼上",
    "楼下",
    "隔壁",
    "邻居",
    "宿舍区",
    "门牌",
    "地址",
    "住址",
    "位于",
    "楼",
    "居住地",
    "居住",
    "现住",
    "现居",
    "常住",
    "户籍",
    "上门地址",
    "老小区",
    "收件",
    "快递",
    "爸妈住",
    "收货",
    "派件员",
    "坐落",
    "租",
    "买",
    "住",
];
/// Ends of the names of places, after which a chain of numbers goes on.
const PLACES: &str = "路街道巷弄村里湾园城坊苑庭邸府区庄屯寨镇乡院厦寓舍居阁轩郡墅岸谷同都际筑源汇台境景心场座期楼队排馆格连团第";

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a fixed pattern")
}

fn find(page: &Page<'_>, found: &mut Vec<Found>) {
    let text = page.text;
    let mut push = |range: Range<usize>| {
        let Some(range) = without_phone(text, range) else {
            return;
        };
        if !begins_inside_word(text, range.start) && !is_shop(text, &range) {
            found.push(Found {
                // A name of a place before the numbers tells them from an account.
                told: text[range.clone()].starts_with(is_han),
                ..Found::shaped(EntityKind::Address, range, None)
            });
        }
    };
    let housed = page.signs.beside(Pair::House);
    if housed {
        find_chains(text, &mut push);
    }
    let dashed = page.signs.dashes() && page.signs.digits > 1;
    for (pattern, wanted) in [(&ROAD, housed), (&DASHED, dashed)] {
        for hit in pattern.find_iter(if wanted { text } else { "" }) {
            let start = grow_backward(text, hit.start());
            // A road needs a name: 路12号 alone is a slip of the pattern.
            if start < hit.start() {
                push(start..trimmed_end(text, hit.range()));
            }
        }
    }
    find_placed(page, housed, dashed, &mut push);
    find_lying(page, &mut push);
    if page.signs.digits >= 3 {
        for hit in DORM.find_iter(text) {
            push(grow_backward(text, hit.start())..trimmed_end(text, hit.range()));
        }
    }
    if dashed && page.signs.digits >= 5 {
        find_triple(text, &mut push);
    }
    if page.signs.latin && page.signs.digits > 0 {
        for hit in ENGLISH.find_iter(text) {
            push(hit.start()..over_places(page, hit.end()));
        }
    }
    if let Some(compact) = page.compact.as_ref().filter(|_| housed) {
        let spread = compact.text();
        find_chains(spread, &mut |range: Range<usize>| {
            // 和兴花园 3 栋 二 零 六: read without its spaces.
            if spread[range.clone()].starts_with(is_han) && !is_shop(spread, &range) {
                found.push(Found::told(EntityKind::Address, compact.home(&range), None));
            }
        });
    }
}

/// The range without the digits of a telephone number that follows at once; none where only such a number was taken
/// for a door, as in 前台029-55500177.
fn without_phone(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let more = text[range.end..].bytes().take_while(u8::is_ascii_digit).count();
    if more == 0 || !text[range.clone()].ends_with(|c: char| c.is_ascii_digit()) {
        return Some(range);
    }
    let before = text[range.clone()].trim_end_matches(|c: char| c.is_ascii_digit());
    // 8栋10113800138000: a mobile number has eleven digits.
    let mobile = (range.end + more).checked_sub(11)?;
    let dials = text.get(mobile..)?.starts_with('1') && range.start + before.len() < mobile;
    dials.then_some(range.start..mobile)
}

/// Ticket #0045: the letter before the number belongs to a word.
fn begins_inside_word(text: &str, start: usize) -> bool {
    text[start..].starts_with(|c: char| c.is_ascii_lowercase())
        && text[..start].ends_with(|c: char| c.is_ascii_alphanumeric())
}

/// The end with the parts of town, town and country that follow, all in capitals: Wing Lok Lane, Sheung Wan.
fn over_places(page: &Page<'_>, end: usize) -> usize {
    let mut last = end;
    while let Some(rest) = page.text[last..].strip_prefix(", ") {
        let words = rest
            .bytes()
            .take_while(|byte| byte.is_ascii_lowercase() || *byte == b' ');
        let start = last + ", ".len();
        let stop = page.capitals_until(start, start + words.count());
        if stop == start {
            break;
        }
        last = stop;
    }
    last
}

/// Two numbers or more that lead to a door, of which one is a building.
fn find_chains(text: &str, push: &mut impl FnMut(Range<usize>)) {
    let mut from = 0;
    while let Some(mut hit) = CHAIN.find_at(text, from) {
        // 第二栋，2栋3单元501: the number of a row is none of a building, what follows may be.
        if text[..hit.start()].ends_with('第')
            && let Some(comma) = hit.as_str().find(',')
            && let Some(rest) = CHAIN.find_at(text, hit.start() + comma)
        {
            hit = rest;
        }
        from = hit.end();
        let named = text[..hit.start()].ends_with(|c: char| PLACES.contains(c) || c == ')');
        let start = if named {
            grow_backward(text, hit.start())
        } else {
            grow_to_cue(text, hit.start())
        };
        push(grow_over_comma(text, start)..trimmed_end(text, hit.range()));
    }
}

/// Houses and doors after any name of a place, where a word for a home stands near.
fn find_placed(page: &Page<'_>, housed: bool, dashed: bool, push: &mut impl FnMut(Range<usize>)) {
    let text = page.text;
    for (pattern, wanted, lead) in [
        (&GROUP, housed, 2),
        (&NUMBERED, housed, 1),
        (&DOOR, page.signs.digits >= 3 && (dashed || housed), 1),
    ] {
        for hit in pattern.find_iter(if wanted { text } else { "" }) {
            // The name and the number stand in one sentence with a word for a home.
            let first: usize = hit.as_str().chars().take(lead).map(char::len_utf8).sum();
            let start = grow_backward(text, hit.start() + first);
            let near = super::digits::lead(text, start, 10);
            let name = &text[start..hit.start() + first];
            let placed = name.chars().filter(|&c| PARTS.contains(c)).count() > 0 && name.chars().count() > 2;
            let tail: String = text[hit.end()..].chars().take(8).collect();
            let told = HOMES
                .iter()
                .any(|word| near.contains(word) || name.contains(word) || tail.contains(word));
            let day = is_day(hit.as_str()) && !name.ends_with(|c| ROADS.contains(c));
            if start < hit.start() + first
                && placed
                && told
                && !day
                && !is_other(text, hit.start(), hit.end())
            {
                push(start..trimmed_end(text, hit.start()..hit.end()));
            }
        }
    }
}

/// Doors told by where they lie, villages with their group, and doors that a word tells to be some.
fn find_lying(page: &Page<'_>, push: &mut impl FnMut(Range<usize>)) {
    let text = page.text;
    if page.signs.has(Cue::Address) {
        for hit in LYING.find_iter(text) {
            let start = grow_backward(text, hit.start());
            if start < hit.start() {
                push(start..hit.end());
            }
        }
        for hit in HAMLET.find_iter(text) {
            let start = grow_backward(text, hit.start());
            let name = text[start..hit.start()].chars().count();
            let whole = text[start..hit.start()].contains(['镇', '乡', '县'])
                || told_before(text[..start].trim_end_matches(','), &["在", "址", "家"]).is_some();
            if name >= 2 && whole && !text[hit.end()..].starts_with(['长', '干', '的']) {
                push(start..hit.end());
            }
        }
    }
    if page.signs.dashes() {
        PLATED
            .captures_iter(text)
            .filter_map(|captures| captures.get(1))
            .for_each(|door| push(door.range()));
    }
}

/// House, unit and room by dashes.
fn find_triple(text: &str, push: &mut impl FnMut(Range<usize>)) {
    for door in TRIPLE.captures_iter(text).filter_map(|captures| captures.get(1)) {
        let last = door.as_str().rsplit(['-', '—']).next().unwrap_or_default();
        let near = super::digits::lead(text, door.start(), 8);
        let near = near.replace("收货", "").replace("送货", "");
        let other = [
            "型", "货", "款", "编", "版", "批", "第", "比分", "电话", "号码", "尺寸", "规格", "座", "单号",
            "日", "热线", "码", "比",
        ];
        let door_number = !(1900..2100).contains(&last.parse::<i32>().unwrap_or(0));
        if door_number && !other.iter().any(|word| near.contains(word)) {
            let named = text[..door.start()].ends_with(is_han);
            let start = if named {
                grow_backward(text, door.start())
            } else {
                door.start()
            };
            let placed = text[start..door.start()].contains(|c: char| PARTS.contains(c));
            let start = if placed {
                start
            } else {
                grow_to_cue(text, door.start())
            };
            push(start..door.end());
        }
    }
}

/// Whether nothing but a number up to 31 and 号 stands after the name, which is a day of the month as well.
fn is_day(hit: &str) -> bool {
    let number: String = hit.chars().skip(1).take_while(|&c| c != '号').collect();
    let number = number.trim();
    let small = match number.parse::<u32>() {
        Ok(day) => day <= 31,
        Err(_) => {
            number.chars().count() <= 3
                && number.starts_with(['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'])
        }
    };
    small && hit.ends_with('号')
}

/// A day of the month, a number of staff, a line of the metro, a shop.
fn is_other(text: &str, start: usize, end: usize) -> bool {
    let head = super::digits::lead(text, end, 12);
    let before = &text[..start];
    let near = super::digits::lead(text, start, 3);
    [
        "月", "工号", "柜", "窗", "线", "店", "铺", "档口", "桌", "号机", "房卡", "酒店", "病房", "病床",
    ]
    .iter()
    .any(|word| near.contains(word) || head.ends_with(word))
        || before.ends_with(['月', '工'])
        || text[start..end].starts_with(['月', '工', '本', '这', '上'])
        || text[end..].starts_with([
            '前', '下', '上', '早', '晚', '我', '就', '到', '那', '线', '柜', '店', '机',
        ])
}

/// Counters, shops, windows and lines have numbers too.
fn is_shop(text: &str, range: &Range<usize>) -> bool {
    let tail = &text[range.end..];
    tail.starts_with([
        '店', '线', '桌', '台', '窗', '柜', '铺', '档', '摊', '机', '车', '楼',
    ]) || text[..range.start].ends_with(['第', '每'])
}

fn trimmed_end(text: &str, range: Range<usize>) -> usize {
    // 村四组十七号,电话幺五九: what follows is no room.
    let words = &text[range.clone()];
    let cut = ["电话", "手机", "联系", "号码", "微信", "qq", "收件", "姓名"]
        .iter()
        .filter_map(|word| words.find(word))
        .min();
    // B座2604门口: the door is no gate.
    let gate = cut.is_none() && words.ends_with('门') && text[range.end..].starts_with('口');
    let cut = cut.or(gate.then(|| words.len() - '门'.len_utf8()));
    // 36号别墅, 三楼东户: the last word of where the door is.
    let tail = &text[range.end..];
    let last = ["别墅", "亭子间", "东户", "西户", "中户", "东侧", "西侧"]
        .iter()
        .find(|word| cut.is_none() && tail.starts_with(**word));
    if let Some(word) = last {
        return range.end + word.len();
    }
    range.start
        + words[..cut.unwrap_or(words.len())]
            .trim_end_matches([' ', ',', '、', '-'])
            .len()
}

/// Whether the digit here is one of up to four between characters of a name, as in 阳光100小区.
fn is_part_of_name(text: &str, at: usize, grown: usize) -> bool {
    let head = text[..at].trim_end_matches(|c: char| c.is_ascii_digit());
    let after = text[at..grown].trim_start_matches(|c: char| c.is_ascii_digit());
    let tail = after.is_empty() || after.starts_with(is_han);
    at - head.len() < 4 && tail && (head.len() == at || head.ends_with(is_han))
}

/// The start of a name without any of the usual ends, right after a word that lets expect an address: 搬到紫荆国际.
fn grow_to_cue(text: &str, from: usize) -> usize {
    let start = grow_backward(text, from);
    let name = text[start..from].chars().count();
    let before = text[..start].trim_end_matches([':', ',', ' ', '为', '是']);
    let told = CUES.iter().any(|cue| before.ends_with(cue));
    if told && (2..=LONGEST_NAME).contains(&name) {
        start
    } else {
        from
    }
}

/// The start of the name of an estate before a comma, right after a word that lets expect an address: 住金水湾,五号楼.
fn grow_over_comma(text: &str, from: usize) -> usize {
    let Some(head) = text[..from].strip_suffix(',') else {
        return from;
    };
    let start = grow_backward(text, head.len());
    let name = text[start..head.len()].chars().count();
    let Some(told) = told_before(&text[..start], &["小区", "家"]) else {
        return from;
    };
    let placed = head.ends_with(|c| PARTS.contains(c));
    match (2..=LONGEST_NAME).contains(&name) && (placed || told < start) {
        true => start,
        false => from,
    }
}

/// Where a word ends that lets expect an address, or one of these more, when the text ends with it, a copula aside.
fn told_before(text: &str, more: &[&str]) -> Option<usize> {
    let before = text.trim_end_matches([':', ' ', '为', '是', '在']);
    let told = CUES.iter().chain(more).any(|cue| before.ends_with(cue));
    told.then_some(before.len())
}

fn grow_backward(text: &str, from: usize) -> usize {
    let mut start = from;
    for (at, c) in text[..from].char_indices().rev().take(LONGEST_LEAD) {
        let lone_digit = c.is_ascii_digit() && is_part_of_name(text, at, start);
        // 二期C区, A座: a part of a place called by a letter.
        let lettered = c.is_ascii_lowercase()
            && text[at + 1..start.max(at + 1)].is_empty()
            && text[at + 1..].starts_with(['区', '座', '栋', '幢', '楼', '期'])
            && text[..at].ends_with(is_han);
        let belongs =
            lettered || (is_han(c) || lone_digit || matches!(c, '(' | ')' | ' ')) && !STOPS.contains(c);
        if !belongs {
            break;
        }
        start = at;
    }
    let start_digits = text[start..from].trim_start_matches(|c: char| c.is_ascii_digit());
    // A name may hold digits, not begin with many.
    if text[start..from].len() - start_digits.len() > 2 {
        start = from - start_digits.len();
    }
    let lead = &text[start..from];
    let skipped = LEADS
        .iter()
        .filter_map(|word| lead.strip_prefix(word))
        .map(|rest| lead.len() - rest.len())
        .max();
    start += skipped.unwrap_or(0);
    start + (text[start..from].len() - text[start..from].trim_start_matches([' ', ')', '(']).len())
}
