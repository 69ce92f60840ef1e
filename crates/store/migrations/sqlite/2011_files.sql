-- Files by the hash of their bytes, each stored once.
CREATE TABLE files (
    hash TEXT PRIMARY KEY NOT NULL,
    media_type TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    body BLOB NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX files_by_age ON files (created_at);
