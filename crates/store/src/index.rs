//! What lists and counts know of a case: its columns, read off the case.

use domain::{
    Case, CaseState, DeadlineKind, DeadlineState, Event, EventKind, MessageDirection, Timestamp, Vocabulary,
};

use crate::{
    NextDeadline,
    db::{Value, values},
    facets,
};

/// The time that never comes; sorts behind every other.
pub(crate) const NEVER: i64 = i64::MAX;

/// The columns a change of a case sets, in the order of [`columns`].
pub(crate) const COLUMNS: &[&str] = &[
    "state",
    "open",
    "channel",
    "psychology",
    "emotion",
    "intensity",
    "nature",
    "stance",
    "severity",
    "urgency",
    "owner",
    "customer",
    "parent",
    "product",
    "site",
    "team",
    "outcome",
    "csat",
    "demo",
    "received_at",
    "opened_at",
    "updated_at",
    "next_due_at",
    "facets",
    "tags",
    "erased",
];

/// The values of [`COLUMNS`].
pub(crate) fn columns(case: &Case) -> Vec<Value> {
    let analysis = &case.analysis;
    let matter = &case.matter;
    values![
        case.state.key(),
        !case.state.is_final(),
        case.channel.key(),
        analysis.psychology.primary.value().key(),
        analysis.emotion.stage.value().key(),
        i64::from(analysis.emotion.intensity.level()),
        analysis.nature.value().key(),
        analysis.stance.value.key(),
        i64::from(case.severity.level()),
        urgency(case),
        case.owner.as_ref().map(|owner| owner.id.as_str()),
        case.customer.as_ref().map(|customer| customer.as_str()),
        case.parent.as_ref().map(|parent| parent.as_str()),
        matter.product.as_deref(),
        matter.site.as_deref(),
        matter.team.as_deref(),
        case.closure.as_ref().map(|closure| closure.outcome.key()),
        case.closure
            .as_ref()
            .and_then(|closure| closure.csat)
            .map(i64::from),
        case.demo,
        case.received_at.0,
        case.opened_at.0,
        case.updated_at.0,
        next_due_at(case),
        facets::facets_of(case),
        facets::tags_of(case),
        case.erased,
    ]
}

/// 1 for the most urgent priority, 4 for the least.
pub(crate) fn urgency(case: &Case) -> i64 {
    5 - i64::from(case.priority.level())
}

/// When the most pressing clock is due, or never.
pub(crate) fn next_due_at(case: &Case) -> i64 {
    next_deadline(case).map_or(NEVER, |next| next.due_at.0)
}

/// The most pressing clock: the earliest that still counts.
pub(crate) fn next_deadline(case: &Case) -> Option<NextDeadline> {
    let counts = |state| {
        matches!(
            state,
            DeadlineState::Running | DeadlineState::Near | DeadlineState::Breached
        )
    };
    let clocks = case.deadlines.iter().filter(|clock| counts(clock.state));
    clocks
        .min_by_key(|clock| (clock.due_at, clock.kind))
        .map(|clock| NextDeadline {
            kind: clock.kind,
            due_at: clock.due_at,
            state: clock.state,
        })
}

/// When the customer was first answered, as far as these events tell: the clock was met, the case was
/// acknowledged, or a message went out.
pub(crate) fn first_answer_at(events: &[Event]) -> Option<Timestamp> {
    let is_answer = |kind: &EventKind| match kind {
        EventKind::DeadlineMet { kind } => *kind == DeadlineKind::FirstResponse,
        EventKind::StateChanged { to, .. } => *to == CaseState::Acknowledged,
        EventKind::MessageAdded { message } => message.direction == MessageDirection::Outbound,
        _ => false,
    };
    events
        .iter()
        .find(|event| is_answer(&event.kind))
        .map(|event| event.at)
}
