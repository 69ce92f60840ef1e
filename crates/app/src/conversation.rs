//! Conversations: taken in whole or turn by turn, heard, advised upon, inspected, appealed.

use std::sync::Arc;

use domain::{Complaint, Conversation, Language, Role, Rubric, Scorecard, Situation, Speaker, Turn};
use store::{Appeal, AppealDecision, StoredTalk};
use wire::{
    conversation::{
        Advice, AppealRequest, AppealView, ConversationRequest, ConversationRow, ConversationView,
        DecisionRequest, InspectionCard, TurnsRequest,
    },
    key::Key,
    time::rfc3339,
};

use crate::{
    App, AppError, Caller, Code, Verb, hearing::HeardTalk, limits, mask::Masker, permission, secret,
    situation::situation_of_text,
};

/// A conversation as heard and inspected.
pub(crate) struct Inspected {
    pub(crate) heard: Arc<HeardTalk>,
    pub(crate) card: Scorecard,
}

impl App {
    /// Takes a conversation in, whole or as far as it has come.
    pub async fn open_talk(
        &self,
        caller: &Caller,
        request: ConversationRequest,
        language: Language,
    ) -> Result<ConversationView, AppError> {
        permission::require(caller.role, Verb::OpenConversation)?;
        let now = self.now();
        let id = request.id.clone();
        let id = id.unwrap_or_else(|| secret::new_id(now, self.randomness()));
        let mut conversation = Conversation::new(id, request.channel);
        conversation.agent = request.agent;
        conversation.turns = request.turns;
        if let Some(name) = &request.case {
            permission::require(caller.role, Verb::Command)?;
            conversation.case = Some(self.other_case(name, "case").await?.id);
        }
        let started_at = conversation.turns.iter().find_map(|turn| turn.at).unwrap_or(now);
        let talk = StoredTalk {
            conversation,
            version: 1,
            demo: false,
            started_at,
            updated_at: now,
        };
        if !self.store().put_talk(&talk, 0).await? {
            // Sent again because the answer was lost: what stands is the answer, unless it is another conversation.
            let there = self.find_talk(&talk.conversation.id).await?;
            if !begins_with(&there.conversation.turns, &talk.conversation.turns) {
                return Err(AppError::Plain(Code::Duplicate));
            }
            return self.view_talk(there, language).await;
        }
        self.enter_promises(caller, &talk, 0).await?;
        self.view_talk(talk, language).await
    }

    /// Adds turns to a conversation that runs; what was added already is not added twice.
    pub async fn add_turns(
        &self,
        caller: &Caller,
        id: &str,
        request: TurnsRequest,
        language: Language,
    ) -> Result<ConversationView, AppError> {
        permission::require(caller.role, Verb::AddTurns)?;
        let mut talk = self.find_talk(id).await?;
        let there = talk.conversation.turns.len();
        let after = request.after.map_or(there, |after| after as usize);
        if after > there {
            return Err(AppError::Plain(Code::StaleVersion));
        }
        // A sender that lost the answer sends again: what stands there already is passed over.
        let known = &talk.conversation.turns[after..];
        let again = known
            .iter()
            .zip(&request.turns)
            .all(|(one, other)| one.text == other.text);
        if !again {
            return Err(AppError::Plain(Code::StaleVersion));
        }
        let new: Vec<Turn> = request.turns.iter().skip(known.len()).cloned().collect();
        if there + new.len() > limits::TURNS_OF_A_TALK {
            let most = limits::TURNS_OF_A_TALK;
            return Err(AppError::field(
                "turns",
                format!("一个会话最多 {most} 轮；请另开一个会话"),
                format!("a conversation holds at most {most} turns; open another one"),
            ));
        }
        if !new.is_empty() {
            let expected = talk.version;
            talk.conversation.turns.extend(new);
            talk.updated_at = self.now();
            if !self.store().put_talk(&talk, expected).await? {
                return Err(AppError::Plain(Code::StaleVersion));
            }
            talk.version += 1;
            self.enter_promises(caller, &talk, there).await?;
            self.talk_changed(id);
        }
        self.view_talk(talk, language).await
    }

