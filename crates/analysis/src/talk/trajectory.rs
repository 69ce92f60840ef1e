//! The path of the feeling: its curve, slope, turning points with what the agent did before, and how it ran.

use domain::{AgentAct, AgentFault, Course, EmotionStage, Trajectory, TurnReview, TurningKind, TurningPoint};

/// A change of height this large turns the path.
const TURNS: f32 = 0.7;
/// Below this height a feeling is not strong.
const MILD: f32 = 1.0;
/// A feeling that rose to this height can be recovered from.
const HIGH: f32 = 1.3;

/// The path over the customer's turns.
pub(crate) fn trajectory(turns: &[TurnReview]) -> Trajectory {
    let curve: Vec<(usize, f32)> = turns
        .iter()
        .enumerate()
        .filter_map(|(place, turn)| Some((place, turn.customer()?.strength)))
        .collect();
    let last = turns
        .iter()
        .rev()
        .find_map(|turn| Some(turn.customer()?.stage.value));
    Trajectory {
        slope: slope(&curve),
        turning_points: curve
            .windows(2)
            .filter_map(|pair| turning_point(turns, pair[0], pair[1]))
            .collect(),
        course: course(&curve, last),
        curve,
    }
}

/// The change per customer turn, by least squares.
fn slope(curve: &[(usize, f32)]) -> f32 {
    let count = curve.len() as f32;
    let middle = (count - 1.0) / 2.0;
    let mean = curve.iter().map(|(_, height)| height).sum::<f32>() / count.max(1.0);
    let (mut product, mut spread) = (0.0, 0.0);
    for (index, (_, height)) in curve.iter().enumerate() {
        let off = index as f32 - middle;
        product += off * (height - mean);
        spread += off * off;
    }
    if spread > 0.0 { product / spread } else { 0.0 }
}

fn turning_point(turns: &[TurnReview], before: (usize, f32), now: (usize, f32)) -> Option<TurningPoint> {
    let change = now.1 - before.1;
    if change.abs() < TURNS {
        return None;
    }
    let between = (before.0 + 1..now.0)
        .rev()
        .find(|&place| turns[place].agent().is_some());
    let agent = between.and_then(|place| turns[place].agent());
    let acts: Vec<AgentAct> =
        agent.map_or(Vec::new(), |turn| turn.acts.iter().map(|act| act.value).collect());
    let faults: Vec<AgentFault> = agent.map_or(Vec::new(), |turn| {
        turn.faults.iter().map(|fault| fault.value).collect()
    });
    Some(TurningPoint {
        turn: now.0,
        kind: if change > 0.0 {
            TurningKind::Worse
        } else {
            TurningKind::Better
        },
        change,
        after: between,
        acts,
        faults,
    })
}

fn course(curve: &[(usize, f32)], last: Option<EmotionStage>) -> Course {
    let heights = || curve.iter().map(|(_, height)| *height);
    let top = heights().fold(0.0, f32::max);
    let (first, end) = (
        heights().next().unwrap_or(0.0),
        heights().next_back().unwrap_or(0.0),
    );
    let lost = last == Some(EmotionStage::Despair);
    if top < MILD && !lost {
        Course::Calm
    } else if end < 0.8 && !lost {
        if top >= HIGH {
            Course::Recovered
        } else {
            Course::Eased
        }
    } else if lost || (end >= first + 0.5 && end >= 1.5) {
        Course::Collapsed
    } else if end <= top - 0.6 {
        Course::Eased
    } else {
        Course::Level
    }
}
