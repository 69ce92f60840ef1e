//! What was promised or expected against what came instead, as a pair of quotes, and the promises told of: what, by
//! whom, until when, and what became of them (A13).

use std::ops::Range;
use std::sync::LazyLock;

use domain::{Date, Entity, EntityKind, EntityValue, PromiseFound, PromiseState, Quote, Span, Timestamp};
use text::{Reading, WordIndex};

use super::promise_hits::{Hits, List};
use super::promise_speakers::{ADVERBS, GROUPS, SPEAKER_ENDS, TITLED};
use super::promise_words::{ANYWAY, FILLS, NOT_WEAK, OUTCOMES, WILL};

/// The words that nothing promised begins with, to be looked up.
static NOT_WEAK_BEGINS: LazyLock<WordIndex> =
    LazyLock::new(|| WordIndex::of(NOT_WEAK.iter().copied().zip(0..)));
/// The same of words that tell of something to come.
static WILL_BEGINS: LazyLock<WordIndex> = LazyLock::new(|| WordIndex::of(WILL.iter().copied().zip(0..)));

/// Most promises listed.
const MOST_PROMISES: usize = 5;
/// Quotes are cut to this many characters.
const LONGEST: usize = 60;
/// A name of who promised has at most this many characters.
const LONGEST_NAME: usize = 8;

/// The pair of quotes and the promises of a text.
#[derive(Default)]
pub(crate) struct Contrast {
    pub(crate) expected: Option<Quote>,
    pub(crate) received: Option<Quote>,
    pub(crate) promises: Vec<PromiseFound>,
}

/// A text as the search for promises looks at it.
struct Page<'r> {
    reading: &'r Reading<'r>,
    entities: &'r [Entity],
    hits: Hits,
    clauses: &'r [Range<usize>],
    today: Option<Date>,
}

/// A promise before its outcome is known, in bytes of the normalized text.
struct Told {
    what: Range<usize>,
    by: Option<Range<usize>>,
    /// The clause it stands in.
    clause: usize,
}

/// Reads expectation, what came instead, and promises; the clauses are those of the reading.
pub(crate) fn contrast(
    reading: &Reading<'_>,
    clauses: &[Range<usize>],
    entities: &[Entity],
    received_at: Option<Timestamp>,
) -> Contrast {
    let page = Page {
        reading,
        entities,
        hits: Hits::of(reading.normalized()),
        clauses,
        today: received_at.and_then(text::china_day),
    };
    let told: Vec<Told> = (0..page.clauses.len())
        .filter_map(|index| page.promise_in(index))
        .take(MOST_PROMISES)
        .collect();
    let mut found = Contrast::default();
    for one in &told {
        let (promise, received) = page.promise_of(one);
        let Some(promise) = promise else { continue };
        if found.received.is_none() {
            found.expected = Some(promise.quote.clone());
            found.received = received;
        }
        found.promises.push(promise);
    }
    if found.expected.is_none() {
        (found.expected, found.received) = page.advertised();
    }
    found
}