    /// A conversation with all that was heard in it.
    pub async fn review_talk(
        &self,
        caller: &Caller,
        id: &str,
        language: Language,
    ) -> Result<ConversationView, AppError> {
        permission::require(caller.role, Verb::ReadConversation)?;
        let talk = self.find_talk(id).await?;
        self.view_talk(talk, language).await
    }

    /// The number of turns and the advice after the newest, for those who follow a conversation live.
    pub async fn talk_advice(
        &self,
        caller: &Caller,
        id: &str,
        language: Language,
    ) -> Result<(usize, Option<Advice>), AppError> {
        permission::require(caller.role, Verb::FollowConversation)?;
        let talk = self.find_talk(id).await?;
        let turns = talk.conversation.turns.len();
        Ok((turns, self.view_talk(talk, language).await?.advice))
    }

    /// Appeals against a deduction.
    pub async fn appeal(
        &self,
        caller: &Caller,
        id: &str,
        request: &AppealRequest,
        language: Language,
    ) -> Result<ConversationView, AppError> {
        permission::require(caller.role, Verb::Appeal)?;
        let talk = self.find_talk(id).await?;
        let inspected = self.inspect_talk(talk, true).await?;
        if !inspected
            .card
            .deductions
            .iter()
            .any(|deduction| deduction.rule == request.rule)
        {
            return Err(AppError::not_found("扣分项", "deduction"));
        }
        let appeal = Appeal {
            conversation: id.to_owned(),
            rule: request.rule.clone(),
            by: caller.person.id.0.clone(),
            reason: request.reason.clone(),
            at: self.now(),
            decision: None,
        };
        if !self.store().file_appeal(&appeal).await? {
            return Err(AppError::Plain(Code::Duplicate));
        }
        self.note_audit(&caller.person.id.0, "appeal", id, &request.rule)
            .await?;
        self.show_talk(inspected, language).await
    }

    /// Decides an appeal: the deduction stands, or it is taken back.
    pub async fn decide_appeal(
        &self,
        caller: &Caller,
        id: &str,
        request: &DecisionRequest,
        language: Language,
    ) -> Result<ConversationView, AppError> {
        permission::require(caller.role, Verb::DecideAppeal)?;
        let talk = self.find_talk(id).await?;
        let appeals = self.store().appeals(Some(id), limits::APPEALS).await?;
        let own = |appeal: &Appeal| appeal.rule == request.rule && appeal.by == caller.person.id.0;
        if appeals.iter().any(own) {
            return Err(AppError::field(
                "rule",
                "自己提出的申诉要由别人裁决",
                "an appeal is decided by somebody other than the one who filed it",
            ));
        }
        let decision = AppealDecision {
            upheld: request.upheld,
            by: caller.person.id.0.clone(),
            answer: request.reason.clone(),
            at: self.now(),
        };
        if !self.store().decide_appeal(id, &request.rule, &decision).await? {
            return Err(AppError::not_found("待决的申诉", "appeal that waits"));
        }
        self.note_audit(&caller.person.id.0, "appeal_decided", id, &request.rule)
            .await?;
        self.view_talk(talk, language).await
    }

    async fn find_talk(&self, id: &str) -> Result<StoredTalk, AppError> {
        let found = self.store().talk(id).await?;
        found.ok_or_else(|| AppError::not_found("会话", "conversation"))
    }

    async fn view_talk(&self, talk: StoredTalk, language: Language) -> Result<ConversationView, AppError> {
        let inspected = self.inspect_talk(talk, true).await?;
        self.show_talk(inspected, language).await
    }

