//! What conditions find in a conversation.

use std::collections::HashSet;

use domain::{
    Condition, Conversation, DeductionProof, Mode, Operator, Quote, Range, Review, Span, Turn, TurnReview,
    Vocabulary as _,
};
use regex::Regex;

/// Every place that a condition asks for.
pub(super) fn find(
    condition: &Condition,
    conversation: &Conversation,
    review: &Review,
) -> Vec<DeductionProof> {
    let places = places(&condition.range, conversation, review);
    let talk = Talk {
        conversation,
        review,
        places: &places,
    };
    match &condition.operator {
        Operator::Keywords(words, mode) => talk.keywords(words, *mode),
        Operator::Regex(pattern) => talk.regex(pattern, None),
        Operator::RegexBut(pattern, not) => talk.regex(pattern, Some(not)),
        Operator::Similar(phrases, least) => talk.similar(phrases, *least),
        Operator::Repeats(least, times) => talk.repeats(*least, *times),
        Operator::Silence(least) => talk.paced(|turn| turn.pace.silence_ms.is_some_and(|ms| ms >= *least)),
        Operator::Overlap(least) => talk.paced(|turn| turn.pace.overlap_ms.is_some_and(|ms| ms >= *least)),
        Operator::Faster(limit) => talk.paced(|turn| turn.pace.speed.is_some_and(|speed| speed > *limit)),
        Operator::Slower(limit) => talk.paced(|turn| turn.pace.speed.is_some_and(|speed| speed < *limit)),
        Operator::Turns(least) if places.len() >= *least as usize => {
            talk.paced(|_| true).into_iter().take(1).collect()
        }
        Operator::Turns(_) => Vec::new(),
        operator => talk.heard(operator),
    }
}

/// The turns in a range.
fn places(range: &Range, conversation: &Conversation, review: &Review) -> Vec<usize> {
    let read = conversation.turns.len().min(review.turns.len());
    let all: Vec<usize> = (0..read)
        .filter(|&place| {
            range
                .role
                .is_none_or(|role| conversation.turns[place].speaker == role)
        })
        .collect();
    let at = |place: i32| match place {
        1.. => place as usize - 1,
        _ => (all.len() as i64 + i64::from(place)).max(0) as usize,
    };
    let first = range.from.map_or(0, at);
    let last = range.to.map_or(all.len(), |to| at(to) + 1).min(all.len());
    all.get(first..last).unwrap_or_default().to_vec()
}

struct Talk<'t> {
    conversation: &'t Conversation,
    review: &'t Review,
    places: &'t [usize],
}

