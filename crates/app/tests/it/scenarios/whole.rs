//! From a corrected reading to the follow-up: every scenario is answered, verified, made good, judged by its customer
//! through the secret link, closed with that verdict and followed up, with all eight rules kept.

use domain::{
    CaseState, CheckState, Command, Language, Money, Nature, Outcome, Party, Remedy, RemedyOffer, Risk, Role,
    Subject,
};
use tingsu_app::Caller;
use wire::{CaseParts, progress::ProgressLinkRequest};

use super::Desk;

/// What the customer says in the end; each scenario ends in one of the three ways.
fn outcome_of(id: &str, number: usize) -> Outcome {
    let outcomes = [Outcome::Met, Outcome::Above, Outcome::Below];
    let sum: usize = id.bytes().map(usize::from).sum();
    outcomes[(sum + number) % outcomes.len()]
}

impl Desk {
    fn as_role(&self, role: Role) -> Caller {
        let mut caller = self.specialist.clone();
        caller.person.id = format!("u-{role:?}").as_str().into();
        caller.role = role;
        caller
    }

    async fn act(&self, role: Role, case: &CaseParts, command: Command) -> CaseParts {
        let told = format!("{command:?}");
        let (id, version) = (&case.case.id.0, case.case.version);
        let done = self
            .app
            .command(&self.as_role(role), id, version, command, None)
            .await;
        done.unwrap_or_else(|error| panic!("{told}: {error:?}"))
    }
}

/// The whole way of a case whose reading is right.
pub(super) async fn go(desk: &Desk, (id, number): (&str, usize), case: &domain::CaseId) {
    let case = desk.app.case(&desk.specialist, &case.0).await.expect("the case");
    let case = answer(desk, case).await;
    let alleged = case.case.analysis.nature.value() == Nature::Valid;
    let case = match alleged {
        true => make_good(desk, case).await,
        false => case,
    };
    let case = tell_the_others(desk, case).await;
    let closed = judge(desk, &case, outcome_of(id, number)).await;
    assert_eq!(closed.case.state, CaseState::Closed, "{id}.{number}");
    let follow_up = Command::FollowUp {
        note: "回访：客户没有新的问题".into(),
        satisfied: Some(true),
    };
    let done = desk.act(Role::Agent, &closed, follow_up).await;
    assert_eq!(done.case.state, CaseState::FollowedUp);
    for check in &done.checks {
        assert_eq!(
            check.state,
            CheckState::Ok,
            "{id}.{number} {:?}: {}",
            check.rule,
            check.because.zh
        );
    }
    let events = desk.app.store().events(&done.case.id).await.expect("its history");
    let stored = desk.app.store().case(&done.case.id).await.expect("an answer");
    assert_eq!(desk::replay(events.iter().map(|stored| &stored.event)), stored);
}

/// The draft of the first answer is sent as it stands: it passes the check of messages.
async fn answer(desk: &Desk, case: CaseParts) -> CaseParts {
    let message = Some(case.plan.acknowledgement.zh.clone());
    let acknowledge = Command::Acknowledge {
        message,
        overrule: None,
    };
    let case = desk.act(Role::Agent, &case, acknowledge).await;
    match case.case.state {
        CaseState::Acknowledged => {
            let confirm = Command::ConfirmFacets {
                corrections: Vec::new(),
                reason: None,
            };
            desk.act(Role::Agent, &case, confirm).await
        }
        _ => case,
    }
}

/// What the plan proposes first is proposed, approved where it must be, agreed, carried out and checked.
async fn make_good(desk: &Desk, case: CaseParts) -> CaseParts {
    let valid = Command::VerifyValidity {
        valid: true,
        reason: "与记录一致".into(),
    };
    let case = desk.act(Role::Specialist, &case, valid).await;
    let look = Command::StartInvestigation {
        question: Some("当时发生了什么".into()),
    };
    let case = desk.act(Role::Specialist, &case, look).await;
    let case = desk.act(Role::Specialist, &case, propose(&case)).await;
    let waits = case
        .case
        .proposal
        .as_ref()
        .is_some_and(|proposal| proposal.needs_approval);
    let case = match waits {
        true => {
            desk.act(Role::Admin, &case, Command::Approve { reason: None })
                .await
        }
        false => case,
    };
    let case = desk.act(Role::Agent, &case, Command::Agree).await;
    let case = desk.act(Role::Agent, &case, Command::Remedy { note: None }).await;
    desk.act(Role::Specialist, &case, Command::Verify { note: None })
        .await
}

fn propose(case: &CaseParts) -> Command {
    let options = &case.plan.redress.options;
    let first = options.first().map(|option| RemedyOffer {
        remedy: option.remedy,
        // A remedy of money without a range, since no sum is known, gets the sum that a person finds out.
        amount: option
            .range
            .map(|range| range.most)
            .or((option.remedy == Remedy::Refund).then(|| Money::yuan(100))),
    });
    let plain = RemedyOffer {
        remedy: Remedy::Explanation,
        amount: None::<Money>,
    };
    Command::Propose {
        offers: vec![first.unwrap_or(plain)],
        summary: "按保证表处理".into(),
        core_position: Some("不超过保证表".into()),
    }
}

/// Whoever else has to know is told, and it is on record; what touches many hangs on the incident.
async fn tell_the_others(desk: &Desk, mut case: CaseParts) -> CaseParts {
    let reading = &case.case.analysis;
    let sudden = reading
        .subjects
        .iter()
        .any(|subject| subject.value() == Subject::Incident);
    if (reading.has_risk(Risk::Herd) || sudden) && case.case.parent.is_none() {
        let incident = desk.incident_of(&case).await;
        case = desk
            .act(Role::Agent, &case, Command::LinkParent { parent: incident })
            .await;
    }
    for party in [Party::Supervisor, Party::Department] {
        let needed = case
            .informed
            .iter()
            .any(|one| one.party == party && one.needed && !one.done);
        if needed {
            let inform = Command::Inform {
                party,
                who: Some("运营部".into()),
                text: "请看这件投诉的成因".into(),
            };
            case = desk.act(Role::Agent, &case, inform).await;
        }
    }
    case
}

/// The customer says by the secret link how it turned out.
async fn judge(desk: &Desk, case: &CaseParts, outcome: Outcome) -> CaseParts {
    let asked = ProgressLinkRequest { days: 30 };
    let agent = desk.as_role(Role::Agent);
    let link = desk.app.make_progress_link(&agent, &case.case.id.0, asked).await;
    let path = link.expect("a link").path;
    let secret = path.trim_start_matches("/progress/");
    let verdict = Command::GiveVerdict {
        expected: "说到做到".into(),
        received: "按说的做了".into(),
        outcome,
        csat: Some(4),
        settled: true,
    };
    let shown = desk.app.give_verdict(secret, verdict, Language::Chinese).await;
    shown.expect("the customer may judge");
    desk.app.case(&agent, &case.case.id.0).await.expect("the case")
}