    async fn show_talk(
        &self,
        inspected: Inspected,
        language: Language,
    ) -> Result<ConversationView, AppError> {
        let Inspected { heard, mut card } = inspected;
        let (talk, review) = (&heard.talk, &heard.review);
        let conversation = &talk.conversation;
        let appeals = self
            .store()
            .appeals(Some(&conversation.id), limits::APPEALS)
            .await?;
        take_back(&mut card, &appeals, &self.rubric());
        let advice = match &heard.analysis {
            Some(analysis) => {
                let situation = self.situation_in(conversation).await?;
                self.playbook().advise(conversation, review, analysis, &situation)
            }
            None => None,
        };
        Ok(ConversationView {
            id: conversation.id.clone(),
            version: talk.version,
            case: conversation.case.as_ref().map(|case| case.0.clone()),
            started_at: rfc3339(talk.started_at),
            review: wire::Review::of(review, conversation),
            advice: advice.map(|advice| Advice::of(&advice, language)),
            inspection: InspectionCard::of(&card, language),
            appeals: appeals
                .iter()
                .map(|appeal| show_appeal(appeal, &heard.masker))
                .collect(),
        })
    }

    /// What is known when advice is given: all that is on file of the case, or the bare conversation.
    async fn situation_in(&self, conversation: &Conversation) -> Result<Situation, AppError> {
        if let Some(id) = &conversation.case
            && let Some(case) = self.store().case(id).await?
        {
            return Ok(self.standing(&case, Role::Agent).await?.situation);
        }
        let complaint = Complaint::new("", conversation.channel);
        let mut situation = situation_of_text(&complaint, Role::Agent, self.now());
        situation.owner_name = None;
        Ok(situation)
    }

    /// Hears a conversation and asks it the rubric that holds now.
    pub(crate) async fn inspect_talk(&self, talk: StoredTalk, advised: bool) -> Result<Inspected, AppError> {
        let heard = self.hear_talk(talk, advised).await?;
        let card = desk::quality::inspect(&heard.talk.conversation, &heard.review, &self.rubric());
        Ok(Inspected { heard, card })
    }
}

/// Whether the words begin as these do.
fn begins_with(turns: &[Turn], first: &[Turn]) -> bool {
    turns.len() >= first.len() && turns.iter().zip(first).all(|(one, other)| one.text == other.text)
}

/// Deductions that a person took back count no more.
pub(crate) fn take_back(card: &mut Scorecard, appeals: &[Appeal], rubric: &Rubric) {
    let overturned = |rule: &str| {
        appeals.iter().any(|appeal| {
            appeal.rule == rule && appeal.decision.as_ref().is_some_and(|decision| !decision.upheld)
        })
    };
    card.deductions.retain(|deduction| !overturned(&deduction.rule));
    desk::quality::tally(card, rubric);
}

fn show_appeal(appeal: &Appeal, masker: &Masker) -> AppealView {
    AppealView {
        rule: appeal.rule.clone(),
        by: appeal.by.clone(),
        reason: masker.text(&appeal.reason),
        at: rfc3339(appeal.at),
        upheld: appeal.decision.as_ref().map(|decision| decision.upheld),
        answer: appeal
            .decision
            .as_ref()
            .map(|decision| masker.text(&decision.answer)),
    }
}

/// A conversation as a row of the list.
pub(crate) fn row_of(inspected: &Inspected, appeals_open: usize) -> ConversationRow {
    let Inspected { heard, card } = inspected;
    let (talk, review) = (&heard.talk, &heard.review);
    let conversation = &talk.conversation;
    let first = conversation
        .turns
        .iter()
        .find(|turn| turn.speaker == Speaker::Customer);
    let round = |number: f32| (f64::from(number) * 10.0).round() / 10.0;
    ConversationRow {
        id: conversation.id.clone(),
        agent: conversation.agent.clone(),
        channel: Key(conversation.channel),
        started_at: rfc3339(talk.started_at),
        turns: conversation.turns.len(),
        opening: first.map_or_else(String::new, |turn| {
            turn.text.chars().take(limits::EXCERPT_CHARS).collect()
        }),
        score: round(review.score),
        points: round(card.points),
        passed: card.passed,
        escalation: wire::analysis::probability(review.escalation),
        course: Key(review.trajectory.course),
        curve: review
            .trajectory
            .curve
            .iter()
            .map(|(_, height)| wire::analysis::probability(*height))
            .collect(),
        appeals_open,
    }
}
