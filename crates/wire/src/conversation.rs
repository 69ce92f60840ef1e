//! Conversations over HTTP: what is sent, and what comes back — review, advice, scorecard and appeals.

use domain::{Bilingual, Channel, Language, Scorecard, Speaker, Turn, Vocabulary};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::{
    Review,
    fields::{FieldError, Fields},
    key::{ChannelKey, CourseKey, CustomerLabelKey, Key, RoleKey, SpeakerKey, ThreeChangeKey},
    limits,
    quote::{Quote, quotes_of},
};

/// Why something is advised.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct AdviceReason {
    /// The turn it follows from.
    pub turn: usize,
    /// What was seen there.
    pub seen: String,
    /// The words.
    pub evidence: Vec<Quote>,
}

/// What to do next.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Advice {
    /// The turn it is given after.
    pub after: usize,
    /// The rule that gives it.
    pub rule: String,
    /// What to do now.
    #[serde(rename = "do")]
    pub act: String,
    /// What not to do.
    pub dont: String,
    /// What can be said, filled with the facts of the case.
    pub phrases: Vec<String>,
    /// Why.
    pub because: Vec<AdviceReason>,
    /// A change of person, place or time to propose.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub change: Option<ThreeChangeKey>,
    /// Who must come in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bring_in: Option<RoleKey>,
}

impl Advice {
    /// Advice in one language.
    pub fn of(advice: &domain::Advice, language: Language) -> Self {
        let say = |words: &Bilingual| words.in_language(language).to_owned();
        let reason = |reason: &domain::AdviceReason| AdviceReason {
            turn: reason.turn,
            seen: say(&reason.seen),
            evidence: quotes_of(reason.quote.as_slice()),
        };
        Self {
            after: advice.after,
            rule: advice.rule.clone(),
            act: say(&advice.act),
            dont: say(&advice.dont),
            phrases: advice.phrases.iter().map(say).collect(),
            because: advice.because.iter().map(reason).collect(),
            change: advice.change.map(Key),
            bring_in: advice.bring_in.map(Key),
        }
    }
}

/// Where a deduction shows.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct DeductionProof {
    /// The turn.
    pub turn: usize,
    /// The words; empty for something missing or a length of time.
    pub evidence: Vec<Quote>,
}

/// Points taken off by a rule.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Deduction {
    /// The rule.
    pub rule: String,
    /// What it is called.
    pub name: String,
    /// How many points.
    pub points: f64,
    /// Whether the conversation fails by it.
    pub fatal: bool,
    /// Where it shows.
    pub proofs: Vec<DeductionProof>,
}

/// One of the seven labels of customers.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct LabelShown {
    /// The label.
    pub value: CustomerLabelKey,
    /// The first turn that shows it.
    pub turn: usize,
}

/// The inspection of a conversation.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct InspectionCard {
    /// By which rubric.
    pub rubric: String,
    /// Points left, 0–100.
    pub points: f64,
    /// Whether it passes.
    pub passed: bool,
    /// What was taken off, most first.
    pub deductions: Vec<Deduction>,
    /// Rules that do not apply.
    pub not_applicable: Vec<String>,
    /// The seven labels of customers.
    pub labels: Vec<LabelShown>,
}

impl InspectionCard {
    /// A scorecard in one language.
    pub fn of(card: &Scorecard, language: Language) -> Self {
        let deduction = |deduction: &domain::Deduction| Deduction {
            rule: deduction.rule.clone(),
            name: deduction.name.in_language(language).to_owned(),
            points: f64::from(deduction.points),
            fatal: deduction.fatal,
            proofs: deduction
                .proofs
                .iter()
                .map(|proof| DeductionProof {
                    turn: proof.turn,
                    evidence: quotes_of(proof.quote.as_slice()),
                })
                .collect(),
        };
        let label = |&(value, turn): &(domain::CustomerLabel, usize)| LabelShown {
            value: Key(value),
            turn,
        };
        Self {
            rubric: card.rubric.clone(),
            points: f64::from(card.points),
            passed: card.passed,
            deductions: card.deductions.iter().map(deduction).collect(),
            not_applicable: card.not_applicable.clone(),
            labels: card.labels.iter().map(label).collect(),
        }
    }
}

