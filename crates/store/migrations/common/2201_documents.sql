-- What overrides the seed files of playbook and rules, revision by revision; a body of NULL brings the seed back.
CREATE TABLE documents (
    name TEXT NOT NULL,
    revision BIGINT NOT NULL,
    body TEXT,
    author TEXT NOT NULL,
    author_name TEXT NOT NULL,
    happened_at BIGINT NOT NULL,
    note TEXT NOT NULL,
    restores BIGINT,
    PRIMARY KEY (name, revision)
);
