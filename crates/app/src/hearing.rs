//! Conversations heard once and kept for those who look again, and what agents promise in them entered on the case.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use domain::{Analysis, Case, Command, CommandKind, Complaint, Conversation, Review, Speaker, Timestamp};
use store::{StoreError, StoredTalk};

use crate::{App, AppError, Caller, Code, Verb, limits, mask::Masker, permission};

/// How often a case that changed meanwhile is tried again.
const TRIES: usize = 5;

/// A conversation, masked, with what was heard in it.
pub(crate) struct HeardTalk {
    /// Covers what is said beside it, such as the reason of an appeal.
    pub(crate) masker: Masker,
    pub(crate) talk: StoredTalk,
    pub(crate) review: Review,
    /// The customer's words as one text, where advice is wanted.
    pub(crate) analysis: Option<Analysis>,
}

/// The conversations heard last, by id.
#[derive(Default)]
pub(crate) struct HeardTalks(Mutex<HashMap<String, Arc<HeardTalk>>>);

impl HeardTalks {
    fn find(&self, talk: &StoredTalk, advised: bool) -> Option<Arc<HeardTalk>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let heard = kept.get(&talk.conversation.id)?;
        let fresh = heard.talk.version == talk.version && (heard.analysis.is_some() || !advised);
        fresh.then(|| Arc::clone(heard))
    }

    fn keep(&self, heard: &Arc<HeardTalk>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= limits::TALKS_HEARD {
            kept.clear();
        }
        kept.insert(heard.talk.conversation.id.clone(), Arc::clone(heard));
    }

    /// Forgets everything, as when a person is erased.
    pub(crate) fn forget(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

impl App {
    /// Hears a conversation off the async threads. Personal data is masked first, what the card of its case's customer
    /// says among it, so that nothing that follows can show it; masks keep the length.
    pub(crate) async fn hear_talk(
        &self,
        mut talk: StoredTalk,
        advised: bool,
    ) -> Result<Arc<HeardTalk>, AppError> {
        if let Some(heard) = self.heard_talks().find(&talk, advised) {
            return Ok(heard);
        }
        let masker = match &talk.conversation.case {
            Some(id) => match self.store().case(id).await? {
                Some(case) => self.masker(&case).await?,
                None => Masker::default(),
            },
            None => Masker::default(),
        };
        let permit = self.readers().acquire().await;
        let _permit = permit.map_err(|_| AppError::Plain(Code::Failed))?;
        let engine = self.engine().clone();
        let work = move || {
            for turn in &mut talk.conversation.turns {
                turn.text = masker.text(&turn.text);
            }
            let review = engine.listen(&talk.conversation);
            let analysis = advised.then(|| engine.analyze(&words_of(&talk.conversation, talk.updated_at)));
            HeardTalk {
                masker,
                talk,
                review,
                analysis,
            }
        };
        let done = tokio::task::spawn_blocking(work).await;
        let heard = Arc::new(done.map_err(|_| AppError::Plain(Code::Failed))?);
        self.heard_talks().keep(&heard);
        Ok(heard)
    }

    /// Enters on the case what the agent promised from the turn `first` on.
    ///
    /// # Errors
    /// Refused when the caller may enter no promises.
    pub(crate) async fn enter_promises(
        &self,
        caller: &Caller,
        talk: &StoredTalk,
        first: usize,
    ) -> Result<(), AppError> {
        let Some(id) = &talk.conversation.case else {
            return Ok(());
        };
        permission::require(caller.role, Verb::Command)?;
        if !self.rules().may(caller.role, CommandKind::Promise) {
            return Err(AppError::Plain(Code::Forbidden));
        }
        let heard = self.hear_talk(talk.clone(), true).await?;
        for promise in heard
            .review
            .promises
            .iter()
            .filter(|promise| promise.turn >= first)
        {
            let given_at = talk.conversation.turns.get(promise.turn).and_then(|turn| turn.at);
            let given_at = given_at.unwrap_or(talk.updated_at);
            let until = desk::promised_until(promise, given_at, &self.rules().calendar);
            self.enter_promise(caller, &id.0, promise.quote.words(), until)
                .await?;
        }
        Ok(())
    }

    async fn enter_promise(
        &self,
        caller: &Caller,
        id: &str,
        what: &str,
        until: Option<Timestamp>,
    ) -> Result<(), AppError> {
        for _ in 0..TRIES {
            let case = self.find_case(id).await?;
            if is_entered(&case, what) {
                return Ok(());
            }
            let command = Command::Promise {
                what: what.to_owned(),
                until: until.filter(|until| *until > self.now()),
            };
            match self
                .decide_and_append(&case, command, caller, None, Vec::new())
                .await
            {
                Err(AppError::Store(StoreError::Stale { .. })) => {}
                // A closed case takes no more promises; the conversation is heard all the same.
                Ok(_) | Err(AppError::Refused(_)) => return Ok(()),
                Err(error) => return Err(error),
            }
        }
        Err(AppError::Plain(Code::StaleVersion))
    }
}

fn is_entered(case: &Case, what: &str) -> bool {
    case.promises.iter().any(|promise| promise.what == what)
}

/// The customer's newest words as one text.
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
