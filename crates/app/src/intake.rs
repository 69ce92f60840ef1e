//! Taking complaints in: read, numbered, opened as cases, stored durably before the answer.

use domain::{Case, CaseId, Complaint, Customer, CustomerId, Loyalty, Timestamp};
use store::{CaseWrite, StoreError};
use wire::{
    CaseParts,
    intake::{Intake, NewCustomer},
};

use crate::{
    App, AppError, Caller, Repeatable, Verb, case::day_digits, idempotency::Before, limits, permission,
    secret,
};

impl App {
    /// Opens a case for a complaint; analysis and plan are part of the answer. A repeated request answers the case
    /// it opened first.
    pub async fn intake(
        &self,
        caller: &Caller,
        intake: Intake,
        repeatable: Option<&Repeatable>,
    ) -> Result<CaseParts, AppError> {
        permission::require(caller.role, Verb::Intake)?;
        let now = self.now();
        let id = CaseId(secret::new_id(now, self.randomness()));
        let key = match self.look_before(caller, repeatable, &id.0).await? {
            Before::Done(first) => return self.view(&self.find_case(&first).await?, caller, true).await,
            Before::Do(key) => key,
        };
        let (case, events, tokens) = self.open(id, intake, caller, now).await?;
        let write = CaseWrite {
            case: &case,
            events: &events,
            search_tokens: Some(&tokens),
            next_check_at: desk::next_check_at(&case),
            idempotency: key.as_ref(),
        };
        match self.store().create(write).await {
            Ok(sequence) => self.bus().publish(sequence),
            // The same request came twice at once, and the other one was first.
            Err(StoreError::Duplicate {
                what: "idempotency_key",
            }) => {
                if let Before::Done(first) = self.look_before(caller, repeatable, "").await? {
                    return self.view(&self.find_case(&first).await?, caller, true).await;
                }
            }
            Err(error) => return Err(error.into()),
        }
        self.view(&case, caller, true).await
    }

    /// Opens many cases at once, all or none; for imports. Answers their identities in order.
    pub async fn intake_many(&self, caller: &Caller, intakes: Vec<Intake>) -> Result<Vec<CaseId>, AppError> {
        permission::require(caller.role, Verb::Intake)?;
        let now = self.now();
        let mut opened = Vec::with_capacity(intakes.len());
        for intake in intakes {
            let id = CaseId(secret::new_id(now, self.randomness()));
            opened.push(self.open(id, intake, caller, now).await?);
        }
        let writes: Vec<CaseWrite<'_>> = opened
            .iter()
            .map(|(case, events, tokens)| CaseWrite {
                case,
                events,
                search_tokens: Some(tokens),
                next_check_at: desk::next_check_at(case),
                idempotency: None,
            })
            .collect();
        let sequence = self.store().create_many(&writes).await?;
        self.bus().publish(sequence);
        Ok(opened.into_iter().map(|(case, ..)| case.id).collect())
    }

    async fn open(
        &self,
        id: CaseId,
        intake: Intake,
        caller: &Caller,
        now: Timestamp,
    ) -> Result<(Case, Vec<domain::Event>, Vec<String>), AppError> {
        let customer = self.find_or_make_customer(intake.customer.as_ref(), now).await?;
        let analysis = self.read_one(intake.complaint.clone()).await?;
        let title = intake.title.unwrap_or_else(|| title_of(&intake.complaint));
        let day = day_digits(now);
        let number = self.store().reserve_numbers(&day, 1).await?;
        let new = desk::NewCase {
            id,
            number: format!("TS-{day}-{number:04}"),
            title,
            complaint: intake.complaint,
            customer: customer.as_ref().map(|customer| customer.id.clone()),
            analysis,
            demo: false,
        };
        let events = desk::open(new, &caller.actor(), now, self.rules());
        let case = desk::replay(&events).ok_or_else(|| AppError::Plain(crate::Code::Failed))?;
        let tokens = search_tokens(&case, customer.as_ref().map_or("", |customer| &customer.name));
        Ok((case, events, tokens))
    }

    async fn find_or_make_customer(
        &self,
        new: Option<&NewCustomer>,
        now: Timestamp,
    ) -> Result<Option<Customer>, AppError> {
        let Some(new) = new else { return Ok(None) };
        if let Some(id) = &new.id {
            let known = self.store().customer(&CustomerId(id.clone())).await?;
            return known
                .map(Some)
                .ok_or_else(|| AppError::field("customer.id", "没有这位客户", "there is no such customer"));
        }
        if new.phone.is_some() || new.email.is_some() {
            let known = self
                .store()
                .customer_by_contact(new.phone.as_deref(), new.email.as_deref())
                .await?;
            if known.is_some() {
                return Ok(known);
            }
        }
        let customer = Customer {
            id: CustomerId(secret::new_id(now, self.randomness())),
            name: new.name.clone().unwrap_or_default(),
            phone: new.phone.clone(),
            email: new.email.clone(),
            loyalty: Loyalty::New,
            since: now,
            demo: false,
        };
        self.store()
            .put_customers(std::slice::from_ref(&customer))
            .await?;
        Ok(Some(customer))
    }
}

/// The words a case is found by.
pub(crate) fn search_tokens(case: &Case, more: &str) -> Vec<String> {
    let matter = &case.matter;
    let facts = [
        &matter.product,
        &matter.batch,
        &matter.site,
        &matter.team,
        &matter.order,
    ];
    let facts = facts.into_iter().flatten().map(String::as_str);
    let notes = case.messages.iter().map(|message| message.text.as_str());
    let parts = [case.number.as_str(), &case.title, &case.text, more]
        .into_iter()
        .chain(facts)
        .chain(notes);
    let mut tokens: Vec<String> = parts.flat_map(text::search_tokens).collect();
    tokens.sort_unstable();
    tokens.dedup();
    tokens
}

/// A title from the beginning of the text, with personal data covered before it is cut.
pub(crate) fn title_of(complaint: &Complaint) -> String {
    let start: String = complaint
        .text
        .chars()
        .take(limits::TITLE_CHARS + limits::EXCERPT_MARGIN)
        .collect();
    let masked = text::mask(&start);
    let line = masked.split_whitespace().collect::<Vec<_>>().join(" ");
    let end = line.char_indices().nth(limits::TITLE_CHARS).map(|(byte, _)| byte);
    end.map_or_else(|| line.clone(), |end| format!("{}…", &line[..end]))
}
