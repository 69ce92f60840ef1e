//! Outbreak detection against R surveillance (1.20.3, Debian), run on the same series with the same settings; its
//! figures stand here, its data are looked for under `TINGSU_DATA`.

use serde_json::Value;
use tingsu_insight::outbreak::{Ears, Farrington, ears, farrington};

use crate::data::json_lines;

const SERIES: &str = "surveillance_counts.jsonl.gz";

/// Weekly counts, and for each week whether it is marked as an outbreak.
struct Series {
    name: String,
    counts: Vec<f64>,
    marked: Vec<bool>,
}

fn series_of(line: &Value) -> Series {
    let numbers = |name: &str| -> Vec<f64> {
        let all = line[name].as_array().unwrap();
        all.iter().map(|number| number.as_f64().unwrap_or(0.0)).collect()
    };
    Series {
        name: line["id"]
            .as_str()
            .unwrap()
            .trim_start_matches("surv-")
            .to_owned(),
        counts: numbers("counts"),
        marked: numbers("state").iter().map(|state| *state > 0.0).collect(),
    }
}

fn find(name: &str) -> Option<Series> {
    let lines = json_lines(SERIES)?;
    let series = lines.iter().map(series_of).find(|series| series.name == name);
    Some(series.unwrap())
}

fn known(series: &Series) -> Vec<Option<f64>> {
    series.counts.iter().copied().map(Some).collect()
}

/// Compares (week, expected, dispersion) as R prints them, weeks from 1, as near as R's own fit settles (1e-8 of the
/// deviance), and gives the upper bounds found.
fn check(settings: &Farrington, reference: &[(usize, f64, f64)]) -> Vec<f64> {
    let Some(series) = find("salmonella.agona") else {
        return Vec::new();
    };
    let counts = known(&series);
    let look = |(week, expected, dispersion): &(usize, f64, f64)| {
        let found = farrington(&counts, week - 1, settings).unwrap();
        for (found, reference) in [(found.expected, expected), (found.dispersion, dispersion)] {
            let gap = (found - reference).abs();
            assert!(
                gap < 1e-4 * reference.max(1.0),
                "week {week}: {found} {reference}"
            );
        }
        found.upper
    };
    reference.iter().map(look).collect()
}

#[test]
fn farrington_on_salmonella_agona_as_in_r() {
    let original = Farrington::original(52, 5);
    let level = [
        (282, 2.096_246_12, 1.0),
        (284, 2.525_125_44, 1.0),
        (288, 3.126_191_19, 2.253_229_65),
        (294, 4.551_238_29, 1.361_864_30),
    ];
    let flat = Farrington {
        trend_under: 0.0,
        ..original
    };
    let upper = check(&flat, &level);
    // R's own bounds. Its standard errors take the squared working residuals without their weights, ours are
    // Pearson's, so the bounds are near, not equal, and a trend can be significant for the one and not for the other.
    for (found, bound) in upper.iter().zip([4.903_97, 5.567_14, 8.416_00, 9.225_95]) {
        println!("Farrington bound {found:.5}, R {bound:.5}");
        assert!((found / bound - 1.0).abs() < 0.05, "{found} {bound}");
    }
    let trended = Farrington {
        trend_under: 1.0,
        ..original
    };
    let rising = [
        (289, 2.250_968_68, 2.201_578_11),
        (305, 1.570_835_50, 1.341_219_76),
        (312, 5.565_136_97, 1.504_764_88),
    ];
    check(&trended, &rising);
}

#[test]
fn noufaily_on_salmonella_agona_as_in_r() {
    let upper = check(
        &Farrington::improved(52, 4),
        &[
            (282, 1.380_939_30, 1.549_395_74),
            (290, 3.152_273_06, 1.619_598_32),
            (299, 4.899_187_40, 1.398_121_14),
            (312, 3.204_258_00, 1.272_890_25),
        ],
    );
    assert!(upper.is_empty() || upper == [6.0, 10.0, 12.0, 9.0], "{upper:?}");
}

#[test]
fn ears_on_salmonella_agona_as_in_r() {
    let Some(series) = find("salmonella.agona") else {
        return;
    };
    let bounds = [
        (
            1,
            [
                3.637_534_29,
                4.090_232_31,
                8.321_480_31,
                8.432_719_00,
                8.030_093_18,
            ],
        ),
        (
            2,
            [
                4.568_292_91,
                4.724_207_37,
                3.637_534_29,
                4.090_232_31,
                8.321_480_31,
            ],
        ),
        (3, [4.083_623_24, 8.180_846_60, 1.851_177_44, 0.0, 2.236_481_84]),
    ];
    for (rule, bounds) in bounds {
        for (place, upper) in (19..).zip(bounds) {
            let found = ears(&series.counts, place, &Ears::usual(rule)).unwrap();
            // For C3 R 1.20.3 starts from the count itself where the method's papers start from the mean.
            let shift = if rule == 3 {
                series.counts[place] - found.expected
            } else {
                0.0
            };
            let bound = (found.bound + shift).max(0.0);
            assert!((bound - upper).abs() < 1e-7, "C{rule} {place}: {bound}");
        }
    }
}

