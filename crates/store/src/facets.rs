//! The facets of a case as bits of two numbers: one value of each single facet, and any number of tags.

use std::sync::LazyLock;

use domain::{
    AngerType, BasicNeed, Behavior, Case, CaseState, Cause, Channel, DeadlineState, EmotionStage,
    EmotionalNeed, Intensity, Maslow, Motive, Nature, Outcome, Priority, Psychology, RationalNeed, Risk,
    Severity, Stance, Subject, Vocabulary, Waiting,
};
use sha2::{Digest, Sha256};

/// The verdict, a single facet that a case may lack: then its number is that of no value.
pub(crate) const OUTCOME: &str = "outcome";

/// What each bit means; it follows from the vocabularies.
static LAYOUT: LazyLock<Layout> = LazyLock::new(Layout::of_vocabularies);

struct Layout {
    singles: Vec<Single>,
    tags: Vec<String>,
    /// Where the tags of a vocabulary begin.
    starts: Vec<(&'static str, usize)>,
}

/// Where a single facet stands.
struct Single {
    part: &'static str,
    offset: usize,
    width: usize,
    keys: Vec<&'static str>,
}

impl Layout {
    fn of_vocabularies() -> Self {
        let mut layout = Self {
            singles: Vec::new(),
            tags: Vec::new(),
            starts: Vec::new(),
        };
        layout.add_single::<CaseState>("state");
        layout.add_single::<Channel>("channel");
        layout.add_single::<Psychology>("psychology");
        layout.add_single::<EmotionStage>("emotion");
        layout.add_single::<Intensity>("intensity");
        layout.add_single::<Nature>("nature");
        layout.add_single::<Stance>("stance");
        layout.add_single::<Severity>("severity");
        layout.add_single::<Priority>("priority");
        layout.add_single::<Outcome>(OUTCOME);
        layout.add_single::<AngerType>("anger_type");
        layout.add_single::<Behavior>("behavior");
        layout.add_single::<Outcome>("expectation");
        layout.add_single::<Maslow>("maslow");
        layout.add_tags::<Subject>();
        layout.add_tags::<Motive>();
        layout.add_tags::<Cause>();
        layout.add_tags::<Risk>();
        layout.add_tags::<DeadlineState>();
        layout.add_tags::<Waiting>();
        layout.add_tags::<BasicNeed>();
        layout.add_tags::<RationalNeed>();
        layout.add_tags::<EmotionalNeed>();
        layout
    }

    fn add_single<V: Vocabulary>(&mut self, part: &'static str) {
        let offset = self
            .singles
            .last()
            .map_or(0, |before| before.offset + before.width);
        let width = usize::BITS as usize - V::ALL.len().leading_zeros() as usize;
        let keys = V::ALL.iter().map(|value| value.key()).collect();
        self.singles.push(Single {
            part,
            offset,
            width,
            keys,
        });
    }

    fn add_tags<V: Vocabulary>(&mut self) {
        self.starts.push((V::HEADING.key, self.tags.len()));
        self.tags.extend(V::ALL.iter().map(|value| tag(*value)));
    }

