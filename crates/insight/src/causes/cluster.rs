//! What belongs together: texts grouped by the pieces they share (spherical k-means on TF-IDF), each group named by the
//! phrases that set it apart.

use std::collections::HashMap;

use super::gram::{fold, grams, is_nameable};
use super::phrase::{Phrase, PhraseOptions, distinguish};
use crate::gap::{Counted, Gap};

/// The most texts grouped; beyond it every n-th is taken.
const MOST_TEXTS: usize = 5_000;
const FEWEST_TEXTS: usize = 20;
/// Texts that make a group worth naming.
const FEWEST_OF_A_GROUP: usize = 3;
const MOST_ROUNDS: usize = 25;
/// The most pieces kept.
const MOST_GRAMS: usize = 6_000;

/// A group of texts.
#[derive(Clone, Debug, PartialEq)]
pub struct Cluster {
    /// The dimension's place and the value that all its texts share, where it was found inside one.
    pub within: Option<(usize, String)>,
    /// Its phrases, the clearest first; the first ones name it.
    pub phrases: Vec<Phrase>,
    /// The places of its texts, the most typical first.
    pub texts: Vec<usize>,
}

impl Cluster {
    /// The name: what it lies within, as people call that, and its clearest phrase; its two clearest where it lies within
    /// nothing.
    pub fn name(&self, within: Option<&str>) -> String {
        if let (Some(within), Some(first)) = (within, self.phrases.first()) {
            return format!("{within} · {}", first.words);
        }
        let words: Vec<&str> = self
            .phrases
            .iter()
            .take(2)
            .map(|phrase| phrase.words.as_str())
            .collect();
        words.join(" · ")
    }
}

/// A text as weights of its pieces, of length one.
type Sparse = Vec<(u32, f64)>;

/// Groups texts into at most `most` clusters, the largest first; a group is those of its texts that say one of its
/// phrases. Groups that no phrase sets apart are left out: they have no readable name.
///
/// # Errors
/// With under twenty texts, or nothing that occurs in two of them.
pub fn cluster(texts: &[&str], most: usize) -> Result<Vec<Cluster>, Gap> {
    let step = texts.len().div_ceil(MOST_TEXTS).max(1);
    let chosen: Vec<usize> = (0..texts.len()).step_by(step).collect();
    if chosen.len() < FEWEST_TEXTS {
        return Err(Gap::TooFew {
            of: Counted::Texts,
            have: chosen.len(),
            need: FEWEST_TEXTS,
        });
    }
    let folded: Vec<String> = chosen.iter().map(|place| fold(texts[*place])).collect();
    let vectors = weigh(&folded);
    if vectors.iter().all(Vec::is_empty) {
        let alike = folded.iter().all(|text| *text == folded[0]);
        return Err(if alike {
            Gap::NoVariation
        } else {
            Gap::NothingFound
        });
    }
    let count = most.clamp(2, 40).min(chosen.len() / 5).max(2);
    let (assigned, likeness) = group(&vectors, count);
    let named = (0..count).filter_map(|own| name_group(own, &assigned, &likeness, &chosen, texts));
    let mut clusters: Vec<Cluster> = named.collect();
    clusters.sort_by(|a, b| b.texts.len().cmp(&a.texts.len()).then(a.texts.cmp(&b.texts)));
    match clusters.is_empty() {
        true => Err(Gap::NothingFound),
        false => Ok(clusters),
    }
}

