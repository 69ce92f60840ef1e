//! Redress, doubt and principles on a case: what counts, and what never does.

use domain::{
    AngerType, Bilingual, CaseId, CaseState, Channel, CheckRule, CheckState, Command, Dealings, Entity,
    EntityKind, EntityValue, Finding, LikeCases, Likeness, Money, Nuance, Outcome, PastCase, Precedent,
    Principle, Psychology, Quote, Remedy, RemedyOffer, Role, Stance, Temperament, Vocabulary,
};
use proptest::prelude::*;

use super::sample::{Desk, START, TEXT, analysis};
use crate::{
    DoubtSums,
    case::{Heard, Known, Standing, checks_known, credence, principles},
    redress::like_cases,
};

const SUMS: DoubtSums = DoubtSums {
    no_haggling_below: Money {
        minor: 10_000,
        currency: domain::Currency::CNY,
    },
    investigate_above: Money {
        minor: 200_000,
        currency: domain::Currency::CNY,
    },
};

fn with_amount(yuan: i64) -> domain::Analysis {
    let mut analysis = analysis();
    analysis.entities.push(Entity {
        kind: EntityKind::Money,
        quote: Quote::at(0, TEXT).expect("words"),
        value: Some(EntityValue::Money(Money::yuan(yuan))),
        nuance: Nuance::default(),
    });
    analysis
}

fn past(days: i64, state: CaseState, granted: bool) -> PastCase {
    PastCase {
        id: CaseId(format!("p{days}")),
        number: format!("TS-{days}"),
        title: "旧事".into(),
        at: START.plus_hours(-24 * days),
        day: Bilingual::new("那天", "that day"),
        channel: Channel::Phone,
        state,
        offers: Vec::new(),
        granted,
        outcome: Some(Outcome::Met),
    }
}

fn keys(reasons: &[domain::CredenceReason]) -> Vec<&str> {
    reasons.iter().map(|reason| reason.key).collect()
}

#[test]
fn doubt_has_two_sides_with_dates_and_refuses_nothing() {
    let desk = Desk::open(with_amount(6_000));
    let dealings = Dealings {
        past: vec![
            past(10, CaseState::FollowedUp, true),
            past(20, CaseState::Refused, false),
            past(200, CaseState::Closed, true),
        ],
        ..Dealings::default()
    };
    let standing = Standing {
        dealings: Some(&dealings),
        since: Some(START.plus_hours(-24 * 800)),
        purchases: Some(&[]),
        alike: 4,
    };
    let record = credence(&desk.case, &standing, SUMS, desk.now);
    assert_eq!(
        keys(&record.believe),
        ["upheld_before", "others", "long_standing"]
    );
    assert_eq!(
        keys(&record.check),
        [
            "large_sum",
            "no_particulars",
            "no_purchase",
            "refused_before",
            "often"
        ]
    );
    assert!(record.investigate);
    assert_eq!(record.check[3].at, Some(START.plus_hours(-24 * 20)));
    assert!(record.advice.zh.contains("存疑不是拒绝的理由"));
    assert_eq!(desk.case.state, CaseState::Received);
}

#[test]
fn a_small_sum_is_believed_and_not_haggled_over() {
    let mut desk = Desk::open(with_amount(60));
    let record = credence(&desk.case, &Standing::default(), SUMS, desk.now);
    assert!(keys(&record.believe).contains(&"small_sum") && !record.investigate);
    assert!(record.advice.zh.contains("不讨价还价"));
    desk.step(
        1,
        Role::Agent,
        Command::Acknowledge {
            message: None,
            overrule: None,
        },
    );
    desk.step(
        1,
        Role::Agent,
        Command::ConfirmFacets {
            corrections: Vec::new(),
            reason: None,
        },
    );
    let propose = |yuan| Command::Propose {
        offers: vec![RemedyOffer {
            remedy: Remedy::PartialRefund,
            amount: Some(Money::yuan(yuan)),
        }],
        summary: "退".into(),
        core_position: Some("底线".into()),
    };
    let doubt = |desk: &Desk| {
        let states = principles(&desk.case, &Heard::default(), Some(SUMS), desk.now);
        states[Principle::BenefitOfDoubt.index()].state
    };
    assert!(desk.step(1, Role::Agent, propose(30)));
    assert_eq!(doubt(&desk), CheckState::Violated);
    assert!(desk.step(1, Role::Agent, propose(60)));
    assert_eq!(doubt(&desk), CheckState::Ok);
}

