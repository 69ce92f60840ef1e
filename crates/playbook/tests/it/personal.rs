//! The personal plan (C7): one text, two histories, two plans, each naming the facts it used.

use domain::{
    Bilingual, CaseId, CaseState, Channel, DayPart, Dealings, Loyalty, Money, Motive, Outcome, PastCase,
    Plan, Psychology, Remedy, RemedyOffer, Severity, Situation, Subject, Timestamp,
};

use crate::build::{PLAYBOOK, Reading, situation};

fn past(outcome: Outcome, remedy: Remedy) -> PastCase {
    PastCase {
        id: CaseId("c1".into()),
        number: "TS-20261003-0007".into(),
        title: "送货晚了".into(),
        at: Timestamp(1_785_000_000_000),
        day: Bilingual::new("10月3日", "October 3"),
        channel: Channel::Phone,
        state: CaseState::FollowedUp,
        offers: vec![RemedyOffer {
            remedy,
            amount: Some(Money::yuan(20)),
        }],
        granted: true,
        outcome: Some(outcome),
    }
}

fn stranger() -> Situation {
    Situation {
        severity: Severity::Minor,
        loyalty: Loyalty::New,
        ..situation()
    }
}

fn old_customer() -> Situation {
    Situation {
        loyalty: Loyalty::Loyal,
        earlier_complaints: 1,
        earlier_remedies: vec![Remedy::SameService],
        dealings: Dealings {
            past: vec![past(Outcome::Met, Remedy::SameService)],
            channel: Some(Channel::Phone),
            hours: Some(DayPart::Afternoon),
            ..Dealings::default()
        },
        ..stranger()
    }
}

fn reading() -> Reading {
    Reading::of("保洁来得太晚，没打扫干净")
        .goal(Psychology::Solve, "没打扫干净")
        .subject(Subject::Service, "来得太晚")
        .motive(Motive::Time, "太晚")
}

fn facts(plan: &Plan) -> Vec<&str> {
    plan.facts.iter().map(|fact| fact.key).collect()
}

fn options(plan: &Plan) -> Vec<Remedy> {
    plan.redress.options.iter().map(|option| option.remedy).collect()
}

#[test]
fn one_text_and_two_histories_give_two_plans_that_name_their_facts() {
    let analysis = reading().analysis;
    let new = PLAYBOOK.plan(&analysis, &stranger());
    let old = PLAYBOOK.plan(&analysis, &old_customer());
    assert_eq!(facts(&new), Vec::<&str>::new());
    assert_eq!(
        facts(&old),
        [
            "earlier_complaints",
            "worked_before",
            "earlier_remedies",
            "loyalty",
            "preferred_contact"
        ]
    );
    assert_ne!(new.steps, old.steps);
    assert_ne!(new.acknowledgement, old.acknowledgement);
    assert!(
        old.facts
            .iter()
            .any(|fact| fact.fact.zh.contains("TS-20261003-0007"))
    );
    let said = &old.acknowledgement.zh;
    assert!(
        said.contains("第2次") && said.contains("电话") && said.contains("下午"),
        "{said}"
    );
    assert!(
        !new.acknowledgement.zh.contains("习惯"),
        "{}",
        new.acknowledgement.zh
    );
    // What worked before comes first; the sums stay those of the table.
    assert_eq!(options(&new).first(), Some(&Remedy::Apology));
    assert_eq!(options(&old).first(), Some(&Remedy::SameService));
    for option in &new.redress.options {
        let same = old
            .redress
            .options
            .iter()
            .find(|other| other.remedy == option.remedy);
        assert_eq!(same.map(|same| same.range), Some(option.range));
    }
}

#[test]
fn what_did_not_work_is_not_put_forward() {
    let failed = Situation {
        dealings: Dealings {
            past: vec![past(Outcome::Below, Remedy::SameService)],
            ..Dealings::default()
        },
        ..old_customer()
    };
    let plan = PLAYBOOK.plan(&reading().analysis, &failed);
    assert_eq!(options(&plan).first(), Some(&Remedy::Apology));
    assert!(!facts(&plan).contains(&"worked_before"));
}

#[test]
fn facts_are_named_only_where_they_count() {
    let mut quiet = reading().analysis;
    quiet.complaint = domain::Finding::by_person(false, Vec::new());
    let plan = PLAYBOOK.plan(&quiet, &old_customer());
    assert_eq!(facts(&plan), ["preferred_contact"]);
    let public = reading().public().analysis;
    let plan = PLAYBOOK.plan(&public, &old_customer());
    assert!(!facts(&plan).contains(&"preferred_contact"));
}