impl Page<'_> {
    fn words(&self, bytes: &Range<usize>) -> &str {
        &self.reading.normalized()[bytes.clone()]
    }

    fn quote(&self, bytes: Range<usize>) -> Option<Quote> {
        let end = self.reading.char_at(bytes.start) + LONGEST;
        let end = bytes.end.min(self.reading.byte_of(end));
        self.reading.quote(bytes.start..end)
    }

    /// The promise that a clause tells of.
    fn promise_in(&self, index: usize) -> Option<Told> {
        let clause = self.clauses[index].clone();
        let (verb, strong) = self.first_verb(&clause)?;
        if self.hits.any(List::Never, &clause) || self.is_conditional(&clause) {
            return None;
        }
        let head = clause.start..verb.start;
        let mut what = verb.end..clause.end;
        what.start += skipped(self.words(&what));
        // 课程顾问发过微信: 七月底退一半; 表态 closes its clause, and what was promised is the next one.
        if self.words(&what).chars().count() < 2 {
            what = self.clauses.get(index + 1)?.clone();
            what.start += skipped(self.words(&what));
        }
        let said = self.words(&what);
        let own = self.words(&head);
        let hearsay = self.hits.any(List::Hearsay, &head)
            || own.ends_with(['我', '您'])
            || own.starts_with('我') && !own.starts_with("我们小区") && !strong_speaker(own);
        if hearsay || said.is_empty() || said.starts_with(['"', '“', '「', '\'']) || said.contains('?') {
            return None;
        }
        let promised = if strong {
            is_plain(said)
        } else {
            self.is_deed(said, &what)
        };
        promised.then(|| Told {
            what,
            by: self.speaker(&head, index),
            clause: index,
        })
    }

    /// The first verb of promising in a clause, else of saying; and whether it promises.
    fn first_verb(&self, clause: &Range<usize>) -> Option<(Range<usize>, bool)> {
        let strong = self.hits.first(List::Strong, clause).map(|hit| (hit, true));
        strong.or_else(|| self.hits.first(List::Weak, clause).map(|hit| (hit, false)))
    }

    /// Whether the words before a clause, or in it, make it no more than a thought.
    fn is_conditional(&self, clause: &Range<usize>) -> bool {
        let words = self.words(clause);
        [
            "如果",
            "要是",
            "假如",
            "若是",
            "希望",
            "建议",
            "祝",
            "按道理",
            "凭良心",
        ]
        .iter()
        .any(|word| words.starts_with(word))
            || self.reading.normalized()[clause.end..].starts_with('?')
    }

    /// A weak verb of saying tells of a promise only when what was said is still to be done.
    fn is_deed(&self, said: &str, what: &Range<usize>) -> bool {
        if NOT_WEAK_BEGINS.begins(said) {
            return false;
        }
        let timed = self.dates_in(what).next().is_some();
        let will = WILL_BEGINS.begins(said) || self.hits.any(List::Meant, what);
        timed && (self.hits.any(List::Deed, what) || said.chars().count() <= 14)
            || will && !self.hits.any(List::Undone, what)
    }

    /// The dates and spans of time in a part of the text.
    fn dates_in(&self, what: &Range<usize>) -> impl Iterator<Item = &Entity> {
        let span = self.reading.home(what.clone());
        self.entities.iter().filter(move |one| {
            matches!(one.kind, EntityKind::Date | EntityKind::Duration) && one.span().overlaps(&span)
        })
    }

    /// Who promised: the shortest words at the end of what stands before the verb that name a person or office.
    fn speaker(&self, head: &Range<usize>, index: usize) -> Option<Range<usize>> {
        let own = self.name_in(head);
        let before = index.checked_sub(1).map(|before| self.clauses[before].clone());
        own.or_else(|| {
            before
                .filter(|_| self.words(head).chars().count() < 4)
                .and_then(|clause| self.name_in(&clause))
        })
    }

    /// The name of a person at the end of the words, which says more than the title before it.
    fn person_in(&self, head: &Range<usize>) -> Option<Range<usize>> {
        let span = self.reading.home(head.clone());
        let mut names = self.entities.iter().filter(|one| {
            one.kind == EntityKind::Name && one.span().start >= span.start && one.span().end <= span.end
        });
        let name = names.next_back()?.span();
        let bytes = self
            .words(head)
            .char_indices()
            .map(|(at, c)| head.start + at..head.start + at + c.len_utf8());
        let inside = bytes.filter(|byte| self.reading.home(byte.clone()).overlaps(&name));
        let (first, last) = inside.fold((None, 0), |(first, _), byte| {
            (first.or(Some(byte.start)), byte.end)
        });
        let near = self.words(&(last.max(head.start)..head.end)).chars().count() <= 6;
        Some(first?..last).filter(|_| near)
    }

    fn name_in(&self, head: &Range<usize>) -> Option<Range<usize>> {
        if let Some(person) = self.person_in(head) {
            return Some(person);
        }
        let words = self.words(head);
        let end = match self.hits.last_end(List::Speaker, head) {
            Some(end) => end - head.start,
            None => end_of_subject(words)?,
        };
        if let Some(start) = start_of_title(&words[..end]) {
            return Some(head.start + start..head.start + end);
        }
        let chars: Vec<(usize, char)> = words[..end].char_indices().collect();
        let stop = |at: usize, c: char| {
            !c.is_alphanumeric()
                || "的是我你他她了在跟给把被那这个位每次家里时候".contains(c)
                || self.in_date(head.start + at)
        };
        let start = chars
            .iter()
            .rev()
            .take(LONGEST_NAME)
            .take_while(|&&(at, c)| !stop(at, c))
            .last()?
            .0;
        Some(head.start + start..head.start + end)
    }

    fn in_date(&self, byte: usize) -> bool {
        let at = self.reading.home(byte..byte + 1);
        self.entities
            .iter()
            .any(|one| matches!(one.kind, EntityKind::Date) && one.span().overlaps(&at))
    }

    /// The promise with its time and outcome, and what came instead.
    fn promise_of(&self, told: &Told) -> (Option<PromiseFound>, Option<Quote>) {
        let due = self.due(told);
        let after = told.what.end;
        let later = self.clauses.iter().filter(|clause| clause.start >= after).take(3);
        let outcomes: Vec<Range<usize>> = later.cloned().collect();
        let state = self.outcome(&outcomes, due);
        let received = match state {
            Some(_) => outcomes.first().and_then(|clause| {
                let skip = OUTCOMES
                    .iter()
                    .find(|word| self.words(clause).starts_with(**word))
                    .map_or(0, |word| word.len());
                self.quote(clause.start + skip..clause.end)
            }),
            None => None,
        };
        let until = self.dates_in(&told.what).next();
        let promise = self.quote(told.what.clone()).map(|quote| PromiseFound {
            by: told
                .by
                .clone()
                .and_then(|by| self.quote(by))
                .map_or_else(String::new, |by| by.words().to_owned()),
            until: until.map_or_else(String::new, |entity| entity.quote.words().to_owned()),
            broken: state == Some(PromiseState::Broken),
            due,
            told: state,
            quote,
        });
        (promise, received)
    }

    /// The last day on which the promise is kept: a day named in it, or a span of time from the day it was made.
    fn due(&self, told: &Told) -> Option<Date> {
        let mut dates = self.dates_in(&told.what);
        let first = dates.next()?;
        match &first.value {
            Some(EntityValue::Date(date)) => Some(*date),
            Some(EntityValue::Moment(at)) => text::china_day(*at),
            Some(EntityValue::Calendar(iso)) => {
                let (year, month) = iso.split_once('-')?;
                Date::new(year.parse().ok()?, month.parse().ok()?, 1)
            }
            Some(EntityValue::Duration(iso)) => {
                let upper = match &first.nuance.to {
                    Some(EntityValue::Duration(upper)) => upper,
                    _ => iso,
                };
                let made = self.made_on(told, first.span())?;
                (!first.nuance.working)
                    .then(|| text::add_duration(made, upper))
                    .flatten()
            }
            _ => None,
        }
    }

    /// The day the promise was made, when the words before it in the sentence tell.
    fn made_on(&self, told: &Told, time: Span) -> Option<Date> {
        let from = self.clauses[told.clause.saturating_sub(1)].start;
        let span = self.reading.home(from..told.what.start.max(from + 1));
        let days = self
            .entities
            .iter()
            .filter(|one| one.span().overlaps(&span) && one.span().end <= time.start);
        let mut last = days.filter_map(|one| match &one.value {
            Some(EntityValue::Date(date)) => Some(*date),
            Some(EntityValue::Moment(at)) => text::china_day(*at),
            _ => None,
        });
        last.next_back().or_else(|| {
            let now = ["刚才", "刚刚"]
                .iter()
                .any(|word| self.reading.normalized().contains(word));
            self.today.filter(|_| now)
        })
    }

    /// What became of the promise: told by the clauses after it, else by the calendar once something came instead.
    fn outcome(&self, later: &[Range<usize>], due: Option<Date>) -> Option<PromiseState> {
        let first = later.first()?;
        let words = self.words(first);
        let two = first.start..later.get(1).unwrap_or(first).end;
        if self.hits.any(List::Waiting, &two) {
            return None;
        }
        if self.hits.any(List::Kept, first) {
            return Some(PromiseState::Kept);
        }
        if self.hits.any(List::Late, &two) && !self.words(&two).contains("还没") {
            return Some(PromiseState::Late);
        }
        let to_come = self.today.zip(due).is_some_and(|(today, due)| today < due);
        (!to_come
            || OUTCOMES.iter().any(|word| words.starts_with(word))
                && !ANYWAY.iter().any(|word| words.contains(word)))
        .then_some(PromiseState::Broken)
    }

    /// What was advertised or expected without a promise, and what came instead.
    fn advertised(&self) -> (Option<Quote>, Option<Quote>) {
        for (index, clause) in self.clauses.iter().enumerate() {
            let Some(at) = self.hits.last_end(List::Advertised, clause) else {
                continue;
            };
            let start = at + skipped(self.words(&(at..clause.end)));
            let expected = if start < clause.end {
                Some(start..clause.end)
            } else {
                self.clauses.get(index + 1).cloned()
            };
            let next = expected
                .as_ref()
                .and_then(|expected| self.clauses.iter().find(|clause| clause.start >= expected.end));
            let received = next.and_then(|clause| self.quote(clause.clone()));
            if received.is_some() {
                return (expected.and_then(|bytes| self.quote(bytes)), received);
            }
        }
        (None, None)
    }
}

