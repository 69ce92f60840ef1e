//! What like cases got, what a remedy may cost, who may approve it, and what speaks for and against a claim.

use domain::{Bilingual, Language};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    analysis::Money,
    case::RemedyOffer,
    key::{CaseStateKey, CheckStateKey, Key, OutcomeKey, PrincipleKey, RemedyKey, RoleKey},
    time::rfc3339,
};

/// One of the ten recovery principles on a case.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct PrincipleCheck {
    /// The principle.
    pub principle: PrincipleKey,
    /// Kept, to do, or violated.
    pub state: CheckStateKey,
    /// Why.
    pub because: String,
}

impl PrincipleCheck {
    /// The JSON shape in one language.
    pub fn of(state: &domain::PrincipleState, language: Language) -> Self {
        Self {
            principle: Key(state.principle),
            state: Key(state.state),
            because: say(&state.because, language),
        }
    }
}

/// One reason of the two-sided record.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct CredenceReason {
    /// The kind of reason, such as `promise_broken`.
    pub key: String,
    /// The reason in words.
    pub because: String,
    /// When what it tells of happened.
    pub at: Option<String>,
}

/// One earlier case of the customer.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct PastCase {
    /// The identity.
    pub case_id: String,
    /// The number people say.
    pub number: String,
    /// What it was about; masked.
    pub title: String,
    /// When it was opened.
    pub at: String,
    /// How far it came.
    pub state: CaseStateKey,
    /// The customer's verdict.
    pub outcome: Option<OutcomeKey>,
    /// What was proposed.
    pub offers: Vec<RemedyOffer>,
}

/// What speaks for believing the claim and what asks for a check; never a reason to refuse by itself.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Credence {
    /// Reasons to believe.
    pub believe: Vec<CredenceReason>,
    /// Reasons to check.
    pub check: Vec<CredenceReason>,
    /// What follows from both.
    pub advice: String,
    /// Whether an investigation is due before a sum is named.
    pub investigate: bool,
    /// Earlier cases of the customer, newest first.
    pub history: Vec<PastCase>,
}

impl Credence {
    /// The JSON shape in one language.
    pub fn of(credence: &domain::Credence, past: &[domain::PastCase], language: Language) -> Self {
        let reasons = |reasons: &[domain::CredenceReason]| {
            let shown = reasons.iter().map(|reason| CredenceReason {
                key: reason.key.to_owned(),
                because: say(&reason.because, language),
                at: reason.at.map(rfc3339),
            });
            shown.collect()
        };
        Self {
            believe: reasons(&credence.believe),
            check: reasons(&credence.check),
            advice: say(&credence.advice, language),
            investigate: credence.investigate,
            history: past.iter().map(past_case).collect(),
        }
    }
}

fn past_case(past: &domain::PastCase) -> PastCase {
    PastCase {
        case_id: past.id.0.clone(),
        number: past.number.clone(),
        title: past.title.clone(),
        at: rfc3339(past.at),
        state: Key(past.state),
        outcome: past.outcome.map(Key),
        offers: past.offers.iter().map(RemedyOffer::from).collect(),
    }
}

/// How sums are spread.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Spread {
    /// How many sums.
    pub count: u32,
    /// The least.
    pub least: Money,
    /// A quarter lies at or below it.
    pub lower: Money,
    /// The middle.
    pub median: Money,
    /// A quarter lies at or above it.
    pub upper: Money,
    /// The most.
    pub most: Money,
}

impl From<domain::Spread> for Spread {
    fn from(spread: domain::Spread) -> Self {
        Self {
            count: spread.count,
            least: spread.least.into(),
            lower: spread.lower.into(),
            median: spread.median.into(),
            upper: spread.upper.into(),
            most: spread.most.into(),
        }
    }
}

/// One remedy that was granted in an earlier case.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Precedent {
    /// The case.
    pub case_id: String,
    /// The number people say.
    pub number: String,
    /// How much, when it was of money.
    pub amount: Option<Money>,
    /// When it was proposed.
    pub at: String,
}

/// What like cases got of one remedy.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct LikeRemedy {
    /// The remedy.
    pub remedy: RemedyKey,
    /// In how many cases.
    pub cases: u32,
    /// How the sums are spread.
    pub sums: Option<Spread>,
    /// The newest precedents.
    pub newest: Vec<Precedent>,
}

/// How alike the cases are that were compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Likeness {
    /// The same subject, severity and product.
    Product,
    /// The same subject and severity.
    Severity,
    /// The same subject.
    Subject,
}

