//! The value that complaints put at risk, that handling saved, and that was lost.

use super::rates::Rates;
use super::survey::Outcome;
use crate::figure::{Estimate, Figure};
use crate::gap::Gap;

/// One complaint and what its customer is worth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Handled {
    /// What became of it; nothing while it is open.
    pub outcome: Option<Outcome>,
    /// The value of the customer's future purchases, in money.
    pub value: f64,
}

/// An assumption about what unhappy customers tell others. It is shown as an assumption: no figure of the
/// organization's stands behind it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WordOfMouth {
    /// How many people each lost customer tells.
    pub told: f64,
    /// The share of those told that does not buy for it, 0–1.
    pub deterred: f64,
    /// What one of them would have been worth, in money.
    pub value: f64,
}

/// What complaints did to value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Value {
    /// Complaints counted.
    pub complaints: usize,
    /// Complaints left out because their value is negative or no number.
    pub refused: usize,
    /// What open complaints still decide: solved quickly against not solved.
    pub at_risk: Figure,
    /// What solving kept: as solved against not solved.
    pub saved: Figure,
    /// What is expected to go: customers who do not come back.
    pub lost: Figure,
    /// What word of mouth takes on top, under the assumption given.
    pub word_of_mouth: Figure,
}

/// Adds up a list of complaints.
pub fn value_of(handled: &[Handled], rates: &Rates, word_of_mouth: Option<&WordOfMouth>) -> Value {
    let is_sound = |one: &&Handled| one.value.is_finite() && one.value >= 0.0;
    let sound: Vec<&Handled> = handled.iter().filter(is_sound).collect();
    let worth = |outcome: Option<Outcome>| -> f64 {
        let own = sound.iter().filter(|one| one.outcome == outcome);
        own.map(|one| one.value).sum()
    };
    let gain = |outcome| difference(rates, outcome, Outcome::Unresolved);
    let each = || {
        Outcome::ALL
            .into_iter()
            .map(|outcome| (outcome, worth(Some(outcome))))
    };
    let saved = each()
        .filter(|(outcome, worth)| *outcome > Outcome::Unresolved && *worth > 0.0)
        .map(|(outcome, worth)| gain(outcome)?.times(worth));
    let lost = each()
        .filter(|(_, worth)| *worth > 0.0)
        .map(|(outcome, worth)| leaving(rates, outcome)?.times(worth));
    let leavers = Outcome::ALL.into_iter().map(|outcome| {
        let count = sound.iter().filter(|one| one.outcome == Some(outcome)).count();
        leaving(rates, outcome)?.times(count as f64)
    });
    Value {
        complaints: sound.len(),
        refused: handled.len() - sound.len(),
        at_risk: gain(Outcome::ResolvedFast).and_then(|gain| gain.times(worth(None))),
        saved: sum(saved),
        lost: sum(lost),
        word_of_mouth: match word_of_mouth {
            Some(assumed) if is_assumable(assumed) => {
                sum(leavers).and_then(|count| count.times(assumed.told * assumed.deterred * assumed.value))
            }
            Some(_) => Err(Gap::OutOfRange),
            None => Err(Gap::NoAssumption),
        },
    }
}

fn is_assumable(assumed: &WordOfMouth) -> bool {
    let positive = |number: f64| number.is_finite() && number >= 0.0;
    positive(assumed.told) && positive(assumed.value) && (0.0..=1.0).contains(&assumed.deterred)
}

/// How many more stay after one outcome than after another; the interval takes both rates as independent.
pub(super) fn difference(rates: &Rates, better: Outcome, worse: Outcome) -> Figure {
    let (better, worse) = (rates.of(better).stays?, rates.of(worse).stays?);
    let value = better.value() - worse.value();
    let down = (better.value() - better.low()).hypot(worse.high() - worse.value());
    let up = (better.high() - better.value()).hypot(worse.value() - worse.low());
    Estimate::new(value, value - down, value + up)
}

fn leaving(rates: &Rates, outcome: Outcome) -> Figure {
    let stays = rates.of(outcome).stays?;
    Estimate::new(1.0 - stays.value(), 1.0 - stays.high(), 1.0 - stays.low())
}

/// The sum of figures, the ends added up as if all erred together, which is the widest interval.
fn sum(figures: impl Iterator<Item = Figure>) -> Figure {
    let mut total = Estimate::new(0.0, 0.0, 0.0)?;
    for figure in figures {
        let one = figure?;
        total = Estimate::new(
            total.value() + one.value(),
            total.low() + one.low(),
            total.high() + one.high(),
        )?;
    }
    Ok(total)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::economics::{LossBand, Observed};

    #[test]
    fn the_survey_s_large_losses() {
        let rates = Rates::new(LossBand::Large, |_| Observed::default(), 100.0);
        let one = |outcome, value| Handled { outcome, value };
        let handled = [
            one(Some(Outcome::ResolvedFast), 1_000.0),
            one(Some(Outcome::Unresolved), 1_000.0),
            one(None, 1_000.0),
            one(Some(Outcome::Resolved), -5.0),
            one(Some(Outcome::Resolved), f64::NAN),
        ];
        let told = WordOfMouth {
            told: 9.0,
            deterred: 0.02,
            value: 500.0,
        };
        let value = value_of(&handled, &rates, Some(&told));
        assert_eq!((value.complaints, value.refused), (3, 2));
        let near = |figure: Figure, expected: f64| (figure.unwrap().value() - expected).abs() < 1e-9;
        assert!(
            near(value.saved, 630.0) && near(value.at_risk, 630.0),
            "{value:?}"
        );
        assert!(
            near(value.lost, 180.0 + 810.0) && near(value.word_of_mouth, 0.99 * 90.0),
            "{value:?}"
        );
        assert!(value.saved.unwrap().low() > 400.0);
        assert!(value_of(&[], &rates, None).word_of_mouth.is_err());
    }
}
