//! What the passing of time does to a case: clocks near and breached, promises broken, somebody brought in.

use domain::{
    Actor, Bilingual, Case, Deadline, DeadlineState, Event, EventKind, PromiseState, Timestamp, Vocabulary,
};

use super::draft::{Draft, is_active, next_promise, timed_promises};
use super::nature::turn_nature;
use crate::{deadline::spell, rules::Rules};

/// The events due by `now`; a second tick at the same time finds nothing more.
pub fn tick(case: &Case, now: Timestamp, rules: &Rules) -> Vec<Event> {
    let mut draft = Draft::on(case, &Actor::System, now, rules);
    let clocks: Vec<Deadline> = case
        .deadlines
        .iter()
        .filter(|clock| is_active(clock.state))
        .cloned()
        .collect();
    for clock in &clocks {
        if now > clock.due_at {
            draft.push(EventKind::DeadlineBreached { kind: clock.kind });
            let because = overdue(clock, rules);
            draft.escalate(because);
        } else if now >= clock.near_at && clock.state == DeadlineState::Running {
            draft.push(EventKind::DeadlineNear { kind: clock.kind });
        }
    }
    if break_promises(&mut draft, now) {
        draft.follow_promises();
    }
    if !draft.case.state.is_final() {
        turn_nature(&mut draft);
        draft.grade();
    }
    draft.into_events()
}

/// The earliest point at which [`tick`] would find something; nothing while no clock runs.
pub fn next_check_at(case: &Case) -> Option<Timestamp> {
    let clocks = case.deadlines.iter().filter(|clock| is_active(clock.state));
    let by_clock = clocks.map(|clock| match clock.state {
        DeadlineState::Running => clock.near_at.min(clock.due_at.plus_ms(1)),
        _ => clock.due_at.plus_ms(1),
    });
    let by_promise = next_promise(case)
        .and_then(|promise| promise.until)
        .map(|until| until.plus_ms(1));
    by_clock.chain(by_promise).min()
}

fn break_promises(draft: &mut Draft<'_>, now: Timestamp) -> bool {
    let due: Vec<u32> = timed_promises(&draft.case)
        .filter(|promise| promise.until.is_some_and(|until| now > until))
        .map(|promise| promise.number)
        .collect();
    for number in &due {
        draft.push(EventKind::PromiseSettled {
            number: *number,
            state: PromiseState::Broken,
        });
    }
    !due.is_empty()
}

fn overdue(clock: &Deadline, rules: &Rules) -> Bilingual {
    let (kind, due) = (clock.kind.entry(), spell(rules.calendar.zone(), clock.due_at));
    Bilingual::new(
        format!("“{}”应在 {} 前完成，已超时，请主管督办", kind.zh, due.zh),
        format!(
            "“{}” was due by {} and is late: a supervisor should step in.",
            kind.en, due.en
        ),
    )
}
