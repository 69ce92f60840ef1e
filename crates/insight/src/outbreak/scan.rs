//! The scan over all slices: one test each, corrected for their number, and the alarms that one outbreak explains
//! gathered under the slice that names it best.

use super::ears::{Ears, ears};
use super::herd::{Herd, read_herd};
use super::noufaily::{Farrington, farrington};
use super::onset::{Onset, find_onset};
use super::recent::{pooled_dispersion, recent};
use super::reports::{ReportSet, Slice};
use crate::dispersion::at_least;
use crate::gap::Gap;
use crate::rank::benjamini_hochberg;

/// How far back an onset is looked for, in days.
const ONSET_DAYS: usize = 42;
/// A block without any report counts as missing when a usual one has at least this many.
const USUAL_BLOCK: f64 = 20.0;
/// How many texts of each kind are shown.
const SHOWN_TEXTS: usize = 3;
/// What is left of an alarm after a stronger outbreak is taken out stands on its own under this probability.
const STANDS_ALONE: f64 = 0.001;

/// Which test judges a series.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MethodName {
    /// Farrington–Noufaily where three years are there, else the blocks just before.
    Auto,
    /// The blocks just before.
    Recent,
    /// Farrington 1996.
    Farrington,
    /// Noufaily 2013.
    Noufaily,
    /// EARS C1, C2 or C3.
    Ears(u8),
}

impl MethodName {
    /// The key that files and programs see.
    pub fn key(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Recent => "recent",
            Self::Farrington => "farrington",
            Self::Noufaily => "noufaily",
            Self::Ears(1) => "ears_c1",
            Self::Ears(2) => "ears_c2",
            Self::Ears(_) => "ears_c3",
        }
    }
}

/// What judged a series, and how.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Method {
    /// Which test.
    pub name: MethodName,
    /// What was expected in the newest block.
    pub expected: f64,
    /// Variance over mean of a new count.
    pub dispersion: f64,
    /// The probability of the count or more.
    pub p: f64,
}

/// How to scan.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScanOptions {
    /// The last day counted; the newest block ends with it.
    pub until: i32,
    /// The days of a block; 7 takes the week's rhythm out.
    pub block_days: usize,
    /// The share of false outbreaks accepted among those named.
    pub q: f64,
    /// The fewest reports of a newest block that may be an outbreak.
    pub least: usize,
    /// Which test.
    pub method: MethodName,
}

impl ScanOptions {
    /// Weeks, one false outbreak in twenty named, at least three reports.
    pub fn usual(until: i32) -> Self {
        Self {
            until,
            block_days: 7,
            q: 0.05,
            least: 3,
            method: MethodName::Auto,
        }
    }
}

/// A slice whose newest block is beyond chance.
#[derive(Clone, Debug, PartialEq)]
pub struct Alarm {
    /// The slice.
    pub slice: Slice,
    /// The reports of the newest block.
    pub count: usize,
    /// What judged it.
    pub method: Method,
    /// The probability corrected for the number of tests.
    pub adjusted: f64,
}

/// An outbreak: an alarm with what is known about it. Reports are named by their place in the set.
#[derive(Clone, Debug, PartialEq)]
pub struct Outbreak {
    /// The alarm that names it best.
    pub alarm: Alarm,
    /// Since when, and how large.
    pub onset: Onset,
    /// All reports since the onset.
    pub reports: Vec<usize>,
    /// The earliest of them.
    pub first: Vec<usize>,
    /// The most typical of them.
    pub typical: Vec<usize>,
    /// Copied wording among them; places are those in `reports`.
    pub herd: Herd,
    /// The probability of the newest block when copies count once.
    pub independent_p: f64,
    /// Other alarms it explains.
    pub also: Vec<Alarm>,
}

/// What a scan found.
#[derive(Clone, Debug, PartialEq)]
pub struct Scanned {
    /// How many slices were tested.
    pub tests: usize,
    /// How many blocks of history there are, the newest included.
    pub blocks: usize,
    /// How many of them are missing: nothing was reported at all.
    pub missing_blocks: usize,
    /// Slices that could not be judged, with the reason of the first.
    pub not_judged: usize,
    /// Why not.
    pub reason: Option<Gap>,
    /// The outbreaks, the surest first.
    pub outbreaks: Vec<Outbreak>,
}

/// Judges the newest block of many series of counts at once; `None` is a block that was not counted.
pub fn test_counts(
    series: &[Vec<Option<f64>>],
    method: MethodName,
    block_days: usize,
) -> Vec<Result<Method, Gap>> {
    let newest = series.iter().map(Vec::len).max().unwrap_or(0).saturating_sub(1);
    let pooled = pooled_dispersion(series.iter().map(Vec::as_slice), newest);
    let judge = |counts: &Vec<Option<f64>>| test_one(counts, method, block_days, pooled);
    series.iter().map(judge).collect()
}

