//! What may be offered, and by whom.

use domain::{Loyalty, Money, Motive, Nature, Remedy, Role, Severity, Situation, Subject, Vocabulary};

use crate::build::{PLAYBOOK, Reading, situation};

fn options(reading: &Reading, situation: &Situation) -> Vec<Remedy> {
    let plan = PLAYBOOK.plan(&reading.analysis, situation);
    plan.redress.options.iter().map(|option| option.remedy).collect()
}

#[test]
fn every_subject_and_severity_has_something_to_offer() {
    for subject in Subject::ALL {
        for severity in Severity::ALL {
            let situation = Situation {
                severity: *severity,
                ..situation()
            };
            let reading = Reading::of("坏").subject(*subject, "坏");
            assert!(
                !options(&reading, &situation).is_empty(),
                "{subject:?} {severity:?}"
            );
        }
    }
}

#[test]
fn ranges_follow_the_amount_and_the_rest_is_for_approval() {
    let situation = Situation {
        amount: Some(Money::yuan(1000)),
        severity: Severity::Serious,
        ..situation()
    };
    let reading = Reading::of("坏了").subject(Subject::Product, "坏了");
    let redress = PLAYBOOK.plan(&reading.analysis, &situation).redress;
    assert_eq!(redress.authority, Money::yuan(200));
    let compensation = redress
        .options
        .iter()
        .find(|option| option.remedy == Remedy::Compensation);
    let compensation = compensation.expect("in the table");
    let range = compensation.range.expect("of money");
    assert_eq!((range.least, range.most), (Money::yuan(100), Money::yuan(500)));
    assert!(
        compensation.because.zh.contains("报批"),
        "{}",
        compensation.because.zh
    );
    assert!(redress.because.zh.contains("1000元"), "{}", redress.because.zh);
}

#[test]
fn without_harm_only_remedies_of_spirit() {
    let reading = Reading::of("不习惯")
        .subject(Subject::Product, "不习惯")
        .nature(Nature::Vent);
    let loyal = Situation {
        loyalty: Loyalty::Loyal,
        severity: Severity::Minor,
        ..situation()
    };
    assert_eq!(options(&reading, &loyal), [Remedy::Explanation, Remedy::Thanks]);
}

#[test]
fn what_is_asked_for_comes_first() {
    let reading = Reading::of("退钱")
        .subject(Subject::Product, "退钱")
        .motive(Motive::Refund, "退钱");
    assert_eq!(options(&reading, &situation())[0], Remedy::Refund);
    let small = Situation {
        severity: Severity::Minor,
        amount: Some(Money::yuan(39)),
        ..situation()
    };
    assert!(
        options(&reading, &small).contains(&Remedy::Refund),
        "nobody haggles over 39 yuan"
    );
}

#[test]
fn pressure_earns_nothing() {
    let plain = Reading::of("退钱,不然曝光").subject(Subject::Product, "退钱");
    let pressed = plain
        .clone()
        .motive(Motive::Leverage, "曝光")
        .motive(Motive::Harassment, "曝光");
    assert_eq!(options(&plain, &situation()), options(&pressed, &situation()));
}

#[test]
fn tokens_are_not_given_twice() {
    let reading = Reading::of("慢").subject(Subject::Service, "慢");
    let minor = Situation {
        severity: Severity::Minor,
        ..situation()
    };
    assert!(options(&reading, &minor).contains(&Remedy::Coupon));
    let again = Situation {
        earlier_remedies: vec![Remedy::Coupon],
        ..minor
    };
    assert!(!options(&reading, &again).contains(&Remedy::Coupon));
}

#[test]
fn authority_grows_with_the_role() {
    let limits = [
        Role::CustomerLink,
        Role::Agent,
        Role::Specialist,
        Role::Supervisor,
    ];
    let limits = limits.map(|role| PLAYBOOK.authority(role));
    assert!(limits.windows(2).all(|pair| pair[0] < pair[1]), "{limits:?}");
}
