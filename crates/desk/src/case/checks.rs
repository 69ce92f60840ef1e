//! The eight rules of complaint management as checks on a case (D4).

use domain::{
    Bilingual, Case, CaseState, Cause, Check, CheckRule, CheckState, DeadlineKind, DeadlineState, LikeCases,
    MessageDirection, Risk, Subject, ThreeChange, Timestamp, Vocabulary,
};

use super::informed::{Telling, informed};
use crate::redress::strays;

type Result = (CheckState, Bilingual);

/// What is known around a case besides the case itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Known {
    /// What like cases got.
    pub like: Option<LikeCases>,
    /// The approved statement of the incident it belongs to.
    pub statement: Option<Bilingual>,
    /// Words written to the customer since then that say something else.
    pub strayed: Option<String>,
    /// Who was told what; nothing where the history was not read.
    pub telling: Option<Telling>,
}

/// All eight rules, in vocabulary order, each kept, to do, or violated, and why.
pub fn checks(case: &Case, now: Timestamp) -> Vec<Check> {
    checks_known(case, &Known::default(), now)
}

/// As [`checks`], with what like cases got and what was approved to be said.
pub fn checks_known(case: &Case, known: &Known, now: Timestamp) -> Vec<Check> {
    let check = |rule: &CheckRule| {
        let (state, because) = match rule {
            CheckRule::ThreeChanges => three_changes(case),
            CheckRule::CorePosition => core_position(case),
            CheckRule::SingleLead => single_lead(case, now),
            CheckRule::OneVoice => one_voice(case, known),
            CheckRule::AllInformed => all_informed(case, known, now),
            CheckRule::FirstDay => first_day(case, now),
            CheckRule::LeaveRoom => leave_room(case),
            CheckRule::HighestInterest => highest_interest(case),
        };
        Check {
            rule: *rule,
            state,
            because,
        }
    };
    CheckRule::ALL.iter().map(check).collect()
}

fn kept(zh: impl Into<String>, en: impl Into<String>) -> Result {
    (CheckState::Ok, Bilingual::new(zh, en))
}

fn to_do(zh: impl Into<String>, en: impl Into<String>) -> Result {
    (CheckState::Pending, Bilingual::new(zh, en))
}

fn broken(zh: impl Into<String>, en: impl Into<String>) -> Result {
    (CheckState::Violated, Bilingual::new(zh, en))
}

/// Reopened cases and broken promises show that the contact is stuck.
fn three_changes(case: &Case) -> Result {
    // A promise that was broken before anybody answered is a grievance, not yet a talk that is stuck.
    let broken_since = case.state != CaseState::Received
        && case
            .promises
            .iter()
            .any(|p| p.state == domain::PromiseState::Broken);
    let stuck = case.reopened > 0 || broken_since || keeps_writing(case);
    if !case.changes.is_empty() {
        let names = |english: bool| {
            let names = case
                .changes
                .iter()
                .map(|what| if english { what.entry().en } else { what.entry().zh });
            names.collect::<Vec<_>>().join(if english { ", " } else { "、" })
        };
        return kept(
            format!("已做：{}", names(false)),
            format!("Done: {}.", names(true)),
        );
    }
    match (stuck, case.reopened) {
        (false, _) => kept("没有僵持的迹象", "No sign that the contact is stuck."),
        (true, 2..) => broken(
            "多次重新打开，却没有换人、换地点或换时间",
            "Reopened again, and nobody changed person, place or time.",
        ),
        (true, _) => to_do(
            format!("出现僵持，建议先{}；换了请记录", proposed_change(case).zh),
            format!(
                "It is stuck: offer a {} and record it.",
                proposed_change(case).en.to_lowercase()
            ),
        ),
    }
}

/// The first of the three changes that was not made yet.
fn proposed_change(case: &Case) -> &'static domain::vocabulary::Entry {
    let open = ThreeChange::ALL.iter().find(|what| !case.changes.contains(what));
    open.unwrap_or(&ThreeChange::Person).entry()
}

/// The customer wrote so often again before anything was agreed.
const WRITES_AGAIN: usize = 3;

/// Whether the customer keeps writing while nothing comes of it.
fn keeps_writing(case: &Case) -> bool {
    let inward = |message: &&domain::Message| message.direction == MessageDirection::Inbound;
    let open = !case.state.is_final()
        && !matches!(
            case.state,
            CaseState::Agreed | CaseState::Remedied | CaseState::Verified
        );
    open && case.messages.iter().filter(inward).count() >= WRITES_AGAIN
}

