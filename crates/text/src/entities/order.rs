//! Order, waybill and ticket numbers: no personal data, and never to be taken for any.

use std::sync::LazyLock;

use domain::{EntityKind, EntityValue};
use regex::Regex;

use super::digits::{after, before, lead};
use super::signs::{Cue, Signs};
use super::told::{told_codes, told_pattern};
use super::{Finder, Found, Page};

/// Looks for order numbers.
pub(super) const FINDER: Finder = Finder {
    wanted: |signs: &Signs| signs.digits >= 3,
    find,
};

static TOLD: LazyLock<Regex> = LazyLock::new(|| {
    told_pattern(
        "订单号?|单号|运单|快递单|工单|物流单|流水|受理|交易|票号|案件|报修单|报修|预约|编号|凭证|保单|合同号|合同编号|提货码|取件码|order",
        "[a-z]{0,8}[-_]?[0-9][0-9a-z_-]{2,31}",
    )
});

/// Waybills by the letters that carriers put before the digits, and bare numbers too long for anything else.
static SHAPED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[a-z]{2,3}[0-9]{10,18}|[0-9]{15,32}").expect("a fixed pattern"));

fn find(page: &Page<'_>, found: &mut Vec<Found>) {
    if page.signs.has(Cue::Order) || page.signs.alone {
        for code in told_codes(&TOLD, page) {
            if is_of_person(lead(page.text, code.bytes.start, 8)) {
                continue;
            }
            found.push(Found::told(EntityKind::Order, code.bytes, value(&code.words)));
        }
    }
    if page.signs.digits >= 10 {
        for hit in SHAPED.find_iter(page.text) {
            let word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
            let paid = after(page.text, hit.end()).is_some_and(|c| matches!(c, '元' | '块'));
            if !paid && !word(before(page.text, hit.start())) && !word(after(page.text, hit.end())) {
                found.push(Found::shaped(EntityKind::Order, hit.range(), value(hit.as_str())));
            }
        }
    }
}

/// 会员编号, 设备编号 and 交易账号 name what belongs to a person.
fn is_of_person(lead: &str) -> bool {
    let made = [
        "员编", "保编", "民编", "主编", "户编", "人编", "者编", "卡编", "学编", "籍编", "金编", "机编",
        "表编", "身编", "备编", "家编",
    ];
    let parcel = ["快递员编", "骑手编"];
    if made.iter().any(|word| lead.contains(word)) && !parcel.iter().any(|word| lead.contains(word)) {
        return true;
    }
    [
        "客户编",
        "用户编",
        "会员编",
        "设备编",
        "个人编",
        "参保编",
        "缴费编",
        "缴存编",
        "账号",
        "账户",
        "用电编",
        "户编",
    ]
    .iter()
    .any(|word| lead.contains(word))
}

fn value(words: &str) -> Option<EntityValue> {
    Some(EntityValue::Text(words.to_uppercase()))
}
