//! What like cases got, which offers stray from it, and up to which cost making good pays for itself. Facts only:
//! no label on the person is an argument here.

use std::collections::BTreeMap;

use domain::{
    Bilingual, BreakEven, LikeCases, LikeRemedy, Likeness, Money, Precedent, Remedy, RemedyOffer, Spread,
};

/// So many precedents are shown of each remedy.
const SHOWN: usize = 5;
/// From so many sums on their spread says something about another one.
const TELLING: u32 = 5;

/// What like cases got, by remedy; each case counts once for a remedy.
pub fn like_cases(likeness: Likeness, precedents: &[Precedent]) -> LikeCases {
    let mut by_remedy: BTreeMap<Remedy, Vec<&Precedent>> = BTreeMap::new();
    for precedent in precedents {
        let known = by_remedy.entry(precedent.remedy).or_default();
        if known.iter().all(|other| other.case != precedent.case) {
            known.push(precedent);
        }
    }
    let mut remedies: Vec<LikeRemedy> = by_remedy.into_iter().map(like_remedy).collect();
    remedies.sort_by_key(|like| std::cmp::Reverse(like.cases));
    let mut cases: Vec<_> = precedents.iter().map(|precedent| &precedent.case).collect();
    cases.sort();
    cases.dedup();
    LikeCases {
        likeness,
        cases: count(cases.len()),
        remedies,
    }
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

fn like_remedy((remedy, mut precedents): (Remedy, Vec<&Precedent>)) -> LikeRemedy {
    precedents.sort_by_key(|precedent| std::cmp::Reverse(precedent.at));
    let sums: Vec<Money> = precedents
        .iter()
        .filter_map(|precedent| precedent.amount)
        .collect();
    LikeRemedy {
        remedy,
        cases: count(precedents.len()),
        sums: spread(&sums),
        newest: precedents.into_iter().take(SHOWN).cloned().collect(),
    }
}

/// How sums are spread, in the currency used most; quantiles by linear interpolation (Hyndman and Fan, type 7).
pub fn spread(sums: &[Money]) -> Option<Spread> {
    let mut by_currency: BTreeMap<_, Vec<i64>> = BTreeMap::new();
    for sum in sums {
        by_currency.entry(sum.currency).or_default().push(sum.minor);
    }
    let (currency, mut minors) = by_currency.into_iter().max_by_key(|(_, minors)| minors.len())?;
    minors.sort_unstable();
    let money = |minor| Money { minor, currency };
    let quantile = |quarters: usize| {
        let (steps, last) = ((minors.len() - 1) * quarters, minors.len() - 1);
        let (low, rest) = (steps / 4, (steps % 4) as i64);
        let (from, to) = (minors[low], minors[(low + 1).min(last)]);
        // Rounded to the nearest hundredth of the unit, half up.
        money(from + ((to - from) * rest + 2).div_euclid(4))
    };
    Some(Spread {
        count: count(minors.len()),
        least: money(minors[0]),
        lower: quantile(1),
        median: quantile(2),
        upper: quantile(3),
        most: money(minors[minors.len() - 1]),
    })
}

/// The offers whose sums lie beyond Tukey's fences of what like cases got: one and a half times the distance of the
/// quartiles outside them. Fewer than five sums say nothing.
pub fn strays(like: &LikeCases, offers: &[RemedyOffer]) -> Vec<(RemedyOffer, Spread)> {
    let stray = |offer: &RemedyOffer| {
        let amount = offer.amount?;
        let of_remedy = like.remedies.iter().find(|other| other.remedy == offer.remedy)?;
        let sums = of_remedy.sums.filter(|sums| sums.count >= TELLING)?;
        if sums.median.currency != amount.currency {
            return None;
        }
        let reach = (sums.upper.minor - sums.lower.minor).saturating_mul(3) / 2;
        let near = sums.lower.minor - reach..=sums.upper.minor.saturating_add(reach);
        (!near.contains(&amount.minor)).then(|| (offer.clone(), sums))
    };
    offers.iter().filter_map(stray).collect()
}

/// What the organization knows, or assumes, about customers who stay (F5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetentionTerms {
    /// What is earned on sales, in percent.
    pub margin_percent: u8,
    /// Years looked ahead.
    pub years: u8,
    /// How many of a hundred complainers stay when nothing is settled.
    pub stay_unsettled_percent: u8,
    /// How many of a hundred stay when it is settled.
    pub stay_settled_percent: u8,
    /// How many of a hundred stay when it is settled fast.
    pub stay_fast_percent: u8,
}