/// Whether people who speak for the organization stand in the words, as in 我们小区物业.
fn strong_speaker(head: &str) -> bool {
    SPEAKER_ENDS.iter().any(|word| head.ends_with(word))
}

/// Where a title that names a person by itself begins, with the word that goes with it.
fn start_of_title(words: &str) -> Option<usize> {
    let longest = SPEAKER_ENDS
        .iter()
        .filter(|word| words.ends_with(**word))
        .max_by_key(|word| word.len())?;
    let start = words.len() - longest.len();
    let with = TITLED
        .iter()
        .find(|word| words[..start].ends_with(**word))
        .map_or(0, |word| word.len());
    let group =
        GROUPS.iter().any(|word| longest.ends_with(word)) || !longest.chars().all(char::is_alphanumeric);
    (!group && !longest.is_ascii()).then_some(start - with)
}

/// Where the subject before a verb ends: without the adverbs after it, at least two characters of a name or office.
fn end_of_subject(words: &str) -> Option<usize> {
    let mut subject = words.trim_end();
    while let Some(rest) = ADVERBS.iter().find_map(|word| subject.strip_suffix(word)) {
        subject = rest.trim_end();
    }
    let noun = |c: char| c.is_alphanumeric() && !"我你您他她它们是的了就也都不没很把被".contains(c);
    let length = subject.chars().rev().take_while(|&c| noun(c)).count();
    let place = subject.ends_with([
        '修', '同', '头', '里', '上', '时', '天', '后', '前', '书', '单', '款', '话',
    ]);
    ((2..=6).contains(&length) && !place && !subject.is_ascii()).then_some(subject.len())
}

