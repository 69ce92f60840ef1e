//! A person's corrections: what they say stands, and what follows from it is derived again.

use domain::{
    Analysis, Because, Derived, Evidenced, FacetValue, Finding, Psychology, Quote, Tier, Vocabulary,
};
use text::Reading;

use crate::block::Block;
use crate::cues::words_at;
use crate::read::needs::derive_needs;

/// The analysis of `text` as a person corrected it. Values that stay keep their quotes, new ones are shown by a cue
/// where the text holds one; needs are derived again.
pub fn correct(analysis: &Analysis, text: &str, corrections: &[FacetValue]) -> Analysis {
    let mut corrected = analysis.clone();
    let reading = text::read(text);
    for correction in corrections {
        apply(&mut corrected, &reading, correction);
    }
    let motives: Vec<_> = corrected.motives.iter().map(Finding::value).collect();
    let risks: Vec<_> = corrected.risks.iter().map(Finding::value).collect();
    corrected.needs = derive_needs(corrected.psychology.primary.value(), &motives, &risks);
    corrected
}

fn apply(analysis: &mut Analysis, reading: &Reading, correction: &FacetValue) {
    match correction {
        FacetValue::Complaint(value) => {
            set_one(&mut analysis.complaint, *value, Vec::new());
        }
        FacetValue::Psychology(primary, secondary) => {
            let quotes = show(reading, Block::Psychology, primary.index());
            set_one(&mut analysis.psychology.primary, *primary, quotes);
            analysis.psychology.secondary = *secondary;
            let certain = |value: Psychology| if value == *primary { 1.0 } else { 0.0 };
            analysis.psychology.distribution = Psychology::ALL
                .iter()
                .map(|&value| (value, certain(value)))
                .collect();
        }
        FacetValue::Motives(values) => set_many(&mut analysis.motives, values, reading, Block::Motives),
        FacetValue::Emotion(stage, intensity) => {
            let quotes = show(reading, Block::Emotion, stage.index());
            set_one(&mut analysis.emotion.stage, *stage, quotes);
            analysis.emotion.intensity = *intensity;
            analysis.emotion.intensity_p = 1.0;
        }
        FacetValue::Subjects(values) => set_many(&mut analysis.subjects, values, reading, Block::Subjects),
        FacetValue::Nature(value) => {
            let quotes = show(reading, Block::Nature, value.index());
            set_one(&mut analysis.nature, *value, quotes);
        }
        FacetValue::Stance(value) => set_derived(&mut analysis.stance, *value),
        FacetValue::AngerType(value) => set_derived(&mut analysis.anger_type, *value),
        FacetValue::Causes(values) => set_many(&mut analysis.causes, values, reading, Block::Causes),
        FacetValue::Risks(values) => set_many(&mut analysis.risks, values, reading, Block::Risks),
        FacetValue::Temperament(value) => set_derived(&mut analysis.temperament, *value),
        FacetValue::Expectation(value) => {
            let quotes = show(reading, Block::Outcome, value.index());
            set_one(&mut analysis.expectation.outcome, *value, quotes);
        }
    }
}

fn set_one<V: Evidenced>(finding: &mut Finding<V>, value: V, found: Vec<Quote>) {
    let quotes = if finding.value() == value {
        finding.quotes().to_vec()
    } else {
        found
    };
    *finding = Finding::by_person(value, quotes);
}

fn set_many<V: Evidenced + Vocabulary>(
    findings: &mut Vec<Finding<V>>,
    values: &[V],
    reading: &Reading,
    block: Block,
) {
    let quotes = |value: V| -> Vec<Quote> {
        let before = findings.iter().find(|finding| finding.value() == value);
        before.map_or_else(
            || show(reading, block, value.index()),
            |finding| finding.quotes().to_vec(),
        )
    };
    *findings = values
        .iter()
        .map(|&value| Finding::by_person(value, quotes(value)))
        .collect();
}

fn set_derived<V>(derived: &mut Derived<V>, value: V) {
    derived.value = value;
    derived.p = 1.0;
    derived.tier = Tier::Person;
    derived.because = vec![Because::Person(String::new())];
}

/// The longest cue of a value that the text holds.
fn show(reading: &Reading, block: Block, value: usize) -> Vec<Quote> {
    let held = words_at(block, value).into_iter().filter_map(|word| {
        let at = reading.normalized().find(word)?;
        Some(at..at + word.len())
    });
    let longest = held.max_by_key(|range| range.len());
    longest
        .and_then(|range| reading.quote(range))
        .into_iter()
        .collect()
}
