//! The corpus keeps its own rules: labels of the vocabulary, evidence out of the text, no text like another, no opening
//! used again and again.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use tingsu_analysis::{block::Block, read_labeled};

/// The files of single texts, and how many letters make an opening: English says less with a letter.
const FILES: [(&str, usize); 10] = [
    ("authored/train.jsonl", 4),
    ("authored/dev.jsonl", 4),
    ("everyday/train.jsonl", 4),
    ("varied/train.jsonl", 4),
    ("spoken/train.jsonl", 4),
    ("fresh/wry.jsonl", 4),
    ("fresh/alike.jsonl", 4),
    ("fresh/pointed.jsonl", 4),
    ("english/train.jsonl", 14),
    ("english/dev.jsonl", 14),
];
/// Two texts may share at most this much of their runs of five letters (Jaccard).
const LIKEST: f64 = 0.4;
/// At least this share of a file's openings occurs once.
const DISTINCT: f64 = 0.95;

struct Row {
    name: String,
    text: String,
    opening: usize,
}

fn file(name: &str) -> String {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus");
    std::fs::read_to_string(corpus.join(name)).expect("the corpus is in the repository")
}

fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    for (name, opening) in FILES {
        let (texts, errors) = read_labeled(&file(name));
        assert!(errors.is_empty(), "{name}: {errors:?}");
        rows.extend(texts.into_iter().map(|text| Row {
            name: format!("{name} {}", text.id),
            text: text.text,
            opening,
        }));
    }
    rows
}

fn letters(text: &str) -> Vec<char> {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

#[test]
fn evidence_stands_in_its_text_and_only_where_a_goal_is_read() {
    for (name, _) in FILES {
        let (texts, _) = read_labeled(&file(name));
        let none = Block::Psychology
            .values()
            .iter()
            .position(|value| *value == "none");
        for text in texts {
            let has_goal = text.label(Block::Psychology).map(|value| value as usize) != none;
            assert!(text.text.contains(&text.evidence), "{name} {}", text.id);
            assert!(
                !has_goal || !text.evidence.is_empty(),
                "{name} {}: no evidence",
                text.id
            );
        }
    }
}

#[test]
fn no_text_is_like_another() {
    let rows = rows();
    let mut texts_with: HashMap<Vec<char>, Vec<usize>> = HashMap::new();
    let mut sizes = Vec::with_capacity(rows.len());
    for (index, row) in rows.iter().enumerate() {
        let letters = letters(&row.text);
        let runs: HashSet<Vec<char>> = letters.windows(5).map(<[char]>::to_vec).collect();
        sizes.push(runs.len());
        for run in runs {
            texts_with.entry(run).or_default().push(index);
        }
    }
    let mut shared: HashMap<(usize, usize), usize> = HashMap::new();
    for texts in texts_with.values() {
        for (place, &one) in texts.iter().enumerate() {
            for &other in &texts[place + 1..] {
                *shared.entry((one, other)).or_default() += 1;
            }
        }
    }
    for ((one, other), common) in shared {
        let likeness = common as f64 / (sizes[one] + sizes[other] - common) as f64;
        let (first, second) = (&rows[one].name, &rows[other].name);
        assert!(
            likeness <= LIKEST,
            "{first} and {second} are alike: {likeness:.2}"
        );
    }
}

#[test]
fn openings_are_distinct() {
    let mut openings: HashMap<&str, Vec<Vec<char>>> = HashMap::new();
    let rows = rows();
    for row in &rows {
        let name = row.name.split(' ').next().unwrap_or_default();
        let opening = letters(&row.text).into_iter().take(row.opening).collect();
        openings.entry(name).or_default().push(opening);
    }
    for (name, openings) in openings {
        let distinct: HashSet<&Vec<char>> = openings.iter().collect();
        let share = distinct.len() as f64 / openings.len() as f64;
        assert!(
            share >= DISTINCT,
            "{name}: {share:.3} of the openings are distinct"
        );
    }
}
