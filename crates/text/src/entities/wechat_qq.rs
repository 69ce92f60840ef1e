//! WeChat and QQ accounts, told by a word before them.

use std::sync::LazyLock;

use domain::{EntityKind, EntityValue};
use regex::Regex;

use super::signs::{Cue, Signs};
use super::told::{told_codes, told_pattern};
use super::{Finder, Found, Page};

/// Looks for WeChat and QQ accounts.
pub(super) const FINDER: Finder = Finder {
    wanted: |signs: &Signs| signs.has(Cue::Contact) && (signs.latin || signs.digits >= 5),
    find,
};

/// WeChat names have 6–20 characters and begin with a letter; QQ numbers have 5–11 digits.
static ACCOUNT: LazyLock<Regex> = LazyLock::new(|| {
    told_pattern(
        "微信|薇信|威信|卫星号|v信|vx|wx|weixin|wechat|qq|扣扣|加v|加我",
        "[a-z][a-z0-9_-]{5,19}|[1-9][0-9]{4,10}",
    )
});

/// Words that follow the name of the service without being an account.
const NOT_ACCOUNTS: &[&str] = &["wechat", "weixin", "iphone", "android", "service"];

fn find(page: &Page<'_>, found: &mut Vec<Found>) {
    for range in told_codes(&ACCOUNT, page.text) {
        let words = &page.text[range.clone()];
        // A mail address at QQ is an address, a mobile number used as an account is a telephone number.
        let mail = page.text[range.end..].starts_with(['@', '.']);
        if !mail && !NOT_ACCOUNTS.contains(&words) {
            found.push(Found::told(
                EntityKind::WechatQq,
                range.clone(),
                Some(EntityValue::Text(words.to_owned())),
            ));
        }
    }
}
