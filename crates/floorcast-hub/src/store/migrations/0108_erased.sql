-- Somebody who was erased: a row without a name, so that what they did counts for their teams. NULL: not erased.
ALTER TABLE person ADD COLUMN erased BIGINT;
-- What they were called, as salted hashes: an import that has the name again says so, and nobody can read it here.
CREATE TABLE erased_name(hash TEXT PRIMARY KEY, salt TEXT NOT NULL);
