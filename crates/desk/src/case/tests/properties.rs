//! What holds for every script and every reading.

use domain::{
    Actor, Analysis, AngerType, Command, EmotionStage, Event, EventKind, FacetValue, Finding, Intensity,
    Money, Nature, Outcome, Person, Psychology, Remedy, RemedyOffer, Risk, Role, Stance, Temperament,
    ThreeChange, Timestamp, Vocabulary,
};
use proptest::prelude::*;

use super::sample::{Desk, analysis, new_case, with_nature, with_risk};
use crate::{
    case::{allowed, checks, open, replay},
    rules::Rules,
};

fn any_of<V: Vocabulary>() -> impl Strategy<Value = V> {
    (0..V::ALL.len()).prop_map(|index| V::ALL[index])
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        Just(" ".to_owned()),
        Just("好".to_owned()),
        "\\PC{0,8}"
    ]
}

fn time() -> impl Strategy<Value = Timestamp> {
    prop_oneof![
        any::<i64>().prop_map(Timestamp),
        (1_795_000_000_000i64..1_797_000_000_000).prop_map(Timestamp)
    ]
}

fn person() -> impl Strategy<Value = Person> {
    "[ab]".prop_map(|id| Person {
        id: id.as_str().into(),
        name: id,
    })
}

fn offers() -> impl Strategy<Value = Vec<RemedyOffer>> {
    let offer =
        (any_of::<Remedy>(), proptest::option::of(-5i64..30_000)).prop_map(|(remedy, yuan)| RemedyOffer {
            remedy,
            amount: yuan.map(Money::yuan),
        });
    proptest::collection::vec(offer, 0..3)
}

fn close() -> impl Strategy<Value = Command> {
    (
        text(),
        any_of::<Outcome>(),
        proptest::option::of(0u8..8),
        proptest::option::of(text()),
    )
        .prop_map(|(words, outcome, csat, attempts)| Command::Close {
            expected: words.clone(),
            received: words,
            outcome,
            csat,
            attempts,
        })
}

fn command() -> impl Strategy<Value = Command> {
    prop_oneof![
        proptest::option::of(text()).prop_map(|message| Command::Acknowledge {
            message,
            overrule: None
        }),
        person().prop_map(|owner| Command::Assign { owner }),
        (any_of::<Nature>(), proptest::option::of(text())).prop_map(|(nature, reason)| {
            Command::ConfirmFacets {
                corrections: vec![FacetValue::Nature(nature)],
                reason,
            }
        }),
        Just(Command::ConfirmFacets {
            corrections: Vec::new(),
            reason: None
        }),
        (any::<bool>(), text()).prop_map(|(valid, reason)| Command::VerifyValidity { valid, reason }),
        Just(Command::StartInvestigation { question: None }),
        (offers(), text()).prop_map(|(offers, summary)| Command::Propose {
            offers,
            summary,
            core_position: None
        }),
        Just(Command::Approve { reason: None }),
        Just(Command::SendBack {
            reason: "先核实".to_owned()
        }),
        Just(Command::Agree),
        Just(Command::Remedy { note: None }),
        Just(Command::Verify { note: None }),
        close(),
        text().prop_map(|note| Command::FollowUp {
            note,
            satisfied: None
        }),
        text().prop_map(|reason| Command::Reopen { reason }),
        text().prop_map(|reason| Command::Refuse {
            rule: reason.clone(),
            reason
        }),
        Just(Command::Withdraw { reason: None }),
        "c[12]".prop_map(|id| Command::Merge {
            into: id.as_str().into()
        }),
        "c[12]".prop_map(|id| Command::LinkParent {
            parent: id.as_str().into()
        }),
        (text(), proptest::option::of(time())).prop_map(|(what, until)| Command::Promise { what, until }),
        (0u32..4).prop_map(|number| Command::KeepPromise { number }),
        (text(), proptest::option::of(time()), proptest::option::of(text())).prop_map(
            |(message, next_at, overrule)| Command::ReportProgress {
                message,
                next_at,
                overrule
            }
        ),
        (any_of::<ThreeChange>(), text(), proptest::option::of(person()))
            .prop_map(|(what, to, owner)| Command::Change { what, to, owner }),
        (text(), proptest::option::of(text()))
            .prop_map(|(text, overrule)| Command::SendMessage { text, overrule }),
        text().prop_map(|text| Command::Note { text }),
        text().prop_map(|reason| Command::Unmask { reason }),
    ]
}

