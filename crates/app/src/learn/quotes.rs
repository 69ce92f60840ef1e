//! Words of customers shown as examples: masked and cut.

use std::collections::HashMap;

use domain::CustomerId;
use insight::date_words;
use wire::insight::QuotedCase;

use super::facts::{Facts, local_day};
use crate::{App, AppError, limits, mask::Masker};

/// What is needed to show words of some cases.
pub(crate) struct Quoter<'f> {
    facts: &'f Facts,
    maskers: HashMap<CustomerId, Masker>,
}

impl App {
    /// Makes ready to show the words of the cases with these numbers.
    pub(crate) async fn quoter<'f, 'n>(
        &self,
        facts: &'f Facts,
        numbers: impl IntoIterator<Item = &'n str>,
    ) -> Result<Quoter<'f>, AppError> {
        let mut maskers = HashMap::new();
        for number in numbers {
            let customer = facts.case(number).and_then(|case| case.customer.as_ref());
            let Some(id) = customer.filter(|id| !maskers.contains_key(*id)) else {
                continue;
            };
            let known = self.store().customer(id).await?;
            maskers.insert(id.clone(), Masker::of(known.as_ref()));
        }
        Ok(Quoter { facts, maskers })
    }
}

impl Quoter<'_> {
    /// The words of a case, masked and cut.
    pub(crate) fn words(&self, number: &str) -> Option<String> {
        let case = self.facts.case(number)?;
        let none = Masker::default();
        let masker = case
            .customer
            .as_ref()
            .and_then(|id| self.maskers.get(id))
            .unwrap_or(&none);
        Some(cut(&masker.text(&case.text)))
    }

    /// The case with its words.
    pub(crate) fn case(&self, number: &str) -> Option<QuotedCase> {
        let case = self.facts.case(number)?;
        Some(QuotedCase {
            id: case.id.0.clone(),
            number: case.number.clone(),
            day: date_words(local_day(case.opened_at)),
            text: self.words(number)?,
        })
    }
}

/// The beginning of a text.
fn cut(text: &str) -> String {
    match text.char_indices().nth(limits::QUOTE_CHARS) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
