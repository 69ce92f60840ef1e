//! Checking the inspection itself: which conversations a person reads again, and which rules people disagree with.

use domain::Scorecard;

/// How often people upheld a rule's deductions.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleAgreement {
    /// The rule.
    pub rule: String,
    /// Deductions that a person judged.
    pub judged: usize,
    /// Deductions upheld.
    pub upheld: usize,
    /// The lower end of the 95 % interval of the share upheld (Wilson).
    pub least: f64,
    /// Whether the rule should be looked at: judged often enough, and upheld in less than four of five.
    pub doubtful: bool,
}

/// How far people agree with the inspection.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Agreement {
    /// By rule, the most doubtful first.
    pub rules: Vec<RuleAgreement>,
}

/// Fewer judgments say nothing about a rule.
const ENOUGH: usize = 5;
/// Rules upheld less often are doubtful.
const UPHELD: f64 = 0.8;

/// The agreement in decided appeals and checks: rule, and whether the deduction was upheld.
pub fn agreement_of(judged: &[(String, bool)]) -> Agreement {
    let mut names: Vec<&String> = judged.iter().map(|(rule, _)| rule).collect();
    names.sort();
    names.dedup();
    let mut rules: Vec<RuleAgreement> = names
        .into_iter()
        .map(|name| {
            let of: Vec<bool> = judged
                .iter()
                .filter(|(rule, _)| rule == name)
                .map(|(_, upheld)| *upheld)
                .collect();
            let upheld = of.iter().filter(|upheld| **upheld).count();
            let share = upheld as f64 / of.len() as f64;
            RuleAgreement {
                rule: name.clone(),
                judged: of.len(),
                upheld,
                least: wilson_low(upheld, of.len()),
                doubtful: of.len() >= ENOUGH && share < UPHELD,
            }
        })
        .collect();
    rules.sort_by(|a, b| a.least.total_cmp(&b.least));
    Agreement { rules }
}

fn wilson_low(hits: usize, all: usize) -> f64 {
    const Z: f64 = 1.959_964;
    let (n, p) = (all as f64, hits as f64 / all as f64);
    let middle = p + Z * Z / (2.0 * n);
    let spread = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    (middle - spread) / (1.0 + Z * Z / n)
}

/// Which of these inspected conversations a person should read again, at most `most`: every fatal one, then those close
/// to the pass mark, then an even part of the rest, so that what is checked is not only what failed.
pub fn sample_for_check(cards: &[(String, Scorecard)], pass_mark: f32, most: usize) -> Vec<String> {
    let fatal = |card: &Scorecard| card.deductions.iter().any(|deduction| deduction.fatal);
    let mut chosen: Vec<&String> = cards
        .iter()
        .filter(|(_, card)| fatal(card))
        .map(|(id, _)| id)
        .collect();
    let mut close: Vec<&(String, Scorecard)> = cards.iter().filter(|(_, card)| !fatal(card)).collect();
    close.sort_by(|a, b| {
        (a.1.points - pass_mark)
            .abs()
            .total_cmp(&(b.1.points - pass_mark).abs())
    });
    let near = most.saturating_sub(chosen.len()) / 2;
    chosen.extend(close.iter().take(near).map(|(id, _)| id));
    let rest: Vec<&String> = close.iter().skip(near).map(|(id, _)| id).collect();
    let left = most.saturating_sub(chosen.len());
    let step = rest.len().div_ceil(left.max(1)).max(1);
    chosen.extend(rest.into_iter().step_by(step).take(left));
    chosen.into_iter().take(most).cloned().collect()
}
