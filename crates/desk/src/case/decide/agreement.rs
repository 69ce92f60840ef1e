//! From proposal to a remedy that was checked.

use domain::{
    Bilingual, CaseState, Currency, DeadlineKind, EventKind, MessageDirection, Money, Proposal, Refusal,
    RefusalCode, Remedy, RemedyOffer, Vocabulary,
};

use super::{Draft, contact::restart_progress, time::refuse_own};
use crate::{
    case::refusal::{invalid, optional, refuse, required},
    deadline::ClockEvent,
};

/// More offers than there are remedies would repeat one.
const MOST_OFFERS: usize = 16;

pub(super) fn propose(
    draft: &mut Draft<'_>,
    offers: Vec<RemedyOffer>,
    summary: &str,
    core_position: Option<String>,
) -> Result<(), Refusal> {
    let summary = required(&draft.case, "summary", summary)?;
    let core_position = optional(&draft.case, "core_position", core_position.as_ref())?;
    if offers.is_empty() || offers.len() > MOST_OFFERS {
        let zh = format!("请给出 1 至 {MOST_OFFERS} 项补救");
        return Err(invalid(
            &draft.case,
            "offers",
            zh,
            format!("Name 1 to {MOST_OFFERS} remedies."),
        ));
    }
    for offer in &offers {
        check_offer(draft, offer)?;
    }
    let unchecked = is_unchecked(draft, &offers);
    let needs_approval = unchecked || exceeds_authority(draft, &offers);
    if let Some(position) = core_position {
        draft.push(EventKind::CorePositionSet { position });
    }
    let proposal = Proposal {
        offers,
        summary,
        by: draft.actor.person().cloned(),
        at: draft.now,
        needs_approval,
        approved_by: None,
        rulebook: draft.case.rulebook.clone(),
    };
    draft.push(EventKind::Proposed { proposal });
    draft.move_to(CaseState::Proposed, None);
    if needs_approval {
        let because = if unchecked {
            unchecked_words()
        } else {
            beyond_authority()
        };
        draft.escalate(because);
    } else {
        report_by_proposal(draft);
    }
    Ok(())
}

fn beyond_authority() -> Bilingual {
    Bilingual::new(
        "方案超出提出人的权限，等待批准；批准前不要告知客户",
        "The proposal is beyond the proposer's authority and waits for approval; do not tell the customer before.",
    )
}

fn unchecked_words() -> Bilingual {
    Bilingual::new(
        "金额较大而未经核实，须由另一人看过再批准；批准前不要告知客户",
        "The sum is large and was not checked: somebody else looks at it and approves; do not tell the customer before.",
    )
}

/// Above the sum of the guarantee table a check is due before a figure is named; without one a second pair of eyes
/// decides. Foreign money waits for approval in any case.
fn is_unchecked(draft: &Draft<'_>, offers: &[RemedyOffer]) -> bool {
    let checked = draft.case.investigated_at.is_some() || draft.case.valid == Some(true);
    let Some(sums) = draft.rules.doubt() else {
        return false;
    };
    !checked && total(offers) > sums.investigate_above.minor
}

/// A proposal that may be told is news for the customer: the next report counts from here.
fn report_by_proposal(draft: &mut Draft<'_>) {
    draft.finish(DeadlineKind::Progress);
    restart_progress(draft, None);
}

fn check_offer(draft: &Draft<'_>, offer: &RemedyOffer) -> Result<(), Refusal> {
    let name = offer.remedy.entry();
    match offer.amount {
        None if is_money(offer.remedy) => {
            let zh = format!("“{}”要写明金额", name.zh);
            Err(invalid(
                &draft.case,
                "offers.amount",
                zh,
                format!("“{}” needs an amount.", name.en),
            ))
        }
        Some(amount) if amount.minor <= 0 => Err(invalid(
            &draft.case,
            "offers.amount",
            "金额要大于零",
            "An amount must be above zero.",
        )),
        Some(_) if offer.remedy.family() == domain::RemedyFamily::Spirit => {
            let zh = format!("“{}”不带金额，请另列赔偿或退款", name.zh);
            let en = format!(
                "“{}” carries no amount; list compensation or a refund beside it.",
                name.en
            );
            Err(invalid(&draft.case, "offers.amount", zh, en))
        }
        _ => Ok(()),
    }
}

fn is_money(remedy: Remedy) -> bool {
    matches!(
        remedy,
        Remedy::Refund | Remedy::PartialRefund | Remedy::Compensation | Remedy::Coupon | Remedy::FeeWaiver
    )
}

/// Beyond authority are sums above the role's limit and all money of another currency, whose worth is not known here.
fn exceeds_authority(draft: &Draft<'_>, offers: &[RemedyOffer]) -> bool {
    foreign(offers).is_some() || total(offers) > draft.rules.authority(draft.actor.role()).minor
}

