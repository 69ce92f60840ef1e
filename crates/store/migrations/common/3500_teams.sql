-- The team that a person belongs to; the same word that stands on cases.
ALTER TABLE users ADD COLUMN team TEXT;
CREATE INDEX users_by_team ON users (team);
