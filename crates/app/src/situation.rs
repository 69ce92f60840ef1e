//! What a plan may know besides the reading: facts of the case and of the customer's history.

use domain::{
    Bilingual, Case, CaseState, CheckRule, CheckState, Complaint, Customer, Deadline, DeadlineState,
    Dealings, Loyalty, PromiseState, Remedy, Role, Severity, Situation, Timestamp,
};
use store::{CaseFilter, CaseQuery, CaseSort};
use wire::time::spoken;

use crate::{App, AppError, dealings::dealings_of, mask::TITLES};

/// What is on file about a customer besides the case at hand.
#[derive(Clone, Debug, Default)]
pub(crate) struct History {
    /// Earlier complaints.
    pub(crate) complaints: u32,
    /// Earlier cases, newest first.
    pub(crate) cases: Vec<Case>,
}

impl History {
    /// Remedies the customer agreed to earlier, newest first, each once.
    fn remedies(&self) -> Vec<Remedy> {
        let proposals = self
            .cases
            .iter()
            .filter(|case| was_granted(case))
            .filter_map(|case| case.proposal.as_ref());
        let mut remedies = Vec::new();
        for offer in proposals.flat_map(|proposal| &proposal.offers) {
            if !remedies.contains(&offer.remedy) {
                remedies.push(offer.remedy);
            }
        }
        remedies
    }
}

/// States that a case can be in once the customer got what was proposed. A case can be closed without it as well.
pub(crate) const GRANTED: [CaseState; 4] = [
    CaseState::Remedied,
    CaseState::Verified,
    CaseState::Closed,
    CaseState::FollowedUp,
];

/// Whether the customer got what was proposed: it was carried out, and not taken up anew since.
pub(crate) fn was_granted(case: &Case) -> bool {
    case.remedied_at.is_some() && GRANTED.contains(&case.state)
}

impl App {
    /// The cases of a customer other than `case`, newest first; at most `most` are loaded.
    pub(crate) async fn history(&self, case: &Case, most: u32) -> Result<History, AppError> {
        let Some(customer) = &case.customer else {
            return Ok(History::default());
        };
        let query = CaseQuery {
            filter: CaseFilter {
                customer: Some(customer.clone()),
                opened_to: Some(case.opened_at),
                ..CaseFilter::default()
            },
            sort: CaseSort::OpenedDescending,
            cursor: None,
            limit: most,
        };
        let page = self.store().list(&query).await?;
        let mut cases = Vec::new();
        for row in page.rows.iter().filter(|row| row.id != case.id) {
            cases.extend(self.store().case(&row.id).await?);
        }
        Ok(History {
            complaints: u32::try_from(page.total).unwrap_or(u32::MAX),
            cases,
        })
    }
}

/// The situation of a case for the person who will act.
pub(crate) fn situation_of(
    case: &Case,
    customer: Option<&Customer>,
    history: &History,
    role: Role,
    now: Timestamp,
) -> Situation {
    let broken = case
        .promises
        .iter()
        .any(|promise| promise.state == PromiseState::Broken);
    Situation {
        now,
        channel: case.channel,
        state: case.state,
        loyalty: customer.map_or(Loyalty::Unknown, |customer| customer.loyalty),
        severity: case.severity,
        customer_name: customer.and_then(|customer| form_of_address(&customer.name)),
        owner_name: case.owner.as_ref().map(|owner| owner.name.clone()),
        actor_role: role,
        next_due: next_due(case),
        amount: case.analysis.largest_amount(),
        product: case.matter.product.clone(),
        order: case.matter.order.clone(),
        place: case.matter.site.clone(),
        earlier_complaints: history.complaints,
        earlier_remedies: history.remedies(),
        stuck: is_stuck(case, now),
        changes_made: case.changes.clone(),
        broken_promise: broken,
        approved_statement: None,
        use_temperament: true,
        dealings: dealings_of(case, customer, history),
    }
}

/// The situation of a bare text.
pub fn situation_of_text(complaint: &Complaint, role: Role, now: Timestamp) -> Situation {
    Situation {
        now,
        channel: complaint.channel,
        state: CaseState::Received,
        loyalty: Loyalty::Unknown,
        severity: Severity::Moderate,
        customer_name: None,
        owner_name: None,
        actor_role: role,
        next_due: None,
        amount: None,
        product: complaint.matter.product.clone(),
        order: complaint.matter.order.clone(),
        place: complaint.matter.site.clone(),
        earlier_complaints: 0,
        earlier_remedies: Vec::new(),
        stuck: false,
        changes_made: Vec::new(),
        broken_promise: false,
        approved_statement: None,
        use_temperament: true,
        dealings: Dealings::default(),
    }
}

/// Surname and title, when the name on file ends with one; a bare name is not said, for it is personal data.
fn form_of_address(name: &str) -> Option<String> {
    let title = TITLES.into_iter().find(|title| name.ends_with(title))?;
    name.chars().next().map(|surname| format!("{surname}{title}"))
}

fn next_due(case: &Case) -> Option<Bilingual> {
    let active = case.deadlines.iter().filter(|clock| is_counting(clock));
    active.map(|clock| clock.due_at).min().map(spoken)
}

fn is_counting(clock: &Deadline) -> bool {
    matches!(clock.state, DeadlineState::Running | DeadlineState::Near)
}

fn is_stuck(case: &Case, now: Timestamp) -> bool {
    let checks = desk::checks(case, now);
    checks
        .iter()
        .any(|check| check.rule == CheckRule::ThreeChanges && check.state != CheckState::Ok)
}
