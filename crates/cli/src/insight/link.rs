//! Where the cases of a finding can be seen: the workbench's list with their filters.

use domain::{Subject, Vocabulary};
use insight::date_words;
use insight::report::Scope;

/// What the list can be filtered by.
const FILTERS: [&str; 4] = ["topic", "product", "site", "batch"];

/// The address of the list with the cases of a finding up to a day; nothing where there are none, or where the list knows
/// no such filter.
pub(super) fn address_of(base: &str, scope: &Scope, until: i32) -> Option<String> {
    let mut pairs: Vec<(&str, String)> = Vec::new();
    for (dimension, value) in &scope.slice {
        let known = FILTERS.iter().find(|filter| *filter == dimension)?;
        let value = match *known {
            "topic" => Subject::from_word(value)?.key().to_owned(),
            _ => value.clone(),
        };
        pairs.push((known, value));
    }
    pairs.push(("opened_from", date_words(scope.from?)));
    pairs.push(("opened_to", date_words(until)));
    pairs.extend(scope.words.clone().map(|words| ("q", words)));
    pairs.sort_unstable();
    let pairs: Vec<String> = pairs
        .iter()
        .map(|(name, value)| format!("{name}={}", escape(value)))
        .collect();
    Some(format!(
        "{}/inbox?{}",
        base.trim_end_matches('/'),
        pairs.join("&")
    ))
}

fn escape(value: &str) -> String {
    let one = |byte: u8| match byte {
        b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    value.bytes().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_hold_what_the_list_understands() {
        let scope = |slice: &[(&str, &str)], words: Option<&str>| Scope {
            slice: slice
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
            words: words.map(str::to_owned),
            from: Some(20_000),
        };
        let found = address_of(
            "https://desk.example/",
            &scope(&[("topic", "服务质量")], Some("慢 2&3")),
            20_006,
        );
        assert_eq!(
            found.unwrap(),
            "https://desk.example/inbox?opened_from=2024-10-04&opened_to=2024-10-10&q=%E6%85%A2%202%263&topic=service"
        );
        assert_eq!(
            address_of(
                "https://desk.example",
                &scope(&[("planet", "Mars")], None),
                20_006
            ),
            None
        );
        assert_eq!(
            address_of("https://desk.example", &Scope::default(), 20_006),
            None
        );
    }
}
