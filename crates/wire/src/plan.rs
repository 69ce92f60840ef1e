//! The handling plan as JSON, in one language.

use domain::{Bilingual, Language};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    analysis::Money,
    key::{AppealKey, FacetKey, Key, RemedyKey, RoleKey, StageKey},
    quote::Quote,
};

/// The texts in one language.
pub(crate) fn localize(texts: &[Bilingual], language: Language) -> Vec<String> {
    texts
        .iter()
        .map(|text| text.in_language(language).to_owned())
        .collect()
}

/// A finding that a step answers.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct PlanReason {
    /// Which facet.
    pub facet: FacetKey,
    /// The key of its value.
    pub value: String,
    /// The customer's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quote: Option<Quote>,
}

/// One step of a plan.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct PlanStep {
    /// Stable within a playbook version.
    pub id: String,
    /// Which of the three appeals.
    pub appeal: AppealKey,
    /// Which of the five steps.
    pub stage: StageKey,
    /// What to do.
    #[serde(rename = "do")]
    pub act: String,
    /// What not to do.
    pub dont: Vec<String>,
    /// What can be said, filled with the facts of this case.
    pub phrases: Vec<String>,
    /// The moves the step makes, for the table of conflicts.
    pub moves: Vec<String>,
    /// The findings it answers.
    pub because: Vec<PlanReason>,
}

/// A range of money, both ends included.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct RedressRange {
    /// The least.
    pub least: Money,
    /// The most.
    pub most: Money,
}

/// A remedy that may be offered.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct RedressOption {
    /// The remedy.
    pub remedy: RemedyKey,
    /// The range in money, when the remedy is of money.
    pub range: Option<RedressRange>,
    /// Why this one.
    pub because: String,
}

/// What may be offered to make good.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Redress {
    /// The options, best first.
    pub options: Vec<RedressOption>,
    /// What the acting role may grant alone.
    pub authority: Money,
    /// How it was computed.
    pub because: String,
    /// Below this nobody haggles.
    pub no_haggling_below: Money,
    /// Above this facts and history are checked before a sum is named.
    pub investigate_above: Money,
    /// Whether the sum in dispute is so small that nobody haggles.
    pub small: bool,
    /// Whether the sum in dispute makes an investigation and a check of the history due.
    pub large: bool,
    /// Whether the sum in dispute is in foreign money, which always needs approval.
    pub foreign: bool,
}

/// What may be said to a public complaint, and what belongs into a private channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct PublicReply {
    /// The public line, ready to send.
    pub line: String,
    /// The private message, ready to send.
    pub private: String,
    /// The public word when it is solved.
    pub closing: String,
    /// What must not be said in public.
    pub never: Vec<String>,
}

/// A fact about this customer that shaped the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct PlanFact {
    /// The kind of fact, such as `earlier_complaints`.
    pub key: String,
    /// The fact.
    pub fact: String,
    /// What it changed in the plan.
    pub effect: String,
}

/// Who else must come in.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Escalation {
    /// The role to bring in.
    pub to: RoleKey,
    /// Why.
    pub because: String,
}

/// The handling plan of one complaint.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Plan {
    /// One or two sentences.
    pub summary: String,
    /// Ordered by the three appeals and the five steps.
    pub steps: Vec<PlanStep>,
    /// What may be offered.
    pub redress: Redress,
    /// Who else must come in, when somebody must.
    pub escalate: Option<Escalation>,
    /// A first answer to the customer, ready to send.
    pub acknowledgement: String,
    /// For a public complaint: what is said in public and what in private.
    pub public: Option<PublicReply>,
    /// The facts about this customer that were used, each with what it changed.
    pub facts: Vec<PlanFact>,
    /// Which playbook made it.
    pub playbook_version: String,
}

impl Plan {
    /// The JSON shape of a plan in one language.
    pub fn of(plan: &domain::Plan, language: Language) -> Self {
        let say = |text: &Bilingual| text.in_language(language).to_owned();
        Self {
            summary: say(&plan.summary),
            steps: plan.steps.iter().map(|step| step_of(step, language)).collect(),
            redress: Redress {
                options: plan
                    .redress
                    .options
                    .iter()
                    .map(|option| option_of(option, language))
                    .collect(),
                authority: plan.redress.authority.into(),
                because: say(&plan.redress.because),
                no_haggling_below: plan.redress.no_haggling_below.into(),
                investigate_above: plan.redress.investigate_above.into(),
                small: plan.redress.small,
                large: plan.redress.large,
                foreign: plan.redress.foreign,
            },
            escalate: plan.escalate.as_ref().map(|escalation| Escalation {
                to: Key(escalation.to),
                because: say(&escalation.because),
            }),
            acknowledgement: say(&plan.acknowledgement),
            public: plan.public.as_ref().map(|reply| public_of(reply, language)),
            facts: plan.facts.iter().map(|fact| fact_of(fact, language)).collect(),
            playbook_version: plan.playbook_version.clone(),
        }
    }
}

fn public_of(reply: &domain::PublicReply, language: Language) -> PublicReply {
    let say = |text: &Bilingual| text.in_language(language).to_owned();
    PublicReply {
        line: say(&reply.line),
        private: say(&reply.private),
        closing: say(&reply.closing),
        never: localize(&reply.never, language),
    }
}

fn fact_of(fact: &domain::PlanFact, language: Language) -> PlanFact {
    PlanFact {
        key: fact.key.to_owned(),
        fact: fact.fact.in_language(language).to_owned(),
        effect: fact.effect.in_language(language).to_owned(),
    }
}

fn step_of(step: &domain::PlanStep, language: Language) -> PlanStep {
    PlanStep {
        id: step.id.clone(),
        appeal: Key(step.appeal),
        stage: Key(step.stage),
        act: step.act.in_language(language).to_owned(),
        dont: localize(&step.dont, language),
        phrases: localize(&step.phrases, language),
        moves: step.moves.clone(),
        because: step.because.iter().map(reason_of).collect(),
    }
}

fn reason_of(reason: &domain::PlanReason) -> PlanReason {
    PlanReason {
        facet: Key(reason.facet),
        value: reason.value.clone(),
        quote: reason.quote.as_ref().map(Quote::from),
    }
}

fn option_of(option: &domain::RedressOption, language: Language) -> RedressOption {
    RedressOption {
        remedy: Key(option.remedy),
        range: option.range.map(|range| RedressRange {
            least: range.least.into(),
            most: range.most.into(),
        }),
        because: option.because.in_language(language).to_owned(),
    }
}
