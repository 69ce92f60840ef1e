//! How many complaints came, against as long a time before.

use domain::Bilingual;
use statrs::distribution::{Beta, ContinuousCDF};

use super::findings::{Finding, FindingKind, ReportOptions, by_day, names, number, periods};
use crate::figure::{Estimate, Figure, Gap};
use crate::outbreak::ReportSet;

pub(super) fn find(set: &ReportSet, options: &ReportOptions) -> Finding {
    let (now, before) = periods(set, options);
    let figure = rate_ratio(now.len(), before.len());
    let (count, earlier) = (now.len(), before.len());
    let headline = match figure {
        Ok(ratio) if ratio.low() > 1.0 => Bilingual::new(
            format!("投诉量上升：{count} 件，上期 {earlier} 件"),
            format!("Complaints rose: {count}, {earlier} in the period before"),
        ),
        Ok(ratio) if ratio.high() < 1.0 => Bilingual::new(
            format!("投诉量下降：{count} 件，上期 {earlier} 件"),
            format!("Complaints fell: {count}, {earlier} in the period before"),
        ),
        Ok(_) => Bilingual::new(
            format!("投诉量没有超出偶然波动：{count} 件，上期 {earlier} 件"),
            format!("No change in volume beyond chance: {count}, {earlier} in the period before"),
        ),
        Err(_) => Bilingual::new(
            format!("本期 {count} 件投诉，无法与上期（{earlier} 件）比较"),
            format!("{count} complaints; no comparison with the period before ({earlier})"),
        ),
    };
    let reach = (options.days * 4).clamp(28, 120);
    let known = (0..set.reports.len()).filter(|place| set.reports[*place].day <= options.until);
    Finding {
        kind: FindingKind::Volume,
        headline,
        detail: detail(&figure),
        figure,
        figure_is: Bilingual::new("本期为上期的倍数", "times the period before"),
        quotes: Vec::new(),
        cases: names(set, now.iter().rev().copied()),
        daily: by_day(set, known, options.until, reach),
    }
}

fn detail(figure: &Figure) -> Bilingual {
    match figure {
        Ok(ratio) => {
            let (value, low, high) = (number(ratio.value()), number(ratio.low()), number(ratio.high()));
            Bilingual::new(
                format!("是上期的 {value} 倍（95% 区间 {low}–{high}）；区间含 1 即不能断定有变化。"),
                format!(
                    "{value} times the period before (95% interval {low}–{high}); an interval that holds 1 shows no change."
                ),
            )
        }
        Err(gap) => gap.words(),
    }
}

/// The ratio of two Poisson counts with its exact interval (from the binomial share of the first, Clopper and Pearson).
fn rate_ratio(now: usize, before: usize) -> Figure {
    const FEWEST: usize = 5;
    if now + before < FEWEST || before == 0 || now == 0 {
        return Err(Gap::TooFew {
            have: now.min(before),
            need: 1.max(FEWEST.saturating_sub(now.max(before))),
        });
    }
    let (now, before) = (now as f64, before as f64);
    let quantile = |law: Result<Beta, _>, p| law.map(|law: Beta| law.inverse_cdf(p)).unwrap_or(f64::NAN);
    let low = quantile(Beta::new(now, before + 1.0), 0.025);
    let high = quantile(Beta::new(now + 1.0, before), 0.975);
    Estimate::new(now / before, low / (1.0 - low), high / (1.0 - high))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exact_interval_of_a_ratio() {
        // 20 against 10: R's poisson.test(c(20, 10)) gives 2, 0.89350889–4.78455244.
        let ratio = rate_ratio(20, 10).unwrap();
        assert!((ratio.low() - 0.893_508_89).abs() < 1e-7, "{ratio:?}");
        assert!((ratio.high() - 4.784_552_44).abs() < 1e-7, "{ratio:?}");
        assert!(rate_ratio(0, 9).is_err() && rate_ratio(1, 1).is_err());
    }
}
