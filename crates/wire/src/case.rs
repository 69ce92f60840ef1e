//! One case as JSON, in one language, masked or not as the caller decided.

use domain::{CommandKind, Language, Nature};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    analysis::{Analysis, Money},
    keeping::{Attachment, Statement, TimeRequest},
    key::{
        CaseStateKey, ChannelKey, CheckRuleKey, CheckStateKey, CommandKindKey, DeadlineKindKey,
        DeadlineStateKey, Key, LoyaltyKey, NatureKey, OutcomeKey, PromiseStateKey, RemedyKey, ThreeChangeKey,
        keys_of,
    },
    plan::{Plan, localize},
    quote::Quote,
    redress::{Credence, PrincipleCheck},
    time::rfc3339,
};

/// What a case is shown from: the case and what was computed for this caller.
#[derive(Clone, Debug)]
pub struct CaseParts {
    /// The case, already masked when it is to be.
    pub case: domain::Case,
    /// Its customer, already masked when it is to be.
    pub customer: Option<domain::Customer>,
    /// The plan for the caller.
    pub plan: domain::Plan,
    /// The checks of the eight rules.
    pub checks: Vec<domain::Check>,
    /// The checks of the ten principles.
    pub principles: Vec<domain::PrincipleState>,
    /// What speaks for the claim and what asks for a check.
    pub credence: domain::Credence,
    /// Earlier cases of the customer, masked, newest first.
    pub past: Vec<domain::PastCase>,
    /// What the caller may do now.
    pub allowed: Vec<CommandKind>,
    /// Whether personal data is masked.
    pub masked: bool,
}

/// What the complaint is about in the organization's own terms.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Matter {
    /// The product or product line.
    pub product: Option<String>,
    /// The production batch.
    pub batch: Option<String>,
    /// The site: store, branch, region.
    pub site: Option<String>,
    /// The team concerned.
    pub team: Option<String>,
    /// The order number.
    pub order: Option<String>,
}

impl From<&domain::Matter> for Matter {
    fn from(matter: &domain::Matter) -> Self {
        let domain::Matter {
            product,
            batch,
            site,
            team,
            order,
        } = matter.clone();
        Self {
            product,
            batch,
            site,
            team,
            order,
        }
    }
}

/// The customer of a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct CaseCustomer {
    /// The identity.
    pub id: String,
    /// The name, masked unless the case is unmasked.
    pub name: String,
    /// How close the customer is.
    pub loyalty: LoyaltyKey,
}

/// A person at the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Person {
    /// The identity.
    pub id: String,
    /// The name shown.
    pub name: String,
}

impl From<&domain::Person> for Person {
    fn from(person: &domain::Person) -> Self {
        Self {
            id: person.id.0.clone(),
            name: person.name.clone(),
        }
    }
}

/// One clock.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Deadline {
    /// What it counts down to.
    pub kind: DeadlineKindKey,
    /// The policy that set it.
    pub policy: String,
    /// When it started.
    pub started_at: String,
    /// When a warning is due.
    pub near_at: String,
    /// When it is due.
    pub due_at: String,
    /// How it stands.
    pub state: DeadlineStateKey,
    /// Why it is due then.
    pub because: String,
    /// How many extensions were granted.
    pub extensions: u8,
    /// Days left out for an appraisal.
    pub days_out: u32,
    /// Since when it is paused.
    pub paused_at: Option<String>,
}

/// An entry of the promise ledger.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Promise {
    /// Counts from 1 within a case.
    pub number: u32,
    /// Who promised, in words.
    pub by: String,
    /// What was promised.
    pub what: String,
    /// Until when, when a time was named.
    pub until: Option<String>,
    /// When it was made or found.
    pub made_at: String,
    /// How it stands.
    pub state: PromiseStateKey,
    /// The customer's words that tell of it.
    pub quote: Option<Quote>,
}

/// One check of the eight rules.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Check {
    /// The rule.
    pub rule: CheckRuleKey,
    /// Kept, to do, or violated.
    pub state: CheckStateKey,
    /// Why.
    pub because: String,
}

/// One remedy offered.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct RemedyOffer {
    /// What is offered.
    pub remedy: RemedyKey,
    /// How much, when it is of money.
    pub amount: Option<Money>,
}

