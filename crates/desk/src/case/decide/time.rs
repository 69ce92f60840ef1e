//! The clocks of laws and platforms: which rules apply, more time by them, pauses, fresh starts.

use domain::{
    Bilingual, Deadline, DeadlineKind, DeadlineState, EventKind, MessageDirection, Refusal, RefusalCode,
    Role, TimeRequest, TimeRequestKind, Vocabulary,
};

use super::{Draft, violated};
use crate::{
    case::{
        draft::is_active,
        refusal::{invalid, optional, refuse, required},
    },
    deadline::{ClockEvent, Pack, PackClock, day_of, set_pack_clock},
};

/// More packs than this on one case would hide which rule counts.
const MOST_PACKS: usize = 8;

pub(super) fn apply_packs(
    draft: &mut Draft<'_>,
    mut packs: Vec<String>,
    reason: &str,
) -> Result<(), Refusal> {
    let reason = required(&draft.case, "reason", reason)?;
    packs.sort();
    packs.dedup();
    if packs.len() > MOST_PACKS {
        let zh = format!("一个案件最多适用 {MOST_PACKS} 套规则");
        let en = format!("A case can fall under {MOST_PACKS} packs at most.");
        return Err(invalid(&draft.case, "packs", zh, en));
    }
    for key in &packs {
        check_pack(draft, key)?;
    }
    if packs == draft.case.packs {
        let (zh, en) = ("适用的规则没有变化", "These rules apply already.");
        return Err(violated(draft, zh, en));
    }
    let gone = |clock: &&Deadline| draft.case.packs.contains(&clock.policy) && !packs.contains(&clock.policy);
    let gone: Vec<DeadlineKind> = draft
        .case
        .deadlines
        .iter()
        .filter(gone)
        .map(|clock| clock.kind)
        .collect();
    for kind in &gone {
        draft.stop(*kind);
    }
    // A pack that was there already has set its clocks; it comes in again only where a stricter one is gone.
    let before = draft.case.packs.clone();
    let wanted = |pack: &str, kind| !before.iter().any(|known| known == pack) || gone.contains(&kind);
    draft.push(EventKind::PacksApplied {
        packs,
        reason: Some(reason),
    });
    draft.start_by(ClockEvent::Received, draft.case.received_at, wanted);
    if let (Some(true), Some(accepted_at)) = (draft.case.valid, draft.case.accepted_at) {
        draft.start_by(ClockEvent::Accepted, accepted_at, wanted);
    }
    Ok(())
}

fn check_pack(draft: &Draft<'_>, key: &str) -> Result<(), Refusal> {
    let case = &draft.case;
    let Some(pack) = draft.rules.packs.get(key).filter(|pack| pack.key != Pack::HOUSE) else {
        let keys = draft.rules.packs.keys().filter(|key| *key != Pack::HOUSE);
        let known = keys.map(String::as_str).collect::<Vec<_>>().join(", ");
        let zh = format!("没有这套规则“{key}”；可用：{known}");
        return Err(invalid(
            case,
            "packs",
            zh,
            format!("There is no pack “{key}”; there are: {known}."),
        ));
    };
    let day = day_of(draft.rules.calendar_of(key).zone(), case.received_at);
    if !pack.holds_on(&day) {
        let until = pack.until.as_deref().unwrap_or_default();
        let zh = format!(
            "“{}”自 {until} 起失效，本案 {day} 收到；请改用现行规则",
            pack.name.zh
        );
        let en = format!(
            "“{}” stopped holding on {until} and the complaint came on {day}; apply the rule in force.",
            pack.name.en
        );
        return Err(invalid(case, "packs", zh, en));
    }
    Ok(())
}

pub(super) fn request(
    draft: &mut Draft<'_>,
    what: TimeRequestKind,
    reason: &str,
    notice: Option<String>,
) -> Result<(), Refusal> {
    let reason = required(&draft.case, "reason", reason)?;
    let notice = optional(&draft.case, "notice", notice.as_ref())?;
    if draft.case.time_request.is_some() {
        let zh = "已有一个时限申请在等待审批；请先审批它";
        return Err(violated(
            draft,
            zh,
            "A request about the clock waits already; have it decided first.",
        ));
    }
    let terms = terms_of(draft, what)?;
    if terms.notice && notice.is_none() {
        let zh = "规则要求告知客户；请写明告知客户的话";
        let en = "The rule wants the customer told: write what the customer will be told.";
        return Err(invalid(&draft.case, "notice", zh, en));
    }
    let request = TimeRequest {
        what,
        reason,
        notice,
        by: draft.actor.person().cloned(),
        at: draft.now,
    };
    draft.push(EventKind::TimeRequested { request });
    Ok(())
}

