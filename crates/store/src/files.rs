//! Files on cases: the bytes once, under their hash; which case shows which.

use domain::{CaseId, Timestamp, UserId};

use crate::{
    Store, StoreError,
    db::{Conn, values},
};

/// A file as uploaded, without its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredFile {
    /// SHA-256 in hexadecimal.
    pub hash: String,
    /// The media type as told by the bytes.
    pub media_type: String,
    /// How many bytes.
    pub bytes: u64,
    /// When it was first uploaded.
    pub created_at: Timestamp,
}

/// Hash, media type, size, made at.
type FileRow = (String, String, i64, i64);

impl Store {
    /// Stores a file of somebody; one that is there already stays as it is.
    pub async fn put_file(&self, file: &StoredFile, by: &UserId, body: Vec<u8>) -> Result<(), StoreError> {
        let sql = "INSERT INTO files (hash, media_type, bytes, body, created_at, uploaded_by) \
                   VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (hash) DO UPDATE \
                   SET created_at = excluded.created_at, uploaded_by = excluded.uploaded_by";
        let bytes = i64::try_from(file.bytes).unwrap_or(i64::MAX);
        let bound = values![
            file.hash.as_str(),
            file.media_type.as_str(),
            bytes,
            body,
            file.created_at.0,
            by.as_str()
        ];
        self.execute(sql, bound).await.map(drop)
    }

    /// A file without its bytes, or nothing.
    pub async fn file(&self, hash: &str) -> Result<Option<StoredFile>, StoreError> {
        let sql = "SELECT hash, media_type, bytes, created_at FROM files WHERE hash = $1";
        let found: Option<FileRow> = self.db().fetch_first(sql, values![hash]).await?;
        Ok(found.map(|(hash, media_type, bytes, created_at)| StoredFile {
            hash,
            media_type,
            bytes: u64::try_from(bytes).unwrap_or_default(),
            created_at: Timestamp(created_at),
        }))
    }

    /// The bytes of a file that a case shows, or nothing.
    pub async fn file_body(&self, case: &CaseId, hash: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let sql = "SELECT f.body FROM files f JOIN case_files c ON c.hash = f.hash \
                   WHERE f.hash = $1 AND c.case_id = $2";
        let found: Option<(Vec<u8>,)> = self.db().fetch_first(sql, values![hash, case.as_str()]).await?;
        Ok(found.map(|(body,)| body))
    }

    /// How many bytes somebody has uploaded since a time.
    pub async fn uploaded_since(&self, by: &UserId, since: Timestamp) -> Result<u64, StoreError> {
        let sql = "SELECT CAST(COALESCE(SUM(bytes), 0) AS BIGINT) FROM files \
                   WHERE uploaded_by = $1 AND created_at >= $2";
        let found: Option<(i64,)> = self.db().fetch_first(sql, values![by.as_str(), since.0]).await?;
        Ok(found.map_or(0, |(bytes,)| bytes.unsigned_abs()))
    }

    /// Notes that a case shows no file any more.
    pub async fn hide_files(&self, case: &CaseId) -> Result<(), StoreError> {
        let sql = "DELETE FROM case_files WHERE case_id = $1";
        self.execute(sql, values![case.as_str()]).await.map(drop)
    }

    /// Deletes files uploaded before `before` that no case shows; answers how many.
    pub async fn sweep_files(&self, before: Timestamp) -> Result<u64, StoreError> {
        let sql = "DELETE FROM files WHERE created_at < $1 AND NOT EXISTS \
                   (SELECT 1 FROM case_files c WHERE c.hash = files.hash)";
        self.execute(sql, values![before.0]).await
    }
}

/// Notes that a case shows a file, in the same transaction as the event that says so; the file is kept from now on.
pub(crate) async fn show_file(conn: &mut Conn, case: &str, hash: &str, at: i64) -> Result<(), StoreError> {
    // A sweep that looks at the same file waits, and then finds it young and shown.
    let touch = "UPDATE files SET created_at = $2 WHERE hash = $1";
    if conn.execute(touch, values![hash, at]).await? == 0 {
        return Err(StoreError::NotFound { what: "file" });
    }
    let sql = "INSERT INTO case_files (hash, case_id) VALUES ($1, $2) ON CONFLICT (hash, case_id) DO NOTHING";
    conn.execute(sql, values![hash, case]).await.map(drop)
}
