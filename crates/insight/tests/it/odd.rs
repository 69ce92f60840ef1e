//! Bad input, kind by kind: every method answers with a number that is one, or with a stated reason.

use domain::Timestamp;
use tingsu_insight::{
    Counted, Gap,
    causes::{PhraseOptions, cluster, distinguish, find_rising},
    day_of,
    economics::{Handled, LossBand, Observed, Outcome, Rates, break_even, value_of},
    outbreak::{MethodName, Report, ReportSet, ScanOptions, read_herd, scan, test_counts},
    process::{LogEvent, find_steps, read_log, write_xes},
    silent::{Customer, Purchase, Spender, WhyRefused, fit_purchases, fit_spend, read_purchases},
};

const METHODS: [MethodName; 7] = [
    MethodName::Auto,
    MethodName::Recent,
    MethodName::Farrington,
    MethodName::Noufaily,
    MethodName::Ears(1),
    MethodName::Ears(2),
    MethodName::Ears(3),
];
/// Five years of weeks.
const WEEKS: usize = 5 * 52 + 8;

fn few<T>(of: Counted, have: usize, need: usize) -> Result<T, Gap> {
    Err(Gap::TooFew { of, have, need })
}

/// The probability by every method, which is one, or the reason.
fn judged(counts: &[Option<f64>]) -> Vec<Result<f64, Gap>> {
    let judge = |method| {
        let found = test_counts(&[counts.to_vec()], method, 7).remove(0)?;
        let numbers = [found.p, found.expected, found.dispersion];
        assert!(numbers.iter().all(|number| number.is_finite()), "{found:?}");
        assert!((0.0..=1.0).contains(&found.p), "{found:?}");
        Ok(found.p)
    };
    METHODS.map(judge).to_vec()
}

#[test]
fn short_histories() {
    for length in 0..4 {
        let found = judged(&vec![Some(3.0); length]);
        let is_told = |gap: &Result<f64, Gap>| {
            matches!(
                gap,
                Err(Gap::TooShort { .. } | Gap::NewestMissing | Gap::NoVariation)
            )
        };
        assert!(found.iter().all(is_told), "{length}: {found:?}");
    }
}

#[test]
fn zeros() {
    for length in [8, 30, WEEKS] {
        for p in judged(&vec![Some(0.0); length]).into_iter().flatten() {
            assert!(p > 0.5, "no case is no alarm: {p}");
        }
        let mut one = vec![Some(0.0); length];
        *one.last_mut().unwrap() = Some(1.0);
        for p in judged(&one).into_iter().flatten() {
            assert!(p > 1e-3, "one case is no outbreak: {p}");
        }
    }
}

#[test]
fn missing_weeks() {
    let mut rng = fastrand::Rng::with_seed(5);
    for kept in [0, 1, 5, 9] {
        let week = |_| (rng.u8(0..10) < kept).then(|| f64::from(rng.u8(0..9)));
        let counts: Vec<Option<f64>> = (0..WEEKS).map(week).collect();
        judged(&counts);
    }
    assert!(judged(&[None; WEEKS]).iter().all(Result::is_err));
}

#[test]
fn zone_jumps() {
    // The clocks of New York went forward on 2026-03-08 at 07:00 UTC, back on 2026-11-01 at 06:00 UTC.
    for jump in [1_772_953_200_000_i64, 1_793_512_800_000] {
        let hour = 3_600_000;
        let event = |activity: &str, at: i64| LogEvent {
            case: "C1".into(),
            activity: activity.into(),
            at: Timestamp(at),
            resource: None,
        };
        let log = read_log(vec![event("b", jump + hour), event("a", jump - hour)]);
        let steps = find_steps(&log);
        assert_eq!((steps[0].from.as_str(), steps[0].total_hours), ("a", 2.0));
        assert_eq!(write_xes(&log).matches("+00:00\"/>\n    </event>").count(), 2);
        let days = (0..48).map(|hours| day_of(Timestamp(jump + hours * hour), 480));
        let days: Vec<i32> = days.collect();
        let each = days.chunk_by(|a, b| a == b).map(<[i32]>::len);
        assert!(each.skip(1).take(1).all(|hours| hours == 24), "{days:?}");
    }
}

