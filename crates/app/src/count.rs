//! Counts beside the filters of the list: what each value of a facet would leave.

use domain::{CaseState, Vocabulary};
use store::CaseFilter;
use wire::{count::ValueCounts, dashboard::KeyCount, list};

use crate::{App, AppError, Caller, Verb, list::store_filter, permission};

/// The key that stands for all states that are not final.
const OPEN: &str = "open";

impl App {
    /// How many cases each value of a facet would list, all other filters being as they are.
    ///
    /// # Errors
    /// When there is no such facet.
    pub async fn count_cases(
        &self,
        caller: &Caller,
        facet: &str,
        filter: list::CaseFilter,
    ) -> Result<ValueCounts, AppError> {
        permission::require(caller.role, Verb::ListCases)?;
        // Words without a single token find nothing.
        let words = filter.q.clone().unwrap_or_default();
        let filter = store_filter(filter, caller);
        if !words.is_empty() && filter.tokens.is_empty() {
            return Ok(ValueCounts::default());
        }
        let items = match facet {
            "state" => self.count_states(filter).await?,
            "psychology" => self.count_values(filter, |of, one| of.psychologies = one).await?,
            "emotion" => self.count_values(filter, |of, one| of.emotions = one).await?,
            "intensity" => self.count_values(filter, |of, one| of.intensities = one).await?,
            "subject" => self.count_values(filter, |of, one| of.subjects = one).await?,
            "nature" => self.count_values(filter, |of, one| of.natures = one).await?,
            "stance" => self.count_values(filter, |of, one| of.stances = one).await?,
            "anger_type" => self.count_values(filter, |of, one| of.anger_types = one).await?,
            "behavior" => self.count_values(filter, |of, one| of.behaviors = one).await?,
            "expectation" => self.count_values(filter, |of, one| of.expectations = one).await?,
            "maslow" => self.count_values(filter, |of, one| of.maslows = one).await?,
            "basic_need" => self.count_values(filter, |of, one| of.basic_needs = one).await?,
            "rational_need" => {
                self.count_values(filter, |of, one| of.rational_needs = one)
                    .await?
            }
            "emotional_need" => {
                self.count_values(filter, |of, one| of.emotional_needs = one)
                    .await?
            }
            "risk" => self.count_values(filter, |of, one| of.risks = one).await?,
            "cause" => self.count_values(filter, |of, one| of.causes = one).await?,
            "motive" => self.count_values(filter, |of, one| of.motives = one).await?,
            "channel" => self.count_values(filter, |of, one| of.channels = one).await?,
            "severity" => self.count_values(filter, |of, one| of.severities = one).await?,
            "priority" => self.count_values(filter, |of, one| of.priorities = one).await?,
            "outcome" => self.count_values(filter, |of, one| of.outcomes = one).await?,
            "waiting" => self.count_values(filter, |of, one| of.waiting = one).await?,
            _ => return Err(AppError::not_found("可筛选的维度", "facet to filter by")),
        };
        Ok(ValueCounts { items })
    }

    /// Asks for each value alone; the store answers most of these from what it has counted already.
    async fn count_values<V: Vocabulary>(
        &self,
        mut filter: CaseFilter,
        ask_for: impl Fn(&mut CaseFilter, Vec<V>),
    ) -> Result<Vec<KeyCount>, AppError> {
        let mut items = Vec::with_capacity(V::ALL.len());
        for value in V::ALL {
            ask_for(&mut filter, vec![*value]);
            items.push(KeyCount {
                key: value.key().to_owned(),
                count: self.store().count(&filter).await?,
            });
        }
        Ok(items)
    }

    async fn count_states(&self, filter: CaseFilter) -> Result<Vec<KeyCount>, AppError> {
        let mut items = self.count_values(filter, |of, one| of.states = one).await?;
        let is_open =
            |item: &&KeyCount| CaseState::from_key(&item.key).is_some_and(|state| !state.is_final());
        let count = items.iter().filter(is_open).map(|item| item.count).sum();
        let key = OPEN.to_owned();
        items.insert(0, KeyCount { key, count });
        Ok(items)
    }
}
