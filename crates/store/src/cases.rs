//! Cases: events, snapshot, index, search words and idempotency key are stored in one transaction.

use domain::{Case, CaseId, Event, EventKind};

use crate::{
    IdempotencyKey, Store, StoreError,
    chain::{Link, hash},
    counted::{COUNTED, Counted, CountedRow, Tally},
    db::{Conn, Db, Insert, Value, values},
    files::show_file,
    index, record,
};

/// One change of one case, stored whole or not at all.
#[derive(Clone, Copy, Debug)]
pub struct CaseWrite<'a> {
    /// The case after the change.
    pub case: &'a Case,
    /// What happened; for a new case everything that ever happened.
    pub events: &'a [Event],
    /// The words the case is found by; nothing keeps those stored before.
    pub search_tokens: Option<&'a [String]>,
    /// When the clock should look at the case next.
    pub next_check_at: Option<domain::Timestamp>,
    /// The key that makes the request repeatable, kept with its effect.
    pub idempotency: Option<&'a IdempotencyKey>,
}

/// A change made ready outside the transaction, which stays short.
#[derive(Debug)]
pub(crate) struct Prepared {
    id: String,
    number: String,
    version: u32,
    columns: Vec<Value>,
    next_check_at: i64,
    /// Milliseconds from receipt to the first answer, when these events tell it.
    first_response_ms: Option<i64>,
    counted: Counted,
    snapshot: String,
    events: Vec<PreparedEvent>,
    /// The words, as the database takes them.
    words: Option<String>,
    key: Option<IdempotencyKey>,
    /// Files that the events attach, and when.
    files: Vec<(String, i64)>,
}

#[derive(Debug)]
struct PreparedEvent {
    at: i64,
    actor: String,
    body: String,
    /// The hash of a new case's event, which depends on nothing that is stored already.
    hash: Option<String>,
}

impl Prepared {
    pub(crate) fn of(db: &Db, write: &CaseWrite<'_>, expected_version: u32) -> Result<Self, StoreError> {
        let case = write.case;
        let counted = u32::try_from(write.events.len())
            .ok()
            .and_then(|count| expected_version.checked_add(count));
        if counted != Some(case.version) || write.events.is_empty() {
            return Err(StoreError::Invalid(format!(
                "version {} of case {} does not count its events: {expected_version} and {} more",
                case.version,
                case.id,
                write.events.len()
            )));
        }
        let events = write.events.iter().map(|event| {
            Ok(PreparedEvent {
                at: event.at.0,
                actor: record::to_json(&event.actor)?,
                body: record::to_json(&event.kind)?,
                hash: None,
            })
        });
        let answered_at = index::first_answer_at(write.events);
        let first_response_ms = answered_at.map(|at| at.since_ms(case.received_at).max(0));
        let mut events = events.collect::<Result<Vec<_>, StoreError>>()?;
        if expected_version == 0 {
            chain_up(&case.id.0, &mut events);
        }
        Ok(Self {
            id: case.id.0.clone(),
            number: case.number.clone(),
            version: case.version,
            columns: index::columns(case),
            next_check_at: write.next_check_at.map_or(index::NEVER, |at| at.0),
            first_response_ms,
            counted: Counted::of(case, first_response_ms),
            snapshot: record::to_json(case)?,
            events,
            words: write.search_tokens.map(|tokens| db.write_words(tokens)),
            key: write.idempotency.cloned(),
            files: write.events.iter().filter_map(file_of).collect(),
        })
    }

    /// The rows of the events, and the hash of the last one.
    fn event_rows(&self, place: Place, mut before: String, rows: &mut Vec<Vec<Value>>) -> String {
        for (index, event) in (0i64..).zip(&self.events) {
            let position = place.position + index;
            let (actor, body) = (&event.actor, &event.body);
            before = match &event.hash {
                Some(hash) => hash.clone(),
                None => hash(&before, &event.link(&self.id, position)),
            };
            let sequence = place.sequence + index;
            rows.push(values![
                sequence,
                place.ordinal,
                position,
                event.at,
                actor.as_str(),
                body.as_str(),
                before.as_str()
            ]);
        }
        before
    }
}

impl PreparedEvent {
    fn link<'l>(&'l self, case: &'l str, position: i64) -> Link<'l> {
        Link {
            case,
            position,
            at: self.at,
            actor: &self.actor,
            body: &self.body,
        }
    }
}

/// Hashes the events of a new case, outside the transaction.
fn chain_up(case: &str, events: &mut [PreparedEvent]) {
    let mut before = String::new();
    for (position, event) in (0i64..).zip(events) {
        before = hash(&before, &event.link(case, position));
        event.hash = Some(before.clone());
    }
}

