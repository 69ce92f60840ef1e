//! Quality inspection (E1): rules as data, and what they deduct.

use crate::{
    AgentAct, AgentFault, Bilingual, Course, CustomerLabel, EmotionStage, Psychology, Quote, Speaker,
    TalkSignal,
};

/// Which turns a condition looks at.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Range {
    /// Turns of this speaker alone.
    pub role: Option<Speaker>,
    /// From this turn of the speaker, counted from 1; below 0 from the end.
    pub from: Option<i32>,
    /// To this turn, likewise, included.
    pub to: Option<i32>,
}

/// How many of some words must stand in a turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Every one.
    All,
    /// At least so many.
    Any(u32),
    /// None.
    None,
}

/// What a condition asks of turns.
#[derive(Clone, Debug, PartialEq)]
pub enum Operator {
    /// Words stand in one turn; with [`Mode::None`], in no turn.
    Keywords(Vec<String>, Mode),
    /// A regular expression matches.
    Regex(String),
    /// The first regular expression matches a turn and the second does not match it.
    RegexBut(String, String),
    /// A turn is as like a phrase as this, 0–1, by shared pairs of letters.
    Similar(Vec<String>, f32),
    /// The same is said again: as like an earlier turn as this, at least so many times.
    Repeats(f32, u32),
    /// Silence before the turn, in milliseconds, at least.
    Silence(i64),
    /// Both speak, in milliseconds, at least.
    Overlap(i64),
    /// Characters a minute, above.
    Faster(f32),
    /// Characters a minute, below.
    Slower(f32),
    /// At least so many turns.
    Turns(u32),
    /// The agent does this, in at least so many turns.
    Act(AgentAct, u32),
    /// The agent does this wrong.
    Fault(AgentFault),
    /// The customer's feeling reaches this stage and height (0–3).
    Feeling(EmotionStage, f32),
    /// The customer's words give this signal.
    Signal(TalkSignal),
    /// The feeling ran so.
    Ran(Course),
    /// What the customer is after.
    After(Psychology),
}

/// A named question about a conversation.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// Its name in expressions.
    pub id: String,
    /// Which turns.
    pub range: Range,
    /// What is asked.
    pub operator: Operator,
}

/// Conditions joined by and, or, not.
#[derive(Clone, Debug, PartialEq)]
pub enum Expression {
    /// A condition, by name.
    Is(String),
    /// Not.
    Not(Box<Expression>),
    /// All of them.
    And(Vec<Expression>),
    /// Any of them.
    Or(Vec<Expression>),
}

/// One rule of a rubric.
#[derive(Clone, Debug, PartialEq)]
pub struct QualityRule {
    /// Its name; stable.
    pub id: String,
    /// What it is called.
    pub name: Bilingual,
    /// Points deducted when it holds, 0–100; below 0 a rule adds points.
    pub weight: f32,
    /// Whether the conversation fails as a whole.
    pub fatal: bool,
    /// Whether every turn that shows it counts, up to `most` points.
    pub each: bool,
    /// Most points deducted by the rule.
    pub most: f32,
    /// Its conditions.
    pub conditions: Vec<Condition>,
    /// When the rule is asked at all.
    pub applies_when: Option<Expression>,
    /// When it deducts.
    pub when: Expression,
}

/// The rules of inspection, with their version.
#[derive(Clone, Debug, PartialEq)]
pub struct Rubric {
    /// Which rubric this is.
    pub version: String,
    /// Fewer points than this fail.
    pub pass_mark: f32,
    /// The rules.
    pub rules: Vec<QualityRule>,
}

/// Words that a deduction rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeductionProof {
    /// The turn, from 0.
    pub turn: usize,
    /// The words; nothing where it is something missing or a length of time.
    pub quote: Option<Quote>,
}

/// Points taken off.
#[derive(Clone, Debug, PartialEq)]
pub struct Deduction {
    /// By which rule.
    pub rule: String,
    /// What the rule is called.
    pub name: Bilingual,
    /// How many points.
    pub points: f32,
    /// Whether the conversation fails by it.
    pub fatal: bool,
    /// Where it shows; never empty.
    pub proofs: Vec<DeductionProof>,
}

/// The inspection of one conversation.
#[derive(Clone, Debug, PartialEq)]
pub struct Scorecard {
    /// By which rubric.
    pub rubric: String,
    /// Points left, 0–100.
    pub points: f32,
    /// Whether it passes: no fatal rule, and points enough.
    pub passed: bool,
    /// What was taken off, most first.
    pub deductions: Vec<Deduction>,
    /// Rules that were not asked, because they do not apply.
    pub not_applicable: Vec<String>,
    /// The seven labels of customers that inspection products use, each with the turn that shows it.
    pub labels: Vec<(CustomerLabel, usize)>,
}
