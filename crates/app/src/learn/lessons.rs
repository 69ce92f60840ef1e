//! Lessons (F4): claims of the trade put to the test, suggestions as opportunities, faults worth practicing.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};

use domain::{AgentFault, Channel, EmotionStage, Language, Motive, Outcome, Temperament, Vocabulary};
use insight::{
    DAY_MS, Estimate,
    causes::{PhraseOptions, distinguish},
    claims::{Claim, TestedClaim, test_claims},
    training::{Practice, find_needs},
};
use store::{CaseFact, TalksOf};
use wire::insight::{
    CaseLink, Period,
    lessons::{ClaimTest, Lessons, Opportunity, TrainingNeed},
};

use super::{
    facts::{Facts, topic_name},
    kept::compute,
    quotes::Quoter,
    show::{count, figure, letter, moment, pick},
};
use crate::{App, AppError, Caller, Verb, hearing::HeardTalk, limits, permission};

/// The most products or subjects shown.
const OPPORTUNITIES: usize = 12;
/// Words shown of one.
const WORDS: usize = 4;
/// Cases quoted of one.
const QUOTED: usize = 2;
/// The most needs shown.
const NEEDS: usize = 20;
/// Conversations named as examples.
const EXAMPLES: usize = 3;

/// Suggestions about one thing: its dimension, its key or name, the places of the cases.
type Group = (&'static str, String, Vec<usize>);

impl App {
    /// What the cases of a period and the newest conversations teach.
    pub async fn lessons(
        &self,
        caller: &Caller,
        period: Period,
        language: Language,
    ) -> Result<Arc<Lessons>, AppError> {
        permission::require(caller.role, Verb::ReadLessons)?;
        let key = format!("lessons {period:?} {}", letter(language));
        self.learn(key, move |app| app.find_lessons(period, language))
            .await
    }

    async fn find_lessons(self, period: Period, language: Language) -> Result<Lessons, AppError> {
        let facts = self.facts(period).await?;
        let read = facts.clone();
        let (claims, groups) =
            compute(move || (test_claims(&claims_of(&read.cases)), groups_of(&read))).await?;
        let quoted = groups
            .iter()
            .flat_map(|(_, _, places)| places.iter().take(QUOTED));
        let numbers: Vec<&str> = quoted.map(|place| facts.cases[*place].number.as_str()).collect();
        let quoter = self.quoter(&facts, numbers).await?;
        let talks = self.heard_lately().await?;
        let teams = self.teams_of(&talks).await?;
        let mut training = needs_of("agent", &talks, language, |talk| {
            talk.talk.conversation.agent.as_deref()
        });
        training.extend(needs_of("team", &talks, language, |talk| {
            let case = talk.talk.conversation.case.as_ref()?;
            teams.get(&case.0).map(String::as_str)
        }));
        training.sort_by(|a, b| b.gain.total_cmp(&a.gain));
        training.truncate(NEEDS);
        Ok(Lessons {
            cut: facts.cut,
            made_at: moment(self.now()),
            complaints: count(facts.cases.len()),
            conversations: count(talks.len()),
            claims: claims
                .iter()
                .map(|one| show_claim(one, period, language))
                .collect(),
            opportunities: groups
                .iter()
                .map(|group| show_group(group, &groups, &facts, &quoter, (period, language)))
                .collect(),
            training,
        })
    }

    /// The newest conversations, heard.
    async fn heard_lately(&self) -> Result<Vec<Arc<HeardTalk>>, AppError> {
        let mut heard = Vec::new();
        for talk in self
            .store()
            .talks(TalksOf::Everybody, limits::CONVERSATIONS)
            .await?
        {
            heard.push(self.hear_talk(talk, false).await?);
        }
        Ok(heard)
    }

    /// The team of each case that a conversation is about, by the case's identity.
    async fn teams_of(&self, talks: &[Arc<HeardTalk>]) -> Result<HashMap<String, String>, AppError> {
        let mut teams = HashMap::new();
        for talk in talks {
            let Some(case) = &talk.talk.conversation.case else {
                continue;
            };
            if let Ok(found) = self.find_case(&case.0).await
                && let Some(team) = found.matter.team
            {
                teams.insert(case.0.clone(), team);
            }
        }
        Ok(teams)
    }
}

/// The claims as counts. People are counted by their last case of the period, cases without a verdict of the customer
/// by nothing.
fn claims_of(cases: &[CaseFact]) -> Vec<Claim> {
    let mut people: BTreeMap<&str, (usize, Option<Temperament>)> = BTreeMap::new();
    for case in cases {
        if let Some(customer) = &case.customer {
            let known = people.entry(&customer.0).or_default();
            known.0 += 1;
            known.1 = known.1.or(case.heard.temperament);
        }
    }
    let lively =
        |temperament: &Temperament| matches!(temperament, Temperament::Choleric | Temperament::Sanguine);
    let known = people
        .values()
        .filter_map(|(times, temperament)| Some((*times, (*temperament)?)));
    let judged = || {
        cases
            .iter()
            .filter(|case| matches!(case.outcome, Some(end) if end != Outcome::Unknown))
    };
    let heated = |case: &CaseFact| {
        let stage = case.heard.emotion?;
        Some(matches!(stage, EmotionStage::Angry | EmotionStage::Despair))
    };
    let below = |case: &CaseFact| case.outcome == Some(Outcome::Below);
    vec![
        tally(
            "repeat_temperament",
            known.map(|(times, temperament)| (times > 1, lively(&temperament))),
        ),
        tally(
            "fast_answer",
            judged().map(|case| {
                let fast = case.first_response_ms.is_some_and(|ms| ms <= DAY_MS);
                (fast, !below(case))
            }),
        ),
        tally(
            "anger_unhappy",
            judged().filter_map(|case| Some((heated(case)?, below(case)))),
        ),
        tally(
            "phone_anger",
            cases
                .iter()
                .filter_map(|case| Some((case.channel == Channel::Phone, heated(case)?))),
        ),
    ]
}

/// The filters that show both sides of a claim; none where no filter tells them apart.
fn sides_of(claim: &str, period: Period) -> [Option<CaseLink>; 2] {
    let heated = |stage: &EmotionStage| matches!(stage, EmotionStage::Angry | EmotionStage::Despair);
    let emotions = |wanted| ("emotion", keys_of(|stage: &EmotionStage| heated(stage) == wanted));
    let judged = ("outcome", keys_of(|end: &Outcome| *end != Outcome::Unknown));
    let phone = |wanted| {
        (
            "channel",
            keys_of(|channel: &Channel| (*channel == Channel::Phone) == wanted),
        )
    };
    let side = |wanted| -> Option<Vec<(&str, String)>> {
        match claim {
            "anger_unhappy" => Some(vec![emotions(wanted), judged.clone()]),
            "phone_anger" => Some(vec![phone(wanted)]),
            _ => None,
        }
    };
    [true, false].map(|wanted| {
        let filters = side(wanted)?.into_iter();
        let filters = filters.map(|(name, keys)| (name.to_owned(), keys));
        Some(period.link().into_iter().chain(filters).collect())
    })
}

/// The keys of the values that are meant, as a filter takes them.
fn keys_of<V: Vocabulary>(is_meant: impl Fn(&V) -> bool) -> String {
    let meant = V::ALL.iter().filter(|value| is_meant(value));
    let keys: Vec<&str> = meant.map(|value| value.key()).collect();
    keys.join(",")
}

/// Counts pairs of "spoken of by the claim" and "shows the trait".
fn tally(name: &'static str, pairs: impl Iterator<Item = (bool, bool)>) -> Claim {
    let mut claim = Claim {
        name,
        here: (0, 0),
        there: (0, 0),
    };
    for (meant, shows) in pairs {
        let side = if meant { &mut claim.here } else { &mut claim.there };
        side.0 += usize::from(shows);
        side.1 += 1;
    }
    claim
}

/// The suggestions by product, or by subject where no product is named; most frequent first.
fn groups_of(facts: &Facts) -> Vec<Group> {
    let mut groups: BTreeMap<(&'static str, String), Vec<usize>> = BTreeMap::new();
    for (place, case) in facts
        .cases
        .iter()
        .enumerate()
        .filter(|(_, case)| case.heard.suggests)
    {
        let group = match (&case.product, case.topic) {
            (Some(product), _) => ("product", product.clone()),
            (None, Some(topic)) => ("topic", topic.key().to_owned()),
            (None, None) => continue,
        };
        groups.entry(group).or_default().push(place);
    }
    let mut groups: Vec<Group> = groups
        .into_iter()
        .map(|((dimension, name), places)| (dimension, name, places))
        .collect();
    groups.sort_by_key(|(_, _, places)| std::cmp::Reverse(places.len()));
    groups.truncate(OPPORTUNITIES);
    groups
}

fn show_group(
    group: &Group,
    all: &[Group],
    facts: &Facts,
    quoter: &Quoter<'_>,
    (period, language): (Period, Language),
) -> Opportunity {
    let (dimension, value, places) = group;
    let is_alike = |case: &&CaseFact| match *dimension {
        "product" => case.product.as_ref() == Some(value),
        _ => case.topic.is_some_and(|topic| topic.key() == value),
    };
    let customers: HashSet<&str> = places
        .iter()
        .map(|place| &facts.cases[*place])
        .map(|case| {
            case.customer
                .as_ref()
                .map_or(case.number.as_str(), |customer| customer.0.as_str())
        })
        .collect();
    let topic = facts.cases[places[0]].topic.filter(|_| *dimension == "topic");
    let mut cases = period.link();
    cases.insert((*dimension).to_owned(), value.clone());
    cases.insert("motive".to_owned(), Motive::Suggestion.key().to_owned());
    Opportunity {
        dimension: (*dimension).to_owned(),
        name: topic
            .map_or(value.as_str(), |topic| topic_name(topic, language))
            .to_owned(),
        count: count(places.len()),
        customers: count(customers.len()),
        share: figure(
            &Estimate::share(places.len(), facts.cases.iter().filter(is_alike).count()),
            language,
        ),
        words: words_of(group, all, facts),
        typical: places
            .iter()
            .take(QUOTED)
            .filter_map(|place| quoter.case(&facts.cases[*place].number))
            .collect(),
        cases,
    }
}

/// Words that set the suggestions of a group apart from those of the others.
fn words_of(group: &Group, all: &[Group], facts: &Facts) -> Vec<String> {
    let words = |places: &[usize]| -> Vec<&str> {
        places
            .iter()
            .map(|place| facts.cases[*place].text.as_str())
            .collect()
    };
    let others = all.iter().filter(|other| other.1 != group.1);
    let there: Vec<&str> = others.flat_map(|other| words(&other.2)).collect();
    let options = PhraseOptions {
        most: WORDS,
        ..PhraseOptions::default()
    };
    let found = distinguish(&words(&group.2), &there, &options).unwrap_or_default();
    found.into_iter().map(|phrase| phrase.words).collect()
}

fn show_claim(tested: &TestedClaim, period: Period, language: Language) -> ClaimTest {
    let [here_cases, there_cases] = sides_of(tested.claim.name, period);
    ClaimTest {
        key: tested.claim.name.to_owned(),
        verdict: tested.verdict.key().to_owned(),
        here_of: count(tested.claim.here.1),
        there_of: count(tested.claim.there.1),
        here_cases,
        there_cases,
        here: figure(&tested.here, language),
        there: figure(&tested.there, language),
        difference: figure(&tested.difference, language),
        corrected_p: tested.corrected_p,
    }
}

fn needs_of<'t>(
    kind: &str,
    talks: &'t [Arc<HeardTalk>],
    language: Language,
    group: impl Fn(&'t HeardTalk) -> Option<&'t str>,
) -> Vec<TrainingNeed> {
    let grouped: Vec<(&HeardTalk, &str)> = talks
        .iter()
        .filter_map(|talk| Some((talk.as_ref(), group(talk)?)))
        .collect();
    let practices: Vec<Practice<'_>> = grouped
        .iter()
        .map(|(talk, group)| Practice {
            group,
            habits: faults_of(talk),
        })
        .collect();
    let found = find_needs(&practices).into_iter().filter_map(|need| {
        let fault = AgentFault::from_key(&need.habit)?;
        let examples = need.examples.iter().take(EXAMPLES);
        Some(TrainingNeed {
            kind: kind.to_owned(),
            name: need.group,
            fault: need.habit,
            fault_name: pick(language, fault.entry().zh, fault.entry().en),
            of: count(need.of),
            shown: count(need.shown),
            share: figure(&need.share, language),
            usual: need.usual,
            gain: need.gain,
            examples: examples
                .map(|place| grouped[*place].0.talk.conversation.id.clone())
                .collect(),
        })
    });
    found.collect()
}

/// The faults heard in a conversation, each once.
fn faults_of(talk: &HeardTalk) -> Vec<&'static str> {
    let turns = talk.review.turns.iter().filter_map(|turn| turn.agent());
    let faults: HashSet<&'static str> = turns
        .flat_map(|turn| turn.faults.iter().map(|fault| fault.value.key()))
        .collect();
    let mut faults: Vec<&'static str> = faults.into_iter().collect();
    faults.sort_unstable();
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_claim_is_counted_on_both_sides() {
        let pairs = [
            (true, true),
            (true, false),
            (false, true),
            (false, false),
            (false, false),
        ];
        let claim = tally("x", pairs.into_iter());
        assert_eq!((claim.here, claim.there), ((1, 2), (1, 3)));
    }
}
