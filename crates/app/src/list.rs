//! Lists and search: filters for the store, rows for the caller, masked and with the words found.

use domain::Timestamp;
use store::{CaseFilter, CasePage, CaseQuery, CaseSort};
use wire::{
    case::{Matter, Person},
    key::{Key, keys_of},
    list::{self, OwnerFilter, RowCustomer, RowDeadline},
    time::rfc3339,
};

use crate::{
    App, AppError, Caller, Verb,
    dashboard::CHINA_OFFSET_MINUTES,
    limits,
    mask::{Masker, mask_name},
    permission,
};

mod excerpt;

impl App {
    /// One page of the cases that match.
    pub async fn list_cases(
        &self,
        caller: &Caller,
        filter: list::CaseFilter,
    ) -> Result<list::CasePage, AppError> {
        permission::require(caller.role, Verb::ListCases)?;
        let words = filter.q.clone().unwrap_or_default();
        let skip = u32::try_from(filter.skip).unwrap_or(u32::MAX);
        let query = query_of(filter, caller);
        if !words.is_empty() && query.filter.tokens.is_empty() {
            return Ok(list::CasePage {
                items: Vec::new(),
                next_cursor: None,
                total: 0,
            });
        }
        let CasePage {
            rows,
            next_cursor,
            total,
        } = self.store().list_from(&query, skip).await?;
        let items = rows.into_iter().map(|row| show_row(row, &words)).collect();
        Ok(list::CasePage {
            items,
            next_cursor,
            total,
        })
    }
}

fn query_of(filter: list::CaseFilter, caller: &Caller) -> CaseQuery {
    let sort = match filter.sort {
        list::CaseSort::Due => CaseSort::Due,
        list::CaseSort::Newest => CaseSort::OpenedDescending,
        list::CaseSort::Priority => CaseSort::Priority,
        list::CaseSort::Relevance => CaseSort::Relevance,
    };
    CaseQuery {
        sort,
        cursor: filter.cursor.clone(),
        limit: u32::try_from(filter.limit).unwrap_or(u32::MAX),
        filter: store_filter(filter, caller),
    }
}

/// The filter in the terms of the store.
pub(crate) fn store_filter(filter: list::CaseFilter, caller: &Caller) -> CaseFilter {
    let owner = filter.owner.map(|owner| match owner {
        OwnerFilter::Me => store::OwnerFilter::Person(caller.person.id.clone()),
        OwnerFilter::Nobody => store::OwnerFilter::Nobody,
        OwnerFilter::User(id) => store::OwnerFilter::Person(id.as_str().into()),
        // Whoever belongs to no team has no such cases.
        OwnerFilter::OwnTeam => store::OwnerFilter::Team(caller.team.clone().unwrap_or_default()),
        OwnerFilter::Team(team) => store::OwnerFilter::Team(team),
    });
    CaseFilter {
        tokens: filter.q.as_deref().map(text::query_tokens).unwrap_or_default(),
        states: filter.states,
        psychologies: filter.psychologies,
        emotions: filter.emotions,
        subjects: filter.subjects,
        natures: filter.natures,
        stances: filter.stances,
        anger_types: filter.anger_types,
        behaviors: filter.behaviors,
        expectations: filter.expectations,
        maslows: filter.maslows,
        basic_needs: filter.basic_needs,
        rational_needs: filter.rational_needs,
        emotional_needs: filter.emotional_needs,
        risks: filter.risks,
        causes: filter.causes,
        motives: filter.motives,
        intensities: filter.intensities,
        channels: filter.channels,
        severities: filter.severities,
        priorities: filter.priorities,
        clocks: filter.clock.into_iter().collect(),
        waiting: filter.waiting,
        owner,
        product: filter.product,
        site: filter.site,
        team: filter.team,
        batch: filter.batch,
        topic: filter.topic,
        answered: filter.answered.map(|answered| match answered {
            list::Answered::InDay => store::Answered::InDay,
            list::Answered::Later => store::Answered::Later,
            list::Answered::NotYet => store::Answered::NotYet,
        }),
        marks: filter.marks,
        unnamed: filter.missing.map(|place| match place {
            list::Place::Product => store::GroupBy::Product,
            list::Place::Site => store::GroupBy::Site,
            list::Place::Team => store::GroupBy::Team,
            list::Place::Topic => store::GroupBy::Topic,
        }),
        local: (filter.weekday.is_some() || filter.hour.is_some()).then_some(store::LocalTime {
            weekday: filter.weekday,
            hour: filter.hour,
            offset_minutes: CHINA_OFFSET_MINUTES,
        }),
        way: filter.way,
        again: filter.again,
        outcomes: filter.outcomes,
        opened_from: filter.opened_from,
        opened_to: filter.opened_before,
        due_before: filter.due_before,
        ..CaseFilter::default()
    }
}

fn show_row(row: store::CaseRow, words: &str) -> list::CaseRow {
    let name = row.customer_name.as_deref().unwrap_or_default();
    let masker = Masker::of_name(name).with(&row.customer_contacts);
    let excerpt = excerpt::cut(&row.text, words, |text| masker.text(text));
    let at = |at: Timestamp| rfc3339(at);
    list::CaseRow {
        id: row.id.0,
        number: row.number,
        version: row.version,
        title: masker.text(&row.title),
        excerpt: excerpt.text,
        highlights: excerpt.highlights,
        channel: Key(row.channel),
        state: Key(row.state),
        severity: row.severity.level(),
        priority: row.priority.level(),
        psychology: Key(row.psychology),
        emotion: Key(row.emotion),
        intensity: row.intensity as u8,
        nature: Key(row.nature),
        subjects: keys_of(&row.subjects),
        risks: keys_of(&row.risks),
        customer: row.customer.map(|id| RowCustomer {
            id: id.0,
            name: mask_name(&row.customer_name.unwrap_or_default()),
        }),
        owner: row.owner.as_ref().map(Person::from),
        matter: Matter::from(&row.matter),
        next_deadline: row.next_deadline.map(|next| RowDeadline {
            kind: Key(next.kind),
            due_at: at(next.due_at),
            state: Key(next.state),
        }),
        opened_at: at(row.opened_at),
        updated_at: at(row.updated_at),
        demo: row.demo,
    }
}

/// How many code points of a text are read to make an excerpt of it.
pub(crate) const EXCERPT_WINDOW: usize = limits::EXCERPT_CHARS + 2 * limits::EXCERPT_MARGIN;
