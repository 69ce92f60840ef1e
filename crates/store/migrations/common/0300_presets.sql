-- What people have laid ready: views of the list, words to be put into a reply, signatures.
CREATE TABLE presets (
    id TEXT PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL,
    owner TEXT NOT NULL,
    shared BOOLEAN NOT NULL,
    name TEXT NOT NULL,
    body TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    UNIQUE (owner, kind, name)
);
CREATE INDEX presets_by_sharing ON presets (shared, kind);
