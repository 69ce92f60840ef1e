//! Names in latin letters: with a form of address, after words that introduce them, or known first names.

use std::sync::LazyLock;

use regex::Regex;

use super::digits::{after, before, lead};
use super::name::push;
use super::name_words::{LATIN, SURNAMES};
use super::{Found, Page};
use crate::fold::is_han;

/// English forms of address, and words that introduce a name in English.
static ENGLISH: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?:^|[^a-z])((?:mr|mrs|ms|miss|dr)\.? [a-z]{2,14}(?: [a-z]{2,14})?)|(?:this is|name(?: is)?:?|contact:?|cardholder:?|passenger:?|guest:?|customer:?|called out|signed:?|regards,?|sincerely,?|on card:?|客人|姓名:?|联系人:?|乘客|旅客|用户|患者|客户|会员|教师|老师|我叫|名字:?)[ ,]{0,2}([a-zà-ÿ]{2,14} [a-zà-ÿ]{2,14}(?: [a-zà-ÿ]{2,14})?)",
    )
});
/// Words in English after which even one capitalized word is a name.
static CAPITAL: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?:^|[^a-z])(?:i'm|i am|my name is|my name's|named|called|spoke (?:to|with)|agent|driver|nurse|manager|technician|waiter|waitress|clerk|receptionist|colleague|roommate|neighbou?r|boss|classmate|my (?:wife|husband|son|daughter|mother|father))[ ,]{1,2}([a-z]{2,14}(?: [a-z]{2,14}){0,2})",
    )
});
static LATINS: LazyLock<std::collections::BTreeSet<&str>> =
    LazyLock::new(|| LATIN.split_whitespace().collect());
static WORD: LazyLock<Regex> = LazyLock::new(|| regex(r"[a-z]{2,12}"));

static ADDRESSED: LazyLock<Regex> = LazyLock::new(|| regex(r"\p{Han}(?:sir|miss|madam)"));

/// Words beside each other.
static PAIR: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?:^|[^a-z0-9@._-])([a-z]{2,14} [a-z]{2,14}(?: [a-z]{2,14})?)"));
/// A given name in Pinyin.
static GIVEN: LazyLock<Regex> = LazyLock::new(|| {
    let syllable = "(?:[bpmfdtnlgkhjqxrzcsyw]|zh|ch|sh)?(?:[aeiouv]|ai|ei|ao|ou|an|en|ang|eng|ong|ia|ie|iao|iu|ian|in|iang|ing|iong|ua|uo|uai|ui|uan|un|uang|ue|er)";
    regex(&format!("^(?:{syllable}){{1,2}}$"))
});
/// Family names in latin letters: of Chinese in Pinyin and as in Hong Kong, and common ones of elsewhere.
const FAMILIES: &str = "wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo lin gao luo zheng liang xie song tang deng han feng cao peng zeng xiao tian dong pan yuan cai jiang yu du ye cheng su wei lv lu ding ren shen yao cui zhong tan wang fan jin shi liao jia xia fu fang bai zou meng xiong qin qiu yin xue yan duan lei hou long tao he gu mao hao gong shao wan qian chan wong lam leung cheung lau ho ng kwok yip cheng tsang tse tam kwan mok chow chu yeung hui szeto fung lo lai lee kim park choi tanaka suzuki sato yamamoto watanabe ito nakamura kobayashi smith johnson williams brown jones miller davis wilson taylor anderson thomas martin clark lewis walker hall young king wright hill green baker carter muller schmidt silva santos garcia lopez perez rossi ivanov petrov khan singh kumar sharma patel nguyen tran pham";

/// Capitalized words after a word for people that are no names.
const BRANDS: &[&str] = &[
    "the", "a", "my", "your", "this", "that", "watch", "period", "daniels", "store", "card", "pay", "day",
    "app", "imei", "sn", "mac", "id", "qq", "wifi", "excel", "word", "ppt", "vip", "iphone", "ipad", "plus",
    "pro", "pos", "atm", "etc", "gps", "wechat", "email", "offer", "pass",
];
/// Last characters of words for people, after which a name is expected.
const ROLES: &str = "员师长导机工嫂姐哥妈爸婆公妻儿女孙弟妹爷奶姨叔伯舅姑友士警手";

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a fixed pattern")
}

/// Looks at every place, also inside of what was found before.
fn each_group(pattern: &Regex, text: &str, push: &mut impl FnMut(usize, usize)) {
    let mut from = 0;
    while let Some(captures) = pattern.captures_at(text, from) {
        let Some(name) = captures.get(1).or_else(|| captures.get(2)) else {
            break;
        };
        push(name.start(), name.end());
        from = name.end().max(from + 1);
    }
}

