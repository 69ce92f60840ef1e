//! The facts that several answers rest on, read once for all of them.

use std::{
    collections::HashMap,
    sync::{Arc, Weak},
};

use domain::{Language, Subject, Timestamp, Vocabulary};
use insight::{
    day_of,
    outbreak::{Report, ReportSet},
};
use store::{CaseFact, CaseFilter, FACT_LIMIT};
use wire::insight::{CaseLink, Cut, Period, SliceValue};

use super::{kept::compute, show::count};
use crate::{App, AppError, dashboard::CHINA_OFFSET_MINUTES, mask::Masker};

/// What cases are counted by, in the order of their places in a [`ReportSet`].
pub(crate) const DIMENSIONS: [&str; 4] = ["topic", "product", "site", "batch"];

/// The cases of a time with their words, the newest first.
#[derive(Debug, Default)]
pub(crate) struct Facts {
    pub(crate) cases: Vec<CaseFact>,
    /// Where the case of a number stands.
    pub(crate) places: HashMap<String, usize>,
    /// Whether there are more than were read.
    pub(crate) cut: Option<Cut>,
}

/// Takes the oldest day of cases away when more were there than may be read, for that day is not whole; answers whether
/// that was so.
pub(crate) fn leave_whole_days(cases: &mut Vec<CaseFact>, limit: usize) -> bool {
    let is_cut = cases.len() >= limit;
    if let (true, Some(oldest)) = (is_cut, cases.last().map(|case| local_day(case.opened_at))) {
        cases.retain(|case| local_day(case.opened_at) > oldest);
    }
    is_cut
}

impl Facts {
    pub(crate) fn of(cases: Vec<CaseFact>, cut: Option<Cut>) -> Self {
        let places = cases.iter().enumerate();
        let places = places.map(|(place, case)| (case.number.clone(), place)).collect();
        Self { cases, places, cut }
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
    /// The cases of a period with their words, personal data covered: statistics may show any of them. Answers that are
    /// worked out at the same time read them once, one period after the other.
    pub(crate) async fn facts(&self, period: Period) -> Result<Arc<Facts>, AppError> {
        let sequence = self.store().last_sequence().await?;
        let key = format!("{period:?} {sequence}");
        let mut known = self.learned().facts.lock().await;
        known.retain(|_, facts| facts.strong_count() > 0);
        if let Some(facts) = known.get(&key).and_then(Weak::upgrade) {
            return Ok(facts);
        }
        let (mut cases, cut) = self.whole_facts(period, true).await?;
        let customers = self.store().customers_of(period.from, period.to).await?;
        let facts = compute(move || {
            let maskers = customers
                .iter()
                .map(|customer| (&customer.id, Masker::of(Some(customer))));
            let (maskers, nobody) = (maskers.collect::<HashMap<_, _>>(), Masker::default());
            for case in &mut cases {
                let known = case.customer.as_ref().and_then(|id| maskers.get(id));
                case.text = known.unwrap_or(&nobody).text(&case.text);
            }
            Arc::new(Facts::of(cases, cut))
        })
        .await?;
        known.insert(key, Arc::downgrade(&facts));
        Ok(facts)
    }

    /// The cases of a period, in whole days, and how many there are when those are not all.
    pub(crate) async fn whole_facts(
        &self,
        period: Period,
        words: bool,
    ) -> Result<(Vec<CaseFact>, Option<Cut>), AppError> {
        let mut cases = self
            .store()
            .case_facts(period.from, period.to, words, FACT_LIMIT)
            .await?;
        let cut = match leave_whole_days(&mut cases, FACT_LIMIT as usize) {
            true => Some(self.cut_of(period, cases.len()).await?),
            false => None,
        };
        Ok((cases, cut))
    }

    pub(crate) async fn cut_of(&self, period: Period, read: usize) -> Result<Cut, AppError> {
        let filter = CaseFilter {
            opened_from: Some(period.from),
            opened_to: Some(period.to),
            ..CaseFilter::default()
        };
        Ok(Cut {
            read: count(read),
            of: self.store().count(&filter).await?,
        })
    }
}

#[cfg(test)]
mod tests {
    use domain::{CaseState, Channel, Severity};

    use super::*;

    #[test]
    fn a_day_that_is_not_whole_is_left_out() {
        let case = |hours: i64| CaseFact {
            id: "c".into(),
            number: format!("TS-{hours}"),
            opened_at: Timestamp(0).plus_hours(hours),
            topic: None,
            product: None,
            site: None,
            batch: None,
            team: None,
            channel: Channel::Phone,
            customer: None,
            state: CaseState::Received,
            outcome: None,
            csat: None,
            severity: Severity::Minor,
            first_response_ms: None,
            closed_at: None,
            text: String::new(),
            heard: store::HeardFact::default(),
        };
        let mut cases: Vec<CaseFact> = [80, 60, 58, 34, 33].map(case).to_vec();
        assert!(!leave_whole_days(&mut cases, 6) && cases.len() == 5);
        assert!(leave_whole_days(&mut cases, 5));
        assert_eq!(cases.len(), 3, "the oldest day goes");
    }
}
