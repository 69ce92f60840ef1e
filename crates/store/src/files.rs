//! Files on cases: the bytes once, under their hash; which case shows which.

use domain::{CaseId, Timestamp};

use crate::{Store, StoreError, db::values};

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
    /// Stores a file; one that is there already stays as it is.
    pub async fn put_file(&self, file: &StoredFile, body: Vec<u8>) -> Result<(), StoreError> {
        let sql = "INSERT INTO files (hash, media_type, bytes, body, created_at) VALUES ($1, $2, $3, $4, $5) \
                   ON CONFLICT (hash) DO UPDATE SET created_at = excluded.created_at";
        let bytes = i64::try_from(file.bytes).unwrap_or(i64::MAX);
        let bound = values![
            file.hash.as_str(),
            file.media_type.as_str(),
            bytes,
            body,
            file.created_at.0
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

    /// Notes that a case shows a file.
    pub async fn show_file(&self, case: &CaseId, hash: &str) -> Result<(), StoreError> {
        let sql =
            "INSERT INTO case_files (hash, case_id) VALUES ($1, $2) ON CONFLICT (hash, case_id) DO NOTHING";
        self.execute(sql, values![hash, case.as_str()]).await.map(drop)
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
