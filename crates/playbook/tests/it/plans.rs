//! Plans, first answers and changes in telling cases.

use domain::{
    AngerType, Bilingual, Cause, EmotionStage, EntityKind, Facet, Intensity, Money, Nature, Plan, PlanReason,
    Psychology, Risk, Role, Severity, Situation, Stage, Stance, Subject, ThreeChange, Vocabulary,
};

use crate::build::{PLAYBOOK, Reading, known_situation, moves_of, situation};

fn screen() -> Reading {
    let text = "手机屏幕这一周老是点不动";
    Reading::of(text)
        .goal(Psychology::Solve, "老是点不动")
        .subject(Subject::Product, "点不动")
}

#[test]
fn steps_quote_the_customer() {
    let plan = screen().plan();
    let reasons = || plan.steps.iter().flat_map(|step| &step.because);
    let of_goal = |facet| reasons().find(|reason| reason.facet == facet);
    let goal = of_goal(Facet::Psychology).expect("the goal is answered");
    assert_eq!(goal.quote.as_ref().map(|quote| quote.words()), Some("老是点不动"));
    assert!(of_goal(Facet::Subjects).is_some());
}

#[test]
fn phrases_are_filled_from_the_case() {
    let plan = PLAYBOOK.plan(&screen().analysis, &known_situation());
    let phrases: Vec<&str> = plan
        .steps
        .iter()
        .flat_map(|step| &step.phrases)
        .map(|phrase| phrase.zh.as_str())
        .collect();
    let said = |words: &str| phrases.iter().any(|phrase| phrase.contains(words));
    assert!(
        said("周敏") && said("11月23日18:00") && said("点不动"),
        "{phrases:#?}"
    );
}

#[test]
fn public_cases_name_nobody() {
    let reading = screen().public();
    let plan = PLAYBOOK.plan(&reading.analysis, &known_situation());
    for step in &plan.steps {
        for phrase in &step.phrases {
            assert!(
                !phrase.zh.contains("陈女士") && !phrase.zh.contains("DD20261120"),
                "{}",
                phrase.zh
            );
        }
    }
    assert!(
        !plan.acknowledgement.zh.contains("陈女士"),
        "{}",
        plan.acknowledgement.zh
    );
    assert!(plan.acknowledgement.zh.chars().count() < 80);
}

#[test]
fn indecent_words_and_personal_data_are_not_said_back() {
    let text = "垃圾公司,我叫王小明,气死人";
    let reading = Reading::of(text)
        .goal(Psychology::Vent, "垃圾公司")
        .subject(Subject::Service, "王小明");
    let plan = reading.entity(EntityKind::Name, "王小明").plan();
    for phrase in plan.steps.iter().flat_map(|step| &step.phrases) {
        assert!(
            !phrase.zh.contains("垃圾") && !phrase.zh.contains("王小明"),
            "{}",
            phrase.zh
        );
    }
}

#[test]
fn a_stuck_contact_is_offered_the_three_changes_one_after_another() {
    let stuck = Situation {
        stuck: true,
        ..situation()
    };
    let reading = Reading::of("说不通").feeling(EmotionStage::Angry, Intensity::Strong, "说不通");
    // The feeling is met in the first step, the change is offered in the second.
    let offered = |situation: &Situation| {
        let steps = PLAYBOOK.plan(&reading.analysis, situation).steps;
        assert!(!steps[0].id.starts_with("change."), "{}", steps[0].id);
        let changes: Vec<String> = steps
            .into_iter()
            .map(|step| step.id)
            .filter(|id| id.starts_with("change."))
            .collect();
        assert!(changes.len() <= 1, "{changes:?}");
        changes.into_iter().next()
    };
    assert_eq!(offered(&stuck).as_deref(), Some("change.person"));
    let person = Situation {
        changes_made: vec![ThreeChange::Person],
        ..stuck.clone()
    };
    assert_eq!(offered(&person).as_deref(), Some("change.place"));
    let all = vec![ThreeChange::Person, ThreeChange::Place, ThreeChange::Time];
    let exhausted = Situation {
        changes_made: all,
        ..stuck
    };
    assert_eq!(offered(&exhausted), None);
    assert_eq!(offered(&situation()), None);
}

#[test]
fn a_broken_promise_shows_in_the_plan() {
    let of_promise = |plan: &Plan| -> Vec<String> {
        let by_promise = |reason: &PlanReason| {
            reason.facet == Facet::Causes
                && reason.value == Cause::BrokenPromise.key()
                && reason.quote.is_none()
        };
        let steps = plan.steps.iter();
        let steps = steps.filter(|step| step.because.iter().any(by_promise));
        steps.map(|step| step.act.zh.clone()).collect()
    };
    let facts = |plan: &Plan| plan.facts.iter().any(|fact| fact.key == "broken_promise");
    let reading = screen();
    let kept = PLAYBOOK.plan(&reading.analysis, &situation());
    assert_eq!(
        (of_promise(&kept), facts(&kept), &kept.escalate),
        (vec![], false, &None)
    );
    let broken = Situation {
        broken_promise: true,
        ..situation()
    };
    let plan = PLAYBOOK.plan(&reading.analysis, &broken);
    let steps = of_promise(&plan);
    assert!(!steps.is_empty() && facts(&plan), "{:#?}", plan.steps);
    let escalation = plan.escalate.expect("somebody above is brought in");
    assert_eq!(escalation.to, Role::Supervisor);
    assert!(
        escalation.because.zh.contains("没有做到"),
        "{}",
        escalation.because.zh
    );
}

