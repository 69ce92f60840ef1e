//! Guidance that applies, made into one plan: contradictions taken out, like steps merged, 4–8 steps kept.

use std::sync::LazyLock;

use domain::{Appeal, Bilingual, Stage, Vocabulary};

use crate::conflict::Conflicts;
use crate::guidance::{Do, Dont};
use crate::moves::MoveSet;
use crate::reading::{Applied, Rank};

/// A plan is read while a customer waits: no more steps than this.
const MOST_STEPS: usize = 8;
/// No stage but a guarded one has more steps than this.
const MOST_PER_STAGE: usize = 2;
/// Steps with one of these moves are never left out for brevity.
static GUARDED: LazyLock<MoveSet> = LazyLock::new(|| {
    known([
        "safety_first",
        "stop_use",
        "human_supervisor",
        "set_boundary",
        "legal_hold",
        "public_line",
        "move_private",
        "public_closing",
        "stop_contact",
    ])
});
/// What the customer is after stands or falls with these moves.
static CORE: LazyLock<MoveSet> =
    LazyLock::new(|| known(["settle_quickly", "invite_in", "record_suggestion", "senior_owner"]));

fn known<const N: usize>(keys: [&str; N]) -> MoveSet {
    MoveSet::of(keys).expect("written from the list of moves")
}

/// One step in the making: an act, who asked for it and who else is answered by it.
#[derive(Debug)]
pub(crate) struct Draft<'p> {
    pub(crate) act: &'p Do,
    /// Index of the guidance the act comes from.
    pub(crate) owner: usize,
    /// Indexes of further guidance answered by the same act.
    pub(crate) support: Vec<usize>,
    /// Why guidance of lower precedence was left out.
    pub(crate) note: Option<&'p Bilingual>,
}

impl<'p> Draft<'p> {
    fn of(act: &'p Do, owner: usize) -> Self {
        Self {
            act,
            owner,
            support: Vec::new(),
            note: None,
        }
    }

    /// The guidance answered, the owner first.
    pub(crate) fn answered(&self) -> impl Iterator<Item = usize> {
        [self.owner].into_iter().chain(self.support.iter().copied())
    }
}

/// The steps of a plan in their order, and what goes with them.
#[derive(Debug)]
pub(crate) struct Chosen<'p> {
    pub(crate) steps: Vec<Draft<'p>>,
    pub(crate) donts: Vec<(usize, &'p Dont)>,
    /// Guidance that nothing contradicts at a stage, by precedence; its phrases fit there.
    pub(crate) voices: Vec<(usize, Stage)>,
}

/// What is left when contradictions are taken out.
#[derive(Debug, Default)]
pub(crate) struct Composition<'p> {
    pub(crate) drafts: Vec<Draft<'p>>,
    /// What to keep from, with the index of its guidance.
    pub(crate) donts: Vec<(usize, &'p Dont)>,
    taken: MoveSet,
    /// What the donts forbid.
    forbidden: MoveSet,
    /// What the moves taken contradict.
    contradicted: MoveSet,
}

impl<'p> Composition<'p> {
    /// Walks the guidance from the highest precedence down; what contradicts what stands is left out.
    pub(crate) fn of(applied: &[Applied<'p>], conflicts: &'p Conflicts) -> Self {
        let mut composition = Self::default();
        for (owner, guidance) in applied.iter().enumerate() {
            for act in &guidance.entry.dos {
                composition.admit(owner, guidance.rank, act, conflicts);
            }
            for dont in &guidance.entry.donts {
                composition.admit_dont(owner, dont);
            }
        }
        composition
    }

    fn admit(&mut self, owner: usize, rank: Rank, act: &'p Do, conflicts: &'p Conflicts) {
        if act.moves.meets(self.forbidden) {
            return;
        }
        if act.moves.meets(self.contradicted) {
            self.note_conflict(rank, act, conflicts);
            return;
        }
        let like = |draft: &&mut Draft<'_>| merges(draft.act, act, rank);
        match self.drafts.iter_mut().find(like) {
            Some(draft) if draft.owner == owner || draft.support.contains(&owner) => {}
            Some(draft) => draft.support.push(owner),
            None if rank.leads() => self.drafts.push(Draft::of(act, owner)),
            None => {}
        }
        if rank.leads() {
            self.taken = self.taken.union(act.moves);
            self.contradicted = self.contradicted.union(conflicts.against(act.moves));
        }
    }

    /// Tells at the step that stands why weighty guidance was left out.
    fn note_conflict(&mut self, rank: Rank, act: &Do, conflicts: &'p Conflicts) {
        if rank > Rank::NatureAndCause {
            return;
        }
        for draft in &mut self.drafts {
            if let Some(conflict) = conflicts.between(draft.act.moves, act.moves) {
                draft.note.get_or_insert(&conflict.because);
                return;
            }
        }
    }

    /// Whether moves may still be added: nothing forbids or contradicts them.
    pub(crate) fn allows(&self, moves: MoveSet) -> bool {
        !moves.meets(self.forbidden) && !moves.meets(self.contradicted)
    }

    fn admit_dont(&mut self, owner: usize, dont: &'p Dont) {
        if !dont.forbids.meets(self.taken) {
            self.forbidden = self.forbidden.union(dont.forbids);
            self.donts.push((owner, dont));
        }
    }

    /// The steps that make the plan, in the order of stages, appeals and precedence.
    /// Each of the `principles` is kept by one of its moves where it can; `reserved` steps are left to be added by the caller.
    pub(crate) fn into_steps(
        self,
        applied: &[Applied<'_>],
        principles: &[MoveSet],
        reserved: usize,
    ) -> Chosen<'p> {
        let chosen = Selection::of(&self.drafts, applied, principles, MOST_STEPS - reserved).chosen;
        let heard = |draft: &Draft<'p>| {
            draft
                .answered()
                .map(|at| (at, draft.act.stage))
                .collect::<Vec<_>>()
        };
        let mut voices: Vec<(usize, Stage)> = self.drafts.iter().flat_map(heard).collect();
        voices.sort_unstable();
        voices.dedup();
        let mut steps: Vec<(usize, Draft<'p>)> = self.drafts.into_iter().enumerate().collect();
        steps.retain(|(at, _)| chosen[*at]);
        steps.sort_by_key(|(at, draft)| (draft.act.stage, appeal(draft.act), *at));
        Chosen {
            steps: steps.into_iter().map(|(_, draft)| draft).collect(),
            donts: self.donts,
            voices,
        }
    }
}

/// The same stage and a shared move make two acts one step, unless a guarded move or what a topic demands would
/// be lost by it.
fn merges(standing: &Do, act: &Do, rank: Rank) -> bool {
    let lost = !act.moves.within(standing.moves) && GUARDED.union(*CORE).meets(act.moves);
    let like = standing.stage == act.stage && standing.moves.meets(act.moves);
    like && rank != Rank::Topic && (!lost || !rank.leads())
}

/// The appeal a step makes: within a stage feeling precedes reason precedes rules, and over the whole plan the
/// appeals never turn back.
pub(crate) fn appeal(act: &Do) -> Appeal {
    match act.stage {
        Stage::Empathize => Appeal::Emotion,
        Stage::Intent => act.appeal.min(Appeal::Reason),
        Stage::Propose => act.appeal.max(Appeal::Reason),
        Stage::Commit | Stage::FollowUp | Stage::Other => Appeal::Rules,
    }
}

/// Picks the steps: one for each stage, what is guarded, a second proposal, then by precedence.
struct Selection<'d, 'p> {
    drafts: &'d [Draft<'p>],
    chosen: Vec<bool>,
    moves: MoveSet,
    most: usize,
}

