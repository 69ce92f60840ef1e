//! Who is at which case right now; known to this process only, and forgotten when nobody says it again.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use domain::{CaseId, Person, Timestamp};
use tokio::sync::broadcast;
use wire::{
    presence::{Doing, Presence, Present},
    time::rfc3339,
};

use crate::{App, AppError, Caller, Verb, limits, permission};

/// One person at one case.
#[derive(Clone, Debug)]
struct Seat {
    person: Person,
    doing: Doing,
    since: Timestamp,
    heard_at: Timestamp,
}

/// The seats at all cases.
#[derive(Debug)]
pub(crate) struct Seats {
    by_case: Mutex<HashMap<CaseId, Vec<Seat>>>,
    news: broadcast::Sender<Presence>,
}

impl Default for Seats {
    fn default() -> Self {
        Self {
            by_case: Mutex::default(),
            news: broadcast::Sender::new(limits::PRESENCE_NEWS),
        }
    }
}

impl Seats {
    /// Notes what a person does; answers who is there, and whether that is news to the others.
    fn note(&self, case: &CaseId, person: &Person, doing: Doing, now: Timestamp) -> (Presence, bool) {
        let mut by_case = self.by_case.lock().unwrap_or_else(PoisonError::into_inner);
        if by_case.len() >= limits::PRESENCE_CASES {
            by_case.retain(|_, seats| seats.iter().any(|seat| is_warm(seat, now)));
        }
        let seats = by_case.entry(case.clone()).or_default();
        let before = shown(seats);
        seats.retain(|seat| is_warm(seat, now));
        let known = seats.iter().position(|seat| seat.person.id == person.id);
        match known {
            Some(at) if doing == Doing::Gone => drop(seats.remove(at)),
            Some(at) => (seats[at].doing, seats[at].heard_at) = (doing, now),
            None if doing == Doing::Gone || seats.len() >= limits::PRESENCE_SEATS => {}
            None => seats.push(Seat {
                person: person.clone(),
                doing,
                since: now,
                heard_at: now,
            }),
        }
        let people = shown(seats);
        if seats.is_empty() {
            by_case.remove(case);
        }
        let changed = people != before;
        let case = case.0.clone();
        (Presence { case, people }, changed)
    }
}

fn is_warm(seat: &Seat, now: Timestamp) -> bool {
    now.since_ms(seat.heard_at) < limits::PRESENCE_MS
}

fn shown(seats: &[Seat]) -> Vec<Present> {
    let people = seats.iter().map(|seat| Present {
        id: seat.person.id.0.clone(),
        name: seat.person.name.clone(),
        doing: seat.doing,
        since: rfc3339(seat.since),
    });
    people.collect()
}

impl App {
    /// Notes what the caller does at a case and tells the others; answers who is there.
    pub async fn note_presence(&self, caller: &Caller, id: &str, doing: Doing) -> Result<Presence, AppError> {
        permission::require(caller.role, Verb::NotePresence)?;
        let case = self.find_case(id).await?;
        let (presence, changed) = self.seats().note(&case.id, &caller.person, doing, self.now());
        if changed {
            // Nobody listening is no failure.
            let _ = self.seats().news.send(presence.clone());
        }
        Ok(presence)
    }

    /// Hears of everybody who comes to a case, begins to write or leaves.
    pub fn listen_presence(&self) -> broadcast::Receiver<Presence> {
        self.seats().news.subscribe()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(id: &str) -> Person {
        Person {
            id: id.into(),
            name: id.to_uppercase(),
        }
    }

    #[test]
    fn people_come_write_leave_and_are_forgotten() {
        let seats = Seats::default();
        let case = CaseId("c".to_owned());
        let at = |seconds: i64| Timestamp(seconds * 1000);
        let names = |presence: &Presence| -> Vec<String> {
            let people = presence.people.iter();
            people
                .map(|one| format!("{} {}", one.name, one.doing.key()))
                .collect()
        };
        let (now, news) = seats.note(&case, &person("a"), Doing::Viewing, at(0));
        assert_eq!((names(&now), news), (vec!["A viewing".to_owned()], true));
        assert!(!seats.note(&case, &person("a"), Doing::Viewing, at(10)).1);
        let (now, news) = seats.note(&case, &person("b"), Doing::Writing, at(20));
        assert_eq!(
            (names(&now), news),
            (vec!["A viewing".to_owned(), "B writing".to_owned()], true)
        );
        // Nothing was heard of A for too long.
        let (now, news) = seats.note(&case, &person("b"), Doing::Writing, at(50));
        assert_eq!((names(&now), news), (vec!["B writing".to_owned()], true));
        let (now, news) = seats.note(&case, &person("b"), Doing::Gone, at(51));
        assert_eq!((names(&now), news), (vec![], true));
        assert!(seats.by_case.lock().expect("no poison").is_empty());
    }
}
