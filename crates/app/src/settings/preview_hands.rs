//! What a change of permissions or of the coach would do, in sentences; nothing is kept.

use std::collections::BTreeMap;

use domain::{Bilingual, CommandKind, Role, Vocabulary};

use crate::app::Rulebook;

/// What a role may beyond its commands, in both languages, and how the rules answer that.
type Limit = (&'static str, &'static str, fn(&desk::Rules, Role) -> bool);

/// Commands that other roles may give.
pub(super) fn permission_changes(old: &Rulebook, new: &Rulebook) -> Vec<Bilingual> {
    let mut changes = Vec::new();
    for role in Role::ALL {
        for command in CommandKind::ALL {
            let may = |book: &Rulebook| book.rules.may(*role, *command);
            let (role, command) = (role.entry(), command.entry());
            match (may(old), may(new)) {
                (true, false) => changes.push(Bilingual::new(
                    format!("{}不能再“{}”", role.zh, command.zh),
                    format!("{} may no longer “{}”", role.en, command.en),
                )),
                (false, true) => changes.push(Bilingual::new(
                    format!("{}可以“{}”", role.zh, command.zh),
                    format!("{} may “{}”", role.en, command.en),
                )),
                _ => {}
            }
        }
        let limits: [Limit; 2] = [
            ("指派给他人", "assign others", desk::Rules::may_assign_others),
            (
                "驳回涉及人身安全的投诉",
                "refuse where safety is at stake",
                desk::Rules::may_refuse_safety,
            ),
        ];
        for (zh, en, may) in limits {
            let (before, after) = (may(&old.rules, *role), may(&new.rules, *role));
            if before != after {
                let (word, verb) = if after {
                    ("可以", "may")
                } else {
                    ("不能再", "may no longer")
                };
                changes.push(Bilingual::new(
                    format!("{}{word}“{zh}”", role.entry().zh),
                    format!("{} {verb} “{en}”", role.entry().en),
                ));
            }
        }
    }
    changes
}

/// Rules of the coach that come, go or say something else.
pub(super) fn coach_changes(old: &Rulebook, new: &Rulebook) -> Vec<Bilingual> {
    let rules = |book: &Rulebook| -> BTreeMap<String, (Bilingual, String)> {
        let rules = book.playbook.coach_rules();
        let owned = rules.map(|(id, act, rest)| (id.to_owned(), (act.clone(), rest)));
        owned.collect()
    };
    let (before, after) = (rules(old), rules(new));
    let mut changes = Vec::new();
    for (id, (act, rest)) in &after {
        match before.get(id) {
            None => changes.push(Bilingual::new(
                format!("会话提示新增：{}", act.zh),
                format!("The coach also says: {}", act.en),
            )),
            Some((was, other)) if (was, other) != (act, rest) => changes.push(Bilingual::new(
                format!("会话提示“{id}”会变：{}", act.zh),
                format!("The coach's rule “{id}” changes: {}", act.en),
            )),
            Some(_) => {}
        }
    }
    let gone = before.iter().filter(|(id, _)| !after.contains_key(*id));
    changes.extend(gone.map(|(_, (act, _))| {
        Bilingual::new(
            format!("会话中不再提示：{}", act.zh),
            format!("The coach no longer says: {}", act.en),
        )
    }));
    changes
}
