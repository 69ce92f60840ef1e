//! Drafts into steps: reasons, what to keep from and what can be said.

use domain::{Bilingual, PlanReason, PlanStep, Stage};

use crate::compose::{Chosen, Draft, appeal};
use crate::guidance::{Dont, Saying};
use crate::reading::{Applied, Rank};
use crate::template::Facts;

/// No step holds more of these than can be read at a glance.
const MOST_DONTS: usize = 2;
pub(crate) const MOST_PHRASES: usize = 3;
const FEWEST_PHRASES: usize = 2;
const MOST_REASONS: usize = 4;

/// What the steps of one plan are written from.
pub(crate) struct Writer<'p, 'a> {
    applied: &'a [Applied<'p>],
    donts: Vec<(usize, &'p Dont)>,
    voices: Vec<(usize, Stage)>,
    general: &'p [Saying],
    facts: &'a Facts,
    /// What may be said back of a finding's evidence.
    said_back: &'a dyn Fn(&PlanReason) -> Option<Bilingual>,
    /// Phrases already given to a step; none is given twice.
    said: Vec<*const Saying>,
}

impl<'p, 'a> Writer<'p, 'a> {
    /// Writes all steps of a plan.
    pub(crate) fn write(
        applied: &'a [Applied<'p>],
        chosen: Chosen<'p>,
        general: &'p [Saying],
        facts: &'a Facts,
        said_back: &'a dyn Fn(&PlanReason) -> Option<Bilingual>,
    ) -> Vec<PlanStep> {
        let Chosen { steps, donts, voices } = chosen;
        let mut writer = Self {
            applied,
            donts,
            voices,
            general,
            facts,
            said_back,
            said: Vec::new(),
        };
        let mut donts = writer.share_donts(&steps);
        let drafts = steps.iter().zip(&mut donts);
        drafts
            .map(|(draft, donts)| writer.step(draft, std::mem::take(donts)))
            .collect()
    }

    fn step(&mut self, draft: &Draft<'p>, dont: Vec<Bilingual>) -> PlanStep {
        PlanStep {
            id: draft.act.id.clone(),
            appeal: appeal(draft.act),
            stage: draft.act.stage,
            act: draft.act.text.clone(),
            moves: draft.act.moves.keys().map(str::to_owned).collect(),
            dont,
            phrases: self.phrases(draft),
            because: self.reasons(draft),
        }
    }

    fn reasons(&self, draft: &Draft<'_>) -> Vec<PlanReason> {
        let leads = |at: &usize| self.applied[*at].rank != Rank::Neutral;
        let answered = draft.answered().filter(leads);
        let mut reasons: Vec<PlanReason> = Vec::new();
        for reason in answered.map(|at| &self.applied[at].reason) {
            if !reasons.contains(reason) {
                reasons.push(reason.clone());
            }
        }
        reasons.truncate(MOST_REASONS);
        reasons
    }

    /// Each piece of advice goes to the emptiest step of its own guidance, else to one it supports.
    fn share_donts(&self, drafts: &[Draft<'p>]) -> Vec<Vec<Bilingual>> {
        let note = |draft: &Draft<'p>| draft.note.cloned().into_iter().collect();
        let mut shared: Vec<Vec<Bilingual>> = drafts.iter().map(note).collect();
        let told = |(owner, _): &&(usize, &Dont)| self.applied[*owner].rank != Rank::Neutral;
        for (owner, dont) in self.donts.iter().filter(told) {
            let distance = |draft: &Draft<'_>| match draft {
                _ if draft.owner == *owner => Some(0),
                _ if draft.support.contains(owner) => Some(1),
                _ => None,
            };
            let open = (0..drafts.len()).filter(|at| shared[*at].len() < MOST_DONTS);
            let best = open
                .filter_map(|at| Some((distance(&drafts[at])?, shared[at].len(), at)))
                .min();
            if let Some((_, _, at)) = best {
                shared[at].push(dont.text.clone());
            }
        }
        shared
    }

    /// Two or three things to say: of the guidance the step answers, then of what the customer is after, then
    /// what can always be said.
    fn phrases(&mut self, draft: &Draft<'p>) -> Vec<Bilingual> {
        let stage = draft.act.stage;
        let mut phrases = Vec::new();
        let mut answered: Vec<usize> = draft.answered().collect();
        // What a style suggests is a variant, never the only wording.
        answered.sort_by_key(|at| !self.applied[*at].rank.leads());
        for at in answered {
            let neutral = self.applied[at].rank == Rank::Neutral;
            self.say_all(
                at,
                stage,
                &mut phrases,
                if neutral { FEWEST_PHRASES } else { MOST_PHRASES },
            );
        }
        let goal = self
            .applied
            .iter()
            .position(|applied| applied.rank == Rank::Psychology);
        let heard = |goal: &usize| self.voices.iter().any(|(owner, _)| owner == goal);
        if let Some(at) = goal.filter(heard) {
            self.say_all(at, stage, &mut phrases, FEWEST_PHRASES);
        }
        for saying in self.general.iter().filter(|saying| saying.stage == stage) {
            self.say(saying, None, &mut phrases, FEWEST_PHRASES);
        }
        for voice in 0..self.voices.len() {
            let (at, of) = self.voices[voice];
            if of == stage && phrases.len() < FEWEST_PHRASES {
                self.say_all(at, stage, &mut phrases, FEWEST_PHRASES);
            }
        }
        phrases
    }

    fn say_all(&mut self, at: usize, stage: Stage, phrases: &mut Vec<Bilingual>, most: usize) {
        let fit = |saying: &&Saying| saying.stage == stage;
        for saying in self.applied[at].entry.sayings.iter().filter(fit) {
            self.say(saying, Some(at), phrases, most);
        }
    }

    /// Adds a phrase; a quote in it is the evidence of the finding that the phrase is about.
    fn say(&mut self, saying: &'p Saying, about: Option<usize>, phrases: &mut Vec<Bilingual>, most: usize) {
        let key: *const Saying = saying;
        if phrases.len() >= most || self.said.contains(&key) {
            return;
        }
        let about = about.filter(|_| saying.phrase.quotes());
        let quote = about.and_then(|at| (self.said_back)(&self.applied[at].reason));
        if let Some(phrase) = saying.phrase.fill(self.facts, quote.as_ref()) {
            self.said.push(key);
            phrases.push(phrase);
        }
    }
}
