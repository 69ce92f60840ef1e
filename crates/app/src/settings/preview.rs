//! What a change of the rulebook would do, tried on the newest cases; nothing is kept.

use std::collections::BTreeSet;

use domain::{
    Bilingual, Case, Conversation, Plan, Role, Scorecard, Situation, Timestamp, Vocabulary, plan::Redress,
};
use store::{CaseFilter, TalksOf};
use wire::settings::PreviewParts;

use super::preview_hands;
use crate::{App, AppError, app::Rulebook, limits, mask::Masker};

impl App {
    /// What another rulebook would change on the newest cases and for everybody.
    pub(crate) async fn preview(&self, new: &Rulebook) -> Result<PreviewParts, AppError> {
        let old = self.rulebook();
        let cases = self
            .store()
            .newest_cases(&CaseFilter::default(), limits::PREVIEW_CASES)
            .await?;
        let mut found = PreviewParts {
            rulebook: new.rules.version().unwrap_or_default().to_owned(),
            sampled: u32::try_from(cases.len()).unwrap_or(u32::MAX),
            cases: Vec::new(),
            general: general_changes(&old, new, self.now()),
        };
        found.general.extend(self.inspection_changes(&old, new).await?);
        found.general.extend(preview_hands::permission_changes(&old, new));
        found.general.extend(preview_hands::coach_changes(&old, new));
        for case in cases {
            let customer = match &case.customer {
                Some(id) => self.store().customer(id).await?,
                None => None,
            };
            let shown = Masker::of(customer.as_ref()).case(&case);
            let situation = self.standing(&shown, Role::Agent).await?.situation;
            let changes = changes_on(&old, new, &shown, &situation);
            if !changes.is_empty() {
                found.cases.push((shown.id, shown.number, shown.title, changes));
            }
        }
        Ok(found)
    }
}

impl App {
    /// How the points of the newest conversations would change.
    async fn inspection_changes(&self, old: &Rulebook, new: &Rulebook) -> Result<Vec<Bilingual>, AppError> {
        if old.rubric == new.rubric {
            return Ok(Vec::new());
        }
        let talks = self
            .store()
            .talks(TalksOf::Everybody, limits::PREVIEW_TALKS)
            .await?;
        let tried = talks.len();
        let mut changes = Vec::new();
        for talk in talks {
            let heard = self.hear_talk(talk, false).await?;
            let conversation = &heard.talk.conversation;
            let card = |book: &Rulebook| desk::quality::inspect(conversation, &heard.review, &book.rubric);
            let (before, after) = (card(old), card(new));
            if before.points != after.points || before.passed != after.passed {
                changes.push(points_change(
                    conversation,
                    heard.talk.started_at,
                    [&before, &after],
                ));
            }
        }
        let told = Bilingual::new(
            format!("最近 {tried} 个会话中有 {} 个的质检得分会变", changes.len()),
            format!(
                "{} of the newest {tried} conversations would get other points",
                changes.len()
            ),
        );
        changes.insert(0, told);
        Ok(changes)
    }
}

fn points_change(conversation: &Conversation, at: Timestamp, cards: [&Scorecard; 2]) -> Bilingual {
    let agent = conversation.agent.as_deref().unwrap_or("–");
    let spoken = wire::time::spoken(at);
    let [before, after] = cards.map(|card| (card.points, card.passed));
    let mark = |passed: bool| {
        if passed {
            ["合格", "passes"]
        } else {
            ["不合格", "fails"]
        }
    };
    Bilingual::new(
        format!(
            "{agent} {}：{:.0} 分（{}）→ {:.0} 分（{}）",
            spoken.zh,
            before.0,
            mark(before.1)[0],
            after.0,
            mark(after.1)[0]
        ),
        format!(
            "{agent}, {}: {:.0} points ({}) → {:.0} points ({})",
            spoken.en,
            before.0,
            mark(before.1)[1],
            after.0,
            mark(after.1)[1]
        ),
    )
}

