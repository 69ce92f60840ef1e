//! How many complaints came, against as long a time before.

use domain::Bilingual;

use super::findings::{Finding, FindingKind, ReportOptions, Scope, by_day, names, number, periods};
use crate::compare::{lowest_ratio, rate_ratio};
use crate::figure::Figure;
use crate::outbreak::ReportSet;

pub(super) fn find(set: &ReportSet, options: &ReportOptions) -> Finding {
    let (now, before) = periods(set, options);
    let figure = rate_ratio((now.len(), 1.0), (before.len(), 1.0));
    let (count, earlier) = (now.len(), before.len());
    let rose = lowest_ratio((count, 1.0), (earlier, 1.0)).is_some_and(|least| least > 1.0);
    let headline = match figure {
        Err(_) if rose => Bilingual::new(
            format!("投诉量上升：{count} 件，上期一件也没有"),
            format!("Complaints rose: {count}, none in the period before"),
        ),
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
        scope: Scope {
            from: Some(options.until.saturating_sub(options.days as i32 - 1)),
            ..Scope::default()
        },
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
