//! What may be offered, from facts alone: subject, severity, loyalty, what was asked, the amount and past remedies.
//!
//! The input is [`Claim`], which has no place for psychology, temperament, stance or anger type (R5).

use domain::plan::Redress;
use domain::{
    Analysis, Bilingual, Cause, Loyalty, Money, Motive, Nature, RedressOption, RedressRange, Remedy,
    RemedyFamily, Role, Severity, Situation, Subject, Vocabulary,
};

use crate::facts::{spoken_amount, spoken_limit};
use crate::guarantee::{Grant, Guarantee};
use crate::personal;

/// The facts that redress may depend on, and nothing else.
#[derive(Clone, Debug)]
pub(crate) struct Claim {
    complaint: bool,
    subject: Subject,
    severity: Severity,
    loyalty: Loyalty,
    amount: Option<Money>,
    refund_asked: bool,
    compensation_asked: bool,
    apology_asked: bool,
    /// A failing is alleged, a loss is told of, or money is asked for.
    harm: bool,
    earlier: Vec<Remedy>,
    /// Remedies of earlier cases that this customer was content with.
    worked: Vec<Remedy>,
    role: Role,
}

impl Claim {
    /// The claim that an analysis and the situation of its case make.
    pub(crate) fn of(analysis: &Analysis, situation: &Situation) -> Self {
        let has_cause = |cause| analysis.causes.iter().any(|finding| finding.value() == cause);
        let refund_asked = analysis.has_motive(Motive::Refund);
        let compensation_asked = analysis.has_motive(Motive::Compensation);
        Self {
            complaint: analysis.complaint.value(),
            // Without a subject the way it was handled is what remains to be made good.
            subject: analysis
                .subjects
                .first()
                .map_or(Subject::Service, |finding| finding.value()),
            severity: situation.severity,
            loyalty: situation.loyalty,
            amount: situation.amount.or_else(|| analysis.largest_amount()),
            refund_asked,
            compensation_asked,
            apology_asked: analysis.has_motive(Motive::Apology),
            harm: analysis.nature.value() == Nature::Valid
                || has_cause(Cause::Loss)
                || has_cause(Cause::BrokenPromise)
                || refund_asked
                || compensation_asked,
            earlier: situation.earlier_remedies.clone(),
            worked: personal::remedies_that_worked(situation),
            role: situation.actor_role,
        }
    }

    pub(crate) fn is_foreign(&self, guarantee: &Guarantee) -> bool {
        let known = guarantee.investigate_above.currency;
        self.amount.is_some_and(|amount| amount.currency != known)
    }

    fn is_small(&self, guarantee: &Guarantee) -> bool {
        let below = |amount: Money| {
            amount.currency == guarantee.no_haggling_below.currency && amount <= guarantee.no_haggling_below
        };
        self.amount.is_some_and(below)
    }

    fn is_large(&self, guarantee: &Guarantee) -> bool {
        let above = |amount: Money| {
            amount.currency == guarantee.investigate_above.currency && amount > guarantee.investigate_above
        };
        self.amount.is_some_and(above)
    }

    /// What was asked for comes first, then what this customer was content with before; the rest keeps the order of
    /// the table.
    fn place(&self, remedy: Remedy) -> u8 {
        let asked = match remedy {
            Remedy::Refund | Remedy::PartialRefund => self.refund_asked,
            Remedy::Compensation => self.compensation_asked,
            Remedy::Apology | Remedy::FormalApology => self.apology_asked,
            _ => false,
        };
        match asked {
            true => 0,
            false if self.worked.contains(&remedy) => 1,
            false => 2,
        }
    }
}

/// The redress part of a plan.
pub(crate) fn propose_redress(guarantee: &Guarantee, claim: &Claim) -> Redress {
    let authority = guarantee.authority(claim.role);
    let mut grants = choose_grants(guarantee, claim);
    grants.sort_by_key(|grant| claim.place(grant.remedy));
    let options = grants
        .iter()
        .map(|grant| write_option(guarantee, grant, claim, authority))
        .collect();
    Redress {
        options,
        authority,
        because: explain(guarantee, claim, authority),
        no_haggling_below: guarantee.no_haggling_below,
        investigate_above: guarantee.investigate_above,
        small: claim.complaint && claim.is_small(guarantee),
        large: claim.complaint && claim.is_large(guarantee),
        foreign: claim.complaint && claim.is_foreign(guarantee),
    }
}

