//! Making clear what it is about and who leads: facets, validity, investigation, owner, three changes.

use domain::{
    Analysis, CaseId, CaseState, EventKind, FacetValue, Nature, Person, Refusal, RefusalCode, Role, Severity,
    ThreeChange,
};

use super::{Draft, violated};
use crate::{
    case::refusal::{invalid, optional, refuse, required},
    deadline::ClockEvent,
};

pub(super) fn confirm(
    draft: &mut Draft<'_>,
    corrections: Vec<FacetValue>,
    reason: Option<String>,
    corrected: Option<Analysis>,
) -> Result<(), Refusal> {
    let reason = optional(&draft.case, "reason", reason.as_ref())?;
    if !corrections.is_empty() && reason.is_none() {
        let (zh, en) = (
            "更正维度请写明理由",
            "A correction needs a reason; please state it.",
        );
        return Err(invalid(&draft.case, "reason", zh, en));
    }
    let analysis = match (corrections.is_empty(), corrected) {
        (true, _) => draft.case.analysis.clone(),
        (false, Some(corrected)) => corrected,
        (false, None) => {
            let (zh, en) = (
                "没能算出更正后的结果，请重试",
                "The corrected reading is missing; please try again.",
            );
            return Err(invalid(&draft.case, "corrections", zh, en));
        }
    };
    draft.push(EventKind::FacetsConfirmed {
        corrections,
        reason,
        analysis: Box::new(analysis),
    });
    if draft.case.state == CaseState::Acknowledged {
        draft.move_to(CaseState::Understood, None);
    }
    regrade(draft);
    Ok(())
}

/// Severity and priority follow the facts; clocks can only become shorter.
fn regrade(draft: &mut Draft<'_>) {
    let before = draft.case.severity;
    draft.grade();
    draft.tighten();
    if draft.case.severity == Severity::Critical && before != Severity::Critical {
        draft.escalate(domain::Bilingual::new(
            "严重程度升为“重大”，请主管马上介入",
            "The case has become critical: a supervisor should come in at once.",
        ));
    }
}

pub(super) fn verify_validity(draft: &mut Draft<'_>, valid: bool, reason: &str) -> Result<(), Refusal> {
    let reason = required(&draft.case, "reason", reason)?;
    let first = draft.case.accepted_at.is_none();
    draft.push(EventKind::ValidityVerified { valid, reason });
    draft.note(ClockEvent::Examined, draft.now);
    // A law counts from the day it was accepted; looking at it a second time gives nobody more days.
    if valid && first {
        draft.note(ClockEvent::Accepted, draft.now);
    }
    regrade(draft);
    Ok(())
}

pub(super) fn investigate(draft: &mut Draft<'_>, question: Option<String>) -> Result<(), Refusal> {
    let question = optional(&draft.case, "question", question.as_ref())?;
    draft.push(EventKind::InvestigationStarted { question });
    draft.move_to(CaseState::Investigating, None);
    Ok(())
}

pub(super) fn assign(draft: &mut Draft<'_>, owner: Person) -> Result<(), Refusal> {
    if draft.case.owner.as_ref() == Some(&owner) {
        let zh = format!("{}已经是负责人，不用再指派", owner.name);
        let en = format!("{} is the owner already.", owner.name);
        return Err(invalid(&draft.case, "owner", zh, en));
    }
    let role = draft.actor.role();
    let oneself = draft.actor.person().is_some_and(|person| person.id == owner.id);
    if !oneself && !draft.rules.may_assign_others(role) {
        return Err(assign_refusal(draft, role));
    }
    draft.push(EventKind::Assigned { owner });
    Ok(())
}

fn assign_refusal(draft: &Draft<'_>, role: Role) -> Refusal {
    let role = domain::Vocabulary::entry(role);
    refuse(
        &draft.case,
        RefusalCode::NotAllowed,
        Some("owner"),
        format!("“{}”只能认领给自己；要交给别人请用“换人”或请主管指派", role.zh),
        format!(
            "As “{}” you can take a case yourself; to hand it over use “change person” or ask a supervisor.",
            role.en
        ),
    )
}

pub(super) fn change(
    draft: &mut Draft<'_>,
    what: ThreeChange,
    to: &str,
    owner: Option<Person>,
) -> Result<(), Refusal> {
    match (what, owner) {
        (ThreeChange::Person, None) => {
            let (zh, en) = ("换人要写明换成谁", "A change of person must name the new person.");
            Err(invalid(&draft.case, "owner", zh, en))
        }
        (ThreeChange::Person, Some(owner)) if draft.case.owner.as_ref() == Some(&owner) => {
            let (zh, en) = (
                "这位已经是负责人，请换另一位",
                "That person leads already; name another.",
            );
            Err(invalid(&draft.case, "owner", zh, en))
        }
        (ThreeChange::Person, Some(owner)) => {
            let note = optional(&draft.case, "to", Some(&to.to_owned()))?;
            let to = note.unwrap_or_else(|| owner.name.clone());
            draft.push(EventKind::Changed { what, to });
            draft.push(EventKind::Assigned { owner });
            Ok(())
        }
        (ThreeChange::Place | ThreeChange::Time, _) => {
            let to = required(&draft.case, "to", to)?;
            draft.push(EventKind::Changed { what, to });
            Ok(())
        }
    }
}

pub(super) fn link(draft: &mut Draft<'_>, parent: CaseId) -> Result<(), Refusal> {
    if parent == draft.case.id {
        let (zh, en) = (
            "案件不能挂在自己名下，请选择事件案件",
            "A case cannot belong to itself; choose the incident.",
        );
        return Err(invalid(&draft.case, "parent", zh, en));
    }
    if draft.case.parent.as_ref() == Some(&parent) {
        let (zh, en) = ("已经关联到这个事件案件", "It is linked to that incident already.");
        return Err(violated(draft, zh, en));
    }
    draft.push(EventKind::ParentLinked { parent });
    Ok(())
}

/// Whether the complaint alleges a failing and nobody found otherwise.
pub(super) fn is_valid(draft: &Draft<'_>) -> bool {
    let presumed = draft.case.analysis.nature.value() == Nature::Valid;
    draft.case.valid.unwrap_or(presumed)
}
