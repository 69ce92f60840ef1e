//! Who else comes in: at once by rule, or because the situation shows that it does not work.

use domain::{Bilingual, Escalation, Intensity, Role, Severity, Situation};

use crate::guidance::EscalationRule;
use crate::reading::Applied;

/// The person to bring in, the highest that any finding calls for.
pub(crate) fn find_escalation(
    applied: &[Applied<'_>],
    situation: &Situation,
    intensity: Intensity,
) -> Option<Escalation> {
    let rules = || {
        applied
            .iter()
            .filter_map(|applied| applied.entry.escalation.as_ref())
    };
    let by_rule = highest(rules().filter(|rule| rule.always));
    let strain = find_strain(situation, intensity);
    let by_strain = strain.as_ref().and_then(|_| highest(rules()));
    let (rule, strain) = match (by_rule, by_strain) {
        (Some(rule), Some(other)) if other.to > rule.to => (other, strain),
        (Some(rule), _) => (rule, None),
        (None, Some(rule)) => (rule, strain),
        (None, None) => return None,
    };
    Some(Escalation {
        to: rule.to,
        because: explain(rule, strain),
    })
}

/// The first of the highest rules, agents themselves aside.
fn highest<'p>(rules: impl Iterator<Item = &'p EscalationRule>) -> Option<&'p EscalationRule> {
    let above = rules.filter(|rule| rule.to > Role::Agent);
    above.reduce(|best, rule| if rule.to > best.to { rule } else { best })
}

fn explain(rule: &EscalationRule, strain: Option<Bilingual>) -> Bilingual {
    match strain {
        None => rule.when.clone(),
        Some(strain) => Bilingual::new(
            format!("{}{}", strain.zh, rule.when.zh),
            format!("{} {}", strain.en, rule.when.en),
        ),
    }
}

/// Signs that the person at work needs help, told as a sentence.
fn find_strain(situation: &Situation, intensity: Intensity) -> Option<Bilingual> {
    let sentence = match situation {
        _ if situation.severity >= Severity::Critical => ("事情已属重大。", "The matter is critical."),
        _ if situation.broken_promise => (
            "答应客户的已有一次没有做到。",
            "A promise to this customer was broken.",
        ),
        _ if situation.earlier_complaints >= 2 => (
            "客户此前已多次反映。",
            "The customer has complained several times before.",
        ),
        _ if situation.stuck => ("谈话已经僵住。", "The talk is stuck."),
        _ if intensity == Intensity::Extreme => ("情绪已到极点。", "Feelings have run to the extreme."),
        _ => return None,
    };
    Some(Bilingual::new(sentence.0, sentence.1))
}
