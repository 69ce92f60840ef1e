//! What a text claims and what takes it back, told by what is said of which matter and not by one wording: a claim has
//! a side, and words of negation turn it.

use std::collections::BTreeSet;

use domain::Span;
use serde::Deserialize;

use crate::clause::{Clause, clauses, occurrences};
use crate::contradict::Turned;
use crate::outgoing::Outgoing;

/// The words behind this check, as `taboo.toml` keeps them; texts of older releases have none.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct ClaimWords {
    /// Words that turn what follows them.
    pub(crate) not: Vec<String>,
    /// Words that say that something has not happened so far.
    yet: Vec<String>,
    /// Words that look like a negation and are none.
    pub(crate) idle: Vec<String>,
    /// Words right behind a verb that turn it.
    behind: Vec<String>,
    /// Words that turn the whole rest of their clause.
    far: Vec<String>,
    /// Words at which a negation ends.
    until: Vec<String>,
    /// Words that say that something has happened.
    done: Vec<String>,
    /// Words of a clause that asks, supposes or tells what the customer thinks.
    asked: Vec<String>,
    /// Words right behind a claim that make a time or a condition of it.
    after: Vec<String>,
    /// Words of whoever says openly that an earlier word was wrong.
    corrected: Vec<String>,
    /// Characters and English words that carry no matter.
    plain: Vec<String>,
    /// The claims.
    row: Vec<ClaimRow>,
}

/// One claim: the words of its two sides; `*` in a word stands for up to twelve characters.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct ClaimRow {
    yes: Vec<String>,
    #[serde(default)]
    no: Vec<String>,
    /// Longer words that hold one of the others and mean something else.
    #[serde(default)]
    but: Vec<String>,
    /// Whether it is a thing done, so that “not” may mean “not yet”.
    #[serde(default)]
    act: bool,
    /// Whether it is claimed of one thing only, whatever stands before it.
    #[serde(default)]
    any: bool,
    /// Whether the second side is a gift: who grants it after all takes nothing back.
    #[serde(default)]
    gift: bool,
}

/// Which side a claim takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Yes,
    No,
    Done,
    NotYet,
}

/// One claim made.
#[derive(Clone, Debug)]
struct Claim {
    row: usize,
    side: Side,
    span: Span,
    /// What it is said of.
    matter: BTreeSet<String>,
    clause: String,
}

/// How far a word of negation reaches, in characters; letters are shorter than Han characters.
const REACH: usize = 6;
const REACH_OF_LETTERS: usize = 24;
/// How far a `*` reaches, in characters.
const GAP: usize = 12;

impl Side {
    /// Whether `now` takes back what was said; a thing that was not done so far may have been done since.
    fn is_turned_by(self, now: Self, binding: bool) -> bool {
        match (self, now) {
            (Self::Yes | Self::Done, Self::No) | (Self::No, Self::Yes | Self::Done) => true,
            (Self::Done, Self::NotYet) => true,
            (Self::NotYet, Self::Done) => binding,
            _ => false,
        }
    }

    fn turned(self) -> Self {
        match self {
            Self::Yes | Self::Done => Self::No,
            Self::No | Self::NotYet => Self::Yes,
        }
    }
}

impl ClaimWords {
    /// Every list of words with the name of its place.
    pub(crate) fn lists(&self) -> Vec<(String, &[String])> {
        let mut lists: Vec<(String, &[String])> = Vec::new();
        for (number, row) in self.row.iter().enumerate() {
            lists.push((format!("claim.row {}, yes", number + 1), &row.yes));
            if !row.no.is_empty() {
                lists.push((format!("claim.row {}, no", number + 1), &row.no));
            }
        }
        lists
    }

