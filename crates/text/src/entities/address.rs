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
    wanted: |signs: &Signs| signs.has(Cue::Address) && signs.numbers(),
    find,
};

const NUMBER: &str = "(?:[东南西北中左右][0-9]?|附?[0-9]{1,5}[a-z]?|[a-z]-?[0-9]{1,4}|[a-z]|[一二三四五六七八九十百零〇两]{1,6}|[壹贰叁肆伍陆柒捌玖拾零]{1,5}|[甲乙丙丁][0-9]{0,2}|顶)";
/// What a number of a house, or of a group of a village, is followed by.
const HOUSE: &str = "(?:号楼|号院|支弄|号|弄|组|#)";
const BUILDING: &str = "(?:号楼|楼栋|栋|幢|座|#|号)";
const INNER: &str = "(?:单元|楼门洞|门洞|号楼|栋|幢|座|室|房|门|户|层|楼|号|#)";
/// What people put between the parts.
const PAUSE: &str = "(?:[ ,、-]|呃|嗯|啊|那个|就是那个|就是|往里走)*";

/// Two or more parts, of which one is a building: at home wherever it stands.
static CHAIN: LazyLock<Regex> = LazyLock::new(|| {
    let room = "(?:[0-9]{1,2}-[0-9]{1,4}|[0-9]{1,5}[a-z]?|[一二三四五六七八九零〇]{3,4}|[壹贰叁肆伍陆柒捌玖零]{3,4})";
    let inner = format!("{PAUSE}{NUMBER} ?{INNER}");
    regex(&format!(
        "{NUMBER} ?{BUILDING}(?:{inner}){{1,4}}(?:{PAUSE}{room})?|{NUMBER} ?{BUILDING}{PAUSE}{room}|{NUMBER} ?单元(?:{inner}){{0,2}}{PAUSE}{room}|{NUMBER} ?单元{inner}"
    ))
});
/// The number of a house right after the name of a road or village, and what may follow: a community, a building.
static ROAD: LazyLock<Regex> = LazyLock::new(|| {
    let road = "(?:路|大街|街|大道|道|巷|胡同|村|里|条|屯|庄|湾)";
    let room = "(?:[0-9]{1,2}-[0-9]{1,4}(?:-[0-9]{1,4})?|[0-9]{1,5}[a-z]?|[一二三四五六七八九零〇]{3,4}|[壹贰叁肆伍陆柒捌玖零]{3,4})";
    let area =
        r"(?:[\p{Han}&&[^的是了在有没还只和与及到来去着呢户这那就我你他她]]{2,8}(?:\([\p{Han}]{1,4}\))?)";
    regex(&format!(
        "{road}{PAUSE}{NUMBER} ?{HOUSE}(?:{PAUSE}{NUMBER} ?{INNER}){{0,4}}(?:{PAUSE}{area}?{PAUSE}(?:{NUMBER} ?{INNER}{PAUSE}){{1,4}}{room}?|{PAUSE}{area}?{PAUSE}{room})?"
    ))
});
/// A community and a door told by dashes.
static DASHED: LazyLock<Regex> = LazyLock::new(|| {
    let community = r"(?:村|小区|花园|花苑|家园|公寓|新苑|苑|社区|新城|里|园|城|湾|庭|坊|府|邸|院|寓|居|轩|阁|郡|墅|岸|湖|都|国际|名门|半岛|时代|世家|筑|源|汇|台|境|景|宿舍|大厦|中心|家|住|址)";
    regex(&format!(
        r"{community}(?:\([\p{{Han}}]{{1,4}}\))?[ -]?[0-9]{{1,3}}(?:号楼|栋|幢|座|#|号)?(?:[-—][0-9]{{1,2}})?(?:单元)?[-—][0-9]{{1,4}}"
    ))
});
/// An address in English: two parts or more of which one is a room, building or number on a road.
static ENGLISH: LazyLock<Regex> = LazyLock::new(|| {
    let part =
        "(?:room|rm|flat|apt|apartment|unit|block|blk|bldg|building|suite|tower)\\.? ?#?[0-9]{1,5}[a-z]?";
    let road = "(?:no\\. ?)?[0-9]{1,5} [a-z]+(?: [a-z]+){0,3}? (?:road|rd|street|st|lu|jie|avenue|ave|lane|ln|drive|dr|way|boulevard|blvd)";
    regex(&format!(
        "(?:{part}|{road})(?:, (?:{part}|{road}|[a-z]+(?: [a-z]+){{0,3}}(?: district)?))*, (?:{part}|{road})\\b"
    ))
});

/// An address grows backward over at most this many characters.
const LONGEST_LEAD: usize = 26;
/// Characters that do not belong to the names of places, so that an address cannot grow past them.
const STOPS: &str =
    "在到是住往址我你他她您们的了给从于去来寄送至为叫找把被跟就也有说让请没不这那您本该个写嘛呀吧填,:;";
/// Words before an address that are none of it.
const LEADS: &[&str] = &[
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
    "收货",
    "派件员",
    "坐落",
    "租",
    "买",
    "住",
];
/// Ends of the names of places, after which a chain of numbers goes on.
const PLACES: &str =
    "路街道巷弄村里湾园城坊苑庭邸府区庄屯寨镇乡院厦寓舍居阁轩郡墅岸谷同都际筑源汇台境景心场座";

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a fixed pattern")
}

fn find(page: &Page<'_>, found: &mut Vec<Found>) {
    let text = page.text;
    let mut push = |range: Range<usize>| {
        if !is_shop(text, &range) {
            found.push(Found::shaped(EntityKind::Address, range, None));
        }
    };
    let housed = page.signs.beside(Pair::House);
    for hit in CHAIN.find_iter(if housed { text } else { "" }) {
        let named = text[..hit.start()].ends_with(|c: char| PLACES.contains(c) || c == ')');
        let start = if named {
            grow_backward(text, hit.start())
        } else {
            hit.start()
        };
        push(start..trimmed_end(text, hit.range()));
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
    if page.signs.latin && page.signs.digits > 0 {
        ENGLISH.find_iter(text).for_each(|hit| push(hit.range()));
    }
}

/// Counters, shops, windows and lines have numbers too.
fn is_shop(text: &str, range: &Range<usize>) -> bool {
    let tail = &text[range.end..];
    tail.starts_with([
        '店', '线', '桌', '台', '窗', '柜', '铺', '档', '摊', '机', '车', '楼',
    ]) || text[..range.start].ends_with(['第', '每'])
}

fn trimmed_end(text: &str, range: Range<usize>) -> usize {
    range.start + text[range].trim_end_matches([' ', ',', '、', '-']).len()
}

fn grow_backward(text: &str, from: usize) -> usize {
    let mut start = from;
    for (at, c) in text[..from].char_indices().rev().take(LONGEST_LEAD) {
        let lone_digit = c.is_ascii_digit() && !text[..at].ends_with(|c: char| c.is_ascii_digit());
        let belongs = (is_han(c) || lone_digit || matches!(c, '(' | ')' | ' ')) && !STOPS.contains(c);
        if !belongs {
            break;
        }
        start = at;
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
