//! The hash chain of a case: each event's hash covers the event and the hash before it, so that no stored event
//! can be changed, dropped or added unseen.

use domain::CaseId;
use sha2::{Digest, Sha256};

use crate::{Store, StoreError, db::values};

/// The most breaks a report names.
const MOST_BREAKS: usize = 100;
/// How many cases are checked at once.
const AT_ONCE: i64 = 500;

/// An event whose stored form does not agree with its hash chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainBreak {
    /// The case.
    pub case: CaseId,
    /// The event at fault, from 0, or the number of events when the end of the chain does not fit the case.
    pub index: u32,
    /// What does not fit.
    pub because: &'static str,
}

/// What a check of the hash chains found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChainReport {
    /// How many cases were checked.
    pub cases: u64,
    /// How many events were checked.
    pub events: u64,
    /// The breaks, at most 100.
    pub breaks: Vec<ChainBreak>,
    /// The first place in the history of the whole desk that holds no event although a later one does; nothing else
    /// shows that a case was taken away with all its events.
    pub missing: Option<i64>,
}

/// What a hash covers besides the hash before it.
pub(crate) struct Link<'a> {
    /// The case's id.
    pub(crate) case: &'a str,
    /// The place within the case, from 0.
    pub(crate) position: i64,
    /// Milliseconds since 1970.
    pub(crate) at: i64,
    /// The actor as stored.
    pub(crate) actor: &'a str,
    /// The event as stored.
    pub(crate) body: &'a str,
}

/// The hash of an event in hexadecimal; `before` is the hash of the one before, empty for the first.
pub(crate) fn hash(before: &str, link: &Link<'_>) -> String {
    let mut hasher = Sha256::new();
    let (position, at) = (link.position.to_string(), link.at.to_string());
    for part in [before, link.case, &position, &at, link.actor, link.body] {
        // The length keeps neighbors from flowing into each other.
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part.as_bytes());
    }
    let mut letters = String::with_capacity(64);
    for byte in hasher.finalize() {
        letters.push(char::from(HEXADECIMAL[usize::from(byte >> 4)]));
        letters.push(char::from(HEXADECIMAL[usize::from(byte & 15)]));
    }
    letters
}

const HEXADECIMAL: &[u8; 16] = b"0123456789abcdef";

/// A case to check: ordinal, id, version, last hash.
type CaseEnd = (i64, String, i64, String);
/// An event to check: ordinal, position, time, actor, body, hash.
type StoredLink = (i64, i64, i64, String, String, String);

impl Store {
    /// Checks the hash chain of one case, or of all and that no event is missing between them; work may go on.
    pub async fn verify_chain(&self, id: Option<&CaseId>) -> Result<ChainReport, StoreError> {
        let mut report = self.walk_chains(id).await?;
        if id.is_none() {
            report.missing = self.first_missing().await?;
            // A case that changed between two readings looks broken; one that is broken stays so.
            let suspects = std::mem::take(&mut report.breaks);
            for suspect in suspects {
                let again = self.walk_chains(Some(&suspect.case)).await?;
                report.breaks.extend(again.breaks);
            }
        }
        Ok(report)
    }

    /// The first place without an event before the last one.
    async fn first_missing(&self) -> Result<Option<i64>, StoreError> {
        let sql = "SELECT COUNT(*), COALESCE(MAX(sequence), 0) FROM events";
        let found: Option<(i64, i64)> = self.db().fetch_first(sql, values![]).await?;
        if found.is_none_or(|(count, last)| count == last) {
            return Ok(None);
        }
        let sql = "SELECT e.sequence FROM (SELECT 0 AS sequence UNION ALL SELECT sequence FROM events) e \
                   WHERE NOT EXISTS (SELECT 1 FROM events n WHERE n.sequence = e.sequence + 1) \
                   ORDER BY e.sequence LIMIT 1";
        let gap: Option<(i64,)> = self.db().fetch_first(sql, values![]).await?;
        Ok(gap.map(|(before,)| before + 1))
    }

    async fn walk_chains(&self, id: Option<&CaseId>) -> Result<ChainReport, StoreError> {
        let mut report = ChainReport::default();
        let mut after = 0;
        loop {
            let cases = self.case_ends(id, after).await?;
            let Some(last) = cases.last().map(|case| case.0) else {
                break;
            };
            let first = cases[0].0;
            let sql = "SELECT ordinal, position, happened_at, actor, body, hash FROM events \
                       WHERE ordinal BETWEEN $1 AND $2 ORDER BY ordinal, position";
            let links: Vec<StoredLink> = self.db().fetch(sql, values![first, last]).await?;
            for case in &cases {
                let start = links.partition_point(|link| link.0 < case.0);
                let end = links.partition_point(|link| link.0 <= case.0);
                report.check(case, &links[start..end]);
            }
            if id.is_some() {
                break;
            }
            after = last;
        }
        Ok(report)
    }

    async fn case_ends(&self, id: Option<&CaseId>, after: i64) -> Result<Vec<CaseEnd>, StoreError> {
        let (which, value) = match id {
            Some(id) => ("id =", values![id.as_str()]),
            None => ("ordinal >", values![after]),
        };
        let sql = format!(
            "SELECT ordinal, id, version, chain FROM cases WHERE {which} $1 ORDER BY ordinal LIMIT {AT_ONCE}"
        );
        self.db().fetch(&sql, value).await
    }
}

impl ChainReport {
    fn check(&mut self, (_, case, version, end): &CaseEnd, links: &[StoredLink]) {
        self.cases += 1;
        self.events += links.len() as u64;
        let mut before = "";
        for (index, (_, position, at, actor, body, stored)) in (0..).zip(links) {
            if *position != index {
                return self.add(case, index, "an event is missing");
            }
            let (position, at) = (*position, *at);
            if hash(
                before,
                &Link {
                    case,
                    position,
                    at,
                    actor,
                    body,
                },
            ) != *stored
            {
                return self.add(case, index, "the event was changed");
            }
            before = stored;
        }
        if *version != links.len() as i64 || end != before {
            self.add(
                case,
                links.len() as i64,
                "the end of the chain does not fit the case",
            );
        }
    }

    fn add(&mut self, case: &str, index: i64, because: &'static str) {
        if self.breaks.len() < MOST_BREAKS {
            let index = u32::try_from(index).unwrap_or(u32::MAX);
            self.breaks.push(ChainBreak {
                case: case.into(),
                index,
                because,
            });
        }
    }
}