/// Names in latin letters: told by a word, or common first names written with a capital.
pub(super) fn find_latin(page: &Page<'_>, found: &mut Vec<Found>) {
    let text = page.text;
    for captures in ENGLISH.captures_iter(text) {
        let Some(name) = captures.get(1).or_else(|| captures.get(2)) else {
            continue;
        };
        let end = page.capitals_until(name.start(), name.end());
        if end > name.start() + 2 {
            push(name.start(), titled(text, end), found);
        }
    }
    each_group(&CAPITAL, text, &mut |start, end| {
        let end = page.capitals_until(start, end);
        if end > start + 1 && !BRANDS.contains(&&text[start..end]) {
            push(start, end, found);
        }
    });
    // 谭Sir, 陈Miss: a family name and an English form of address.
    for hit in ADDRESSED.find_iter(text) {
        let next = after(text, hit.end()).is_some_and(|c| c.is_ascii_alphanumeric());
        let family = hit.as_str().chars().next().is_some_and(|c| SURNAMES.contains(c));
        if family && !next {
            push(hit.start(), hit.end(), found);
        }
    }
    for pair in PAIR.captures_iter(text).filter_map(|captures| captures.get(1)) {
        let end = page.capitals_until(pair.start(), pair.end());
        let words: Vec<&str> = text[pair.start()..end].split(' ').collect();
        let family = |word: &&&str| FAMILIES.split(' ').any(|family| family == **word);
        let named = |word: &&&str| LATINS.contains(**word) || GIVEN.is_match(word);
        let known = words.iter().find(family).is_some() && words.iter().filter(named).count() > 0
            || words.len() > 1 && words.iter().filter(|word| LATINS.contains(**word)).count() > 0;
        // Daniela Fonseca女士: a form of address tells, whatever the name.
        let full = titled(text, end);
        // 房客Thomas Becker: so does a word for a person.
        let led = before(text, pair.start()).is_some_and(|c| ROLES.contains(c) || matches!(c, '客' | '人'));
        let known = known || led || full > end;
        if words.len() > 1 && known && !words.iter().any(|word| BRANDS.contains(word)) {
            push(pair.start(), full, found);
        }
    }
    for hit in WORD.find_iter(text) {
        let word = |c: Option<char>| {
            c.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '@' | '.'))
        };
        let edges = word(before(text, hit.start()))
            || word(after(text, hit.end())) && after(text, hit.end()) != Some('.');
        let role = before(text, hit.start()).is_some_and(|c| ROLES.contains(c) || "服阿小".contains(c))
            && after(text, hit.end()).is_none_or(|c| is_han(c) || c == ',');
        let known = LATINS.contains(hit.as_str()) && (page.is_capital(hit.start()) || role);
        let named = role && page.is_capital(hit.start()) && hit.len() > 2 && !BRANDS.contains(&hit.as_str());
        if (known || named) && !edges {
            let near = lead(text, hit.start(), 7);
            // Grace period, May I: a word of the sentence, unless it is called, said or done by.
            let word = MEANINGS.contains(&hit.as_str()) && goes_on_in_english(text, hit.end());
            let brand = word
                || near.contains(['牌', '款'])
                || ["pro ", "iphone", "ultra", "mate", "air", "plus"]
                    .iter()
                    .any(|word| near.contains(word));
            let second = titled(text, second_name(page, hit.end()));
            // 阿May is called so.
            let pet = text[..hit.start()].strip_suffix(['阿', '小', '大']);
            let start = pet.map_or(hit.start(), str::len);
            if !brand {
                push(start, second, found);
            }
        }
    }
}

/// First names that are words of English too.
const MEANINGS: &[&str] = &[
    "grace", "apple", "summer", "winter", "sunny", "rose", "ruby", "mark", "may", "candy", "echo", "iris",
    "joy", "hazel", "violet", "frank", "bill", "jack", "cherry", "jasmine", "sandy", "penny", "ray", "rich",
    "amber", "carol", "dawn", "melody", "page", "grant", "chase", "drew", "bob", "pat", "sue", "will",
];

/// Whether a word of English follows that no person is the subject of.
fn goes_on_in_english(text: &str, end: usize) -> bool {
    let Some(rest) = text[end..].strip_prefix(' ') else {
        return false;
    };
    let length = rest.bytes().take_while(u8::is_ascii_lowercase).count();
    let verbs = [
        "is", "was", "said", "says", "told", "called", "calls", "who", "and", "at", "from", "in", "has",
        "had", "did", "does", "never", "hung", "promised", "sent", "took", "gave", "made", "refused",
        "wrote", "came", "asked", "answered", "helped", "kept", "put", "just", "then", "also", "even",
        "works",
    ];
    length > 0 && !verbs.contains(&&rest[..length])
}

/// The end with a form of address, as in Coco姐.
fn titled(text: &str, end: usize) -> usize {
    let titles = [
        "姐", "哥", "老师", "先生", "女士", "小姐", "经理", "总", "教练", "医生", "叔", "嫂",
    ];
    let title = titles.iter().find(|title| text[end..].starts_with(**title));
    end + title.map_or(0, |title| title.len())
}

/// The end of a family name after a first name: one more capitalized word, or 王 after a space.
fn second_name(page: &Page<'_>, end: usize) -> usize {
    let Some(rest) = page.text[end..].strip_prefix(' ') else {
        return end;
    };
    if let Some(c) = rest.chars().next().filter(|&c| SURNAMES.contains(c)) {
        let alone = rest[c.len_utf8()..]
            .chars()
            .next()
            .is_none_or(|next| !is_han(next));
        return if alone { end + 1 + c.len_utf8() } else { end };
    }
    let length = rest.bytes().take_while(u8::is_ascii_lowercase).count();
    if (2..=14).contains(&length) && page.is_capital(end + 1) {
        end + 1 + length
    } else {
        end
    }
}