fn nature_of(command: &Command) -> Option<Nature> {
    match command {
        Command::ConfirmFacets { corrections, .. } => match corrections.first() {
            Some(FacetValue::Nature(nature)) => Some(*nature),
            _ => None,
        },
        _ => None,
    }
}

/// What people are told must not become later: due times of a running clock only move forward when it starts anew.
fn priorities_never_fall(events: &[Event]) -> bool {
    let priorities = events.iter().filter_map(|event| match &event.kind {
        EventKind::Graded { priority, .. } => Some(*priority),
        _ => None,
    });
    priorities.collect::<Vec<_>>().is_sorted()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn replay_is_the_case_after_any_script(
        nature in any_of::<Nature>(),
        risk in any_of::<Risk>(),
        script in proptest::collection::vec((0i64..60, any_of::<Role>(), command()), 0..30),
    ) {
        let mut desk = Desk::open(with_risk(with_nature(analysis(), nature), risk));
        for (hours, role, command) in script {
            desk.corrected = nature_of(&command).map(|nature| with_nature(desk.case.analysis.clone(), nature));
            let offered = allowed(&desk.case, role, &desk.rules);
            let kind = crate::case::kind_of(&command);
            desk.wait(hours);
            let before = (desk.case.clone(), allowed(&desk.case, role, &desk.rules));
            prop_assert!(before.0.version as usize == desk.events.len());
            let done = desk.step(0, role, command);
            prop_assert!(!done || before.1.contains(&kind), "done but not offered: {:?} {:?}", kind, offered);
            prop_assert_eq!(checks(&desk.case, desk.now).len(), 8);
        }
        prop_assert_eq!(replay(&desk.events), Some(desk.case.clone()));
        prop_assert!(desk.events.is_sorted_by_key(|event| event.at));
        prop_assert!(priorities_never_fall(&desk.events));
        for clock in &desk.case.deadlines {
            prop_assert!(clock.started_at <= clock.near_at && clock.near_at <= clock.due_at, "{:?}", clock);
        }
    }

    #[test]
    fn labels_on_the_person_change_neither_severity_nor_priority_nor_any_clock(
        psychology in any_of::<Psychology>(), secondary in any_of::<Psychology>(), stance in any_of::<Stance>(),
        anger in any_of::<AngerType>(), temperament in any_of::<Temperament>(), stage in any_of::<EmotionStage>(),
        intensity in any_of::<Intensity>(), risk in any_of::<Risk>(), received: i64,
    ) {
        let rules = Rules::load_default();
        let plain = with_risk(analysis(), risk);
        let mut labelled: Analysis = plain.clone();
        labelled.psychology.primary = Finding::by_person(psychology, Vec::new());
        labelled.psychology.secondary = Some(secondary);
        labelled.stance.value = stance;
        labelled.anger_type.value = anger;
        labelled.temperament.value = temperament;
        labelled.emotion.stage = Finding::by_person(stage, Vec::new());
        labelled.emotion.intensity = intensity;
        let graded = |analysis: Analysis| {
            let events = open(new_case(analysis), &Actor::System, Timestamp(received), &rules);
            let case = replay(&events).expect("a complaint was received");
            (case.severity, case.priority, case.severity_because, case.deadlines, events.len())
        };
        prop_assert_eq!(graded(plain), graded(labelled));
    }

    #[test]
    fn a_further_risk_never_lowers_severity_or_priority_nor_lengthens_a_clock(
        risk in any_of::<Risk>(), more in any_of::<Risk>(), nature in any_of::<Nature>(),
    ) {
        let rules = Rules::load_default();
        let graded = |analysis: Analysis| {
            let events = open(new_case(analysis), &Actor::System, super::sample::START, &rules);
            let case = replay(&events).expect("a complaint was received");
            (case.severity, case.priority, case.deadlines.iter().map(|clock| clock.due_at).collect::<Vec<_>>())
        };
        let one = graded(with_risk(with_nature(analysis(), nature), risk));
        let two = graded(with_risk(with_risk(with_nature(analysis(), nature), risk), more));
        prop_assert!(one.0 <= two.0 && one.1 <= two.1);
        prop_assert!(one.2.iter().zip(&two.2).all(|(one, two)| one >= two));
    }
}
