//! What was heard in a conversation as JSON, the same for the command line and HTTP.

use domain::{Conversation, TurnReading};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    analysis::probability,
    key::{
        AgentActKey, AgentFaultKey, ChannelKey, CourseKey, EmotionStageKey, Key, MotiveKey, PsychologyKey,
        SixCKey, SpeakerKey, StageKey, TalkDoubtKey, TalkSignalKey, TurningKindKey,
    },
    quote::{Quote, quotes_of},
};

macro_rules! heard {
    ($($name:ident: $value:ty, $vocabulary:ty, $doc:literal);* $(;)?) => { $(
        #[doc = $doc]
        #[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
        pub struct $name {
            /// The value.
            pub value: $value,
            /// The calibrated probability, 0–1.
            pub p: f64,
            /// The words that carry it; empty where it follows from the turns around.
            pub evidence: Vec<Quote>,
        }

        impl From<&domain::Heard<$vocabulary>> for $name {
            fn from(heard: &domain::Heard<$vocabulary>) -> Self {
                Self {
                    value: Key(heard.value),
                    p: probability(heard.p),
                    evidence: quotes_of(heard.quote.as_slice()),
                }
            }
        }
    )* };
}
heard!(
    HeardAct: AgentActKey, domain::AgentAct, "Something an agent does (B2).";
    HeardFault: AgentFaultKey, domain::AgentFault, "Something an agent does wrong (B3).";
    HeardSignal: TalkSignalKey, domain::TalkSignal, "A signal in a customer's words (B1).";
);

/// A value with its probability.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct LikelyPsychology {
    /// What the customer is after.
    pub value: PsychologyKey,
    /// The probability, 0–1.
    pub p: f64,
}

/// A demand with its probability.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Demand {
    /// What is asked for.
    pub value: MotiveKey,
    /// The probability, 0–1.
    pub p: f64,
}

/// The feeling after a customer's turn.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct TurnEmotion {
    /// The stage.
    pub stage: EmotionStageKey,
    /// Its probability, 0–1.
    pub p: f64,
    /// The intensity, 0–3.
    pub intensity: u8,
    /// Its probability, 0–1.
    pub intensity_p: f64,
    /// The height of the feeling, 0–3: the mean intensity under the probabilities.
    pub height: f64,
    /// The words that carry it.
    pub evidence: Vec<Quote>,
}

/// How a turn lies in time.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct TurnPace {
    /// Milliseconds of silence before it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub silence_ms: Option<i64>,
    /// Milliseconds over which both spoke.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overlap_ms: Option<i64>,
    /// Characters a minute.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chars_per_minute: Option<f64>,
}

/// One turn: `emotion` and what follows for a customer's, `acts`, `faults` and `stage` for an agent's, neither for a
/// machine's.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct TurnReview {
    /// The place, from 0.
    pub index: usize,
    /// Who speaks.
    pub role: SpeakerKey,
    /// The probability of that, 0–1; 1 when the record says so.
    pub role_p: f64,
    /// The words.
    pub text: String,
    /// When, as RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// The feeling after it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emotion: Option<TurnEmotion>,
    /// What the customer is after, as far as it has shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub psychology: Option<LikelyPsychology>,
    /// What is asked for, as far as it has shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub demands: Option<Vec<Demand>>,
    /// Signals of its words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signals: Option<Vec<HeardSignal>>,
    /// What the agent does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub acts: Option<Vec<HeardAct>>,
    /// What the agent does wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub faults: Option<Vec<HeardFault>>,
    /// The step of the flow.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stage: Option<StageKey>,
    /// The probability of the step, 0–1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stage_p: Option<f64>,
    /// The six Cs it serves.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub six_c: Option<Vec<SixCKey>>,
    /// The probability, after it, that the contact escalates or has, 0–1.
    pub escalation: f64,
    /// How it lies in time.
    pub pace: TurnPace,
}

/// A point of the curve.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct CurvePoint {
    /// The customer's turn.
    pub turn: usize,
    /// The height of the feeling, 0–3.
    pub height: f64,
}

/// The path of the feeling.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Trajectory {
    /// Its points.
    pub curve: Vec<CurvePoint>,
    /// The change of height per customer's turn.
    pub slope: f64,
    /// How the whole ran.
    pub course: CourseKey,
}

/// Where the feeling turned.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct TurningPoint {
    /// The customer's turn after which it is different.
    pub turn: usize,
    /// Better or worse.
    pub kind: TurningKindKey,
    /// The change of height, above 0 for worse.
    pub change: f64,
    /// The agent's turn before it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<usize>,
    /// What the agent did there.
    pub acts: Vec<AgentActKey>,
    /// What the agent did wrong there.
    pub faults: Vec<AgentFaultKey>,
}

/// How well one of the six Cs was served.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct SixCScore {
    /// Which.
    pub value: SixCKey,
    /// How well, 0–1.
    pub score: f64,
}

/// A promise the agent gave.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct PromiseGiven {
    /// The agent's turn.
    pub turn: usize,
    /// The words.
    pub quote: Quote,
    /// Until when, in words.
    pub until: String,
    /// The last day on which it is kept, as `2026-11-22`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
}

