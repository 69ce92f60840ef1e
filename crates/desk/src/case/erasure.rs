//! What is left of a case when a person's data are erased (PIPL, art. 47): the facts that are counted, no words.

use domain::{Actor, Event, EventKind, Matter, Timestamp};

/// The history with every free word covered by `cover`, and the event that says so. `cover` keeps the length in code
/// points, so that spans stay true; everything that is counted stays as it was.
pub fn erased(
    events: &[Event],
    actor: &Actor,
    now: Timestamp,
    reason: &str,
    cover: impl Fn(&Event) -> Event,
) -> (Vec<Event>, Event) {
    let covered: Vec<Event> = events.iter().map(|event| scrub(cover(event))).collect();
    let last = events.last().map_or(now, |event| event.at.max(now));
    let erasure = Event {
        at: last,
        actor: actor.clone(),
        kind: EventKind::Erased {
            reason: reason.to_owned(),
        },
    };
    (covered, erasure)
}

/// The event that puts another reading in the place of the stored one, because the customer refused a machine's judgment
/// or allowed it again; nothing else of the case follows from it.
pub fn judged_again(
    case: &domain::Case,
    analysis: domain::Analysis,
    actor: &Actor,
    now: Timestamp,
    reason: &str,
) -> Event {
    Event {
        at: now.max(case.updated_at),
        actor: actor.clone(),
        kind: EventKind::FacetsConfirmed {
            corrections: Vec::new(),
            reason: Some(reason.to_owned()),
            analysis: Box::new(analysis),
        },
    }
}

/// What the matter knows of one person; words are covered by whoever covers.
fn scrub(mut event: Event) -> Event {
    if let EventKind::Received { matter, .. } = &mut event.kind {
        *matter = Matter {
            order: None,
            ..matter.clone()
        };
    }
    event
}