/// The weekly series of the German surveillance with marked outbreaks.
const MARKED: [&str; 14] = [
    "h1_nrwrp", "k1", "m1", "m2", "m3", "m4", "m5", "n1", "n2", "q1_nrwh", "q2", "s1", "s2", "s3",
];

/// The weeks, from 1, that R's `farringtonFlexible` alarms in with three years back, all others named above: none.
const ALARMS: [(&str, &[usize]); 3] = [
    (
        "h1_nrwrp",
        &[
            166, 170, 171, 172, 173, 174, 175, 176, 177, 178, 179, 181, 190, 191,
        ],
    ),
    ("n1", &[190]),
    ("s1", &[170, 174, 175, 176, 177, 179, 180, 181, 185, 190, 192]),
];

#[test]
fn alarms_on_fourteen_series_are_those_of_r() {
    let Some(lines) = json_lines(SERIES) else { return };
    let settings = Farrington::improved(52, 3);
    let mut looks = 0;
    for series in lines
        .iter()
        .map(series_of)
        .filter(|one| MARKED.contains(&one.name.as_str()))
    {
        let counts = known(&series);
        let alarms: Vec<usize> = (159..counts.len())
            .inspect(|_| looks += 1)
            .filter(|place| farrington(&counts, *place, &settings).is_ok_and(|point| point.alarm))
            .map(|place| place + 1)
            .collect();
        let reference = ALARMS.iter().find(|(name, _)| *name == series.name);
        assert_eq!(
            alarms,
            reference.map_or(&[][..], |(_, weeks)| weeks),
            "{}",
            series.name
        );
    }
    assert_eq!(looks, 700);
}

/// Outbreak weeks, how many of them alarmed, quiet weeks, how many of them alarmed.
fn tally(alarm: impl Fn(&Series, usize) -> bool) -> Option<[usize; 4]> {
    let lines = json_lines(SERIES)?;
    let mut sum = [0; 4];
    for series in lines
        .iter()
        .map(series_of)
        .filter(|one| MARKED.contains(&one.name.as_str()))
    {
        for place in 107..series.counts.len() {
            let kind = if series.marked[place] { 0 } else { 2 };
            sum[kind] += 1;
            sum[kind + 1] += usize::from(alarm(&series, place));
        }
    }
    Some(sum)
}

#[test]
fn sensitivity_and_false_alarms_on_the_marked_series() {
    let flexible = Farrington::improved(52, 2);
    let Some(noufaily) =
        tally(|series, place| farrington(&known(series), place, &flexible).is_ok_and(|point| point.alarm))
    else {
        return;
    };
    let original = Farrington {
        alpha: 0.01,
        ..Farrington::original(52, 2)
    };
    let original =
        tally(|series, place| farrington(&known(series), place, &original).is_ok_and(|point| point.alarm));
    println!("[outbreak weeks, alarmed, quiet weeks, alarmed]");
    println!("Noufaily alpha .01, two years back: {noufaily:?}");
    println!("Farrington alpha .01, two years back: {:?}", original.unwrap());
    assert_eq!(original, Some(FARRINGTON));
    for rule in 1..=3 {
        let found = tally(|series, place| {
            ears(&series.counts, place, &Ears::usual(rule)).is_ok_and(|point| point.alarm)
        });
        println!("EARS C{rule}: {:?}", found.unwrap());
        assert_eq!(found, Some(EARS[usize::from(rule) - 1]));
    }
    assert_eq!(noufaily, R_NOUFAILY, "as R counts them");
}

/// The figures that docs/how-to/insight.md shows.
const FARRINGTON: [usize; 4] = [84, 25, 1_344, 20];
const EARS: [[usize; 4]; 3] = [[84, 4, 1_344, 47], [84, 8, 1_344, 46], [84, 26, 1_344, 102]];

/// The same settings in R over the same weeks: 84 outbreak weeks, 22 of them alarmed, 1,344 quiet weeks, 31 alarmed.
const R_NOUFAILY: [usize; 4] = [84, 22, 1_344, 31];
