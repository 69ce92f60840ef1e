//! How well conversations are heard: turns against their labels, escalation before it happens, and the order of the
//! ratings.

use domain::{AgentAct, AgentFault, EmotionStage, Intensity, Review, Stage, TurnReading, Vocabulary};

use crate::talk::labeled::{LabeledTalk, TurnLabel};

/// What was told of one turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ToldTurn {
    /// Stage and intensity of a customer's feeling.
    Customer(EmotionStage, Intensity),
    /// Acts and faults of an agent, a bit each, and the stage of the flow.
    Agent(u32, u32, Stage),
    /// Nothing.
    Other,
}

/// What was told of one conversation.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// By turn.
    pub turns: Vec<ToldTurn>,
    /// The probability of escalation after each turn, told from what came before alone.
    pub escalation: Vec<f32>,
    /// The handling's worth, 0–100.
    pub score: f32,
}

impl Told {
    /// What a review tells.
    pub fn of(review: &Review) -> Self {
        let bits =
            |values: &mut dyn Iterator<Item = usize>| values.fold(0u32, |bits, index| bits | 1 << index);
        let turns = review.turns.iter().map(|turn| match &turn.reading {
            TurnReading::Customer(customer) => {
                ToldTurn::Customer(customer.stage.value, customer.intensity.value)
            }
            TurnReading::Agent(agent) => ToldTurn::Agent(
                bits(&mut agent.acts.iter().map(|act| act.value.index())),
                bits(&mut agent.faults.iter().map(|fault| fault.value.index())),
                agent.stage.value,
            ),
            TurnReading::Other => ToldTurn::Other,
        });
        Self {
            turns: turns.collect(),
            escalation: review.turns.iter().map(|turn| turn.escalation).collect(),
            score: review.score,
        }
    }
}

/// Precision and recall of one value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ValueF1 {
    /// The value's key.
    pub key: &'static str,
    /// How many turns are labeled with it.
    pub turns: usize,
    /// The share of them that were found.
    pub recall: f64,
    /// The share of those named that are labeled so.
    pub precision: f64,
}

/// Micro-F1 of a label of many values.
#[derive(Clone, Debug, PartialEq)]
pub struct ManyScore {
    /// F1 over all values and turns together.
    pub micro_f1: f64,
    /// Each value.
    pub values: Vec<ValueF1>,
}

/// How much work finds how many escalations.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Workload {
    /// The share of conversations looked at, those most likely to escalate first.
    pub looked_at: f64,
    /// The share of escalating conversations among them.
    pub recall: f64,
}

/// The scores of conversations.
#[derive(Clone, Debug, PartialEq)]
pub struct TalkReport {
    /// Conversations.
    pub talks: usize,
    /// Customers' turns.
    pub customer_turns: usize,
    /// Agents' turns.
    pub agent_turns: usize,
    /// The share of customers' turns with the right stage of feeling.
    pub emotion: f64,
    /// The same by stage, as recall and precision.
    pub stages: Vec<ValueF1>,
    /// The share of customers' turns with the right intensity.
    pub intensity: f64,
    /// The share of customers' turns whose intensity is off by one at most.
    pub intensity_within_1: f64,
    /// Agents' acts.
    pub acts: ManyScore,
    /// Agents' faults.
    pub faults: ManyScore,
    /// The share of agents' turns with the right stage of the flow.
    pub flow: f64,
    /// The area under the curve of escalation told at half the conversation.
    pub escalation_auc: f64,
    /// The same over conversations that have not escalated by then.
    pub escalation_auc_early: f64,
    /// The mean squared error of that probability.
    pub escalation_brier: f64,
    /// The mean gap between that probability and what happens, in five bins.
    pub escalation_ece: f64,
    /// What looking at the likeliest finds, told at half the conversation.
    pub workload: Vec<Workload>,
    /// Spearman's rank correlation between the scores told and the experts'.
    pub score_order: f64,
    /// The mean gap between the two, in points.
    pub score_gap: f64,
}

/// Compares what was told with the labels.
pub fn report_of(talks: &[LabeledTalk], told: &[Told]) -> TalkReport {
    let pairs: Vec<(TurnLabel, ToldTurn)> = talks
        .iter()
        .zip(told)
        .flat_map(|(talk, told)| talk.labels.iter().copied().zip(told.turns.iter().copied()))
        .collect();
    let customers: Vec<[usize; 4]> = pairs
        .iter()
        .filter_map(|pair| match *pair {
            (TurnLabel::Customer(gold, strong), ToldTurn::Customer(stage, strength)) => {
                Some([gold.index(), stage.index(), strong.index(), strength.index()])
            }
            _ => None,
        })
        .collect();
    let agents: Vec<[u32; 6]> = pairs
        .iter()
        .filter_map(|pair| match *pair {
            (TurnLabel::Agent(acts, faults, stage), ToldTurn::Agent(did, erred, flow)) => Some([
                acts,
                did,
                faults,
                erred,
                stage.index() as u32,
                flow.index() as u32,
            ]),
            _ => None,
        })
        .collect();
    let share = |count: usize, of: usize| count as f64 / of.max(1) as f64;
    let of = |test: fn(&[usize; 4]) -> bool| {
        share(customers.iter().filter(|row| test(row)).count(), customers.len())
    };
    let stage_bits: Vec<(u32, u32)> = customers.iter().map(|row| (1 << row[0], 1 << row[1])).collect();
    let at_half = Half::of(talks, told);
    TalkReport {
        talks: talks.len(),
        customer_turns: customers.len(),
        agent_turns: agents.len(),
        emotion: of(|row| row[0] == row[1]),
        stages: many_score::<EmotionStage>(&stage_bits).values,
        intensity: of(|row| row[2] == row[3]),
        intensity_within_1: of(|row| row[2].abs_diff(row[3]) <= 1),
        acts: many_score::<AgentAct>(&agents.iter().map(|row| (row[0], row[1])).collect::<Vec<_>>()),
        faults: many_score::<AgentFault>(&agents.iter().map(|row| (row[2], row[3])).collect::<Vec<_>>()),
        flow: share(agents.iter().filter(|row| row[4] == row[5]).count(), agents.len()),
        escalation_auc: at_half.auc(false),
        escalation_auc_early: at_half.auc(true),
        escalation_brier: at_half.brier(),
        escalation_ece: at_half.ece(),
        workload: [0.1, 0.2, 0.3, 0.5].map(|part| at_half.workload(part)).to_vec(),
        score_order: spearman(talks, told),
        score_gap: talks
            .iter()
            .zip(told)
            .map(|(talk, told)| f64::from((talk.score - told.score).abs()))
            .sum::<f64>()
            / talks.len().max(1) as f64,
    }
}