    /// Where a message takes back what was claimed before; both in lower case.
    pub(crate) fn turned(&self, outgoing: &Outgoing<'_>, earlier: &str, binding: bool) -> Vec<Turned> {
        let corrects = |word: &String| outgoing.lower.contains(word.as_str());
        if !binding && self.corrected.iter().any(corrects) {
            return Vec::new();
        }
        let (then, now) = (self.claims(earlier), self.claims(&outgoing.lower));
        let now: Vec<Claim> = now
            .into_iter()
            .filter(|claim| !outgoing.is_quoted(claim.span))
            .collect();
        let mut turned = Vec::new();
        for one in &now {
            let row = &self.row[one.row];
            if row.gift && !binding && one.side == Side::No {
                continue;
            }
            let same =
                |said: &&Claim| said.row == one.row && (row.any || is_one_matter(&said.matter, &one.matter));
            let against = |said: &&Claim| said.side.is_turned_by(one.side, binding);
            let other = then.iter().filter(same).find(against);
            // A text that says both weighs one against the other and is no plain word either way.
            let weighed = then.iter().filter(same).any(|said| !against(&said))
                || other.is_some_and(|said| {
                    let kept = |one: &&Claim| !said.side.is_turned_by(one.side, binding);
                    now.iter().filter(|one| one.row == said.row).any(|one| kept(&one))
                });
            if let (Some(said), false) = (other, weighed) {
                turned.push(Turned {
                    span: one.span,
                    before: said.clause.clone(),
                });
            }
        }
        turned
    }

    fn claims(&self, text: &str) -> Vec<Claim> {
        let mut claims = Vec::new();
        let all = clauses(text);
        for clause in all.iter().filter(|clause| !self.is_open(clause)) {
            let negations = self.negations(clause);
            for (number, row) in self.row.iter().enumerate() {
                for (place, side) in row.places(clause) {
                    if let Some((side, start, end)) = self.side(row, clause, &negations, &place, side) {
                        claims.push(Claim {
                            row: number,
                            side,
                            span: clause.span(start, end),
                            matter: self.matter(clause, &place),
                            clause: clause.text().trim().to_owned(),
                        });
                    }
                }
            }
        }
        claims
    }

    fn is_open(&self, clause: &Clause) -> bool {
        clause.asks || clause.has_any(&self.asked)
    }

    /// The places of the words that turn something, and whether each means “not yet”.
    fn negations(&self, clause: &Clause) -> Vec<Negation> {
        let idle = clause.find(&self.idle);
        let taken = |start: usize, end: usize| idle.iter().any(|one| one.0 < end && start < one.1);
        let mut found: Vec<Negation> = Vec::new();
        let not = clause.find(&self.not).into_iter().map(|one| (one, false));
        let yet = clause.find(&self.yet).into_iter().map(|one| (one, true));
        for ((start, end), yet) in not.chain(yet) {
            if !taken(start, end) {
                found.push(Negation { start, end, yet });
            }
        }
        // The longest word at a place counts.
        found.sort_by_key(|one| (one.start, std::cmp::Reverse(one.end)));
        let mut kept: Vec<Negation> = Vec::new();
        for one in found {
            if kept.last().is_none_or(|last| last.end <= one.start) {
                kept.push(one);
            }
        }
        kept
    }

    /// The side a place takes when the negations around it are counted, and where its words begin and end with them;
    /// none where it is a time or a condition.
    fn side(
        &self,
        row: &ClaimRow,
        clause: &Clause,
        negations: &[Negation],
        place: &Place,
        side: Side,
    ) -> Option<(Side, usize, usize)> {
        if clause.word_at(place.end, &self.after) > 0 {
            return None;
        }
        let reaching: Vec<&Negation> = negations
            .iter()
            .filter(|one| place.is_turned_by(one, self.reaches(clause, one, place)))
            .collect();
        let far = clause.find(&self.far);
        let far = far.iter().filter(|one| one.1 <= place.start).count();
        let behind = clause.word_at(place.end, &self.behind);
        let turns = reaching.len() + far + usize::from(behind > 0);
        let start = reaching.iter().map(|one| one.start).min().unwrap_or(place.start);
        let (start, end) = (start.min(place.start), place.end + behind);
        if turns % 2 == 1 {
            let yet = row.act && reaching.len() == 1 && reaching[0].yet;
            let not_yet = yet && side == Side::Yes;
            return Some((if not_yet { Side::NotYet } else { side.turned() }, start, end));
        }
        let done = row.act && side == Side::Yes && turns == 0 && clause.has_any(&self.done);
        Some((if done { Side::Done } else { side }, start, end))
    }