/// A conversation as heard.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Review {
    /// Its name.
    pub id: String,
    /// Engine and models.
    pub engine: String,
    /// The channel.
    pub channel: ChannelKey,
    /// The agent, when the record tells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent: Option<String>,
    /// The turns.
    pub turns: Vec<TurnReview>,
    /// The path of the feeling.
    pub trajectory: Trajectory,
    /// Where it turned.
    pub turning_points: Vec<TurningPoint>,
    /// The probability that the contact escalates or has, 0–1.
    pub escalation: f64,
    /// The first turn in which the customer escalates by words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub escalated_at: Option<usize>,
    /// What the customer is after.
    pub psychology: LikelyPsychology,
    /// What is asked for.
    pub demands: Vec<Demand>,
    /// How well an expert would rate the handling, 0–100.
    pub score: f64,
    /// The six Cs.
    pub six_c: Vec<SixCScore>,
    /// Promises the agent gave.
    pub promises: Vec<PromiseGiven>,
    /// Why the reading is less sure than it could be.
    pub doubts: Vec<TalkDoubtKey>,
}

impl Review {
    /// A review beside the conversation it is of.
    pub fn of(review: &domain::Review, conversation: &Conversation) -> Self {
        let pairs = conversation.turns.iter().zip(&review.turns).enumerate();
        Self {
            id: conversation.id.clone(),
            engine: review.engine.clone(),
            channel: Key(conversation.channel),
            agent: conversation.agent.clone(),
            turns: pairs
                .map(|(index, (turn, heard))| turn_of(index, turn, heard))
                .collect(),
            trajectory: Trajectory {
                curve: review
                    .trajectory
                    .curve
                    .iter()
                    .map(|&(turn, height)| CurvePoint {
                        turn,
                        height: probability(height),
                    })
                    .collect(),
                slope: probability(review.trajectory.slope),
                course: Key(review.trajectory.course),
            },
            turning_points: review
                .trajectory
                .turning_points
                .iter()
                .map(turning_point_of)
                .collect(),
            escalation: probability(review.escalation),
            escalated_at: review.escalated_at,
            psychology: psychology_of(review.psychology),
            demands: demands_of(&review.demands),
            score: (f64::from(review.score) * 10.0).round() / 10.0,
            six_c: review
                .six_c
                .iter()
                .map(|score| SixCScore {
                    value: Key(score.value),
                    score: probability(score.score),
                })
                .collect(),
            promises: review.promises.iter().map(promise_of).collect(),
            doubts: review.doubts.iter().copied().map(Key).collect(),
        }
    }
}

fn psychology_of((value, p): (domain::Psychology, f32)) -> LikelyPsychology {
    LikelyPsychology {
        value: Key(value),
        p: probability(p),
    }
}

fn demands_of(demands: &[(domain::Motive, f32)]) -> Vec<Demand> {
    let demand = |&(value, p): &(domain::Motive, f32)| Demand {
        value: Key(value),
        p: probability(p),
    };
    demands.iter().map(demand).collect()
}

fn turning_point_of(point: &domain::TurningPoint) -> TurningPoint {
    TurningPoint {
        turn: point.turn,
        kind: Key(point.kind),
        change: probability(point.change),
        after: point.after,
        acts: crate::key::keys_of(&point.acts),
        faults: crate::key::keys_of(&point.faults),
    }
}

fn promise_of(promise: &domain::PromiseGiven) -> PromiseGiven {
    PromiseGiven {
        turn: promise.turn,
        quote: Quote::from(&promise.quote),
        until: promise.until.clone(),
        due: promise
            .due
            .map(|day| format!("{:04}-{:02}-{:02}", day.year(), day.month(), day.day())),
    }
}

fn turn_of(index: usize, turn: &domain::Turn, heard: &domain::TurnReview) -> TurnReview {
    let mut review = TurnReview {
        index,
        role: Key(turn.speaker),
        role_p: probability(turn.speaker_p),
        text: turn.text.clone(),
        at: turn.at.map(crate::time::rfc3339),
        emotion: None,
        psychology: None,
        demands: None,
        signals: None,
        acts: None,
        faults: None,
        stage: None,
        stage_p: None,
        six_c: None,
        escalation: probability(heard.escalation),
        pace: TurnPace {
            silence_ms: heard.pace.silence_ms,
            overlap_ms: heard.pace.overlap_ms,
            chars_per_minute: heard.pace.speed.map(|speed| f64::from(speed).round()),
        },
    };
    match &heard.reading {
        TurnReading::Customer(customer) => {
            review.emotion = Some(emotion_of(customer));
            review.psychology = Some(psychology_of(customer.psychology));
            review.demands = Some(demands_of(&customer.demands));
            review.signals = Some(customer.signals.iter().map(HeardSignal::from).collect());
        }
        TurnReading::Agent(agent) => {
            review.acts = Some(agent.acts.iter().map(HeardAct::from).collect());
            review.faults = Some(agent.faults.iter().map(HeardFault::from).collect());
            review.stage = Some(Key(agent.stage.value));
            review.stage_p = Some(probability(agent.stage.p));
            review.six_c = Some(crate::key::keys_of(&agent.six_c));
        }
        TurnReading::Other => {}
    }
    review
}

fn emotion_of(customer: &domain::CustomerTurn) -> TurnEmotion {
    TurnEmotion {
        stage: Key(customer.stage.value),
        p: probability(customer.stage.p),
        intensity: customer.intensity.value as u8,
        intensity_p: probability(customer.intensity.p),
        height: probability(customer.strength),
        evidence: quotes_of(customer.stage.quote.as_slice()),
    }
}
