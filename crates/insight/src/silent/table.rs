//! The likelihood of many customers at once, and the climb to its top: what customers share is worked out once, the
//! rest is shared between threads, and a sample shows the way before all of them are asked.

use std::collections::HashMap;
use std::thread;

use statrs::function::beta::ln_beta;
use statrs::function::gamma::ln_gamma;

use super::law::{Customer, PurchaseLaw};
use super::simplex::{Minimum, minimize};

/// Customers are added up in so many parts, whatever the machine, so that every machine finds the same digits.
const PARTS: usize = 8;
/// From this many distinct customers on the parts are shared between threads.
const MANY: usize = 20_000;
/// So many distinct customers show the way to the top.
const SAMPLE: usize = 10_000;
/// How far the first steps reach, in logarithms, from nowhere and from the top of the sample.
const REACHES: (f64, f64) = (0.5, 0.02);

/// What the logarithms of the parameters deviate from zero by, when a weak belief has to help.
const BELIEF_DEVIATION: f64 = 3.0;

/// The parameters of the largest likelihood, as logarithms, in time times `scale`. With `belief` the parameters are
/// taken to be of a size people know, with the weight of less than one customer.
pub(super) fn climb(alike: &[(Customer, f64)], scale: f64, belief: bool) -> Minimum {
    let start = [(0.5f64).ln(), 0.0, 0.0, (2.0f64).ln()];
    let doubt = |logs: &[f64]| match belief {
        true => logs
            .iter()
            .map(|log| (log / BELIEF_DEVIATION).powi(2) / 2.0)
            .sum(),
        false => 0.0,
    };
    let climb_from = |rows: &[(Customer, f64)], start: &[f64], reach| {
        let table = Table::of(rows, scale);
        minimize(|logs| doubt(logs) - table.log_likelihood(logs), start, reach)
    };
    let step = alike.len() / SAMPLE;
    if step < 2 {
        return climb_from(alike, &start, REACHES.0);
    }
    let sample: Vec<(Customer, f64)> = alike.iter().step_by(step).copied().collect();
    let near = climb_from(&sample, &start, REACHES.0);
    match near.settled {
        true => climb_from(alike, &near.place, REACHES.1),
        false => climb_from(alike, &start, REACHES.0),
    }
}

/// Distinct customers by the places of their numbers among the distinct repeats and times.
struct Table {
    rows: Vec<TableRow>,
    repeats: Vec<f64>,
    times: Vec<f64>,
}

struct TableRow {
    repeats: u32,
    recency: u32,
    age: u32,
    count: f64,
}

/// What customers with as many repeats have in common: constant, staying, leaving, power of time.
struct Part {
    common: f64,
    alive: f64,
    left: f64,
    power: f64,
}

impl Table {
    fn of(alike: &[(Customer, f64)], scale: f64) -> Self {
        let (mut repeats, mut times) = (Distinct::default(), Distinct::default());
        let rows = alike.iter().map(|(customer, count)| TableRow {
            repeats: repeats.place_of(customer.repeats),
            recency: times.place_of(customer.recency * scale),
            age: times.place_of(customer.age * scale),
            count: *count,
        });
        Self {
            rows: rows.collect(),
            repeats: repeats.values,
            times: times.values,
        }
    }

    fn log_likelihood(&self, logs: &[f64]) -> f64 {
        let law = PurchaseLaw::of_logs(logs);
        let parts: Vec<Part> = self.repeats.iter().map(|x| part_of(&law, *x)).collect();
        let times: Vec<f64> = self.times.iter().map(|time| (law.alpha + time).ln()).collect();
        let sum = |rows: &[TableRow]| -> f64 { rows.iter().map(|row| row.likelihood(&parts, &times)).sum() };
        let chunks: Vec<&[TableRow]> = self.rows.chunks(self.rows.len().div_ceil(PARTS).max(1)).collect();
        if self.rows.len() < MANY {
            return chunks.into_iter().map(sum).sum();
        }
        let threads = thread::available_parallelism().map_or(1, usize::from).min(PARTS);
        let mut sums = vec![0.0; chunks.len()];
        let share = chunks.len().div_ceil(threads);
        thread::scope(|scope| {
            for (chunks, sums) in chunks.chunks(share).zip(sums.chunks_mut(share)) {
                scope.spawn(move || {
                    chunks.iter().zip(sums).for_each(|(chunk, own)| *own = sum(chunk));
                });
            }
        });
        sums.iter().sum()
    }
}

impl TableRow {
    fn likelihood(&self, parts: &[Part], times: &[f64]) -> f64 {
        let part = &parts[self.repeats as usize];
        let alive = part.alive - part.power * times[self.age as usize];
        if part.left == f64::NEG_INFINITY {
            return self.count * (part.common + alive);
        }
        let left = part.left - part.power * times[self.recency as usize];
        let (most, least) = (alive.max(left), alive.min(left));
        self.count * (part.common + most + (least - most).exp().ln_1p())
    }
}

fn part_of(law: &PurchaseLaw, x: f64) -> Part {
    let PurchaseLaw { r, alpha, a, b } = *law;
    let whole = ln_beta(a, b);
    Part {
        common: ln_gamma(r + x) - ln_gamma(r) + r * alpha.ln(),
        alive: ln_beta(a, b + x) - whole,
        left: if x > 0.0 {
            ln_beta(a + 1.0, b + x - 1.0) - whole
        } else {
            f64::NEG_INFINITY
        },
        power: r + x,
    }
}

/// Numbers, each kept once.
#[derive(Default)]
struct Distinct {
    values: Vec<f64>,
    places: HashMap<u64, u32>,
}

impl Distinct {
    fn place_of(&mut self, value: f64) -> u32 {
        *self.places.entry(value.to_bits()).or_insert_with(|| {
            self.values.push(value);
            self.values.len() as u32 - 1
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_the_sum_of_its_customers() {
        let law = PurchaseLaw {
            r: 0.3,
            alpha: 5.0,
            a: 0.8,
            b: 2.5,
        };
        let rows: Vec<(Customer, f64)> = (0..40_000)
            .map(|place| {
                let repeats = f64::from(place % 7);
                let recency = if repeats == 0.0 {
                    0.0
                } else {
                    f64::from(place % 31) + 1.0
                };
                let age = recency + f64::from(place % 11);
                let customer = Customer {
                    repeats,
                    recency,
                    age,
                };
                (customer, 1.0 + f64::from(place % 3))
            })
            .collect();
        let one_by_one: f64 = rows
            .iter()
            .map(|(customer, count)| count * law.log_likelihood(customer))
            .sum();
        let logs = [law.r.ln(), law.alpha.ln(), law.a.ln(), law.b.ln()];
        let at_once = Table::of(&rows, 1.0).log_likelihood(&logs);
        assert!(
            (at_once / one_by_one - 1.0).abs() < 1e-12,
            "{at_once} {one_by_one}"
        );
    }
}
