//! The history of a case as JSON: who did what when, as a sentence and as data.

use domain::{Event, EventKind, FacetValue, Language, Vocabulary};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::{
    analysis::Analysis,
    case::{Closure, Person, Proposal, deadline_of, promise_of},
    keeping::{Attachment, Statement, TimeRequest},
    key::{Key, RoleKey, keys_of},
    message::Message,
    plan::localize,
    time::rfc3339,
};

mod summary;

pub use summary::summarize;

/// Who acted; null stands for the product itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct EventActor {
    /// The identity.
    pub id: String,
    /// The name.
    pub name: String,
    /// The role that gave the right.
    pub role: RoleKey,
}

/// One thing that happened to a case.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct CaseEvent {
    /// The place in the history of the whole desk.
    pub sequence: i64,
    /// The place in the history of the case, from 1.
    pub index: u32,
    /// When.
    pub at: String,
    /// Who; null for the product itself.
    pub actor: Option<EventActor>,
    /// What, as a stable name such as `state_changed`.
    pub kind: &'static str,
    /// What, as a sentence.
    pub summary: String,
    /// What, as data.
    #[schema(value_type = Object)]
    pub data: Value,
}

/// The history of a case, oldest first.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct EventList {
    /// The events.
    pub items: Vec<CaseEvent>,
}

/// What the live stream tells about one event (`event: case`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct LiveEvent {
    /// The case.
    pub id: String,
    /// The number people say.
    pub number: String,
    /// The version after the event.
    pub version: u32,
    /// The state of the case.
    pub state: crate::key::CaseStateKey,
    /// What happened, as in the history.
    pub kind: String,
}

impl CaseEvent {
    /// The JSON shape of an event, already masked when it is to be, in one language.
    pub fn of(sequence: i64, index: u32, event: &Event, language: Language) -> Self {
        let actor = event.actor.person().map(|person| EventActor {
            id: person.id.0.clone(),
            name: person.name.clone(),
            role: Key(event.actor.role()),
        });
        Self {
            sequence,
            index,
            at: rfc3339(event.at),
            actor,
            kind: kind_of(&event.kind),
            summary: summarize(&event.kind).in_language(language).to_owned(),
            data: data_of(&event.kind, language),
        }
    }
}

/// The stable name of a kind of event.
pub fn kind_of(kind: &EventKind) -> &'static str {
    match kind {
        EventKind::Received { .. } => "received",
        EventKind::StateChanged { .. } => "state_changed",
        EventKind::Graded { .. } => "graded",
        EventKind::Assigned { .. } => "assigned",
        EventKind::FacetsConfirmed { .. } => "facets_confirmed",
        EventKind::ValidityVerified { .. } => "validity_verified",
        EventKind::InvestigationStarted { .. } => "investigation_started",
        EventKind::CorePositionSet { .. } => "core_position_set",
        EventKind::Proposed { .. } => "proposed",
        EventKind::Approved { .. } => "approved",
        EventKind::SentBack { .. } => "sent_back",
        EventKind::DeadlineSet { .. } => "deadline_set",
        EventKind::DeadlineMet { .. } => "deadline_met",
        EventKind::DeadlineNear { .. } => "deadline_near",
        EventKind::DeadlineBreached { .. } => "deadline_breached",
        EventKind::DeadlineStopped { .. } => "deadline_stopped",
        EventKind::PromiseMade { .. } => "promise_made",
        EventKind::PromiseSettled { .. } => "promise_settled",
        EventKind::MessageAdded { .. } => "message_added",
        EventKind::Changed { .. } => "changed",
        EventKind::Closed { .. } => "closed",
        EventKind::FollowedUp { .. } => "followed_up",
        EventKind::Merged { .. } => "merged",
        EventKind::ParentLinked { .. } => "parent_linked",
        EventKind::Unmasked { .. } => "unmasked",
        EventKind::WarningOverruled { .. } => "warning_overruled",
        EventKind::RulebookChanged { .. } => "rulebook_changed",
        EventKind::Escalated { .. } => "escalated",
        EventKind::PacksApplied { .. } => "packs_applied",
        EventKind::TimeRequested { .. } => "time_requested",
        EventKind::TimeDecided { .. } => "time_decided",
        EventKind::Unmerged { .. } => "unmerged",
        EventKind::NatureTurned { .. } => "nature_turned",
        EventKind::Attached { .. } => "attached",
        EventKind::StatementProposed { .. } => "statement_proposed",
        EventKind::StatementApproved { .. } => "statement_approved",
        EventKind::PreventionTold { .. } => "prevention_told",
        EventKind::Erased { .. } => "erased",
    }
}

