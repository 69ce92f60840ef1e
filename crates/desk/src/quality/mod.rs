//! Quality inspection: a rubric asked of a conversation as it was heard. Who the agent is plays no part.

mod expression;
mod labels;
mod load;
mod operator;
mod plan;

pub use expression::parse_expression;
pub use load::{RubricError, load_rubric};
pub use plan::{Agreement, RuleAgreement, agreement_of, sample_for_check};

use std::collections::BTreeMap;

use domain::{Conversation, Deduction, DeductionProof, Expression, QualityRule, Review, Rubric, Scorecard};

/// The text of the rubric that comes with the product.
pub const RUBRIC: &str = include_str!("../../data/rubric.toml");

/// The rubric that comes with the product.
pub fn default_rubric() -> Rubric {
    load_rubric(RUBRIC).expect("a test reads the embedded rubric")
}

/// Inspects a conversation. The agent's name is not looked at: the same words get the same points.
pub fn inspect(conversation: &Conversation, review: &Review, rubric: &Rubric) -> Scorecard {
    let mut card = Scorecard {
        rubric: rubric.version.clone(),
        points: 100.0,
        passed: true,
        deductions: Vec::new(),
        not_applicable: Vec::new(),
        labels: labels::labels_of(conversation, review),
    };
    for rule in &rubric.rules {
        match ask(rule, conversation, review) {
            Asked::NotApplicable => card.not_applicable.push(rule.id.clone()),
            Asked::Holds(deduction) => card.deductions.push(deduction),
            Asked::No => {}
        }
    }
    card.deductions.sort_by(|a, b| b.points.total_cmp(&a.points));
    tally(&mut card, rubric);
    card
}

/// Adds up the deductions that a card holds, as after an appeal took one of them back.
pub fn tally(card: &mut Scorecard, rubric: &Rubric) {
    let off: f32 = card.deductions.iter().map(|deduction| deduction.points).sum();
    card.points = (100.0 - off).clamp(0.0, 100.0);
    let fatal = card.deductions.iter().any(|deduction| deduction.fatal);
    card.passed = !fatal && card.points >= rubric.pass_mark;
}

enum Asked {
    NotApplicable,
    No,
    Holds(Deduction),
}

fn ask(rule: &QualityRule, conversation: &Conversation, review: &Review) -> Asked {
    let found: BTreeMap<&str, Vec<DeductionProof>> = rule
        .conditions
        .iter()
        .map(|condition| {
            (
                condition.id.as_str(),
                operator::find(condition, conversation, review),
            )
        })
        .collect();
    let holds = |expression: &Expression| {
        expression::holds(expression, &|id| found.get(id).is_some_and(|all| !all.is_empty()))
    };
    if rule.applies_when.as_ref().is_some_and(|when| !holds(when)) {
        return Asked::NotApplicable;
    }
    if !holds(&rule.when) {
        return Asked::No;
    }
    let mut proofs: Vec<DeductionProof> = Vec::new();
    for id in expression::affirmed(&rule.when) {
        proofs.extend(found.get(id).into_iter().flatten().cloned());
    }
    proofs.sort_by_key(|proof| proof.turn);
    proofs.dedup();
    if proofs.is_empty() {
        // Something is missing altogether: the last turn is where it should have been by.
        proofs.push(DeductionProof {
            turn: conversation.turns.len().saturating_sub(1),
            quote: None,
        });
    }
    let times = if rule.each { proofs.len() as f32 } else { 1.0 };
    Asked::Holds(Deduction {
        rule: rule.id.clone(),
        name: rule.name.clone(),
        points: (rule.weight * times).min(rule.most.max(rule.weight)),
        fatal: rule.fatal,
        proofs,
    })
}

/// The key of a vocabulary value in messages about data.
fn keys<V: domain::Vocabulary>() -> String {
    let keys: Vec<&str> = V::ALL.iter().map(|value| value.key()).collect();
    keys.join(", ")
}

#[cfg(test)]
mod tests;
