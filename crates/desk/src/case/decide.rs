//! What a command makes happen, or why it may not.

mod agreement;
mod contact;
mod ending;
mod incident;
mod time;
mod understanding;

use domain::{
    Actor, Analysis, Case, Command, CommandKind, Event, EventKind, Refusal, RefusalCode, Timestamp,
};

use super::{
    allowed::{fits, kind_of},
    draft::Draft,
    refusal::{not_allowed, refuse, wrong_state},
};
use crate::rules::Rules;

/// What a decision depends on besides case, command and actor.
#[derive(Clone, Debug)]
pub struct Context<'r> {
    /// The time.
    pub now: Timestamp,
    /// The rules of the desk.
    pub rules: &'r Rules,
    /// For `ConfirmFacets` with corrections: the reading after them.
    pub corrected: Option<Analysis>,
    /// What the check of the outgoing message found, as `rule: words`; recorded when it is overruled.
    pub warnings: Vec<String>,
}

/// The events a command makes happen; they are not yet applied to `case`.
pub fn decide(
    case: &Case,
    command: Command,
    actor: &Actor,
    context: &Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    let kind = kind_of(&command);
    if !context.rules.may(actor.role(), kind) {
        return Err(not_allowed(case, actor.role(), kind));
    }
    if !fits(kind, case) {
        return Err(wrong_state(case, kind));
    }
    let mut draft = Draft::on(case, actor, context.now, context.rules);
    if let Some(version) = context.rules.version()
        && decides(kind)
        && case.rulebook.as_deref() != Some(version)
    {
        draft.push(EventKind::RulebookChanged {
            version: version.to_owned(),
        });
    }
    carry_out(&mut draft, command, context)?;
    Ok(draft.into_events())
}

/// What is decided by tables and thresholds, so that it is kept which ones held.
fn decides(kind: CommandKind) -> bool {
    matches!(
        kind,
        CommandKind::Propose
            | CommandKind::Approve
            | CommandKind::SendBack
            | CommandKind::Refuse
            | CommandKind::VerifyValidity
            | CommandKind::ConfirmFacets
            | CommandKind::StartInvestigation
    )
}

fn carry_out(draft: &mut Draft<'_>, command: Command, context: &Context<'_>) -> Result<(), Refusal> {
    match command {
        Command::Acknowledge { message, overrule } => contact::acknowledge(draft, message, overrule, context),
        Command::SendMessage { text, overrule } => contact::send(draft, &text, overrule, context),
        Command::ReportProgress {
            message,
            next_at,
            overrule,
        } => contact::report(draft, &message, next_at, overrule, context),
        Command::Note { text } => contact::note(draft, &text),
        Command::Unmask { reason } => contact::unmask(draft, &reason),
        Command::Promise { what, until } => contact::promise(draft, &what, until),
        Command::KeepPromise { number } => contact::keep_promise(draft, number),
        Command::Assign { owner } => understanding::assign(draft, owner),
        Command::Change { what, to, owner } => understanding::change(draft, what, &to, owner),
        Command::ConfirmFacets { corrections, reason } => {
            understanding::confirm(draft, corrections, reason, context.corrected.clone())
        }
        Command::VerifyValidity { valid, reason } => understanding::verify_validity(draft, valid, &reason),
        Command::StartInvestigation { question } => understanding::investigate(draft, question),
        Command::LinkParent { parent } => understanding::link(draft, parent),
        Command::Propose {
            offers,
            summary,
            core_position,
        } => agreement::propose(draft, offers, &summary, core_position),
        Command::Approve { reason } => agreement::approve(draft, reason),
        Command::SendBack { reason } => agreement::send_back(draft, &reason),
        Command::Agree => agreement::agree(draft),
        Command::Remedy { note } => agreement::remedy(draft, note),
        Command::Verify { note } => agreement::verify(draft, note),
        Command::Close {
            expected,
            received,
            outcome,
            csat,
            attempts,
        } => {
            let verdict = ending::Verdict {
                expected,
                received,
                outcome,
                csat,
                attempts,
            };
            ending::close(draft, verdict)
        }
        other => carry_out_later(draft, other, context),
    }
}

/// Commands around the main line: what follows closing, other cases, clocks of rules, files.
fn carry_out_later(draft: &mut Draft<'_>, command: Command, context: &Context<'_>) -> Result<(), Refusal> {
    match command {
        Command::FollowUp { note, satisfied } => ending::follow_up(draft, &note, satisfied),
        Command::Reopen { reason } => ending::reopen(draft, &reason),
        Command::Refuse { reason, rule } => ending::turn_down(draft, &reason, &rule),
        Command::Withdraw { reason } => ending::withdraw(draft, reason),
        Command::Merge { into } => ending::merge(draft, into),
        Command::Unmerge { reason } => incident::unmerge(draft, &reason),
        Command::ApplyPacks { packs, reason } => time::apply_packs(draft, packs, &reason),
        Command::RequestTime { what, reason, notice } => time::request(draft, what, &reason, notice),
        Command::DecideTime { granted, reason } => time::decide(draft, granted, reason),
        Command::ResumeClock { note } => time::resume(draft, &note),
        Command::Attach { attachment } => incident::attach(draft, attachment),
        Command::ProposeStatement { text } => incident::propose_statement(draft, &text),
        Command::ApproveStatement => incident::approve_statement(draft),
        Command::TellPrevention {
            action,
            message,
            overrule,
        } => incident::tell_prevention(draft, &action, message, overrule, context),
        // The others are the main line and were matched there.
        _ => Ok(()),
    }
}

/// A rule of the desk forbids it.
fn violated(draft: &Draft<'_>, zh: &str, en: &str) -> Refusal {
    refuse(&draft.case, RefusalCode::RuleViolated, None, zh, en)
}
