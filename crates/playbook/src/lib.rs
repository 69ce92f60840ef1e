//! 对策: findings into a handling plan — guidance, phrases, conflicts, redress, and the check of messages.

mod acknowledge;
mod change;
mod claim;
mod clause;
mod coach;
mod compose;
mod conflict;
mod contradict;
mod error;
mod escalation;
mod facts;
mod guarantee;
mod guidance;
mod load;
mod message;
mod moves;
mod outgoing;
mod personal;
mod principle;
mod reading;
mod redress;
mod scan;
mod schema;
mod sources;
mod steps;
mod summary;
mod template;
mod wording;

use domain::{
    Advice, Analysis, Bilingual, Conversation, Entity, Money, Plan, PlanReason, PlanStep, PublicReply,
    Review, Role, Situation, Stage,
};

pub use error::PlaybookError;
pub use guarantee::Retention;
pub use message::{Heard, MessageFinding, MessageSeverity};
pub use moves::MOVES;
pub use principle::{PrincipleCheck, PrincipleGroup};
pub use sources::{FILES, Source};

use crate::compose::Composition;
use crate::template::Facts;

/// Everything the business wrote about handling complaints, checked and ready to plan with.
#[derive(Clone, Debug)]
pub struct Playbook {
    guidance: guidance::Guidance,
    topics: Vec<guidance::Topic>,
    general: Vec<guidance::Saying>,
    conflicts: conflict::Conflicts,
    changes: Vec<change::Change>,
    coach: Vec<coach::CoachRule>,
    principles: Vec<principle::Principle>,
    guarantee: guarantee::Guarantee,
    messages: message::MessageRules,
    acknowledgement: acknowledge::Acknowledgement,
    wording: wording::Wording,
    version: String,
}

impl Playbook {
    /// The playbook that comes with the product.
    pub fn load_default() -> Self {
        Self::from_toml(&[]).expect("a test reads the embedded data")
    }

