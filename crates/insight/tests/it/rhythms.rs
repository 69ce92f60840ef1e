//! The fit of purchase rhythms against another implementation, on a table of our own, so that it is tested everywhere.

use tingsu_insight::silent::{Customer, fit_purchases};

/// Repeat purchases, the week of the last one, weeks since the first, and how many customers share that.
const RHYTHMS: [(u32, f64, f64, usize); 24] = [
    (0, 0.0, 39.0, 300),
    (0, 0.0, 30.0, 250),
    (0, 0.0, 20.0, 150),
    (1, 5.0, 39.0, 60),
    (1, 20.0, 39.0, 50),
    (1, 36.0, 39.0, 40),
    (1, 10.0, 30.0, 45),
    (1, 28.0, 30.0, 30),
    (1, 3.0, 20.0, 25),
    (2, 12.0, 39.0, 30),
    (2, 30.0, 39.0, 35),
    (2, 25.0, 30.0, 25),
    (2, 15.0, 20.0, 15),
    (3, 18.0, 39.0, 18),
    (3, 35.0, 39.0, 22),
    (3, 27.0, 30.0, 14),
    (4, 22.0, 39.0, 9),
    (4, 37.0, 39.0, 13),
    (5, 29.0, 30.0, 8),
    (6, 38.0, 39.0, 9),
    (8, 36.0, 39.0, 6),
    (10, 38.5, 39.0, 5),
    (14, 38.8, 39.0, 3),
    (20, 38.9, 39.0, 2),
];

fn customer(repeats: u32, recency: f64, age: f64) -> Customer {
    Customer {
        repeats: f64::from(repeats),
        recency,
        age,
    }
}

#[test]
fn the_fit_is_that_of_lifetimes() {
    let customers: Vec<Customer> = RHYTHMS
        .iter()
        .flat_map(|(repeats, recency, age, count)| vec![customer(*repeats, *recency, *age); *count])
        .collect();
    assert_eq!(customers.len(), 1_164);
    let fitted = fit_purchases(&customers).unwrap();
    let law = fitted.law;
    // Python lifetimes 0.11.3, BetaGeoFitter without penalty, tolerance 1e-10, on the same table.
    for (found, expected) in [
        (law.r, 0.515_304_72),
        (law.alpha, 19.038_433_8),
        (law.a, 0.058_147_28),
        (law.b, 0.400_571_41),
    ] {
        assert!((found / expected - 1.0).abs() < 2e-3, "{found} {expected}");
    }
    assert!((fitted.log_likelihood + 4_297.614_553).abs() < 1e-4, "{fitted:?}");
    let ahead = law.expected_ahead(&customer(2, 30.0, 39.0), 39.0).unwrap();
    assert!((ahead - 1.554_755).abs() < 1e-3, "{ahead}");
    let alive = law.alive(&customer(2, 12.0, 39.0));
    assert!((alive - 0.833_047).abs() < 1e-3, "{alive}");
}
