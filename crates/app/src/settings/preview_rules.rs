//! What a change of rule packs would do, in sentences; nothing is kept.

use domain::{Bilingual, DayKind, Timestamp, Vocabulary};

use crate::app::Rulebook;

/// Packs that come, go or set other clocks; each clock with the time of a complaint that comes in now.
pub(super) fn pack_changes(old: &Rulebook, new: &Rulebook, now: Timestamp) -> Vec<Bilingual> {
    let mut changes = Vec::new();
    for (key, pack) in &new.rules.packs {
        match old.rules.packs.get(key) {
            None => {
                changes.push(Bilingual::new(
                    format!("新增规则“{}”（{} 版）", pack.name.zh, pack.version),
                    format!("A new pack: “{}” ({})", pack.name.en, pack.version),
                ));
                let clocks = pack.clocks.iter();
                changes.extend(clocks.map(|clock| clock_line(new, key, clock, None, now)));
            }
            Some(before) if before != pack => {
                let changed = pack_lines((old, before), (new, pack), now);
                changes.push(Bilingual::new(
                    format!(
                        "规则“{}”：{} 版 → {} 版",
                        pack.name.zh, before.version, pack.version
                    ),
                    format!("Pack “{}”: {} → {}", pack.name.en, before.version, pack.version),
                ));
                changes.extend(changed);
            }
            Some(_) => {}
        }
    }
    let gone = old
        .rules
        .packs
        .values()
        .filter(|pack| !new.rules.packs.contains_key(&pack.key));
    changes.extend(gone.map(|pack| {
        Bilingual::new(
            format!("不再有规则“{}”；已按它设定的时限不变", pack.name.zh),
            format!("No pack “{}” any more; clocks it set stay", pack.name.en),
        )
    }));
    changes
}

type Side<'s> = (&'s Rulebook, &'s desk::Pack);

fn pack_lines((old, before): Side<'_>, (new, pack): Side<'_>, now: Timestamp) -> Vec<Bilingual> {
    let same = |one: &desk::PackClock, other: &desk::PackClock| {
        one.policy.rule.kind == other.policy.rule.kind
            && one.policy.from_severity == other.policy.from_severity
    };
    let mut lines = Vec::new();
    for clock in &pack.clocks {
        let earlier = before.clocks.iter().find(|other| same(other, clock));
        if earlier != Some(clock) {
            lines.push(clock_line(
                new,
                &pack.key,
                clock,
                earlier.map(|earlier| (old, earlier)),
                now,
            ));
        }
    }
    let gone = before
        .clocks
        .iter()
        .filter(|clock| !pack.clocks.iter().any(|other| same(other, clock)));
    lines.extend(gone.map(|clock| {
        let kind = clock.policy.rule.kind.entry();
        Bilingual::new(
            format!("不再规定“{}”", kind.zh),
            format!("No longer sets “{}”", kind.en),
        )
    }));
    lines
}

fn clock_line(
    book: &Rulebook,
    pack: &str,
    clock: &desk::PackClock,
    earlier: Option<(&Rulebook, &desk::PackClock)>,
    now: Timestamp,
) -> Bilingual {
    let due = |book: &Rulebook, clock: &desk::PackClock| {
        let calendar = book.rules.calendar_of(pack);
        wire::time::spoken(desk::set_pack_clock(clock, calendar, now, 0, 0).due_at)
    };
    let (kind, term, then) = (clock.policy.rule.kind.entry(), term_of(clock), due(book, clock));
    match earlier {
        Some((old, earlier)) => {
            let (was, before) = (term_of(earlier), due(old, earlier));
            Bilingual::new(
                format!(
                    "“{}”：{} → {}；现在收到的投诉 {} → {} 到期",
                    kind.zh, was.zh, term.zh, before.zh, then.zh
                ),
                format!(
                    "“{}”: {} → {}; a complaint of now would be due {} → {}",
                    kind.en, was.en, term.en, before.en, then.en
                ),
            )
        }
        None => Bilingual::new(
            format!("“{}”：{}；现在收到的投诉 {} 到期", kind.zh, term.zh, then.zh),
            format!(
                "“{}”: {}; a complaint of now would be due {}",
                kind.en, term.en, then.en
            ),
        ),
    }
}

fn term_of(clock: &desk::PackClock) -> Bilingual {
    let rule = &clock.policy.rule;
    let (zh, en) = match rule.unit {
        DayKind::Hours => ("小时", "hours"),
        DayKind::Calendar => ("个自然日", "calendar days"),
        DayKind::Working => ("个工作日", "working days"),
    };
    Bilingual::new(format!("{} {zh}", rule.amount), format!("{} {en}", rule.amount))
}
