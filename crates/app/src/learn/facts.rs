//! The facts that several answers rest on, read once for all of them.

use std::{collections::HashMap, sync::Arc};

use domain::{Language, Subject, Timestamp, Vocabulary};
use insight::{
    day_of,
    outbreak::{Report, ReportSet},
};
use store::{CaseFact, FACT_LIMIT};
use wire::insight::{CaseLink, Period, SliceValue};

use super::kept::compute;
use crate::{App, AppError, dashboard::CHINA_OFFSET_MINUTES};

/// What cases are counted by, in the order of their places in a [`ReportSet`].
pub(crate) const DIMENSIONS: [&str; 4] = ["topic", "product", "site", "batch"];

/// The cases of a time with their words, the newest first.
#[derive(Debug, Default)]
pub(crate) struct Facts {
    pub(crate) cases: Vec<CaseFact>,
    /// Where the case of a number stands.
    pub(crate) places: HashMap<String, usize>,
}

impl Facts {
    pub(crate) fn of(cases: Vec<CaseFact>) -> Self {
        let places = cases.iter().enumerate();
        let places = places.map(|(place, case)| (case.number.clone(), place)).collect();
        Self { cases, places }
    }

    /// The case of a number.
    pub(crate) fn case(&self, number: &str) -> Option<&CaseFact> {
        self.cases.get(*self.places.get(number)?)
    }

    /// The cases as reports named by their number; topics by their name in the language, or by their key.
    pub(crate) fn reports(&self, language: Option<Language>) -> ReportSet {
        let report = |case: &CaseFact| Report {
            id: case.number.clone(),
            day: local_day(case.opened_at),
            values: vec![
                case.topic.map(|topic| match language {
                    Some(language) => topic_name(topic, language).to_owned(),
                    None => topic.key().to_owned(),
                }),
                case.product.clone(),
                case.site.clone(),
                case.batch.clone(),
            ],
            text: case.text.clone(),
        };
        let names = DIMENSIONS.map(str::to_owned).to_vec();
        // Ties of a day stand in the order of opening, as the facts would read backwards.
        ReportSet::new(names, self.cases.iter().rev().map(report).collect())
    }
}

/// The local day of a moment, counted from 1970-01-01.
pub(crate) fn local_day(at: Timestamp) -> i32 {
    day_of(at, CHINA_OFFSET_MINUTES)
}

/// The name of a topic.
pub(crate) fn topic_name(topic: Subject, language: Language) -> &'static str {
    match language {
        Language::Chinese => topic.entry().zh,
        Language::English => topic.entry().en,
    }
}

/// A value of a dimension in words; topics are told by key or name.
pub(crate) fn slice_value(dimension: &str, value: &str, language: Language) -> SliceValue {
    let topic = (dimension == "topic").then(|| topic_of(value)).flatten();
    SliceValue {
        dimension: dimension.to_owned(),
        value: topic.map_or(value, |topic| topic.key()).to_owned(),
        name: topic
            .map_or(value, |topic| topic_name(topic, language))
            .to_owned(),
    }
}

fn topic_of(word: &str) -> Option<Subject> {
    let is_meant = |topic: &&Subject| {
        let entry = topic.entry();
        [entry.key, entry.zh, entry.en].contains(&word)
    };
    Subject::ALL.iter().find(is_meant).copied()
}

/// The filters that show the cases of a slice from one day to another.
pub(crate) fn link_of(slice: &[SliceValue], from: i32, to: i32) -> CaseLink {
    let values = slice
        .iter()
        .map(|value| (value.dimension.clone(), value.value.clone()));
    let mut link: CaseLink = values.collect();
    link.insert("opened_from".to_owned(), insight::date_words(from));
    link.insert("opened_to".to_owned(), insight::date_words(to));
    link
}

impl App {
    /// The cases of a period with their words, personal data covered: statistics may show any of them.
    pub(crate) async fn facts(&self, period: Period) -> Result<Arc<Facts>, AppError> {
        let mut cases = self
            .store()
            .case_facts(period.from, period.to, true, FACT_LIMIT)
            .await?;
        compute(move || {
            for case in &mut cases {
                case.text = text::mask(&case.text);
            }
            Arc::new(Facts::of(cases))
        })
        .await
    }
}
