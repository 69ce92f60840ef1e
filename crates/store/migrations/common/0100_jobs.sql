-- Work that must be done, whoever does it: leased, tried again, shelved when it fails for good. Jobs of one lane are
-- done one after the other; a key is queued once. Times are milliseconds since 1970.
CREATE TABLE jobs (
    id BIGINT PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL,
    pool TEXT NOT NULL,
    lane TEXT,
    key TEXT UNIQUE,
    body TEXT NOT NULL,
    -- `waiting` (leased ones too, until their lease ends), `done`, `shelved`.
    state TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    -- When it may be taken; while leased, when the lease ends.
    run_at BIGINT NOT NULL,
    lease TEXT,
    outcome TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX jobs_by_time ON jobs (state, pool, run_at, id);
CREATE INDEX jobs_by_lane ON jobs (lane, state, id);
CREATE INDEX jobs_by_age ON jobs (state, updated_at);

-- Every try, without what was sent.
CREATE TABLE job_attempts (
    job BIGINT NOT NULL,
    attempt BIGINT NOT NULL,
    ended_at BIGINT NOT NULL,
    took_ms BIGINT NOT NULL,
    outcome TEXT NOT NULL,
    PRIMARY KEY (job, attempt)
);

-- Who is told of what. The history itself is the outbox: `place` is the last event that was made into jobs.
CREATE TABLE webhooks (
    id TEXT PRIMARY KEY NOT NULL,
    url TEXT NOT NULL,
    secret TEXT NOT NULL,
    -- Kinds of events, separated by spaces; none means all.
    kinds TEXT NOT NULL,
    active BOOLEAN NOT NULL,
    place BIGINT NOT NULL,
    made_by TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