fn file_of(event: &Event) -> Option<(String, i64)> {
    match &event.kind {
        EventKind::Attached { attachment } => Some((attachment.hash.clone(), event.at.0)),
        _ => None,
    }
}

/// Where the next event goes.
#[derive(Clone, Copy)]
struct Place {
    ordinal: i64,
    sequence: i64,
    position: i64,
}

const INSERT_EVENTS: &str =
    "INSERT INTO events (sequence, ordinal, position, happened_at, actor, body, hash)";

impl Store {
    /// Stores a new case; answers the global sequence of its last event. `Duplicate` when the id, the number or
    /// the idempotency key exists.
    pub async fn create(&self, write: CaseWrite<'_>) -> Result<i64, StoreError> {
        self.create_many(&[write]).await
    }

    /// Stores many new cases, all or none; answers the global sequence of the last event.
    pub async fn create_many(&self, writes: &[CaseWrite<'_>]) -> Result<i64, StoreError> {
        let prepared = writes
            .iter()
            .map(|write| Prepared::of(self.db(), write, 0))
            .collect::<Result<Vec<_>, _>>()?;
        self.writer().create(prepared).await
    }

    /// Appends events to a case that stands at `expected_version`; answers the global sequence of the last event.
    /// `Stale` when the case has changed meanwhile.
    pub async fn append(&self, expected_version: u32, write: CaseWrite<'_>) -> Result<i64, StoreError> {
        let prepared = Prepared::of(self.db(), &write, expected_version)?;
        self.write(move |conn| Box::pin(append_events(conn, expected_version, prepared)))
            .await
    }

    /// The case, or nothing.
    pub async fn case(&self, id: &CaseId) -> Result<Option<Case>, StoreError> {
        self.load_case("id", id.as_str()).await
    }

    /// The case with this number, or nothing.
    pub async fn case_by_number(&self, number: &str) -> Result<Option<Case>, StoreError> {
        self.load_case("number", number).await
    }

    async fn load_case(&self, column: &'static str, value: &str) -> Result<Option<Case>, StoreError> {
        let sql = format!(
            "SELECT s.body FROM cases c JOIN snapshots s ON s.ordinal = c.ordinal WHERE c.{column} = $1"
        );
        let found: Option<(String,)> = self.db().fetch_first(&sql, values![value]).await?;
        found
            .map(|(body,)| record::from_json(&body, || format!("case {value}")))
            .transpose()
    }

    /// Reserves `count` case numbers of a day such as `20261122`; answers the first. Counts from 1.
    pub async fn reserve_numbers(&self, day: &str, count: u32) -> Result<u32, StoreError> {
        let name = format!("case:{day}");
        let last: i64 = self
            .write(move |conn| {
                Box::pin(async move {
                    let sql = "INSERT INTO counters (name, value) VALUES ($1, $2) \
                       ON CONFLICT (name) DO UPDATE SET value = counters.value + $2 RETURNING value";
                    let found: Option<(i64,)> = conn.fetch_first(sql, values![name, count]).await?;
                    found
                        .map(|(value,)| value)
                        .ok_or(StoreError::NotFound { what: "counter" })
                })
            })
            .await?;
        u32::try_from(last - i64::from(count) + 1)
            .map_err(|_| StoreError::Invalid(format!("the numbers of day {day} are used up")))
    }
}

/// Rows to insert.
type Rows = Vec<Vec<Value>>;

/// Inserts new cases; answers the sequence of each one's last event.
pub(crate) async fn insert_cases(conn: &mut Conn, cases: &[&Prepared]) -> Result<Vec<i64>, StoreError> {
    let ends = "SELECT COALESCE((SELECT MAX(ordinal) FROM cases), 0), COALESCE((SELECT MAX(sequence) FROM events), 0)";
    let (mut ordinal, mut sequence): (i64, i64) =
        conn.fetch_first(ends, values![]).await?.unwrap_or_default();
    let (mut rows, mut snapshots, mut events, mut keys) = <(Rows, Rows, Rows, Rows)>::default();
    let mut tally = Tally::default();
    let (mut words, mut sequences) = (Vec::with_capacity(cases.len()), Vec::with_capacity(cases.len()));
    for case in cases {
        ordinal += 1;
        let place = Place {
            ordinal,
            sequence: sequence + 1,
            position: 0,
        };
        let chain = case.event_rows(place, String::new(), &mut events);
        sequence += case.events.len() as i64;
        push_case(&mut rows, case, ordinal, chain);
        tally.add(&case.counted);
        words.push((ordinal, case.words.as_deref().unwrap_or_default()));
        snapshots.push(values![ordinal, case.snapshot.as_str()]);
        keys.extend(case.key.as_ref().map(key_row));
        sequences.push(sequence);
    }
    let into = insert_into_cases();
    let rows_of = |into, rows| Insert {
        into,
        casts: &[],
        rows,
    };
    let beside = vec![
        rows_of(&into, rows),
        rows_of("INSERT INTO snapshots (ordinal, body)", snapshots),
        conn.tokens_to_insert(&words),
    ];
    conn.insert_side_by_side(beside).await?;
    tally.store(conn).await?;
    conn.insert_rows(INSERT_EVENTS, &[], events).await?;
    conn.insert_rows(INSERT_KEYS, &[], keys).await?;
    Ok(sequences)
}

fn push_case(rows: &mut Vec<Vec<Value>>, case: &Prepared, ordinal: i64, chain: String) {
    let mut row = values![
        ordinal,
        case.id.as_str(),
        case.number.as_str(),
        case.version,
        chain,
        case.next_check_at,
        case.first_response_ms
    ];
    row.extend(case.columns.iter().cloned());
    rows.push(row);
}

fn insert_into_cases() -> String {
    format!(
        "INSERT INTO cases (ordinal, id, number, version, chain, next_check_at, first_response_ms, {})",
        index::COLUMNS.join(", ")
    )
}

const INSERT_KEYS: &str = "INSERT INTO idempotency_keys (scope, key, request_hash, answer, created_at)";

fn key_row(key: &IdempotencyKey) -> Vec<Value> {
    let (scope, name) = (key.scope.as_str(), key.key.as_str());
    values![
        scope,
        name,
        key.request_hash.as_str(),
        key.answer.as_str(),
        key.created_at.0
    ]
}

pub(crate) async fn append_events(
    conn: &mut Conn,
    expected_version: u32,
    change: Prepared,
) -> Result<i64, StoreError> {
    let sql = "SELECT ordinal, version, chain, COALESCE((SELECT MAX(sequence) FROM events), 0) \
               FROM cases WHERE id = $1";
    let found: Option<(i64, i64, String, i64)> = conn.fetch_first(sql, values![change.id.as_str()]).await?;
    let (ordinal, version, chain, last) = found.ok_or(StoreError::NotFound { what: "case" })?;
    if version != i64::from(expected_version) {
        let current_version = u32::try_from(version).unwrap_or_default();
        return Err(StoreError::Stale { current_version });
    }
    let mut events = Vec::with_capacity(change.events.len());
    let place = Place {
        ordinal,
        sequence: last + 1,
        position: version,
    };
    let chain = change.event_rows(place, chain, &mut events);
    count_anew(conn, &change, ordinal).await?;
    update_case(conn, &change, ordinal, chain).await?;
    conn.insert_rows(INSERT_EVENTS, &[], events).await?;
    for (hash, at) in &change.files {
        show_file(conn, &change.id, hash, *at).await?;
    }
    let sequence = last + change.events.len() as i64;
    if let Some(words) = change.words.as_deref() {
        conn.delete_tokens(ordinal).await?;
        conn.insert_tokens(&[(ordinal, words)]).await?;
    }
    conn.insert_rows(INSERT_KEYS, &[], change.key.iter().map(key_row).collect())
        .await?;
    Ok(sequence)
}

/// Takes the case as it stood before out of the rollups, and counts it as it stands now.
async fn count_anew(conn: &mut Conn, change: &Prepared, ordinal: i64) -> Result<(), StoreError> {
    let sql = format!("SELECT {COUNTED} FROM cases WHERE ordinal = $1");
    let before: Option<CountedRow> = conn.fetch_first(&sql, values![ordinal]).await?;
    let before = Counted(before.ok_or(StoreError::NotFound { what: "case" })?);
    let mut tally = Tally::default();
    tally.remove(&before);
    tally.add(&change.counted.clone().after(&before));
    tally.store(conn).await
}

async fn update_case(
    conn: &mut Conn,
    change: &Prepared,
    ordinal: i64,
    chain: String,
) -> Result<(), StoreError> {
    let sets: Vec<String> = (6..)
        .zip(index::COLUMNS)
        .map(|(n, column)| format!("{column} = ${n}"))
        .collect();
    let sql = format!(
        "UPDATE cases SET version = $2, chain = $3, next_check_at = $4, \
         first_response_ms = COALESCE(first_response_ms, $5), {} WHERE ordinal = $1",
        sets.join(", ")
    );
    let mut bound = values![
        ordinal,
        change.version,
        chain,
        change.next_check_at,
        change.first_response_ms
    ];
    bound.extend(change.columns.iter().cloned());
    conn.execute(&sql, bound).await?;
    let sql = "UPDATE snapshots SET body = $2 WHERE ordinal = $1";
    conn.execute(sql, values![ordinal, change.snapshot.as_str()])
        .await?;
    Ok(())
}
