-- Tokens are made in Rust, so FTS5 only splits at spaces; the text itself is not kept a second time.
CREATE VIRTUAL TABLE case_search USING fts5(
    tokens,
    content = '',
    contentless_delete = 1,
    tokenize = 'unicode61 remove_diacritics 0'
);

CREATE TABLE case_facets (
    ordinal BIGINT NOT NULL,
    tag TEXT NOT NULL,
    PRIMARY KEY (ordinal, tag)
) WITHOUT ROWID;
CREATE INDEX case_facets_by_tag ON case_facets (tag, ordinal);