fn name_group(
    own: usize,
    assigned: &[Option<usize>],
    likeness: &[f64],
    chosen: &[usize],
    texts: &[&str],
) -> Option<Cluster> {
    let is_own = |place: &usize| assigned[*place] == Some(own);
    let inside: Vec<usize> = (0..chosen.len()).filter(is_own).collect();
    let words = |places: &mut dyn Iterator<Item = usize>| -> Vec<&str> {
        places.map(|place| texts[chosen[place]]).collect()
    };
    let here = words(&mut inside.iter().copied());
    let there = words(&mut (0..chosen.len()).filter(|place| !is_own(place)));
    let options = PhraseOptions {
        most: 6,
        ..PhraseOptions::default()
    };
    let mut phrases = distinguish(&here, &there, &options).ok()?;
    phrases.retain(|phrase| is_nameable(&phrase.words));
    phrases.first()?;
    // Every text lies in some group, but only those that say what names it are about the same thing.
    let says = |place: usize| {
        let text = fold(texts[chosen[place]]);
        let said = phrases.iter().filter(|phrase| text.contains(&phrase.words));
        said.count()
    };
    let mut inside: Vec<(usize, usize)> = inside.into_iter().map(|place| (says(place), place)).collect();
    inside.retain(|(said, _)| *said > 0);
    inside.sort_by(|(said_a, a), (said_b, b)| {
        let by_likeness = likeness[*b].total_cmp(&likeness[*a]);
        said_b.cmp(said_a).then(by_likeness).then(a.cmp(b))
    });
    (inside.len() >= FEWEST_OF_A_GROUP).then(|| Cluster {
        within: None,
        phrases,
        texts: inside.into_iter().map(|(_, place)| chosen[place]).collect(),
    })
}

/// TF-IDF over pieces that at least two and at most half of the texts hold.
fn weigh(folded: &[String]) -> Vec<Sparse> {
    let pieces: Vec<Vec<&str>> = folded.iter().map(|text| grams(text)).collect();
    let mut holders: HashMap<&str, usize> = HashMap::new();
    pieces
        .iter()
        .flatten()
        .for_each(|gram| *holders.entry(gram).or_default() += 1);
    let mut kept: Vec<(&str, usize)> = holders
        .into_iter()
        .filter(|(_, count)| *count > 1 && *count <= folded.len() / 2)
        .collect();
    kept.sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    kept.truncate(MOST_GRAMS);
    let all = folded.len() as f64;
    let weights: HashMap<&str, (u32, f64)> = kept
        .iter()
        .enumerate()
        .map(|(place, (gram, count))| (*gram, (place as u32, (all / *count as f64).ln())))
        .collect();
    let vector_of = |grams: &Vec<&str>| -> Sparse {
        let found: Sparse = grams
            .iter()
            .filter_map(|gram| weights.get(gram).copied())
            .collect();
        let length = found
            .iter()
            .map(|(_, weight)| weight * weight)
            .sum::<f64>()
            .sqrt();
        found
            .into_iter()
            .map(|(gram, weight)| (gram, weight / length))
            .collect()
    };
    pieces.iter().map(vector_of).collect()
}

/// Each text's group, and how like its group it is. Starts from texts far from each other, so that it needs no dice.
fn group(vectors: &[Sparse], count: usize) -> (Vec<Option<usize>>, Vec<f64>) {
    let mut centers = start(vectors, count);
    let mut assigned: Vec<Option<usize>> = vec![None; vectors.len()];
    let mut likeness = vec![0.0; vectors.len()];
    for _ in 0..MOST_ROUNDS {
        let mut moved = false;
        for (place, vector) in vectors
            .iter()
            .enumerate()
            .filter(|(_, vector)| !vector.is_empty())
        {
            let scores = centers.iter().map(|center| dot(vector, center)).enumerate();
            let best = scores.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
            if let Some((own, score)) = best.filter(|(_, score)| *score > 0.0) {
                moved |= assigned[place] != Some(own);
                (assigned[place], likeness[place]) = (Some(own), score);
            }
        }
        if !moved {
            break;
        }
        centers = (0..count).map(|own| mean_of(vectors, &assigned, own)).collect();
    }
    (assigned, likeness)
}

fn dot(vector: &Sparse, center: &HashMap<u32, f64>) -> f64 {
    vector
        .iter()
        .filter_map(|(gram, weight)| Some(weight * center.get(gram)?))
        .sum()
}

