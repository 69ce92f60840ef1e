//! A filter as an SQL condition over `cases c`.

use domain::Vocabulary;

use crate::{
    CaseFilter, OwnerFilter,
    db::{Db, Value},
    index::tag,
};

/// A condition under construction.
#[derive(Debug, Default)]
pub(crate) struct Condition {
    parts: Vec<String>,
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

    /// Whether there is no restriction.
    pub(crate) fn is_everything(&self) -> bool {
        self.parts.is_empty()
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

    fn compare(&mut self, left: &str, value: Option<impl Into<Value>>) {
        if let Some(value) = value {
            let placeholder = self.bind(value);
            self.and(format!("{left} {placeholder}"));
        }
    }

    fn any_of(&mut self, column: &str, values: Vec<Value>) {
        if !values.is_empty() {
            let placeholders: Vec<String> = values.into_iter().map(|value| self.bind(value)).collect();
            self.and(format!("{column} IN ({})", placeholders.join(", ")));
        }
    }

    fn any_key<V: Vocabulary>(&mut self, column: &str, wanted: &[V]) {
        self.any_of(column, wanted.iter().map(|value| value.key().into()).collect());
    }

    fn any_tag<V: Vocabulary>(&mut self, wanted: &[V]) {
        if !wanted.is_empty() {
            let placeholders: Vec<String> = wanted.iter().map(|value| self.bind(tag(*value))).collect();
            let tags = placeholders.join(", ");
            self.and(format!(
                "c.ordinal IN (SELECT ordinal FROM case_facets WHERE tag IN ({tags}))"
            ));
        }
    }
}

/// The condition for a filter. The search words are left to the caller when it ranks by them.
pub(crate) fn condition(db: &Db, filter: &CaseFilter, with_words: bool) -> Condition {
    let mut condition = Condition::default();
    if with_words && !filter.tokens.is_empty() {
        match db.search(&filter.tokens) {
            Some(search) => {
                let placeholder = condition.bind(search.words);
                condition.and(format!(
                    "c.ordinal IN ({})",
                    search.unranked.replace("$$", &placeholder)
                ));
            }
            None => condition.and("FALSE".to_owned()),
        }
    }
    add_columns(&mut condition, filter);
    condition.any_tag(&filter.subjects);
    condition.any_tag(&filter.risks);
    condition.any_tag(&filter.causes);
    condition.any_tag(&filter.motives);
    condition.any_tag(&filter.clocks);
    condition
}

fn add_columns(condition: &mut Condition, filter: &CaseFilter) {
    condition.any_key("c.state", &filter.states);
    condition.any_key("c.psychology", &filter.psychologies);
    condition.any_key("c.emotion", &filter.emotions);
    condition.any_key("c.nature", &filter.natures);
    condition.any_key("c.stance", &filter.stances);
    condition.any_key("c.channel", &filter.channels);
    let levels = filter
        .intensities
        .iter()
        .map(|value| i64::from(value.level()).into());
    condition.any_of("c.intensity", levels.collect());
    let levels = filter
        .severities
        .iter()
        .map(|value| i64::from(value.level()).into());
    condition.any_of("c.severity", levels.collect());
    let levels = filter
        .priorities
        .iter()
        .map(|value| (5 - i64::from(value.level())).into());
    condition.any_of("c.urgency", levels.collect());
    match &filter.owner {
        Some(OwnerFilter::Person(id)) => condition.compare("c.owner =", Some(id.as_str())),
        Some(OwnerFilter::Nobody) => condition.and("c.owner IS NULL".to_owned()),
        None => {}
    }
    condition.compare("c.customer =", filter.customer.as_ref().map(|id| id.as_str()));
    condition.compare("c.parent =", filter.parent.as_ref().map(|id| id.as_str()));
    condition.compare("c.product =", filter.product.as_deref());
    condition.compare("c.site =", filter.site.as_deref());
    condition.compare("c.team =", filter.team.as_deref());
    condition.compare("c.opened_at >=", filter.opened_from.map(|at| at.0));
    condition.compare("c.opened_at <", filter.opened_to.map(|at| at.0));
    condition.compare("c.next_due_at <", filter.due_before.map(|at| at.0));
    condition.compare("c.demo =", filter.demo);
}
