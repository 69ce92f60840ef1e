-- The facets of a case as bits of two numbers, so that one narrow index answers every filter, order and count.
-- What the bits mean is told by the program, which fills them in again when its vocabularies have changed.
ALTER TABLE cases ADD COLUMN facets BIGINT NOT NULL DEFAULT 0;
ALTER TABLE cases ADD COLUMN tags BIGINT NOT NULL DEFAULT 0;
DROP TABLE case_facets;

-- Each order carries what filters ask for most, so that rows that do not match are never read.
DROP INDEX cases_by_due;
DROP INDEX cases_by_opened;
DROP INDEX cases_by_urgency;
DROP INDEX cases_by_owner;
CREATE INDEX cases_by_due ON cases (next_due_at, ordinal, facets, tags, opened_at);
CREATE INDEX cases_by_opened ON cases (opened_at, ordinal, facets, tags, next_due_at);
CREATE INDEX cases_by_urgency ON cases (urgency, next_due_at, ordinal, facets, tags, opened_at);
CREATE INDEX cases_by_owner ON cases (owner, next_due_at, ordinal, facets, tags, opened_at);
CREATE INDEX cases_by_answer ON cases (first_response_ms, opened_at);

-- How many cases were opened on a day (days since 1970 of a clock in China) with a value; `more` is a second sum.
CREATE TABLE rollups (
    part TEXT NOT NULL,
    value TEXT NOT NULL,
    day BIGINT NOT NULL,
    n BIGINT NOT NULL,
    more BIGINT NOT NULL,
    PRIMARY KEY (part, value, day)
);