impl<'d, 'p> Selection<'d, 'p> {
    fn of(drafts: &'d [Draft<'p>], applied: &[Applied<'_>], principles: &[MoveSet], most: usize) -> Self {
        let mut selection = Self {
            drafts,
            most,
            chosen: vec![false; drafts.len()],
            moves: MoveSet::default(),
        };
        let rank = |at: usize| applied[drafts[at].owner].rank;
        let is_guarded = |at: usize| match rank(at) {
            Rank::Topic => true,
            Rank::SecondPsychology => false,
            Rank::Psychology => GUARDED.union(*CORE).meets(drafts[at].act.moves),
            _ => GUARDED.meets(drafts[at].act.moves),
        };
        for stage in &Stage::ALL[..5] {
            // The public lines come on top of the talk itself.
            selection.choose_first(*stage, 1, |at| rank(at) != Rank::Public);
        }
        selection.choose_all(is_guarded);
        principles.iter().for_each(|moves| selection.choose_for(*moves));
        selection.choose_first(Stage::Propose, 2, |_| true);
        for (at, draft) in drafts.iter().enumerate() {
            if selection.count(draft.act.stage) < MOST_PER_STAGE && selection.is_new(at) {
                selection.choose(at);
            }
        }
        selection
    }

    fn choose_all(&mut self, wanted: impl Fn(usize) -> bool) {
        (0..self.drafts.len())
            .filter(|at| wanted(*at))
            .for_each(|at| self.choose(at));
    }

    /// Chooses the first new draft of a stage until the stage has `wanted` steps.
    fn choose_first(&mut self, stage: Stage, wanted: usize, may: impl Fn(usize) -> bool) {
        let fits = |at: &usize| self.drafts[*at].act.stage == stage && !self.chosen[*at] && may(*at);
        let candidates: Vec<usize> = (0..self.drafts.len()).filter(fits).collect();
        let new = candidates.iter().copied().find(|at| self.is_new(*at));
        if self.count(stage) < wanted
            && let Some(at) = new.or(candidates.first().copied().filter(|_| wanted == 1))
        {
            self.choose(at);
        }
    }

    /// Chooses a draft that keeps a principle no chosen step keeps yet.
    fn choose_for(&mut self, principle: MoveSet) {
        if !principle.meets(self.moves)
            && let Some(at) = self
                .drafts
                .iter()
                .position(|draft| draft.act.moves.meets(principle))
        {
            self.choose(at);
        }
    }

    fn choose(&mut self, at: usize) {
        if !self.chosen[at] && self.chosen.iter().filter(|chosen| **chosen).count() < self.most {
            self.chosen[at] = true;
            self.moves = self.moves.union(self.drafts[at].act.moves);
        }
    }

    fn count(&self, stage: Stage) -> usize {
        let of_stage = |(draft, chosen): &(&Draft<'_>, &bool)| **chosen && draft.act.stage == stage;
        self.drafts.iter().zip(&self.chosen).filter(of_stage).count()
    }

    /// Whether the draft makes a move that no chosen step makes yet.
    fn is_new(&self, at: usize) -> bool {
        !self.drafts[at].act.moves.within(self.moves)
    }
}
