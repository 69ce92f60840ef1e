//! User accounts and member numbers, told by a word before or after them.

use std::sync::LazyLock;

use domain::{EntityKind, EntityValue};
use regex::Regex;

use super::signs::{Cue, Signs};
use super::told::{Told, foretold_pattern, told_codes, told_pattern};
use super::{Finder, Found, Page};

/// Looks for accounts.
pub(super) const FINDER: Finder = Finder {
    wanted: |signs: &Signs| (signs.has(Cue::Account) || signs.alone) && (signs.latin || signs.digits >= 2),
    find,
};

const CODE: &str = r"[\p{Han}]{1,8}_[0-9a-z]{1,12}|[a-z0-9-]{2,20}_[\p{Han}]{1,4}[0-9a-z]{1,8}|[a-z0-9][a-z0-9_-]{1,19}@[a-z0-9_-]{2,19}|[a-z0-9][a-z0-9_-]{3,29}(?:\.[a-z0-9]{2,12})?";

static ACCOUNT: LazyLock<Regex> = LazyLock::new(|| {
    told_pattern(
        "账号名?|帐号名?|账户|帐户|会员卡号?|会员号|会员id|会员账号|用户名|用户id|用户编号|用户号|客户号|客户编号|户号|登录名|登陆名|uid|昵称|id:|学号|社保号|社保账号|医保卡号?|公积金账号|保单账户|表号|缴费号|宽带号|宽带账号|积分卡号?|社保卡号?|学籍号|用户编码|login|username|account|member(?:ship)?",
        CODE,
    )
});
static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    foretold_pattern(
        "宽带账号|登录名|登陆名|会员号|户号|账号|用户名",
        r"[a-z0-9][a-z0-9_-]{4,29}",
    )
});

fn find(page: &Page<'_>, found: &mut Vec<Found>) {
    let codes = told_codes(&ACCOUNT, page)
        .into_iter()
        .chain(told_codes(&BEFORE, page));
    for Told { bytes, words, next } in codes {
        let mail = matches!(next, Some('@' | '.'));
        let letters_only = words.bytes().all(|byte| byte.is_ascii_lowercase());
        // Of Zhang Weiming的登录名 the second word is a name.
        let head = page.text[..bytes.start].strip_suffix(' ');
        if letters_only
            && head.is_some_and(|head| head.ends_with(|c: char| c.is_ascii_lowercase()))
            && !page.is_english()
        {
            continue;
        }
        if !mail && !letters_only
            || letters_only
                && words.len() >= 6
                && words.is_ascii()
                && page.text.contains(&words)
                && !page.is_english()
        {
            found.push(Found::told(
                EntityKind::Account,
                bytes,
                Some(EntityValue::Text(words)),
            ));
        }
    }
}
