//! Phrases that set one group of texts apart from another: weighted log-odds with an informative Dirichlet prior
//! (Monroe, Colaresi and Quinn 2008, "Fightin' Words", equations 15, 20 and 22), over texts that hold a piece, with
//! overlapping pieces merged into the longest that says the same.

use statrs::distribution::{ContinuousCDF, Normal};

use super::count::{Count, Counts, count, thin};
use super::gram::{fold, is_readable};
use crate::figure::{Estimate, Figure};
use crate::gap::{Counted, Gap};
use crate::rank::benjamini_hochberg;

/// How a piece's odds differ between two groups.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LogOdds {
    /// The difference of the logarithms of the odds.
    pub delta: f64,
    /// Its standard error.
    pub error: f64,
}

impl LogOdds {
    /// The difference in standard errors.
    pub fn z(&self) -> f64 {
        self.delta / self.error
    }
}

/// The difference for a piece counted `here` of `here_all` and `there` of `there_all`, under a prior that holds the
/// piece `prior` times in `prior_all`.
pub fn log_odds(here: f64, here_all: f64, there: f64, there_all: f64, prior: f64, prior_all: f64) -> LogOdds {
    let odds = |count: f64, all: f64| ((count + prior) / (all + prior_all - count - prior)).ln();
    LogOdds {
        delta: odds(here, here_all) - odds(there, there_all),
        error: (1.0 / (here + prior) + 1.0 / (there + prior)).sqrt(),
    }
}

/// How phrases are looked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PhraseOptions {
    /// The fewest texts that hold a phrase.
    pub least: usize,
    /// How many texts the prior is worth.
    pub prior_texts: f64,
    /// The share of false phrases accepted.
    pub q: f64,
    /// The most phrases.
    pub most: usize,
}

impl Default for PhraseOptions {
    fn default() -> Self {
        Self {
            least: 3,
            prior_texts: 10.0,
            q: 0.01,
            most: 20,
        }
    }
}

/// A phrase that sets a group apart.
#[derive(Clone, Debug, PartialEq)]
pub struct Phrase {
    /// The words.
    pub words: String,
    /// How many texts of the group hold it.
    pub here: usize,
    /// How many others hold it.
    pub there: usize,
    /// How many times the odds of it are those of the others, with its 95 % interval.
    pub ratio: Figure,
    /// The difference in standard errors.
    pub z: f64,
}

/// The fewest texts of a group that can be told from others.
const FEWEST_TEXTS: usize = 5;

/// The phrases that set the texts here apart from those there, the clearest first.
///
/// # Errors
/// With too few texts on either side, or where all are the same.
pub fn distinguish(here: &[&str], there: &[&str], options: &PhraseOptions) -> Result<Vec<Phrase>, Gap> {
    for side in [here, there] {
        if side.len() < FEWEST_TEXTS {
            return Err(Gap::TooFew {
                of: Counted::Texts,
                have: side.len(),
                need: FEWEST_TEXTS,
            });
        }
    }
    if here.iter().chain(there).all(|text| *text == here[0]) {
        return Err(Gap::NoVariation);
    }
    let folded = |texts: &[&str]| -> Vec<String> { thin(texts).iter().map(|text| fold(text)).collect() };
    let (here, there) = (folded(here), folded(there));
    let counts = count(&here, &there, options.least.max(1));
    let mut found = judge(&counts, options, is_readable);
    found.sort_by(|a, b| b.z.total_cmp(&a.z).then(a.words.cmp(&b.words)));
    Ok(merge(found, options.most))
}

/// The pieces that occur more often here than there beyond chance, of those that can be shown.
pub(super) fn judge(counts: &Counts<'_>, options: &PhraseOptions, is_shown: fn(&str) -> bool) -> Vec<Phrase> {
    let mut grams: Vec<(&str, Count)> = counts.grams.iter().map(|(gram, count)| (*gram, *count)).collect();
    grams.sort_unstable_by_key(|(gram, _)| *gram);
    let odds: Vec<LogOdds> = grams
        .iter()
        .map(|(_, count)| odds_of(*count, counts, options))
        .collect();
    let normal = Normal::standard();
    let p: Vec<f64> = odds.iter().map(|odds| normal.sf(odds.z())).collect();
    let adjusted = benjamini_hochberg(&p, p.len());
    let kept = grams.iter().zip(&odds).zip(&adjusted);
    kept.filter(|(((gram, _), odds), q)| **q <= options.q && odds.delta > 0.0 && is_shown(gram))
        .map(|(((gram, count), odds), _)| phrase_of(gram, *count, odds))
        .collect()
}

fn odds_of(count: Count, counts: &Counts<'_>, options: &PhraseOptions) -> LogOdds {
    let (here_all, there_all) = (counts.here as f64, counts.there as f64);
    let (here, there) = (count.here as f64, count.there as f64);
    // The prior is what all texts say together.
    let share = ((here + there) / (here_all + there_all)).clamp(1e-6, 0.999);
    let prior = options.prior_texts.max(0.1);
    log_odds(here, here_all, there, there_all, prior * share, prior)
}

