-- Who uploaded a file last, so that nobody fills the disk in a day.
ALTER TABLE files ADD COLUMN uploaded_by TEXT;
CREATE INDEX files_by_uploader ON files (uploaded_by, created_at);