/// Up to which cost making good pays for itself: yearly sales × margin × years × how much likelier the customer stays
/// (recovery economics, F5). `fast` holds while the case is within its first day.
pub fn break_even(yearly: Money, terms: RetentionTerms, fast: bool) -> BreakEven {
    let settled = if fast {
        terms.stay_fast_percent
    } else {
        terms.stay_settled_percent
    };
    let gain = settled.saturating_sub(terms.stay_unsettled_percent);
    let product = i128::from(yearly.minor)
        * i128::from(terms.margin_percent)
        * i128::from(terms.years)
        * i128::from(gain);
    let sum = Money {
        minor: i64::try_from((product + 5_000).div_euclid(10_000)).unwrap_or(i64::MAX),
        currency: yearly.currency,
    };
    let (zh_unit, en_unit) = unit(yearly);
    let because = Bilingual::new(
        format!(
            "近一年消费 {}{zh_unit} × 毛利 {}% × {} 年 × 留存提高 {gain} 个百分点（{}%→{settled}%）= {}{zh_unit}",
            yearly.decimal(),
            terms.margin_percent,
            terms.years,
            terms.stay_unsettled_percent,
            sum.decimal(),
        ),
        format!(
            "Bought within a year {en_unit} {} × margin {}% × {} year(s) × {gain} points likelier to stay ({}% → {settled}%) = {en_unit} {}",
            yearly.decimal(),
            terms.margin_percent,
            terms.years,
            terms.stay_unsettled_percent,
            sum.decimal(),
        ),
    );
    BreakEven {
        yearly,
        margin_percent: terms.margin_percent,
        years: terms.years,
        stay_unsettled_percent: terms.stay_unsettled_percent,
        stay_settled_percent: settled,
        sum,
        because,
    }
}

fn unit(money: Money) -> (String, String) {
    match money.currency.code() {
        "CNY" => (" 元".to_owned(), "CNY".to_owned()),
        code => (format!(" {code}"), code.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use domain::{CaseId, Currency, Timestamp};

    use super::*;

    fn precedent(case: u32, remedy: Remedy, yuan: Option<i64>) -> Precedent {
        Precedent {
            case: CaseId(format!("c{case}")),
            number: format!("TS-{case}"),
            at: Timestamp(i64::from(case)),
            remedy,
            amount: yuan.map(Money::yuan),
        }
    }

    #[test]
    fn quartiles_by_hand() {
        // 50 55 60 70 80 90: positions 1.25, 2.5 and 3.75 of five gaps.
        let sums: Vec<Money> = [50, 60, 55, 90, 70, 80].map(Money::yuan).to_vec();
        let spread = spread(&sums).expect("there are sums");
        let all = [
            spread.least,
            spread.lower,
            spread.median,
            spread.upper,
            spread.most,
        ];
        assert_eq!(
            all.map(|sum| sum.decimal()),
            ["50.00", "56.25", "65.00", "77.50", "90.00"]
        );
        assert_eq!(super::spread(&[]), None);
        assert_eq!(
            super::spread(&[Money::yuan(7)]).map(|one| one.median),
            Some(Money::yuan(7))
        );
    }

    #[test]
    fn the_currency_used_most_is_told_and_others_are_left_out() {
        let euro = Money {
            minor: 9_900,
            currency: Currency::from_code("EUR").expect("a currency"),
        };
        let spread = spread(&[Money::yuan(10), euro, Money::yuan(20)]).expect("there are sums");
        assert_eq!((spread.count, spread.median), (2, Money::yuan(15)));
    }

    #[test]
    fn a_case_counts_once_for_a_remedy() {
        let precedents = [
            precedent(1, Remedy::Refund, Some(50)),
            precedent(1, Remedy::Refund, Some(60)),
            precedent(1, Remedy::Apology, None),
            precedent(2, Remedy::Refund, Some(80)),
        ];
        let like = like_cases(Likeness::Severity, &precedents);
        assert_eq!(like.cases, 2);
        assert_eq!(like.remedies[0].remedy, Remedy::Refund);
        assert_eq!(like.remedies[0].cases, 2);
        assert_eq!(like.remedies[0].newest[0].number, "TS-2");
        assert_eq!(like.remedies[1].sums, None);
    }

    #[test]
    fn what_strays_from_like_cases_is_told() {
        let twelve: Vec<Precedent> = (0..12)
            .map(|case| precedent(case, Remedy::PartialRefund, Some(50 + i64::from(case) * 30 / 11)))
            .collect();
        let like = like_cases(Likeness::Product, &twelve);
        let offer = |yuan| RemedyOffer {
            remedy: Remedy::PartialRefund,
            amount: Some(Money::yuan(yuan)),
        };
        assert!(strays(&like, &[offer(65)]).is_empty());
        assert_eq!(strays(&like, &[offer(300)]).len(), 1);
        assert_eq!(strays(&like, &[offer(5)]).len(), 1);
        let few = like_cases(Likeness::Product, &twelve[..4]);
        assert!(strays(&few, &[offer(300)]).is_empty());
    }

    #[test]
    fn break_even_by_hand() {
        let terms = RetentionTerms {
            margin_percent: 20,
            years: 2,
            stay_unsettled_percent: 19,
            stay_settled_percent: 54,
            stay_fast_percent: 82,
        };
        // 1,000 × 0.20 × 2 × 0.35 = 140; fast: × 0.63 = 252.
        assert_eq!(break_even(Money::yuan(1_000), terms, false).sum, Money::yuan(140));
        assert_eq!(break_even(Money::yuan(1_000), terms, true).sum, Money::yuan(252));
        assert_eq!(break_even(Money::yuan(0), terms, true).sum, Money::yuan(0));
    }
}
