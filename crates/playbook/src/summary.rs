//! What was read and what the plan is after, in two sentences.

use domain::{Analysis, Bilingual, EmotionStage, Entry, Vocabulary};

use crate::wording::Wording;

/// The summary of a plan.
pub(crate) fn summarize(wording: &Wording, analysis: &Analysis) -> Bilingual {
    let names = named_findings(analysis);
    let zh: Vec<&str> = names.iter().map(|entry| entry.zh).collect();
    let en: Vec<&str> = names.iter().map(|entry| entry.en).collect();
    let aim = wording.aim(analysis);
    if names.is_empty() {
        return aim.clone();
    }
    Bilingual::new(
        format!("读到：{}。{}", zh.join("、"), aim.zh),
        format!("Read: {}. {}", en.join(", "), aim.en),
    )
}

/// The findings worth naming: goal, feeling, first subject, risks.
fn named_findings(analysis: &Analysis) -> Vec<&'static Entry> {
    if !analysis.complaint.value() {
        return Vec::new();
    }
    let mut names = vec![analysis.psychology.primary.value().entry()];
    let stage = analysis.emotion.stage.value();
    if stage != EmotionStage::Calm {
        names.push(stage.entry());
    }
    names.extend(analysis.subjects.first().map(|subject| subject.value().entry()));
    names.extend(analysis.risks.iter().take(3).map(|risk| risk.value().entry()));
    names
}
