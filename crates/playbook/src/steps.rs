//! Drafts into steps: reasons, what to keep from and what can be said.

use domain::{Bilingual, PlanReason, PlanStep, Stage};

use crate::compose::{Chosen, Draft, appeal};
use crate::guidance::{Dont, Saying};
use crate::reading::{Applied, Rank};
use crate::template::Facts;

/// No step holds more of these than can be read at a glance.
const MOST_DONTS: usize = 3;
const MOST_PHRASES: usize = 3;
const FEWEST_PHRASES: usize = 2;
const MOST_REASONS: usize = 4;

/// What the steps of one plan are written from.
pub(crate) struct Writer<'p, 'a> {
    applied: &'a [Applied<'p>],
    donts: Vec<(usize, &'p Dont)>,
    voices: Vec<(usize, Stage)>,
    general: &'p [Saying],
    facts: &'a Facts,
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
    ) -> Vec<PlanStep> {
        let Chosen { steps, donts, voices } = chosen;
        let mut writer = Self {
            applied,
            donts,
            voices,
            general,
            facts,
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
        let answered = [draft.owner].into_iter().chain(draft.support.iter().copied());
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
        for (owner, dont) in &self.donts {
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

    /// Two or three things to say: of the guidance the step answers, then of what else fits the stage, then
    /// what can always be said.
    fn phrases(&mut self, draft: &Draft<'p>) -> Vec<Bilingual> {
        let stage = draft.act.stage;
        let mut phrases = Vec::new();
        let mut answered = vec![draft.owner];
        answered.extend(&draft.support);
        // What a temperament suggests is a variant, never the only wording.
        answered.sort_by_key(|at| self.applied[*at].rank == Rank::Temperament);
        for at in answered {
            self.say_all(at, stage, &mut phrases, MOST_PHRASES);
        }
        for (at, _) in self.voices.clone().into_iter().filter(|(_, of)| *of == stage) {
            self.say_all(at, stage, &mut phrases, FEWEST_PHRASES);
        }
        for saying in self.general.iter().filter(|saying| saying.stage == stage) {
            self.say(saying, &mut phrases, FEWEST_PHRASES);
        }
        phrases
    }

    fn say_all(&mut self, at: usize, stage: Stage, phrases: &mut Vec<Bilingual>, most: usize) {
        let fit = |saying: &&Saying| saying.stage == stage;
        for saying in self.applied[at].entry.sayings.iter().filter(fit) {
            self.say(saying, phrases, most);
        }
    }

    fn say(&mut self, saying: &'p Saying, phrases: &mut Vec<Bilingual>, most: usize) {
        let key: *const Saying = saying;
        if phrases.len() >= most || self.said.contains(&key) {
            return;
        }
        if let Some(phrase) = saying.phrase.fill(self.facts) {
            self.said.push(key);
            phrases.push(phrase);
        }
    }
}
