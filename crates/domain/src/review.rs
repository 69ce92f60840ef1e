//! What was heard in a conversation: every turn's reading, the path of the feeling, and how it was handled.

use crate::{
    AgentAct, AgentFault, Date, EmotionStage, Intensity, Motive, Psychology, Quote, SixC, Stage, TalkDoubt,
    TalkSignal, Timestamp, TurningKind,
};

/// A value heard in a turn.
#[derive(Clone, Debug, PartialEq)]
pub struct Heard<V> {
    /// The value.
    pub value: V,
    /// Its calibrated probability, 0–1.
    pub p: f32,
    /// The words that carry it; none where it follows from the turns around.
    pub quote: Option<Quote>,
}

/// What a customer's turn shows.
#[derive(Clone, Debug, PartialEq)]
pub struct CustomerTurn {
    /// The stage of the feeling after this turn.
    pub stage: Heard<EmotionStage>,
    /// The probability of each stage in vocabulary order; sums to 1.
    pub stages: [f32; 4],
    /// The strength of the feeling.
    pub intensity: Heard<Intensity>,
    /// The mean strength under the probabilities, 0–3.
    pub strength: f32,
    /// What the customer is after, as far as it has shown up to here.
    pub psychology: (Psychology, f32),
    /// What is asked for, as far as it has shown up to here.
    pub demands: Vec<(Motive, f32)>,
    /// Signals that words of this turn give.
    pub signals: Vec<Heard<TalkSignal>>,
}

/// What an agent's turn shows.
#[derive(Clone, Debug, PartialEq)]
pub struct AgentTurn {
    /// What the agent does, by probability.
    pub acts: Vec<Heard<AgentAct>>,
    /// What the agent does wrong, by probability.
    pub faults: Vec<Heard<AgentFault>>,
    /// Where the turn stands in the five-step flow.
    pub stage: Heard<Stage>,
    /// Which of the six Cs the turn serves.
    pub six_c: Vec<SixC>,
}

impl AgentTurn {
    /// Whether the agent does this.
    pub fn does(&self, act: AgentAct) -> bool {
        self.acts.iter().any(|heard| heard.value == act)
    }

    /// Whether the agent does this wrong.
    pub fn errs(&self, fault: AgentFault) -> bool {
        self.faults.iter().any(|heard| heard.value == fault)
    }
}

/// Who spoke decides what is read.
#[derive(Clone, Debug, PartialEq)]
pub enum TurnReading {
    /// A customer's turn.
    Customer(CustomerTurn),
    /// An agent's turn.
    Agent(AgentTurn),
    /// A machine's line, or nobody's.
    Other,
}

/// How the turn lies in time; nothing where the record has no times.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Pace {
    /// Milliseconds of silence before the turn.
    pub silence_ms: Option<i64>,
    /// Milliseconds during which the turn before went on.
    pub overlap_ms: Option<i64>,
    /// Characters a minute.
    pub speed: Option<f32>,
}

/// One turn as heard.
#[derive(Clone, Debug, PartialEq)]
pub struct TurnReview {
    /// What it shows.
    pub reading: TurnReading,
    /// The probability, after this turn, that the contact escalates or has done so, 0–1.
    pub escalation: f32,
    /// How it lies in time.
    pub pace: Pace,
}

impl TurnReview {
    /// The customer's side of it.
    pub fn customer(&self) -> Option<&CustomerTurn> {
        match &self.reading {
            TurnReading::Customer(turn) => Some(turn),
            _ => None,
        }
    }

    /// The agent's side of it.
    pub fn agent(&self) -> Option<&AgentTurn> {
        match &self.reading {
            TurnReading::Agent(turn) => Some(turn),
            _ => None,
        }
    }
}

/// A point at which the feeling turned.
#[derive(Clone, Debug, PartialEq)]
pub struct TurningPoint {
    /// The customer's turn after which it is different, from 0.
    pub turn: usize,
    /// Better or worse.
    pub kind: TurningKind,
    /// By how much the feeling's height changed, −3 to 3; above 0 is worse.
    pub change: f32,
    /// The agent's turn before it, from 0.
    pub after: Option<usize>,
    /// What the agent did there.
    pub acts: Vec<AgentAct>,
    /// What the agent did wrong there.
    pub faults: Vec<AgentFault>,
}

/// The path of the feeling (B1).
#[derive(Clone, Debug, PartialEq)]
pub struct Trajectory {
    /// The customer's turns, from 0, and the feeling's height after each, 0 (calm) to 3 (extreme).
    pub curve: Vec<(usize, f32)>,
    /// The change of height per customer turn, by least squares.
    pub slope: f32,
    /// Where it turned.
    pub turning_points: Vec<TurningPoint>,
    /// How the whole ran.
    pub course: crate::Course,
}

/// A promise that the agent gave.
#[derive(Clone, Debug, PartialEq)]
pub struct PromiseGiven {
    /// The agent's turn, from 0.
    pub turn: usize,
    /// The words.
    pub quote: Quote,
    /// Until when, in words.
    pub until: String,
    /// The last day on which it is kept, when words and times tell it.
    pub due: Option<Date>,
    /// The moment that the words name.
    pub at: Option<Timestamp>,
    /// How long it may take from the turn on, as ISO 8601, when the words name a span of time.
    pub within: Option<String>,
    /// Whether that span counts working days.
    pub working: bool,
}

/// How well one of the six Cs was served.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SixCScore {
    /// Which one.
    pub value: SixC,
    /// How well, 0–1.
    pub score: f32,
}

/// Everything heard in one conversation.
#[derive(Clone, Debug, PartialEq)]
pub struct Review {
    /// Engine and model.
    pub engine: String,
    /// The turns, in order.
    pub turns: Vec<TurnReview>,
    /// The path of the feeling.
    pub trajectory: Trajectory,
    /// The probability that the contact escalates or has done so, 0–1.
    pub escalation: f32,
    /// The first turn in which the customer escalates by words, from 0.
    pub escalated_at: Option<usize>,
    /// What the customer is after.
    pub psychology: (Psychology, f32),
    /// What is asked for, by probability.
    pub demands: Vec<(Motive, f32)>,
    /// How well an expert would rate the handling, 0–100.
    pub score: f32,
    /// The six Cs.
    pub six_c: Vec<SixCScore>,
    /// Promises the agent gave.
    pub promises: Vec<PromiseGiven>,
    /// Why the reading is less sure than it could be.
    pub doubts: Vec<TalkDoubt>,
}
