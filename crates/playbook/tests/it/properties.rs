//! What holds of every plan, whatever was read.

use domain::{
    Analysis, AngerType, Behavior, Cause, EmotionStage, Intensity, Loyalty, Motive, Nature, Plan, Psychology,
    Risk, Role, Severity, Situation, Stance, Subject, Temperament, Vocabulary,
};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use crate::build::{CONFLICTS, FORBIDS, PLAYBOOK, Reading, known_situation, moves_of, situation};

/// Everything that must hold of a plan; the message tells what does not.
fn check_plan(plan: &Plan) -> Result<(), String> {
    check_moves(plan)?;
    check_order(plan)?;
    for step in &plan.steps {
        let say = |problem: &str| Err(format!("{}: {problem}", step.id));
        if step.because.is_empty() {
            return say("answers no finding");
        }
        if !(2..=3).contains(&step.phrases.len()) {
            return say("has not two or three phrases");
        }
        if step.dont.len() > 2 {
            return say("forbids too much");
        }
        if step
            .phrases
            .iter()
            .any(|phrase| phrase.zh.contains('{') || phrase.en.contains('{'))
        {
            return say("has an unfilled slot");
        }
    }
    check_unique(plan)
}

fn check_moves(plan: &Plan) -> Result<(), String> {
    let moves = moves_of(plan);
    let conflict = CONFLICTS
        .iter()
        .find(|pair| pair.iter().all(|side| moves.contains(&side.as_str())));
    if let Some(pair) = conflict {
        return Err(format!("{} and {} in one plan", pair[0], pair[1]));
    }
    for dont in plan.steps.iter().flat_map(|step| &step.dont) {
        let forbidden = FORBIDS.get(&dont.zh).into_iter().flatten();
        if let Some(forbidden) = forbidden.into_iter().find(|key| moves.contains(&key.as_str())) {
            return Err(format!("“{}” forbids {forbidden}, which the plan does", dont.zh));
        }
    }
    Ok(())
}

fn check_order(plan: &Plan) -> Result<(), String> {
    if !(4..=8).contains(&plan.steps.len()) {
        return Err(format!("{} steps", plan.steps.len()));
    }
    let order =
        |pair: &[domain::PlanStep]| pair[0].stage <= pair[1].stage && pair[0].appeal <= pair[1].appeal;
    match plan.steps.windows(2).all(order) {
        true => Ok(()),
        false => Err("stages or appeals turn back".to_owned()),
    }
}

fn check_unique(plan: &Plan) -> Result<(), String> {
    let mut texts: Vec<&str> = Vec::new();
    for step in &plan.steps {
        let said = step.phrases.iter().chain(&step.dont).chain([&step.act]);
        texts.extend(said.flat_map(|text| [text.zh.as_str(), text.en.as_str()]));
    }
    let count = texts.len();
    texts.sort_unstable();
    texts.dedup();
    if texts.len() == count {
        Ok(())
    } else {
        Err("a text stands twice".to_owned())
    }
}

fn needs_supervisor(analysis: &Analysis) -> bool {
    analysis.psychology.primary.value() == Psychology::Revenge || analysis.has_risk(Risk::Safety)
}

fn check(analysis: &Analysis, situation: &Situation) -> Result<Plan, String> {
    let plan = PLAYBOOK.plan(analysis, situation);
    check_plan(&plan)?;
    let to = plan.escalate.as_ref().map(|escalate| escalate.to);
    if needs_supervisor(analysis) && to != Some(Role::Supervisor) {
        return Err("no supervisor for revenge or safety".to_owned());
    }
    if analysis.has_risk(Risk::Safety) && !moves_of(&plan).contains(&"safety_first") {
        return Err("safety does not come first".to_owned());
    }
    if analysis.has_risk(Risk::Legal) && !moves_of(&plan).contains(&"legal_hold") {
        return Err("nothing is held for legal".to_owned());
    }
    Ok(plan)
}

#[test]
fn no_plan_contradicts_itself_over_all_goals_stances_angers_and_risks() {
    let mut plans = 0;
    for goal in Psychology::ALL {
        for stance in Stance::ALL {
            for anger in AngerType::ALL {
                for risks in 0..1_u32 << Risk::ALL.len() {
                    let mut reading = Reading::of("气").goal(*goal, "").manner(*stance, *anger);
                    for risk in Risk::ALL.iter().filter(|risk| risks & (1 << risk.index()) != 0) {
                        reading = reading.risk(*risk, "气");
                    }
                    reading = reading.subject(Subject::ALL[plans % Subject::ALL.len()], "气");
                    reading = reading.feeling(EmotionStage::ALL[plans % 4], Intensity::Strong, "气");
                    let result = check(&reading.analysis, &situation());
                    let named = || format!("{goal:?} {stance:?} {anger:?} risks {risks:07b}");
                    assert_eq!(result.err(), None, "{}", named());
                    plans += 1;
                }
            }
        }
    }
    assert_eq!(plans, 8 * 5 * 4 * 128);
}

#[test]
fn boundaries_are_firm_and_polite_for_every_goal() {
    for goal in Psychology::ALL.iter().filter(|goal| **goal != Psychology::None) {
        let reading = Reading::of("气")
            .goal(*goal, "")
            .manner(Stance::Bargain, AngerType::Unreasonable);
        let plan = reading.plan();
        let moves = moves_of(&plan);
        assert!(
            moves.contains(&"set_boundary"),
            "{goal:?} has no boundary: {moves:?}"
        );
        assert!(
            moves.contains(&"acknowledge_feeling"),
            "{goal:?} is not polite: {moves:?}"
        );
        assert!(
            !moves.contains(&"offer_remedy"),
            "{goal:?} rewards the pressure: {moves:?}"
        );
    }
}

