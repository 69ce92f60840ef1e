//! Terms set by laws and platforms: extended, paused, begun anew, and who may not do that.

use domain::{
    Command, DeadlineKind, DeadlineState, MessageDirection, Nature, Outcome, Role, TimeRequestKind,
};
use expect_test::{Expect, expect};

use super::sample::{Desk, analysis, user, with_nature};
use crate::{
    case::{Context, decide, replay},
    deadline::spell,
};

const BANK: &[&str] = &["bank-insurance-2020"];

fn acknowledge() -> Command {
    Command::Acknowledge {
        message: None,
        overrule: None,
    }
}

fn ask(what: TimeRequestKind, notice: Option<&str>) -> Command {
    Command::RequestTime {
        what,
        reason: "涉及多家网点，需要逐一核对".into(),
        notice: notice.map(str::to_owned),
        overrule: None,
    }
}

fn grant(granted: bool) -> Command {
    Command::DecideTime {
        granted,
        reason: (!granted).then(|| "可以按期办结".into()),
    }
}

fn due(desk: &Desk) -> String {
    let clocks = &desk.case.deadlines;
    let clock = clocks
        .iter()
        .find(|clock| clock.kind == DeadlineKind::Decision)
        .expect("a law is in force");
    format!(
        "{:?} {}",
        clock.state,
        spell(desk.rules.calendar.zone(), clock.due_at).en
    )
}

/// A script → the log; the case equals its replay.
fn check(desk: &mut Desk, script: Vec<(i64, Role, Command)>, expect: Expect) {
    desk.take_log();
    for (hours, role, command) in script {
        desk.step(hours, role, command);
    }
    expect.assert_eq(&desk.take_log());
    assert_eq!(replay(&desk.events).as_ref(), Some(&desk.case));
}

/// A case under the banking rule, answered, received on Friday 20 November 2026.
fn bank_case() -> Desk {
    let mut desk = Desk::open_under(analysis(), BANK);
    assert!(desk.step(1, Role::Agent, acknowledge()));
    assert_eq!(due(&desk), "Running 7 Dec 2026 18:00");
    desk
}

