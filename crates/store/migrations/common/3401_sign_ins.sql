-- Browsers that were sent to the organization's provider and are expected back; the hash of what their cookie holds.
CREATE TABLE sign_ins (
    secret_hash TEXT PRIMARY KEY NOT NULL,
    expires_at BIGINT NOT NULL
);
