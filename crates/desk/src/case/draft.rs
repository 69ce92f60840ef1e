//! Events in the making: each is applied at once to a working copy, so that the next decision sees it.

use domain::{
    Actor, Bilingual, Case, CaseState, Deadline, DeadlineKind, DeadlineState, Event, EventKind, Message,
    MessageDirection, Promise, PromiseState, Timestamp,
};

use super::{apply, priority_of, severity_of};
use crate::{
    deadline::{self, ClockEvent, set_pack_clock},
    rules::Rules,
};

/// A case, what is about to happen to it, and by which rules.
pub(super) struct Draft<'r> {
    pub(super) case: Case,
    pub(super) rules: &'r Rules,
    pub(super) actor: Actor,
    pub(super) now: Timestamp,
    events: Vec<Event>,
}

impl<'r> Draft<'r> {
    /// A draft on a case. Time never runs backwards within a case, even when clocks of machines differ.
    pub(super) fn on(case: &Case, actor: &Actor, now: Timestamp, rules: &'r Rules) -> Self {
        Self {
            now: now.max(case.updated_at),
            case: case.clone(),
            rules,
            actor: actor.clone(),
            events: Vec::new(),
        }
    }

    /// A draft that continues a first event.
    pub(super) fn after(first: Event, case: Case, rules: &'r Rules) -> Self {
        Self {
            now: first.at,
            case,
            rules,
            actor: first.actor.clone(),
            events: vec![first],
        }
    }

    pub(super) fn into_events(self) -> Vec<Event> {
        self.events
    }

    pub(super) fn push(&mut self, kind: EventKind) {
        let event = Event {
            at: self.now,
            actor: self.actor.clone(),
            kind,
        };
        apply(&mut self.case, &event);
        self.events.push(event);
    }

    pub(super) fn move_to(&mut self, to: CaseState, because: Option<String>) {
        self.push(EventKind::StateChanged { to, because });
    }

    /// Adds a message in the case's own channel.
    pub(super) fn write(&mut self, direction: MessageDirection, text: String) {
        let message = Message {
            direction,
            text,
            channel: self.case.channel,
            by: self.actor.person().cloned(),
            at: self.now,
        };
        self.push(EventKind::MessageAdded { message });
    }

    pub(super) fn escalate(&mut self, because: Bilingual) {
        self.push(EventKind::Escalated { because });
    }

    /// Sets severity and priority anew when they changed.
    pub(super) fn grade(&mut self) {
        let (severity, because) = severity_of(&self.case, self.rules);
        let priority = priority_of(&self.case, severity, self.rules);
        let same = (severity, priority) == (self.case.severity, self.case.priority)
            && because == self.case.severity_because;
        if !same {
            self.push(EventKind::Graded {
                severity,
                priority,
                because,
            });
        }
    }

    /// Starts a clock now, or at an earlier point.
    pub(super) fn start(&mut self, kind: DeadlineKind, from: Timestamp) {
        if let Some(policy) = self.rules.policy(kind, self.case.severity) {
            let deadline = deadline::set_clock(policy, &self.rules.calendar, from);
            self.push(EventKind::DeadlineSet { deadline });
        }
    }

    /// Shortens the active clocks whose policy became stricter, counting from now, when that became known. A time once
    /// told is never put off.
    pub(super) fn tighten(&mut self) {
        for kind in [
            DeadlineKind::FirstResponse,
            DeadlineKind::Progress,
            DeadlineKind::Resolution,
        ] {
            let Some(due_at) = self.active(kind).map(|clock| clock.due_at) else {
                continue;
            };
            let Some(policy) = self.rules.policy(kind, self.case.severity) else {
                continue;
            };
            let deadline = deadline::set_clock(policy, &self.rules.calendar, self.now);
            if deadline.due_at < due_at {
                self.push(EventKind::DeadlineSet { deadline });
            }
        }
    }

    /// The clock of a kind while it still counts.
    pub(super) fn active(&self, kind: DeadlineKind) -> Option<&Deadline> {
        self.case
            .deadlines
            .iter()
            .find(|clock| clock.kind == kind && is_active(clock.state))
    }

    /// The clock of a kind while somebody waits for it, late or not.
    pub(super) fn awaited(&self, kind: DeadlineKind) -> Option<&Deadline> {
        let waits = |clock: &&Deadline| {
            is_active(clock.state) || matches!(clock.state, DeadlineState::Breached | DeadlineState::Paused)
        };
        self.case
            .deadlines
            .iter()
            .filter(waits)
            .find(|clock| clock.kind == kind)
    }

    /// Ends a clock because its work is done: met when in time. What was done late is breached and then stopped, so
    /// that a clock shown as breached is always one that somebody still waits for.
    pub(super) fn finish(&mut self, kind: DeadlineKind) {
        match self.active(kind).map(|clock| clock.due_at) {
            Some(due_at) if self.now <= due_at => self.push(EventKind::DeadlineMet { kind }),
            Some(_) => {
                self.push(EventKind::DeadlineBreached { kind });
                self.stop(kind);
            }
            // While it was paused no time ran out.
            None if self.is_paused(kind) => self.push(EventKind::DeadlineMet { kind }),
            None => self.stop(kind),
        }
    }

