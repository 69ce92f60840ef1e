//! What is left of a case when a person's data are erased (PIPL, art. 47): the facts that are counted, no words.

use domain::{Actor, Bilingual, DeadlineKind, Event, EventKind, Matter, Timestamp};

/// The history with every free word covered by `cover`, and the event that says so. `cover` keeps the length in code
/// points, so that spans stay true; everything that is counted stays as it was.
pub fn erased(
    events: &[Event],
    actor: &Actor,
    now: Timestamp,
    reason: &str,
    cover: impl Fn(&Event) -> Event,
) -> (Vec<Event>, Event) {
    let covered: Vec<Event> = events.iter().map(|event| scrub(cover(event))).collect();
    let last = events.last().map_or(now, |event| event.at.max(now));
    let erasure = Event {
        at: last,
        actor: actor.clone(),
        kind: EventKind::Erased {
            reason: reason.to_owned(),
        },
    };
    (covered, erasure)
}

/// The event that puts another reading in the place of the stored one, because the customer refused a machine's judgment
/// or allowed it again; nothing else of the case follows from it.
pub fn judged_again(
    case: &domain::Case,
    analysis: domain::Analysis,
    actor: &Actor,
    now: Timestamp,
    reason: &str,
) -> Event {
    Event {
        at: now.max(case.updated_at),
        actor: actor.clone(),
        kind: EventKind::FacetsConfirmed {
            corrections: Vec::new(),
            reason: Some(reason.to_owned()),
            analysis: Box::new(analysis),
        },
    }
}

/// Reasons that quote the customer, and what the matter knows of one person.
fn scrub(mut event: Event) -> Event {
    match &mut event.kind {
        EventKind::Received { matter, .. } => {
            *matter = Matter {
                order: None,
                ..matter.clone()
            };
        }
        EventKind::Graded { because, .. } => because.iter_mut().for_each(unquote),
        EventKind::NatureTurned { because, .. } | EventKind::Escalated { because } => unquote(because),
        EventKind::DeadlineSet { deadline } if deadline.kind == DeadlineKind::Promise => {
            unquote(&mut deadline.because);
        }
        _ => {}
    }
    event
}

fn unquote(words: &mut Bilingual) {
    words.zh = without_quotes(&words.zh);
    words.en = without_quotes(&words.en);
}

/// The text with everything between quotation marks covered.
fn without_quotes(text: &str) -> String {
    let mut inside = false;
    let cover = |c: char| {
        inside = match c {
            '“' => true,
            '”' => false,
            _ => inside,
        };
        if inside && c != '“' { '＊' } else { c }
    };
    text.chars().map(cover).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_covered_and_the_rest_stays() {
        assert_eq!(
            without_quotes("风险：曝光“找记者李四”，应在"),
            "风险：曝光“＊＊＊＊＊”，应在"
        );
    }
}