fn general_changes(old: &Rulebook, new: &Rulebook, now: Timestamp) -> Vec<Bilingual> {
    let mut changes = Vec::new();
    for role in Role::ALL {
        let (before, after) = (old.rules.authority(*role), new.rules.authority(*role));
        if before != after {
            let name = role.entry();
            changes.push(Bilingual::new(
                format!(
                    "{}可自行决定：{} → {} 元",
                    name.zh,
                    before.decimal(),
                    after.decimal()
                ),
                format!(
                    "{} may grant alone: {} → {}",
                    name.en,
                    before.decimal(),
                    after.decimal()
                ),
            ));
        }
    }
    let sums = |book: &Rulebook| {
        book.rules
            .doubt()
            .map(|sums| (sums.no_haggling_below, sums.investigate_above))
    };
    if let (Some((low, high)), Some((new_low, new_high))) = (sums(old), sums(new)) {
        for (zh, en, before, after) in [
            ("不讨价还价的门槛", "Nobody haggles below", low, new_low),
            ("先核实的门槛", "Checked first above", high, new_high),
        ] {
            if before != after {
                changes.push(Bilingual::new(
                    format!("{zh}：{} → {} 元", before.decimal(), after.decimal()),
                    format!("{en}: {} → {}", before.decimal(), after.decimal()),
                ));
            }
        }
    }
    changes.extend(super::preview_rules::pack_changes(old, new, now));
    changes
}

fn changes_on(old: &Rulebook, new: &Rulebook, case: &Case, situation: &Situation) -> Vec<Bilingual> {
    let plans = [old, new].map(|book| book.playbook.plan(&case.analysis, situation));
    let mut changes = Vec::new();
    changes.extend(redress_changes(&plans[0].redress, &plans[1].redress));
    changes.extend(step_changes(&plans[0], &plans[1]));
    changes.extend(message_changes(old, new, situation, &plans[1]));
    changes.extend(grade_change(old, new, case));
    changes.extend(clock_changes(old, new, case));
    changes
}

/// Each remedy with its range, as it is shown.
fn options_of(redress: &Redress) -> Vec<(Bilingual, String)> {
    let options = redress.options.iter().map(|option| {
        let name = option.remedy.entry();
        let range = option
            .range
            .map(|range| format!(" {}–{}", range.least.decimal(), range.most.decimal()));
        (Bilingual::new(name.zh, name.en), range.unwrap_or_default())
    });
    options.collect()
}

fn redress_changes(old: &Redress, new: &Redress) -> Vec<Bilingual> {
    let (before, after) = (options_of(old), options_of(new));
    let mut changes = Vec::new();
    for (name, range) in &before {
        match after.iter().find(|(other, _)| other == name) {
            None => changes.push(Bilingual::new(
                format!("不再提供“{}”", name.zh),
                format!("No longer offers “{}”", name.en),
            )),
            Some((_, other)) if other != range => changes.push(Bilingual::new(
                format!("“{}”：{range} →{other}", name.zh),
                format!("“{}”:{range} →{other}", name.en),
            )),
            Some(_) => {}
        }
    }
    let added = after
        .iter()
        .filter(|(name, _)| before.iter().all(|(other, _)| other != name));
    changes.extend(added.map(|(name, range)| {
        Bilingual::new(
            format!("新增“{}”{range}", name.zh),
            format!("Adds “{}”{range}", name.en),
        )
    }));
    changes
}