    fn single(&self, part: &str) -> Option<&Single> {
        self.singles.iter().find(|single| single.part == part)
    }
}

/// A value of a facet that can have several, as one word.
pub(crate) fn tag<V: Vocabulary>(value: V) -> String {
    format!("{}:{}", V::HEADING.key, value.key())
}

/// What the bits mean, in one hash; when it changes, stored bits have to be made anew.
pub(crate) fn fingerprint() -> String {
    let singles = LAYOUT
        .singles
        .iter()
        .map(|single| format!("{}={}", single.part, single.keys.join(",")));
    let words: Vec<String> = singles.chain(LAYOUT.tags.iter().cloned()).collect();
    let hash = Sha256::digest(words.join(" ").as_bytes());
    hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// The single facets of a case.
pub(crate) fn facets_of(case: &Case) -> i64 {
    let analysis = &case.analysis;
    let indices = [
        case.state.index(),
        case.channel.index(),
        analysis.psychology.primary.value().index(),
        analysis.emotion.stage.value().index(),
        analysis.emotion.intensity.index(),
        analysis.nature.value().index(),
        analysis.stance.value.index(),
        case.severity.index(),
        case.priority.index(),
        case.closure
            .as_ref()
            .map_or(Outcome::ALL.len(), |closure| closure.outcome.index()),
        analysis.anger_type.value.index(),
        analysis.behavior.value.index(),
        analysis.expectation.outcome.value().index(),
        analysis.needs.maslow.map_or(Maslow::ALL.len(), Vocabulary::index),
    ];
    let placed = LAYOUT.singles.iter().zip(indices);
    placed.fold(0, |bits, (single, index)| bits | (index as i64) << single.offset)
}

/// The tags of a case: subjects, motives, causes, risks, needs, the states its clocks are in, and what waits for a decision.
pub(crate) fn tags_of(case: &Case) -> i64 {
    let analysis = &case.analysis;
    let mut bits = 0;
    analysis
        .subjects
        .iter()
        .for_each(|finding| bits |= tag_bit(finding.value()));
    analysis
        .motives
        .iter()
        .for_each(|finding| bits |= tag_bit(finding.value()));
    analysis
        .causes
        .iter()
        .for_each(|finding| bits |= tag_bit(finding.value()));
    analysis
        .risks
        .iter()
        .for_each(|finding| bits |= tag_bit(finding.value()));
    let needs = &analysis.needs;
    needs.basic.iter().for_each(|need| bits |= tag_bit(*need));
    needs.rational.iter().for_each(|need| bits |= tag_bit(*need));
    needs.emotional.iter().for_each(|need| bits |= tag_bit(*need));
    case.deadlines
        .iter()
        .for_each(|clock| bits |= tag_bit(clock.state));
    case.waits_for()
        .into_iter()
        .for_each(|what| bits |= tag_bit(what));
    bits
}

/// The bit of a tag.
pub(crate) fn tag_bit<V: Vocabulary>(value: V) -> i64 {
    let start = LAYOUT.starts.iter().find(|(key, _)| *key == V::HEADING.key);
    start.map_or(0, |(_, start)| 1 << (start + value.index()))
}

/// The expression for the index of a single facet's value.
pub(crate) fn single_sql(part: &str) -> String {
    let single = LAYOUT
        .single(part)
        .expect("the parts of the layout are asked for");
    format!("((c.facets >> {}) & {})", single.offset, (1 << single.width) - 1)
}

/// The key of a single facet's value by its index; nothing when a case lacks the facet.
pub(crate) fn key_at(part: &str, index: usize) -> Option<&'static str> {
    LAYOUT.single(part)?.keys.get(index).copied()
}

/// Part and key of every single facet.
pub(crate) fn singles_in(facets: i64) -> impl Iterator<Item = (&'static str, &'static str)> {
    LAYOUT.singles.iter().filter_map(move |single| {
        let index = (facets >> single.offset) & ((1 << single.width) - 1);
        let key = single.keys.get(usize::try_from(index).ok()?)?;
        Some((single.part, *key))
    })
}

/// The tags that are set.
pub(crate) fn tags_in(tags: i64) -> impl Iterator<Item = &'static str> {
    let known = LAYOUT.tags.iter().enumerate();
    known.filter_map(move |(place, tag)| (tags >> place & 1 == 1).then_some(tag.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_has_a_place_of_its_own() {
        let last = LAYOUT.singles.last().unwrap();
        assert!(last.offset + last.width < 63 && LAYOUT.tags.len() < 63);
        for single in &LAYOUT.singles {
            assert!(single.keys.len() < 1 << single.width, "{}", single.part);
        }
        let mut seen = 0;
        for bit in Subject::ALL
            .iter()
            .map(|value| tag_bit(*value))
            .chain(DeadlineState::ALL.iter().map(|value| tag_bit(*value)))
        {
            assert!(bit > 0 && seen & bit == 0);
            seen |= bit;
        }
        assert_eq!(tags_in(tag_bit(Risk::Legal)).collect::<Vec<_>>(), ["risk:legal"]);
    }
}
