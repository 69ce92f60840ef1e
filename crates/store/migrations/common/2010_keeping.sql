-- Which case shows which file; a file that no case shows is swept away.
CREATE TABLE case_files (
    hash TEXT NOT NULL,
    case_id TEXT NOT NULL,
    PRIMARY KEY (hash, case_id)
);
CREATE INDEX case_files_by_case ON case_files (case_id);

-- Secret links by which a customer follows a case.
CREATE TABLE progress_links (
    secret_hash TEXT PRIMARY KEY NOT NULL,
    id TEXT NOT NULL UNIQUE,
    case_id TEXT NOT NULL,
    made_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    revoked BOOLEAN NOT NULL
);
CREATE INDEX progress_links_by_case ON progress_links (case_id, created_at);

-- What a customer allowed or refused, word by word; the last word on a purpose counts.
CREATE TABLE consents (
    ordinal BIGINT PRIMARY KEY NOT NULL,
    customer TEXT NOT NULL,
    purpose TEXT NOT NULL,
    granted BOOLEAN NOT NULL,
    note TEXT NOT NULL,
    actor TEXT NOT NULL,
    told_at BIGINT NOT NULL
);
CREATE INDEX consents_by_customer ON consents (customer, ordinal);

-- What colleagues are good at, and how many cases they can take.
CREATE TABLE staff_profiles (
    user_id TEXT PRIMARY KEY NOT NULL,
    strengths TEXT NOT NULL,
    skills TEXT NOT NULL,
    capacity BIGINT NOT NULL
);

-- Whether the words of a case were erased.
ALTER TABLE cases ADD COLUMN erased BOOLEAN NOT NULL DEFAULT FALSE;