fn phrase_of(gram: &str, count: Count, odds: &LogOdds) -> Phrase {
    let reach = 1.959_964 * odds.error;
    Phrase {
        words: gram.to_owned(),
        here: count.here,
        there: count.there,
        ratio: Estimate::new(
            odds.delta.exp(),
            (odds.delta - reach).exp(),
            (odds.delta + reach).exp(),
        ),
        z: odds.z(),
    }
}

/// Of pieces that overlap, keeps the longest that occurs nearly as often, and joins neighbors into longer phrases.
fn merge(found: Vec<Phrase>, most: usize) -> Vec<Phrase> {
    let mut kept = drop_covered(&found);
    join_neighbors(&mut kept);
    kept.truncate(most);
    kept
}

/// Of pieces that overlap, keeps the longest that occurs nearly as often.
pub(super) fn drop_covered(found: &[Phrase]) -> Vec<Phrase> {
    /// A longer piece stands for a shorter one that it makes up so much of.
    const NEARLY_ALL: f64 = 0.7;
    let mut kept: Vec<Phrase> = Vec::new();
    for phrase in found {
        let longer = found.iter().any(|other| {
            other.words.len() > phrase.words.len()
                && other.words.contains(&phrase.words)
                && other.here as f64 >= NEARLY_ALL * phrase.here as f64
        });
        let covered = kept.iter().any(|other| {
            let (long, short) = if other.words.len() >= phrase.words.len() {
                (other, phrase)
            } else {
                (phrase, other)
            };
            long.words.contains(&short.words)
        });
        if !longer && !covered {
            kept.push(phrase.clone());
        }
    }
    kept
}

/// Two pieces of four characters that share three are one phrase: 外壳鼓包 and 壳鼓包烫 make 外壳鼓包烫.
fn join_neighbors(kept: &mut Vec<Phrase>) {
    const COMMON: usize = 2;
    let mut place = 0;
    while place < kept.len() {
        let joined = (place + 1..kept.len()).find_map(|other| {
            let (one, two) = (&kept[place], &kept[other]);
            let alike = one.here.min(two.here) as f64 >= 0.7 * one.here.max(two.here) as f64;
            let words = overlap(&one.words, &two.words, COMMON)
                .or_else(|| overlap(&two.words, &one.words, COMMON))?;
            alike.then_some((other, words))
        });
        match joined {
            Some((other, words)) => {
                kept[place].words = words;
                kept.remove(other);
            }
            None => place += 1,
        }
    }
}

/// Both words as one, when the end of the first is the beginning of the second.
fn overlap(first: &str, second: &str, common: usize) -> Option<String> {
    if first.is_ascii() || second.is_ascii() {
        return None;
    }
    let starts: Vec<usize> = first.char_indices().map(|(at, _)| at).collect();
    let tails = starts.iter().map(|at| &first[*at..]);
    let tail = tails
        .take(starts.len().saturating_sub(common - 1))
        .find(|tail| second.starts_with(*tail))?;
    Some(format!("{first}{}", &second[tail.len()..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_formula_by_hand() {
        // Equation 15 with y = 12 of 100 here, 3 of 200 there, prior 1.5 of 30:
        // ln(13.5 / 116.5) - ln(4.5 / 225.5); variance 1 / 13.5 + 1 / 4.5.
        let odds = log_odds(12.0, 100.0, 3.0, 200.0, 1.5, 30.0);
        assert!((odds.delta - 1.759_035).abs() < 1e-5, "{odds:?}");
        assert!((odds.error - 0.544_331).abs() < 1e-5, "{odds:?}");
        let even = log_odds(5.0, 100.0, 5.0, 100.0, 1.0, 20.0);
        assert_eq!(even.delta, 0.0);
    }

    #[test]
    fn phrases_are_readable_and_merged() {
        let here: Vec<String> = (0..30)
            .map(|place| format!("第{place}个客户说，充电宝外壳鼓包了，我很生气，订单号{place}77"))
            .collect();
        let there: Vec<String> = (0..60)
            .map(|place| format!("第{place}个客户说，快递没有送到，我很生气"))
            .collect();
        let borrow = |texts: &'_ [String]| -> Vec<&'static str> {
            texts
                .iter()
                .map(|text| &*Box::leak(text.clone().into_boxed_str()))
                .collect()
        };
        let found = distinguish(&borrow(&here), &borrow(&there), &PhraseOptions::default()).unwrap();
        let words: Vec<&str> = found.iter().map(|phrase| phrase.words.as_str()).collect();
        assert!(
            words[0].contains("鼓包") && words[0].contains("外壳"),
            "{words:?}"
        );
        assert!(
            words.len() <= 3 && !words.iter().any(|word| word.contains("生气")),
            "{words:?}"
        );
        assert!(found.iter().all(|phrase| phrase.ratio.unwrap().low() > 1.0));
    }

    #[test]
    fn odd_texts_give_a_reason() {
        let options = PhraseOptions::default();
        assert_eq!(
            distinguish(&["一"; 2], &["二"; 9], &options),
            Err(Gap::TooFew {
                of: Counted::Texts,
                have: 2,
                need: 5
            })
        );
        assert_eq!(
            distinguish(&["一样"; 9], &["一样"; 9], &options),
            Err(Gap::NoVariation)
        );
        assert_eq!(
            distinguish(&[""; 9], &["！", "", "", "", ""], &options),
            Ok(vec![])
        );
    }
}
