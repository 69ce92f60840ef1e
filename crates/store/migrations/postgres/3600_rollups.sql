-- The dashboard of a few weeks reads their days and not the years before.
CREATE INDEX rollups_by_day ON rollups (day);