/// The clock a request is about, the row that set it, and what the row asks for.
struct Terms<'r> {
    clock: Deadline,
    row: &'r PackClock,
    roles: Vec<Role>,
    notice: bool,
}

/// What the rule behind the running clock says about a request; a refusal when it knows no such thing.
fn terms_of<'r>(draft: &Draft<'r>, what: TimeRequestKind) -> Result<Terms<'r>, Refusal> {
    let rules = draft.rules;
    let set_by_rule = |clock: &&Deadline| rules.pack_clock(&clock.policy, clock.kind).is_some();
    let mut clocks = draft.case.deadlines.iter().filter(set_by_rule);
    let clock = clocks.find(|clock| clock.kind == DeadlineKind::Decision);
    let clock = clock.filter(|clock| is_active(clock.state) || clock.state == DeadlineState::Breached);
    let Some((clock, (pack, row))) =
        clock.and_then(|clock| Some((clock, rules.pack_clock(&clock.policy, clock.kind)?)))
    else {
        let zh = "没有正在计时的法定办结时限；请先“适用规则”，或先恢复计时";
        let en = "No decision clock of a rule is running: apply rules, or resume the clock, first.";
        return Err(violated(draft, zh, en));
    };
    if clock.state == DeadlineState::Breached {
        let zh = "时限已过，不能再申请；请尽快办结并向客户说明";
        return Err(violated(
            draft,
            zh,
            "The term is over and cannot be moved any more; decide now and explain the delay.",
        ));
    }
    let asked = match what {
        TimeRequestKind::Extension => extension_terms(clock, pack, row),
        TimeRequestKind::Appraisal => pause_terms(pack, row),
        TimeRequestKind::NewFacts => restart_terms(pack),
    };
    let no = |words: Bilingual| {
        let Bilingual { zh, en } = words;
        refuse(&draft.case, RefusalCode::RuleViolated, Some("what"), zh, en)
    };
    let (roles, notice) = asked.map_err(no)?;
    Ok(Terms {
        clock: clock.clone(),
        row,
        roles,
        notice,
    })
}

/// Who may grant it, and whether the customer has to be told; or why the rule knows no such thing.
type Asked = Result<(Vec<Role>, bool), Bilingual>;

fn extension_terms(clock: &Deadline, pack: &Pack, row: &PackClock) -> Asked {
    if let Some(step) = row.extensions.get(usize::from(clock.extensions)) {
        return Ok((step.roles.clone(), step.notice));
    }
    let most = row.rule_after(clock.extensions).amount;
    let (zh, en) = (&pack.name.zh, &pack.name.en);
    Err(Bilingual::new(
        format!("“{zh}”不允许再延期，最长 {most}；请按期办结"),
        format!("“{en}” allows no further extension, {most} at most; decide in time."),
    ))
}

fn pause_terms(pack: &Pack, row: &PackClock) -> Asked {
    let (zh, en) = (&pack.name.zh, &pack.name.en);
    let pause = row.pause.as_ref().ok_or_else(|| {
        Bilingual::new(
            format!("“{zh}”没有鉴定期间不计时的规定"),
            format!("“{en}” leaves out no time for an appraisal."),
        )
    })?;
    Ok((pause.roles.clone(), pause.notice))
}

fn restart_terms(pack: &Pack) -> Asked {
    let (zh, en) = (&pack.name.zh, &pack.name.en);
    match pack.restart_on_new_facts {
        true => Ok((vec![Role::Supervisor, Role::Admin], false)),
        false => Err(Bilingual::new(
            format!("“{zh}”没有因新事实重新计时的规定；可申请延期"),
            format!("“{en}” lets no new facts restart the term; ask for an extension."),
        )),
    }
}

