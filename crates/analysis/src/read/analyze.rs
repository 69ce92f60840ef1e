//! Puts one analysis together.

use domain::{
    Analysis, AngerType, Because, Behavior, Cause, Channel, Complaint, Derived, Doubt, Emotion, EmotionStage,
    Entity, Evidence, Evidenced, Expectation, Facet, Finding, Intensity, Motive, Nature, Outcome, Psychology,
    PsychologyReading, Risk, Stance, Subject, Temperament, Tier, Timestamp, Vocabulary,
};
use text::Reading;

use crate::block::{Block, OUTPUTS};
use crate::chances::Chances;
use crate::decide::{Decision, decide_kind};
use crate::engine::Engine;
use crate::glance::Glance;
use crate::language::{amount_of, by_language};
use crate::model::Honesty;
use crate::pairs::SurePair;
use crate::read::contrast_cues::cued_contrast;
use crate::read::doubts::{doubt_text, is_close_call};
use crate::read::evidence::{Clauses, Underline};
use crate::read::expectation::{Contrast, contrast};
use crate::read::mixed::merge;
use crate::read::needs::derive_needs;

/// The probability of a risk that is named beyond doubt: the share of training texts where the word was right.
pub(crate) const SURE: f32 = 0.9;

struct Parts<'a> {
    decision: Decision,
    chances: Chances,
    sure_temperament: f32,
    underline: Underline<'a>,
    sure_risks: u32,
    sure_pairs: Vec<SurePair>,
}

/// Reads one complaint, with its particulars or without.
pub(crate) fn analyze(engine: &Engine, complaint: &Complaint, with_particulars: bool) -> Analysis {
    let reading = text::read(&complaint.text);
    let particulars = match with_particulars {
        true => text::particulars(&reading, complaint.received_at),
        false => text::Particulars::default(),
    };
    let glance = Glance::of(&reading);
    let mut doubts = doubt_text(&glance);
    doubts.extend(particulars.doubts);
    let page = |reading| Page {
        reading,
        entities: &particulars.entities,
        received_at: complaint.received_at,
        channel: complaint.channel,
    };
    let mut analysis = match by_language(&reading, &glance) {
        Some(parts) => merge(parts.each_ref().map(|part| {
            let glance = Glance::of(part);
            (read_page(engine, &page(part), glance), amount_of(&glance))
        })),
        None => read_page(engine, &page(&reading), glance),
    };
    if doubts.contains(&Doubt::Empty) {
        analysis.doubts.clear();
    }
    doubts.append(&mut analysis.doubts);
    Analysis {
        entities: particulars.entities,
        doubts,
        ..analysis
    }
}

/// A text, or its part in one language, with what is known beside its words.
struct Page<'p> {
    reading: &'p Reading<'p>,
    entities: &'p [Entity],
    received_at: Option<Timestamp>,
    channel: Channel,
}

/// Reads the facets of a page; its particulars are left out.
fn read_page(engine: &Engine, page: &Page<'_>, glance: Glance) -> Analysis {
    let reading = page.reading;
    let clauses = Clauses::of(reading);
    let mut scored = engine
        .models
        .listen(reading, glance, &engine.cues, &clauses.chars);
    let sure_pairs = engine.pairs.find(reading.normalized(), &scored.found.halves);
    scored.weigh_dangers(&sure_pairs);
    let (scores, offsets, honesty) = match glance.chars == glance.blanks {
        true => (blank_scores(), &[[0.0; OUTPUTS]; 2], &Honesty::default()),
        false => (scored.scores, &scored.model.offsets, &scored.model.honesty),
    };
    let sure_risks = engine.sure_risks(&scored, &sure_pairs);
    let mut decision = decide_kind(&scores, offsets, scored.own);
    decision.add_risks(sure_risks);
    let mut room = None;
    let voices = scored.voices_for(&clauses.chars, &decision, &mut room);
    let parts = Parts {
        decision,
        chances: honesty.chances(&scores, &decision, scored.own),
        sure_temperament: honesty.sure_temperament(scored.own),
        underline: Underline::new(&engine.cues, reading, &scored, &clauses, voices),
        sure_risks,
        sure_pairs,
    };
    let mut contrast = match scored.found.tells {
        true => contrast(reading, &clauses.bytes, page.entities, page.received_at),
        false => Contrast::default(),
    };
    if contrast.expected.is_none() {
        (contrast.expected, contrast.received) = cued_contrast(&parts.underline);
    }
    parts.put_together(engine, page.channel, contrast)
}

/// What turning to this channel shows.
fn behavior_on(channel: Channel) -> Derived<Behavior> {
    Derived {
        value: Behavior::of_channel(channel),
        p: 1.0,
        tier: Tier::Rules,
        because: vec![Because::Channel],
    }
}

/// What is said of a text without words: nothing.
fn blank_scores() -> [f32; OUTPUTS] {
    let mut scores = [-5.0; OUTPUTS];
    for (block, value) in [
        (Block::Complaint, 0),
        (Block::Psychology, Psychology::None.index()),
        (Block::Emotion, EmotionStage::Calm.index()),
        (Block::Intensity, 0),
        (Block::Nature, Nature::None.index()),
        (Block::Stance, Stance::None.index()),
        (Block::AngerType, AngerType::None.index()),
        (Block::Temperament, Temperament::Unknown.index()),
        (Block::Outcome, Outcome::Unknown.index()),
    ] {
        scores[block.offset() + value] = 5.0;
    }
    scores
}

fn values<V: Evidenced>(findings: &[Finding<V>]) -> Vec<V> {
    findings.iter().map(Finding::value).collect()
}

