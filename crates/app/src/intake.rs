//! Taking complaints in: read, numbered, opened as cases, stored durably before the answer.

use domain::{Case, CaseId, Complaint, Customer, CustomerId, Event, Loyalty, Timestamp};
use store::{CaseWrite, IdempotencyKey, StoreError};
use tokio::sync::MutexGuard;
use wire::{
    CaseParts,
    intake::{Intake, NewCustomer},
};

use crate::{
    App, AppError, Caller, Code, Repeatable, Verb, case::day_digits, idempotency::Before, limits, permission,
    secret,
};

impl App {
    /// Opens a case for a complaint; analysis and plan are part of the answer. A repeated request answers the case
    /// it opened first.
    pub async fn intake(
        &self,
        caller: &Caller,
        intake: Intake,
        repeatable: Option<&Repeatable>,
    ) -> Result<CaseParts, AppError> {
        permission::require(caller.role, Verb::Intake)?;
        let now = self.now();
        let id = CaseId(secret::new_id(now, self.randomness()));
        let key = match self.look_before(caller, repeatable, &id.0).await? {
            Before::Done(first) => return self.view(&self.find_case(&first).await?, caller, true).await,
            Before::Do(key) => key,
        };
        let held = self.settings_in_force().await?;
        let opened = self.open_under(&held, vec![(id, intake)], caller, now).await?;
        let Some(opened) = opened.first() else {
            return Err(AppError::Plain(Code::Failed));
        };
        match self.store().create(opened.write(key.as_ref())).await {
            Ok(sequence) => {
                self.counters().note_intakes(1);
                self.bus().publish(sequence);
            }
            // The same request came twice at once, and the other one was first.
            Err(StoreError::Duplicate {
                what: "idempotency_key",
            }) => {
                if let Before::Done(first) = self.look_before(caller, repeatable, "").await? {
                    return self.view(&self.find_case(&first).await?, caller, true).await;
                }
            }
            Err(error) => return Err(error.into()),
        }
        let (case, events) = (&opened.case, &opened.events);
        self.view_new(case, events, held.use_temperament, caller).await
    }

    /// Reads and numbers all of them first, so that a batch costs one call of each.
    pub(crate) async fn open_all(
        &self,
        intakes: Vec<(CaseId, Intake)>,
        caller: &Caller,
        now: Timestamp,
    ) -> Result<Vec<Opened>, AppError> {
        let held = self.settings_in_force().await?;
        self.open_under(&held, intakes, caller, now).await
    }

    async fn open_under(
        &self,
        held: &Held,
        intakes: Vec<(CaseId, Intake)>,
        caller: &Caller,
        now: Timestamp,
    ) -> Result<Vec<Opened>, AppError> {
        let complaints = intakes
            .iter()
            .map(|(_, intake)| intake.complaint.clone())
            .collect();
        let analyses = self.read_with(complaints, held.use_temperament).await?;
        let day = day_digits(now);
        let count = u32::try_from(intakes.len()).unwrap_or(u32::MAX);
        let first = self.numbers().take(self.store(), &day, count, now).await?;
        let mut opened = Vec::with_capacity(intakes.len());
        for (((id, intake), analysis), number) in intakes.into_iter().zip(analyses).zip(first..) {
            let customer = self.find_or_make_customer(intake.customer.as_ref(), now).await?;
            let mut analysis = analysis;
            let id_of = customer.as_ref().map(|customer| &customer.id);
            self.take_out_judgment(id_of, held.use_temperament, &mut analysis)
                .await?;
            let new = desk::NewCase {
                id,
                number: format!("TS-{day}-{number:04}"),
                title: intake.title.unwrap_or_else(|| title_of(&intake.complaint)),
                complaint: intake.complaint,
                customer: customer.as_ref().map(|customer| customer.id.clone()),
                analysis,
                packs: held.packs.clone(),
                demo: false,
            };
            let name = customer.map(|customer| customer.name).unwrap_or_default();
            opened.push(Opened::of(new, &name, caller, now, &self.rules())?);
        }
        Ok(opened)
    }

    async fn find_or_make_customer(
        &self,
        new: Option<&NewCustomer>,
        now: Timestamp,
    ) -> Result<Option<Customer>, AppError> {
        let Some(new) = new else { return Ok(None) };
        if let Some(id) = &new.id {
            let known = self.store().customer(&CustomerId(id.clone())).await?;
            return known
                .map(Some)
                .ok_or_else(|| AppError::field("customer.id", "没有这位客户", "there is no such customer"));
        }
        let known = self.customer_on_file(new).await?;
        if known.is_some() {
            return Ok(known);
        }
        let _turn = self.take_turn(new).await;
        // Somebody may have made the customer while this one waited.
        let known = self.customer_on_file(new).await?;
        if known.is_some() {
            return Ok(known);
        }
        let customer = Customer {
            id: CustomerId(secret::new_id(now, self.randomness())),
            name: new.name.clone().unwrap_or_default(),
            phone: new.phone.clone(),
            email: new.email.clone(),
            loyalty: Loyalty::New,
            since: now,
            demo: false,
        };
        self.store()
            .put_customers(std::slice::from_ref(&customer))
            .await?;
        Ok(Some(customer))
    }

