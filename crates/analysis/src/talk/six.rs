//! The six Cs of handling a complaint, from acts and faults.

use domain::{
    AgentAct, AgentFault, AgentTurn, Course, Psychology, SixC, SixCScore, Stage, TurnReview, Vocabulary as _,
};

/// From this height a feeling wants an answer of its own.
const STRONG: f32 = 1.3;

/// Faults of speaking.
const OF_SPEECH: [AgentFault; 7] = [
    AgentFault::Argue,
    AgentFault::Provoke,
    AgentFault::Cold,
    AgentFault::Interrupt,
    AgentFault::Defend,
    AgentFault::SelfPraise,
    AgentFault::Inconsistent,
];

/// Which of the six Cs an agent's turn serves.
pub(crate) fn served(acts: &[AgentAct], stage: Stage) -> Vec<SixC> {
    let serves = |value: SixC| match value {
        SixC::Control => has(acts, &[AgentAct::Empathize, AgentAct::Apologize]),
        SixC::Collect => has(acts, &[AgentAct::Ask]),
        SixC::Classify => stage == Stage::Intent && has(acts, &[AgentAct::Ask, AgentAct::Listen]),
        SixC::Communicate => has(acts, &[AgentAct::Greet, AgentAct::Explain, AgentAct::Thank]),
        SixC::Comprehend => has(acts, &[AgentAct::Listen, AgentAct::Empathize]),
        SixC::Conclude => has(
            acts,
            &[
                AgentAct::Propose,
                AgentAct::Commit,
                AgentAct::Progress,
                AgentAct::FollowUp,
            ],
        ),
    };
    SixC::ALL.iter().copied().filter(|&value| serves(value)).collect()
}

fn has(acts: &[AgentAct], wanted: &[AgentAct]) -> bool {
    wanted.iter().any(|act| acts.contains(act))
}

/// How well each was served over the whole conversation: the share of what was called for that was done.
pub(crate) fn six_c(turns: &[TurnReview], psychology: Psychology, course: Course) -> Vec<SixCScore> {
    let agents: Vec<&AgentTurn> = turns.iter().filter_map(TurnReview::agent).collect();
    if agents.is_empty() {
        return Vec::new();
    }
    let done = |act: AgentAct| {
        if agents.iter().any(|turn| turn.does(act)) {
            1.0
        } else {
            0.0
        }
    };
    let sum = |acts: &[AgentAct]| acts.iter().map(|&act| done(act)).sum::<f32>() / acts.len() as f32;
    let clean = agents
        .iter()
        .filter(|turn| !OF_SPEECH.iter().any(|&fault| turn.errs(fault)))
        .count();
    let ended = match course {
        Course::Calm | Course::Recovered => 1.0,
        Course::Eased => 0.5,
        Course::Level | Course::Collapsed => 0.0,
    };
    let score = |value: SixC| match value {
        SixC::Control => control(turns),
        SixC::Collect => done(AgentAct::Ask).max(done(AgentAct::Listen) * 0.5),
        SixC::Classify => sum(called_for(psychology)),
        SixC::Communicate => clean as f32 / agents.len() as f32,
        SixC::Comprehend => sum(&[AgentAct::Listen, AgentAct::Empathize]),
        SixC::Conclude => {
            let offered = done(AgentAct::Propose).max(done(AgentAct::Commit));
            let followed = done(AgentAct::FollowUp).max(done(AgentAct::Progress));
            (offered + followed + ended) / 3.0
        }
    };
    let scores = SixC::ALL.iter().map(|&value| SixCScore {
        value,
        score: score(value),
    });
    scores.collect()
}

/// What a customer of this kind needs to see done.
fn called_for(psychology: Psychology) -> &'static [AgentAct] {
    match psychology {
        Psychology::Solve => &[AgentAct::Propose, AgentAct::Commit],
        Psychology::Vent => &[AgentAct::Empathize, AgentAct::Listen],
        Psychology::Respect => &[AgentAct::Apologize, AgentAct::Empathize],
        Psychology::Redress => &[AgentAct::Propose, AgentAct::Explain],
        Psychology::Recognition => &[AgentAct::Listen, AgentAct::Empathize],
        Psychology::Revenge => &[AgentAct::Propose, AgentAct::Commit, AgentAct::FollowUp],
        Psychology::Exchange => &[AgentAct::Thank],
        Psychology::None => &[AgentAct::Explain],
    }
}

/// The share of strong feelings that the next agent's turn met and did not stir up; without one, that nobody stirred.
fn control(turns: &[TurnReview]) -> f32 {
    let (mut strong, mut met) = (0.0f32, 0.0f32);
    for (place, _) in turns.iter().enumerate().filter(|(_, turn)| {
        turn.customer()
            .is_some_and(|customer| customer.strength >= STRONG)
    }) {
        let Some(answer) = turns[place..].iter().find_map(TurnReview::agent) else {
            continue;
        };
        strong += 1.0;
        let soothes = answer.does(AgentAct::Empathize) || answer.does(AgentAct::Apologize);
        let stirs = [AgentFault::Provoke, AgentFault::Argue, AgentFault::Interrupt]
            .iter()
            .any(|&fault| answer.errs(fault));
        met += match (soothes, stirs) {
            (true, false) => 1.0,
            (false, false) | (true, true) => 0.4,
            (false, true) => 0.0,
        };
    }
    if strong == 0.0 { 1.0 } else { met / strong }
}
