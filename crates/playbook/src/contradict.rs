//! What a message may not turn round besides sums and yes or no: who pays, which remedy was promised, by which day.

use domain::{Bilingual, Date, Entity, EntityValue, Span, Timestamp};
use serde::Deserialize;

use crate::outgoing::{Outgoing, lowercase};
use crate::scan::find_words;
use crate::wording::WordsRow;

/// The words behind this check, as `taboo.toml` keeps them; texts of older releases have none.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct PromiseWords {
    /// Words that leave open what a sentence speaks of: it promises nothing.
    open: Option<WordsRow>,
    /// Words that tell that a day was moved: whoever says so contradicts nobody.
    moved: Option<WordsRow>,
    payer: PayerRow,
    remedy: Vec<ClassRow>,
    action: Vec<ClassRow>,
}

/// Who bears a cost.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct PayerRow {
    /// Costs, each with its names.
    items: Vec<Vec<String>>,
    us: Vec<String>,
    you: Vec<String>,
    /// Words right before one of `you` that turn it round.
    spared: Vec<String>,
}

/// Words that mean the same thing.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ClassRow {
    words: Vec<String>,
}

/// A place in a message that turns something round, and what was said before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Turned {
    pub(crate) span: Span,
    pub(crate) before: String,
}

/// A text that was said or approved before.
pub(crate) struct Before<'t> {
    pub(crate) text: &'t str,
    pub(crate) particulars: &'t [Entity],
    /// Whether every difference counts, or only what is worse for the customer and not yet over.
    pub(crate) binding: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Payer {
    Us,
    You,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum When {
    Day(Date),
    /// Minutes, and whether working days are counted.
    Term(i64, bool),
}

/// One thing said: of which class, where, in which sentence.
struct Said<T> {
    class: usize,
    what: T,
    span: Span,
    sentence: String,
}

impl PromiseWords {
    /// Every list of words with the name of its place.
    pub(crate) fn lists(&self) -> Vec<(String, &[String])> {
        let single = [("promise.open", &self.open), ("promise.moved", &self.moved)];
        let mut lists: Vec<(String, &[String])> = single
            .into_iter()
            .filter_map(|(place, row)| Some((place.to_owned(), row.as_ref()?.words.as_slice())))
            .collect();
        for (number, names) in self.payer.items.iter().enumerate() {
            lists.push((format!("promise.payer, item {}", number + 1), names));
        }
        for (place, rows) in [("remedy", &self.remedy), ("action", &self.action)] {
            for (number, row) in rows.iter().enumerate() {
                lists.push((format!("promise.{place} {}", number + 1), &row.words));
            }
        }
        if !self.payer.items.is_empty() {
            lists.push(("promise.payer.us".to_owned(), &self.payer.us));
            lists.push(("promise.payer.you".to_owned(), &self.payer.you));
        }
        lists
    }

    /// Where a message turns round what was said before; in order of its places.
    pub(crate) fn turned(&self, outgoing: &Outgoing<'_>, before: &Before<'_>) -> Vec<Turned> {
        let earlier = lowercase(before.text);
        let mut found = self.payers_turned(&outgoing.lower, &earlier);
        if before.binding {
            found.extend(self.other_remedies(outgoing, &earlier));
        }
        found.extend(self.days_turned(outgoing, &earlier, before));
        found.retain(|turned| !outgoing.is_quoted(turned.span));
        found.sort_by_key(|turned| turned.span);
        found
    }

    fn payers_turned(&self, message: &str, earlier: &str) -> Vec<Turned> {
        let (now, then) = (self.payers(message), self.payers(earlier));
        let mut turned = Vec::new();
        for one in &now {
            let same = || then.iter().filter(|said| said.class == one.class);
            let other = same().find(|said| said.what != one.what);
            // A text that puts the cost on both sides says no plain word.
            if let (Some(said), false) = (other, same().any(|said| said.what == one.what)) {
                turned.push(Turned {
                    span: one.span,
                    before: said.sentence.clone(),
                });
            }
        }
        turned
    }

    /// Who bears which cost; the side may stand in the clause behind the cost.
    fn payers(&self, text: &str) -> Vec<Said<Payer>> {
        let clauses = cut(text, &['，', ',', '、']);
        let mut said = Vec::new();
        for (number, (at, clause)) in clauses.iter().enumerate() {
            for (class, names) in self.payer.items.iter().enumerate() {
                if find_words(clause, names).is_empty() {
                    continue;
                }
                let behind = clauses.get(number + 1).filter(|(_, next)| !self.names_cost(next));
                let found = self.side(clause).map(|side| (*at, side));
                let found = found.or_else(|| behind.and_then(|(at, next)| Some((*at, self.side(next)?))));
                if let Some((at, (what, span))) = found {
                    said.push(Said {
                        class,
                        what,
                        span: moved_by(span, at),
                        sentence: clause.trim().to_owned(),
                    });
                }
            }
        }
        said
    }

    fn names_cost(&self, clause: &str) -> bool {
        self.payer
            .items
            .iter()
            .any(|names| !find_words(clause, names).is_empty())
    }

    fn side(&self, clause: &str) -> Option<(Payer, Span)> {
        let characters: Vec<char> = clause.chars().collect();
        let is_spared = |span: &Span| {
            let before: String = characters[..span.start as usize].iter().collect();
            self.payer
                .spared
                .iter()
                .any(|word| before.trim_end().ends_with(word.as_str()))
        };
        let (spared, theirs): (Vec<Span>, Vec<Span>) = find_words(clause, &self.payer.you)
            .into_iter()
            .partition(is_spared);
        let mut ours = find_words(clause, &self.payer.us);
        ours.extend(spared);
        match (ours.first(), theirs.first()) {
            (Some(span), None) => Some((Payer::Us, *span)),
            (None, Some(span)) => Some((Payer::You, *span)),
            _ => None,
        }
    }

    /// A remedy promised that the statement does not know, where the statement names remedies.
    fn other_remedies(&self, outgoing: &Outgoing<'_>, statement: &str) -> Vec<Turned> {
        let approved = self.classes(&self.remedy, statement);
        let Some(first) = approved.first() else {
            return Vec::new();
        };
        let promised = self.classes(&self.remedy, &outgoing.lower);
        let other = promised
            .iter()
            .filter(|one| {
                let same_words = promised.iter().filter(|other| other.span.overlaps(&one.span));
                let known = |class: usize| approved.iter().any(|said| said.class == class);
                !same_words.map(|one| one.class).any(known)
            })
            .map(|one| Turned {
                span: one.span,
                before: first.sentence.clone(),
            });
        let mut turned: Vec<Turned> = other.collect();
        turned.dedup_by_key(|turned| turned.span);
        turned
    }

    /// The classes named in sentences that promise something.
    fn classes(&self, rows: &[ClassRow], text: &str) -> Vec<Said<()>> {
        let mut said = Vec::new();
        for (at, sentence) in cut(text, &[]) {
            if self.is_open(&sentence) {
                continue;
            }
            for (class, row) in rows.iter().enumerate() {
                said.extend(find_words(&sentence, &row.words).into_iter().map(|span| Said {
                    class,
                    what: (),
                    span: moved_by(span, at),
                    sentence: sentence.trim().to_owned(),
                }));
            }
        }
        said
    }

    /// Whether a sentence leaves open what it speaks of.
    pub(crate) fn is_open(&self, sentence: &str) -> bool {
        let words = self.open.as_ref();
        words.is_some_and(|row| !find_words(sentence, &row.words).is_empty())
    }

    fn days_turned(&self, outgoing: &Outgoing<'_>, earlier: &str, before: &Before<'_>) -> Vec<Turned> {
        let moved = self.moved.as_ref();
        if moved.is_some_and(|row| !find_words(&outgoing.lower, &row.words).is_empty()) && !before.binding {
            return Vec::new();
        }
        let then = self.days(earlier, before.particulars);
        let today = china_day(outgoing.situation.now);
        let now = self.days(&outgoing.lower, outgoing.particulars);
        // One day of a thing that agrees is enough: another beside it is that of a step on the way.
        let agrees = |class: usize| {
            let mut days = now.iter().filter(|one| one.class == class);
            days.any(|one| {
                then.iter()
                    .any(|said| said.class == class && said.what == one.what)
            })
        };
        let mut turned = Vec::new();
        for one in now.iter().filter(|one| !agrees(one.class)) {
            let differs = |said: &&Said<When>| match (&said.what, &one.what) {
                _ if said.class != one.class => false,
                (When::Day(_), When::Term(..)) | (When::Term(..), When::Day(_)) => false,
                _ if before.binding => true,
                (told, now) => is_put_off(told, now, today),
            };
            if let Some(first) = then.iter().find(differs) {
                turned.push(Turned {
                    span: one.span,
                    before: first.sentence.clone(),
                });
            }
        }
        turned
    }

    /// Days and terms by which something is done, each with the nearest thing to be done of its sentence.
    fn days(&self, text: &str, particulars: &[Entity]) -> Vec<Said<When>> {
        let sentences = cut(text, &[]);
        let mut said = Vec::new();
        for entity in particulars {
            let span = entity.span();
            let inside = |(at, sentence): &&(u32, String)| {
                let end = at + u32::try_from(sentence.chars().count()).unwrap_or(u32::MAX);
                *at <= span.start && span.end <= end
            };
            let (Some(what), Some((at, sentence))) = (when_of(entity), sentences.iter().find(inside)) else {
                continue;
            };
            let near = self.action.iter().enumerate().filter_map(|(class, row)| {
                let found = find_words(sentence, &row.words).into_iter();
                let gaps = found.map(|action| gap(moved_by(action, *at), span));
                gaps.min().map(|gap| (gap, class))
            });
            if let (Some((_, class)), false) = (near.min(), self.is_open(sentence)) {
                said.push(Said {
                    class,
                    what,
                    span,
                    sentence: sentence.trim().to_owned(),
                });
            }
        }
        said
    }
}

/// Later than what was told, while that is not over yet; a longer term than the one told.
fn is_put_off(told: &When, now: &When, today: Option<Date>) -> bool {
    match (told, now) {
        (When::Day(told), When::Day(now)) => now > told && today.is_none_or(|today| *told >= today),
        (When::Term(told, counted), When::Term(now, counts)) => counted == counts && now > told,
        _ => false,
    }
}

fn when_of(entity: &Entity) -> Option<When> {
    match entity.nuance.to.as_ref().or(entity.value.as_ref())? {
        EntityValue::Date(date) => Some(When::Day(*date)),
        EntityValue::Moment(at) => china_day(*at).map(When::Day),
        EntityValue::Duration(iso) => Some(When::Term(minutes_of(iso)?, entity.nuance.working)),
        _ => None,
    }
}

/// Minutes of an ISO 8601 span of one unit up to weeks.
fn minutes_of(iso: &str) -> Option<i64> {
    let (digits, unit) = (iso.trim_start_matches(['P', 'T']), iso.chars().last()?);
    let number: i64 = digits.trim_end_matches(unit).parse().ok()?;
    let minutes = match (unit, iso.contains('T')) {
        ('W', _) => 7 * 24 * 60,
        ('D', _) => 24 * 60,
        ('H', true) => 60,
        ('M', true) => 1,
        _ => return None,
    };
    number.checked_mul(minutes)
}

/// The day in China at a point in time, where no summer time is kept; the days of the Gregorian calendar are counted in
/// eras of 400 years that begin in March.
fn china_day(at: Timestamp) -> Option<Date> {
    const DAY_MS: i64 = 86_400_000;
    const CHINA_MS: i64 = 8 * 3_600_000;
    let days = at.0.saturating_add(CHINA_MS).div_euclid(DAY_MS) + 719_468;
    let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 {
        from_march + 3
    } else {
        from_march - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    Date::new(
        i16::try_from(year).ok()?,
        u8::try_from(month).ok()?,
        u8::try_from(day).ok()?,
    )
}

fn gap(one: Span, other: Span) -> u32 {
    one.start
        .saturating_sub(other.end)
        .max(other.start.saturating_sub(one.end))
}

fn moved_by(span: Span, by: u32) -> Span {
    Span {
        start: span.start + by,
        end: span.end + by,
    }
}

/// The sentences of a text with the code point each begins at; `more` cuts sentences into clauses.
fn cut(text: &str, more: &[char]) -> Vec<(u32, String)> {
    let ends = |c: char| matches!(c, '。' | '！' | '？' | '!' | '?' | '\n' | '；' | ';') || more.contains(&c);
    let mut parts = vec![(0, String::new())];
    for (at, c) in (0u32..).zip(text.chars()) {
        match ends(c) {
            true => parts.push((at + 1, String::new())),
            false => {
                if let Some((_, part)) = parts.last_mut() {
                    part.push(c);
                }
            }
        }
    }
    parts.retain(|(_, part)| !part.trim().is_empty());
    parts
}

/// The reason with what was said before.
pub(crate) fn against(because: &Bilingual, (zh, en): (&str, &str), before: &str) -> Bilingual {
    Bilingual::new(
        format!("{}{zh}“{before}”。", because.zh),
        format!("{} {en}: “{before}”.", because.en),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_in_china_begin_eight_hours_early() {
        let day = |ms: i64| china_day(Timestamp(ms)).map(|date| date.to_string());
        assert_eq!(day(0).as_deref(), Some("1970-01-01"));
        // 2026-11-23T15:59:59Z is still the 23rd in China, one second later it is the 24th.
        assert_eq!(day(1_795_449_599_000).as_deref(), Some("2026-11-23"));
        assert_eq!(day(1_795_449_600_000).as_deref(), Some("2026-11-24"));
        // 2028-02-29T00:00:00Z.
        assert_eq!(day(1_835_395_200_000).as_deref(), Some("2028-02-29"));
        assert_eq!(day(-86_400_000).as_deref(), Some("1969-12-31"));
    }

    #[test]
    fn terms_of_one_unit_are_compared_in_minutes() {
        assert_eq!(minutes_of("P3D"), Some(3 * 1_440));
        assert_eq!(minutes_of("PT48H"), Some(2 * 1_440));
        assert_eq!(minutes_of("P1W"), Some(7 * 1_440));
        assert_eq!(minutes_of("PT30M"), Some(30));
        assert_eq!(minutes_of("P1M"), None);
    }
}
