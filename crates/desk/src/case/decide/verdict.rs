//! The customer's own verdict (D7): given by secret link or told to a colleague, and what follows from it.

use domain::{
    Bilingual, Case, CaseState, DeadlineKind, EventKind, Nature, Outcome, Refusal, RefusalCode, Role, Verdict,
};

use super::{
    Draft,
    agreement::require_approval,
    ending::{finish_closing, read_verdict, reopen},
    violated,
};
use crate::case::refusal::{invalid, refuse};

/// Whether the customer can be asked what came of it: it was made good, or answered where nothing had to be made
/// good, or it was closed without a word of theirs.
pub fn awaits_verdict(case: &Case) -> bool {
    match case.state {
        CaseState::Remedied | CaseState::Verified => true,
        CaseState::Closed | CaseState::FollowedUp => !is_judged(case),
        CaseState::Understood | CaseState::Investigating | CaseState::Proposed => !alleges_failing(case),
        _ => false,
    }
}

fn is_judged(case: &Case) -> bool {
    case.closure
        .as_ref()
        .is_some_and(|closure| closure.outcome != Outcome::Unknown)
}

/// What a person found outweighs what was read.
fn alleges_failing(case: &Case) -> bool {
    let presumed = case.analysis.nature.value() == Nature::Valid;
    case.valid.unwrap_or(presumed)
}

pub(super) fn give(draft: &mut Draft<'_>, verdict: Verdict) -> Result<(), Refusal> {
    if verdict.outcome == Outcome::Unknown {
        let (zh, en) = (
            "请选一项：低于期望、符合期望或超出期望",
            "Choose one: below, as expected, or above.",
        );
        return Err(invalid(&draft.case, "outcome", zh, en));
    }
    let closed = matches!(draft.case.state, CaseState::Closed | CaseState::FollowedUp);
    if closed && verdict.settled && is_judged(&draft.case) {
        let (zh, en) = (
            "已经评价过了；如果问题没有解决，请说明“还没有解决”",
            "The verdict was given already; if the matter is not settled, say so.",
        );
        return Err(violated(draft, zh, en));
    }
    if !closed && !awaits_verdict(&draft.case) {
        let (zh, en) = (
            "还没有办完，现在不能评价；请等补救执行后再评价",
            "It is not done yet: the verdict is asked for once it was made good.",
        );
        return Err(refuse(&draft.case, RefusalCode::WrongState, None, zh, en));
    }
    let closure = read_verdict(
        draft,
        super::ending::Verdict {
            expected: verdict.expected.clone(),
            received: verdict.received.clone(),
            outcome: verdict.outcome,
            csat: verdict.csat,
            attempts: None,
        },
    )?;
    let verdict = Verdict {
        expected: closure.expected.clone(),
        received: closure.received.clone(),
        by_customer: draft.actor.role() == Role::CustomerLink,
        at: draft.now,
        ..verdict
    };
    let (settled, received) = (verdict.settled, verdict.received.clone());
    draft.push(EventKind::VerdictGiven { verdict });
    match (settled, closed) {
        (true, true) => Ok(()),
        (true, false) => settle(draft, closure),
        (false, true) => reopen(draft, &format!("客户说还没有解决：“{received}”")),
        (false, false) => {
            object(draft, &received);
            Ok(())
        }
    }
}

/// A customer who holds it settled has checked the result; what a person must still decide keeps the case open, with
/// the verdict on file.
fn settle(draft: &mut Draft<'_>, closure: domain::Closure) -> Result<(), Refusal> {
    if draft.case.state == CaseState::Proposed {
        require_approval(draft)?;
    }
    if draft.case.state == CaseState::Remedied {
        draft.move_to(CaseState::Verified, Some("客户确认".to_owned()));
    }
    let undecided = draft.case.analysis.nature.value() == Nature::Valid && draft.case.valid.is_none();
    if !undecided {
        finish_closing(draft, closure);
    }
    Ok(())
}

/// Not settled: back to where a remedy is looked for, and somebody is told.
fn object(draft: &mut Draft<'_>, received: &str) {
    let because = Bilingual::new(
        format!("客户说还没有解决：“{received}”"),
        format!("The customer says that it is not settled: “{received}”"),
    );
    if matches!(draft.case.state, CaseState::Remedied | CaseState::Verified) {
        draft.move_to(CaseState::Understood, Some(because.zh.clone()));
        draft.start(DeadlineKind::Progress, draft.now);
    }
    draft.escalate(because);
    draft.grade();
}
