-- Whoever made a contest decides about it until it is final.
ALTER TABLE contest ADD COLUMN made_by TEXT;
-- Facts that were written since figures were last made.
CREATE INDEX activity_by_seen ON activity(seen);
-- Grows with each change but that of single facts: then figures are made anew of all of them.
ALTER TABLE floor ADD COLUMN made BIGINT NOT NULL DEFAULT 0;