    /// The playbook with some files replaced by an organization's own; the embedded ones fill the rest.
    ///
    /// # Errors
    /// Names file, place and remedy of the first mistake, and a file that the playbook does not know.
    pub fn from_toml(own: &[Source<'_>]) -> Result<Self, PlaybookError> {
        let files = sources::Sources::of(own)?;
        let wording = wording::Wording::load(files.text("wording.toml")?)?;
        // One ledger for all guidance, so that no text stands twice anywhere.
        let mut texts = load::Texts::default();
        let guidance = load::load_guidance(|file| files.text(file), &mut texts)?;
        let topics = load::load_topics(files.text("topics.toml")?, &mut texts)?;
        let conflicts = conflict::Conflicts::load(files.text("conflicts.toml")?)?;
        conflicts.check(
            guidance
                .acts()
                .chain(topics.iter().flat_map(|topic| &topic.entry.dos)),
        )?;
        Ok(Self {
            guidance,
            topics,
            conflicts,
            general: load::load_general(files.text("phrases.toml")?, &mut texts)?,
            changes: change::load_changes(files.text("changes.toml")?)?,
            coach: coach::load_coach(files.text("coach.toml")?)?,
            principles: principle::load_principles(files.text("principles.toml")?)?,
            guarantee: guarantee::Guarantee::load(files.text("guarantee.toml")?)?,
            messages: message::MessageRules::load(files.text("taboo.toml")?)?,
            acknowledgement: acknowledge::Acknowledgement::load(files.text("acknowledgement.toml")?)?,
            version: format!("{}-{:08x}", wording.version, files.fingerprint()),
            wording,
        })
    }

    /// Which playbook this is: the release and a fingerprint of its files, such as `2026.11-0a1b2c3d`.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// What a role may grant alone.
    pub fn authority(&self, role: Role) -> Money {
        self.guarantee.authority(role)
    }

    /// The sum below which nobody haggles, and the one above which facts and history are checked first.
    pub fn doubt_sums(&self) -> [Money; 2] {
        [self.guarantee.no_haggling_below, self.guarantee.investigate_above]
    }

    /// What is assumed about customers who stay, to weigh a remedy's cost.
    pub fn retention(&self) -> Retention {
        self.guarantee.retention
    }

    /// What messages to a customer say, as far as words tell: excuses, quarrels, feelings, steps, times.
    pub fn listen(&self, messages: &[String]) -> Heard {
        self.messages.listen(messages)
    }

    /// The handling plan for what was read, in this situation.
    pub fn plan(&self, analysis: &Analysis, situation: &Situation) -> Plan {
        let facts = facts::gather_facts(&self.wording, analysis, situation);
        let applied = reading::collect_guidance(&self.guidance, &self.topics, analysis, situation);
        let claim = redress::Claim::of(analysis, situation);
        Plan {
            summary: summary::summarize(&self.wording, analysis),
            steps: self.steps(&applied, &facts, analysis, situation),
            redress: redress::propose_redress(&self.guarantee, &claim),
            escalate: escalation::find_escalation(&applied, situation, analysis.emotion.intensity),
            public: self.public_reply(analysis, situation, &facts),
            facts: personal::facts_used(&self.guarantee, analysis, situation),
            acknowledgement: self.acknowledgement.write(analysis, &facts),
            playbook_version: self.version.clone(),
        }
    }

    fn public_reply(&self, analysis: &Analysis, situation: &Situation, facts: &Facts) -> Option<PublicReply> {
        let private = facts::gather_facts_for(&self.wording, analysis, situation, true);
        self.acknowledgement.write_public(analysis, facts, &private)
    }

    fn steps(
        &self,
        applied: &[reading::Applied<'_>],
        facts: &Facts,
        analysis: &Analysis,
        situation: &Situation,
    ) -> Vec<PlanStep> {
        let composition = Composition::of(applied, &self.conflicts);
        let change = change::find_change(&self.changes, situation, |moves| composition.allows(moves));
        let principles: Vec<_> = self.principles.iter().map(|principle| principle.moves).collect();
        let said_back =
            |reason: &PlanReason| facts::said_back(&self.wording, analysis, reason.quote.as_slice());
        let chosen = composition.into_steps(applied, &principles, usize::from(change.is_some()));
        let mut steps = steps::Writer::write(applied, chosen, &self.general, facts, &said_back);
        if let Some(change) = change {
            // The feeling is met first; only then is a change offered.
            let place = steps.len().min(1);
            steps.insert(place, change::write_change(change, facts, &analysis.emotion));
        }
        speak_with_one_voice(&mut steps, situation);
        steps
    }

    /// What to do after the newest turn of a conversation that runs (B5); nothing when there is nothing useful to say.
    /// `analysis` is of the customer's words so far.
    pub fn advise(
        &self,
        conversation: &Conversation,
        review: &Review,
        analysis: &Analysis,
        situation: &Situation,
    ) -> Option<Advice> {
        let facts = facts::gather_facts(&self.wording, analysis, situation);
        let talk = (conversation, review);
        coach::advise(&self.coach, &self.wording, talk, analysis, &facts, situation)
    }

    /// What the coach could say, by rule: its name, what it asks the agent to do, and a text that differs when anything
    /// else of the rule does.
    pub fn coach_rules(&self) -> impl Iterator<Item = (&str, &Bilingual, String)> {
        self.coach.iter().map(coach::CoachRule::told)
    }

    /// The first answer to the customer (B6); it names matter, feeling, next step and time, never an outcome.
    pub fn acknowledgement(&self, analysis: &Analysis, situation: &Situation) -> Bilingual {
        let facts = facts::gather_facts(&self.wording, analysis, situation);
        self.acknowledgement.write(analysis, &facts)
    }

    /// How a plan stands to the recovery (C3) and handling (C4) principles.
    pub fn check_principles(&self, plan: &Plan) -> Vec<PrincipleCheck> {
        principle::check_principles(&self.principles, plan)
    }

    /// What should be changed in a message before it goes to the customer (C9), heaviest first.
    pub fn check_message(&self, message: &str, situation: &Situation) -> Vec<MessageFinding> {
        self.check_outgoing(message, situation, &[])
    }

    /// As [`Playbook::check_message`], with the particulars that a reader of texts found in the message: sums in
    /// words and in foreign money, and personal data of every kind.
    pub fn check_outgoing(
        &self,
        message: &str,
        situation: &Situation,
        particulars: &[Entity],
    ) -> Vec<MessageFinding> {
        let outgoing = outgoing::Outgoing::of(message, situation, particulars);
        self.messages
            .check(&outgoing, self.authority(situation.actor_role))
    }
}

/// An approved statement is the first thing to say where a proposal is made, so that everybody hears the same.
fn speak_with_one_voice(steps: &mut [PlanStep], situation: &Situation) {
    let proposal = steps.iter_mut().find(|step| step.stage == Stage::Propose);
    if let (Some(step), Some(statement)) = (proposal, &situation.approved_statement) {
        step.phrases.insert(0, statement.clone());
        step.phrases.truncate(steps::MOST_PHRASES);
    }
}
