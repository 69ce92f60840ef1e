//! The next best action while a conversation runs (B5): rules over what was heard so far, filled with the facts of the
//! case. Silent when there is nothing useful to say.

use domain::{
    Advice, AdviceReason, AgentAct, AgentFault, AgentTurn, Analysis, Bilingual, Conversation, CustomerTurn,
    EmotionStage, Psychology, Review, Role, Situation, Speaker, TalkSignal, ThreeChange, Vocabulary,
};
use serde::Deserialize;

use crate::error::PlaybookError;
use crate::load::parse;
use crate::template::{Facts, Phrase};
use crate::wording::Wording;

const FILE: &str = "coach.toml";
/// Most phrases shown.
const MOST_PHRASES: usize = 3;
/// From this height (0–3) a feeling is strong.
const STRONG: f32 = 1.4;
/// So many of the customer's turns without relief are a standstill.
const STANDSTILL: usize = 4;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    rule: Vec<RuleRow>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleRow {
    id: String,
    after: String,
    when: String,
    #[serde(default)]
    change: bool,
    bring_in: Option<String>,
    zh: String,
    en: String,
    dont_zh: String,
    dont_en: String,
    seen_zh: String,
    seen_en: String,
    phrase: Vec<PhraseRow>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PhraseRow {
    zh: String,
    en: String,
}

/// A question about the conversation so far.
type Sign = fn(&SoFar<'_>) -> bool;

/// What a rule asks of the conversation so far.
const SIGNS: [(&str, Sign); 19] = [
    ("safety", |so_far| so_far.says(TalkSignal::Safety)),
    ("revenge", |so_far| so_far.psychology() == Psychology::Revenge),
    ("strong", |so_far| so_far.height() >= STRONG),
    ("upset", |so_far| so_far.height() >= 0.8),
    ("stirred", |so_far| so_far.stirred()),
    ("stuck", |so_far| so_far.stuck()),
    ("superior", |so_far| so_far.says(TalkSignal::Superior)),
    ("contradiction", |so_far| {
        so_far.upset_by(TalkSignal::Contradiction)
    }),
    ("unheard", |so_far| so_far.upset_by(TalkSignal::Unheard)),
    ("soothed", |so_far| so_far.soothed()),
    ("sorry_twice", |so_far| so_far.times(AgentAct::Apologize) >= 2),
    ("early", |so_far| so_far.agents.len() < 3),
    ("asked", |so_far| so_far.times(AgentAct::Ask) > 0),
    ("demand", |so_far| {
        so_far
            .customers
            .last()
            .is_some_and(|turn| !turn.demands.is_empty())
    }),
    ("known", |so_far| {
        so_far.times(AgentAct::Ask) > 0 || so_far.customers.len() >= 3
    }),
    ("proposed", |so_far| so_far.times(AgentAct::Propose) > 0),
    ("dated", |so_far| so_far.times(AgentAct::Commit) > 0),
    ("followed", |so_far| so_far.times(AgentAct::FollowUp) > 0),
    ("eased", |so_far| so_far.eased()),
];

/// A sign and whether it must hold.
type Asked = (Sign, bool);

/// One rule of the coach.
#[derive(Clone, Debug)]
pub(crate) struct CoachRule {
    id: String,
    after: Speaker,
    when: String,
    asked: Vec<Asked>,
    change: bool,
    bring_in: Option<Role>,
    act: Bilingual,
    dont: Bilingual,
    seen: Bilingual,
    phrases: Vec<Phrase>,
}

impl CoachRule {
    /// The name of the rule, and everything it says and asks for, for telling whether it was changed.
    pub(crate) fn told(&self) -> (&str, &Bilingual, String) {
        let (after, bring_in, dont, seen) = (&self.after, &self.bring_in, &self.dont, &self.seen);
        let whole = format!(
            "{after:?} {bring_in:?} {dont:?} {seen:?} {} {:?}",
            self.change, self.phrases
        );
        (&self.id, &self.act, format!("{whole} {:?}", self.when))
    }
}

/// Reads `coach.toml`.
pub(crate) fn load_coach(source: &str) -> Result<Vec<CoachRule>, PlaybookError> {
    parse::<File>(FILE, source)?.rule.into_iter().map(read).collect()
}

fn read(row: RuleRow) -> Result<CoachRule, PlaybookError> {
    let error = |problem: String| PlaybookError::content(FILE, row.id.clone(), problem);
    let speaker = Speaker::from_key(&row.after).ok_or_else(|| error("`after` is no speaker".to_owned()))?;
    let asked: Result<Vec<Asked>, String> = row.when.split("&&").map(|sign| asked_of(sign.trim())).collect();
    let bring_in = match &row.bring_in {
        Some(role) => Some(Role::from_key(role).ok_or_else(|| error("`bring_in` is no role".to_owned()))?),
        None => None,
    };
    let phrases: Result<Vec<Phrase>, String> = row
        .phrase
        .iter()
        .map(|phrase| Phrase::parse(&phrase.zh, &phrase.en))
        .collect();
    Ok(CoachRule {
        asked: asked.map_err(error)?,
        phrases: phrases.map_err(error)?,
        id: row.id,
        when: row.when,
        after: speaker,
        change: row.change,
        bring_in,
        act: Bilingual::new(row.zh, row.en),
        dont: Bilingual::new(row.dont_zh, row.dont_en),
        seen: Bilingual::new(row.seen_zh, row.seen_en),
    })
}

fn asked_of(sign: &str) -> Result<Asked, String> {
    let (name, wanted) = match sign.strip_prefix('!') {
        Some(name) => (name, false),
        None => (sign, true),
    };
    let known = SIGNS.iter().find(|(known, _)| *known == name);
    known
        .map(|(_, test)| (*test, wanted))
        .ok_or_else(|| format!("`{name}` is no sign"))
}

/// The conversation up to its newest turn.
struct SoFar<'r> {
    customers: Vec<&'r CustomerTurn>,
    agents: Vec<&'r AgentTurn>,
    review: &'r Review,
    newest: usize,
}

impl<'r> SoFar<'r> {
    fn of(conversation: &Conversation, review: &'r Review) -> Option<Self> {
        let read = review.turns.len().min(conversation.turns.len());
        let newest = (0..read).rev().find(|&place| {
            review.turns[place].customer().is_some() || review.turns[place].agent().is_some()
        })?;
        Some(Self {
            customers: review.turns.iter().filter_map(|turn| turn.customer()).collect(),
            agents: review.turns.iter().filter_map(|turn| turn.agent()).collect(),
            review,
            newest,
        })
    }

    fn height(&self) -> f32 {
        self.customers.last().map_or(0.0, |turn| turn.strength)
    }

    fn psychology(&self) -> Psychology {
        self.review.psychology.0
    }

    fn says(&self, signal: TalkSignal) -> bool {
        self.customers
            .last()
            .is_some_and(|turn| turn.signals.iter().any(|heard| heard.value == signal))
    }

    fn upset_by(&self, signal: TalkSignal) -> bool {
        self.says(signal) && self.height() >= 0.8 && !self.agents.is_empty()
    }

    fn times(&self, act: AgentAct) -> usize {
        self.agents.iter().filter(|turn| turn.does(act)).count()
    }

    fn stirred(&self) -> bool {
        let stirs = [AgentFault::Provoke, AgentFault::Argue, AgentFault::Interrupt];
        self.agents
            .last()
            .is_some_and(|turn| stirs.into_iter().any(|fault| turn.errs(fault)))
    }

    /// The last answer of the agent met the feeling.
    fn soothed(&self) -> bool {
        self.agents
            .last()
            .is_some_and(|turn| turn.does(AgentAct::Empathize) || turn.does(AgentAct::Apologize))
    }

    /// Strong through several turns, and no lower than before.
    fn stuck(&self) -> bool {
        let heights: Vec<f32> = self
            .customers
            .iter()
            .rev()
            .take(STANDSTILL)
            .map(|turn| turn.strength)
            .collect();
        let given_up = self
            .customers
            .last()
            .is_some_and(|turn| turn.stage.value == EmotionStage::Despair);
        let standing = heights.len() == STANDSTILL
            && heights.iter().all(|height| *height >= 1.2)
            && heights[0] >= heights[STANDSTILL - 1] - 0.2;
        standing || (given_up && self.agents.len() >= 2)
    }

    fn eased(&self) -> bool {
        let top = self
            .customers
            .iter()
            .map(|turn| turn.strength)
            .fold(0.0, f32::max);
        top >= 1.0 && self.height() <= top - 0.6 && self.height() < 0.9
    }
}

/// What to do after the newest turn; nothing when there is nothing useful to say.
pub(crate) fn advise(
    rules: &[CoachRule],
    wording: &Wording,
    talk: (&Conversation, &Review),
    analysis: &Analysis,
    facts: &Facts,
    situation: &Situation,
) -> Option<Advice> {
    let (conversation, review) = talk;
    let so_far = SoFar::of(conversation, review)?;
    let speaker = conversation.turns.get(so_far.newest)?.speaker;
    let rule = rules.iter().find(|rule| {
        rule.after == speaker && rule.asked.iter().all(|(test, wanted)| test(&so_far) == *wanted)
    })?;
    let quote = quote_of(&so_far);
    let said_back = quote.as_ref().map(domain::Quote::words);
    let said_back = said_back
        .filter(|words| wording.may_be_said_back(words))
        .map(|words| Bilingual::new(words, words));
    let phrases = rule
        .phrases
        .iter()
        .filter_map(|phrase| phrase.fill(facts, said_back.as_ref()));
    let open = |change: &&ThreeChange| !situation.changes_made.contains(change);
    let danger = analysis
        .risks
        .iter()
        .any(|risk| risk.value() == domain::Risk::Safety);
    Some(Advice {
        after: so_far.newest,
        rule: rule.id.clone(),
        act: rule.act.clone(),
        dont: rule.dont.clone(),
        phrases: phrases.take(MOST_PHRASES).collect(),
        because: vec![AdviceReason {
            turn: so_far.newest,
            seen: rule.seen.clone(),
            quote,
        }],
        change: rule
            .change
            .then(|| ThreeChange::ALL.iter().find(open).copied())
            .flatten(),
        bring_in: rule.bring_in.or(danger.then_some(Role::Supervisor)),
    })
}

/// The words of the newest turn that say most.
fn quote_of(so_far: &SoFar<'_>) -> Option<domain::Quote> {
    let turn = &so_far.review.turns[so_far.newest];
    if let Some(customer) = turn.customer() {
        let signal = customer.signals.iter().find_map(|heard| heard.quote.clone());
        return customer.stage.quote.clone().or(signal);
    }
    turn.agent()?.faults.first()?.quote.clone()
}
