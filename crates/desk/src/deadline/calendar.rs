//! The working calendar: yearly tables of holidays and make-up days, business hours, one time zone.

use std::collections::{BTreeMap, BTreeSet};

use domain::{Bilingual, Date, Timestamp};
use jiff::{ToSpan, civil, tz::TimeZone};
use serde::Deserialize;

use super::local::{local, point};
use crate::rules::{RulesError, read_toml};

const FILE: &str = "calendar-cn.toml";
/// No deadline reaches further; beyond it the last day counts.
const MOST_DAYS: u32 = 3_660;
const MINUTES_A_DAY: i64 = 1_440;

/// A holiday of one year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holiday {
    /// Its name.
    pub name: Bilingual,
    /// The first day off.
    pub from: civil::Date,
    /// The last day off.
    pub to: civil::Date,
}

/// What a day is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayFact<'c> {
    /// An ordinary working day.
    Working,
    /// A weekend day that is worked to make up for a holiday (调休).
    MakeUp,
    /// A weekend.
    Weekend,
    /// A holiday.
    Holiday(&'c Holiday),
}

impl DayFact<'_> {
    /// Whether the day is worked.
    pub fn is_working(self) -> bool {
        matches!(self, Self::Working | Self::MakeUp)
    }
}

/// The facts a count of days met on its way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// Holidays with days off on the way, in order.
    pub holidays: Vec<Holiday>,
    /// Weekend days skipped outside holidays.
    pub weekend_days: u32,
    /// Weekend days that counted, because they make up for a holiday.
    pub make_up: Vec<civil::Date>,
    /// Years on the way that have no table: there only weekends are known.
    pub without_table: BTreeSet<i16>,
}

#[derive(Clone, Debug, PartialEq)]
struct Year {
    source: Bilingual,
    holidays: Vec<Holiday>,
    make_up: BTreeSet<civil::Date>,
}

/// Working days and business hours of one place.
#[derive(Clone, Debug, PartialEq)]
pub struct Calendar {
    zone: TimeZone,
    weekdays: Vec<i8>,
    /// Minutes of the local day, half-open, in order.
    periods: Vec<(i64, i64)>,
    /// Whether a term in calendar days that ends on a day not worked ends on the next working day.
    rolls: bool,
    years: BTreeMap<i16, Year>,
}

impl Calendar {
    /// The calendar in a TOML text of the shape of `calendar-cn.toml`.
    pub fn parse(text: &str) -> Result<Self, RulesError> {
        let raw: Raw = read_toml(FILE, text)?;
        let zone = TimeZone::get(&raw.zone)
            .map_err(|_| RulesError::value(FILE, format!("`{}` is no time zone", raw.zone)))?;
        if raw.weekdays.is_empty() || !raw.weekdays.iter().all(|day| (1..=7).contains(day)) {
            return Err(RulesError::value(FILE, "weekdays must name days 1–7"));
        }
        let mut years = BTreeMap::new();
        for year in raw.year {
            years.insert(year.year, year.read()?);
        }
        Ok(Self {
            zone,
            weekdays: raw.weekdays,
            periods: periods(&raw.periods)?,
            rolls: raw.rolls,
            years,
        })
    }

    /// The time zone.
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// Whether holidays of this year are known.
    pub fn has_table(&self, year: i16) -> bool {
        self.years.contains_key(&year)
    }

    /// Where the table of a year comes from.
    pub fn source(&self, year: i16) -> Option<&Bilingual> {
        self.years.get(&year).map(|year| &year.source)
    }

    /// The local day of a point in time.
    pub fn date_of(&self, at: Timestamp) -> Date {
        let date = local(&self.zone, at).date();
        Date::new(
            date.year(),
            date.month().unsigned_abs(),
            date.day().unsigned_abs(),
        )
        .expect("both calendars are Gregorian")
    }

    /// The last second of a day.
    pub fn end_of(&self, date: Date) -> Timestamp {
        let date = civil::Date::new(date.year(), date.month().cast_signed(), date.day().cast_signed())
            .expect("both calendars are Gregorian");
        point(&self.zone, date.at(23, 59, 59, 0))
    }