#[test]
fn the_term_grows_from_fifteen_to_thirty_to_sixty_and_no_further() {
    let mut desk = bank_case();
    let notice = Some("您的投诉情况特别复杂，我们将在 1 月 19 日前答复您");
    check(
        &mut desk,
        vec![
            (1, Role::Specialist, ask(TimeRequestKind::Extension, None)),
            (1, Role::Supervisor, grant(true)),
            (1, Role::Specialist, ask(TimeRequestKind::Extension, None)),
            (1, Role::Specialist, ask(TimeRequestKind::Extension, notice)),
            (1, Role::Supervisor, grant(true)),
            (1, Role::Admin, grant(true)),
            (1, Role::Specialist, ask(TimeRequestKind::Extension, notice)),
        ],
        expect![[r#"
            asked for extension
            granted: true
            clock decision due 21 Dec 2026 18:00
            ✗ InvalidField: 规则要求告知客户；请写明告知客户的话
            asked for extension
            ✗ NotAllowed: 这一步须由管理员批准；请转交
            granted: true
            clock decision due 20 Jan 2027 00:00
            Outbound: 您的投诉情况特别复杂，我们将在 1 月 19 日前答复您
            ✗ RuleViolated: “银行业保险业消费投诉（2020）”不允许再延期，最长 60；请按期办结
        "#]],
    );
    let clock = &desk
        .case
        .deadlines
        .iter()
        .find(|clock| clock.kind == DeadlineKind::Decision);
    let because = &clock.expect("it is there").because;
    assert!(because.zh.contains("已延期 2 次，原为 15"), "{}", because.zh);
    assert!(because.en.contains("extended 2 times from 15"), "{}", because.en);
    let told = desk
        .case
        .messages
        .iter()
        .filter(|message| message.direction == MessageDirection::Outbound);
    assert_eq!(
        told.count(),
        1,
        "only the step that wants a notice tells the customer"
    );
}

#[test]
fn nobody_grants_his_own_request() {
    let mut desk = bank_case();
    check(
        &mut desk,
        vec![
            (1, Role::Supervisor, ask(TimeRequestKind::Extension, None)),
            (1, Role::Supervisor, ask(TimeRequestKind::Extension, None)),
            (1, Role::Supervisor, grant(true)),
            (1, Role::Agent, grant(true)),
            (
                1,
                Role::Admin,
                Command::DecideTime {
                    granted: false,
                    reason: None,
                },
            ),
            (1, Role::Admin, grant(false)),
            (1, Role::Admin, grant(true)),
        ],
        expect![[r#"
            asked for extension
            ✗ RuleViolated: 已有一个时限申请在等待审批；请先审批它
            ✗ RuleViolated: 不能批准自己提出的申请；请另一位有权限的同事审批
            ✗ NotAllowed: “坐席”没有“审批时限申请”的权限，请交给有权限的同事
            ✗ InvalidField: 驳回要写明理由
            granted: false
            ✗ WrongState: 案件现在是“已首响”，不能“审批时限申请”；没有待审批的时限申请
        "#]],
    );
    assert_eq!(due(&desk), "Running 7 Dec 2026 18:00");
}

#[test]
fn days_of_an_appraisal_do_not_count() {
    let mut desk = bank_case();
    let notice = Some("我们已委托鉴定，鉴定期间不计入办理期限");
    check(
        &mut desk,
        vec![
            (1, Role::Agent, ask(TimeRequestKind::Appraisal, None)),
            (1, Role::Agent, ask(TimeRequestKind::Appraisal, notice)),
            (1, Role::Supervisor, grant(true)),
            // Twenty days: past the first term, while the clock stands still.
            (
                20 * 24,
                Role::Agent,
                Command::Note {
                    text: "等鉴定".into(),
                },
            ),
            (1, Role::Agent, ask(TimeRequestKind::Extension, None)),
            (
                1,
                Role::Agent,
                Command::ResumeClock {
                    note: "鉴定结论：电芯缺陷".into(),
                },
            ),
            (
                1,
                Role::Agent,
                Command::ResumeClock {
                    note: "再来一次".into(),
                },
            ),
        ],
        expect![[r#"
            ✗ InvalidField: 规则要求告知客户；请写明告知客户的话
            asked for appraisal
            granted: true
            clock decision paused
            Outbound: 我们已委托鉴定，鉴定期间不计入办理期限
            clock resolution breached
            escalated: “办结”应在 2026年12月1日 18:00 前完成，已超时，请主管督办
            clock progress breached
            escalated: “进展通报”应在 2026年11月24日 18:00 前完成，已超时，请主管督办
            severity 2 priority 4: 指称企业有过失（有效投诉）
            Internal: 等鉴定
            ✗ RuleViolated: 没有正在计时的法定办结时限；请先“适用规则”，或先恢复计时
            clock decision due 26 Dec 2026 00:00
            Internal: 鉴定结论：电芯缺陷
            ✗ WrongState: 案件现在是“已首响”，不能“恢复计时”；没有中止的时限
        "#]],
    );
    // 20 November and 15 days and 20 days: Friday 25 December.
    assert_eq!(due(&desk), "Running 26 Dec 2026 00:00");
}

#[test]
fn new_facts_begin_the_term_anew_only_where_the_rule_says_so() {
    let mut desk = bank_case();
    assert!(desk.step(24 * 5, Role::Agent, ask(TimeRequestKind::NewFacts, None)));
    assert!(desk.step(1, Role::Supervisor, grant(true)));
    // From Wednesday 25 November (the answer came an hour after receipt on the 20th).
    assert_eq!(due(&desk), "Running 11 Dec 2026 00:00");
    let mut telecom = Desk::open_under(analysis(), &["telecom-2016"]);
    telecom.step(1, Role::Agent, acknowledge());
    check(
        &mut telecom,
        vec![
            (1, Role::Agent, ask(TimeRequestKind::NewFacts, None)),
            (1, Role::Agent, ask(TimeRequestKind::Appraisal, None)),
            (1, Role::Agent, ask(TimeRequestKind::Extension, None)),
        ],
        expect![[r#"
            ✗ RuleViolated: “电信用户投诉（2016）”没有因新事实重新计时的规定；可申请延期
            ✗ RuleViolated: “电信用户投诉（2016）”没有鉴定期间不计时的规定
            ✗ RuleViolated: “电信用户投诉（2016）”不允许再延期，最长 15；请按期办结
        "#]],
    );
}

#[test]
fn a_term_that_is_over_is_not_moved() {
    let mut desk = bank_case();
    desk.wait(24 * 30);
    check(
        &mut desk,
        vec![(1, Role::Specialist, ask(TimeRequestKind::Extension, None))],
        expect![[r#"
            ✗ RuleViolated: 时限已过，不能再申请；请尽快办结并向客户说明
        "#]],
    );
    assert!(due(&desk).starts_with("Breached"));
}

#[test]
fn withdrawal_ends_the_term_the_same_day_and_agreement_meets_it() {
    let mut desk = bank_case();
    assert!(desk.step(1, Role::Agent, Command::Withdraw { reason: None }));
    assert!(due(&desk).starts_with("Stopped"), "{}", due(&desk));
    let mut desk = Desk::open_under(with_nature(analysis(), Nature::Inquiry), &["telecom-2016"]);
    desk.step(1, Role::Agent, acknowledge());
    desk.step(
        1,
        Role::Agent,
        Command::ConfirmFacets {
            corrections: Vec::new(),
            reason: None,
        },
    );
    let close = Command::Close {
        expected: "答复".into(),
        received: "已答复".into(),
        outcome: Outcome::Met,
        csat: None,
        attempts: None,
    };
    assert!(desk.step(1, Role::Agent, close), "{}", desk.take_log());
    assert!(due(&desk).starts_with("Met"), "{}", due(&desk));
}

#[test]
fn of_several_rules_the_strictest_counts_and_rules_can_be_changed() {
    let mut desk = Desk::open_under(analysis(), &["bank-insurance-2020", "consumer-law-2013"]);
    // 7 working days from Friday 20 November.
    assert_eq!(due(&desk), "Running 1 Dec 2026 18:00");
    let apply = |packs: &[&str]| Command::ApplyPacks {
        packs: packs.iter().map(|pack| (*pack).to_owned()).collect(),
        reason: "客户经营性使用，不适用消法".into(),
    };
    check(
        &mut desk,
        vec![
            (1, Role::Specialist, apply(&["bank-insurance-2020"])),
            (1, Role::Specialist, apply(&["bank-insurance-2020"])),
            (1, Role::Specialist, apply(&["insurance-2013"])),
            (1, Role::Specialist, apply(&["house"])),
            (1, Role::Specialist, apply(&["no-such-law"])),
            (1, Role::Agent, apply(&["telecom-2016"])),
            (1, Role::Supervisor, apply(&["telecom-appeal-2016"])),
            (1, Role::Supervisor, apply(&[])),
        ],
        expect![[r#"
            clock decision stopped
            packs bank-insurance-2020
            clock decision due 7 Dec 2026 18:00
            ✗ RuleViolated: 适用的规则没有变化
            ✗ InvalidField: “保险消费投诉（2013，已被取代）”自 2020-03-01 起失效，本案 2026-11-20 收到；请改用现行规则
            ✗ InvalidField: 没有这套规则“house”；可用：bank-insurance-2020, cfpb, civil-airport, consumer-law-2013, credit-bureau, delay-of-remedy, express, fca-disp, fca-disp-payments, hotline-12345, insurance-2013, market-regulation-2022, pboc-2020, petition-2022, telecom-2016, telecom-appeal-2016, wechat-mini-program, wechat-pay
            ✗ InvalidField: 没有这套规则“no-such-law”；可用：bank-insurance-2020, cfpb, civil-airport, consumer-law-2013, credit-bureau, delay-of-remedy, express, fca-disp, fca-disp-payments, hotline-12345, insurance-2013, market-regulation-2022, pboc-2020, petition-2022, telecom-2016, telecom-appeal-2016, wechat-mini-program, wechat-pay
            ✗ NotAllowed: “坐席”没有“适用规则”的权限，请交给有权限的同事
            clock decision stopped
            packs telecom-appeal-2016
            clock acceptance due 27 Nov 2026 18:00
            clock acceptance stopped
            packs 
        "#]],
    );
}

#[test]
fn acceptance_ends_one_clock_and_starts_the_other() {
    let mut desk = Desk::open_under(analysis(), &["market-regulation-2022"]);
    let verify = Command::VerifyValidity {
        valid: true,
        reason: "属于生活消费，材料齐全".into(),
    };
    check(
        &mut desk,
        vec![(1, Role::Agent, acknowledge()), (24, Role::Specialist, verify)],
        expect![[r#"
            → acknowledged
            clock first_response met
            clock progress due 24 Nov 2026 18:00
            owner agent
            valid: true
            clock acceptance met
            clock decision due 22 Jan 2027 18:00
        "#]],
    );
}

#[test]
fn a_clock_set_back_moves_nothing_back() {
    let mut desk = bank_case();
    let updated_at = desk.case.updated_at;
    desk.now = desk.now.plus_hours(-48);
    assert!(desk.step(0, Role::Specialist, ask(TimeRequestKind::Extension, None)));
    assert_eq!(desk.case.updated_at, updated_at);
    assert!(desk.events.is_sorted_by_key(|event| event.at));
    assert!(
        desk.case
            .deadlines
            .iter()
            .all(|clock| clock.state != DeadlineState::Breached)
    );
}

#[test]
fn whoever_proposed_does_not_approve() {
    let mut desk = Desk::open(analysis());
    desk.step(1, Role::Supervisor, acknowledge());
    desk.step(
        1,
        Role::Supervisor,
        Command::ConfirmFacets {
            corrections: Vec::new(),
            reason: None,
        },
    );
    let offer = domain::RemedyOffer {
        remedy: domain::Remedy::Compensation,
        amount: Some(domain::Money::yuan(50_000)),
    };
    let propose = Command::Propose {
        offers: vec![offer],
        summary: "赔偿五万元".into(),
        core_position: Some("不超过五万".into()),
    };
    assert!(desk.step(1, Role::Supervisor, propose), "{}", desk.take_log());
    let context = Context {
        now: desk.now,
        rules: &desk.rules,
        corrected: None,
        warnings: Vec::new(),
    };
    let refusal = decide(
        &desk.case,
        Command::Approve { reason: None },
        &user(Role::Supervisor),
        &context,
    );
    let refusal = refusal.expect_err("one's own proposal");
    assert_eq!(refusal.code, domain::RefusalCode::RuleViolated);
    assert!(refusal.because.zh.contains("请另一位"), "{}", refusal.because.zh);
    assert!(desk.step(1, Role::Admin, Command::Approve { reason: None }));
}

fn apply(packs: &[&str]) -> Command {
    Command::ApplyPacks {
        packs: packs.iter().map(|pack| (*pack).to_owned()).collect(),
        reason: "也适用这套规则".into(),
    }
}

fn verify_valid() -> Command {
    Command::VerifyValidity {
        valid: true,
        reason: "属于生活消费，材料齐全".into(),
    }
}

const MARKET: &str = "market-regulation-2022";

#[test]
fn a_late_decision_stays_late_whatever_is_applied_or_verified_again() {
    let mut desk = Desk::open_under(analysis(), &[MARKET]);
    desk.step(1, Role::Agent, acknowledge());
    desk.step(1, Role::Specialist, verify_valid());
    desk.wait(24 * 120);
    assert!(due(&desk).starts_with("Breached"), "{}", due(&desk));
    assert!(desk.step(1, Role::Specialist, apply(&[MARKET, "hotline-12345"])));
    assert!(due(&desk).starts_with("Breached"), "{}", due(&desk));
    assert!(desk.step(1, Role::Specialist, verify_valid()));
    assert!(due(&desk).starts_with("Breached"), "{}", due(&desk));
    assert_eq!(replay(&desk.events).as_ref(), Some(&desk.case));
}

#[test]
fn another_pack_takes_no_pause_and_no_extension_away() {
    let mut desk = bank_case();
    assert!(desk.step(1, Role::Specialist, ask(TimeRequestKind::Extension, None)));
    assert!(desk.step(1, Role::Supervisor, grant(true)));
    assert_eq!(due(&desk), "Running 21 Dec 2026 18:00");
    assert!(desk.step(1, Role::Specialist, apply(&[BANK[0], MARKET])));
    assert_eq!(due(&desk), "Running 21 Dec 2026 18:00", "the extension holds");
    let notice = Some("我们已委托鉴定，鉴定期间不计入办理期限");
    assert!(desk.step(1, Role::Agent, ask(TimeRequestKind::Appraisal, notice)));
    assert!(desk.step(1, Role::Supervisor, grant(true)));
    assert!(desk.step(
        1,
        Role::Specialist,
        apply(&[BANK[0], MARKET, "consumer-law-2013"])
    ));
    assert!(due(&desk).starts_with("Paused"), "{}", due(&desk));
}

#[test]
fn a_law_applied_later_counts_from_the_day_of_acceptance() {
    let mut early = Desk::open_under(analysis(), &[MARKET]);
    let mut late = Desk::open(analysis());
    for desk in [&mut early, &mut late] {
        desk.step(1, Role::Agent, acknowledge());
        desk.step(1, Role::Specialist, verify_valid());
    }
    late.step(24 * 30, Role::Specialist, apply(&[MARKET]));
    assert_eq!(due(&late), due(&early));
}