#[test]
fn a_first_answer_names_matter_feeling_step_and_time_and_promises_nothing() {
    for goal in [
        Psychology::Solve,
        Psychology::Vent,
        Psychology::Respect,
        Psychology::Redress,
    ] {
        let reading = screen()
            .goal(goal, "")
            .feeling(EmotionStage::Angry, Intensity::Strong, "");
        let answer = PLAYBOOK.acknowledgement(&reading.analysis, &known_situation());
        for words in ["陈女士", "点不动", "周敏", "11月23日18:00"] {
            assert!(answer.zh.contains(words), "{words} is missing: {}", answer.zh);
        }
        for words in ["保证", "一定能", "肯定", "赔"] {
            assert!(!answer.zh.contains(words), "{words} is promised: {}", answer.zh);
        }
        let findings = PLAYBOOK.check_message(&answer.zh, &known_situation());
        assert_eq!(findings, [], "{}", answer.zh);
        assert_eq!(
            PLAYBOOK.check_message(&answer.en, &known_situation()),
            [],
            "{}",
            answer.en
        );
    }
}

#[test]
fn a_first_answer_to_danger_gets_people_safe() {
    let reading = Reading::of("充电宝冒烟了")
        .subject(Subject::Product, "冒烟了")
        .risk(Risk::Safety, "冒烟了");
    let answer = PLAYBOOK.acknowledgement(&reading.analysis, &situation());
    assert!(
        answer.zh.contains("停下不用") && answer.zh.contains("主管"),
        "{}",
        answer.zh
    );
}

#[test]
fn with_lawyers_in_play_nothing_is_said_on_fault() {
    let reading = Reading::of("我已找律师")
        .goal(Psychology::Revenge, "找律师")
        .risk(Risk::Legal, "律师");
    let plan = reading
        .nature(Nature::Valid)
        .manner(Stance::Reason, AngerType::Rational)
        .plan();
    let moves = moves_of(&plan);
    assert!(moves.contains(&"legal_hold"));
    assert!(!moves.contains(&"admit_fault"));
    assert!(
        !plan.acknowledgement.zh.contains("没有人真正接住"),
        "{}",
        plan.acknowledgement.zh
    );
}

#[test]
fn praise_gets_a_short_natural_answer() {
    let reading = Reading::of("今天的面很好吃").no_complaint(Psychology::None, Nature::None);
    let plan = reading.plan();
    assert!(plan.steps.len() <= 6);
    assert_eq!(plan.escalate, None);
    assert!(plan.redress.options.is_empty());
    assert!(moves_of(&plan).contains(&"thank"));
}

#[test]
fn strain_brings_more_people_in() {
    let to = |situation: &Situation| {
        PLAYBOOK
            .plan(&screen().analysis, situation)
            .escalate
            .map(|e| e.to)
    };
    assert_eq!(to(&situation()), None);
    let critical = Situation {
        severity: Severity::Critical,
        ..situation()
    };
    assert_eq!(to(&critical), Some(Role::Specialist));
    let repeated = Situation {
        earlier_complaints: 2,
        ..situation()
    };
    assert_eq!(
        to(&repeated),
        Some(Role::Supervisor),
        "a repeated failure is the supervisor's"
    );
}

#[test]
fn a_large_sum_is_checked_first_and_a_small_one_not_haggled_over() {
    let said = |yuan| {
        let situation = Situation {
            amount: Some(Money::yuan(yuan)),
            ..situation()
        };
        PLAYBOOK.plan(&screen().analysis, &situation).redress.because.zh
    };
    assert!(said(5000).contains("先核实"));
    assert!(said(50).contains("不讨价还价"));
    assert!(!said(500).contains("先核实") && !said(500).contains("不讨价还价"));
}

#[test]
fn a_hidden_complaint_is_met_with_a_call_that_sells_nothing() {
    let plan = Reading::of("三个月没来").hidden().plan();
    let moves = moves_of(&plan);
    assert!(moves.contains(&"call_back"), "{moves:?}");
    assert!(!moves.contains(&"retain_offer"));
}

#[test]
fn an_approved_statement_is_said_first() {
    let statement = Bilingual::new("因雷雨延误，每人补偿300元。", "Delayed by storms; CNY 300 each.");
    let situation = Situation {
        approved_statement: Some(statement.clone()),
        ..situation()
    };
    let plan = PLAYBOOK.plan(&screen().analysis, &situation);
    let proposal = plan
        .steps
        .iter()
        .find(|step| step.stage == Stage::Propose)
        .expect("a proposal");
    assert_eq!(proposal.phrases[0], statement);
}

#[test]
fn every_topic_named_gets_its_step() {
    let text = "推销电话天天打,上月还多扣了两次,快递也显示签收";
    let reading = Reading::of(text)
        .goal(Psychology::Vent, "")
        .subject(Subject::Service, "推销电话天天打")
        .subject(Subject::Policy, "多扣了两次")
        .subject(Subject::Product, "显示签收")
        .risk(Risk::Legal, "");
    let plan = reading.plan();
    for topic in ["marketing_calls", "wrong_charge", "lost_parcel"] {
        let step = plan
            .steps
            .iter()
            .find(|step| step.id.starts_with(&format!("topic.{topic}")));
        assert!(step.is_some(), "{topic}");
    }
}
