-- What goes out is made once by its id, and tried again until it is done or given up.
ALTER TABLE job ADD COLUMN made BIGINT NOT NULL DEFAULT 0;
ALTER TABLE job ADD COLUMN given_up BIGINT;
CREATE INDEX job_due ON job(due) WHERE done IS NULL AND given_up IS NULL;
-- Which mails an account gets, and in which language; NULL: the floor's. The key turns them off without signing in.
CREATE TABLE mail_choice(login TEXT PRIMARY KEY REFERENCES login(id) ON DELETE CASCADE, lang TEXT, weekly BIGINT NOT NULL DEFAULT 1, behind BIGINT NOT NULL DEFAULT 0,
  coaching BIGINT NOT NULL DEFAULT 1, off_key TEXT NOT NULL UNIQUE);
-- Addresses and secrets of webhooks stand in the settings of whoever runs the hub: no copy of the floor has them.
DROP TABLE webhook;
