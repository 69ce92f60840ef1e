//! Texts that override the seed files of playbook and rules: every revision is kept, nothing is overwritten.

use domain::{Person, Timestamp, UserId};

use crate::{Store, StoreError, db::values};

/// One revision of a document. Revision 0 is the seed file, which is not stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// The document, such as `guarantee.toml`.
    pub name: String,
    /// Counts from 1.
    pub number: u32,
    /// The text; nothing when the seed file holds again.
    pub text: Option<String>,
    /// Who changed it.
    pub by: Person,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub note: String,
    /// The revision whose text this one brought back, when it undid something.
    pub restores: Option<u32>,
}

/// Name, number, text, user, user's name, time, note, restored revision.
type RevisionRow = (
    String,
    i64,
    Option<String>,
    String,
    String,
    i64,
    String,
    Option<i64>,
);
const REVISION: &str =
    "d.name, d.revision, d.body, d.author, d.author_name, d.happened_at, d.note, d.restores";

impl Store {
    /// The newest revision of every document that was ever changed.
    pub async fn documents(&self) -> Result<Vec<Revision>, StoreError> {
        let sql = format!(
            "SELECT {REVISION} FROM documents d JOIN (SELECT name, MAX(revision) AS newest FROM documents \
             GROUP BY name) n ON n.name = d.name AND n.newest = d.revision ORDER BY d.name"
        );
        let rows: Vec<RevisionRow> = self.db().fetch(&sql, values![]).await?;
        rows.into_iter().map(revision).collect()
    }

    /// How many revisions there are of all documents: another number means that something changed.
    pub async fn count_revisions(&self) -> Result<u64, StoreError> {
        let found: Option<(i64,)> = self
            .db()
            .fetch_first("SELECT COUNT(*) FROM documents", values![])
            .await?;
        Ok(found.map_or(0, |(count,)| count.unsigned_abs()))
    }

    /// The revisions of a document, newest first, at most `limit`.
    pub async fn revisions(&self, name: &str, limit: u32) -> Result<Vec<Revision>, StoreError> {
        let sql =
            format!("SELECT {REVISION} FROM documents d WHERE d.name = $1 ORDER BY d.revision DESC LIMIT $2");
        let rows: Vec<RevisionRow> = self.db().fetch(&sql, values![name, limit]).await?;
        rows.into_iter().map(revision).collect()
    }

    /// One revision of a document, or nothing.
    pub async fn revision(&self, name: &str, number: u32) -> Result<Option<Revision>, StoreError> {
        let sql = format!("SELECT {REVISION} FROM documents d WHERE d.name = $1 AND d.revision = $2");
        let found: Option<RevisionRow> = self.db().fetch_first(&sql, values![name, number]).await?;
        found.map(revision).transpose()
    }

    /// Adds a revision; `Stale` when another one was added since the one before it was seen.
    pub async fn add_revision(&self, revision: &Revision) -> Result<(), StoreError> {
        let revision = revision.clone();
        self.write(move |conn| {
            Box::pin(async move {
                let sql = "SELECT COALESCE(MAX(revision), 0) FROM documents WHERE name = $1";
                let newest: Option<(i64,)> = conn.fetch_first(sql, values![revision.name.as_str()]).await?;
                let newest = newest.map_or(0, |(number,)| number);
                if newest + 1 != i64::from(revision.number) {
                    let current_version = u32::try_from(newest).unwrap_or_default();
                    return Err(StoreError::Stale { current_version });
                }
                let row = values![
                    revision.name.as_str(),
                    revision.number,
                    revision.text.as_deref(),
                    revision.by.id.as_str(),
                    revision.by.name.as_str(),
                    revision.at.0,
                    revision.note.as_str(),
                    revision.restores.map(i64::from)
                ];
                let into = "INSERT INTO documents \
                            (name, revision, body, author, author_name, happened_at, note, restores)";
                conn.insert_rows(into, &[], vec![row]).await
            })
        })
        .await
    }
}

fn revision(
    (name, number, text, id, author, at, note, restores): RevisionRow,
) -> Result<Revision, StoreError> {
    let corrupt = |because: &str| StoreError::Corrupt {
        what: format!("document {name}"),
        because: because.to_owned(),
    };
    let small = |number: i64| u32::try_from(number).map_err(|_| corrupt("a revision out of range"));
    Ok(Revision {
        number: small(number)?,
        restores: restores.map(small).transpose()?,
        text,
        by: Person {
            id: UserId(id),
            name: author,
        },
        at: Timestamp(at),
        note,
        name: name.clone(),
    })
}
