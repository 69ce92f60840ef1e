//! What the conversations on file say of agents and of the rules of inspection.

use std::collections::BTreeMap;

use domain::{AgentAct, Course, Language, Role, Vocabulary};
use store::{Appeal, TalksOf};
use wire::conversation::{AgentRow, AgentWeakness, ConversationPage, RuleRow};

use crate::{
    App, AppError, Caller, Verb,
    conversation::{Inspected, row_of, take_back},
    limits, permission,
};

/// Strengths and weaknesses shown of an agent.
const MOST_SHOWN: usize = 3;

impl App {
    /// The newest conversations, of one agent or about one case when named, with agents, rules and what a person should read again.
    pub async fn list_talks(
        &self,
        caller: &Caller,
        agent: Option<&str>,
        case: Option<&str>,
        language: Language,
    ) -> Result<ConversationPage, AppError> {
        permission::require(caller.role, Verb::ListConversations)?;
        let case = match case {
            Some(name) => Some(self.find_case(name).await?.id),
            None => None,
        };
        let which = match (&case, agent) {
            (Some(case), _) => TalksOf::Case(case),
            // Marks are between the agent and those who teach: an agent is shown no colleague's.
            (None, _) if caller.role == Role::Agent => TalksOf::Agent(&caller.person.name),
            (None, Some(agent)) => TalksOf::Agent(agent),
            (None, None) => TalksOf::Everybody,
        };
        let talks = self.store().talks(which, limits::CONVERSATIONS).await?;
        let appeals = self.store().appeals(None, limits::APPEALS).await?;
        let rubric = self.rubric();
        let mut inspected = Vec::with_capacity(talks.len());
        for talk in talks {
            let mut one = self.inspect_talk(talk, false).await?;
            let own: Vec<Appeal> = appeals_of(&appeals, &one).cloned().collect();
            take_back(&mut one.card, &own, &rubric);
            inspected.push(one);
        }
        let open = |one: &Inspected| {
            appeals_of(&appeals, one)
                .filter(|appeal| appeal.decision.is_none())
                .count()
        };
        let judged = appeals
            .iter()
            .filter_map(|appeal| Some((appeal.rule.clone(), appeal.decision.as_ref()?.upheld)));
        let agreement = desk::quality::agreement_of(&judged.collect::<Vec<_>>());
        let cards: Vec<_> = inspected
            .iter()
            .map(|one| (one.heard.talk.conversation.id.clone(), one.card.clone()))
            .collect();
        Ok(ConversationPage {
            items: inspected.iter().map(|one| row_of(one, open(one))).collect(),
            agents: agents_of(&inspected, language),
            rules: agreement
                .rules
                .into_iter()
                .map(|rule| RuleRow {
                    rule: rule.rule,
                    judged: rule.judged,
                    upheld: rule.upheld,
                    doubtful: rule.doubtful,
                })
                .collect(),
            check: desk::quality::sample_for_check(&cards, rubric.pass_mark, limits::CHECKED),
        })
    }
}

fn appeals_of<'a>(appeals: &'a [Appeal], one: &'a Inspected) -> impl Iterator<Item = &'a Appeal> {
    appeals
        .iter()
        .filter(|appeal| appeal.conversation == one.heard.talk.conversation.id)
}

fn agents_of(inspected: &[Inspected], language: Language) -> Vec<AgentRow> {
    let mut by_agent: BTreeMap<&str, Vec<&Inspected>> = BTreeMap::new();
    for one in inspected {
        if let Some(agent) = one.heard.talk.conversation.agent.as_deref() {
            by_agent.entry(agent).or_default().push(one);
        }
    }
    let all: Vec<&Inspected> = inspected.iter().collect();
    let usual = act_shares(&all);
    let mut rows: Vec<AgentRow> = by_agent
        .into_iter()
        .map(|(agent, talks)| agent_row(agent, &talks, &usual, language))
        .collect();
    rows.sort_by(|a, b| a.points.total_cmp(&b.points));
    rows
}

fn agent_row(
    agent: &str,
    talks: &[&Inspected],
    usual: &BTreeMap<AgentAct, f64>,
    language: Language,
) -> AgentRow {
    let count = talks.len() as f64;
    let mean = |of: fn(&Inspected) -> f32| talks.iter().map(|one| f64::from(of(one))).sum::<f64>() / count;
    let heated: Vec<&&Inspected> = talks
        .iter()
        .filter(|one| one.heard.review.trajectory.course != Course::Calm)
        .collect();
    let recovered: Vec<&&&Inspected> = heated
        .iter()
        .filter(|one| one.heard.review.trajectory.course == Course::Recovered)
        .collect();
    let best = recovered
        .iter()
        .max_by(|a, b| a.heard.review.score.total_cmp(&b.heard.review.score));
    let own = act_shares(talks);
    let mut leads: Vec<(f64, AgentAct)> = own
        .iter()
        .map(|(act, share)| (share - usual.get(act).copied().unwrap_or(0.0), *act))
        .collect();
    leads.sort_by(|a, b| b.0.total_cmp(&a.0));
    AgentRow {
        agent: agent.to_owned(),
        conversations: talks.len(),
        score: mean(|one| one.heard.review.score).round(),
        points: mean(|one| one.card.points).round(),
        recovered: (!heated.is_empty()).then(|| recovered.len() as f64 / heated.len() as f64),
        strengths: leads
            .iter()
            .filter(|(lead, _)| *lead > 0.05)
            .take(MOST_SHOWN)
            .map(|(_, act)| act.key().to_owned())
            .collect(),
        weaknesses: weaknesses_of(talks, language),
        best_recovery: best.map(|one| one.heard.talk.conversation.id.clone()),
    }
}

/// The share of agent's turns that do each act.
fn act_shares(talks: &[&Inspected]) -> BTreeMap<AgentAct, f64> {
    let turns: Vec<_> = talks
        .iter()
        .flat_map(|one| one.heard.review.turns.iter().filter_map(|turn| turn.agent()))
        .collect();
    let share =
        |act: AgentAct| turns.iter().filter(|turn| turn.does(act)).count() as f64 / turns.len().max(1) as f64;
    AgentAct::ALL.iter().map(|&act| (act, share(act))).collect()
}

fn weaknesses_of(talks: &[&Inspected], language: Language) -> Vec<AgentWeakness> {
    let mut rules: BTreeMap<&str, AgentWeakness> = BTreeMap::new();
    for one in talks {
        for deduction in &one.card.deductions {
            let weakness = rules.entry(&deduction.rule).or_insert_with(|| AgentWeakness {
                rule: deduction.rule.clone(),
                name: deduction.name.in_language(language).to_owned(),
                conversations: 0,
                example: one.heard.talk.conversation.id.clone(),
            });
            weakness.conversations += 1;
        }
    }
    let mut weaknesses: Vec<AgentWeakness> = rules.into_values().collect();
    weaknesses.sort_by_key(|weakness| std::cmp::Reverse(weakness.conversations));
    weaknesses.truncate(MOST_SHOWN);
    weaknesses
}
