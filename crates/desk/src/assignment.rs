//! Who should take a case: load, skill and fit (D8), and how fairly work is shared. The customer's stance decides only
//! who talks best with him, never what he gets.

use domain::{Bilingual, Case, Person, Severity, Stance, Strength, Subject, Vocabulary};

/// A colleague as assignment sees him.
#[derive(Clone, Debug, PartialEq)]
pub struct Colleague {
    /// Who.
    pub person: Person,
    /// What he has shown to be good at with people.
    pub strengths: Vec<Strength>,
    /// The matters he knows.
    pub skills: Vec<Subject>,
    /// How many open cases he can take; zero means he takes none.
    pub capacity: u32,
    /// Open cases.
    pub open: u32,
    /// Open cases of severity 3 and 4.
    pub hard: u32,
    /// Cases with customers of the same stance that he closed.
    pub closed_alike: u32,
    /// Those of them whose customer got what he expected, or more.
    pub pleased_alike: u32,
}

/// A colleague proposed for a case.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// Who.
    pub person: Person,
    /// How well he suits, 0–1.
    pub score: f64,
    /// Why, in words.
    pub because: Vec<Bilingual>,
}

/// How work is shared.
#[derive(Clone, Debug, PartialEq)]
pub struct Fairness {
    /// Gini coefficient of open cases over colleagues who take cases, 0 (even) – 1.
    pub load_gini: f64,
    /// Gini coefficient of hard cases.
    pub hard_gini: f64,
    /// The largest open load divided by the mean; 0 when nothing is open.
    pub most_over_mean: f64,
}

/// The strength that meets a stance: weak meets weak, the firm one wins; firm meets firm, the brave; brave meets brave,
/// the wise; wise meets wise, the first mover.
pub fn strength_for(stance: Stance) -> Option<Strength> {
    match stance {
        Stance::Grumble => Some(Strength::Firm),
        Stance::Bargain => Some(Strength::Brave),
        Stance::Harass => Some(Strength::Wise),
        Stance::Reason => Some(Strength::FirstMover),
        Stance::None => None,
    }
}

const LOAD: f64 = 0.4;
const SKILL: f64 = 0.25;
const FIT: f64 = 0.15;
const OUTCOME: f64 = 0.2;

/// Colleagues who can take the case, best first. Free room counts 0.4 (hard cases weigh double when the case is hard),
/// skill 0.25, fit 0.15, and what became of like cases 0.2 (Laplace: one success in two before any case).
pub fn candidates(case: &Case, colleagues: &[Colleague]) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = colleagues
        .iter()
        .filter(|colleague| colleague.open < colleague.capacity)
        .map(|colleague| candidate(case, colleague))
        .collect();
    found.sort_by(|a, b| {
        b.score
            .total_cmp(&a.score)
            .then_with(|| a.person.id.cmp(&b.person.id))
    });
    found
}

fn candidate(case: &Case, colleague: &Colleague) -> Candidate {
    let capacity = f64::from(colleague.capacity.max(1));
    let hard_case = case.severity >= Severity::Serious;
    let weight = f64::from(colleague.open) + if hard_case { f64::from(colleague.hard) } else { 0.0 };
    let mut score = LOAD * (1.0 - weight / capacity).max(0.0);
    let (open, hard, most) = (colleague.open, colleague.hard, colleague.capacity);
    let mut because = vec![Bilingual::new(
        format!("在办 {open} 件（疑难 {hard} 件），可办 {most} 件"),
        format!("{open} open ({hard} hard) of {most}."),
    )];
    let known = case.analysis.subjects.iter().map(|finding| finding.value());
    if let Some(subject) = known
        .into_iter()
        .find(|subject| colleague.skills.contains(subject))
    {
        score += SKILL;
        let name = subject.entry();
        because.push(Bilingual::new(
            format!("熟悉“{}”", name.zh),
            format!("Knows “{}”.", name.en.to_lowercase()),
        ));
    }
    let wanted = strength_for(case.analysis.stance.value);
    if let Some(strength) = wanted.filter(|strength| colleague.strengths.contains(strength)) {
        score += FIT;
        let (stance, strength) = (case.analysis.stance.value.entry(), strength.entry());
        because.push(Bilingual::new(
            format!("对“{}”客户，长处“{}”合适", stance.zh, strength.zh),
            format!("“{}” suits a customer who is “{}”.", strength.en, stance.en),
        ));
    }
    let (pleased, closed) = (colleague.pleased_alike, colleague.closed_alike);
    score += OUTCOME * f64::from(pleased + 1) / f64::from(closed + 2);
    if closed > 0 {
        because.push(Bilingual::new(
            format!("同类客户 {closed} 件中 {pleased} 件达到期望"),
            format!("{pleased} of {closed} like cases met what was expected."),
        ));
    }
    Candidate {
        person: colleague.person.clone(),
        score,
        because,
    }
}

