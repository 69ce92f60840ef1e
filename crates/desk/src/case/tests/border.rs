//! Command scripts and the event logs they make.

use domain::{
    CheckState, Command, FacetValue, Money, Nature, Outcome, Person, Remedy, RemedyOffer, Risk, Role,
    ThreeChange, Vocabulary,
};
use expect_test::{Expect, expect};

use super::sample::{Desk, START, analysis, user, with_nature, with_risk};
use crate::case::{allowed, checks, next_check_at, replay, tick};

fn check(mut desk: Desk, script: Vec<(i64, Role, Command)>, expect: Expect) -> Desk {
    for (hours, role, command) in script {
        desk.step(hours, role, command);
    }
    expect.assert_eq(&desk.take_log());
    assert_eq!(
        replay(&desk.events).as_ref(),
        Some(&desk.case),
        "replay equals the case"
    );
    assert_eq!(
        desk.case.version as usize,
        desk.events.len(),
        "the version counts the events"
    );
    desk
}

fn acknowledge() -> Command {
    Command::Acknowledge {
        message: Some("您好，已收到，今天内给您回话。".into()),
    }
}

fn confirm() -> Command {
    Command::ConfirmFacets {
        corrections: Vec::new(),
        reason: None,
    }
}

fn offer(remedy: Remedy, yuan: i64) -> RemedyOffer {
    RemedyOffer {
        remedy,
        amount: Some(Money::yuan(yuan)),
    }
}

fn propose(yuan: i64) -> Command {
    Command::Propose {
        offers: vec![offer(Remedy::Refund, yuan)],
        summary: "全额退款".into(),
        core_position: Some("退款为限，不另赔".into()),
    }
}

fn close(outcome: Outcome, attempts: Option<&str>, csat: Option<u8>) -> Command {
    Command::Close {
        expected: "退款".into(),
        received: "已退款".into(),
        outcome,
        csat,
        attempts: attempts.map(str::to_owned),
    }
}

fn valid(valid: bool) -> Command {
    Command::VerifyValidity {
        valid,
        reason: "照片与批次相符".into(),
    }
}

#[test]
fn a_valid_complaint_goes_the_whole_way() {
    check(
        Desk::open(analysis()),
        vec![
            (1, Role::Agent, acknowledge()),
            (1, Role::Agent, confirm()),
            (1, Role::Specialist, valid(true)),
            (0, Role::Agent, propose(158)),
            (20, Role::Agent, Command::Agree),
            (
                40,
                Role::Agent,
                Command::Remedy {
                    note: Some("已原路退回".into()),
                },
            ),
            (1, Role::Specialist, Command::Verify { note: None }),
            (1, Role::Agent, close(Outcome::Met, None, Some(5))),
            (
                24,
                Role::Agent,
                Command::FollowUp {
                    note: "使用正常".into(),
                    satisfied: Some(true),
                },
            ),
        ],
        expect![[]],
    );
}

