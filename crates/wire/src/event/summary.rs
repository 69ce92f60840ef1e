//! One sentence per event, in both languages.

use domain::{
    Bilingual, Deadline, DeadlineKind, EventKind, FacetValue, Message, MessageDirection, Promise, Proposal,
    Vocabulary,
};

use crate::time::spoken;

/// What happened as one sentence.
pub fn summarize(kind: &EventKind) -> Bilingual {
    match kind {
        EventKind::Received { channel, .. } => {
            let channel = channel.entry();
            say(
                format!("收到投诉（{}）", channel.zh),
                format!("Complaint received ({})", channel.en),
            )
        }
        EventKind::StateChanged { to, because } => {
            let to = to.entry();
            with_reason(
                format!("状态变为{}", to.zh),
                format!("State is now {}", to.en),
                because.as_deref(),
            )
        }
        EventKind::Graded {
            severity, priority, ..
        } => say(
            format!("定级：严重程度 {}，优先级 {}", severity.level(), priority.level()),
            format!(
                "Graded: severity {}, priority {}",
                severity.level(),
                priority.level()
            ),
        ),
        EventKind::Assigned { owner } => say(
            format!("由{}负责", owner.name),
            format!("{} is now the owner", owner.name),
        ),
        EventKind::FacetsConfirmed {
            corrections, reason, ..
        } => summarize_facets(corrections, reason.as_deref()),
        EventKind::ValidityVerified { valid: true, reason } => with_reason(
            "核实为有效投诉".into(),
            "Verified as a valid complaint".into(),
            Some(reason),
        ),
        EventKind::ValidityVerified { valid: false, reason } => with_reason(
            "核实为非有效投诉".into(),
            "Found not to be a valid complaint".into(),
            Some(reason),
        ),
        EventKind::InvestigationStarted { question } => with_reason(
            "开始调查".into(),
            "Investigation started".into(),
            question.as_deref(),
        ),
        EventKind::CorePositionSet { .. } => say("记录核心立场", "Core position recorded"),
        EventKind::Proposed { proposal } => summarize_proposal(proposal),
        EventKind::Approved { reason, .. } => {
            with_reason("方案已批准".into(), "Proposal approved".into(), reason.as_deref())
        }
        EventKind::SentBack { reason, .. } => {
            with_reason("方案被退回".into(), "Proposal sent back".into(), Some(reason))
        }
        EventKind::DeadlineSet { deadline } => summarize_clock(deadline),
        EventKind::DeadlineMet { kind } => clock(*kind, "时限已达成", "clock met"),
        EventKind::DeadlineNear { kind } => clock(*kind, "时限临近", "clock is near"),
        EventKind::DeadlineBreached { kind } => clock(*kind, "时限已超", "clock was missed"),
        EventKind::DeadlineStopped { kind } => clock(*kind, "时限停止", "clock stopped"),
        other => summarize_dealings(other),
    }
}

fn summarize_clock(deadline: &Deadline) -> Bilingual {
    if deadline.paused_at.is_some() {
        let (zh, en) = ("时限中止（外部鉴定）", "clock paused for an appraisal");
        return clock(deadline.kind, zh, en);
    }
    let (kind, due) = (deadline.kind.entry(), spoken(deadline.due_at));
    say(
        format!("{}时限：{}前", kind.zh, due.zh),
        format!("{} due by {}", kind.en, due.en),
    )
}

/// The sentence of what passed between desk and customer.
fn summarize_dealings(kind: &EventKind) -> Bilingual {
    match kind {
        EventKind::PromiseMade { promise } => summarize_promise(promise),
        EventKind::PromiseSettled { number, state } => {
            let state = state.entry();
            say(
                format!("第 {number} 项承诺：{}", state.zh),
                format!("Promise {number}: {}", state.en),
            )
        }
        EventKind::MessageAdded { message } => summarize_message(message),
        EventKind::Changed { what, to } => {
            let what = what.entry();
            say(format!("{}：{to}", what.zh), format!("{}: {to}", what.en))
        }
        EventKind::Closed { closure } => {
            let outcome = closure.outcome.entry();
            say(format!("结案：{}", outcome.zh), format!("Closed: {}", outcome.en))
        }
        EventKind::FollowedUp { note, .. } => with_reason("已回访".into(), "Followed up".into(), Some(note)),
        EventKind::Merged { into } => say(format!("并入案件 {into}"), format!("Joined into case {into}")),
        EventKind::ParentLinked { parent } => say(
            format!("归入事件 {parent}"),
            format!("Linked to incident {parent}"),
        ),
        EventKind::Unmasked { reason } => with_reason(
            "查看了未遮盖的原文".into(),
            "Saw the unmasked text".into(),
            Some(reason),
        ),
        EventKind::WarningOverruled { reason, .. } => with_reason(
            "不采纳发送提醒".into(),
            "Overruled a warning".into(),
            Some(reason),
        ),
        EventKind::RulebookChanged { version } => say(
            format!("此后按规则版本 {version} 决定"),
            format!("Decided by rulebook {version} from here on"),
        ),
        EventKind::Escalated { because } => say(
            format!("升级：{}", because.zh),
            format!("Escalated: {}", because.en),
        ),
        other => summarize_keeping(other),
    }
}