/// An appeal and what was decided.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct AppealView {
    /// The rule appealed against.
    pub rule: String,
    /// By whom.
    pub by: String,
    /// Why.
    pub reason: String,
    /// When.
    pub at: String,
    /// Whether the deduction stands; not there while it waits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub upheld: Option<bool>,
    /// The answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
}

/// A conversation with all that was heard in it.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ConversationView {
    /// Its id.
    pub id: String,
    /// How often it was written.
    pub version: u32,
    /// The case it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub case: Option<String>,
    /// When it began.
    pub started_at: String,
    /// What was heard; personal data is masked.
    pub review: Review,
    /// What to do next; not there when nothing useful is to be said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub advice: Option<Advice>,
    /// The inspection.
    pub inspection: InspectionCard,
    /// The appeals.
    pub appeals: Vec<AppealView>,
}

/// One row of the list.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ConversationRow {
    /// Its id.
    pub id: String,
    /// The agent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent: Option<String>,
    /// The channel.
    pub channel: ChannelKey,
    /// When it began.
    pub started_at: String,
    /// The number of turns.
    pub turns: usize,
    /// The first words of the customer, masked.
    pub opening: String,
    /// How well an expert would rate the handling, 0–100.
    pub score: f64,
    /// Points of the inspection, 0–100.
    pub points: f64,
    /// Whether it passes.
    pub passed: bool,
    /// The chance of escalation, 0–1.
    pub escalation: f64,
    /// How the feeling ran.
    pub course: CourseKey,
    /// The heights of the feeling.
    pub curve: Vec<f64>,
    /// Appeals that wait.
    pub appeals_open: usize,
}

/// What one agent does well and less well.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct AgentRow {
    /// The agent.
    pub agent: String,
    /// Conversations.
    pub conversations: usize,
    /// The mean of the scores, 0–100.
    pub score: f64,
    /// The mean of the points, 0–100.
    pub points: f64,
    /// The share of conversations in which a strong feeling was brought down; not there when nobody's feeling was strong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recovered: Option<f64>,
    /// Acts shown more often than by the others, as keys.
    pub strengths: Vec<String>,
    /// Rules that took off most, as their names, each with a conversation that shows it.
    pub weaknesses: Vec<AgentWeakness>,
    /// The conversation with the best recovery.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub best_recovery: Option<String>,
}

/// A rule that took off points again and again.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct AgentWeakness {
    /// The rule.
    pub rule: String,
    /// What it is called.
    pub name: String,
    /// In how many conversations.
    pub conversations: usize,
    /// One that shows it.
    pub example: String,
}

/// How often people uphold a rule.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct RuleRow {
    /// The rule.
    pub rule: String,
    /// Deductions judged by people.
    pub judged: usize,
    /// Deductions upheld.
    pub upheld: usize,
    /// Whether the rule should be looked at.
    pub doubtful: bool,
}

/// The conversations on file, and what they say of agents and rules.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ConversationPage {
    /// Newest first.
    pub items: Vec<ConversationRow>,
    /// The agents, those with most to learn first.
    pub agents: Vec<AgentRow>,
    /// Rules that people judged.
    pub rules: Vec<RuleRow>,
    /// Conversations that a person should read again.
    pub check: Vec<String>,
}

/// A conversation as it is sent.
#[derive(Clone, Debug, PartialEq, ToSchema)]
pub struct ConversationRequest {
    /// The name the channel gives it; made when left out. Sent again with the same turns it is answered as it stands.
    pub id: Option<String>,
    /// The channel; chat when left out.
    #[schema(value_type = Option<ChannelKey>)]
    pub channel: Channel,
    /// The agent.
    pub agent: Option<String>,
    /// The case it is about, by id or number: its facts fill the advice, and what the agent promises is entered there.
    pub case: Option<String>,
    /// The turns so far.
    #[schema(value_type = Vec<TurnRequest>, max_items = 5000)]
    pub turns: Vec<Turn>,
}

