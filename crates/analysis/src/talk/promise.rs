//! Promises an agent gives: a commitment and the time it names.

use domain::{AgentAct, AgentTurn, Entity, EntityKind, EntityValue, PromiseGiven, Timestamp};

use crate::talk::evidence::Quoted;

/// The promises of an agent's turn: each clause that names a time, when the turn commits to something.
pub(crate) fn promises(
    place: usize,
    said: &str,
    turn: &AgentTurn,
    at: Option<Timestamp>,
) -> Vec<PromiseGiven> {
    if !turn.does(AgentAct::Commit) {
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
        let Some(quote) = byte.and_then(|byte| quoted.clause_at(byte)) else {
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
