//! One case being told: commands at times, the clock ticking in between, all by the rules of the desk.

use desk::{Context, NewCase, Rules};
use domain::{Actor, Analysis, Case, Command, Deadline, DeadlineKind, DeadlineState, Event, Timestamp};

/// A case with its whole history.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// The case as it stands.
    pub case: Case,
    /// Everything that happened to it; replaying it gives the case.
    pub events: Vec<Event>,
    /// Commands the desk refused, which none should be.
    pub(crate) refused: Vec<String>,
}

/// A case whose history is being made.
pub(crate) struct Story<'r> {
    told: Told,
    rules: &'r Rules,
    until: Timestamp,
}

impl<'r> Story<'r> {
    pub(crate) fn open(
        new: NewCase,
        actor: &Actor,
        at: Timestamp,
        rules: &'r Rules,
        until: Timestamp,
    ) -> Self {
        let events = desk::open(new, actor, at, rules);
        let case = desk::replay(&events).expect("opening begins with a received complaint");
        let told = Told {
            case,
            events,
            refused: Vec::new(),
        };
        Self { told, rules, until }
    }

    pub(crate) fn case(&self) -> &Case {
        &self.told.case
    }

    pub(crate) fn events(&self) -> &[Event] {
        &self.told.events
    }

    /// The clock of a kind while it counts.
    pub(crate) fn clock(&self, kind: DeadlineKind) -> Option<&Deadline> {
        let active = |clock: &&Deadline| matches!(clock.state, DeadlineState::Running | DeadlineState::Near);
        self.told
            .case
            .deadlines
            .iter()
            .filter(active)
            .find(|clock| clock.kind == kind)
    }

    /// Gives a command at a time; nothing when the story ends before.
    pub(crate) fn act(
        &mut self,
        at: Timestamp,
        actor: &Actor,
        command: Command,
        corrected: Option<Analysis>,
    ) -> Option<()> {
        if at > self.until {
            return None;
        }
        self.wait(at);
        let context = Context {
            now: at,
            rules: self.rules,
            corrected,
            warnings: Vec::new(),
        };
        match desk::decide(&self.told.case, command, actor, &context) {
            Ok(events) => self.apply(events),
            Err(refusal) => self.told.refused.push(refusal.because.en),
        }
        Some(())
    }

    /// Lets the clock tick up to a time.
    fn wait(&mut self, at: Timestamp) {
        while let Some(due) = desk::next_check_at(&self.told.case).filter(|due| *due <= at) {
            let events = desk::tick(&self.told.case, due, self.rules);
            if events.is_empty() {
                return;
            }
            self.apply(events);
        }
    }

    fn apply(&mut self, events: Vec<Event>) {
        for event in events {
            desk::apply(&mut self.told.case, &event);
            self.told.events.push(event);
        }
    }

    /// The story as it stands at its end.
    pub(crate) fn finish(mut self) -> Told {
        self.wait(self.until);
        self.told
    }
}
