//! The ways cases take: each sequence of activities with how many cases took it and how long they took.

use std::collections::HashMap;

use super::log::{Log, Trace};
use crate::figure::{Estimate, Figure};
use crate::gap::Gap;
use crate::median::Median;

/// One way.
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    /// The activities in order.
    pub activities: Vec<String>,
    /// How many cases took it.
    pub cases: usize,
    /// Their share of all cases, 0–1.
    pub share: Figure,
    /// The hours from the first event to the last.
    pub hours: Result<Median, Gap>,
}

/// The ways, the most usual first.
pub fn find_variants(log: &Log) -> Vec<Variant> {
    let mut found: HashMap<Vec<&str>, Vec<f64>> = HashMap::new();
    for trace in &log.traces {
        found.entry(activities(trace)).or_default().push(trace.hours());
    }
    let mut variants: Vec<Variant> = found
        .into_iter()
        .map(|(activities, hours)| Variant {
            activities: activities.into_iter().map(str::to_owned).collect(),
            cases: hours.len(),
            share: Estimate::share(hours.len(), log.traces.len()),
            hours: Median::of(&hours),
        })
        .collect();
    variants.sort_by(|a, b| b.cases.cmp(&a.cases).then(a.activities.cmp(&b.activities)));
    variants
}

fn activities(trace: &Trace) -> Vec<&str> {
    trace.events.iter().map(|event| event.activity.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::log::log_of;
    use super::*;

    #[test]
    fn the_usual_way_comes_first() {
        let variants = find_variants(&log_of(&["a b c", "a b c", "a c"]));
        assert_eq!(variants.len(), 2);
        assert_eq!(
            (variants[0].cases, variants[0].activities.join(" ")),
            (2, "a b c".into())
        );
        assert_eq!(variants[0].hours.unwrap().value, 2.0);
        assert!(find_variants(&Log::default()).is_empty());
    }
}
