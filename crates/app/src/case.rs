//! Reading cases: the case for a caller, its history, its messages, and what changed live.

use std::collections::HashMap;

use domain::{Case, CaseId, Customer, Event, Language, Role, Situation, Timestamp};
use wire::{
    CaseParts,
    event::{CaseEvent, EventList, LiveEvent, kind_of},
    key::Key,
    message::{Message, MessageList},
};

use crate::{
    App, AppError, Caller, Verb, limits,
    mask::{Masker, mask_customer},
    permission,
    situation::{History, situation_of},
};

/// One event of a case, masked.
#[derive(Clone, Debug)]
pub struct EventView {
    /// The place in the history of the whole desk.
    pub sequence: i64,
    /// The place in the history of the case, from 1.
    pub index: u32,
    /// What happened.
    pub event: Event,
}

/// What changed since a place in the history.
#[derive(Clone, Debug, Default)]
pub struct LiveFeed {
    /// The changes with their sequence, oldest first.
    pub events: Vec<(i64, LiveEvent)>,
    /// Whether there may be more already.
    pub more: bool,
}

/// A case among everything that is on file about it.
pub(crate) struct Standing {
    pub(crate) customer: Option<Customer>,
    pub(crate) history: History,
    pub(crate) known: desk::Known,
    pub(crate) situation: Situation,
}

/// What is at hand about a case already, and need not be read again.
#[derive(Clone, Copy, Default)]
struct AtHand<'a> {
    /// Everything that happened to it.
    events: Option<&'a [Event]>,
    use_temperament: Option<bool>,
}

impl App {
    /// The case as this caller sees it: masked.
    pub async fn case(&self, caller: &Caller, id: &str) -> Result<CaseParts, AppError> {
        permission::require(caller.role, Verb::ReadCase)?;
        let case = self.find_case(id).await?;
        self.view(&case, caller, true).await
    }

    /// The case of an id, or of a number such as `TS-20261122-0001`.
    pub(crate) async fn find_case(&self, id: &str) -> Result<Case, AppError> {
        let by_id = self.store().case(&CaseId(id.to_owned())).await?;
        let found = match by_id {
            None if id.starts_with("TS-") => self.store().case_by_number(id).await?,
            by_id => by_id,
        };
        found.ok_or_else(|| AppError::not_found("案件", "case"))
    }

    /// The case with plan, checks and allowed commands for the caller.
    pub(crate) async fn view(
        &self,
        case: &Case,
        caller: &Caller,
        masked: bool,
    ) -> Result<CaseParts, AppError> {
        let standing = self.standing(case, caller.role).await?;
        self.view_standing(case, standing, caller, masked).await
    }

    /// The case that was opened a moment ago by these events, masked.
    pub(crate) async fn view_new(
        &self,
        case: &Case,
        events: &[Event],
        use_temperament: bool,
        caller: &Caller,
    ) -> Result<CaseParts, AppError> {
        let at_hand = AtHand {
            events: Some(events),
            use_temperament: Some(use_temperament),
        };
        let standing = self.standing_with(case, caller.role, at_hand).await?;
        self.view_standing(case, standing, caller, true).await
    }

    async fn view_standing(
        &self,
        case: &Case,
        standing: Standing,
        caller: &Caller,
        masked: bool,
    ) -> Result<CaseParts, AppError> {
        let Standing {
            customer,
            history,
            known,
            situation,
        } = standing;
        let now = self.now();
        let rules = self.rules();
        let playbook = self.playbook();
        let mut shown = match masked {
            true => Masker::of(customer.as_ref()).case(case),
            false => case.clone(),
        };
        let use_temperament = situation.use_temperament;
        self.take_out_judgment(case.customer.as_ref(), use_temperament, &mut shown.analysis)
            .await?;
        Ok(CaseParts {
            plan: playbook.plan(&shown.analysis, &situation),
            checks: desk::checks_known(&shown, &known, now),
            informed: desk::informed(&shown, &known.telling.clone().unwrap_or_default()),
            principles: desk::principles(&shown, &heard(&playbook, &situation), rules.doubt(), now),
            credence: self.credence(&shown, customer.as_ref(), &history).await?,
            past: situation.dealings.past.clone(),
            allowed: self.allowed(case, caller).await?,
            customer: customer.map(|customer| {
                if masked {
                    mask_customer(&customer)
                } else {
                    customer
                }
            }),
            case: shown,
            masked,
        })
    }

