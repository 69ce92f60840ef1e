//! One analysis of a text whose sentences are in two languages: each language is read by its own model, and the findings
//! are put together.

use domain::{
    Analysis, Emotion, Evidence, Evidenced, Expectation, Finding, Psychology, PsychologyReading, Vocabulary,
};

use crate::read::needs::derive_needs;

/// Most quotes of one value.
const MOST_QUOTES: usize = 4;

/// The analyses of two parts of a text as one of the whole; the shares tell how much of the text each part is.
pub(crate) fn merge([one, other]: [(Analysis, f32); 2]) -> Analysis {
    let (lead, second) = if weight_of(&one) >= weight_of(&other) {
        (one.0, other.0)
    } else {
        (other.0, one.0)
    };
    let psychology = merge_psychology(lead.psychology, &second);
    let motives = merge_lists(lead.motives, second.motives);
    let risks = merge_lists(lead.risks, second.risks);
    Analysis {
        needs: derive_needs(psychology.primary.value(), &values(&motives), &values(&risks)),
        psychology,
        motives,
        risks,
        emotion: stronger(lead.emotion, second.emotion),
        subjects: merge_lists(lead.subjects, second.subjects),
        causes: merge_lists(lead.causes, second.causes),
        expectation: merge_expectations(lead.expectation, second.expectation),
        engine: lead.engine,
        complaint: lead.complaint,
        nature: lead.nature,
        stance: lead.stance,
        anger_type: lead.anger_type,
        behavior: lead.behavior,
        temperament: lead.temperament,
        entities: lead.entities,
        doubts: lead.doubts,
    }
}

/// A part that complains leads one that does not; else the larger and surer one does.
fn weight_of((analysis, share): &(Analysis, f32)) -> f32 {
    let complaint = &analysis.complaint;
    match complaint.value() {
        true => 1.0 + share * complaint.p(),
        false => share * (1.0 - complaint.p()),
    }
}

/// What the leading part is after; what the other is after comes second.
fn merge_psychology(lead: PsychologyReading, second: &Analysis) -> PsychologyReading {
    let other = second.psychology.primary.value();
    let differs = other != lead.primary.value() && other != Psychology::None;
    let is_told = lead.primary.value() != Psychology::None && second.complaint.value();
    PsychologyReading {
        secondary: lead.secondary.or((differs && is_told).then_some(other)),
        ..lead
    }
}

/// The emotion that has gone further.
fn stronger(lead: Emotion, second: Emotion) -> Emotion {
    let reach = |emotion: &Emotion| (emotion.stage.value().index(), emotion.intensity.index());
    if reach(&second) > reach(&lead) {
        second
    } else {
        lead
    }
}

fn merge_expectations(lead: Expectation, second: Expectation) -> Expectation {
    let (first, other) = if lead.expected.is_some() || second.expected.is_none() {
        ((lead.expected, lead.received), second.promises)
    } else {
        ((second.expected, second.received), second.promises)
    };
    let mut promises = lead.promises;
    promises.extend(other);
    promises.sort_by_key(|promise| promise.quote.span());
    Expectation {
        expected: first.0,
        received: first.1,
        outcome: if lead.outcome.value().is_absence() {
            second.outcome
        } else {
            lead.outcome
        },
        promises,
    }
}

/// The findings of both, by probability; a value found in both has the words of both.
fn merge_lists<V: Evidenced>(lead: Vec<Finding<V>>, second: Vec<Finding<V>>) -> Vec<Finding<V>> {
    let mut all = lead;
    for finding in second {
        match all.iter_mut().find(|known| known.value() == finding.value()) {
            Some(known) => *known = both(known, &finding),
            None => all.push(finding),
        }
    }
    all.sort_by(|a, b| b.p().total_cmp(&a.p()));
    all
}

fn both<V: Evidenced>(one: &Finding<V>, other: &Finding<V>) -> Finding<V> {
    let (first, then) = if one.p() >= other.p() {
        (one, other)
    } else {
        (other, one)
    };
    let quotes = first.quotes().iter().chain(then.quotes()).take(MOST_QUOTES);
    match Evidence::of(quotes.cloned().collect()) {
        Some(evidence) => Finding::found(first.value(), first.p(), evidence, first.tier()),
        None => first.clone(),
    }
}

fn values<V: Evidenced>(findings: &[Finding<V>]) -> Vec<V> {
    findings.iter().map(Finding::value).collect()
}
