-- Vectors are written as literals made in Rust, so neither a parser nor the locale has a say.
CREATE TABLE case_search (
    ordinal BIGINT PRIMARY KEY NOT NULL,
    tokens TSVECTOR NOT NULL
);
CREATE INDEX case_search_by_token ON case_search USING GIN (tokens);

CREATE TABLE case_facets (
    ordinal BIGINT NOT NULL,
    tag TEXT NOT NULL,
    PRIMARY KEY (ordinal, tag)
);
CREATE INDEX case_facets_by_tag ON case_facets (tag, ordinal);
