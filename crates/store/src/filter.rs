//! A filter as an SQL condition over `cases c`.

use domain::{CaseState, Vocabulary};

use crate::{
    Answered, CaseFilter, GroupBy, OwnerFilter,
    counted::DAY_MS,
    db::{Db, Value},
    facets::{OUTCOME, single_sql, tag_bit},
    search::Search,
};

/// A condition under construction.
#[derive(Debug, Default)]
pub(crate) struct Condition {
    parts: Vec<String>,
    /// Whether rows come in the order of the list and are asked for their place, instead of being looked up by it.
    walks_places: bool,
    /// The values bound so far.
    pub(crate) values: Vec<Value>,
}

impl Condition {
    /// The whole condition; true when there is no restriction.
    pub(crate) fn sql(&self) -> String {
        if self.parts.is_empty() {
            "TRUE".to_owned()
        } else {
            self.parts.join(" AND ")
        }
    }

    /// Binds a value; answers its placeholder.
    pub(crate) fn bind(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("${}", self.values.len())
    }

    /// Adds a restriction.
    pub(crate) fn and(&mut self, part: String) {
        self.parts.push(part);
    }

    /// The restrictions so far as one, which are forgotten; what was bound stays.
    pub(crate) fn take_sql(&mut self) -> String {
        let sql = self.sql();
        self.parts.clear();
        sql
    }

    /// Adds that the words occur. When that holds for many cases, they are looked for in the order of the list and
    /// asked whether they have the words; else those that have the words are looked up.
    pub(crate) fn match_words(&mut self, search: &Search, are_many: bool) {
        let words = self.bind(search.words.clone());
        let found = search.unranked.replace("$$", &words);
        // The plus keeps a database from looking up each of them.
        let plus = if are_many { "+" } else { "" };
        self.and(format!("{plus}c.ordinal IN ({found})"));
    }

    fn compare(&mut self, left: &str, value: Option<impl Into<Value>>) {
        if let Some(value) = value {
            let placeholder = self.bind(value);
            self.and(format!("{left} {placeholder}"));
        }
    }

    /// The plus keeps SQLite from the index of the place.
    fn compare_place(&mut self, column: &str, value: Option<&str>) {
        let plus = if self.walks_places { "+" } else { "" };
        self.compare(&format!("{plus}{column} ="), value);
    }

    fn any_single<V: Vocabulary>(&mut self, part: &str, wanted: &[V]) {
        let index = single_sql(part);
        match wanted {
            [] => {}
            [only] => {
                let only = self.bind(only.index() as i64);
                self.and(format!("{index} = {only}"));
            }
            several => {
                // A mask is asked several times faster than a list.
                let mask = several.iter().fold(0i64, |mask, value| mask | 1 << value.index());
                let mask = self.bind(mask);
                self.and(format!("(({mask} >> CAST({index} AS INTEGER)) & 1) = 1"));
            }
        }
    }

    fn any_tag<V: Vocabulary>(&mut self, wanted: &[V]) {
        if !wanted.is_empty() {
            let mask = wanted.iter().fold(0, |mask, value| mask | tag_bit(*value));
            let mask = self.bind(mask);
            self.and(format!("(c.tags & {mask}) <> 0"));
        }
    }
}

/// The condition for a filter, search words included.
pub(crate) fn condition(db: &Db, filter: &CaseFilter) -> Condition {
    let mut condition = condition_without_words(filter);
    if !filter.tokens.is_empty() {
        match db.search(&filter.tokens) {
            Some(search) => condition.match_words(&search, false),
            None => condition.and("FALSE".to_owned()),
        }
    }
    condition
}

/// The condition for a filter; the search words are left to the caller.
pub(crate) fn condition_without_words(filter: &CaseFilter) -> Condition {
    condition_of(filter, false)
}

/// As [`condition_without_words`], for counting in no order: the narrow index of open cases serves when only such are
/// wanted.
pub(crate) fn condition_for_counting(filter: &CaseFilter) -> Condition {
    let mut condition = condition_without_words(filter);
    if !filter.states.is_empty() && filter.states.iter().all(|state| !state.is_final()) {
        condition.and("c.open".to_owned());
    }
    condition
}

/// As [`condition_without_words`], for rows that come in the order of a list: their places are not looked up.
pub(crate) fn condition_walking_places(filter: &CaseFilter) -> Condition {
    condition_of(filter, true)
}

fn condition_of(filter: &CaseFilter, walks_places: bool) -> Condition {
    let mut condition = Condition {
        walks_places,
        ..Condition::default()
    };
    add_columns(&mut condition, filter);
    condition.any_tag(&filter.subjects);
    condition.any_tag(&filter.risks);
    condition.any_tag(&filter.causes);
    condition.any_tag(&filter.motives);
    condition.any_tag(&filter.clocks);
    condition.any_tag(&filter.waiting);
    condition.any_tag(&filter.basic_needs);
    condition.any_tag(&filter.rational_needs);
    condition.any_tag(&filter.emotional_needs);
    condition
}

/// How the body of an event begins that changes the state.
const CHANGED: &str = "{\"state_changed\":{\"to\":\"";
/// The states a case came into after the first, by the letters that tell them apart.
const WAY: &str = "SELECT COALESCE(string_agg(substr(e.body, 25, 3), ',' ORDER BY e.position), '') FROM events e \
                   WHERE e.ordinal = c.ordinal AND e.body LIKE '{\"state_changed\":{\"to\":\"%'";