/// A turn as it is sent.
#[derive(Clone, Debug, PartialEq, ToSchema)]
pub struct TurnRequest {
    /// Who speaks.
    pub role: SpeakerKey,
    /// The words.
    #[schema(max_length = 20000, pattern = "")]
    pub text: String,
    /// When, as RFC 3339.
    #[schema(format = DateTime)]
    pub at: Option<String>,
    /// Who spoke for the organization; the first one named is the conversation's.
    pub agent: Option<String>,
}

/// Turns to be added.
#[derive(Clone, Debug, PartialEq, ToSchema)]
pub struct TurnsRequest {
    /// The turns.
    #[schema(value_type = Vec<TurnRequest>, max_items = 5000)]
    pub turns: Vec<Turn>,
    /// How many turns there were; a repetition of what was sent already changes nothing.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub after: Option<u64>,
}

/// An appeal as it is sent.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct AppealRequest {
    /// The rule.
    pub rule: String,
    /// Why.
    pub reason: String,
}

/// A decision as it is sent.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct DecisionRequest {
    /// The rule.
    pub rule: String,
    /// Whether the deduction stands.
    pub upheld: bool,
    /// The answer.
    pub reason: String,
}

/// A turn and the agent it names.
type NamedTurn = (Turn, Option<String>);

fn turn(fields: &mut Fields<'_>) -> Option<NamedTurn> {
    let word = fields.short("role");
    let text = fields.raw_text("text", limits::TURN_CHARS);
    let at = fields.optional_time("at");
    let agent = fields.optional_short("agent");
    let speaker = Speaker::from_word(&word);
    if speaker.is_none() && !word.is_empty() {
        let allowed = crate::key::allowed_keys::<Speaker>();
        fields.refuse(
            "role",
            format!("不是说话人；可用：{allowed}"),
            format!("is no speaker; allowed: {allowed}"),
        );
    }
    let mut turn = Turn::new(speaker?, text);
    turn.at = at;
    Some((turn, agent))
}

/// The turns and the first agent they name.
fn turns(fields: &mut Fields<'_>) -> (Vec<Turn>, Option<String>) {
    fields.require("turns");
    let named = fields.many_objects("turns", limits::TURNS_PER_REQUEST, turn);
    let agent = named.iter().find_map(|(_, agent)| agent.clone());
    (named.into_iter().map(|(turn, _)| turn).collect(), agent)
}

impl ConversationRequest {
    /// The request of a body, or every field error.
    pub fn parse(body: &Value) -> Result<Self, Vec<FieldError>> {
        let mut fields = Fields::of(body);
        let id = fields.optional_short("id");
        let channel = fields.optional_key("channel").unwrap_or(Channel::Chat);
        let agent = fields.optional_short("agent");
        let case = fields.optional_short("case");
        let (turns, named) = turns(&mut fields);
        let agent = agent.or(named);
        fields.finish(Some(Self {
            id,
            channel,
            agent,
            case,
            turns,
        }))
    }
}

impl TurnsRequest {
    /// The request of a body, or every field error.
    pub fn parse(body: &Value) -> Result<Self, Vec<FieldError>> {
        let mut fields = Fields::of(body);
        let (turns, _) = turns(&mut fields);
        let after = fields.optional_number("after", 0, 1_000_000);
        fields.finish(Some(Self { turns, after }))
    }
}

impl AppealRequest {
    /// The request of a body, or every field error.
    pub fn parse(body: &Value) -> Result<Self, Vec<FieldError>> {
        let mut fields = Fields::of(body);
        let (rule, reason) = (fields.short("rule"), fields.short("reason"));
        fields.finish(Some(Self { rule, reason }))
    }
}

impl DecisionRequest {
    /// The request of a body, or every field error.
    pub fn parse(body: &Value) -> Result<Self, Vec<FieldError>> {
        let mut fields = Fields::of(body);
        let (rule, reason) = (fields.short("rule"), fields.short("reason"));
        let upheld = fields.flag("upheld");
        fields.finish(Some(Self { rule, upheld, reason }))
    }
}
