//! Causes (F4): words that set a slice apart, new and rising ones, groups of like cases, defect candidates.

use std::sync::Arc;

use domain::{Language, Subject, Vocabulary};
use insight::{
    Gap,
    causes::{
        Basis, Batch, Cluster, DefectCandidate, Labeled, PainKind, PainPoint, Phrase, PhraseOptions,
        ProductCase, Rising, UnitsSold, cluster_within, distinguish, find_defects, find_pains, find_rising,
    },
    date_words,
    outbreak::ReportSet,
};
use store::CaseFilter;
use wire::insight::{
    CaseLink, Period, QuotedCase, SliceValue,
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

/// The dimensions that groups lie within, with their places in [`DIMENSIONS`].
const WITHIN: [(&str, usize); 2] = [("topic", 0), ("product", 1)];

/// What is worked out beside the requests.
struct Found {
    set: ReportSet,
    slice: Option<Result<Vec<Phrase>, Gap>>,
    rising: Result<Vec<Rising>, Gap>,
    clusters: Result<Vec<Cluster>, Gap>,
    defects: Vec<DefectCandidate>,
    pains: Result<Vec<PainPoint>, Gap>,
    /// The cases with a product, by their places among the facts; pain points mean these.
    with_product: Vec<usize>,
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
        let pains = found.pains.as_ref().map_or(&[][..], Vec::as_slice);
        let quoted = clusters.iter().flat_map(|one| one.texts.iter().take(QUOTED));
        let of_pains = pains.iter().flat_map(|one| pain_numbers(&facts, &found, one));
        let numbers: Vec<&str> = quoted
            .map(|place| found.set.reports[*place].id.as_str())
            .chain(of_pains)
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
        let mut shown_clusters = Vec::new();
        for one in clusters {
            let listed = self.count_listed(query.period, &scope_of_cluster(one)).await?;
            shown_clusters.push(show_cluster(one, &found.set, &quoter, (&link, listed), language));
        }
        let mut shown_pains = Vec::new();
        for one in pains {
            let listed = self.count_listed(query.period, &scope_of_pain(one)).await?;
            let quotes = pain_numbers(&facts, &found, one).filter_map(|number| quoter.case(number));
            shown_pains.push(show_pain(one, quotes.collect(), (&link, listed), language));
        }
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
            clusters: shown_clusters,
            no_clusters: found.clusters.as_ref().err().map(|gap| reason(*gap, language)),
            defects: found
                .defects
                .iter()
                .map(|one| show_defect(one, &link, language))
                .collect(),
            no_pains: match &found.pains {
                Ok(found) if found.is_empty() => Some(reason(Gap::NothingFound, language)),
                Ok(_) => None,
                Err(gap) => Some(reason(*gap, language)),
            },
            pains: shown_pains,
            choices: choices(&facts, language),
        })
    }

    /// How many cases of the period the list finds by these filters, so that a number and what it opens are one.
    async fn count_listed(&self, period: Period, scope: &[(&'static str, String)]) -> Result<u64, AppError> {
        let value = |wanted: &str| {
            let found = scope.iter().find(|(name, _)| *name == wanted);
            found.map(|(_, value)| value.clone())
        };
        let filter = CaseFilter {
            tokens: value("q").map_or_else(Vec::new, |words| text::query_tokens(&words)),
            product: value("product"),
            topic: value("topic").and_then(|key| Subject::from_key(&key)),
            opened_from: Some(period.from),
            opened_to: Some(period.to),
            ..CaseFilter::default()
        };
        Ok(self.store().count(&filter).await?)
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
    let labeled: Vec<Labeled<'_>> = set
        .reports
        .iter()
        .map(|report| Labeled {
            text: &report.text,
            values: WITHIN
                .iter()
                .map(|(_, place)| report.values[*place].as_deref())
                .collect(),
        })
        .collect();
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
    let with_product: Vec<usize> = (0..facts.cases.len())
        .filter(|place| facts.cases[*place].product.is_some())
        .collect();
    let products: Vec<ProductCase<'_>> = with_product
        .iter()
        .filter_map(|place| {
            let case = &facts.cases[*place];
            Some(ProductCase {
                product: case.product.as_deref()?,
                policy: case.topic == Some(Subject::Policy),
                text: &case.text,
            })
        })
        .collect();
    Found {
        slice,
        rising: find_rising(&dated, until, query.newest, &options),
        clusters: cluster_within(&labeled, CLUSTERS),
        defects: find_defects(&batches, &UnitsSold::default()),
        pains: find_pains(&products),
        with_product,
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

/// The filters that a group has in common, beside the period.
fn scope_of_cluster(found: &Cluster) -> Vec<(&'static str, String)> {
    let within = found.within.as_ref();
    let within = within.and_then(|(place, value)| Some((WITHIN.get(*place)?.0, value.clone())));
    let first = found.phrases.first().map(|phrase| ("q", phrase.words.clone()));
    within.into_iter().chain(first).collect()
}

/// The filters that the cases of a pain point have in common, beside the period.
fn scope_of_pain(found: &PainPoint) -> Vec<(&'static str, String)> {
    let product = ("product", found.product.clone());
    match found.kind {
        PainKind::Policy => vec![product, ("topic", Subject::Policy.key().to_owned())],
        PainKind::Range(word) => vec![product, ("q", word.to_owned())],
    }
}

fn narrowed(link: &CaseLink, scope: Vec<(&'static str, String)>) -> CaseLink {
    let mut link = link.clone();
    link.extend(scope.into_iter().map(|(name, value)| (name.to_owned(), value)));
    link
}

/// The numbers of the cases quoted for a pain point.
fn pain_numbers<'f>(facts: &'f Facts, found: &Found, pain: &PainPoint) -> impl Iterator<Item = &'f str> {
    let first = pain.cases.iter().take(QUOTED);
    let places: Vec<usize> = first.map(|place| found.with_product[*place]).collect();
    places
        .into_iter()
        .map(move |place| facts.cases[place].number.as_str())
}

fn show_pain(
    found: &PainPoint,
    quotes: Vec<QuotedCase>,
    (link, listed): (&CaseLink, u64),
    language: Language,
) -> causes::PainPoint {
    let is = match found.kind {
        PainKind::Policy => pick(language, "价格与规则", "prices and rules"),
        PainKind::Range(word) => pick(language, format!("品类：{word}"), format!("range: {word}")),
    };
    causes::PainPoint {
        kind: found.kind.key().to_owned(),
        is,
        product: found.product.clone(),
        reports: count(found.cases.len()),
        of: count(found.of),
        share: figure(&found.share, language),
        elsewhere: found.elsewhere,
        corrected_p: found.adjusted,
        words: found.phrases.iter().map(|phrase| phrase.words.clone()).collect(),
        quotes,
        listed,
        cases: narrowed(link, scope_of_pain(found)),
    }
}

fn show_cluster(
    found: &Cluster,
    set: &ReportSet,
    quoter: &Quoter<'_>,
    (link, listed): (&CaseLink, u64),
    language: Language,
) -> causes::Cluster {
    let quoted = found.texts.iter().take(QUOTED);
    let within = found.within.as_ref();
    let within = within.and_then(|(place, value)| Some(slice_value(WITHIN.get(*place)?.0, value, language)));
    causes::Cluster {
        name: found.name(within.as_ref().map(|within| within.name.as_str())),
        count: listed,
        words: found.phrases.iter().map(|phrase| phrase.words.clone()).collect(),
        typical: quoted
            .filter_map(|place| quoter.case(&set.reports[*place].id))
            .collect(),
        cases: narrowed(link, scope_of_cluster(found)),
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
