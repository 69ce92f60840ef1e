//! Silent leavers against the published figures on CDNOW (Fader, Hardie and Lee 2005), its data looked for under
//! `TINGSU_DATA`.

use tingsu_insight::silent::{
    Customer, Purchase, PurchaseLaw, SilentOptions, call_list, fit_purchases, fit_spend, read_purchases,
};

use crate::data::{find, json_lines};

fn summary() -> Option<Vec<Customer>> {
    let text = std::fs::read_to_string(find("cdnow_customers_summary.csv")?).unwrap();
    let rows = text.lines().skip(1).map(|line| {
        let cells: Vec<f64> = line.split(',').map(|cell| cell.trim().parse().unwrap()).collect();
        Customer {
            repeats: cells[1],
            recency: cells[2],
            age: cells[3],
        }
    });
    Some(rows.collect())
}

#[test]
fn likelihood_and_estimates_as_published() {
    let Some(customers) = summary() else { return };
    assert_eq!(customers.len(), 2_357);
    let published = PurchaseLaw {
        r: 0.243,
        alpha: 4.414,
        a: 0.793,
        b: 2.426,
    };
    let sum: f64 = customers.iter().map(|one| published.log_likelihood(one)).sum();
    assert!((sum + 9_582.43).abs() < 0.005, "{sum}");
    let fitted = fit_purchases(&customers).unwrap();
    println!("CDNOW: {fitted:?}");
    let law = fitted.law;
    for (found, expected) in [
        (law.r, 0.2426),
        (law.alpha, 4.4135),
        (law.a, 0.7929),
        (law.b, 2.4258),
    ] {
        assert!((found - expected).abs() < 6e-5, "{found} {expected}");
    }
    assert!((fitted.log_likelihood + 9582.4256).abs() < 1e-3);
    let regular = Customer {
        repeats: 2.0,
        recency: 30.43,
        age: 38.86,
    };
    let ahead = law.expected_ahead(&regular, 39.0).unwrap();
    assert!((ahead - 1.226).abs() < 5e-4, "{ahead}");
}

#[test]
fn purchases_of_all_customers_are_foretold() {
    let Some(lines) = json_lines("cdnow_events.jsonl.gz") else {
        return;
    };
    let day_of = |words: &str| -> i32 {
        let date: jiff::civil::Date = words.parse().unwrap();
        (date - jiff::civil::date(1970, 1, 1)).get_days()
    };
    let purchases: Vec<Purchase> = lines
        .iter()
        .map(|line| Purchase {
            customer: line["customer"].as_str().unwrap().to_owned(),
            day: day_of(line["date"].as_str().unwrap()),
            amount: line["amount"].as_f64(),
        })
        .collect();
    let (half, end) = (day_of("1997-09-30"), day_of("1998-06-30"));
    let read = read_purchases(&purchases, end);
    assert_eq!((read.rhythms.len(), read.refused.len()), (23_570, 0));
    let customers: Vec<Customer> = read.rhythms.iter().filter_map(|one| one.at(half)).collect();
    let fitted = fit_purchases(&customers).unwrap();
    let weeks = f64::from(end - half) / 7.0;
    let foretold: f64 = customers
        .iter()
        .map(|customer| fitted.law.expected_ahead(customer, weeks).unwrap())
        .sum();
    let came: usize = read
        .rhythms
        .iter()
        .map(|one| one.days.iter().filter(|day| **day > half).count())
        .sum();
    println!("hold-out: {foretold:.0} purchases foretold for {weeks:.1} weeks, {came} came");
    assert!((foretold / came as f64 - 1.0).abs() < 0.15, "{foretold} {came}");
    let spenders: Vec<_> = read.rhythms.iter().filter_map(|one| one.spender()).collect();
    let spend = fit_spend(&spenders).unwrap();
    println!("spend: {spend:?}");
    let calls = call_list(
        &read.rhythms,
        &fitted.law,
        Some(&spend),
        &[],
        &SilentOptions::usual(end),
    );
    assert_eq!(calls.len(), 50);
    assert!(
        calls
            .iter()
            .all(|call| call.left >= 0.5 && call.value_ahead.unwrap() > 0.0)
    );
}
