//! Imports: many complaints at once, and each row of a source once, however often it is imported.

use std::collections::HashMap;

use domain::{CaseId, Vocabulary};
use store::{CaseWrite, IdempotencyKey, LASTING_SCOPE};
use wire::intake::Intake;

use crate::{App, AppError, Caller, Verb, permission, secret};

/// What a row is known by in its source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    scope: String,
    name: String,
    text: String,
}

impl Origin {
    /// A row whose name was told before, when its file was read.
    pub(crate) fn known(source: &str, name: String, intake: &Intake) -> Self {
        Self {
            scope: format!("{LASTING_SCOPE}{source}"),
            text: secret::digest(&[intake.complaint.text.as_bytes()]),
            name,
        }
    }

    /// What it is known by.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }
}

/// Tells the rows of one source apart.
#[derive(Debug)]
pub struct Origins {
    scope: String,
    seen: HashMap<String, u32>,
}

impl Origins {
    /// The rows of a source of this name, such as a file or another system.
    pub fn of(source: &str) -> Self {
        Self {
            scope: format!("{LASTING_SCOPE}{source}"),
            seen: HashMap::new(),
        }
    }

    /// The origin of the next row: its own name, or else its content and how often that stood in the source already,
    /// so that two customers who say the same are two.
    pub fn next(&mut self, name: Option<&str>, intake: &Intake) -> Origin {
        let text = secret::digest(&[intake.complaint.text.as_bytes()]);
        let name = match name {
            Some(name) => secret::digest(&[b"name", name.as_bytes()]),
            None => {
                let content = content_of(intake);
                let times = self.seen.entry(content.clone()).or_default();
                *times += 1;
                secret::digest(&[content.as_bytes(), &times.to_le_bytes()])
            }
        };
        Origin {
            scope: self.scope.clone(),
            name,
            text,
        }
    }
}

/// Everything a row says, in one hash.
fn content_of(intake: &Intake) -> String {
    let complaint = &intake.complaint;
    let matter = &complaint.matter;
    let customer = intake.customer.clone().unwrap_or_default();
    let received_at = complaint.received_at.map(|at| at.0.to_string());
    let parts = [
        Some(&complaint.text),
        received_at.as_ref(),
        matter.product.as_ref(),
        matter.batch.as_ref(),
        matter.site.as_ref(),
        matter.team.as_ref(),
        matter.order.as_ref(),
        customer.name.as_ref(),
        customer.phone.as_ref(),
        customer.email.as_ref(),
    ];
    let mut parts: Vec<&[u8]> = parts
        .iter()
        .map(|part| part.map_or(&[][..], |words| words.as_bytes()))
        .collect();
    parts.push(complaint.channel.key().as_bytes());
    secret::digest(&parts)
}

/// A row to be imported.
#[derive(Clone, Debug)]
pub struct ImportRow {
    /// What it says.
    pub intake: Intake,
    /// Where it comes from; nothing when the same row may come again and is another complaint then.
    pub origin: Option<Origin>,
}

/// What became of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Imported {
    /// A case was opened.
    Opened(CaseId),
    /// The row was imported before, as this case.
    AlreadyThere(CaseId),
    /// A row of the same name was imported before, as this case, and had another text.
    Changed(CaseId),
}

impl App {
    /// Opens a case for each row that was not imported before, all or none; answers what became of each, in order.
    pub async fn import_rows(
        &self,
        caller: &Caller,
        rows: Vec<ImportRow>,
    ) -> Result<Vec<Imported>, AppError> {
        permission::require(caller.role, Verb::Intake)?;
        let now = self.now();
        let before = self.imported_before(&rows).await?;
        let mut outcomes = Vec::with_capacity(rows.len());
        let (mut named, mut keys) = (Vec::new(), Vec::new());
        for row in rows {
            let known = row
                .origin
                .as_ref()
                .and_then(|origin| Some((before.get(&origin.name)?, origin)));
            if let Some((key, origin)) = known {
                let case = CaseId(key.answer.clone());
                let is_same = key.request_hash == origin.text;
                outcomes.push(if is_same {
                    Imported::AlreadyThere(case)
                } else {
                    Imported::Changed(case)
                });
                continue;
            }
            let id = CaseId(secret::new_id(now, self.randomness()));
            keys.push(row.origin.map(|origin| IdempotencyKey {
                scope: origin.scope,
                key: origin.name,
                request_hash: origin.text,
                answer: id.0.clone(),
                created_at: now,
            }));
            outcomes.push(Imported::Opened(id.clone()));
            named.push((id, row.intake));
        }
        if named.is_empty() {
            return Ok(outcomes);
        }
        let opened = self.open_all(named, caller, now).await?;
        let writes: Vec<CaseWrite<'_>> = opened
            .iter()
            .zip(&keys)
            .map(|(opened, key)| opened.write(key.as_ref()))
            .collect();
        let sequence = self.store().create_many(&writes).await?;
        self.counters().note_intakes(writes.len());
        self.bus().publish(sequence);
        Ok(outcomes)
    }

    /// The rows that were imported before, by their names.
    async fn imported_before(&self, rows: &[ImportRow]) -> Result<HashMap<String, IdempotencyKey>, AppError> {
        let origins: Vec<&Origin> = rows.iter().filter_map(|row| row.origin.as_ref()).collect();
        let Some(first) = origins.first() else {
            return Ok(HashMap::new());
        };
        let names: Vec<String> = origins.iter().map(|origin| origin.name.clone()).collect();
        let found = self.store().idempotencies(&first.scope, &names).await?;
        Ok(found.into_iter().map(|key| (key.key.clone(), key)).collect())
    }
}
