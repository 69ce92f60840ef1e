//! What people put right in the engine's reading, for the engine to learn from.

use std::collections::BTreeMap;

use domain::{CaseId, ConsentPurpose, EventKind, FacetValue};

use crate::{App, AppError};

/// The most events read at a time.
const BATCH: u32 = 5_000;

/// A case's text with the facets that a person overruled.
#[derive(Clone, Debug, PartialEq)]
pub struct Corrected {
    /// The case's number.
    pub number: String,
    /// Its text, personal data covered.
    pub text: String,
    /// The facets as the person put them, the last word on each.
    pub facets: Vec<FacetValue>,
}

impl App {
    /// Every case with overruled facets, in the order of their first correction. For faces that move whole databases.
    pub async fn corrections(&self) -> Result<Vec<Corrected>, AppError> {
        let mut order: Vec<CaseId> = Vec::new();
        let mut facets: BTreeMap<String, Vec<FacetValue>> = BTreeMap::new();
        let mut after = 0;
        loop {
            let events = self.store().events_after(after, BATCH).await?;
            let Some(last) = events.last() else { break };
            after = last.sequence;
            for stored in events {
                if let EventKind::FacetsConfirmed { corrections, .. } = stored.event.kind
                    && !corrections.is_empty()
                {
                    let known = facets.entry(stored.case.as_str().to_owned()).or_default();
                    if known.is_empty() {
                        order.push(stored.case);
                    }
                    overrule(known, corrections);
                }
            }
        }
        let mut corrected = Vec::with_capacity(order.len());
        for id in order {
            if let Some(case) = self.store().case(&id).await?
                && !crate::mask::is_covered(&case.text)
                && !self
                    .refused(case.customer.as_ref(), ConsentPurpose::Training)
                    .await?
            {
                corrected.push(Corrected {
                    text: self.masker(&case).await?.text(&case.text),
                    facets: facets.remove(id.as_str()).unwrap_or_default(),
                    number: case.number,
                });
            }
        }
        Ok(corrected)
    }
}

/// Later words on a facet take the place of earlier ones.
fn overrule(known: &mut Vec<FacetValue>, corrections: Vec<FacetValue>) {
    for correction in corrections {
        let facet = std::mem::discriminant(&correction);
        known.retain(|earlier| std::mem::discriminant(earlier) != facet);
        known.push(correction);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{Nature, Stance};

    #[test]
    fn the_last_word_on_a_facet_counts() {
        let mut known = vec![
            FacetValue::Nature(Nature::Help),
            FacetValue::Stance(Stance::Reason),
        ];
        overrule(&mut known, vec![FacetValue::Nature(Nature::Inquiry)]);
        assert_eq!(
            known,
            [
                FacetValue::Stance(Stance::Reason),
                FacetValue::Nature(Nature::Inquiry)
            ]
        );
    }
}
