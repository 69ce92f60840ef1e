//! How an event changes a case; the only place where a case changes.

use domain::{
    Case, CaseState, Deadline, DeadlineKind, DeadlineState, Event, EventKind, Joined, Priority, PromiseState,
    Severity,
};

use super::{draft::is_active, nature::valid_after};

/// The case these events tell of; nothing when they do not begin with a received complaint.
pub fn replay<'e>(events: impl IntoIterator<Item = &'e Event>) -> Option<Case> {
    let mut events = events.into_iter();
    let mut case = receive(events.next()?)?;
    for event in events {
        apply(&mut case, event);
    }
    Some(case)
}

/// Applies one event. An event always applies: what may happen was decided before it was made.
pub fn apply(case: &mut Case, event: &Event) {
    case.version = case.version.saturating_add(1);
    case.updated_at = case.updated_at.max(event.at);
    match &event.kind {
        EventKind::StateChanged { to, .. } => change_state(case, *to),
        EventKind::Graded {
            severity,
            priority,
            because,
        } => {
            case.severity = *severity;
            case.priority = *priority;
            case.severity_because.clone_from(because);
        }
        EventKind::Assigned { owner } => case.owner = Some(owner.clone()),
        EventKind::FacetsConfirmed { analysis, .. } => {
            let (before, after) = (case.analysis.nature.value(), analysis.nature.value());
            if before != after {
                case.earlier_natures.push(before);
            }
            case.analysis = (**analysis).clone();
        }
        EventKind::ValidityVerified { valid, .. } => case.valid = Some(*valid),
        EventKind::CorePositionSet { position } => case.core_position = Some(position.clone()),
        EventKind::Proposed { proposal } => case.proposal = Some(proposal.clone()),
        EventKind::Approved { by, .. } => {
            if let Some(proposal) = &mut case.proposal {
                proposal.approved_by.clone_from(by);
                proposal.needs_approval = false;
            }
        }
        EventKind::SentBack { .. } => case.proposal = None,
        EventKind::DeadlineSet { deadline } => set_deadline(case, deadline),
        EventKind::DeadlineMet { kind } => mark(case, *kind, DeadlineState::Met),
        EventKind::DeadlineNear { kind } => mark(case, *kind, DeadlineState::Near),
        EventKind::DeadlineBreached { kind } => mark(case, *kind, DeadlineState::Breached),
        EventKind::DeadlineStopped { kind } => mark(case, *kind, DeadlineState::Stopped),
        EventKind::PromiseMade { promise } => case.promises.push(promise.clone()),
        EventKind::PromiseSettled { number, state } => settle(case, *number, *state),
        EventKind::MessageAdded { message } => case.messages.push(message.clone()),
        EventKind::Changed { what, .. } => case.changes.push(*what),
        EventKind::Closed { closure } => case.closure = Some(closure.clone()),
        EventKind::Merged { into } => join(case, into),
        EventKind::Unmerged { .. } => case.merged_into = None,
        EventKind::PacksApplied { packs, .. } => case.packs.clone_from(packs),
        EventKind::TimeRequested { request } => case.time_request = Some(request.clone()),
        EventKind::TimeDecided { .. } => case.time_request = None,
        EventKind::NatureTurned { from, .. } => {
            case.earlier_natures.push(*from);
            case.analysis.nature = valid_after(&case.analysis.nature);
        }
        EventKind::Attached { attachment } => case.attachments.push(attachment.clone()),
        EventKind::StatementProposed { statement } => case.statement = Some(statement.clone()),
        EventKind::StatementApproved { by } => {
            if let Some(statement) = &mut case.statement {
                statement.approved_by.clone_from(by);
            }
        }
        EventKind::PreventionTold { action } => case.preventions.push(action.clone()),
        EventKind::Erased { .. } => case.erased = true,
        EventKind::ParentLinked { parent } => case.parent = Some(parent.clone()),
        EventKind::InvestigationStarted { .. } => case.investigated_at = Some(event.at),
        EventKind::RulebookChanged { version } => case.rulebook = Some(version.clone()),
        EventKind::Received { .. }
        | EventKind::FollowedUp { .. }
        | EventKind::Unmasked { .. }
        | EventKind::WarningOverruled { .. }
        | EventKind::Escalated { .. } => {}
    }
}

/// A reopened case has no closure any more: its events keep the earlier one.
fn change_state(case: &mut Case, to: CaseState) {
    if case.state == CaseState::Merged && to != CaseState::Merged {
        case.joined = None;
    } else if case.state.is_final() && !to.is_final() {
        case.reopened = case.reopened.saturating_add(1);
        case.closure = None;
    }
    if to.is_final() {
        case.time_request = None;
    }
    case.state = to;
}

/// A case joined into another remembers how it stood, for the day somebody finds that it was another matter.
fn join(case: &mut Case, into: &domain::CaseId) {
    case.merged_into = Some(into.clone());
    let counting = |clock: &&Deadline| {
        let state = clock.state;
        is_active(state) || matches!(state, DeadlineState::Breached | DeadlineState::Paused)
    };
    case.joined = Some(Joined {
        from: case.state,
        clocks: case.deadlines.iter().filter(counting).cloned().collect(),
    });
}

/// A case has at most one clock of a kind: setting it anew replaces it.
fn set_deadline(case: &mut Case, deadline: &Deadline) {
    match case
        .deadlines
        .iter_mut()
        .find(|clock| clock.kind == deadline.kind)
    {
        Some(clock) => clock.clone_from(deadline),
        None => case.deadlines.push(deadline.clone()),
    }
}

fn mark(case: &mut Case, kind: DeadlineKind, state: DeadlineState) {
    if let Some(clock) = case.deadlines.iter_mut().find(|clock| clock.kind == kind) {
        clock.state = state;
    }
}

fn settle(case: &mut Case, number: u32, state: PromiseState) {
    if let Some(promise) = case.promises.iter_mut().find(|promise| promise.number == number) {
        promise.state = state;
    }
}

fn receive(event: &Event) -> Option<Case> {
    let EventKind::Received {
        id,
        number,
        title,
        text,
        channel,
        matter,
        customer,
        analysis,
        received_at,
        demo,
        rulebook,
    } = &event.kind
    else {
        return None;
    };
    Some(Case {
        id: id.clone(),
        number: number.clone(),
        version: 1,
        state: CaseState::Received,
        title: title.clone(),
        text: text.clone(),
        channel: *channel,
        matter: matter.clone(),
        customer: customer.clone(),
        owner: None,
        analysis: (**analysis).clone(),
        earlier_natures: Vec::new(),
        valid: None,
        severity: Severity::Minor,
        severity_because: Vec::new(),
        priority: Priority::Low,
        deadlines: Vec::new(),
        packs: Vec::new(),
        time_request: None,
        promises: Vec::new(),
        core_position: None,
        proposal: None,
        changes: Vec::new(),
        messages: Vec::new(),
        closure: None,
        parent: None,
        merged_into: None,
        joined: None,
        attachments: Vec::new(),
        statement: None,
        preventions: Vec::new(),
        erased: false,
        reopened: 0,
        rulebook: rulebook.clone(),
        investigated_at: None,
        demo: *demo,
        received_at: *received_at,
        opened_at: event.at,
        updated_at: event.at,
    })
}