/// What like cases got.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct LikeCases {
    /// How alike they are.
    pub likeness: Likeness,
    /// How many cases.
    pub cases: u32,
    /// By remedy, the most frequent first.
    pub remedies: Vec<LikeRemedy>,
}

impl From<&domain::LikeCases> for LikeCases {
    fn from(like: &domain::LikeCases) -> Self {
        let precedent = |one: &domain::Precedent| Precedent {
            case_id: one.case.0.clone(),
            number: one.number.clone(),
            amount: one.amount.map(Money::from),
            at: rfc3339(one.at),
        };
        let remedies = like.remedies.iter().map(|one| LikeRemedy {
            remedy: Key(one.remedy),
            cases: one.cases,
            sums: one.sums.map(Spread::from),
            newest: one.newest.iter().map(precedent).collect(),
        });
        Self {
            likeness: match like.likeness {
                domain::Likeness::Product => Likeness::Product,
                domain::Likeness::Severity => Likeness::Severity,
                domain::Likeness::Subject => Likeness::Subject,
            },
            cases: like.cases,
            remedies: remedies.collect(),
        }
    }
}

/// Up to which cost making good pays for itself by the customer kept.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct BreakEven {
    /// What the customer bought within a year.
    pub yearly: Money,
    /// The cost at which gain and loss are equal.
    pub sum: Money,
    /// What is earned on sales, in percent.
    pub margin_percent: u8,
    /// Years looked ahead.
    pub years: u8,
    /// How many of a hundred stay when nothing is settled.
    pub stay_unsettled_percent: u8,
    /// How many of a hundred stay when it is settled.
    pub stay_settled_percent: u8,
    /// The computation in words.
    pub because: String,
}

/// What a role may grant alone.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct RoleLimit {
    /// The role.
    pub role: RoleKey,
    /// What it may grant alone.
    pub limit: Money,
}

/// An offer far from what like cases got.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Stray {
    /// The offer.
    pub offer: RemedyOffer,
    /// What like cases got.
    pub sums: Spread,
}

/// What helps to decide how to make good.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct RedressAdvice {
    /// What like cases got; null when the case has no subject.
    pub like: Option<LikeCases>,
    /// Offers of the present proposal that stray from it.
    pub straying: Vec<Stray>,
    /// Where a remedy stops paying; null when nothing is known of what the customer buys.
    pub break_even: Option<BreakEven>,
    /// Who may grant how much alone, from the lowest limit up; above it somebody with more decides.
    pub ladder: Vec<RoleLimit>,
    /// The rulebook this follows.
    pub rulebook: String,
}

/// What a [`RedressAdvice`] is made from.
#[derive(Clone, Debug)]
pub struct AdviceParts {
    /// What like cases got.
    pub like: Option<domain::LikeCases>,
    /// Offers that stray from it.
    pub straying: Vec<(domain::RemedyOffer, domain::Spread)>,
    /// Where a remedy stops paying.
    pub break_even: Option<domain::BreakEven>,
    /// Who may grant how much.
    pub ladder: Vec<(domain::Role, domain::Money)>,
    /// The rulebook.
    pub rulebook: String,
}

impl RedressAdvice {
    /// The JSON shape in one language.
    pub fn of(parts: &AdviceParts, language: Language) -> Self {
        let ladder = parts.ladder.iter().map(|(role, limit)| RoleLimit {
            role: Key(*role),
            limit: (*limit).into(),
        });
        let straying = parts.straying.iter().map(|(offer, sums)| Stray {
            offer: RemedyOffer::from(offer),
            sums: (*sums).into(),
        });
        Self {
            like: parts.like.as_ref().map(LikeCases::from),
            straying: straying.collect(),
            break_even: parts.break_even.as_ref().map(|even| break_even(even, language)),
            ladder: ladder.collect(),
            rulebook: parts.rulebook.clone(),
        }
    }
}

fn break_even(even: &domain::BreakEven, language: Language) -> BreakEven {
    BreakEven {
        yearly: even.yearly.into(),
        sum: even.sum.into(),
        margin_percent: even.margin_percent,
        years: even.years,
        stay_unsettled_percent: even.stay_unsettled_percent,
        stay_settled_percent: even.stay_settled_percent,
        because: say(&even.because, language),
    }
}

fn say(text: &Bilingual, language: Language) -> String {
    text.in_language(language).to_owned()
}