#[test]
fn every_shortcut_is_refused_with_the_way_on() {
    check(
        Desk::open(analysis()),
        vec![
            (0, Role::Agent, propose(10)),
            (0, Role::Analyst, acknowledge()),
            (0, Role::Agent, acknowledge()),
            (0, Role::Agent, acknowledge()),
            (
                0,
                Role::Agent,
                Command::Refuse {
                    reason: "无".into(),
                    rule: "无".into(),
                },
            ),
            (
                0,
                Role::Agent,
                Command::ConfirmFacets {
                    corrections: vec![FacetValue::Nature(Nature::Vent)],
                    reason: None,
                },
            ),
            (0, Role::Agent, confirm()),
            (
                0,
                Role::Agent,
                Command::Refuse {
                    reason: "超过保修期".into(),
                    rule: " ".into(),
                },
            ),
            (0, Role::Agent, close(Outcome::Below, None, None)),
            (0, Role::Agent, valid(true)),
            (0, Role::Specialist, valid(true)),
            (0, Role::Agent, close(Outcome::Below, None, None)),
            (0, Role::Agent, propose(0)),
            (0, Role::Agent, propose(5000)),
            (0, Role::Agent, Command::Agree),
            (0, Role::Agent, Command::Approve { reason: None }),
            (
                0,
                Role::Supervisor,
                Command::Approve {
                    reason: Some("同意".into()),
                },
            ),
            (0, Role::Agent, close(Outcome::Unknown, None, None)),
            (0, Role::Agent, close(Outcome::Met, None, Some(6))),
            (0, Role::Agent, Command::Agree),
            (0, Role::Agent, close(Outcome::Met, None, Some(5))),
            (0, Role::Agent, Command::Remedy { note: None }),
            (0, Role::Agent, close(Outcome::Met, None, Some(5))),
            (0, Role::Specialist, Command::Verify { note: None }),
            (
                0,
                Role::Agent,
                close(
                    Outcome::Unknown,
                    Some("11 月 20 日、21 日、22 日三次电话未接"),
                    None,
                ),
            ),
            (0, Role::Agent, propose(10)),
            (
                0,
                Role::Agent,
                Command::Reopen {
                    reason: String::new(),
                },
            ),
            (
                0,
                Role::Agent,
                Command::Reopen {
                    reason: "客户来电说没到账".into(),
                },
            ),
        ],
        expect![[]],
    );
}

#[test]
fn clocks_warn_breach_and_call_for_help_on_their_own() {
    let mut desk = Desk::open(analysis());
    let mut said = Vec::new();
    while let Some(at) = next_check_at(&desk.case) {
        said.push(at.since_ms(START) / 3_600_000);
        desk.now = at;
        desk.wait(0);
        assert_eq!(
            tick(&desk.case, at, &desk.rules),
            Vec::new(),
            "a second tick finds nothing"
        );
    }
    assert_eq!(said.len(), 4);
    check(desk, vec![(1, Role::Agent, acknowledge())], expect![[]]);
}

#[test]
fn a_complaint_handled_badly_turns_valid_and_graver() {
    let mut desk = Desk::open(with_nature(analysis(), Nature::Inquiry));
    desk.corrected = Some(with_risk(analysis(), Risk::Legal));
    let corrections = vec![
        FacetValue::Nature(Nature::Valid),
        FacetValue::Risks(vec![Risk::Legal]),
    ];
    let reason = Some("客户二次来电，说要起诉".into());
    let desk = check(
        desk,
        vec![
            (1, Role::Agent, acknowledge()),
            (1, Role::Agent, Command::ConfirmFacets { corrections, reason }),
        ],
        expect![[]],
    );
    assert_eq!(desk.case.earlier_natures, [Nature::Inquiry]);
}

#[test]
fn what_touches_safety_is_not_turned_down_by_an_agent() {
    let refuse = || Command::Refuse {
        reason: "人为损坏".into(),
        rule: "保修条款第三条".into(),
    };
    check(
        Desk::open(with_risk(analysis(), Risk::Safety)),
        vec![
            (0, Role::Agent, acknowledge()),
            (0, Role::Agent, confirm()),
            (0, Role::Agent, refuse()),
            (0, Role::Supervisor, refuse()),
            (0, Role::Agent, acknowledge()),
        ],
        expect![[]],
    );
}

#[test]
fn promises_are_kept_late_or_broken() {
    let promise = |what: &str, hours| Command::Promise {
        what: what.into(),
        until: Some(START.plus_hours(hours)),
    };
    check(
        Desk::open(analysis()),
        vec![
            (0, Role::Agent, acknowledge()),
            (0, Role::Agent, promise("周一寄出新品", 70)),
            (0, Role::Agent, promise("今晚回电", 4)),
            (1, Role::Agent, Command::KeepPromise { number: 2 }),
            (0, Role::Agent, Command::KeepPromise { number: 2 }),
            (0, Role::Agent, Command::KeepPromise { number: 9 }),
            (0, Role::Agent, promise("昨天", -4)),
            (71, Role::Agent, Command::KeepPromise { number: 1 }),
        ],
        expect![[]],
    );
}

