//! What customers expected against what they received, group by group.

use std::collections::BTreeMap;

use crate::compare::share_difference;
use crate::figure::{Estimate, Figure};

/// One verdict of a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Judged<'g> {
    /// The group, such as the subject.
    pub group: &'g str,
    /// Less was received than expected.
    pub below: bool,
    /// More was received than expected.
    pub exceeded: bool,
}

/// The verdicts of one group.
#[derive(Clone, Debug, PartialEq)]
pub struct ExpectationGap {
    /// The group.
    pub group: String,
    /// How many verdicts.
    pub judged: usize,
    /// How many received less than they expected.
    pub below: usize,
    /// How many received more.
    pub exceeded: usize,
    /// The share that received less, 0–1.
    pub below_share: Figure,
    /// How much larger that share is than in all other groups together, −1 to 1.
    pub against_others: Figure,
}

/// The groups, those with the largest share below expectation first; of equal shares the larger group.
pub fn find_gaps(verdicts: &[Judged<'_>]) -> Vec<ExpectationGap> {
    let mut groups: BTreeMap<&str, (usize, usize, usize)> = BTreeMap::new();
    for one in verdicts {
        let counts = groups.entry(one.group).or_default();
        counts.0 += 1;
        counts.1 += usize::from(one.below);
        counts.2 += usize::from(one.exceeded);
    }
    let (all, all_below) = groups
        .values()
        .fold((0, 0), |sum, counts| (sum.0 + counts.0, sum.1 + counts.1));
    let mut gaps: Vec<ExpectationGap> = groups
        .into_iter()
        .map(|(group, (judged, below, exceeded))| ExpectationGap {
            group: group.to_owned(),
            judged,
            below,
            exceeded,
            below_share: Estimate::share(below, judged),
            against_others: share_difference((below, judged), (all_below - below, all - judged)),
        })
        .collect();
    // A small group with one bad verdict does not lead the list: what is certain to be large comes first.
    let certain = |gap: &ExpectationGap| gap.below_share.map_or(0.0, |share| share.low());
    gaps.sort_by(|a, b| certain(b).total_cmp(&certain(a)).then(b.judged.cmp(&a.judged)));
    gaps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_surely_bad_comes_first() {
        let verdict = |group, below| Judged {
            group,
            below,
            exceeded: !below,
        };
        let mut verdicts = vec![verdict("one", true)];
        verdicts.extend((0..40).map(|place| verdict("many", place < 30)));
        verdicts.extend((0..40).map(|place| verdict("fine", place < 2)));
        let gaps = find_gaps(&verdicts);
        let names: Vec<&str> = gaps.iter().map(|gap| gap.group.as_str()).collect();
        assert_eq!(names, ["many", "one", "fine"]);
        assert_eq!((gaps[0].judged, gaps[0].below, gaps[0].exceeded), (40, 30, 10));
        assert!(gaps[0].against_others.unwrap().low() > 0.0);
        assert!(find_gaps(&[]).is_empty());
        assert!(find_gaps(&[verdict("only", true)])[0].against_others.is_err());
    }
}