    fn is_paused(&self, kind: DeadlineKind) -> bool {
        let mut clocks = self.case.deadlines.iter();
        clocks.any(|clock| clock.kind == kind && clock.state == DeadlineState::Paused)
    }

    /// Lets an event end and start the clocks that rule packs hang on it.
    pub(super) fn note(&mut self, event: ClockEvent, from: Timestamp) {
        let ends = |clock: &&Deadline| {
            let row = self.rules.pack_clock(&clock.policy, clock.kind);
            row.is_some_and(|(_, row)| row.stop.contains(&event))
        };
        let ended: Vec<DeadlineKind> = self
            .case
            .deadlines
            .iter()
            .filter(ends)
            .map(|clock| clock.kind)
            .collect();
        for kind in ended {
            self.finish(kind);
        }
        self.start_by(event, from, |_, _| true);
    }

    /// Starts the clocks that packs hang on an event, as far as `wanted` says so of a pack's key and a kind; of several
    /// rules for one kind the strictest counts. A clock that runs is never put off, and one that is late or paused keeps
    /// standing as it is.
    pub(super) fn start_by(
        &mut self,
        event: ClockEvent,
        from: Timestamp,
        wanted: impl Fn(&str, DeadlineKind) -> bool,
    ) {
        let rules = self.rules;
        let packs: Vec<_> = self
            .case
            .packs
            .iter()
            .filter_map(|key| rules.packs.get(key))
            .collect();
        let rows = packs
            .iter()
            .flat_map(|pack| pack.clocks.iter().map(move |row| (pack, row)));
        for (pack, row) in rows.filter(|(_, row)| row.start == event) {
            if self.is_over(row) || !wanted(&pack.key, row.policy.rule.kind) {
                continue;
            }
            let deadline = set_pack_clock(row, rules.calendar_of(&pack.key), from, 0, 0);
            let stricter = |clock: &Deadline| is_active(clock.state) && deadline.due_at < clock.due_at;
            if self.awaited(deadline.kind).is_none_or(stricter) {
                self.push(EventKind::DeadlineSet { deadline });
            }
        }
    }

    /// Whether what would end a clock has happened already.
    fn is_over(&self, row: &deadline::PackClock) -> bool {
        let reached = ClockEvent::of_state(self.case.state).is_some_and(|event| row.stop.contains(&event));
        let answered = self.case.state != CaseState::Received && row.stop.contains(&ClockEvent::Answered);
        let examined = self.case.valid.is_some() && row.stop.contains(&ClockEvent::Examined);
        reached || answered || examined
    }

    /// Stops a clock that nobody waits for any more.
    pub(super) fn stop(&mut self, kind: DeadlineKind) {
        if self.awaited(kind).is_some() {
            self.push(EventKind::DeadlineStopped { kind });
        }
    }

    /// Stops every clock that somebody waits for.
    pub(super) fn stop_all(&mut self) {
        let kinds: Vec<_> = self.case.deadlines.iter().map(|clock| clock.kind).collect();
        for kind in kinds {
            self.stop(kind);
        }
    }

    /// Enters a promise with the next number.
    pub(super) fn promise(&mut self, mut promise: Promise) {
        promise.number = self
            .case
            .promises
            .iter()
            .map(|entry| entry.number)
            .max()
            .unwrap_or(0)
            .saturating_add(1);
        self.push(EventKind::PromiseMade { promise });
    }

    /// Lets the promise clock show the open promise that is due first, or none.
    pub(super) fn follow_promises(&mut self) {
        let next = next_promise(&self.case).cloned();
        let current = self.active(DeadlineKind::Promise).map(|clock| clock.due_at);
        match next {
            Some(Promise {
                what,
                until: Some(until),
                made_at,
                ..
            }) if current != Some(until.max(made_at)) => {
                if let Some(policy) = self.rules.policy(DeadlineKind::Promise, self.case.severity) {
                    let calendar = &self.rules.calendar;
                    let deadline = deadline::set_promised(policy, calendar, made_at, until, &what);
                    self.push(EventKind::DeadlineSet { deadline });
                }
            }
            _ => {}
        }
    }
}

/// Whether a clock still counts.
pub(super) fn is_active(state: DeadlineState) -> bool {
    matches!(state, DeadlineState::Running | DeadlineState::Near)
}

/// The open promises with a time. Those of a case that was withdrawn or joined into another are not waited for here.
pub(super) fn timed_promises(case: &Case) -> impl Iterator<Item = &Promise> {
    let waits = !matches!(case.state, CaseState::Withdrawn | CaseState::Merged);
    case.promises
        .iter()
        .filter(move |promise| waits && promise.state == PromiseState::Open && promise.until.is_some())
}

/// The open promise with the earliest time.
pub(super) fn next_promise(case: &Case) -> Option<&Promise> {
    timed_promises(case).min_by_key(|promise| (promise.until, promise.number))
}
