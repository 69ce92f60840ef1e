//! The event log: what happened to which case when, in order.

use std::collections::{BTreeMap, HashSet};

use domain::Timestamp;

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LogEvent {
    /// To which case.
    pub case: String,
    /// What, such as a state reached.
    pub activity: String,
    /// When.
    pub at: Timestamp,
    /// By whom, where known.
    pub resource: Option<String>,
}

/// The history of one case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    /// The case.
    pub case: String,
    /// What happened, in order of time; in the order given where times are the same.
    pub events: Vec<LogEvent>,
}

/// Histories by case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Log {
    /// One for each case.
    pub traces: Vec<Trace>,
    /// Events that stood there twice and were left out.
    pub duplicates: usize,
    /// Events without case or activity that were left out.
    pub unnamed: usize,
}

/// Gathers events into histories.
pub fn read_log(events: Vec<LogEvent>) -> Log {
    let mut log = Log::default();
    let mut seen = HashSet::new();
    let mut cases: BTreeMap<String, Vec<LogEvent>> = BTreeMap::new();
    for event in events {
        if event.case.trim().is_empty() || event.activity.trim().is_empty() {
            log.unnamed += 1;
        } else if seen.insert(event.clone()) {
            cases.entry(event.case.clone()).or_default().push(event);
        } else {
            log.duplicates += 1;
        }
    }
    log.traces = cases
        .into_iter()
        .map(|(case, mut events)| {
            events.sort_by_key(|event| event.at);
            Trace { case, events }
        })
        .collect();
    log
}

impl Trace {
    /// The hours from the first event to the last.
    pub fn hours(&self) -> f64 {
        match (self.events.first(), self.events.last()) {
            (Some(first), Some(last)) => hours_between(first, last),
            _ => 0.0,
        }
    }
}

/// The hours from one event to another.
pub(super) fn hours_between(first: &LogEvent, last: &LogEvent) -> f64 {
    last.at.since_ms(first.at) as f64 / 3_600_000.0
}

/// A small log for tests: cases as words of activities, one hour apart.
#[cfg(test)]
pub(super) fn log_of(cases: &[&str]) -> Log {
    let events = cases.iter().enumerate().flat_map(|(case, activities)| {
        let each = activities.split_whitespace().enumerate();
        each.map(move |(hour, activity)| LogEvent {
            case: format!("c{case}"),
            activity: activity.into(),
            at: Timestamp(hour as i64 * 3_600_000),
            resource: None,
        })
    });
    read_log(events.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_ordered_and_doubles_left_out() {
        let event = |case: &str, activity: &str, at| LogEvent {
            case: case.into(),
            activity: activity.into(),
            at: Timestamp(at),
            resource: None,
        };
        let log = read_log(vec![
            event("b", "closed", 9),
            event("b", "received", 1),
            event("a", "received", 5),
            event("b", "closed", 9),
            event("", "received", 5),
        ]);
        assert_eq!((log.traces.len(), log.duplicates, log.unnamed), (2, 1, 1));
        assert_eq!(log.traces[1].events[0].activity, "received");
        assert!(log.traces[0].hours() == 0.0);
    }
}
