//! The two-sided record of what speaks for a claim and what asks for a check (D5): facts with their dates, never a
//! label on the person and never a reason to refuse by itself.

use domain::{
    Bilingual, Case, CaseState, Credence, CredenceReason, Dealings, EntityKind, Money, PastCase,
    PromiseState, Purchase, Timestamp,
};

use crate::rules::DoubtSums;

const DAY_MS: i64 = 86_400_000;
/// Complaints within so many days count as close together.
const CLOSE_DAYS: i64 = 90;
/// So many close together ask for a look.
const OFTEN: usize = 3;
/// A customer is of long standing after so many days.
const LONG_DAYS: i64 = 365;
/// So many other complaints about the same matter speak for this one.
const ALIKE: u32 = 3;

/// What is known around a case.
#[derive(Clone, Debug, Default)]
pub struct Standing<'k> {
    /// Earlier cases of the customer.
    pub dealings: Option<&'k Dealings>,
    /// Since when the customer is known.
    pub since: Option<Timestamp>,
    /// What the customer bought, newest first; nothing when no customer is known.
    pub purchases: Option<&'k [Purchase]>,
    /// How many other cases of the last 90 days are about the same subject and product.
    pub alike: u32,
}

/// What speaks for believing the claim and what asks for a check, newest facts with their dates.
pub fn credence(case: &Case, standing: &Standing<'_>, sums: DoubtSums, now: Timestamp) -> Credence {
    let record = Record {
        case,
        standing,
        sums,
        now,
    };
    let (believe, check) = (record.believe(), record.check());
    let large = record
        .amount()
        .is_some_and(|amount| exceeds(amount, sums.investigate_above));
    let investigate = large && case.investigated_at.is_none() && case.valid.is_none();
    Credence {
        advice: advice(&believe, &check, investigate, record.is_small()),
        believe,
        check,
        investigate,
    }
}

/// A sum in foreign money cannot be weighed and counts as above the limit.
pub(super) fn exceeds(amount: Money, limit: Money) -> bool {
    amount.currency != limit.currency || amount.minor > limit.minor
}

fn advice(believe: &[CredenceReason], check: &[CredenceReason], investigate: bool, small: bool) -> Bilingual {
    match (investigate, small) {
        (true, _) => Bilingual::new(
            "先核实情况、看往来记录，再提数；核实期间照常回应。存疑不是拒绝的理由。",
            "Check the facts and the history before a figure is named, and keep answering meanwhile. Doubt is no ground for refusal.",
        ),
        (false, true) => Bilingual::new(
            "金额小，按对方说的办，不讨价还价。",
            "The sum is small: take their word for it and do not haggle.",
        ),
        (false, false) if check.len() > believe.len() => Bilingual::new(
            "有几处需要核对，请对方补一点信息；没有核实之前不下结论。存疑不是拒绝的理由。",
            "Some points need a look; ask for what is missing and conclude nothing before. Doubt is no ground for refusal.",
        ),
        (false, false) => Bilingual::new(
            "宁信其有：按对方说的处理，边办边核实。",
            "Benefit of the doubt: act on what they say and check along the way.",
        ),
    }
}

struct Record<'k> {
    case: &'k Case,
    standing: &'k Standing<'k>,
    sums: DoubtSums,
    now: Timestamp,
}

fn reason(
    key: &'static str,
    zh: impl Into<String>,
    en: impl Into<String>,
    at: Option<Timestamp>,
) -> CredenceReason {
    CredenceReason {
        key,
        because: Bilingual::new(zh, en),
        at,
    }
}