/// As many letters of a state's key as tell it from every other.
const LETTERS: usize = 3;

/// The way as [`WAY`] tells it; nothing where no way is asked for, and what no case has for one that does not begin where
/// every case does.
fn way_of(states: &[CaseState]) -> Option<String> {
    let (first, rest) = states.split_first()?;
    let letters: Vec<&str> = rest.iter().map(|state| &state.key()[..LETTERS]).collect();
    let begins = *first == CaseState::Received;
    Some(if begins {
        letters.join(",")
    } else {
        "nowhere".to_owned()
    })
}

fn add_facets(condition: &mut Condition, filter: &CaseFilter) {
    condition.any_single("state", &filter.states);
    condition.any_single("psychology", &filter.psychologies);
    condition.any_single("emotion", &filter.emotions);
    condition.any_single("intensity", &filter.intensities);
    condition.any_single("nature", &filter.natures);
    condition.any_single("stance", &filter.stances);
    condition.any_single("anger_type", &filter.anger_types);
    condition.any_single("behavior", &filter.behaviors);
    condition.any_single("expectation", &filter.expectations);
    condition.any_single("maslow", &filter.maslows);
    condition.any_single("channel", &filter.channels);
    condition.any_single("severity", &filter.severities);
    condition.any_single("priority", &filter.priorities);
    condition.any_single(OUTCOME, &filter.outcomes);
}

fn add_columns(condition: &mut Condition, filter: &CaseFilter) {
    add_facets(condition, filter);
    match &filter.owner {
        Some(OwnerFilter::Person(id)) => condition.compare("c.owner =", Some(id.as_str())),
        Some(OwnerFilter::Nobody) => condition.and("c.owner IS NULL".to_owned()),
        Some(OwnerFilter::Team(team)) => {
            let (people, concerned) = (condition.bind(team.as_str()), condition.bind(team.as_str()));
            condition.and(format!(
                "(c.owner IN (SELECT u.id FROM users u WHERE u.team = {people}) \
                 OR (c.owner IS NULL AND c.team = {concerned}))"
            ));
        }
        None => {}
    }
    condition.compare("c.customer =", filter.customer.as_ref().map(|id| id.as_str()));
    condition.compare("c.parent =", filter.parent.as_ref().map(|id| id.as_str()));
    condition.compare_place("c.product", filter.product.as_deref());
    condition.compare_place("c.site", filter.site.as_deref());
    condition.compare_place("c.team", filter.team.as_deref());
    condition.compare("c.batch =", filter.batch.as_deref());
    condition.compare("c.topic =", filter.topic.map(|topic| topic.key()));
    if let Some(way) = way_of(&filter.way) {
        let way = condition.bind(way);
        condition.and(format!("({WAY}) = {way}"));
    }
    if let Some(state) = filter.again {
        let came = condition.bind(format!("{CHANGED}{}\"%", state.key()));
        let times = if state == CaseState::Received { 1 } else { 2 };
        condition.and(format!(
            "(SELECT COUNT(*) FROM events e WHERE e.ordinal = c.ordinal AND e.body LIKE {came}) >= {times}"
        ));
    }
    if let Some(answered) = filter.answered {
        condition.and(match answered {
            Answered::InDay => format!("c.first_response_ms <= {DAY_MS}"),
            Answered::Later => format!("c.first_response_ms > {DAY_MS}"),
            Answered::NotYet => "c.first_response_ms IS NULL".to_owned(),
        });
    }
    if !filter.marks.is_empty() {
        let marks: Vec<String> = filter.marks.iter().map(u8::to_string).collect();
        condition.and(format!("c.csat IN ({})", marks.join(", ")));
    }
    if let Some(unnamed) = filter.unnamed {
        condition.and(format!("{} IS NULL", unnamed.sql(0)));
    }
    if let Some(local) = filter.local {
        let offset_ms = i64::from(local.offset_minutes) * 60_000;
        for (part, wanted) in [(GroupBy::Weekday, local.weekday), (GroupBy::Hour, local.hour)] {
            condition.compare(&format!("{} =", part.sql(offset_ms)), wanted.map(i64::from));
        }
    }
    condition.compare("c.opened_at >=", filter.opened_from.map(|at| at.0));
    condition.compare("c.opened_at <", filter.opened_to.map(|at| at.0));
    condition.compare("c.next_due_at >=", filter.due_from.map(|at| at.0));
    condition.compare("c.next_due_at <", filter.due_before.map(|at| at.0));
    condition.compare("c.demo =", filter.demo);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_letters_tell_every_state_from_the_others() {
        let letters: std::collections::BTreeSet<&str> = CaseState::ALL
            .iter()
            .map(|state| &state.key()[..LETTERS])
            .collect();
        assert_eq!(letters.len(), CaseState::ALL.len());
        assert_eq!(CHANGED.len() + 1, 25, "where the state begins in the body");
        assert_eq!(way_of(&[]), None);
        assert_eq!(way_of(&[CaseState::Received]).as_deref(), Some(""));
        assert_eq!(way_of(&[CaseState::Closed]).as_deref(), Some("nowhere"));
    }
}
