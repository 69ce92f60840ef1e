//! The customer's verdict, and who was told what when.

use domain::{
    Bilingual, CaseState, Command, EventKind, Nature, Notice, Outcome, Party, PartyInformed, Remedy,
    RemedyOffer, Role, Severity,
};
use expect_test::expect;

use super::sample::{Desk, analysis, with_nature};
use crate::case::{Telling, awaits_verdict, informed, replay, told};

fn verdict(outcome: Outcome, settled: bool) -> Command {
    Command::GiveVerdict {
        expected: "三天退款".into(),
        received: "第五天到账".into(),
        outcome,
        csat: Some(4),
        settled,
    }
}

fn settled(outcome: Outcome) -> Command {
    verdict(outcome, true)
}

fn close_with_nothing() -> Command {
    Command::Close {
        expected: String::new(),
        received: String::new(),
        outcome: Outcome::Unknown,
        csat: None,
        attempts: None,
    }
}

fn begin(analysis: domain::Analysis) -> Desk {
    let mut desk = Desk::open(analysis);
    let acknowledge = Command::Acknowledge {
        message: Some("您好，已收到".into()),
        overrule: None,
    };
    let confirm = Command::ConfirmFacets {
        corrections: Vec::new(),
        reason: None,
    };
    assert!(desk.step(1, Role::Agent, acknowledge) && desk.step(0, Role::Agent, confirm));
    desk
}

/// A valid complaint made good.
fn remedied() -> Desk {
    let mut desk = begin(analysis());
    let propose = Command::Propose {
        offers: vec![RemedyOffer {
            remedy: Remedy::Apology,
            amount: None,
        }],
        summary: "致歉".into(),
        core_position: Some("不赔付".into()),
    };
    for command in [propose, Command::Agree, Command::Remedy { note: None }] {
        assert!(desk.step(1, Role::Agent, command));
    }
    desk
}

fn register(desk: &mut Desk) {
    let valid = Command::VerifyValidity {
        valid: true,
        reason: "查实".into(),
    };
    assert!(desk.step(0, Role::Specialist, valid));
}

