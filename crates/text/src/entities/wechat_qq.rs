//! WeChat and QQ accounts, told by a word before or after them.

use std::sync::LazyLock;

use domain::{EntityKind, EntityValue};
use regex::Regex;

use super::signs::{Cue, Signs};
use super::told::{Told, foretold_pattern, told_codes, told_pattern};
use super::{Finder, Found, Page};

/// Looks for WeChat and QQ accounts.
pub(super) const FINDER: Finder = Finder {
    wanted: |signs: &Signs| {
        (signs.has(Cue::Contact) || signs.alone) && (signs.latin || signs.digits + signs.han_digits >= 5)
    },
    find,
};

/// WeChat names have 6–20 characters and begin with a letter; QQ numbers have 5–11 digits.
const CODE: &str = r"[a-z][a-z0-9]{1,11} ?(?:下划线|下横线|杠|横杠|中横线|减号|点) ?[a-z0-9]{1,12}|[a-z][a-z0-9]{2,15}加?(?:[一两二三四五六1-6]个[0-9零一二三四五六七八九])|[a-z]{2,8} [0-9]{2,8}(?: [a-z0-9]{2,8})?|[a-z][a-z0-9_.-]{4,19}|[\p{Han}]{1,4}_[a-z0-9]{2,16}|[1-9][0-9]{4,10}|[陆柒捌玖伍肆叁贰壹零]{5,11}";
/// Who may stand between the name of the service and the account.
const WHO: &str = "(?:群主|群|店长|客服|老师|店主|老板|卖家|商家)?";

static ACCOUNT: LazyLock<Regex> = LazyLock::new(|| {
    told_pattern(
        &format!(
            "(?:微信号是小写的|微信拼音|微信全拼|微信|薇信|威信|卫星号|v信|v❤|v:|我的v|他的v|vx|v x|wx|weixin|wechat|qq|q q|扣扣|q群|群号|q号|企鹅号?|加v|加我|加他|加她|加一?下|v我|微[❤♥♡]+️?|薇[❤♥♡]+️?|绿泡泡|微芯|威芯){WHO}"
        ),
        CODE,
    )
});
static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    foretold_pattern(
        "微信|薇信|威信|v信|vx|扣扣|qq",
        r"[a-z]{2,8} [0-9]{2,8}(?: [a-z0-9]{2,8})?|[a-z][a-z0-9_.-]{4,19}|[陆柒捌玖伍肆叁贰壹零]{5,11}",
    )
});
/// An account, and at the end of the sentence what it is.
static CORRECTED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"不对,?(?:是|应该是|应是)([a-z][a-z0-9_.-]{5,19})").expect("a fixed pattern")
});

/// Words that follow the name of the service without being an account.
const NOT_ACCOUNTS: &[&str] = &[
    "wechat", "weixin", "iphone", "android", "service", "flight", "support", "group", "official",
];

fn find(page: &Page<'_>, found: &mut Vec<Found>) {
    let codes = told_codes(&ACCOUNT, page)
        .into_iter()
        .chain(told_codes(&BEFORE, page))
        .chain(told_codes(&CORRECTED, page));
    for Told {
        mut bytes,
        mut words,
        next,
    } in codes
    {
        // 加他vx daigou88: the name of the service touches the account.
        let named = !words.starts_with("wxid");
        let service = ["weixin", "wechat", "vx", "wx", "qq"]
            .iter()
            .find(|word| words.starts_with(**word));
        if let Some(service) = service
            .filter(|word| named && words.len() >= word.len() + 5 && page.text[bytes.clone()] == *words)
        {
            bytes.start += service.len();
            words = words[service.len()..]
                .trim_start_matches(['_', '-', '.'])
                .to_owned();
            bytes.start = bytes.end - words.len();
        }
        // A mail address at QQ is an address, a mobile number used as an account is a telephone number.
        let mail = next == Some('@');
        let word = words.bytes().all(|byte| byte.is_ascii_lowercase()) && page.is_english();
        if !mail && !word && !NOT_ACCOUNTS.contains(&words.as_str()) && words.chars().count() >= 5 {
            found.push(Found::told(
                EntityKind::WechatQq,
                bytes,
                Some(EntityValue::Text(words)),
            ));
        }
    }
}
