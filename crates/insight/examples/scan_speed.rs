//! How long the newest week of 2,000 series with five years behind them takes: `cargo run --release -p tingsu-insight
//! --example scan_speed`.
#![allow(
    clippy::print_stdout,
    reason = "an example that measures prints what it measured"
)]

#[path = "shared/peak.rs"]
mod peak;

use std::time::Instant;

use tingsu_insight::outbreak::{MethodName, test_counts};

const SERIES: usize = 2_000;
const WEEKS: usize = 5 * 52 + 8;

fn main() {
    let mut rng = fastrand::Rng::with_seed(7);
    let series: Vec<Vec<Option<f64>>> = (0..SERIES)
        .map(|place| {
            let level = 0.2 + (place % 40) as f64;
            (0..WEEKS).map(|_| Some(poisson(&mut rng, level))).collect()
        })
        .collect();
    for method in [MethodName::Noufaily, MethodName::Farrington, MethodName::Recent] {
        let started = Instant::now();
        let judged = test_counts(&series, method, 7);
        let took = started.elapsed();
        let alarms = judged.iter().flatten().filter(|one| one.p < 0.01).count();
        let settled = judged.iter().filter(|one| one.is_ok()).count();
        println!(
            "{}: {SERIES} series × {WEEKS} weeks in {took:.2?}; {settled} judged, {alarms} under p = .01",
            method.key()
        );
    }
    println!("{}", peak::peak_memory());
}

/// A Poisson number (Knuth's product).
fn poisson(rng: &mut fastrand::Rng, mean: f64) -> f64 {
    let (limit, mut product, mut count) = ((-mean).exp(), rng.f64(), 0.0);
    while product > limit {
        product *= rng.f64();
        count += 1.0;
    }
    count
}
