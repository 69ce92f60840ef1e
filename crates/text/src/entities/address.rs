//! Home addresses down to the door: a road or community followed by numbers of house, unit or room.

use std::sync::LazyLock;

use domain::EntityKind;
use regex::Regex;

use super::signs::{Cue, Signs};
use super::{Finder, Found, Page};
use crate::fold::is_han;

/// Looks for addresses.
pub(super) const FINDER: Finder = Finder {
    wanted: |signs: &Signs| signs.has(Cue::Address) && signs.numbers(),
    find,
};

/// The part that leads to the door: a road or community with a house, or a house with a room in it. Short words
/// for places (里, 道, 园 …) end many other words, so that a number must follow them at once.
static DOOR: LazyLock<Regex> = LazyLock::new(|| {
    let number = "[0-9a-z一二三四五六七八九十百零〇]{1,6}";
    let road = "(?:路|大街|街|大道|巷|胡同|村|小区|花园|花苑|家园|公寓|新苑|苑|社区|新城|大厦|广场|宿舍)";
    let short_road = "(?:里|道|园|城|湾|庭)";
    let between = r"[\p{Han}&&[^的是了在有没还只和与及到来去着呢户这那内几]]{0,6}?";
    let house = format!("{number}(?:号楼|号院|支弄|号|弄|栋|幢|座)");
    let room = format!("(?:{number}(?:单元|号楼|号|栋|幢|座|楼|层|室|房|门)-?)");
    let digits = "(?:[0-9]{1,2}-[0-9]{1,2}-[0-9]{3,4}|[0-9]{1,4}-[0-9]{3,4}|[0-9]{3,4})";
    let inside = format!("{room}{{0,4}}(?:{digits}室?)?");
    let rooms = "(?:[0-9]{1,2}-[0-9]{1,2}-[0-9]{3,4}|[0-9]{1,4}-[0-9]{3,4}|[0-9]{3,4}室)";
    let pattern = format!(
        "(?:{road}{between}(?:{house}{inside}|{rooms})|{short_road}(?:{house}{inside}|{rooms})|{number}(?:栋|幢|号楼|座){room}{{0,3}}(?:{digits}室?|{number}室))"
    );
    Regex::new(&pattern).expect("a fixed pattern")
});

/// An address grows backward over at most this many characters.
const LONGEST_LEAD: usize = 24;

/// Characters that do not belong to the names of places, so that an address cannot grow past them.
const STOPS: &str =
    "在到是住往址我你他她您们的了给从于去来寄送至为叫找把被跟和就也都有说让请没不这那您本该,:;";

fn find(page: &Page<'_>, found: &mut Vec<Found>) {
    for hit in DOOR.find_iter(page.text) {
        let starts_with_number = hit
            .as_str()
            .starts_with(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
        let start = if starts_with_number {
            hit.start()
        } else {
            grow_backward(page.text, hit.start())
        };
        // A road needs a name: 路12号 alone is a slip of the pattern, 这条路3号店 a shop.
        let nameless = !starts_with_number && page.text[start..hit.start()].chars().count() < 1;
        let shop = page.text[hit.end()..].starts_with(['店', '线', '桌', '台']);
        if !nameless && !shop {
            found.push(Found::shaped(EntityKind::Address, start..hit.end(), None));
        }
    }
}

fn grow_backward(text: &str, from: usize) -> usize {
    let mut start = from;
    for (at, c) in text[..from].char_indices().rev().take(LONGEST_LEAD) {
        let belongs = (is_han(c) || c.is_ascii_digit()) && !STOPS.contains(c);
        if !belongs {
            break;
        }
        start = at;
    }
    start
}
