//! What statistics need to know of many cases and purchases at once, read without opening each case.

use domain::{
    Actor, CaseId, CaseState, Channel, CustomerId, EmotionStage, EventKind, Motive, Nature, Outcome,
    Psychology, Purchase, Severity, Subject, Temperament, Timestamp, Vocabulary,
};
use serde::Deserialize;

use crate::{
    Store, StoreError,
    customers::{PurchaseRow, purchase},
    db::values,
    record,
};

/// The most cases one reading answers, the newest first.
pub const FACT_LIMIT: u32 = 60_000;
/// Cases read at a time.
const PAGE: usize = 1_000;
/// The most purchases one reading answers, the newest first.
pub const PURCHASE_LIMIT: u32 = 4_000_000;

/// One case as far as statistics are concerned.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseFact {
    /// The identity.
    pub id: CaseId,
    /// The number people say.
    pub number: String,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// The first subject.
    pub topic: Option<Subject>,
    /// The product.
    pub product: Option<String>,
    /// The site.
    pub site: Option<String>,
    /// The batch.
    pub batch: Option<String>,
    /// The team.
    pub team: Option<String>,
    /// The channel.
    pub channel: Channel,
    /// The customer.
    pub customer: Option<CustomerId>,
    /// The state.
    pub state: CaseState,
    /// The customer's verdict, when closed.
    pub outcome: Option<Outcome>,
    /// Satisfaction 1–5, when given.
    pub csat: Option<u8>,
    /// The severity.
    pub severity: Severity,
    /// From receipt to the first answer, in milliseconds.
    pub first_response_ms: Option<i64>,
    /// The words as received, unmasked; empty when they were not asked for.
    pub text: String,
    /// When it was closed; known only with the words.
    pub closed_at: Option<Timestamp>,
    /// What the reading says of the customer; known only with the words.
    pub heard: HeardFact,
}

/// What the reading of a case says, as far as statistics ask.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HeardFact {
    /// The manner of speaking; nothing when it is unknown, or not to be judged by a machine.
    pub temperament: Option<Temperament>,
    /// The stage of emotion.
    pub emotion: Option<EmotionStage>,
    /// Whether the customer suggests something.
    pub suggests: bool,
}

/// A state that a case reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateFact {
    /// The case.
    pub case: CaseId,
    /// The state.
    pub state: CaseState,
    /// When.
    pub at: Timestamp,
    /// Who brought it there, by identity, for a log that is passed on names nobody; nothing for the product itself.
    pub actor: Option<String>,
}

/// Id, number, opened, topic, product, site, batch, team, channel, customer, state, outcome, csat, severity, first
/// answer, snapshot.
type FactRow = (
    String,
    String,
    i64,
    Option<String>,
    Option<String>,
    Option<String>,
    Option<String>,
    Option<String>,
    String,
    Option<String>,
    String,
    Option<String>,
    Option<i64>,
    i64,
    Option<i64>,
    String,
);

/// The part of a snapshot that is wanted; the rest is passed over unread.
#[derive(Deserialize)]
struct Excerpt {
    text: String,
    closure: Option<Closing>,
    analysis: Option<Reading>,
}

#[derive(Deserialize)]
struct Reading {
    emotion: Feeling,
    #[serde(default)]
    motives: Vec<Valued>,
    temperament: Valued,
}

#[derive(Deserialize)]
struct Feeling {
    stage: Valued,
}

#[derive(Deserialize)]
struct Valued {
    value: String,
}

impl Reading {
    fn heard(&self) -> HeardFact {
        let temperament = Temperament::from_key(&self.temperament.value);
        HeardFact {
            temperament: temperament.filter(|known| *known != Temperament::Unknown),
            emotion: EmotionStage::from_key(&self.emotion.stage.value),
            suggests: self
                .motives
                .iter()
                .any(|motive| motive.value == Motive::Suggestion.key()),
        }
    }
}

#[derive(Deserialize)]
struct Closing {
    at: i64,
}

/// Case, its time and place, and what an event says of its state: position, time, actor, body.
type StateRow = (String, i64, i64, i64, i64, String, String);