/// What was proposed to the customer.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Proposal {
    /// The remedies.
    pub offers: Vec<RemedyOffer>,
    /// In words.
    pub summary: String,
    /// Who proposed.
    pub by: Option<Person>,
    /// When.
    pub at: String,
    /// Whether it waits for approval, or waited for it.
    pub needs_approval: bool,
    /// Who approved.
    pub approved_by: Option<Person>,
    /// The rulebook it was decided by.
    pub rulebook: Option<String>,
}

impl From<&domain::RemedyOffer> for RemedyOffer {
    fn from(offer: &domain::RemedyOffer) -> Self {
        Self {
            remedy: Key(offer.remedy),
            amount: offer.amount.map(Money::from),
        }
    }
}

impl From<&domain::Proposal> for Proposal {
    fn from(proposal: &domain::Proposal) -> Self {
        Self {
            offers: proposal.offers.iter().map(RemedyOffer::from).collect(),
            summary: proposal.summary.clone(),
            by: proposal.by.as_ref().map(Person::from),
            at: rfc3339(proposal.at),
            needs_approval: proposal.needs_approval,
            approved_by: proposal.approved_by.as_ref().map(Person::from),
            rulebook: proposal.rulebook.clone(),
        }
    }
}

/// How the case was closed.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Closure {
    /// What the customer had expected.
    pub expected: String,
    /// What the customer received.
    pub received: String,
    /// The customer's verdict.
    pub outcome: OutcomeKey,
    /// Satisfaction 1–5.
    pub csat: Option<u8>,
    /// What was tried to get a verdict, when none was given.
    pub attempts: Option<String>,
    /// When.
    pub at: String,
}

impl From<&domain::Closure> for Closure {
    fn from(closure: &domain::Closure) -> Self {
        Self {
            expected: closure.expected.clone(),
            received: closure.received.clone(),
            outcome: Key(closure.outcome),
            csat: closure.csat,
            attempts: closure.attempts.clone(),
            at: rfc3339(closure.at),
        }
    }
}

/// The present state of one case.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Case {
    /// The identity.
    pub id: String,
    /// The number people say.
    pub number: String,
    /// The state.
    pub state: CaseStateKey,
    /// Counts the events; send it back as `If-Match`.
    pub version: u32,
    /// A short title.
    pub title: String,
    /// The words as received; masking keeps their length in code points.
    pub text: String,
    /// Whether personal data is masked.
    pub masked: bool,
    /// Where it came from.
    pub channel: ChannelKey,
    /// What it is about.
    pub matter: Matter,
    /// The customer, when known.
    pub customer: Option<CaseCustomer>,
    /// The one accountable owner.
    pub owner: Option<Person>,
    /// How serious, 1–4.
    #[schema(minimum = 1, maximum = 4)]
    pub severity: u8,
    /// Why that serious.
    pub severity_because: Vec<String>,
    /// How soon, 1–4.
    #[schema(minimum = 1, maximum = 4)]
    pub priority: u8,
    /// What was read, with corrections; spans into `text`.
    pub analysis: Analysis,
    /// Natures before corrections, oldest first.
    pub earlier_natures: Vec<NatureKey>,
    /// Whether the complaint was verified as valid; null until decided.
    pub valid: Option<bool>,
    /// How to handle it.
    pub plan: Plan,
    /// The clocks.
    pub deadlines: Vec<Deadline>,
    /// The rule packs that set clocks beside the house's.
    pub packs: Vec<String>,
    /// What was asked for a clock and waits.
    pub time_request: Option<TimeRequest>,
    /// The promise ledger.
    pub promises: Vec<Promise>,
    /// The eight rules.
    pub checks: Vec<Check>,
    /// The ten recovery principles.
    pub principles: Vec<PrincipleCheck>,
    /// What speaks for believing the claim and what asks for a check.
    pub credence: Credence,
    /// What the caller may do now.
    pub allowed: Vec<CommandKindKey>,
    /// The agreed bottom line.
    pub core_position: Option<String>,
    /// The last proposal.
    pub proposal: Option<Proposal>,
    /// Changes of person, place or time made.
    pub changes: Vec<ThreeChangeKey>,
    /// How it was closed.
    pub closure: Option<Closure>,
    /// The incident case this one belongs to.
    pub parent: Option<String>,
    /// The case this one was joined into.
    pub merged_into: Option<String>,
    /// Files on the case.
    pub attachments: Vec<Attachment>,
    /// The one statement of the incident that this case stands for.
    pub statement: Option<Statement>,
    /// Actions against the cause that the customer was told of.
    pub preventions: Vec<String>,
    /// Whether the words and the customer's data were erased.
    pub erased: bool,
    /// How often it was opened again.
    pub reopened: u32,
    /// The rulebook of the last decision.
    pub rulebook: Option<String>,
    /// When an investigation was last started.
    pub investigated_at: Option<String>,
    /// Whether the record was made for demonstration.
    pub demo: bool,
    /// When the complaint was received.
    pub received_at: String,
    /// When the case was opened.
    pub opened_at: String,
    /// When the last event happened.
    pub updated_at: String,
}

