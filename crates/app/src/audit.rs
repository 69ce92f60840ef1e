//! The audit trail, read by those who watch over the desk.

use std::collections::HashMap;

use domain::{CaseId, CustomerId};
use store::AuditFilter;
use wire::{
    audit::{AuditLine, AuditPage, AuditQuery},
    time::rfc3339,
};

use crate::{
    App, AppError, Caller, Verb,
    jobs::{cursor_of, rows_of},
    mask::Masker,
    permission,
};

impl App {
    /// Lines of the audit trail, newest first, with personal data covered.
    pub async fn audit_trail(&self, caller: &Caller, query: AuditQuery) -> Result<AuditPage, AppError> {
        permission::require(caller.role, Verb::ReadAudit)?;
        let limit = rows_of(query.limit)?;
        let filter = AuditFilter {
            actor: query.actor,
            action: query.action,
            target: query.target,
            before: cursor_of(query.cursor.as_deref())?,
        };
        let lines = self.store().audit_lines(&filter, limit).await?;
        let users = self.store().users().await?;
        let names: HashMap<&str, &str> = users
            .iter()
            .map(|user| (user.id.as_str(), user.name.as_str()))
            .collect();
        let full = lines.len() >= limit as usize;
        let next_cursor = lines
            .last()
            .filter(|_| full)
            .map(|(number, _)| number.to_string());
        let mut maskers: HashMap<String, Masker> = HashMap::new();
        let mut items = Vec::with_capacity(lines.len());
        for (number, line) in lines {
            let masker = self.masker_upon(&line.target, &mut maskers).await?;
            items.push(AuditLine {
                number,
                at: rfc3339(line.at),
                name: names.get(line.actor.as_str()).map(|name| (*name).to_owned()),
                actor: line.actor,
                action: line.action,
                detail: masker.text(&line.detail),
                target: masker.text(&line.target),
            });
        }
        Ok(AuditPage { items, next_cursor })
    }

    /// What covers words upon a case or a customer, their card known to it; kept among `maskers` for the next line.
    pub(crate) async fn masker_upon<'m>(
        &self,
        target: &str,
        maskers: &'m mut HashMap<String, Masker>,
    ) -> Result<&'m Masker, AppError> {
        if !maskers.contains_key(target) {
            let masker = match self.store().case(&CaseId(target.to_owned())).await? {
                Some(case) => self.masker(&case).await?,
                None => {
                    let customer = self.store().customer(&CustomerId(target.to_owned())).await?;
                    Masker::of(customer.as_ref())
                }
            };
            maskers.insert(target.to_owned(), masker);
        }
        Ok(&maskers[target])
    }
}