fn many_score<V: Vocabulary>(pairs: &[(u32, u32)]) -> ManyScore {
    let mut all = [0usize; 3];
    let values = V::ALL.iter().map(|value| {
        let bit = 1u32 << value.index();
        let count = |test: &dyn Fn(&(u32, u32)) -> bool| pairs.iter().filter(|pair| test(pair)).count();
        let both = count(&|pair| pair.0 & pair.1 & bit != 0);
        let (labeled, named) = (count(&|pair| pair.0 & bit != 0), count(&|pair| pair.1 & bit != 0));
        for (sum, part) in all.iter_mut().zip([both, labeled, named]) {
            *sum += part;
        }
        ValueF1 {
            key: value.key(),
            turns: labeled,
            recall: both as f64 / labeled.max(1) as f64,
            precision: both as f64 / named.max(1) as f64,
        }
    });
    let values: Vec<ValueF1> = values.collect();
    ManyScore {
        micro_f1: 2.0 * all[0] as f64 / (all[1] + all[2]).max(1) as f64,
        values,
    }
}

/// Conversations at their half: the probability told, whether it escalates, and whether it has by then.
struct Half(Vec<(f64, bool, bool)>);

impl Half {
    fn of(talks: &[LabeledTalk], told: &[Told]) -> Self {
        let rows = talks.iter().zip(told).filter_map(|(talk, told)| {
            let turns = talk.labels.len().div_ceil(2).max(2);
            let p = told.escalation.get(turns - 1).or(told.escalation.last())?;
            let by_then = talk.escalated_at.is_some_and(|place| place < turns);
            Some((f64::from(*p), talk.escalated, by_then))
        });
        Self(rows.collect())
    }

    fn auc(&self, early: bool) -> f64 {
        let rows: Vec<&(f64, bool, bool)> = self.0.iter().filter(|row| !early || !row.2).collect();
        let (mut won, mut pairs) = (0.0, 0.0);
        for one in rows.iter().filter(|row| row.1) {
            for other in rows.iter().filter(|row| !row.1) {
                pairs += 1.0;
                won += match one.0.total_cmp(&other.0) {
                    std::cmp::Ordering::Greater => 1.0,
                    std::cmp::Ordering::Equal => 0.5,
                    std::cmp::Ordering::Less => 0.0,
                };
            }
        }
        if pairs == 0.0 { 0.5 } else { won / pairs }
    }

    fn brier(&self) -> f64 {
        let gaps = self
            .0
            .iter()
            .map(|row| (row.0 - f64::from(u8::from(row.1))).powi(2));
        gaps.sum::<f64>() / self.0.len().max(1) as f64
    }

    fn ece(&self) -> f64 {
        let bins = (0..5).map(|bin| {
            let inside = self.0.iter().filter(|row| ((row.0 * 5.0) as usize).min(4) == bin);
            inside
                .map(|row| row.0 - f64::from(u8::from(row.1)))
                .sum::<f64>()
                .abs()
        });
        bins.sum::<f64>() / self.0.len().max(1) as f64
    }

    fn workload(&self, part: f64) -> Workload {
        let mut rows = self.0.clone();
        rows.sort_by(|a, b| b.0.total_cmp(&a.0));
        let looked = (rows.len() as f64 * part).round() as usize;
        let all = rows.iter().filter(|row| row.1).count();
        let found = rows.iter().take(looked).filter(|row| row.1).count();
        Workload {
            looked_at: part,
            recall: found as f64 / all.max(1) as f64,
        }
    }
}

fn spearman(talks: &[LabeledTalk], told: &[Told]) -> f64 {
    let experts = ranks(&talks.iter().map(|talk| f64::from(talk.score)).collect::<Vec<_>>());
    let scores = ranks(&told.iter().map(|told| f64::from(told.score)).collect::<Vec<_>>());
    let mean = |ranks: &[f64]| ranks.iter().sum::<f64>() / ranks.len().max(1) as f64;
    let (m, n) = (mean(&experts), mean(&scores));
    let product = |a: &[f64], am: f64, b: &[f64], bm: f64| -> f64 {
        a.iter().zip(b).map(|(a, b)| (a - am) * (b - bm)).sum()
    };
    let spread = (product(&experts, m, &experts, m) * product(&scores, n, &scores, n)).sqrt();
    if spread == 0.0 {
        0.0
    } else {
        product(&experts, m, &scores, n) / spread
    }
}

/// The rank of each number; equal ones share theirs.
fn ranks(numbers: &[f64]) -> Vec<f64> {
    let below = |number: f64| numbers.iter().filter(|other| **other < number).count() as f64;
    let equal = |number: f64| numbers.iter().filter(|other| **other == number).count() as f64;
    numbers
        .iter()
        .map(|&number| below(number) + (equal(number) + 1.0) / 2.0)
        .collect()
}
