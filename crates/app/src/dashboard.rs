//! The live dashboard: counted by the store over the cases of a filter.

use std::collections::HashMap;

use domain::{DeadlineState, Vocabulary};
use store::Counts;
use wire::{
    dashboard::{ClockCounts, Csat, Dashboard, DayCount, FacetCounts, FirstResponse, KeyCount, OwnerCount},
    list::CaseFilter,
};

use crate::{App, AppError, Caller, Verb, list::store_filter, permission};

/// Days of the dashboard begin at midnight in China.
pub(crate) const CHINA_OFFSET_MINUTES: i32 = 8 * 60;

impl App {
    /// The numbers over the cases that match.
    pub async fn dashboard(&self, caller: &Caller, filter: CaseFilter) -> Result<Dashboard, AppError> {
        permission::require(caller.role, Verb::ReadDashboard)?;
        let filter = store_filter(filter, caller);
        let counted = self.store().dashboard(&filter, CHINA_OFFSET_MINUTES).await?;
        let users = self.store().users().await?;
        let names: HashMap<String, String> = users.into_iter().map(|user| (user.id.0, user.name)).collect();
        Ok(show(counted, &names))
    }
}

fn show(counted: store::Dashboard, names: &HashMap<String, String>) -> Dashboard {
    let days = counted.volume.into_iter().map(|(day, count)| DayCount {
        day: day.to_string(),
        count,
    });
    let owners = counted
        .backlog_by_owner
        .into_iter()
        .map(|(owner, count)| OwnerCount {
            owner: owner.map(|id| names.get(&id.0).cloned().unwrap_or(id.0)),
            count,
        });
    Dashboard {
        volume: days.collect(),
        open: counted.open,
        closed: counted.closed,
        facets: show_facets(counted.facets),
        clocks: show_clocks(&counted.clocks),
        outcomes: show_counts(counted.outcomes),
        csat: Csat {
            n: counted.csat.n,
            mean: counted.csat.mean,
        },
        backlog_by_owner: owners.collect(),
        by_product: counted
            .by_product
            .into_iter()
            .map(|(key, count)| KeyCount { key, count })
            .collect(),
        first_response: FirstResponse {
            n: counted.first_response.n,
            median_hours: counted.first_response.median_hours,
            within_24h: counted.first_response.within_24h,
        },
    }
}

fn show_counts<V: Vocabulary>(counts: Counts<V>) -> Vec<KeyCount> {
    let shown = counts.into_iter().map(|(value, count)| KeyCount {
        key: value.key().to_owned(),
        count,
    });
    shown.collect()
}

fn show_facets(facets: store::FacetCounts) -> FacetCounts {
    FacetCounts {
        psychology: show_counts(facets.psychology),
        emotion: show_counts(facets.emotion),
        subject: show_counts(facets.subject),
        nature: show_counts(facets.nature),
        stance: show_counts(facets.stance),
        channel: show_counts(facets.channel),
        risk: show_counts(facets.risk),
        cause: show_counts(facets.cause),
        state: show_counts(facets.state),
        severity: show_counts(facets.severity),
        motive: show_counts(facets.motive),
        intensity: show_counts(facets.intensity),
        priority: show_counts(facets.priority),
        anger_type: show_counts(facets.anger_type),
        behavior: show_counts(facets.behavior),
        expectation: show_counts(facets.expectation),
        maslow: show_counts(facets.maslow),
        basic_need: show_counts(facets.basic_need),
        rational_need: show_counts(facets.rational_need),
        emotional_need: show_counts(facets.emotional_need),
    }
}

fn show_clocks(counts: &Counts<DeadlineState>) -> ClockCounts {
    let of = |state| {
        counts
            .iter()
            .find(|(counted, _)| *counted == state)
            .map_or(0, |(_, count)| *count)
    };
    ClockCounts {
        running: of(DeadlineState::Running),
        near: of(DeadlineState::Near),
        breached: of(DeadlineState::Breached),
        met: of(DeadlineState::Met),
    }
}
