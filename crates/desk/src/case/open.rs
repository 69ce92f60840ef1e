//! Opening a case: the first events, from a complaint that was read.

use domain::{
    Actor, Analysis, Bilingual, CaseId, Complaint, CustomerId, DeadlineKind, Event, EventKind, Promise,
    PromiseFound, PromiseState, Severity, Timestamp,
};

use super::{draft::Draft, replay};
use crate::{deadline::ClockEvent, rules::Rules};

/// Everything a new case starts from.
#[derive(Clone, Debug, PartialEq)]
pub struct NewCase {
    /// The new identity.
    pub id: CaseId,
    /// The number people say.
    pub number: String,
    /// A short title.
    pub title: String,
    /// What came in.
    pub complaint: Complaint,
    /// The customer, when known.
    pub customer: Option<CustomerId>,
    /// What was read.
    pub analysis: Analysis,
    /// The rule packs that set clocks beside the house's.
    pub packs: Vec<String>,
    /// Whether the record is made for demonstration.
    pub demo: bool,
}

/// The events that open a case: received, graded, the first clocks, the promises the text tells of.
pub fn open(new: NewCase, actor: &Actor, now: Timestamp, rules: &Rules) -> Vec<Event> {
    let received_at = new.complaint.received_at.unwrap_or(now).min(now);
    let found = new.analysis.expectation.promises.clone();
    let first = Event {
        at: now,
        actor: actor.clone(),
        kind: EventKind::Received {
            id: new.id,
            number: new.number,
            title: new.title,
            text: new.complaint.text,
            channel: new.complaint.channel,
            matter: new.complaint.matter,
            customer: new.customer,
            analysis: Box::new(new.analysis),
            received_at,
            demo: new.demo,
            rulebook: rules.version().map(str::to_owned),
        },
    };
    let case = replay([&first]).expect("it begins with a received complaint");
    let mut draft = Draft::after(first, case, rules);
    let channel = draft.case.channel;
    let covers = |key: &String| rules.packs.get(key).is_some_and(|pack| pack.covers(channel));
    let packs: Vec<String> = new.packs.into_iter().filter(covers).collect();
    if !packs.is_empty() {
        draft.push(EventKind::PacksApplied { packs, reason: None });
    }
    draft.grade();
    draft.start(DeadlineKind::FirstResponse, received_at);
    draft.start(DeadlineKind::Resolution, received_at);
    draft.note(ClockEvent::Received, received_at);
    for promise in &found {
        let promise = entry(promise, &draft);
        draft.promise(promise);
    }
    draft.follow_promises();
    // What was promised and broken makes the case more urgent.
    draft.grade();
    if draft.case.severity == Severity::Critical {
        draft.escalate(Bilingual::new(
            "严重程度为“重大”，请主管马上介入",
            "The case is critical: a supervisor should come in at once.",
        ));
    }
    draft.into_events()
}

/// A promise a customer tells of is kept, late or broken only when the words say so; its time counts only while it lies
/// ahead.
fn entry(found: &PromiseFound, draft: &Draft<'_>) -> Promise {
    let quote = &found.quote;
    let until = found.due.map(|due| draft.rules.calendar.end_of(due));
    let broken = found.broken.then_some(PromiseState::Broken);
    Promise {
        number: 0,
        by: found.by.clone(),
        what: quote.words().to_owned(),
        until: until.filter(|until| *until > draft.now && found.told.is_none() && !found.broken),
        made_at: draft.now,
        state: found.told.or(broken).unwrap_or(PromiseState::Open),
        quote: Some(quote.clone()),
    }
}
