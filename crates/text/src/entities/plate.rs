//! License plates of motor vehicles in China (GA 36).

use std::sync::LazyLock;

use domain::{EntityKind, EntityValue};
use regex::Regex;

use super::digits::{after, lead};
use super::signs::Signs;
use super::{Finder, Found, Page};

/// Looks for license plates.
pub(super) const FINDER: Finder = Finder {
    wanted: |signs: &Signs| signs.latin && signs.digits + signs.han_digits >= 1,
    find,
};

static PLATE: LazyLock<Regex> = LazyLock::new(|| {
    let province = "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使]";
    let part = r"[^\p{L}\p{N},。!?]{0,2}";
    let one = "[a-z0-9零〇一二三四五六七八九幺]";
    Regex::new(&format!(
        "{province}牌[a-z]?{one}{{5,6}}|{province}{part}[a-z]{part}(?:{one}{{4}}{part}[学警挂港澳领使]|{one}{{5,6}})|{province}{part}[a-z](?:{part}{one}){{5,6}}"
    ))
    .expect("a fixed pattern")
});

fn find(page: &Page<'_>, found: &mut Vec<Found>) {
    for hit in PLATE.find_iter(page.text) {
        let goes_on = after(page.text, hit.end()).is_some_and(|c| c.is_ascii_alphanumeric());
        let number: String = hit.as_str().chars().filter(|c| c.is_alphanumeric()).collect();
        // 京牌QK0081: the place and its plate.
        let placed = number.chars().nth(1) == Some('牌');
        let number: String = number.chars().filter(|&c| c != '牌').collect();
        let length = number.chars().count();
        let special = number.ends_with(['学', '警', '挂', '港', '澳', '领', '使']);
        let digits = number
            .chars()
            .filter(|c| c.is_ascii_digit() || "零〇一二三四五六七八九幺".contains(*c))
            .count();
        let told = lead(page.text, hit.start(), 8).contains(['车', '牌']);
        // Province, letter, and five characters, or six for new-energy cars.
        if !goes_on
            && digits >= if told { 1 } else { 2 }
            && (length == 7 || length == 8 && !special && !placed)
        {
            let end = hit.start() + hit.as_str().trim_end().len();
            found.push(Found::shaped(
                EntityKind::Plate,
                hit.start()..end,
                Some(EntityValue::Text(number.to_uppercase())),
            ));
        }
    }
}
