-- The case that a conversation is about.
ALTER TABLE conversations ADD COLUMN case_id TEXT;
CREATE INDEX conversations_by_case ON conversations (case_id);