fn data_of(kind: &EventKind, language: Language) -> Value {
    match kind {
        EventKind::Received {
            number,
            title,
            channel,
            received_at,
            demo,
            ..
        } => json!({
            "number": number, "title": title, "channel": channel.key(),
            "received_at": rfc3339(*received_at), "demo": demo,
        }),
        EventKind::StateChanged { to, because } => json!({"to": to.key(), "because": because}),
        EventKind::Graded {
            severity,
            priority,
            because,
        } => json!({
            "severity": severity.level(), "priority": priority.level(),
            "because": localize(because, language),
        }),
        EventKind::Assigned { owner } => json!({"owner": Person::from(owner)}),
        EventKind::FacetsConfirmed {
            corrections,
            reason,
            analysis,
        } => json!({
            "corrections": corrections_of(corrections), "reason": reason,
            "analysis": Analysis::of(analysis, None),
        }),
        EventKind::ValidityVerified { valid, reason } => json!({"valid": valid, "reason": reason}),
        EventKind::InvestigationStarted { question } => json!({"question": question}),
        EventKind::CorePositionSet { position } => json!({"position": position}),
        EventKind::Proposed { proposal } => json!({"proposal": Proposal::from(proposal)}),
        EventKind::Approved { by, reason } => {
            json!({"by": by.as_ref().map(Person::from), "reason": reason})
        }
        EventKind::SentBack { by, reason } => json!({"by": by.as_ref().map(Person::from), "reason": reason}),
        EventKind::DeadlineSet { deadline } => json!({"deadline": deadline_of(deadline, language)}),
        EventKind::DeadlineMet { kind }
        | EventKind::DeadlineNear { kind }
        | EventKind::DeadlineBreached { kind }
        | EventKind::DeadlineStopped { kind } => json!({"kind": kind.key()}),
        other => data_of_dealings(other, language),
    }
}

/// The data of what passed between desk and customer.
fn data_of_dealings(kind: &EventKind, language: Language) -> Value {
    match kind {
        EventKind::PromiseMade { promise } => json!({"promise": promise_of(promise)}),
        EventKind::PromiseSettled { number, state } => json!({"number": number, "state": state.key()}),
        EventKind::MessageAdded { message } => json!({"message": Message::from(message)}),
        EventKind::Changed { what, to } => json!({"what": what.key(), "to": to}),
        EventKind::Closed { closure } => json!({"closure": Closure::from(closure)}),
        EventKind::FollowedUp { note, satisfied } => json!({"note": note, "satisfied": satisfied}),
        EventKind::Merged { into } => json!({"into": into.0}),
        EventKind::ParentLinked { parent } => json!({"parent": parent.0}),
        EventKind::Unmasked { reason } => json!({"reason": reason}),
        EventKind::WarningOverruled { reason, overruled } => {
            json!({"reason": reason, "overruled": overruled})
        }
        EventKind::RulebookChanged { version } => json!({"version": version}),
        EventKind::Escalated { because } => json!({"because": because.in_language(language)}),
        other => data_of_keeping(other, language),
    }
}

/// The data of clocks of rules, incidents, files and erasure.
fn data_of_keeping(kind: &EventKind, language: Language) -> Value {
    match kind {
        EventKind::PacksApplied { packs, reason } => json!({"packs": packs, "reason": reason}),
        EventKind::TimeRequested { request } => json!({"request": TimeRequest::from(request)}),
        EventKind::TimeDecided { granted, reason } => json!({"granted": granted, "reason": reason}),
        EventKind::Unmerged { reason } | EventKind::Erased { reason } => json!({"reason": reason}),
        EventKind::NatureTurned { from, because } => {
            json!({"from": from.key(), "because": because.in_language(language)})
        }
        EventKind::Attached { attachment } => json!({"attachment": Attachment::from(attachment)}),
        EventKind::StatementProposed { statement } => json!({"statement": Statement::from(statement)}),
        EventKind::StatementApproved { by } => json!({"by": by.as_ref().map(Person::from)}),
        EventKind::PreventionTold { action } => json!({"action": action}),
        _ => json!({}),
    }
}

/// The corrections in the shape in which the command takes them.
pub fn corrections_of(corrections: &[FacetValue]) -> Value {
    let entries = corrections.iter().map(|correction| match correction {
        FacetValue::Complaint(value) => ("complaint", json!(value)),
        FacetValue::Psychology(primary, secondary) => (
            "psychology",
            json!({"primary": primary.key(), "secondary": secondary.map(Vocabulary::key)}),
        ),
        FacetValue::Motives(values) => ("motives", json!(keys_of(values))),
        FacetValue::Emotion(stage, intensity) => (
            "emotion",
            json!({"stage": stage.key(), "intensity": *intensity as u8}),
        ),
        FacetValue::Subjects(values) => ("subjects", json!(keys_of(values))),
        FacetValue::Nature(value) => ("nature", json!(value.key())),
        FacetValue::Stance(value) => ("stance", json!(value.key())),
        FacetValue::AngerType(value) => ("anger_type", json!(value.key())),
        FacetValue::Causes(values) => ("causes", json!(keys_of(values))),
        FacetValue::Risks(values) => ("risks", json!(keys_of(values))),
        FacetValue::Temperament(value) => ("temperament", json!(value.key())),
        FacetValue::Expectation(value) => ("expectation", json!(value.key())),
    });
    entries
        .map(|(name, value)| (name.to_owned(), value))
        .collect::<serde_json::Map<_, _>>()
        .into()
}
