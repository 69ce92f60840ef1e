//! The customer's own history in the plan (C7): the slots it fills, and the facts that were used, each by name.

use domain::{
    Analysis, Behavior, Bilingual, Channel, DayPart, Loyalty, Outcome, PastCase, PlanFact, Remedy, Situation,
    Vocabulary,
};

use crate::guarantee::Guarantee;
use crate::template::{Facts, Slot};

/// Remedies of earlier cases that ended as expected or better, newest first, each once.
pub(crate) fn remedies_that_worked(situation: &Situation) -> Vec<Remedy> {
    let mut remedies = Vec::new();
    for case in situation.dealings.past.iter().filter(|case| went_well(case)) {
        for offer in case.offers.iter().filter(|_| case.granted) {
            if !remedies.contains(&offer.remedy) {
                remedies.push(offer.remedy);
            }
        }
    }
    remedies
}

fn went_well(case: &PastCase) -> bool {
    matches!(case.outcome, Some(Outcome::Met | Outcome::Above))
}

/// Fills what only the history tells: how often, by which channel, at what time of the day.
pub(crate) fn set_slots(facts: &mut Facts, situation: &Situation) {
    let times = situation.earlier_complaints.saturating_add(1);
    let again = (situation.earlier_complaints > 0).then(|| both(times.to_string()));
    facts.set(Slot::Times, again);
    facts.set(Slot::Way, situation.dealings.channel.and_then(way));
    // Nobody is called at night, whenever they wrote.
    let hours = situation.dealings.hours.filter(|part| *part != DayPart::Night);
    facts.set(Slot::Hours, hours.map(|part| part.name()));
}

/// How the customer is reached, for channels on which one can be reached.
fn way(channel: Channel) -> Option<Bilingual> {
    let reaches = !matches!(
        channel,
        Channel::Review | Channel::Social | Channel::Regulator | Channel::Import | Channel::Helpdesk
    );
    let name = channel.entry();
    reaches.then(|| Bilingual::new(name.zh, name.en.to_lowercase()))
}

fn both(text: String) -> Bilingual {
    Bilingual::new(text.clone(), text)
}

/// The facts about this customer that shaped the plan, each with what it changed.
pub(crate) fn facts_used(guarantee: &Guarantee, analysis: &Analysis, situation: &Situation) -> Vec<PlanFact> {
    let mut facts = Vec::new();
    if analysis.complaint.value() {
        facts.extend(earlier_complaints(situation));
        facts.extend(broken_promise(situation));
        facts.extend(what_worked(situation));
        facts.extend(earlier_remedies(situation));
        facts.extend(loyalty(guarantee, situation));
    }
    if analysis.behavior.value != Behavior::Indirect {
        facts.extend(contact(situation));
    }
    facts
}

fn fact(key: &'static str, fact: (String, String), effect: (&str, &str)) -> PlanFact {
    PlanFact {
        key,
        fact: Bilingual::new(fact.0, fact.1),
        effect: Bilingual::new(effect.0, effect.1),
    }
}

fn earlier_complaints(situation: &Situation) -> Option<PlanFact> {
    let count = situation.earlier_complaints;
    let last = situation.dealings.past.first();
    let told = match last {
        Some(last) => (
            format!(
                "此前有 {count} 次投诉，最近一次 {}（{}）",
                last.day.zh, last.number
            ),
            format!(
                "{count} earlier complaint(s), the last on {} ({})",
                last.day.en, last.number
            ),
        ),
        None => (
            format!("此前有 {count} 次投诉"),
            format!("{count} earlier complaint(s)"),
        ),
    };
    let effect = (
        "按重复投诉处理：先看往来、不让客户从头说，首次响应里写明是第几次",
        "Handled as a repeat: read what came before, nothing to be told twice; the first answer names how often",
    );
    (count > 0).then(|| fact("earlier_complaints", told, effect))
}

fn broken_promise(situation: &Situation) -> Option<PlanFact> {
    let told = (
        "对这位客户的承诺有一项没有兑现".to_owned(),
        "A promise to this customer was not kept".to_owned(),
    );
    let effect = (
        "计划加入为失信致歉、另给准日子的步骤",
        "Steps that own up to it and give a date that holds are added",
    );
    situation
        .broken_promise
        .then(|| fact("broken_promise", told, effect))
}

fn what_worked(situation: &Situation) -> Option<PlanFact> {
    let worked = remedies_that_worked(situation);
    let case = situation
        .dealings
        .past
        .iter()
        .find(|case| case.granted && went_well(case))?;
    let names = names_of(&worked);
    let told = (
        format!("上次（{}，{}）用“{}”客户认可", case.day.zh, case.number, names.zh),
        format!(
            "On {} ({}) the customer was content with: {}",
            case.day.en, case.number, names.en
        ),
    );
    let effect = (
        "表中有这几项时排在前面；能给什么、给多少不变",
        "These come first among the options; what may be given, and how much, stays the same",
    );
    (!worked.is_empty()).then(|| fact("worked_before", told, effect))
}

fn names_of(remedies: &[Remedy]) -> Bilingual {
    let zh: Vec<&str> = remedies.iter().map(|remedy| remedy.entry().zh).collect();
    let en: Vec<&str> = remedies.iter().map(|remedy| remedy.entry().en).collect();
    Bilingual::new(zh.join("、"), en.join(", ").to_lowercase())
}

fn earlier_remedies(situation: &Situation) -> Option<PlanFact> {
    let given = &situation.earlier_remedies;
    let names = names_of(given);
    let told = (
        format!("此前给过：{}", names.zh),
        format!("Given before: {}", names.en),
    );
    let token = given
        .iter()
        .any(|remedy| matches!(remedy, Remedy::Coupon | Remedy::Points));
    let effect = match token {
        true => (
            "同样的小额心意不再给第二次，会被当成敷衍",
            "The same small token is not offered twice; it would feel like a brush-off",
        ),
        false => (
            "补救说明里写明此前给过什么，前后对得上",
            "The redress names it, so that old and new answers agree",
        ),
    };
    (!given.is_empty()).then(|| fact("earlier_remedies", told, effect))
}

fn loyalty(guarantee: &Guarantee, situation: &Situation) -> Option<PlanFact> {
    let name = situation.loyalty.entry();
    let told = (
        format!("客户忠诚度：{}", name.zh),
        format!("Loyalty: {}", name.en.to_lowercase()),
    );
    let effect = (
        "服务保证表为这类客户另加了补救项",
        "The guarantee table adds remedies for such customers",
    );
    let adds =
        situation.loyalty != Loyalty::Unknown && !guarantee.loyalty_grants(situation.loyalty).is_empty();
    adds.then(|| fact("loyalty", told, effect))
}

fn contact(situation: &Situation) -> Option<PlanFact> {
    let way = situation.dealings.channel.and_then(way)?;
    let hours = situation
        .dealings
        .hours
        .map(|part| part.name())
        .unwrap_or_default();
    let told = (
        format!(
            "客户惯用{}，多在{}联系",
            way.zh,
            if hours.zh.is_empty() {
                "不定时"
            } else {
                &hours.zh
            }
        ),
        format!("Usually comes by {} {}", way.en, hours.en)
            .trim_end()
            .to_owned(),
    );
    let effect = (
        "首次响应里约定用这个渠道和时段联系",
        "The first answer names this way and time for what follows",
    );
    Some(fact("preferred_contact", told, effect))
}
