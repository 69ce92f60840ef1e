//! Causes (F4): words that set a slice apart, new and rising ones, groups of like cases, defect candidates.

use std::sync::Arc;

use domain::Language;
use insight::{
    Gap,
    causes::{
        Basis, Batch, Cluster, DefectCandidate, Phrase, PhraseOptions, Rising, cluster, distinguish,
        find_defects, find_rising,
    },
    date_words,
    outbreak::ReportSet,
};
use wire::insight::{
    CaseLink, SliceValue,
    causes::{self, CauseQuery, Causes, Choices, Phrases},
};

use super::{
    facts::{DIMENSIONS, Facts, link_of, local_day, slice_value},
    kept::compute,
    quotes::Quoter,
    show::{count, figure, letter, moment, pick, reason},
};
use crate::{App, AppError, Caller, Verb, permission};

/// The most groups.
const CLUSTERS: usize = 12;
/// The most phrases of a kind.
const PHRASES: usize = 20;
/// Cases quoted for a group.
const QUOTED: usize = 2;
/// The most values to choose from in a dimension.
const CHOICES: usize = 60;

/// What is worked out beside the requests.
struct Found {
    set: ReportSet,
    slice: Option<Result<Vec<Phrase>, Gap>>,
    rising: Result<Vec<Rising>, Gap>,
    clusters: Result<Vec<Cluster>, Gap>,
    defects: Vec<DefectCandidate>,
}

impl App {
    /// What may lie behind the complaints of a period.
    pub async fn causes(
        &self,
        caller: &Caller,
        query: CauseQuery,
        language: Language,
    ) -> Result<Arc<Causes>, AppError> {
        permission::require(caller.role, Verb::ReadCauses)?;
        let key = format!("causes {query:?} {}", letter(language));
        self.learn(key, move |app| app.find_causes(query, language)).await
    }

    async fn find_causes(self, query: CauseQuery, language: Language) -> Result<Causes, AppError> {
        let facts = self.facts(query.period).await?;
        let until = local_day(query.period.to.plus_ms(-1));
        let (read, asked) = (facts.clone(), query.clone());
        let found = compute(move || find(&read, &asked, until)).await?;
        let clusters = found.clusters.as_ref().map_or(&[][..], Vec::as_slice);
        let quoted = clusters.iter().flat_map(|one| one.texts.iter().take(QUOTED));
        let numbers: Vec<&str> = quoted
            .map(|place| found.set.reports[*place].id.as_str())
            .collect();
        let quoter = self.quoter(&facts, numbers).await?;
        let link = query.period.link();
        let mut slice_link = link.clone();
        slice_link.extend(
            query
                .slice
                .iter()
                .map(|(name, value)| ((*name).to_owned(), value.clone())),
        );
        Ok(Causes {
            cut: facts.cut,
            made_at: moment(self.now()),
            until: date_words(until),
            complaints: count(found.set.reports.len()),
            slice: found.slice.as_ref().map(|phrases| {
                let phrases = phrases
                    .as_ref()
                    .map(|all| all.iter().map(|one| (one, false)).collect());
                show_phrases(phrases, &slice_link, language)
            }),
            rising: show_phrases(
                found
                    .rising
                    .as_ref()
                    .map(|all| all.iter().map(|one| (&one.phrase, one.new)).collect()),
                &newest_link(until, query.newest),
                language,
            ),
            clusters: clusters
                .iter()
                .map(|one| show_cluster(one, &found.set, &quoter, &link))
                .collect(),
            no_clusters: found.clusters.as_ref().err().map(|gap| reason(*gap, language)),
            defects: found
                .defects
                .iter()
                .map(|one| show_defect(one, &link, language))
                .collect(),
            choices: choices(&facts, language),
        })
    }
}

fn newest_link(until: i32, newest: i32) -> CaseLink {
    link_of(&[], until.saturating_sub(newest - 1), until)
}

fn find(facts: &Facts, query: &CauseQuery, until: i32) -> Found {
    let set = facts.reports(None);
    let options = PhraseOptions {
        most: PHRASES,
        ..PhraseOptions::default()
    };
    let dated: Vec<(i32, &str)> = set
        .reports
        .iter()
        .map(|report| (report.day, report.text.as_str()))
        .collect();
    let texts: Vec<&str> = dated.iter().map(|(_, text)| *text).collect();
    let slice = (!query.slice.is_empty()).then(|| {
        let (here, there): (Vec<usize>, Vec<usize>) =
            (0..facts.cases.len()).partition(|place| is_in(facts, *place, &query.slice));
        let words = |places: &[usize]| -> Vec<&str> {
            places
                .iter()
                .map(|place| facts.cases[*place].text.as_str())
                .collect()
        };
        distinguish(&words(&here), &words(&there), &options)
    });
    let batches: Vec<Batch<'_>> = facts
        .cases
        .iter()
        .filter_map(|case| {
            Some(Batch {
                product: case.product.as_deref()?,
                batch: case.batch.as_deref(),
                text: &case.text,
            })
        })
        .collect();
    Found {
        slice,
        rising: find_rising(&dated, until, query.newest, &options),
        clusters: cluster(&texts, CLUSTERS),
        defects: find_defects(&batches, |_, _| None),
        set,
    }
}