    /// What a day is.
    pub fn day(&self, date: civil::Date) -> DayFact<'_> {
        if let Some(year) = self.years.get(&date.year()) {
            if year.make_up.contains(&date) {
                return DayFact::MakeUp;
            }
            if let Some(holiday) = year.holidays.iter().find(|h| (h.from..=h.to).contains(&date)) {
                return DayFact::Holiday(holiday);
            }
        }
        match self.weekdays.contains(&date.weekday().to_monday_one_offset()) {
            true => DayFact::Working,
            false => DayFact::Weekend,
        }
    }

    /// Whether a day is worked; nothing when there is no such day.
    pub fn is_working_day(&self, date: Date) -> bool {
        let date = civil::Date::new(date.year(), date.month().cast_signed(), date.day().cast_signed());
        date.is_ok_and(|date| self.day(date).is_working())
    }

    /// The close of business of the `days`-th working day after the day of `start`, which does not count itself
    /// (Civil Code of China, arts. 201 and 203). Zero days end on the next working day from `start` on.
    pub fn add_working_days(&self, start: Timestamp, days: u32) -> (Timestamp, Counted) {
        let first = local(&self.zone, start).date();
        let mut counted = Counted::default();
        let (mut date, mut left) = (first, days.min(MOST_DAYS));
        while left > 0 || !self.day(date).is_working() {
            let Ok(next) = date.tomorrow() else { break };
            date = next;
            self.note(date, &mut counted);
            if self.day(date).is_working() {
                left = left.saturating_sub(1);
            }
        }
        (self.close_of(date), counted)
    }

    /// The end of the `days`-th calendar day after the day of `start`; when that day is not worked and the calendar
    /// says so, the close of business of the next working day (Civil Code of China, arts. 201 and 203).
    pub fn add_calendar_days(&self, start: Timestamp, days: u32) -> (Timestamp, Counted) {
        let first = local(&self.zone, start).date();
        let last = first.saturating_add(i64::from(days.min(MOST_DAYS)).days());
        let mut counted = Counted::default();
        if !self.rolls || self.day(last).is_working() {
            // A day taken for a working one may be a holiday nobody put on file.
            if self.rolls && !self.has_table(last.year()) {
                counted.without_table.insert(last.year());
            }
            return (point(&self.zone, last.at(23, 59, 59, 0)).plus_ms(1_000), counted);
        }
        self.note(last, &mut counted);
        let mut date = last;
        while let (false, Ok(next)) = (self.day(date).is_working(), date.tomorrow()) {
            date = next;
            self.note(date, &mut counted);
        }
        (self.close_of(date), counted)
    }

    /// The point at which `minutes` of business time have passed since `start`.
    pub fn add_business_minutes(&self, start: Timestamp, minutes: i64) -> Timestamp {
        let begin = local(&self.zone, start);
        let mut left = minutes.clamp(0, i64::from(MOST_DAYS) * MINUTES_A_DAY);
        if left == 0 {
            return start;
        }
        let (mut date, mut from) = (begin.date(), minute_of(begin));
        loop {
            for (open, close) in self.periods_of(date) {
                let usable = close - open.max(from);
                if usable >= left {
                    return self.at_minute(date, open.max(from) + left);
                }
                left -= usable.max(0);
            }
            let Ok(next) = date.tomorrow() else {
                return self.close_of(date);
            };
            (date, from) = (next, 0);
        }
    }

    /// The minutes of business time between two points; zero when `end` is not later.
    pub fn business_minutes(&self, start: Timestamp, end: Timestamp) -> i64 {
        let (begin, end) = (local(&self.zone, start), local(&self.zone, end));
        let (mut date, mut total) = (begin.date(), 0);
        for _ in 0..=MOST_DAYS {
            if date > end.date() {
                break;
            }
            let from = if date == begin.date() { minute_of(begin) } else { 0 };
            let to = if date == end.date() {
                minute_of(end)
            } else {
                MINUTES_A_DAY
            };
            let worked = self
                .periods_of(date)
                .map(|(open, close)| (close.min(to) - open.max(from)).max(0));
            total += worked.sum::<i64>();
            let Ok(next) = date.tomorrow() else { break };
            date = next;
        }
        total
    }

    fn periods_of(&self, date: civil::Date) -> impl Iterator<Item = (i64, i64)> + '_ {
        let worked = self.day(date).is_working();
        self.periods.iter().copied().filter(move |_| worked)
    }

    fn close_of(&self, date: civil::Date) -> Timestamp {
        let close = self.periods.last().map_or(MINUTES_A_DAY, |(_, close)| *close);
        self.at_minute(date, close)
    }

    fn at_minute(&self, date: civil::Date, minute: i64) -> Timestamp {
        // By the clock on the wall: on a day of 23 or 25 hours business still ends at its hour.
        let (hour, rest) = ((minute / 60) as i8, (minute % 60) as i8);
        match date.tomorrow() {
            Ok(next) if minute >= MINUTES_A_DAY => point(&self.zone, next.at(0, 0, 0, 0)),
            _ => point(&self.zone, date.at(hour.min(23), rest, 0, 0)),
        }
    }

    /// The local days that lie between two points, by the calendar or by working days.
    pub fn days_between(&self, from: Timestamp, to: Timestamp, working: bool) -> u32 {
        let (mut date, end) = (local(&self.zone, from).date(), local(&self.zone, to).date());
        let mut days = 0;
        while let (true, Ok(next)) = (date < end && days < MOST_DAYS, date.tomorrow()) {
            date = next;
            days += u32::from(!working || self.day(date).is_working());
        }
        days
    }

    fn note(&self, date: civil::Date, counted: &mut Counted) {
        if !self.has_table(date.year()) {
            counted.without_table.insert(date.year());
        }
        match self.day(date) {
            DayFact::Working => {}
            DayFact::MakeUp => counted.make_up.push(date),
            DayFact::Weekend => counted.weekend_days += 1,
            DayFact::Holiday(holiday) => {
                if !counted.holidays.contains(holiday) {
                    counted.holidays.push(holiday.clone());
                }
            }
        }
    }
}

