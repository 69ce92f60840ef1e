//! Who would gain from practicing what: habits of a group that show in more of its conversations than elsewhere.

use std::collections::BTreeMap;

use statrs::distribution::{Beta, ContinuousCDF};

use crate::figure::{Estimate, Figure};

/// The fewest conversations of a group before anything is said of it.
const FEWEST: usize = 5;
/// The weight of everybody's share, in conversations, when the groups do not differ beyond chance.
const MOST_WEIGHT: f64 = 200.0;
/// The least weight, so that a small group is never judged by itself alone.
const LEAST_WEIGHT: f64 = 4.0;

/// One conversation of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Practice<'t> {
    /// The group, such as an agent or a team.
    pub group: &'t str,
    /// The habits heard in it, each once.
    pub habits: Vec<&'t str>,
}

/// A habit that a group shows more than others do.
#[derive(Clone, Debug, PartialEq)]
pub struct TrainingNeed {
    /// The group.
    pub group: String,
    /// The habit.
    pub habit: String,
    /// Conversations of the group.
    pub of: usize,
    /// Those of them that show it.
    pub shown: usize,
    /// The share after shrinkage toward everybody's, with its 95 % interval.
    pub share: Figure,
    /// Everybody's share, 0–1.
    pub usual: f64,
    /// Conversations that would be free of it, were the group like everybody: what practice could gain.
    pub gain: f64,
    /// Places of the conversations that show it.
    pub examples: Vec<usize>,
}

/// The needs that are sure: the lower end of the shrunken share lies above everybody's share. The largest gain first.
///
/// A group's share has a Beta prior around everybody's share; its weight follows from how much the groups differ beyond
/// chance (moments of the beta-binomial, Kleinman 1973). Groups under five conversations are left out.
pub fn find_needs(talks: &[Practice<'_>]) -> Vec<TrainingNeed> {
    let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut habits: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (place, talk) in talks.iter().enumerate() {
        groups.entry(talk.group).or_default().push(place);
        talk.habits
            .iter()
            .for_each(|habit| habits.entry(habit).or_default().push(place));
    }
    groups.retain(|_, places| places.len() >= FEWEST);
    let mut needs: Vec<TrainingNeed> = habits
        .iter()
        .flat_map(|(habit, showing)| needs_of(habit, showing, &groups, talks))
        .collect();
    needs.sort_by(|a, b| b.gain.total_cmp(&a.gain).then(a.group.cmp(&b.group)));
    needs
}

fn needs_of(
    habit: &str,
    showing: &[usize],
    groups: &BTreeMap<&str, Vec<usize>>,
    talks: &[Practice<'_>],
) -> Vec<TrainingNeed> {
    let counts: Vec<(&str, Vec<usize>, usize)> = groups
        .iter()
        .map(|(group, places)| {
            let own: Vec<usize> = showing
                .iter()
                .copied()
                .filter(|at| talks[*at].group == *group)
                .collect();
            (*group, own, places.len())
        })
        .collect();
    let (shown, of) = counts
        .iter()
        .fold((0, 0), |sum, (_, own, all)| (sum.0 + own.len(), sum.1 + all));
    if counts.len() < 2 || shown == 0 {
        return Vec::new();
    }
    let usual = shown as f64 / of as f64;
    let weight = weight_of(usual, counts.iter().map(|(_, own, all)| (own.len(), *all)));
    let need = |(group, own, all): &(&str, Vec<usize>, usize)| {
        let share = shrunken(own.len(), *all, usual, weight);
        let sure = share.is_ok_and(|share| share.low() > usual);
        sure.then(|| TrainingNeed {
            group: (*group).to_owned(),
            habit: habit.to_owned(),
            of: *all,
            shown: own.len(),
            gain: share.map_or(0.0, |share| (share.value() - usual) * *all as f64),
            share,
            usual,
            examples: own.clone(),
        })
    };
    counts.iter().filter_map(need).collect()
}

/// The prior's weight in conversations: small when groups differ much.
fn weight_of(usual: f64, counts: impl Iterator<Item = (usize, usize)> + Clone) -> f64 {
    let spread = usual * (1.0 - usual);
    let of: f64 = counts.clone().map(|(_, all)| all as f64).sum();
    let squares: f64 = counts.clone().map(|(_, all)| (all * all) as f64).sum();
    let groups = counts.clone().count() as f64;
    // Weighted sum of squares of the shares; under chance alone its mean is spread × (groups − 1).
    let seen: f64 = counts
        .map(|(own, all)| all as f64 * (own as f64 / all as f64 - usual).powi(2))
        .sum();
    let beyond = seen - spread * (groups - 1.0);
    let room = spread * (of - squares / of - (groups - 1.0));
    let likeness = if room > 0.0 { beyond / room } else { 0.0 };
    if likeness <= 0.0 {
        return MOST_WEIGHT;
    }
    (1.0 / likeness - 1.0).clamp(LEAST_WEIGHT, MOST_WEIGHT)
}

fn shrunken(own: usize, all: usize, usual: f64, weight: f64) -> Figure {
    let (a, b) = (
        own as f64 + usual * weight,
        (all - own) as f64 + (1.0 - usual) * weight,
    );
    let end = |p: f64| Beta::new(a, b).map_or(f64::NAN, |law| law.inverse_cdf(p));
    Estimate::new(a / (a + b), end(0.025), end(0.975))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `shown` of `of` conversations of a group with the habit.
    fn talks(plan: &[(&'static str, usize, usize)]) -> Vec<Practice<'static>> {
        let one = |group, has: bool| Practice {
            group,
            habits: if has { vec!["deflect"] } else { Vec::new() },
        };
        plan.iter()
            .flat_map(|(group, shown, of)| (0..*of).map(move |at| one(*group, at < *shown)))
            .collect()
    }

    #[test]
    fn only_what_stands_out_is_named() {
        let found = find_needs(&talks(&[("a", 3, 40), ("b", 4, 40), ("c", 24, 40), ("d", 2, 40)]));
        let names: Vec<&str> = found.iter().map(|need| need.group.as_str()).collect();
        assert_eq!(names, ["c"]);
        let need = &found[0];
        assert_eq!((need.shown, need.of, need.examples.len()), (24, 40, 24));
        let share = need.share.expect("a share");
        assert!(
            share.value() < 0.6 && share.low() > need.usual,
            "shrunken, and sure: {share:?}"
        );
        assert!(need.gain > 8.0 && need.gain < 24.0, "{}", need.gain);
    }

    #[test]
    fn chance_and_small_groups_are_no_need() {
        assert!(
            find_needs(&talks(&[
                ("a", 8, 40),
                ("b", 10, 40),
                ("c", 12, 40),
                ("d", 9, 40)
            ]))
            .is_empty()
        );
        assert!(
            find_needs(&talks(&[("a", 2, 40), ("b", 4, 4)])).is_empty(),
            "four conversations"
        );
        assert!(
            find_needs(&talks(&[("a", 20, 20)])).is_empty(),
            "nobody to compare with"
        );
        assert!(find_needs(&[]).is_empty());
        assert!(
            find_needs(&talks(&[("a", 20, 20), ("b", 20, 20)])).is_empty(),
            "everybody shows it"
        );
    }
}
