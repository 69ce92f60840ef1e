-- What the organization learns: the topic and batch a case is counted by, causes with what was done about them, and
-- reports made by the clock. Topics and batches of older cases are filled in when the derived columns are made anew.
ALTER TABLE cases ADD COLUMN topic TEXT;
ALTER TABLE cases ADD COLUMN batch TEXT;

CREATE TABLE root_causes (
    id TEXT PRIMARY KEY NOT NULL,
    parent TEXT,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX root_causes_by_age ON root_causes (created_at, id);

CREATE TABLE reports (
    days BIGINT NOT NULL,
    until_day BIGINT NOT NULL,
    language TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (days, until_day, language)
);
CREATE INDEX reports_by_age ON reports (made_at);
