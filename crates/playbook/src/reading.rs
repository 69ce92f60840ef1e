//! From an analysis to the guidance that applies, in order of precedence.

use domain::{
    Analysis, AngerType, Because, Behavior, Cause, Derived, EmotionStage, Evidenced, Facet, Finding, Motive,
    PlanReason, Psychology, Quote, Risk, Situation, Stance, Subject, Temperament, Vocabulary,
};

use crate::guidance::{Entry, Guidance, Topic};
use crate::wording::request;

/// What goes first when guidance contradicts: safety, then law and regulators, then what the matter itself
/// demands, then boundaries, then what the customer is after, then the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rank {
    Safety,
    Legal,
    Regulator,
    Topic,
    Boundary,
    Public,
    Psychology,
    SecondPsychology,
    NatureAndCause,
    Emotion,
    Motive,
    Subject,
    Behavior,
    /// Style and absences: they color the wording of steps and never add one.
    Temperament,
    Neutral,
}

impl Rank {
    /// Whether guidance of this rank may make a step of its own.
    pub(crate) fn leads(self) -> bool {
        self < Self::Temperament
    }
}

/// Guidance that applies, and the finding it answers.
#[derive(Debug)]
pub(crate) struct Applied<'p> {
    pub(crate) entry: &'p Entry,
    pub(crate) reason: PlanReason,
    pub(crate) rank: Rank,
}

/// Collects what applies.
struct Collector<'p> {
    guidance: &'p Guidance,
    applied: Vec<Applied<'p>>,
}

/// All guidance that applies, highest precedence first; among equals in order of the reading.
pub(crate) fn collect_guidance<'p>(
    guidance: &'p Guidance,
    topics: &'p [Topic],
    analysis: &Analysis,
    situation: &Situation,
) -> Vec<Applied<'p>> {
    let mut collector = Collector {
        guidance,
        applied: Vec::new(),
    };
    collector.add_goals(analysis);
    collector.add_dangers(analysis, situation);
    collector.add_findings(analysis);
    if analysis.complaint.value() {
        collector.add_manner(analysis);
        collector.add_causes(analysis, situation);
        collector.add_topics(topics, analysis);
    }
    if situation.use_temperament {
        let unknown = analysis.temperament.value == Temperament::Unknown;
        let rank = if unknown { Rank::Neutral } else { Rank::Temperament };
        collector.derived(Facet::Temperament, &analysis.temperament, rank);
    }
    collector.applied.sort_by_key(|applied| applied.rank);
    collector.applied
}

/// A finding leads a plan only when it is more likely than not; danger to people leads on any sign.
fn is_likely<V: Evidenced>(finding: &Finding<V>) -> bool {
    finding.p() >= 0.5
}

impl<'p> Collector<'p> {
    fn add<V: Vocabulary>(&mut self, facet: Facet, value: V, quote: Option<Quote>, rank: Rank) {
        let entry = self.guidance.entry(facet, value);
        if self
            .applied
            .iter()
            .any(|applied| std::ptr::eq(applied.entry, entry))
        {
            return;
        }
        self.applied.push(Applied {
            entry,
            reason: PlanReason {
                facet,
                value: value.key().to_owned(),
                quote,
            },
            rank,
        });
    }

    fn found<V: Vocabulary + Evidenced>(&mut self, facet: Facet, finding: &Finding<V>, rank: Rank) {
        self.add(facet, finding.value(), finding.quotes().first().cloned(), rank);
    }

    fn derived<V: Vocabulary>(&mut self, facet: Facet, derived: &Derived<V>, rank: Rank) {
        let quote = derived.because.iter().find_map(|because| match because {
            Because::Quote(quote) => Some(quote.clone()),
            _ => None,
        });
        self.add(facet, derived.value, quote, rank);
    }

    fn add_goals(&mut self, analysis: &Analysis) {
        if request(analysis).is_none() {
            self.found(Facet::Psychology, &analysis.psychology.primary, Rank::Psychology);
        }
        if let Some(second) = analysis
            .psychology
            .secondary
            .filter(|second| *second != Psychology::None)
        {
            self.add(Facet::Psychology, second, None, Rank::SecondPsychology);
        }
        for motive in &analysis.motives {
            let boundary = motive.value() == Motive::Harassment && is_likely(motive);
            self.found(
                Facet::Motives,
                motive,
                if boundary { Rank::Boundary } else { Rank::Motive },
            );
        }
    }

