-- Common dialect of SQLite and PostgreSQL: BIGINT, TEXT and BOOLEAN only; times in milliseconds since 1970 UTC.
-- A time that is not set is the largest BIGINT, so that it sorts last and one index serves both.

CREATE TABLE cases (
    ordinal BIGINT PRIMARY KEY NOT NULL,
    id TEXT NOT NULL UNIQUE,
    number TEXT NOT NULL UNIQUE,
    version BIGINT NOT NULL,
    chain TEXT NOT NULL,
    state TEXT NOT NULL,
    open BOOLEAN NOT NULL,
    channel TEXT NOT NULL,
    psychology TEXT NOT NULL,
    emotion TEXT NOT NULL,
    intensity BIGINT NOT NULL,
    nature TEXT NOT NULL,
    stance TEXT NOT NULL,
    severity BIGINT NOT NULL,
    -- 1 is the most urgent, so that all list orders but one are ascending.
    urgency BIGINT NOT NULL,
    owner TEXT,
    customer TEXT,
    parent TEXT,
    product TEXT,
    site TEXT,
    team TEXT,
    outcome TEXT,
    csat BIGINT,
    first_response_ms BIGINT,
    demo BOOLEAN NOT NULL,
    received_at BIGINT NOT NULL,
    opened_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    next_due_at BIGINT NOT NULL,
    next_check_at BIGINT NOT NULL
);
CREATE INDEX cases_by_due ON cases (next_due_at, ordinal);
CREATE INDEX cases_by_opened ON cases (opened_at, ordinal);
CREATE INDEX cases_by_urgency ON cases (urgency, next_due_at, ordinal);
CREATE INDEX cases_by_check ON cases (next_check_at, ordinal);
CREATE INDEX cases_by_owner ON cases (owner, next_due_at, ordinal);
CREATE INDEX cases_by_customer ON cases (customer, opened_at);
CREATE INDEX cases_by_parent ON cases (parent);

-- The present state of a case as JSON, apart from the columns above so that lists and counts read little.
CREATE TABLE snapshots (
    ordinal BIGINT PRIMARY KEY NOT NULL,
    body TEXT NOT NULL
);

CREATE TABLE events (
    sequence BIGINT PRIMARY KEY NOT NULL,
    ordinal BIGINT NOT NULL,
    position BIGINT NOT NULL,
    happened_at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    body TEXT NOT NULL,
    hash TEXT NOT NULL,
    UNIQUE (ordinal, position)
);

CREATE TABLE counters (
    name TEXT PRIMARY KEY NOT NULL,
    value BIGINT NOT NULL
);
