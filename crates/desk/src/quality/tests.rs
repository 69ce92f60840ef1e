//! The rubric, its operators and its fairness.

use domain::{
    AgentAct, AgentFault, AgentTurn, Channel, Conversation, Course, Heard, Pace, Psychology, Quote, Review,
    Span, Speaker, Stage, Trajectory, Turn, TurnReading, TurnReview,
};

use super::*;

fn agent(text: &str, acts: &[AgentAct], faults: &[AgentFault]) -> (Turn, TurnReview) {
    let quote = Quote::of(text, Span { start: 0, end: 2 });
    let reading = TurnReading::Agent(AgentTurn {
        acts: acts
            .iter()
            .map(|&value| Heard {
                value,
                p: 0.9,
                quote: quote.clone(),
            })
            .collect(),
        faults: faults
            .iter()
            .map(|&value| Heard {
                value,
                p: 0.9,
                quote: quote.clone(),
            })
            .collect(),
        stage: Heard {
            value: Stage::Other,
            p: 0.5,
            quote: None,
        },
        six_c: Vec::new(),
    });
    let heard = TurnReview {
        reading,
        escalation: 0.1,
        pace: Pace::default(),
    };
    (Turn::new(Speaker::Agent, text), heard)
}

fn talk(turns: Vec<(Turn, TurnReview)>) -> (Conversation, Review) {
    let mut conversation = Conversation::new("t", Channel::Chat);
    let mut heard = Vec::new();
    for (turn, review) in turns {
        conversation.turns.push(turn);
        heard.push(review);
    }
    let review = Review {
        engine: String::new(),
        turns: heard,
        trajectory: Trajectory {
            curve: Vec::new(),
            slope: 0.0,
            turning_points: Vec::new(),
            course: Course::Calm,
        },
        escalation: 0.0,
        escalated_at: None,
        psychology: (Psychology::Solve, 0.9),
        demands: Vec::new(),
        score: 50.0,
        six_c: Vec::new(),
        promises: Vec::new(),
        doubts: Vec::new(),
    };
    (conversation, review)
}

fn rubric(condition: &str) -> Rubric {
    let words = format!(
        "version = \"t\"\npass_mark = 60\n[[rule]]\nid = \"r\"\nzh = \"r\"\nen = \"r\"\nweight = 10\neach = true\nmost = 25\nwhen = \"a\"\n[[rule.condition]]\nid = \"a\"\n{condition}\n"
    );
    load_rubric(&words).unwrap()
}

/// The turns a condition finds and the points it takes off.
fn check(condition: &str, turns: &[&str], expect: (&[usize], f32)) {
    let turns = turns.iter().map(|text| agent(text, &[], &[])).collect();
    let (conversation, review) = talk(turns);
    let card = inspect(&conversation, &review, &rubric(condition));
    let found: Vec<usize> = card
        .deductions
        .iter()
        .flat_map(|d| d.proofs.iter().map(|proof| proof.turn))
        .collect();
    assert_eq!((found.as_slice(), 100.0 - card.points), expect, "{condition}");
}

#[test]
fn operators_of_words() {
    let turns = ["您好，请稍等", "这个不归我管，您找总部", "请稍等一下哦", "再见"];
    check("any = [\"不归\", \"再见\"]", &turns, (&[1, 3], 20.0));
    check("all = [\"不归\", \"总部\"]", &turns, (&[1], 10.0));
    check(
        "any = [\"不归\", \"总部\", \"您\"]\ntimes = 3",
        &turns,
        (&[1], 10.0),
    );
    check("none = [\"抱歉\", \"对不起\"]", &turns, (&[3], 10.0));
    check("none = [\"您好\"]", &turns, (&[], 0.0));
    check("regex = \"请.{1,3}等\"", &turns, (&[0, 2], 20.0));
    check(
        "similar = [\"请您稍等一下\"]\nlikeness = 0.5",
        &turns,
        (&[2], 10.0),
    );
    check("any = [\"请\"]\nfrom = -2\nto = -1", &turns, (&[2], 10.0));
    check("any = [\"请\"]\nrole = \"customer\"", &turns, (&[], 0.0));
    check("turns = 5", &turns, (&[], 0.0));
}

#[test]
fn repetition_counts_from_the_second_time() {
    let turns = [
        "请您耐心等待处理结果",
        "好的",
        "请您耐心等待处理结果",
        "请您耐心等待处理结果哦",
    ];
    check("repeats = 0.8\ntimes = 2", &turns, (&[2, 3], 20.0));
    check("repeats = 0.8\ntimes = 3", &turns, (&[3], 10.0));
}

