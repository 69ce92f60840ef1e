//! Copied wording: reports that say the same in nearly the same words, told from independent ones by the share of
//! three-character pieces they have in common.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// The most texts compared with each other; later ones are left out.
pub const MOST_TEXTS: usize = 800;
/// The characters of a piece.
const PIECE: usize = 3;
/// From this share of common pieces on, one text is taken to be copied from the other.
const COPIED: f64 = 0.6;

/// Which of some texts say the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Herd {
    /// How many texts were compared.
    pub compared: usize,
    /// Groups of copies by their place among the texts, the largest first; only those of two or more.
    pub copies: Vec<Vec<usize>>,
    /// For each text compared, whether it is the first to say what it says.
    pub original: Vec<bool>,
    /// The places of the texts most like all others, the most typical first, one for each group.
    pub typical: Vec<usize>,
}

impl Herd {
    /// How many texts are independent: groups of copies count once.
    pub fn independent(&self) -> usize {
        self.original.iter().filter(|original| **original).count()
    }

    /// The share of texts that repeat another, 0–1; nothing without texts.
    pub fn copied_share(&self) -> Option<f64> {
        (self.compared > 0).then(|| 1.0 - self.independent() as f64 / self.compared as f64)
    }
}

/// Compares texts with each other.
pub fn read_herd(texts: &[&str]) -> Herd {
    let texts = &texts[..texts.len().min(MOST_TEXTS)];
    let pieces: Vec<Vec<u64>> = texts.iter().map(|text| pieces_of(text)).collect();
    let mut group: Vec<usize> = (0..texts.len()).collect();
    let mut likeness = vec![0.0; texts.len()];
    for later in 0..texts.len() {
        for earlier in 0..later {
            let share = common_share(&pieces[earlier], &pieces[later]);
            likeness[earlier] += share;
            likeness[later] += share;
            if share >= COPIED {
                join(&mut group, earlier, later);
            }
        }
    }
    let group: Vec<usize> = (0..texts.len()).map(|place| head(&group, place)).collect();
    let mut groups: HashMap<usize, Vec<usize>> = HashMap::new();
    for (place, head) in group.iter().enumerate() {
        groups.entry(*head).or_default().push(place);
    }
    let mut typical: Vec<usize> = groups
        .values()
        .filter_map(|places| {
            places
                .iter()
                .copied()
                .max_by(|a, b| likeness[*a].total_cmp(&likeness[*b]).then(b.cmp(a)))
        })
        .collect();
    typical.sort_by(|a, b| likeness[*b].total_cmp(&likeness[*a]).then(a.cmp(b)));
    let mut copies: Vec<Vec<usize>> = groups.into_values().filter(|places| places.len() > 1).collect();
    copies.sort_by(|a, b| b.len().cmp(&a.len()).then(a[0].cmp(&b[0])));
    Herd {
        compared: texts.len(),
        copies,
        original: group
            .iter()
            .enumerate()
            .map(|(place, head)| place == *head)
            .collect(),
        typical,
    }
}

fn head(group: &[usize], mut place: usize) -> usize {
    while group[place] != place {
        place = group[place];
    }
    place
}

/// Joins two groups under the earlier head, so that the head is the first to say it.
fn join(group: &mut [usize], one: usize, other: usize) {
    let (one, other) = (head(group, one), head(group, other));
    group[one.max(other)] = one.min(other);
}

/// The hashed pieces of a text without marks and spaces, in order, each once.
fn pieces_of(text: &str) -> Vec<u64> {
    let kept: Vec<char> = text
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    let mut pieces: Vec<u64> = kept.windows(PIECE.min(kept.len()).max(1)).map(hash_of).collect();
    pieces.sort_unstable();
    pieces.dedup();
    pieces
}

fn hash_of(piece: &[char]) -> u64 {
    let mut hasher = DefaultHasher::new();
    piece.hash(&mut hasher);
    hasher.finish()
}

/// Common pieces over all pieces of both (Jaccard); texts without pieces have nothing in common.
fn common_share(one: &[u64], other: &[u64]) -> f64 {
    let (mut i, mut j, mut common) = (0, 0, 0usize);
    while i < one.len() && j < other.len() {
        match one[i].cmp(&other[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                (i, j, common) = (i + 1, j + 1, common + 1);
            }
        }
    }
    let all = one.len() + other.len() - common;
    if all == 0 { 0.0 } else { common as f64 / all as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_are_told_from_independent_reports() {
        let herd = read_herd(&[
            "充电宝用了三天就鼓包了，摸着烫手，你们管不管？",
            "快递一直没到，客服电话打不通",
            "充电宝用了三天就鼓包了!!!摸着烫手,你们管不管",
            "充电宝用了三天就鼓包了，摸着烫手，你们到底管不管？",
            "充电宝外壳裂开，里面有焦味",
        ]);
        assert_eq!(herd.copies, [[0, 2, 3]]);
        assert_eq!(herd.original, [true, true, false, false, true]);
        assert_eq!(herd.independent(), 3);
        assert!([0, 2, 3].contains(&herd.typical[0]));
    }

    #[test]
    fn empty_and_identical_texts() {
        assert_eq!(read_herd(&[]).copied_share(), None);
        assert_eq!(read_herd(&["", "！", ""]).independent(), 3);
        assert_eq!(read_herd(&["退款"; 900]).independent(), 1);
    }
}
