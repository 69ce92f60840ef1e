//! What helps to decide how to make good: like cases, straying offers, break-even, limits; and what speaks for a
//! claim and against it. Looks at facts of cases and purchases only.

use domain::{
    Case, Credence, Customer, LikeCases, Likeness, Money, Precedent, Purchase, Role, Subject, Timestamp,
    Vocabulary,
};
use store::CaseFilter;
use wire::redress::AdviceParts;

use crate::{
    App, AppError, Caller, Verb, limits, permission,
    situation::{GRANTED, History, was_granted},
};

const DAY_MS: i64 = 86_400_000;

impl App {
    /// Like cases, break-even and limits for a case.
    pub async fn redress_advice(&self, caller: &Caller, id: &str) -> Result<AdviceParts, AppError> {
        permission::require(caller.role, Verb::ReadRedress)?;
        let case = self.find_case(id).await?;
        let like = self.like_cases(&case).await?;
        let offers = case.proposal.as_ref().map(|proposal| proposal.offers.as_slice());
        let straying = like
            .as_ref()
            .zip(offers)
            .map(|(like, offers)| desk::redress::strays(like, offers));
        let rules = self.rules();
        Ok(AdviceParts {
            straying: straying.unwrap_or_default(),
            like,
            break_even: self.break_even(&case).await?,
            ladder: ladder(&rules),
            rulebook: rules.version().unwrap_or_default().to_owned(),
        })
    }

    /// What like cases got: of the same product first, then of the same severity, then of the same subject, until
    /// there are enough to compare with.
    pub(crate) async fn like_cases(&self, case: &Case) -> Result<Option<LikeCases>, AppError> {
        let Some(subject) = subject_of(case) else {
            return Ok(None);
        };
        let mut best: Option<LikeCases> = None;
        for likeness in [Likeness::Product, Likeness::Severity, Likeness::Subject] {
            let Some(filter) = like_filter(case, subject, likeness) else {
                continue;
            };
            let found = self.store().newest_cases(&filter, limits::LIKE_CASES).await?;
            let others = found.iter().filter(|other| {
                other.id != case.id && subject_of(other) == Some(subject) && was_granted(other)
            });
            let precedents: Vec<Precedent> = others.flat_map(precedents_of).collect();
            let like = desk::redress::like_cases(likeness, &precedents);
            let enough = like.cases >= limits::LIKE_ENOUGH;
            if best.as_ref().is_none_or(|best| like.cases > best.cases) {
                best = Some(like);
            }
            if enough {
                break;
            }
        }
        Ok(best)
    }

    async fn break_even(&self, case: &Case) -> Result<Option<domain::BreakEven>, AppError> {
        let purchases = self.purchases_of(case).await?.unwrap_or_default();
        let now = self.now();
        let Some(yearly) = bought_within_a_year(&purchases, now) else {
            return Ok(None);
        };
        let kept = self.playbook().retention();
        let terms = desk::redress::RetentionTerms {
            margin_percent: kept.margin_percent,
            years: kept.years,
            stay_unsettled_percent: kept.stay_unsettled_percent,
            stay_settled_percent: kept.stay_settled_percent,
            stay_fast_percent: kept.stay_fast_percent,
        };
        let fast = now.since_ms(case.received_at) <= DAY_MS;
        Ok(Some(desk::redress::break_even(yearly, terms, fast)))
    }

    async fn purchases_of(&self, case: &Case) -> Result<Option<Vec<Purchase>>, AppError> {
        match &case.customer {
            Some(customer) => {
                let purchases = self
                    .store()
                    .purchases(customer, limits::CUSTOMER_PURCHASES)
                    .await?;
                Ok(Some(purchases))
            }
            None => Ok(None),
        }
    }