pub(super) fn decide(draft: &mut Draft<'_>, granted: bool, reason: Option<String>) -> Result<(), Refusal> {
    let reason = optional(&draft.case, "reason", reason.as_ref())?;
    let Some(request) = draft.case.time_request.clone() else {
        let (zh, en) = ("没有待审批的时限申请", "No request about a clock waits.");
        return Err(refuse(&draft.case, RefusalCode::NotFound, None, zh, en));
    };
    refuse_own(draft, request.by.as_ref())?;
    if !granted && reason.is_none() {
        let (zh, en) = ("驳回要写明理由", "Turning it down needs a reason.");
        return Err(invalid(&draft.case, "reason", zh, en));
    }
    if !granted {
        draft.push(EventKind::TimeDecided { granted, reason });
        return Ok(());
    }
    let terms = terms_of(draft, request.what)?;
    let role = draft.actor.role();
    if !terms.roles.contains(&role) {
        return Err(too_low(draft, &terms.roles));
    }
    draft.push(EventKind::TimeDecided { granted, reason });
    let deadline = moved(draft, request.what, &terms);
    draft.push(EventKind::DeadlineSet { deadline });
    if let Some(notice) = request.notice {
        draft.write(MessageDirection::Outbound, notice);
    }
    Ok(())
}

/// Nobody approves what he asked for himself.
pub(super) fn refuse_own(draft: &Draft<'_>, asked: Option<&domain::Person>) -> Result<(), Refusal> {
    let own = asked.is_some_and(|asked| draft.actor.person().is_some_and(|person| person.id == asked.id));
    match own {
        true => Err(violated(
            draft,
            "不能批准自己提出的申请；请另一位有权限的同事审批",
            "Nobody approves his own request; ask another colleague who may.",
        )),
        false => Ok(()),
    }
}

fn too_low(draft: &Draft<'_>, roles: &[Role]) -> Refusal {
    let zh: Vec<&str> = roles.iter().map(|role| role.entry().zh).collect();
    let en: Vec<&str> = roles.iter().map(|role| role.entry().en).collect();
    let zh = format!("这一步须由{}批准；请转交", zh.join("或"));
    let en = format!("This step is granted by: {}. Hand it over.", en.join(", "));
    refuse(&draft.case, RefusalCode::NotAllowed, None, zh, en)
}

fn moved(draft: &Draft<'_>, what: TimeRequestKind, terms: &Terms<'_>) -> Deadline {
    let Terms { clock, row, .. } = terms;
    let calendar = draft.rules.calendar_of(&clock.policy);
    match what {
        TimeRequestKind::Extension => {
            let extensions = clock.extensions.saturating_add(1);
            set_pack_clock(row, calendar, clock.started_at, extensions, clock.days_out)
        }
        TimeRequestKind::Appraisal => Deadline {
            state: DeadlineState::Paused,
            paused_at: Some(draft.now),
            ..clock.clone()
        },
        TimeRequestKind::NewFacts => set_pack_clock(row, calendar, draft.now, 0, 0),
    }
}

pub(super) fn resume(draft: &mut Draft<'_>, note: &str) -> Result<(), Refusal> {
    let note = required(&draft.case, "note", note)?;
    let paused = draft
        .case
        .deadlines
        .iter()
        .find(|clock| clock.state == DeadlineState::Paused);
    let Some((clock, (_, row))) =
        paused.and_then(|clock| Some((clock, draft.rules.pack_clock(&clock.policy, clock.kind)?)))
    else {
        let (zh, en) = ("没有中止的时限", "No clock is paused.");
        return Err(violated(draft, zh, en));
    };
    let calendar = draft.rules.calendar_of(&clock.policy);
    let working = row.rule_after(clock.extensions).unit == domain::DayKind::Working;
    let since = clock.paused_at.unwrap_or(draft.now);
    let out = calendar.days_between(since, draft.now, working);
    let days_out = clock.days_out.saturating_add(out);
    let deadline = set_pack_clock(row, calendar, clock.started_at, clock.extensions, days_out);
    draft.push(EventKind::DeadlineSet { deadline });
    draft.write(MessageDirection::Internal, note);
    Ok(())
}