/// The sentence of clocks of rules, incidents, files and erasure.
fn summarize_keeping(kind: &EventKind) -> Bilingual {
    match kind {
        EventKind::PacksApplied { packs, reason } => {
            let packs = if packs.is_empty() {
                "—".to_owned()
            } else {
                packs.join(", ")
            };
            with_reason(
                format!("适用规则：{packs}"),
                format!("Rules applied: {packs}"),
                reason.as_deref(),
            )
        }
        EventKind::TimeRequested { request } => {
            let what = request.what.entry();
            let (zh, en) = (
                format!("申请{}", what.zh),
                format!("Asked for: {}", what.en.to_lowercase()),
            );
            with_reason(zh, en, Some(&request.reason))
        }
        EventKind::TimeDecided {
            granted: true,
            reason,
        } => with_reason(
            "时限申请已批准".into(),
            "Request about the clock granted".into(),
            reason.as_deref(),
        ),
        EventKind::TimeDecided { reason, .. } => with_reason(
            "时限申请被驳回".into(),
            "Request about the clock turned down".into(),
            reason.as_deref(),
        ),
        EventKind::Unmerged { reason } => {
            with_reason("撤销合并".into(), "Joining undone".into(), Some(reason))
        }
        EventKind::NatureTurned { because, .. } => because.clone(),
        EventKind::Attached { attachment } => say(
            format!("添加附件：{}", attachment.name),
            format!("Attached: {}", attachment.name),
        ),
        EventKind::StatementProposed { .. } => say("拟定统一口径", "Statement of the incident drafted"),
        EventKind::StatementApproved { .. } => say("统一口径已批准", "Statement of the incident approved"),
        EventKind::PreventionTold { action } => say(
            format!("告知整改：{action}"),
            format!("Told that the cause was removed: {action}"),
        ),
        EventKind::Erased { reason } => with_reason(
            "删除个人信息与原文".into(),
            "Words and personal data erased".into(),
            Some(reason),
        ),
        _ => say("", ""),
    }
}

fn say(zh: impl Into<String>, en: impl Into<String>) -> Bilingual {
    Bilingual::new(zh, en)
}

fn with_reason(zh: String, en: String, reason: Option<&str>) -> Bilingual {
    match reason.filter(|reason| !reason.trim().is_empty()) {
        Some(reason) => say(format!("{zh}：{reason}"), format!("{en}: {reason}")),
        None => say(zh, en),
    }
}

fn clock(kind: DeadlineKind, zh: &str, en: &str) -> Bilingual {
    let kind = kind.entry();
    say(format!("{}{zh}", kind.zh), format!("{} {en}", kind.en))
}

fn summarize_facets(corrections: &[FacetValue], reason: Option<&str>) -> Bilingual {
    if corrections.is_empty() {
        return with_reason("确认各维度".into(), "Facets confirmed".into(), reason);
    }
    let facets: Vec<_> = corrections
        .iter()
        .map(|correction| facet_of(correction).entry())
        .collect();
    let zh: Vec<&str> = facets.iter().map(|facet| facet.zh).collect();
    let en: Vec<String> = facets.iter().map(|facet| facet.en.to_lowercase()).collect();
    with_reason(
        format!("更正{}", zh.join("、")),
        format!("Corrected {}", en.join(", ")),
        reason,
    )
}

/// The facet a correction is about.
pub(crate) fn facet_of(correction: &FacetValue) -> domain::Facet {
    use domain::Facet;
    match correction {
        FacetValue::Complaint(_) => Facet::Complaint,
        FacetValue::Psychology(..) => Facet::Psychology,
        FacetValue::Motives(_) => Facet::Motives,
        FacetValue::Emotion(..) => Facet::Emotion,
        FacetValue::Subjects(_) => Facet::Subjects,
        FacetValue::Nature(_) => Facet::Nature,
        FacetValue::Stance(_) => Facet::Stance,
        FacetValue::AngerType(_) => Facet::AngerType,
        FacetValue::Causes(_) => Facet::Causes,
        FacetValue::Risks(_) => Facet::Risks,
        FacetValue::Temperament(_) => Facet::Temperament,
        FacetValue::Expectation(_) => Facet::Expectation,
    }
}

fn summarize_proposal(proposal: &Proposal) -> Bilingual {
    let (waits_zh, waits_en) = match proposal.needs_approval {
        true => ("（待批准）", " (waits for approval)"),
        false => ("", ""),
    };
    say(
        format!("提出方案：{}{waits_zh}", proposal.summary),
        format!("Proposed: {}{waits_en}", proposal.summary),
    )
}

fn summarize_promise(promise: &Promise) -> Bilingual {
    match promise.until.map(spoken) {
        Some(until) => say(
            format!("登记承诺：{}（{}前）", promise.what, until.zh),
            format!("Promise: {} (by {})", promise.what, until.en),
        ),
        None => say(
            format!("登记承诺：{}", promise.what),
            format!("Promise: {}", promise.what),
        ),
    }
}

fn summarize_message(message: &Message) -> Bilingual {
    match message.direction {
        MessageDirection::Inbound => say("客户来信", "Message from the customer"),
        MessageDirection::Outbound => say("发给客户的消息", "Message to the customer"),
        MessageDirection::Internal => say("内部备注", "Internal note"),
    }
}