    /// Where a case stands for somebody of this role who will act on it.
    pub(crate) async fn standing(&self, case: &Case, role: Role) -> Result<Standing, AppError> {
        self.standing_with(case, role, AtHand::default()).await
    }

    async fn standing_with(
        &self,
        case: &Case,
        role: Role,
        at_hand: AtHand<'_>,
    ) -> Result<Standing, AppError> {
        let customer = match &case.customer {
            Some(id) => self.store().customer(id).await?,
            None => None,
        };
        let history = self.history(case, limits::HISTORY_CASES).await?;
        let known = self.known(case, customer.as_ref(), at_hand.events).await?;
        let mut situation = situation_of(case, customer.as_ref(), &history, role, self.now());
        situation.approved_statement.clone_from(&known.statement);
        situation.use_temperament = match at_hand.use_temperament {
            Some(use_temperament) => use_temperament,
            None => self.privacy().await?.use_temperament,
        };
        Ok(Standing {
            customer,
            history,
            known,
            situation,
        })
    }

    /// The masker for a case.
    pub(crate) async fn masker(&self, case: &Case) -> Result<Masker, AppError> {
        let customer = match &case.customer {
            Some(id) => self.store().customer(id).await?,
            None => None,
        };
        Ok(Masker::of(customer.as_ref()))
    }

    /// The history of a case, oldest first, masked.
    pub async fn case_events(
        &self,
        caller: &Caller,
        id: &str,
        language: Language,
    ) -> Result<EventList, AppError> {
        permission::require(caller.role, Verb::ReadEvents)?;
        let case = self.find_case(id).await?;
        let masker = self.masker(&case).await?;
        let shown = masker.text(&case.text);
        let items = self.store().events(&case.id).await?.into_iter().map(|stored| {
            let event = masker.event(&stored.event, &shown);
            CaseEvent::of(stored.sequence, stored.index + 1, &event, language)
        });
        Ok(EventList {
            items: items.collect(),
        })
    }

    /// The messages of a case, oldest first, masked.
    pub async fn case_messages(&self, caller: &Caller, id: &str) -> Result<MessageList, AppError> {
        permission::require(caller.role, Verb::ReadMessages)?;
        let case = self.find_case(id).await?;
        let masker = self.masker(&case).await?;
        let items = case
            .messages
            .iter()
            .map(|message| Message::from(&masker.message(message)));
        Ok(MessageList {
            items: items.collect(),
        })
    }

    /// Refuses when the caller may not follow what changes; answers the place to start from.
    pub async fn follow(&self, caller: &Caller, after: Option<i64>) -> Result<i64, AppError> {
        permission::require(caller.role, Verb::Follow)?;
        let newest = self.store().last_sequence().await?;
        Ok(after.map_or(newest, |after| after.clamp(0, newest)))
    }

    /// What changed after a place in the history; holds no words of customers.
    pub async fn live_feed(&self, after: i64) -> Result<LiveFeed, AppError> {
        let stored = self.store().events_after(after, limits::LIVE_BATCH).await?;
        let more = stored.len() >= limits::LIVE_BATCH as usize;
        let mut cases: HashMap<CaseId, Case> = HashMap::new();
        let mut events = Vec::new();
        for event in stored {
            if !cases.contains_key(&event.case) {
                let case = self.store().case(&event.case).await?;
                cases.extend(case.map(|case| (event.case.clone(), case)));
            }
            let Some(case) = cases.get(&event.case) else {
                continue;
            };
            let live = LiveEvent {
                id: case.id.0.clone(),
                number: case.number.clone(),
                version: event.index + 1,
                state: Key(case.state),
                kind: kind_of(&event.event.kind).to_owned(),
            };
            events.push((event.sequence, live));
        }
        Ok(LiveFeed { events, more })
    }
}

/// What was written to the customer, as the ten principles ask for it.
fn heard(playbook: &playbook::Playbook, situation: &domain::Situation) -> desk::Heard {
    let heard = playbook.listen(&situation.dealings.said);
    desk::Heard {
        excuse: heard.excuse,
        argument: heard.argument,
        feeling: heard.feeling,
        step: heard.step,
        time: heard.time,
    }
}

/// The day in China as digits, such as `20261122`.
pub(crate) fn day_digits(at: Timestamp) -> String {
    wire::time::china_day(at).map_or_else(|| "00000000".to_owned(), |day| day.to_string().replace('-', ""))
}
