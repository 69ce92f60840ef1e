-- Who may get in: sessions that can be told apart, tokens with scopes, second factors.
ALTER TABLE sessions ADD COLUMN id TEXT NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN agent TEXT NOT NULL DEFAULT '';
-- Keys of scopes separated by blanks; empty means everything the role may.
ALTER TABLE tokens ADD COLUMN scopes TEXT NOT NULL DEFAULT '';

CREATE TABLE second_factors (
    user_id TEXT PRIMARY KEY NOT NULL,
    secret TEXT NOT NULL,
    confirmed BOOLEAN NOT NULL,
    -- The last step whose code was used; a code works once.
    last_step BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE recovery_codes (
    code_hash TEXT PRIMARY KEY NOT NULL,
    user_id TEXT NOT NULL
);
CREATE INDEX recovery_codes_by_user ON recovery_codes (user_id);
