-- Conversations as JSON, with what lists are ordered and filtered by beside them; and the appeals against deductions.
CREATE TABLE conversations (
    id TEXT PRIMARY KEY NOT NULL,
    agent TEXT,
    channel TEXT NOT NULL,
    version BIGINT NOT NULL,
    demo BOOLEAN NOT NULL,
    started_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX conversations_by_start ON conversations (started_at, id);
CREATE INDEX conversations_by_agent ON conversations (agent, started_at);

CREATE TABLE appeals (
    conversation TEXT NOT NULL,
    rule TEXT NOT NULL,
    by_whom TEXT NOT NULL,
    reason TEXT NOT NULL,
    appealed_at BIGINT NOT NULL,
    upheld BOOLEAN,
    decided_by TEXT,
    answer TEXT,
    decided_at BIGINT,
    PRIMARY KEY (conversation, rule)
);
CREATE INDEX appeals_by_time ON appeals (appealed_at);