    /// What speaks for believing a claim and what asks for a check.
    pub(crate) async fn credence(
        &self,
        case: &Case,
        customer: Option<&Customer>,
        history: &History,
    ) -> Result<Credence, AppError> {
        let purchases = self.purchases_of(case).await?;
        let dealings = crate::dealings::dealings_of(case, customer, history);
        let standing = desk::Standing {
            dealings: Some(&dealings),
            since: customer.map(|customer| customer.since),
            purchases: purchases.as_deref(),
            alike: self.alike(case).await?,
        };
        let rules = self.rules();
        let [no_haggling_below, investigate_above] = self.playbook().doubt_sums();
        let sums = rules.doubt().unwrap_or(desk::DoubtSums {
            no_haggling_below,
            investigate_above,
        });
        Ok(desk::credence(case, &standing, sums, self.now()))
    }

    /// Other complaints of the last 90 days about the same subject and product.
    async fn alike(&self, case: &Case) -> Result<u32, AppError> {
        let (Some(subject), Some(product)) = (subject_of(case), case.matter.product.clone()) else {
            return Ok(0);
        };
        let filter = CaseFilter {
            subjects: vec![subject],
            product: Some(product),
            opened_from: Some(case.opened_at.plus_ms(-limits::ALIKE_MS)),
            opened_to: Some(case.opened_at),
            ..CaseFilter::default()
        };
        Ok(u32::try_from(self.store().count(&filter).await?).unwrap_or(u32::MAX))
    }
}

fn subject_of(case: &Case) -> Option<Subject> {
    case.analysis.subjects.first().map(|finding| finding.value())
}

fn like_filter(case: &Case, subject: Subject, likeness: Likeness) -> Option<CaseFilter> {
    let same = CaseFilter {
        states: GRANTED.to_vec(),
        subjects: vec![subject],
        ..CaseFilter::default()
    };
    match likeness {
        Likeness::Product => Some(CaseFilter {
            severities: vec![case.severity],
            product: Some(case.matter.product.clone()?),
            ..same
        }),
        Likeness::Severity => Some(CaseFilter {
            severities: vec![case.severity],
            ..same
        }),
        Likeness::Subject => Some(same),
    }
}

fn precedents_of(case: &Case) -> Vec<Precedent> {
    let proposal = case.proposal.iter();
    let offers = proposal.flat_map(|proposal| proposal.offers.iter().map(move |offer| (proposal.at, offer)));
    let precedents = offers.map(|(at, offer)| Precedent {
        case: case.id.clone(),
        number: case.number.clone(),
        at,
        remedy: offer.remedy,
        amount: offer.amount,
    });
    precedents.collect()
}

/// In the currency of the newest purchase; nothing when nothing was bought within the year.
fn bought_within_a_year(purchases: &[Purchase], now: Timestamp) -> Option<Money> {
    let recent: Vec<&Purchase> = purchases
        .iter()
        .filter(|purchase| (0..=365 * DAY_MS).contains(&now.since_ms(purchase.at)))
        .collect();
    let currency = recent.first()?.amount.currency;
    let same = recent
        .iter()
        .filter(|purchase| purchase.amount.currency == currency);
    let minor = same.fold(0_i64, |sum, purchase| sum.saturating_add(purchase.amount.minor));
    Some(Money { minor, currency })
}

/// Roles that may grant anything, from the lowest limit up.
fn ladder(rules: &desk::Rules) -> Vec<(Role, Money)> {
    let mut ladder: Vec<(Role, Money)> = Role::ALL
        .iter()
        .map(|role| (*role, rules.authority(*role)))
        .filter(|(_, limit)| limit.minor > 0)
        .collect();
    ladder.sort_by_key(|(_, limit)| limit.minor);
    ladder
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_ahead_was_not_bought_within_the_year() {
        let buy = |day: i64| Purchase {
            customer: "a".into(),
            at: Timestamp(day * DAY_MS),
            amount: Money::yuan(10),
            product: String::new(),
        };
        let within = |purchases: &[Purchase]| bought_within_a_year(purchases, Timestamp(400 * DAY_MS));
        assert_eq!(within(&[buy(500), buy(399), buy(1)]), Some(Money::yuan(10)));
        assert_eq!(within(&[buy(500)]), None);
    }
}