/// A contact with a customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactFact {
    /// Who.
    pub customer: CustomerId,
    /// When.
    pub at: Timestamp,
    /// Whether it was a complaint; one who asked for help or information has not complained.
    pub complaint: bool,
}

impl Store {
    /// The cases opened at or after `from` and before `to`, the newest first, at most `limit`; their words only when
    /// asked for.
    pub async fn case_facts(
        &self,
        from: Timestamp,
        to: Timestamp,
        words: bool,
        limit: u32,
    ) -> Result<Vec<CaseFact>, StoreError> {
        let (body, join) = if words {
            ("s.body", "JOIN snapshots s ON s.ordinal = c.ordinal")
        } else {
            ("''", "")
        };
        // Whole snapshots are large, so they are read page by page, and only what is wanted of a page is kept.
        let sql = format!(
            "SELECT c.id, c.number, c.opened_at, c.topic, c.product, c.site, c.batch, c.team, c.channel, \
             c.customer, c.state, c.outcome, c.csat, c.severity, c.first_response_ms, {body} FROM cases c {join} \
             WHERE c.opened_at >= $1 AND c.opened_at <= $2 AND (c.opened_at < $2 OR c.ordinal < \
             (SELECT k.ordinal FROM cases k WHERE k.id = $3)) \
             ORDER BY c.opened_at DESC, c.ordinal DESC LIMIT $4"
        );
        let limit = limit.min(FACT_LIMIT) as usize;
        let mut facts: Vec<CaseFact> = Vec::new();
        loop {
            let (before, last) = facts
                .last()
                .map_or((to.0, ""), |last| (last.opened_at.0, last.id.as_str()));
            let page = PAGE.min(limit - facts.len());
            let bound = values![from.0, before, last, i64::try_from(page).unwrap_or(i64::MAX)];
            let rows: Vec<FactRow> = self.db().fetch(&sql, bound).await?;
            let whole = rows.len() == page;
            for row in rows {
                facts.push(fact(row)?);
            }
            if !whole || facts.len() >= limit {
                return Ok(facts);
            }
        }
    }

    /// The states that cases opened in a time went through, case by case, at most `limit`.
    pub async fn state_facts(
        &self,
        from: Timestamp,
        to: Timestamp,
        limit: u32,
    ) -> Result<Vec<StateFact>, StoreError> {
        // The newest cases page by page, so that a database looks up their events instead of sorting all there are. The
        // first event holds the whole reading, of which nothing is wanted.
        let sql = "SELECT c.id, c.opened_at, c.ordinal, e.position, e.happened_at, e.actor, \
                   CASE WHEN e.position = 0 THEN '' ELSE e.body END FROM (SELECT id, opened_at, ordinal FROM cases \
                   WHERE opened_at >= $1 AND opened_at < $2 AND (opened_at < $3 OR ordinal < $4) \
                   ORDER BY opened_at DESC, ordinal DESC LIMIT $5) AS c \
                   JOIN events e ON e.ordinal = c.ordinal AND (e.position = 0 OR e.body LIKE '{\"state_changed\"%') \
                   ORDER BY c.opened_at DESC, c.ordinal DESC, e.position";
        let limit = limit as usize;
        let mut found = Vec::new();
        let (mut opened, mut ordinal) = (to.0, i64::MAX);
        loop {
            let until = opened.saturating_add(1).min(to.0);
            let page = i64::try_from(PAGE).unwrap_or(i64::MAX);
            let rows: Vec<StateRow> = self
                .db()
                .fetch(sql, values![from.0, until, opened, ordinal, page])
                .await?;
            let Some(last) = rows.last() else { break };
            (opened, ordinal) = (last.1, last.2);
            let cases = rows.iter().filter(|row| row.3 == 0).count();
            for row in rows {
                found.extend(state_fact(row)?);
            }
            if cases < PAGE || found.len() >= limit {
                break;
            }
        }
        found.truncate(limit);
        Ok(found)
    }

