//! Planted outbreaks are found, quiet data stay quiet, odd data give a reason.

use super::*;
use crate::outbreak::Report;

fn report(id: usize, day: i32, product: &str, site: &str, text: &str) -> Report {
    Report {
        id: id.to_string(),
        day,
        values: vec![Some(product.into()), Some(site.into())],
        text: text.into(),
    }
}

fn dimensions() -> Vec<String> {
    vec!["product".into(), "site".into()]
}

/// Sixteen weeks of a dozen products at six sites.
fn quiet(rng: &mut fastrand::Rng, days: i32) -> Vec<Report> {
    let mut reports = Vec::new();
    for day in 0..days {
        for _ in 0..rng.usize(12..25) {
            let product = format!("产品{}", rng.usize(0..12));
            let site = format!("门店{}", rng.usize(0..6));
            let words = format!("第{}件事不满意，第{}次", rng.u32(..), rng.u32(..));
            reports.push(report(reports.len(), day, &product, &site, &words));
        }
    }
    reports
}

#[test]
fn a_planted_outbreak_is_found_once_with_its_onset() {
    let mut reports = quiet(&mut fastrand::Rng::with_seed(1), 112);
    for (back, count) in [
        (9, 1),
        (8, 1),
        (7, 1),
        (6, 2),
        (5, 2),
        (4, 3),
        (3, 4),
        (2, 4),
        (1, 5),
        (0, 6),
    ] {
        for extra in 0..count {
            let words = ["鼓包了，烫手", "外壳裂开，有焦味", "充着充着冒烟"][extra % 3];
            reports.push(report(
                100_000 + reports.len(),
                111 - back,
                "产品3",
                "门店2",
                words,
            ));
        }
    }
    let set = ReportSet::new(dimensions(), reports);
    let scanned = scan(&set, &ScanOptions::usual(111));
    assert_eq!(scanned.outbreaks.len(), 1, "{scanned:#?}");
    let outbreak = &scanned.outbreaks[0];
    assert_eq!(outbreak.alarm.slice, [(0, "产品3".into()), (1, "门店2".into())]);
    assert!(
        (4..=9).contains(&outbreak.onset.days_back),
        "{:?}",
        outbreak.onset
    );
    assert!(outbreak.herd.copied_share().unwrap() > 0.7);
    assert!(outbreak.independent_p > outbreak.alarm.method.p);
    assert!(!outbreak.also.is_empty());
}

#[test]
fn quiet_data_name_no_outbreak_more_often_than_promised() {
    // 200 quiet organizations: with nothing planted, a share of at most q may name anything at all.
    let mut rng = fastrand::Rng::with_seed(20_260_301);
    let mut named = 0;
    for _ in 0..200 {
        let set = ReportSet::new(dimensions(), quiet(&mut rng, 112));
        named += usize::from(!scan(&set, &ScanOptions::usual(111)).outbreaks.is_empty());
    }
    println!("false alarms: {named} of 200 quiet organizations named an outbreak at q = .05");
    assert!(named <= 16, "{named}");
}

/// A count of mean `mean` and variance `mean + mean² / 4`: Poisson around a gamma of shape 4.
fn overdispersed(rng: &mut fastrand::Rng, mean: f64) -> f64 {
    let gamma: f64 = (0..4).map(|_| -(1.0 - rng.f64()).ln()).sum::<f64>() / 4.0;
    let (limit, mut product, mut count) = ((-mean * gamma).exp(), rng.f64(), 0.0);
    while product > limit {
        product *= rng.f64();
        count += 1.0;
    }
    count
}

#[test]
fn seasons_and_overdispersion_are_no_outbreak_to_noufaily() {
    // 300 quiet series of five years with a season, a slow trend and twice to six times the spread of Poisson.
    let mut rng = fastrand::Rng::with_seed(20_261_123);
    let weeks = 5 * 52 + 30;
    let series: Vec<Vec<Option<f64>>> = (0..300)
        .map(|place| {
            let (level, phase) = (4.0 + f64::from(place % 16), f64::from(place % 52));
            let mean = |week: i32| {
                let turn = std::f64::consts::TAU * (f64::from(week) + phase) / 52.0;
                level * (1.0 + 0.4 * turn.sin()) * (1.0 + 0.001 * f64::from(week))
            };
            (0..weeks)
                .map(|week| Some(overdispersed(&mut rng, mean(week))))
                .collect()
        })
        .collect();
    let judged = test_counts(&series, MethodName::Noufaily, 7);
    assert!(judged.iter().all(Result::is_ok));
    let alarms = judged.iter().flatten().filter(|one| one.p < 0.01).count();
    println!("false alarms: {alarms} of 300 quiet series under p = .01");
    assert!(alarms as f64 / 300.0 <= 0.02, "{alarms} of 300");
}

#[test]
fn short_empty_missing_and_duplicated_data() {
    let empty = scan(&ReportSet::default(), &ScanOptions::usual(0));
    assert!(empty.outbreaks.is_empty() && empty.tests == 0);
    let mut rng = fastrand::Rng::with_seed(3);
    let short = scan(
        &ReportSet::new(dimensions(), quiet(&mut rng, 10)),
        &ScanOptions::usual(9),
    );
    assert_eq!(short.reason, Some(Gap::TooShort { have: 1, need: 4 }));
    let mut gapped = quiet(&mut rng, 112);
    gapped.retain(|report| !(70..84).contains(&report.day));
    let again = gapped.clone();
    gapped.extend(again);
    let set = ReportSet::new(dimensions(), gapped);
    let scanned = scan(&set, &ScanOptions::usual(111));
    assert_eq!((scanned.missing_blocks, scanned.blocks), (2, 16));
    assert!(set.duplicates > 1_000 && scanned.outbreaks.is_empty());
}
