//! What is known around a case besides the case itself: like cases, the incident's statement, who was told what.

use domain::{Case, Customer, Event, EventKind, MessageDirection, Notice, Timestamp};
use store::{CaseFilter, CaseQuery, CaseSort};

use crate::{App, AppError, limits, mask::Masker};

impl App {
    /// What the eight rules ask for: what like cases got once a sum was proposed, what was approved to be said, whether
    /// the customer was written something else, and who was told; words of persons are covered.
    pub(crate) async fn known(
        &self,
        case: &Case,
        customer: Option<&Customer>,
        events: Option<&[Event]>,
    ) -> Result<desk::Known, AppError> {
        let priced = |proposal: &domain::Proposal| proposal.offers.iter().any(|offer| offer.amount.is_some());
        let like = match &case.proposal {
            Some(proposal) if priced(proposal) => self.like_cases(case).await?,
            _ => None,
        };
        let statement = self.statement_for(case).await?;
        let since = match &statement {
            Some(_) => self.approved_since(case).await?,
            None => None,
        };
        let strayed = since.and_then(|since| self.strayed(case, since, statement.as_ref()?));
        let masker = Masker::of(customer);
        let telling = desk::Telling {
            told: match events {
                Some(events) => told(case, &masker, events.iter()),
                None => {
                    let stored = self.store().events(&case.id).await?;
                    told(case, &masker, stored.iter().map(|stored| &stored.event))
                }
            },
            statement_since: since,
            followers: self.followers(case, since).await?,
        };
        Ok(desk::Known {
            like,
            strayed: strayed.map(|words| masker.text(&words)),
            statement,
            telling: Some(telling),
        })
    }

    /// When the statement of the incident was approved last.
    pub(crate) async fn approved_since(&self, case: &Case) -> Result<Option<Timestamp>, AppError> {
        let incident = case.parent.as_ref().unwrap_or(&case.id);
        let events = self.store().events(incident).await?;
        let approved = events
            .iter()
            .rfind(|stored| matches!(stored.event.kind, EventKind::StatementApproved { .. }));
        Ok(approved.map(|stored| stored.event.at))
    }

    /// Words written since the approval that contradict it; the last message that speaks of it counts.
    fn strayed(&self, case: &Case, since: Timestamp, statement: &domain::Bilingual) -> Option<String> {
        let written = case
            .messages
            .iter()
            .rev()
            .filter(|message| message.direction == MessageDirection::Outbound && message.at >= since);
        let playbook = self.playbook();
        written.take(limits::STATEMENT_MESSAGES).find_map(|message| {
            let mut situation = crate::situation::situation_of(
                case,
                None,
                &crate::situation::History::default(),
                domain::Role::Admin,
                message.at,
            );
            situation.dealings = domain::Dealings {
                statement_particulars: text::entities(&text::read(&statement.zh), Some(since)),
                ..domain::Dealings::default()
            };
            situation.approved_statement = Some(statement.clone());
            let particulars = text::entities(&text::read(&message.text), Some(message.at));
            let findings = playbook.check_outgoing(&message.text, &situation, &particulars);
            let against = findings
                .into_iter()
                .find(|finding| finding.rule == "contradicts_statement");
            against.map(|finding| finding.quote.words().to_owned())
        })
    }

    /// Of an incident with an approved statement: its newest other cases, and how many customers were told since.
    async fn followers(&self, case: &Case, since: Option<Timestamp>) -> Result<Option<(u32, u32)>, AppError> {
        let (Some(since), None) = (since, &case.parent) else {
            return Ok(None);
        };
        let query = CaseQuery {
            filter: CaseFilter {
                parent: Some(case.id.clone()),
                ..CaseFilter::default()
            },
            sort: CaseSort::OpenedDescending,
            cursor: None,
            limit: limits::FOLLOWERS,
        };
        let mut counts = (0, 0);
        for row in self.store().list(&query).await?.rows {
            let Some(other) = self.store().case(&row.id).await? else {
                continue;
            };
            if matches!(
                other.state,
                domain::CaseState::Merged | domain::CaseState::Withdrawn
            ) {
                continue;
            }
            let told = other
                .messages
                .iter()
                .any(|message| message.direction == MessageDirection::Outbound && message.at >= since);
            counts = (counts.0 + 1, counts.1 + u32::from(told));
        }
        Ok(Some(counts))
    }
}

/// Who was told what, with personal data covered.
fn told<'e>(case: &Case, masker: &Masker, events: impl Iterator<Item = &'e Event>) -> Vec<Notice> {
    let telling: Vec<&Event> = events.filter(|event| desk::tells(&event.kind)).collect();
    if telling.is_empty() {
        return Vec::new();
    }
    let shown = masker.text(&case.text);
    let masked = telling.into_iter().map(|event| masker.event(event, &shown));
    desk::told(&masked.collect::<Vec<_>>())
}
