-- Lists of one product, site or team find their rows without looking at every case.
CREATE INDEX cases_by_product ON cases (product, opened_at, ordinal);
CREATE INDEX cases_by_site ON cases (site, opened_at, ordinal);
CREATE INDEX cases_by_team ON cases (team, opened_at, ordinal);