impl Talk<'_> {
    fn turn(&self, place: usize) -> &Turn {
        &self.conversation.turns[place]
    }

    fn whole(&self, place: usize) -> DeductionProof {
        let words = &self.turn(place).text;
        let end = words.chars().count() as u32;
        DeductionProof {
            turn: place,
            quote: Quote::of(words, Span { start: 0, end }),
        }
    }

    fn keywords(&self, words: &[String], mode: Mode) -> Vec<DeductionProof> {
        let found = |place: usize| -> Vec<Quote> {
            let text = &self.turn(place).text;
            words
                .iter()
                .filter_map(|word| quote_of(text, text.find(word.as_str())?, word.len()))
                .collect()
        };
        match mode {
            Mode::None => {
                let nowhere = self.places.iter().all(|&place| found(place).is_empty());
                let last = self.places.last().filter(|_| nowhere);
                last.map(|&turn| DeductionProof { turn, quote: None })
                    .into_iter()
                    .collect()
            }
            Mode::All | Mode::Any(_) => {
                let needed = match mode {
                    Mode::Any(least) => (least as usize).max(1),
                    _ => words.len().max(1),
                };
                let hits = self.places.iter().map(|&place| (place, found(place)));
                hits.filter(|(_, quotes)| quotes.len() >= needed)
                    .map(|(turn, quotes)| DeductionProof {
                        turn,
                        quote: quotes.into_iter().next(),
                    })
                    .collect()
            }
        }
    }

    fn regex(&self, pattern: &str, not: Option<&str>) -> Vec<DeductionProof> {
        let (Ok(regex), Ok(not)) = (Regex::new(pattern), not.map(Regex::new).transpose()) else {
            return Vec::new();
        };
        let hit = |&place: &usize| {
            let text = &self.turn(place).text;
            if not.as_ref().is_some_and(|not| not.is_match(text)) {
                return None;
            }
            let found = regex.find(text)?;
            Some(DeductionProof {
                turn: place,
                quote: quote_of(text, found.start(), found.len()),
            })
        };
        self.places.iter().filter_map(hit).collect()
    }

    fn similar(&self, phrases: &[String], least: f32) -> Vec<DeductionProof> {
        let like = |place: usize| {
            phrases
                .iter()
                .any(|phrase| likeness(phrase, &self.turn(place).text) >= least)
        };
        let hits = self.places.iter().filter(|&&place| like(place));
        hits.map(|&place| self.whole(place)).collect()
    }

    fn repeats(&self, least: f32, times: u32) -> Vec<DeductionProof> {
        let mut proofs = Vec::new();
        for (index, &place) in self.places.iter().enumerate() {
            let text = &self.turn(place).text;
            if text.chars().count() < 6 {
                continue;
            }
            let before = self.places[..index]
                .iter()
                .filter(|&&other| likeness(&self.turn(other).text, text) >= least);
            if before.count() + 1 >= times.max(2) as usize {
                proofs.push(self.whole(place));
            }
        }
        proofs
    }

    fn paced(&self, test: impl Fn(&TurnReview) -> bool) -> Vec<DeductionProof> {
        let hits = self
            .places
            .iter()
            .filter(|&&place| test(&self.review.turns[place]));
        hits.map(|&turn| DeductionProof { turn, quote: None }).collect()
    }

    /// What was read out of the turns.
    fn heard(&self, operator: &Operator) -> Vec<DeductionProof> {
        let whole = |holds: bool| {
            let last = self.places.last().filter(|_| holds);
            last.map(|&turn| DeductionProof { turn, quote: None })
                .into_iter()
                .collect()
        };
        match operator {
            Operator::Ran(course) => return whole(self.review.trajectory.course == *course),
            Operator::After(psychology) => return whole(self.review.psychology.0 == *psychology),
            _ => {}
        }
        let hit = |&place: &usize| {
            let quote = shown(operator, &self.review.turns[place])?;
            Some(match quote {
                Some(quote) => DeductionProof {
                    turn: place,
                    quote: Some(quote),
                },
                None => self.whole(place),
            })
        };
        let proofs: Vec<DeductionProof> = self.places.iter().filter_map(hit).collect();
        match operator {
            Operator::Act(_, times) if proofs.len() < *times as usize => Vec::new(),
            _ => proofs,
        }
    }
}

/// Whether a turn shows it, and the words that do.
fn shown(operator: &Operator, turn: &TurnReview) -> Option<Option<Quote>> {
    match operator {
        Operator::Act(act, _) => {
            let heard = turn.agent()?.acts.iter().find(|heard| heard.value == *act)?;
            Some(heard.quote.clone())
        }
        Operator::Fault(fault) => {
            let heard = turn.agent()?.faults.iter().find(|heard| heard.value == *fault)?;
            Some(heard.quote.clone())
        }
        Operator::Feeling(stage, height) => {
            let customer = turn.customer()?;
            let reached = customer.stage.value.index() >= stage.index() && customer.strength >= *height;
            reached.then(|| customer.stage.quote.clone())
        }
        Operator::Signal(signal) => {
            let heard = turn
                .customer()?
                .signals
                .iter()
                .find(|heard| heard.value == *signal)?;
            Some(heard.quote.clone())
        }
        _ => None,
    }
}

fn quote_of(text: &str, start: usize, length: usize) -> Option<Quote> {
    let from = text.get(..start)?.chars().count() as u32;
    let size = text.get(start..start + length)?.chars().count() as u32;
    Quote::of(
        text,
        Span {
            start: from,
            end: from + size,
        },
    )
}

/// The share of pairs of neighboring letters that two texts have in common (Dice), 0–1.
pub(super) fn likeness(one: &str, other: &str) -> f32 {
    let pairs = |text: &str| -> HashSet<(char, char)> {
        let letters: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
        letters.windows(2).map(|pair| (pair[0], pair[1])).collect()
    };
    let (one, other) = (pairs(one), pairs(other));
    let common = one.intersection(&other).count() as f32;
    let all = (one.len() + other.len()) as f32;
    if all == 0.0 { 0.0 } else { 2.0 * common / all }
}
