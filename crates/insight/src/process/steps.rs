//! Where cases wait and what is done twice.

use std::collections::{BTreeMap, BTreeSet};

use super::log::{Log, hours_between};
use crate::figure::{Estimate, Figure};
use crate::gap::Gap;
use crate::median::Median;

/// The way from one activity to the next.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// From.
    pub from: String,
    /// To.
    pub to: String,
    /// How often it was gone.
    pub count: usize,
    /// The hours it took, in the middle.
    pub hours: Result<Median, Gap>,
    /// The hours that one in ten took longer than.
    pub slow_hours: f64,
    /// All hours together, the weight of the bottleneck.
    pub total_hours: f64,
}

/// The steps, those that cost the most time first.
pub fn find_steps(log: &Log) -> Vec<Step> {
    let mut found: BTreeMap<(&str, &str), Vec<f64>> = BTreeMap::new();
    for trace in &log.traces {
        for pair in trace.events.windows(2) {
            let key = (pair[0].activity.as_str(), pair[1].activity.as_str());
            found
                .entry(key)
                .or_default()
                .push(hours_between(&pair[0], &pair[1]));
        }
    }
    let mut steps: Vec<Step> = found
        .into_iter()
        .map(|((from, to), mut hours)| {
            hours.sort_by(f64::total_cmp);
            Step {
                from: from.to_owned(),
                to: to.to_owned(),
                count: hours.len(),
                slow_hours: hours[hours.len() * 9 / 10],
                total_hours: hours.iter().sum(),
                hours: Median::of(&hours),
            }
        })
        .collect();
    steps.sort_by(|a, b| b.total_hours.total_cmp(&a.total_hours).then(a.from.cmp(&b.from)));
    steps
}

/// An activity that was done more than once in a case.
#[derive(Clone, Debug, PartialEq)]
pub struct Rework {
    /// The activity.
    pub activity: String,
    /// The cases it was repeated in.
    pub cases: usize,
    /// Their share of the cases with the activity, 0–1.
    pub share: Figure,
    /// The repeats beyond the first time.
    pub repeats: usize,
}

/// What is done twice, the most often first.
pub fn find_rework(log: &Log) -> Vec<Rework> {
    let activities: BTreeSet<&str> = log
        .traces
        .iter()
        .flat_map(|trace| trace.events.iter().map(|event| event.activity.as_str()))
        .collect();
    let mut found: Vec<Rework> = activities
        .into_iter()
        .map(|activity| {
            let times = log.traces.iter().map(|trace| {
                let own = trace.events.iter().filter(|event| event.activity == activity);
                own.count()
            });
            let times: Vec<usize> = times.filter(|times| *times > 0).collect();
            let cases = times.iter().filter(|times| **times > 1).count();
            Rework {
                activity: activity.to_owned(),
                cases,
                share: Estimate::share(cases, times.len()),
                repeats: times.iter().map(|times| times - 1).sum(),
            }
        })
        .filter(|rework| rework.cases > 0)
        .collect();
    found.sort_by(|a, b| b.repeats.cmp(&a.repeats).then(a.activity.cmp(&b.activity)));
    found
}

#[cfg(test)]
mod tests {
    use super::super::log::log_of;
    use super::*;

    #[test]
    fn waits_and_repeats() {
        let log = log_of(&["a b c", "a b b c", "a c"]);
        let steps = find_steps(&log);
        assert_eq!(steps.len(), 4);
        assert_eq!((steps[0].count, steps[0].total_hours), (2, 2.0));
        let rework = find_rework(&log);
        assert_eq!(
            (rework.len(), rework[0].activity.as_str(), rework[0].repeats),
            (1, "b", 1)
        );
        assert_eq!(rework[0].share.unwrap().value(), 0.5);
        assert!(find_steps(&Log::default()).is_empty() && find_rework(&Log::default()).is_empty());
    }
}