fn complaint(id: &str, day: i32, text: &str) -> Report {
    Report {
        id: id.into(),
        day,
        values: vec![Some("充电宝".into())],
        text: text.into(),
    }
}

#[test]
fn duplicates() {
    let quiet = (0..112).map(|day| complaint(&format!("A{day}"), day, "送货太慢"));
    let sent_again = (0..500).map(|_| complaint("A111", 111, "送货太慢"));
    let set = ReportSet::new(vec!["product".into()], quiet.chain(sent_again).collect());
    assert_eq!((set.reports.len(), set.duplicates), (112, 500));
    assert_eq!(scan(&set, &ScanOptions::usual(111)).outbreaks, []);
    let bought = |day| Purchase {
        customer: "K".into(),
        day,
        amount: Some(5.0),
    };
    let read = read_purchases(&[bought(3), bought(3), bought(9)], 10);
    assert_eq!(read.rhythms[0].days, [3, 9]);
}

#[test]
fn negative_amounts() {
    let bought = |amount| Purchase {
        customer: "K".into(),
        day: 1,
        amount: Some(amount),
    };
    let read = read_purchases(&[bought(-1.0), bought(f64::NAN), bought(f64::INFINITY)], 9);
    let why: Vec<WhyRefused> = read.refused.iter().map(|one| one.why).collect();
    assert_eq!(
        why,
        [WhyRefused::Negative, WhyRefused::NoNumber, WhyRefused::NoNumber]
    );
    let spent = vec![
        Spender {
            repeats: 2.0,
            mean: -4.0
        };
        90
    ];
    assert_eq!(fit_spend(&spent), few(Counted::Spenders, 0, 20));
    let rates = Rates::new(LossBand::Large, |_| Observed { known: 0, stayed: 0 }, 50.0);
    let handled = [-80.0, f64::NAN, 100.0].map(|value| Handled {
        outcome: Some(Outcome::Resolved),
        value,
    });
    let value = value_of(&handled, &rates, None);
    assert_eq!((value.complaints, value.refused), (1, 2));
    assert!(value.saved.unwrap().value() <= 100.0);
    let even = break_even(&rates, Outcome::Unresolved, Outcome::Resolved, -1.0, None);
    assert_eq!(even.ceiling, Err(Gap::OutOfRange));
}

#[test]
fn customers_of_one_purchase() {
    let once: Vec<Purchase> = (0..400)
        .map(|number| Purchase {
            customer: format!("K{number}"),
            day: number % 90,
            amount: Some(30.0),
        })
        .collect();
    let read = read_purchases(&once, 100);
    let customers: Vec<Customer> = read.rhythms.iter().filter_map(|rhythm| rhythm.at(100)).collect();
    assert_eq!(customers.len(), 400);
    assert_eq!(fit_purchases(&customers), few(Counted::RepeatCustomers, 0, 20));
    assert!(read.rhythms.iter().all(|rhythm| rhythm.mean.is_none()));
}

#[test]
fn identical_texts() {
    let same = ["退款太慢"; 60];
    assert_eq!(cluster(&same, 5), Err(Gap::NoVariation));
    let options = PhraseOptions::default();
    assert_eq!(distinguish(&same, &same, &options), Err(Gap::NoVariation));
    let dated: Vec<(i32, &str)> = (0..60).map(|day| (day, "退款太慢")).collect();
    match find_rising(&dated, 59, 14, &options) {
        Err(gap) => assert_eq!(gap, Gap::NoVariation),
        Ok(rising) => assert!(
            rising.is_empty(),
            "what everybody always says is not rising: {rising:?}"
        ),
    }
    let herd = read_herd(&same);
    assert_eq!((herd.compared, herd.independent()), (60, 1));
}
