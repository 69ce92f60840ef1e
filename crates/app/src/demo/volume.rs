//! When complaints come in: the days and hours, and the rise of the planted outbreak.

use desk::Calendar;
use domain::Timestamp;

use super::dice::Dice;

const DAY_MS: i64 = 86_400_000;
const MINUTE_MS: i64 = 60_000;
/// Monday to Sunday.
const WEEK: [f64; 7] = [1.25, 1.1, 1.0, 1.0, 1.05, 0.75, 0.7];
/// How many complaints each hour of a day brings, from midnight on.
const HOURS: [f64; 24] = [
    0.6, 0.3, 0.2, 0.1, 0.1, 0.3, 0.8, 1.8, 3.6, 6.2, 7.0, 6.0, 4.2, 4.6, 5.8, 6.0, 5.4, 4.4, 3.8, 4.4, 5.0,
    4.4, 2.8, 1.4,
];
/// The outbreak's days, the last one today.
const RISE: [f64; 10] = [1.0, 1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 9.0, 12.0, 14.0];

/// One local day and how many complaints it brings.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Day {
    /// Local midnight.
    pub(crate) start: Timestamp,
    /// Complaints of the ordinary kind.
    pub(crate) ordinary: usize,
    /// Reports of the outbreak.
    pub(crate) outbreak: usize,
}

/// The days up to the one of `at`, oldest first; together they bring `cases` complaints.
pub(crate) fn days(calendar: &Calendar, at: Timestamp, cases: usize, days: u32) -> Vec<Day> {
    // The outbreak is as large beside an ordinary day however long the story is.
    let recent = cases.min(cases.saturating_mul(super::DAYS as usize) / days.max(1) as usize);
    let outbreak = (recent * 3 / 100).max(cases.min(300) / 10);
    let days = i64::from(days);
    let starts: Vec<Timestamp> = (0..=days)
        .map(|back| midnight(calendar, at.plus_ms(-(days - back) * DAY_MS)))
        .collect();
    let passed = |start: &Timestamp| (at.since_ms(*start) as f64 / DAY_MS as f64).clamp(0.0, 1.0);
    let trend = |place: usize| 0.8 + 0.4 * place as f64 / days.max(1) as f64;
    let ordinary: Vec<f64> = starts
        .iter()
        .enumerate()
        .map(|(place, start)| trend(place) * WEEK[weekday(*start)] * passed(start))
        .collect();
    let rise: Vec<f64> = (0..starts.len())
        .map(|place| {
            (place + RISE.len())
                .checked_sub(starts.len())
                .map_or(0.0, |day| RISE[day])
                * passed(&starts[place])
        })
        .collect();
    let counts = share(&ordinary, cases - outbreak)
        .into_iter()
        .zip(share(&rise, outbreak));
    let days = starts.into_iter().zip(counts);
    days.map(|(start, (ordinary, outbreak))| Day {
        start,
        ordinary,
        outbreak,
    })
    .collect()
}

/// A moment of a day before `at`.
pub(crate) fn moment(day: &Day, at: Timestamp, dice: &mut Dice) -> Timestamp {
    for _ in 0..16 {
        let minutes = dice.weighted(&HOURS) as i64 * 60 + dice.between(0, 59);
        let moment = day.start.plus_ms(minutes * MINUTE_MS + dice.between(0, 59_999));
        if moment < at {
            return moment;
        }
    }
    day.start
        .plus_ms(dice.between(0, at.since_ms(day.start).max(1) - 1))
}

/// Local midnight before a moment.
pub(crate) fn midnight(calendar: &Calendar, at: Timestamp) -> Timestamp {
    calendar.end_of(calendar.date_of(at)).plus_ms(1_000 - DAY_MS)
}

/// Monday is 0; the local midnight of China lies eight hours before the same day's midnight in UTC.
fn weekday(start: Timestamp) -> usize {
    ((start.0 + 12 * 3_600_000).div_euclid(DAY_MS) + 3).rem_euclid(7) as usize
}

/// A whole number shared in proportion to weights (largest remainder), exactly.
fn share(weights: &[f64], total: usize) -> Vec<usize> {
    let sum: f64 = weights.iter().sum();
    if sum <= 0.0 {
        let mut all = vec![0; weights.len()];
        if let Some(last) = all.last_mut() {
            *last = total;
        }
        return all;
    }
    let exact: Vec<f64> = weights.iter().map(|weight| weight / sum * total as f64).collect();
    let mut counts: Vec<usize> = exact.iter().map(|value| value.floor() as usize).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by(|a, b| (exact[*b].fract()).total_cmp(&exact[*a].fract()).then(a.cmp(b)));
    let missing = total - counts.iter().sum::<usize>();
    for place in order.into_iter().cycle().take(missing) {
        counts[place] += 1;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_days_bring_exactly_the_cases_asked_for_and_the_outbreak_rises_at_the_end() {
        let calendar = desk::Rules::load_default().calendar;
        let at = Timestamp(1_795_348_800_000);
        for cases in [0, 1, 7, 40, 2_000, 123_457] {
            let days = days(&calendar, at, cases, 112);
            assert_eq!(
                days.iter().map(|day| day.ordinary + day.outbreak).sum::<usize>(),
                cases
            );
            assert!(days.iter().rev().skip(RISE.len()).all(|day| day.outbreak == 0));
        }
        let rise: Vec<usize> = days(&calendar, at, 2_000, 112)
            .iter()
            .rev()
            .take(11)
            .map(|day| day.outbreak)
            .collect();
        assert!(rise[1] > rise[8] * 4 && rise[10] == 0, "{rise:?}");
    }

    #[test]
    fn a_long_story_has_the_outbreak_of_a_short_one() {
        let calendar = desk::Rules::load_default().calendar;
        let at = Timestamp(1_795_348_800_000);
        let outbreak = |days: &[Day]| days.iter().map(|day| day.outbreak).sum::<usize>();
        let (short, long) = (
            days(&calendar, at, 2_000, 112),
            days(&calendar, at, 20_000, 1_120),
        );
        assert_eq!((short.len(), long.len()), (113, 1_121));
        assert_eq!(outbreak(&short), outbreak(&long));
        for shortest in [1, 5] {
            let all = days(&calendar, at, 100, shortest);
            assert_eq!(
                all.iter().map(|day| day.ordinary + day.outbreak).sum::<usize>(),
                100
            );
        }
    }

    #[test]
    fn weeks_begin_on_monday() {
        let calendar = desk::Rules::load_default().calendar;
        // Monday 23 November 2026, 08:00 in Beijing.
        assert_eq!(weekday(midnight(&calendar, Timestamp(1_795_392_000_000))), 0);
    }
}