impl Case {
    /// The JSON shape of a case for one caller in one language.
    pub fn of(parts: &CaseParts, language: Language) -> Self {
        let case = &parts.case;
        let id = |id: &domain::CaseId| id.0.clone();
        Self {
            id: id(&case.id),
            number: case.number.clone(),
            state: Key(case.state),
            version: case.version,
            title: case.title.clone(),
            text: case.text.clone(),
            masked: parts.masked,
            channel: Key(case.channel),
            matter: (&case.matter).into(),
            customer: parts.customer.as_ref().map(customer_of),
            owner: case.owner.as_ref().map(Person::from),
            severity: case.severity.level(),
            severity_because: localize(&case.severity_because, language),
            priority: case.priority.level(),
            analysis: Analysis::of(&case.analysis, None),
            earlier_natures: keys_of::<Nature>(&case.earlier_natures),
            valid: case.valid,
            plan: Plan::of(&parts.plan, language),
            deadlines: case
                .deadlines
                .iter()
                .map(|deadline| deadline_of(deadline, language))
                .collect(),
            packs: case.packs.clone(),
            time_request: case.time_request.as_ref().map(TimeRequest::from),
            promises: case.promises.iter().map(promise_of).collect(),
            checks: parts
                .checks
                .iter()
                .map(|check| check_of(check, language))
                .collect(),
            principles: parts
                .principles
                .iter()
                .map(|state| PrincipleCheck::of(state, language))
                .collect(),
            credence: Credence::of(&parts.credence, &parts.past, language),
            allowed: keys_of(&parts.allowed),
            core_position: case.core_position.clone(),
            proposal: case.proposal.as_ref().map(Proposal::from),
            changes: keys_of(&case.changes),
            closure: case.closure.as_ref().map(Closure::from),
            parent: case.parent.as_ref().map(id),
            merged_into: case.merged_into.as_ref().map(id),
            attachments: case.attachments.iter().map(Attachment::from).collect(),
            statement: case.statement.as_ref().map(Statement::from),
            preventions: case.preventions.clone(),
            erased: case.erased,
            reopened: case.reopened,
            rulebook: case.rulebook.clone(),
            investigated_at: case.investigated_at.map(rfc3339),
            demo: case.demo,
            received_at: rfc3339(case.received_at),
            opened_at: rfc3339(case.opened_at),
            updated_at: rfc3339(case.updated_at),
        }
    }
}

fn customer_of(customer: &domain::Customer) -> CaseCustomer {
    CaseCustomer {
        id: customer.id.0.clone(),
        name: customer.name.clone(),
        loyalty: Key(customer.loyalty),
    }
}

/// A clock in one language.
pub fn deadline_of(deadline: &domain::Deadline, language: Language) -> Deadline {
    Deadline {
        kind: Key(deadline.kind),
        policy: deadline.policy.clone(),
        started_at: rfc3339(deadline.started_at),
        near_at: rfc3339(deadline.near_at),
        due_at: rfc3339(deadline.due_at),
        state: Key(deadline.state),
        because: deadline.because.in_language(language).to_owned(),
        extensions: deadline.extensions,
        days_out: deadline.days_out,
        paused_at: deadline.paused_at.map(rfc3339),
    }
}

pub(crate) fn promise_of(promise: &domain::Promise) -> Promise {
    Promise {
        number: promise.number,
        by: promise.by.clone(),
        what: promise.what.clone(),
        until: promise.until.map(rfc3339),
        made_at: rfc3339(promise.made_at),
        state: Key(promise.state),
        quote: promise.quote.as_ref().map(Quote::from),
    }
}

fn check_of(check: &domain::Check, language: Language) -> Check {
    Check {
        rule: Key(check.rule),
        state: Key(check.state),
        because: check.because.in_language(language).to_owned(),
    }
}