    /// The purchases of all customers before a time, the newest first, at most `limit`.
    pub async fn purchase_facts(&self, before: Timestamp, limit: u32) -> Result<Vec<Purchase>, StoreError> {
        let sql = "SELECT customer, bought_at, minor, currency, product FROM purchases WHERE bought_at < $1 \
                   ORDER BY bought_at DESC, ordinal DESC LIMIT $2";
        let rows: Vec<PurchaseRow> = self
            .db()
            .fetch(sql, values![before.0, limit.min(PURCHASE_LIMIT)])
            .await?;
        rows.into_iter().map(purchase).collect()
    }

    /// Whom each of the cases on file was opened for, when, and whether it was a complaint; cases without a customer
    /// are left out.
    pub async fn contacts(&self, limit: u32) -> Result<Vec<ContactFact>, StoreError> {
        let sql = "SELECT customer, opened_at, psychology, nature FROM cases WHERE customer IS NOT NULL \
                   ORDER BY opened_at DESC LIMIT $1";
        let rows: Vec<(String, i64, String, String)> = self.db().fetch(sql, values![limit]).await?;
        let contacts = rows.into_iter().map(|(id, at, psychology, nature)| ContactFact {
            customer: CustomerId(id),
            at: Timestamp(at),
            complaint: psychology != Psychology::None.key()
                && [Nature::Valid, Nature::Vent]
                    .iter()
                    .any(|known| known.key() == nature),
        });
        Ok(contacts.collect())
    }
}

/// The state that an event brought, when it did.
fn state_fact(row: StateRow) -> Result<Option<StateFact>, StoreError> {
    let (case, _, _, position, at, actor, body) = row;
    let what = || format!("event {position} of case {case}");
    let state = match position {
        0 => Some(CaseState::Received),
        _ => match record::from_json(&body, what)? {
            EventKind::StateChanged { to, .. } => Some(to),
            _ => None,
        },
    };
    let Some(state) = state else { return Ok(None) };
    let actor = match record::from_json(&actor, what)? {
        Actor::User { person, .. } => Some(person.id.0),
        Actor::System => None,
    };
    Ok(Some(StateFact {
        case: CaseId(case),
        state,
        at: Timestamp(at),
        actor,
    }))
}

fn fact(row: FactRow) -> Result<CaseFact, StoreError> {
    let (id, number, opened_at, topic, product, site, batch, team, channel, customer, ..) = row;
    let (state, outcome, csat, severity, first_response_ms, body) =
        (row.10, row.11, row.12, row.13, row.14, row.15);
    let excerpt: Option<Excerpt> = match body.as_str() {
        "" => None,
        body => Some(serde_json::from_str(body).map_err(|error| corrupt(&number, &error.to_string()))?),
    };
    let severity = Severity::ALL
        .iter()
        .find(|known| i64::from(known.level()) == severity)
        .copied();
    Ok(CaseFact {
        topic: topic.and_then(|key| Subject::from_key(&key)),
        channel: Channel::from_key(&channel).ok_or_else(|| corrupt(&number, &channel))?,
        state: CaseState::from_key(&state).ok_or_else(|| corrupt(&number, &state))?,
        outcome: outcome.and_then(|key| Outcome::from_key(&key)),
        severity: severity.ok_or_else(|| corrupt(&number, "severity"))?,
        csat: csat.and_then(|mark| u8::try_from(mark).ok()),
        closed_at: excerpt
            .as_ref()
            .and_then(|excerpt| excerpt.closure.as_ref())
            .map(|closing| Timestamp(closing.at)),
        heard: excerpt
            .as_ref()
            .and_then(|excerpt| excerpt.analysis.as_ref())
            .map(Reading::heard)
            .unwrap_or_default(),
        text: excerpt.map(|excerpt| excerpt.text).unwrap_or_default(),
        id: CaseId(id),
        number,
        opened_at: Timestamp(opened_at),
        product,
        site,
        batch,
        team,
        customer: customer.map(CustomerId),
        first_response_ms,
    })
}

fn corrupt(number: &str, because: &str) -> StoreError {
    StoreError::Corrupt {
        what: format!("case {number}"),
        because: because.to_owned(),
    }
}
