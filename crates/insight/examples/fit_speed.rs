//! How long a million customers take to fit: `cargo run --release -p tingsu-insight --example fit_speed`.
#![allow(
    clippy::print_stdout,
    reason = "an example that measures prints what it measured"
)]

#[path = "shared/peak.rs"]
mod peak;

use std::time::Instant;

use tingsu_insight::silent::{Customer, fit_purchases};

const CUSTOMERS: usize = 1_000_000;

fn main() {
    let mut rng = fastrand::Rng::with_seed(11);
    let customers: Vec<Customer> = (0..CUSTOMERS).map(|_| draw(&mut rng)).collect();
    let started = Instant::now();
    let fitted = fit_purchases(&customers);
    println!(
        "{CUSTOMERS} customers fitted in {:.1?}: {fitted:?}",
        started.elapsed()
    );
    println!("{}", peak::peak_memory());
    println!("drawn from r 1, alpha 6, a 1, b 2, purchases rounded to days");
}

/// A customer of the law r 1, α 6, a 1, b 2, seen for up to two years.
fn draw(rng: &mut fastrand::Rng) -> Customer {
    let age = f64::from(rng.u32(30..730)) / 7.0;
    let rate = -(1.0 - rng.f64()).ln() / 6.0;
    let leaving = 1.0 - (1.0 - rng.f64()).powf(0.5);
    let (mut at, mut repeats, mut recency) = (0.0, 0.0, 0.0);
    loop {
        at += -(1.0 - rng.f64()).ln() / rate;
        if at > age {
            break;
        }
        repeats += 1.0;
        recency = ((at * 7.0_f64).ceil() / 7.0).min(age);
        if rng.f64() < leaving {
            break;
        }
    }
    Customer {
        repeats,
        recency,
        age,
    }
}
