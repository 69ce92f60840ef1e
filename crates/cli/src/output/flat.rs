//! One record as one row of a flat table; lists are parted by `|`.

use domain::{Entity, EntityValue, Evidenced, Finding, Language, Vocabulary};

use super::Analyzed;

/// The names of the columns, before facets of one's own and the plan.
pub(super) const COLUMNS: [&str; 22] = [
    "id",
    "text",
    "complaint",
    "complaint_p",
    "psychology",
    "psychology_p",
    "psychology_secondary",
    "motives",
    "emotion",
    "intensity",
    "subjects",
    "nature",
    "stance",
    "anger_type",
    "behavior",
    "causes",
    "risks",
    "temperament",
    "outcome",
    "evidence",
    "money",
    "doubts",
];

/// The cells of a record, in the order of the columns.
pub(super) fn cells_of(record: &Analyzed, language: Language) -> Vec<String> {
    let analysis = &record.analysis;
    let psychology = &analysis.psychology;
    let mut cells = vec![
        record.id.clone(),
        record.complaint.text.clone(),
        analysis.complaint.value().to_string(),
        probability(analysis.complaint.p()),
        psychology.primary.value().key().to_owned(),
        probability(psychology.primary.p()),
        psychology
            .secondary
            .map_or_else(String::new, |value| value.key().to_owned()),
        keys_of(&analysis.motives),
        analysis.emotion.stage.value().key().to_owned(),
        analysis.emotion.intensity.level().to_string(),
        keys_of(&analysis.subjects),
        analysis.nature.value().key().to_owned(),
        analysis.stance.value.key().to_owned(),
        analysis.anger_type.value.key().to_owned(),
        analysis.behavior.value.key().to_owned(),
        keys_of(&analysis.causes),
        keys_of(&analysis.risks),
        analysis.temperament.value.key().to_owned(),
        analysis.expectation.outcome.value().key().to_owned(),
        quotes_of(&psychology.primary),
        amounts_of(&analysis.entities),
        analysis
            .doubts
            .iter()
            .map(|doubt| doubt.key())
            .collect::<Vec<_>>()
            .join("|"),
    ];
    cells.extend(record.facets.iter().map(|(_, found)| found.value.clone()));
    if let Some(plan) = &record.plan {
        cells.push(plan.summary.in_language(language).to_owned());
    }
    cells
}

/// The keys of the values found.
pub(super) fn keys_of<V: Vocabulary + Evidenced>(findings: &[Finding<V>]) -> String {
    let keys: Vec<&str> = findings.iter().map(|finding| finding.value().key()).collect();
    keys.join("|")
}

/// The words a value was read from.
pub(super) fn quotes_of<V: Evidenced>(finding: &Finding<V>) -> String {
    let words: Vec<&str> = finding.quotes().iter().map(domain::Quote::words).collect();
    words.join("|")
}

/// The amounts of money that could be read exactly, such as `299.00 CNY`.
fn amounts_of(entities: &[Entity]) -> String {
    let amounts = entities.iter().filter_map(|entity| match &entity.value {
        Some(EntityValue::Money(money)) => Some(format!("{} {}", money.decimal(), money.currency.code())),
        _ => None,
    });
    amounts.collect::<Vec<_>>().join("|")
}

fn probability(p: f32) -> String {
    format!("{p:.3}")
}
