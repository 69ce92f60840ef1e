//! The course of one slice, block by block, with the threshold that each count had to pass.

use super::recent::{pooled_dispersion, recent};
use super::reports::{ReportSet, Slice};
use super::scan::{block_count, count_blocks};

/// One block of a course.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CourseBlock {
    /// Its first day.
    pub from: i32,
    /// Its last day.
    pub to: i32,
    /// How many reports.
    pub count: usize,
    /// How many were expected from the blocks before; nothing while there are too few of them.
    pub expected: Option<f64>,
    /// The count that chance passes in one block of a hundred; nothing while it cannot be told.
    pub threshold: Option<f64>,
}

/// The newest `most` blocks of a slice up to a last day, the oldest first.
pub fn course_of(
    set: &ReportSet,
    slice: &Slice,
    until: i32,
    block_days: usize,
    most: usize,
) -> Vec<CourseBlock> {
    let block_days = block_days.max(1);
    let is_in = |place: &usize| {
        let report = &set.reports[*place];
        let has = |(dimension, value): &(usize, String)| {
            report
                .values
                .get(*dimension)
                .and_then(Option::as_deref)
                .map(str::trim)
                == Some(value)
        };
        report.day <= until && slice.iter().all(has)
    };
    let places: Vec<usize> = (0..set.reports.len()).filter(is_in).collect();
    let blocks = block_count(set, until, block_days);
    let counts = count_blocks(set, &places, until, block_days, blocks);
    let first = blocks.saturating_sub(most);
    let course = (first..blocks).map(|place| {
        let pooled = pooled_dispersion(std::iter::once(counts.as_slice()), place);
        let point = recent(&counts, place, pooled).ok();
        let to = until - ((blocks - 1 - place) * block_days) as i32;
        CourseBlock {
            from: to - block_days as i32 + 1,
            to,
            count: counts[place].unwrap_or(0.0) as usize,
            expected: point.map(|point| point.expected),
            threshold: point.map(|point| point.upper),
        }
    });
    course.collect()
}

#[cfg(test)]
mod tests {
    use super::super::reports::Report;
    use super::*;

    #[test]
    fn a_course_counts_its_slice_and_learns_as_it_goes() {
        let report = |id: usize, day, site: &str| Report {
            id: id.to_string(),
            day,
            values: vec![Some(site.into())],
            text: String::new(),
        };
        let mut reports: Vec<Report> = (0..70).map(|day| report(day, day as i32, "甲")).collect();
        reports.extend((0..30).map(|place| report(100 + place, 69, "乙")));
        let set = ReportSet::new(vec!["site".into()], reports);
        let course = course_of(&set, &vec![(0, "甲".into())], 69, 7, 6);
        assert_eq!(course.len(), 6);
        assert!(
            course
                .iter()
                .all(|block| block.count == 7 && block.to - block.from == 6)
        );
        assert_eq!(course.last().map(|block| block.to), Some(69));
        assert!(
            course
                .iter()
                .all(|block| block.threshold.is_some_and(|threshold| threshold >= 7.0))
        );
        let all = course_of(&set, &Vec::new(), 69, 7, 100);
        assert_eq!((all.len(), all[9].count), (10, 37));
        assert!(all[0].threshold.is_none() && all[9].threshold.is_some_and(|threshold| threshold < 37.0));
        assert_eq!(course_of(&ReportSet::default(), &Vec::new(), 5, 7, 10).len(), 1);
    }
}