/// The value of a dimension of a case, topics by key.
fn value_of<'f>(facts: &'f Facts, place: usize, dimension: &str) -> Option<&'f str> {
    let case = &facts.cases[place];
    match dimension {
        "topic" => case.topic.map(domain::Vocabulary::key),
        "product" => case.product.as_deref(),
        "site" => case.site.as_deref(),
        "batch" => case.batch.as_deref(),
        "team" => case.team.as_deref(),
        _ => None,
    }
}

fn is_in(facts: &Facts, place: usize, slice: &[(&'static str, String)]) -> bool {
    slice
        .iter()
        .all(|(dimension, value)| value_of(facts, place, dimension) == Some(value))
}

/// The values that occur, by dimension, the most frequent first.
fn choices(facts: &Facts, language: Language) -> Vec<Choices> {
    let dimensions = DIMENSIONS.into_iter().chain(["team"]);
    let choices = dimensions.map(|dimension| {
        let mut counts = std::collections::BTreeMap::<&str, usize>::new();
        for place in 0..facts.cases.len() {
            if let Some(value) = value_of(facts, place, dimension) {
                *counts.entry(value).or_default() += 1;
            }
        }
        let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
        counts.sort_by_key(|(_, times)| std::cmp::Reverse(*times));
        let values = counts.into_iter().take(CHOICES);
        Choices {
            dimension: dimension.to_owned(),
            values: values
                .map(|(value, _)| slice_value(dimension, value, language))
                .collect::<Vec<SliceValue>>(),
        }
    });
    choices.collect()
}

fn show_phrases(found: Result<Vec<(&Phrase, bool)>, &Gap>, link: &CaseLink, language: Language) -> Phrases {
    match found {
        Err(gap) => Phrases {
            items: Vec::new(),
            reason: Some(reason(*gap, language)),
        },
        Ok(phrases) => Phrases {
            items: phrases
                .into_iter()
                .map(|(phrase, new)| causes::Phrase {
                    words: phrase.words.clone(),
                    here: count(phrase.here),
                    elsewhere: count(phrase.there),
                    odds_ratio: figure(&phrase.ratio, language),
                    z: phrase.z,
                    new,
                    cases: with_words(link, &phrase.words),
                })
                .collect(),
            reason: None,
        },
    }
}

/// The filters with words to search for.
fn with_words(link: &CaseLink, words: &str) -> CaseLink {
    let mut link = link.clone();
    link.insert("q".to_owned(), words.to_owned());
    link
}

fn show_cluster(found: &Cluster, set: &ReportSet, quoter: &Quoter<'_>, link: &CaseLink) -> causes::Cluster {
    let quoted = found.texts.iter().take(QUOTED);
    let first = found.phrases.first().map_or("", |phrase| phrase.words.as_str());
    causes::Cluster {
        name: found.name(),
        count: count(found.texts.len()),
        typical: quoted
            .filter_map(|place| quoter.case(&set.reports[*place].id))
            .collect(),
        cases: with_words(link, first),
    }
}

fn show_defect(found: &DefectCandidate, link: &CaseLink, language: Language) -> causes::DefectCandidate {
    let basis = match found.basis {
        Basis::UnitsSold => pick(language, "按售出数量", "by units sold"),
        Basis::EqualBatches => pick(
            language,
            "假定各批次售出一样多",
            "as if all batches had sold alike",
        ),
        Basis::OtherProducts => pick(
            language,
            "按其他产品中单个批次的占比",
            "by the share a batch has among other products",
        ),
        Basis::NoOtherBatch => pick(
            language,
            "其他产品没有点名批次，无从比较",
            "other products name no batch to compare with",
        ),
    };
    let mut cases = link.clone();
    cases.insert("product".to_owned(), found.product.clone());
    cases.insert("batch".to_owned(), found.batch.clone());
    causes::DefectCandidate {
        product: found.product.clone(),
        batch: found.batch.clone(),
        reports: count(found.reports),
        of: count(found.of),
        expected: found.expected,
        basis,
        ratio: figure(&found.ratio, language),
        corrected_p: found.adjusted,
        words: found.phrases.iter().map(|phrase| phrase.words.clone()).collect(),
        cases,
    }
}
