//! The customer card: history over channels, loyalty, purchases, past remedies; masked.

use domain::{Case, CustomerId};
use store::{CaseFilter, CaseQuery, CaseSort, CustomerQuery};
use wire::{
    analysis::Money,
    customer::{CustomerCard, CustomerCase, PastRemedy},
    customer_list::{CustomerFilter, CustomerPage, CustomerRow},
    key::Key,
    time::rfc3339,
};

use crate::{
    App, AppError, Caller, Verb, limits,
    mask::{Masker, mask_customer},
    permission,
    situation::was_granted,
};

impl App {
    /// One page of the customers that match; personal data masked.
    pub async fn list_customers(
        &self,
        caller: &Caller,
        filter: CustomerFilter,
    ) -> Result<CustomerPage, AppError> {
        permission::require(caller.role, Verb::ListCustomers)?;
        let query = CustomerQuery {
            words: filter.q,
            loyalties: filter.loyalties,
            with_open: filter.open,
            cursor: filter.cursor,
            limit: u32::try_from(filter.limit).unwrap_or(u32::MAX),
        };
        let page = self.store().list_customers(&query).await?;
        Ok(CustomerPage {
            items: page.rows.iter().map(show_row).collect(),
            next_cursor: page.next_cursor,
            total: page.total,
        })
    }

    /// Everything the desk knows of a customer.
    pub async fn customer_card(&self, caller: &Caller, id: &str) -> Result<CustomerCard, AppError> {
        permission::require(caller.role, Verb::ReadCustomer)?;
        let id = CustomerId(id.to_owned());
        let customer = self.store().customer(&id).await?;
        let customer = customer.ok_or_else(|| AppError::not_found("客户", "customer"))?;
        let cases = self.cases_of(&id).await?;
        let purchases = self.store().purchases(&id, limits::CUSTOMER_PURCHASES).await?;
        let masker = Masker::of(Some(&customer));
        let shown = cases.iter().map(|case| show_case(case, &masker)).collect();
        let consents = self.store().consents(&id).await?;
        Ok(CustomerCard {
            consents: consents.iter().map(wire::rights::Consent::from).collect(),
            remedies: cases
                .iter()
                .filter(|case| was_granted(case))
                .flat_map(remedies_of)
                .collect(),
            ..CustomerCard::of(&mask_customer(&customer), shown, &purchases)
        })
    }

    async fn cases_of(&self, customer: &CustomerId) -> Result<Vec<Case>, AppError> {
        let query = CaseQuery {
            filter: CaseFilter {
                customer: Some(customer.clone()),
                ..CaseFilter::default()
            },
            sort: CaseSort::OpenedDescending,
            cursor: None,
            limit: limits::CUSTOMER_CASES,
        };
        let mut cases = Vec::new();
        for row in self.store().list(&query).await?.rows {
            cases.extend(self.store().case(&row.id).await?);
        }
        Ok(cases)
    }
}

fn show_row(row: &store::CustomerRow) -> CustomerRow {
    let shown = mask_customer(&row.customer);
    CustomerRow {
        id: shown.id.0,
        name: shown.name,
        phone: shown.phone,
        email: shown.email,
        loyalty: Key(shown.loyalty),
        since: rfc3339(shown.since),
        cases: row.cases,
        open: row.open,
        last_at: row.last_at.map(rfc3339),
        demo: shown.demo,
    }
}

fn show_case(case: &Case, masker: &Masker) -> CustomerCase {
    CustomerCase {
        id: case.id.0.clone(),
        number: case.number.clone(),
        title: masker.text(&case.title),
        channel: Key(case.channel),
        state: Key(case.state),
        opened_at: rfc3339(case.opened_at),
        outcome: case.closure.as_ref().map(|closure| Key(closure.outcome)),
    }
}

fn remedies_of(case: &Case) -> Vec<PastRemedy> {
    let proposal = case.proposal.iter();
    let offers = proposal.flat_map(|proposal| proposal.offers.iter().map(move |offer| (proposal.at, offer)));
    let past = offers.map(|(at, offer)| PastRemedy {
        case_id: case.id.0.clone(),
        remedy: Key(offer.remedy),
        amount: offer.amount.map(Money::from),
        at: rfc3339(at),
    });
    past.collect()
}
