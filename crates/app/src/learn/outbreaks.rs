//! Outbreaks (F2): rises beyond chance with their onset, size, words and course.

use std::sync::Arc;

use domain::Language;
use insight::{
    Gap, date_words,
    outbreak::{CourseBlock, Outbreak, ReportSet, ScanOptions, Scanned, course_of, scan},
};
use wire::insight::{
    Period, SliceValue,
    outbreaks::{self, CourseWeek, OutbreakList},
};

use super::{
    facts::{Facts, link_of, local_day, slice_value},
    kept::compute,
    quotes::Quoter,
    show::{count, figure, letter, moment, reason},
};
use crate::{App, AppError, Caller, Verb, limits, permission};

/// Weeks of the course shown.
const COURSE_WEEKS: usize = 26;

/// What a desk without cases has.
const NOTHING: Gap = Gap::NoCases;

/// What is worked out beside the requests.
struct Found {
    set: ReportSet,
    scanned: Scanned,
    courses: Vec<Vec<CourseBlock>>,
}

impl App {
    /// The outbreaks of today.
    pub async fn outbreaks(
        &self,
        caller: &Caller,
        language: Language,
    ) -> Result<Arc<OutbreakList>, AppError> {
        permission::require(caller.role, Verb::ReadOutbreaks)?;
        let until = local_day(self.now());
        let key = format!("outbreaks {until} {}", letter(language));
        self.learn(key, move |app| app.find_outbreaks(until, language))
            .await
    }

    async fn find_outbreaks(self, until: i32, language: Language) -> Result<OutbreakList, AppError> {
        let now = self.now();
        let period = Period {
            from: now.plus_ms(-limits::OUTBREAK_DAYS * insight::DAY_MS),
            to: now.plus_ms(1),
        };
        let facts = self.facts(period).await?;
        let read = facts.clone();
        let found = compute(move || find(&read, until)).await?;
        let shown = found.scanned.outbreaks.iter().flat_map(quoted_places);
        let numbers: Vec<&str> = shown.map(|place| found.set.reports[place].id.as_str()).collect();
        let quoter = self.quoter(&facts, numbers).await?;
        let scanned = &found.scanned;
        let items = scanned.outbreaks.iter().zip(&found.courses);
        Ok(OutbreakList {
            cut: facts.cut,
            until: date_words(until),
            made_at: moment(now),
            complaints: count(found.set.reports.len()),
            weeks: count(scanned.blocks),
            tests: count(scanned.tests),
            not_judged: count(scanned.not_judged),
            reason: scanned
                .reason
                .or(found.set.reports.is_empty().then_some(NOTHING))
                .filter(|_| scanned.tests == scanned.not_judged)
                .map(|gap| reason(gap, language)),
            accepted_share_of_false_alarms: ScanOptions::usual(until).q,
            items: items
                .map(|(outbreak, course)| show(&found.set, outbreak, course, until, &quoter, language))
                .collect(),
        })
    }
}

fn quoted_places(outbreak: &Outbreak) -> impl Iterator<Item = usize> {
    outbreak.first.iter().chain(&outbreak.typical).copied()
}

fn find(facts: &Facts, until: i32) -> Found {
    let set = facts.reports(None);
    let options = ScanOptions::usual(until);
    let scanned = scan(&set, &options);
    let course = |one: &Outbreak| course_of(&set, &one.alarm.slice, until, options.block_days, COURSE_WEEKS);
    let courses = scanned.outbreaks.iter().map(course).collect();
    Found {
        set,
        scanned,
        courses,
    }
}

fn show(
    set: &ReportSet,
    found: &Outbreak,
    course: &[CourseBlock],
    until: i32,
    quoter: &Quoter<'_>,
    language: Language,
) -> outbreaks::Outbreak {
    let values = |slice: &[(usize, String)]| -> Vec<SliceValue> {
        let value =
            |(dimension, value): &(usize, String)| slice_value(&set.dimensions[*dimension], value, language);
        slice.iter().map(value).collect()
    };
    let also = found.also.iter().map(|alarm| {
        let names: Vec<String> = values(&alarm.slice).into_iter().map(|value| value.name).collect();
        names.join(" · ")
    });
    let slice = values(&found.alarm.slice);
    let since = until.saturating_sub(found.onset.days_back as i32);
    let quote = |places: &[usize]| {
        let cases = places
            .iter()
            .filter_map(|place| quoter.case(&set.reports[*place].id));
        cases.collect()
    };
    outbreaks::Outbreak {
        cases: link_of(&slice, since, until),
        slice,
        since: date_words(since),
        reports: count(found.reports.len()),
        expected: found.onset.expected,
        excess: figure(&found.onset.excess, language),
        ratio: figure(&found.onset.ratio, language),
        corrected_p: found.alarm.adjusted,
        p_when_copies_count_once: found.independent_p,
        compared_texts: count(found.herd.compared),
        independent_texts: count(found.herd.independent()),
        method: found.alarm.method.name.key().to_owned(),
        first: quote(&found.first),
        typical: quote(&found.typical),
        course: course.iter().map(show_week).collect(),
        explains_also: also.filter(|words| !words.is_empty()).collect(),
    }
}

fn show_week(block: &CourseBlock) -> CourseWeek {
    CourseWeek {
        from: date_words(block.from),
        to: date_words(block.to),
        count: count(block.count),
        expected: block.expected,
        threshold: block.threshold,
    }
}