fn choose_grants(guarantee: &Guarantee, claim: &Claim) -> Vec<Grant> {
    if !claim.complaint {
        return Vec::new();
    }
    let mut grants = guarantee.grants(claim.subject, claim.severity).to_vec();
    if claim.refund_asked && claim.is_small(guarantee) && !grants.iter().any(|g| g.remedy == Remedy::Refund) {
        grants.push(Grant::full_refund());
    }
    grants.extend_from_slice(guarantee.loyalty_grants(claim.loyalty));
    grants.retain(|grant| claim.refund_asked || !grant.if_asked);
    grants.retain(|grant| claim.harm || grant.remedy.family() == RemedyFamily::Spirit);
    // The same small token twice is felt as a brush-off.
    let token = |remedy| matches!(remedy, Remedy::Coupon | Remedy::Points);
    grants.retain(|grant| !(token(grant.remedy) && claim.earlier.contains(&grant.remedy)));
    grants
}

fn write_option(guarantee: &Guarantee, grant: &Grant, claim: &Claim, authority: Money) -> RedressOption {
    let range = grant.range(claim.amount);
    let reason = guarantee.reason(grant.remedy);
    let because = match range.filter(|range| exceeds(range, authority)) {
        None => reason.clone(),
        Some(_) => {
            let limit = spoken_limit(authority);
            Bilingual::new(
                format!("{}超过{}的部分须先报批。", reason.zh, limit.zh),
                format!("{} Anything above {} needs approval first.", reason.en, limit.en),
            )
        }
    };
    RedressOption {
        remedy: grant.remedy,
        range,
        because,
    }
}

fn exceeds(range: &RedressRange, authority: Money) -> bool {
    range.most.currency != authority.currency || range.most > authority
}

/// How the part was computed, in one short paragraph.
fn explain(guarantee: &Guarantee, claim: &Claim, authority: Money) -> Bilingual {
    if !claim.complaint {
        return Bilingual::new(
            "没有投诉，不涉及补救。",
            "There is no complaint, so nothing is to be made good.",
        );
    }
    let (subject, severity) = (claim.subject.entry(), claim.severity.entry());
    let limit = spoken_limit(authority);
    let mut text = Bilingual::new(
        format!("按服务保证表“{}·{}”一行", subject.zh, severity.zh),
        format!("From the guarantee table, row “{} · {}”", subject.en, severity.en),
    );
    let basis = match claim.amount.map(spoken_amount) {
        Some(amount) => Bilingual::new(
            format!("，以争议金额{}为基数。", amount.zh),
            format!(", on the {} in dispute.", amount.en),
        ),
        None => Bilingual::new(
            "；争议金额未知，取表中定额。",
            "; the amount is not known, so fixed sums apply.",
        ),
    };
    append(&mut text, basis);
    for note in notes(guarantee, claim) {
        append(&mut text, note);
    }
    append(
        &mut text,
        Bilingual::new(
            format!("您可自行决定{}以内。", limit.zh),
            format!(" You may grant up to {} on your own.", limit.en),
        ),
    );
    text
}

/// What else shaped the options: benefit of the doubt, missing harm, past remedies.
fn notes(guarantee: &Guarantee, claim: &Claim) -> Vec<Bilingual> {
    let mut notes = Vec::new();
    if !claim.harm {
        notes.push(Bilingual::new(
            "未指称过失或损失，只列精神补救。",
            " No failing or loss is alleged, so only remedies of spirit are listed.",
        ));
    }
    if claim.is_small(guarantee) {
        notes.push(Bilingual::new(
            "金额小，不讨价还价。",
            " The sum is small: don't haggle.",
        ));
    }
    if claim.is_foreign(guarantee) {
        notes.push(Bilingual::new(
            "争议金额是外币：比例照算，限额无法直接比较，凡外币补救一律先报批。",
            " The sum is in foreign money: percentages hold as they are, limits cannot be compared, so every remedy \
             in foreign money needs approval first.",
        ));
    }
    if claim.is_large(guarantee) {
        notes.push(Bilingual::new(
            "金额较大，先核实情况、看往来记录，再提数。",
            " The sum is large: check the facts and the history before a figure is named.",
        ));
    }
    if !claim.earlier.is_empty() {
        let zh: Vec<&str> = claim.earlier.iter().map(|remedy| remedy.entry().zh).collect();
        let en: Vec<&str> = claim.earlier.iter().map(|remedy| remedy.entry().en).collect();
        notes.push(Bilingual::new(
            format!("此前已给过：{}。", zh.join("、")),
            format!(" Given before: {}.", en.join(", ").to_lowercase()),
        ));
    }
    notes
}

fn append(text: &mut Bilingual, more: Bilingual) {
    text.zh.push_str(&more.zh);
    text.en.push_str(&more.en);
}
