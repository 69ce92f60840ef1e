-- The name a shop gives a purchase, so that one sent twice is stored once; and the order insight reads purchases in.
ALTER TABLE purchases ADD COLUMN id TEXT;
CREATE UNIQUE INDEX purchases_by_id ON purchases (customer, id);
CREATE INDEX purchases_by_time ON purchases (bought_at, ordinal);