fn total(offers: &[RemedyOffer]) -> i64 {
    offers
        .iter()
        .filter_map(|offer| offer.amount)
        .fold(0, |sum, money| sum.saturating_add(money.minor))
}

/// Offers in foreign money; their worth in yuan is not known here.
fn foreign(offers: &[RemedyOffer]) -> Option<Money> {
    let amounts = offers.iter().filter_map(|offer| offer.amount);
    amounts.into_iter().find(|money| money.currency != Currency::CNY)
}

pub(super) fn approve(draft: &mut Draft<'_>, reason: Option<String>) -> Result<(), Refusal> {
    let reason = optional(&draft.case, "reason", reason.as_ref())?;
    let by = draft
        .case
        .proposal
        .as_ref()
        .and_then(|proposal| proposal.by.clone());
    refuse_own(draft, by.as_ref())?;
    let offers = draft
        .case
        .proposal
        .as_ref()
        .map(|proposal| proposal.offers.clone())
        .unwrap_or_default();
    if exceeds_authority(draft, &offers) && draft.actor.role() != domain::Role::Admin {
        if let Some(money) = foreign(&offers) {
            return Err(refuse_foreign(draft, money));
        }
        let (sum, limit) = (
            Money::fen(total(&offers)),
            draft.rules.authority(draft.actor.role()),
        );
        let zh = format!(
            "方案合计 {} 元，超出您 {} 元的权限，请上一级批准",
            sum.decimal(),
            limit.decimal()
        );
        let en = format!(
            "The proposal of {} is beyond your authority of {}; ask the next level to approve.",
            sum.decimal(),
            limit.decimal()
        );
        return Err(refuse(&draft.case, RefusalCode::NeedsApproval, None, zh, en));
    }
    let by = draft.actor.person().cloned();
    draft.push(EventKind::Approved { by, reason });
    report_by_proposal(draft);
    Ok(())
}

/// The proposal falls; its author learns why, and proposes anew.
pub(super) fn send_back(draft: &mut Draft<'_>, reason: &str) -> Result<(), Refusal> {
    let reason = required(&draft.case, "reason", reason)?;
    let proposal = draft.case.proposal.as_ref();
    let author = proposal.and_then(|proposal| proposal.by.clone());
    refuse_own(draft, author.as_ref())?;
    let by = draft.actor.person().cloned();
    draft.push(EventKind::SentBack { by, reason });
    draft.move_to(CaseState::Understood, None);
    Ok(())
}

fn refuse_foreign(draft: &Draft<'_>, money: Money) -> Refusal {
    let (code, sum) = (money.currency.code(), money.decimal());
    let zh = format!("方案含外币 {code} {sum}，无法与人民币权限比较，须由管理员批准；或改用人民币提出");
    let en = format!(
        "The proposal holds {code} {sum}, which cannot be weighed against limits in yuan; an administrator approves \
         it, or propose it in yuan."
    );
    refuse(&draft.case, RefusalCode::NeedsApproval, None, zh, en)
}

/// Nothing goes on with a proposal that waits for approval.
pub(super) fn require_approval(draft: &Draft<'_>) -> Result<(), Refusal> {
    match draft
        .case
        .proposal
        .as_ref()
        .is_some_and(|proposal| proposal.needs_approval)
    {
        true => Err(refuse(
            &draft.case,
            RefusalCode::NeedsApproval,
            None,
            "方案超出权限、尚未批准；请先请主管批准，或另提权限内的方案",
            "The proposal is beyond authority and not approved; have it approved, or propose within authority.",
        )),
        false => Ok(()),
    }
}

pub(super) fn agree(draft: &mut Draft<'_>) -> Result<(), Refusal> {
    require_approval(draft)?;
    draft.move_to(CaseState::Agreed, None);
    draft.note(ClockEvent::Agreed, draft.now);
    Ok(())
}

pub(super) fn remedy(draft: &mut Draft<'_>, note: Option<String>) -> Result<(), Refusal> {
    advance(draft, CaseState::Remedied, note)
}

pub(super) fn verify(draft: &mut Draft<'_>, note: Option<String>) -> Result<(), Refusal> {
    advance(draft, CaseState::Verified, note)
}

fn advance(draft: &mut Draft<'_>, to: CaseState, note: Option<String>) -> Result<(), Refusal> {
    if let Some(text) = optional(&draft.case, "note", note.as_ref())? {
        draft.write(MessageDirection::Internal, text);
    }
    draft.move_to(to, None);
    if let Some(event) = ClockEvent::of_state(to) {
        draft.note(event, draft.now);
    }
    Ok(())
}