fn minute_of(at: civil::DateTime) -> i64 {
    i64::from(at.hour()) * 60 + i64::from(at.minute())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    zone: String,
    weekdays: Vec<i8>,
    periods: Vec<String>,
    rolls: bool,
    #[serde(default)]
    year: Vec<RawYear>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawYear {
    year: i16,
    source: RawName,
    make_up: Vec<String>,
    holidays: Vec<RawHoliday>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawName {
    zh: String,
    en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawHoliday {
    zh: String,
    en: String,
    from: String,
    to: String,
}

impl RawYear {
    fn read(self) -> Result<Year, RulesError> {
        let mut holidays = Vec::new();
        for raw in self.holidays {
            let (from, to) = (date(&raw.from)?, date(&raw.to)?);
            if to < from || from.year() != self.year || to.year() != self.year {
                return Err(RulesError::value(
                    FILE,
                    format!("{} does not lie in {}", raw.en, self.year),
                ));
            }
            let name = Bilingual::new(raw.zh, raw.en);
            holidays.push(Holiday { name, from, to });
        }
        let make_up = self
            .make_up
            .iter()
            .map(|text| date(text))
            .collect::<Result<_, _>>()?;
        Ok(Year {
            source: Bilingual::new(self.source.zh, self.source.en),
            holidays,
            make_up,
        })
    }
}

fn date(text: &str) -> Result<civil::Date, RulesError> {
    text.parse()
        .map_err(|_| RulesError::value(FILE, format!("`{text}` is no date")))
}

fn periods(texts: &[String]) -> Result<Vec<(i64, i64)>, RulesError> {
    let parsed: Option<Vec<_>> = texts.iter().map(|text| period(text)).collect();
    parsed
        .filter(|periods| !periods.is_empty() && periods.is_sorted_by(|a, b| a.1 < b.0))
        .ok_or_else(|| RulesError::value(FILE, "periods must be like 09:00-12:00, in order, not touching"))
}

fn period(text: &str) -> Option<(i64, i64)> {
    let (open, close) = text.split_once('-')?;
    let minute = |text: &str| {
        let (hour, minute) = text.split_once(':')?;
        let (hour, minute): (i64, i64) = (hour.parse().ok()?, minute.parse().ok()?);
        ((0..=24).contains(&hour) && (0..60).contains(&minute) && hour * 60 + minute <= MINUTES_A_DAY)
            .then_some(hour * 60 + minute)
    };
    let (open, close) = (minute(open)?, minute(close)?);
    (open < close).then_some((open, close))
}

#[cfg(test)]
mod tests;