impl Record<'_> {
    fn amount(&self) -> Option<Money> {
        self.case.analysis.largest_amount()
    }

    fn is_small(&self) -> bool {
        let limit = self.sums.no_haggling_below;
        self.amount()
            .is_some_and(|amount| amount.currency == limit.currency && amount.minor < limit.minor)
    }

    fn past(&self) -> &[PastCase] {
        self.standing.dealings.map_or(&[], |dealings| &dealings.past)
    }

    fn believe(&self) -> Vec<CredenceReason> {
        let found = [
            self.was_verified(true),
            self.broken_promise(),
            self.particulars(),
            self.purchase(),
            self.upheld(),
            self.others(),
            self.long_standing(),
            self.small_sum(),
        ];
        found.into_iter().flatten().collect()
    }

    fn check(&self) -> Vec<CredenceReason> {
        let found = [
            self.was_verified(false),
            self.large_sum(),
            self.no_particulars(),
            self.no_purchase(),
            self.refused_before(),
            self.often(),
        ];
        found.into_iter().flatten().collect()
    }

    fn was_verified(&self, valid: bool) -> Option<CredenceReason> {
        let (key, zh, en) = match valid {
            true => ("verified", "已核实为有效投诉", "Verified as valid"),
            false => (
                "not_verified",
                "核实下来依据不足",
                "The check did not bear it out",
            ),
        };
        (self.case.valid == Some(valid)).then(|| reason(key, zh, en, None))
    }

    fn broken_promise(&self) -> Option<CredenceReason> {
        let missed = |state| matches!(state, PromiseState::Broken | PromiseState::Late);
        let promise = self.case.promises.iter().find(|promise| missed(promise.state))?;
        let zh = format!("有承诺没有按时兑现：{}", promise.what);
        let en = format!("A promise was not kept in time: {}", promise.what);
        Some(reason("promise_broken", zh, en, Some(promise.made_at)))
    }

    /// Kinds of particulars that can be looked up.
    fn named(&self) -> Vec<EntityKind> {
        let kinds = [
            EntityKind::Order,
            EntityKind::Date,
            EntityKind::Product,
            EntityKind::Place,
        ];
        let said = |kind: &EntityKind| {
            self.case
                .analysis
                .entities
                .iter()
                .any(|entity| entity.kind == *kind)
        };
        let mut named: Vec<EntityKind> = kinds.into_iter().filter(said).collect();
        if self.case.matter.order.is_some() && !named.contains(&EntityKind::Order) {
            named.push(EntityKind::Order);
        }
        named
    }

    fn particulars(&self) -> Option<CredenceReason> {
        let named = self.named();
        let names = |english: bool| {
            let names = named.iter().map(|kind| {
                let entry = domain::Vocabulary::entry(*kind);
                if english {
                    entry.en.to_lowercase()
                } else {
                    entry.zh.to_owned()
                }
            });
            names.collect::<Vec<_>>().join(if english { ", " } else { "、" })
        };
        let (zh, en) = (
            format!("讲得具体，可以核对：{}", names(false)),
            format!("It names what can be looked up: {}", names(true)),
        );
        (named.len() >= 2).then(|| reason("particulars", zh, en, None))
    }

    fn no_particulars(&self) -> Option<CredenceReason> {
        let (zh, en) = (
            "没有单号、日期、产品或地点，先请对方补一项再核对",
            "No order, date, product or place is named; ask for one to look it up",
        );
        self.named()
            .is_empty()
            .then(|| reason("no_particulars", zh, en, None))
    }

    fn purchase(&self) -> Option<CredenceReason> {
        let bought = self.standing.purchases?.first()?;
        let sum = format!("{} {}", bought.amount.currency.code(), bought.amount.decimal());
        let zh = format!("有购买记录：{}，{sum}", bought.product);
        let en = format!("A purchase is on file: {}, {sum}", bought.product);
        Some(reason("purchase", zh, en, Some(bought.at)))
    }

    fn no_purchase(&self) -> Option<CredenceReason> {
        let none = self.standing.purchases.is_some_and(<[Purchase]>::is_empty);
        let (zh, en) = (
            "名下没有购买记录，可能是别人代买，请核对单据",
            "No purchase is on file; somebody else may have paid, so look at the receipt",
        );
        none.then(|| reason("no_purchase", zh, en, None))
    }

    fn upheld(&self) -> Option<CredenceReason> {
        let upheld: Vec<&PastCase> = self.past().iter().filter(|past| past.granted).collect();
        let last = upheld.first()?;
        let zh = format!("此前 {} 次投诉属实并已补救，最近是 {}", upheld.len(), last.number);
        let en = format!(
            "{} earlier complaint(s) were made good, the last {}",
            upheld.len(),
            last.number
        );
        Some(reason("upheld_before", zh, en, Some(last.at)))
    }

    fn refused_before(&self) -> Option<CredenceReason> {
        let refused = |past: &&PastCase| past.state == CaseState::Refused;
        let last = self.past().iter().find(refused)?;
        let zh = format!("此前的 {} 依规没有支持；事情不同就重新看", last.number);
        let en = format!(
            "{} was turned down by rule; another matter is looked at anew",
            last.number
        );
        Some(reason("refused_before", zh, en, Some(last.at)))
    }

    fn often(&self) -> Option<CredenceReason> {
        let recent: Vec<&PastCase> = self
            .past()
            .iter()
            .filter(|past| self.case.opened_at.since_ms(past.at) <= CLOSE_DAYS * DAY_MS)
            .collect();
        let zh = format!(
            "{CLOSE_DAYS} 天内第 {} 次投诉，先看前几次怎么处理的",
            recent.len() + 1
        );
        let en = format!(
            "Complaint number {} within {CLOSE_DAYS} days; see how the others were handled",
            recent.len() + 1
        );
        (recent.len() + 1 >= OFTEN).then(|| reason("often", zh, en, recent.first().map(|past| past.at)))
    }

    fn others(&self) -> Option<CredenceReason> {
        let count = self.standing.alike;
        let zh = format!("{CLOSE_DAYS} 天内另有 {count} 件同类投诉，像是我们这头的问题");
        let en = format!("{count} other complaints of the kind within {CLOSE_DAYS} days point to us");
        (count >= ALIKE).then(|| reason("others", zh, en, None))
    }

    fn long_standing(&self) -> Option<CredenceReason> {
        let since = self.standing.since?;
        let years = self.now.since_ms(since) / (LONG_DAYS * DAY_MS);
        let zh = format!("往来 {years} 年以上的老客户");
        let en = format!("A customer for {years} year(s) and more");
        (years >= 1).then(|| reason("long_standing", zh, en, Some(since)))
    }

    fn small_sum(&self) -> Option<CredenceReason> {
        let limit = self.sums.no_haggling_below;
        let zh = format!("金额在 {} 元以下，不值得争", limit.decimal());
        let en = format!("The sum is below {}, not worth an argument", limit.decimal());
        self.is_small().then(|| reason("small_sum", zh, en, None))
    }

    fn large_sum(&self) -> Option<CredenceReason> {
        let (amount, limit) = (self.amount()?, self.sums.investigate_above);
        let (zh, en) = match amount.currency == limit.currency {
            true => (
                format!(
                    "涉及 {} 元，超过 {} 元须先核实",
                    amount.decimal(),
                    limit.decimal()
                ),
                format!(
                    "{} is at stake; above {} facts are checked first",
                    amount.decimal(),
                    limit.decimal()
                ),
            ),
            false => (
                format!(
                    "涉及外币 {} {}，无法与限额直接比较，按须核实处理",
                    amount.currency.code(),
                    amount.decimal()
                ),
                format!(
                    "{} {} is foreign money and cannot be weighed against the limit, so it is checked",
                    amount.currency.code(),
                    amount.decimal()
                ),
            ),
        };
        exceeds(amount, limit).then(|| reason("large_sum", zh, en, None))
    }
}