#[test]
fn expressions_join_conditions() {
    for (words, a, b, expect) in [
        ("a && !b", true, false, true),
        ("a && !b", true, true, false),
        ("!(a || b)", false, false, true),
        ("a && b || !a", false, false, true),
    ] {
        let parsed = parse_expression(words).unwrap();
        let is = |id: &str| if id == "a" { a } else { b };
        assert_eq!(expression::holds(&parsed, &is), expect, "{words}");
    }
    for wrong in ["", "a &&", "(a", "a b", "&& a"] {
        assert!(parse_expression(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn the_same_words_get_the_same_points_whoever_the_agent_is() {
    let turns = || {
        vec![
            agent(
                "不归我们管，您找总部吧",
                &[],
                &[AgentFault::Deflect, AgentFault::Cold],
            ),
            agent("您爱投诉就投诉", &[], &[AgentFault::Provoke]),
        ]
    };
    let (mut one, review) = talk(turns());
    let (mut other, _) = talk(turns());
    (one.agent, other.agent) = (Some("A01".to_owned()), Some("A20".to_owned()));
    other.id = "another".to_owned();
    let rubric = default_rubric();
    assert_eq!(inspect(&one, &review, &rubric), inspect(&other, &review, &rubric));
}

#[test]
fn every_deduction_has_its_rule_and_its_place() {
    let (conversation, review) = talk(vec![
        agent("不归我们管，您找总部吧", &[], &[AgentFault::Deflect]),
        agent("你们有病吧", &[], &[]),
        agent("再说吧", &[], &[AgentFault::NoFollowUp]),
    ]);
    let card = inspect(&conversation, &review, &default_rubric());
    let rules: Vec<&str> = card
        .deductions
        .iter()
        .map(|deduction| deduction.rule.as_str())
        .collect();
    assert_eq!(rules, ["abuse", "no_way_out", "deflect", "no_follow_up"]);
    assert!(!card.passed && card.points == 0.0);
    assert!(
        card.deductions
            .iter()
            .all(|deduction| !deduction.proofs.is_empty())
    );
    assert!(card.not_applicable.contains(&"no_comfort".to_owned()));
}

#[test]
fn wrong_rubrics_name_the_rule() {
    let with = |line: &str| {
        let words = format!(
            "version = \"t\"\npass_mark = 60\n[[rule]]\nid = \"r\"\nzh = \"r\"\nen = \"r\"\nweight = 1\nwhen = \"a\"\n[[rule.condition]]\nid = \"a\"\n{line}\n"
        );
        load_rubric(&words).unwrap_err().to_string()
    };
    assert_eq!(
        with("fault = \"rude\"").split(" is none").next(),
        Some("rule r: `rude`")
    );
    assert!(with("regex = \"(\"").starts_with("rule r: regex"));
    assert!(with("").contains("exactly one thing"));
}

#[test]
fn rules_that_people_overturn_are_doubtful() {
    let judged: Vec<(String, bool)> = (0..10)
        .map(|at| ("cold".to_owned(), at < 4))
        .chain((0..10).map(|_| ("argue".to_owned(), true)))
        .collect();
    let agreement = agreement_of(&judged);
    assert_eq!(agreement.rules[0].rule, "cold");
    assert!(agreement.rules[0].doubtful && !agreement.rules[1].doubtful);
}

#[test]
fn the_sample_holds_what_failed_what_was_close_and_an_even_part() {
    let card = |points: f32, fatal: bool| Scorecard {
        rubric: String::new(),
        points,
        passed: !fatal,
        deductions: if fatal {
            vec![Deduction {
                rule: "x".to_owned(),
                name: domain::Bilingual::default(),
                points: 100.0,
                fatal,
                proofs: Vec::new(),
            }]
        } else {
            Vec::new()
        },
        not_applicable: Vec::new(),
        labels: Vec::new(),
    };
    let cards: Vec<(String, Scorecard)> = (0..20)
        .map(|at| (at.to_string(), card(at as f32 * 5.0, at == 0)))
        .collect();
    let sample = sample_for_check(&cards, 60.0, 6);
    assert_eq!(sample.len(), 6);
    assert!(sample.contains(&"0".to_owned()) && sample.contains(&"12".to_owned()));
}