    /// The customer with the same telephone number or e-mail address.
    async fn customer_on_file(&self, new: &NewCustomer) -> Result<Option<Customer>, AppError> {
        if new.phone.is_none() && new.email.is_none() {
            return Ok(None);
        }
        let found = self
            .store()
            .customer_by_contact(new.phone.as_deref(), new.email.as_deref());
        Ok(found.await?)
    }

    /// Two complaints of one new customer that come at once must not make two customers.
    async fn take_turn(&self, new: &NewCustomer) -> Option<MutexGuard<'_, ()>> {
        let contact = new.phone.as_ref().or(new.email.as_ref())?;
        Some(self.turn_of(contact).lock().await)
    }
}

/// The settings that new cases are opened under.
pub(crate) struct Held {
    /// Whether temperament is read.
    pub(crate) use_temperament: bool,
    /// The packs of rules in force, beside the house's.
    pub(crate) packs: Vec<String>,
}

/// A case that was opened, and is to be stored.
pub(crate) struct Opened {
    case: Case,
    events: Vec<Event>,
    tokens: Vec<String>,
}

impl Opened {
    fn of(
        new: desk::NewCase,
        customer_name: &str,
        caller: &Caller,
        now: Timestamp,
        rules: &desk::Rules,
    ) -> Result<Self, AppError> {
        let events = desk::open(new, &caller.actor(), now, rules);
        let case = desk::replay(&events).ok_or(AppError::Plain(Code::Failed))?;
        let tokens = search_tokens(&case, customer_name);
        Ok(Self { case, events, tokens })
    }

    /// What is to be stored.
    pub(crate) fn write<'o>(&'o self, idempotency: Option<&'o IdempotencyKey>) -> CaseWrite<'o> {
        CaseWrite {
            case: &self.case,
            events: &self.events,
            search_tokens: Some(&self.tokens),
            next_check_at: desk::next_check_at(&self.case),
            idempotency,
        }
    }
}

/// The words a case is found by.
pub(crate) fn search_tokens(case: &Case, more: &str) -> Vec<String> {
    let matter = &case.matter;
    let facts = [
        &matter.product,
        &matter.batch,
        &matter.site,
        &matter.team,
        &matter.order,
    ];
    let facts = facts.into_iter().flatten().map(String::as_str);
    let notes = case.messages.iter().map(|message| message.text.as_str());
    let parts = [case.number.as_str(), &case.title, &case.text, more]
        .into_iter()
        .chain(facts)
        .chain(notes);
    // Repeats stay: how often a word stands is what ranking goes by.
    parts.flat_map(text::search_tokens).collect()
}

/// A title from the beginning of the text, with personal data covered before it is cut.
pub(crate) fn title_of(complaint: &Complaint) -> String {
    let start: String = complaint
        .text
        .chars()
        .take(limits::TITLE_CHARS + limits::EXCERPT_MARGIN)
        .collect();
    let masked = text::mask(&start);
    let line = masked.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((end, _)) = line.char_indices().nth(limits::TITLE_CHARS) else {
        return line;
    };
    whole_clauses(&line, end).map_or_else(|| format!("{}…", &line[..end]), str::to_owned)
}

/// As many whole clauses as fit before the byte `end`, without the mark that ends them, if they say enough; a title
/// that stops in the middle of a word cannot be told from its neighbors.
fn whole_clauses(line: &str, end: usize) -> Option<&str> {
    const MARKS: &[char] = &['。', '！', '？', '；', '，', '、', '：', '!', '?', ';', ',', '…'];
    // Who speaks Chinese to a recorder pauses where others write a comma, and the pause is written as a space.
    let stops = |at: usize, sign: char| {
        MARKS.contains(&sign) || (sign == ' ' && line[..at].ends_with(|before: char| !before.is_ascii()))
    };
    let places = line.char_indices().take_while(|(at, _)| *at <= end);
    let (stop, _) = places.filter(|(at, sign)| stops(*at, *sign)).last()?;
    let title = line[..stop].trim_end_matches(MARKS).trim_end();
    (title.chars().count() >= limits::TITLE_LEAST).then_some(title)
}

#[cfg(test)]
mod tests {
    use domain::Channel;

    use super::*;

    fn title(text: &str) -> String {
        title_of(&Complaint::new(text, Channel::Phone))
    }

    #[test]
    fn a_title_ends_where_a_clause_ends() {
        assert_eq!(title("净水器漏水"), "净水器漏水");
        let long = "我坐这趟慢车坐了三十年，捎鸡蛋捎山货都坐它，可说停就停，站台上贴张纸";
        assert_eq!(
            title(long),
            "我坐这趟慢车坐了三十年，捎鸡蛋捎山货都坐它，可说停就停"
        );
        let spoken = "火锅里吃出来苍蝇 老板说是花椒 我拍了视频了 食药监打了好几遍电话";
        assert_eq!(title(spoken), "火锅里吃出来苍蝇 老板说是花椒 我拍了视频了");
        let unbroken = "一个字也不停".repeat(8);
        assert_eq!(title(&unbroken).chars().count(), limits::TITLE_CHARS + 1);
        assert!(title(&unbroken).ends_with('…'));
        let short_start = format!("喂，{unbroken}");
        assert!(title(&short_start).ends_with('…'), "two characters are no title");
    }
}