fn mean_of(vectors: &[Sparse], assigned: &[Option<usize>], own: usize) -> HashMap<u32, f64> {
    let mut sum: HashMap<u32, f64> = HashMap::new();
    for (vector, _) in vectors
        .iter()
        .zip(assigned)
        .filter(|(_, group)| **group == Some(own))
    {
        vector
            .iter()
            .for_each(|(gram, weight)| *sum.entry(*gram).or_default() += weight);
    }
    let length = sum.values().map(|weight| weight * weight).sum::<f64>().sqrt();
    if length > 0.0 {
        sum.values_mut().for_each(|weight| *weight /= length);
    }
    sum
}

/// Texts to start from: the one most like all, then always the one least like those chosen but shared by others.
fn start(vectors: &[Sparse], count: usize) -> Vec<HashMap<u32, f64>> {
    let all = mean_of(vectors, &vec![Some(0); vectors.len()], 0);
    let common: Vec<f64> = vectors.iter().map(|vector| dot(vector, &all)).collect();
    let mut nearest = vec![0.0f64; vectors.len()];
    let mut centers: Vec<HashMap<u32, f64>> = Vec::new();
    while centers.len() < count {
        let worth = |place: &usize| common[*place] * (1.0 - nearest[*place]).max(0.0);
        let best = (0..vectors.len()).max_by(|a, b| worth(a).total_cmp(&worth(b)).then(b.cmp(a)));
        let Some(best) = best else { break };
        let center: HashMap<u32, f64> = vectors[best].iter().copied().collect();
        for (place, vector) in vectors.iter().enumerate() {
            nearest[place] = nearest[place].max(dot(vector, &center));
        }
        centers.push(center);
    }
    centers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn planted_topics_come_apart_with_their_names() {
        let topics = [
            ["快递迟迟不送到", "物流信息不更新", "包裹一直在路上"],
            ["充电宝鼓包发烫", "电池膨胀有焦味", "外壳裂开还冒烟"],
            ["退款一直不到账", "钱没有退回来", "申请退款被驳回"],
        ];
        let texts: Vec<String> = (0..90)
            .map(|place| {
                let words = topics[place % 3];
                format!("{}，{}", words[place / 3 % 3], words[(place / 3 + 1) % 3])
            })
            .collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let clusters = cluster(&texts, 3).unwrap();
        assert_eq!(clusters.len(), 3);
        for found in &clusters {
            let topic = found.texts[0] % 3;
            assert!(found.texts.iter().all(|place| place % 3 == topic), "{found:?}");
            assert!(!found.name(None).is_empty());
        }
    }

    #[test]
    fn texts_about_nothing_in_common_are_in_no_group() {
        let mut texts: Vec<String> = (0..40)
            .map(|place| format!("第{place}箱充电宝鼓包发烫，外壳裂开"))
            .collect();
        // Each is about something of its own.
        let odd = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜";
        let odd: Vec<char> = odd.chars().collect();
        texts.extend(
            odd.chunks(2)
                .map(|pair| format!("{}的事我来问问", pair.iter().collect::<String>())),
        );
        let words: Vec<&str> = texts.iter().map(String::as_str).collect();
        for found in cluster(&words, 4).unwrap() {
            let says = |place: &usize| found.phrases.iter().any(|one| texts[*place].contains(&one.words));
            assert!(
                found.texts.iter().all(says),
                "{}: {:?}",
                found.name(None),
                found.texts
            );
            assert!(
                found
                    .phrases
                    .iter()
                    .any(|one| texts[found.texts[0]].contains(&one.words))
            );
        }
    }

    #[test]
    fn odd_texts_give_a_reason() {
        assert_eq!(
            cluster(&["退款"; 3], 3),
            Err(Gap::TooFew {
                of: Counted::Texts,
                have: 3,
                need: 20
            })
        );
        assert_eq!(cluster(&["退款太慢"; 30], 3), Err(Gap::NoVariation));
        assert_eq!(cluster(&[""; 30], 3), Err(Gap::NoVariation));
    }
}