fn step_changes(old: &Plan, new: &Plan) -> Vec<Bilingual> {
    let acts = |plan: &Plan| plan.steps.iter().map(|step| step.act.clone()).collect::<Vec<_>>();
    let (before, after) = (acts(old), acts(new));
    let mut changes = Vec::new();
    for act in after.iter().filter(|act| !before.contains(act)) {
        changes.push(Bilingual::new(
            format!("步骤改为：{}", act.zh),
            format!("A step becomes: {}", act.en),
        ));
    }
    let gone = before.iter().filter(|act| !after.contains(act)).count();
    if gone > 0 && changes.is_empty() {
        changes.push(Bilingual::new(
            format!("少了 {gone} 个步骤"),
            format!("{gone} step(s) fewer"),
        ));
    }
    if old.acknowledgement != new.acknowledgement {
        changes.push(Bilingual::new(
            "首次响应的草稿会变",
            "The draft of the first answer changes",
        ));
    }
    changes
}

/// Messages that were sent, and the first answer there would be, against both checks.
fn message_changes(old: &Rulebook, new: &Rulebook, situation: &Situation, plan: &Plan) -> Vec<Bilingual> {
    // What was said is checked as if it were the first word, so that it does not contradict itself.
    let mut alone = situation.clone();
    alone.dealings.said.clear();
    let texts = situation.dealings.said.iter().chain([&plan.acknowledgement.zh]);
    let mut changes = Vec::new();
    for text in texts.take(limits::PREVIEW_MESSAGES) {
        let found = |book: &Rulebook| {
            let findings = book.playbook.check_message(text, &alone);
            let named = findings
                .into_iter()
                .map(|finding| (finding.rule, finding.quote.words().to_owned()));
            named.collect::<BTreeSet<_>>()
        };
        let (before, after) = (found(old), found(new));
        for (rule, words) in after.difference(&before) {
            changes.push(Bilingual::new(
                format!("消息中的“{words}”会被拦下或提醒（{rule}）"),
                format!("“{words}” in a message would be stopped or warned of ({rule})"),
            ));
        }
        for (rule, words) in before.difference(&after) {
            changes.push(Bilingual::new(
                format!("消息中的“{words}”不再提醒（{rule}）"),
                format!("“{words}” in a message would pass ({rule})"),
            ));
        }
    }
    changes
}

fn grade_change(old: &Rulebook, new: &Rulebook, case: &Case) -> Option<Bilingual> {
    let grade = |book: &Rulebook| {
        let (severity, _) = desk::severity_of(case, &book.rules);
        (severity, desk::priority_of(case, severity, &book.rules))
    };
    let (before, after) = (grade(old), grade(new));
    let change = Bilingual::new(
        format!(
            "严重程度 {} → {}，优先级 {} → {}",
            before.0.level(),
            after.0.level(),
            before.1.level(),
            after.1.level()
        ),
        format!(
            "Severity {} → {}, priority {} → {}",
            before.0.level(),
            after.0.level(),
            before.1.level(),
            after.1.level()
        ),
    );
    (before != after).then_some(change)
}

/// Clocks that would be set to another time, counted from where they started.
fn clock_changes(old: &Rulebook, new: &Rulebook, case: &Case) -> Vec<Bilingual> {
    let due = |book: &Rulebook, clock: &domain::Deadline| {
        if let Some((pack, row)) = book.rules.pack_clock(&clock.policy, clock.kind) {
            let calendar = book.rules.calendar_of(&pack.key);
            let (extensions, days_out) = (clock.extensions, clock.days_out);
            return Some(desk::set_pack_clock(row, calendar, clock.started_at, extensions, days_out).due_at);
        }
        let policy = book.rules.policy(clock.kind, case.severity)?;
        Some(desk::set_clock(policy, &book.rules.calendar, clock.started_at).due_at)
    };
    let changed = case.deadlines.iter().filter_map(|clock| {
        let (before, after) = (due(old, clock)?, due(new, clock)?);
        let (name, then) = (clock.kind.entry(), wire::time::spoken(after));
        (before != after).then(|| {
            Bilingual::new(
                format!("新案的“{}”会到 {}", name.zh, then.zh),
                format!("“{}” of a new case would be due {}", name.en, then.en),
            )
        })
    });
    changed.collect()
}