#[test]
fn the_plans_of_the_goals_differ_pairwise() {
    let plans: Vec<Plan> = Psychology::ALL
        .iter()
        .map(|goal| {
            Reading::of("气")
                .goal(*goal, "")
                .subject(Subject::Service, "气")
                .plan()
        })
        .collect();
    for (at, one) in plans.iter().enumerate() {
        for other in &plans[at + 1..] {
            let acts = |plan: &Plan| {
                plan.steps
                    .iter()
                    .map(|step| step.act.zh.clone())
                    .collect::<Vec<_>>()
            };
            assert_ne!(acts(one), acts(other));
            let shared = acts(one).iter().filter(|act| acts(other).contains(act)).count();
            assert!(
                shared * 2 <= one.steps.len().max(other.steps.len()),
                "more than half is the same"
            );
        }
    }
}

#[test]
fn every_plan_keeps_every_principle() {
    for goal in Psychology::ALL.iter().filter(|goal| **goal != Psychology::None) {
        for anger in AngerType::ALL {
            for risk in Risk::ALL {
                let reading = Reading::of("气")
                    .goal(*goal, "")
                    .manner(Stance::Grumble, *anger)
                    .risk(*risk, "气");
                let checks = PLAYBOOK.check_principles(&reading.plan());
                assert_eq!(checks.len(), 17);
                let missed: Vec<&str> = checks
                    .iter()
                    .filter(|c| !c.kept)
                    .map(|c| c.key.as_str())
                    .collect();
                assert!(missed.is_empty(), "{goal:?} {anger:?} {risk:?} misses {missed:?}");
            }
        }
    }
}

prop_compose! {
    fn any_reading()(
        goal in select(Psychology::ALL), second in prop::option::of(select(Psychology::ALL)),
        stage in select(EmotionStage::ALL), intensity in select(Intensity::ALL),
        nature in select(Nature::ALL), stance in select(Stance::ALL), anger in select(AngerType::ALL),
        behavior in select(Behavior::ALL), temperament in select(Temperament::ALL),
    )(
        motives in subsequence(Motive::ALL, 0..=Motive::ALL.len()),
        subjects in subsequence(Subject::ALL, 0..=Subject::ALL.len()),
        causes in subsequence(Cause::ALL, 0..=Cause::ALL.len()),
        risks in subsequence(Risk::ALL, 0..=Risk::ALL.len()),
        complaint in any::<bool>(),
        base in Just((goal, second, stage, intensity, nature, stance, anger, behavior, temperament)),
    ) -> Analysis {
        let (goal, second, stage, intensity, nature, stance, anger, behavior, temperament) = base;
        let mut reading = Reading::of("乱扣费,气").goal(goal, "气").feeling(stage, intensity, "气");
        reading = reading.manner(stance, anger).temperament(temperament).nature(nature);
        if !complaint {
            reading = reading.no_complaint(goal, nature);
        }
        for motive in motives { reading = reading.motive(motive, "气"); }
        for subject in subjects { reading = reading.subject(subject, "乱扣费"); }
        for cause in causes { reading = reading.cause(cause, "气"); }
        for risk in risks { reading = reading.risk(risk, "气"); }
        reading.analysis.psychology.secondary = second;
        reading.analysis.behavior.value = behavior;
        reading.analysis
    }
}

prop_compose! {
    fn any_situation()(
        severity in select(Severity::ALL), loyalty in select(Loyalty::ALL), role in select(Role::ALL),
        earlier in 0_u32..4, stuck in any::<bool>(), broken in any::<bool>(), known in any::<bool>(),
    ) -> Situation {
        let base = if known { known_situation() } else { situation() };
        Situation {
            severity, loyalty, actor_role: role, earlier_complaints: earlier, stuck, broken_promise: broken, ..base
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn every_plan_is_sound(analysis in any_reading(), situation in any_situation()) {
        let result = check(&analysis, &situation);
        prop_assert!(result.is_ok(), "{}", result.unwrap_err());
    }

    #[test]
    fn labels_on_the_person_never_touch_redress(
        analysis in any_reading(), other in any_reading(), situation in any_situation(),
    ) {
        let mut relabeled = analysis.clone();
        relabeled.psychology = other.psychology;
        relabeled.temperament = other.temperament;
        relabeled.stance = other.stance;
        relabeled.anger_type = other.anger_type;
        prop_assert_eq!(
            PLAYBOOK.plan(&analysis, &situation).redress,
            PLAYBOOK.plan(&relabeled, &situation).redress
        );
    }

    #[test]
    fn temperament_adds_no_step_and_no_move(analysis in any_reading(), situation in any_situation()) {
        let with = PLAYBOOK.plan(&analysis, &situation);
        let without = PLAYBOOK.plan(&analysis, &Situation { use_temperament: false, ..situation });
        let acts = |plan: &Plan| plan.steps.iter().map(|step| step.id.clone()).collect::<Vec<_>>();
        prop_assert_eq!(acts(&with), acts(&without));
        prop_assert!(!without.steps.iter().flat_map(|step| &step.because)
            .any(|reason| reason.facet == domain::Facet::Temperament));
    }
}