/// How evenly work is shared among colleagues who take cases.
pub fn fairness(colleagues: &[Colleague]) -> Fairness {
    let active = || colleagues.iter().filter(|colleague| colleague.capacity > 0);
    let open: Vec<f64> = active().map(|colleague| f64::from(colleague.open)).collect();
    let hard: Vec<f64> = active().map(|colleague| f64::from(colleague.hard)).collect();
    let mean = open.iter().sum::<f64>() / open.len().max(1) as f64;
    let most = open.iter().copied().fold(0.0, f64::max);
    Fairness {
        load_gini: gini(&open),
        hard_gini: gini(&hard),
        most_over_mean: if mean > 0.0 { most / mean } else { 0.0 },
    }
}

/// Gini coefficient: the mean difference of all pairs over twice the mean; 0 when there is nothing to share.
fn gini(values: &[f64]) -> f64 {
    let total: f64 = values.iter().sum();
    if total <= 0.0 {
        return 0.0;
    }
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let count = sorted.len() as f64;
    let weighted: f64 = (1..)
        .zip(&sorted)
        .map(|(rank, value)| f64::from(rank) * value)
        .sum();
    (2.0 * weighted) / (count * total) - (count + 1.0) / count
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::sample_case;

    fn colleague(id: &str, open: u32, hard: u32) -> Colleague {
        Colleague {
            person: Person {
                id: id.into(),
                name: id.into(),
            },
            strengths: Vec::new(),
            skills: Vec::new(),
            capacity: 20,
            open,
            hard,
            closed_alike: 0,
            pleased_alike: 0,
        }
    }

    fn order(case: &Case, colleagues: &[Colleague]) -> Vec<String> {
        let found = candidates(case, colleagues);
        found.into_iter().map(|candidate| candidate.person.id.0).collect()
    }

    #[test]
    fn room_fit_and_outcomes_decide_and_the_full_take_nothing() {
        let case = sample_case();
        let (busy, free, full) = (
            colleague("busy", 15, 0),
            colleague("free", 2, 0),
            colleague("full", 20, 0),
        );
        assert_eq!(
            order(&case, &[busy.clone(), free.clone(), full]),
            ["free", "busy"]
        );
        // The customer bargains: the brave one suits.
        let brave = Colleague {
            strengths: vec![Strength::Brave],
            ..colleague("brave", 4, 0)
        };
        assert_eq!(order(&case, &[free.clone(), brave]), ["brave", "free"]);
        let proven = Colleague {
            closed_alike: 10,
            pleased_alike: 9,
            ..colleague("proven", 4, 0)
        };
        assert_eq!(order(&case, &[free, proven]), ["proven", "free"]);
        let off = Colleague {
            capacity: 0,
            ..colleague("off", 0, 0)
        };
        assert!(order(&case, &[off]).is_empty());
    }

    #[test]
    fn a_hard_case_goes_past_whoever_has_many() {
        let mut case = sample_case();
        let colleagues = [colleague("hard", 5, 5), colleague("many", 6, 0)];
        assert_eq!(order(&case, &colleagues), ["hard", "many"]);
        case.severity = Severity::Critical;
        assert_eq!(order(&case, &colleagues), ["many", "hard"]);
    }

    #[test]
    fn fairness_is_told_in_known_figures() {
        let even = fairness(&[colleague("a", 3, 1), colleague("b", 3, 1)]);
        assert_eq!(
            (even.load_gini, even.hard_gini, even.most_over_mean),
            (0.0, 0.0, 1.0)
        );
        // One of four has all: 1 − 1/4.
        let one = fairness(&[
            colleague("a", 8, 0),
            colleague("b", 0, 0),
            colleague("c", 0, 0),
            colleague("d", 0, 0),
        ]);
        assert!(
            (one.load_gini - 0.75).abs() < 1e-12 && (one.most_over_mean - 4.0).abs() < 1e-12,
            "{one:?}"
        );
        assert_eq!(fairness(&[]).load_gini, 0.0);
    }
}
