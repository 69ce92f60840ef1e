//! Talking to the customer and to colleagues: answers, reports, promises, notes.

use domain::{
    CaseState, DeadlineKind, EventKind, MessageDirection, Promise, PromiseState, Refusal, RefusalCode, Tier,
    Timestamp, Vocabulary,
};

use super::{Context, Draft, violated};
use crate::{
    case::refusal::{invalid, optional, refuse, required},
    deadline::{self, ClockEvent},
};

pub(super) fn acknowledge(
    draft: &mut Draft<'_>,
    message: Option<String>,
    overrule: Option<String>,
    context: &Context<'_>,
) -> Result<(), Refusal> {
    if let Some(text) = optional(&draft.case, "message", message.as_ref())? {
        say(draft, text, overrule, context)?;
    }
    answered(draft);
    Ok(())
}

/// The first answer was given: its clock ends, the next report is due, and who answered leads until somebody is named.
fn answered(draft: &mut Draft<'_>) {
    draft.move_to(CaseState::Acknowledged, None);
    draft.finish(DeadlineKind::FirstResponse);
    draft.note(ClockEvent::Answered, draft.now);
    draft.start(DeadlineKind::Progress, draft.now);
    if let (None, Some(owner)) = (&draft.case.owner, draft.actor.person().cloned()) {
        draft.push(EventKind::Assigned { owner });
    }
    if corrected_by_person(draft) {
        draft.move_to(CaseState::Understood, None);
    }
}

/// Facets corrected before the first answer need not be confirmed a second time.
fn corrected_by_person(draft: &Draft<'_>) -> bool {
    let analysis = &draft.case.analysis;
    [
        analysis.complaint.tier(),
        analysis.psychology.primary.tier(),
        analysis.emotion.stage.tier(),
        analysis.nature.tier(),
        analysis.stance.tier,
        analysis.anger_type.tier,
        analysis.temperament.tier,
        analysis.expectation.outcome.tier(),
    ]
    .into_iter()
    .chain(analysis.motives.iter().map(|finding| finding.tier()))
    .chain(analysis.subjects.iter().map(|finding| finding.tier()))
    .chain(analysis.causes.iter().map(|finding| finding.tier()))
    .chain(analysis.risks.iter().map(|finding| finding.tier()))
    .any(|tier| tier == Tier::Person)
}

/// Any answer to a waiting customer is the first answer, whatever the button was called.
pub(super) fn send(
    draft: &mut Draft<'_>,
    text: &str,
    overrule: Option<String>,
    context: &Context<'_>,
) -> Result<(), Refusal> {
    let text = required(&draft.case, "text", text)?;
    say(draft, text, overrule, context)?;
    if draft.case.state == CaseState::Received {
        answered(draft);
    }
    Ok(())
}

/// Writes to the customer; the reason for overruling a warning, when there was one, is kept beside it.
pub(super) fn say(
    draft: &mut Draft<'_>,
    text: String,
    overrule: Option<String>,
    context: &Context<'_>,
) -> Result<(), Refusal> {
    draft.write(MessageDirection::Outbound, text);
    keep_overrule(draft, overrule, context)
}

/// Keeps why somebody overruled what was found in words, and what that was.
pub(super) fn keep_overrule(
    draft: &mut Draft<'_>,
    overrule: Option<String>,
    context: &Context<'_>,
) -> Result<(), Refusal> {
    let Some(reason) = overrule else { return Ok(()) };
    let reason = required(&draft.case, "overrule", &reason)?;
    let overruled = Some(context.warnings.clone()).filter(|warnings| !warnings.is_empty());
    draft.push(EventKind::WarningOverruled { reason, overruled });
    Ok(())
}

pub(super) fn report(
    draft: &mut Draft<'_>,
    message: &str,
    next_at: Option<Timestamp>,
    overrule: Option<String>,
    context: &Context<'_>,
) -> Result<(), Refusal> {
    let text = required(&draft.case, "message", message)?;
    if next_at.is_some_and(|at| at <= draft.now) {
        let (zh, en) = (
            "下次通报的时间要在将来",
            "The next report must lie in the future.",
        );
        return Err(invalid(&draft.case, "next_at", zh, en));
    }
    say(draft, text, overrule, context)?;
    draft.finish(DeadlineKind::Progress);
    restart_progress(draft, next_at);
    Ok(())
}

/// The next report is due at the time named to the customer, or by the house's interval.
pub(super) fn restart_progress(draft: &mut Draft<'_>, next_at: Option<Timestamp>) {
    let Some(policy) = draft.rules.policy(DeadlineKind::Progress, draft.case.severity) else {
        return;
    };
    let calendar = &draft.rules.calendar;
    let by_rule = deadline::set_clock(policy, calendar, draft.now);
    let deadline = match next_at {
        Some(at) => {
            let what = DeadlineKind::Progress.entry().zh;
            deadline::set_promised(policy, calendar, draft.now, at, what)
        }
        None => by_rule,
    };
    draft.push(EventKind::DeadlineSet { deadline });
}

pub(super) fn note(draft: &mut Draft<'_>, text: &str) -> Result<(), Refusal> {
    let text = required(&draft.case, "text", text)?;
    draft.write(MessageDirection::Internal, text);
    Ok(())
}

pub(super) fn unmask(draft: &mut Draft<'_>, reason: &str) -> Result<(), Refusal> {
    let reason = required(&draft.case, "reason", reason)?;
    draft.push(EventKind::Unmasked { reason });
    Ok(())
}

pub(super) fn promise(draft: &mut Draft<'_>, what: &str, until: Option<Timestamp>) -> Result<(), Refusal> {
    let what = required(&draft.case, "what", what)?;
    if until.is_some_and(|until| until <= draft.now) {
        let (zh, en) = (
            "承诺的时间要在将来",
            "A promise must be for a time in the future.",
        );
        return Err(invalid(&draft.case, "until", zh, en));
    }
    let by = draft
        .actor
        .person()
        .map_or("听诉", |person| person.name.as_str())
        .to_owned();
    draft.promise(Promise {
        number: 0,
        by,
        what,
        until,
        made_at: draft.now,
        state: PromiseState::Open,
        quote: None,
    });
    draft.follow_promises();
    Ok(())
}

pub(super) fn keep_promise(draft: &mut Draft<'_>, number: u32) -> Result<(), Refusal> {
    let Some(promise) = draft
        .case
        .promises
        .iter()
        .find(|promise| promise.number == number)
    else {
        let (zh, en) = (
            "没有这个编号的承诺，请核对承诺清单",
            "There is no promise of that number; look at the ledger.",
        );
        return Err(refuse(&draft.case, RefusalCode::NotFound, Some("number"), zh, en));
    };
    let state = match promise.state {
        PromiseState::Open if promise.until.is_none_or(|until| draft.now <= until) => PromiseState::Kept,
        PromiseState::Open | PromiseState::Broken => PromiseState::Late,
        PromiseState::Kept | PromiseState::Late => {
            let (zh, en) = (
                "这个承诺已经兑现过了，不用再记",
                "That promise was kept already; nothing to record.",
            );
            return Err(violated(draft, zh, en));
        }
    };
    let due = promise.until.map(|until| until.max(promise.made_at));
    let on_the_clock = due.is_some() && draft.awaited(DeadlineKind::Promise).map(|clock| clock.due_at) == due;
    draft.push(EventKind::PromiseSettled { number, state });
    if on_the_clock {
        draft.finish(DeadlineKind::Promise);
    }
    draft.follow_promises();
    Ok(())
}