#[test]
fn principles_follow_what_was_done_and_what_was_written() {
    let mut desk = Desk::open(analysis());
    let state = |desk: &Desk, heard: &Heard, principle: Principle| {
        principles(&desk.case, heard, Some(SUMS), desk.now)[principle.index()].state
    };
    let silent = Heard::default();
    for principle in Principle::ALL {
        let found = state(&desk, &silent, *principle);
        assert_ne!(found, CheckState::Violated, "{principle:?}");
    }
    let message = Some("知道了".to_owned());
    desk.step(
        1,
        Role::Agent,
        Command::Acknowledge {
            message,
            overrule: None,
        },
    );
    assert_eq!(state(&desk, &silent, Principle::Feelings), CheckState::Violated);
    assert_eq!(
        state(&desk, &silent, Principle::SayTheSteps),
        CheckState::Violated
    );
    let good = Heard {
        feeling: Some("抱歉".into()),
        step: Some("我会".into()),
        time: Some("明天".into()),
        ..Heard::default()
    };
    assert_eq!(state(&desk, &good, Principle::Feelings), CheckState::Ok);
    assert_eq!(state(&desk, &good, Principle::SayTheSteps), CheckState::Ok);
    let bad = Heard {
        excuse: Some("系统问题".into()),
        argument: Some("是您自己".into()),
        ..good
    };
    assert_eq!(state(&desk, &bad, Principle::NoExcuses), CheckState::Violated);
    assert_eq!(state(&desk, &bad, Principle::NoArgument), CheckState::Violated);
    assert_eq!(state(&desk, &bad, Principle::Speed), CheckState::Ok);
}

fn twelve() -> LikeCases {
    let precedents: Vec<Precedent> = (0..12)
        .map(|case| Precedent {
            case: CaseId(format!("l{case}")),
            number: format!("TS-{case}"),
            at: START,
            remedy: Remedy::PartialRefund,
            amount: Some(Money::yuan(50 + case * 30 / 11)),
        })
        .collect();
    like_cases(Likeness::Severity, &precedents)
}

#[test]
fn one_voice_warns_of_straying_and_names_what_others_got() {
    let mut desk = Desk::open(analysis());
    desk.step(
        1,
        Role::Specialist,
        Command::Acknowledge {
            message: None,
            overrule: None,
        },
    );
    desk.step(
        1,
        Role::Specialist,
        Command::ConfirmFacets {
            corrections: Vec::new(),
            reason: None,
        },
    );
    let known = Known {
        like: Some(twelve()),
        ..Known::default()
    };
    let voice = |desk: &Desk| {
        let checks = checks_known(&desk.case, &known, desk.now);
        checks
            .into_iter()
            .find(|check| check.rule == CheckRule::OneVoice)
            .expect("a check")
    };
    for (yuan, state) in [(65, CheckState::Ok), (400, CheckState::Pending)] {
        let offers = vec![RemedyOffer {
            remedy: Remedy::PartialRefund,
            amount: Some(Money::yuan(yuan)),
        }];
        let propose = Command::Propose {
            offers,
            summary: "退".into(),
            core_position: Some("底线".into()),
        };
        assert!(desk.step(1, Role::Specialist, propose));
        let found = voice(&desk);
        assert_eq!(found.state, state, "{}", found.because.zh);
    }
    assert!(voice(&desk).because.zh.contains("12 件同类"));
}

fn any_of<V: Vocabulary>() -> impl Strategy<Value = V> {
    (0..V::ALL.len()).prop_map(|index| V::ALL[index])
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn labels_on_the_person_change_neither_doubt_nor_principles_nor_approval(
        psychology in any_of::<Psychology>(), secondary in any_of::<Psychology>(), stance in any_of::<Stance>(),
        anger in any_of::<AngerType>(), temperament in any_of::<Temperament>(), yuan in 1i64..9_000,
    ) {
        let plain = with_amount(yuan);
        let mut labelled = plain.clone();
        labelled.psychology.primary = Finding::by_person(psychology, Vec::new());
        labelled.psychology.secondary = Some(secondary);
        labelled.stance.value = stance;
        labelled.anger_type.value = anger;
        labelled.temperament.value = temperament;
        let told = |analysis: domain::Analysis| {
            let mut desk = Desk::open(analysis);
            desk.step(1, Role::Agent, Command::Acknowledge { message: None, overrule: None });
            desk.step(1, Role::Agent, Command::ConfirmFacets { corrections: Vec::new(), reason: None });
            let offers = vec![RemedyOffer { remedy: Remedy::Compensation, amount: Some(Money::yuan(yuan)) }];
            desk.step(1, Role::Agent, Command::Propose { offers, summary: "赔".into(), core_position: None });
            let known = Known { like: Some(twelve()), ..Known::default() };
            let needs = desk.case.proposal.as_ref().map(|proposal| proposal.needs_approval);
            (
                needs,
                credence(&desk.case, &Standing::default(), SUMS, desk.now),
                principles(&desk.case, &Heard::default(), Some(SUMS), desk.now),
                checks_known(&desk.case, &known, desk.now),
            )
        };
        prop_assert_eq!(told(plain), told(labelled));
    }
}
