//! The conversation up to a turn in few numbers, from which escalation and the handling's worth are told.

use crate::chances::chance;
use crate::talk::facts::{Facts, Side};
use crate::talk::first::WIDEST;

/// The number of numbers.
pub(crate) const COURSE: usize = 4 + 4 + 5 + 11 * 4 + 6 + 2 * SIGNALS + 2;
/// Classes of words that tell of escalation or of being unheard, and the like; they come first in the lists.
const SIGNALS: usize = 12;
/// What a number counts beside the others.
const WEIGHT: f32 = 2.0;

/// The weights of escalation and of the handling's worth.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct CourseTable {
    pub(crate) escalation: Vec<f32>,
    pub(crate) worth: Vec<f32>,
}

impl CourseTable {
    /// A table that says nothing.
    pub(crate) fn empty() -> Self {
        Self {
            escalation: vec![0.0; COURSE + 1],
            worth: vec![0.0; COURSE + 1],
        }
    }

    /// The probability that the contact escalates, 0–1.
    pub(crate) fn escalation_of(&self, numbers: &[f32; COURSE]) -> f32 {
        chance(dot(&self.escalation, numbers))
    }

    /// How well an expert would rate the handling, 0–100.
    pub(crate) fn worth_of(&self, numbers: &[f32; COURSE]) -> f32 {
        100.0 * chance(dot(&self.worth, numbers))
    }
}

fn dot(weights: &[f32], numbers: &[f32; COURSE]) -> f32 {
    let sum: f32 = weights
        .iter()
        .zip(numbers)
        .map(|(weight, number)| weight * number)
        .sum();
    sum + weights[COURSE]
}

/// What has been heard so far.
pub(crate) struct SoFar {
    customers: usize,
    agents: usize,
    stages: [f32; 4],
    last_stages: [f32; 4],
    strength: f32,
    first_strength: Option<f32>,
    last_strength: f32,
    top_strength: f32,
    acts: [f32; 22],
    act_tops: [f32; 22],
    flow: [f32; 6],
    signals: [f32; SIGNALS],
    last_signals: [f32; SIGNALS],
}

impl SoFar {
    /// Nothing has been heard.
    pub(crate) fn new() -> Self {
        Self {
            customers: 0,
            agents: 0,
            stages: [0.0; 4],
            last_stages: [0.0; 4],
            strength: 0.0,
            first_strength: None,
            last_strength: 0.0,
            top_strength: 0.0,
            acts: [0.0; 22],
            act_tops: [0.0; 22],
            flow: [0.0; 6],
            signals: [0.0; SIGNALS],
            last_signals: [0.0; SIGNALS],
        }
    }

    /// Hears a turn with its scores.
    pub(crate) fn hear(&mut self, side: Side, facts: &Facts, scores: &[f32; WIDEST]) {
        match side {
            Side::Customer => self.hear_customer(facts, scores),
            Side::Agent => self.hear_agent(scores),
        }
    }

    fn hear_customer(&mut self, facts: &Facts, scores: &[f32; WIDEST]) {
        self.last_stages = softmax(&scores[..4]);
        let strengths: [f32; 4] = softmax(&scores[4..8]);
        let strength = mean_strength(&strengths);
        for (sum, share) in self.stages.iter_mut().zip(self.last_stages) {
            *sum += share;
        }
        self.strength += strength;
        self.first_strength.get_or_insert(strength);
        self.last_strength = strength;
        self.top_strength = self.top_strength.max(strength);
        for class in 0..SIGNALS {
            let said = if facts.has(class) { 1.0 } else { 0.0 };
            self.signals[class] += said;
            self.last_signals[class] = said;
        }
        self.customers += 1;
    }

    fn hear_agent(&mut self, scores: &[f32; WIDEST]) {
        let sums = self.acts.iter_mut().zip(&mut self.act_tops);
        for ((sum, top), score) in sums.zip(scores) {
            let p = chance(*score);
            *sum += p;
            *top = top.max(p);
        }
        for (sum, share) in self.flow.iter_mut().zip(softmax::<6>(&scores[22..28])) {
            *sum += share;
        }
        self.agents += 1;
    }

    /// The numbers.
    pub(crate) fn numbers(&self) -> [f32; COURSE] {
        let (customers, agents) = (self.customers.max(1) as f32, self.agents.max(1) as f32);
        let first = self.first_strength.unwrap_or(0.0);
        let strengths = [
            self.strength / customers,
            self.last_strength,
            self.top_strength,
            first,
            self.last_strength - first,
        ];
        let parts = self.stages.iter().map(|sum| sum / customers);
        let parts = parts.chain(self.last_stages).chain(strengths);
        let parts = parts
            .chain(self.acts.iter().map(|sum| sum / agents))
            .chain(self.act_tops);
        let parts = parts.chain(self.flow.iter().map(|sum| sum / agents));
        let parts = parts.chain(self.signals.iter().map(|count| (count * 0.5).min(1.0)));
        let parts = parts.chain(self.last_signals);
        let parts = parts.chain([customers.min(10.0) / 10.0, agents.min(10.0) / 10.0]);
        let mut numbers = [0f32; COURSE];
        for (into, part) in numbers.iter_mut().zip(parts) {
            *into = part * WEIGHT;
        }
        numbers
    }
}

/// The mean of the strengths 0–3 under their probabilities.
pub(crate) fn mean_strength(shares: &[f32; 4]) -> f32 {
    shares
        .iter()
        .zip([0.0, 1.0, 2.0, 3.0])
        .map(|(share, strength)| share * strength)
        .sum()
}

/// The probabilities of scores of which one holds.
pub(crate) fn softmax<const N: usize>(scores: &[f32]) -> [f32; N] {
    let top = scores.iter().copied().fold(f32::MIN, f32::max);
    let mut shares = [0f32; N];
    for (share, score) in shares.iter_mut().zip(scores) {
        *share = libm::expf(score - top);
    }
    let sum: f32 = shares.iter().sum();
    shares.map(|share| share / sum)
}
