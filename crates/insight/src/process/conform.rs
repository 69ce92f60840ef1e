//! Which cases left the flow, and where.

use std::collections::BTreeMap;

use super::flow::Flow;
use super::log::{Log, Trace};
use crate::figure::{Estimate, Figure};

/// The most cases named for a breach.
const MOST_EXAMPLES: usize = 5;

/// A step that the flow does not allow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breach {
    /// From; nothing when a case began with `to`.
    pub from: Option<String>,
    /// To.
    pub to: String,
    /// How often.
    pub count: usize,
    /// Some of the cases.
    pub examples: Vec<String>,
}

/// How well the log keeps to a flow.
#[derive(Clone, Debug, PartialEq)]
pub struct Conformance {
    /// All cases.
    pub cases: usize,
    /// The share without a breach, 0–1.
    pub conforming: Figure,
    /// Events that the flow does not know and that were passed over.
    pub unknown: usize,
    /// The breaches, the most often first.
    pub breaches: Vec<Breach>,
}

/// Checks every case.
pub fn check_conformance(log: &Log, flow: &Flow) -> Conformance {
    let mut found: BTreeMap<(Option<&str>, &str), Vec<&str>> = BTreeMap::new();
    let (mut conforming, mut unknown) = (0, 0);
    for trace in &log.traces {
        let known: Vec<&str> = known_activities(trace, flow);
        unknown += trace.events.len() - known.len();
        let steps = known
            .iter()
            .enumerate()
            .map(|(place, to)| (place.checked_sub(1).map(|at| known[at]), *to));
        let mut clean = true;
        for (from, to) in steps.filter(|(from, to)| !flow.allows(*from, to)) {
            clean = false;
            found.entry((from, to)).or_default().push(&trace.case);
        }
        conforming += usize::from(clean);
    }
    let mut breaches: Vec<Breach> = found
        .into_iter()
        .map(|((from, to), cases)| Breach {
            from: from.map(str::to_owned),
            to: to.to_owned(),
            count: cases.len(),
            examples: cases.into_iter().take(MOST_EXAMPLES).map(str::to_owned).collect(),
        })
        .collect();
    breaches.sort_by_key(|breach| std::cmp::Reverse(breach.count));
    Conformance {
        cases: log.traces.len(),
        conforming: Estimate::share(conforming, log.traces.len()),
        unknown,
        breaches,
    }
}

fn known_activities<'t>(trace: &'t Trace, flow: &Flow) -> Vec<&'t str> {
    let all = trace.events.iter().map(|event| event.activity.as_str());
    all.filter(|activity| flow.knows(activity)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::log::log_of;
    use super::*;

    #[test]
    fn breaches_are_named_with_their_cases() {
        let log = log_of(&[
            "received acknowledged lunch understood",
            "received closed",
            "closed",
        ]);
        let found = check_conformance(&log, &Flow::of_cases());
        assert_eq!((found.cases, found.unknown, found.breaches.len()), (3, 1, 2));
        assert!((found.conforming.unwrap().value() - 1.0 / 3.0).abs() < 1e-12);
        assert_eq!(found.breaches[0].examples.len(), 1);
        assert!(
            check_conformance(&Log::default(), &Flow::of_cases())
                .conforming
                .is_err()
        );
    }
}
