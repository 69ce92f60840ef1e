//! Outbreak detection beside R's surveillance: `Rscript evals/peers/outbreaks.R | cargo run -p tingsu-insight --example
//! beside_r` computes what R printed and fails where the two differ.
#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "an example that compares prints what it compared, and stops at a line nobody can read"
)]

use std::collections::BTreeMap;

use serde_json::Value;
use tingsu_insight::outbreak::{Ears, Farrington, ears, farrington};

/// How far two fits may lie apart, as a share: R stops at 1e-8 of the deviance.
const NEAR: f64 = 1e-4;

fn main() {
    let lines = std::io::stdin().lines().map(|line| line.expect("a line"));
    let mut lines = lines.map(|line| serde_json::from_str::<Value>(&line).expect("JSON"));
    let head = lines.next().expect("the series");
    let counts: Vec<f64> = head["counts"]
        .as_array()
        .expect("counts")
        .iter()
        .filter_map(Value::as_f64)
        .collect();
    let (mut same, mut apart) = (BTreeMap::<String, usize>::new(), Vec::new());
    for line in lines {
        let method = line["method"].as_str().expect("a method").to_owned();
        match is_same(&counts, &method, &line) {
            true => *same.entry(method).or_default() += 1,
            false => apart.push(line),
        }
    }
    println!(
        "R surveillance {}: weeks with the same bound {same:?}",
        head["version"]
    );
    assert!(apart.is_empty(), "{} weeks differ: {apart:?}", apart.len());
    assert_eq!(same.len(), 3, "three methods were compared");
}

fn is_same(counts: &[f64], method: &str, line: &Value) -> bool {
    let number = |name: &str| line[name].as_f64().expect("a number");
    let near = |own: f64, other: f64| (own - other).abs() <= NEAR * other.abs().max(1.0);
    let place = number("week") as usize - 1;
    match method {
        "noufaily" => {
            let known: Vec<Option<f64>> = counts.iter().copied().map(Some).collect();
            let found = farrington(&known, place, &Farrington::improved(52, 4)).expect("a bound");
            near(found.expected, number("expected")) && near(found.upper, number("upper"))
        }
        _ => {
            let rule = if method == "ears-c1" { 1 } else { 2 };
            let found = ears(counts, place, &Ears::usual(rule)).expect("a bound");
            near(found.upper, number("upper"))
        }
    }
}
