//! The flow a case should follow: which state may come after which. The flow of D2 as the desk runs it.

use std::collections::BTreeSet;

use domain::{CaseState, Vocabulary};

/// Which activity may come after which.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flow {
    first: BTreeSet<String>,
    next: BTreeSet<(String, String)>,
    known: BTreeSet<String>,
}

impl Flow {
    /// A flow from the activities that may be first and the steps that may be gone.
    pub fn new(first: &[&str], steps: &[(&str, &str)]) -> Self {
        let ends = steps.iter().flat_map(|(from, to)| [*from, *to]);
        Self {
            known: ends.chain(first.iter().copied()).map(str::to_owned).collect(),
            first: first.iter().map(|one| (*one).to_owned()).collect(),
            next: steps
                .iter()
                .map(|(from, to)| ((*from).to_owned(), (*to).to_owned()))
                .collect(),
        }
    }

    /// The lifecycle of a case (D2).
    pub fn of_cases() -> Self {
        let steps: Vec<(&str, &str)> = CaseState::ALL
            .iter()
            .flat_map(|from| after(*from).into_iter().map(|to| (from.key(), to.key())))
            .collect();
        Self::new(&[CaseState::Received.key()], &steps)
    }

    /// Whether the activity belongs to the flow at all.
    pub fn knows(&self, activity: &str) -> bool {
        self.known.contains(activity)
    }

    /// Whether the step may be gone; nothing before is the beginning.
    pub fn allows(&self, from: Option<&str>, to: &str) -> bool {
        match from {
            None => self.first.contains(to),
            Some(from) => self.next.contains(&(from.to_owned(), to.to_owned())),
        }
    }
}

/// The states that may follow a state. A proposal may be made anew; whatever is not at its end may be withdrawn or
/// merged; what is at its end may be opened again, save what was merged.
fn after(state: CaseState) -> Vec<CaseState> {
    use CaseState::{
        Acknowledged, Agreed, Closed, FollowedUp, Investigating, Merged, Proposed, Received, Refused,
        Remedied, Understood, Verified, Withdrawn,
    };
    let onward: &[CaseState] = match state {
        Received => &[Acknowledged],
        Acknowledged => &[Understood],
        Understood => &[Investigating, Proposed, Closed, Refused],
        Investigating => &[Proposed, Closed, Refused],
        Proposed => &[Investigating, Proposed, Agreed, Closed, Refused],
        Agreed => &[Proposed, Remedied],
        Remedied => &[Verified, Closed],
        Verified => &[Closed],
        Closed => &[FollowedUp, Understood],
        FollowedUp | Refused | Withdrawn => &[Understood],
        Merged => &[],
    };
    let ended = matches!(state, Closed | FollowedUp | Refused | Withdrawn | Merged);
    let anywhere: &[CaseState] = if ended { &[] } else { &[Withdrawn, Merged] };
    [onward, anywhere].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_flow_of_cases() {
        let flow = Flow::of_cases();
        assert!(flow.allows(None, "received") && !flow.allows(None, "closed"));
        assert!(flow.allows(Some("agreed"), "remedied") && !flow.allows(Some("received"), "closed"));
        assert!(flow.allows(Some("closed"), "understood") && !flow.allows(Some("merged"), "understood"));
        assert!(flow.knows("withdrawn") && !flow.knows("lunch"));
    }

    #[test]
    fn final_states_are_those_of_the_domain() {
        for state in CaseState::ALL {
            let may_be_withdrawn = after(*state).contains(&CaseState::Withdrawn);
            assert_eq!(may_be_withdrawn, !state.is_final(), "{state:?}");
        }
    }
}