    fn reaches(&self, clause: &Clause, negation: &Negation, place: &Place) -> bool {
        if negation.end > place.start {
            return false;
        }
        let between = clause.slice(negation.end, place.start);
        let letters = between.iter().any(char::is_ascii_alphabetic);
        let reach = if letters { REACH_OF_LETTERS } else { REACH };
        let between: String = between.iter().collect();
        between.chars().count() <= reach && !self.until.iter().any(|word| between.contains(word.as_str()))
    }

    /// The Han characters and the words before a place that are neither negation nor filling.
    fn matter(&self, clause: &Clause, place: &Place) -> BTreeSet<String> {
        let mut before: String = clause.slice(0, place.start).iter().collect();
        let fillings = [&self.not, &self.yet, &self.far, &self.done, &self.plain];
        let mut words: Vec<&String> = fillings.into_iter().flatten().collect();
        words.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
        for word in words {
            if word.chars().all(|c| !c.is_ascii_alphabetic()) {
                before = before.replace(word.as_str(), " ");
            }
        }
        let letters = before.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| {
            let known = |plain: &String| plain.trim() == *word;
            word.len() > 2 && !self.plain.iter().any(known)
        });
        let han = before
            .chars()
            .filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c))
            .map(String::from);
        letters.map(str::to_owned).chain(han).collect()
    }
}

/// A word that turns something.
#[derive(Clone, Copy, Debug)]
struct Negation {
    start: usize,
    end: usize,
    yet: bool,
}

/// Where a word of a claim stands in its clause; the characters of a `*` lie between its parts.
#[derive(Clone, Debug)]
struct Place {
    start: usize,
    end: usize,
    gap: Option<(usize, usize)>,
}

impl Place {
    /// A negation counts before the place when it reaches, and inside its gap.
    fn is_turned_by(&self, negation: &Negation, reaches: bool) -> bool {
        let inside = |gap: (usize, usize)| gap.0 <= negation.start && negation.end <= gap.1;
        reaches || self.gap.is_some_and(inside)
    }
}

impl ClaimRow {
    /// Every place where one side is named, the longest word first; places do not overlap.
    fn places(&self, clause: &Clause) -> Vec<(Place, Side)> {
        let other = clause.find(&self.but);
        let mut found: Vec<(Place, Side)> = Vec::new();
        for (words, side) in [(&self.yes, Side::Yes), (&self.no, Side::No)] {
            for word in words {
                found.extend(places_of(clause, word).into_iter().map(|place| (place, side)));
            }
        }
        let free = |place: &Place| !other.iter().any(|one| one.0 <= place.start && place.end <= one.1);
        found.retain(|(place, _)| free(place));
        found.sort_by_key(|(place, _)| std::cmp::Reverse(place.end - place.start));
        let mut kept: Vec<(Place, Side)> = Vec::new();
        for (place, side) in found {
            let apart = |one: &(Place, Side)| one.0.end <= place.start || place.end <= one.0.start;
            if kept.iter().all(apart) {
                kept.push((place, side));
            }
        }
        kept
    }
}

fn places_of(clause: &Clause, word: &str) -> Vec<Place> {
    let Some((first, second)) = word.split_once('*') else {
        let found = clause.find(&[word.to_owned()]).into_iter();
        return found
            .map(|(start, end)| Place {
                start,
                end,
                gap: None,
            })
            .collect();
    };
    let second: Vec<char> = second.chars().collect();
    let mut places = Vec::new();
    for (start, middle) in clause.find(&[first.to_owned()]) {
        let rest = clause.slice(middle, clause.len());
        if let Some(at) = occurrences(rest, &second).into_iter().find(|at| *at <= GAP) {
            places.push(Place {
                start,
                end: middle + at + second.len(),
                gap: Some((middle, middle + at)),
            });
        }
    }
    places
}

/// Two claims are of one matter unless both name one and the names share nothing.
fn is_one_matter(one: &BTreeSet<String>, other: &BTreeSet<String>) -> bool {
    one.is_empty() || other.is_empty() || !one.is_disjoint(other)
}
