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
        overrule: None,
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
        expect![[r#"
            received TS-20261120-0001
            severity 2 priority 2: 指称企业有过失（有效投诉）
            clock first_response due 21 Nov 2026 16:30
            clock resolution due 1 Dec 2026 18:00
            Outbound: 您好，已收到，今天内给您回话。
            → acknowledged
            clock first_response met
            clock progress due 24 Nov 2026 18:00
            owner agent
            facets confirmed, 0 corrected
            → understood
            valid: true
            CorePositionSet
            proposed, approval needed: false
            → proposed
            clock progress met
            clock progress due 24 Nov 2026 18:00
            → agreed
            Internal: 已原路退回
            → remedied
            → verified
            closed, met
            → closed
            clock resolution met
            clock progress stopped
            clock follow_up due 26 Nov 2026 18:00
            FollowedUp
            clock follow_up met
            → followed_up
        "#]],
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
        expect![[r#"
            received TS-20261120-0001
            severity 2 priority 2: 指称企业有过失（有效投诉）
            clock first_response due 21 Nov 2026 16:30
            clock resolution due 1 Dec 2026 18:00
            ✗ WrongState: 案件现在是“已接收”，不能“提出方案”；请先首次响应客户
            ✗ NotAllowed: “分析”没有“首次响应”的权限，请交给有权限的同事
            Outbound: 您好，已收到，今天内给您回话。
            → acknowledged
            clock first_response met
            clock progress due 24 Nov 2026 18:00
            owner agent
            ✗ WrongState: 案件现在是“已首响”，不能“首次响应”；请先确认读出的维度
            ✗ WrongState: 案件现在是“已首响”，不能“拒绝”；请先确认读出的维度
            ✗ InvalidField: 更正维度请写明理由
            facets confirmed, 0 corrected
            → understood
            ✗ InvalidField: 这一项不能为空，请填写
            ✗ RuleViolated: 有效投诉结案前要核实登记；请先“核实有效性”
            ✗ NotAllowed: “坐席”没有“核实有效性”的权限，请交给有权限的同事
            valid: true
            ✗ RuleViolated: 有效投诉还没有提出方案；请先提出方案
            ✗ InvalidField: 金额要大于零
            CorePositionSet
            proposed, approval needed: true
            → proposed
            escalated: 方案超出提出人的权限，等待批准；批准前不要告知客户
            ✗ NeedsApproval: 方案超出权限、尚未批准；请先请主管批准，或另提权限内的方案
            ✗ NotAllowed: “坐席”没有“批准方案”的权限，请交给有权限的同事
            Approved
            clock progress met
            clock progress due 24 Nov 2026 18:00
            ✗ InvalidField: 结案要有客户的评价；联系不上时，请写明联系过几次、何时、用什么方式
            ✗ InvalidField: 满意度是 1 到 5 分
            → agreed
            ✗ WrongState: 案件现在是“已达成”，不能“结案”；请先执行已同意的补救
            → remedied
            ✗ RuleViolated: 补救已执行但未核验；请先核验结果
            → verified
            closed, unknown
            → closed
            clock resolution met
            clock progress stopped
            clock follow_up due 25 Nov 2026 18:00
            ✗ Finished: 案件现在是“已结案”，不能“提出方案”；请先重新打开案件并写明原因
            ✗ InvalidField: 这一项不能为空，请填写
            clock follow_up stopped
            → understood
            clock resolution due 1 Dec 2026 18:00
            clock progress due 24 Nov 2026 18:00
        "#]],
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
    check(
        desk,
        vec![(1, Role::Agent, acknowledge())],
        expect![[r#"
            received TS-20261120-0001
            severity 2 priority 2: 指称企业有过失（有效投诉）
            clock first_response due 21 Nov 2026 16:30
            clock resolution due 1 Dec 2026 18:00
            clock first_response near
            severity 2 priority 3: 指称企业有过失（有效投诉）
            clock first_response breached
            escalated: “首次响应”应在 2026年11月21日 16:30 前完成，已超时，请主管督办
            severity 2 priority 4: 指称企业有过失（有效投诉）
            clock resolution near
            clock resolution breached
            escalated: “办结”应在 2026年12月1日 18:00 前完成，已超时，请主管督办
            Outbound: 您好，已收到，今天内给您回话。
            → acknowledged
            clock first_response stopped
            clock progress due 3 Dec 2026 18:00
            owner agent
        "#]],
    );
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
        expect![[r#"
            received TS-20261120-0001
            severity 1 priority 1: 没有加重的情形
            clock first_response due 21 Nov 2026 16:30
            clock resolution due 1 Dec 2026 18:00
            Outbound: 您好，已收到，今天内给您回话。
            → acknowledged
            clock first_response met
            clock progress due 24 Nov 2026 18:00
            owner agent
            → understood
            facets confirmed, 2 corrected
            severity 3 priority 3: 风险：法律；指称企业有过失（有效投诉）
            clock resolution due 27 Nov 2026 18:00
        "#]],
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
        expect![[r#"
            received TS-20261120-0001
            severity 4 priority 4: 风险：人身安全；指称企业有过失（有效投诉）
            clock first_response due 20 Nov 2026 18:30
            clock resolution due 25 Nov 2026 18:00
            escalated: 严重程度为“重大”，请主管马上介入
            Outbound: 您好，已收到，今天内给您回话。
            → acknowledged
            clock first_response met
            clock progress due 23 Nov 2026 18:00
            owner agent
            → understood
            facets confirmed, 0 corrected
            ✗ RuleViolated: 涉及人身安全的投诉只能由主管决定是否拒绝；请转主管
            → refused
            clock resolution met
            clock progress stopped
            ✗ Finished: 案件现在是“已拒绝”，不能“首次响应”；请先重新打开案件并写明原因
        "#]],
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
        expect![[r#"
            received TS-20261120-0001
            severity 2 priority 2: 指称企业有过失（有效投诉）
            clock first_response due 21 Nov 2026 16:30
            clock resolution due 1 Dec 2026 18:00
            Outbound: 您好，已收到，今天内给您回话。
            → acknowledged
            clock first_response met
            clock progress due 24 Nov 2026 18:00
            owner agent
            promise 1 周一寄出新品
            clock promise due 23 Nov 2026 14:30
            promise 2 今晚回电
            clock promise due 20 Nov 2026 20:30
            promise 2 kept
            clock promise met
            clock promise due 23 Nov 2026 14:30
            ✗ RuleViolated: 这个承诺已经兑现过了，不用再记
            ✗ NotFound: 没有这个编号的承诺，请核对承诺清单
            ✗ InvalidField: 承诺的时间要在将来
            clock promise breached
            escalated: “承诺兑现”应在 2026年11月23日 14:30 前完成，已超时，请主管督办
            promise 1 broken
            severity 2 priority 3: 指称企业有过失（有效投诉）
            promise 1 late
            clock promise stopped
        "#]],
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
                    overrule: None,
                },
            ),
            (0, Role::Specialist, Command::Unmask { reason: " ".into() }),
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
        expect![[r#"
            received TS-20261120-0001
            severity 2 priority 2: 指称企业有过失（有效投诉）
            clock first_response due 21 Nov 2026 16:30
            clock resolution due 1 Dec 2026 18:00
            Outbound: 收到
            WarningOverruled
            → acknowledged
            clock first_response met
            clock progress due 24 Nov 2026 18:00
            owner agent
            ✗ NotAllowed: “坐席”只能认领给自己；要交给别人请用“换人”或请主管指派
            owner lin
            ✗ InvalidField: 换人要写明换成谁
            changed person: zhou
            owner zhou
            changed place: 改到门店面谈
            Outbound: 仓库在查
            clock progress met
            clock progress due 21 Nov 2026 22:30
            ✗ InvalidField: 这一项不能为空，请填写
            ✗ InvalidField: 不能并入自己，请选择另一案件
            Merged
            → merged
            clock resolution stopped
            clock progress stopped
            ✗ Finished: 案件现在是“已合并”，不能“重新打开”；它已并入另一案件（c2），请到那里处理
        "#]],
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
        expect![[r#"
            received TS-20261120-0001
            severity 2 priority 2: 指称企业有过失（有效投诉）
            clock first_response due 21 Nov 2026 16:30
            clock resolution due 1 Dec 2026 18:00
            facets confirmed, 1 corrected
            severity 2 priority 2: 指称企业有过失（有效投诉）；风险：流失
            Outbound: 您好，已收到，今天内给您回话。
            → acknowledged
            clock first_response met
            clock progress due 24 Nov 2026 18:00
            owner agent
            → understood
        "#]],
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
    expect![[r#"
        ✓ three_changes: 没有僵持的迹象
        … core_position: 提方案前请先记录底线
        … single_lead: 请指定唯一负责人
        … one_voice: 可能牵涉多人，请关联事件案件
        … all_informed: 首次响应后开始定期通报进展
        … first_day: 请在时限内首次响应
        ✓ leave_room: 没有说出超出权限的定论
        … highest_interest: 涉及安全或法律，请先处置风险"#]]
    .assert_eq(&spell(&desk));
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
    expect![[r#"
        ✓ three_changes: 没有僵持的迹象
        ✗ core_position: 已提方案，却没有先记录底线
        ✓ single_lead: 负责人：坐席
        ✗ one_voice: 可能牵涉多人，却单独提出了方案
        ✓ all_informed: 进展通报按时
        ✗ first_day: 首次响应超过时限
        ✗ leave_room: 首次接触就提出超出权限的方案
        ✓ highest_interest: 安全与法律事项已在处理"#]]
    .assert_eq(&spell(&desk));
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
    expect!["acknowledge assign confirm_facets withdraw merge link_parent promise change_person change_place change_time send_message attach inform note"].assert_eq(&names(Role::Agent));
    expect![[r#""#]].assert_eq(&names(Role::Analyst));
    assert_eq!(user(Role::Admin).role(), Role::Admin);
}
