//! License plates of motor vehicles in China (GA 36).

use std::sync::LazyLock;

use domain::{EntityKind, EntityValue};
use regex::Regex;

use super::digits::after;
use super::signs::Signs;
use super::{Finder, Found, Page};

/// Looks for license plates.
pub(super) const FINDER: Finder = Finder {
    wanted: |signs: &Signs| signs.latin && signs.digits >= 2,
    find,
};

static PLATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][a-z][ ·.•-]?(?:[a-z0-9]{6}|[a-z0-9]{5}|[a-z0-9]{4}[学警挂港澳领])",
    )
    .expect("a fixed pattern")
});

fn find(page: &Page<'_>, found: &mut Vec<Found>) {
    for hit in PLATE.find_iter(page.text) {
        let goes_on = after(page.text, hit.end()).is_some_and(|c| c.is_ascii_alphanumeric());
        let digits = hit.as_str().bytes().filter(u8::is_ascii_digit).count();
        if !goes_on && digits >= 2 {
            let number: String = hit
                .as_str()
                .chars()
                .filter(|c| !matches!(c, ' ' | '·' | '.' | '•' | '-'))
                .collect();
            let value = EntityValue::Text(number.to_uppercase());
            found.push(Found::shaped(EntityKind::Plate, hit.range(), Some(value)));
        }
    }
}