/// Something is promised, not refused: 没答应, 答应不答应 are no promises.
fn is_plain(said: &str) -> bool {
    said.chars().count() >= 3
        && !["书", "牌", "卡", "金", "不闹", "没有", "过的", "的事"]
            .iter()
            .any(|word| said.starts_with(word))
}

/// The bytes of words between the verb and what was promised.
fn skipped(said: &str) -> usize {
    let mut rest = said;
    while let Some(word) = FILLS.iter().find(|word| rest.starts_with(**word)) {
        rest = &rest[word.len()..];
    }
    said.len() - rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-03-11 12:00 in China.
    const NOW: Timestamp = Timestamp(1_773_201_600_000);

    fn told(words: &str) -> Vec<(String, String, Option<String>, Option<PromiseState>)> {
        let reading = text::read(words);
        let entities = text::entities(&reading, Some(NOW));
        let found = contrast(&reading, &reading.clauses(), &entities, Some(NOW));
        let flat = |one: PromiseFound| {
            (
                one.quote.words().to_owned(),
                one.by,
                one.due.map(|day| day.to_string()),
                one.told,
            )
        };
        found.promises.into_iter().map(flat).collect()
    }

    #[test]
    fn a_promise_has_what_who_until_when_and_what_became_of_it() {
        let row = |what: &str, by: &str, due: Option<&str>, state| {
            vec![(what.to_owned(), by.to_owned(), due.map(str::to_owned), state)]
        };
        assert_eq!(
            told("3月1号客服说三天内退款,到今天一分没退"),
            row(
                "三天内退款",
                "客服",
                Some("2026-03-04"),
                Some(PromiseState::Broken)
            )
        );
        assert_eq!(
            told("店长答应周五前补发,我先等着"),
            row("周五前补发", "店长", Some("2026-03-13"), None)
        );
        assert_eq!(
            told("师傅保证昨天上门,今天才来"),
            row("昨天上门", "师傅", Some("2026-03-10"), Some(PromiseState::Late))
        );
    }

    #[test]
    fn wishes_rules_and_own_words_are_no_promises() {
        for text in [
            "我保证不闹",
            "如果你们答应退款就好了",
            "听隔壁说你们三天内退款",
            "希望你们承诺三天内回复",
            "客服说是系统升级",
            "我们说周五之前不在家",
        ] {
            assert_eq!(told(text), [], "{text}");
        }
    }
}
