//! Which past periods a count is compared with: the same time of the years before (Farrington), or the whole years with
//! a season factor whose last level is that time (Noufaily et al. 2013).

use super::glm::Row;

/// What to look back on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Window {
    /// Periods of a year.
    pub(super) year: usize,
    /// How many years.
    pub(super) years: usize,
    /// How many periods on each side of the same time of year.
    pub(super) half: usize,
    /// How many seasons a year is parted in; 1 takes nothing but the windows.
    pub(super) seasons: usize,
    /// How many periods just before are left out, since they may belong to the outbreak.
    pub(super) skipped: usize,
}

impl Window {
    /// Periods needed before the one looked at.
    pub(super) fn history(&self) -> usize {
        self.year * self.years + self.half
    }

    /// The season of the period looked at.
    pub(super) fn base(&self) -> usize {
        self.seasons.max(1) - 1
    }
}

/// The rows for the period `place`; periods without a count are passed over.
pub(super) fn rows(counts: &[Option<f64>], place: usize, window: &Window) -> Vec<Row> {
    let Some(first) = place.checked_sub(window.history()) else {
        return Vec::new();
    };
    let last = place.saturating_sub(window.skipped + 1);
    (first..=last)
        .filter_map(|period| {
            Some(Row {
                time: period as f64,
                season: season_of(place - period, window)?,
                count: counts[period]?,
            })
        })
        .collect()
}

/// The season of a period so many periods back; nothing when it is not compared.
fn season_of(back: usize, window: &Window) -> Option<usize> {
    // Counted from the start of the window around the same time of year, forward in time.
    let into_year = (window.year * (window.years + 1) + window.half - back) % window.year;
    let width = 2 * window.half + 1;
    let is_now = back < window.year - window.half;
    if into_year < width {
        return (!is_now || window.seasons > 1).then_some(window.base());
    }
    if window.seasons <= 1 {
        return None;
    }
    let between = window.year - width;
    Some((into_year - width) * (window.seasons - 1) / between)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOUFAILY: Window = Window {
        year: 52,
        years: 4,
        half: 3,
        seasons: 10,
        skipped: 26,
    };

    #[test]
    fn whole_years_with_a_season_of_seven_weeks_and_nine_of_five() {
        // As the reference implementation parts them for week 300.
        let counts = vec![Some(1.0); 301];
        let rows = rows(&counts, 300, &NOUFAILY);
        assert_eq!((rows[0].time, rows[rows.len() - 1].time), (89.0, 273.0));
        let seasons: Vec<usize> = rows.iter().map(|row| row.season).collect();
        assert_eq!(&seasons[..8], [9, 9, 9, 9, 9, 9, 9, 0]);
        assert_eq!(&seasons[50..60], [8, 8, 9, 9, 9, 9, 9, 9, 9, 0]);
        for season in 0..9 {
            let first = seasons.iter().take(52).filter(|own| **own == season).count();
            assert_eq!(first, 5, "{season}");
        }
    }

    #[test]
    fn windows_alone_and_missing_weeks() {
        let mut counts = vec![Some(1.0); 301];
        let original = Window {
            years: 5,
            seasons: 1,
            skipped: 3,
            ..NOUFAILY
        };
        assert_eq!(rows(&counts, 300, &original).len(), 35);
        counts[248] = None;
        assert_eq!(rows(&counts, 300, &original).len(), 34);
        assert!(rows(&counts, 200, &original).is_empty());
    }
}
