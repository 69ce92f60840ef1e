//! Joining undone, statements, prevention, files, and complaints that turn valid.

use domain::{Attachment, CaseState, Command, DeadlineState, Nature, Role, Timestamp};
use expect_test::expect;

use super::sample::{Desk, analysis, with_nature};
use crate::case::{replay, tick};

fn acknowledge() -> Command {
    Command::Acknowledge {
        message: Some("您好，已收到".into()),
        overrule: None,
    }
}

fn undo() -> Command {
    Command::Unmerge {
        reason: "是两件事".into(),
    }
}

#[test]
fn joining_is_undone_with_state_and_clocks() {
    let mut desk = Desk::open(analysis());
    desk.step(1, Role::Agent, acknowledge());
    let before = desk.case.clone();
    assert!(desk.step(1, Role::Agent, Command::Merge { into: "c2".into() }));
    assert_eq!(desk.case.state, CaseState::Merged);
    assert!(
        desk.case
            .deadlines
            .iter()
            .all(|clock| { matches!(clock.state, DeadlineState::Stopped | DeadlineState::Met) })
    );
    desk.take_log();
    assert!(!desk.step(1, Role::Agent, undo()), "an agent may not");
    assert!(desk.step(1, Role::Specialist, undo()));
    assert!(!desk.step(1, Role::Specialist, undo()), "it is undone already");
    assert_eq!(
        (desk.case.state, &desk.case.deadlines),
        (before.state, &before.deadlines)
    );
    assert_eq!(
        (
            desk.case.merged_into.as_ref(),
            desk.case.joined.as_ref(),
            desk.case.reopened
        ),
        (None, None, 0)
    );
    assert_eq!(replay(&desk.events).as_ref(), Some(&desk.case));
    // What ran out meanwhile is found late by the next look at the clock.
    let late = tick(&desk.case, desk.now.plus_hours(24 * 30), &desk.rules);
    assert!(!late.is_empty());
}

#[test]
fn a_request_answered_too_late_becomes_a_valid_complaint() {
    let mut desk = Desk::open(with_nature(analysis(), Nature::Help));
    desk.take_log();
    desk.wait(25);
    expect![[r#"
        clock first_response breached
        escalated: “首次响应”应在 2026年11月21日 16:30 前完成，已超时，请主管督办
        help turned valid: 首次响应超时，沟通性投诉转为有效投诉
        severity 2 priority 4: 指称企业有过失（有效投诉）
    "#]]
    .assert_eq(&desk.take_log());
    assert_eq!(desk.case.analysis.nature.value(), Nature::Valid);
    assert_eq!(desk.case.earlier_natures, [Nature::Help]);
    assert_eq!(replay(&desk.events).as_ref(), Some(&desk.case));
    let again = tick(&desk.case, desk.now, &desk.rules);
    assert!(again.is_empty(), "it turns once: {again:?}");
}

#[test]
fn what_a_person_found_groundless_does_not_turn() {
    let mut desk = Desk::open(with_nature(analysis(), Nature::Inquiry));
    desk.step(1, Role::Agent, acknowledge());
    let verify = Command::VerifyValidity {
        valid: false,
        reason: "只是咨询".into(),
    };
    assert!(desk.step(1, Role::Specialist, verify));
    let promise = Command::Promise {
        what: "明天发说明".into(),
        until: Some(desk.now.plus_hours(20)),
    };
    assert!(desk.step(1, Role::Agent, promise));
    desk.wait(48);
    assert_eq!(desk.case.analysis.nature.value(), Nature::Inquiry);
}

#[test]
fn a_statement_is_approved_by_somebody_else() {
    let mut desk = Desk::open(analysis());
    let draft = Command::ProposeStatement {
        text: "这一批次正在召回".into(),
        overrule: None,
    };
    assert!(
        !desk.step(1, Role::Supervisor, Command::ApproveStatement),
        "there is none"
    );
    assert!(desk.step(1, Role::Supervisor, draft.clone()));
    assert!(
        !desk.step(1, Role::Supervisor, Command::ApproveStatement),
        "his own"
    );
    assert!(desk.step(1, Role::Admin, Command::ApproveStatement));
    let approved = |desk: &Desk| {
        desk.case
            .statement
            .clone()
            .and_then(|statement| statement.approved_by)
    };
    assert_eq!(approved(&desk).map(|person| person.id.0), Some("admin".into()));
    assert!(desk.step(1, Role::Supervisor, draft), "a new draft waits anew");
    assert_eq!(approved(&desk), None);
    assert_eq!(replay(&desk.events).as_ref(), Some(&desk.case));
}

#[test]
fn prevention_is_told_once_and_files_are_known_by_content() {
    let mut desk = Desk::open(analysis());
    desk.step(1, Role::Agent, acknowledge());
    let tell = Command::TellPrevention {
        action: "更换了电芯供应商".into(),
        message: Some("您反映的问题，我们已更换供应商".into()),
        overrule: None,
    };
    assert!(desk.step(1, Role::Agent, tell.clone()));
    assert!(!desk.step(1, Role::Agent, tell));
    let file = Command::Attach {
        attachment: Attachment {
            hash: "ab".repeat(32),
            name: "照片.png".into(),
            media_type: "image/png".into(),
            bytes: 10,
            by: None,
            at: Timestamp(0),
        },
    };
    assert!(desk.step(1, Role::Agent, file.clone()));
    assert!(!desk.step(1, Role::Agent, file));
    let attached = &desk.case.attachments[0];
    assert_eq!(
        (attached.at, attached.by.is_some()),
        (desk.now.plus_hours(-1), true)
    );
    assert_eq!(replay(&desk.events).as_ref(), Some(&desk.case));
}

#[test]
fn a_nature_that_turned_without_a_quote_is_a_rule_and_no_persons_word() {
    let mut desk = Desk::open(with_nature(analysis(), Nature::Inquiry));
    assert!(desk.case.analysis.nature.quotes().is_empty(), "nothing to quote");
    desk.wait(24 * 3);
    assert_eq!(
        desk.case.analysis.nature.value(),
        Nature::Valid,
        "answered too late"
    );
    assert_eq!(desk.case.analysis.nature.tier(), domain::Tier::Rules);
    let acknowledge = Command::Acknowledge {
        message: None,
        overrule: None,
    };
    assert!(desk.step(1, Role::Agent, acknowledge));
    assert_eq!(
        desk.case.state,
        domain::CaseState::Acknowledged,
        "nobody confirmed the demand yet"
    );
}

#[test]
fn words_written_after_an_erasure_can_be_erased_again() {
    let mut desk = Desk::open(analysis());
    assert!(desk.step(1, Role::Agent, Command::Withdraw { reason: None }));
    let (_, erasure) = crate::erased(
        &desk.events,
        &domain::Actor::System,
        desk.now,
        "到期",
        Clone::clone,
    );
    crate::apply(&mut desk.case, &erasure);
    assert!(desk.case.erased);
    desk.wait(24);
    assert!(desk.case.erased, "a clock says nothing of a person");
    let note = Command::Note {
        text: "客户赵铁柱来电 13812340000".into(),
    };
    assert!(desk.step(1, Role::Agent, note));
    assert!(!desk.case.erased);
}