#[test]
fn three_changes_reports_messages_and_ends_without_closing() {
    let person = |id: &str| Person {
        id: id.into(),
        name: id.into(),
    };
    check(
        Desk::open(analysis()),
        vec![
            (
                0,
                Role::Agent,
                Command::SendMessage {
                    text: "收到".into(),
                    overrule: Some("客户要求简短".into()),
                },
            ),
            (0, Role::Agent, Command::Assign { owner: person("lin") }),
            (0, Role::Supervisor, Command::Assign { owner: person("lin") }),
            (
                0,
                Role::Agent,
                Command::Change {
                    what: ThreeChange::Person,
                    to: String::new(),
                    owner: None,
                },
            ),
            (
                0,
                Role::Agent,
                Command::Change {
                    what: ThreeChange::Person,
                    to: String::new(),
                    owner: Some(person("zhou")),
                },
            ),
            (
                0,
                Role::Agent,
                Command::Change {
                    what: ThreeChange::Place,
                    to: "改到门店面谈".into(),
                    owner: None,
                },
            ),
            (
                9,
                Role::Agent,
                Command::ReportProgress {
                    message: "仓库在查".into(),
                    next_at: Some(START.plus_hours(30)),
                },
            ),
            (0, Role::Agent, Command::Unmask { reason: " ".into() }),
            (0, Role::Agent, Command::Merge { into: "c1".into() }),
            (0, Role::Agent, Command::Merge { into: "c2".into() }),
            (
                0,
                Role::Agent,
                Command::Reopen {
                    reason: "误并".into(),
                },
            ),
        ],
        expect![[]],
    );
}

#[test]
fn facets_corrected_before_the_first_answer_count_as_confirmed() {
    let mut desk = Desk::open(analysis());
    desk.corrected = Some(with_risk(analysis(), Risk::Churn));
    let corrections = vec![FacetValue::Risks(vec![Risk::Churn])];
    check(
        desk,
        vec![
            (
                0,
                Role::Agent,
                Command::ConfirmFacets {
                    corrections,
                    reason: Some("客户说不再买".into()),
                },
            ),
            (0, Role::Agent, acknowledge()),
        ],
        expect![[]],
    );
}

#[test]
fn the_eight_rules_say_what_is_left_to_do() {
    let spell = |desk: &Desk| {
        let lines = checks(&desk.case, desk.now).into_iter().map(|check| {
            let mark = match check.state {
                CheckState::Ok => "✓",
                CheckState::Pending => "…",
                CheckState::Violated => "✗",
            };
            format!("{mark} {}: {}", check.rule.key(), check.because.zh)
        });
        lines.collect::<Vec<_>>().join("\n")
    };
    let mut desk = Desk::open(with_risk(with_risk(analysis(), Risk::Herd), Risk::Safety));
    expect![[]].assert_eq(&spell(&desk));
    desk.step(
        3,
        Role::Agent,
        Command::SendMessage {
            text: "请先停用".into(),
            overrule: None,
        },
    );
    desk.step(0, Role::Agent, confirm());
    desk.step(
        0,
        Role::Agent,
        Command::Propose {
            offers: vec![offer(Remedy::Compensation, 900)],
            summary: "赔".into(),
            core_position: None,
        },
    );
    expect![[]].assert_eq(&spell(&desk));
}

#[test]
fn only_what_fits_is_offered() {
    let desk = Desk::open(analysis());
    let names = |role| {
        let kinds = allowed(&desk.case, role, &desk.rules);
        kinds
            .into_iter()
            .map(|kind| kind.key())
            .collect::<Vec<_>>()
            .join(" ")
    };
    expect![[]].assert_eq(&names(Role::Agent));
    expect![[]].assert_eq(&names(Role::Analyst));
    assert_eq!(user(Role::Admin).role(), Role::Admin);
}
