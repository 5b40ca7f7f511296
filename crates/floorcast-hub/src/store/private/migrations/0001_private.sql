-- Sections are JSON; a version is never changed, so that an old session reads as it was written.
CREATE TABLE template(id TEXT NOT NULL, version BIGINT NOT NULL, title TEXT NOT NULL, sections TEXT NOT NULL, locked BIGINT NOT NULL DEFAULT 0, made BIGINT NOT NULL,
  by_whom TEXT NOT NULL, archived BIGINT, PRIMARY KEY(id, version));
-- Days, the last one not included.
CREATE TABLE coach(person TEXT NOT NULL, coach TEXT NOT NULL, since BIGINT NOT NULL, until BIGINT, PRIMARY KEY(person, coach, since));
CREATE TABLE coaching(id TEXT PRIMARY KEY, person TEXT NOT NULL, coach TEXT NOT NULL, template TEXT NOT NULL, version BIGINT NOT NULL, title TEXT NOT NULL, sections TEXT NOT NULL,
  locked BIGINT NOT NULL DEFAULT 0, period_start TEXT NOT NULL, period_end TEXT NOT NULL, snapshot TEXT NOT NULL,
  state TEXT NOT NULL CHECK(state IN('draft','sent','read','answered','closed')), agreed BIGINT, drafted BIGINT NOT NULL, saved BIGINT NOT NULL, sent BIGINT, read_at BIGINT,
  answered BIGINT, closed BIGINT, reminded BIGINT, delete_after TEXT NOT NULL);
CREATE INDEX coaching_of_person ON coaching(person, sent);
CREATE INDEX coaching_of_coach ON coaching(coach, drafted);
-- `section` is the place in the session's sections; `filled` lines are the system's, and are deleted, not edited.
CREATE TABLE coaching_item(coaching TEXT NOT NULL REFERENCES coaching(id) ON DELETE CASCADE, seq BIGINT NOT NULL, section BIGINT NOT NULL,
  kind TEXT NOT NULL CHECK(kind IN('filled','note','answer','action')), body TEXT NOT NULL, due TEXT, who TEXT, done BIGINT, carried BIGINT, PRIMARY KEY(coaching, seq));
CREATE TABLE skill_rating(person TEXT NOT NULL, axis TEXT NOT NULL, at TEXT NOT NULL, by_whom TEXT NOT NULL, level BIGINT NOT NULL CHECK(level BETWEEN 1 AND 5), PRIMARY KEY(person, axis, at, by_whom));
CREATE TABLE course(id TEXT PRIMARY KEY, title TEXT NOT NULL, axis TEXT NOT NULL, url TEXT, minutes BIGINT, archived BIGINT);
CREATE TABLE training(person TEXT NOT NULL, course TEXT NOT NULL REFERENCES course(id), assigned BIGINT NOT NULL, by_whom TEXT NOT NULL, due TEXT, done BIGINT, withdrawn BIGINT,
  PRIMARY KEY(person, course, assigned));
CREATE TABLE read_log(at BIGINT NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL, subject TEXT NOT NULL);
CREATE INDEX read_log_of ON read_log(what, subject, at);