fn test_one(
    counts: &[Option<f64>],
    method: MethodName,
    block_days: usize,
    pooled: f64,
) -> Result<Method, Gap> {
    let place = counts.len().saturating_sub(1);
    match method {
        MethodName::Auto => test_by_years(counts, place, block_days, MethodName::Noufaily)
            .or_else(|_| test_one(counts, MethodName::Recent, block_days, pooled)),
        MethodName::Recent => recent(counts, place, pooled).map(|point| Method {
            name: method,
            expected: point.expected,
            dispersion: point.dispersion,
            p: point.p,
        }),
        MethodName::Farrington | MethodName::Noufaily => test_by_years(counts, place, block_days, method),
        MethodName::Ears(rule) => test_by_week(counts, place, rule),
    }
}

/// As many years back as there are, three to five.
fn test_by_years(
    counts: &[Option<f64>],
    place: usize,
    block_days: usize,
    method: MethodName,
) -> Result<Method, Gap> {
    let year = (365.25 / block_days as f64).floor() as usize;
    let settings = |years| match method {
        MethodName::Farrington => Farrington::original(year, years),
        _ => Farrington::improved(year, years),
    };
    let years = [5, 4, 3]
        .into_iter()
        .find(|years| place >= settings(*years).history());
    let point = farrington(counts, place, &settings(years.unwrap_or(3)))?;
    Ok(Method {
        name: method,
        expected: point.expected,
        dispersion: point.dispersion,
        p: point.p,
    })
}

fn test_by_week(counts: &[Option<f64>], place: usize, rule: u8) -> Result<Method, Gap> {
    let known: Vec<f64> = counts.iter().flatten().copied().collect();
    let settings = Ears::usual(rule);
    let short = Gap::TooShort {
        have: known.len(),
        need: settings.history() + 1,
    };
    let (Some(last), Some(Some(_))) = (known.len().checked_sub(1), counts.get(place)) else {
        return Err(short);
    };
    let point = ears(&known, last, &settings).map_err(|_| short)?;
    Ok(Method {
        name: MethodName::Ears(rule),
        expected: point.expected,
        dispersion: 1.0,
        p: point.p.ok_or(Gap::NoVariation)?,
    })
}

/// Scans a set of reports.
pub fn scan(set: &ReportSet, options: &ScanOptions) -> Scanned {
    let block_days = options.block_days.max(1);
    let slices: Vec<(Slice, Vec<usize>)> = set.slices(options.until).into_iter().collect();
    let blocks = block_count(set, options.until, block_days);
    let missing = missing_blocks(set, options.until, block_days, blocks);
    let series: Vec<Vec<Option<f64>>> = slices
        .iter()
        .map(|(_, places)| {
            let mut counts = count_blocks(set, places, options.until, block_days, blocks);
            missing.iter().for_each(|block| counts[*block] = None);
            counts
        })
        .collect();
    let judged = test_counts(&series, options.method, block_days);
    let p: Vec<f64> = judged
        .iter()
        .map(|one| one.as_ref().map_or(1.0, |one| one.p))
        .collect();
    let adjusted = benjamini_hochberg(&p, p.len());
    let mut alarms: Vec<(Alarm, &[usize])> = Vec::new();
    for (place, (slice, places)) in slices.iter().enumerate() {
        let count = series[place].last().copied().flatten().unwrap_or(0.0);
        if let Ok(method) = &judged[place]
            && adjusted[place] <= options.q
            && count >= options.least as f64
            && count > method.expected
        {
            let alarm = Alarm {
                slice: slice.clone(),
                count: count as usize,
                method: *method,
                adjusted: adjusted[place],
            };
            alarms.push((alarm, places));
        }
    }
    Scanned {
        tests: series.len(),
        blocks,
        missing_blocks: missing.len(),
        not_judged: judged.iter().filter(|one| one.is_err()).count(),
        reason: match series.is_empty() {
            true => Some(Gap::NoCases),
            false => judged.iter().find_map(|one| one.as_ref().err().copied()),
        },
        outbreaks: gather(set, alarms, options),
    }
}

/// The whole blocks from the first report to the last day.
pub(super) fn block_count(set: &ReportSet, until: i32, block_days: usize) -> usize {
    let first = set.reports.first().map_or(until, |report| report.day);
    let days = i64::from(until) - i64::from(first) + 1;
    usize::try_from(days / block_days as i64)
        .unwrap_or(0)
        .clamp(1, MOST_BLOCKS)
}

/// The longest history looked at, in blocks.
const MOST_BLOCKS: usize = 4_000;

