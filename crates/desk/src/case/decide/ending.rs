//! Endings and new beginnings: close, follow up, reopen, refuse, withdraw, merge.

use domain::{
    CaseId, CaseState, Closure, DeadlineKind, EventKind, Nature, Outcome, Refusal, RefusalCode, Risk,
};

use super::{Draft, agreement::require_approval, understanding::is_valid, violated};
use crate::{
    case::{
        nature::turn_nature,
        refusal::{invalid, optional, refuse, required},
    },
    deadline::ClockEvent,
};

/// What closing is asked with.
pub(super) struct Verdict {
    pub(super) expected: String,
    pub(super) received: String,
    pub(super) outcome: Outcome,
    pub(super) csat: Option<u8>,
    pub(super) attempts: Option<String>,
}

pub(super) fn close(draft: &mut Draft<'_>, verdict: Verdict) -> Result<(), Refusal> {
    let closure = read_verdict(draft, on_file(draft, verdict))?;
    require_verification(draft)?;
    if draft.case.state == CaseState::Proposed {
        require_approval(draft)?;
    }
    finish_closing(draft, closure);
    Ok(())
}

/// Without words of its own, closing takes what the customer said by the secret link.
fn on_file(draft: &Draft<'_>, asked: Verdict) -> Verdict {
    let says_nothing = asked.outcome == Outcome::Unknown && asked.attempts.is_none();
    match &draft.case.verdict {
        Some(given) if says_nothing && given.settled => Verdict {
            expected: given.expected.clone(),
            received: given.received.clone(),
            outcome: given.outcome,
            csat: given.csat,
            attempts: None,
        },
        _ => asked,
    }
}

/// The case is closed with this, and the clocks that waited for it end.
pub(super) fn finish_closing(draft: &mut Draft<'_>, closure: Closure) {
    draft.push(EventKind::Closed { closure });
    draft.move_to(CaseState::Closed, None);
    draft.finish(DeadlineKind::Resolution);
    draft.note(ClockEvent::Closed, draft.now);
    draft.stop(DeadlineKind::Acceptance);
    draft.stop(DeadlineKind::FirstResponse);
    draft.stop(DeadlineKind::Progress);
    draft.start(DeadlineKind::FollowUp, draft.now);
}

/// D7: the customer's verdict (expected, received, outcome), or what was tried to get one.
pub(super) fn read_verdict(draft: &Draft<'_>, verdict: Verdict) -> Result<Closure, Refusal> {
    let case = &draft.case;
    if verdict.csat.is_some_and(|csat| !(1..=5).contains(&csat)) {
        return Err(invalid(
            case,
            "csat",
            "满意度是 1 到 5 分",
            "Satisfaction goes from 1 to 5.",
        ));
    }
    let attempts = optional(case, "attempts", verdict.attempts.as_ref())?;
    if verdict.outcome == Outcome::Unknown && attempts.is_none() {
        let zh = "结案要有客户的评价；联系不上时，请写明联系过几次、何时、用什么方式";
        let en = "Closing needs the customer's verdict; if there is none, say what was tried, when and how.";
        return Err(invalid(case, "outcome", zh, en));
    }
    let side = |field, text: String| match attempts {
        Some(_) => Ok(optional(case, field, Some(&text))?.unwrap_or_default()),
        None => required(case, field, &text),
    };
    Ok(Closure {
        expected: side("expected", verdict.expected)?,
        received: side("received", verdict.received)?,
        outcome: verdict.outcome,
        csat: verdict.csat,
        attempts,
        at: draft.now,
    })
}

/// A complaint that alleges a failing is closed only when a person decided on its validity; when it stands, something
/// must have been proposed, and what was carried out must have been checked.
fn require_verification(draft: &Draft<'_>) -> Result<(), Refusal> {
    let case = &draft.case;
    if case.analysis.nature.value() == Nature::Valid && case.valid.is_none() {
        let zh = "有效投诉结案前要核实登记；请先“核实有效性”";
        let en = "A valid complaint is verified and registered before closing: verify its validity first.";
        return Err(refuse(case, RefusalCode::RuleViolated, Some("valid"), zh, en));
    }
    if !is_valid(draft) {
        return Ok(());
    }
    match case.state {
        CaseState::Understood | CaseState::Investigating => Err(violated(
            draft,
            "有效投诉还没有提出方案；请先提出方案",
            "Nothing was proposed to this valid complaint yet: propose first.",
        )),
        CaseState::Remedied => Err(violated(
            draft,
            "补救已执行但未核验；请先核验结果",
            "The remedy was carried out but not checked: verify the result first.",
        )),
        _ => Ok(()),
    }
}

pub(super) fn follow_up(draft: &mut Draft<'_>, note: &str, satisfied: Option<bool>) -> Result<(), Refusal> {
    let note = required(&draft.case, "note", note)?;
    draft.push(EventKind::FollowedUp { note, satisfied });
    draft.finish(DeadlineKind::FollowUp);
    draft.move_to(CaseState::FollowedUp, None);
    Ok(())
}

pub(super) fn reopen(draft: &mut Draft<'_>, reason: &str) -> Result<(), Refusal> {
    let reason = required(&draft.case, "reason", reason)?;
    draft.stop(DeadlineKind::FollowUp);
    draft.move_to(CaseState::Understood, Some(reason));
    draft.start(DeadlineKind::Resolution, draft.now);
    draft.start(DeadlineKind::Progress, draft.now);
    draft.note(ClockEvent::Received, draft.now);
    draft.follow_promises();
    turn_nature(draft);
    draft.grade();
    Ok(())
}

pub(super) fn turn_down(draft: &mut Draft<'_>, reason: &str, rule: &str) -> Result<(), Refusal> {
    let reason = required(&draft.case, "reason", reason)?;
    let rule = required(&draft.case, "rule", rule)?;
    if draft.case.analysis.has_risk(Risk::Safety) && !draft.rules.may_refuse_safety(draft.actor.role()) {
        let zh = "涉及人身安全的投诉只能由主管决定是否拒绝；请转主管";
        let en = "Somebody's safety is at stake: only a supervisor may turn this down; hand it over.";
        return Err(refuse(&draft.case, RefusalCode::RuleViolated, None, zh, en));
    }
    draft.move_to(CaseState::Refused, Some(format!("{reason}（{rule}）")));
    draft.finish(DeadlineKind::Resolution);
    draft.note(ClockEvent::Refused, draft.now);
    draft.stop_all();
    Ok(())
}

pub(super) fn withdraw(draft: &mut Draft<'_>, reason: Option<String>) -> Result<(), Refusal> {
    let reason = optional(&draft.case, "reason", reason.as_ref())?;
    draft.move_to(CaseState::Withdrawn, reason);
    draft.stop_all();
    Ok(())
}

pub(super) fn merge(draft: &mut Draft<'_>, into: CaseId) -> Result<(), Refusal> {
    if into == draft.case.id {
        let (zh, en) = (
            "不能并入自己，请选择另一案件",
            "A case cannot be joined into itself; choose another.",
        );
        return Err(invalid(&draft.case, "into", zh, en));
    }
    draft.push(EventKind::Merged { into });
    draft.move_to(CaseState::Merged, None);
    draft.stop_all();
    Ok(())
}
