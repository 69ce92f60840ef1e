//! Who has to be told of a case, and who was told what when (D4, 360°); read from the history.

use domain::{
    Bilingual, Case, CaseState, DeadlineState, Event, EventKind, MessageDirection, Notice, Party,
    PartyInformed, Remedy, Severity, Timestamp, Vocabulary,
};

/// What is known of the telling around a case.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Telling {
    /// Who was told what when, oldest first.
    pub told: Vec<Notice>,
    /// Since when the incident has an approved statement.
    pub statement_since: Option<Timestamp>,
    /// Of an incident: its other cases, and how many of their customers were told since then.
    pub followers: Option<(u32, u32)>,
}

/// Longest words of a notice, in code points; the rest stands in the history.
const LONGEST: usize = 60;

/// Whether an event says that somebody was told something.
pub fn tells(kind: &EventKind) -> bool {
    notice_of(kind).is_some()
}

/// Everything the history says about who was told.
pub fn told(events: &[Event]) -> Vec<Notice> {
    let mut notices: Vec<Notice> = Vec::new();
    for event in events {
        let Some((party, who, what)) = notice_of(&event.kind) else {
            continue;
        };
        let same = |known: &&Notice| known.party == party && known.at == event.at && known.what == what;
        if notices.iter().any(|known| same(&known)) {
            continue;
        }
        notices.push(Notice {
            party,
            who,
            what,
            by: event.actor.person().cloned(),
            at: event.at,
        });
    }
    notices
}

fn notice_of(kind: &EventKind) -> Option<(Party, Option<String>, Bilingual)> {
    let say = |zh: &str, en: &str| Bilingual::new(zh, en);
    Some(match kind {
        EventKind::MessageAdded { message } if message.direction == MessageDirection::Outbound => {
            let words = cut(&message.text);
            (Party::Customer, None, Bilingual::new(words.clone(), words))
        }
        EventKind::StateChanged {
            to: CaseState::Acknowledged,
            ..
        } => (Party::Customer, None, say("首次响应", "The first answer")),
        EventKind::PreventionTold { action } => {
            let words = cut(action);
            (
                Party::Customer,
                None,
                Bilingual::new(
                    format!("整改：{words}"),
                    format!("The cause was removed: {words}"),
                ),
            )
        }
        EventKind::Assigned { owner } => (
            Party::Owner,
            Some(owner.name.clone()),
            say("负责此案", "Leads the case"),
        ),
        EventKind::Escalated { because } => (Party::Supervisor, None, because.clone()),
        EventKind::Approved { by, .. } => (
            Party::Supervisor,
            by.as_ref().map(|by| by.name.clone()),
            say("批准方案", "Approved the proposal"),
        ),
        EventKind::StatementApproved { by } => (
            Party::Supervisor,
            by.as_ref().map(|by| by.name.clone()),
            say("批准口径", "Approved the statement"),
        ),
        EventKind::Informed { notice } => (notice.party, notice.who.clone(), notice.what.clone()),
        _ => return None,
    })
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Every party: whether it has to be told, why, and what it was told.
pub fn informed(case: &Case, telling: &Telling) -> Vec<PartyInformed> {
    let party = |party: &Party| {
        let told: Vec<Notice> = (telling.told.iter())
            .filter(|notice| notice.party == *party)
            .cloned()
            .collect();
        let need = match party {
            Party::Customer => customer(case, telling),
            Party::Owner => owner(case),
            Party::Supervisor => supervisor(case),
            Party::Department => department(case),
            Party::Followers => followers(case, telling),
        };
        let done = match party {
            Party::Customer => since(&told, telling.statement_since.filter(|_| case.parent.is_some())),
            Party::Owner => case.owner.is_some(),
            Party::Followers => telling.followers.is_none_or(|(all, told)| told >= all),
            Party::Supervisor | Party::Department => !told.is_empty(),
        };
        PartyInformed {
            party: *party,
            needed: need.is_ok(),
            done,
            because: need.unwrap_or_else(|because| because),
            told,
        }
    };
    Party::ALL.iter().map(party).collect()
}

fn since(told: &[Notice], from: Option<Timestamp>) -> bool {
    told.iter()
        .any(|notice| from.is_none_or(|from| notice.at >= from))
}

/// Why a party has to be told, or why not.
type Need = Result<Bilingual, Bilingual>;

fn customer(case: &Case, telling: &Telling) -> Need {
    match (case.state, telling.statement_since) {
        (CaseState::Received, _) => Err(Bilingual::new("等待首次响应", "Waits for the first answer")),
        (CaseState::Merged | CaseState::Withdrawn, _) => {
            Err(Bilingual::new("案件不在这里继续", "The case does not go on here"))
        }
        (_, Some(_)) if case.parent.is_some() => Ok(Bilingual::new(
            "事件口径批准后要告知",
            "is told once the statement of the incident is approved",
        )),
        _ => Ok(Bilingual::new("客户要随时知道进展", "is kept up to date")),
    }
}

fn owner(case: &Case) -> Need {
    match case.owner.is_none() && (case.state == CaseState::Received || case.state.is_final()) {
        true => Err(Bilingual::new("尚未指派", "Nobody was named")),
        false => Ok(Bilingual::new("唯一负责人", "the one accountable")),
    }
}

fn supervisor(case: &Case) -> Need {
    let late = case
        .deadlines
        .iter()
        .any(|clock| clock.state == DeadlineState::Breached);
    let level = case.severity.entry();
    if case.severity >= Severity::Serious {
        return Ok(Bilingual::new(
            format!("严重程度：{}", level.zh),
            format!("severity: {}", level.en.to_lowercase()),
        ));
    }
    match (late, case.reopened) {
        (true, _) => Ok(Bilingual::new("有时限已超", "a clock was missed")),
        (false, 1..) => Ok(Bilingual::new("案件再次打开", "it was opened again")),
        (false, 0) => Err(Bilingual::new("不严重、没有超时", "Neither grave nor late")),
    }
}

/// What was found to be a failing of ours and promised to be mended, or weighs much, has somebody who must mend it.
fn department(case: &Case) -> Need {
    if case.valid != Some(true) {
        return Err(Bilingual::new(
            "尚未核实为有效投诉",
            "Not verified as a valid complaint",
        ));
    }
    let mends = case
        .proposal
        .iter()
        .flat_map(|proposal| &proposal.offers)
        .any(|offer| matches!(offer.remedy, Remedy::Correction | Remedy::StaffAction));
    match (mends, case.severity >= Severity::Serious, case.reopened) {
        (true, ..) => Ok(Bilingual::new(
            "方案里承诺了整改",
            "the proposal promises to mend the cause",
        )),
        (_, true, _) => Ok(Bilingual::new(
            "严重的有效投诉要整改",
            "a grave failing has to be mended",
        )),
        (_, _, 1..) => Ok(Bilingual::new(
            "再次打开，成因还在",
            "it came back: the cause is still there",
        )),
        _ => Err(Bilingual::new("没有要整改的事项", "Nothing has to be mended")),
    }
}

fn followers(case: &Case, telling: &Telling) -> Need {
    let approved = (case.statement.as_ref()).is_some_and(|statement| statement.approved_by.is_some());
    match telling.followers {
        Some((all, told)) if approved && all > 0 => Ok(Bilingual::new(
            format!("{all} 件关联案件，已告知 {told} 位客户"),
            format!("{all} linked cases, {told} customers told"),
        )),
        _ => Err(Bilingual::new(
            "没有要告知的关联案件",
            "No linked case waits for a statement",
        )),
    }
}