pub(super) fn count_blocks(
    set: &ReportSet,
    places: &[usize],
    until: i32,
    block_days: usize,
    blocks: usize,
) -> Vec<Option<f64>> {
    let mut counts = vec![Some(0.0); blocks];
    for place in places.iter().rev() {
        let back = (i64::from(until) - i64::from(set.reports[*place].day)) as usize / block_days;
        if back >= blocks {
            break;
        }
        if let Some(count) = &mut counts[blocks - 1 - back] {
            *count += 1.0;
        }
    }
    counts
}

/// Blocks in which nothing at all came in though usually much does: the desk was closed or the data are lost.
fn missing_blocks(set: &ReportSet, until: i32, block_days: usize, blocks: usize) -> Vec<usize> {
    let places: Vec<usize> = (0..set.reports.len())
        .filter(|place| set.reports[*place].day <= until)
        .collect();
    let all: Vec<f64> = count_blocks(set, &places, until, block_days, blocks)
        .into_iter()
        .flatten()
        .collect();
    let mut sorted = all.clone();
    sorted.sort_by(f64::total_cmp);
    if sorted[sorted.len() / 2] < USUAL_BLOCK {
        return Vec::new();
    }
    (0..blocks).filter(|block| all[*block] == 0.0).collect()
}

/// Takes the surest alarm, sets aside those it explains, and goes on with the next.
fn gather(set: &ReportSet, mut alarms: Vec<(Alarm, &[usize])>, options: &ScanOptions) -> Vec<Outbreak> {
    let surprise = |alarm: &Alarm| {
        let method = &alarm.method;
        (alarm.count as f64 - method.expected) / (method.dispersion * method.expected).sqrt()
    };
    alarms.sort_by(|(a, _), (b, _)| {
        let by_p = a.method.p.total_cmp(&b.method.p);
        by_p.then(surprise(b).total_cmp(&surprise(a)))
            .then(a.slice.cmp(&b.slice))
    });
    let newest = options.until.saturating_sub(options.block_days as i32 - 1);
    let mut taken = vec![usize::MAX; set.reports.len()];
    let mut outbreaks: Vec<Outbreak> = Vec::new();
    for (alarm, places) in alarms {
        let own = || {
            places
                .iter()
                .rev()
                .take_while(|place| set.reports[**place].day >= newest)
        };
        let left = own().filter(|place| taken[**place] == usize::MAX).count();
        let method = &alarm.method;
        let stands = left as f64 > method.expected
            && at_least(left as f64, method.expected, method.dispersion) < STANDS_ALONE;
        if stands || outbreaks.is_empty() {
            own().for_each(|place| taken[*place] = taken[*place].min(outbreaks.len()));
            outbreaks.push(describe(set, alarm, places, options));
        } else if let Some(by) = explained_by(own().map(|place| taken[*place]), outbreaks.len()) {
            outbreaks[by].also.push(alarm);
        }
    }
    outbreaks
}

/// The outbreak that has taken the most reports of an alarm.
fn explained_by(taken: impl Iterator<Item = usize>, outbreaks: usize) -> Option<usize> {
    let mut counts = vec![0; outbreaks];
    taken.filter(|by| *by < outbreaks).for_each(|by| counts[by] += 1);
    (0..outbreaks).rev().max_by_key(|by| counts[*by])
}

fn describe(set: &ReportSet, alarm: Alarm, places: &[usize], options: &ScanOptions) -> Outbreak {
    let mut daily = vec![0.0; ONSET_DAYS];
    let back = |place: &usize| (i64::from(options.until) - i64::from(set.reports[*place].day)) as usize;
    for back in places
        .iter()
        .rev()
        .map(back)
        .take_while(|back| *back < ONSET_DAYS)
    {
        daily[ONSET_DAYS - 1 - back] += 1.0;
    }
    let rate = alarm.method.expected / options.block_days as f64;
    let onset = find_onset(&daily, rate);
    let reports: Vec<usize> = places
        .iter()
        .copied()
        .filter(|place| back(place) <= onset.days_back)
        .collect();
    let texts: Vec<&str> = reports
        .iter()
        .map(|place| set.reports[*place].text.as_str())
        .collect();
    let herd = read_herd(&texts);
    let typical = herd.typical.iter().take(SHOWN_TEXTS).map(|place| reports[*place]);
    let typical = typical.collect();
    let copies = herd.original.iter().zip(&reports);
    let copied = copies
        .filter(|(original, place)| !**original && back(place) < options.block_days)
        .count();
    let independent = alarm.count.saturating_sub(copied) as f64;
    Outbreak {
        independent_p: at_least(independent, alarm.method.expected, alarm.method.dispersion),
        onset,
        first: reports.iter().copied().take(SHOWN_TEXTS).collect(),
        typical,
        herd,
        reports,
        alarm,
        also: Vec::new(),
    }
}

#[cfg(test)]
mod tests;
