//! How many texts a second one core reads, every facet with its evidence, by length; prints texts per second and, of
//! a single text of 100 characters, the time that 99 of 100 readings stay under.

// A benchmark's result is what it prints.
#![allow(clippy::print_stdout)]

use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use tingsu_analysis::Engine;
use domain::{Channel, Complaint};

/// Texts of exactly this many characters, cut from the corpus one after the other.
fn texts_of(chars: usize) -> Vec<String> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus");
    let mut letters = Vec::new();
    for name in ["authored/dev.jsonl", "everyday/train.jsonl"] {
        let lines = std::fs::read_to_string(corpus.join(name)).expect("the corpus is in the repository");
        for line in lines.lines() {
            let row: serde_json::Value = serde_json::from_str(line).expect("the corpus holds JSON");
            letters.extend(row["text"].as_str().unwrap_or_default().chars());
        }
    }
    letters
        .chunks_exact(chars)
        .map(|chunk| chunk.iter().collect())
        .collect()
}

/// The best of several rounds, in texts per second.
fn pace(texts: &[String], mut read: impl FnMut(&str)) -> f64 {
    let mut best = f64::MAX;
    for _ in 0..7 {
        let start = Instant::now();
        texts.iter().for_each(|text| read(text));
        best = best.min(start.elapsed().as_secs_f64());
    }
    texts.len() as f64 / best
}

fn main() {
    let engine = Engine::default_model();
    for chars in [25, 50, 75] {
        let texts = texts_of(chars);
        let complaints: Vec<Complaint> = texts.iter().map(|text| Complaint::new(text.as_str(), Channel::Chat)).collect();
        let mut at = 0;
        let all = pace(&texts, |_| {
            black_box(engine.analyze(&complaints[at % complaints.len()]));
            at += 1;
        });
        let fold = pace(&texts, |text| {
            black_box(text::read(text));
        });
        let particulars = pace(&texts, |text| {
            black_box(text::particulars(&text::read(text), None));
        });
        let mask = pace(&texts, |text| {
            black_box(text::mask(text));
        });
        println!(
            "{chars} characters, {} texts: all facets with evidence {all:.0}/s; normalizing {fold:.0}/s; \
             with particulars {particulars:.0}/s; masking {mask:.0}/s",
            texts.len()
        );
    }
    let texts = texts_of(100);
    let mut times: Vec<f64> = texts
        .iter()
        .map(|text| {
            let complaint = Complaint::new(text.as_str(), Channel::Chat);
            let start = Instant::now();
            black_box(engine.analyze(&complaint));
            start.elapsed().as_secs_f64() * 1e6
        })
        .collect();
    times.sort_by(f64::total_cmp);
    println!("100 characters, one text: p99 {:.0} µs", times[times.len() * 99 / 100]);
}
