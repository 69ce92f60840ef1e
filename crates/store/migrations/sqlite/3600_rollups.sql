-- The rows lie in the order of their key, so that a sum over all of them reads one tree instead of two.
CREATE TABLE rollups_in_order (
    part TEXT NOT NULL,
    value TEXT NOT NULL,
    day BIGINT NOT NULL,
    n BIGINT NOT NULL,
    more BIGINT NOT NULL,
    PRIMARY KEY (part, value, day)
) WITHOUT ROWID;
INSERT INTO rollups_in_order SELECT part, value, day, n, more FROM rollups ORDER BY part, value, day;
DROP TABLE rollups;
ALTER TABLE rollups_in_order RENAME TO rollups;
