//! Promises an agent gives: a commitment and the time it names.

use domain::{AgentAct, AgentTurn, Entity, EntityKind, EntityValue, PromiseGiven, Timestamp};

use crate::talk::evidence::Quoted;

/// Words by which an agent gives a promise, whatever else the turn does.
const PLEDGES: [&str; 7] = [
    "我保证",
    "我们保证",
    "向您保证",
    "我承诺",
    "我们承诺",
    "向您承诺",
    "我答应您",
];

/// Whether a clause pledges something in the first person.
fn pledges(clause: &str) -> bool {
    PLEDGES.iter().any(|word| clause.contains(word))
}

/// The promises of an agent's turn: each clause that names a time, when the turn commits to something or the clause
/// itself pledges it.
pub(crate) fn promises(
    place: usize,
    said: &str,
    turn: &AgentTurn,
    at: Option<Timestamp>,
) -> Vec<PromiseGiven> {
    let commits = turn.does(AgentAct::Commit);
    if !commits && !pledges(said) {
        return Vec::new();
    }
    let quoted = Quoted::of(said);
    let times: Vec<Entity> = text::entities(quoted.reading(), at)
        .into_iter()
        .filter(|entity| matches!(entity.kind, EntityKind::Date | EntityKind::Duration))
        .collect();
    let mut promises: Vec<PromiseGiven> = Vec::new();
    for entity in times {
        let char_place = entity.span().start;
        let home = |byte: usize| quoted.reading().home(byte..byte + 1).start;
        let normalized = quoted.reading().normalized();
        let byte = normalized
            .char_indices()
            .map(|(byte, _)| byte)
            .find(|&byte| home(byte) >= char_place);
        let clause = byte.and_then(|byte| quoted.clause_at(byte));
        let Some(quote) = clause.filter(|clause| commits || pledges(clause.words())) else {
            continue;
        };
        match promises.last_mut().filter(|last| last.quote == quote) {
            Some(last) if last.due.is_none() && last.at.is_none() && last.within.is_none() => {
                time_of(&entity, last)
            }
            Some(_) => {}
            None => {
                let mut promise = PromiseGiven {
                    turn: place,
                    until: entity.quote.words().to_owned(),
                    due: None,
                    at: None,
                    within: None,
                    working: false,
                    quote,
                };
                time_of(&entity, &mut promise);
                promises.push(promise);
            }
        }
    }
    promises
}

/// The later end of a range counts: until then the promise is kept.
fn time_of(entity: &Entity, promise: &mut PromiseGiven) {
    match entity.nuance.to.as_ref().or(entity.value.as_ref()) {
        Some(EntityValue::Date(date)) => promise.due = Some(*date),
        Some(EntityValue::Moment(at)) => promise.at = Some(*at),
        Some(EntityValue::Duration(span)) => {
            promise.within = Some(span.clone());
            promise.working = entity.nuance.working;
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pledge_counts_whatever_else_the_turn_does() {
        assert!(pledges("我保证两小时内给您回电话"));
        assert!(!pledges("我不敢保证两小时内能到"));
        assert!(!pledges("他保证过三天到"));
    }
}
