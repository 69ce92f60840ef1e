//! How far two readers of the same conversations agree.

use domain::{AgentAct, AgentFault, EmotionStage, Intensity, Stage, Vocabulary};

use crate::talk::labeled::{LabeledTalk, TurnLabel};

/// How far two readers agree about one label.
#[derive(Clone, Debug, PartialEq)]
pub struct Agreed {
    /// The label: `emotion`, `intensity` and `stage` as wholes, every act and fault by its key.
    pub label: &'static str,
    /// How many turns the first reader gave it to; for wholes, all turns of the side.
    pub first: usize,
    /// The same of the second reader.
    pub second: usize,
    /// The share of turns about which both say the same.
    pub same: f64,
    /// Cohen's kappa: that share beyond what chance would give, 1 for full agreement (Cohen 1960); nothing when chance
    /// alone gives full agreement.
    pub kappa: Option<f64>,
}

/// Two readers of the same conversations.
#[derive(Clone, Debug, PartialEq)]
pub struct Agreement {
    /// Conversations that both read.
    pub talks: usize,
    /// Every label.
    pub labels: Vec<Agreed>,
    /// The share of customers' turns whose intensities are off by one at most.
    pub intensity_within_1: f64,
    /// F1 over all acts, of one reader against the other.
    pub acts_f1: f64,
    /// The same over all faults.
    pub faults_f1: f64,
}

/// Compares two readings of conversations of the same ids and the same turns; what only one reader has is left out.
pub fn agreement_of(first: &[LabeledTalk], second: &[LabeledTalk]) -> Agreement {
    let mut talks = 0;
    let mut pairs: Vec<(TurnLabel, TurnLabel)> = Vec::new();
    for one in first {
        let same = |other: &&LabeledTalk| {
            other.conversation.id == one.conversation.id && other.labels.len() == one.labels.len()
        };
        if let Some(other) = second.iter().find(same) {
            talks += 1;
            pairs.extend(one.labels.iter().copied().zip(other.labels.iter().copied()));
        }
    }
    let customers: Vec<[usize; 4]> = pairs
        .iter()
        .filter_map(|pair| match *pair {
            (TurnLabel::Customer(a, m), TurnLabel::Customer(b, n)) => {
                Some([a.index(), b.index(), m.index(), n.index()])
            }
            _ => None,
        })
        .collect();
    let agents: Vec<[u32; 6]> = pairs
        .iter()
        .filter_map(|pair| match *pair {
            (TurnLabel::Agent(a, f, s), TurnLabel::Agent(b, g, t)) => {
                Some([a, b, f, g, s.index() as u32, t.index() as u32])
            }
            _ => None,
        })
        .collect();
    let of = |rows: &[[usize; 4]], a: usize, b: usize| rows.iter().map(|row| (row[a], row[b])).collect();
    let bits = |a: usize, b: usize| agents.iter().map(|row| (row[a], row[b])).collect::<Vec<_>>();
    let stages: Vec<(usize, usize)> = agents
        .iter()
        .map(|row| (row[4] as usize, row[5] as usize))
        .collect();
    let mut labels = vec![
        whole("emotion", EmotionStage::ALL.len(), of(&customers, 0, 1)),
        whole("intensity", Intensity::ALL.len(), of(&customers, 2, 3)),
        whole("stage", Stage::ALL.len(), stages),
    ];
    labels.extend(each::<AgentAct>(&bits(0, 1)));
    labels.extend(each::<AgentFault>(&bits(2, 3)));
    let near = customers
        .iter()
        .filter(|row| row[2].abs_diff(row[3]) <= 1)
        .count();
    Agreement {
        talks,
        labels,
        intensity_within_1: near as f64 / customers.len().max(1) as f64,
        acts_f1: micro_f1(&bits(0, 1)),
        faults_f1: micro_f1(&bits(2, 3)),
    }
}

fn whole(label: &'static str, values: usize, pairs: Vec<(usize, usize)>) -> Agreed {
    let count = pairs.len();
    let chance = (0..values).map(|value| {
        let share = |test: &dyn Fn(&(usize, usize)) -> bool| {
            pairs.iter().filter(|pair| test(pair)).count() as f64 / count.max(1) as f64
        };
        share(&|pair| pair.0 == value) * share(&|pair| pair.1 == value)
    });
    agreed(label, [count, count], &pairs, chance.sum())
}

fn each<V: Vocabulary>(pairs: &[(u32, u32)]) -> Vec<Agreed> {
    let labels = V::ALL.iter().map(|value| {
        let given = |bits: u32| (bits >> value.index() & 1) as usize;
        let pairs: Vec<(usize, usize)> = pairs.iter().map(|&(a, b)| (given(a), given(b))).collect();
        let count = pairs.len().max(1) as f64;
        let (first, second): (usize, usize) = pairs
            .iter()
            .fold((0, 0), |sums, pair| (sums.0 + pair.0, sums.1 + pair.1));
        let (p, q) = (first as f64 / count, second as f64 / count);
        agreed(
            value.key(),
            [first, second],
            &pairs,
            p * q + (1.0 - p) * (1.0 - q),
        )
    });
    labels.collect()
}

fn agreed(label: &'static str, given: [usize; 2], pairs: &[(usize, usize)], chance: f64) -> Agreed {
    let same = pairs.iter().filter(|pair| pair.0 == pair.1).count() as f64 / pairs.len().max(1) as f64;
    Agreed {
        label,
        first: given[0],
        second: given[1],
        same,
        kappa: (chance < 1.0).then(|| (same - chance) / (1.0 - chance)),
    }
}

fn micro_f1(pairs: &[(u32, u32)]) -> f64 {
    let sum = |of: &dyn Fn(&(u32, u32)) -> u32| pairs.iter().map(|pair| of(pair).count_ones()).sum::<u32>();
    let both = f64::from(sum(&|pair| pair.0 & pair.1));
    let all = f64::from(sum(&|pair| pair.0) + sum(&|pair| pair.1));
    if all == 0.0 { 1.0 } else { 2.0 * both / all }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kappa_is_agreement_beyond_chance() {
        // Cohen's own kind of table: 20 both yes, 15 both no, 10 and 5 apart: (0.7 - 0.5) / (1 - 0.5).
        let mut pairs = vec![(1, 1); 20];
        pairs.extend([(0, 0); 15]);
        pairs.extend([(1, 0); 5]);
        pairs.extend([(0, 1); 10]);
        let said = whole("x", 2, pairs);
        assert!((said.same - 0.7).abs() < 1e-9);
        assert!((said.kappa.unwrap() - 0.4).abs() < 1e-9, "{said:?}");
        assert_eq!(whole("x", 2, vec![(1, 1); 3]).kappa, None);
        assert!((micro_f1(&[(0b11, 0b01), (0, 0b10)]) - 0.5).abs() < 1e-9);
    }
}
