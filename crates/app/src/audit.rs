//! The audit trail, read by those who watch over the desk.

use std::collections::HashMap;

use store::AuditFilter;
use wire::{
    audit::{AuditLine, AuditPage, AuditQuery},
    time::rfc3339,
};

use crate::{
    App, AppError, Caller, Verb,
    jobs::{cursor_of, rows_of},
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
        let items = lines.into_iter().map(|(number, line)| AuditLine {
            number,
            at: rfc3339(line.at),
            name: names.get(line.actor.as_str()).map(|name| (*name).to_owned()),
            actor: line.actor,
            action: line.action,
            target: text::mask(&line.target),
            detail: text::mask(&line.detail),
        });
        Ok(AuditPage {
            items: items.collect(),
            next_cursor,
        })
    }
}
