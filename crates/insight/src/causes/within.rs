//! What belongs together inside a product or a subject: texts that share a phrase which is said there beyond chance and
//! not everywhere else, named by both.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::cluster::{Cluster, cluster};
use super::count::{Count, Counts};
use super::gram::{fold, grams, is_nameable};
use super::phrase::{Phrase, PhraseOptions, drop_covered, judge};
use crate::gap::Gap;

/// A text with what it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Labeled<'t> {
    /// The words.
    pub text: &'t str,
    /// Its value in each dimension that groups may lie within, such as product and subject.
    pub values: Vec<Option<&'t str>>,
}

/// The most texts whose pieces are counted; beyond it every n-th is taken.
const MOST_TEXTS: usize = 5_000;
/// The fewest texts inside and outside of a product or subject.
const FEWEST_INSIDE: usize = 15;
/// The fewest texts of a group.
const FEWEST_OF_A_GROUP: usize = 4;
/// The most groups within one product or subject.
const MOST_WITHIN: usize = 2;
/// A group may share so much of its texts with those before it.
const MOST_SHARED: f64 = 0.5;

/// A product or a subject: the dimension's place and the value.
type Cell<'t> = (usize, &'t str);

/// A phrase that may name a group inside a product or subject.
struct Candidate<'t> {
    cell: Cell<'t>,
    phrase: Phrase,
}

impl Candidate<'_> {
    /// Surer phrases go first, and of equally sure ones the longer, which say more.
    fn rank(&self) -> f64 {
        self.phrase.z * (1.0 + 0.15 * self.phrase.words.chars().count() as f64)
    }
}

/// Finds at most `most` groups, the largest first. Each is the texts of one product or subject that say one phrase; a
/// phrase counts when it is said there more often than elsewhere beyond chance (Benjamini and Hochberg over all pieces of
/// the product or subject), so that turns of phrase, which are spread evenly, name nothing. Texts without any product or
/// subject are grouped by what they share alone.
///
/// # Errors
/// With too few texts, or where no phrase names a group.
pub fn cluster_within(texts: &[Labeled<'_>], most: usize) -> Result<Vec<Cluster>, Gap> {
    if texts.iter().all(|text| text.values.iter().all(Option::is_none)) {
        let plain: Vec<&str> = texts.iter().map(|text| text.text).collect();
        return cluster(&plain, most);
    }
    let folded: Vec<String> = texts.iter().map(|text| fold(text.text)).collect();
    let mut candidates = find_candidates(texts, &folded);
    if candidates.is_empty() {
        let plain: Vec<&str> = texts.iter().map(|text| text.text).collect();
        // Too few or all alike is the truer reason.
        return cluster(&plain, most).and(Err(Gap::NothingFound));
    }
    candidates.sort_by(|a, b| {
        let by_rank = b.rank().total_cmp(&a.rank());
        by_rank.then_with(|| (a.cell, &a.phrase.words).cmp(&(b.cell, &b.phrase.words)))
    });
    let mut clusters = choose(texts, &folded, &candidates, most);
    clusters.sort_by(|a, b| b.texts.len().cmp(&a.texts.len()).then(a.texts.cmp(&b.texts)));
    Ok(clusters)
}

/// The texts of each product and subject, by their places.
fn cells<'t>(texts: &[Labeled<'t>], chosen: &[usize]) -> BTreeMap<Cell<'t>, Vec<usize>> {
    let mut cells: BTreeMap<Cell<'t>, Vec<usize>> = BTreeMap::new();
    for place in chosen {
        for (dimension, value) in texts[*place].values.iter().enumerate() {
            if let Some(value) = value {
                cells.entry((dimension, *value)).or_default().push(*place);
            }
        }
    }
    cells
}

fn find_candidates<'t>(texts: &[Labeled<'t>], folded: &[String]) -> Vec<Candidate<'t>> {
    let step = texts.len().div_ceil(MOST_TEXTS).max(1);
    let chosen: Vec<usize> = (0..texts.len()).step_by(step).collect();
    let mut held: HashMap<usize, Vec<u32>> = HashMap::new();
    let mut known: HashMap<&str, u32> = HashMap::new();
    let mut names: Vec<(&str, usize)> = Vec::new();
    for place in &chosen {
        for gram in grams(&folded[*place])
            .into_iter()
            .filter(|gram| is_nameable(gram))
        {
            let id = *known.entry(gram).or_insert_with(|| {
                names.push((gram, 0));
                names.len() as u32 - 1
            });
            names[id as usize].1 += 1;
            held.entry(*place).or_default().push(id);
        }
    }
    let mut found = Vec::new();
    for (cell, places) in cells(texts, &chosen) {
        let outside = chosen.len() - places.len();
        if places.len() < FEWEST_INSIDE || outside < FEWEST_INSIDE {
            continue;
        }
        let mut inside: HashMap<u32, usize> = HashMap::new();
        let ids = places.iter().filter_map(|place| held.get(place)).flatten();
        ids.for_each(|id| *inside.entry(*id).or_default() += 1);
        let grams = inside.into_iter().filter(|(_, here)| *here >= FEWEST_OF_A_GROUP);
        let grams = grams.map(|(id, here)| {
            let (gram, all) = names[id as usize];
            (
                gram,
                Count {
                    here,
                    there: all - here,
                },
            )
        });
        let counts = Counts {
            grams: grams.collect(),
            here: places.len(),
            there: outside,
        };
        found.extend(name_cell(cell, &counts));
    }
    found
}

