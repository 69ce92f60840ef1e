//! What a person's own copy holds of a case (PIPL, art. 45): what came from the person, what was told to the person and
//! what was read of the person. What the desk keeps to itself has no place in it.

use domain::{Case, Event, EventKind, Language, MessageDirection, Proposal};
use wire::{
    event::CaseEvent,
    message::Message,
    rights::{ExportedCase, PersonCase},
};

use crate::{App, AppError};

impl App {
    pub(crate) async fn export_case(
        &self,
        case: &Case,
        language: Language,
    ) -> Result<ExportedCase, AppError> {
        let mut own = case.clone();
        own.proposal = case.proposal.clone().filter(was_told);
        let use_temperament = self.privacy().await?.use_temperament;
        self.take_out_judgment(case.customer.as_ref(), use_temperament, &mut own.analysis)
            .await?;
        let events = self.store().events(&case.id).await?.into_iter();
        let told = events.filter_map(|stored| {
            let event = for_the_person(stored.event)?;
            Some(CaseEvent::of(stored.sequence, stored.index + 1, &event, language))
        });
        let messages = case.messages.iter();
        Ok(ExportedCase {
            case: PersonCase::of(&own, language),
            events: told.collect(),
            messages: messages
                .filter(|message| message.direction != MessageDirection::Internal)
                .map(Message::from)
                .collect(),
        })
    }
}

/// A proposal that waits for approval was not told yet.
fn was_told(proposal: &Proposal) -> bool {
    !proposal.needs_approval
}

/// The event as the person may have it; nothing when it stays inside. What is not listed stays inside, and so do the
/// reasons that colleagues give each other.
fn for_the_person(event: Event) -> Option<Event> {
    let kind = match event.kind {
        EventKind::StateChanged { to, .. } => EventKind::StateChanged { to, because: None },
        EventKind::PacksApplied { packs, .. } => EventKind::PacksApplied { packs, reason: None },
        EventKind::TimeDecided { granted, .. } => EventKind::TimeDecided {
            granted,
            reason: None,
        },
        EventKind::MessageAdded { message } if message.direction == MessageDirection::Internal => {
            return None;
        }
        EventKind::Proposed { proposal } if !was_told(&proposal) => return None,
        kind @ (EventKind::Received { .. }
        | EventKind::MessageAdded { .. }
        | EventKind::Proposed { .. }
        | EventKind::PromiseMade { .. }
        | EventKind::PromiseSettled { .. }
        | EventKind::DeadlineSet { .. }
        | EventKind::DeadlineMet { .. }
        | EventKind::DeadlineBreached { .. }
        | EventKind::DeadlineStopped { .. }
        | EventKind::Closed { .. }
        | EventKind::Attached { .. }
        | EventKind::PreventionTold { .. }
        | EventKind::Erased { .. }) => kind,
        _ => return None,
    };
    Some(Event { kind, ..event })
}
