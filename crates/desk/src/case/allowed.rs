//! Which commands fit which state, and which role may give them.

use domain::{
    Case, CaseState, Command, CommandKind, DeadlineKind, DeadlineState, Promise, PromiseState, Role,
    ThreeChange, Vocabulary, Waiting,
};

use crate::rules::Rules;

/// The commands this role could give now. Details of a command may still be refused.
pub fn allowed(case: &Case, role: Role, rules: &Rules) -> Vec<CommandKind> {
    let all = CommandKind::ALL.iter().copied();
    all.filter(|kind| rules.may(role, *kind) && fits(*kind, case))
        .collect()
}

/// The kind of a command.
pub fn kind_of(command: &Command) -> CommandKind {
    match command {
        Command::Acknowledge { .. } => CommandKind::Acknowledge,
        Command::Assign { .. } => CommandKind::Assign,
        Command::ConfirmFacets { .. } => CommandKind::ConfirmFacets,
        Command::VerifyValidity { .. } => CommandKind::VerifyValidity,
        Command::StartInvestigation { .. } => CommandKind::StartInvestigation,
        Command::Propose { .. } => CommandKind::Propose,
        Command::Approve { .. } => CommandKind::Approve,
        Command::SendBack { .. } => CommandKind::SendBack,
        Command::Agree => CommandKind::Agree,
        Command::Remedy { .. } => CommandKind::Remedy,
        Command::Verify { .. } => CommandKind::Verify,
        Command::Close { .. } => CommandKind::Close,
        Command::FollowUp { .. } => CommandKind::FollowUp,
        Command::Reopen { .. } => CommandKind::Reopen,
        Command::Refuse { .. } => CommandKind::Refuse,
        Command::Withdraw { .. } => CommandKind::Withdraw,
        Command::Merge { .. } => CommandKind::Merge,
        Command::LinkParent { .. } => CommandKind::LinkParent,
        Command::Promise { .. } => CommandKind::Promise,
        Command::KeepPromise { .. } => CommandKind::KeepPromise,
        Command::ReportProgress { .. } => CommandKind::ReportProgress,
        Command::Change {
            what: ThreeChange::Person,
            ..
        } => CommandKind::ChangePerson,
        Command::Change {
            what: ThreeChange::Place,
            ..
        } => CommandKind::ChangePlace,
        Command::Change {
            what: ThreeChange::Time,
            ..
        } => CommandKind::ChangeTime,
        Command::SendMessage { .. } => CommandKind::SendMessage,
        Command::Note { .. } => CommandKind::Note,
        Command::Unmask { .. } => CommandKind::Unmask,
        Command::ApplyPacks { .. } => CommandKind::ApplyPacks,
        Command::RequestTime { .. } => CommandKind::RequestTime,
        Command::DecideTime { .. } => CommandKind::DecideTime,
        Command::ResumeClock { .. } => CommandKind::ResumeClock,
        Command::Unmerge { .. } => CommandKind::Unmerge,
        Command::Attach { .. } => CommandKind::Attach,
        Command::ProposeStatement { .. } => CommandKind::ProposeStatement,
        Command::ApproveStatement => CommandKind::ApproveStatement,
        Command::TellPrevention { .. } => CommandKind::TellPrevention,
    }
}

/// Whether a command has its place in the case's state.
pub(super) fn fits(command: CommandKind, case: &Case) -> bool {
    use CaseState::{Agreed, Closed, Investigating, Proposed, Received, Remedied, Understood, Verified};
    let state = case.state;
    match command {
        CommandKind::Note | CommandKind::Unmask => true,
        // A promise can be kept, and an incident be recognized, after a case was closed.
        CommandKind::LinkParent => state != CaseState::Merged,
        CommandKind::KeepPromise => state != CaseState::Merged && has_unkept_promise(case),
        CommandKind::Acknowledge => state == Received,
        CommandKind::VerifyValidity | CommandKind::ReportProgress => !state.is_final() && state != Received,
        CommandKind::StartInvestigation => matches!(state, Understood | Proposed),
        CommandKind::Propose => matches!(state, Understood | Investigating | Proposed | Agreed),
        CommandKind::Approve | CommandKind::SendBack => case.waits_for().contains(&Waiting::Proposal),
        CommandKind::Agree => state == Proposed,
        CommandKind::Remedy => state == Agreed,
        CommandKind::Verify => state == Remedied,
        CommandKind::Close => matches!(state, Understood | Investigating | Proposed | Remedied | Verified),
        CommandKind::FollowUp => state == Closed,
        CommandKind::Reopen => state.is_final() && state != CaseState::Merged,
        CommandKind::Refuse => matches!(state, Understood | Investigating | Proposed),
        CommandKind::RequestTime => !state.is_final() && has_clock_of_rule(case),
        CommandKind::DecideTime => case.time_request.is_some(),
        CommandKind::ResumeClock => case
            .deadlines
            .iter()
            .any(|clock| clock.state == DeadlineState::Paused),
        CommandKind::Unmerge => state == CaseState::Merged,
        CommandKind::Attach | CommandKind::ProposeStatement => state != CaseState::Merged,
        CommandKind::ApproveStatement => case.waits_for().contains(&Waiting::Statement),
        CommandKind::TellPrevention => !matches!(state, Received | CaseState::Merged | CaseState::Withdrawn),
        CommandKind::Assign
        | CommandKind::ApplyPacks
        | CommandKind::ConfirmFacets
        | CommandKind::Withdraw
        | CommandKind::Merge
        | CommandKind::Promise
        | CommandKind::ChangePerson
        | CommandKind::ChangePlace
        | CommandKind::ChangeTime
        | CommandKind::SendMessage => !state.is_final(),
    }
}

/// Whether the ledger has a promise that was not kept yet.
fn has_unkept_promise(case: &Case) -> bool {
    let is_unkept = |promise: &Promise| matches!(promise.state, PromiseState::Open | PromiseState::Broken);
    case.promises.iter().any(is_unkept)
}

/// Whether a law or platform has a decision clock on the case.
fn has_clock_of_rule(case: &Case) -> bool {
    let mut clocks = case.deadlines.iter();
    clocks.any(|clock| clock.kind == DeadlineKind::Decision && case.packs.contains(&clock.policy))
}
