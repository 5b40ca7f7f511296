-- Programs that change people, teams, goals and the like have tokens of the role admin.
CREATE TABLE token_new(hash TEXT PRIMARY KEY, id TEXT NOT NULL UNIQUE, role TEXT NOT NULL CHECK(role IN('screen','ingest','read','admin')), scope TEXT NOT NULL DEFAULT '',
  label TEXT NOT NULL, made BIGINT NOT NULL, expires BIGINT, used BIGINT);
INSERT INTO token_new SELECT hash, id, role, scope, label, made, expires, used FROM token;
DROP TABLE token;
ALTER TABLE token_new RENAME TO token;
