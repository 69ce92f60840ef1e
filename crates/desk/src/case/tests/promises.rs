//! Promises that a text tells of enter the ledger with their state; a broken one makes the case more urgent.

use domain::{Date, Priority, PromiseFound, PromiseState, Quote};

use super::sample::{Desk, TEXT, analysis};

fn desk_with(due: Option<Date>, told: Option<PromiseState>) -> Desk {
    let mut analysis = analysis();
    analysis.expectation.promises.push(PromiseFound {
        quote: Quote::at(0, TEXT).expect("words"),
        by: "店长".into(),
        until: String::new(),
        broken: told == Some(PromiseState::Broken),
        due,
        told,
    });
    Desk::open(analysis)
}

#[test]
fn what_the_text_tells_is_the_state_in_the_ledger() {
    for told in [PromiseState::Kept, PromiseState::Late, PromiseState::Broken] {
        let desk = desk_with(Date::new(2026, 11, 25), Some(told));
        let [promise] = desk.case.promises.as_slice() else {
            panic!("one promise")
        };
        assert_eq!((promise.state, promise.until), (told, None));
    }
    let desk = desk_with(Date::new(2026, 11, 25), None);
    let promise = &desk.case.promises[0];
    assert_eq!((promise.state, promise.by.as_str()), (PromiseState::Open, "店长"));
    assert_eq!(
        promise.until,
        Some(
            desk.rules
                .calendar
                .end_of(Date::new(2026, 11, 25).expect("a day"))
        )
    );
    let past = desk_with(Date::new(2026, 11, 2), None);
    assert_eq!(
        past.case.promises[0].until, None,
        "a time gone by is waited for no more"
    );
}

#[test]
fn a_broken_promise_raises_the_priority() {
    let quiet = desk_with(None, None).case.priority;
    let broken = desk_with(None, Some(PromiseState::Broken)).case.priority;
    assert!(
        broken >= Priority::from_level(3) && broken >= quiet,
        "{quiet:?} {broken:?}"
    );
    let mut desk = desk_with(Date::new(2026, 11, 21), None);
    let before = desk.case.priority;
    desk.wait(48);
    assert_eq!(
        desk.case.promises[0].state,
        PromiseState::Broken,
        "the clock breaks it"
    );
    assert!(desk.case.priority >= before.max(Priority::from_level(3)));
}
