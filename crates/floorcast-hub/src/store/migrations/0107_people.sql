-- A browser in which an account signed in before: the wrong passwords of others do not lock it out.
CREATE TABLE known_device(hash TEXT NOT NULL, login TEXT NOT NULL, used BIGINT NOT NULL, PRIMARY KEY(hash, login));
-- How an account wants its pages: a language, light or dark; without a row as the browser asks.
CREATE TABLE page_choice(login TEXT PRIMARY KEY, lang TEXT, look TEXT);
-- From which address something was done.
ALTER TABLE audit ADD COLUMN address TEXT;
