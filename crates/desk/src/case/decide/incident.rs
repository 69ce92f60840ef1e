//! What concerns more than one case or stays with it: statements of an incident, prevention told, files.

use domain::{Attachment, Bilingual, CaseState, EventKind, Notice, Party, Refusal, Statement};

use super::{Context, Draft, contact::say, time::refuse_own, violated};
use crate::case::refusal::{invalid, optional, required};

/// Files on one case.
const MOST_ATTACHMENTS: usize = 20;

pub(super) fn propose_statement(draft: &mut Draft<'_>, text: &str) -> Result<(), Refusal> {
    let text = required(&draft.case, "text", text)?;
    let statement = Statement {
        text,
        by: draft.actor.person().cloned(),
        at: draft.now,
        approved_by: None,
    };
    draft.push(EventKind::StatementProposed { statement });
    Ok(())
}

pub(super) fn approve_statement(draft: &mut Draft<'_>) -> Result<(), Refusal> {
    let by = draft
        .case
        .statement
        .as_ref()
        .and_then(|statement| statement.by.clone());
    refuse_own(draft, by.as_ref())?;
    let by = draft.actor.person().cloned();
    draft.push(EventKind::StatementApproved { by });
    Ok(())
}

pub(super) fn tell_prevention(
    draft: &mut Draft<'_>,
    action: &str,
    message: Option<String>,
    overrule: Option<String>,
    context: &Context<'_>,
) -> Result<(), Refusal> {
    let action = required(&draft.case, "action", action)?;
    let message = optional(&draft.case, "message", message.as_ref())?;
    if draft.case.preventions.contains(&action) {
        let (zh, en) = ("这项整改已经告知过客户", "The customer was told of this already.");
        return Err(violated(draft, zh, en));
    }
    draft.push(EventKind::PreventionTold { action });
    match message {
        Some(text) => say(draft, text, overrule, context),
        None => Ok(()),
    }
}

/// What the customer is told goes by message; everybody else is told by a colleague, who records it.
pub(super) fn inform(
    draft: &mut Draft<'_>,
    party: Party,
    who: Option<String>,
    text: &str,
) -> Result<(), Refusal> {
    let text = required(&draft.case, "text", text)?;
    let who = optional(&draft.case, "who", who.as_ref())?;
    if party == Party::Customer {
        let (zh, en) = (
            "告知客户请用“发送消息”或“通报进展”，这样内容会先检查",
            "Tell the customer by “Send message” or “Report progress”, so that the words are checked.",
        );
        return Err(invalid(&draft.case, "party", zh, en));
    }
    if party == Party::Department && who.is_none() {
        let (zh, en) = ("请写明是哪个部门或哪个人", "Say which department or who there.");
        return Err(invalid(&draft.case, "who", zh, en));
    }
    let notice = Notice {
        party,
        who,
        what: Bilingual::new(text.clone(), text),
        by: draft.actor.person().cloned(),
        at: draft.now,
    };
    draft.push(EventKind::Informed { notice });
    Ok(())
}

pub(super) fn attach(draft: &mut Draft<'_>, attachment: Attachment) -> Result<(), Refusal> {
    let name = required(&draft.case, "name", &attachment.name)?;
    let known = &draft.case.attachments;
    if known.iter().any(|file| file.hash == attachment.hash) {
        let (zh, en) = (
            "同样内容的文件已经在案件上",
            "The same file is on the case already.",
        );
        return Err(invalid(&draft.case, "hash", zh, en));
    }
    if known.len() >= MOST_ATTACHMENTS {
        let zh = format!("一个案件最多 {MOST_ATTACHMENTS} 个附件");
        let en = format!("A case takes {MOST_ATTACHMENTS} files at most.");
        return Err(invalid(&draft.case, "hash", zh, en));
    }
    let attachment = Attachment {
        name,
        by: draft.actor.person().cloned(),
        at: draft.now,
        ..attachment
    };
    draft.push(EventKind::Attached { attachment });
    Ok(())
}

pub(super) fn unmerge(draft: &mut Draft<'_>, reason: &str) -> Result<(), Refusal> {
    let reason = required(&draft.case, "reason", reason)?;
    let Some(joined) = draft.case.joined.clone() else {
        let zh = "没有合并前的记录，不能撤销；请另开案件";
        return Err(violated(
            draft,
            zh,
            "How it stood before is not on record; open a new case instead.",
        ));
    };
    draft.push(EventKind::Unmerged { reason });
    draft.move_to(joined.from, None);
    for deadline in joined.clocks {
        draft.push(EventKind::DeadlineSet { deadline });
    }
    draft.follow_promises();
    draft.grade();
    debug_assert!(draft.case.state != CaseState::Merged, "it stood elsewhere before");
    Ok(())
}
