//! Whether two cases may be the same complaint: same customer, same order, the same words.

use std::collections::HashSet;

use domain::{Bilingual, Case, EntityKind};

/// From this likeness on a case is shown as a possible duplicate.
pub const LIKELY: f64 = 0.5;
/// Days between two complaints within which they may be one.
pub const WITHIN_DAYS: i64 = 90;
const DAY_MS: i64 = 86_400_000;
/// Only the beginning of a long text is compared.
const COMPARED_CHARS: usize = 2_000;

/// How like two cases are, 0–1, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Likeness {
    /// 0 for nothing in common, 1 for the same.
    pub score: f64,
    /// What they have in common, heaviest first.
    pub because: Vec<Bilingual>,
}

/// How like two cases are. The same order counts 0.6, the same customer 0.3, words up to 0.6 by the share of character
/// pairs in common (Jaccard); the sum ends at 1. Cases more than [`WITHIN_DAYS`] apart have nothing in common.
pub fn likeness(a: &Case, b: &Case) -> Likeness {
    let mut found: Vec<(f64, Bilingual)> = Vec::new();
    let apart = a.received_at.since_ms(b.received_at).abs() / DAY_MS;
    if a.id == b.id || apart > WITHIN_DAYS {
        return Likeness {
            score: 0.0,
            because: Vec::new(),
        };
    }
    if let Some(order) = orders(a).intersection(&orders(b)).next() {
        found.push((
            0.6,
            Bilingual::new(format!("同一订单 {order}"), format!("The same order {order}.")),
        ));
    }
    if a.customer.is_some() && a.customer == b.customer {
        found.push((0.3, Bilingual::new("同一客户", "The same customer.")));
    }
    let same = jaccard(&pairs(&a.text), &pairs(&b.text));
    if same >= 0.3 {
        let percent = (same * 100.0).round();
        found.push((
            0.6 * same,
            Bilingual::new(
                format!("文字相似 {percent}%"),
                format!("{percent} % of the words in common."),
            ),
        ));
    }
    found.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    Likeness {
        score: found.iter().map(|(weight, _)| weight).sum::<f64>().min(1.0),
        because: found.into_iter().map(|(_, because)| because).collect(),
    }
}

fn orders(case: &Case) -> HashSet<String> {
    let told = case
        .analysis
        .entities
        .iter()
        .filter(|entity| entity.kind == EntityKind::Order);
    let told = told.map(|entity| entity.quote.words().to_uppercase());
    case.matter
        .order
        .iter()
        .map(|order| order.to_uppercase())
        .chain(told)
        .collect()
}

fn pairs(text: &str) -> HashSet<(char, char)> {
    let letters: Vec<char> = text
        .chars()
        .filter(|c| c.is_alphanumeric())
        .take(COMPARED_CHARS)
        .flat_map(char::to_lowercase)
        .collect();
    letters.windows(2).map(|pair| (pair[0], pair[1])).collect()
}

fn jaccard<T: Eq + std::hash::Hash>(a: &HashSet<T>, b: &HashSet<T>) -> f64 {
    let common = a.intersection(b).count();
    let all = a.len() + b.len() - common;
    if all == 0 { 0.0 } else { common as f64 / all as f64 }
}
