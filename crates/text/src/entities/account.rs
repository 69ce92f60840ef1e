//! User accounts and member numbers, told by a word before them.

use std::sync::LazyLock;

use domain::{EntityKind, EntityValue};
use regex::Regex;

use super::signs::{Cue, Signs};
use super::told::{told_codes, told_pattern};
use super::{Finder, Found, Page};

/// Looks for accounts.
pub(super) const FINDER: Finder = Finder {
    wanted: |signs: &Signs| signs.has(Cue::Account) && (signs.latin || signs.digits >= 4),
    find,
};

static ACCOUNT: LazyLock<Regex> = LazyLock::new(|| {
    told_pattern(
        "账号|帐号|账户|帐户|会员卡号|会员号|会员id|用户名|用户id|用户编号|客户号|客户编号|户号|登录名|uid|昵称|id:",
        "[a-z0-9][a-z0-9_-]{3,29}",
    )
});

fn find(page: &Page<'_>, found: &mut Vec<Found>) {
    for range in told_codes(&ACCOUNT, page.text) {
        let words = &page.text[range.clone()];
        let mail = page.text[range.end..].starts_with(['@', '.']);
        let letters_only = words.bytes().all(|byte| byte.is_ascii_lowercase());
        let plain_word = letters_only && words.len() < 6;
        if !mail && !plain_word {
            found.push(Found::told(
                EntityKind::Account,
                range.clone(),
                Some(EntityValue::Text(words.to_owned())),
            ));
        }
    }
}
