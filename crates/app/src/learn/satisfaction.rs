//! Satisfaction (F8): marks with their interval, who answered, and the gap between expected and received.

use std::sync::Arc;

use domain::{Language, Outcome, Severity, Vocabulary};
use insight::{
    DAY_MS,
    satisfaction::{ExpectationGap, Judged, Marked, find_gaps, measure_satisfaction},
};
use store::CaseFact;
use wire::insight::{
    Period,
    satisfaction::{self, Leaning, Satisfaction},
};

use super::{
    facts::slice_value,
    kept::compute,
    show::{count, figure, letter, moment},
};
use crate::{App, AppError, Caller, Verb, permission};

impl App {
    /// How satisfied the customers of a period are.
    pub async fn satisfaction(
        &self,
        caller: &Caller,
        period: Period,
        language: Language,
    ) -> Result<Arc<Satisfaction>, AppError> {
        permission::require(caller.role, Verb::ReadSatisfaction)?;
        let key = format!("satisfaction {period:?} {}", letter(language));
        self.learn(key, move |app| app.find_satisfaction(period, language))
            .await
    }

    async fn find_satisfaction(self, period: Period, language: Language) -> Result<Satisfaction, AppError> {
        let (facts, cut) = self.whole_facts(period, false).await?;
        let now = self.now();
        compute(move || Satisfaction {
            cut,
            ..show(&facts, period, moment(now), language)
        })
        .await
    }
}

fn mark_of(case: &CaseFact) -> Marked {
    let below = case.outcome == Some(Outcome::Below);
    let late = case.first_response_ms.is_none_or(|ms| ms > DAY_MS);
    let severe = case.severity >= Severity::Serious;
    Marked {
        mark: case.csat,
        stratum: format!("{:?} {late}", case.outcome),
        traits: vec![("below", below), ("late", late), ("severe", severe)],
    }
}

fn show(facts: &[CaseFact], period: Period, made_at: String, language: Language) -> Satisfaction {
    let judged: Vec<&CaseFact> = facts.iter().filter(|case| case.outcome.is_some()).collect();
    let marks: Vec<Marked> = judged.iter().map(|case| mark_of(case)).collect();
    let found = measure_satisfaction(&marks);
    let verdicts: Vec<Judged<'_>> = judged
        .iter()
        .filter(|case| case.outcome != Some(Outcome::Unknown))
        .filter_map(|case| {
            Some(Judged {
                group: case.topic?.key(),
                below: case.outcome == Some(Outcome::Below),
                exceeded: case.outcome == Some(Outcome::Above),
            })
        })
        .collect();
    let gaps = find_gaps(&verdicts);
    let mut cases = period.link();
    let judged: Vec<&str> = Outcome::ALL.iter().map(|outcome| outcome.key()).collect();
    cases.insert("outcome".to_owned(), judged.join(","));
    let leanings = found.leanings.iter().map(|one| Leaning {
        key: one.name.to_owned(),
        marked: figure(&one.marked, language),
        silent: figure(&one.silent, language),
        difference: figure(&one.difference, language),
    });
    Satisfaction {
        cut: None,
        made_at,
        closed: count(found.closed),
        marked: count(found.marked),
        response: figure(&found.response, language),
        mean: figure(&found.mean, language),
        satisfied: figure(&found.satisfied, language),
        weighted: figure(&found.weighted, language),
        unheard: figure(&found.unheard, language),
        lowest: found.bounds.map(|bounds| bounds.0),
        highest: found.bounds.map(|bounds| bounds.1),
        counts: found.counts.iter().map(|times| count(*times)).collect(),
        leanings: leanings.collect(),
        gaps: gaps.iter().map(|gap| show_gap(gap, period, language)).collect(),
        cases,
    }
}

fn show_gap(gap: &ExpectationGap, period: Period, language: Language) -> satisfaction::ExpectationGap {
    let mut cases = period.link();
    cases.insert("topic".to_owned(), gap.group.clone());
    cases.insert("outcome".to_owned(), Outcome::Below.key().to_owned());
    satisfaction::ExpectationGap {
        subject: gap.group.clone(),
        name: slice_value("topic", &gap.group, language).name,
        judged: count(gap.judged),
        below: count(gap.below),
        exceeded: count(gap.exceeded),
        below_share: figure(&gap.below_share, language),
        against_others: figure(&gap.against_others, language),
        cases,
    }
}