impl Parts<'_> {
    fn put_together(&self, engine: &Engine, channel: Channel, contrast: Contrast) -> Analysis {
        let complaint = self.one(Block::Complaint, |value| value == 1, false);
        let psychology = self.psychology();
        let is_close = is_close_call(complaint.p(), psychology.primary.p());
        let motives: Vec<Finding<Motive>> = self.many(Block::Motives);
        let risks: Vec<Finding<Risk>> = self.many(Block::Risks);
        let from = [Facet::Emotion, Facet::Motives];
        Analysis {
            engine: engine.version(),
            needs: derive_needs(psychology.primary.value(), &values(&motives), &values(&risks)),
            complaint,
            psychology,
            motives,
            emotion: self.emotion(),
            subjects: self.many::<Subject>(Block::Subjects),
            nature: self.one(Block::Nature, |value| Nature::ALL[value], Nature::None),
            stance: self.derived(Block::Stance, Stance::ALL, &from),
            anger_type: self.derived(Block::AngerType, AngerType::ALL, &from),
            behavior: behavior_on(channel),
            causes: self.many::<Cause>(Block::Causes),
            risks,
            temperament: self.temperament(),
            expectation: Expectation {
                expected: contrast.expected,
                received: contrast.received,
                outcome: self.one(Block::Outcome, |value| Outcome::ALL[value], Outcome::Unknown),
                promises: contrast.promises,
            },
            entities: Vec::new(),
            doubts: is_close.then_some(Doubt::Uncertain).into_iter().collect(),
        }
    }

    /// The probability of a value.
    fn p(&self, block: Block, value: usize) -> f32 {
        self.chances.at(block.offset() + value)
    }

    /// The finding of a block of one; the absence when there is no word to show it by.
    fn one<V: Evidenced>(&self, block: Block, value_at: impl Fn(usize) -> V, absence: V) -> Finding<V> {
        let decided = self.decision.of(block) as usize;
        let (value, p) = (value_at(decided), self.p(block, decided));
        if !value.is_absence()
            && let Some(evidence) = self.underline.evidence(block.offset() + decided)
        {
            return Finding::found(value, p, evidence, Tier::Model);
        }
        Finding::absent(absence, p, Tier::Model).expect("callers give a value that states an absence")
    }

    /// The findings of a block of many, by probability.
    fn many<V: Evidenced + Vocabulary>(&self, block: Block) -> Vec<Finding<V>> {
        let mut named = self.decision.of(block) & ((1 << block.size()) - 1);
        let mut findings = Vec::with_capacity(named.count_ones() as usize);
        while named != 0 {
            findings.extend(self.one_of_many(block, named.trailing_zeros() as usize));
            named &= named - 1;
        }
        findings.sort_by(|a: &Finding<V>, b| b.p().total_cmp(&a.p()));
        findings
    }

    /// The finding of a value of a block of many.
    fn one_of_many<V: Evidenced + Vocabulary>(&self, block: Block, value: usize) -> Option<Finding<V>> {
        let output = block.offset() + value;
        let paired = (block == Block::Risks).then(|| self.paired(value)).flatten();
        let evidence = paired.or_else(|| self.underline.evidence(output))?;
        let p = self.chances.at(output);
        let sure = block == Block::Risks && self.sure_risks >> value & 1 == 1;
        let (p, tier) = if sure {
            (p.max(SURE), Tier::Rules)
        } else {
            (p, Tier::Model)
        };
        Some(Finding::found(V::ALL[value], p, evidence, tier))
    }

    /// The words of a pair that names this risk.
    fn paired(&self, risk: usize) -> Option<Evidence> {
        let pair = self.sure_pairs.iter().find(|pair| pair.risk == risk)?;
        let quote = self.underline.quote_bytes(pair.bytes.clone())?;
        Evidence::of(vec![quote])
    }

    fn psychology(&self) -> PsychologyReading {
        let second = Psychology::ALL[self.decision.of(Block::Secondary) as usize];
        let distribution = Psychology::ALL
            .iter()
            .copied()
            .zip(self.chances.of_block(Block::Psychology).iter().copied());
        PsychologyReading {
            primary: self.one(
                Block::Psychology,
                |value| Psychology::ALL[value],
                Psychology::None,
            ),
            secondary: (second != Psychology::None).then_some(second),
            distribution: distribution.collect(),
        }
    }

    fn emotion(&self) -> Emotion {
        let strength = self.decision.of(Block::Intensity) as usize;
        Emotion {
            stage: self.one(
                Block::Emotion,
                |value| EmotionStage::ALL[value],
                EmotionStage::Calm,
            ),
            intensity: Intensity::ALL[strength],
            intensity_p: self.p(Block::Intensity, strength),
        }
    }

    fn derived<V: Vocabulary>(&self, block: Block, all: &[V], from: &[Facet]) -> Derived<V> {
        let value = self.decision.of(block) as usize;
        Derived {
            value: all[value],
            p: self.p(block, value),
            tier: Tier::Model,
            because: from.iter().copied().map(Because::Facet).collect(),
        }
    }

    /// The temperament, with the words of its style; unknown unless it is likely.
    fn temperament(&self) -> Derived<Temperament> {
        let decided = self.decision.of(Block::Temperament) as usize;
        let unknown = Temperament::Unknown.index();
        let value = if self.p(Block::Temperament, decided) >= self.sure_temperament {
            decided
        } else {
            unknown
        };
        let output = (value != unknown).then_some(Block::Temperament.offset() + value);
        let ranges = output
            .into_iter()
            .flat_map(|output| self.underline.ranges(output));
        let quotes = ranges.filter_map(|range| self.underline.quote(range));
        Derived {
            value: Temperament::ALL[value],
            p: self.p(Block::Temperament, value),
            tier: Tier::Model,
            because: quotes.map(Because::Quote).collect(),
        }
    }
}
