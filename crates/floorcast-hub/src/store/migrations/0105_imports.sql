-- What somebody answered about the files of a source: the order of dates, which column is which.
CREATE TABLE import_choice(source TEXT PRIMARY KEY, choices TEXT NOT NULL);
-- The files of an import by name, and where in a file a deal stands.
ALTER TABLE import_run ADD COLUMN files TEXT NOT NULL DEFAULT '';
CREATE TABLE fact_place(source TEXT NOT NULL, ext_id TEXT NOT NULL, run TEXT NOT NULL, file TEXT NOT NULL, line BIGINT NOT NULL, PRIMARY KEY(source, ext_id));
CREATE INDEX fact_place_run ON fact_place(run);
-- Amounts of which nobody knew the currency had a figure of their own.
UPDATE metric SET label = 'Won, no currency' WHERE id = 'won-unknown' AND label = 'Won –';
