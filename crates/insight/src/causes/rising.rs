//! Phrases that are new or rising: the newest texts against those before.

use super::phrase::{Phrase, PhraseOptions, distinguish};
use crate::gap::Gap;

/// A phrase that the newest texts hold more than those before.
#[derive(Clone, Debug, PartialEq)]
pub struct Rising {
    /// The phrase; `here` are the newest texts.
    pub phrase: Phrase,
    /// Whether no text before held it.
    pub new: bool,
}

/// What the texts of the last `days` up to `until` say more than those before; texts are given with their day.
///
/// # Errors
/// With too few texts in the last days or before.
pub fn find_rising(
    texts: &[(i32, &str)],
    until: i32,
    days: i32,
    options: &PhraseOptions,
) -> Result<Vec<Rising>, Gap> {
    let known = || texts.iter().filter(|(day, _)| *day <= until);
    let start = until.saturating_sub(days.max(1) - 1);
    let newest: Vec<&str> = known()
        .filter(|(day, _)| *day >= start)
        .map(|(_, text)| *text)
        .collect();
    let before: Vec<&str> = known()
        .filter(|(day, _)| *day < start)
        .map(|(_, text)| *text)
        .collect();
    let found = distinguish(&newest, &before, options)?;
    Ok(found
        .into_iter()
        .map(|phrase| Rising {
            new: phrase.there == 0,
            phrase,
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_new() {
        let mut texts: Vec<(i32, &str)> = (0..60).map(|day| (day, "快递太慢，客服不理人")).collect();
        texts.extend((53..60).map(|day| (day, "升级之后蓝牙断连，客服不理人")));
        let found = find_rising(&texts, 59, 7, &PhraseOptions::default()).unwrap();
        assert!(
            found
                .iter()
                .any(|rising| rising.new && rising.phrase.words.contains("蓝牙断连")),
            "{found:?}"
        );
        assert!(!found.iter().any(|rising| rising.phrase.words.contains("快递")));
        assert!(find_rising(&[], 0, 7, &PhraseOptions::default()).is_err());
    }
}
