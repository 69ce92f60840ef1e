-- Open cases are few beside all: what they carry and what is counted of them is found without the others.
CREATE INDEX cases_open ON cases (owner, severity, facets, tags, next_due_at, opened_at, ordinal) WHERE open;