#[test]
fn the_customer_closes_what_was_made_good() {
    let mut desk = remedied();
    register(&mut desk);
    desk.take_log();
    assert!(desk.step(2, Role::CustomerLink, settled(Outcome::Met)));
    expect![[r#"
        VerdictGiven
        → verified
        closed, met
        → closed
        clock resolution met
        clock progress stopped
        clock follow_up due 25 Nov 2026 18:00
    "#]]
    .assert_eq(&desk.take_log());
    let closure = desk.case.closure.clone().expect("it is closed");
    assert_eq!((closure.outcome, closure.csat), (Outcome::Met, Some(4)));
    assert!(
        desk.case
            .verdict
            .as_ref()
            .is_some_and(|verdict| verdict.by_customer)
    );
    assert!(!desk.step(1, Role::CustomerLink, settled(Outcome::Above)), "once");
    assert_eq!(replay(&desk.events).as_ref(), Some(&desk.case));
    // It was not settled after all: the customer opens it again.
    assert!(desk.step(24, Role::CustomerLink, verdict(Outcome::Below, false)));
    assert_eq!(
        (desk.case.state, desk.case.reopened, desk.case.verdict.as_ref()),
        (CaseState::Understood, 1, None)
    );
    assert_eq!(replay(&desk.events).as_ref(), Some(&desk.case));
}

#[test]
fn a_verdict_before_registration_waits_on_file() {
    let mut desk = remedied();
    assert!(desk.step(1, Role::CustomerLink, settled(Outcome::Above)));
    assert_eq!(
        (desk.case.state, desk.case.closure.as_ref()),
        (CaseState::Verified, None)
    );
    assert!(
        !desk.step(0, Role::Agent, close_with_nothing()),
        "not registered yet"
    );
    register(&mut desk);
    assert!(desk.step(0, Role::Agent, close_with_nothing()));
    let closure = desk.case.closure.clone().expect("it is closed");
    assert_eq!(
        (closure.outcome, closure.received.as_str()),
        (Outcome::Above, "第五天到账")
    );
    assert_eq!(replay(&desk.events).as_ref(), Some(&desk.case));
}

#[test]
fn what_is_not_settled_goes_back_to_work() {
    let mut desk = remedied();
    desk.take_log();
    assert!(desk.step(1, Role::CustomerLink, verdict(Outcome::Below, false)));
    expect![[r#"
        VerdictGiven
        → understood
        clock progress due 24 Nov 2026 18:00
        escalated: 客户说还没有解决：“第五天到账”
    "#]]
    .assert_eq(&desk.take_log());
    assert!(
        !desk.step(0, Role::Agent, close_with_nothing()),
        "an unsettled verdict closes nothing"
    );
}

#[test]
fn attempts_are_completed_by_a_late_verdict() {
    let mut desk = begin(with_nature(analysis(), Nature::Inquiry));
    let attempts = Command::Close {
        expected: String::new(),
        received: String::new(),
        outcome: Outcome::Unknown,
        csat: None,
        attempts: Some("三次致电未接".into()),
    };
    assert!(desk.step(1, Role::Agent, attempts));
    assert!(awaits_verdict(&desk.case));
    assert!(desk.step(40, Role::CustomerLink, settled(Outcome::Met)));
    let closure = desk.case.closure.clone().expect("still closed");
    assert_eq!(
        (desk.case.state, closure.outcome, closure.attempts.as_deref()),
        (CaseState::Closed, Outcome::Met, Some("三次致电未接"))
    );
    assert!(!awaits_verdict(&desk.case));
    assert_eq!(replay(&desk.events).as_ref(), Some(&desk.case));
}

#[test]
fn a_verdict_has_its_time_and_its_words() {
    let mut desk = begin(analysis());
    desk.take_log();
    let blank = Command::GiveVerdict {
        expected: " ".into(),
        received: "x".into(),
        outcome: Outcome::Met,
        csat: None,
        settled: true,
    };
    assert!(!desk.step(0, Role::CustomerLink, settled(Outcome::Met)));
    let mut inquiry = begin(with_nature(analysis(), Nature::Inquiry));
    inquiry.take_log();
    assert!(!inquiry.step(0, Role::CustomerLink, blank));
    assert!(!inquiry.step(0, Role::CustomerLink, settled(Outcome::Unknown)));
    assert!(!inquiry.step(0, Role::CustomerLink, Command::Agree));
    assert!(
        inquiry.step(0, Role::CustomerLink, settled(Outcome::Met)),
        "answered is enough"
    );
    expect![[r#"
        ✗ WrongState: 案件现在是“已厘清”，不能“客户评价”；还没有办完；补救执行后请客户评价
    "#]]
    .assert_eq(&desk.take_log());
    assert!(inquiry.take_log().starts_with(
        "✗ InvalidField: 这一项不能为空，请填写\n✗ InvalidField: 请选一项：低于期望、符合期望或超出期望\n✗ NotAllowed"
    ));
}

fn inform(party: Party, who: Option<&str>) -> Command {
    Command::Inform {
        party,
        who: who.map(str::to_owned),
        text: "请换包装，12 月前回复".into(),
    }
}

fn party(desk: &Desk, telling: &Telling, party: Party) -> PartyInformed {
    let told = Telling {
        told: told(&desk.events),
        ..telling.clone()
    };
    let all = informed(&desk.case, &told);
    all.into_iter()
        .find(|one| one.party == party)
        .expect("every party")
}

#[test]
fn everybody_affected_is_told_and_it_is_on_record() {
    let mut desk = remedied();
    let alone = Telling::default();
    let whom = |desk: &Desk, who| {
        let found = party(desk, &alone, who);
        (found.needed, found.done, found.told.len())
    };
    // The answer in words and the state it brought are two notices; the owner was named.
    assert_eq!(whom(&desk, Party::Customer), (true, true, 2));
    assert_eq!(whom(&desk, Party::Owner), (true, true, 1));
    assert_eq!(whom(&desk, Party::Supervisor), (false, false, 0));
    assert_eq!(whom(&desk, Party::Department), (false, false, 0));
    assert_eq!(whom(&desk, Party::Followers), (false, true, 0));
    register(&mut desk);
    desk.case.severity = Severity::Serious;
    assert_eq!(whom(&desk, Party::Supervisor), (true, false, 0));
    assert_eq!(whom(&desk, Party::Department), (true, false, 0));
    desk.take_log();
    assert!(
        !desk.step(0, Role::Agent, inform(Party::Customer, None)),
        "by message"
    );
    assert!(
        !desk.step(0, Role::Agent, inform(Party::Department, None)),
        "which one"
    );
    assert!(desk.step(0, Role::Agent, inform(Party::Department, Some("仓储部"))));
    assert!(desk.step(0, Role::Agent, inform(Party::Supervisor, None)));
    expect![[r#"
        severity 2 priority 2: 指称企业有过失（有效投诉）
        ✗ InvalidField: 告知客户请用“发送消息”或“通报进展”，这样内容会先检查
        ✗ InvalidField: 请写明是哪个部门或哪个人
        Informed
        Informed
    "#]]
    .assert_eq(&desk.take_log());
    let (_, done, count) = whom(&desk, Party::Department);
    assert!(done && count == 1);
    let notice = party(&desk, &alone, Party::Department).told.remove(0);
    assert_eq!(
        notice,
        Notice {
            party: Party::Department,
            who: Some("仓储部".into()),
            what: Bilingual::new("请换包装，12 月前回复", "请换包装，12 月前回复"),
            by: desk.case.owner.clone(),
            at: desk.now,
        }
    );
}

#[test]
fn an_incident_tells_its_followers_and_they_are_told_after_the_approval() {
    let mut desk = remedied();
    let draft = Command::ProposeStatement {
        text: "已停售".into(),
        overrule: None,
    };
    assert!(desk.step(0, Role::Supervisor, draft) && desk.step(0, Role::Admin, Command::ApproveStatement));
    let told = |told| Telling {
        statement_since: Some(desk.now),
        followers: Some((3, told)),
        ..Telling::default()
    };
    let followers = |count| party(&desk, &told(count), Party::Followers);
    assert_eq!((followers(2).needed, followers(2).done), (true, false));
    assert!(followers(2).because.zh.contains("3 件关联案件，已告知 2 位客户"));
    assert!(followers(3).done);
    // A case of the incident: what was written before the approval does not count.
    let mut child = remedied();
    assert!(child.step(0, Role::Agent, Command::LinkParent { parent: "c9".into() }));
    let since = Telling {
        statement_since: Some(child.now),
        ..Telling::default()
    };
    assert!(!party(&child, &since, Party::Customer).done);
    let report = Command::ReportProgress {
        message: "已停售".into(),
        next_at: None,
        overrule: None,
    };
    assert!(child.step(1, Role::Agent, report));
    assert!(party(&child, &since, Party::Customer).done);
    let informed = |event: &domain::Event| matches!(event.kind, EventKind::Informed { .. });
    assert!(
        !child.events.iter().any(informed),
        "messages speak for themselves"
    );
}
