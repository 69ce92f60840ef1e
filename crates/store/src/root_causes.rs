//! Causes that were found and what is done about them, as the use cases write them down.

use domain::Timestamp;

use crate::{Store, StoreError, db::values};

/// The most causes kept in view.
const CAUSE_LIMIT: u32 = 1_000;

/// A cause as stored; what it says is the business of the use cases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RootCauseRecord {
    /// The identity.
    pub id: String,
    /// The cause it stands under.
    pub parent: Option<String>,
    /// How often it was written.
    pub version: u32,
    /// When it was first written.
    pub created_at: Timestamp,
    /// When it was last written.
    pub updated_at: Timestamp,
    /// What it says, as JSON.
    pub body: String,
}

/// Id, parent, version, created, updated, body.
type CauseRow = (String, Option<String>, i64, i64, i64, String);
const CAUSE: &str = "id, parent, version, created_at, updated_at, body";

impl Store {
    /// Stores a new cause. `Duplicate` when its id exists.
    pub async fn create_root_cause(&self, cause: &RootCauseRecord) -> Result<(), StoreError> {
        let sql = format!("INSERT INTO root_causes ({CAUSE}) VALUES ($1, $2, $3, $4, $5, $6)");
        let bound = values![
            cause.id.as_str(),
            cause.parent.as_deref(),
            cause.version,
            cause.created_at.0,
            cause.updated_at.0,
            cause.body.as_str()
        ];
        self.execute(sql, bound).await.map(drop)
    }

    /// Writes a cause anew when it still stands at the version before; `Stale` when somebody was faster.
    pub async fn update_root_cause(&self, cause: &RootCauseRecord) -> Result<(), StoreError> {
        let sql = "UPDATE root_causes SET parent = $2, version = $3, updated_at = $4, body = $5 \
                   WHERE id = $1 AND version = $6";
        let bound = values![
            cause.id.as_str(),
            cause.parent.as_deref(),
            cause.version,
            cause.updated_at.0,
            cause.body.as_str(),
            cause.version.saturating_sub(1)
        ];
        if self.execute(sql, bound).await? == 1 {
            return Ok(());
        }
        match self.root_cause(&cause.id).await? {
            Some(current) => Err(StoreError::Stale {
                current_version: current.version,
            }),
            None => Err(StoreError::NotFound { what: "cause" }),
        }
    }

    /// The cause, or nothing.
    pub async fn root_cause(&self, id: &str) -> Result<Option<RootCauseRecord>, StoreError> {
        let sql = format!("SELECT {CAUSE} FROM root_causes WHERE id = $1");
        let found: Option<CauseRow> = self.db().fetch_first(&sql, values![id]).await?;
        Ok(found.map(cause))
    }

    /// All causes, the oldest first.
    pub async fn root_causes(&self) -> Result<Vec<RootCauseRecord>, StoreError> {
        let sql = format!("SELECT {CAUSE} FROM root_causes ORDER BY created_at, id LIMIT {CAUSE_LIMIT}");
        let rows: Vec<CauseRow> = self.db().fetch(&sql, values![]).await?;
        Ok(rows.into_iter().map(cause).collect())
    }
}

/// How many cases have the same values of everything a cause can name.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are the columns of cases")]
pub struct SliceCount {
    pub topic: Option<String>,
    pub product: Option<String>,
    pub site: Option<String>,
    pub batch: Option<String>,
    pub team: Option<String>,
    pub cases: u64,
}

type SliceRow = (
    Option<String>,
    Option<String>,
    Option<String>,
    Option<String>,
    Option<String>,
    i64,
);

impl Store {
    /// All cases by topic, product, site, batch and team, in one pass.
    pub async fn slices(&self) -> Result<Vec<SliceCount>, StoreError> {
        let sql = "SELECT topic, product, site, batch, team, COUNT(*) FROM cases \
                   GROUP BY topic, product, site, batch, team";
        let rows: Vec<SliceRow> = self.db().fetch(sql, values![]).await?;
        let slice = |(topic, product, site, batch, team, cases): SliceRow| SliceCount {
            topic,
            product,
            site,
            batch,
            team,
            cases: cases.unsigned_abs(),
        };
        Ok(rows.into_iter().map(slice).collect())
    }

    /// When the first case of all was opened.
    pub async fn first_opened(&self) -> Result<Option<Timestamp>, StoreError> {
        let sql = "SELECT opened_at FROM cases ORDER BY opened_at LIMIT 1";
        let found: Option<(i64,)> = self.db().fetch_first(sql, values![]).await?;
        Ok(found.map(|(at,)| Timestamp(at)))
    }
}

fn cause((id, parent, version, created_at, updated_at, body): CauseRow) -> RootCauseRecord {
    RootCauseRecord {
        id,
        parent,
        version: u32::try_from(version).unwrap_or_default(),
        created_at: Timestamp(created_at),
        updated_at: Timestamp(updated_at),
        body,
    }
}