    fn add_dangers(&mut self, analysis: &Analysis, situation: &Situation) {
        for risk in &analysis.risks {
            let rank = match risk.value() {
                Risk::Safety => Rank::Safety,
                Risk::Legal if is_likely(risk) => Rank::Legal,
                Risk::Regulator if is_likely(risk) => Rank::Regulator,
                _ => Rank::NatureAndCause,
            };
            self.found(Facet::Risks, risk, rank);
        }
        if situation.earlier_complaints > 0 && analysis.complaint.value() && !analysis.has_risk(Risk::Repeat)
        {
            self.add(Facet::Risks, Risk::Repeat, None, Rank::NatureAndCause);
        }
    }

    fn add_findings(&mut self, analysis: &Analysis) {
        self.found(Facet::Nature, &analysis.nature, Rank::NatureAndCause);
        let goal = analysis.psychology.primary.value();
        let small_talk = !analysis.complaint.value() && goal == Psychology::None;
        // Nothing is owed to somebody who only said something nice.
        if !(small_talk && analysis.emotion.stage.value() == EmotionStage::Calm) {
            self.found(Facet::Emotion, &analysis.emotion.stage, Rank::Emotion);
        }
    }

    fn add_manner(&mut self, analysis: &Analysis) {
        let stance = match analysis.stance.value {
            Stance::Harass => Rank::Boundary,
            Stance::None => Rank::Neutral,
            _ => Rank::Emotion,
        };
        self.derived(Facet::Stance, &analysis.stance, stance);
        let anger = match analysis.anger_type.value {
            AngerType::Unreasonable => Rank::Boundary,
            AngerType::None => Rank::Neutral,
            // The kind of anger says how to speak; what the matter is about says what to do, and comes before it.
            AngerType::Rational | AngerType::Emotional => Rank::Behavior,
        };
        self.derived(Facet::AngerType, &analysis.anger_type, anger);
        let behavior = match analysis.behavior.value {
            Behavior::Direct => Rank::Behavior,
            Behavior::Indirect | Behavior::Hidden => Rank::Public,
        };
        self.derived(Facet::Behavior, &analysis.behavior, behavior);
    }

    fn add_causes(&mut self, analysis: &Analysis, situation: &Situation) {
        for cause in &analysis.causes {
            self.found(Facet::Causes, cause, Rank::NatureAndCause);
        }
        let told = analysis
            .causes
            .iter()
            .any(|cause| cause.value() == Cause::BrokenPromise);
        if situation.broken_promise && !told {
            self.add(Facet::Causes, Cause::BrokenPromise, None, Rank::NatureAndCause);
        }
        for subject in &analysis.subjects {
            // A sudden event sets its own terms, as a topic does.
            let incident = subject.value() == Subject::Incident && is_likely(subject);
            self.found(
                Facet::Subjects,
                subject,
                if incident { Rank::Topic } else { Rank::Subject },
            );
        }
    }

    /// A topic applies when one of its words stands in the evidence of a finding, which it then answers.
    fn add_topics(&mut self, topics: &'p [Topic], analysis: &Analysis) {
        for topic in topics {
            if let Some(reason) = topic_reason(topic, analysis) {
                self.applied.push(Applied {
                    entry: &topic.entry,
                    reason,
                    rank: Rank::Topic,
                });
            }
        }
    }
}

fn topic_reason(topic: &Topic, analysis: &Analysis) -> Option<PlanReason> {
    let named = |quote: &&Quote| {
        topic
            .words
            .iter()
            .any(|word| quote.words().contains(word.as_str()))
    };
    let reason = |facet, value: &str, quotes: &[Quote]| {
        let quote = quotes.iter().find(named)?.clone();
        Some(PlanReason {
            facet,
            value: value.to_owned(),
            quote: Some(quote),
        })
    };
    let of = |facet, finding: &Finding<Subject>| reason(facet, finding.value().key(), finding.quotes());
    let subjects = analysis
        .subjects
        .iter()
        .find_map(|finding| of(Facet::Subjects, finding));
    let goal = &analysis.psychology.primary;
    subjects
        .or_else(|| reason(Facet::Psychology, goal.value().key(), goal.quotes()))
        .or_else(|| {
            analysis
                .causes
                .iter()
                .find_map(|f| reason(Facet::Causes, f.value().key(), f.quotes()))
        })
        .or_else(|| {
            analysis
                .risks
                .iter()
                .find_map(|f| reason(Facet::Risks, f.value().key(), f.quotes()))
        })
        .or_else(|| {
            reason(
                Facet::Nature,
                analysis.nature.value().key(),
                analysis.nature.quotes(),
            )
        })
        .or_else(|| {
            analysis
                .motives
                .iter()
                .find_map(|f| reason(Facet::Motives, f.value().key(), f.quotes()))
        })
}
