//! From purchases to rhythms: one line for each customer, with what cannot be used refused by name.

use super::law::Customer;
use super::spend::Spender;

/// The days of the unit of time, a week.
pub(super) const WEEK: f64 = 7.0;

/// One purchase.
#[derive(Clone, Debug, PartialEq)]
pub struct Purchase {
    /// Who.
    pub customer: String,
    /// When, as a local day since 1970-01-01.
    pub day: i32,
    /// What it cost, where known.
    pub amount: Option<f64>,
}

/// Why a purchase was not used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhyRefused {
    /// Nobody is named.
    NoCustomer,
    /// The amount is under zero: a refund, which is no purchase.
    Negative,
    /// The amount is no number.
    NoNumber,
    /// It lies after the last day.
    Later,
}

/// A purchase that was not used, by its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The place among the purchases given.
    pub place: usize,
    /// Why.
    pub why: WhyRefused,
}

/// The rhythm of one customer.
#[derive(Clone, Debug, PartialEq)]
pub struct Rhythm {
    /// Who.
    pub customer: String,
    /// The days with a purchase, in order, each once.
    pub days: Vec<i32>,
    /// The mean value of a day with repeat purchases, where known.
    pub mean: Option<f64>,
}

/// What was read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Read {
    /// The customers, by name.
    pub rhythms: Vec<Rhythm>,
    /// What was not used.
    pub refused: Vec<Refused>,
}

/// Joins purchases of the same day and counts each customer's days up to the last one.
pub fn read_purchases(purchases: &[Purchase], until: i32) -> Read {
    let mut refused = Vec::new();
    let mut used: Vec<&Purchase> = Vec::with_capacity(purchases.len());
    for (place, purchase) in purchases.iter().enumerate() {
        match why_not(purchase, until) {
            Some(why) => refused.push(Refused { place, why }),
            None => used.push(purchase),
        }
    }
    used.sort_by(|a, b| a.customer.cmp(&b.customer).then(a.day.cmp(&b.day)));
    let groups = used.chunk_by(|a, b| a.customer == b.customer);
    Read {
        rhythms: groups.map(rhythm_of).collect(),
        refused,
    }
}

fn why_not(purchase: &Purchase, until: i32) -> Option<WhyRefused> {
    if purchase.customer.trim().is_empty() {
        return Some(WhyRefused::NoCustomer);
    }
    if purchase.day > until {
        return Some(WhyRefused::Later);
    }
    match purchase.amount {
        Some(amount) if !amount.is_finite() => Some(WhyRefused::NoNumber),
        Some(amount) if amount < 0.0 => Some(WhyRefused::Negative),
        _ => None,
    }
}

fn rhythm_of(purchases: &[&Purchase]) -> Rhythm {
    let days: Vec<(i32, f64)> = purchases
        .chunk_by(|a, b| a.day == b.day)
        .map(|day| (day[0].day, day.iter().filter_map(|one| one.amount).sum()))
        .collect();
    let paid: Vec<f64> = days
        .iter()
        .skip(1)
        .map(|(_, sum)| *sum)
        .filter(|sum| *sum > 0.0)
        .collect();
    let mean = paid.iter().sum::<f64>() / paid.len() as f64;
    Rhythm {
        customer: purchases[0].customer.clone(),
        days: days.into_iter().map(|(day, _)| day).collect(),
        mean: mean.is_finite().then_some(mean),
    }
}

impl Rhythm {
    /// The customer as the model sees it at the end of a day, with what was bought by then; nothing before the first
    /// purchase.
    pub fn at(&self, day: i32) -> Option<Customer> {
        let first = *self.days.first().filter(|first| **first <= day)?;
        let until = self.days.partition_point(|own| *own <= day);
        let last = self.days[until - 1];
        let weeks = |to: i32| (f64::from(to) - f64::from(first)) / WEEK;
        Some(Customer {
            repeats: until as f64 - 1.0,
            recency: weeks(last),
            age: weeks(day),
        })
    }

    /// The repeat purchases and their mean value, where known.
    pub fn spender(&self) -> Option<Spender> {
        let repeats = self.days.len() as f64 - 1.0;
        let mean = self.mean.filter(|mean| *mean > 0.0 && repeats > 0.0)?;
        Some(Spender { repeats, mean })
    }

    /// The usual time between purchases, in days: the median of the gaps; nothing with one purchase.
    pub fn usual_gap(&self) -> Option<f64> {
        let mut gaps: Vec<f64> = self
            .days
            .windows(2)
            .map(|pair| f64::from(pair[1]) - f64::from(pair[0]))
            .collect();
        gaps.sort_by(f64::total_cmp);
        let middle = gaps.len() / 2;
        match gaps.len() {
            0 => None,
            count if count % 2 == 1 => Some(gaps[middle]),
            _ => Some((gaps[middle - 1] + gaps[middle]) / 2.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn purchase(customer: &str, day: i32, amount: Option<f64>) -> Purchase {
        Purchase {
            customer: customer.into(),
            day,
            amount,
        }
    }

    #[test]
    fn days_are_joined_and_odd_rows_named() {
        let read = read_purchases(
            &[
                purchase("乙", 10, Some(5.0)),
                purchase("甲", 21, Some(30.0)),
                purchase("甲", 0, Some(10.0)),
                purchase("甲", 21, Some(10.0)),
                purchase("甲", 7, Some(-10.0)),
                purchase(" ", 7, Some(10.0)),
                purchase("甲", 99, Some(10.0)),
                purchase("甲", 35, Some(f64::NAN)),
                purchase("甲", 35, None),
            ],
            42,
        );
        let why: Vec<WhyRefused> = read.refused.iter().map(|one| one.why).collect();
        assert_eq!(
            why,
            [
                WhyRefused::Negative,
                WhyRefused::NoCustomer,
                WhyRefused::Later,
                WhyRefused::NoNumber
            ]
        );
        let names: Vec<&str> = read.rhythms.iter().map(|one| one.customer.as_str()).collect();
        assert_eq!(names, ["乙", "甲"]);
        let other = &read.rhythms[1];
        assert_eq!(other.days, [0, 21, 35]);
        let spender = other.spender().unwrap();
        assert_eq!((spender.repeats, spender.mean), (2.0, 40.0));
        let now = other.at(42).unwrap();
        assert_eq!((now.repeats, now.recency, now.age), (2.0, 5.0, 6.0));
        assert_eq!(other.at(22).unwrap().repeats, 1.0);
        assert_eq!(other.at(-1), None);
        assert_eq!(
            (other.usual_gap(), read.rhythms[0].usual_gap()),
            (Some(17.5), None)
        );
    }
}
