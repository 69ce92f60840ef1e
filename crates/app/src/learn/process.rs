//! The process as it ran (F6): ways, waits, repeats, and where cases left the flow.

use std::sync::Arc;

use domain::{CaseState, Language, Vocabulary};
use insight::process::{
    Conformance, Flow, Log, LogEvent, Rework, Step, Variant, check_conformance, find_rework, find_steps,
    find_variants, read_log, write_xes,
};
use store::StateFact;
use wire::insight::{
    Period,
    process::{self, Process, StateName},
};

use super::{
    kept::compute,
    show::{count, figure, letter, median, moment},
};
use crate::{App, AppError, Caller, Verb, limits, permission};

/// The most ways and steps shown.
const SHOWN: usize = 15;

/// What is worked out beside the requests.
struct Found {
    log: Log,
    variants: Vec<Variant>,
    steps: Vec<Step>,
    rework: Vec<Rework>,
    conformance: Conformance,
}

impl App {
    /// The process of the cases opened in a period.
    pub async fn process(
        &self,
        caller: &Caller,
        period: Period,
        language: Language,
    ) -> Result<Arc<Process>, AppError> {
        permission::require(caller.role, Verb::ReadProcess)?;
        let key = format!("process {period:?} {}", letter(language));
        self.learn(key, move |app| app.find_process(period, language))
            .await
    }

    async fn find_process(self, period: Period, language: Language) -> Result<Process, AppError> {
        let mut states = self.states(period).await?;
        let is_cut = leave_whole_cases(&mut states, limits::PROCESS_STATES as usize);
        let found = compute(move || find(states)).await?;
        let cut = match is_cut {
            true => Some(self.cut_of(period, found.log.traces.len()).await?),
            false => None,
        };
        Ok(Process {
            cut,
            ..show(&found, period, moment(self.now()), language)
        })
    }

    /// The log of a period in XES (IEEE 1849), which process mining tools read.
    pub async fn process_xes(&self, caller: &Caller, period: Period) -> Result<String, AppError> {
        permission::require(caller.role, Verb::ExportProcess)?;
        let mut states = self.states(period).await?;
        leave_whole_cases(&mut states, limits::PROCESS_STATES as usize);
        self.note_audit(&caller.person.id.0, "process_exported", "process.xes", "")
            .await?;
        compute(move || write_xes(&read_log(events_of(states)))).await
    }

    async fn states(&self, period: Period) -> Result<Vec<StateFact>, AppError> {
        let limit = limits::PROCESS_STATES;
        Ok(self.store().state_facts(period.from, period.to, limit).await?)
    }
}

/// Takes the last case away when more states were there than may be read, for its way may be broken off; answers whether
/// that was so.
fn leave_whole_cases(states: &mut Vec<StateFact>, limit: usize) -> bool {
    let is_cut = states.len() >= limit;
    if let (true, Some(last)) = (is_cut, states.last().map(|state| state.case.clone())) {
        states.retain(|state| state.case != last);
    }
    is_cut
}

fn events_of(states: Vec<StateFact>) -> Vec<LogEvent> {
    let events = states.into_iter().map(|state| LogEvent {
        case: state.case.0,
        activity: state.state.key().to_owned(),
        at: state.at,
        resource: state.actor,
    });
    events.collect()
}

fn find(states: Vec<StateFact>) -> Found {
    let log = read_log(events_of(states));
    Found {
        variants: find_variants(&log),
        steps: find_steps(&log),
        rework: find_rework(&log),
        conformance: check_conformance(&log, &Flow::of_cases()),
        log,
    }
}

fn show(found: &Found, period: Period, made_at: String, language: Language) -> Process {
    let link = |filter: &str, value: String| {
        let mut link = period.link();
        link.insert(filter.to_owned(), value);
        link
    };
    let name = |key: &str| state_name(key, language);
    let variants = found.variants.iter().take(SHOWN).map(|variant| process::Variant {
        states: variant.activities.iter().map(|key| name(key)).collect(),
        cases: count(variant.cases),
        share: figure(&variant.share, language),
        median_hours: median(&variant.hours, language),
        link: link("way", variant.activities.join(",")),
    });
    let steps = found.steps.iter().take(SHOWN).map(|step| process::Step {
        from: name(&step.from),
        to: name(&step.to),
        count: count(step.count),
        median_hours: median(&step.hours, language),
        slow_hours: step.slow_hours,
        total_hours: step.total_hours,
        waiting: link("state", step.from.clone()),
    });
    let rework = found.rework.iter().map(|one| process::Rework {
        state: name(&one.activity),
        cases: count(one.cases),
        share: figure(&one.share, language),
        repeats: count(one.repeats),
        link: link("again", one.activity.clone()),
    });
    let breaches = found.conformance.breaches.iter().map(|one| process::Breach {
        from: one.from.as_deref().map(name),
        to: name(&one.to),
        count: count(one.count),
        examples: one.examples.clone(),
    });
    Process {
        cut: None,
        made_at,
        cases: count(found.log.traces.len()),
        variants: variants.collect(),
        all_variants: count(found.variants.len()),
        steps: steps.collect(),
        rework: rework.collect(),
        conforming: figure(&found.conformance.conforming, language),
        breaches: breaches.collect(),
    }
}

fn state_name(key: &str, language: Language) -> StateName {
    let state = CaseState::from_key(key);
    let name = state.map_or(key, |state| match language {
        Language::Chinese => state.entry().zh,
        Language::English => state.entry().en,
    });
    StateName {
        key: key.to_owned(),
        name: name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_broken_off_is_left_out() {
        let state = |case: &str| StateFact {
            case: case.into(),
            state: CaseState::Received,
            at: domain::Timestamp(0),
            actor: None,
        };
        let mut states = vec![state("a"), state("a"), state("b"), state("b")];
        assert!(!leave_whole_cases(&mut states, 5) && states.len() == 4);
        assert!(leave_whole_cases(&mut states, 4) && states.len() == 2);
    }
}