fn core_position(case: &Case) -> Result {
    match (&case.core_position, &case.proposal) {
        (Some(_), _) => kept("底线已记录", "The bottom line is on record."),
        (None, Some(_)) => broken(
            "已提方案，却没有先记录底线",
            "A proposal was made without a bottom line on record.",
        ),
        (None, None) if case.state.is_final() => kept("没有谈判", "Nothing was negotiated."),
        (None, None) => to_do("提方案前请先记录底线", "Record the bottom line before proposing."),
    }
}

fn single_lead(case: &Case, now: Timestamp) -> Result {
    match &case.owner {
        Some(owner) => kept(
            format!("负责人：{}", owner.name),
            format!("Owner: {}.", owner.name),
        ),
        None if case.state.is_final() => kept("案件已了结", "The case is finished."),
        None if case.state == CaseState::Received && !first_answer_late(case, now) => {
            to_do("请指定唯一负责人", "Name one accountable owner.")
        }
        None => broken(
            "处理中的案件没有负责人",
            "The case is being handled and nobody owns it.",
        ),
    }
}

/// Cases of an incident answer with the incident's statement; without the link each would find its own words.
fn one_voice(case: &Case, known: &Known) -> Result {
    if let Some(words) = &known.strayed {
        return broken(
            format!("发给客户的“{words}”与已批准口径不一致，请更正"),
            format!("“{words}” was written to the customer against the approved statement: put it right."),
        );
    }
    if let Some(straying) = straying(case, known) {
        return straying;
    }
    let many = case.analysis.has_risk(Risk::Herd)
        || case
            .analysis
            .causes
            .iter()
            .any(|finding| finding.value() == Cause::Herd)
        || case
            .analysis
            .subjects
            .iter()
            .any(|finding| finding.value() == Subject::Incident);
    if let (Some(parent), Some(_)) = (&case.parent, &known.statement) {
        return kept(
            format!("按事件案件 {parent} 的已批准口径答复"),
            format!("It answers with the approved statement of incident {parent}."),
        );
    }
    match (&case.parent, many, &case.proposal) {
        (Some(parent), ..) => kept(
            format!("随事件案件 {parent} 统一口径"),
            format!("It answers with the incident case {parent}."),
        ),
        (None, false, Some(_)) if known.like.as_ref().is_some_and(|like| like.cases > 0) => {
            kept("与同类案件的处理一致", "It agrees with what like cases got.")
        }
        (None, false, _) => kept("没有牵涉多人的迹象", "No sign that many are affected."),
        (None, true, None) => to_do(
            "可能牵涉多人，请关联事件案件",
            "Many may be affected: link the incident case.",
        ),
        (None, true, Some(_)) => broken(
            "可能牵涉多人，却单独提出了方案",
            "Many may be affected, and a proposal was made for one alone.",
        ),
    }
}

/// A proposal far from what like cases got is warned of: it may be right, but somebody should be able to say why.
fn straying(case: &Case, known: &Known) -> Option<Result> {
    let (like, proposal) = (known.like.as_ref()?, case.proposal.as_ref()?);
    let (offer, sums) = strays(like, &proposal.offers).into_iter().next()?;
    let (name, amount) = (offer.remedy.entry(), offer.amount?);
    Some(to_do(
        format!(
            "“{}”{} 元偏离同类：{} 件同类在 {}–{} 元之间，请说明缘由或改为一致",
            name.zh,
            amount.decimal(),
            sums.count,
            sums.lower.decimal(),
            sums.upper.decimal()
        ),
        format!(
            "“{}” of {} strays from like cases: {} of them got {}–{}; give the reason or bring it in line.",
            name.en,
            amount.decimal(),
            sums.count,
            sums.lower.decimal(),
            sums.upper.decimal()
        ),
    ))
}

/// All affected: the customer at the promised interval, and whoever else has to know.
fn all_informed(case: &Case, known: &Known, now: Timestamp) -> Result {
    let reports = customer_informed(case, now);
    let Some(telling) = &known.telling else {
        return reports;
    };
    let parties = informed(case, telling);
    let named = |wanted: &dyn Fn(&domain::PartyInformed) -> bool, reason: bool| {
        let entries = parties.iter().filter(|one| wanted(one)).map(|one| {
            let (entry, because) = (one.party.entry(), &one.because);
            match reason {
                true => (
                    format!("{}（{}）", entry.zh, because.zh),
                    format!("{} ({})", entry.en.to_lowercase(), because.en),
                ),
                false => (entry.zh.to_owned(), entry.en.to_lowercase()),
            }
        });
        let (zh, en): (Vec<String>, Vec<String>) = entries.unzip();
        (zh.join("、"), en.join(", "))
    };
    let missing = named(&|one| one.needed && !one.done, true);
    let (done_zh, done_en) = named(&|one| one.done && !one.told.is_empty(), false);
    if !missing.0.is_empty() && reports.0 != CheckState::Violated {
        let (zh, en) = (
            format!("还没有告知：{}", missing.0),
            format!("Not told yet: {}.", missing.1),
        );
        return match case.state.is_final() {
            true => broken(zh, en),
            false => to_do(zh, en),
        };
    }
    match (reports.0, done_zh.is_empty()) {
        (CheckState::Ok, false) => kept(format!("已告知：{done_zh}"), format!("Told: {done_en}.")),
        _ => reports,
    }
}