/// The phrases that are said in a product or subject more than elsewhere, without its own name.
fn name_cell<'t>(cell: Cell<'t>, counts: &Counts<'_>) -> Vec<Candidate<'t>> {
    let own = fold(cell.1);
    let mut phrases = judge(counts, &PhraseOptions::default(), is_nameable);
    phrases.retain(|phrase| !own.contains(&phrase.words) && !phrase.words.contains(&own));
    phrases.sort_by(|a, b| b.z.total_cmp(&a.z).then(a.words.cmp(&b.words)));
    let kept = drop_covered(&phrases).into_iter();
    kept.map(|phrase| Candidate { cell, phrase }).collect()
}

/// Takes the surest phrases whose texts are not those of groups before.
fn choose(
    texts: &[Labeled<'_>],
    folded: &[String],
    candidates: &[Candidate<'_>],
    most: usize,
) -> Vec<Cluster> {
    let mut taken: HashSet<usize> = HashSet::new();
    let mut within: HashMap<Cell<'_>, usize> = HashMap::new();
    let mut clusters = Vec::new();
    for candidate in candidates {
        let (dimension, value) = candidate.cell;
        if clusters.len() >= most {
            break;
        }
        if within
            .get(&candidate.cell)
            .is_some_and(|count| *count >= MOST_WITHIN)
        {
            continue;
        }
        let is_own = |place: &usize| {
            texts[*place].values.get(dimension).copied().flatten() == Some(value)
                && folded[*place].contains(&candidate.phrase.words)
        };
        let own: Vec<usize> = (0..texts.len()).filter(is_own).collect();
        let shared = own.iter().filter(|place| taken.contains(place)).count();
        if own.len() < FEWEST_OF_A_GROUP || shared as f64 > MOST_SHARED * own.len() as f64 {
            continue;
        }
        taken.extend(&own);
        *within.entry(candidate.cell).or_default() += 1;
        clusters.push(make_cluster(candidate, own, folded, candidates));
    }
    clusters
}

/// The group with the other phrases of its product or subject that a third of its texts hold too.
fn make_cluster(
    candidate: &Candidate<'_>,
    mut own: Vec<usize>,
    folded: &[String],
    candidates: &[Candidate<'_>],
) -> Cluster {
    let holds = |place: &usize, phrase: &Phrase| folded[*place].contains(&phrase.words);
    let beside = candidates.iter().filter(|other| other.cell == candidate.cell);
    let beside = beside.filter(|other| {
        let both = own.iter().filter(|place| holds(place, &other.phrase)).count();
        other.phrase.words != candidate.phrase.words && both * 3 >= own.len()
    });
    let phrases: Vec<Phrase> = std::iter::once(candidate)
        .chain(beside.take(3))
        .map(|one| one.phrase.clone())
        .collect();
    let said = |place: &usize| phrases.iter().filter(|phrase| holds(place, phrase)).count();
    own.sort_by_key(|place| (std::cmp::Reverse(said(place)), *place));
    Cluster {
        within: Some((candidate.cell.0, candidate.cell.1.to_owned())),
        phrases,
        texts: own,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CAUSES: [(&str, [&str; 3]); 3] = [
        ("快递", ["不送上门", "驿站代收", "签收造假"]),
        ("洗衣机", ["漏水严重", "噪音太大", "维修推诿"]),
        ("宽带", ["断网频繁", "装机迟迟不来", "提速无效"]),
    ];

    fn texts() -> Vec<(String, &'static str)> {
        (0..180)
            .map(|place| {
                let (product, causes) = CAUSES[place % 3];
                let cause = causes[place / 3 % 3];
                let turn = ["一句话，二十分钟", "时候不早了，孩子哭", "什么意思"][place % 7 % 3];
                (format!("{turn}，{cause}，老人也看见"), product)
            })
            .collect()
    }

    #[test]
    fn groups_lie_within_a_product_and_say_its_cause() {
        let texts = texts();
        let labeled = |(text, product): &'static (String, &'static str)| Labeled {
            text,
            values: vec![Some(*product)],
        };
        let texts: &'static [(String, &'static str)] = Box::leak(texts.into_boxed_slice());
        let labeled: Vec<Labeled<'static>> = texts.iter().map(labeled).collect();
        let found = cluster_within(&labeled, 9).unwrap();
        assert_eq!(found.len(), 6, "two of each product: {found:?}");
        for group in &found {
            let (_, product) = group.within.as_ref().unwrap();
            let causes = CAUSES.iter().find(|(name, _)| name == product).unwrap().1;
            let words = &group.phrases[0].words;
            assert!(
                causes.iter().any(|cause| cause.contains(words.as_str())),
                "{words}"
            );
            assert_eq!(group.name(Some(product)), format!("{product} · {words}"));
            // The group is exactly what a search in the product finds.
            let says = |place: &usize| texts[*place].1 == product && texts[*place].0.contains(words.as_str());
            assert!(group.texts.iter().all(says));
            assert_eq!(group.texts.len(), (0..texts.len()).filter(says).count());
        }
    }

    #[test]
    fn words_spread_evenly_name_nothing() {
        let turns = ["客服电话打通，排队办理", "客服电话打通，登记办理"];
        let labeled: Vec<Labeled<'_>> = (0..120)
            .map(|place| Labeled {
                text: turns[place / 3 % 2],
                values: vec![Some(CAUSES[place % 3].0), None],
            })
            .collect();
        assert_eq!(cluster_within(&labeled, 9), Err(Gap::NothingFound));
        assert!(matches!(
            cluster_within(&labeled[..5], 9),
            Err(Gap::TooFew { .. })
        ));
        assert!(cluster_within(&[], 9).is_err());
    }
}
