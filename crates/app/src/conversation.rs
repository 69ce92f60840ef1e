//! Conversations: taken in whole or turn by turn, heard, advised upon, inspected, appealed.

use domain::{
    Analysis, Complaint, Conversation, Language, Review, Rubric, Scorecard, Speaker, Timestamp, Turn,
};
use store::{Appeal, AppealDecision, StoredTalk};
use wire::{
    conversation::{
        Advice, AppealRequest, AppealView, ConversationRequest, ConversationRow, ConversationView,
        DecisionRequest, InspectionCard, TurnsRequest,
    },
    key::Key,
    time::rfc3339,
};

use crate::{App, AppError, Caller, Code, Verb, limits, permission, secret, situation::situation_of_text};

/// A conversation with all that follows from it.
pub(crate) struct Inspected {
    pub(crate) talk: StoredTalk,
    pub(crate) review: Review,
    pub(crate) card: Scorecard,
    pub(crate) analysis: Option<Analysis>,
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
        let mut conversation = Conversation::new(secret::new_id(now, self.randomness()), request.channel);
        conversation.agent = request.agent;
        conversation.turns = request.turns;
        let started_at = conversation.turns.iter().find_map(|turn| turn.at).unwrap_or(now);
        let talk = StoredTalk {
            conversation,
            version: 1,
            demo: false,
            started_at,
            updated_at: now,
        };
        if !self.store().put_talk(&talk, 0).await? {
            return Err(AppError::Plain(Code::Duplicate));
        }
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
        if !new.is_empty() {
            let expected = talk.version;
            talk.conversation.turns.extend(new);
            talk.updated_at = self.now();
            if !self.store().put_talk(&talk, expected).await? {
                return Err(AppError::Plain(Code::StaleVersion));
            }
            talk.version += 1;
            self.talks_changed();
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
        let inspected = self.inspect_talk(talk, false).await?;
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
        let Inspected {
            talk,
            review,
            mut card,
            analysis,
        } = inspected;
        let conversation = &talk.conversation;
        let appeals = self
            .store()
            .appeals(Some(&conversation.id), limits::APPEALS)
            .await?;
        take_back(&mut card, &appeals, self.rubric());
        let advice = analysis.and_then(|analysis| self.advise(conversation, &review, &analysis));
        Ok(ConversationView {
            id: conversation.id.clone(),
            version: talk.version,
            started_at: rfc3339(talk.started_at),
            review: wire::Review::of(&review, conversation),
            advice: advice.map(|advice| Advice::of(&advice, language)),
            inspection: InspectionCard::of(&card, language),
            appeals: appeals.iter().map(show_appeal).collect(),
        })
    }

    fn advise(
        &self,
        conversation: &Conversation,
        review: &Review,
        analysis: &Analysis,
    ) -> Option<domain::Advice> {
        let complaint = Complaint::new("", conversation.channel);
        let mut situation = situation_of_text(&complaint, domain::Role::Agent, self.now());
        situation.owner_name = None;
        self.playbook().advise(conversation, review, analysis, &situation)
    }

    /// Hears and inspects off the async threads. Personal data is masked first, so that nothing that follows can show it;
    /// masks keep the length.
    pub(crate) async fn inspect_talk(
        &self,
        mut talk: StoredTalk,
        advised: bool,
    ) -> Result<Inspected, AppError> {
        let permit = self.readers().acquire().await;
        let _permit = permit.map_err(|_| AppError::Plain(Code::Failed))?;
        let engine = self.engine().clone();
        let rubric = self.rubric().clone();
        let work = move || {
            for turn in &mut talk.conversation.turns {
                turn.text = text::mask(&turn.text);
            }
            let review = engine.listen(&talk.conversation);
            let card = desk::quality::inspect(&talk.conversation, &review, &rubric);
            let analysis = advised.then(|| engine.analyze(&words_of(&talk.conversation, talk.updated_at)));
            Inspected {
                talk,
                review,
                card,
                analysis,
            }
        };
        let done = tokio::task::spawn_blocking(work).await;
        done.map_err(|_| AppError::Plain(Code::Failed))
    }
}

/// The customer's words so far as one text.
fn words_of(conversation: &Conversation, at: Timestamp) -> Complaint {
    let said = conversation
        .turns
        .iter()
        .filter(|turn| turn.speaker == Speaker::Customer);
    let newest: Vec<&str> = said
        .map(|turn| turn.text.as_str())
        .rev()
        .take(limits::TURNS_ADVISED)
        .collect();
    let words: Vec<&str> = newest.into_iter().rev().collect();
    let mut complaint = Complaint::new(words.join("\n"), conversation.channel);
    complaint.received_at = Some(at);
    complaint
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

fn show_appeal(appeal: &Appeal) -> AppealView {
    AppealView {
        rule: appeal.rule.clone(),
        by: appeal.by.clone(),
        reason: appeal.reason.clone(),
        at: rfc3339(appeal.at),
        upheld: appeal.decision.as_ref().map(|decision| decision.upheld),
        answer: appeal.decision.as_ref().map(|decision| decision.answer.clone()),
    }
}

/// A conversation as a row of the list.
pub(crate) fn row_of(inspected: &Inspected, appeals_open: usize) -> ConversationRow {
    let Inspected {
        talk, review, card, ..
    } = inspected;
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