/// Whether the customer is told at the promised interval (C3, keep informed).
pub(super) fn customer_informed(case: &Case, now: Timestamp) -> Result {
    let Some(clock) = clock(case, DeadlineKind::Progress) else {
        return to_do(
            "首次响应后开始定期通报进展",
            "Progress reports begin after the first answer.",
        );
    };
    match clock.state {
        _ if case.state.is_final() => kept("案件已了结并告知", "The case is finished."),
        DeadlineState::Breached => broken(
            "没有按时向客户通报进展",
            "The progress report to the customer is late.",
        ),
        _ if now > clock.due_at => broken(
            "没有按时向客户通报进展",
            "The progress report to the customer is late.",
        ),
        DeadlineState::Near => to_do("快到通报进展的时间", "The next progress report is due soon."),
        _ => kept("进展通报按时", "Progress reports are on time."),
    }
}

fn clock(case: &Case, kind: DeadlineKind) -> Option<&domain::Deadline> {
    case.deadlines.iter().find(|clock| clock.kind == kind)
}

fn first_answer_late(case: &Case, now: Timestamp) -> bool {
    clock(case, DeadlineKind::FirstResponse).is_some_and(|clock| match clock.state {
        DeadlineState::Breached => true,
        DeadlineState::Running | DeadlineState::Near => now > clock.due_at,
        DeadlineState::Met | DeadlineState::Paused => false,
        DeadlineState::Stopped => first_outbound(case).is_some_and(|message| message.at > clock.due_at),
    })
}

fn first_outbound(case: &Case) -> Option<&domain::Message> {
    case.messages
        .iter()
        .find(|message| message.direction == MessageDirection::Outbound)
}

fn first_day(case: &Case, now: Timestamp) -> Result {
    let state = clock(case, DeadlineKind::FirstResponse).map(|clock| clock.state);
    match state {
        _ if first_answer_late(case, now) => {
            broken("首次响应超过时限", "The first answer was not given in time.")
        }
        Some(DeadlineState::Running | DeadlineState::Near | DeadlineState::Paused) => {
            to_do("请在时限内首次响应", "Give the first answer in time.")
        }
        Some(DeadlineState::Met) => kept("已按时首次响应", "The first answer was given in time."),
        Some(DeadlineState::Stopped | DeadlineState::Breached) | None => {
            kept("不再需要首次响应", "No first answer is needed any more.")
        }
    }
}

/// No final word on first contact beyond authority: such a proposal waits, and was not made with the first answer.
fn leave_room(case: &Case) -> Result {
    let Some(proposal) = &case.proposal else {
        return kept(
            "没有说出超出权限的定论",
            "No final word beyond authority was given.",
        );
    };
    let first_contact = first_outbound(case).is_none_or(|message| proposal.at <= message.at);
    match (proposal.needs_approval, first_contact) {
        (true, true) => broken(
            "首次接触就提出超出权限的方案",
            "A proposal beyond authority was made on first contact.",
        ),
        (true, false) => to_do(
            "方案等待批准，批准前不要告知客户",
            "The proposal waits for approval; do not tell it before.",
        ),
        (false, _) => kept(
            "没有说出超出权限的定论",
            "No final word beyond authority was given.",
        ),
    }
}

/// Safety and law outrank cost.
fn highest_interest(case: &Case) -> Result {
    let safety = case.analysis.has_risk(Risk::Safety);
    if !safety && !case.analysis.has_risk(Risk::Legal) {
        return kept("不涉及安全与法律", "Neither safety nor law is touched.");
    }
    match case.state {
        CaseState::Received => to_do(
            "涉及安全或法律，请先处置风险",
            "Safety or law is touched: deal with the risk first.",
        ),
        CaseState::Refused if safety => broken(
            "涉及人身安全的投诉被拒绝",
            "A complaint that touches safety was turned down.",
        ),
        CaseState::Acknowledged => to_do(
            "涉及安全或法律，请尽快厘清",
            "Safety or law is touched: find out more soon.",
        ),
        _ => kept(
            "安全与法律事项已在处理",
            "The matter of safety or law is being dealt with.",
        ),
    }
}
