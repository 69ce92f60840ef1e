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
            Some(last) if last.due.is_none() => last.due = due_of(&entity),
            Some(_) => {}
            None => promises.push(PromiseGiven {
                turn: place,
                until: entity.quote.words().to_owned(),
                due: due_of(&entity),
                quote,
            }),
        }
    }
    promises
}

fn due_of(entity: &Entity) -> Option<domain::Date> {
    match entity.nuance.to.as_ref().or(entity.value.as_ref()) {
        Some(EntityValue::Date(date)) => Some(*date),
        _ => None,
    }
}
